"""Amending without renumbering: old numbers stay, new dispositions are bis and ter, the JSON carries it along."""

from __future__ import annotations

from hypothesis import given, settings

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.bis import senza_rinumerare
from bozze.testo.consolidamento import consolida
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Aggiungi, Posizione, Sopprimi, Sposta
from bozze.testo.rinvii import aggiorna
from tests.bozze.testo.strategie import semi
from tests.bozze.testo.test_fronte import articolo, due_testi


def un_accordo() -> Testo:
    return Testo("T", "", (articolo("a", "uno", "due"), articolo("b", "tre"), articolo("c", "quattro")))


def numeri(testo: Testo) -> dict[str, str]:
    return {codice: nome.nucleo for codice, nome in nomi(testo).items()}


def test_cio_che_e_nuovo_e_bis() -> None:
    comma = Disposizione("nuovo", Tipo.COMMA, "in mezzo")
    nuovi = [
        Aggiungi(Posizione.DOPO, "a", articolo("x", "x")),
        Aggiungi(Posizione.DOPO, "c", articolo("y", "y")),
        Aggiungi(Posizione.DOPO, "a0", comma),
    ]
    dopo = senza_rinumerare(un_accordo(), consolida(un_accordo(), nuovi))
    trovati = numeri(dopo)
    assert [trovati[c] for c in ("a", "x", "b", "c", "y")] == ["1", "1-bis", "2", "3", "4"]
    assert [trovati[c] for c in ("a0", "nuovo", "a1")] == ["1", "1-bis", "2"]


def test_cio_che_non_c_e_piu_lascia_il_numero_vuoto() -> None:
    dopo = senza_rinumerare(un_accordo(), consolida(un_accordo(), [Sopprimi("b")]))
    assert {c: n for c, n in numeri(dopo).items() if c in "ac"} == {"a": "1", "c": "3"}


def test_cio_che_si_sposta_prende_il_numero_del_posto() -> None:
    dopo = senza_rinumerare(un_accordo(), consolida(un_accordo(), [Sposta("c", Posizione.DOPO, "a")]))
    trovati = numeri(dopo)
    assert [trovati[c] for c in ("a", "c", "b")] == ["1", "1-bis", "2"]


def test_i_rinvii_dicono_bis() -> None:
    prima = Testo("T", "", (articolo("a", "Vale l'articolo 3."), articolo("b", "x"), articolo("c", "y")))
    dopo = senza_rinumerare(prima, consolida(prima, [Sposta("c", Posizione.DOPO, "a")]))
    nuovo, avvisi = aggiorna(prima, dopo)
    assert avvisi == ()
    assert nuovo.articoli()[0].figli[0].testo == "Vale l'articolo 1-bis."


def test_il_json_porta_i_numeri() -> None:
    dopo = senza_rinumerare(un_accordo(), consolida(un_accordo(), [Sopprimi("b")]))
    assert Testo.da_json(dopo.in_json()) == dopo
    assert "fissi" not in un_accordo().in_dati()


@settings(max_examples=300)
@given(semi)
def test_nessun_numero_due_volte_e_quelli_rimasti_sono_gli_stessi(seme: int) -> None:
    prima, consolidato = due_testi(seme)
    dopo = senza_rinumerare(prima, consolidato)
    vecchi, nuovi = numeri(prima), numeri(dopo)
    assert all(nuovi[codice] == vecchi[codice] for codice, _ in dopo.fissi)
    detti = [
        nome.esteso for codice, nome in nomi(dopo).items() if dopo.indice[codice].nodo.tipo is Tipo.ARTICOLO
    ]
    assert len(set(detti)) == len(detti)
