"""Co-signatures: asked for, given, taken back; a withdrawn amendment made one's own."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.models import Incarico, Ruolo
from bozze.interrogazioni.emendamenti import emendamenti_visibili_a
from bozze.interrogazioni.firme import cofirmatari, con_firme, sottoscrizione_di, termine_per_fare_proprio
from bozze.models import Emendamento, Sottoscrizione
from bozze.requisiti.emendamenti import emendamenti_decisi
from bozze.servizi import emendamenti as servizi
from bozze.servizi import firme
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, sopprimi, versione
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory, UtenteFactory


@pytest.fixture
def presentato(scena):
    versione(scena)
    return emendamento(scena, cambia("ogni due anni", "ogni anno"))


def _b(scena):
    return scena.agente(scena.rappresentante_altro)


def test_un_altro_ente_sottoscrive(scena, presentato, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        firme.sottoscrivi(presentato, da=_b(scena))
    assert cofirmatari(presentato) == [scena.ente_b]
    assert {m.to[0] for m in mailoutbox} == {"referente@example.invalid", "rappresentante@example.invalid"}
    with pytest.raises(ErroreDominio):
        firme.sottoscrivi(presentato, da=_b(scena))
    assert Sottoscrizione.objects.count() == 1


@pytest.mark.parametrize("chi", ["referente_altro", "coordinatore", "osservatore"])
def test_firma_solo_chi_rappresenta_un_sottoscrittore(scena, presentato, chi):
    with pytest.raises(NonAutorizzato):
        firme.sottoscrivi(presentato, da=scena.agente(scena.persona(chi)))


def test_il_proponente_non_firma_due_volte(scena, presentato):
    with pytest.raises(ErroreDominio) as errore:
        firme.sottoscrivi(presentato, da=scena.agente(scena.rappresentante))
    assert "già il proponente" in errore.value.mancanze[0].testo
    assert not Sottoscrizione.objects.exists()


def test_dopo_il_termine_non_si_firma(scena, presentato):
    scena.scadenza("osservazioni", date(2026, 10, 15))
    with orologio.fermo(datetime(2026, 10, 16, 0, 1)), pytest.raises(ErroreDominio) as errore:
        firme.sottoscrivi(presentato, da=_b(scena))
    assert "scaduto" in errore.value.mancanze[0].testo


def test_la_firma_si_ritira_e_si_rimette(scena, presentato):
    firme.sottoscrivi(presentato, da=_b(scena))
    firme.ritira_firma(sottoscrizione_di(presentato, _b(scena)), da=_b(scena))
    assert cofirmatari(presentato) == []
    firme.sottoscrivi(presentato, da=_b(scena))
    assert cofirmatari(presentato) == [scena.ente_b]


def test_invitato_legge_la_bozza_e_la_firma(scena):
    versione(scena)
    bozza = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)

    def vede(agente):
        return emendamenti_visibili_a(agente, scena.accordo).filter(pk=bozza.pk).exists()

    with pytest.raises(ErroreDominio):
        firme.sottoscrivi(bozza, da=_b(scena))
    assert not vede(_b(scena))
    firme.invita_a_sottoscrivere(bozza, [scena.ente_b], da=scena.agente(scena.referente))
    assert vede(_b(scena))
    assert not vede(scena.agente(scena.coordinatore))
    firme.sottoscrivi(bozza, da=_b(scena))
    assert cofirmatari(bozza) == [scena.ente_b]


def test_chi_declina_non_legge_piu_la_bozza(scena):
    versione(scena)
    bozza = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    firme.invita_a_sottoscrivere(bozza, [scena.ente_b], da=scena.agente(scena.referente))
    firme.declina(sottoscrizione_di(bozza, _b(scena)), da=_b(scena))
    assert not emendamenti_visibili_a(_b(scena), scena.accordo).exists()


def test_non_si_invita_chi_non_firma_l_accordo(scena, presentato):
    with pytest.raises(ErroreDominio):
        firme.invita_a_sottoscrivere(presentato, [scena.ente_osservatore], da=scena.agente(scena.referente))
    with pytest.raises(NonAutorizzato):
        firme.invita_a_sottoscrivere(presentato, [scena.ente_b], da=_b(scena))


def test_se_la_bozza_cambia_la_firma_va_rimessa(scena, django_capture_on_commit_callbacks, mailoutbox):
    """What was signed is not what it says now: the co-signer is asked again, and told."""
    versione(scena)
    bozza = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    firme.invita_a_sottoscrivere(bozza, [scena.ente_b], da=scena.agente(scena.referente))
    firme.sottoscrivi(bozza, da=_b(scena))
    da = scena.agente(scena.referente)
    servizi.modifica_emendamento(
        bozza, cambia("ogni due anni", "ogni anno"), "Altra ragione.", revisione=bozza.revisione, da=da
    )
    assert cofirmatari(bozza) == [scena.ente_b]
    fresco = Emendamento.objects.get(pk=bozza.pk)
    with django_capture_on_commit_callbacks(execute=True):
        servizi.modifica_emendamento(
            fresco, cambia("ogni due anni", "ogni mese"), "Perché sì.", revisione=fresco.revisione, da=da
        )
    assert cofirmatari(bozza) == []
    assert sottoscrizione_di(bozza, _b(scena)).stato == "da_firmare"
    assert {m.to[0] for m in mailoutbox} == {
        "referente_altro@example.invalid",
        "rappresentante_altro@example.invalid",
    }


# ---------------------------------------------------------------------------------------------- making it one's own
def test_chi_ha_firmato_lo_fa_proprio_e_torna_in_esame(
    scena, presentato, django_capture_on_commit_callbacks, mailoutbox
):
    firme.sottoscrivi(presentato, da=_b(scena))
    with django_capture_on_commit_callbacks(execute=True):
        servizi.ritira_emendamento(presentato, "Rinunciamo.", da=scena.agente(scena.rappresentante))
    assert "può farlo proprio" in mailoutbox[0].body
    firme.fai_proprio(presentato, "Per noi resta necessario.", da=_b(scena))
    presentato.refresh_from_db()
    assert (presentato.stato, presentato.ente, presentato.proponente_originario, presentato.sigla) == (
        "presentato",
        scena.ente_b,
        scena.ente_a,
        "1.1",
    )
    assert cofirmatari(presentato) == []
    servizi.ritira_emendamento(presentato, "Anche noi.", da=_b(scena))
    assert presentato.stato == "ritirato"


def test_chi_non_ha_firmato_non_lo_fa_proprio(scena, presentato):
    servizi.ritira_emendamento(presentato, "Rinunciamo.", da=scena.agente(scena.rappresentante))
    with pytest.raises(NonAutorizzato):
        firme.fai_proprio(presentato, "Lo vogliamo.", da=_b(scena))


def test_non_si_fa_proprio_cio_che_non_e_ritirato_ne_oltre_i_giorni(scena, presentato):
    firme.sottoscrivi(presentato, da=_b(scena))
    with pytest.raises(ErroreDominio) as errore:
        firme.fai_proprio(presentato, "Lo vogliamo.", da=_b(scena))
    assert "ha ritirato" in errore.value.mancanze[0].testo
    with orologio.fermo(datetime(2026, 10, 1, 9)):
        servizi.ritira_emendamento(presentato, "Rinunciamo.", da=scena.agente(scena.rappresentante))
    assert termine_per_fare_proprio(presentato) == date(2026, 10, 6)
    with orologio.fermo(datetime(2026, 10, 6, 23, 59)):
        assert [m.superabile for m in emendamenti_decisi(scena.accordo)] == [True]
    with orologio.fermo(datetime(2026, 10, 7, 0, 1)):
        assert not list(emendamenti_decisi(scena.accordo))
        with pytest.raises(ErroreDominio) as errore:
            firme.fai_proprio(presentato, "Lo vogliamo.", da=_b(scena))
    assert "scaduto" in errore.value.mancanze[0].testo


def test_il_rappresentante_cambia_a_meta(scena):
    """Who represented the body yesterday can sign and present nothing today; who represents it today can."""
    versione(scena)
    bozza = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    prima = scena.agente(scena.rappresentante)
    Incarico.objects.filter(utente=scena.rappresentante).update(al=date(2020, 1, 1))
    nuovo = UtenteFactory(email="nuovo@example.invalid")
    IncaricoFactory(utente=nuovo, ente=scena.ente_a, ruolo=Ruolo.RAPPRESENTANTE)
    with pytest.raises(NonAutorizzato, match="non è più in corso"):
        servizi.presenta_emendamento(bozza, da=prima)
    servizi.presenta_emendamento(bozza, da=scena.agente(nuovo))
    assert bozza.presentato_da == nuovo
    firme.sottoscrivi(bozza, da=_b(scena))
    Incarico.objects.filter(utente=scena.rappresentante_altro).update(al=date(2020, 1, 1))
    erede = UtenteFactory(email="erede@example.invalid")
    IncaricoFactory(utente=erede, ente=scena.ente_b, ruolo=Ruolo.RAPPRESENTANTE)
    firme.ritira_firma(sottoscrizione_di(bozza, scena.agente(erede)), da=scena.agente(erede))
    assert cofirmatari(bozza) == []


def test_le_firme_si_leggono_con_due_query(scena, presentato, django_assert_num_queries):
    emendamento(scena, sopprimi("La partecipazione"))
    terzo = EnteFactory(codice="comune-gamma", denominazione="Comune di Gamma", ambito=scena.ambito)
    PartecipazioneFactory(accordo=scena.accordo, ente=terzo)
    rappresentante = UtenteFactory()
    IncaricoFactory(utente=rappresentante, ente=terzo, ruolo=Ruolo.RAPPRESENTANTE)
    firme.sottoscrivi(presentato, da=_b(scena))
    firme.sottoscrivi(presentato, da=scena.agente(rappresentante))
    with django_assert_num_queries(3):
        letti = {e.sigla: cofirmatari(e) for e in con_firme(Emendamento.objects.all())}
    assert letti == {"1.1": [scena.ente_b, terzo], "2.1": []}


@pytest.mark.parametrize("campi", [{"stato": "firmata"}, {"firmata_il": "2026-10-01T00:00:00Z"}])
def test_una_firma_senza_chi_la_rifiuta_anche_il_database(scena, presentato, campi):
    firma = Sottoscrizione.objects.create(accordo=scena.accordo, emendamento=presentato, ente=scena.ente_b)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sottoscrizione.objects.filter(pk=firma.pk).update(**campi)
