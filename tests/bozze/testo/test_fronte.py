"""Testo a fronte: each side is one of the two texts, to the word, whatever happened between them."""

from __future__ import annotations

from hypothesis import given, settings

from accordo.base.differenze import Segno
from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.consolidamento import consolida
from bozze.testo.fronte import Corrispondenza, Sorte, a_fronte, corrispondenze, linee, solo_cambiate
from bozze.testo.operazioni import Posizione, Sposta, controlla_tutte
from tests.bozze.testo.strategie import caso, semi


def due_testi(seme: int) -> tuple[Testo, Testo]:
    """A text and what some of its operations make of it."""
    testo, operazioni = caso(seme, quante=6)
    while controlla_tutte(testo, operazioni):
        operazioni.pop()
    return testo, consolida(testo, operazioni)


def articolo(codice: str, *commi: str) -> Disposizione:
    figli = tuple(Disposizione(f"{codice}{i}", Tipo.COMMA, parole) for i, parole in enumerate(commi))
    return Disposizione(codice, Tipo.ARTICOLO, "", f"Rubrica {codice}", figli)


@settings(max_examples=400, deadline=None)
@given(semi)
def test_ogni_lato_e_un_testo_intero(seme: int) -> None:
    prima, dopo = due_testi(seme)
    coppie = a_fronte(prima, dopo)
    assert [c.prima for c in coppie if c.prima] == linee(prima)
    assert [c.dopo for c in coppie if c.dopo] == linee(dopo)


@settings(max_examples=200, deadline=None)
@given(semi)
def test_i_segni_danno_le_parole_dei_due_lati(seme: int) -> None:
    for coppia in a_fronte(*due_testi(seme)):
        vecchia = coppia.prima or coppia.altrove
        nuova = coppia.dopo or coppia.altrove
        tolte = "".join(s.testo for s in coppia.parole if s.segno is not Segno.AGGIUNTO)
        aggiunte = "".join(s.testo for s in coppia.parole if s.segno is not Segno.TOLTO)
        assert tolte == (vecchia.parole if vecchia else "")
        assert aggiunte == (nuova.parole if nuova else "")


@given(semi)
def test_un_testo_e_uguale_a_se_stesso(seme: int) -> None:
    testo, _ = caso(seme)
    assert {c.sorte for c in a_fronte(testo, testo)} == {Sorte.UGUALE}
    assert corrispondenze(testo, testo) == []


def test_cio_che_si_sposta_sta_nei_due_posti() -> None:
    testo = Testo("T", "", (articolo("a", "uno"), articolo("b", "due"), articolo("c", "tre", "quattro")))
    dopo = consolida(testo, [Sposta("a", Posizione.DOPO, "c")])
    mosse = [(c.sorte, c.linea.nome) for c in a_fronte(testo, dopo) if c.cambiata]
    assert mosse == [
        (Sorte.PARTITA, "articolo 1"),
        (Sorte.PARTITA, "articolo 1, comma 1"),
        (Sorte.ARRIVATA, "articolo 3"),
        (Sorte.ARRIVATA, "articolo 3, comma 1"),
    ]
    assert corrispondenze(testo, dopo) == [
        Corrispondenza("articolo 1", "articolo 3"),
        Corrispondenza("articolo 2", "articolo 1"),
        Corrispondenza("articolo 3", "articolo 2"),
    ]


def test_le_corrispondenze_dicono_i_nuovi_e_i_soppressi() -> None:
    prima = Testo("T", "", (articolo("a", "uno", "due", "tre"), articolo("b", "quattro")))
    dopo = Testo("T", "", (prima.radici[0].con(figli=prima.radici[0].figli[1:]), articolo("n", "x")))
    assert corrispondenze(prima, dopo) == [
        Corrispondenza("articolo 1, comma 1", ""),
        Corrispondenza("articolo 1, comma 2", "articolo 1, comma 1"),
        Corrispondenza("articolo 1, comma 3", "articolo 1, comma 2"),
        Corrispondenza("", "articolo 2"),
        Corrispondenza("articolo 2", ""),
        Corrispondenza("articolo 2, comma 1", ""),
    ]


def test_cio_che_cambia_sta_sotto_il_suo_articolo() -> None:
    prima = Testo("T", "", (articolo("a", "uno", "due"), articolo("b", "tre"), articolo("c", "quattro")))
    secondo = prima.radici[1]
    altro = secondo.con(figli=(secondo.figli[0].con(testo="trenta"),))
    dopo = Testo("T", "", (prima.radici[0], altro, prima.radici[2]))
    mostrate = [(c.linea.numero, c.sorte) for c in solo_cambiate(a_fronte(prima, dopo))]
    assert mostrate == [("Articolo 2", Sorte.UGUALE), ("1.", Sorte.MODIFICATA)]
