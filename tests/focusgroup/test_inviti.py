"""The invitations: what the mails say to calendars, read by two independent libraries; who comes; quorum; moves."""

import email
from datetime import datetime, timedelta
from email import policy
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localtime
from icalendar import Calendar

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.models import Incarico, Ruolo
from accordo.iter.models import Evento
from accordo.rilievi.models import GenereFonte
from accordo.rilievi.servizi import DatiFonte, crea_rilievo
from focusgroup import attivita, collegamenti, interrogazioni, servizi
from focusgroup.models import Convocazione, Riunione
from focusgroup.quorum import numeri
from tests.fabbriche import EnteFactory, IncaricoFactory

pytestmark = pytest.mark.django_db

ROMA = ZoneInfo("Europe/Rome")
QUANDO = datetime(2099, 7, 8, 10, 0, tzinfo=ROMA)
LUOGO = "Palazzo Ducale, sala «Maria Luisa», cortile degli Svizzeri; città di Lucca, perché è più comoda"


@pytest.fixture
def convocata(riunione, coordina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(riunione, inizio=QUANDO, luogo=LUOGO, da=coordina)
        servizi.convoca_riunione(riunione, da=coordina)
    return riunione


def parti(messaggio):
    """The mail as it goes out, and its calendar part."""
    letto = email.message_from_bytes(messaggio.message().as_bytes(), policy=policy.default)
    [calendario] = [p for p in letto.walk() if p.get_content_type() == "text/calendar"]
    return letto, calendario


def per(indirizzo):
    [ultimo] = [m for m in mail.outbox if m.to == [indirizzo]][-1:]
    return ultimo


def voce(indirizzo):
    _, parte = parti(per(indirizzo))
    calendario = Calendar.from_ical(parte.get_payload(decode=True))
    [evento] = calendario.walk("VEVENT")
    return calendario, evento


def persona(scena, nome):
    return scena.agente(scena.persona(nome))


# ------------------------------------------------------------------------------------------ the message
def test_il_messaggio_ha_testo_invito_e_allegato(convocata):
    messaggio, parte = parti(per("rappresentante@example.invalid"))
    assert parte.get_param("method") == "REQUEST"
    assert parte.get_param("charset") == "utf-8"
    assert parte["content-transfer-encoding"] == "base64"
    assert messaggio.get_content_type() == "multipart/mixed"
    alternativa, allegato, _ = messaggio.iter_parts()
    assert [p.get_content_type() for p in alternativa.iter_parts()] == ["text/plain", "text/calendar"]
    assert (allegato.get_content_type(), allegato.get_filename()) == ("application/ics", "invito.ics")
    assert allegato.get_payload(decode=True) == parte.get_payload(decode=True)
    assert "08/07/2099, ore 10.00" in alternativa.get_body(("plain",)).get_content()


def test_le_righe_finiscono_in_crlf_e_stanno_in_75_byte(convocata):
    _, parte = parti(per("rappresentante@example.invalid"))
    testo = parte.get_payload(decode=True)
    assert testo.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in testo.replace(b"\r\n", b"")
    assert b"\r" not in testo.replace(b"\r\n", b"")
    righe = testo.split(b"\r\n")
    assert max(len(riga) for riga in righe) <= 75
    assert any(riga.startswith(b" ") for riga in righe)
    for riga in righe:
        riga.decode()  # never cut inside a letter


def test_due_librerie_leggono_la_stessa_voce(convocata):
    _, parte = parti(per("rappresentante@example.invalid"))
    testo = parte.get_payload(decode=True).decode()
    [uno] = Calendar.from_ical(testo).walk("VEVENT")
    due = vobject.readOne(testo).vevent
    assert uno["summary"] == due.summary.value == "Focus group: Piana di Lucca"
    assert uno["location"] == due.location.value == LUOGO
    assert uno["uid"] == due.uid.value == f"{convocata.uid}@accordo"
    assert uno.start == due.dtstart.value == QUANDO
    assert uno.end == due.dtend.value == QUANDO + timedelta(hours=2)
    assert int(due.sequence.value) == uno["sequence"] == 0
    assert "Criticità" in due.description.value
    assert due.organizer.value == str(uno["organizer"]) == "mailto:accordo@example.invalid"
    assert due.organizer.params["CN"] == ["Provincia di Prova"]
    assert due.attendee.value == "mailto:rappresentante@example.invalid"
    assert due.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
    assert due.attendee.params["RSVP"] == ["TRUE"]


def test_l_ora_e_quella_di_roma_anche_nella_regola(convocata):
    calendario, evento = voce("rappresentante@example.invalid")
    [fuso] = calendario.walk("VTIMEZONE")
    assert evento["dtstart"].params["TZID"] == fuso["tzid"] == "Europe/Rome"
    regola = fuso.to_tz()
    for anno in (2026, 2031, 2099):
        for mese in range(1, 13):
            for giorno in (1, 15, 28):
                momento = datetime(anno, mese, giorno, 10)
                assert momento.replace(tzinfo=regola).utcoffset() == momento.replace(tzinfo=ROMA).utcoffset()


def test_ognuno_legge_solo_il_proprio_nome(convocata):
    for messaggio in mail.outbox:
        _, parte = parti(messaggio)
        testo = parte.get_payload(decode=True).replace(b"\r\n ", b"").decode()
        [suo] = messaggio.to
        assert testo.count("ATTENDEE") == 1
        assert suo in testo
        altri = {m.to[0] for m in mail.outbox} - {suo}
        assert not any(f"mailto:{altro}" in testo for altro in altri)


def test_chi_rappresenta_e_atteso_il_referente_e_avvisato(convocata):
    _, evento = voce("rappresentante@example.invalid")
    assert evento["attendee"].params["ROLE"] == "REQ-PARTICIPANT"
    _, evento = voce("referente@example.invalid")
    assert evento["attendee"].params["ROLE"] == "NON-PARTICIPANT"
    assert evento["attendee"].params["RSVP"] == "FALSE"


# ------------------------------------------------------------------------------------------ moved, called off
def test_spostata_dopo_che_alcuni_hanno_accettato(
    scena, convocata, coordina, django_capture_on_commit_callbacks
):
    mia = convocata.convocazioni.get(ente=scena.ente_a)
    servizi.rispondi_convocazione(
        mia, "accettata", partecipante="Anna Prova", da=persona(scena, "rappresentante")
    )
    with pytest.raises(ErroreDominio, match="perché la riunione si sposta"):
        servizi.fissa_riunione(convocata, inizio=QUANDO + timedelta(days=1), luogo=LUOGO, da=coordina)
    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(
            convocata,
            inizio=QUANDO + timedelta(days=1),
            luogo=LUOGO,
            motivazione="Il prefetto è a Roma.",
            da=coordina,
        )
    fresca = Riunione.objects.get(pk=convocata.pk)
    calendario, evento = voce("rappresentante@example.invalid")
    assert calendario["method"] == "REQUEST"
    assert (evento["uid"], evento["sequence"]) == (f"{convocata.uid}@accordo", 1)
    assert evento.start == QUANDO + timedelta(days=1)
    assert evento["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
    corpo = per("rappresentante@example.invalid").body
    assert "Il prefetto è a Roma." in corpo
    assert f"Prima era: {localtime(QUANDO):%d/%m/%Y, ore %H.%M}. Di' di nuovo" in corpo
    assert fresca.convocazioni.filter(risposta="in_attesa").count() == 2
    assert fresca.convocazioni.get(ente=scena.ente_a).partecipante == "Anna Prova"
    assert Evento.objects.get(verbo="sposta_riunione").motivazione == "Il prefetto è a Roma."
    assert interrogazioni.motivo(fresca).motivazione == "Il prefetto è a Roma."


def test_un_collegamento_aggiunto_lascia_le_risposte(
    scena, convocata, coordina, django_capture_on_commit_callbacks
):
    """The entry in the calendars is brought up to date, and says what each body had said; nobody answers again."""
    mia = convocata.convocazioni.get(ente=scena.ente_a)
    servizi.rispondi_convocazione(
        mia, "accettata", partecipante="Anna Prova", da=persona(scena, "rappresentante")
    )
    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(
            convocata,
            inizio=QUANDO,
            luogo=LUOGO,
            collegamento="https://incontri.example/1",
            motivazione="Anche a distanza.",
            da=coordina,
        )
    assert convocata.convocazioni.get(ente=scena.ente_a).risposta == "accettata"
    _, evento = voce("rappresentante@example.invalid")
    assert (evento["sequence"], evento["attendee"].params["PARTSTAT"]) == (1, "ACCEPTED")
    assert "resta valida" in per("rappresentante@example.invalid").body


def test_cambiare_solo_l_ordine_del_giorno_non_disturba(
    scena, convocata, coordina, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(convocata, inizio=QUANDO, luogo=LUOGO, punti=["Uno", "Due"], da=coordina)
    assert mail.outbox == []
    assert Riunione.objects.get(pk=convocata.pk).sequenza == 0


def test_annullata_porta_chi_coordina_a_un_altra_riunione(scena, convocata, coordina, client):
    """The area has no meeting left: the to-do list and the page lead to another, its area chosen."""
    servizi.muovi_riunione(convocata, "annulla", motivazione="Neve.", da=coordina)
    client.force_login(scena.coordinatore)
    indirizzo = f"{reverse('focusgroup:nuova', args=['prova'])}?ambito={scena.ambito.codice}"
    pagina = client.get(convocata.get_absolute_url()).content.decode()
    assert indirizzo in pagina
    assert "Aggiungi al tuo calendario" not in pagina
    assert indirizzo in client.get(reverse("cruscotto:attivita", args=["prova"])).content.decode()
    assert client.get(indirizzo).context["form"]["ambito"].value() == scena.ambito.pk
    servizi.prepara_riunione(scena.accordo, scena.ambito, da=coordina)
    assert indirizzo not in client.get(reverse("cruscotto:attivita", args=["prova"])).content.decode()


def test_annullata_ritira_la_voce(scena, convocata, coordina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        servizi.muovi_riunione(convocata, "annulla", motivazione="Neve.", da=coordina)
    calendario, evento = voce("rappresentante@example.invalid")
    _, parte = parti(per("rappresentante@example.invalid"))
    assert calendario["method"] == parte.get_param("method") == "CANCEL"
    assert (evento["uid"], evento["sequence"]) == (f"{convocata.uid}@accordo", 1)
    assert evento["status"] == "CANCELLED"
    assert "Motivo: Neve." in per("rappresentante@example.invalid").body


def test_annullata_con_rilievi_restano_e_la_fonte_lo_dice(scena, convocata, coordina, client):
    fonte = DatiFonte(GenereFonte.RIUNIONE, convocata.titolo, str(convocata.pk))
    rilievo = crea_rilievo(
        scena.accordo,
        ambito=scena.ambito,
        tipo="criticita",
        testo="Manca luce.",
        obiettivi=["1"],
        fonti=[fonte],
        da=coordina,
    )
    servizi.muovi_riunione(convocata, "annulla", motivazione="Neve.", da=coordina)
    rinvio = collegamenti.punti(scena.accordo, coordina, [str(convocata.pk)])[str(convocata.pk)]
    assert rinvio.nota == "riunione annullata"
    client.force_login(scena.coordinatore)
    pagina = client.get(f"/accordi/prova/rilievi/{rilievo.numero}/").content.decode()
    assert "riunione annullata" in pagina


def test_nel_browser_spostare_chiede_perche_e_avverte_delle_sovrapposizioni(scena, convocata, client):
    client.force_login(scena.coordinatore)
    dati = {
        "giorno": "2099-08-15",
        "ora": "10:00",
        "durata_minuti": 120,
        "luogo": LUOGO,
        "ordine_del_giorno": "\n".join(p.titolo for p in convocata.punti.all()),
    }
    assert client.post(convocata.url("prepara"), dati).status_code == 422
    dati["motivazione"] = "Serve più tempo."
    avviso = client.post(convocata.url("prepara"), dati)
    assert avviso.status_code == 409
    # who confirms one day has not confirmed another
    altro = dati | {"giorno": "2099-12-25", "confermo": avviso.context["conferma"]}
    assert client.post(convocata.url("prepara"), altro).status_code == 409
    assert "Assunzione" in avviso.content.decode()
    assert Riunione.objects.get(pk=convocata.pk).inizio == QUANDO
    assert (
        client.post(convocata.url("prepara"), dati | {"confermo": avviso.context["conferma"]}).status_code
        == 302
    )
    assert Riunione.objects.get(pk=convocata.pk).sequenza == 1


# ------------------------------------------------------------------------------------------ who comes
def test_delega_con_atto_a_chi_non_ha_un_accesso(
    scena, convocata, client, django_capture_on_commit_callbacks
):
    client.force_login(scena.referente)
    dati = {
        "risposta": "accettata",
        "chi": "altra",
        "partecipante": "Ada Assessora",
        "qualifica": "Assessora",
        "email": "ada@example.invalid",
        "titolo": "delegato",
        "atto": "Decreto n. 12",
        "atto_file": SimpleUploadedFile("delega.pdf", b"%PDF-1.7 prova", "application/pdf"),
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(convocata.url("rispondi"), dati).status_code == 302
    mia = Convocazione.objects.get(riunione=convocata, ente=scena.ente_a)
    assert (mia.titolo, mia.atto, mia.atto_nome) == ("delegato", "Decreto n. 12", "delega.pdf")
    _, evento = voce("ada@example.invalid")
    assert evento["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert evento["attendee"].params["ROLE"] == "REQ-PARTICIPANT"
    # replaced by the mayor: the entry leaves her calendar
    dati = {"risposta": "accettata", "chi": scena.rappresentante.pk, "titolo": "delegato"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(convocata.url("rispondi"), dati).status_code == 302
    calendario, evento = voce("ada@example.invalid")
    assert calendario["method"] == "CANCEL"
    mia.refresh_from_db()
    assert (mia.titolo, mia.persona, mia.atto_nome) == ("rappresentante", scena.rappresentante, "")


def test_un_atto_che_non_e_un_pdf_e_rifiutato(scena, convocata, client):
    client.force_login(scena.referente)
    dati = {"risposta": "accettata", "chi": "altra", "partecipante": "Ada"}
    for nome, contenuto in (("delega.pdf", b"MZ nulla"), ("delega.exe", b"MZ"), ("delega.pdf", b"")):
        file = SimpleUploadedFile(nome, contenuto)
        assert client.post(convocata.url("rispondi"), dati | {"atto_file": file}).status_code == 422
    assert Convocazione.objects.get(riunione=convocata, ente=scena.ente_a).risposta == "in_attesa"


def test_forse_non_conta_per_il_quorum(scena, convocata):
    mia = convocata.convocazioni.get(ente=scena.ente_a)
    servizi.rispondi_convocazione(mia, "forse", da=persona(scena, "referente"))
    conto = numeri(convocata, interrogazioni.convocazioni(convocata))
    assert (conto.votanti, conto.quorum, conto.accettate, conto.forse) == (2, 2, 0, 1)
    assert not conto.raggiunto
    assert conto.possibile
    altra = convocata.convocazioni.get(ente=scena.ente_b)
    servizi.rispondi_convocazione(altra, "declinata", da=persona(scena, "referente_altro"))
    assert not numeri(convocata, interrogazioni.convocazioni(convocata)).possibile


def test_il_delegato_che_perde_l_incarico_e_segnalato(scena, convocata, client):
    mia = convocata.convocazioni.get(ente=scena.ente_a)
    chi = servizi.DatiPartecipante(nome="Referente Prova", persona=scena.referente, titolo="delegato")
    servizi.rispondi_convocazione(mia, "accettata", chi=chi, da=persona(scena, "rappresentante"))
    assert not interrogazioni.convocazioni(convocata).get(pk=mia.pk).decaduta
    Incarico.objects.filter(utente=scena.referente).update(concluso_il=orologio.adesso())
    assert interrogazioni.convocazioni(convocata).get(pk=mia.pk).decaduta
    client.force_login(scena.coordinatore)
    assert "Non ha più un incarico" in client.get(convocata.url()).content.decode()
    [compito] = attivita.focus_group(scena.accordo, persona(scena, "rappresentante"))
    assert compito.titolo == "Indica chi partecipa: Focus group: Piana di Lucca"
    with pytest.raises(ErroreDominio, match="non ha un incarico"):
        servizi.rispondi_convocazione(mia, "accettata", chi=chi, da=persona(scena, "rappresentante"))


def test_l_atto_lo_leggono_l_ente_e_chi_coordina(scena, convocata, client):
    mia = convocata.convocazioni.get(ente=scena.ente_a)
    chi = servizi.DatiPartecipante(
        nome="Ada", titolo="delegato", atto_file=ContentFile(b"%PDF-1.7 prova", name="../../delega.pdf")
    )
    servizi.rispondi_convocazione(mia, "accettata", chi=chi, da=persona(scena, "referente"))
    url = f"{convocata.url()}deleghe/{scena.ente_a.codice}/"
    for nome, atteso in (("coordinatore", 200), ("referente", 200), ("referente_altro", 404)):
        client.force_login(scena.persona(nome))
        risposta = client.get(url)
        assert risposta.status_code == atteso
        if atteso == 200:
            assert 'filename="delega.pdf"' in risposta["Content-Disposition"]
            risposta.close()


# ------------------------------------------------------------------------------------------ guests and quorum
def test_ospite_invitato_dopo_la_convocazione_risponde_e_non_conta(
    scena, convocata, coordina, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        servizi.imposta_convocati(
            convocata,
            indispensabili=[scena.ente_a.pk],
            ospiti=[scena.ente_osservatore.pk],
            quorum=2,
            da=coordina,
        )
    assert [m.to for m in mail.outbox] == [["osservatore@example.invalid"]]
    ospite = convocata.convocazioni.get(ente=scena.ente_osservatore)
    servizi.rispondi_convocazione(ospite, "accettata", partecipante="Olga", da=persona(scena, "osservatore"))
    conto = numeri(convocata, interrogazioni.convocazioni(convocata))
    assert (conto.votanti, conto.quorum, conto.accettate, conto.ospiti) == (2, 2, 0, 1)
    assert convocata.convocazioni.get(ente=scena.ente_a).indispensabile
    with django_capture_on_commit_callbacks(execute=True):
        servizi.imposta_convocati(convocata, indispensabili=[], ospiti=[], quorum=None, da=coordina)
    assert voce("osservatore@example.invalid")[0]["method"] == "CANCEL"


def test_quorum_impossibile_o_ospite_qualunque_rifiutati(scena, convocata, coordina):
    with pytest.raises(ErroreDominio, match="quorum"):
        servizi.imposta_convocati(convocata, indispensabili=[], ospiti=[], quorum=3, da=coordina)
    with pytest.raises(ErroreDominio, match="soggetto coinvolto"):
        servizi.imposta_convocati(
            convocata, indispensabili=[], ospiti=[EnteFactory().pk], quorum=None, da=coordina
        )


@pytest.mark.parametrize("quanti", [1, 4])
def test_convocare_fa_query_costanti(scena, riunione, coordina, django_assert_max_num_queries, quanti):
    for _ in range(quanti):
        ente = EnteFactory(ambito=scena.ambito)
        IncaricoFactory(ente=ente, ruolo=Ruolo.RAPPRESENTANTE)
        riunione.convocazioni.create(ente=ente)
    servizi.fissa_riunione(riunione, inizio=QUANDO, luogo=LUOGO, da=coordina)
    with django_assert_max_num_queries(26):
        servizi.convoca_riunione(riunione, da=coordina)
