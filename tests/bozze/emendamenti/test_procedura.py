"""What the two phases ask: requirements, progress of the bodies, things to do."""

from datetime import date, datetime

from accordo.base import orologio
from accordo.base.parole import Parola
from bozze.attivita import emendamenti as attivita
from bozze.avanzamento import emendamenti as avanzamento
from bozze.models import Contributo
from bozze.requisiti import emendamenti as requisiti
from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame
from tests.bozze.emendamenti.fabbriche import emendamento, osservazione, sopprimi, versione


def _conferma(scena, ente, chi):
    contributo = Contributo.objects.get(accordo=scena.accordo, ente=ente)
    servizi.conferma_contributo(contributo, da=scena.agente(chi))


def test_si_dice_chi_non_ha_confermato(scena):
    versione(scena)
    (mancanza,) = requisiti.contributi_confermati(scena.accordo)
    assert mancanza.testo == "2 Comuni non hanno confermato le osservazioni: Alfa e Beta."
    assert not mancanza.superabile
    _conferma(scena, scena.ente_a, scena.rappresentante)
    (mancanza,) = requisiti.contributi_confermati(scena.accordo)
    assert mancanza.testo == "Un Comune non ha confermato le osservazioni: Beta."
    scena.scadenza("osservazioni", date(2026, 10, 15))
    with orologio.fermo(datetime(2026, 10, 16, 9)):
        (mancanza,) = requisiti.contributi_confermati(scena.accordo)
        assert mancanza.superabile
    _conferma_b = Contributo.objects.filter(ente=scena.ente_b)
    assert _conferma_b.get().stato == "da_fare"


def test_la_fase_sette_vuole_tutto_deciso_e_la_definitiva(scena):
    versione(scena)
    em = emendamento(scena, sopprimi("La partecipazione"))
    scena.porta_a("proposta_definitiva")
    testi = [m.testo for m in requisiti.proposta_definitiva(scena.accordo)]
    assert testi == ["Un emendamento è da decidere: 2.1.", "La proposta definitiva non è pubblicata."]
    coordinatore = scena.agente(scena.coordinatore)
    esame.decidi_emendamento(em, "respinto", "No.", da=coordinatore)
    esame.pubblica_proposta_definitiva(scena.accordo, da=coordinatore)
    assert not list(requisiti.proposta_definitiva(scena.accordo))


def test_avanzamento(scena, django_assert_max_num_queries):
    assert avanzamento.osservazioni(scena.accordo) == {}
    versione(scena)
    emendamento(scena, sopprimi("La partecipazione"))
    with django_assert_max_num_queries(3):
        parole = avanzamento.osservazioni(scena.accordo)
    assert parole == {
        scena.provincia.pk: Parola.NON_PREVISTO,
        scena.ente_a.pk: Parola.IN_CORSO,
        scena.ente_b.pk: Parola.DA_FARE,
        scena.ente_osservatore.pk: Parola.NON_PREVISTO,
    }
    _conferma(scena, scena.ente_a, scena.rappresentante)
    scena.porta_a("proposta_definitiva")
    parole = avanzamento.osservazioni(scena.accordo)
    assert (parole[scena.ente_a.pk], parole[scena.ente_b.pk]) == (Parola.FATTO, Parola.NON_FATTO)
    with django_assert_max_num_queries(2):
        definitiva = avanzamento.proposta_definitiva(scena.accordo)
    assert (definitiva[scena.ente_a.pk], definitiva[scena.ente_b.pk]) == (
        Parola.IN_CORSO,
        Parola.NON_PREVISTO,
    )


def test_attivita(scena):
    versione(scena)
    osservazione(scena, "La cabina si riunisce")

    def titoli(chi, quali=attivita.osservazioni):
        return [a.titolo for a in quali(scena.accordo, scena.agente(chi))]

    assert titoli(scena.referente) == ["Prepara osservazioni ed emendamenti"]
    assert titoli(scena.rappresentante) == ["Conferma le osservazioni del tuo ente"]
    assert titoli(scena.osservatore) == ["Leggi la bozza e scrivi le osservazioni"]
    assert titoli(scena.coordinatore) == ["Rispondi alle osservazioni"]
    assert titoli(scena.coordinatore_altro) == []
    _conferma(scena, scena.ente_a, scena.rappresentante)
    (fatta,) = attivita.osservazioni(scena.accordo, scena.agente(scena.rappresentante))
    assert fatta.fatta_il is not None
    em = emendamento(scena, sopprimi("La partecipazione"), chi="altro")
    scena.porta_a("proposta_definitiva")
    assert titoli(scena.coordinatore, attivita.proposta_definitiva) == ["Decidi gli emendamenti"]
    esame.decidi_emendamento(em, "respinto", "No.", da=scena.agente(scena.coordinatore))
    assert titoli(scena.coordinatore, attivita.proposta_definitiva) == ["Pubblica la proposta definitiva"]
