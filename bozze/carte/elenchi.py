"""The amendments of a version as lists for other programs: a spreadsheet and JSON."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime

from accordo.base.canonico import json_canonico
from accordo.base.foglio import Foglio, xlsx
from bozze.interrogazioni.firme import cofirmatari, subemendamenti_di
from bozze.models import Emendamento, Subemendamento, Versione

COLONNE = (
    ("Numero", 10),
    ("Disposizione", 30),
    ("Tipo", 14),
    ("Ente", 30),
    ("Sottoscritto anche da", 40),
    ("Ambito", 20),
    ("Proposta", 70),
    ("Perché", 60),
    ("Presentato il", 16),
    ("Esito", 22),
    ("Subemendamenti", 70),
    ("Con i subemendamenti accolti", 70),
    ("Riformulazione", 60),
    ("Motivazione dell'esito", 60),
)


def foglio_emendamenti(emendamenti: Iterable[Emendamento]) -> bytes:
    """The amendments, one a row, in the order in which they come."""
    righe = (
        (
            e.sigla,
            e.dove,
            e.tipo_singolare,
            e.ente.denominazione,
            ", ".join(ente.denominazione for ente in cofirmatari(e)),
            e.ente.ambito.nome if e.ente.ambito else "",
            e.disposto,
            e.motivazione,
            e.presentato_il,
            e.get_stato_display() if e.deciso else "Da decidere",
            "\n".join(_in_parole(s) for s in subemendamenti_di(e)),
            e.disposto_emendato,
            e.disposto_riformulato,
            e.motivazione_esito,
        )
        for e in emendamenti
    )
    return xlsx(Foglio("Emendamenti", COLONNE, righe))


def json_emendamenti(versione: Versione, emendamenti: Iterable[Emendamento]) -> bytes:
    """The amendments with their operations, as canonical JSON: what is needed to write the text again elsewhere."""
    return json_canonico(
        {
            "accordo": versione.accordo.slug,
            "versione": versione.numero,
            "impronta": versione.impronta,
            "emendamenti": [_in_dati(e) for e in emendamenti],
        }
    )


def _in_dati(e: Emendamento) -> dict[str, Any]:
    return {
        "numero": e.sigla,
        "ente": e.ente.codice,
        "proponente_originario": e.proponente_originario.codice if e.proponente_originario else None,
        "sottoscritto_da": [ente.codice for ente in cofirmatari(e)],
        "disposizione": e.disposizione_id,
        "dove": e.dove,
        "tipo": e.tipo,
        "disposto": e.righe_disposto,
        "operazioni": e.operazioni,
        "motivazione": e.motivazione,
        "presentato_il": localtime(e.presentato_il).isoformat() if e.presentato_il else None,
        "subemendamenti": [_sub_in_dati(s) for s in subemendamenti_di(e)],
        "operazioni_emendate": e.emendate,
        "esito": e.stato if e.deciso else None,
        "riformulazione": e.riformulazione,
        "motivazione_esito": e.motivazione_esito,
    }


def _in_parole(s: Subemendamento) -> str:
    return f"{s.sigla} ({s.ente.denominazione}): {s.disposto} {s.get_stato_display()}."


def _sub_in_dati(s: Subemendamento) -> dict[str, Any]:
    return {
        "numero": s.sigla,
        "ente": s.ente.codice,
        "disposto": s.righe_disposto,
        "operazioni": s.operazioni,
        "motivazione": s.motivazione,
        "presentato_il": localtime(s.presentato_il).isoformat() if s.presentato_il else None,
        "esito": s.stato if s.deciso else None,
        "motivazione_esito": s.motivazione_esito,
    }
