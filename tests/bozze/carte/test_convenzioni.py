"""A messy convention comes in with nothing lost: each word of the source is in the tree, or the report says where it went."""

from collections import Counter

import pytest
from hypothesis import given, settings

from bozze.carte.da_word import da_word
from bozze.testo.albero import Tipo, convalida
from bozze.testo.lettura import leggi
from bozze.testo.parole import parole, pulisci
from tests.bozze.carte.convenzioni import Convenzione, a_caso, parole_del_file
from tests.bozze.testo.strategie import semi


def _conta(*testi: str) -> Counter[str]:
    return Counter(p.casefold() for testo in testi for p in parole(pulisci(testo)))


def nulla_si_perde(contenuto: bytes) -> None:
    letto = da_word(contenuto)
    lettura = leggi(letto.testo)
    nel_testo = _conta(lettura.testo.titolo, lettura.testo.sottotitolo)
    for nodo in lettura.testo.disposizioni():
        nel_testo += _conta(nodo.testo, nodo.rubrica)
    nel_rapporto = _conta(*letto.avvisi, *(riga.segno for riga in lettura.righe))
    mancano = parole_del_file(contenuto) - (nel_testo + nel_rapporto)
    assert not mancano
    assert lettura.perdute == ()
    inventate = nel_testo - parole_del_file(contenuto)
    assert not {parola for parola in inventate if parola.startswith("parola")}
    assert convalida(lettura.testo) == []


@settings(max_examples=150, deadline=None)
@given(semi)
def test_ogni_parola_e_nell_albero_o_nel_rapporto(seme):
    nulla_si_perde(a_caso(seme))


def test_trenta_pagine():
    """About thirty pages: some 500 paragraphs with notes, tables, boxes and revisions among them."""
    contenuto = a_caso(7, articoli=110, massimo=40)
    assert sum(parole_del_file(contenuto).values()) > 8000
    nulla_si_perde(contenuto)


def test_una_convenzione_vera_prende_la_sua_forma():
    c = Convenzione(1)
    c.pagine()
    for riga in (
        "CONVENZIONE PER LA GESTIONE ASSOCIATA",
        "",
        "PREMESSO CHE",
        "- i Comuni collaborano;",
        "- la Provincia coordina;",
        "si conviene e si stipula quanto segue",
        "Art. 1 - Oggetto",
        "1. Le parti collaborano:",
        "a) sulle scuole;",
        "b) sulle strade.",
        "Articolo 1-bis",
        "(Durata)",
        "La convenzione dura tre anni.",
        "Si rinnova una volta.",
    ):
        c.riga(riga)
    c.tabella()
    c.nota()
    c.riquadro()
    c.riga("ALLEGATO A - Tariffe")
    c.riga("Le tariffe sono queste.")
    contenuto = c.byte()
    lettura = leggi(da_word(contenuto).testo)
    primo, bis = lettura.testo.articoli()
    assert (primo.rubrica, bis.rubrica) == ("Oggetto", "Durata")
    assert [f.tipo for f in primo.figli[0].figli] == [Tipo.LETTERA, Tipo.LETTERA]
    assert [f.testo for f in bis.figli[:2]] == ["La convenzione dura tre anni.", "Si rinnova una volta."]
    assert lettura.testo.radici[0].tipo is Tipo.PREMESSO
    assert [r.rubrica for r in lettura.testo.radici if r.tipo is Tipo.ALLEGATO] == ["Tariffe"]
    nulla_si_perde(contenuto)


@pytest.mark.parametrize(
    "cosa", ["tabella", "nota", "revisione", "riquadro", "controllo", "formula", "pagine"]
)
def test_ogni_stranezza_da_sola(cosa):
    c = Convenzione(3)
    c.riga("Accordo")
    c.riga("Art. 1 - Oggetto")
    getattr(c, cosa)()
    nulla_si_perde(c.byte())


def test_html_e_script_incollati_restano_parole():
    c = Convenzione(5)
    c.riga("Accordo")
    c.riga("Art. 1 - <b>Oggetto</b>")
    c.riga("1. <script>alert('x')</script> & <img src=x onerror=alert(1)>.")
    lettura = leggi(da_word(c.byte()).testo)
    assert lettura.testo.articoli()[0].figli[0].testo == (
        "<script>alert('x')</script> & <img src=x onerror=alert(1)>."
    )
    nulla_si_perde(c.byte())
