"""The tables of a .lss as a tree of groups, questions, rows and answers, in one language.

Two layouts: up to 3.x the texts stand in the tables, one row a language; from 4.x they stand beside, in the `_l10ns`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from accordo.base.errori import Mancanza
from questionari.scambio.limesurvey.tabelle import Riga
from questionari.scambio.limiti import FileRifiutato

TIPI = {
    "1": "tabella a due scale", "5": "scelta da 1 a 5", "A": "tabella da 1 a 5", "B": "tabella da 1 a 10",
    "C": "tabella sì, no, incerto", "D": "data", "E": "tabella aumenta, uguale, diminuisce", "F": "tabella",
    "G": "genere", "H": "tabella per colonne", "I": "cambio di lingua", "K": "più numeri", "L": "scelta singola",
    "M": "scelta multipla", "N": "numero", "O": "scelta singola con commento", "P": "scelta multipla con commenti",
    "Q": "più testi brevi", "R": "graduatoria", "S": "testo breve", "T": "testo lungo", "U": "testo molto lungo",
    "W": "menu", "X": "blocco di testo", "Y": "sì o no", "Z": "scelta singola", "!": "menu",
    ":": "tabella di numeri", ";": "tabella di testi", "|": "file", "*": "calcolo",
}  # fmt: skip


@dataclass(slots=True)
class Voce:
    """An answer of a question, or a sub-question of it (`qid` is its own)."""

    codice: str
    testo: str
    motivi: list[str] = field(default_factory=list)
    rilevanza: str = ""
    qid: str = ""


@dataclass(slots=True)
class Domanda:
    """A question with its parts by scale, and its attributes; those that were looked at are in `letti`."""

    qid: str
    sid: str
    gid: str
    tipo: str
    titolo: str
    testo: str
    aiuto: str
    obbligo: str
    altro: bool
    controllo: str
    rilevanza: str
    motivi: list[str] = field(default_factory=list)
    sotto: dict[str, list[Voce]] = field(default_factory=dict)
    risposte: dict[str, list[Voce]] = field(default_factory=dict)
    attributi: dict[str, str] = field(default_factory=dict)
    letti: set[str] = field(default_factory=set)
    quanti_attributi: Counter[str] = field(default_factory=Counter)
    regole: list[Riga] = field(default_factory=list)

    def righe_attributi(self) -> dict[str, tuple[str, int]]:
        """Each attribute with its value and how many rows of the file it takes."""
        return {
            nome: (self.attributi.get(nome, ""), quanti) for nome, quanti in self.quanti_attributi.items()
        }

    def attributo(self, nome: str) -> str:
        """The value of an attribute, which counts as read."""
        self.letti.add(nome)
        return self.attributi.get(nome, "")


@dataclass(slots=True)
class Gruppo:
    """A group with its questions in order."""

    gid: str
    titolo: str
    descrizione: str
    rilevanza: str
    motivi: list[str] = field(default_factory=list)
    domande: list[Domanda] = field(default_factory=list)


@dataclass(slots=True)
class Sondaggio:
    """The whole survey. `sciolte` are rows of parts whose question is not there, by table."""

    sid: str
    titolo: str
    premessa: str
    lingua: str
    altre_lingue: list[str]
    gruppi: list[Gruppo]
    sciolte: dict[str, int]


class _Testi:
    """Finds a text in the language chosen, or in another one if it is missing there."""

    def __init__(self, lingue: Sequence[str]) -> None:
        self.lingue = lingue

    def cerca(self, per_lingua: dict[str, Riga], campo: str) -> tuple[str, str]:
        """Return the text and what to say of it."""
        altre = [lingua for lingua in per_lingua if lingua not in self.lingue]
        for i, lingua in enumerate([*self.lingue, *altre]):
            testo = per_lingua.get(lingua, {}).get(campo, "")
            if testo:
                return testo, f"manca in «{self.lingue[0]}»: il testo è in «{lingua}»" if i and lingua else ""
        return "", ""


def _ordine(riga: Riga, campo: str) -> tuple[int, str]:
    try:
        return int(riga.get(campo) or 0), ""
    except ValueError:
        return 0, ""


def _per_chiave(
    righe: Iterable[Riga], chiave: Sequence[str], l10ns: Iterable[Riga], chiave_l10n: str
) -> list[tuple[Riga, dict[str, Riga]]]:
    """Each element once, in the order of the file, with its rows by language."""
    visti: dict[tuple[str, ...], tuple[Riga, dict[str, Riga]]] = {}
    per_id: dict[str, dict[str, Riga]] = {}
    for riga in l10ns:
        per_id.setdefault(riga.get(chiave_l10n, ""), {})[riga.get("language", "")] = riga
    for riga in righe:
        k = tuple(riga.get(campo, "") for campo in chiave)
        testi = visti.setdefault(k, (riga, {}))[1]
        if "language" in riga:
            testi.setdefault(riga["language"], riga)
        for lingua, altra in per_id.get(riga.get(chiave_l10n, ""), {}).items():
            testi.setdefault(lingua, altra)
        if not testi:
            testi[""] = riga
    return list(visti.values())


def _lingue(tabelle: dict[str, list[Riga]], indagine: Riga) -> tuple[list[str], list[str]]:
    """The languages to read, the wanted one first, and all that the file has."""
    base = indagine.get("language", "")
    tutte = [base, *indagine.get("additional_languages", "").split()]
    tutte += [riga["valore"] for riga in tabelle.get("#language", [])]
    tutte += [riga.get("surveyls_language", "") for riga in tabelle.get("surveys_languagesettings", [])]
    tutte = [lingua for lingua in dict.fromkeys(tutte) if lingua]
    italiana = next((lingua for lingua in tutte if lingua.lower().split("-")[0] == "it"), "")
    scelta = italiana or base or (tutte[0] if tutte else "")
    return [lingua for lingua in dict.fromkeys([scelta, base]) if lingua] or [""], tutte


def leggi_sondaggio(tabelle: dict[str, list[Riga]]) -> Sondaggio:
    """Build the tree. Raises FileRifiutato for what no export of LimeSurvey has."""
    indagine = next(iter(tabelle.get("surveys", [])), {})
    lingue, tutte = _lingue(tabelle, indagine)
    testi = _Testi(lingue)
    titoli = {r.get("surveyls_language", ""): r for r in tabelle.get("surveys_languagesettings", [])}
    if not tabelle.get("questions"):
        raise FileRifiutato("Il sondaggio non contiene nessuna domanda.")
    gruppi = _gruppi(tabelle, testi)
    domande = _domande(tabelle, testi, gruppi)
    sciolte = _parti(tabelle, testi, domande, lingue)
    premesse = (testi.cerca(titoli, campo)[0] for campo in ("surveyls_description", "surveyls_welcometext"))
    return Sondaggio(
        sid=indagine.get("sid", ""),
        titolo=testi.cerca(titoli, "surveyls_title")[0],
        premessa="\n".join(p for p in premesse if p),
        lingua=lingue[0],
        altre_lingue=[lingua for lingua in tutte if lingua != lingue[0]],
        gruppi=list(gruppi.values()),
        sciolte=sciolte,
    )


def _gruppi(tabelle: dict[str, list[Riga]], testi: _Testi) -> dict[str, Gruppo]:
    elementi = _per_chiave(tabelle.get("groups", []), ["gid"], tabelle.get("group_l10ns", []), "gid")
    gruppi = {}
    for riga, per_lingua in sorted(elementi, key=lambda e: _ordine(e[0], "group_order")):
        titolo, motivo = testi.cerca(per_lingua, "group_name")
        gid = riga.get("gid", "")
        gruppi[gid] = Gruppo(
            gid=gid,
            titolo=titolo,
            descrizione=testi.cerca(per_lingua, "description")[0],
            rilevanza=next(
                (r["grelevance"] for r in (riga, *per_lingua.values()) if r.get("grelevance")), ""
            ),
            motivi=[motivo] if motivo else [],
        )
    return gruppi


def _domande(tabelle: dict[str, list[Riga]], testi: _Testi, gruppi: dict[str, Gruppo]) -> dict[str, Domanda]:
    prime = [r for r in tabelle["questions"] if r.get("parent_qid", "0") in ("", "0")]
    elementi = _per_chiave(prime, ["qid"], tabelle.get("question_l10ns", []), "qid")
    domande: dict[str, Domanda] = {}
    errori = []
    for riga, per_lingua in sorted(elementi, key=lambda e: _ordine(e[0], "question_order")):
        testo, motivo = testi.cerca(per_lingua, "question")
        domanda = Domanda(
            qid=riga.get("qid", ""),
            sid=riga.get("sid", ""),
            gid=riga.get("gid", ""),
            tipo=riga.get("type", ""),
            titolo=riga.get("title", ""),
            testo=testo,
            aiuto=testi.cerca(per_lingua, "help")[0],
            obbligo=riga.get("mandatory", "N"),
            altro=riga.get("other") == "Y",
            controllo=riga.get("preg", ""),
            rilevanza=next((r["relevance"] for r in (riga, *per_lingua.values()) if r.get("relevance")), ""),
            motivi=[motivo] if motivo else [],
        )
        nome = domanda.titolo or domanda.qid
        if domanda.gid not in gruppi:
            errori.append(
                f"La domanda «{nome}» sta in un gruppo ({domanda.gid or 'senza numero'}) che non c'è."
            )
        elif domanda.tipo not in TIPI:
            errori.append(f"La domanda «{nome}» è di un tipo sconosciuto: «{domanda.tipo[:20]}».")
        else:
            gruppi[domanda.gid].domande.append(domanda)
        domande[domanda.qid] = domanda
    for riga in _sottodomande(tabelle):
        if riga["parent_qid"] not in domande:
            nome = riga.get("title") or riga.get("qid", "")
            errori.append(f"La riga «{nome}» appartiene a una domanda ({riga['parent_qid']}) che non c'è.")
    if errori:
        raise FileRifiutato(
            "Il file è rovinato, o di una versione di LimeSurvey che non si legge ancora.",
            [Mancanza(errore) for errore in dict.fromkeys(errori[:50])],
        )
    return domande


def _sottodomande(tabelle: dict[str, list[Riga]]) -> list[Riga]:
    tutte = [*tabelle["questions"], *tabelle.get("subquestions", [])]
    return [r for r in tutte if r.get("parent_qid", "0") not in ("", "0")]


def _parti(
    tabelle: dict[str, list[Riga]], testi: _Testi, domande: dict[str, Domanda], lingue: Sequence[str]
) -> dict[str, int]:
    """Hang rows, answers, attributes and conditions on their questions; return how many hang nowhere."""
    sciolte = {"risposte": 0, "attributi": 0, "condizioni": 0}
    righe = _per_chiave(_sottodomande(tabelle), ["qid"], tabelle.get("question_l10ns", []), "qid")
    for riga, per_lingua in sorted(righe, key=lambda e: _ordine(e[0], "question_order")):
        testo, motivo = testi.cerca(per_lingua, "question")
        voce = Voce(
            riga.get("title", ""),
            testo,
            [motivo] if motivo else [],
            riga.get("relevance", ""),
            riga.get("qid", ""),
        )
        domande[riga["parent_qid"]].sotto.setdefault(riga.get("scale_id") or "0", []).append(voce)
    chiave = ["qid", "code", "scale_id"]
    risposte = _per_chiave(tabelle.get("answers", []), chiave, tabelle.get("answer_l10ns", []), "aid")
    for riga, per_lingua in sorted(risposte, key=lambda e: _ordine(e[0], "sortorder")):
        testo, motivo = testi.cerca(per_lingua, "answer")
        if (domanda := domande.get(riga.get("qid", ""))) is None:
            sciolte["risposte"] += 1
            continue
        voce = Voce(riga.get("code", ""), testo, [motivo] if motivo else [])
        domanda.risposte.setdefault(riga.get("scale_id") or "0", []).append(voce)
    for riga in tabelle.get("question_attributes", []):
        if (domanda := domande.get(riga.get("qid", ""))) is None:
            sciolte["attributi"] += 1
            continue
        nome = riga.get("attribute", "")
        domanda.quanti_attributi[nome] += 1
        lingua = riga.get("language", "")
        if lingua in ("", lingue[0]) or (lingua in lingue and nome not in domanda.attributi):
            domanda.attributi[nome] = riga.get("value", "")
    for riga in tabelle.get("conditions", []):
        if (domanda := domande.get(riga.get("qid", ""))) is None:
            sciolte["condizioni"] += 1
        else:
            domanda.regole.append(riga)
    return sciolte
