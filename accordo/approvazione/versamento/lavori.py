"""What led to the text, as it was frozen then: the approved minutes with their files, the report of the survey."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.timezone import localtime

from accordo.approvazione.versamento.documento import Documento, dal_file
from accordo.base.canonico import json_canonico
from accordo.iter.models import Accordo
from focusgroup.carte import pdf_verbale
from focusgroup.models import AllegatoRiunione, VersioneVerbale
from questionari.models import Invio, Restituzione


def verbali(accordo: Accordo) -> Iterator[Documento]:
    """Yield the approved minutes of each meeting: on paper, as the data that their fingerprint is computed on, with
    the files that they name.
    """
    promotore = accordo.promotore.denominazione
    vivi = AllegatoRiunione.objects.filter(rimosso_il__isnull=True).order_by("pk")
    approvati = (
        VersioneVerbale.objects.filter(riunione__accordo=accordo, approvata=True)
        .select_related("riunione__accordo__promotore", "riunione__ambito")
        .prefetch_related(Prefetch("riunione__allegati", queryset=vivi))
    )
    for versione in approvati.order_by("riunione"):
        riunione, giorno = versione.riunione, localtime(versione.quando).date()
        base = f"verbali/{slugify(riunione.titolo)[:60]}-{riunione.pk}"
        oggetto = f"Verbale approvato: {riunione.titolo}"
        yield Documento(
            f"{base}/verbale.pdf", "Verbale", oggetto, promotore, giorno,
            lambda r=riunione: [pdf_verbale(r)], versione=str(versione.numero),  # type: ignore[misc]
        )  # fmt: skip
        yield Documento(
            f"{base}/verbale.json", "Verbale, i dati su cui è calcolata l'impronta", oggetto, promotore, giorno,
            lambda v=versione: [json_canonico(v.contenuto)], versione=str(versione.numero),  # type: ignore[misc]
        )  # fmt: skip
        nominati = {voce["impronta"] for voce in versione.contenuto.get("allegati", ())}
        for allegato in riunione.allegati.all():
            if allegato.impronta in nominati:
                coda = slugify(allegato.nome.rpartition(".")[2])[:8] or "bin"
                yield Documento(
                    f"{base}/allegato-{allegato.pk}.{coda}", "Allegato a un verbale", f"{oggetto}, {allegato.titolo}",
                    promotore, localtime(allegato.caricato_il).date(),
                    lambda a=allegato: dal_file(a.file),  # type: ignore[misc]
                )  # fmt: skip


def questionario(accordo: Accordo) -> Iterator[Documento]:
    """Yield the report of the survey, as it was given back, and the list of what each body sent.

    The receipts themselves stay in the portal: they hold answers that a body gave in confidence (norme.md, R18 and R19).
    With the fingerprints in the list, a receipt that somebody shows is known to be that one.
    """
    promotore = accordo.promotore.denominazione
    restituzione = Restituzione.objects.filter(accordo=accordo).exclude(relazione="").first()
    if restituzione is not None:
        yield Documento(
            "questionario/relazione-di-restituzione.pdf", "Relazione di restituzione del questionario",
            f"{accordo.titolo}: relazione di restituzione", promotore, _giorno(restituzione.pubblicata_il),
            lambda: dal_file(restituzione.relazione),
        )  # fmt: skip
    invii = (
        Invio.objects.filter(compilazione__questionario__accordo=accordo)
        .select_related("compilazione__ente", "ricevuta")
        .defer("canonico")
        .order_by("compilazione__ente__codice", "numero")
    )
    if righe := [_riga(invio) for invio in invii]:
        yield Documento(
            "questionario/invii.json", "Elenco degli invii del questionario, con le impronte delle ricevute",
            f"{accordo.titolo}: questionari inviati", promotore, None,
            lambda: [json_canonico({"accordo": accordo.slug, "invii": righe})], riservato=True,
        )  # fmt: skip


def _riga(invio: Invio) -> dict[str, object]:
    ricevuta = getattr(invio, "ricevuta", None)
    return {
        "ente": invio.compilazione.ente.denominazione,
        "codice": invio.compilazione.ente.codice,
        "invio": invio.numero,
        "inviato_il": invio.quando.isoformat(),
        "impronta_risposte": invio.impronta,
        "impronta_ricevuta_pdf": ricevuta.impronta if ricevuta else None,
    }


def _giorno(momento: datetime | None) -> date | None:
    return localtime(momento).date() if momento else None
