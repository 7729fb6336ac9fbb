"""A body sends the text back, the draft is reopened and written again: by the services of phases 5 to 8, to a new signature."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from accordo.approvazione import interrogazioni, servizi
from accordo.approvazione.firma_di_prova import firma_p7m
from accordo.approvazione.firme import FirmaRifiutata
from accordo.base.errori import ErroreDominio
from accordo.iter import servizi as iter_servizi
from accordo.iter.models import Accordo, Evento, FaseAccordo
from accordo.iter.registro import verifica
from bozze.models import Contributo, NodoBozza, Versione
from bozze.servizi import emendamenti, esame, testo
from tests.approvazione.fabbriche import congelato, registra
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, versione


def _di(scena, ente):
    """The body's approval of the text in force."""
    return interrogazioni.documento_attuale(scena.accordo).approvazioni.get(ente=ente)


def _confermano(scena):
    for ente, chi in ((scena.ente_a, scena.rappresentante), (scena.ente_b, scena.rappresentante_altro)):
        contributo = Contributo.objects.get(accordo=scena.accordo, ente=ente)
        emendamenti.conferma_contributo(contributo, da=scena.agente(chi))


@pytest.fixture
def rinviato(scena):
    """Phase 8, entered by the services: Beta has signed, Alfa sends the text back."""
    guida = scena.agente(scena.coordinatore)
    altro = scena.agente(scena.rappresentante_altro)
    FaseAccordo.objects.filter(accordo=scena.accordo).update(inizio_effettivo=date(2026, 1, 1))
    versione(scena)
    respinto = emendamento(scena, cambia("due volte l'anno", "tre volte l'anno"))
    _confermano(scena)
    iter_servizi.avanza(scena.accordo, da=guida)
    esame.decidi_emendamento(respinto, "respinto", "Bastano due.", da=guida)
    scena.prima = esame.pubblica_proposta_definitiva(scena.accordo, da=guida)
    iter_servizi.avanza(scena.accordo, da=guida)
    assert interrogazioni.documento_attuale(scena.accordo).versione == scena.prima
    registra(_di(scena, scena.ente_b), altro)
    scena.firmato = firma_p7m(congelato(_di(scena, scena.ente_b)), str(altro.utente))
    servizi.registra_firma(_di(scena, scena.ente_b), ContentFile(scena.firmato, "f.p7m"), da=altro)
    sindaco = scena.agente(scena.rappresentante)
    servizi.rinvia(_di(scena, scena.ente_a), motivazione="La cabina va riunita tre volte.", da=sindaco)
    return scena


def _riscrivi(scena, guida) -> Versione:
    """Back to the draft, each step with its reason; the words changed, published, walked to a new final version."""
    with pytest.raises(ErroreDominio, match="motivazione"):
        iter_servizi.torna_indietro(scena.accordo, da=guida, motivazione=" ")
    for _ in range(3):
        iter_servizi.torna_indietro(scena.accordo, da=guida, motivazione="Il rilievo di Alfa è fondato.")
    assert scena.accordo.fase == "bozza"
    nodo = NodoBozza.objects.get(testo__contains="due volte l'anno")
    testo.modifica_disposizione(
        scena.accordo,
        nodo.codice,
        testo=nodo.testo.replace("due", "tre"),
        rubrica=nodo.rubrica,
        revisione_attesa=nodo.revisione,
        da=guida,
    )
    testo.pubblica_versione(scena.accordo, motivazione="Riaperto.", da=guida)
    iter_servizi.avanza(scena.accordo, da=guida)
    iter_servizi.avanza(scena.accordo, da=guida)
    return esame.pubblica_proposta_definitiva(scena.accordo, da=guida)


def test_riaperto_riscritto_e_approvato_da_capo(rinviato, django_capture_on_commit_callbacks, mailoutbox):
    scena, prima = rinviato, rinviato.prima
    guida, altro = scena.agente(scena.coordinatore), scena.agente(scena.rappresentante_altro)
    nuova = _riscrivi(scena, guida)
    assert nuova.impronta != prima.impronta
    with django_capture_on_commit_callbacks(execute=True):
        iter_servizi.avanza(scena.accordo, da=guida)
    documento = interrogazioni.documento_attuale(scena.accordo)
    assert documento.versione == nuova
    assert {a.stato for a in documento.approvazioni.all()} == {"in_attesa"}
    chiesti = {m.to[0] for m in mailoutbox if "da approvare" in m.subject}
    assert "rappresentante_altro@example.invalid" in chiesti
    [storia] = interrogazioni.testi_precedenti(scena.accordo)
    assert storia.versione == prima
    assert {a.ente.codice: a.stato for a in storia.approvazioni.all()} == {
        "comune-alfa": "rinviato",
        "comune-beta": "firmato",
        "provincia-prova": "in_attesa",
    }

    # the act of the old text is a fault that blocks; the file signed then signs nothing now
    vecchia = ContentFile(scena.firmato, "f.p7m")
    registra(_di(scena, scena.ente_b), altro, impronta_testo=prima.impronta)
    with pytest.raises(ErroreDominio) as blocco:
        servizi.registra_firma(_di(scena, scena.ente_b), vecchia, da=altro)
    assert isinstance(blocco.value, FirmaRifiutata) or "versione diversa" in blocco.value.mancanze[0].testo
    registra(_di(scena, scena.ente_b), altro, motivazione="Riapprovato.")
    with pytest.raises(FirmaRifiutata, match="non è il testo definitivo"):
        servizi.registra_firma(_di(scena, scena.ente_b), vecchia, da=altro)
    di_nuovo = firma_p7m(congelato(_di(scena, scena.ente_b)), str(altro.utente))
    servizi.registra_firma(_di(scena, scena.ente_b), ContentFile(di_nuovo, "f.p7m"), da=altro)
    assert _di(scena, scena.ente_b).stato == "firmato"
    assert Evento.objects.filter(verbo="congela_testo").count() == 2
    assert verifica(Accordo.objects.get(pk=scena.accordo.pk)) is None
