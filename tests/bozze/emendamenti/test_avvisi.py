"""Who is told, and when: invitations called back, sub-amendments, answers of proposers, drafts near the term."""

from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import NonAutorizzato, StatoCambiato
from accordo.iter.models import Evento
from bozze.attivita.emendamenti import osservazioni, proposta_definitiva
from bozze.interrogazioni.emendamenti import emendamenti_visibili_a
from bozze.models import Sottoscrizione
from bozze.servizi import firme, riformulazioni
from bozze.servizi import osservazioni as servizi_osservazioni
from bozze.servizi.esame import decidi_emendamento
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, osservazione, subemendamento, versione

COORDINA = "coordinatore@example.invalid"


@pytest.fixture
def posta(django_capture_on_commit_callbacks, mailoutbox):
    """Return what is mailed while a function runs: (to, subject)."""

    def di(fai):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            fai()
        return sorted((m.to[0], m.subject) for m in mailoutbox)

    return di


def _titoli(scena, chi, di=osservazioni):
    return [
        (a.titolo, a.azione) for a in di(scena.accordo, scena.agente(scena.persona(chi))) if not a.fatta_il
    ]


def _invito(scena, *, presenta=False):
    versione(scena)
    bozza = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=presenta)
    return bozza, firme.invita_a_sottoscrivere(bozza, [scena.ente_b], da=scena.agente(scena.referente))[0]


# ---------------------------------------------------------------------------------------------- invitations
def test_un_invito_si_ritira_finche_non_e_firmato(client, scena, posta):
    bozza, invito = _invito(scena)
    invitato = scena.agente(scena.rappresentante_altro)
    client.force_login(scena.referente)
    richiama = reverse("bozze:firma_richiama", args=["prova", bozza.pk, invito.pk])
    assert richiama in client.get(bozza.get_absolute_url()).content.decode()
    assert "non è ancora presentata" in client.get(richiama).content.decode()
    mandate = posta(lambda: client.post(richiama))
    assert {a for a, _ in mandate} == {
        "referente_altro@example.invalid",
        "rappresentante_altro@example.invalid",
    }
    assert "ritira l'invito" in mandate[0][1]
    invito.refresh_from_db()
    assert (invito.stato, invito.invitata_il) == ("richiamata", None)
    assert Evento.objects.filter(verbo="richiama_invito").count() == 1
    assert not emendamenti_visibili_a(invitato, scena.accordo).exists()
    assert _titoli(scena, "rappresentante_altro")[0][0] != "Rispondi a chi ti chiede una firma"
    assert client.post(richiama).status_code == 409  # a second click
    assert firme.invitabili(bozza) == [scena.ente_b]
    firme.invita_a_sottoscrivere(bozza, [scena.ente_b], da=scena.agente(scena.referente))
    assert emendamenti_visibili_a(invitato, scena.accordo).exists()


def test_una_firma_data_non_si_richiama(client, scena):
    em, invito = _invito(scena, presenta=True)
    client.force_login(scena.referente)
    richiama = reverse("bozze:firma_richiama", args=["prova", em.pk, invito.pk])
    firme.sottoscrivi(em, da=scena.agente(scena.rappresentante_altro))
    with pytest.raises(StatoCambiato, match="ha già firmato"):
        firme.richiama_invito(invito, da=scena.agente(scena.referente))
    pagina = client.get(richiama).content.decode()
    assert "non si ritira più" in pagina
    assert "Che cosa succede" not in pagina
    assert Sottoscrizione.objects.get().stato == "firmata"


@pytest.mark.parametrize("chi", ["rappresentante_altro", "coordinatore", "osservatore"])
def test_richiama_solo_chi_ha_invitato(scena, chi):
    _, invito = _invito(scena)
    with pytest.raises(NonAutorizzato):
        firme.richiama_invito(invito, da=scena.agente(scena.persona(chi)))


def test_chi_era_invitato_puo_firmare_l_emendamento_presentato(scena):
    em, invito = _invito(scena, presenta=True)
    firme.richiama_invito(invito, da=scena.agente(scena.referente))
    firme.sottoscrivi(em, da=scena.agente(scena.rappresentante_altro))
    assert Sottoscrizione.objects.get().stato == "firmata"


# ---------------------------------------------------------------------------------------------- the coordinator
def test_un_subemendamento_arriva_a_chi_coordina(scena, posta):
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    sub = subemendamento(scena, em, presenta=False)
    from bozze.servizi.subemendamenti import presenta_subemendamento

    da = scena.agente(scena.rappresentante_altro)
    assert (COORDINA, "Subemendamento 1.1.1 di Beta") in posta(lambda: presenta_subemendamento(sub, da=da))
    assert ("Leggi i subemendamenti", "Leggi gli emendamenti") in _titoli(scena, "coordinatore")
    scena.porta_a("proposta_definitiva")
    assert ("Decidi i subemendamenti", "Decidi il 1.1.1") in _titoli(
        scena, "coordinatore", proposta_definitiva
    )


def test_un_rifiuto_riporta_l_emendamento_a_chi_coordina(scena, posta):
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    guida = scena.agente(scena.coordinatore)
    proposta = decidi_emendamento(em, "riformulato", "Meglio.", "ogni diciotto mesi", da=guida)
    tornato = ("Riprendi gli emendamenti tornati a te", "Decidi il 1.1")
    assert tornato not in _titoli(scena, "coordinatore", proposta_definitiva)
    no = scena.agente(scena.rappresentante)
    mandate = posta(lambda: riformulazioni.rifiuta_riformulazione(proposta, "Troppo tardi.", da=no))
    assert [a for a, _ in mandate] == [COORDINA]
    assert tornato in _titoli(scena, "coordinatore", proposta_definitiva)
    em.refresh_from_db()
    decidi_emendamento(em, "respinto", "No.", da=guida)
    assert tornato not in _titoli(scena, "coordinatore", proposta_definitiva)


# ---------------------------------------------------------------------------------------------- before the term
def test_chi_rappresenta_trova_le_proposte_da_presentare(scena):
    versione(scena)
    assert _titoli(scena, "rappresentante")[0][0] == "Conferma le osservazioni del tuo ente"
    emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    scena.scadenza("osservazioni", date(2099, 10, 15))
    (voce,) = osservazioni(scena.accordo, scena.agente(scena.rappresentante))
    assert (voce.titolo, voce.entro) == ("Presenta le proposte preparate dal tuo ente", date(2099, 10, 15))
    assert "emendamenti: 1" in voce.testo
    assert "osservazioni: " not in voce.testo


def test_una_volta_per_termine_si_ricorda_che_cosa_e_pronto(scena, posta):
    versione(scena)
    emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    remota = osservazione(scena, "La partecipazione", chi="altro", presenta=False)
    scena.scadenza("osservazioni", date(2099, 10, 15))

    def giro(*quando):
        with orologio.fermo(datetime(*quando)):
            return [a for a, _ in posta(lambda: call_command("ricorda_proposte", verbosity=0))]

    assert giro(2099, 10, 12, 9) == []
    attesi = ["rappresentante@example.invalid", "rappresentante_altro@example.invalid"]
    assert giro(2099, 10, 13, 9) == attesi
    assert giro(2099, 10, 14, 9) == []
    evento = Evento.objects.get(verbo="ricorda_proposte")
    assert evento.dati == {"termine": "2099-10-15"}  # not whose drafts they are
    servizi_osservazioni.presenta_osservazione(remota, da=scena.agente(scena.rappresentante_altro))
    scena.scadenza("osservazioni", date(2099, 10, 20))
    assert giro(2099, 10, 19, 9) == attesi[:1]
    assert giro(2099, 10, 21, 9) == []


def test_si_ricorda_anche_una_risposta_attesa(scena, posta):
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    entro = date(2099, 10, 15)
    decidi_emendamento(
        em, "riformulato", "Meglio.", "ogni diciotto mesi", entro=entro, da=scena.agente(scena.coordinatore)
    )
    with orologio.fermo(datetime(2099, 10, 14, 9)):
        mandate = posta(lambda: call_command("ricorda_proposte", verbosity=0))
        assert [a for a, _ in mandate] == ["rappresentante@example.invalid"]
        assert "15/10/2099" in mandate[0][1]
        assert posta(lambda: call_command("ricorda_proposte", verbosity=0)) == []
