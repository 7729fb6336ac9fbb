"""Our own JSON, in and out: the definition as it is stored, nothing added and nothing lost."""

import json
from collections.abc import Sequence
from typing import Any

from questionari.lettura import CHIAVE_VOCI
from questionari.scambio import limiti
from questionari.scambio.cantiere import controlla
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.rapporto import Genere, Rapporto

_NOTE = frozenset({"codice", "titolo", "premessa", "versione", "lingua", "sezioni"})


def importa(contenuto: bytes, rapporto: Rapporto, tipi_ente: Sequence[str] = ()) -> dict[str, Any]:
    """Return the questionnaire, checked. Raises FileRifiutato with all that is wrong."""
    dati = _leggi(contenuto)
    if not isinstance(dati, dict):
        raise FileRifiutato(
            "Il file JSON non è un questionario: deve essere un oggetto con titolo e sezioni."
        )
    _conta(dati.get("sezioni"))
    controlla(dati, tipi_ente)
    rapporto.segna(Genere.QUESTIONARIO, dati["titolo"], codice=dati["codice"])
    for chiave in dati:
        if chiave not in _NOTE:
            rapporto.segna(Genere.IMPOSTAZIONE, chiave)
    for sezione in dati["sezioni"]:
        rapporto.segna(Genere.GRUPPO, sezione["codice"], testo=sezione["titolo"], codice=sezione["codice"])
        for domanda in sezione["domande"]:
            _domanda(domanda, rapporto)
    return dati


def _conta(sezioni: Any) -> None:
    """Refuse by its size what is not worth checking."""
    elenco = sezioni if isinstance(sezioni, list) else []
    domande = [
        d for s in elenco if isinstance(s, dict) and isinstance(s.get("domande"), list) for d in s["domande"]
    ]
    voci = sum(
        len(d[chiave])
        for d in domande
        if isinstance(d, dict)
        for chiave in (*CHIAVE_VOCI.values(), "scala")
        if isinstance(d.get(chiave), list)
    )
    if len(elenco) > limiti.SEZIONI or len(domande) > limiti.DOMANDE or voci > 2 * limiti.VOCI_TOTALI:
        raise FileRifiutato(
            f"Il questionario supera {limiti.SEZIONI} sezioni, {limiti.DOMANDE} domande o {limiti.VOCI_TOTALI} opzioni."
        )


def _domanda(domanda: dict[str, Any], rapporto: Rapporto) -> None:
    codice = domanda["codice"]
    rapporto.segna(Genere.DOMANDA, codice, testo=domanda["testo"], codice=codice)
    voci = domanda.get(CHIAVE_VOCI.get(domanda["tipo"], ""), [])
    genere = Genere.OPZIONE if CHIAVE_VOCI.get(domanda["tipo"]) == "opzioni" else Genere.SOTTODOMANDA
    for voce in voci:
        rapporto.segna(genere, f"{codice} / {voce['codice']}", testo=voce["etichetta"], codice=voce["codice"])
    for grado in domanda.get("scala", []):
        rapporto.segna(Genere.OPZIONE, f"{codice} / {grado['valore']}", testo=grado["etichetta"])
    if domanda.get("visibile_se"):
        rapporto.segna(
            Genere.CONDIZIONE, codice, testo=json.dumps(domanda["visibile_se"], ensure_ascii=False)
        )


def _leggi(contenuto: bytes) -> Any:
    try:
        testo = contenuto.decode("utf-8-sig")
    except UnicodeDecodeError as errore:
        raise FileRifiutato("Il file JSON non è in UTF-8: salvalo di nuovo con questa codifica.") from errore
    profondita = massima = 0
    for c in testo:  # brackets in texts count too: no real questionnaire comes near the limit
        if c in "[{":
            profondita += 1
            massima = max(massima, profondita)
        elif c in "]}":
            profondita -= 1
    if massima > limiti.JSON_PROFONDITA:
        raise FileRifiutato("Il file JSON ha troppi elementi uno dentro l'altro: non è un questionario.")
    try:
        return json.loads(testo, parse_constant=_nessuna)
    except (ValueError, RecursionError) as errore:
        dove = f": riga {errore.lineno}" if isinstance(errore, json.JSONDecodeError) else ""
        raise FileRifiutato(f"Il file JSON è interrotto o rovinato{dove}.") from errore


def _nessuna(nome: str) -> Any:
    raise ValueError(f"{nome} non è un numero che si possa usare")


def esporta(dati: Any) -> bytes:
    """The stored definition as a JSON file, for people to read."""
    return (json.dumps(dati, ensure_ascii=False, indent=1) + "\n").encode()
