"""The dossier travels with the invitation and its update: laid out once, for each only what they may read."""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from pypdf import PdfReader

from accordo.base import orologio, posta
from accordo.base.pdf import composizione
from accordo.iter.models import Partecipazione, StatoPartecipazione
from focusgroup import servizi
from tests.fabbriche import IncaricoFactory
from tests.focusgroup.test_inviti import parti, per
from tests.rilievi.fabbriche import RilievoFactory

pytestmark = pytest.mark.django_db

QUANDO = datetime(2099, 7, 8, 10, 0, tzinfo=ZoneInfo("Europe/Rome"))


def fascicolo(indirizzo):
    """The PDF that the last mail to this address carries; None if there is none."""
    letto, _ = parti(per(indirizzo))
    trovati = [p for p in letto.iter_attachments() if p.get_content_type() == "application/pdf"]
    return trovati[0] if trovati else None


def parole(parte):
    return "".join(p.extract_text() for p in PdfReader(BytesIO(parte.get_payload(decode=True))).pages)


@pytest.fixture
def convoca(scena, riunione, coordina, django_capture_on_commit_callbacks):
    def fai():
        with django_capture_on_commit_callbacks(execute=True):
            servizi.fissa_riunione(riunione, inizio=QUANDO, luogo="Palazzo Ducale", da=coordina)
            servizi.convoca_riunione(riunione, da=coordina)

    return fai


@pytest.fixture
def stampe(monkeypatch):
    """Every PDF that is laid out, as HTML."""
    fatte = []
    monkeypatch.setattr(
        composizione, "impagina", lambda html, *_: fatte.append(html) or f"%PDF {len(fatte)} %%EOF".encode()
    )
    return fatte


def test_testo_invito_e_fascicolo_in_un_messaggio(scena, convoca, stampa_vera):
    RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, testo="Manca la luce alla stazione.")
    convoca()
    messaggio, calendario = parti(per("rappresentante@example.invalid"))
    assert messaggio.get_content_type() == "multipart/mixed"
    alternativa, invito, pdf = messaggio.iter_parts()
    assert alternativa.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in alternativa.iter_parts()] == ["text/plain", "text/calendar"]
    assert calendario.get_param("method") == "REQUEST"
    assert invito.get_filename() == "invito.ics"
    assert pdf.get_filename() == "fascicolo-focus-group-piana-di-lucca.pdf"
    assert pdf.get_content_disposition() == "attachment"
    assert "Manca la luce alla stazione." in parole(pdf)
    assert "In allegato c'è il fascicolo" in alternativa.get_body(("plain",)).get_content()


def test_si_stampa_una_volta_sola_per_tutti(scena, convoca, stampe):
    convoca()
    assert len(mail.outbox) > 2
    assert len(stampe) == 1
    assert len(default_storage.listdir("posta")[1]) == 1
    assert all(fascicolo(m.to[0]) is not None for m in mail.outbox)


def test_anche_il_cambio_lo_porta_l_annullamento_no(
    scena, riunione, coordina, convoca, stampe, django_capture_on_commit_callbacks
):
    convoca()
    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(
            riunione,
            inizio=QUANDO + timedelta(days=1),
            luogo="Barga",
            motivazione="La sala è occupata.",
            da=coordina,
        )
    assert len(stampe) == 2
    assert "Barga" in stampe[1]
    _, calendario = parti(per("rappresentante@example.invalid"))
    assert calendario.get_param("method") == "REQUEST"
    assert fascicolo("rappresentante@example.invalid") is not None
    with django_capture_on_commit_callbacks(execute=True):
        servizi.muovi_riunione(riunione, "annulla", motivazione="Neve.", da=coordina)
    assert fascicolo("rappresentante@example.invalid") is None
    assert "fascicolo" not in per("rappresentante@example.invalid").body


def test_gli_ospiti_leggono_solo_cio_che_e_confermato(scena, riunione, coordina, convoca, stampe, client):
    for stato in ("proposto", "confermato"):
        RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato=stato, testo=f"Rilievo {stato}.")
    servizi.imposta_convocati(
        riunione, indispensabili=[], ospiti=[scena.ente_osservatore.pk], quorum=None, da=coordina
    )
    convoca()
    assert len(stampe) == 2
    [ospiti] = [html for html in stampe if "Rilievo proposto" not in html]
    assert "Rilievo confermato" in ospiti
    loro = fascicolo("osservatore@example.invalid").get_payload(decode=True)
    assert loro != fascicolo("referente@example.invalid").get_payload(decode=True)
    client.force_login(scena.osservatore)
    assert client.get(riunione.url("dossier")).content == loro
    assert len(stampe) == 2


def test_chi_agisce_anche_per_un_ente_convocato_legge_tutto(scena, riunione, coordina, convoca, stampe):
    servizi.imposta_convocati(
        riunione, indispensabili=[], ospiti=[scena.ente_osservatore.pk], quorum=None, da=coordina
    )
    IncaricoFactory(utente=scena.osservatore, ente=scena.ente_a, ruolo="osservatore")
    RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, testo="Ancora da confermare.")
    convoca()
    assert len(stampe) == 1
    assert "Ancora da confermare." in stampe[0]


def test_troppo_grande_c_e_il_collegamento(scena, riunione, convoca, stampe, monkeypatch):
    monkeypatch.setattr(posta, "MASSIMO_ALLEGATI", 5)
    convoca()
    assert fascicolo("rappresentante@example.invalid") is None
    testo = per("rappresentante@example.invalid").body
    assert "troppo grande per un messaggio" in testo
    assert riunione.url("dossier") in testo
    assert parti(per("rappresentante@example.invalid"))[1].get_param("method") == "REQUEST"


def test_se_la_stampa_non_riesce_l_invito_parte_lo_stesso(scena, riunione, convoca, monkeypatch):
    def rotta(*_):
        raise composizione.StampaFallita("manca un carattere")

    monkeypatch.setattr(composizione, "impagina", rotta)
    convoca()
    assert fascicolo("rappresentante@example.invalid") is None
    assert "lo scarichi dal portale" in per("rappresentante@example.invalid").body


def test_chi_ha_lasciato_l_accordo_sa_solo_che_la_riunione_non_si_tiene(
    scena, riunione, coordina, convoca, stampe, django_capture_on_commit_callbacks
):
    Partecipazione.objects.filter(ente=scena.ente_b).update(stato=StatoPartecipazione.NON_PARTECIPA)
    convoca()
    assert ["rappresentante_altro@example.invalid"] not in [m.to for m in mail.outbox]
    with django_capture_on_commit_callbacks(execute=True):
        servizi.muovi_riunione(riunione, "annulla", motivazione="Neve.", da=coordina)
    assert ["rappresentante_altro@example.invalid"] in [m.to for m in mail.outbox]


def test_gli_allegati_vecchi_si_buttano_e_un_messaggio_in_ritardo_lo_dice(convoca, stampe, settings):
    convoca()
    assert posta.svuota_allegati() == 0
    with orologio.fermo(orologio.adesso() + timedelta(days=31)):
        assert posta.svuota_allegati() == 1
    mail.outbox.clear()
    posta._spedisci.call(
        "x@example.invalid", "o", "Corpo.\n", "", "", [["a.pdf", "posta/sparito", "application/pdf"]]
    )
    assert "«a.pdf» non è più disponibile" in mail.outbox[0].body
