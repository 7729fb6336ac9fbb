"""Taking an imported questionnaire as the draft: confirmed by a person, and only if the draft is still what they saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction

from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from questionari.interrogazioni import bozza_di, questionario_di
from questionari.models import Questionario
from questionari.scambio.importa import Importazione
from questionari.scambio.limiti import FileRifiutato
from questionari.servizi.questionario import carica_questionario

SALE = "questionari.importazione"
SIGILLO_MASSIMO = 1_500_000
"""Characters of the sealed questionnaire that a page carries from the preview to the confirmation."""
SIGILLO_ORE = 12


@dataclass(frozen=True, slots=True)
class Sigillata:
    """What a person saw and now confirms."""

    dati: dict[str, Any]
    origine: dict[str, Any]
    attesa: str
    """The fingerprint of the draft that was there; empty if there was none."""


def origine_di(importazione: Importazione) -> dict[str, Any]:
    """What the registro keeps of an import: file, format and how many elements met which end."""
    rapporto = importazione.rapporto
    return {"file": rapporto.file, "formato": rapporto.formato, "rapporto": rapporto.totali()}


def sigilla(accordo: Accordo, importazione: Importazione, *, da: Agente) -> str:
    """Seal an import for the page that asks to confirm it: nothing is written, nothing can be changed on the way."""
    bozza = bozza_di(accordo)
    sigillo = signing.dumps(
        {
            "accordo": accordo.pk,
            "utente": da.utente.pk,
            "dati": importazione.dati,
            "origine": origine_di(importazione),
            "attesa": bozza.impronta if bozza else "",
        },
        salt=SALE,
        compress=True,
    )
    if len(sigillo) > SIGILLO_MASSIMO:
        raise FileRifiutato(
            "Il questionario è troppo grande per la pagina di conferma: usa il comando «importa_questionario»."
        )
    return sigillo


def apri_sigillo(accordo: Accordo, sigillo: str, *, da: Agente) -> Sigillata:
    """Read what was sealed, for the same person and accord. Raises ErroreDominio."""
    try:
        letto = signing.loads(sigillo, salt=SALE, max_age=SIGILLO_ORE * 3600)
    except signing.SignatureExpired as errore:
        raise ErroreDominio("È passato troppo tempo dall'anteprima: scegli di nuovo il file.") from errore
    except signing.BadSignature as errore:
        raise ErroreDominio("La conferma non è valida: scegli di nuovo il file.") from errore
    if letto["accordo"] != accordo.pk or letto["utente"] != da.utente.pk:
        raise ErroreDominio(
            "La conferma è di un altro accordo o di un'altra persona: scegli di nuovo il file."
        )
    return Sigillata(letto["dati"], letto["origine"], letto["attesa"])


def motivo_del_no(accordo: Accordo) -> str:
    """Why nothing can be imported now; empty if it can."""
    if bozza_di(accordo) is None and questionario_di(accordo) is not None:
        return (
            "Il questionario è già stato aperto agli enti. "
            "Per cambiarlo comincia una correzione: il file prende il posto della sua bozza."
        )
    return ""


def importa_questionario(
    accordo: Accordo,
    dati: Any,
    *,
    origine: Mapping[str, Any],
    da: Agente | None = None,
    attesa: str | None = None,
) -> Questionario:
    """Take an import as the draft. Raises NonAutorizzato, StatoCambiato if the draft is no longer `attesa`, ErroreDominio.

    Confirmed twice it is written once.
    """
    if da is not None and not permessi.coordina(da, accordo):
        raise NonAutorizzato("Il questionario lo prepara chi coordina l'accordo.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        if motivo := motivo_del_no(accordo):
            raise ErroreDominio(motivo)
        prima = bozza_di(accordo)
        fatto = carica_questionario(accordo, dati, da=da, origine=origine)
        if attesa is not None and prima is not None and prima.impronta not in (attesa, fatto.impronta):
            raise StatoCambiato(
                "Intanto la bozza è cambiata: scegli di nuovo il file e guarda di nuovo l'anteprima."
            )
    return fatto
