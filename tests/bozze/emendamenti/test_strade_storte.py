"""When things happen while somebody writes: they read why, in words, and nothing that they typed is lost."""

import json
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from accordo.base import orologio
from accordo.enti.models import Incarico
from bozze.interrogazioni.akoma import akn_di_emendamento
from bozze.models import Emendamento, Versione
from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame, riporto
from bozze.testo.consolidamento import consolida
from tests.bozze.emendamenti.fabbriche import (
    aggiungi,
    albero_base,
    cambia,
    emendamento,
    id_di,
    sopprimi,
    versione,
)
from tests.bozze.testo.test_akn import valido
from tests.fabbriche import IncaricoFactory, UtenteFactory

SCRITTO = {"azione": "modifica", "testo": "La cabina si riunisce ogni mese.", "motivazione": "Parole mie."}


def _url(nome, *argomenti):
    return reverse(f"bozze:{nome}", args=["prova", *argomenti])


def _pagina(risposta):
    return unescape(risposta.content.decode()).replace("\u2019", "'")


def _contiene(risposta, stato, *attese):
    assert risposta.status_code == stato
    pagina = _pagina(risposta)
    for attesa in attese:
        assert attesa in pagina, attesa
    return pagina


def _seconda(scena, operazioni):
    """A second version, which comes out in phase 6."""
    albero = consolida(albero_base(), operazioni)
    fatta = Versione(accordo=scena.accordo, numero=2, testo=albero.in_dati(), impronta=albero.impronta)
    fatta.save()
    riporto.riporta(scena.accordo, fatta, da=scena.agente(scena.coordinatore))
    return fatta


# ---------------------------------------------------------------------------------------------- a new version
@pytest.mark.parametrize("che_cosa", ["soppressa", "cambiata"])
def test_esce_una_versione_mentre_si_scrive_un_emendamento(client, scena, che_cosa):
    versione(scena)
    client.force_login(scena.referente)
    nuovo = _url("emendamento_nuovo", id_di("La cabina si riunisce"))
    assert 'name="versione" value="1"' in _pagina(client.get(nuovo))
    _seconda(
        scena,
        sopprimi("La cabina si riunisce") if che_cosa == "soppressa" else cambia("due volte", "tre volte"),
    )
    risposta = client.post(nuovo, {**SCRITTO, "versione": "1"})
    _contiene(
        risposta,
        422,
        "La versione 1 non è più quella in esame",
        "La cabina si riunisce ogni mese.",
        "Parole mie.",
    )
    assert not Emendamento.objects.exists()
    assert client.get(nuovo).status_code == (404 if che_cosa == "soppressa" else 200)


def test_la_nuova_versione_sopprime_cio_che_si_voleva_emendare(client, scena):
    versione(scena)
    em = emendamento(scena, cambia("La cabina si riunisce", "La cabina regionale si riunisce"))
    bozza = emendamento(scena, cambia("due volte", "tre volte"), presenta=False)
    _seconda(scena, sopprimi("La cabina si riunisce"))
    client.force_login(scena.rappresentante)
    for proposta in (em, bozza):
        attesa = proposta.riporti.get()
        _contiene(
            client.get(attesa.get_absolute_url()),
            200,
            "La cabina si riunisce due volte l'anno",
            attesa.perche,
        )
        _contiene(
            client.get(proposta.get_absolute_url()), 200, "la disposizione non c'è più", "Perché serve."
        )
    risposta = client.post(
        em.riporti.get().get_absolute_url(), {"azione": "conferma", "risposta": "Lo vogliamo."}
    )
    assert risposta.status_code in (409, 422)
    em.refresh_from_db()
    assert (em.stato, em.versione.numero) == ("presentato", 1)


# ---------------------------------------------------------------------------------------------- two of one body
def test_la_collega_presenta_mentre_si_scrive(client, scena):
    versione(scena)
    em = emendamento(scena, cambia("due volte", "tre volte"), presenta=False)
    client.force_login(scena.referente)
    servizi.presenta_emendamento(em, da=scena.agente(scena.rappresentante))
    risposta = client.post(_url("emendamento_modifica", em.pk), {**SCRITTO, "revisione": "0"})
    _contiene(
        risposta,
        409,
        "non si modifica più: lo stato è «Presentato»",
        "puoi copiarlo",
        "La cabina si riunisce ogni mese.",
        "Parole mie.",
    )
    assert "tre" in Emendamento.objects.get().disposto
    assert client.get(_url("emendamento_modifica", em.pk)).status_code == 409


def test_due_clic_su_presenta(client, scena):
    versione(scena)
    em = emendamento(scena, cambia("due volte", "tre volte"), presenta=False)
    client.force_login(scena.rappresentante)
    presenta = _url("emendamento_presenta", em.pk)
    assert client.post(presenta).status_code == 302
    assert client.post(presenta).status_code == 404
    em.refresh_from_db()
    assert em.sigla == "2.1"
    assert _pagina(client.get(em.get_absolute_url())).count("Emendamento 2.1") >= 1


# ---------------------------------------------------------------------------------------------- people
def test_cambia_chi_rappresenta_a_meta_strada(client, scena):
    versione(scena)
    prima = scena.rappresentante
    em = servizi.crea_emendamento(
        Versione.objects.get(), cambia("due volte", "tre volte"), "La mia ragione.", da=scena.agente(prima)
    )
    client.force_login(prima)
    assert client.get(em.get_absolute_url()).status_code == 200
    vecchio = Incarico.objects.get(utente=prima, ente=scena.ente_a)
    ieri = orologio.oggi() - timedelta(days=1)
    Incarico.objects.filter(pk=vecchio.pk).update(dal=ieri - timedelta(days=30), al=ieri)
    nuova = UtenteFactory()
    IncaricoFactory(utente=nuova, ente=scena.ente_a, ruolo=vecchio.ruolo)
    assert client.post(_url("emendamento_presenta", em.pk)).status_code in (302, 403, 404)
    em.refresh_from_db()
    assert em.stato == "bozza"
    assert client.get(em.get_absolute_url()).status_code != 200  # the draft is the body's, not the person's
    client.force_login(nuova)
    _contiene(client.get(em.get_absolute_url()), 200, "La mia ragione.", str(prima))
    assert client.post(_url("emendamento_presenta", em.pk)).status_code == 302
    em.refresh_from_db()
    assert (em.stato, em.presentato_da, em.autore) == ("presentato", nuova, prima)


# ---------------------------------------------------------------------------------------------- the desk
@pytest.mark.parametrize("che_cosa", ["ritirato", "riformulato"])
def test_si_decide_mentre_accade_altro(client, scena, che_cosa):
    """The proposer withdraws, or a colleague puts other words to them: the reason being written is still there."""
    versione(scena)
    em = emendamento(scena, cambia("due volte", "tre volte"))
    scena.porta_a("proposta_definitiva")
    revisione = em.revisione
    if che_cosa == "ritirato":
        servizi.ritira_emendamento(em, "Rinunciamo.", da=scena.agente(scena.rappresentante))
    else:
        esame.decidi_emendamento(
            em, "riformulato", "Meglio.", "quattro volte", da=scena.agente(scena.coordinatore)
        )
    client.force_login(scena.coordinatore)
    dati = {"esito": "respinto", "motivazione": "La mia lunga ragione.", "revisione": revisione}
    risposta = client.post(_url("decidi", em.pk), dati)
    atteso = "Nel frattempo" if che_cosa == "ritirato" else "C'è una riformulazione che aspetta"
    _contiene(risposta, 422, atteso, "La mia lunga ragione.")
    em.refresh_from_db()
    assert em.stato == ("ritirato" if che_cosa == "ritirato" else "presentato")


# ---------------------------------------------------------------------------------------------- what is pasted
def test_diecimila_parole_si_leggono_in_ogni_pagina_e_carta(client, scena):
    versione(scena)
    lungo = "parola " * 9_999 + "fine"
    em = emendamento(scena, aggiungi("La cabina si riunisce", lungo))
    scena.porta_a("proposta_definitiva")
    client.force_login(scena.coordinatore)
    for url in (em.get_absolute_url(), _url("esame_articolo", em.sezione_id), _url("sinottica")):
        assert client.get(url).status_code == 200
    assert len(_pagina(client.get(_url("emendamenti")))) < 60_000  # the list tells it in a line
    parole = "\n".join(
        p.text for p in Document(BytesIO(client.get(_url("emendamento_word", em.pk)).content)).paragraphs
    )
    assert parole.count("parola") >= 9_999
    assert "".join(valido(akn_di_emendamento(em)).itertext()).count("parola") >= 9_999
    (voce,) = json.loads(client.get(_url("emendamenti_json")).content)["emendamenti"]
    assert json.dumps(voce).count("parola") >= 9_999


def test_html_e_script_incollati_restano_parole_dappertutto(client, scena):
    versione(scena)
    script = '<script>alert("x")</script><b onclick=a()>grassetto</b>'
    em = emendamento(scena, aggiungi("La cabina si riunisce", script))
    scena.porta_a("proposta_definitiva")
    client.force_login(scena.coordinatore)
    for url in (
        em.get_absolute_url(),
        _url("emendamenti"),
        _url("esame_articolo", em.sezione_id) + f"?apri={em.pk}",
        _url("sinottica"),
    ):
        pagina = client.get(url).content.decode()
        assert "<script>alert" not in pagina
        assert "<b onclick" not in pagina
        assert "&lt;script&gt;alert" in pagina
    assert 'alert("x")' in "".join(valido(akn_di_emendamento(em)).itertext())
