"""Writing a questionnaire as the project's JSON: `lettura.leggi` gives the same questionnaire again, nothing lost."""

from collections.abc import Mapping
from typing import Any

from questionari import condizioni
from questionari.definizione import (
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    TESTO,
    TESTO_LUNGO,
    Definizione,
    Domanda,
    Sezione,
)
from questionari.lettura import CHIAVE_VOCI


def scrivi(definizione: Definizione, *, su: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The definition as JSON. Keys of `su` (the JSON that it came from) that this program does not know stay."""
    note = {"sezioni", "premessa", "obiettivi"}
    scritta = {chiave: valore for chiave, valore in (su or {}).items() if chiave not in note}
    legenda = scritta.pop("legenda", None)
    scritta |= {
        "versione": definizione.versione,
        "codice": definizione.codice,
        "lingua": definizione.lingua,
        "titolo": definizione.titolo,
    }
    if definizione.premessa:
        scritta["premessa"] = definizione.premessa
    legenda = {k: v for k, v in legenda.items() if k != "obiettivi"} if isinstance(legenda, dict) else {}
    if definizione.obiettivi:
        legenda["obiettivi"] = dict(definizione.obiettivi)
    if legenda:
        scritta["legenda"] = legenda
    scritta["sezioni"] = [sezione(s) for s in definizione.sezioni]
    return scritta


def sezione(sezione: Sezione) -> dict[str, Any]:
    """A section as JSON."""
    return _senza_vuoti(
        {
            "codice": sezione.codice,
            "titolo": sezione.titolo,
            "descrizione": sezione.descrizione,
            "destinatari": list(sezione.destinatari),
        }
    ) | {"domande": [domanda(d) for d in sezione.domande]}


def domanda(domanda: Domanda) -> dict[str, Any]:
    """A question as JSON: only what its type has, and what is not as it would be anyway."""
    scritta: dict[str, Any] = {
        "codice": domanda.codice,
        "tipo": domanda.tipo,
        "testo": domanda.testo,
        "aiuto": domanda.aiuto,
        "obbligatoria": domanda.obbligatoria,
        "riservatezza": domanda.riservatezza,
        "obiettivi": list(domanda.obiettivi),
        "visibile_se": condizioni.scrivi(domanda.visibile_se) if domanda.visibile_se else None,
        "destinatari": list(domanda.destinatari),
        "dato_personale": domanda.dato_personale,
    }
    if domanda.tipo in CHIAVE_VOCI:
        scritta[CHIAVE_VOCI[domanda.tipo]] = [
            {"codice": voce.codice, "etichetta": voce.etichetta} for voce in domanda.voci
        ]
    if domanda.tipo == MATRICE:
        scritta["scala"] = [{"valore": grado.valore, "etichetta": grado.etichetta} for grado in domanda.scala]
    scritta |= {
        "ordinata": domanda.ordinata,
        "consenti_non_so": domanda.consenti_non_so,
        "consenti_altro": domanda.consenti_altro,
        "unita": domanda.unita,
    }
    if domanda.tipo in (MULTIPLA, GRADUATORIA):
        scritta |= {"max_scelte": domanda.max_scelte, "esclusiva": domanda.esclusiva}
    if domanda.tipo == NUMERO:
        scritta |= {"min": domanda.minimo, "max": domanda.massimo, "decimali": domanda.decimali or None}
    if domanda.tipo == DATA:
        scritta |= {"min": domanda.dal, "max": domanda.al}
    if domanda.tipo in (TESTO, TESTO_LUNGO):
        scritta["max_caratteri"] = domanda.max_caratteri
    if domanda.tipo == FILE:
        scritta["estensioni"] = list(domanda.estensioni)
    if domanda.max_file != 1 or domanda.tipo == FILE:
        scritta["max_file"] = domanda.max_file
    if domanda.max_mb != 10 or domanda.tipo == FILE:
        scritta["max_mb"] = domanda.max_mb
    return _senza_vuoti(scritta)


def _senza_vuoti(dati: Mapping[str, Any]) -> dict[str, Any]:
    return {
        chiave: valore
        for chiave, valore in dati.items()
        if valore not in (None, "", [], False) or (valore == 0 and valore is not False)
    }
