"""Correcting an open questionnaire: what still stands is kept, only what is new is asked, all of it in the registro."""

from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.iter.models import Evento
from accordo.iter.registro import verifica
from questionari import confronto, interrogazioni, modifiche, servizi, visibilita
from questionari.definizione import Domanda, Voce
from questionari.models import CellaRisposta, Questionario, Risposta, TestoRisposta, VersioneRisposta
from tests.questionari import fabbriche
from tests.questionari.definizioni import definizioni
from tests.questionari.strategie import DEFINIZIONE, TIPI_ENTE, calma, valori
from tests.scena import Scena


def _cambia(scena: Scena, *passi: modifiche.Modifica) -> None:
    for passo in passi:
        servizi.modifica(
            scena.accordo, passo, da=scena.agente(scena.coordinatore), parte="prova", che_cosa="cambia"
        )


def _riscrivi(codice: str, **campi: Any) -> modifiche.Modifica:
    return lambda d: modifiche.metti_domanda(
        replace(d.per_codice[codice], **campi), d.sezione_di[codice].codice
    )(d)


def _apri(scena: Scena) -> list[Any]:
    return servizi.apri_correzione(
        scena.accordo, da=scena.agente(scena.coordinatore), motivazione="La domanda non era chiara."
    )


def test_che_cosa_resta_valido() -> None:
    domanda = Domanda("D1", "singola", "Avete un piano?", voci=(Voce("si", "Sì"), Voce("no", "No")))
    vale = confronto.vale_ancora
    assert vale(
        domanda, replace(domanda, aiuto="Spiegato meglio", obbligatoria=True, destinatari=("comune",))
    )
    assert vale(domanda, replace(domanda, consenti_altro=True, riservatezza="riservata"))
    assert not vale(domanda, replace(domanda, testo="Avete due piani?"))
    assert not vale(domanda, replace(domanda, voci=(*domanda.voci, Voce("boh", "Non so"))))
    assert not vale(
        domanda, replace(domanda, riservatezza="pubblica")
    )  # more people would read it than was said
    assert not vale(replace(domanda, consenti_altro=True), domanda)
    numero = Domanda("D2", "numero", "Quanti?", minimo=0, massimo=10)
    assert vale(numero, replace(numero, massimo=20))
    assert vale(numero, replace(numero, massimo=None))
    assert not vale(numero, replace(numero, massimo=9))
    assert not vale(numero, replace(numero, minimo=1))


@calma
@given(definizioni(), definizioni(), st.data())
def test_cio_che_resta_risponde_alla_versione_nuova(prima: Any, dopo: Any, data: st.DataObject) -> None:
    """Whatever the two versions are, every answer carried over is a valid answer to its new question."""
    from questionari.valori import normalizza, uguali

    risposte = {d.codice: data.draw(valori(d)) for d in prima.domande if d.chiede}
    via = confronto.cadute(prima, dopo)
    for tipo in TIPI_ENTE[:2]:
        riportate = confronto.riportate(prima, dopo, tipo, risposte)
        assert not riportate.keys() & via
        for codice, valore in riportate.items():
            assert uguali(normalizza(dopo.per_codice[codice], valore), valore)
        chieste = confronto.da_rispondere(prima, dopo, tipo, risposte, via)
        assert all(dopo.per_codice[c].chiede for c in chieste)
        viste = {d.codice for d in visibilita.visibili(dopo, tipo, riportate)}
        assert set(chieste) <= viste
    assert confronto.cadute(prima, prima) == frozenset()
    assert confronto.cambi(prima, prima) == []


@pytest.mark.django_db
def test_chi_aveva_inviato_risponde_solo_al_nuovo(
    scena: Scena, django_capture_on_commit_callbacks: Any
) -> None:
    fabbriche.apri(scena)
    invio = fabbriche.inviata(scena)
    da = scena.agente(scena.coordinatore)
    servizi.correggi(scena.accordo, da=da)
    _cambia(
        scena,
        _riscrivi("D05", testo="Una domanda detta meglio"),
        _riscrivi("D10", aiuto="Solo l'aiuto è nuovo"),
        modifiche.togli_domanda("D02"),
        modifiche.metti_domanda(Domanda("D90", "testo", "Una domanda nuova?"), "S1"),
    )
    assert interrogazioni.questionario_di(scena.accordo).versione == 1  # type: ignore[union-attr]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        [richiesta] = _apri(scena)
    assert richiesta.da_rivedere == ["D05", "D90"]
    compilazione = fabbriche.compilazione(scena)
    assert compilazione.stato == "in_compilazione"
    assert compilazione.questionario.versione == 2
    assert compilazione.nota == "La domanda non era chiara."
    risposte = compilazione.valori
    assert risposte["D10"] == "si" or risposte["D10"]
    assert risposte["D05"] is None
    assert risposte["D02"] is None
    storia = VersioneRisposta.objects.filter(risposta__compilazione=compilazione, risposta__domanda="D05")
    assert [v.valore is None for v in storia.order_by("revisione")] == [False, True]
    assert Risposta.objects.filter(compilazione=compilazione, domanda="D05", valore__isnull=True).exists()
    assert compilazione.invii.get() == invio  # what was sent stays
    assert {m.subject for m in mail.outbox} == {"Il questionario è stato corretto: servono poche risposte"}
    assert {tuple(m.to) for m in mail.outbox} == {
        ("referente@example.invalid",),
        ("rappresentante@example.invalid",),
    }
    # and it answers, and sends again
    referente = scena.agente(scena.referente)
    servizi.salva_risposte(
        compilazione,
        {"D05": fabbriche.valore_per(compilazione.questionario.struttura.per_codice["D05"]), "D90": "Eccola"},
        da=referente,
    )
    servizi.invia_alla_convalida(compilazione, da=referente)
    secondo = servizi.convalida_e_invia(compilazione, da=scena.agente(scena.rappresentante))
    assert secondo.numero == 2
    assert fabbriche.compilazione(scena).da_rivedere == []
    assert verifica(scena.accordo) is None
    verbi = list(Evento.objects.filter(accordo=scena.accordo).values_list("verbo", flat=True))
    for verbo in ("correggi_questionario", "supera", "apri_correzione", "chiedi_le_nuove"):
        assert verbi.count(verbo) == 1


@pytest.mark.django_db
def test_la_pagina_mostra_solo_il_nuovo(scena: Scena, client: Client) -> None:
    fabbriche.apri(scena)
    fabbriche.inviata(scena)
    servizi.correggi(scena.accordo, da=scena.agente(scena.coordinatore))
    _cambia(scena, _riscrivi("D05", testo="Una domanda detta meglio"))
    _apri(scena)
    client.force_login(scena.referente)
    pagina = client.get(reverse("questionari:questionario", args=["prova"])).content.decode()
    assert "Che cosa c’è di nuovo" in pagina
    assert "Rispondi alle domande nuove" in pagina
    sezione = reverse("questionari:sezione", args=["prova", "S1"])
    sola = client.get(sezione)
    assert [campo.codice for campo in sola.context["campi"]] == ["D05"]
    assert [p.sezione.codice for p in sola.context["progressi"]] == ["S1"]
    assert len(client.get(f"{sezione}?tutta=1").context["campi"]) > 3
    altra = client.get(reverse("questionari:sezione", args=["prova", "S2"]))
    assert len(altra.context["campi"]) > 3  # nothing new there: all of it


@pytest.mark.django_db
def test_gli_esiti_contano_le_risposte_rimaste(scena: Scena) -> None:
    fabbriche.apri(scena)
    fabbriche.inviata(scena)
    assert {"D05", "D10"} <= _contate(scena)
    da = scena.agente(scena.coordinatore)
    servizi.correggi(scena.accordo, da=da)
    _cambia(scena, _riscrivi("D05", testo="Una domanda detta meglio"))
    _apri(scena)
    assert "D05" not in _contate(scena)
    assert "D10" in _contate(scena)


def _contate(scena: Scena) -> set[str]:
    """The questions of which the results have an answer of the body."""
    di_chi = {"scheda__compilazione__ente": scena.ente_a}
    chiuse = CellaRisposta.objects.filter(**di_chi).values_list("domanda", flat=True)
    return {*chiuse, *TestoRisposta.objects.filter(**di_chi).values_list("domanda", flat=True)}


@pytest.mark.django_db
def test_chi_non_ha_nulla_di_nuovo_resta_inviato(scena: Scena) -> None:
    fabbriche.apri(scena)
    fabbriche.inviata(scena)
    servizi.correggi(scena.accordo, da=scena.agente(scena.coordinatore))
    _cambia(
        scena,
        _riscrivi("D10", aiuto="Solo l'aiuto è nuovo"),
        modifiche.metti_domanda(Domanda("D90", "testo", "Per la Regione?", destinatari=("regione",)), "S1"),
    )
    assert _apri(scena) == []
    assert fabbriche.compilazione(scena).stato == "inviata"
    assert fabbriche.compilazione(scena).questionario.versione == 2


@pytest.mark.django_db
def test_chi_sta_in_convalida_e_chi_compila(scena: Scena) -> None:
    fabbriche.apri(scena)
    fabbriche.in_convalida(scena)
    altra = fabbriche.compilazione(scena, scena.ente_b)
    servizi.salva_risposte(altra, {"D10": "si", "D05": ""}, da=scena.agente(scena.referente_altro))
    servizi.correggi(scena.accordo, da=scena.agente(scena.coordinatore))
    _cambia(scena, _riscrivi("D10", testo="Avete un'indagine?"))
    [richiesta] = _apri(scena)
    assert richiesta.ente_id == scena.ente_a.pk
    assert fabbriche.compilazione(scena).stato == "in_compilazione"
    altra = fabbriche.compilazione(scena, scena.ente_b)
    assert altra.stato == "in_compilazione"
    assert altra.valori["D10"] is None
    assert altra.da_rivedere == []


@pytest.mark.django_db
def test_una_correzione_vuota_o_fuori_tempo_non_si_apre(scena: Scena) -> None:
    fabbriche.apri(scena)
    da = scena.agente(scena.coordinatore)
    with pytest.raises(NonAutorizzato):
        servizi.correggi(scena.accordo, da=scena.agente(scena.referente))
    prima = servizi.correggi(scena.accordo, da=da)
    assert servizi.correggi(scena.accordo, da=da).pk == prima.pk
    with pytest.raises(ErroreDominio, match="uguale"):
        _apri(scena)
    _cambia(scena, modifiche.intestazione("Un altro titolo", ""))
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.apri_correzione(scena.accordo, da=da, motivazione="  ")
    with pytest.raises(NonAutorizzato):
        servizi.apri_correzione(scena.accordo, da=scena.agente(scena.referente), motivazione="Perché sì.")
    assert sorted(Questionario.objects.values_list("versione", "stato")) == [(1, "aperto"), (2, "bozza")]
    scena.porta_a("restituzione")
    with pytest.raises(ErroreDominio):
        _apri(scena)
    assert sorted(Questionario.objects.values_list("versione", "stato")) == [(1, "aperto"), (2, "bozza")]


@pytest.mark.django_db
def test_le_query_non_crescono_con_gli_enti(scena: Scena) -> None:
    """With one body that has sent and with four, the same queries."""
    enti = fabbriche.altri_enti(scena, 3)
    fabbriche.apri(scena)
    da = scena.agente(scena.coordinatore)
    fabbriche.ente_che_invia(scena, enti[0], 0)
    servizi.correggi(scena.accordo, da=da)
    _cambia(scena, _riscrivi("D05", testo="Detta meglio"))
    with CaptureQueriesContext(
        connection,
    ) as con_uno:
        assert len(_apri(scena)) == 1
    for seme, ente in enumerate(enti[1:], 1):
        fabbriche.ente_che_invia(scena, ente, seme)
    sua = fabbriche.compilazione(scena, enti[0])
    from accordo.enti.agente import agente_per
    from accordo.enti.models import Incarico

    for ruolo, passo in (
        ("referente", servizi.invia_alla_convalida),
        ("rappresentante", servizi.convalida_e_invia),
    ):
        chi = Incarico.objects.get(ente=enti[0], ruolo=ruolo).utente
        agente = agente_per(chi, enti[0])
        if ruolo == "referente":
            risposta = fabbriche.valore_per(sua.questionario.struttura.per_codice["D05"])
            servizi.salva_risposte(sua, {"D05": risposta}, da=agente)
        passo(sua, da=agente)
    servizi.correggi(scena.accordo, da=da)
    _cambia(scena, _riscrivi("D05", testo="Detta ancora meglio"))
    with CaptureQueriesContext(connection) as con_tre:
        assert len(_apri(scena)) == 3
    assert len(con_tre) == len(con_uno)


def test_le_differenze_in_parole() -> None:
    dopo = _riscrivi("D05", testo="Nuovo testo", obbligatoria=True)(DEFINIZIONE)
    [cambio] = confronto.cambi(DEFINIZIONE, dopo)
    assert cambio.verbo == "cambiata"
    assert cambio.richiesta
    assert "Testo" in [d.nome for d in cambio.differenze]
    assert confronto.sezioni_cambiate(DEFINIZIONE, modifiche.sposta_domanda("D02", -1)(DEFINIZIONE)) == [
        "L'ordine delle domande è cambiato."
    ]


@pytest.mark.django_db
def test_una_correzione_cominciata_per_sbaglio_si_scarta(scena: Scena, client: Client) -> None:
    fabbriche.apri(scena)
    fabbriche.inviata(scena)
    da = scena.agente(scena.coordinatore)
    bozza = servizi.correggi(scena.accordo, da=da)
    _cambia(scena, _riscrivi("D05", testo="Una domanda detta meglio"))
    client.force_login(scena.coordinatore)
    url = reverse("questionari:scarta_correzione", args=[scena.accordo.slug])
    pagina = client.get(url)
    assert "Una domanda detta meglio" in pagina.content.decode()
    vecchia = {"letta": pagina.context["letta"]}
    _cambia(scena, _riscrivi("D05", testo="Un collega la cambia ancora"))
    assert client.post(url, vecchia).status_code == 409  # what goes is not what was read
    bozza.refresh_from_db()
    assert bozza.stato == "bozza"
    assert client.post(url, {"letta": bozza.impronta}).status_code == 302
    assert client.post(url, {"letta": bozza.impronta}).status_code == 404  # a double press
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.versione) == ("scartato", 2)
    evento = Evento.objects.get(verbo="scarta_correzione")
    assert evento.dati["cambi"] == ["cambiata D05"]
    assert verifica(scena.accordo) is None
    # the bodies go on as if nothing had been, and a new correction has a number of its own
    aperto = interrogazioni.questionario_aperto(scena.accordo)
    assert aperto is not None
    assert (aperto.versione, interrogazioni.questionario_di(scena.accordo)) == (1, aperto)
    assert fabbriche.compilazione(scena).questionario == aperto
    nuova = servizi.correggi(scena.accordo, da=da)
    assert (nuova.versione, nuova.struttura) == (3, aperto.struttura)
    _cambia(scena, _riscrivi("D05", testo="Ora sì"))
    assert len(_apri(scena)) == 1
    aperto = interrogazioni.questionario_aperto(scena.accordo)
    assert aperto is not None
    assert aperto.versione == 3


@pytest.mark.django_db
def test_il_primo_questionario_non_si_scarta(scena: Scena) -> None:
    from accordo.iter.motore import esegui
    from tests.questionari.strategie import DATI

    bozza = servizi.carica_questionario(scena.accordo, DATI)
    da = scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio):
        servizi.scarta_correzione(scena.accordo, da=da)
    with pytest.raises(ErroreDominio) as errore:
        esegui(bozza, "scarta_correzione", da=da)
    assert "unico questionario" in errore.value.mancanze[0].testo
