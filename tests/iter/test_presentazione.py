"""Phase 1: written, published once, answered by who represents each body, followed by a referente."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.base.parole import Parola
from accordo.enti.models import Incarico, Invito, Ruolo
from accordo.enti.servizi import DatiIncarico
from accordo.iter import attivita, avanzamento, requisiti, servizi
from accordo.iter.models import Evento, Partecipazione, Proposta, StatoPartecipazione
from accordo.iter.persone import concludi_incarico
from accordo.iter.registro import verifica
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory
from tests.iter.fabbriche import PDF, invitato, pdf, proposta_pubblicata

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinatore(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def sindaca(scena):
    return scena.agente(scena.rappresentante)


def test_si_salva_si_pubblica_una_volta_e_tutti_lo_sanno(
    scena, coordinatore, django_capture_on_commit_callbacks
) -> None:
    servizi.salva_proposta(scena.accordo, "Prima stesura", pdf(), da=coordinatore)
    with django_capture_on_commit_callbacks(execute=True):
        proposta = servizi.pubblica_proposta(scena.accordo, da=coordinatore)
    assert proposta.testo == "Prima stesura"
    evento = Evento.objects.get(verbo="pubblica_proposta")
    assert evento.dati["allegato_impronta"]
    assert {m.to[0] for m in mail.outbox} == {
        f"{nome}@example.invalid"
        for nome in ("referente", "rappresentante", "referente_altro", "rappresentante_altro", "osservatore")
    }
    with pytest.raises(ErroreDominio, match="già pubblicata"):
        servizi.pubblica_proposta(scena.accordo, da=coordinatore)
    with pytest.raises(ErroreDominio, match="non si cambia più"):
        servizi.salva_proposta(scena.accordo, "Altro", da=coordinatore)


def test_senza_testo_o_senza_ruolo_non_si_pubblica(scena, coordinatore, sindaca) -> None:
    with pytest.raises(ErroreDominio, match="testo è vuoto"):
        servizi.pubblica_proposta(scena.accordo, da=coordinatore)
    with pytest.raises(NonAutorizzato):
        servizi.pubblica_proposta(scena.accordo, "Testo", da=sindaca)
    scena.porta_a("bozza")
    with pytest.raises(ErroreDominio, match="Presentazione della proposta"):
        servizi.pubblica_proposta(scena.accordo, "Testo", da=coordinatore)
    assert not Proposta.objects.filter(pubblicata_il__isnull=False).exists()


def test_aderisce_e_indica_il_referente(scena, sindaca) -> None:
    proposta_pubblicata(scena)
    partecipazione = invitato(scena)
    servizi.prendi_visione(partecipazione, True, scena.referente, "Delibera n. 3", da=sindaca)
    partecipazione.refresh_from_db()
    assert partecipazione.stato == StatoPartecipazione.PARTECIPA
    assert partecipazione.referente == scena.referente
    assert partecipazione.presa_visione_da == scena.rappresentante
    assert verifica(scena.accordo) is None


def test_chi_rappresenta_puo_seguire_da_se(scena, sindaca) -> None:
    proposta_pubblicata(scena)
    servizi.prendi_visione(invitato(scena), True, scena.rappresentante, da=sindaca)
    assert Incarico.objects.in_corso().filter(utente=scena.rappresentante, ruolo=Ruolo.REFERENTE).exists()


def test_invita_un_referente_nuovo(scena, sindaca, django_capture_on_commit_callbacks) -> None:
    proposta_pubblicata(scena)
    nuova = DatiIncarico(nome="Ida", cognome="Poli", email="ida@example.invalid", ruolo=Ruolo.REFERENTE)
    with django_capture_on_commit_callbacks(execute=True):
        servizi.prendi_visione(invitato(scena), True, nuovo_referente=nuova, da=sindaca)
    assert Invito.objects.get().ente == scena.ente_a
    assert any(m.to == ["ida@example.invalid"] for m in mail.outbox)


def test_rinuncia_solo_con_il_motivo_e_puo_ripensarci(scena, sindaca) -> None:
    proposta_pubblicata(scena)
    partecipazione = invitato(scena)
    with pytest.raises(ErroreDominio, match="perché"):
        servizi.prendi_visione(partecipazione, False, da=sindaca)
    servizi.prendi_visione(partecipazione, False, nota="Non abbiamo personale.", da=sindaca)
    assert partecipazione.stato == StatoPartecipazione.NON_PARTECIPA
    servizi.prendi_visione(partecipazione, True, scena.referente, da=sindaca)
    assert partecipazione.stato == StatoPartecipazione.PARTECIPA
    servizi.prendi_visione(partecipazione, True, scena.rappresentante, da=sindaca)
    assert Evento.objects.first().verbo == "cambia_risposta"


@pytest.mark.parametrize("chi", ["referente", "rappresentante_altro", "coordinatore", "osservatore"])
def test_risponde_solo_chi_rappresenta_l_ente(scena, chi: str) -> None:
    proposta_pubblicata(scena)
    with pytest.raises(NonAutorizzato):
        servizi.prendi_visione(invitato(scena), True, scena.referente, da=scena.agente(scena.persona(chi)))


def test_non_prima_della_pubblicazione_non_senza_referente_non_uno_di_fuori(scena, sindaca) -> None:
    with pytest.raises(ErroreDominio, match="non è ancora pubblicata"):
        servizi.prendi_visione(invitato(scena), True, scena.referente, da=sindaca)
    proposta_pubblicata(scena)
    with pytest.raises(ErroreDominio, match="Indica il referente"):
        servizi.prendi_visione(invitato(scena), True, da=sindaca)
    with pytest.raises(ErroreDominio, match="non ha un incarico"):
        servizi.prendi_visione(invitato(scena), True, scena.referente_altro, da=sindaca)


def test_una_risposta_tardiva_vale_ma_si_sa(scena, sindaca) -> None:
    proposta_pubblicata(scena)
    scena.scadenza("presentazione", orologio.oggi() - timedelta(days=1))
    servizi.prendi_visione(invitato(scena), True, scena.referente, da=sindaca)
    assert Evento.objects.filter(verbo="aderisci").get().dati == {"dopo_la_scadenza": True}


def test_invita_altri_enti_una_volta_sola(scena, coordinatore, django_capture_on_commit_callbacks) -> None:
    proposta_pubblicata(scena)
    nuovo = EnteFactory()
    IncaricoFactory(ente=nuovo, ruolo=Ruolo.RAPPRESENTANTE)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert servizi.invita_enti(scena.accordo, [nuovo, scena.ente_a], da=coordinatore) == 1
    assert len(mail.outbox) == 1
    assert servizi.invita_enti(scena.accordo, [nuovo], da=coordinatore) == 0


# ---------------------------------------------------------------------------------------------- what is missing


def test_che_cosa_manca(scena, sindaca) -> None:
    accordo = scena.accordo
    assert [m.testo for m in requisiti.presentazione(accordo)] == ["La proposta non è ancora pubblicata."]
    proposta_pubblicata(scena)
    invitato(scena)
    scena.scadenza("presentazione", orologio.oggi())
    mancanze = list(requisiti.presentazione(accordo))
    assert [m.testo for m in mancanze] == [
        "Manca 1 risposta: Alfa.",
        "Manca 1 referente: Azienda USL.",
    ]
    assert not any(m.superabile for m in mancanze)
    with orologio.fermo(orologio.adesso() + timedelta(days=2)):
        assert all(m.superabile for m in requisiti.presentazione(accordo))


@pytest.mark.parametrize("quanti", [1, 3])
def test_requisiti_e_avanzamento_query_costanti(scena, django_assert_num_queries, quanti: int) -> None:
    proposta_pubblicata(scena)
    PartecipazioneFactory.create_batch(quanti, accordo=scena.accordo)
    with django_assert_num_queries(5):
        list(requisiti.presentazione(scena.accordo))
    with django_assert_num_queries(3):
        avanzamento.presentazione(scena.accordo)


def test_avanzamento(scena) -> None:
    accordo, ente = scena.accordo, scena.ente_a.pk
    invitato(scena)
    assert avanzamento.presentazione(accordo)[ente] == Parola.PIU_AVANTI
    proposta_pubblicata(scena)
    assert avanzamento.presentazione(accordo)[ente] == Parola.DA_FARE
    assert avanzamento.presentazione(accordo)[scena.ente_b.pk] == Parola.FATTO
    assert avanzamento.presentazione(accordo)[scena.provincia.pk] == Parola.NON_PREVISTO
    scena.scadenza("presentazione", orologio.oggi() - timedelta(days=1))
    assert avanzamento.presentazione(accordo)[ente] == Parola.IN_RITARDO
    scena.porta_a("questionario")
    assert avanzamento.presentazione(accordo)[ente] == Parola.NON_FATTO


def test_attivita(scena, sindaca, coordinatore) -> None:
    accordo = scena.accordo
    partecipazione = invitato(scena)
    assert [a.azione for a in attivita.presentazione(accordo, coordinatore)] == ["Scrivi la proposta"]
    assert not list(attivita.presentazione(accordo, sindaca))
    proposta_pubblicata(scena)
    assert [a.azione for a in attivita.presentazione(accordo, sindaca)] == ["Leggi e rispondi"]
    assert not list(attivita.presentazione(accordo, scena.agente(scena.referente)))
    servizi.prendi_visione(partecipazione, True, scena.referente, da=sindaca)
    assert [a.fatta_il for a in attivita.presentazione(accordo, sindaca)] == [orologio.oggi()]
    assert [a.fatta_il for a in attivita.presentazione(accordo, coordinatore)] == [orologio.oggi()]


# ---------------------------------------------------------------------------------------------- pages


def test_la_bozza_della_proposta_la_vede_solo_chi_coordina(scena, client, coordinatore) -> None:
    servizi.salva_proposta(scena.accordo, "Testo segreto per ora", pdf(), da=coordinatore)
    pagina, allegato = (
        reverse(f"iter:{n}", args=[scena.accordo.slug]) for n in ("presentazione", "allegato_proposta")
    )
    client.force_login(scena.rappresentante)
    assert "segreto" not in client.get(pagina).content.decode()
    assert client.get(allegato).status_code == 404
    client.force_login(scena.coordinatore)
    assert "segreto" in client.get(pagina).content.decode()
    risposta = client.get(allegato)
    assert b"".join(risposta.streaming_content) == PDF
    assert "attachment" in risposta["Content-Disposition"]


def test_scrivi_dal_browser_il_pdf_si_guarda_dentro(scena, client) -> None:
    client.force_login(scena.coordinatore)
    url = reverse("iter:scrivi_proposta", args=[scena.accordo.slug])
    falso = ContentFile(b"<html>", name="proposta.pdf")
    risposta = client.post(url, {"testo": "Ciao", "allegato": falso})
    assert risposta.status_code == 422
    assert "altro tipo" in risposta.content.decode()
    assert client.post(url, {"testo": "Ciao", "allegato": pdf("a/b proposta.pdf")}).status_code == 302
    assert client.post(url, {"testo": "Ciao", "togli_allegato": "on"}).status_code == 302
    assert not Proposta.objects.get().allegato
    assert client.post(url, {"testo": ""}).status_code == 422


def test_dal_browser_si_pubblica_e_si_risponde(scena, client) -> None:
    invitato(scena)
    client.force_login(scena.coordinatore)
    slug = scena.accordo.slug
    client.post(reverse("iter:scrivi_proposta", args=[slug]), {"testo": "Vi proponiamo"})
    conferma = client.get(reverse("iter:pubblica_proposta", args=[slug])).content.decode()
    assert "3 enti vedono" in conferma
    assert client.post(reverse("iter:pubblica_proposta", args=[slug])).status_code == 302
    client.force_login(scena.rappresentante)
    url = reverse("iter:risposta", args=[slug])
    assert client.get(url).status_code == 200
    assert client.post(url, {"partecipa": "si"}).status_code == 422
    assert client.post(url, {"partecipa": "si", "referente": "altra", "nome": "Ida"}).status_code == 422
    assert client.post(url, {"partecipa": "no"}).status_code == 422
    risposta = client.post(url, {"partecipa": "si", "referente": str(scena.referente.pk)}, follow=True)
    assert "La risposta del tuo ente" in risposta.content.decode()


def test_un_invito_si_ritira_con_il_motivo(scena, client) -> None:
    partecipazione = invitato(scena)
    client.force_login(scena.coordinatore)
    url = reverse("iter:ritira_invito", args=[scena.accordo.slug, scena.ente_a.codice])
    assert client.post(url, {"motivazione": ""}).status_code == 422
    assert client.post(url, {"motivazione": "Invitato per errore"}).status_code == 302
    partecipazione.refresh_from_db()
    assert partecipazione.stato == StatoPartecipazione.NON_PARTECIPA
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("quanti", [1, 3])
@pytest.mark.parametrize(("nome", "attese"), [("presentazione", 18), ("invita_enti", 18)])
def test_query_costanti(
    scena, client, django_assert_max_num_queries, nome: str, attese: int, quanti: int
) -> None:
    proposta_pubblicata(scena)
    for _ in range(quanti):
        PartecipazioneFactory(accordo=scena.accordo, referente=scena.referente)
        EnteFactory()
    client.force_login(scena.coordinatore)
    with django_assert_max_num_queries(attese):
        client.get(reverse(f"iter:{nome}", args=[scena.accordo.slug]))


def test_chi_non_partecipa_non_perde_la_pagina(scena, client) -> None:
    proposta_pubblicata(scena)
    Partecipazione.objects.filter(ente=scena.ente_a).update(stato=StatoPartecipazione.NON_PARTECIPA)
    client.force_login(scena.rappresentante)
    assert client.get(reverse("iter:presentazione", args=[scena.accordo.slug])).status_code == 200


def test_un_referente_che_lascia_va_sostituito(scena, sindaca, coordinatore, client) -> None:
    proposta_pubblicata(scena)
    partecipazione = invitato(scena)
    servizi.prendi_visione(partecipazione, True, scena.referente, da=sindaca)
    concludi_incarico(scena.accordo, Incarico.objects.get(utente=scena.referente), da=coordinatore)
    partecipazione.refresh_from_db()
    assert partecipazione.referente is None
    assert "Indica il nuovo referente" in [a.titolo for a in attivita.presentazione(scena.accordo, sindaca)]
    client.force_login(scena.rappresentante)
    pagina = reverse("iter:presentazione", args=[scena.accordo.slug])
    assert "indica chi segue" in client.get(pagina).content.decode()
    nuova = DatiIncarico(nome="Ida", cognome="Poli", email="ida@example.invalid", ruolo=Ruolo.REFERENTE)
    servizi.prendi_visione(partecipazione, True, nuovo_referente=nuova, da=sindaca)
    assert "Ida Poli (invito mandato)" in client.get(pagina).content.decode()
    assert "Indica il nuovo referente" not in [
        a.titolo for a in attivita.presentazione(scena.accordo, sindaca)
    ]
