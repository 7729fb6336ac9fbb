"""An XLSForm as a tree of groups and questions, its columns by their one name, in one language; proved by pyxform."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyxform import aliases
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from accordo.base.errori import Mancanza
from questionari.scambio import limiti
from questionari.scambio.fogli import Foglio, RigaFoglio, leggi_fogli
from questionari.scambio.limiti import FileRifiutato

FOGLI = {
    "survey": limiti.FOGLIO_RIGHE,
    "choices": limiti.FOGLIO_SCELTE,
    "external_choices": limiti.FOGLIO_SCELTE,
    "settings": 20,
}
TRADOTTE = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_ITALIANO = re.compile(r"\bit(?:[-_][a-z]+)?\b|ital", re.IGNORECASE)
_INIZIO = re.compile(r"(begin|end)[ _]+(.{1,60})\Z", re.IGNORECASE)
_SCELTA = re.compile(
    rf"(?P<capo>{'|'.join(sorted(map(re.escape, aliases.select), key=len, reverse=True))})"
    r"\s+(?P<lista>\S+)(?:\s+(?P<altro>or[ _]other))?\Z"
)
_COLONNE = {
    "relevance": "relevant", "caption": "label", "command": "type", "tag": "name", "value": "name",
    "calculate": "calculation", "constraining_message": "constraint_message", "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message", "list name": "list_name", "read_only": "readonly",
    "form_title": "title", "set_form_title": "title", "form_id": "id_string", "set_form_id": "id_string",
}  # fmt: skip


@dataclass(slots=True)
class Scelta:
    """A row of the choices."""

    numero: int
    nome: str
    testo: str
    motivo: str
    altre: dict[str, str]


@dataclass(slots=True)
class Nodo:
    """A row of the survey: a question, or a group with its children."""

    numero: int
    genere: str
    """group, repeat, loop, or the type of a question; select_one, select_multiple and rank without their list."""
    nome: str
    testo: str
    aiuto: str
    motivi: list[str]
    celle: dict[str, str]
    lista: str = ""
    altro: bool = False
    esterna: bool = False
    figli: list["Nodo"] = field(default_factory=list)

    @property
    def gruppo(self) -> bool:
        """Whether it holds other rows."""
        return self.genere in ("group", "repeat", "loop")

    @property
    def aspetto(self) -> frozenset[str]:
        """The words of its appearance."""
        return frozenset(self.celle.get("appearance", "").lower().split())

    def tutti(self) -> Iterator["Nodo"]:
        """It and all below, in order."""
        yield self
        for figlio in self.figli:
            yield from figlio.tutti()


@dataclass(slots=True)
class Modulo:
    """The whole form."""

    radici: list[Nodo]
    scelte: dict[str, list[Scelta]]
    impostazioni: dict[str, str]
    lingua: str
    altre_lingue: list[str]
    interrotti: dict[str, int]
    esterne: dict[str, list[Scelta]] = field(default_factory=dict)
    """The lists of the sheet external_choices."""


def leggi_modulo(contenuto: bytes) -> Modulo:
    """Read the workbook. Raises FileRifiutato for what pyxform would not take either."""
    fogli = leggi_fogli(contenuto, FOGLI)
    if "survey" not in fogli or not fogli["survey"].righe:
        raise FileRifiutato("Non è un XLSForm: manca il foglio «survey», o è vuoto.")
    if "type" not in {_colonna(c)[0] for c in fogli["survey"].colonne}:
        raise FileRifiutato("Non è un XLSForm: nel foglio «survey» manca la colonna «type».")
    profondita = _profondita(fogli["survey"])
    if profondita > limiti.GRUPPI:
        raise FileRifiutato(f"I gruppi stanno uno dentro l'altro per più di {limiti.GRUPPI} livelli.")
    impostazioni = _impostazioni(fogli.get("settings", Foglio()))
    lingua, altre = _lingue(fogli, impostazioni)
    radici = _albero(fogli["survey"], lingua)
    scelte = _scelte(fogli.get("choices", Foglio()), lingua)
    nodi = [nodo for radice in radici for nodo in radice.tutti()]
    if sum(len(scelte.get(nodo.lista, ())) for nodo in nodi if nodo.lista) > 2 * limiti.VOCI_TOTALI:
        raise FileRifiutato(f"Le domande hanno in tutto più di {limiti.VOCI_TOTALI} opzioni: sono troppe.")
    prova(fogli)
    return Modulo(
        radici=radici,
        scelte=scelte,
        impostazioni=impostazioni,
        lingua=lingua,
        altre_lingue=altre,
        esterne=_scelte(fogli.get("external_choices", Foglio()), lingua),
        interrotti={nome: foglio.interrotto for nome, foglio in fogli.items() if foglio.interrotto},
    )


def prova(fogli: dict[str, Foglio]) -> None:
    """Let pyxform build the form: what it refuses is no XLSForm."""
    libro: dict[str, Any] = {"sheet_names": list(fogli)}
    for nome, foglio in fogli.items():
        righe: list[dict[str, str]] = []
        for riga in foglio.righe:  # empty rows stay, so that pyxform numbers them as people do
            righe += [{} for _ in range(riga.numero - 2 - len(righe))]
            righe.append(dict(riga.celle))
        libro[nome] = righe
        libro[f"{nome}_header"] = [dict.fromkeys(foglio.colonne)]
    try:
        convert(libro, warnings=[], form_name="data")
    except PyXFormError as errore:
        raise FileRifiutato(
            "Il modulo non è un XLSForm valido: il controllo (pyxform) lo rifiuta.",
            [Mancanza(riga) for riga in str(errore).splitlines()[:20] if riga.strip()],
        ) from errore
    except RecursionError as errore:
        raise FileRifiutato("Il modulo è troppo annidato per essere letto.") from errore
    # pyxform stumbles over some broken forms with errors of other kinds
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as errore:
        raise FileRifiutato("Il modulo non è un XLSForm valido: il controllo (pyxform) si ferma.") from errore


def _profondita(foglio: Foglio) -> int:
    livello = massimo = 0
    colonna = next((c for c in foglio.colonne if _colonna(c)[0] == "type"), "")
    for riga in foglio.righe:
        if trovato := _INIZIO.match(riga.celle.get(colonna, "")):
            livello += 1 if trovato[1].lower() == "begin" else -1
            massimo = max(massimo, livello)
    return massimo


def _colonna(titolo: str) -> tuple[str, str]:
    """The one name of a column, and its language: "label::Italiano (it)" is ("label", "Italiano (it)")."""
    if "::" in titolo:
        nome, _, lingua = titolo.partition("::")
    elif ":" in titolo and titolo.split(":")[0].strip().lower() in TRADOTTE | {
        "media",
        "bind",
        "control",
        "image",
    }:
        nome, _, lingua = titolo.partition(":")
    else:
        nome, lingua = titolo, ""
    nome, lingua = nome.strip().lower(), lingua.strip()
    if nome in ("bind", "control", "body") and lingua:
        nome, lingua = lingua.lower(), ""
    nome = _COLONNE.get(nome, nome.replace(" ", "_"))
    if nome not in TRADOTTE and lingua:
        nome, lingua = f"{nome}::{lingua.split('::')[0]}", ""
    return nome, lingua


def _lingue(fogli: dict[str, Foglio], impostazioni: dict[str, str]) -> tuple[str, list[str]]:
    tutte: dict[str, None] = {}
    for nome in ("survey", "choices"):
        for titolo in fogli.get(nome, Foglio()).colonne:
            colonna, lingua = _colonna(titolo)
            if colonna in TRADOTTE:
                tutte[lingua] = None
    lingue = list(tutte)
    italiana = next((lingua for lingua in lingue if _ITALIANO.search(lingua)), None)
    base = impostazioni.get("default_language", "")
    if italiana is not None:
        scelta = italiana
    elif base in tutte:
        scelta = base
    else:
        scelta = "" if "" in tutte or not lingue else lingue[0]
    return scelta, [lingua for lingua in lingue if lingua != scelta]


def _impostazioni(foglio: Foglio) -> dict[str, str]:
    celle: dict[str, str] = {}
    for riga in foglio.righe[:1]:
        for titolo, valore in riga.celle.items():
            celle[_colonna(titolo)[0]] = valore
    return celle


class _Celle:
    """The cells of a row by the one name of the column, texts in the language wanted."""

    def __init__(self, riga: RigaFoglio, lingua: str) -> None:
        self.celle: dict[str, str] = {}
        self.motivi: list[str] = []
        testi: dict[str, dict[str, str]] = {}
        for titolo, valore in riga.celle.items():
            nome, di = _colonna(titolo)
            if nome in TRADOTTE:
                testi.setdefault(nome, {})[di] = valore
            else:
                self.celle.setdefault(nome, valore)
        for nome, per_lingua in testi.items():
            if lingua in per_lingua:
                self.celle[nome] = per_lingua[lingua]
                continue
            altra = "" if "" in per_lingua else next(iter(per_lingua))
            self.celle[nome] = per_lingua[altra]
            if nome == "label" and altra:
                self.motivi.append(f"manca in «{lingua or 'lingua di base'}»: il testo è in «{altra}»")


def _nodo(riga: RigaFoglio, lingua: str) -> tuple[Nodo, str]:
    """The row as a node, and "begin", "end" or nothing."""
    celle = _Celle(riga, lingua)
    tipo = " ".join(celle.celle.get("type", "").split())
    nodo = Nodo(
        riga.numero, tipo, celle.celle.get("name", ""), celle.celle.get("label", ""),
        celle.celle.get("hint", ""), celle.motivi, celle.celle,
    )  # fmt: skip
    if inizio := _INIZIO.match(tipo):
        nodo.genere = aliases.control.get(inizio[2].lower(), "group")
        return nodo, inizio[1].lower()
    if scelta := _SCELTA.match(tipo):
        capo = aliases.select[scelta["capo"]]
        nodo.genere = {
            "select one": "select_one",
            "select all that apply": "select_multiple",
            "rank": "rank",
        }.get(capo, "select_one")
        nodo.lista, nodo.altro = scelta["lista"], scelta["altro"] is not None
        nodo.esterna = "file" in scelta["capo"] or "external" in scelta["capo"]
    return nodo, ""


def _albero(foglio: Foglio, lingua: str) -> list[Nodo]:
    radici: list[Nodo] = []
    pila: list[Nodo] = []
    for riga in foglio.righe:
        nodo, verso = _nodo(riga, lingua)
        if verso == "end":
            if pila:
                pila.pop()
            continue
        if not nodo.genere or nodo.celle.get("disabled", "").lower() in ("yes", "true"):
            nodo.genere = nodo.genere or "riga senza tipo"
            nodo.celle.setdefault("disabled", "senza tipo")
        (pila[-1].figli if pila else radici).append(nodo)
        if verso == "begin":
            pila.append(nodo)
    return radici


def _scelte(foglio: Foglio, lingua: str) -> dict[str, list[Scelta]]:
    liste: dict[str, list[Scelta]] = {}
    for riga in foglio.righe:
        celle = _Celle(riga, lingua)
        altre = {k: v for k, v in celle.celle.items() if k not in ("list_name", "name", "label")}
        scelta = Scelta(
            riga.numero,
            celle.celle.get("name", ""),
            celle.celle.get("label", ""),
            "; ".join(celle.motivi),
            altre,
        )
        liste.setdefault(celle.celle.get("list_name", ""), []).append(scelta)
    return liste
