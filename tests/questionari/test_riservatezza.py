"""The attack: from everything published, and with the whole program in hand, no body's answer can be told.

Small cases are tried out in full: all worlds (every way in which the bodies may have answered) are published, and in
every one of them each body must share its publication with a world in which it answered something else. In greater
ones such a world is built and published.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionari import lettura, visibilita
from questionari.esiti import incroci, quesiti
from questionari.esiti.quadro import Quadro
from questionari.esiti.quesiti import Quesito
from questionari.riservatezza import Livello, Strato, forma, livello
from tests.questionari.strategie import calma

Risposte = dict[str, Any]
Mondo = tuple[Risposte, ...]


@dataclass(frozen=True)
class Caso:
    """Bodies (area, kind, class) that answer a questionnaire."""

    definizione: Any
    enti: tuple[tuple[str, str, str], ...]
    soglia: int = 3


def definizione(*domande: dict[str, Any]) -> Any:
    return lettura.leggi(
        {"codice": "q", "titolo": "Q", "sezioni": [{"codice": "S", "titolo": "S", "domande": list(domande)}]}
    )


def singola(codice: str, quante: int = 3, **altro: Any) -> dict[str, Any]:
    opzioni = [{"codice": f"o{n}", "etichetta": f"O{n}"} for n in range(quante)]
    return {"codice": codice, "tipo": "singola", "testo": codice, "opzioni": opzioni} | altro


def multipla(codice: str, quante: int = 3, **altro: Any) -> dict[str, Any]:
    return singola(codice, quante, tipo="multipla", **altro)


def pubblicato(caso: Caso, mondo: Mondo) -> tuple[Any, ...]:
    """Everything that is published of a world, as one value: levels, totals, all groups, all cross tables."""
    per_strato: dict[tuple[str, ...], list[int]] = {}
    for posto, (ente, risposte) in enumerate(zip(caso.enti, mondo, strict=True)):
        firma = quesiti.firma(caso.definizione, "comune", risposte)
        per_strato.setdefault((*ente, firma), []).append(posto)
    strati = [Strato(n, *chiave, len(chi)) for n, (chiave, chi) in enumerate(sorted(per_strato.items()))]
    di = {posto: n for n, (_, chi) in enumerate(sorted(per_strato.items())) for posto in chi}
    quadro = Quadro(
        accordo=None,  # type: ignore[arg-type]
        questionario=SimpleNamespace(struttura=caso.definizione),  # type: ignore[arg-type]
        soglia=caso.soglia,
        strati=tuple(strati),
    )
    celle = [dict(_celle(caso.definizione, risposte)) for risposte in mondo]
    conti: dict[Quesito, dict[int, Counter[str]]] = {}
    for posto, sue in enumerate(celle):
        for quesito, valore in sue.items():
            conti.setdefault(quesito, {}).setdefault(di[posto], Counter())[valore] += 1
    codici = list(caso.definizione.per_codice)
    esposti = quadro.pubblica(conti, codici)
    dentro = {chiave for blocco in quadro.blocchi for chiave in blocco.chiavi}
    tavole = [
        (
            quesito,
            e.livello,
            _fermo(e.totale),
            [(d, [(g.nome, _fermo(g.conto)) for g in gg]) for d, gg in e.gruppi.items()],
        )
        for quesito, e in esposti.items()
    ]
    tutti = [
        q
        for q in esposti
        if esposti[q].livello == Livello.TUTTO and quadro.effettive[q.domanda] == "aggregata"
    ]
    for uno, altro in itertools.combinations(tutti, 2):
        coppie = Counter(
            (sue[uno], sue[altro])
            for posto, sue in enumerate(celle)
            if di[posto] in dentro and uno in sue and altro in sue
        )
        # more than the page shows: the whole joint count
        tavole.append(((uno, altro), Livello.TUTTO, _fermo(coppie), []))
    nomi = [
        (posto, codice, repr(risposte[codice]))
        for posto, risposte in enumerate(mondo)
        for codice in risposte
        if quadro.effettive[codice] == "pubblica"
    ]
    return repr(tavole), repr(nomi)


def _celle(struttura: Any, risposte: Risposte) -> Any:
    return [(Quesito(d, v), valore) for d, v, valore in quesiti.celle(struttura, risposte)]


def _fermo(conto: Any) -> Any:
    return None if conto is None else sorted(conto.items())


def possibili(caso: Caso, valori: dict[str, list[Any]]) -> list[Risposte]:
    """All the ways in which one body may answer, by the rules of the questionnaire."""
    trovate = []
    for scelta in itertools.product(*(valori[c] for c in caso.definizione.per_codice)):
        date = {c: v for c, v in zip(caso.definizione.per_codice, scelta, strict=True) if v is not None}
        inviate = visibilita.da_inviare(caso.definizione, "comune", date)
        if inviate not in trovate:
            trovate.append(inviate)
    return trovate


def attacca(caso: Caso, valori: dict[str, list[Any]]) -> None:
    """Publish all worlds; where all that look alike agree on what a body answered, it was found out.

    They look alike to a citizen by what is published; to a body by that and by its own answers, which its page sets
    beside its area's.
    """
    ognuno = possibili(caso, valori)
    classi: dict[Any, list[Mondo]] = {}
    for mondo in itertools.product(ognuno, repeat=len(caso.enti)):
        esce = pubblicato(caso, mondo)
        classi.setdefault((None, esce), []).append(mondo)
        for posto, sue in enumerate(mondo):
            classi.setdefault((posto, repr(sue), esce), []).append(mondo)
    effettive = quesiti.effettive(caso.definizione)
    for (chi, *_), uguali in classi.items():
        for posto in range(len(caso.enti)):
            for codice in caso.definizione.per_codice:
                if effettive[codice] == "pubblica" or posto == chi:
                    continue
                risposte = {repr(mondo[posto].get(codice)) for mondo in uguali}
                assert risposte == {"None"} or len(risposte) > 1, (posto, codice, risposte, uguali[0])
                dette = [_dette(caso, codice, mondo[posto].get(codice)) for mondo in uguali]
                comuni = frozenset.intersection(*dette)
                assert not comuni, (posto, codice, comuni, uguali[0])


def _dette(caso: Caso, codice: str, valore: Any) -> frozenset[Any]:
    if valore is None:
        return frozenset()
    domanda = caso.definizione.per_codice[codice]
    ((_, _, scritto),) = quesiti.celle(caso.definizione, {codice: valore})
    return quesiti.facce(domanda.tipo, scritto)


PICCOLI = ("A", "Comune", "1")
GRANDI = ("A", "Comune", "3")
ALTROVE = ("B", "Comune", "1")


class TestTuttiIMondi:
    """In full, on few bodies."""

    @pytest.mark.parametrize(
        "enti",
        [
            [PICCOLI] * 3,
            [PICCOLI] * 5,
            [PICCOLI] * 2,
            [PICCOLI] * 3 + [ALTROVE] * 3,
            [PICCOLI] * 4 + [ALTROVE] * 2,
            [PICCOLI] * 3 + [ALTROVE] * 4,
            [PICCOLI] * 2 + [ALTROVE] * 2 + [("C", "Comune", "1")] * 2,
        ],
        ids=lambda enti: "-".join(f"{a}{c}" for (a, _, c) in enti),
    )
    def test_una_domanda_di_tre_risposte(self, enti: list[tuple[str, str, str]]) -> None:
        caso = Caso(definizione(singola("Q")), tuple(enti))
        attacca(caso, {"Q": ["o0", "o1", "o2"]})

    @pytest.mark.parametrize("soglia", [1, 2, 3])
    def test_chi_non_risponde_e_la_soglia(self, soglia: int) -> None:
        caso = Caso(definizione(singola("Q", 2)), (PICCOLI,) * 4 + (ALTROVE,) * 4, soglia)
        attacca(caso, {"Q": ["o0", "o1", None]})

    def test_due_blocchi_in_un_ambito(self) -> None:
        """Ten bodies of two classes: enough for two blocks, where one may be of one mind."""
        caso = Caso(definizione(singola("Q", 2)), (PICCOLI,) * 5 + (GRANDI,) * 5)
        assert len(forma([Strato(1, *PICCOLI, "", 5), Strato(2, *GRANDI, "", 5)], 3)[0]) == 2
        attacca(caso, {"Q": ["o0", "o1"]})

    def test_piu_scelte(self) -> None:
        caso = Caso(definizione(multipla("Q", 3)), (PICCOLI,) * 3 + (ALTROVE,) * 3)
        valori = [{"scelte": s, "altro": ""} for s in (["o0"], ["o1"], ["o0", "o1"], ["o1", "o2"])]
        attacca(caso, {"Q": valori})

    def test_una_domanda_che_dipende_da_un_altra(self) -> None:
        se = {"domanda": "Q", "operatore": "uguale", "valore": "o0"}
        caso = Caso(
            definizione(singola("Q", 2), singola("R", 2, visibile_se=se)), (PICCOLI,) * 3 + (ALTROVE,) * 3
        )
        attacca(caso, {"Q": ["o0", "o1"], "R": ["o0", "o1", None]})

    def test_una_domanda_che_dipende_da_una_pubblica(self) -> None:
        """Everybody knows who was asked."""
        se = {"domanda": "P", "operatore": "uguale", "valore": "o0"}
        caso = Caso(
            definizione(
                singola("P", 2, riservatezza="pubblica"), singola("R", 2, visibile_se=se), singola("T", 2)
            ),
            (PICCOLI,) * 5,
        )
        attacca(caso, {"P": ["o0", "o1"], "R": ["o0", "o1"], "T": ["o0", "o1"]})

    def test_una_pubblica_che_ne_svela_un_altra(self) -> None:
        """A named answer that is asked only of who said yes would name them."""
        se = {"domanda": "Q", "operatore": "uguale", "valore": "o0"}
        caso = Caso(
            definizione(singola("Q", 2), singola("P", 2, riservatezza="pubblica", visibile_se=se)),
            (PICCOLI,) * 4,
        )
        attacca(caso, {"Q": ["o0", "o1"], "P": ["o0", "o1", None]})

    def test_una_riservata_e_chi_ne_dipende(self) -> None:
        se = {"domanda": "Q", "operatore": "uguale", "valore": "o0"}
        caso = Caso(
            definizione(singola("Q", 2, riservatezza="riservata"), singola("R", 2, visibile_se=se)),
            (PICCOLI,) * 4,
        )
        attacca(caso, {"Q": ["o0", "o1"], "R": ["o0", "o1", None]})
        mondi = itertools.product(possibili(caso, {"Q": ["o0", "o1"], "R": ["o0", "o1"]}), repeat=4)
        assert len({pubblicato(caso, mondo) for mondo in mondi}) == 1

    def test_due_domande_incrociate(self) -> None:
        caso = Caso(definizione(singola("Q", 2), singola("R", 2)), (PICCOLI,) * 3 + (ALTROVE,) * 3)
        attacca(caso, {"Q": ["o0", "o1"], "R": ["o0", "o1"]})


@st.composite
def popolazioni(draw: st.DrawFn) -> tuple[Caso, Mondo]:
    """Up to forty bodies in four areas, three kinds, three classes, with skewed answers."""
    se = {"domanda": "Q", "operatore": "uguale", "valore": "o0"}
    forma_q = definizione(
        singola("Q", 3),
        singola("R", 2, visibile_se=se),
        multipla("M", 4),
        singola("P", 2, riservatezza="pubblica"),
    )
    enti = draw(
        st.lists(
            st.tuples(st.sampled_from("ABCD"), st.sampled_from(["Comune", "Unione"]), st.sampled_from("123")),
            min_size=1,
            max_size=40,
        )
    )
    comune = draw(st.sampled_from(["o0", "o1"]))
    insieme = st.sets(st.sampled_from(["o0", "o1", "o2", "o3"]), min_size=1)
    mondo = tuple(
        visibilita.da_inviare(
            forma_q,
            "comune",
            {
                "Q": draw(st.sampled_from([comune] * 5 + ["o0", "o1", "o2", None])),
                "R": draw(st.sampled_from(["o0", "o0", "o1", None])),
                "M": {"scelte": sorted(draw(insieme) | {comune}), "altro": ""},
                "P": draw(st.sampled_from(["o0", "o1"])),
            },
        )
        for _ in enti
    )
    return Caso(forma_q, tuple(enti), draw(st.integers(2, 4))), mondo


@calma
@given(popolazioni())
def test_c_e_un_altro_mondo_per_ogni_ente(popolazione: tuple[Caso, Mondo]) -> None:
    """For each body and question at the full level: two bodies exchange all answers, and the publication is the same."""
    caso, mondo = popolazione
    atteso = pubblicato(caso, mondo)
    strati, di = _strati(caso, mondo)
    blocchi, fuori = forma(strati, caso.soglia)
    assert all(blocco.enti >= max(caso.soglia, 2) for blocco in blocchi)
    assert sum(b.enti for b in blocchi) + sum(s.enti for s in fuori) == len(mondo)
    for blocco in blocchi:
        dentro = [posto for posto, n in di.items() if n in blocco.chiavi]
        celle = {posto: dict(_celle(caso.definizione, mondo[posto])).get(Quesito("Q")) for posto in dentro}
        if len(set(celle.values()) - {None}) < 2:
            continue
        for posto in dentro:
            if celle[posto] is None:
                continue
            altro = next(p for p in dentro if celle[p] != celle[posto])
            scambiato = list(mondo)
            scambiato[posto] = {**mondo[altro], "P": mondo[posto]["P"]}
            scambiato[altro] = {**mondo[posto], "P": mondo[altro]["P"]}
            assert pubblicato(caso, tuple(scambiato)) == atteso


@calma
@given(popolazioni())
def test_i_gruppi_sono_grandi_e_discordi(popolazione: tuple[Caso, Mondo]) -> None:
    """What a reader can add up and subtract are blocks; none is small or of one mind."""
    caso, mondo = popolazione
    strati, di = _strati(caso, mondo)
    blocchi, _ = forma(strati, caso.soglia)
    for codice in ("Q", "R", "M"):
        tipo = caso.definizione.per_codice[codice].tipo
        celle = {p: dict(_celle(caso.definizione, r)).get(Quesito(codice)) for p, r in enumerate(mondo)}
        per_blocco = [
            (
                b.posto("ambito"),
                Counter(celle[p] for p, n in di.items() if n in b.chiavi and celle[p] is not None),
            )
            for b in blocchi
        ]
        fino = livello(per_blocco, caso.soglia, lambda v, tipo=tipo: quesiti.facce(tipo, v))
        gruppi = [conto for _, conto in per_blocco]
        if fino == Livello.AMBITI:
            gruppi = [sum((c for a, c in per_blocco if a == ambito), Counter()) for ambito, _ in per_blocco]
        elif fino == Livello.TOTALE:
            gruppi = [sum(gruppi, Counter())]
        for conto in gruppi if fino else []:
            assert not conto or conto.total() >= max(caso.soglia, 2)
            dette = Counter(f for v, n in conto.items() for f in quesiti.facce(tipo, v) for _ in range(n))
            assert all(volte < conto.total() for volte in dette.values())


def _strati(caso: Caso, mondo: Mondo) -> tuple[list[Strato], dict[int, int]]:
    per: dict[tuple[str, ...], list[int]] = {}
    for posto, (ente, risposte) in enumerate(zip(caso.enti, mondo, strict=True)):
        per.setdefault((*ente, quesiti.firma(caso.definizione, "comune", risposte)), []).append(posto)
    strati = [Strato(n, *chiave, len(chi)) for n, (chiave, chi) in enumerate(sorted(per.items()))]
    return strati, {posto: n for n, (_, chi) in enumerate(sorted(per.items())) for posto in chi}


@cache
def _etichette() -> Any:
    caso = Caso(definizione(singola("Q", 4), singola("R", 3)), ())
    return [incroci._categorie(caso.definizione.per_codice[c], Quesito(c), Counter()) for c in ("Q", "R")]


@calma
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["o0", "o1", "o2", "o3"]), st.sampled_from(["o0", "o1", "o2"])),
        st.integers(1, 5),
        min_size=1,
    ),
    st.integers(1, 5),
)
def test_un_incrocio_non_ha_righe_piccole(coppie: dict[tuple[str, str], int], soglia: int) -> None:
    """Unless all bodies together are fewer, each row and column counts at least the threshold; nobody is lost."""
    conto = Counter(coppie)
    tabella = incroci.componi(conto, _etichette(), soglia)
    assert tabella.celle is not None
    assert sum(tabella.celle.values()) == conto.total()
    if conto.total() >= soglia:
        for riga in tabella.righe:
            assert sum(tabella.celle.get((riga, c), 0) for c in tabella.colonne) >= soglia
        for colonna in tabella.colonne:
            assert sum(tabella.celle.get((r, colonna), 0) for r in tabella.righe) >= soglia
