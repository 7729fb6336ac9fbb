"""A section handed to a colleague: invited on the spot, that section and nothing else, until it is taken back."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import agenti_di
from accordo.enti.models import Incarico, Invito, Ruolo
from accordo.enti.servizi import accetta_invito
from accordo.iter.models import Evento
from questionari import servizi
from questionari.models import Affidamento
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db


@pytest.fixture
def aperto(scena: Scena) -> Scena:
    fabbriche.apri(scena)
    return scena


def _url(nome: str, *args: Any) -> str:
    return reverse(f"questionari:{nome}", args=["prova", *args])


def _di(utente: Any) -> Client:
    client = Client()
    client.force_login(utente)
    return client


def _affida(scena: Scena, sezione: int = 1, email: str = "") -> Affidamento:
    propria = fabbriche.compilazione(scena)
    return servizi.affida_sezione(
        propria,
        propria.questionario.struttura.sezioni[sezione],
        servizi.Collega(
            nome="Ida", cognome="Pardini", email=email or scena.senza_incarico.email, nota="Grazie"
        ),
        da=scena.agente(scena.referente),
    )


def test_chi_ha_gia_un_account_entra_subito(
    aperto: Scena, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _affida(aperto)
    assert any("Percezione" in m.subject and m.to == [aperto.senza_incarico.email] for m in mailoutbox)
    [agente] = agenti_di(aperto.senza_incarico)
    assert (agente.ente, agente.affidante) == (None, aperto.ente_a), "a colleague acts for no body"
    client = _di(aperto.senza_incarico)
    assert client.get("/attivita/").url == reverse("questionari:affidate")
    pagina = client.get(reverse("questionari:affidate")).text
    assert "Percezione e relazioni sociali" in pagina
    assert "Spazi urbani" not in pagina
    sezione = client.get(_url("sezione", "S2"))
    assert sezione.status_code == 200
    assert "Fenomeni osservati" not in sezione.text
    client.post(_url("domanda", "S2", "D06"), {"D06-rev": "0", "D06": "alto"}, headers={"HX-Request": "true"})
    assert fabbriche.compilazione(aperto).valori["D06"] == "alto"
    assert client.get(_url("storia", "D06")).status_code == 200


@pytest.mark.parametrize(
    ("nome", "args"),
    [
        ("questionario", ()),
        ("anteprima", ()),
        ("sezione", ("S1",)),
        ("sezione", ("S3",)),
        ("domanda", ("S3", "D12")),
        ("storia", ("D12",)),
        ("riepilogo", ()),
        ("risposte_pdf", ()),
        ("bianco_pdf", ()),
        ("colleghi", ()),
        ("invia_alla_convalida", ()),
        ("convalida", ()),
        ("ricevuta", ()),
        ("esiti", ()),
    ],
)
def test_vede_solo_la_sua_sezione(aperto: Scena, nome: str, args: tuple[str, ...]) -> None:
    _affida(aperto)
    assert _di(aperto.senza_incarico).get(_url(nome, *args)).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "iter:registro",
        "cruscotto:attivita",
        "cruscotto:cruscotto",
        "bozze:testo",
        "rilievi:quadro",
        "focusgroup:riunioni",
    ],
)
def test_non_vede_il_resto_dell_accordo(aperto: Scena, url: str) -> None:
    _affida(aperto)
    assert _di(aperto.senza_incarico).get(reverse(url, args=["prova"])).status_code == 404


def test_scrivere_altrove_non_si_puo(aperto: Scena) -> None:
    _affida(aperto)
    client = _di(aperto.senza_incarico)
    dati = {"D12-rev": "0", "D12-centro": "1", "D06-rev": "0", "D06": "alto"}
    assert client.post(_url("domanda", "S3", "D12"), dati).status_code == 404
    assert client.post(_url("domanda", "S2", "D12"), dati).status_code == 404, "another section's question"
    [agente] = agenti_di(aperto.senza_incarico)
    with pytest.raises(NonAutorizzato):
        servizi.salva_risposte(fabbriche.compilazione(aperto), {"D14": 3}, da=agente)
    with pytest.raises(NonAutorizzato):
        servizi.salva_risposte(fabbriche.compilazione(aperto), {"D06": "alto", "D14": 3}, da=agente)
    with pytest.raises(NonAutorizzato):
        servizi.salva_risposte(fabbriche.compilazione(aperto, aperto.ente_b), {"D06": "alto"}, da=agente)
    assert fabbriche.compilazione(aperto).valori == {}


def test_allegati_della_sua_sezione(aperto: Scena) -> None:
    propria, referente = fabbriche.compilazione(aperto), aperto.agente(aperto.referente)
    servizi.salva_risposte(propria, {"D10": "si", "D27": "si"}, da=referente)
    suo = servizi.allega(propria, "D11", SimpleUploadedFile("a.pdf", b"%PDF-1.7 a"), da=referente)
    altro = servizi.allega(propria, "D28", SimpleUploadedFile("b.pdf", b"%PDF-1.7 b"), da=referente)
    _affida(aperto)
    client = _di(aperto.senza_incarico)
    risposta = client.get(_url("allegato", suo.pk))
    assert risposta.status_code == 200
    risposta.close()
    assert client.get(_url("allegato", altro.pk)).status_code == 404


def test_chi_non_ha_un_account_e_invitato(
    aperto: Scena, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        affidamento = _affida(aperto, email="ida@example.invalid")
    assert affidamento.in_attesa
    assert affidamento.nome == "Ida Pardini"
    invito = next(m for m in mailoutbox if "Invito" in m.subject)
    gettone = invito.body.split("/inviti/")[-1].split("/invito/")[-1].split()[0].strip("/").split("/")[-1]
    ida = accetta_invito(gettone, "una-parola-lunga-9")
    assert _di(ida).get(_url("sezione", "S2")).status_code == 200
    _affida(aperto, 2, email="ida@example.invalid")
    assert _di(ida).get(_url("sezione", "S3")).status_code == 200
    assert Incarico.objects.filter(utente=ida, ruolo=Ruolo.COLLABORATORE).count() == 1


def test_ripresa_la_sezione_finisce_tutto(aperto: Scena) -> None:
    prima, seconda = _affida(aperto, 1), _affida(aperto, 2)
    referente = aperto.agente(aperto.referente)
    client = _di(aperto.senza_incarico)
    servizi.salva_risposte(
        fabbriche.compilazione(aperto), {"D06": "alto"}, da=agenti_di(aperto.senza_incarico)[0]
    )
    servizi.revoca_affidamento(prima, da=referente)
    assert client.get(_url("sezione", "S2")).status_code == 404
    assert client.get(_url("sezione", "S3")).status_code == 200
    servizi.revoca_affidamento(seconda, da=referente)
    risposta = client.post(
        _url("domanda", "S3", "D14"), {"D14-rev": "0", "D14": "3"}, headers={"HX-Request": "true"}
    )
    assert risposta.status_code == 404
    assert client.get(reverse("questionari:affidate")).status_code == 404
    assert not Incarico.objects.in_corso().filter(utente=aperto.senza_incarico).exists()
    assert fabbriche.compilazione(aperto).valori == {"D06": "alto"}, "what was written stays"
    with pytest.raises(StatoCambiato):
        servizi.revoca_affidamento(seconda, da=referente)
    assert Evento.objects.filter(verbo="riprende_sezione").count() == 2


def test_ripresa_prima_che_accetti_l_invito(aperto: Scena) -> None:
    affidamento = _affida(aperto, email="ida@example.invalid")
    servizi.revoca_affidamento(affidamento, da=aperto.agente(aperto.referente))
    assert Invito.objects.get(email="ida@example.invalid").annullato_il


def test_rifiuti(aperto: Scena) -> None:
    _affida(aperto)
    with pytest.raises(ErroreDominio, match="già questa sezione"):
        _affida(aperto)
    with pytest.raises(ErroreDominio, match="tutte le sezioni"):
        _affida(aperto, email=aperto.referente.email)
    propria = fabbriche.compilazione(aperto)
    for chi in (aperto.rappresentante, aperto.referente_altro, aperto.coordinatore):
        with pytest.raises(NonAutorizzato):
            servizi.affida_sezione(
                propria,
                propria.questionario.struttura.sezioni[1],
                servizi.Collega(nome="A", cognome="B", email="ab@example.invalid"),
                da=aperto.agente(chi),
            )


def test_chi_lavora_gia_per_un_altro_ente(aperto: Scena) -> None:
    """The referente of another body helps this one: as themselves they see their body, and here the section only."""
    _affida(aperto, email=aperto.referente_altro.email)
    client = _di(aperto.referente_altro)
    assert client.get(_url("sezione", "S3")).status_code == 200, "their own body's"
    client.post(reverse("enti:cambia_ente"), {"ente": aperto.ente_a.codice})
    assert client.get(_url("sezione", "S2")).status_code == 200
    assert client.get(_url("sezione", "S3")).status_code == 404


def test_la_pagina_del_referente(aperto: Scena, django_assert_max_num_queries: Any) -> None:
    _affida(aperto)
    client = _di(aperto.referente)
    for quanti in (1, 3):
        for n in range(quanti):
            _affida(aperto, n + 2, email=f"c{quanti}{n}@example.invalid")
        with django_assert_max_num_queries(9):
            pagina = client.get(_url("colleghi"))
    assert "Senza_incarico Prova" in pagina.text
    assert "non ha ancora accettato l" in pagina.text
    assert client.post(_url("colleghi"), {"sezione": "S9", "email": "x"}).status_code == 422


def test_il_rappresentante_puo_avere_una_sezione(aperto: Scena) -> None:
    _affida(aperto, email=aperto.rappresentante.email)
    client = _di(aperto.rappresentante)
    assert client.get(_url("sezione", "S2")).status_code == 200
    assert client.get(_url("sezione", "S3")).status_code == 302, "of the others the summary"
