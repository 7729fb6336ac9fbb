"""One question of LimeSurvey under way: its parts as ours, and what became of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from questionari.scambio import limiti
from questionari.scambio.limesurvey.sondaggio import Domanda, Voce
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.scale import e_non_so, valori_di_scala
from questionari.scambio.testo import Codici, da_html


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


class Lavoro:
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
        codici = Codici()
        voci: list[dict[str, str]] = []
        mappa: dict[str, str] = {}
        elenco = self.elenco(genere, scala)
        if len(elenco) > limiti.VOCI:
            raise FileRifiutato(f"La domanda «{self.d.titolo[:60]}» ha più di {limiti.VOCI} voci.")
        for i, voce in enumerate(elenco):
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
            self.esito.parti["risposte", scala, i] = (
                "; ".join(filter(None, [*risposte[i].motivi, motivo])),
                str(valore),
            )
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
                dati | {"testo": unisci(testo_di(self.d), etichetta)},
                coda=f"-{voce.codice}",
                parte=voce.codice,
            )
        self.esito.motivi.append(f"ogni riga diventa una domanda ({len(righe)})")

    def nuova(self, dati: dict[str, Any], **altro: Any) -> None:
        self.esito.nuove.append(Nuova(dati, **altro))


def etichetta_di(testo: str) -> str:
    """A label on one line; the two ends of a semantic differential become one."""
    return " ".join(da_html(testo).replace("|", " / ").split())


def testo_di(domanda: Domanda) -> str:
    """The words of a question, or its code."""
    return da_html(domanda.testo) or domanda.titolo or f"Domanda {domanda.qid}"


def unisci(testo: str, parte: str) -> str:
    """A question and one of its parts in one sentence."""
    return f"{testo.rstrip(' :')}: {parte}" if parte else testo
