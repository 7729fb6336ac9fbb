"""Writing the draft with second thoughts: the history, undo and redo, what two drafters do to each other."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, StatoCambiato
from bozze.interrogazioni import scrittura
from bozze.interrogazioni import testo as interrogazioni
from bozze.models import Modifica, NodoBozza, PresenzaBozza, Traccia
from bozze.servizi import testo as servizi
from bozze.testo.albero import Tipo
from bozze.testo.operazioni import Posizione
from tests.bozze.testo.fabbriche import BREVE
from tests.fabbriche import IncaricoFactory, UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chi(scena):
    scena.porta_a("bozza")
    return scena.agente(scena.coordinatore)


@pytest.fixture
def collega(scena, chi):
    utente = UtenteFactory(nome="Anna", cognome="Rossi")
    IncaricoFactory(utente=utente, ente=scena.accordo.promotore, ruolo="coordinatore")
    return scena.agente(utente)


@pytest.fixture
def scritta(scena, chi):
    servizi.carica_testo(scena.accordo, BREVE, da=chi, spazio="prova")
    return scena.accordo


def _albero(accordo):
    return interrogazioni.testo_in_lavoro(accordo).testo


def _nodo(inizio):
    return NodoBozza.objects.get(testo__startswith=inizio)


def _scrivi(accordo, nodo, testo, da, **altro):
    return servizi.modifica_disposizione(
        accordo, nodo.codice, testo=testo, revisione_attesa=nodo.revisione, da=da, **altro
    )


def test_annulla_e_ripeti_una_per_una(scritta, chi):
    prima = _albero(scritta)
    nodo = _nodo("Gli obiettivi")
    _scrivi(scritta, nodo, "Gli scopi sono:", chi)
    servizi.retrocedi_disposizione(scritta, nodo.codice, da=chi)
    nuovo = servizi.aggiungi_disposizione(
        scritta,
        tipo=Tipo.COMMA,
        posizione=Posizione.PRIMA,
        riferimento=_nodo("Le Parti collaborano").codice,
        testo="Nuovo.",
        da=chi,
    )
    servizi.sposta_disposizione(scritta, nuovo.codice, 1, da=chi)
    servizi.sopprimi_disposizione(scritta, _nodo("L'accordo dura").codice, revisione_attesa=0, da=chi)
    servizi.modifica_titolo(scritta, "Altro titolo", "", da=chi)
    dopo = _albero(scritta)
    for _ in range(6):
        servizi.annulla_ultima(scritta, da=chi)
    assert _albero(scritta) == prima
    for _ in range(6):
        servizi.ripeti_ultima(scritta, da=chi)
    assert _albero(scritta) == dopo
    with pytest.raises(ErroreDominio, match="niente da ripetere"):
        servizi.ripeti_ultima(scritta, da=chi)


def test_anche_un_testo_caricato_si_annulla(scritta, chi):
    prima = _albero(scritta)
    servizi.carica_testo(scritta, "Altro\n\nArt. 1 - Solo\n1. Uno.\n", da=chi)
    assert len(_albero(scritta).articoli()) == 1
    servizi.annulla_ultima(scritta, da=chi)
    assert _albero(scritta) == prima


def test_annullare_la_cancellazione_di_un_articolo_lo_rimette_intero(scritta, chi):
    prima = _albero(scritta)
    articolo = NodoBozza.objects.get(rubrica="Oggetto")
    servizi.sopprimi_disposizione(scritta, articolo.codice, revisione_attesa=0, da=chi)
    servizi.annulla_ultima(scritta, da=chi)
    assert _albero(scritta) == prima
    assert NodoBozza.objects.get(rubrica="Oggetto").revisione > 0, "no page opened before knows this revision"


def test_annulla_e_rifiutato_se_un_altro_ha_scritto_dopo(scritta, chi, collega):
    nodo = _nodo("L'accordo dura")
    _scrivi(scritta, nodo, "Dura due anni.", chi)
    nodo.refresh_from_db()
    _scrivi(scritta, nodo, "Dura un anno.", collega)
    with pytest.raises(StatoCambiato, match=r"dopo di te Anna Rossi ha scritto articolo 2, comma 1 \(ore"):
        servizi.annulla_ultima(scritta, da=chi)
    assert _nodo("Dura un anno.")


def test_ognuno_annulla_il_suo(scritta, chi, collega):
    _scrivi(scritta, _nodo("L'accordo dura"), "Dura due anni.", chi)
    _scrivi(scritta, _nodo("Le Parti collaborano"), "Le Parti si aiutano.", collega)
    servizi.annulla_ultima(scritta, da=chi)
    assert _nodo("L'accordo dura tre anni.")
    assert _nodo("Le Parti si aiutano.")


def test_chi_continua_a_scrivere_fa_una_modifica_sola(scritta, chi, collega):
    nodo = _nodo("L'accordo dura")
    with orologio.fermo(datetime(2026, 3, 2, 10, 0)):
        for parole in ("Dura", "Dura due", "Dura due anni."):
            nodo = _scrivi(scritta, nodo, parole, chi, seguita=True)
    assert Modifica.objects.filter(verbo="scrive").count() == 1
    traccia = Traccia.objects.get(modifica__verbo="scrive")
    assert (traccia.testo_prima, traccia.testo_dopo) == ("L'accordo dura tre anni.", "Dura due anni.")
    with orologio.fermo(datetime(2026, 3, 2, 10, 30)):
        nodo = _scrivi(scritta, nodo, "Dura tre anni e mezzo.", chi, seguita=True)
        nodo = _scrivi(scritta, nodo, "Dura quattro anni.", collega, seguita=True)
    assert Modifica.objects.filter(verbo="scrive").count() == 3


def test_una_nuova_scritta_a_poco_a_poco_si_annulla_intera(scritta, chi):
    prima = _albero(scritta)
    nuovo = servizi.aggiungi_disposizione(
        scritta,
        tipo=Tipo.COMMA,
        posizione=Posizione.DOPO,
        riferimento=_nodo("Le Parti collaborano").codice,
        testo="Come il comma 2",
        da=chi,
    )
    nuovo.refresh_from_db()
    _scrivi(scritta, nuovo, "Come il comma 3, e oltre.", chi, seguita=True)
    servizi.annulla_ultima(scritta, da=chi)
    assert _albero(scritta) == prima


def test_chiesta_due_volte_si_aggiunge_una_volta(scritta, chi):
    codice = "0b4b0d0e-0000-4000-8000-000000000001"
    for _ in range(2):
        servizi.aggiungi_disposizione(
            scritta, tipo=Tipo.COMMA, posizione=Posizione.DOPO, riferimento=_nodo("Le Parti collaborano").codice,
            testo="Nuovo.", da=chi, codice=UUID(codice),
        )  # fmt: skip
    assert NodoBozza.objects.filter(testo="Nuovo.").count() == 1


def test_la_storia_e_il_ripristino(scritta, chi, collega):
    nodo = _nodo("L'accordo dura")
    nodo = _scrivi(scritta, nodo, "Dura due anni.", chi)
    nodo = _scrivi(scritta, nodo, "Dura un anno.", collega)
    storia = scrittura.storia_di(nodo.bozza, nodo.codice)
    assert [t.testo_dopo for t in storia] == ["Dura un anno.", "Dura due anni.", "L'accordo dura tre anni."]
    nodo = servizi.ripristina(scritta, nodo.codice, storia[2].pk, revisione_attesa=nodo.revisione, da=chi)
    assert nodo.testo == "L'accordo dura tre anni."
    with pytest.raises(ErroreDominio, match="non è nella storia"):
        servizi.ripristina(
            scritta, _nodo("Le Parti collaborano").codice, storia[0].pk, revisione_attesa=0, da=chi
        )


def test_il_testo_com_era(scritta, chi):
    prima, conta = _albero(scritta), interrogazioni.bozza_di(scritta).conta
    _scrivi(scritta, _nodo("L'accordo dura"), "Dura.", chi)
    servizi.sposta_disposizione(scritta, NodoBozza.objects.get(rubrica="Oggetto").codice, 1, da=chi)
    lavoro = interrogazioni.testo_in_lavoro(scritta)
    ultime = scrittura.ultime_dopo(lavoro.bozza, conta)
    toccate = scrittura.toccate_da(ultime)
    assert scrittura.testo_al(lavoro, ultime) == prima
    assert not scrittura.solo_parole(lavoro.testo, ultime)
    assert scrittura.solo_parole(lavoro.testo, ultime[1:])
    assert scrittura.ultime_dopo(lavoro.bozza, lavoro.bozza.conta) == []
    assert scrittura.ultime_dopo(lavoro.bozza, lavoro.bozza.conta + 1) is None
    assert {_nodo("Dura.").codice, NodoBozza.objects.get(rubrica="Oggetto").codice} <= {
        UUID(id) for id in toccate
    }


def test_incolla_piu_righe(scritta, chi):
    servizi.incolla_disposizioni(
        scritta, "Primo:\na) uno\nb) due\nSecondo.", tipo=Tipo.COMMA, posizione=Posizione.DOPO,
        riferimento=_nodo("Le Parti collaborano").codice, da=chi,
    )  # fmt: skip
    commi = _albero(scritta).articoli()[0].figli
    assert [c.testo for c in commi] == [
        "Le Parti collaborano per due anni.",
        "Primo:",
        "Secondo.",
        "Gli obiettivi sono:",
    ]
    assert [f.testo for f in commi[1].figli] == ["uno", "due"]
    servizi.annulla_ultima(scritta, da=chi)
    assert len(_albero(scritta).articoli()[0].figli) == 2


def test_presenze(scritta, chi, collega):
    bozza = interrogazioni.bozza_di(scritta)
    nodo = _nodo("Le Parti collaborano")
    inizio = datetime(2026, 3, 2, 10, 0)
    with orologio.fermo(inizio):
        assert servizi.segnala_presenza(bozza, chi.utente, nodo.codice)
        assert not servizi.segnala_presenza(bozza, chi.utente, nodo.codice)
        assert [p.disposizione for p in scrittura.presenti(bozza, collega.utente)] == [nodo.codice]
        assert scrittura.presenti(bozza, chi.utente) == []
    with orologio.fermo(inizio + timedelta(minutes=3)):
        assert scrittura.presenti(bozza, collega.utente) == []
    assert PresenzaBozza.objects.count() == 1


@pytest.mark.parametrize("articoli", [3, 30])
def test_ogni_modifica_costa_sempre_uguale(scena, chi, django_assert_max_num_queries, articoli):
    righe = "".join(
        f"\nArt. {n} - Oggetto {n}\n1. Testo {n}.\n2. Vale l'articolo {n}.\n" for n in range(1, articoli + 1)
    )
    servizi.carica_testo(scena.accordo, "Accordo\n" + righe, da=chi)
    primo = NodoBozza.objects.get(rubrica="Oggetto 1")
    with django_assert_max_num_queries(25):
        servizi.sposta_disposizione(scena.accordo, primo.codice, 1, da=chi)
    with django_assert_max_num_queries(25):
        servizi.annulla_ultima(scena.accordo, da=chi)
