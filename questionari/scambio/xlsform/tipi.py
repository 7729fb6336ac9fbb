"""The questions of an XLSForm as questions of ours."""

from dataclasses import dataclass, field
from typing import Any

from questionari import definizione as q
from questionari.scambio import limiti
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.numeri import numero
from questionari.scambio.scale import e_non_so, valori_di_scala
from questionari.scambio.testo import Codici, da_markdown
from questionari.scambio.xlsform.modulo import Modulo, Nodo, Scelta
from questionari.scambio.xlsform.proprie import PREFISSO, testo_esatto

DOCUMENTI = ("pdf", "docx", "odt", "xlsx", "ods", "jpg", "png")
_TESTI = frozenset({"text", "string", "q string", "add text prompt"})
_INTERI = frozenset({"integer", "int", "q int", "add integer prompt"})
_DECIMALI = frozenset({"decimal", "q decimal", "add decimal prompt"})
_DATE = frozenset({"date", "q date", "add date prompt"})
_ISTANTI = frozenset(
    {"datetime", "date time", "q datetime", "q date time", "add datetime prompt", "add date time prompt"}
)
_NOTE = frozenset({"note", "q note", "add note prompt"})
_ASSENSI = frozenset({"acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"})
_FILE = {
    "file": DOCUMENTI, "add file prompt": DOCUMENTI,
    **dict.fromkeys(("image", "photo", "q image", "q picture", "add image prompt", "add photo prompt"), ("jpg", "jpeg", "png")),
    **dict.fromkeys(("audio", "q audio", "add audio prompt"), ("mp3", "m4a", "wav")),
    **dict.fromkeys(("video", "q video", "add video prompt"), ("mp4", "mov")),
}  # fmt: skip
_FUORI = {
    "calculate": "è un calcolo: qui si contano i risultati negli esiti",
    "q calculate": "è un calcolo: qui si contano i risultati negli esiti",
    "add calculate prompt": "è un calcolo: qui si contano i risultati negli esiti",
    "hidden": "è nascosta a chi risponde",
    **dict.fromkeys(
        ("geopoint", "geotrace", "geoshape", "gps", "location", "q location", "q geopoint", "q geotrace", "q geoshape",
         "add location prompt", "start-geopoint", "background-geopoint", "osm"),
        "una posizione sulla mappa non ha un equivalente",
    ),
    **dict.fromkeys(("barcode", "q barcode", "add barcode prompt"), "un codice a barre non ha un equivalente"),
    **dict.fromkeys(("csv-external", "xml-external"), "i dati stanno in un altro file"),
    "background-audio": "la registrazione di nascosto non si fa",
    "audit": "il portale tiene già un registro",
}  # fmt: skip
_DI_SERVIZIO = "è un dato di servizio del dispositivo: qui non serve"


MAX_ESTERNE = 200
"""Options of a list of external_choices that still make a question somebody can answer."""


class SenzaEquivalente(Exception):
    """The row has no place here; the words say why."""


@dataclass(slots=True)
class Fatta:
    """What a row became: the JSON without code and words, the codes of its options, and what changed."""

    dati: dict[str, Any]
    voci: dict[str, str] = field(default_factory=dict)
    motivi: list[str] = field(default_factory=list)


def converti(nodo: Nodo, modulo: Modulo) -> Fatta:
    """Say what a question becomes. Raises SenzaEquivalente."""
    tipo = nodo.genere if nodo.genere in ("select_one", "select_multiple", "rank") else nodo.genere.lower()
    if "disabled" in nodo.celle:
        raise SenzaEquivalente("la riga è disattivata, o non ha un tipo")
    if tipo in ("select_one", "select_multiple", "rank"):
        return _scelta(nodo, modulo, tipo)
    if tipo in _TESTI:
        return Fatta({"tipo": q.TESTO_LUNGO if "multiline" in nodo.aspetto else q.TESTO})
    if tipo in _INTERI:
        return Fatta({"tipo": q.NUMERO})
    if tipo == "percentage":
        return Fatta(
            {"tipo": q.NUMERO, "min": 0, "max": 100, "unita": "%"}, motivi=["diventa un numero da 0 a 100"]
        )
    if tipo in _DECIMALI:
        return Fatta({"tipo": q.NUMERO, "decimali": 2}, motivi=["al massimo 2 decimali"])
    if tipo == "range":
        return _intervallo(nodo)
    if tipo in _DATE:
        return Fatta({"tipo": q.DATA})
    if tipo in _ISTANTI:
        return Fatta({"tipo": q.DATA}, motivi=["si chiede solo il giorno, senza l'ora"])
    if tipo == "time":
        return Fatta({"tipo": q.TESTO}, motivi=["un'ora si scrive come testo"])
    if tipo in _NOTE:
        if not da_markdown(nodo.testo):
            raise SenzaEquivalente("non ha testo da leggere")
        return Fatta({"tipo": q.BLOCCO})
    if tipo in _ASSENSI:
        voci = [{"codice": "OK", "etichetta": "Sì"}, {"codice": "no", "etichetta": "No"}]
        return Fatta({"tipo": q.SINGOLA, "opzioni": voci}, {"OK": "OK"}, ["la spunta diventa «Sì» o «No»"])
    if tipo in _FILE:
        dati: dict[str, Any] = {"tipo": q.FILE, "estensioni": list(_FILE[tipo])}
        return Fatta(dati, motivi=[f"si allega un file: {', '.join(_FILE[tipo])}"])
    raise SenzaEquivalente(_FUORI.get(tipo, _DI_SERVIZIO))


def etichetta_di(testo: str) -> str:
    """A label on one line."""
    return " ".join(da_markdown(testo).split())


def _etichetta(scelta: Scelta) -> str:
    esatta = testo_esatto(scelta.altre.get(PREFISSO + "etichetta", ""))
    return esatta or etichetta_di(scelta.testo) or scelta.nome


def voci_di(lista: str, modulo: Modulo) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The options of a list with codes of ours, and the codes: the file's → ours."""
    codici = Codici()
    voci: list[dict[str, str]] = []
    mappa: dict[str, str] = {}
    if len(modulo.scelte.get(lista, ())) > limiti.VOCI:
        raise FileRifiutato(f"L'elenco «{lista[:60]}» ha più di {limiti.VOCI} opzioni.")
    for i, scelta in enumerate(modulo.scelte.get(lista, ())):
        codice, _ = codici.dai(scelta.altre.get(PREFISSO + "codice") or scelta.nome, f"v{i + 1}")
        mappa.setdefault(scelta.nome, codice)
        voci.append({"codice": codice, "etichetta": _etichetta(scelta) or codice})
    return voci, mappa


def scala_di(lista: str, modulo: Modulo) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """A list as the steps of a matrix; of each name, what it became ("" is "don't know")."""
    scelte = modulo.scelte.get(lista, [])
    testi = {s.nome: _etichetta(s) for s in scelte}
    passi = [nome for nome, testo in testi.items() if not e_non_so(testo)]
    valori = valori_di_scala(passi)
    gradi = [{"valore": v, "etichetta": testi[nome]} for nome, v in zip(passi, valori, strict=True)]
    return gradi, dict.fromkeys(testi, "") | {n: str(v) for n, v in zip(passi, valori, strict=True)}


def _scelta(nodo: Nodo, modulo: Modulo, tipo: str) -> Fatta:
    motivi = []
    if nodo.esterna and 0 < len(modulo.esterne.get(nodo.lista, ())) <= MAX_ESTERNE:
        modulo.scelte.setdefault(nodo.lista, modulo.esterne[nodo.lista])
        motivi.append("le opzioni erano nel foglio external_choices")
    elif nodo.lista in modulo.esterne:
        raise SenzaEquivalente(f"il suo elenco in external_choices ha più di {MAX_ESTERNE} opzioni")
    elif nodo.esterna or "${" in nodo.lista:
        raise SenzaEquivalente("le opzioni stanno in un altro file, o in un'altra risposta")
    voci, mappa = voci_di(nodo.lista, modulo)
    if "search(" in nodo.celle.get("appearance", "").lower():
        raise SenzaEquivalente("le opzioni stanno in un altro file")
    if not voci:
        raise SenzaEquivalente("non ha opzioni")
    if nodo.celle.get("choice_filter"):
        motivi.append("le opzioni non si filtrano: si mostrano tutte")
    if tipo == "rank":
        if len(voci) < 2:
            raise SenzaEquivalente("ha meno di due voci da ordinare")
        return Fatta({"tipo": q.GRADUATORIA, "voci": voci}, mappa, motivi)
    if len(voci) == 1:
        voci.append({"codice": "no" if voci[0]["codice"] != "no" else "no-2", "etichetta": "No"})
        tipo = "select_one"
        motivi.append("ha una sola opzione: si aggiunge «No»")
    dati: dict[str, Any] = {"tipo": q.SINGOLA if tipo == "select_one" else q.MULTIPLA, "opzioni": voci}
    if nodo.altro:
        dati["consenti_altro"] = True
    return Fatta(dati, mappa, motivi)


def _intervallo(nodo: Nodo) -> Fatta:
    parametri = dict(
        pezzo.split("=", 1)
        for pezzo in nodo.celle.get("parameters", "").replace(",", " ").replace(";", " ").split()
        if "=" in pezzo
    )
    inizio, fine, passo = (numero(parametri.get(c, "")) for c in ("start", "end", "step"))
    inizio, fine = (1 if inizio is None else inizio), (10 if fine is None else fine)
    dati: dict[str, Any] = {"tipo": q.NUMERO, "min": min(inizio, fine), "max": max(inizio, fine)}
    motivi = []
    decimali = max(len(str(n).partition(".")[2]) for n in (inizio, fine, passo or 1))
    if decimali:
        dati["decimali"] = min(decimali, 6)
    if passo not in (None, 1) and not decimali:
        motivi.append(f"il passo di {passo} non si può chiedere")
    return Fatta(dati, motivi=motivi)
