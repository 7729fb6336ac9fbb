"""Meetings: called, answered, held, written, approved; and what must not work."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.base.parole import Parola
from focusgroup import attivita, avanzamento, interrogazioni, requisiti, servizi
from focusgroup.models import Riunione
from tests.fabbriche import EnteFactory, PartecipazioneFactory

pytestmark = pytest.mark.django_db


def _domani():
    return orologio.adesso() + timedelta(days=1)


def convocata(riunione, coordina) -> Riunione:
    servizi.fissa_riunione(riunione, inizio=_domani(), luogo="Palazzo Ducale", da=coordina)
    servizi.convoca_riunione(riunione, da=coordina)
    return riunione


def svolta(riunione, coordina, scena) -> Riunione:
    convocata(riunione, coordina)
    with orologio.fermo(orologio.adesso() + timedelta(days=1, hours=3)):
        servizi.registra_presenze(riunione, [scena.ente_a.pk], da=coordina)
        servizi.chiudi_riunione(riunione, da=coordina)
    return riunione


def scritta(riunione, coordina, scena) -> Riunione:
    svolta(riunione, coordina, scena)
    testi = {p.pk: (f"Si è parlato di {p.titolo}.", p.revisione) for p in riunione.punti.all()}
    assert servizi.scrivi_verbale(riunione, testi, da=coordina) == []
    return riunione


def test_avvia_prepara_una_riunione_per_ambito_una_volta_sola(scena, riunione, coordina):
    assert [c.ente for c in interrogazioni.convocazioni(riunione)] == [scena.ente_a, scena.ente_b]
    assert riunione.punti.count() == 4
    assert servizi.avvia_focus_group(scena.accordo, da=coordina) == []


def test_non_si_convoca_senza_data_e_luogo(riunione, coordina):
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.convoca_riunione(riunione, da=coordina)
    assert len(rifiuto.value.mancanze) == 2


def test_convocare_avvisa_gli_enti(scena, riunione, coordina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        convocata(riunione, coordina)
    destinatari = {m.to[0] for m in mail.outbox}
    assert destinatari == {
        f"{nome}@example.invalid"
        for nome in ("referente", "rappresentante", "referente_altro", "rappresentante_altro")
    }


def test_rispondere(scena, riunione, coordina):
    convocata(riunione, coordina)
    mia = riunione.convocazioni.get(ente=scena.ente_a)
    agente = scena.agente(scena.rappresentante)
    with pytest.raises(ErroreDominio, match="chi partecipa"):
        servizi.rispondi_convocazione(mia, "accettata", da=agente)
    servizi.rispondi_convocazione(mia, "accettata", partecipante="Anna Prova", da=agente)
    assert riunione.convocazioni.get(ente=scena.ente_a).risposta == "accettata"
    with pytest.raises(NonAutorizzato):
        servizi.rispondi_convocazione(mia, "declinata", da=scena.agente(scena.rappresentante_altro))


def test_spostata_gli_enti_rispondono_di_nuovo(scena, riunione, coordina, django_capture_on_commit_callbacks):
    convocata(riunione, coordina)
    mia = riunione.convocazioni.get(ente=scena.ente_a)
    servizi.rispondi_convocazione(mia, "accettata", partecipante="Anna", da=scena.agente(scena.referente))
    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(
            riunione,
            inizio=_domani() + timedelta(days=2),
            luogo="Altrove",
            motivazione="La sala è occupata.",
            da=coordina,
        )
    assert riunione.convocazioni.get(ente=scena.ente_a).risposta == "in_attesa"
    assert riunione.sequenza == 1
    assert len(mail.outbox) == 4


def test_non_si_chiude_prima_che_cominci_ne_senza_presenze(riunione, coordina):
    convocata(riunione, coordina)
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.chiudi_riunione(riunione, da=coordina)
    assert len(rifiuto.value.mancanze) == 2


def test_due_mani_sul_verbale_nulla_va_perso(scena, riunione, coordina):
    svolta(riunione, coordina, scena)
    primo = riunione.punti.first()
    assert servizi.scrivi_verbale(riunione, {primo.pk: ("Prima mano.", 0)}, da=coordina) == []
    [conflitto] = servizi.scrivi_verbale(riunione, {primo.pk: ("Seconda mano.", 0)}, da=coordina)
    assert (conflitto.punto.verbale, conflitto.mio) == ("Prima mano.", "Seconda mano.")
    assert riunione.punti.get(pk=primo.pk).verbale == "Prima mano."


def test_conflitto_dal_browser_mostra_i_due_testi(scena, riunione, coordina, client):
    svolta(riunione, coordina, scena)
    client.force_login(scena.coordinatore)
    url = riunione.url("verbale")
    dati = {}
    for punto in riunione.punti.all():
        dati |= {f"testo_{punto.pk}": "La mia versione.", f"revisione_{punto.pk}": punto.revisione}
    primo = riunione.punti.first()
    servizi.scrivi_verbale(riunione, {primo.pk: ("La versione di un altro.", 0)}, da=coordina)
    risposta = client.post(url, dati)
    assert risposta.status_code == 409
    testo = risposta.content.decode()
    assert "La mia versione." in testo
    assert "La versione di un altro." in testo
    nuovi = {c.name: c.value() for c in risposta.context["form"]}
    assert client.post(url, nuovi).status_code == 302
    assert riunione.punti.get(pk=primo.pk).verbale == "La mia versione."


def test_verbale_incompleto_non_si_pubblica(scena, riunione, coordina):
    svolta(riunione, coordina, scena)
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.pubblica_verbale(riunione, da=coordina)
    assert len(rifiuto.value.mancanze) == 4


def test_approvato_si_congela(scena, riunione, coordina):
    scritta(riunione, coordina, scena)
    servizi.pubblica_verbale(riunione, da=coordina)
    servizi.approva_verbale(riunione, motivazione="Tutti l'hanno letto.", da=coordina)
    fresca = Riunione.objects.get(pk=riunione.pk)
    assert fresca.impronta == impronta(servizi.contenuto_verbale(fresca))
    with pytest.raises(ErroreDominio, match="riaperto"):
        servizi.scrivi_verbale(fresca, {}, da=coordina)
    with pytest.raises(ErroreDominio):
        servizi.registra_presenze(fresca, [], da=coordina)
    assert list(requisiti.verbali_approvati(scena.accordo)) == []


def test_manca_il_verbale_di_un_ambito(scena, riunione):
    altro = EnteFactory(ambito__nome="Versilia", ambito__ordine=9999)
    PartecipazioneFactory(accordo=scena.accordo, ente=altro)
    mancanze = list(requisiti.verbali_approvati(scena.accordo))
    assert [m.testo for m in mancanze] == [
        "Manca il verbale approvato: Piana di Lucca.",
        "Manca il verbale approvato: Versilia.",
    ]
    assert all(m.superabile for m in mancanze)


def test_chi_vede_la_riunione(scena, riunione, coordina):
    def vede(chi):
        return interrogazioni.visibili_a(scena.agente(scena.persona(chi)), scena.accordo).exists()

    assert vede("coordinatore")
    assert not vede("referente")
    convocata(riunione, coordina)
    assert vede("referente")
    assert not vede("osservatore")
    assert not vede("coordinatore_altro")


def test_un_ente_di_un_altro_ambito_legge_solo_il_verbale_approvato(scena, riunione, coordina, client):
    scritta(riunione, coordina, scena)
    client.force_login(scena.osservatore)
    assert client.get(riunione.url()).status_code == 404
    servizi.pubblica_verbale(riunione, da=coordina)
    assert client.get(riunione.url()).status_code == 404
    servizi.approva_verbale(riunione, motivazione="Tutti l'hanno letto.", da=coordina)
    assert client.get(riunione.url()).status_code == 200


def test_avanzamento(scena, riunione, coordina):
    scena.porta_a("questionario")
    assert avanzamento.focus_group(scena.accordo)[scena.ente_a.pk] == Parola.PIU_AVANTI
    scena.porta_a("focus_group")
    assert avanzamento.focus_group(scena.accordo)[scena.ente_a.pk] == Parola.DA_FARE
    svolta(riunione, coordina, scena)
    parole = avanzamento.focus_group(scena.accordo)
    assert (parole[scena.ente_a.pk], parole[scena.ente_b.pk]) == (Parola.FATTO, Parola.NON_FATTO)
    assert parole[scena.provincia.pk] == Parola.NON_PREVISTO


def test_attivita(scena, riunione, coordina):
    def titoli(chi):
        return [a.titolo for a in attivita.focus_group(scena.accordo, scena.agente(scena.persona(chi)))]

    assert titoli("coordinatore") == ["Convoca il focus group: Piana di Lucca"]
    assert titoli("referente") == []
    convocata(riunione, coordina)
    assert titoli("referente") == ["Rispondi alla convocazione: Focus group: Piana di Lucca"]
    assert titoli("osservatore") == []


def test_annullare_vuole_un_motivo(riunione, coordina):
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.muovi_riunione(riunione, "annulla", da=coordina)
    servizi.muovi_riunione(riunione, "annulla", da=coordina, motivazione="Neve.")
    assert riunione.stato == "annullata"


def test_calendario(scena, riunione, coordina, client):
    convocata(riunione, coordina)
    client.force_login(scena.referente)
    risposta = client.get(riunione.url("ics"))
    [voce] = Calendar.from_ical(risposta.content).walk("VEVENT")
    assert voce["uid"] == f"{riunione.uid}@accordo"
    assert voce.start == riunione.inizio.replace(microsecond=0)
    assert voce["location"] == "Palazzo Ducale"


def test_verbale_in_pdf(scena, riunione, coordina, client):
    scritta(riunione, coordina, scena)
    client.force_login(scena.referente)
    assert client.get(riunione.url("verbale_pdf")).status_code == 404
    servizi.pubblica_verbale(riunione, da=coordina)
    risposta = client.get(riunione.url("verbale_pdf"))
    assert risposta.content.startswith(b"%PDF-")


@pytest.mark.parametrize("quanti", [1, 3])
def test_elenco_query_costanti(scena, coordina, client, django_assert_num_queries, quanti):
    for _ in range(quanti):
        ente = EnteFactory()
        PartecipazioneFactory(accordo=scena.accordo, ente=ente)
        servizi.prepara_riunione(scena.accordo, ente.ambito, da=coordina)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(9):
        assert client.get(reverse("focusgroup:riunioni", args=["prova"])).status_code == 200


@pytest.mark.parametrize("quanti", [1, 3])
def test_riunione_query_costanti(scena, coordina, client, django_assert_num_queries, quanti):
    for _ in range(quanti):
        PartecipazioneFactory(accordo=scena.accordo, ente=EnteFactory(ambito=scena.ambito))
    [riunione] = servizi.avvia_focus_group(scena.accordo, da=coordina)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(15):
        assert client.get(riunione.url()).status_code == 200


def test_giro_completo_dal_browser(scena, riunione, coordina, client):
    client.force_login(scena.coordinatore)
    giorno = _domani()
    dati = {
        "giorno": giorno.date().isoformat(),
        "ora": "10:00",
        "durata_minuti": 90,
        "luogo": "",
        "collegamento": "",
        "ordine_del_giorno": "Uno\nDue",
    }
    senza_luogo = client.post(riunione.url("prepara"), dati)
    assert senza_luogo.status_code == 422
    assert "Scrivi il luogo" in senza_luogo.content.decode()
    assert client.post(riunione.url("prepara"), dati | {"luogo": "Lucca"}).status_code == 302
    assert [p.titolo for p in riunione.punti.all()] == ["Uno", "Due"]
    convoca = reverse("focusgroup:passo", args=["prova", riunione.pk, "convoca"])
    assert "Gli enti dell" in client.get(convoca).content.decode()
    assert client.post(convoca).status_code == 302
    client.force_login(scena.rappresentante)
    assert client.post(riunione.url("rispondi"), {"risposta": "accettata"}).status_code == 422
    assert (
        client.post(riunione.url("rispondi"), {"risposta": "accettata", "partecipante": "Io"}).status_code
        == 302
    )
    client.force_login(scena.coordinatore)
    mia = riunione.convocazioni.get(ente=scena.ente_a)
    arrivo = reverse("focusgroup:presenza", args=["prova", riunione.pk, mia.pk])
    assert client.post(arrivo, {"azione": "arrivo"}).status_code == 302
    obiettivo = scena.accordo.obiettivi.get(codice="1")
    rilievo = {
        "tipo": "forza",
        "testo": "Emerso qui.",
        "ambito": scena.ambito.pk,
        "obiettivi": [obiettivo.pk],
    }
    assert client.post(riunione.url("nuovo_rilievo"), rilievo).status_code == 302
    assert "Emerso qui." in client.get(riunione.url()).content.decode()
