"""Clashes shown before they happen, in a fixed number of queries."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accordo.enti.models import Ruolo
from focusgroup import servizi
from focusgroup.festivita import festa_nazionale, festa_patronale, patroni
from focusgroup.models import Riunione
from focusgroup.sovrapposizioni import Periodo, sovrapposizioni
from tests.fabbriche import AccordoFactory, EnteFactory, IncaricoFactory

pytestmark = pytest.mark.django_db

ROMA = ZoneInfo("Europe/Rome")
MARTEDI = datetime(2099, 6, 9, 10, 0, tzinfo=ROMA)


def il(quando: datetime, ore: int = 2) -> Periodo:
    return Periodo(quando, quando + timedelta(hours=ore))


def avvisi(riunione, quando: datetime, ore: int = 2) -> list[str]:
    [frasi] = sovrapposizioni(riunione, [il(quando, ore)])
    return frasi


def altra(accordo, ambito, *enti, inizio=MARTEDI, titolo="Altra riunione", stato="convocata") -> Riunione:
    creata = Riunione.objects.create(
        accordo=accordo, ambito=ambito, titolo=titolo, stato=stato, inizio=inizio, luogo="Lucca"
    )
    for ente in enti:
        creata.convocazioni.create(ente=ente)
    return creata


def test_un_giorno_qualunque_non_dice_nulla(riunione):
    assert avvisi(riunione, MARTEDI) == []


@pytest.mark.parametrize(
    ("quando", "parole"),
    [
        (datetime(2099, 6, 2, 10, tzinfo=ROMA), "festa nazionale: Festa della Repubblica"),
        (datetime(2027, 3, 29, 10, tzinfo=ROMA), "festa nazionale: Lunedì dell'Angelo"),
        (datetime(2099, 6, 6, 10, tzinfo=ROMA), "È sabato."),
        (datetime(2099, 6, 7, 10, tzinfo=ROMA), "È domenica."),
        (datetime(2099, 6, 9, 7, 30, tzinfo=ROMA), "fuori dall'orario"),
        (datetime(2099, 6, 9, 17, tzinfo=ROMA), "fuori dall'orario"),
        (datetime(2099, 6, 9, 23, tzinfo=ROMA), "fuori dall'orario"),
    ],
)
def test_calendario_e_orario(riunione, quando, parole):
    [frase] = avvisi(riunione, quando)
    assert parole in frase


def test_festa_del_patrono_dove_e_nota(scena, riunione):
    scena.ente_a.codice_istat = "046017"
    scena.ente_a.save()
    assert avvisi(riunione, datetime(2029, 7, 12, 10, tzinfo=ROMA)) == [
        "A Alfa è la festa del patrono, San Paolino."
    ]
    assert festa_patronale("046033", date(2029, 3, 25)) == "Maria Santissima Annunziata"
    assert festa_patronale("000000", date(2029, 7, 12)) == ""
    assert all(p.fonte for p in patroni().values())
    assert festa_nazionale(date(2029, 7, 12)) == ""


def test_lo_stesso_ente_in_un_altra_riunione(scena, riunione):
    altra(scena.accordo, scena.ambito, scena.ente_a, scena.ente_b)
    assert avvisi(riunione, MARTEDI + timedelta(hours=1)) == [
        "Alfa e Beta hanno già la riunione «Altra riunione», 10.00-12.00."
    ]
    assert avvisi(riunione, MARTEDI + timedelta(hours=2)) == []
    assert avvisi(riunione, MARTEDI - timedelta(hours=2)) == []


def test_di_un_altro_accordo_si_dice_solo_che_c_e(scena, riunione):
    altra(AccordoFactory(), scena.ambito, scena.ente_a, titolo="Segreta")
    [frase] = avvisi(riunione, MARTEDI)
    assert "una riunione di un altro accordo" in frase
    assert "Segreta" not in frase


def test_la_stessa_persona_per_un_altro_ente(scena, riunione):
    unione = EnteFactory()
    IncaricoFactory(utente=scena.rappresentante, ente=unione, ruolo=Ruolo.RAPPRESENTANTE)
    impegno = altra(scena.accordo, scena.ambito, unione)
    assert avvisi(riunione, MARTEDI) == [
        "Rappresentante Prova ha già la riunione «Altra riunione», 10.00-12.00."
    ]
    # the union sends somebody else: the mayor is free
    impegno.convocazioni.update(partecipante="Ugo Vice")
    assert avvisi(riunione, MARTEDI) == []
    impegno.convocazioni.update(persona=scena.rappresentante)
    assert len(avvisi(riunione, MARTEDI)) == 1


def test_le_annullate_non_contano_ne_la_riunione_stessa(scena, riunione, coordina):
    altra(scena.accordo, scena.ambito, scena.ente_a, stato="annullata")
    servizi.fissa_riunione(riunione, inizio=MARTEDI, luogo="Lucca", da=coordina)
    assert avvisi(riunione, MARTEDI) == []


@pytest.mark.parametrize(("riunioni", "date"), [(1, 1), (5, 1), (5, 9)])
def test_query_costanti(scena, riunione, django_assert_num_queries, riunioni, date):
    for n in range(riunioni):
        altra(scena.accordo, scena.ambito, scena.ente_a, inizio=MARTEDI + timedelta(hours=n))
    periodi = [il(MARTEDI + timedelta(days=n)) for n in range(date)]
    with django_assert_num_queries(3):
        assert sovrapposizioni(riunione, periodi)[0]
