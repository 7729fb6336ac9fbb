"""Numbers, texts, days and files of LimeSurvey, alone or in a table of free cells."""

import math
from typing import Any

from questionari import definizione as q
from questionari.scambio.limesurvey.lavoro import Lavoro, SenzaEquivalente, etichetta_di, testo_di, unisci
from questionari.scambio.numeri import e_giorno, intero, numero
from questionari.scambio.testo import da_html

CELLE = 60
"""Cells of a table that become questions of their own."""
ESTENSIONI = ("pdf", "docx", "odt", "xlsx", "ods", "jpg", "png")


def limiti(w: Lavoro, minimo: str, massimo: str, interi: str) -> dict[str, Any]:
    dati: dict[str, Any] = {"tipo": q.NUMERO}
    basso, alto = numero(w.d.attributo(minimo)), numero(w.d.attributo(massimo))
    if basso is not None and alto is not None and basso > alto:
        w.esito.motivi.append(f"il minimo ({basso}) supera il massimo ({alto}): si lasciano fuori")
        basso = alto = None
    if basso is not None:
        dati["min"] = basso
    if alto is not None:
        dati["max"] = alto
    if w.d.attributo(interi) != "1":
        dati["decimali"] = 2
        w.esito.motivi.append("al massimo 2 decimali")
    if unita := da_html(w.d.attributo("suffix")):
        dati["unita"] = unita
    return dati


def un_numero(w: Lavoro) -> None:
    w.nuova(limiti(w, "min_num_value_n", "max_num_value_n", "num_value_int_only"))


def piu_numeri(w: Lavoro) -> None:
    dati = limiti(w, "min_num_value_n", "max_num_value_n", "num_value_int_only")
    w.righe_separate(lambda voce, i: dict(dati))
    for nome in ("min_num_value", "max_num_value", "equals_num_value"):
        if w.d.attributi.get(nome):
            w.esito.motivi.append("il controllo sulla somma non ha un equivalente")


def testo_o_numero(w: Lavoro, tipo: str) -> dict[str, Any]:
    if w.d.attributo("numbers_only") == "1":
        w.esito.motivi.append("accetta solo cifre: diventa un numero")
        return {"tipo": q.NUMERO, "decimali": 2}
    dati: dict[str, Any] = {"tipo": tipo}
    lettere = intero(w.d.attributo("maximum_chars"))
    return dati | ({"max_caratteri": lettere} if lettere else {})


def testo(w: Lavoro) -> None:
    w.nuova(testo_o_numero(w, q.TESTO))


def testo_lungo(w: Lavoro) -> None:
    w.nuova(testo_o_numero(w, q.TESTO_LUNGO))


def piu_testi(w: Lavoro) -> None:
    dati = testo_o_numero(w, q.TESTO)
    w.righe_separate(lambda voce, i: dict(dati))


def celle(w: Lavoro, dati: dict[str, Any]) -> None:
    """A table of free cells: each cell a question."""
    righe, colonne = w.elenco("sotto", "0"), w.elenco("sotto", "1")
    if not righe or not colonne:
        raise SenzaEquivalente("non ha righe e colonne")
    if len(righe) * len(colonne) > CELLE:
        raise SenzaEquivalente(f"ha {len(righe) * len(colonne)} caselle: sarebbero troppe domande")
    for scala, elenco in (("0", righe), ("1", colonne)):
        for i, _ in enumerate(elenco):
            self_motivo = "ogni casella diventa una domanda a sé"
            w.esito.parti["sotto", scala, i] = (self_motivo, "")
    for riga in righe:
        for colonna in colonne:
            parole = (
                f"{etichetta_di(riga.testo) or riga.codice}, {etichetta_di(colonna.testo) or colonna.codice}"
            )
            w.nuova(
                dati | {"testo": unisci(testo_di(w.d), parole)},
                coda=f"-{riga.codice}-{colonna.codice}", parte=f"{riga.codice}_{colonna.codice}",
            )  # fmt: skip
    w.esito.motivi.append(f"ogni casella diventa una domanda ({len(righe) * len(colonne)})")


def tabella_di_testi(w: Lavoro) -> None:
    celle(w, testo_o_numero(w, q.TESTO))


def tabella_di_numeri(w: Lavoro) -> None:
    if w.d.attributo("multiflexible_checkbox") == "1":
        return _tabella_di_caselle(w)
    minimo = numero(w.d.attributo("multiflexible_min"))
    massimo = numero(w.d.attributo("multiflexible_max"))
    dati: dict[str, Any] = {"tipo": q.NUMERO, "min": 1 if minimo is None else minimo}
    dati["max"] = max(dati["min"], 10 if massimo is None else massimo)
    if w.d.attributo("input_boxes") == "1":
        dati = {"tipo": q.NUMERO, "decimali": 2}
        dati |= {k: v for k, v in (("min", minimo), ("max", massimo)) if v is not None}
    return celle(w, dati)


def _tabella_di_caselle(w: Lavoro) -> None:
    """Boxes to tick in rows and columns: each row a multiple choice among the columns."""
    colonne, mappa = w.voci("sotto", "1")
    if len(colonne) < 2:
        raise SenzaEquivalente("ha meno di due colonne")
    scelte = {f"{{}}_{c}": nostro for c, nostro in mappa.items()}
    w.righe_separate(lambda voce, i: {"tipo": q.MULTIPLA, "opzioni": [dict(c) for c in colonne]})
    for nuova in w.esito.nuove:
        nuova.scelte = {modello.format(nuova.parte): nostro for modello, nostro in scelte.items()}
        nuova.parte = ""


def data(w: Lavoro) -> None:
    dati: dict[str, Any] = {"tipo": q.DATA}
    giorni = {}
    for chiave, nome in (("min", "date_min"), ("max", "date_max")):
        valore = w.d.attributo(nome)
        if e_giorno(valore[:10]):
            giorni[chiave] = valore[:10]
        elif valore.isdigit() and len(valore) == 4 and valore > "0000":
            giorni[chiave] = f"{valore}-01-01" if chiave == "min" else f"{valore}-12-31"
        elif valore:
            w.esito.motivi.append(f"il limite «{valore[:40]}» non è un giorno: resta fuori")
    if giorni.get("min", "") <= giorni.get("max", "9999"):
        dati |= giorni
    formato = w.d.attributo("date_format").lower()
    if "h" in formato or "i" in formato.replace("min", "i"):
        w.esito.motivi.append("si chiede solo il giorno, senza l'ora")
    w.nuova(dati)


def blocco(w: Lavoro) -> None:
    if not da_html(w.d.testo):
        raise SenzaEquivalente("non ha testo da leggere")
    w.nuova({"tipo": q.BLOCCO})


def file(w: Lavoro) -> None:
    chieste = [e.strip(" .").lower() for e in w.d.attributo("allowed_filetypes").replace(";", ",").split(",")]
    estensioni = [e for e in dict.fromkeys(chieste) if e.isalnum() and len(e) <= 8]
    if not estensioni:
        estensioni = list(ESTENSIONI)
        w.esito.motivi.append(f"i tipi di file non sono detti: {', '.join(ESTENSIONI)}")
    dati: dict[str, Any] = {"tipo": q.FILE, "estensioni": estensioni}
    if quanti := intero(w.d.attributo("max_num_of_files")):
        dati["max_file"] = quanti
    if kilobyte := intero(w.d.attributo("max_filesize")):
        dati["max_mb"] = max(1, math.ceil(kilobyte / 1024))
    w.nuova(dati)
