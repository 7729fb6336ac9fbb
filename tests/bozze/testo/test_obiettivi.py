"""A disposition cites objectives by itself: part of the text, in undo and history, on paper, in the table of findings."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from accordo.base.errori import ErroreDominio
from accordo.iter.models import Evento
from accordo.rilievi import interrogazioni as rilievi
from accordo.rilievi.models import Obiettivo, Rilievo
from bozze.carte.da_word import da_word
from bozze.interrogazioni import testo as interrogazioni
from bozze.models import Citazione, NodoBozza
from bozze.servizi import testo as servizi
from bozze.testo.albero import Testo
from tests.bozze.testo.fabbriche import BREVE
from tests.bozze.testo.test_akn import valido

pytestmark = pytest.mark.django_db
IN_LUOGO = {"headers": {"X-Redazione": "1"}}


@pytest.fixture
def chi(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def scritta(scena, chi, client):
    scena.porta_a("bozza")
    Obiettivo.objects.filter(accordo=scena.accordo).delete()
    for numero, codice in enumerate(["1", "1.1", "1.2", "2", "10"]):
        sopra = Obiettivo.objects.filter(accordo=scena.accordo, codice=codice.split(".")[0]).first()
        Obiettivo.objects.create(
            accordo=scena.accordo, codice=codice, testo=f"cosa {codice}", genitore=sopra, ordine=numero
        )
    servizi.carica_testo(scena.accordo, BREVE, da=chi, spazio="prova")
    client.force_login(scena.coordinatore)
    return scena


def _nodo(inizio="L'accordo dura"):
    return NodoBozza.objects.get(testo__startswith=inizio)


def _url(nome, scena, *altro):
    return reverse(f"bozze:{nome}", args=[scena.accordo.slug, *altro])


def _cita(scena, chi, *codici, **altro):
    return servizi.cita_obiettivi(scena.accordo, _nodo().codice, aggiungi=codici, da=chi, **altro)


def test_cita_toglie_annulla_e_ripete(scritta, chi):
    assert _cita(scritta, chi, "10", "2", "1.1").obiettivi == ["1.1", "2", "10"]
    conta = interrogazioni.bozza_di(scritta.accordo).conta
    _cita(scritta, chi, "2")
    assert interrogazioni.bozza_di(scritta.accordo).conta == conta, "said already: nothing happens"
    servizi.cita_obiettivi(scritta.accordo, _nodo().codice, togli=["2", "99"], da=chi)
    assert _nodo().obiettivi == ["1.1", "10"]
    assert Evento.objects.filter(verbo="cita_obiettivi").count() == 2
    servizi.annulla_ultima(scritta.accordo, da=chi)
    assert _nodo().obiettivi == ["1.1", "2", "10"]
    servizi.annulla_ultima(scritta.accordo, da=chi)
    assert _nodo().obiettivi == []
    servizi.ripeti_ultima(scritta.accordo, da=chi)
    assert _nodo().obiettivi == ["1.1", "2", "10"]
    assert _nodo().revisione == 0, "the words are as they were: nobody who writes in it is disturbed"
    with pytest.raises(ErroreDominio, match=r"non ha l'obiettivo 7\.7"):
        _cita(scritta, chi, "7.7")


def test_dal_pannello_e_senza_javascript(scritta, client):
    url = _url("obiettivi_citati", scritta, _nodo().codice)
    scheda = _url("scheda", scritta, _nodo().codice)
    assert "Non cita direttamente nessun obiettivo" in client.get(scheda).content.decode()
    risposta = client.post(url, {"aggiungi": "1.2"}, follow=True)
    assert risposta.redirect_chain == [(scheda, 302)]
    pagina = risposta.content.decode()
    assert "Togli<span" in pagina
    assert "ha cambiato gli obiettivi" in pagina
    assert "Ripristina questo testo" not in pagina.split("ha cambiato gli obiettivi")[1].split("</li>")[0]
    assert '<option value="1.2">' not in pagina
    assert "ha cambiato gli obiettivi" in client.get(_url("storia_bozza", scritta)).content.decode()
    risposta = client.post(url, {"togli": "1.2"}, **IN_LUOGO)
    assert "Obiettivo 1.2 tolto." in risposta.content.decode()
    assert client.post(url, {"aggiungi": "boh"}, **IN_LUOGO).status_code in {400, 409, 422}
    assert _nodo().obiettivi == []


def test_resta_nel_json_nelle_versioni_e_sulla_carta(scritta, chi, client):
    _cita(scritta, chi, "1.2")
    versione = servizi.pubblica_versione(scritta.accordo, motivazione="Prova.", da=chi)
    nodo = versione.albero.trova(str(_nodo().codice))
    assert nodo.obiettivi == ("1.2",)
    assert versione.integra
    scaricato = client.get(_url("versione_json", scritta, 1)).content
    assert Testo.da_dati(json.loads(scaricato)).in_json() == versione.albero.in_json()
    pagina = client.get(versione.get_absolute_url(), {"apri": nodo.id}).content.decode()
    assert "Obiettivo 1.2" in pagina
    assert "Da dove viene, in PDF" in pagina
    pdf = PdfReader(BytesIO(client.get(_url("provenienza_pdf", scritta, 1)).content))
    assert "Obiettivo 1.2: cosa 1.2" in " ".join(" ".join(p.extract_text().split()) for p in pdf.pages)
    # the same in Word, as comments beside the very words of the text; and in Akoma Ntoso, as part of the version
    rilievo = Rilievo.objects.create(
        accordo=scritta.accordo, numero=4, ambito=scritta.ambito, tipo="criticita", testo="Mancano dati.",
        stato="confermato", creato_da=scritta.coordinatore,
    )  # fmt: skip
    servizi.cita_rilievi(scritta.accordo, nodo.id, [rilievo], da=chi)
    url = _url("versione_word", scritta, 1)
    assert f'{url}?da-dove-viene=si">in Word' in pagina
    word, semplice = client.get(f"{url}?da-dove-viene=si").content, client.get(url).content
    [commento] = Document(BytesIO(word)).comments
    assert commento.text.splitlines()[1:] == ["Obiettivo 1.2: cosa 1.2"]
    assert "4" in commento.text.splitlines()[0]
    assert "«Mancano dati.»" in commento.text.splitlines()[0]
    assert da_word(word).testo == da_word(semplice).testo
    assert list(Document(BytesIO(semplice)).comments) == []
    akn = valido(client.get(_url("versione_akn", scritta, 1)).content)
    assert [e.get("GUID") for e in akn.iter() if e.get("refersTo") == "#obiettivo-1.2"] == [nodo.id]
    assert [e.get("showAs") for e in akn.iter() if e.get("eId") == "obiettivo-1.2"] == ["Obiettivo 1.2"]
    # the draft loaded again from that file, and from plain text, cites it still
    servizi.carica_testo(scritta.accordo, Testo.da_dati(json.loads(scaricato)), da=chi)
    assert interrogazioni.testo_in_lavoro(scritta.accordo).testo == versione.albero
    servizi.carica_testo(scritta.accordo, BREVE, da=chi)
    assert _nodo().obiettivi == ["1.2"]
    assert not interrogazioni.da_pubblicare(scritta.accordo, versione.albero)


def test_un_testo_con_obiettivi_di_un_altro_accordo(scritta, chi):
    _cita(scritta, chi, "1.2")
    testo = interrogazioni.testo_in_lavoro(scritta.accordo).testo
    Obiettivo.objects.filter(codice="1.2").delete()
    with pytest.raises(ErroreDominio, match=r"obiettivi che questo accordo non ha: 1\.2"):
        servizi.carica_testo(scritta.accordo, testo, da=chi)


def test_il_quadro_dice_quali_nessun_articolo_riprende(scritta, chi, client):
    codici = lambda: [o.codice for o in rilievi.obiettivi_scoperti(scritta.accordo, chi)]  # noqa: E731
    assert codici() == ["1", "2", "10"]
    _cita(scritta, chi, "1.2", "2")
    assert codici() == ["1.1", "10"]
    pagina = client.get(reverse("rilievi:quadro", args=[scritta.accordo.slug])).content.decode()
    assert "2 obiettivi non sono ripresi da nessun articolo" in pagina
    assert rilievi.obiettivi_scoperti(scritta.accordo, scritta.agente(scritta.referente)) is None


@pytest.mark.parametrize("quanti", [1, 3])
def test_query_costanti(scritta, chi, client, django_assert_num_queries, quanti):
    _cita(scritta, chi, *["1", "1.1", "2"][:quanti])
    with django_assert_num_queries(12):
        client.get(_url("scheda", scritta, _nodo().codice))


# ------------------------------------------------------------------------------------------ joining two
def test_unisce_con_rilievi_e_obiettivi(scritta, chi, client):
    testo = interrogazioni.testo_in_lavoro(scritta.accordo).testo
    prima, dopo = testo.articoli()[0].figli[1].figli
    servizi.cita_obiettivi(scritta.accordo, dopo.id, aggiungi=["2"], da=chi)
    rilievo = Rilievo.objects.create(
        accordo=scritta.accordo, numero=4, ambito=scritta.ambito, tipo="criticita", testo="Mancano dati.",
        stato="confermato", creato_da=scritta.coordinatore,
    )  # fmt: skip
    servizi.cita_rilievi(scritta.accordo, dopo.id, [rilievo], da=chi)
    cita = lambda: {str(c.disposizione) for c in Citazione.objects.filter(rilievo=rilievo)}  # noqa: E731
    url = _url("unisci", scritta, dopo.id)
    assert "Unisci alla precedente" in client.get(_url("modifica", scritta, dopo.id)).content.decode()
    assert client.post(url, {"revisione": 9}, **IN_LUOGO).status_code == 409
    assert client.post(url, {"revisione": 0}).status_code == 302
    unita = _nodo("la prevenzione")
    assert (unita.testo, unita.obiettivi) == ("la prevenzione; la formazione.", ["2"])
    assert cita() == {prima.id, dopo.id}
    assert client.post(url, {"revisione": 0}).status_code == 404
    servizi.annulla_ultima(scritta.accordo, da=chi)
    assert cita() == {dopo.id}
    tornata = interrogazioni.testo_in_lavoro(scritta.accordo).testo.articoli()[0].figli[1].figli
    assert [n.testo for n in tornata] == ["la prevenzione;", "la formazione."]
    articolo = testo.articoli()[0]
    assert "Unisci alla precedente" not in client.get(_url("modifica", scritta, articolo.id)).content.decode()
    risposta = client.post(_url("unisci", scritta, articolo.id), {"revisione": 0}, follow=True)
    assert "non si unisce a quello che precede" in risposta.content.decode()


def test_non_si_unisce_cio_di_cui_altri_parlano(scritta, chi):
    servizi.carica_testo(
        scritta.accordo, "A\n\nArt. 1 - Uno\n1. Primo.\n2. Secondo.\n3. Vale il comma 2.\n", da=chi
    )
    secondo = _nodo("Secondo")
    with pytest.raises(ErroreDominio, match="ne parla"):
        servizi.unisci_disposizione(scritta.accordo, secondo.codice, revisione_attesa=0, da=chi)
