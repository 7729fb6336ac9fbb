"""Adopting what is agreed first: every amendment is decided, carried or waiting, and none is re-pointed by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.iter.registro import verifica
from bozze.interrogazioni.firme import cofirmatari
from bozze.models import Emendamento, Riporto
from bozze.redazione import Azione, Proposta, operazioni
from bozze.requisiti.emendamenti import emendamenti_decisi
from bozze.servizi import esame, firme, riformulazioni, riporti, subemendamenti
from bozze.servizi.adozione import adotta_accolti, effetto_adozione
from bozze.testo.operazioni import SostituisciParole
from tests.bozze.emendamenti.fabbriche import (
    aggiungi,
    cambia,
    emendamento,
    id_di,
    sopprimi,
    subemendamento,
    versione,
)


@pytest.fixture
def coordinatore(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def rappresentante(scena):
    return scena.agente(scena.rappresentante)


@pytest.fixture
def aperti(scena):
    """One accepted; one on its words, one on the words near, one elsewhere, one that deletes the whole comma."""
    versione(scena)
    fatti = [
        emendamento(scena, cambia("ogni due anni", "ogni anno"), chi="altro"),
        emendamento(scena, cambia("ogni due anni", "ogni sei mesi")),
        emendamento(scena, cambia("sentiti i tavoli di area", "sentiti gli enti")),
        emendamento(scena, sopprimi("La partecipazione")),
        emendamento(scena, cambia("un bene comune", "un diritto")),
    ]
    scena.porta_a("proposta_definitiva")
    return fatti


def test_cio_che_e_intatto_passa_e_il_resto_aspetta(scena, aperti, coordinatore):
    esame.decidi_emendamento(aperti[0], "accolto", "Sì.", da=coordinatore)
    esame.decidi_emendamento(aperti[4], "respinto", "No.", da=coordinatore)
    effetto = effetto_adozione(aperti[0].versione)
    assert [e.sigla for e, _ in effetto.aspettano] == ["1.2", "1.3"]
    nuova = adotta_accolti(scena.accordo, "Il primo accordo.", da=coordinatore)
    assert (nuova.numero, nuova.definitiva) == (2, False)
    assert "ogni anno" in nuova.albero.indice[id_di("ogni due anni")].nodo.testo
    for e in aperti:
        e.refresh_from_db()
    assert [e.versione.numero for e in aperti] == [1, 1, 1, 2, 1]
    assert aperti[3].sigla == "2.1"
    fermi = {r.emendamento_id: r for r in Riporto.objects.all()}
    assert set(fermi) == {aperti[1].pk, aperti[2].pk}
    assert "dice altro nel nuovo testo" in fermi[aperti[1].pk].perche
    assert [m.superabile for m in emendamenti_decisi(scena.accordo)] == [False, False]


def test_il_proponente_conferma_riscrive_o_ritira(scena, aperti, coordinatore, rappresentante):
    esame.decidi_emendamento(aperti[0], "accolto", "Sì.", da=coordinatore)
    nuova = adotta_accolti(scena.accordo, da=coordinatore)
    sulle_stesse, vicino = (Riporto.objects.get(emendamento=aperti[n]) for n in (1, 2))
    assert riporti.operazioni_ritrovate(sulle_stesse) is None
    with pytest.raises(ErroreDominio, match="non si ritrovano"):
        riporti.conferma_riporto(sulle_stesse, da=rappresentante)
    riporti.conferma_riporto(vicino, da=rappresentante)
    confermato = Emendamento.objects.get(pk=aperti[2].pk)
    assert (confermato.versione, confermato.sigla, confermato.stato) == (nuova, "1.3", "presentato")
    dove = id_di("ogni due anni")
    testo = nuova.albero.indice[dove].nodo.testo
    nuove = operazioni(
        nuova.albero, dove, Proposta(Azione.MODIFICA, testo=testo.replace("ogni anno", "ogni sei mesi"))
    )
    riporti.riscrivi_riporto(sulle_stesse, nuove, "Un anno è ancora troppo.", da=rappresentante)
    riscritto = Emendamento.objects.get(pk=aperti[1].pk)
    assert (riscritto.versione, riscritto.sigla, riscritto.motivazione) == (
        nuova,
        "1.2",
        "Un anno è ancora troppo.",
    )
    for e in Emendamento.objects.filter(versione=nuova):
        esame.decidi_emendamento(e, "accolto", "Sì.", da=coordinatore)
    finale = esame.pubblica_proposta_definitiva(scena.accordo, da=coordinatore)
    parole = finale.albero.indice[dove].nodo.testo
    assert "ogni sei mesi" in parole
    assert "sentiti gli enti" in parole


def test_chi_coordina_decide_solo_se_il_proponente_tace(scena, aperti, coordinatore, rappresentante):
    esame.decidi_emendamento(aperti[0], "accolto", "Sì.", da=coordinatore)
    adotta_accolti(scena.accordo, da=coordinatore)
    fermo, altro = (Riporto.objects.get(emendamento=aperti[n]) for n in (1, 2))
    with pytest.raises(ErroreDominio, match="decide l'ente"):
        riporti.chiudi_riporto(fermo, "Superato.", "precluso", da=coordinatore)
    with orologio.fermo(orologio.adesso() + timedelta(days=9)):
        riporti.chiudi_riporto(fermo, "Superato.", "precluso", da=coordinatore)
        riporti.conferma_riporto(altro, "Vale ancora.", da=coordinatore)
    chiuso = Emendamento.objects.get(pk=aperti[1].pk)
    assert (chiuso.stato, chiuso.a_causa_di) == ("precluso", aperti[0])
    assert Emendamento.objects.get(pk=aperti[2].pk).versione.numero == 2


def test_il_ritiro_chiude_l_attesa(scena, aperti, coordinatore, rappresentante):
    esame.decidi_emendamento(aperti[0], "accolto", "Sì.", da=coordinatore)
    adotta_accolti(scena.accordo, da=coordinatore)
    riporti.chiudi_riporto(Riporto.objects.get(emendamento=aperti[1]), "Va bene così.", da=rappresentante)
    assert Emendamento.objects.get(pk=aperti[1].pk).stato == "ritirato"


def test_cio_che_e_adottato_non_si_disfa_e_il_respinto_torna_sul_nuovo_testo(scena, aperti, coordinatore):
    esame.decidi_emendamento(aperti[0], "accolto", "Sì.", da=coordinatore)
    esame.decidi_emendamento(aperti[4], "respinto", "No.", da=coordinatore)
    adotta_accolti(scena.accordo, da=coordinatore)
    adottato, respinto = (Emendamento.objects.get(pk=aperti[n].pk) for n in (0, 4))
    with pytest.raises(ErroreDominio) as errore:
        esame.rimetti_in_esame(adottato, "Ripensato.", da=coordinatore)
    assert "È già nel testo della versione 2" in errore.value.mancanze[0].testo
    esame.rimetti_in_esame(respinto, "Ripensato.", da=coordinatore)
    assert (respinto.stato, respinto.versione.numero) == ("presentato", 2)


def test_la_riformulazione_che_aspetta_segue_l_emendamento(scena, aperti, coordinatore, rappresentante):
    proposta = riformulazioni.proponi_riformulazione(
        aperti[4], "un bene di tutti", "Meglio.", da=coordinatore
    )
    esame.decidi_emendamento(aperti[0], "accolto", "Sì.", da=coordinatore)
    nuova = adotta_accolti(scena.accordo, da=coordinatore)
    proposta.refresh_from_db()
    assert proposta.versione == nuova
    riformulazioni.accetta_riformulazione(proposta, da=rappresentante)
    assert "un bene di tutti" in esame.testo_consolidato(nuova).in_json().decode()


def test_le_carte_tengono_anche_cio_che_e_adottato(scena, aperti, coordinatore, client):
    esame.decidi_emendamento(aperti[0], "accolto", "Sì.", da=coordinatore)
    adotta_accolti(scena.accordo, da=coordinatore)
    client.force_login(scena.coordinatore)
    pagina = client.get(reverse("bozze:sinottica", args=["prova"])).content.decode()
    for e in aperti:
        assert f">{e.sigla}</a>" in pagina
    assert "su una versione precedente" in pagina
    elenco = client.get(reverse("bozze:emendamenti", args=["prova"])).content.decode()
    assert "1.1" in elenco


def test_senza_accolti_non_c_e_nulla_da_adottare(scena, aperti, coordinatore):
    with pytest.raises(ErroreDominio, match="il testo non cambierebbe"):
        adotta_accolti(scena.accordo, da=coordinatore)


def test_la_bozza_riaperta_tiene_i_numeri(scena, coordinatore):
    from bozze.interrogazioni.testo import testo_in_lavoro
    from bozze.testo.numerazione import nomi

    versione(scena)
    em = emendamento(scena, aggiungi("Le Parti coordinano", "Le Parti si informano."))
    scena.porta_a("proposta_definitiva")
    esame.decidi_emendamento(em, "accolto", "Sì.", da=coordinatore)
    nuova = adotta_accolti(scena.accordo, rinumera=False, da=coordinatore)
    scena.porta_a("bozza")
    lavoro = testo_in_lavoro(scena.accordo)
    assert lavoro.testo.impronta == nuova.impronta
    articolo = lavoro.testo.trova(id_di("Oggetto"))
    assert [nomi(lavoro.testo)[c.id].nucleo for c in articolo.figli] == ["1", "1-bis", "2", "3"]


@pytest.mark.una_volta
def test_nulla_si_perde(scena, aperti, coordinatore):
    """Whatever is decided before adopting, each amendment is decided, carried or waiting, and keeps its number."""
    sigle = {e.pk: e.sigla for e in aperti}
    esiti = st.lists(st.sampled_from(["", "accolto", "respinto"]), min_size=5, max_size=5)

    def prova(scelti: list[str]) -> None:
        from django.db import transaction

        with transaction.atomic():
            for e, esito in zip(aperti, scelti, strict=True):
                fresco = Emendamento.objects.get(pk=e.pk)
                if esito:
                    try:
                        esame.decidi_emendamento(fresco, esito, "Perché sì.", da=coordinatore)
                    except ErroreDominio:
                        continue
            try:
                nuova = adotta_accolti(scena.accordo, da=coordinatore)
            except ErroreDominio:
                transaction.set_rollback(True)
                return
            in_attesa = set(Riporto.objects.values_list("emendamento", flat=True))
            for e in Emendamento.objects.all():
                assert e.sigla == sigle[e.pk]
                modi = (e.deciso, not e.deciso and e.versione_id == nuova.pk, e.pk in in_attesa)
                assert sum(modi) == 1
            transaction.set_rollback(True)

    settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))(
        given(esiti)(prova)
    )()


# ---------------------------------------------------------------------------------------------- signatures and sub-amendments
def _riscrivi(nuova, riporto, rappresentante):
    dove = id_di("ogni due anni")
    testo = nuova.albero.indice[dove].nodo.testo
    proposta = Proposta(Azione.MODIFICA, testo=testo.replace("ogni anno", "ogni sei mesi"))
    nuove = operazioni(nuova.albero, dove, proposta)
    riporti.riscrivi_riporto(riporto, nuove, "Un anno è ancora troppo.", da=rappresentante)


def test_riscritto_non_porta_parole_ne_firme_di_prima(scena, coordinatore, rappresentante, mailoutbox):
    """What others amended or signed was said of other words: none of it stands under the new ones."""
    altro = scena.agente(scena.rappresentante_altro)
    versione(scena)
    primo = emendamento(scena, cambia("ogni due anni", "ogni anno"), chi="altro")
    em = emendamento(scena, cambia("ogni due anni", "ogni dieci anni"))
    firme.sottoscrivi(em, da=altro)
    sub = subemendamento(scena, em, [SostituisciParole("punto-1", "dieci", "venti", 0)])
    in_preparazione = subemendamento(
        scena, em, [SostituisciParole("punto-1", "dieci", "trenta", 0)], presenta=False
    )
    scena.porta_a("proposta_definitiva")
    subemendamenti.decidi_subemendamento(sub, "accolto", "Meglio.", da=coordinatore)
    esame.decidi_emendamento(primo, "accolto", "Sì.", da=coordinatore)
    nuova = adotta_accolti(scena.accordo, da=coordinatore)
    _riscrivi(nuova, Riporto.objects.get(emendamento=em), rappresentante)
    em.refresh_from_db()
    sub.refresh_from_db()
    assert em.emendate is None
    assert "sei mesi" in str(em.dati_proposti)
    assert "venti" not in str(em.dati_proposti)
    assert (sub.stato, sub.segue_emendamento) == ("precluso", False)
    assert "riscritto" in sub.motivazione_esito
    assert cofirmatari(em) == []
    with pytest.raises(ErroreDominio):
        subemendamenti.presenta_subemendamento(in_preparazione, da=altro)
    assert verifica(scena.accordo) is None


def test_portato_com_e_tiene_subemendamenti_e_firme(scena, coordinatore):
    altro = scena.agente(scena.rappresentante_altro)
    versione(scena)
    primo = emendamento(scena, cambia("un bene comune", "un diritto"), chi="altro")
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    firme.sottoscrivi(em, da=altro)
    sub = subemendamento(scena, em)
    scena.porta_a("proposta_definitiva")
    subemendamenti.decidi_subemendamento(sub, "accolto", "Meglio.", da=coordinatore)
    esame.decidi_emendamento(primo, "accolto", "Sì.", da=coordinatore)
    nuova = adotta_accolti(scena.accordo, da=coordinatore)
    em.refresh_from_db()
    assert em.versione == nuova
    assert "anno e mezzo" in em.disposto_emendato
    assert cofirmatari(em) == [scena.ente_b]
    esame.decidi_emendamento(em, "accolto", "Sì.", da=coordinatore)
    finale = adotta_accolti(scena.accordo, da=coordinatore)
    assert "ogni anno e mezzo" in finale.albero.indice[id_di("ogni due anni")].nodo.testo
