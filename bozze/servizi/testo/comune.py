"""What the services of the text share: who may write and when, finding a disposition, the error of who was slower."""

from uuid import UUID

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.iter import fasi, permessi
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from bozze.models.testo import Bozza, NodoBozza

FASE_BOZZA = "bozza"
FASE_DEFINITIVA = "proposta_definitiva"


class TestoCambiato(StatoCambiato):
    """Somebody else wrote in the same disposition: `attuale` is what it says now."""

    def __init__(self, attuale: NodoBozza) -> None:
        chi = str(attuale.modificato_da) if attuale.modificato_da else "Qualcun altro"
        super().__init__(f"Nel frattempo {chi} ha cambiato questa disposizione: confronta i due testi.")
        self.attuale = attuale


def verifica_coordinatore(accordo: Accordo, da: Agente) -> None:
    """Refuse who does not lead the accord."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Il testo lo scrive chi coordina l'accordo.")


def verifica_scrittura(accordo: Accordo, da: Agente) -> None:
    """Refuse who may not write the draft, and everybody once the published text is the base of amendments."""
    verifica_coordinatore(accordo, da)
    if fasi.fase_superata(accordo, FASE_BOZZA):
        raise ErroreDominio(
            "Il testo pubblicato è la base degli emendamenti e non si modifica più a mano. "
            "Per riscriverlo riporta l'accordo alla fase «Bozza d'accordo»."
        )


def apri(accordo: Accordo, codice: UUID | str, da: Agente) -> tuple[Bozza, NodoBozza]:
    """Lock the accord, check the person, and find the disposition."""
    accordo = blocca_accordo(accordo.pk)
    verifica_scrittura(accordo, da)
    bozza = Bozza.objects.filter(accordo=accordo).select_related("accordo").first()
    if bozza is None:
        raise ErroreDominio("Non c'è ancora una bozza.")
    return bozza, nodo_di(bozza, codice)


def nodo_di(bozza: Bozza, codice: UUID | str) -> NodoBozza:
    """Return the row of a disposition; StatoCambiato if somebody has deleted it."""
    nodo = (
        NodoBozza.objects.filter(bozza=bozza, codice=codice)
        .select_related("genitore", "modificato_da")
        .first()
    )
    if nodo is None:
        raise StatoCambiato("Questa disposizione non c'è più: qualcuno l'ha eliminata.")
    return nodo


def tocca(bozza: Bozza) -> None:
    """Note that the draft has changed now, once more. To be called under the accord's lock."""
    bozza.aggiornata_il = orologio.adesso()
    bozza.conta += 1
    bozza.save(update_fields=["aggiornata_il", "conta", "titolo", "sottotitolo"])
