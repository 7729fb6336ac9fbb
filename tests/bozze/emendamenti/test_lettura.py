"""Reading along the text: counts, redlines in place, filters that combine, whatever there is."""

import pytest
from django.urls import reverse

from bozze.interrogazioni.lettura import Scelta, trovate
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Posizione
from tests.bozze.emendamenti.fabbriche import (
    aggiungi,
    cambia,
    emendamento,
    id_di,
    osservazione,
    sopprimi,
    versione,
)
from tests.bozze.emendamenti.test_osservazioni import CABINA, seconda

TESTO = reverse("bozze:testo", args=["prova"])


@pytest.fixture
def pubblicata(scena):
    return versione(scena)


@pytest.fixture
def lettore(client, scena, pubblicata):
    client.force_login(scena.osservatore)
    return client


def _pagina(client, **query):
    return client.get(TESTO, query).content.decode()


def test_si_contano_lungo_il_testo_senza_quelli_in_preparazione(scena, pubblicata, django_assert_num_queries):
    emendamento(scena, cambia("ogni due anni", "ogni anno"))
    emendamento(scena, cambia("ogni due anni", "sempre"), chi="altro")
    emendamento(scena, sopprimi("La partecipazione"), presenta=False)
    osservazione(scena, CABINA)
    albero = pubblicata.albero
    with django_assert_num_queries(2):
        lungo = trovate(pubblicata, albero, nomi(albero), Scelta({}))
    assert (dict(lungo.emendamenti), dict(lungo.osservazioni)) == (
        {id_di("ogni due anni"): 2},
        {id_di(CABINA): 1},
    )
    assert [p.nome for p in lungo.posti] == ["articolo 1, comma 2", "articolo 2, comma 1"]


@pytest.mark.parametrize(
    ("filtri", "detto"),
    [
        ({}, "3 emendamenti e 1 osservazione, su 3 disposizioni."),
        (
            {"mostra": "emendamenti"},
            "3 emendamenti e 0 osservazioni, su 2 disposizioni, con i filtri scelti.",
        ),
        (
            {"mostra": "osservazioni"},
            "0 emendamenti e 1 osservazione, su 1 disposizione, con i filtri scelti.",
        ),
        ({"tipo": "soppressivo"}, "1 emendamento e 0 osservazioni, su 1 disposizione, con i filtri scelti."),
        ({"ente": "comune-beta"}, "1 emendamento e 0 osservazioni, su 1 disposizione, con i filtri scelti."),
        ({"stato": "presentata"}, "0 emendamenti e 1 osservazione, su 1 disposizione, con i filtri scelti."),
        ({"ente": "comune-beta", "tipo": "soppressivo"}, "Nulla corrisponde ai filtri scelti."),
        ({"ambito": "piana", "stato": "accolto"}, "Nulla corrisponde ai filtri scelti."),
        ({"ente": "inventato\x00", "apri": "x"}, "3 emendamenti e 1 osservazione, su 3 disposizioni."),
    ],
)
def test_i_filtri_si_combinano_e_dicono_quanto_resta(lettore, scena, filtri, detto):
    emendamento(scena, cambia("ogni due anni", "ogni anno"))
    emendamento(scena, cambia("ogni due anni", "sempre"), chi="altro")
    emendamento(scena, sopprimi("La partecipazione"))
    osservazione(scena, CABINA)
    assert detto in _pagina(lettore, **filtri)


def test_ogni_emendamento_si_vede_al_suo_posto_con_i_segni(lettore, scena):
    emendamento(scena, cambia("ogni due anni", "ogni anno"))
    emendamento(scena, cambia("ogni due anni", "sempre"), chi="altro")
    emendamento(scena, aggiungi("ogni due anni", "I dati sono aperti.", Posizione.DOPO))
    pagina = _pagina(lettore, apri=id_di("ogni due anni"))
    aperta = pagina[pagina.index('class="comma-emendamenti"') : pagina.index('class="provenienza"')]
    for numero in ("1.1", "1.2", "1.3"):
        assert numero in aperta
    assert "Comune di Beta" in pagina  # the farther from the text comes first
    assert "Alfa" in aperta
    assert aperta.count("<ins>") == 2
    assert "I dati sono aperti." in aperta


def test_senza_javascript_e_con_htmx(lettore, scena):
    emendamento(scena, cambia("ogni due anni", "ogni anno"))
    url = reverse("bozze:proposte", args=["prova", 1, id_di("ogni due anni")])
    risposta = lettore.get(url, {"ente": "comune-alfa"})
    assert risposta.status_code == 302
    assert risposta.url.endswith(
        f"?ente=comune-alfa&apri={id_di('ogni due anni')}#d-{id_di('ogni due anni')}"
    )
    pezzo = lettore.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in pezzo
    assert "data-chiudi" in pezzo
    assert "<ins>" in pezzo
    nulla = lettore.get(url, {"ente": "comune-beta"}, headers={"HX-Request": "true"}).content.decode()
    assert "Nulla su questa disposizione con i filtri scelti." in nulla


def test_le_osservazioni_restano_sul_testo_nuovo_e_si_dice_di_quelle_senza_posto(lettore, scena):
    osservazione(scena, CABINA)
    seconda(scena)
    pagina = _pagina(lettore, apri=id_di(CABINA))
    assert "0 emendamenti e 1 osservazione, su 1 disposizione." in pagina
    assert "Scritta sulla versione 1, che diceva:" in pagina
    seconda(scena, numero=3, togli=True)
    pagina = _pagina(lettore)
    assert "Osservazioni su disposizioni che non ci sono più" in pagina
    assert "La cabina si riunisce due volte l’anno." in pagina


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_non_crescono(client, scena, pubblicata, django_assert_num_queries, quanti):
    for numero in range(quanti):
        emendamento(scena, cambia("ogni due anni", f"ogni {numero + 5} anni"))
        osservazione(scena, "ogni due anni")
    client.force_login(scena.osservatore)
    query = {"apri": id_di("ogni due anni"), "mostra": "", "ambito": "piana"}
    client.get(TESTO, query)
    with django_assert_num_queries(23):
        client.get(TESTO, query)


def test_html_incollato_resta_testo(lettore, scena):
    emendamento(scena, cambia("ogni due anni", "<script>alert(1)</script><b>mai</b>"))
    pagina = _pagina(lettore, apri=id_di("ogni due anni"))
    assert "<script>alert" not in pagina
    assert "&lt;script&gt;alert" in pagina
