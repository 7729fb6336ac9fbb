"""The drawings: they are well-formed, complete, without anything that a strict CSP refuses."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordo.base.grafici import gantt, mappa
from accordo.base.grafici.gantt import LARGO, STRETTO, Riga, Tappa
from accordo.base.grafici.geometrie import geometria
from accordo.base.grafici.mappa import Geometria, Sagoma
from accordo.base.parole import Parola


def leggi(testo):
    return ET.fromstring(testo)  # our own markup


giorni = st.dates(date(2026, 1, 1), date(2027, 12, 31))
periodi = st.none() | st.tuples(giorni, st.integers(0, 90)).map(lambda p: (p[0], p[0] + timedelta(days=p[1])))
righe = st.lists(
    st.builds(
        Riga,
        numero=st.integers(1, 8),
        nome=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=20),
        previsto=periodi,
        effettivo=periodi,
        atteso=periodi,
        scadenza=st.none() | giorni,
        corrente=st.booleans(),
        scarto=st.sampled_from(["", "5 giorni dopo"]),
    ),
    max_size=8,
)


def disegna(righe_, tappe=(), oggi=date(2026, 3, 26), formato=LARGO):
    return gantt.gantt(
        righe_, tappe, oggi, formato=formato, titolo="Diagramma", descrizione="<Tutto> & altro"
    )


@given(righe=righe, tappe=st.lists(st.builds(Tappa, giorni, st.just("Firma")), max_size=6), oggi=giorni)
@pytest.mark.parametrize("formato", [LARGO, STRETTO])
def test_il_diagramma_e_sempre_ben_formato_e_dentro_la_cornice(formato, righe, tappe, oggi):
    testo = disegna(righe, tappe, oggi, formato)
    if not testo:
        return
    assert "style=" not in testo
    radice = leggi(testo)
    for rettangolo in radice.iter("rect"):
        if "x" in rettangolo.attrib:
            assert float(rettangolo.attrib["x"]) >= -1
            assert float(rettangolo.attrib["x"]) + float(rettangolo.attrib["width"]) <= formato.larghezza + 1


def test_senza_date_non_c_e_diagramma():
    assert disegna([Riga(1, "Proposta")]) == ""


def test_la_scala_conta_i_giorni_interi():
    scala = gantt.Scala([date(2026, 1, 12), date(2026, 5, 3)], LARGO)
    assert scala.inizio == date(2026, 1, 12)
    assert scala.x(date(2026, 1, 16), 1) - scala.x(date(2026, 1, 12)) == pytest.approx(5 * scala.passo)
    assert scala.x(scala.fine) == pytest.approx(LARGO.x1)


def test_oggi_si_vede_solo_se_cade_nel_diagramma():
    riga = Riga(1, "Proposta", previsto=(date(2026, 3, 1), date(2026, 3, 31)))
    assert "Oggi, 26 marzo" in disegna([riga])
    assert "Oggi" not in disegna([riga], oggi=date(2027, 1, 1))


FORME = Geometria(
    300,
    300,
    comuni=tuple(Sagoma(f"c{n}", f"Paese {n}", f"M0 {n}h1", 40.0 * (n % 7), 12.0 * n) for n in range(20)),
    aree=(Sagoma("a", "Area", "M0 0h1", 150, 290),),
    fonte="fonte",
)


@given(st.dictionaries(st.sampled_from([s.codice for s in FORME.comuni]), st.sampled_from(Parola)))
def test_la_mappa_disegna_ogni_comune_una_volta(stati):
    testo = mappa.mappa(FORME, stati, titolo="Mappa", descrizione="Com'è")
    radice = leggi(testo)
    titoli = [t.text or "" for t in radice.iter("title")]
    assert len([t for t in titoli if t.startswith("Paese")]) == len(FORME.comuni)
    assert "style=" not in testo


def test_i_nomi_sulla_mappa_non_si_toccano():
    stati = {f"c{n}": Parola.DA_FARE for n in range(14)}
    radice = leggi(mappa.mappa(FORME, stati, titolo="t", descrizione="d"))
    cornici = [
        mappa._cornice(t.text, float(t.attrib["x"]), float(t.attrib["y"]), t.attrib["text-anchor"], 10.5)
        for g in radice.iter("g")
        if g.attrib.get("class") == "mappa-nomi"
        for t in g
    ]
    assert len(cornici) > 5
    assert not any(mappa._tocca(a, b) for n, a in enumerate(cornici) for b in cornici[n + 1 :])


def test_con_troppi_nomi_la_mappa_non_ne_mostra_nessuno():
    stati = {s.codice: Parola.DA_FARE for s in FORME.comuni}
    assert '<g class="mappa-nomi"></g>' in mappa.mappa(FORME, stati, titolo="t", descrizione="d")


def test_la_geometria_di_lucca_ha_tutti_i_comuni_e_le_tre_aree():
    forme = geometria("provincia-lucca")
    assert forme is not None
    assert len(forme.comuni) == 33
    assert {a.nome for a in forme.aree} == {"Piana di Lucca", "Valle del Serchio", "Versilia"}
    assert "CC BY 4.0" in forme.fonte
    assert geometria("provincia-che-non-c-e") is None
