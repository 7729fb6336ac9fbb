"""Answers that came on paper or by certified mail: who coordinates types them in, and never over a body's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404

from accordo.base import allegati, orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import avvisi, fasi, permessi
from accordo.iter.motore import blocca_accordo, esegui
from questionari import interrogazioni
from questionari.models import (
    AllegatoRisposta,
    Compilazione,
    Invio,
    Origine,
    Risposta,
    Trascrizione,
    VersioneRisposta,
)
from questionari.servizi.compilazione import congela
from questionari.servizi.schede import scrivi_scheda
from questionari.stati import FASE, StatoCompilazione

ESTENSIONI = ("pdf", "jpg", "jpeg", "png", "p7m", "eml")
MAX_MB = 20
CHI_LEGGE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivo:
    """What arrived from a body: how, when, signed by whom, and why it is typed in."""

    origine: str
    arrivata_il: date
    firmata_da: str
    motivo: str
    protocollo: str = ""
    in_qualita_di: str = ""


def comincia_trascrizione(
    compilazione: Compilazione, arrivo: Arrivo, file: "File[bytes]", *, da: Agente
) -> Trascrizione:
    """Keep the document and begin to type in its answers. ErroreDominio if the body has answers of its own."""
    try:
        allegati.valida(file, ESTENSIONI, MAX_MB)
    except ValidationError as errore:
        raise ErroreDominio(" ".join(errore.messages)) from errore
    _controlla(arrivo)
    file.seek(0)
    contenuto = file.read()
    nome = (file.name or "documento").replace("\\", "/").rsplit("/", 1)[-1][-200:]
    trascrizione = Trascrizione(
        compilazione=compilazione,
        origine=arrivo.origine,
        protocollo=arrivo.protocollo.strip(),
        arrivata_il=arrivo.arrivata_il,
        firmata_da=arrivo.firmata_da.strip(),
        in_qualita_di=arrivo.in_qualita_di.strip() or compilazione.ente.titolo_rappresentante,
        motivo=arrivo.motivo.strip(),
        nome=nome,
        impronta=impronta(contenuto),
        cominciata_da=da.utente,
    )
    with transaction.atomic():
        esegui(
            compilazione,
            "comincia_trascrizione",
            da=da,
            motivazione=arrivo.motivo,
            dati=_per_registro(trascrizione),
        )
        trascrizione.file.save(nome, ContentFile(contenuto), save=False)
        trascrizione.save(force_insert=True)
        avvisi.avvisa(
            [compilazione.ente],
            oggetto="La segreteria trascrive le vostre risposte al questionario",
            testo=f"{compilazione.ente.denominazione}: è arrivato un documento con le risposte al questionario "
            f"({trascrizione.arrivo}), firmato da {trascrizione.firmata_da}. La segreteria le riporta sul "
            "portale. Se preferite rispondere voi, potete farlo in ogni momento.",
            url=compilazione.get_absolute_url(),
            ruoli=CHI_LEGGE,
        )
    return trascrizione


def correggi_trascrizione(compilazione: Compilazione, *, da: Agente, motivazione: str) -> Trascrizione:
    """Put right what was typed in and sent: from the same document, for a reason; the earlier sending stays."""
    with transaction.atomic():
        esegui(compilazione, "correggi_trascrizione", da=da, motivazione=motivazione)
        nuova = compilazione.trascrizioni.filter(invio__isnull=False).order_by("-pk")[0]
        nuova.pk, nuova.invio, nuova.motivo = None, None, motivazione.strip()
        nuova.cominciata_da, nuova.cominciata_il = da.utente, orologio.adesso()
        nuova._state.adding = True
        nuova.save(force_insert=True)
    return nuova


@contextmanager
def in_trascrizione(agente: Agente, slug: str, ente: str) -> Iterator[Compilazione]:
    """Lock the answer of a body that is being typed in, check person and phase, and give it (see `in_scrittura`)."""
    trovate = interrogazioni.compilazioni_visibili_a(agente).filter(
        questionario__accordo__slug=slug, ente__codice=ente
    )
    with transaction.atomic():
        compilazione = get_object_or_404(trovate.select_for_update(of=("self",)))
        if not permessi.coordina(agente, compilazione.accordo):
            raise NonAutorizzato("Le risposte arrivate su carta le riporta chi coordina l'accordo.")
        fasi.richiedi_fase(compilazione.accordo, FASE)
        if compilazione.stato != StatoCompilazione.IN_TRASCRIZIONE:
            raise StatoCambiato(
                f"Le risposte non si trascrivono più: ora il questionario è «{compilazione.stato_in_parole}»."
            )
        compilazione.in_scrittura = True  # type: ignore[misc]  # of this object, not of the class
        yield compilazione


def invia_trascrizione(compilazione: Compilazione, *, da: Agente, motivazione: str = "") -> Invio:
    """Freeze what was typed in as the body's sending, marked as such in its data, in the receipt and in the registro.

    `motivazione` is wanted if the document leaves something unanswered, or came after the term.
    """
    with transaction.atomic():
        blocca_accordo(compilazione.accordo.pk)
        Compilazione.objects.select_for_update().only("pk").get(pk=compilazione.pk)
        compilazione.dimentica()
        trascrizione = compilazione.trascrizione
        if trascrizione is None:
            raise StatoCambiato("Non c'è più niente da inviare: la trascrizione è stata chiusa.")
        invio = congela(
            compilazione,
            da,
            firmato_da=trascrizione.firmata_da,
            in_qualita_di=trascrizione.in_qualita_di,
            trascritto=_in_canonico(trascrizione, da, motivazione),
        )

        def data(fresca: Compilazione) -> None:
            fresca.inviata_il = fresca.ultima_attivita = invio.quando
            fresca.nota = ""
            fresca.da_rivedere = []

        esegui(
            compilazione,
            "invia_trascrizione",
            da=da,
            motivazione=motivazione,
            dati={"invio": invio.numero, "impronta": invio.impronta, **_per_registro(trascrizione)},
            applica=data,
        )
        invio.save(force_insert=True)
        trascrizione.invio = invio
        trascrizione.save(update_fields=["invio"])
        scrivi_scheda(invio)
        avvisi.avvisa(
            [compilazione.ente],
            oggetto="Le vostre risposte al questionario sono registrate: la ricevuta",
            testo=f"{compilazione.ente.denominazione}: la segreteria ha riportato sul portale le risposte arrivate "
            f"({trascrizione.arrivo}), firmate da {trascrizione.firmata_da}. Rileggetele: se qualcosa non "
            f"torna, scrivete alla segreteria. Impronta SHA-256: {invio.impronta}",
            url=compilazione.get_absolute_url(),
            ruoli=CHI_LEGGE,
        )
    return invio


def lascia_trascrizione(compilazione: Compilazione, *, da: Agente, motivazione: str) -> None:
    """Give up typing in (the wrong body, the wrong document): what was typed is set aside, if nothing was ever sent."""
    with transaction.atomic():
        esegui(compilazione, "lascia_trascrizione", da=da, motivazione=motivazione)
        _chiudi(compilazione)
        if not compilazione.invii.exists():
            _metti_da_parte(compilazione, da)
        avvisi.avvisa(
            [compilazione.ente],
            oggetto="La segreteria non trascrive più le vostre risposte",
            testo=f"{compilazione.ente.denominazione}: la trascrizione è stata lasciata. Potete rispondere sul "
            f"portale.\n\n{motivazione}",
            url=compilazione.get_absolute_url(),
            ruoli=CHI_LEGGE,
        )


def riprende_compilazione(compilazione: Compilazione, *, da: Agente) -> None:
    """The body answers by itself after all: what was typed in stays for it to read and change."""
    with transaction.atomic():
        esegui(compilazione, "riprende_compilazione", da=da)
        _chiudi(compilazione)
        avvisi.avvisa(
            [compilazione.accordo.promotore],
            oggetto="Un ente risponde direttamente sul portale",
            testo=f"{compilazione.ente.con_articolo} continua da sé il questionario che stavate trascrivendo.",
            url=compilazione.get_absolute_url(),
            ruoli=(Ruolo.COORDINATORE,),
        )


def _controlla(arrivo: Arrivo) -> None:
    if arrivo.origine not in Origine.values:
        raise ErroreDominio("Indica se le risposte sono arrivate su carta o per PEC.")
    if arrivo.origine == Origine.PEC and not arrivo.protocollo.strip():
        raise ErroreDominio("Indica il protocollo con cui la PEC è arrivata.")
    if arrivo.arrivata_il > orologio.oggi():
        raise ErroreDominio("Il giorno di arrivo è futuro: controllalo.")
    if not arrivo.firmata_da.strip():
        raise ErroreDominio("Indica chi ha firmato il documento per l'ente.")


def _per_registro(trascrizione: Trascrizione) -> dict[str, Any]:
    return {
        "arrivo": trascrizione.arrivo,
        "firmata_da": trascrizione.firmata_da,
        "documento": trascrizione.nome,
        "impronta_documento": trascrizione.impronta,
    }


def _in_canonico(trascrizione: Trascrizione, da: Agente, motivazione: str) -> dict[str, Any]:
    """What the data of the sending say of how the answers came."""
    detto = {
        "arrivo": trascrizione.arrivo,
        "origine": trascrizione.origine,
        "protocollo": trascrizione.protocollo,
        "arrivata_il": trascrizione.arrivata_il.isoformat(),
        "documento": {"nome": trascrizione.nome, "impronta": trascrizione.impronta},
        "motivo": trascrizione.motivo,
        "da": str(da.utente),
        "per": da.ente.denominazione if da.ente else "",
    }
    return detto | ({"nota": motivazione.strip()} if motivazione.strip() else {})


def _chiudi(compilazione: Compilazione) -> None:
    in_corso = compilazione.trascrizioni.filter(lasciata_il=None, invio=None)
    for trascrizione in in_corso:
        trascrizione.lasciata_il = max(orologio.adesso(), trascrizione.cominciata_il)
        trascrizione.save(update_fields=["lasciata_il"])


def _metti_da_parte(compilazione: Compilazione, da: Agente) -> None:
    """Empty what was typed in; it stays in the history of each question."""
    adesso = orologio.adesso()
    scritte = Risposta.objects.filter(compilazione=compilazione, trascritta=True, valore__isnull=False)
    righe = list(scritte.values_list("pk", "revisione"))
    scritte.update(valore=None, revisione=F("revisione") + 1, chi=da.utente, quando=adesso)
    VersioneRisposta.objects.bulk_create(
        VersioneRisposta(
            risposta_id=pk,
            revisione=revisione + 1,
            valore=None,
            chi=da.utente,
            quando=adesso,
            trascritta=True,
        )
        for pk, revisione in righe
    )
    AllegatoRisposta.objects.filter(compilazione=compilazione, rimosso_il=None).update(rimosso_il=adesso)
    compilazione.dimentica()
