"""Dates added while the bodies answer, and the answers before the last: nothing that was said is lost."""

import pytest
from django.core import mail

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from focusgroup import attivita, interrogazioni, servizi
from focusgroup.servizi.sondaggio import senza_risposta
from tests.focusgroup.test_sondaggio import fra, risponde

pytestmark = pytest.mark.django_db


def test_ogni_risposta_resta_nella_storia(scena, aperto, client):
    risponde(scena, "referente", "si", "no", nota="Solo dopo le 11.")
    risponde(scena, "rappresentante", "no", "si")
    risponde(scena, "rappresentante", "no", "si", revisione=1)
    storia = interrogazioni.risposte_precedenti(aperto, scena.opzioni)
    assert [(p.chi, [v for _, v in p.valori], p.nota, p.insieme) for p in storia[scena.ente_a.pk]] == [
        ("Rappresentante Prova", ["No", "Sì"], "", True),
        ("Referente Prova", ["Sì", "No"], "Solo dopo le 11.", False),
    ]
    for chi, quante in (("coordinatore", True), ("referente", True), ("referente_altro", False)):
        client.force_login(scena.persona(chi))
        assert ("2 risposte precedenti" in client.get(aperto.url()).content.decode()) is quante


# ------------------------------------------------------------------------------------------ dates added while it runs
def aggiunge(scena, **quanto):
    nuova = servizi.DatiData(fra(**quanto), luogo="Barga")
    return servizi.aggiungi_date(scena.sondaggio, [nuova], da=scena.agente(scena.coordinatore))


def test_le_date_aggiunte_lasciano_le_risposte_e_avvisano_chi_ha_risposto(
    scena, aperto, client, django_capture_on_commit_callbacks
):
    risponde(scena, "referente", "si", "no", nota="Dopo le 11.")
    with django_capture_on_commit_callbacks(execute=True):
        [nuova] = aggiunge(scena, days=14)
    assert {m.to[0] for m in mail.outbox} == {"referente@example.invalid", "rappresentante@example.invalid"}
    assert "ci sono nuove date" in mail.outbox[0].subject
    tabella = interrogazioni.tabella(aperto)
    mia = next(r for r in tabella.enti if r.convocazione.ente == scena.ente_a)
    assert [p.valore if p else None for _, p in mia.valori] == ["si", "no", None]
    assert not mia.completa
    assert scena.ente_a in tabella.senza_risposta
    assert scena.ente_a in senza_risposta(aperto)
    client.force_login(scena.referente)
    assert "Mancano le date nuove" in client.get(aperto.url()).content.decode()
    form = client.get(aperto.url("date_rispondi")).context["form"]
    assert [form[f"data_{o.pk}"].value() for o in (*scena.opzioni, nuova)] == ["si", "no", None]
    scena.porta_a("focus_group")
    [compito] = attivita.focus_group(scena.accordo, scena.agente(scena.referente))
    assert compito.titolo.startswith("Di' se il tuo ente può anche nelle date nuove")
    risponde(scena, "referente", "si", "no", "si", revisione=1, nota="Dopo le 11.")
    assert scena.ente_a not in senza_risposta(aperto)


def test_date_aggiunte_che_non_vanno(scena, aperto):
    da = scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio, match="le date vengono dopo"):
        aggiunge(scena, days=4)
    uguale = servizi.DatiData(scena.opzioni[0].inizio)
    with pytest.raises(ErroreDominio, match="già fra quelle"):
        servizi.aggiungi_date(aperto, [uguale], da=da)
    with pytest.raises(ErroreDominio, match="al massimo 20"):
        servizi.aggiungi_date(aperto, [servizi.DatiData(fra(days=20, hours=n)) for n in range(19)], da=da)
    with pytest.raises(NonAutorizzato):
        servizi.aggiungi_date(aperto, [servizi.DatiData(fra(days=20))], da=scena.agente(scena.referente))
    with orologio.fermo(fra(days=6)), pytest.raises(ErroreDominio, match="prima dai più tempo"):
        aggiunge(scena, days=14)
    servizi.ritira_sondaggio(aperto, motivazione="Altro.", da=da)
    with pytest.raises(ErroreDominio, match="non è aperto"):
        aggiunge(scena, days=14)


def test_aggiungere_date_dal_browser_avverte_prima(scena, aperto, client):
    client.force_login(scena.coordinatore)
    assert client.get(aperto.url("date_aggiungi")).status_code == 200
    dati = {
        "giorno": "2099-08-15",
        "ora": "10:00",
        "durata_minuti": 90,
        "luogo": "Barga",
        "giorno_2": "2099-08-18",
    }
    assert client.post(aperto.url("date_aggiungi"), dati).status_code == 422
    dati["ora_2"] = "15:00"
    avviso = client.post(aperto.url("date_aggiungi"), dati)
    assert avviso.status_code == 409
    assert "Assunzione" in avviso.content.decode()
    assert aperto.opzioni.count() == 2
    dati["confermo"] = avviso.context["conferma"]
    assert client.post(aperto.url("date_aggiungi"), dati).status_code == 302
    assert aperto.opzioni.count() == 4
    risposta = client.get(aperto.url())
    assert "Aggiungi altre date" in risposta.content.decode()


def test_il_promemoria_arriva_a_chi_osserva_per_un_ospite(scena, aperto, django_capture_on_commit_callbacks):
    scena.riunione.convocazioni.create(ente=scena.ente_osservatore, ospite=True)
    for chi in ("referente", "referente_altro"):
        risponde(scena, chi, "si", "si")
    with orologio.fermo(fra(days=2)), django_capture_on_commit_callbacks(execute=True):
        assert servizi.ricorda_sondaggio(aperto, da=scena.agente(scena.coordinatore)) == 1
    assert [m.to for m in mail.outbox] == [["osservatore@example.invalid"]]
