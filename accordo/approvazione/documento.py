"""The accord as a document on paper, at every stage: proposal, draft, final text, text with acts and signatures.

Nothing here reads a clock: the same version gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from accordo.approvazione import parti
from accordo.approvazione.copertina import mappa_copertina
from accordo.approvazione.impaginazione import impagina
from accordo.approvazione.organi import proposta
from accordo.approvazione.qr import qr_svg
from accordo.base.pdf import componi
from accordo.base.pdf.deposito import dal_deposito
from accordo.enti.models import Ente
from accordo.iter.models import Accordo
from bozze.testo.albero import Testo


@dataclass(frozen=True, slots=True)
class RigaFirmatario:
    """A signatory's row in the table at the end."""

    ente: str
    celle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GruppoFirmatari:
    """The rows of one group of bodies."""

    nome: str
    righe: tuple[RigaFirmatario, ...]


@dataclass(frozen=True, slots=True)
class Copia:
    """What tells one print from another: its words on the cover, its mark, its data."""

    marca: str = ""
    dati: Sequence[tuple[str, str]] = ()
    avvertenza: str = ""
    creato: datetime | None = None
    atti: Mapping[int, tuple[str, ...]] | None = None
    """Acts and signatures by body: kind of act, number and date, executive from, signed on. None: not printed."""


def indirizzo_verifica(accordo: Accordo, impronta: str) -> str:
    """The public address that tells what a fingerprint is; the first half of it is enough to find it."""
    return f"{settings.INDIRIZZO_PUBBLICO}{reverse('approvazione:verifica', args=[accordo.slug])}?impronta={impronta[:16]}"


def componi_testo(accordo: Accordo, testo: Testo, impronta: str, enti: Sequence[Ente], copia: Copia) -> bytes:
    """Return the PDF of a text of the accord with its signatories: from storage, if it was laid out before."""
    dati_accordo = [accordo.slug, accordo.titolo, accordo.sottotitolo, accordo.promotore.denominazione]
    dati_enti = [
        [e.pk, e.tipo, e.denominazione, e.titolo_rappresentante, e.ambito.nome, e.ambito.ordine] for e in enti
    ]
    dati_copia = [
        copia.marca,
        list(map(list, copia.dati)),
        copia.avvertenza,
        copia.creato.isoformat() if copia.creato else None,
        sorted((pk, list(celle)) for pk, celle in copia.atti.items()) if copia.atti is not None else None,
    ]
    chiave = ["accordo", dati_accordo, impronta, dati_enti, dati_copia, settings.INDIRIZZO_PUBBLICO]
    return dal_deposito(chiave, lambda: _componi_testo(accordo, testo, impronta, enti, copia))


def _componi_testo(
    accordo: Accordo, testo: Testo, impronta: str, enti: Sequence[Ente], copia: Copia
) -> bytes:
    gruppi = parti.in_gruppi(enti)
    indirizzo = indirizzo_verifica(accordo, impronta)
    titolo = testo.titolo or accordo.titolo
    sottotitolo = testo.sottotitolo or accordo.sottotitolo
    contesto: dict[str, Any] = {
        "titolo_copertina": _in_frase(titolo),
        "sottotitolo": sottotitolo,
        "ente": accordo.promotore.denominazione,
        "con_chi": parti.con_chi(enti, accordo.promotore),
        "descrizione": sottotitolo,
        "corrente": _in_frase(titolo),
        "piede": f"Impronta del testo {impronta[:8]} … {impronta[-8:]}",
        "marca": copia.marca,
        "mappa": mappa_copertina(accordo.promotore, enti),
        "dati": copia.dati,
        "avvertenza": copia.avvertenza,
        "doc": impagina(testo),
        "formula_parti": "Il presente accordo è sottoscritto da:"
        if not copia.marca
        else "Il presente accordo sarà sottoscritto da:",
        "parti": parti.frasi(gruppi, accordo.promotore),
        "firmatari": _firmatari(gruppi, copia.atti),
        "con_atti": copia.atti is not None,
        "titolo_firme": "Enti firmatari e atti di approvazione"
        if copia.atti is not None
        else "Enti firmatari",
        "nota_firme": _nota(copia),
        "impronta": impronta,
        "qr": qr_svg(indirizzo),
        "indirizzo_verifica": indirizzo.partition("://")[2].partition("?")[0],
    }
    intero = f"{_in_frase(titolo)} {sottotitolo}".strip()
    return componi("stampa/accordo.html", contesto, titolo=intero, creato=copia.creato)


def _in_frase(titolo: str) -> str:
    """A title in capitals, as a text file has it, in sentence case."""
    return titolo.capitalize() if titolo.isupper() else titolo


def _nota(copia: Copia) -> str:
    if copia.atti is not None:
        return (
            "Per ogni ente firma, con firma digitale, chi lo rappresenta per legge o la persona delegata. Ogni atto "
            "riporta l'impronta del testo approvato."
        )
    return (
        "Per ogni ente firma, con firma digitale, chi lo rappresenta per legge o la persona delegata, dopo l'atto "
        "dell'organo competente. L'organo indicato è quello usuale: ogni ente indica il proprio."
    )


def _firmatari(
    gruppi: Sequence[parti.GruppoEnti], atti: Mapping[int, tuple[str, ...]] | None
) -> list[GruppoFirmatari]:
    def celle(ente: Ente) -> tuple[str, ...]:
        if atti is None:
            usuale = proposta(ente)
            return (usuale.firma, usuale.organo)
        return atti.get(ente.pk, ("non ancora approvato", "", "", ""))

    return [
        GruppoFirmatari(
            gruppo.nome,
            tuple(
                RigaFirmatario(
                    ente.nome_breve if gruppo.nome.startswith("Comuni") else _istituzione(ente), celle(ente)
                )
                for ente in gruppo.enti
            ),
        )
        for gruppo in gruppi
    ]


def _istituzione(ente: Ente) -> str:
    return ente.nome_breve if ente.tipo == "prefettura" else ente.denominazione
