"""The questions of LimeSurvey as questions of ours: one becomes one, several, or none with the reason."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from questionari import definizione as q
from questionari.scambio.limesurvey.sondaggio import Domanda, Voce
from questionari.scambio.scale import e_non_so, valori_di_scala
from questionari.scambio.testo import Codici, da_html

CELLE = 60
"""Cells of a table of texts or numbers that become questions of their own."""
ESTENSIONI = ("pdf", "docx", "odt", "xlsx", "ods", "jpg", "png")


class SenzaEquivalente(Exception):
    """The question has no place here; the words say why."""


@dataclass(slots=True)
class Nuova:
    """A question of ours. `coda` tells it from its sisters, `parte` is the row that it comes from."""

    dati: dict[str, Any]
    coda: str = ""
    parte: str = ""
    voci: dict[str, str] = field(default_factory=dict)
    """Codes of its options: the file's → ours."""
    scelte: dict[str, str] = field(default_factory=dict)
    """Codes of the rows that a condition may call by themselves: the file's → ours."""
    se_scelta: bool = False
    """Shown only if the question before it is answered."""


@dataclass(slots=True)
class Esito:
    """What became of the parts of a question: by place in the list of rows or answers, in words ("" is kept)."""

    nuove: list[Nuova]
    motivi: list[str] = field(default_factory=list)
    parti: dict[tuple[str, str, int], tuple[str, str]] = field(default_factory=dict)
    """(rows or answers, scale, place) → (words, code)."""
    usate: set[tuple[str, str]] = field(default_factory=set)
    """Which lists (rows or answers, scale) came in."""


class _Lavoro:
    """One question under way."""

    def __init__(self, domanda: Domanda) -> None:
        self.d = domanda
        self.esito = Esito([])

    def elenco(self, genere: str, scala: str = "0") -> list[Voce]:
        """The rows ("sotto") or the answers ("risposte") of a scale, which count as come in."""
        self.esito.usate.add((genere, scala))
        return (self.d.sotto if genere == "sotto" else self.d.risposte).get(scala, [])

    def voci(self, genere: str, scala: str = "0") -> tuple[list[dict[str, str]], dict[str, str]]:
        """The list as options of ours, with the codes: the file's → ours."""
        codici, voci, mappa = Codici(), [], {}
        for i, voce in enumerate(self.elenco(genere, scala)):
            codice, motivo = codici.dai(voce.codice, f"v{i + 1}")
            etichetta = etichetta_di(voce.testo)
            motivi = [*voce.motivi, motivo]
            if not etichetta:
                etichetta = voce.codice or codice
                motivi.append("non ha testo: resta il codice")
            if voce.rilevanza not in ("", "1"):
                motivi.append("la sua condizione non ha un equivalente: si mostra sempre")
            self.esito.parti[genere, scala, i] = ("; ".join(m for m in motivi if m), codice)
            mappa.setdefault(voce.codice, codice)
            voci.append({"codice": codice, "etichetta": etichetta})
        return voci, mappa

    def scala(self, scala: str = "0") -> tuple[list[dict[str, Any]], bool]:
        """The answers as the steps of a matrix, and whether one of them says "don't know"."""
        risposte = self.elenco("risposte", scala)
        testi = [etichetta_di(voce.testo) or voce.codice for voce in risposte]
        passi = [i for i, testo in enumerate(testi) if not e_non_so(testo)]
        non_so = len(passi) < len(risposte)
        valori = valori_di_scala([risposte[i].codice for i in passi])
        gradi = []
        for i, valore in zip(passi, valori, strict=True):
            codice = risposte[i].codice
            motivo = "" if codice == str(valore) else f"il codice «{codice}» diventa il grado {valore}"
            self.esito.parti["risposte", scala, i] = ("; ".join(filter(None, [*risposte[i].motivi, motivo])), str(valore))
            gradi.append({"valore": valore, "etichetta": testi[i]})
        for i in set(range(len(risposte))) - set(passi):
            self.esito.parti["risposte", scala, i] = ("diventa la risposta «Non so» della tabella", "")
        return gradi, non_so

    def righe_separate(self, crea: Callable[[Voce, int], dict[str, Any]]) -> None:
        """Each row a question of its own."""
        righe = self.elenco("sotto")
        if not righe:
            raise SenzaEquivalente("non ha righe")
        for i, voce in enumerate(righe):
            etichetta = etichetta_di(voce.testo) or voce.codice
            self.esito.parti["sotto", "0", i] = ("diventa una domanda a sé", "")
            dati = crea(voce, i)
            self.nuova(
                dati | {"testo": unisci(testo_di(self.d), etichetta)}, coda=f"-{voce.codice}", parte=voce.codice
            )
        self.esito.motivi.append(f"ogni riga diventa una domanda ({len(righe)})")

    def nuova(self, dati: dict[str, Any], **altro: Any) -> None:
        self.esito.nuove.append(Nuova(dati, **altro))


def converti(domanda: Domanda) -> Esito:
    """Say what a question becomes. Raises SenzaEquivalente with the reason."""
    lavoro = _Lavoro(domanda)
    if domanda.attributo("hidden") == "1":
        raise SenzaEquivalente("è nascosta a chi risponde")
    CONVERTITORI[domanda.tipo](lavoro)
    return lavoro.esito


def etichetta_di(testo: str) -> str:
    """A label on one line; the two ends of a semantic differential become one."""
    return " ".join(da_html(testo).replace("|", " / ").split())


def testo_di(domanda: Domanda) -> str:
    """The words of a question, or its code."""
    return da_html(domanda.testo) or domanda.titolo or f"Domanda {domanda.qid}"


def unisci(testo: str, parte: str) -> str:
    """A question and one of its parts in one sentence."""
    return f"{testo.rstrip(' :')}: {parte}" if parte else testo


def _scelta(w: _Lavoro, tipo: str, genere: str, *, altro: bool) -> dict[str, Any]:
    voci, mappa = w.voci(genere)
    if not voci:
        raise SenzaEquivalente("non ha opzioni")
    if len(voci) == 1:
        voci.append({"codice": "no" if voci[0]["codice"] != "no" else "no-2", "etichetta": "No"})
        tipo = q.SINGOLA
        w.esito.motivi.append("ha una sola opzione: si aggiunge «No»")
    dati: dict[str, Any] = {"tipo": tipo, "opzioni": voci}
    if altro:
        dati["consenti_altro"] = True
    w.nuova(dati, voci=mappa, scelte=mappa if tipo == q.MULTIPLA or genere == "sotto" else {})
    return dati


def _singola(w: _Lavoro) -> None:
    _scelta(w, q.SINGOLA, "risposte", altro=w.d.altro)


def _singola_con_commento(w: _Lavoro) -> None:
    _singola(w)
    w.nuova({"tipo": q.TESTO_LUNGO, "testo": unisci(testo_di(w.d), "commento")}, coda="-commento", parte="comment", se_scelta=True)
    w.esito.motivi.append("il commento diventa una domanda a sé")


def _fissa(*voci: tuple[str, str], ordinata: bool = False) -> Callable[[_Lavoro], None]:
    def converti(w: _Lavoro) -> None:
        dati: dict[str, Any] = {"tipo": q.SINGOLA, "opzioni": [{"codice": c, "etichetta": e} for c, e in voci]}
        w.nuova(dati | ({"ordinata": True} if ordinata else {}), voci={c: c for c, _ in voci})

    return converti


def _multipla(w: _Lavoro) -> None:
    dati = _scelta(w, q.MULTIPLA, "sotto", altro=w.d.altro)
    mappa = w.esito.nuove[0].scelte
    massimo = intero(w.d.attributo("max_answers"))
    if dati["tipo"] != q.MULTIPLA:
        return
    if massimo and massimo < len(dati["opzioni"]):
        dati["max_scelte"] = massimo
    minimo = intero(w.d.attributo("min_answers"))
    if minimo and minimo > 1:
        w.esito.motivi.append(f"almeno {minimo} scelte: non si può chiedere qui")
    elif minimo == 1 and w.d.obbligo == "N":
        dati["obbligatoria"] = True
    sole = [mappa[c] for c in w.d.attributo("exclude_all_others").split(";") if c in mappa]
    if sole:
        dati["esclusiva"] = sole[0]
        if len(sole) > 1:
            w.esito.motivi.append(f"più opzioni che escludono le altre: resta «{sole[0]}»")


def _multipla_con_commenti(w: _Lavoro) -> None:
    _multipla(w)
    w.nuova({"tipo": q.TESTO_LUNGO, "testo": unisci(testo_di(w.d), "commenti")}, coda="-commenti", parte="comment", se_scelta=True)
    w.esito.motivi.append("i commenti alle opzioni diventano una domanda sola")


def _graduatoria(w: _Lavoro) -> None:
    genere = "risposte" if w.d.risposte.get("0") else "sotto"
    voci, mappa = w.voci(genere)
    if len(voci) < 2:
        raise SenzaEquivalente("ha meno di due voci da ordinare")
    dati: dict[str, Any] = {"tipo": q.GRADUATORIA, "voci": voci}
    massimo = intero(w.d.attributo("max_answers"))
    if massimo and massimo < len(voci):
        dati["max_scelte"] = massimo
    w.nuova(dati, voci=mappa)


def _matrice(gradi: list[dict[str, Any]], non_so: bool, righe: list[dict[str, str]]) -> dict[str, Any]:
    if not righe:
        raise SenzaEquivalente("non ha righe")
    if len(gradi) < 2:
        raise SenzaEquivalente("la scala ha meno di due gradi")
    dati: dict[str, Any] = {"tipo": q.MATRICE, "righe": righe, "scala": gradi}
    return dati | ({"consenti_non_so": True} if non_so else {})


def _tabella(w: _Lavoro) -> None:
    righe, _ = w.voci("sotto")
    gradi, non_so = w.scala()
    w.nuova(_matrice(gradi, non_so, righe))


def _tabella_fissa(*gradi: tuple[int, str], non_so: bool = False) -> Callable[[_Lavoro], None]:
    def converti(w: _Lavoro) -> None:
        righe, _ = w.voci("sotto")
        w.nuova(_matrice([{"valore": v, "etichetta": e} for v, e in gradi], non_so, righe))

    return converti


def _due_scale(w: _Lavoro) -> None:
    righe, _ = w.voci("sotto")
    for scala, lettera in (("0", "A"), ("1", "B")):
        gradi, non_so = w.scala(scala)
        intestazione = da_html(w.d.attributo(f"dualscale_header{lettera}")) or f"scala {int(scala) + 1}"
        w.nuova(
            _matrice(gradi, non_so, [dict(riga) for riga in righe])
            | {"testo": unisci(testo_di(w.d), intestazione)},
            coda=f"-{scala}", parte=f"#{scala}",
        )  # fmt: skip
    w.esito.motivi.append("le due scale diventano due tabelle")


def _limiti(w: _Lavoro, minimo: str, massimo: str, interi: str) -> dict[str, Any]:
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


def _numero(w: _Lavoro) -> None:
    w.nuova(_limiti(w, "min_num_value_n", "max_num_value_n", "num_value_int_only"))


def _piu_numeri(w: _Lavoro) -> None:
    dati = _limiti(w, "min_num_value_n", "max_num_value_n", "num_value_int_only")
    w.righe_separate(lambda voce, i: dict(dati))
    for nome in ("min_num_value", "max_num_value", "equals_num_value"):
        if w.d.attributi.get(nome):
            w.esito.motivi.append("il controllo sulla somma non ha un equivalente")


def _testo_o_numero(w: _Lavoro, tipo: str) -> dict[str, Any]:
    if w.d.attributo("numbers_only") == "1":
        w.esito.motivi.append("accetta solo cifre: diventa un numero")
        return {"tipo": q.NUMERO, "decimali": 2}
    dati: dict[str, Any] = {"tipo": tipo}
    lettere = intero(w.d.attributo("maximum_chars"))
    return dati | ({"max_caratteri": lettere} if lettere else {})


def _testo(w: _Lavoro) -> None:
    w.nuova(_testo_o_numero(w, q.TESTO))


def _testo_lungo(w: _Lavoro) -> None:
    w.nuova(_testo_o_numero(w, q.TESTO_LUNGO))


def _piu_testi(w: _Lavoro) -> None:
    dati = _testo_o_numero(w, q.TESTO)
    w.righe_separate(lambda voce, i: dict(dati))


def _celle(w: _Lavoro, dati: dict[str, Any]) -> None:
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
            parole = f"{etichetta_di(riga.testo) or riga.codice}, {etichetta_di(colonna.testo) or colonna.codice}"
            w.nuova(
                dati | {"testo": unisci(testo_di(w.d), parole)},
                coda=f"-{riga.codice}-{colonna.codice}", parte=f"{riga.codice}_{colonna.codice}",
            )  # fmt: skip
    w.esito.motivi.append(f"ogni casella diventa una domanda ({len(righe) * len(colonne)})")


def _tabella_di_testi(w: _Lavoro) -> None:
    _celle(w, _testo_o_numero(w, q.TESTO))


def _tabella_di_numeri(w: _Lavoro) -> None:
    if w.d.attributo("multiflexible_checkbox") == "1":
        return _tabella_di_caselle(w)
    minimo = numero(w.d.attributo("multiflexible_min"))
    massimo = numero(w.d.attributo("multiflexible_max"))
    dati: dict[str, Any] = {"tipo": q.NUMERO, "min": 1 if minimo is None else minimo}
    dati["max"] = max(dati["min"], 10 if massimo is None else massimo)
    if w.d.attributo("input_boxes") == "1":
        dati = {"tipo": q.NUMERO, "decimali": 2}
        dati |= {k: v for k, v in (("min", minimo), ("max", massimo)) if v is not None}
    return _celle(w, dati)


def _tabella_di_caselle(w: _Lavoro) -> None:
    """Boxes to tick in rows and columns: each row a multiple choice among the columns."""
    colonne, mappa = w.voci("sotto", "1")
    if len(colonne) < 2:
        raise SenzaEquivalente("ha meno di due colonne")
    scelte = {f"{{}}_{c}": nostro for c, nostro in mappa.items()}
    w.righe_separate(lambda voce, i: {"tipo": q.MULTIPLA, "opzioni": [dict(c) for c in colonne]})
    for nuova in w.esito.nuove:
        nuova.scelte = {modello.format(nuova.parte): nostro for modello, nostro in scelte.items()}
        nuova.parte = ""


def _data(w: _Lavoro) -> None:
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


def _blocco(w: _Lavoro) -> None:
    if not da_html(w.d.testo):
        raise SenzaEquivalente("non ha testo da leggere")
    w.nuova({"tipo": q.BLOCCO})


def _file(w: _Lavoro) -> None:
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


def _senza(motivo: str) -> Callable[[_Lavoro], None]:
    def converti(w: _Lavoro) -> None:
        raise SenzaEquivalente(motivo)

    return converti


def intero(testo: str) -> int | None:
    """A positive whole number written in an attribute, or None."""
    return int(testo) if testo.isascii() and testo.isdigit() and 0 < len(testo) <= 9 and int(testo) else None


def numero(testo: str) -> int | float | None:
    """A number written in an attribute, or None."""
    try:
        valore = float(testo.replace(",", ".")) if len(testo) <= 20 else math.nan
    except ValueError:
        return None
    if not math.isfinite(valore):
        return None
    return int(valore) if valore.is_integer() else valore


def e_giorno(testo: str) -> bool:
    """Whether a text is a day as ISO writes it."""
    from datetime import date

    try:
        return len(testo) == 10 and bool(date.fromisoformat(testo))
    except ValueError:
        return False


def _gradi(quanti: int) -> Sequence[tuple[int, str]]:
    return [(i, str(i)) for i in range(1, quanti + 1)]


CONVERTITORI: dict[str, Callable[[_Lavoro], None]] = {
    "1": _due_scale,
    "5": _fissa(*((str(i), str(i)) for i in range(1, 6)), ordinata=True),
    "A": _tabella_fissa(*_gradi(5)),
    "B": _tabella_fissa(*_gradi(10)),
    "C": _tabella_fissa((1, "Sì"), (2, "No"), non_so=True),
    "D": _data,
    "E": _tabella_fissa((1, "Diminuisce"), (2, "Resta uguale"), (3, "Aumenta")),
    "F": _tabella,
    "G": _fissa(("F", "Femmina"), ("M", "Maschio")),
    "H": _tabella,
    "I": _senza("il cambio di lingua non serve: il portale è in italiano"),
    "K": _piu_numeri,
    "L": _singola,
    "M": _multipla,
    "N": _numero,
    "O": _singola_con_commento,
    "P": _multipla_con_commenti,
    "Q": _piu_testi,
    "R": _graduatoria,
    "S": _testo,
    "T": _testo_lungo,
    "U": _testo_lungo,
    "W": _singola,
    "X": _blocco,
    "Y": _fissa(("Y", "Sì"), ("N", "No")),
    "Z": _singola,
    "!": _singola,
    ":": _tabella_di_numeri,
    ";": _tabella_di_testi,
    "|": _file,
    "*": _senza("è un calcolo: qui si contano i risultati negli esiti"),
}
