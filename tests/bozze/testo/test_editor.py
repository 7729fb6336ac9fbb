"""The page that writes in place: what it gets back, what it costs, what it does without JavaScript."""

import re
from random import Random
from uuid import uuid4

import pytest
from django.urls import reverse

from bozze.interrogazioni import testo as interrogazioni
from bozze.interrogazioni.cambi import Modo, Pezzo, pezzi
from bozze.interrogazioni.pagina import foglio
from bozze.models import Citazione, Modifica, NodoBozza
from bozze.servizi import testo as servizi
from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.parole import pulisci
from tests.bozze.testo.fabbriche import BREVE
from tests.fabbriche import IncaricoFactory, UtenteFactory

pytestmark = pytest.mark.django_db
IN_LUOGO = {"headers": {"X-Redazione": "1"}}


@pytest.fixture
def scritta(scena, client):
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, BREVE, da=scena.agente(scena.coordinatore), spazio="prova")
    client.force_login(scena.coordinatore)
    return scena


@pytest.fixture
def collega(scritta):
    utente = UtenteFactory(nome="Anna", cognome="Rossi")
    IncaricoFactory(utente=utente, ente=scritta.accordo.promotore, ruolo="coordinatore")
    return scritta.agente(utente)


def _url(nome, scena, *altro):
    return reverse(f"bozze:{nome}", args=[scena.accordo.slug, *altro])


def _nodo(inizio):
    return NodoBozza.objects.filter(testo__startswith=inizio).first() or NodoBozza.objects.get(rubrica=inizio)


def _corpo(risposta):
    return risposta.content.decode()


def _pezzi(risposta):
    return set(re.findall(r'data-pezzo="([^"]+)"', _corpo(risposta))) - {"ripensa"}


def _conta(scena):
    return interrogazioni.bozza_di(scena.accordo).conta


def _lungo(quanti):
    return "ACCORDO\n\n" + "\n".join(
        f"Art. {n} - Oggetto {n}\n1. Testo {n}.\n2. Vale l'articolo {n}." for n in range(1, quanti + 1)
    )


def test_salvare_rende_la_riga_e_basta(scritta, client):
    nodo = _nodo("L'accordo dura")
    dati = {"testo": "Dura «due» anni.\nE poi?", "revisione": 0, "visto": _conta(scritta)}
    risposta = client.post(_url("salva", scritta, nodo.codice), dati, **IN_LUOGO)
    assert (risposta.status_code, _pezzi(risposta)) == (200, {f"d-{nodo.codice}"})
    assert 'data-rev="1"' in _corpo(risposta)
    nodo.refresh_from_db()
    assert nodo.testo == "Dura «due» anni. E poi?"


def test_un_articolo_in_piu_rende_il_suo_titolo_e_i_numeri_che_seguono(scritta, client):
    dati = {
        "codice": uuid4(),
        "tipo": "articolo",
        "posizione": "dopo",
        "testo": "Nuovo",
        "visto": _conta(scritta),
    }
    risposta = client.post(_url("nuova", scritta, _nodo("Oggetto").codice), dati, **IN_LUOGO)
    numeri = {f"d-{_nodo(quale).codice}" for quale in ("Durata", "Firma")}
    assert _pezzi(risposta) == {f"b-{dati['codice']}", *numeri}
    assert f'data-dopo="b-{_nodo("Oggetto").codice}"' in _corpo(risposta)
    assert "Aggiunto: articolo 2." in _corpo(risposta)


def test_un_articolo_spostato_non_rifa_il_foglio(scritta, client):
    servizi.carica_testo(scritta.accordo, _lungo(40), da=scritta.agente(scritta.coordinatore))
    dati = {"verso": "giu", "visto": _conta(scritta)}
    risposta = client.post(_url("sposta", scritta, _nodo("Oggetto 20").codice), dati, **IN_LUOGO)
    assert len(_pezzi(risposta)) == 5, "the one that moved, two numbers, the two references to them"
    assert 'data-modo="sposta"' in _corpo(risposta)
    assert len(risposta.content) < 10_000
    firma = _nodo("Oggetto 1")
    dati = {
        "codice": uuid4(),
        "tipo": "titolo",
        "posizione": "prima",
        "testo": "Uno",
        "visto": _conta(scritta),
    }
    risposta = client.post(_url("nuova", scritta, firma.codice), dati, **IN_LUOGO)
    assert _pezzi(risposta) == {f"b-{dati['codice']}"}
    assert f'data-prima="b-{firma.codice}"' in _corpo(risposta)


def _sul_foglio(ids, pezzi):
    """What the page does with the pieces, on the names alone."""
    ids = list(ids)
    for pezzo in pezzi:
        id = pezzo.id[2:]
        if not pezzo.id.startswith("b-") or pezzo.modo is Modo.AL_POSTO:
            continue
        if id in ids:
            ids.remove(id)
        if pezzo.modo is not Modo.VIA:
            accanto = (pezzo.dopo or pezzo.prima)[2:]
            ids.insert(ids.index(accanto) + bool(pezzo.dopo), id)
    return ids


@pytest.mark.parametrize("seme", range(30))
def test_i_pezzi_rifanno_l_ordine(seme):
    dado = Random(seme)
    articoli = [Disposizione(f"a{n}", Tipo.ARTICOLO, rubrica=f"R{n}") for n in range(9)]
    prima = dado.sample(articoli, 6)
    dopo = dado.sample(articoli, 6)
    fogli = [foglio(Testo("T", "", tuple(radici))) for radici in (prima, dopo)]
    trovati = pezzi(*fogli, frozenset())
    if trovati != [Pezzo("foglio")]:
        assert _sul_foglio([n.id for n in prima], trovati) == [n.id for n in dopo]


def test_la_risposta_porta_anche_i_cambi_del_collega(scritta, client, collega):
    visto = _conta(scritta)
    suo = _nodo("Le Parti collaborano")
    servizi.modifica_disposizione(
        scritta.accordo, suo.codice, testo="Si aiutano.", revisione_attesa=0, da=collega
    )
    mio = _nodo("L'accordo dura")
    dati = {"testo": "Dura.", "revisione": 0, "visto": visto}
    assert _pezzi(client.post(_url("salva", scritta, mio.codice), dati, **IN_LUOGO)) == {
        f"d-{suo.codice}", f"d-{mio.codice}",
    }  # fmt: skip
    for indietro in ("", "x", "999999"):
        assert client.post(_url("cambi_bozza", scritta), {"visto": indietro}, **IN_LUOGO).status_code == 200


def test_il_conflitto_mostra_i_due_testi_e_non_sovrascrive(scritta, client, collega):
    nodo = _nodo("L'accordo dura")
    servizi.modifica_disposizione(
        scritta.accordo, nodo.codice, testo="Dura due anni.", revisione_attesa=0, da=collega
    )
    dati = {"testo": "Dura cinque anni.", "revisione": 0, "visto": 1}
    risposta = client.post(_url("salva", scritta, nodo.codice), dati, **IN_LUOGO)
    corpo = _corpo(risposta)
    assert risposta.status_code == 409
    assert 'data-esito="conflitto"' in corpo
    assert "Dura due anni." in corpo
    assert "Anna Rossi" in corpo
    assert "<ins>" in corpo
    nodo.refresh_from_db()
    assert nodo.testo == "Dura due anni."


def test_un_rifiuto_dice_perche(scritta, client):
    nodo = _nodo("Le Parti collaborano")
    risposta = client.post(_url("sposta", scritta, nodo.codice), {"verso": "promuovi"}, **IN_LUOGO)
    assert risposta.status_code == 409
    assert "non può salire" in _corpo(risposta)
    lungo = {"testo": "parola " * 4000, "revisione": 0}
    risposta = client.post(_url("salva", scritta, nodo.codice), lungo, **IN_LUOGO)
    assert "troppo lungo" in _corpo(risposta)
    assert not Modifica.objects.filter(verbo="scrive").exists()


def test_eliminare_chiede_solo_se_serve(scritta, client):
    foglia, con_figli = _nodo("la prevenzione"), _nodo("Gli obiettivi")
    risposta = client.post(_url("sopprimi", scritta, con_figli.codice), {"revisione": 0}, **IN_LUOGO)
    assert f'data-vai="{_url("sopprimi", scritta, con_figli.codice)}"' in _corpo(risposta)
    risposta = client.post(_url("sopprimi", scritta, foglia.codice), {"revisione": 0}, **IN_LUOGO)
    assert "Eliminato: articolo 1, comma 2, lettera a)." in _corpo(risposta)
    assert not NodoBozza.objects.filter(pk=foglia.pk).exists()
    risposta = client.post(_url("ripensa", scritta), {"cosa": "annulla"}, **IN_LUOGO)
    assert NodoBozza.objects.filter(codice=foglia.codice).exists()


def test_chi_elimina_sa_chi_ne_parla(scena, client):
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, _lungo(3), da=scena.agente(scena.coordinatore))
    client.force_login(scena.coordinatore)
    articolo = NodoBozza.objects.get(rubrica="Oggetto 2")
    corpo = _corpo(client.get(_url("sopprimi", scena, NodoBozza.objects.get(testo="Testo 2.").codice)))
    assert "Ne parlano" not in corpo
    servizi.modifica_disposizione(
        scena.accordo, NodoBozza.objects.get(testo="Testo 1.").codice, testo="Come l'articolo 2.",
        revisione_attesa=0, da=scena.agente(scena.coordinatore),
    )  # fmt: skip
    corpo = _corpo(client.get(_url("sopprimi", scena, articolo.codice)))
    assert "Ne parlano" in corpo
    assert "Articolo 1, comma 1" in corpo


def test_senza_javascript_ogni_cosa_ha_il_suo_bottone(scritta, client):
    nodo = _nodo("Gli obiettivi")
    corpo = _corpo(client.get(_url("modifica", scritta, nodo.codice)))
    for bottone in (
        "Sposta in alto",
        "Sposta in basso",
        "Promuovi",
        "Retrocedi",
        "Aggiungi dopo",
        "Elimina dalla bozza",
    ):
        assert bottone in corpo
    pagina = client.post(_url("sposta", scritta, nodo.codice), {"verso": "retrocedi"}, follow=True)
    assert "Retrocessa: ora è articolo 1, comma 1, lettera a)." in _corpo(pagina).replace("’", "'")
    pagina = client.post(_url("ripensa", scritta), {"cosa": "annulla"}, follow=True)
    assert "Annullato: articolo 1, comma 2." in _corpo(pagina)
    pagina = client.post(_url("ripensa", scritta), {"cosa": "ripeti"}, follow=True)
    assert "Ripetuto" in _corpo(pagina)


def test_la_scheda_e_la_storia(scritta, client, collega):
    nodo = _nodo("L'accordo dura")
    servizi.modifica_disposizione(
        scritta.accordo, nodo.codice, testo="Dura due anni.", revisione_attesa=0, da=collega
    )
    for extra in ({}, IN_LUOGO):
        corpo = _corpo(client.get(_url("scheda", scritta, nodo.codice), **extra))
        assert "Anna Rossi" in corpo
        assert "Ripristina questo testo" in corpo
    storia = _corpo(client.get(_url("storia_bozza", scritta), {"chi": collega.utente.pk}))
    assert storia.count("Anna Rossi</strong>") == 1
    assert "Dura" in storia
    traccia = nodo.bozza.modifiche.get(verbo="carica").tracce.get(disposizione=nodo.codice)
    client.post(_url("ripristina", scritta, nodo.codice), {"traccia": traccia.pk, "revisione": 1})
    nodo.refresh_from_db()
    assert nodo.testo == "L'accordo dura tre anni."


def test_le_presenze_tacciono_se_non_c_e_nulla_di_nuovo(scritta, client, collega):
    bozza, nodo = interrogazioni.bozza_di(scritta.accordo), _nodo("L'accordo dura")
    servizi.segnala_presenza(bozza, collega.utente, nodo.codice)
    risposta = client.post(_url("presenze_bozza", scritta), {"disposizione": "non-esiste"})
    assert "Anna Rossi (articolo 2, comma 1)" in _corpo(risposta)
    stato = re.search(r'name="stato" value="(\w+)"', _corpo(risposta))[1]
    assert client.post(_url("presenze_bozza", scritta), {"stato": stato}).status_code == 204


@pytest.mark.parametrize("articoli", [3, 30])
def test_ogni_risposta_costa_sempre_uguale(scena, client, django_assert_max_num_queries, articoli):
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, _lungo(articoli), da=scena.agente(scena.coordinatore))
    client.force_login(scena.coordinatore)
    nodo = NodoBozza.objects.get(testo="Testo 1.")
    client.get(_url("redazione", scena))
    visto = _conta(scena)
    with django_assert_max_num_queries(20):
        client.get(_url("redazione", scena))
    with django_assert_max_num_queries(46):
        client.post(_url("sposta", scena, nodo.codice), {"verso": "giu", "visto": visto}, **IN_LUOGO)
    with django_assert_max_num_queries(16):
        client.get(_url("scheda", scena, nodo.codice), **IN_LUOGO)
    with django_assert_max_num_queries(20):
        client.get(_url("storia_bozza", scena))


@pytest.mark.parametrize("articoli", [3, 30])
def test_salvare_parole_non_impagina_il_testo(
    scena, client, django_assert_max_num_queries, monkeypatch, articoli
):
    """A plain save draws the rows whose words were written, by whomever, and lays nothing else out."""
    scena.porta_a("bozza")
    chi = scena.agente(scena.coordinatore)
    servizi.carica_testo(scena.accordo, _lungo(articoli), da=chi)
    client.force_login(scena.coordinatore)
    mio, suo = (NodoBozza.objects.get(testo=testo) for testo in ("Testo 1.", "Testo 2."))
    visto = _conta(scena)
    servizi.modifica_disposizione(
        scena.accordo, suo.codice, testo="Vale l'articolo 1.", revisione_attesa=0, da=chi
    )
    intero = client.get(_url("redazione", scena))
    monkeypatch.setattr("bozze.views.bozza.foglio", None)  # a sheet laid out would fail
    with django_assert_max_num_queries(28):
        risposta = client.post(
            _url("salva", scena, mio.codice), {"testo": "Nuovo.", "revisione": 0, "visto": visto}, **IN_LUOGO
        )
    assert _pezzi(risposta) == {f"d-{mio.codice}", f"d-{suo.codice}"}
    riga = re.search(rf'<div [^>]*id="d-{suo.codice}".*?</div>', _corpo(intero), re.DOTALL).group()
    assert 'class="rinvio"' in riga
    assert riga in _corpo(risposta), "the row is what the whole page shows"
    assert "Nuovo." in _corpo(risposta)


@pytest.mark.parametrize("quante", [1, 3])
def test_la_storia_costa_sempre_uguale(scritta, client, django_assert_max_num_queries, quante):
    nodo = _nodo("L'accordo dura")
    for numero in range(quante):
        servizi.modifica_disposizione(
            scritta.accordo, nodo.codice, testo=f"Dura {numero}.", revisione_attesa=numero,
            da=scritta.agente(scritta.coordinatore),
        )  # fmt: skip
    client.get(_url("storia_bozza", scritta))
    with django_assert_max_num_queries(18):
        client.get(_url("storia_bozza", scritta))
    with django_assert_max_num_queries(16):
        client.get(_url("scheda", scritta, nodo.codice))


def test_quello_che_si_legge_sulla_pagina_e_quello_che_e_scritto(scritta, client):
    """The editor takes the words from the page: typeset, they are the stored ones again once cleaned."""
    from accordo.base.templatetags.ui import tipografico

    for testo in ("L'accordo \"dura\" l'anno", "«a» 'b' \"c\" <i> & co.", 'po\' di "virgolette".'):
        from html import unescape

        assert pulisci(unescape(tipografico(testo))) == pulisci(testo)
    assert not Citazione.objects.exists()
