"""Answers that came on paper or by certified mail: typed in by who coordinates, marked, and never over a body's own."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.iter.models import Evento
from accordo.iter.registro import verifica
from questionari import servizi
from questionari.models import Compilazione, Risposta, Trascrizione, VersioneRisposta
from questionari.servizi import ricevute
from questionari.verifica import controlla, leggi
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest.fixture
def coordinatore(client: Client, scena: Scena) -> Client:
    fabbriche.apri(scena)
    client.force_login(scena.coordinatore)
    return client


def _documento(nome: str = "risposte.pdf", contenuto: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto)


def _arrivo(**altri: Any) -> servizi.Arrivo:
    return servizi.Arrivo(
        **{
            "origine": "pec",
            "protocollo": "1234/2026",
            "arrivata_il": orologio.oggi(),
            "firmata_da": "Mario Sindaco",
            "motivo": "Il comune non ha personale per il portale.",
        }
        | altri
    )


def _comincia(scena: Scena, **altri: Any) -> Compilazione:
    compilazione = fabbriche.compilazione(scena)
    da = scena.agente(scena.coordinatore)
    servizi.comincia_trascrizione(compilazione, _arrivo(**altri), _documento(), da=da)
    return compilazione


def _riporta(scena: Scena, risposte: dict[str, Any]) -> None:
    da = scena.agente(scena.coordinatore)
    with servizi.in_trascrizione(da, scena.accordo.slug, scena.ente_a.codice) as compilazione:
        servizi.salva_risposte(compilazione, risposte, da=da)


def _url(scena: Scena, nome: str, *args: Any) -> str:
    return reverse(f"questionari:{nome}", args=[scena.accordo.slug, scena.ente_a.codice, *args])


def test_dal_documento_alla_ricevuta_in_pagina(
    scena: Scena, coordinatore: Client, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(ricevute, "stampa_ricevuta", lambda invio: b"%PDF-finta")
    url = _url(scena, "trascrivi")
    assert "Conserva il documento" in coordinatore.get(url).content.decode()
    dati = {
        "origine": "pec",
        "arrivata_il": orologio.oggi().isoformat(),
        "protocollo": "",
        "firmata_da": "Mario Sindaco",
        "in_qualita_di": "Sindaco",
        "motivo": "Il comune non ha personale per il portale.",
        "file": _documento(),
    }
    senza = coordinatore.post(url, dati)
    assert senza.status_code == 422
    assert "Indica il protocollo" in senza.content.decode()
    falso = dati | {"protocollo": "1234/2026", "file": _documento("risposte.pdf", b"MZ\x90\x00")}
    assert "di un altro tipo" in coordinatore.post(url, falso).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        fatto = coordinatore.post(url, dati | {"protocollo": "1234/2026", "file": _documento()})
    assert fatto.status_code == 302
    assert "trascrive le vostre risposte" in mail.outbox[-1].subject
    assert "Riporta le risposte" in coordinatore.get(url).content.decode()

    compilazione = fabbriche.compilazione(scena)
    struttura = compilazione.questionario.struttura
    sezione = struttura.sezioni[0]
    in_sezione = _url(scena, "trascrivi_sezione", sezione.codice)
    pagina = coordinatore.get(in_sezione).content.decode()
    assert (
        'hx-trigger="salva"' not in pagina
    )  # its buttons do the work: nothing is saved to the body's own address
    assert coordinatore.post(in_sezione, {"D05-rev": "0", "D05": "Trenta parole"}).status_code == 302
    scritta = Risposta.objects.get(compilazione=compilazione, domanda="D05")
    assert (scritta.trascritta, scritta.chi) == (True, scena.coordinatore)

    # what the paper leaves open wants a reason; with it, the sending says everywhere how it came
    invia = _url(scena, "invia_trascrizione")
    assert coordinatore.post(invia, {"motivazione": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert coordinatore.post(invia, {"motivazione": "È arrivato così."}).status_code == 302
    invio = compilazione.invii.get()
    assert invio.trascritto is not None
    assert (invio.da_nome, invio.in_qualita_di, invio.da) == (
        "Mario Sindaco",
        "Sindaco",
        scena.coordinatore,
    )
    assert invio.trascritto["da"] == str(scena.coordinatore)
    assert invio.trascritto["nota"] == "È arrivato così."
    assert invio.dati["da"] == "Mario Sindaco"
    assert controlla(leggi(invio.canonico.encode())).invio == invio
    evento = Evento.objects.get(verbo="invia_trascrizione")
    assert evento.motivazione == "È arrivato così."
    assert evento.dati["firmata_da"] == "Mario Sindaco"
    assert len(evento.dati["mancava"]) > 1
    assert verifica(scena.accordo) is None
    dell_ente = coordinatore.get(_url(scena, "ente")).content.decode()
    assert "non scritte dall" in dell_ente
    assert (
        "da carta o PEC"
        in coordinatore.get(reverse("questionari:questionario", args=[scena.accordo.slug])).content.decode()
    )
    assert coordinatore.get(_url(scena, "ricevuta_ente", 1)).status_code == 200
    pubblica = Client().get(
        reverse("questionari:verifica", args=[scena.accordo.slug]), {"impronta": invio.impronta}
    )
    assert "le ha riportate sul portale Provincia di Prova" in pubblica.content.decode()

    # the body reads it, with its document; nobody else does
    propria = Client()
    propria.force_login(scena.rappresentante)
    ricevuta = propria.get(reverse("questionari:ricevuta", args=[scena.accordo.slug])).content.decode()
    assert "Mario Sindaco" in ricevuta
    assert "non scritte dall" in ricevuta
    documento = reverse(
        "questionari:documento_trascrizione", args=[scena.accordo.slug, Trascrizione.objects.get().pk]
    )
    assert propria.get(documento).status_code == 200
    altro = Client()
    altro.force_login(scena.rappresentante_altro)
    assert altro.get(documento).status_code == 404


def test_non_copre_le_risposte_dell_ente(scena: Scena, coordinatore: Client) -> None:
    servizi.salva_risposte(fabbriche.compilazione(scena), {"D05": "Nostra"}, da=scena.agente(scena.referente))
    with pytest.raises(ErroreDominio) as errore:
        _comincia(scena)
    assert "restano sue" in errore.value.mancanze[0].testo
    assert not Trascrizione.objects.exists()
    pagina = coordinatore.get(_url(scena, "trascrivi")).content.decode()
    assert "restano sue" in pagina
    assert "Conserva il documento" not in pagina


def test_l_ente_riprende_e_nessuno_gli_scrive_sopra(scena: Scena, coordinatore: Client) -> None:
    _comincia(scena)
    _riporta(scena, {"D05": "Dal documento"})
    referente = scena.agente(scena.referente)
    with pytest.raises(StatoCambiato):  # two hands on one answer: never
        servizi.salva_risposte(fabbriche.compilazione(scena), {"D05": "Nostra"}, da=referente)
    assert not servizi.da_sollecitare(fabbriche.compilazione(scena).questionario).filter(ente=scena.ente_a)
    propria = Client()
    propria.force_login(scena.referente)
    pagina = propria.get(reverse("questionari:questionario", args=[scena.accordo.slug])).content.decode()
    assert "Rispondete voi sul portale" in pagina
    riprendi = reverse("questionari:riprendi_compilazione", args=[scena.accordo.slug])
    assert propria.post(riprendi).status_code == 302
    assert propria.post(riprendi).status_code == 409  # a double press
    with pytest.raises(StatoCambiato):
        _riporta(scena, {"D05": "Ancora dal documento"})
    in_ritardo = coordinatore.post(
        _url(scena, "trascrivi_sezione", "S1"), {"D05-rev": "1", "D05": "Scritto per un'ora"}
    )
    assert in_ritardo.status_code == 409
    assert "Scritto per un" in in_ritardo.content.decode()  # what was typed is not lost
    ripresa = fabbriche.compilazione(scena)
    assert (ripresa.stato, ripresa.valori) == ("in_compilazione", {"D05": "Dal documento"})
    servizi.salva_risposte(ripresa, {"D05": "Nostra"}, da=referente)
    assert [v.trascritta for v in VersioneRisposta.objects.order_by("revisione")] == [True, False]
    with pytest.raises(ErroreDominio):  # from now on it is theirs
        _comincia(scena)


@pytest.mark.parametrize(
    ("giorni", "in_ritardo"), [(1, False), (0, True)], ids=["in tempo", "dopo il termine"]
)
def test_chi_ha_risposto_dopo_il_termine_si_registra_con_una_motivazione(
    scena: Scena, coordinatore: Client, giorni: int, in_ritardo: bool
) -> None:
    """What counts is the day on which the document came, not the one on which it is typed in."""
    oggi = orologio.oggi()
    scena.scadenza("questionario", oggi - timedelta(days=1))
    _comincia(scena, arrivata_il=oggi - timedelta(days=giorni))
    compilazione = fabbriche.compilazione(scena)
    _riporta(scena, fabbriche.risposte_complete(compilazione.questionario.struttura))
    da = scena.agente(scena.coordinatore)
    if in_ritardo:
        with pytest.raises(ErroreDominio, match="motivazione"):
            servizi.invia_trascrizione(fabbriche.compilazione(scena), da=da)
        assert fabbriche.compilazione(scena).stato == "in_trascrizione"
    motivo = "La neve ha fermato la posta." if in_ritardo else ""
    servizi.invia_trascrizione(fabbriche.compilazione(scena), da=da, motivazione=motivo)
    evento = Evento.objects.get(verbo="invia_trascrizione")
    assert evento.motivazione == motivo


def test_lasciata_mette_da_parte(scena: Scena, coordinatore: Client) -> None:
    _comincia(scena, origine="carta", protocollo="")
    _riporta(scena, {"D05": "Di un altro comune"})
    url = _url(scena, "lascia_trascrizione")
    assert coordinatore.post(url, {"motivazione": ""}).status_code == 422
    assert coordinatore.post(url, {"motivazione": "Era di un altro comune."}).status_code == 302
    lasciata = fabbriche.compilazione(scena)
    assert lasciata.stato == "in_compilazione"
    assert lasciata.risposte.get().valore is None
    assert VersioneRisposta.objects.filter(valore="Di un altro comune").exists()
    _comincia(scena)  # and again, from the right document
    assert Trascrizione.objects.filter(lasciata_il=None).count() == 1


def test_correggere_quello_che_si_e_riportato(scena: Scena, coordinatore: Client) -> None:
    compilazione = _comincia(scena)
    tutte = fabbriche.risposte_complete(compilazione.questionario.struttura)
    _riporta(scena, tutte)
    da = scena.agente(scena.coordinatore)
    primo = servizi.invia_trascrizione(fabbriche.compilazione(scena), da=da)
    assert primo.trascritto is not None
    assert (
        coordinatore.post(
            _url(scena, "correggi_trascrizione"), {"motivazione": "Un numero letto male."}
        ).status_code
        == 302
    )
    _riporta(scena, {"D03": 77})
    secondo = servizi.invia_trascrizione(fabbriche.compilazione(scena), da=da)
    assert (primo.numero, secondo.numero) == (1, 2)
    assert primo.dati["risposte"]["D03"] != secondo.dati["risposte"]["D03"] == 77
    assert secondo.trascritto is not None
    assert secondo.trascritto["motivo"] == "Un numero letto male."
    assert secondo.trascritto["documento"] == primo.trascritto["documento"]
    # once the body has answered by itself, what it sent is the body's to change
    servizi.riapri(fabbriche.compilazione(scena), da=da, motivazione="Lo chiede l'ente.")
    servizi.salva_risposte(fabbriche.compilazione(scena), {"D03": 5}, da=scena.agente(scena.referente))
    servizi.invia_alla_convalida(fabbriche.compilazione(scena), da=scena.agente(scena.referente))
    terzo = servizi.convalida_e_invia(fabbriche.compilazione(scena), da=scena.agente(scena.rappresentante))
    assert terzo.trascritto is None
    with pytest.raises(ErroreDominio):
        servizi.correggi_trascrizione(fabbriche.compilazione(scena), da=da, motivazione="No.")


def test_solo_chi_coordina_e_solo_con_un_documento(scena: Scena, coordinatore: Client) -> None:
    for chi in (scena.referente, scena.rappresentante, scena.coordinatore_altro):
        with pytest.raises(NonAutorizzato):
            servizi.comincia_trascrizione(
                fabbriche.compilazione(scena), _arrivo(), _documento(), da=scena.agente(chi)
            )
    da = scena.agente(scena.coordinatore)
    for sbagliato, documento in (
        ({"firmata_da": " "}, _documento()),
        ({"protocollo": ""}, _documento()),
        ({"arrivata_il": orologio.oggi().replace(year=2999)}, _documento()),
        ({}, _documento("risposte.exe")),
        ({}, _documento("posta.eml", b"\x00\x01")),
        ({"motivo": " "}, _documento()),
    ):
        with pytest.raises(ErroreDominio):
            servizi.comincia_trascrizione(
                fabbriche.compilazione(scena), _arrivo(**sbagliato), documento, da=da
            )
    assert not Trascrizione.objects.exists()
    posta = _documento(
        "posta.eml", b"Received: from pec.example.invalid\r\nFrom: comune@pec.example.invalid\r\n\r\nCiao"
    )
    servizi.comincia_trascrizione(fabbriche.compilazione(scena), _arrivo(), posta, da=da)


def test_la_ricevuta_stampata_lo_dice(scena: Scena, coordinatore: Client) -> None:
    from django.template.loader import render_to_string

    _comincia(scena)
    invio = servizi.invia_trascrizione(
        fabbriche.compilazione(scena), da=scena.agente(scena.coordinatore), motivazione="Incompleto."
    )
    testo = render_to_string(
        "questionari/stampa/ricevuta.html",
        {
            "accordo": scena.accordo,
            "compilazione": invio.compilazione,
            "invio": invio,
            "trascritto": invio.trascritto,
            "questionario": invio.dati["questionario"],
            "sezioni": [],
        },
    )
    assert "Risposte riportate dalla segreteria" in testo
    assert "Documento firmato da" in testo
    assert "1234/2026" in testo
