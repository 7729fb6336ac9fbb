"""Other words for an amendment: without the proposer's consent nothing changes."""

from datetime import timedelta

import pytest
from django.core import mail

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from bozze.models import Emendamento, Riformulazione
from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame, riformulazioni
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, versione


@pytest.fixture
def coordinatore(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def em(scena):
    versione(scena)
    fatto = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    return fatto


@pytest.fixture
def proposta(em, coordinatore):
    return riformulazioni.proponi_riformulazione(em, "anno, entro marzo,", "Serve una data.", da=coordinatore)


def test_si_propone_e_il_proponente_lo_sa(
    scena, em, coordinatore, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        proposta = riformulazioni.proponi_riformulazione(em, "anno, entro marzo,", "Serve.", da=coordinatore)
    em.refresh_from_db()
    assert (em.stato, proposta.stato) == ("presentato", "proposta")
    assert proposta.entro == orologio.oggi() + timedelta(days=riformulazioni.GIORNI)
    destinatari = {indirizzo for messaggio in mail.outbox for indirizzo in messaggio.to}
    assert destinatari == {scena.referente.email, scena.rappresentante.email}
    assert "entro marzo" in mail.outbox[0].body
    with pytest.raises(ErroreDominio):
        riformulazioni.proponi_riformulazione(em, "anno, entro aprile,", "Serve.", da=coordinatore)


def test_solo_chi_rappresenta_il_proponente_risponde(scena, proposta):
    for chi in (scena.referente, scena.rappresentante_altro, scena.coordinatore):
        with pytest.raises(NonAutorizzato):
            riformulazioni.accetta_riformulazione(proposta, da=scena.agente(chi))


def test_accettata_diventa_il_testo(scena, em, proposta):
    riformulazioni.accetta_riformulazione(proposta, "Va bene.", da=scena.agente(scena.rappresentante))
    em.refresh_from_db()
    assert (em.stato, em.motivazione_esito, em.deciso_da) == (
        "riformulato",
        "Serve una data.",
        scena.coordinatore,
    )
    assert "entro marzo" in esame.testo_consolidato(em.versione).in_json().decode()
    with pytest.raises(StatoCambiato):
        riformulazioni.rifiuta_riformulazione(
            Riformulazione.objects.get(), "No.", da=scena.agente(scena.rappresentante)
        )


def test_rifiutata_torna_a_chi_coordina_con_le_sue_parole(scena, em, proposta, coordinatore):
    chi = scena.agente(scena.rappresentante)
    with pytest.raises(ErroreDominio):
        riformulazioni.rifiuta_riformulazione(proposta, "  ", da=chi)
    riformulazioni.rifiuta_riformulazione(proposta, "Marzo è presto.", da=chi)
    em.refresh_from_db()
    assert (em.stato, em.riformulazione, proposta.risposta) == ("presentato", None, "Marzo è presto.")
    esame.decidi_emendamento(em, "respinto", "Senza data non serve.", da=coordinatore)
    assert em.stato == "respinto"


def test_passato_il_termine_non_si_risponde_e_non_si_accoglie(scena, em, proposta, coordinatore):
    dopo = orologio.adesso() + timedelta(days=riformulazioni.GIORNI + 1)
    with orologio.fermo(dopo), pytest.raises(ErroreDominio) as errore:
        riformulazioni.accetta_riformulazione(proposta, da=scena.agente(scena.rappresentante))
    assert "Il termine per rispondere era" in errore.value.mancanze[0].testo
    proposta.refresh_from_db()
    assert proposta.stato == "proposta"
    with orologio.fermo(dopo):
        riformulazioni.ritira_riformulazione(proposta, "Nessuna risposta.", da=coordinatore)
        em.refresh_from_db()
        esame.decidi_emendamento(em, "accolto", "Va bene com'è.", da=coordinatore)
    assert em.stato == "accolto"


def test_mentre_aspetta_non_si_decide_altro(em, proposta, coordinatore):
    with pytest.raises(ErroreDominio, match="prima ritirala"):
        esame.decidi_emendamento(em, "respinto", "No.", da=coordinatore)


def test_se_nel_frattempo_se_ne_accoglie_un_altro_il_consenso_non_basta(scena, proposta, coordinatore, em):
    scena.porta_a("osservazioni")
    altro = emendamento(scena, cambia("ogni due anni", "ogni sei mesi"), chi="altro")
    scena.porta_a("proposta_definitiva")
    esame.decidi_emendamento(altro, "accolto", "Meglio.", da=coordinatore)
    with pytest.raises(ErroreDominio) as errore:
        riformulazioni.accetta_riformulazione(proposta, da=scena.agente(scena.rappresentante))
    assert "1.2 è già accolto" in errore.value.mancanze[0].testo
    em.refresh_from_db()
    assert em.stato == "accantonato"


def test_chi_ritira_l_emendamento_fa_cadere_la_riformulazione(scena, em, proposta):
    servizi.ritira_emendamento(em, "Rinunciamo.", da=scena.agente(scena.rappresentante))
    proposta.refresh_from_db()
    assert proposta.stato == "ritirata"


def test_una_parola_data_due_volte_vale_una(scena, em, proposta):
    viste = [Riformulazione.objects.get(pk=proposta.pk) for _ in range(2)]
    chi = scena.agente(scena.rappresentante)
    riformulazioni.accetta_riformulazione(viste[0], da=chi)
    with pytest.raises(StatoCambiato):
        riformulazioni.accetta_riformulazione(viste[1], da=chi)
    assert Emendamento.objects.get().stato == "riformulato"
