"""The dates of the phases: actual, expected, against the plan."""

from datetime import date, datetime

import pytest

from accordo.base import orologio
from accordo.base.parole import Parola
from accordo.cruscotto.tempi import appuntamenti, giorno_della_firma, tappe, tempi_delle_fasi
from accordo.iter.models import FaseAccordo

pytestmark = pytest.mark.django_db

PIANO = {
    "presentazione": (date(2026, 1, 12), date(2026, 1, 16)),
    "questionario": (date(2026, 1, 19), date(2026, 2, 6)),
    "restituzione": (date(2026, 2, 9), date(2026, 2, 13)),
    "focus_group": (date(2026, 2, 16), date(2026, 2, 27)),
    "bozza": (date(2026, 3, 2), date(2026, 3, 13)),
    "osservazioni": (date(2026, 3, 16), date(2026, 3, 27)),
    "proposta_definitiva": (date(2026, 3, 30), date(2026, 4, 3)),
    "approvazione": (date(2026, 4, 7), date(2026, 4, 30)),
}


@pytest.fixture
def pianificata(scena):
    """The scene's accord with the plan of drawing c, in phase 6, which began late and was extended."""
    for codice, (inizio, fine) in PIANO.items():
        FaseAccordo.objects.filter(accordo=scena.accordo, codice=codice).update(
            inizio_previsto=inizio, fine_prevista=fine, scadenza=fine
        )
    for codice in ("presentazione", "questionario", "restituzione", "focus_group", "bozza"):
        inizio, fine = PIANO[codice]
        FaseAccordo.objects.filter(accordo=scena.accordo, codice=codice).update(
            inizio_effettivo=inizio, fine_effettiva=fine
        )
    FaseAccordo.objects.filter(accordo=scena.accordo, codice="osservazioni").update(
        inizio_effettivo=date(2026, 3, 18), scadenza=date(2026, 3, 31)
    )
    scena.porta_a("osservazioni")
    return scena


def il(giorno: int, mese: int = 3) -> datetime:
    return datetime(2026, mese, giorno, 10)


def test_prima_durante_e_dopo(pianificata):
    with orologio.fermo(il(26)):
        voci = tempi_delle_fasi(pianificata.accordo)
    assert [v.stato for v in voci] == [Parola.FATTO] * 5 + [Parola.IN_CORSO] + [Parola.PIU_AVANTI] * 2
    assert voci[0].scarto == "nei tempi"
    corrente = voci[5]
    assert corrente.effettivo == (date(2026, 3, 18), date(2026, 3, 26))
    assert corrente.atteso == (date(2026, 3, 27), date(2026, 3, 31))
    assert corrente.scarto == "4 giorni dopo"


def test_chi_viene_dopo_comincia_quando_la_precedente_finisce(pianificata):
    with orologio.fermo(il(26)):
        voci = tempi_delle_fasi(pianificata.accordo)
    assert voci[6].atteso == (date(2026, 4, 1), date(2026, 4, 3))
    assert voci[7].atteso == PIANO["approvazione"]


def test_una_scadenza_che_non_puo_reggere_si_sposta_della_durata(pianificata):
    pianificata.scadenza("osservazioni", date(2026, 4, 20))
    with orologio.fermo(il(26)):
        voci = tempi_delle_fasi(pianificata.accordo)
    assert voci[6].atteso == (date(2026, 4, 21), date(2026, 4, 25))
    assert voci[6].scarto == "22 giorni dopo"


def test_oltre_la_scadenza_la_fase_e_in_ritardo(pianificata):
    with orologio.fermo(il(2, 4)):
        corrente = tempi_delle_fasi(pianificata.accordo)[5]
    assert corrente.stato == Parola.IN_RITARDO
    assert corrente.fine == date(2026, 4, 2)
    assert corrente.atteso is None


def test_senza_date_non_si_inventa_nulla(scena):
    voci = tempi_delle_fasi(scena.accordo)
    assert all(v.atteso is None and v.scarto == "" for v in voci)
    assert giorno_della_firma(scena.accordo, voci) is None
    assert appuntamenti(scena.accordo, voci[1:]) == []


def test_appuntamenti_in_ordine(pianificata):
    with orologio.fermo(il(26)):
        voci = appuntamenti(pianificata.accordo, tempi_delle_fasi(pianificata.accordo))
        stati = {v.testo: v.stato for v in voci}
    assert [v.giorno for v in voci] == sorted(v.giorno for v in voci)
    assert stati["Scadenza: osservazioni ed emendamenti"] == Parola.IN_CORSO
    assert stati["Firma dell'accordo"] == Parola.PIU_AVANTI
    assert [t.nome for t in tappe(voci)] == ["Presentazione", "Bozza pubblicata", "Testo definitivo", "Firma"]
