"""An amendment of several operations: written one after another, taken out one by one, moved, never in contradiction."""

import pytest
from django.urls import reverse

from bozze import modifiche
from bozze.interrogazioni.redline import brani
from bozze.models import Emendamento
from bozze.redazione import Azione, Proposta, operazioni, riformula
from bozze.servizi import emendamenti as servizi
from bozze.testo.consolidamento import consolida
from bozze.testo.operazioni import Posizione, SostituisciParole, Sposta
from tests.bozze.emendamenti.fabbriche import (
    aggiungi,
    albero_base,
    cambia,
    emendamento,
    id_di,
    sopprimi,
    versione,
)


@pytest.fixture
def pubblicata(scena):
    return versione(scena)


@pytest.fixture
def bozza(scena, pubblicata, client):
    client.force_login(scena.referente)
    return emendamento(scena, cambia("due volte", "tre volte"), presenta=False)


def _modifica(em, **dove):
    url = reverse("bozze:emendamento_modifica", args=["prova", em.pk])
    return f"{url}?{'&'.join(f'{k}={v}' for k, v in dove.items())}"


def _dati(em, **altro):
    return {"azione": "modifica", "motivazione": "Serve.", "revisione": em.revisione, **altro}


def _testi(client, url, **dati):
    return client.get(url, dati).content.decode().replace("\u2019", "'").replace("&#x27;", "'")


def test_una_disposizione_dopo_l_altra(client, bozza):
    su = id_di("ogni due anni")
    assert "I valori sono aggiornati" in _testi(
        client, reverse("bozze:emendamento_scegli", args=["prova", bozza.pk])
    )
    risposta = client.post(
        _modifica(bozza, su=su),
        _dati(bozza, testo=albero_base().indice[su].nodo.testo.replace("due anni", "tre anni")),
    )
    assert risposta.status_code == 302
    bozza.refresh_from_db()
    risposta = client.post(_modifica(bozza, su=id_di("La partecipazione")), _dati(bozza, azione="sopprimi"))
    assert risposta.status_code == 302
    bozza.refresh_from_db()
    assert [o["operazione"] for o in bozza.operazioni] == [
        "sostituisci_parole",
        "sostituisci_parole",
        "sopprimi",
    ]
    assert (bozza.sezione_nome, bozza.tipo) == ("Articolo 1", "soppressivo")
    pagina = _testi(client, bozza.get_absolute_url())
    for attesa in ("All'articolo 1, comma 2", "All'articolo 2, comma 1", "il comma 2 è soppresso"):
        assert attesa in pagina


def test_riaprire_una_parte_la_mostra_come_e_scritta(client, scena, bozza):
    pagina = _testi(client, _modifica(bozza, parte=1))
    assert "La cabina si riunisce tre volte l'anno." in pagina
    risposta = client.post(
        _modifica(bozza, parte=1), _dati(bozza, testo="La cabina si riunisce quattro volte l'anno.")
    )
    assert risposta.status_code == 302
    bozza.refresh_from_db()
    (operazione,) = bozza.operazioni
    assert operazione["nuove"] == "quattro"


def test_una_modifica_si_toglie_l_ultima_no(client, scena, bozza):
    em = emendamento(scena, [*cambia("due anni", "tre anni"), *sopprimi("La partecipazione")], presenta=False)
    togli = reverse("bozze:emendamento_togli", args=["prova", em.pk, 2])
    assert client.post(togli, {"revisione": em.revisione}).status_code == 302
    em.refresh_from_db()
    assert len(em.operazioni) == 1
    primo = reverse("bozze:emendamento_togli", args=["prova", em.pk, 1])
    risposta = client.post(primo, {"revisione": em.revisione})
    assert "unica modifica" in risposta.content.decode()
    em.refresh_from_db()
    assert len(em.operazioni) == 1
    assert client.post(primo, {"revisione": 0}).status_code == 409


def test_due_modifiche_che_si_contraddicono_si_rifiutano_con_parole(client, scena, bozza):
    risposta = client.post(_modifica(bozza, su=id_di("Cabina di regia")), _dati(bozza, azione="sopprimi"))
    pagina = risposta.content.decode().replace("\u2019", "'").replace("&#x27;", "'")
    assert risposta.status_code == 422
    assert "Uno sopprime l'articolo 2, l'altro modifica l'articolo 2, comma 1" in pagina
    bozza.refresh_from_db()
    assert len(bozza.operazioni) == 1


def test_sopprimere_cio_che_si_era_cambiato_ne_prende_il_posto(client, bozza):
    client.post(_modifica(bozza, su=id_di("La cabina si riunisce")), _dati(bozza, azione="sopprimi"))
    bozza.refresh_from_db()
    assert [o["operazione"] for o in bozza.operazioni] == ["sopprimi"]


def test_si_sposta_scegliendo_dove_dal_numero_e_dalle_parole(client, scena, bozza):
    qui = id_di("La partecipazione")
    pagina = _testi(client, _modifica(bozza, su=qui))
    assert "Dopo l'articolo 1, comma 1: «Le Parti coordinano i propri interventi.»" in pagina
    dopo = f"dopo:{id_di('Le Parti coordinano')}"
    risposta = client.post(_modifica(bozza, su=qui), _dati(bozza, azione="sposta"))
    assert "Scegli dove va" in risposta.content.decode()
    risposta = client.post(_modifica(bozza, su=qui), _dati(bozza, azione="sposta", destinazione=dopo))
    assert risposta.status_code == 302
    pagina = _testi(client, risposta.url)
    assert "il comma 2 è spostato dopo l'articolo 1, comma 1" in pagina
    assert "spostato qui, era articolo 2, comma 2" in pagina
    bozza.refresh_from_db()
    testo = consolida(albero_base(), [*servizi.in_operazioni(bozza.operazioni)])
    assert testo.genitore(qui).id == id_di("Oggetto")


def test_l_anteprima_dal_vivo_mostra_tutto_l_emendamento(client, bozza):
    dati = _dati(bozza, azione="sopprimi", anteprima="1", motivazione="")
    risposta = client.post(
        _modifica(bozza, su=id_di("La partecipazione")), dati, headers={"HX-Request": "true"}
    )
    pagina = risposta.content.decode().replace("\u2019", "'").replace("&#x27;", "'")
    assert "All'articolo 2, comma 1" in pagina
    assert "il comma 2 è soppresso" in pagina
    assert "<html" not in pagina
    assert len(Emendamento.objects.get().operazioni) == 1


def test_due_colleghi_su_due_parti_della_stessa_proposta(client, scena, bozza):
    """The second to save sees both; nothing typed is lost, and saving again keeps the first one's change too."""
    su = id_di("La partecipazione")
    servizi.modifica_emendamento(
        bozza,
        [*servizi.in_operazioni(bozza.operazioni), *cambia("due anni", "tre anni")],
        "Mia.",
        revisione=bozza.revisione,
        da=scena.agente(scena.rappresentante),
    )
    dati = _dati(bozza, testo="La partecipazione è gratuita.", motivazione="Parole mie.")
    risposta = client.post(_modifica(bozza, su=su), dati)
    pagina = risposta.content.decode().replace("\u2019", "'").replace("&#x27;", "'")
    assert risposta.status_code == 422
    for attesa in ("Nel frattempo", "articolo 1, comma 2", "La partecipazione è gratuita.", "Parole mie."):
        assert attesa in pagina
    attuale = Emendamento.objects.get()
    assert client.post(_modifica(bozza, su=su), {**dati, "revisione": attuale.revisione}).status_code == 302
    attuale.refresh_from_db()
    assert len(attuale.operazioni) >= 3


def test_la_disposizione_non_c_e_e_la_parte_nemmeno(client, bozza):
    assert client.get(_modifica(bozza, su="nessuna")).status_code == 404
    assert client.get(_modifica(bozza, parte=9)).status_code == 404


# ---------------------------------------------------------------------------------------------- pure
def test_i_luoghi_sono_solo_quelli_ammessi():
    testo = albero_base()
    for nodo in testo.disposizioni():
        for luogo in modifiche.luoghi(testo, nodo):
            posizione, _, riferimento = luogo.valore.partition(":")
            assert (
                consolida(testo, [Sposta(nodo.id, Posizione(posizione), riferimento)]).indice.keys()
                == testo.indice.keys()
            )


def test_riformulare_una_parte_lascia_le_altre():
    fatte = [*cambia("due anni", "tre anni"), *sopprimi("La partecipazione")]
    nuove = riformula(albero_base(), fatte, "quattro")
    assert [type(o).__name__ for o in nuove] == ["SostituisciParole", "Sopprimi"]
    assert isinstance(nuove[0], SostituisciParole)
    assert "quattro" in nuove[0].nuove


def test_i_brani_dicono_ogni_sezione_toccata():
    fatte = [
        *cambia("due anni", "tre anni"),
        *sopprimi("La partecipazione"),
        *aggiungi("Oggetto", "Nuovo.", rubrica="X"),
    ]
    assert [b.titolo for b in brani(albero_base(), fatte)] == [
        "Articolo 1",
        "Articolo 2, nuovo",
        "Articolo 2",
    ]


def test_senza_nulla_da_spostare_non_c_e_operazione():
    assert operazioni(albero_base(), id_di("La partecipazione"), Proposta(Azione.SPOSTA)) == []
