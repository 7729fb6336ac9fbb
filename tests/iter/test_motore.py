"""The engine: who may, what is missing, who was faster, what is written."""

import threading

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accordo.base.errori import ErroreDominio, Mancanza, NonAutorizzato, StatoCambiato
from accordo.enti.models import Incarico
from accordo.iter.models import Accordo, Partecipazione, StatoPartecipazione
from accordo.iter.motore import ConVita, Transizione, Vita, azioni, esegui
from accordo.iter.registro import verifica
from tests.scena import costruisci

pytestmark = pytest.mark.django_db


@pytest.fixture
def partecipazione(scena) -> Partecipazione:
    riga = Partecipazione.objects.get(accordo=scena.accordo, ente=scena.ente_a)
    riga.stato = StatoPartecipazione.INVITATO
    riga.save()
    return riga


def _con_requisito(monkeypatch, *mancanze: Mancanza) -> None:
    vita = Partecipazione.vita
    transizioni = tuple(
        Transizione(
            t.da, t.a, t.verbo, t.etichetta, t.ruoli, (lambda _: mancanze,), t.motivazione_obbligatoria
        )
        for t in vita.transizioni
    )
    monkeypatch.setattr(Partecipazione, "vita", Vita(vita.nome, vita.stati, transizioni, vita.parole))


def test_esegui_cambia_lo_stato_e_scrive_nel_registro(scena, partecipazione):
    agente = scena.agente(scena.rappresentante)
    evento = esegui(partecipazione, "aderisci", da=agente, dati={"nota": "sì"})
    partecipazione.refresh_from_db()
    assert partecipazione.stato == StatoPartecipazione.PARTECIPA
    assert partecipazione.revisione == 1
    assert (evento.stato_da, evento.stato_a, evento.ente, evento.utente) == (
        "invitato",
        "partecipa",
        scena.ente_a,
        scena.rappresentante,
    )
    assert evento.dati == {"nota": "sì"}
    assert verifica(scena.accordo) is None


@pytest.mark.parametrize(
    "chi", ["referente", "rappresentante_altro", "coordinatore", "osservatore", "senza_incarico"]
)
def test_chi_non_puo_e_rifiutato(scena, partecipazione, chi):
    agente = scena.agente(scena.persona(chi))
    with pytest.raises(NonAutorizzato):
        esegui(partecipazione, "aderisci", da=agente)
    assert "aderisci" not in {azione.transizione.verbo for azione in azioni(partecipazione, agente)}
    assert scena.accordo.eventi.count() == 0


def test_incarico_finito_nel_frattempo(scena, partecipazione):
    agente = scena.agente(scena.rappresentante)
    Incarico.objects.filter(utente=scena.rappresentante).update(al="2020-12-31")
    with pytest.raises(NonAutorizzato, match="non è più in corso"):
        esegui(partecipazione, "aderisci", da=agente)


def test_tutte_le_mancanze_non_solo_la_prima(scena, partecipazione, monkeypatch):
    _con_requisito(monkeypatch, Mancanza("Manca il pane."), Mancanza("Manca il vino."))
    with pytest.raises(ErroreDominio) as rifiuto:
        esegui(partecipazione, "aderisci", da=scena.agente(scena.rappresentante))
    assert [m.testo for m in rifiuto.value.mancanze] == ["Manca il pane.", "Manca il vino."]
    [azione, _] = azioni(partecipazione, scena.agente(scena.rappresentante))
    assert not azione.possibile


def test_mancanza_superabile_con_motivazione(scena, partecipazione, monkeypatch):
    _con_requisito(monkeypatch, Mancanza("Mancano 2 questionari.", superabile=True))
    agente = scena.agente(scena.rappresentante)
    with pytest.raises(ErroreDominio, match="motivazione"):
        esegui(partecipazione, "aderisci", da=agente, motivazione="   ")
    evento = esegui(partecipazione, "aderisci", da=agente, motivazione="Il termine è passato.")
    assert evento.dati["mancava"] == ["Mancano 2 questionari."]
    assert evento.motivazione == "Il termine è passato."


def test_motivazione_obbligatoria(scena, partecipazione):
    with pytest.raises(ErroreDominio, match="motivazione"):
        esegui(partecipazione, "rinuncia", da=scena.agente(scena.rappresentante))


def test_chi_arriva_secondo_lo_viene_a_sapere(scena, partecipazione):
    vecchia = Partecipazione.objects.get(pk=partecipazione.pk)
    agente = scena.agente(scena.rappresentante)
    esegui(partecipazione, "aderisci", da=agente)
    with pytest.raises(StatoCambiato, match="Partecipa"):
        esegui(vecchia, "aderisci", da=agente)
    assert scena.accordo.eventi.count() == 1


def test_un_errore_disfa_tutto(scena, partecipazione):
    def rompe(_: Partecipazione) -> None:
        raise ErroreDominio("No.")

    with pytest.raises(ErroreDominio):
        esegui(partecipazione, "aderisci", da=scena.agente(scena.rappresentante), applica=rompe)
    partecipazione.refresh_from_db()
    assert partecipazione.stato == StatoPartecipazione.INVITATO
    assert scena.accordo.eventi.count() == 0


def test_un_accordo_vecchio_in_memoria_non_riporta_indietro_il_registro(scena, partecipazione):
    vecchio = Accordo.objects.get(pk=scena.accordo.pk)
    esegui(partecipazione, "aderisci", da=scena.agente(scena.rappresentante))
    vecchio.save()
    assert verifica(Accordo.objects.get(pk=vecchio.pk)) is None


# States that no transition reaches yet, by model.
DAL_SERVIZIO = {"bozze.Sottoscrizione": {"richiamata"}}
"""States that are no step of the body whose life it is: an invitation is called back by who sent it (bozze/servizi/firme.py)."""


def _vite() -> list[type[ConVita]]:
    return sorted((m for m in ConVita.__subclasses__() if not m._meta.abstract), key=lambda m: m._meta.label)


def test_ogni_vita_e_una_tabella_coerente(scena):
    """Every transition goes between states that exist; a verb means one thing in a state; nothing is out of reach."""
    for modello in _vite():
        vita = scena.accordo.la_vita() if modello is Accordo else modello.vita
        stati = set(vita.nomi_stati())
        viste = [(verbo, stato) for t in vita.transizioni for verbo, stato in ((t.verbo, s) for s in t.da)]
        assert len(viste) == len(set(viste)), modello
        for t in vita.transizioni:
            assert {*t.da, t.a} <= stati, (modello, t.verbo)
            assert t.ruoli, (modello, t.verbo)
        iniziale = modello._meta.get_field(modello.campo_stato).get_default()
        raggiunti = {iniziale}
        for _ in stati:
            raggiunti |= {t.a for t in vita.transizioni if raggiunti & set(t.da)}
        assert raggiunti == stati - DAL_SERVIZIO.get(modello._meta.label, set()), modello


class TestPasseggiate(TestCase):
    """Random people press random buttons: no walk reaches a state that the constraints forbid."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        passi=st.lists(
            st.tuples(
                st.sampled_from(["aderisci", "rinuncia", "inventato"]),
                st.sampled_from(["rappresentante", "referente", "rappresentante_altro", "coordinatore"]),
                st.sampled_from(["", "Perché sì."]),
            ),
            max_size=8,
        )
    )
    def test_partecipazione(self, passi):
        scena = costruisci()
        riga = Partecipazione.objects.get(accordo=scena.accordo, ente=scena.ente_a)
        riusciti = 0
        for verbo, chi, motivazione in passi:
            try:
                esegui(riga, verbo, da=scena.agente(scena.persona(chi)), motivazione=motivazione)
                riusciti += 1
                assert chi == "rappresentante"
            except ErroreDominio:
                pass
        riga.refresh_from_db()
        riga.full_clean()
        assert riga.revisione == riusciti == scena.accordo.eventi.count()
        assert verifica(Accordo.objects.get(pk=scena.accordo.pk)) is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="two writers at once need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_due_persone_premono_lo_stesso_bottone():
    scena = costruisci()
    riga = Partecipazione.objects.get(accordo=scena.accordo, ente=scena.ente_a)
    riga.stato = StatoPartecipazione.INVITATO
    riga.save()
    agente = scena.agente(scena.rappresentante)
    insieme, esiti = threading.Barrier(2), []

    def premi() -> None:
        mia = Partecipazione.objects.select_related("accordo", "ente").get(pk=riga.pk)
        insieme.wait(timeout=10)
        try:
            esegui(mia, "aderisci", da=agente)
            esiti.append("riuscito")
        except StatoCambiato as rifiuto:
            esiti.append(rifiuto.testo)
        finally:
            connections.close_all()

    fili = [threading.Thread(target=premi) for _ in range(2)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join(timeout=20)
    assert sorted(esito == "riuscito" for esito in esiti) == [False, True]
    assert "Nel frattempo" in next(e for e in esiti if e != "riuscito")
    assert scena.accordo.eventi.count() == 1
    assert verifica(Accordo.objects.get(pk=scena.accordo.pk)) is None
