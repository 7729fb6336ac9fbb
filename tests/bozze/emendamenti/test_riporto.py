"""When the text moves under open amendments."""

import pytest

from bozze.models import Versione
from bozze.requisiti import emendamenti as requisiti
from bozze.servizi import emendamenti as servizi
from bozze.testo.consolidamento import consolida
from tests.bozze.emendamenti.fabbriche import (
    aggiungi,
    albero_base,
    cambia,
    emendamento,
    osservazione,
    sopprimi,
    versione,
)


@pytest.fixture
def nuova(scena):
    """Publish a second version, in which article 1, comma 2 says something else and article 2 is as it was."""

    def pubblica() -> Versione:
        albero = consolida(
            albero_base(),
            [*cambia("ogni due anni", "ogni anno"), *aggiungi("Oggetto", "Uno.", rubrica="Fine")],
        )
        scena.porta_a("bozza")
        fatta = Versione(accordo=scena.accordo, numero=2, testo=albero.in_dati(), impronta=albero.impronta)
        fatta.save()
        scena.porta_a("osservazioni")
        servizi.avvia_osservazioni(scena.accordo, scena.agente(scena.coordinatore))
        return fatta

    return pubblica


def test_chi_e_intatto_passa_alla_nuova_e_tiene_il_numero(scena, nuova):
    versione(scena)
    em = emendamento(scena, sopprimi("La partecipazione"))
    bozza = emendamento(scena, cambia("due volte", "tre volte"), presenta=False)
    oss = osservazione(scena, "La cabina si riunisce", presenta=False)
    seconda = nuova()
    for oggetto in (em, bozza, oss):
        oggetto.refresh_from_db()
        assert oggetto.versione == seconda
    assert em.sigla == "2.1"
    assert em.dove == "articolo 3, comma 2"
    assert "articolo 3" in em.disposto
    servizi.presenta_emendamento(bozza, da=scena.agente(scena.rappresentante))
    assert bozza.sigla == "3.2"


def test_chi_ha_perso_il_bersaglio_aspetta_una_persona(scena, nuova, client):
    prima = versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni sei mesi"))
    nuova()
    em.refresh_from_db()
    assert (em.versione, em.stato) == (prima, "presentato")
    (mancanza,) = list(requisiti.emendamenti_decisi(scena.accordo))
    assert "1.1" in mancanza.testo
    assert not mancanza.superabile
    client.force_login(scena.coordinatore)
    pagina = client.get(em.get_absolute_url()).content.decode()
    assert "Il testo è cambiato dopo questo emendamento" in pagina
    assert "ogni anno dalla segreteria" in pagina
    servizi.ritira_emendamento(em, "Superato.", da=scena.agente(scena.rappresentante))
    assert not list(requisiti.emendamenti_decisi(scena.accordo))
