"""Parking the losers of a collision: a function of the decisions alone, whatever the way that led to them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordo.base.errori import ErroreDominio
from bozze.models import Emendamento
from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame
from bozze.servizi.accantonamento import tavolo_di
from tests.bozze.emendamenti.fabbriche import aggiungi, cambia, emendamento, sopprimi, versione


@pytest.fixture
def coordinatore(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def sei(scena):
    """Six amendments, four of which cannot stand together in one way or another."""
    versione(scena)
    fatti = [
        emendamento(scena, cambia("ogni due anni", "ogni anno")),
        emendamento(scena, cambia("ogni due anni", "ogni sei mesi"), chi="altro"),
        emendamento(scena, sopprimi("I valori sono aggiornati")),
        emendamento(scena, cambia("sentiti i tavoli di area", "sentiti gli enti"), chi="altro"),
        emendamento(scena, aggiungi("La cabina si riunisce", "La cabina è convocata dal Presidente.")),
        emendamento(scena, sopprimi("La partecipazione"), chi="altro"),
    ]
    scena.porta_a("proposta_definitiva")
    return fatti


def _stati() -> list[str]:
    return list(Emendamento.objects.order_by("pk").values_list("stato", flat=True))


def test_accoglierne_uno_accantona_gli_altri_e_dice_perche(sei, coordinatore):
    esame.decidi_emendamento(sei[0], "accolto", "Va bene.", da=coordinatore)
    assert _stati() == ["accolto", "accantonato", "accantonato", "presentato", "presentato", "presentato"]
    parcheggiato = Emendamento.objects.get(pk=sei[1].pk)
    assert parcheggiato.a_causa_di == sei[0]
    assert "le stesse parole dell'articolo 1, comma 2: \"" in parcheggiato.perche_accantonato
    evento = sei[0].accordo.eventi.get(verbo="accantona", oggetto_id=str(sei[1].pk))
    assert (evento.stato_da, evento.stato_a, evento.dati) == (
        "presentato",
        "accantonato",
        {"a_causa_di": sei[0].pk},
    )


def test_tornare_indietro_li_riporta_come_erano(sei, coordinatore):
    prima = list(Emendamento.objects.order_by("pk").values("stato", "a_causa_di", "perche_accantonato"))
    esame.decidi_emendamento(sei[0], "accolto", "Va bene.", da=coordinatore)
    esame.rimetti_in_esame(sei[0], "Ci ripensiamo.", da=coordinatore)
    assert (
        list(Emendamento.objects.order_by("pk").values("stato", "a_causa_di", "perche_accantonato")) == prima
    )


def test_chi_e_accantonato_si_ritira_e_si_decide_ma_non_si_accoglie(scena, sei, coordinatore):
    esame.decidi_emendamento(sei[0], "accolto", "Va bene.", da=coordinatore)
    uno, due = (Emendamento.objects.get(pk=sei[n].pk) for n in (1, 2))
    with pytest.raises(ErroreDominio):
        esame.decidi_emendamento(uno, "accolto", "Anche questo.", da=coordinatore)
    servizi.ritira_emendamento(uno, "Va bene così.", da=scena.agente(scena.rappresentante_altro))
    esame.decidi_emendamento(due, "precluso", "Il comma resta.", da=coordinatore)
    assert _stati()[:3] == ["accolto", "ritirato", "precluso"]
    assert due.a_causa_di == sei[0]
    assert not Emendamento.objects.exclude(stato="accantonato").exclude(perche_accantonato="").exists()


def test_con_due_che_lo_impediscono_resta_accantonato_finche_ne_resta_uno(sei, coordinatore):
    toglie = sei[2]
    esame.decidi_emendamento(sei[0], "accolto", "Va bene.", da=coordinatore)
    esame.decidi_emendamento(sei[3], "accolto", "Va bene.", da=coordinatore)
    esame.rimetti_in_esame(sei[0], "Ci ripensiamo.", da=coordinatore)
    toglie.refresh_from_db()
    assert (toglie.stato, toglie.a_causa_di) == ("accantonato", sei[3])
    sei[3].refresh_from_db()
    esame.rimetti_in_esame(sei[3], "Ci ripensiamo.", da=coordinatore)
    assert set(_stati()) == {"presentato"}


@pytest.mark.una_volta
def test_nessuna_sequenza_lascia_traccia(scena, sei, coordinatore):
    """After any sequence of decisions and second thoughts the parked ones are those of a fresh computation."""
    passi = st.lists(
        st.tuples(
            st.integers(0, 5), st.sampled_from(["accolto", "respinto", "precluso", "assorbito", "rimetti"])
        ),
        min_size=1,
        max_size=8,
    )

    def prova(fatti: list[tuple[int, str]]) -> None:
        pubblicata = sei[0].versione
        for quale, cosa in fatti:
            oggetto = Emendamento.objects.get(pk=sei[quale].pk)
            try:
                if cosa == "rimetti":
                    esame.rimetti_in_esame(oggetto, "Ripensato.", da=coordinatore)
                else:
                    esame.decidi_emendamento(oggetto, cosa, "Perché sì.", da=coordinatore)
            except ErroreDominio:
                continue
            dovuti = tavolo_di(pubblicata).accantonati()
            for e in Emendamento.objects.all():
                atteso = dovuti.get(e.pk)
                if e.aperto:
                    assert (e.stato == "accantonato") == (atteso is not None)
                    assert e.a_causa_di_id == (atteso.altro.pk if atteso else None)
                elif e.stato in ("precluso", "assorbito"):
                    assert e.a_causa_di.accolto
        for e in Emendamento.objects.order_by("-pk"):
            e.refresh_from_db()
            if e.deciso:
                esame.rimetti_in_esame(e, "Da capo.", da=coordinatore)
        assert set(_stati()) == {"presentato"}
        assert not Emendamento.objects.exclude(a_causa_di=None).exists()

    settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))(
        given(passi)(prova)
    )()
