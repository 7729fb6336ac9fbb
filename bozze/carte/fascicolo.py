"""The amendments on paper: the bundle in the order of examination, and the synoptic table."""

from collections.abc import Iterable
from typing import Any

from accordo.base import pdf
from accordo.iter.models import Accordo
from bozze.interrogazioni.redline import brani_svelti, parole_cambiate
from bozze.models import Emendamento, Versione
from bozze.testo.albero import Testo
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import da_dati


def _testi(versione: Versione, emendamenti: Iterable[Emendamento]) -> dict[int, Testo]:
    """Return the text that each amendment speaks of: those decided before a text was adopted speak of an older one."""
    altre = {e.versione_id for e in emendamenti} - {versione.pk}
    testi = {v.pk: v.albero for v in Versione.objects.filter(pk__in=altre)} if altre else {}
    return {versione.pk: versione.albero, **testi}


def pdf_fascicolo(
    accordo: Accordo, versione: Versione, emendamenti: Iterable[Emendamento], parte: str = ""
) -> bytes:
    """Every amendment as it is written, with its redline, its reason and its outcome. `parte`: which of many, in words."""
    tutti = list(emendamenti)
    testi = _testi(versione, tutti)
    detti = {chiave: nomi(testo) for chiave, testo in testi.items()}
    voci = [
        {
            "emendamento": e,
            "brani": brani_svelti(
                testi[e.versione_id], detti[e.versione_id], [da_dati(dati) for dati in e.operazioni]
            ),
        }
        for e in tutti
    ]
    sommario = (
        f"{accordo.titolo}, versione {versione.numero}. Gli emendamenti sono nell'ordine in cui si esaminano."
        f" {parte}".rstrip()
    )
    dati = {
        "accordo": accordo,
        "versione": versione,
        "voci": voci,
        "ente": accordo.promotore.denominazione,
        "sommario": sommario,
    }
    return pdf.componi("stampa/fascicolo.html", dati, titolo="Fascicolo degli emendamenti")


def pdf_sinottica(
    accordo: Accordo, versione: Versione, emendamenti: Iterable[Emendamento], parte: str = ""
) -> bytes:
    """The synoptic table of the amendments. `parte`: which of many tables it is, in words."""
    voci = voci_sinottiche(versione, emendamenti)
    dati = {"accordo": accordo, "versione": versione, "voci": voci, "sommario": parte}
    return pdf.componi("stampa/sinottica.html", dati, titolo="Tavola sinottica degli emendamenti")


def voci_sinottiche(versione: Versione, emendamenti: Iterable[Emendamento]) -> list[dict[str, Any]]:
    """The rows of the synoptic table: original, proposed, reason, proponent, outcome (norme.md, R15)."""
    tutti = list(emendamenti)
    testi = _testi(versione, tutti)
    voci = []
    for emendamento in tutti:
        nodo = testi[emendamento.versione_id].trova(emendamento.disposizione_id)
        operazioni = [da_dati(dati) for dati in emendamento.operazioni]
        voci.append(
            {
                "emendamento": emendamento,
                "originale": (nodo.testo or nodo.rubrica) if nodo else "",
                "redline": parole_cambiate(nodo, operazioni) if nodo else (),
            }
        )
    return voci
