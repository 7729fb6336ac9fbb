"""The tags and filters of every template."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from accordo.base import orologio
from accordo.base.parole import Parola
from accordo.base.templatetags import ui

ROMA = ZoneInfo("Europe/Rome")
OGGI = datetime(2026, 3, 26, 10, 0, tzinfo=ROMA)


def reso(testo: str, **contesto: object) -> str:
    return Template("{% load ui %}" + testo).render(Context(contesto))


def test_date_in_parole() -> None:
    assert ui.data(date(2026, 1, 22)) == "gio 22 gennaio 2026"
    assert ui.data_estesa(date(2026, 1, 22)) == "giovedì 22 gennaio 2026"
    assert ui.giorno(date(2026, 4, 1)) == "1º aprile"
    assert ui.giorno_esteso(date(2026, 3, 31)) == "martedì 31 marzo"
    assert ui.giorno_anno(date(2026, 3, 1)) == "1º marzo 2026"
    assert ui.giorno_anno(None) == ""
    assert ui.ora(datetime(2026, 3, 26, 9, 5, tzinfo=ROMA)) == "9.05"
    assert ui.data(None) == ui.giorno(None) == ui.ora(None) == ui.fra_giorni(None) == ""


def test_l_ora_e_quella_italiana() -> None:
    assert ui.ora(datetime(2026, 3, 26, 23, 30, tzinfo=ZoneInfo("UTC"))) == "0.30"
    assert ui.giorno(datetime(2026, 3, 26, 23, 30, tzinfo=ZoneInfo("UTC"))) == "27 marzo"


@pytest.mark.parametrize(
    ("distanza", "parole"),
    [
        (-5, "5 giorni fa"),
        (-1, "ieri"),
        (0, "oggi"),
        (1, "domani"),
        (2, "fra 2 giorni"),
        (13, "fra 13 giorni"),
    ],
)
def test_fra_giorni(distanza: int, parole: str) -> None:
    with orologio.fermo(OGGI):
        assert ui.fra_giorni(OGGI.date() + timedelta(days=distanza)) == parole


@pytest.mark.parametrize(("distanza", "attesa"), [(-1, True), (7, True), (8, False)])
def test_una_data_diventa_ambra_entro_sette_giorni(distanza: int, attesa: bool) -> None:
    with orologio.fermo(OGGI):
        assert ui.vicina(OGGI.date() + timedelta(days=distanza)) is attesa


def test_quando() -> None:
    with orologio.fermo(OGGI):
        assert ui.quando(OGGI - timedelta(minutes=20)) == "oggi, 9.40"
        assert ui.quando(OGGI - timedelta(days=1)) == "ieri, 10.00"
        assert ui.quando(datetime(2026, 3, 1, 16, 30, tzinfo=ROMA)) == "1º marzo, 16.30"
        assert ui.quando(datetime(2025, 12, 1, 16, 30, tzinfo=ROMA)) == "1º dicembre 2025, 16.30"


def test_intervallo() -> None:
    assert ui.intervallo(date(2026, 1, 12), date(2026, 1, 16)) == "12–16 gennaio"
    assert ui.intervallo(date(2026, 1, 19), date(2026, 2, 6)) == "19 gennaio – 6 febbraio"
    assert ui.intervallo(date(2026, 4, 1), date(2026, 4, 1)) == "1º aprile"
    assert ui.intervallo(date(2026, 4, 1), None) == "dal 1º aprile"
    assert ui.intervallo(None, date(2026, 4, 1)) == "fino al 1º aprile"
    assert ui.intervallo(None, None) == ""


def test_tipografico() -> None:
    assert ui.tipografico("L'accordo dell'area") == "L’accordo dell’area"
    assert ui.tipografico('dice "sì" e ("no")') == "dice “sì” e (“no”)"
    assert ui.tipografico("<b>l'uno</b>") == "&lt;b&gt;l’uno&lt;/b&gt;"
    assert ui.tipografico(mark_safe("<a href='x'>l'uno</a>")) == "<a href='x'>l’uno</a>"
    assert ui.tipografico(None) == ""


@pytest.mark.parametrize("parola", Parola.values)
def test_stato(parola: str) -> None:
    testo = reso("{% stato p %}", p=parola)
    assert Parola(parola).label in testo
    assert f"stato-{parola.replace('_', '-')}" in testo
    assert ("<svg" in testo) is (parola != Parola.NON_PREVISTO)


def test_stato_con_altra_parola_e_senza_html() -> None:
    assert "Presentato" in reso('{% stato "fatto" "Presentato" %}')
    assert "<b>" not in reso("{% stato 'fatto' p %}", p="<b>")


def test_briciole_e_menu() -> None:
    assert 'aria-current="page"' in reso('{% briciola "Versione 2" %}')
    assert '<a href="/testo/">Testo dell’accordo</a>' in reso(
        '{% briciola "Testo dell\'accordo" "/testo/" %}'
    )
    richiesta = RequestFactory().get("/accordi/lucca/testo/3/")
    assert 'aria-current="true"' in reso('{% voce_menu "Testo" "/accordi/lucca/testo/" %}', request=richiesta)
    assert "aria-current" not in reso('{% voce_menu "Tempi" "/accordi/lucca/tempi/" %}', request=richiesta)
    assert reso('{% voce_menu "Testo" "" %}', request=richiesta) == ""


def test_parole_e_numeri() -> None:
    assert reso('{{ n|conta:"ente,enti" }}', n=1) == "1 ente"
    assert reso('{{ n|conta:"ente,enti" }}', n=3) == "3 enti"
    assert ui.elenco(["Barga", "Stazzema", "Lucca"]) == "Barga, Stazzema e Lucca"
    assert ui.nomi_ruoli(frozenset({"referente", "rappresentante"})) == "referente e rappresentante"
    assert ui.maiuscola("il Comune") == "Il Comune"
