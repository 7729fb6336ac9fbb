"""The pages: what they say, to whom, and with how many queries."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordo.base import orologio
from accordo.base.parole import Parola
from accordo.cruscotto import attivita, servizi, territorio
from accordo.cruscotto.avanzamento import tavola
from accordo.enti.models import Ente, Ruolo
from accordo.iter.attivita import Attivita
from accordo.iter.models import Evento
from tests.cruscotto.test_avanzamento import con_parole  # noqa: F401
from tests.fabbriche import AccordoFactory, EnteFactory, IncaricoFactory, PartecipazioneFactory

pytestmark = pytest.mark.django_db


def pagina(client, scena, nome, persona="coordinatore", query="", **altri):
    client.force_login(scena.persona(persona))
    return client.get(reverse(f"cruscotto:{nome}", kwargs={"slug": scena.accordo.slug, **altri}) + query)


@pytest.mark.parametrize("nome", ["attivita", "cruscotto", "tempi", "enti", "accordo"])
@pytest.mark.parametrize("fase", ["presentazione", "osservazioni", "sottoscritto"])
def test_le_query_non_crescono_con_gli_enti(client, scena, nome, fase):
    scena.porta_a(fase)
    pagina(client, scena, nome)  # what is read once a process
    quante = []
    for nuovi in (1, 2):
        for _ in range(nuovi):
            PartecipazioneFactory(accordo=scena.accordo, ente=EnteFactory(ambito=scena.ambito))
        with CaptureQueriesContext(
            connection,
        ) as query:
            assert pagina(client, scena, nome).status_code == 200
        quante.append(len(query))
    assert quante[0] == quante[1]


def test_chi_ha_un_solo_accordo_ci_arriva_subito(client, scena):
    client.force_login(scena.referente)
    risposta = client.get(reverse("cruscotto:mie_attivita"))
    assert risposta.url == reverse("cruscotto:attivita", args=[scena.accordo.slug])


def test_chi_ne_ha_due_sceglie(client, scena):
    secondo = AccordoFactory(titolo="Secondo accordo", promotore=scena.provincia)
    PartecipazioneFactory(accordo=secondo, ente=scena.ente_a)
    client.force_login(scena.referente)
    risposta = client.get(reverse("cruscotto:mie_attivita"))
    assert "Secondo accordo" in risposta.text


def test_chi_non_ha_un_incarico_legge_perche(client, scena):
    client.force_login(scena.senza_incarico)
    assert "Non hai un incarico in corso" in client.get(reverse("cruscotto:mie_attivita")).text


@pytest.fixture
def tre_cose(scena, monkeypatch):
    oggi = orologio.oggi()
    voci = (
        Attivita("Seconda", "", "/b/", "Apri la seconda", oggi + timedelta(days=12)),
        Attivita("Prima", "L'unica urgente.", "/a/", "Apri la prima", oggi + timedelta(days=3)),
        Attivita("Senza termine", "", "/c/", "Apri la terza"),
        Attivita("Hai letto la proposta", "", "/d/", "Rileggi", None, date(2026, 1, 5)),
    )
    monkeypatch.setattr(attivita, "agenda", lambda accordo, agente: _divisa(voci))
    return scena


def _divisa(voci):
    da_fare = sorted((v for v in voci if not v.fatta_il), key=lambda v: v.entro or attivita.MAI)
    return attivita.Agenda(tuple(da_fare), tuple(v for v in voci if v.fatta_il))


def test_la_prima_cosa_da_fare_ha_l_unico_pulsante_pieno(client, tre_cose):
    testo = pagina(client, tre_cose, "attivita", "rappresentante").text
    assert "Il Comune di Alfa ha <strong>3 cose da fare</strong>" in testo
    assert testo.index("Prima") < testo.index("Seconda") < testo.index("Senza termine")
    principale = testo[testo.index('id="contenuto"') :]
    assert principale.count("btn btn-primary") == 1
    assert "fra 3 giorni" in testo
    assert "L’unica urgente." in testo


def test_le_cose_da_fare_per_gli_altri_enti_si_dicono(client, tre_cose):
    IncaricoFactory(utente=tre_cose.rappresentante, ente=tre_cose.ente_b, ruolo=Ruolo.RAPPRESENTANTE)
    testo = pagina(client, tre_cose, "attivita", "rappresentante").text
    assert "Ci sono anche 3 cose" in testo
    assert "Comune di Beta" in testo


def test_il_cruscotto_dice_chi_manca_e_lo_filtra(client, scena, con_parole):
    con_parole({scena.ente_a.pk: Parola.FATTO, scena.ente_b.pk: Parola.DA_FARE})
    testo = pagina(client, scena, "cruscotto").text
    assert "Invia un promemoria a 1 ente" in testo
    assert "Solo chi manca (1)" in testo
    solo = pagina(client, scena, "cruscotto", query="?mostra=mancanti").text
    riga = reverse("cruscotto:ente", args=[scena.accordo.slug, scena.ente_a.codice])
    assert riga in testo
    assert riga not in solo
    assert "Invia un promemoria" not in pagina(client, scena, "cruscotto", "referente").text


def test_le_aree_si_aprono_senza_javascript(client, scena):
    chiuso = pagina(client, scena, "cruscotto").text
    aperto = pagina(client, scena, "cruscotto", query="?aree=aperte").text
    assert aperto.count("<details open>") > chiuso.count("<details open>")


def test_il_promemoria_scrive_a_chi_manca_e_resta_nel_registro(
    scena,
    con_parole,
    django_capture_on_commit_callbacks,
):
    con_parole({scena.ente_a.pk: Parola.FATTO, scena.ente_b.pk: Parola.DA_FARE})
    with django_capture_on_commit_callbacks(execute=True):
        assert servizi.promemoria(scena.accordo, da=scena.agente(scena.coordinatore)) == 1
    destinatari = {indirizzo for m in mail.outbox for indirizzo in [*m.to, *m.bcc]}
    assert destinatari == {scena.referente_altro.email, scena.rappresentante_altro.email}
    evento = Evento.objects.get(accordo=scena.accordo, verbo="promemoria")
    assert evento.dati == {"enti": ["Beta"]}


def test_senza_nessuno_a_cui_ricordare_si_dice(client, scena, con_parole):
    con_parole({scena.ente_a.pk: Parola.FATTO})
    client.force_login(scena.coordinatore)
    risposta = client.post(reverse("cruscotto:promemoria", args=[scena.accordo.slug]))
    assert risposta.status_code == 409
    assert "hanno finito tutti" in risposta.text


def test_la_mappa_c_e_dove_c_e_la_geometria(scena, con_parole):
    con_parole({scena.ente_a.pk: Parola.DA_FARE})
    assert territorio.mappa_comuni(scena.accordo, tavola(scena.accordo)) is None
    Ente.objects.filter(pk=scena.provincia.pk).update(codice="provincia-lucca")
    Ente.objects.filter(pk=scena.ente_a.pk).update(codice="comune-barga")
    scena.accordo.promotore.refresh_from_db()
    mappa = territorio.mappa_comuni(scena.accordo, tavola(scena.accordo))
    assert mappa is not None
    assert [voce.quanti for voce in mappa.legenda] == [1]
    assert mappa.con_nomi
    assert "ISTAT" in mappa.fonte


def test_le_date_si_mettono_in_calendario(client, scena):
    scena.scadenza("questionario", date(2026, 2, 6))
    risposta = pagina(client, scena, "calendario", "osservatore")
    assert risposta["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20260206" in risposta.content


def test_la_pagina_di_un_ente_mostra_le_persone_solo_a_chi_spetta(client, scena):
    def vede(persona):
        return (
            scena.referente_altro.email.split("@")[0]
            in pagina(client, scena, "ente", persona, codice=scena.ente_b.codice).text.lower()
        )

    assert vede("coordinatore")
    assert vede("rappresentante_altro")
    assert not vede("referente")
    assert not vede("osservatore")


def test_un_accordo_non_pubblico_non_esiste_per_i_cittadini(client, scena):
    indirizzo = reverse("cruscotto:accordo", args=[scena.accordo.slug])
    assert client.get(indirizzo).status_code == 200
    scena.accordo.pubblico = False
    scena.accordo.save()
    assert client.get(indirizzo).status_code == 404
    assert scena.accordo.titolo not in client.get(reverse("cruscotto:home")).text


def test_ogni_pagina_ha_i_link_che_la_legge_chiede(client):
    testo = client.get(reverse("cruscotto:home")).text
    assert 'data-element="accessibility-link"' in testo
    assert 'data-element="privacy-policy-link"' in testo
    assert 'href="#contenuto"' in testo


def test_una_pagina_che_non_c_e(client, scena):
    client.force_login(scena.referente)
    risposta = client.get("/accordi/altro/cruscotto/")
    assert risposta.status_code == 404
    assert "Questa pagina non c’è" in risposta.text


def test_la_striscia_delle_fasi_e_su_ogni_pagina_dell_accordo(client, scena):
    scena.porta_a("bozza")
    testo = pagina(client, scena, "enti", "referente").text
    assert testo.count("striscia-fatta") == 4
    assert testo.count("striscia-corrente") == 1
    assert testo.count("striscia-futura") == 3


def test_gli_eventi_si_leggono_come_frasi(scena):
    from accordo.cruscotto.quadro import eventi_in_parole
    from accordo.iter.registro import registra

    registra(scena.accordo, da=scena.agente(scena.rappresentante), verbo="convalida_e_invia")
    registra(scena.accordo, da=scena.agente(scena.coordinatore), verbo="proroga")
    registra(scena.accordo, da=None, verbo="qualcosa_di_nuovo")
    detti = [f"{e.chi}{e.testo}" for e in eventi_in_parole(Evento.objects.filter(accordo=scena.accordo))]
    assert "Comune di Alfa ha convalidato e inviato il questionario." in detti
    assert any(frase.startswith("Provincia di Prova ha spostato la scadenza") for frase in detti)
    assert any(frase.startswith("Il portale: Qualcosa di nuovo") for frase in detti)


def test_sottoscritto_chiunque_scarica_il_file_con_tutte_le_firme(client, scena):
    from accordo.approvazione.models import AccordoFirmato, DocumentoFinale
    from bozze.models import Versione

    versione = Versione.objects.create(
        accordo=scena.accordo, numero=1, definitiva=True, testo={}, impronta="a" * 64
    )
    documento = DocumentoFinale.objects.create(
        accordo=scena.accordo, versione=versione, pdf="x.pdf", sha256="b" * 64, impronta_testo="a" * 64
    )
    AccordoFirmato.objects.create(documento=documento, file="x.p7m", formato="p7m", sha256="c" * 64, firme=39)
    indirizzo = reverse("cruscotto:accordo", args=[scena.accordo.slug])
    scena.porta_a("approvazione")
    assert "Scarica il file con" not in client.get(indirizzo).text
    scena.porta_a("sottoscritto")
    assert "Scarica il file con tutte le 39 firme (.p7m)" in client.get(indirizzo).text
