"""Writing the questionnaire: services and pages; two people at once lose nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.iter.models import Evento
from questionari import modifiche, servizi
from questionari.definizione import Domanda, Sezione
from questionari.interrogazioni import bozza_di
from questionari.models import Questionario
from questionari.servizi import redazione
from tests.fabbriche import AccordoFactory
from tests.questionari import fabbriche
from tests.questionari.strategie import DATI
from tests.scena import Scena

pytestmark = pytest.mark.django_db


@pytest.fixture
def bozza(scena: Scena) -> Questionario:
    return servizi.carica_questionario(scena.accordo, DATI)


@pytest.fixture
def coordinatore(client: Client, scena: Scena) -> Client:
    client.force_login(scena.coordinatore)
    return client


def _url(scena: Scena, nome: str, *args: Any) -> str:
    return reverse(f"questionari:{nome}", args=[scena.accordo.slug, *args])


def _domanda(scena: Scena, codice: str) -> Domanda:
    trovata = bozza_di(scena.accordo)
    assert trovata is not None
    return trovata.struttura.per_codice[codice]


def _letta(scena: Scena, codice: str) -> str:
    trovata = bozza_di(scena.accordo)
    assert trovata is not None
    return redazione.vista_domanda(trovata.struttura, codice)


TESTO = {"tipo": "testo", "sezione": "S1", "riservatezza": "aggregata"}


def test_da_zero_fino_alla_prima_domanda(scena: Scena, coordinatore: Client) -> None:
    assert "Comincia da zero" in coordinatore.get(_url(scena, "modifica")).content.decode()
    coordinatore.post(_url(scena, "comincia"), {"titolo": "Sicurezza nei borghi"})
    coordinatore.post(_url(scena, "nuova_sezione"), {"titolo": "Il territorio", "nuovo": "S1"})
    pagina = coordinatore.get(_url(scena, "nuova_domanda") + "?sezione=S1&tipo=singola").content.decode()
    assert "Nuova domanda" in pagina
    dati = TESTO | {
        "tipo": "singola",
        "testo": "Avete un piano?",
        "nuovo": "D01",
        "obbligatoria": "on",
        "voce-codice": ["v1", "v2", "v3"],
        "voce-testo": ["Sì", "No", ""],
        "voci-insieme": "In parte\nNon lo so\n\n",
    }
    coordinatore.post(_url(scena, "nuova_domanda"), dati)
    coordinatore.post(_url(scena, "nuova_domanda"), dati)  # a double press
    domanda = _domanda(scena, "D01")
    assert [v.etichetta for v in domanda.voci] == ["Sì", "No", "In parte", "Non lo so"]
    assert len({v.codice for v in domanda.voci}) == 4
    trovata = bozza_di(scena.accordo)
    assert trovata is not None
    assert list(trovata.struttura.per_codice) == ["D01"]
    assert not trovata.errori()
    assert trovata.titolo == "Sicurezza nei borghi"
    assert Evento.objects.filter(verbo="modifica_questionario").count() == 2


def test_due_nuove_domande_insieme_restano_due(
    scena: Scena, bozza: Questionario, coordinatore: Client
) -> None:
    for testo in ("Prima?", "Seconda?"):
        risposta = coordinatore.post(_url(scena, "nuova_domanda"), TESTO | {"testo": testo, "nuovo": "D37"})
        assert risposta.status_code == 302
    assert (_domanda(scena, "D37").testo, _domanda(scena, "D38").testo) == ("Prima?", "Seconda?")


def test_due_nuove_sezioni_insieme_restano_due(scena: Scena, bozza: Questionario) -> None:
    da = scena.agente(scena.coordinatore)
    prima = servizi.aggiungi_sezione(scena.accordo, Sezione("S7", "Prima", ()), da=da)
    seconda = servizi.aggiungi_sezione(scena.accordo, Sezione("S7", "Seconda", ()), da=da)
    assert (prima.codice, seconda.codice) == ("S7", "S8")
    assert servizi.aggiungi_sezione(scena.accordo, Sezione("S7", "Prima", ()), da=da).codice == "S7"


def test_due_persone_sulla_stessa_domanda(scena: Scena, bozza: Questionario, coordinatore: Client) -> None:
    letta = _letta(scena, "D05")
    tipo = _domanda(scena, "D05").tipo
    base = TESTO | {"tipo": tipo, "letta": letta}
    assert (
        coordinatore.post(_url(scena, "modifica_domanda", "D05"), base | {"testo": "La mia?"}).status_code
        == 302
    )
    in_ritardo = coordinatore.post(_url(scena, "modifica_domanda", "D05"), base | {"testo": "L'altra?"})
    assert in_ritardo.status_code == 409
    pagina = in_ritardo.content.decode()
    assert "ha cambiato questa parte" in pagina
    assert "La mia?" in pagina  # what is stored
    assert "L&#x27;altra?" in pagina or "L'altra?" in pagina  # what was typed
    assert _domanda(scena, "D05").testo == "La mia?"
    nuova = in_ritardo.context["letta"]
    coordinatore.post(_url(scena, "modifica_domanda", "D05"), base | {"testo": "L'altra?", "letta": nuova})
    assert _domanda(scena, "D05").testo == "L'altra?"


def test_una_domanda_eliminata_mentre_la_si_scrive(
    scena: Scena, bozza: Questionario, coordinatore: Client
) -> None:
    letta = _letta(scena, "D11")
    coordinatore.post(_url(scena, "elimina_domanda", "D11"), {"letta": letta})
    dati = TESTO | {"tipo": "testo", "testo": "Scritta per un'ora", "letta": letta, "sezione": "S2"}
    risposta = coordinatore.post(_url(scena, "modifica_domanda", "D11"), dati)
    assert risposta.status_code == 409
    assert "ha eliminato" in risposta.content.decode()
    assert "Scritta per un" in risposta.content.decode()
    coordinatore.post(_url(scena, "modifica_domanda", "D11"), dati | {"letta": risposta.context["letta"]})
    assert _domanda(scena, "D11").testo == "Scritta per un'ora"


def test_su_domande_diverse_si_lavora_insieme(
    scena: Scena, bozza: Questionario, coordinatore: Client
) -> None:
    viste = {codice: _letta(scena, codice) for codice in ("D05", "D35")}
    for codice, letta in viste.items():
        tipo = _domanda(scena, codice).tipo
        sezione = "S1" if codice == "D05" else "S6"
        dati = TESTO | {"tipo": tipo, "letta": letta, "testo": f"Nuova {codice}", "sezione": sezione}
        if _domanda(scena, codice).voci:
            dati |= {
                "voce-codice": [v.codice for v in _domanda(scena, codice).voci],
                "voce-testo": [v.etichetta for v in _domanda(scena, codice).voci],
            }
        assert coordinatore.post(_url(scena, "modifica_domanda", codice), dati).status_code == 302
    assert _domanda(scena, "D35").testo == "Nuova D35"


def test_i_tasti_del_modulo_non_salvano(scena: Scena, bozza: Questionario, coordinatore: Client) -> None:
    prima = bozza.impronta
    dati = TESTO | {
        "tipo": "multipla",
        "testo": "Quali?",
        "voce-codice": ["v1", "v2"],
        "voce-testo": ["Uno", "Due"],
        "letta": _letta(scena, "D05"),
    }
    su = coordinatore.post(_url(scena, "modifica_domanda", "D05"), dati | {"azione": "voce:su:1"})
    assert [v.etichetta for v in su.context["modulo"].voci] == ["Due", "Uno"]
    altra = coordinatore.post(_url(scena, "modifica_domanda", "D05"), dati | {"azione": "voce:aggiungi"})
    assert len(altra.context["modulo"].voci) == 3
    condizione = coordinatore.post(_url(scena, "modifica_domanda", "D05"), dati | {"azione": "cond:nuova:"})
    assert "Scegli una domanda" in condizione.content.decode()
    strano = coordinatore.post(
        _url(scena, "modifica_domanda", "D05"), dati | {"azione": "voce:su:99999999:x"}
    )
    assert strano.status_code == 200
    bozza.refresh_from_db()
    assert bozza.impronta == prima


def test_le_condizioni_dal_modulo(scena: Scena, bozza: Questionario, coordinatore: Client) -> None:
    dati = TESTO | {
        "testo": "Come mai?",
        "sezione": "S2",
        "letta": _letta(scena, "D11"),
        "condizioni-modo": "tutte",
        "nodo": ["g1", "c2", "c2", "c1"],
        "gruppo-modo": ["almeno_una"],
        "cond-domanda": ["D10", "D03", "D02"],
        "cond-operatore": ["uguale", "maggiore", "risposto"],
        "cond-valore": ["si", "1.000", ""],
    }
    assert coordinatore.post(_url(scena, "modifica_domanda", "D11"), dati).status_code == 302
    from questionari import condizioni

    regola = _domanda(scena, "D11").visibile_se
    assert regola is not None
    assert condizioni.scrivi(regola) == {
        "tutte": [
            {
                "almeno_una": [
                    {"domanda": "D10", "operatore": "uguale", "valore": "si"},
                    {"domanda": "D03", "operatore": "maggiore", "valore": 1000},
                ]
            },
            {"domanda": "D02", "operatore": "risposto"},
        ]
    }
    sbagliata = dati | {"letta": _letta(scena, "D11"), "cond-valore": ["", "tanti", ""]}
    risposta = coordinatore.post(_url(scena, "modifica_domanda", "D11"), sbagliata)
    assert risposta.status_code == 422
    assert "«tanti» non è un numero" in risposta.content.decode()


def test_spostare_con_un_ordine_vecchio(scena: Scena, bozza: Questionario, coordinatore: Client) -> None:
    ordine = redazione.vista_ordine(bozza.struttura)
    dati = {"che": "domanda:D02:su", "ordine": ordine}
    assert coordinatore.post(_url(scena, "sposta"), dati).status_code == 302
    doppio = coordinatore.post(_url(scena, "sposta"), dati)
    assert doppio.status_code == 409
    assert "Nel frattempo" in doppio.content.decode()
    rifiutata = coordinatore.post(_url(scena, "sposta"), {"che": "domanda:D11:su"})
    assert rifiutata.status_code == 409
    assert "che verrebbe dopo" in rifiutata.content.decode()


def test_eliminare_chi_ha_dipendenti(scena: Scena, bozza: Questionario, coordinatore: Client) -> None:
    pagina = coordinatore.get(_url(scena, "elimina_domanda", "D10")).content.decode()
    assert "Non si può ancora eliminare" in pagina
    assert "Elimina la domanda</button>" not in pagina
    assert coordinatore.post(_url(scena, "elimina_domanda", "D10")).status_code == 409
    assert _domanda(scena, "D10")


def test_da_un_altro_accordo(scena: Scena, coordinatore: Client) -> None:
    altro = AccordoFactory(slug="altro", promotore=scena.provincia)
    modello = servizi.carica_questionario(altro, DATI)
    assert modello.titolo in coordinatore.get(_url(scena, "modifica")).content.decode().replace("’", "'")
    coordinatore.post(_url(scena, "comincia"), {"da": str(modello.pk)})
    copia = bozza_di(scena.accordo)
    assert copia is not None
    assert copia.struttura.sezioni == modello.struttura.sezioni
    assert copia.struttura.codice == "q-prova"
    assert coordinatore.post(_url(scena, "comincia"), {"da": str(modello.pk)}).status_code == 409
    di_nessuno = servizi.carica_questionario(AccordoFactory(slug="estraneo"), DATI)
    Questionario.objects.filter(accordo=scena.accordo).delete()
    assert coordinatore.post(_url(scena, "comincia"), {"da": str(di_nessuno.pk)}).status_code == 404


def test_solo_chi_coordina(scena: Scena, bozza: Questionario) -> None:
    with pytest.raises(NonAutorizzato):
        servizi.comincia(scena.accordo, da=scena.agente(scena.referente), titolo="No")
    with pytest.raises(NonAutorizzato):
        servizi.modifica(
            scena.accordo,
            modifiche.intestazione("No", ""),
            da=scena.agente(scena.coordinatore_altro),
            parte="intestazione",
            che_cosa="cambia",
        )


def test_aperto_non_si_cambia(scena: Scena, coordinatore: Client) -> None:
    fabbriche.apri(scena)
    assert coordinatore.get(_url(scena, "modifica")).status_code == 302
    assert coordinatore.get(_url(scena, "modifica_domanda", "D05")).status_code == 404
    with pytest.raises(ErroreDominio, match="serve una nuova versione"):
        servizi.modifica(
            scena.accordo,
            modifiche.togli_domanda("D05"),
            da=scena.agente(scena.coordinatore),
            parte="domanda D05",
            che_cosa="elimina",
        )


def test_con_errori_non_si_apre(scena: Scena, bozza: Questionario, coordinatore: Client) -> None:
    da = scena.agente(scena.coordinatore)
    servizi.aggiungi_sezione(scena.accordo, Sezione("S7", "Vuota", ()), da=da)
    pagina = coordinatore.get(_url(scena, "controlli")).content.decode()
    assert "La sezione non ha domande" in pagina
    scena.porta_a("questionario")
    with pytest.raises(ErroreDominio) as errore:
        servizi.avvia_questionario(scena.accordo, da=da)
    assert any("La sezione non ha domande" in m.testo for m in errore.value.mancanze)


def test_l_anteprima_prova_le_condizioni_e_non_salva(
    scena: Scena, bozza: Questionario, coordinatore: Client
) -> None:
    url = _url(scena, "prova")
    vuota = coordinatore.get(url, {"tipo": "comune", "schermo": "telefono"})
    assert 'id="q-D11"' not in vuota.content.decode()
    assert "prova-telefono" in vuota.content.decode()
    provata = coordinatore.post(url, {"tipo": "comune", "D10": "si", "D03": "troppi"}).content.decode()
    assert 'id="q-D11"' in provata
    assert "non è un numero" in provata
    assert 'id="q-D18"' not in coordinatore.get(url, {"tipo": "prefettura"}).content.decode()
    graduatoria = next(d for d in bozza.struttura.domande if d.tipo == "graduatoria")
    prima = graduatoria.voci[0]
    ordinata = coordinatore.post(
        url, {"tipo": "comune", "azione": f"{graduatoria.codice}:aggiungi:{prima.codice}"}
    )
    assert f'name="{graduatoria.codice}" value="{prima.codice}"' in ordinata.content.decode()


@pytest.mark.parametrize("quante", [1, 3])
def test_query_del_piano(
    scena: Scena, coordinatore: Client, django_assert_num_queries: Any, quante: int
) -> None:
    da = scena.agente(scena.coordinatore)
    servizi.comincia(scena.accordo, da=da, titolo="Prova")
    for i in range(1, quante + 1):
        servizi.aggiungi_sezione(scena.accordo, Sezione(f"S{i}", f"Sezione {i}", ()), da=da)
        servizi.aggiungi_domanda(
            scena.accordo, Domanda(f"D{i}", "testo", f"Domanda {i}?"), f"S{i}", {}, da=da
        )
    coordinatore.get(_url(scena, "modifica"))  # what is cached by the process is not counted
    with django_assert_num_queries(7):
        risposta = coordinatore.get(_url(scena, "modifica"))
    assert len(risposta.context["sezioni"]) == quante


def test_un_albero_qualunque_di_condizioni_dal_modulo(
    scena: Scena, bozza: Questionario, coordinatore: Client
) -> None:
    """Without JavaScript too: each press posts the whole form, and gives it back one step further."""
    from questionari import condizioni

    url = _url(scena, "modifica_domanda", "D11")
    base = TESTO | {"testo": "Come mai?", "sezione": "S2", "letta": _letta(scena, "D11")}
    profonda = base | {
        "condizioni-modo": "almeno_una",
        "nodo": ["g1", "c2", "g2", "c3", "g3", "c4", "c4", "c3", "c1"],
        "gruppo-modo": ["tutte", "almeno_una", "tutte"],
        "cond-domanda": ["D10", "D03", "D02", "D05", "D03", "D02"],
        "cond-operatore": ["uguale", "maggiore", "risposto", "risposto", "minore", "risposto"],
        "cond-valore": ["si", "10", "", "", "3", ""],
    }
    pagina = coordinatore.post(url, profonda | {"azione": "cond:nuova:0-1-1"})
    assert 'id="cond-0-1-1-2-domanda"' in pagina.content.decode()
    albero = pagina.context["modulo"].condizioni
    senza = coordinatore.post(url, profonda | {"azione": "cond:togli:0-1-1"}).context["modulo"].condizioni
    assert len(list(senza.righe())) == len(list(albero.righe())) - 3
    assert coordinatore.post(url, profonda).status_code == 302
    regola = _domanda(scena, "D11").visibile_se
    assert regola is not None
    d = {codice: {"domanda": codice, "operatore": "risposto"} for codice in ("D02", "D05")}
    assert condizioni.scrivi(regola) == {
        "almeno_una": [
            {
                "tutte": [
                    {"domanda": "D10", "operatore": "uguale", "valore": "si"},
                    {
                        "almeno_una": [
                            {"domanda": "D03", "operatore": "maggiore", "valore": 10},
                            {"tutte": [d["D02"], d["D05"]]},
                            {"domanda": "D03", "operatore": "minore", "valore": 3},
                        ]
                    },
                ]
            },
            d["D02"],
        ]
    }
    # what is stored stands in the form, ready to be sent back as it is
    dopo = coordinatore.get(url)
    assert dopo.content.decode().count('class="condizioni-gruppo"') == 3
    assert 'name="nodo" value="g3"' in dopo.content.decode()


@pytest.mark.parametrize(
    ("nodi", "attesi"),
    [
        (["c9"], 1),
        (["gx", "c1"], 1),
        (["g1", "g2", "g3", "g4", "g5", "c6"], 1),
        (["", "c", "c1"], 2),
        (["g1"] * 500, 0),
    ],
)
def test_un_modulo_storto_non_rompe_niente(nodi: list[str], attesi: int) -> None:
    from django.http import QueryDict

    from questionari.moduli import condizioni

    dati = QueryDict(mutable=True)
    dati.setlist("nodo", nodi)
    dati.setlist("gruppo-modo", ["boh"] * len(nodi))
    for campo in ("cond-domanda", "cond-operatore", "cond-valore"):
        dati.setlist(campo, ["D1", "D1"])
    albero = condizioni.leggi(dati)
    assert len(list(albero.righe())) == attesi
    for verbo in ("nuova", "gruppo", "togli"):
        for posto in ((), (0,), (-1,), (7, 7), (0, 0, 0, 0, 0, 0)):
            condizioni.premi(albero, verbo, posto)
