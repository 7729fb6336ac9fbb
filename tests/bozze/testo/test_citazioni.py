"""A quotation is found again only where its words are, whatever is written around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.citazioni import Brano, Sorte, altrove, frasi, individua, ritrova
from bozze.testo.parole import confine, parole, pulisci
from tests.bozze.testo.strategie import frasi as a_caso
from tests.bozze.testo.test_nucleo import prova

COM_ERA = "La cabina si riunisce due volte l'anno, sentiti i tavoli, e decide due volte."


@pytest.mark.parametrize(
    ("com_e", "citazione", "sorte", "ora"),
    [
        (COM_ERA, "due volte", Sorte.INTATTA, "due volte"),
        (f"Salvo urgenze, {COM_ERA}", "sentiti i tavoli", Sorte.RITROVATA, "sentiti i tavoli"),
        (COM_ERA.replace("due volte l'anno", "ogni mese"), "due volte l'anno", Sorte.RISCRITTA, "ogni mese"),
        (COM_ERA.replace(" sentiti i tavoli,", ""), "sentiti i tavoli", Sorte.TOLTA, ""),
        ("Sentiti gli enti, la cabina decide.", "", Sorte.RISCRITTA, "Sentiti gli enti, la cabina decide."),
        (None, "due volte", Sorte.TOLTA, ""),
        ("", "", Sorte.TOLTA, ""),
    ],
)
def test_che_ne_e_delle_parole_citate(com_e, citazione, sorte, ora):
    trovato = ritrova(COM_ERA, com_e, individua(COM_ERA, citazione))
    assert trovato.sorte is sorte
    assert (trovato.brano.di(com_e or "") if trovato.brano else "") == ora


def test_di_due_parole_uguali_si_sa_quale():
    seconda = individua(COM_ERA, "due volte", 1)
    assert seconda is not None
    assert seconda.inizio == COM_ERA.rindex("due volte")
    com_e = COM_ERA.replace("due volte l'anno", "spesso")
    assert ritrova(COM_ERA, com_e, seconda).sorte is Sorte.RITROVATA
    assert ritrova(COM_ERA, com_e, individua(COM_ERA, "due volte")).sorte is Sorte.RISCRITTA


def test_si_cita_a_parole_intere_e_con_ogni_apostrofo():
    assert individua(COM_ERA, "ue volte l\u2019ann").di(COM_ERA) == "due volte l'anno"
    assert individua(COM_ERA, " due\n volte ").di(COM_ERA) == "due volte"
    assert individua(COM_ERA, "tre volte") is None
    assert individua(COM_ERA, " ,, ") is None
    assert individua(COM_ERA, "due volte", 99).inizio == COM_ERA.rindex("due volte")


def test_le_parole_passate_altrove_si_trovano_se_sono_abbastanza():
    testo = Testo(
        radici=(
            Disposizione("a", Tipo.PARAGRAFO, "Si decide."),
            Disposizione("b", Tipo.PARAGRAFO, "Sono sentiti i tavoli di area."),
        )
    )
    assert altrove(testo, "sentiti i tavoli") == "b"
    assert altrove(testo, "sentiti i tavoli", senza="b") == ""
    assert altrove(testo, "tavoli") == ""


def test_le_frasi_da_scegliere_sono_tutto_il_testo():
    assert frasi("La cabina decide; poi scrive: 2.000 euro. Fine") == [
        "La cabina decide;",
        "poi scrive:",
        "2.000 euro.",
        "Fine",
    ]


@prova
@given(a_caso, a_caso, st.data())
def test_si_ritrova_solo_dove_le_parole_sono_le_stesse(era, ora, dati):
    com_era, com_e = pulisci(era), pulisci(ora)
    tagli = [p for p in range(len(com_era) + 1) if confine(com_era, p)]
    inizio, fine = sorted((dati.draw(st.sampled_from(tagli)), dati.draw(st.sampled_from(tagli))))
    brano = Brano(inizio, fine)
    if not parole(brano.di(com_era)):
        return
    trovato = ritrova(com_era, com_e, brano)
    assert (trovato.brano is None) == (trovato.sorte is Sorte.TOLTA)
    if trovato.sorte in {Sorte.INTATTA, Sorte.RITROVATA}:
        assert trovato.brano.di(com_e) == brano.di(com_era)
    if trovato.brano is not None:
        assert 0 <= trovato.brano.inizio <= trovato.brano.fine <= len(com_e)


@prova
@given(a_caso, a_caso, a_caso)
def test_cio_che_si_scrive_attorno_non_la_perde(prima, dopo, citate):
    """Words written before and after never lose a quotation, unless the comparison could take them for it."""
    nuove = "Zeta prima di tutto, "
    com_era = f"{pulisci(prima)} qui QUESTE parole {pulisci(citate)} ecco {pulisci(dopo)}"
    brano = individua(com_era, f"QUESTE parole {pulisci(citate)}")
    assert brano is not None
    trovato = ritrova(com_era, f"{nuove}{com_era} Aggiunta in fondo.", brano)
    assert trovato.sorte is Sorte.RITROVATA
    assert trovato.brano == Brano(brano.inizio + len(nuove), brano.fine + len(nuove))
