"""Cross references: found as a person finds them, left alone in other acts, true after any change of numbers."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.consolidamento import consolida
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Aggiungi, Posizione, Sopprimi, Sposta, controlla_tutte
from bozze.testo.rinvii import Indice, aggiorna, trova
from tests.bozze.testo.strategie import semi


def articolo(codice: str, *commi: str, lettere: int = 0) -> Disposizione:
    figli = tuple(
        Disposizione(
            f"{codice}.{i}",
            Tipo.COMMA,
            parole,
            "",
            tuple(Disposizione(f"{codice}.{i}.{j}", Tipo.LETTERA, "voce;") for j in range(lettere)),
        )
        for i, parole in enumerate(commi, 1)
    )
    return Disposizione(codice, Tipo.ARTICOLO, "", codice, figli)


def un_accordo(parole: str) -> Testo:
    """Three articles and an annex; the words stand in comma 2 of the second."""
    return Testo(
        "T",
        "",
        (
            articolo("a", "Uno.", "Due:", lettere=2),
            articolo("b", "Tre:", parole, lettere=2),
            articolo("c", "Quattro."),
            Disposizione("al", Tipo.ALLEGATO, "", "Dati", (articolo("aa", "Cinque."),)),
        ),
    )


@pytest.mark.parametrize(
    ("parole", "bersagli"),
    [
        ("Si applica l'articolo 1.", ["a"]),
        ("Si applica l'art. 3.", ["c"]),
        ("Come dice l'articolo 1, comma 2, si procede.", ["a.2"]),
        ("Ai sensi dell'articolo 1, comma 2, lettera b), si procede.", ["a.2.1"]),
        ("Nei casi della lettera a) del comma 2 dell'articolo 1.", ["a.2.0"]),
        ("Nei casi del comma 1.", ["b.1"]),
        ("Nei casi del comma 1, lettera b).", ["b.1.1"]),
        ("Vedi gli articoli 1 e 3.", ["a", "c"]),
        ("Vedi gli articoli 1, 2 e 3, insieme.", ["a", "b", "c"]),
        ("Vedi i commi 1 e 2 dell'articolo 1.", ["a.1", "a.2"]),
        ("I dati dell'Allegato A.", ["al"]),
        ("L'articolo 1 dell'Allegato A.", ["aa"]),
        ("L'articolo 1 del presente accordo.", ["a"]),
        ("L'articolo 9 non c'è.", [None]),
    ],
)
def test_si_trovano_come_li_legge_una_persona(parole: str, bersagli: list[str | None]) -> None:
    albero = un_accordo(parole)
    indice = Indice(albero)
    assert [indice.bersaglio(rinvio, "b.2") for rinvio in trova(parole)] == bersagli


@pytest.mark.parametrize(
    "parole",
    [
        "ai sensi dell'articolo 15 della legge 7 agosto 1990, n. 241;",
        "l'articolo 4 del decreto-legge n. 14 del 2017;",
        "l'articolo 15, comma 2-bis, della legge n. 241 del 1990;",
        "gli articoli 30 e 34 del testo unico;",
        "l'art. 23 D.Lgs. 33/2013;",
        "all'articolo 54 del TUEL;",
        "un articolo di giornale, la lettera del sindaco, il numero 4 del civico",
        "entro 3 mesi, per il 5 per cento",
    ],
)
def test_gli_altri_atti_non_si_toccano(parole: str) -> None:
    assert trova(parole) == []


def parole_di(testo: Testo, codice: str) -> str:
    nodo = testo.trova(codice)
    assert nodo is not None
    return nodo.testo


def test_i_numeri_seguono_cio_che_si_sposta() -> None:
    prima = un_accordo("Vale l'articolo 1, comma 2, lettera b), e gli articoli 1 e 3.")
    dopo = consolida(prima, [Sposta("a", Posizione.DOPO, "c"), Aggiungi(Posizione.PRIMA, "a.1", _comma("n"))])
    nuovo, avvisi = aggiorna(prima, dopo)
    assert parole_di(nuovo, "b.2") == "Vale l'articolo 3, comma 3, lettera b), e gli articoli 3 e 2."
    assert avvisi == ()


def test_chi_punta_a_cio_che_non_c_e_piu_lo_dice() -> None:
    prima = un_accordo("Vale l'articolo 1, comma 2. Non vale l'articolo 9.")
    nuovo, avvisi = aggiorna(prima, consolida(prima, [Sopprimi("a.2")]))
    assert parole_di(nuovo, "b.2") == "Vale l'articolo 1, comma 2. Non vale l'articolo 9."
    assert [a.motivo for a in avvisi] == [
        "Rinvia a una disposizione soppressa: era articolo 1, comma 2.",
        "Rinvia a una disposizione che non c'è.",
    ]


def test_il_rinvio_breve_che_cambia_articolo_va_riscritto_da_una_persona() -> None:
    prima = un_accordo("Nei casi del comma 1.")
    nuovo, avvisi = aggiorna(prima, consolida(prima, [Sposta("b.2", Posizione.IN_FONDO, "c")]))
    assert parole_di(nuovo, "b.2") == "Nei casi del comma 1."
    assert [a.motivo for a in avvisi] == ["Va riscritto: la disposizione ora è articolo 2, comma 1."]


def _comma(codice: str) -> Disposizione:
    return Disposizione(codice, Tipo.COMMA, "Nuovo, come l'articolo 3.")


def test_cio_che_e_nuovo_parla_con_i_numeri_di_prima() -> None:
    prima = un_accordo("x")
    dopo = consolida(prima, [Aggiungi(Posizione.DOPO, "b.2", _comma("n")), Sopprimi("a")])
    nuovo, avvisi = aggiorna(prima, dopo)
    assert parole_di(nuovo, "n") == "Nuovo, come l'articolo 2."
    assert avvisi == ()


def _caso(seme: int) -> tuple[Testo, Testo, dict[str, str]]:
    """Articles that refer to one another, some moved, added and deleted; and where each reference led."""
    dado = Random(seme)
    quanti = dado.randint(3, 7)
    codici = [f"a{n}" for n in range(quanti)]
    mire = {f"{codice}.1": dado.randrange(quanti) for codice in codici}
    radici = tuple(
        articolo(codice, f"Come all'articolo {mire[f'{codice}.1'] + 1}, e basta.") for codice in codici
    )
    prima = Testo("T", "", radici)
    operazioni = [
        dado.choice(
            [
                Sposta(dado.choice(codici), Posizione.DOPO, dado.choice(codici)),
                Aggiungi(Posizione.PRIMA, dado.choice(codici), articolo(f"n{n}", "Nuovo.")),
                Sopprimi(dado.choice(codici)),
            ]
        )
        for n in range(dado.randint(1, 4))
    ]
    while controlla_tutte(prima, operazioni):
        operazioni.pop()
    return prima, consolida(prima, operazioni), {casa: codici[mira] for casa, mira in mire.items()}


@settings(max_examples=300, deadline=None)
@given(semi)
def test_ogni_rinvio_porta_dove_portava(seme: int) -> None:
    prima, dopo, mire = _caso(seme)
    nuovo, avvisi = aggiorna(prima, dopo)
    detti = nomi(nuovo)
    for casa, mira in mire.items():
        if casa not in nuovo.indice:
            continue
        if mira in nuovo.indice:
            assert parole_di(nuovo, casa) == f"Come all'articolo {detti[mira].nucleo}, e basta."
        else:
            assert casa in {a.disposizione for a in avvisi}


@given(semi)
def test_senza_cambi_di_numero_nulla_cambia(seme: int) -> None:
    prima, _, _ = _caso(seme)
    assert aggiorna(prima, prima)[0] == prima
