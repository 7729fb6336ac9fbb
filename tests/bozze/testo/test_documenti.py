"""Annexes that are files: stored once, named by their hash in the version, never another file in their place."""

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accordo.approvazione.impaginazione import impagina
from accordo.base.errori import ErroreDominio
from bozze.carte.word import word_testo
from bozze.interrogazioni import testo as interrogazioni
from bozze.interrogazioni.akoma import akn_versione
from bozze.models import DocumentoAllegato, NodoBozza
from bozze.servizi import testo as servizi
from bozze.testo.albero import Disposizione, Documento, Testo, Tipo, convalida
from bozze.testo.confronto import Esito, confronta
from bozze.testo.consolidamento import consolida
from bozze.testo.fronte import a_fronte
from bozze.testo.lettura import leggi
from bozze.testo.operazioni import Sostituisci, SostituisciRubrica
from bozze.testo.riconoscimento import riconosci
from tests.bozze.testo.test_akn import SCHEDA, valido

SORGENTE = (
    "ACCORDO\n\nArt. 1 - Oggetto\n\n1. Vale l'allegato A.\n\nALLEGATO A - Mappa\n\nALLEGATO B - Note\nParole."
)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 4
IMPRONTA = hashlib.sha256(PDF).hexdigest()


def _file(nome="Mappa delle telecamere.pdf", contenuto=PDF):
    return SimpleUploadedFile(nome, contenuto)


@pytest.fixture
def bozza(scena):
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, SORGENTE, da=scena.agente(scena.coordinatore))
    return scena


def _nodo(scena, rubrica="Mappa"):
    return NodoBozza.objects.get(bozza__accordo=scena.accordo, rubrica=rubrica)


def _allega(scena, file=None, rubrica="Mappa"):
    nodo = _nodo(scena, rubrica)
    return servizi.allega_documento(
        scena.accordo,
        nodo.codice,
        file or _file(),
        revisione_attesa=nodo.revisione,
        da=scena.agente(scena.coordinatore),
    )


def _url(nome, scena, *argomenti):
    return reverse(f"bozze:{nome}", args=[scena.accordo.slug, *argomenti])


def test_la_versione_tiene_l_impronta_e_chi_legge_scarica_gli_stessi_byte(client, bozza):
    nodo = _allega(bozza)
    versione = servizi.pubblica_versione(
        bozza.accordo, motivazione="Prova.", da=bozza.agente(bozza.coordinatore)
    )
    assert IMPRONTA in json.dumps(versione.testo)
    assert versione.integra
    client.force_login(bozza.osservatore)
    assert "Mappa delle telecamere.pdf" in client.get(versione.get_absolute_url()).content.decode()
    risposta = client.get(_url("documento", bozza, 1, nodo.codice))
    assert b"".join(risposta.streaming_content) == PDF
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert client.get(_url("documento", bozza, 1, _nodo(bozza, "Note").codice)).status_code == 404
    assert client.get(_url("documento_bozza_file", bozza, nodo.codice)).status_code == 404
    client.force_login(bozza.coordinatore_altro)
    assert client.get(_url("documento", bozza, 1, nodo.codice)).status_code == 404
    for carta in (
        akn_versione(versione).decode(),
        impagina(versione.albero).allegati[0].testo,
    ):
        assert IMPRONTA in carta
        assert "Mappa delle telecamere.pdf" in carta
    assert len(word_testo(versione.albero, quando=versione.pubblicata_il)) > 1000


def test_dopo_la_pubblicazione_la_bozza_cambia_file_e_la_versione_no(client, bozza):
    _allega(bozza)
    prima = servizi.pubblica_versione(
        bozza.accordo, motivazione="Prova.", da=bozza.agente(bozza.coordinatore)
    )
    nodo = _allega(bozza, _file("Altra.pdf", PDF + b"x"))
    assert prima.integra
    client.force_login(bozza.referente)
    assert b"".join(client.get(_url("documento", bozza, 1, nodo.codice)).streaming_content) == PDF
    righe = {r.id: r for r in confronta(prima.albero, interrogazioni.testo_in_lavoro(bozza.accordo).testo)}
    assert righe[str(nodo.codice)].esito is Esito.MODIFICATA
    assert "Altra.pdf" in "".join(s.testo for s in righe[str(nodo.codice)].testo)


def test_i_byte_non_si_cambiano_nemmeno_nel_database(bozza):
    bozza.accordo.dimostrativo = False
    bozza.accordo.save()
    _allega(bozza)
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentoAllegato.objects.update(impronta="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentoAllegato.objects.all().delete()


@pytest.mark.parametrize(
    ("file", "detto"),
    [
        (_file("virus.pdf", b"MZ\x90\x00"), "di un altro tipo"),
        (_file("pagina.html", b"<script>"), "deve essere di tipo"),
        (_file("vuoto.pdf", b""), "è vuoto"),
    ],
)
def test_si_guarda_il_contenuto(bozza, file, detto):
    with pytest.raises(ErroreDominio, match=detto):
        _allega(bozza, file)
    assert not DocumentoAllegato.objects.exists()


def test_lo_stesso_file_due_volte_e_uno_e_il_nome_e_innocuo(bozza):
    _allega(bozza)
    nodo = _allega(bozza, _file("..\\..\\a/b\r\nSet-Cookie: x.pdf"), "Note")
    assert DocumentoAllegato.objects.count() == 1
    assert nodo.documento["nome"] == "b_Set-Cookie_ x.pdf"


def test_la_pagina_carica_toglie_e_mostra_il_conflitto(client, bozza):
    client.force_login(bozza.coordinatore)
    nodo = _nodo(bozza)
    url = _url("documento_bozza", bozza, nodo.codice)
    assert client.get(url).status_code == 200
    assert client.post(url, {"revisione": nodo.revisione}).status_code == 422
    assert client.post(url, {"revisione": nodo.revisione, "file": _file()}).status_code == 302
    vecchia = client.post(url, {"revisione": nodo.revisione, "file": _file("B.pdf")})
    assert vecchia.status_code == 422
    assert "Nel frattempo" in vecchia.content.decode()
    assert b"".join(client.get(_url("documento_bozza_file", bozza, nodo.codice)).streaming_content) == PDF
    assert client.post(url, {"revisione": nodo.revisione + 1, "togli": "si"}).status_code == 302
    assert _nodo(bozza).documento is None
    articolo = _nodo(bozza, "Oggetto")
    assert client.get(_url("documento_bozza", bozza, articolo.codice)).status_code == 404


def test_caricare_di_nuovo_il_testo_non_perde_il_documento(bozza):
    _allega(bozza)
    servizi.carica_testo(
        bozza.accordo, SORGENTE.replace("Vale", "Fa fede"), da=bozza.agente(bozza.coordinatore)
    )
    assert _nodo(bozza).documento["impronta"] == IMPRONTA


def test_un_json_che_nomina_un_file_che_non_c_e_non_si_pubblica(bozza):
    testo = leggi(SORGENTE).testo
    radici = tuple(
        n.con(documento=Documento("x.pdf", 3, "a" * 64)) if n.tipo is Tipo.ALLEGATO else n
        for n in testo.radici
    )
    servizi.carica_testo(bozza.accordo, Testo(testo.titolo, "", radici), da=bozza.agente(bozza.coordinatore))
    with pytest.raises(ErroreDominio, match="Manca il documento"):
        servizi.pubblica_versione(bozza.accordo, motivazione="Prova.", da=bozza.agente(bozza.coordinatore))


def test_nell_albero_va_e_torna_ed_e_valido_in_akoma_ntoso():
    documento = Documento("Piano «1» & <2>.pdf", 1234567, "b" * 64)
    allegato = Disposizione("al", Tipo.ALLEGATO, "", "Piano", documento=documento)
    articolo = Disposizione("a", Tipo.ARTICOLO, "", "Oggetto", (Disposizione("c", Tipo.COMMA, "Vale."),))
    testo = Testo("T", "", (articolo, allegato))
    assert Testo.da_json(testo.in_json()) == testo
    senza = Testo("T", "", (articolo, allegato.con(documento=None)))
    assert b"documento" not in senza.in_json()
    assert convalida(testo) == []
    assert convalida(Testo("T", "", (articolo.con(documento=documento),)))
    from bozze.testo.akn.documento import akn

    assert documento.impronta in akn(testo, SCHEDA).decode()
    valido(akn(testo, SCHEDA))
    assert any("1.234.567 byte" in coppia.linea.parole for coppia in a_fronte(testo, testo))
    assert riconosci(testo, senza).radici[1].documento == documento
    with pytest.raises(ValueError, match="impronta"):
        Documento.da_dati({"nome": "x", "byte": 1, "impronta": "../../etc"})


def test_da_dove_viene_sulla_carta(client, scena, django_assert_max_num_queries):
    """Each finding stands under the disposition that cites it, with its source, once."""
    from bozze.carte import provenienza
    from bozze.interrogazioni.testo import citazioni_visibili_a
    from bozze.models import Citazione
    from tests.bozze.testo.fabbriche import versione
    from tests.rilievi.fabbriche import RilievoFactory

    scena.porta_a("bozza")
    pubblicata = versione(scena, 1)
    articolo = pubblicata.albero.articoli()[0]
    rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="confermato")
    Citazione.objects.create(accordo=scena.accordo, disposizione=articolo.figli[0].id, rilievo=rilievo)
    preso = {}
    vero = provenienza.pdf.componi
    try:
        provenienza.pdf.componi = lambda modello, dati, **altro: preso.update(dati) or b"%PDF-"
        with django_assert_max_num_queries(8):
            provenienza.pdf_provenienza(
                scena.accordo,
                pubblicata,
                citazioni_visibili_a(scena.agente(scena.coordinatore), scena.accordo),
            )
    finally:
        provenienza.pdf.componi = vero
    con = [voce for voce in preso["voci"] if voce["rilievi"]]
    assert [voce["linea"].id for voce in con] == [articolo.figli[0].id]
    assert con[0]["rilievi"] == [rilievo]
    assert (preso["quante"], preso["citati"]) == (1, 1)


def test_allegare_cambiare_e_togliere_si_annulla_e_resta_nella_storia(client, bozza):
    chi = bozza.agente(bozza.coordinatore)
    nodo = _allega(bozza)
    _allega(bozza, _file("Altra mappa.pdf", PDF + b"altro"))
    assert servizi.annulla_ultima(bozza.accordo, da=chi).verbo == "allega"
    assert _nodo(bozza).documento["impronta"] == IMPRONTA
    assert _nodo(bozza).revisione == 3, "who has the page open is told"
    servizi.togli_documento(bozza.accordo, nodo.codice, revisione_attesa=3, da=chi)
    assert _nodo(bozza).documento is None
    servizi.annulla_ultima(bozza.accordo, da=chi)
    servizi.ripeti_ultima(bozza.accordo, da=chi)
    assert _nodo(bozza).documento is None
    servizi.annulla_ultima(bozza.accordo, da=chi)
    client.force_login(bozza.coordinatore)
    scaricato = client.get(_url("documento_bozza_file", bozza, nodo.codice))
    assert b"".join(scaricato.streaming_content) == PDF
    storia = client.get(_url("storia_bozza", bozza)).content.decode()
    assert "ha cambiato il documento" in storia
    assert "Altra mappa.pdf" in storia
    scheda = client.get(_url("scheda", bozza, nodo.codice)).content.decode()
    assert "ha cambiato il documento" in scheda
    assert "Ripristina questo testo" not in scheda, "there are no words to take again"


def test_decidere_un_emendamento_non_fa_sparire_il_documento():
    """What is not words stays with the disposition, whatever is amended of it."""
    file = Documento("mappa.pdf", 3, "a" * 64)
    allegato = Disposizione("a", Tipo.ALLEGATO, rubrica="Mappa", documento=file, obiettivi=("1.2",))
    comma = Disposizione("c", Tipo.COMMA, "Si collabora.", obiettivi=("2",))
    articolo = Disposizione("b", Tipo.ARTICOLO, rubrica="Uno", figli=(comma,))
    testo = Testo("T", "", (articolo, allegato))
    nuovo = consolida(
        testo,
        [
            SostituisciRubrica("a", "Carta"),
            Sostituisci("c", Disposizione("c", Tipo.COMMA, "Si coopera.")),
        ],
    )
    assert (nuovo.trova("a").documento, nuovo.trova("a").obiettivi) == (file, ("1.2",))
    assert nuovo.trova("c").obiettivi == ("2",)
