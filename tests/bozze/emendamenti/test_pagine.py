"""The pages: nothing typed is lost, the number of queries does not grow with the lists."""

import pytest
from django.urls import reverse

from bozze.forms.emendamenti import ProposteForm
from bozze.models import Emendamento, Osservazione, Riformulazione
from bozze.servizi import esame
from tests.bozze.emendamenti.fabbriche import (
    aggiungi,
    albero_base,
    cambia,
    emendamento,
    id_di,
    osservazione,
    sopprimi,
    versione,
)


@pytest.fixture
def pubblicata(scena):
    return versione(scena)


def _url(nome, *argomenti):
    return reverse(f"bozze:{nome}", args=["prova", *argomenti])


def _entra(client, utente):
    client.force_login(utente)
    return client


# ---------------------------------------------------------------------------------------------- writing
def test_si_propone_correggendo_il_testo_dove_sta(client, scena, pubblicata):
    _entra(client, scena.referente)
    pagina = client.get(_url("emendamento_nuovo", id_di("La cabina si riunisce")))
    assert "La cabina si riunisce due volte" in pagina.content.decode()
    risposta = client.post(
        _url("emendamento_nuovo", id_di("La cabina si riunisce")),
        {
            "azione": "modifica",
            "testo": "La cabina si riunisce tre volte l\u2019anno.",
            "motivazione": "Serve incontrarsi di più.",
        },
    )
    em = Emendamento.objects.get()
    assert risposta.url == em.get_absolute_url()
    assert (em.stato, em.tipo) == ("bozza", "modificativo")
    assert 'la parola "due" è sostituita dalla seguente: "tre"' in em.disposto
    poi = "Quando è pronta la presenta chi lo rappresenta."
    assert poi in client.get(risposta.url).content.decode()
    assert poi not in _entra(client, scena.rappresentante).get(risposta.url).content.decode()


@pytest.mark.parametrize(
    ("dati", "errore"),
    [
        ({"azione": "modifica", "testo": "La cabina si riunisce spesso."}, "Scrivi perché"),
        (
            {
                "azione": "modifica",
                "testo": "La cabina si riunisce due volte l'anno.",
                "motivazione": "Così.",
            },
            "non cambia nulla",
        ),
        ({"azione": "modifica", "testo": " ", "motivazione": "Così."}, "il testo è vuoto"),
        ({"azione": "aggiungi", "posizione": "dopo", "motivazione": "Ecco perché."}, "testo da aggiungere"),
        ({"motivazione": "Ecco perché."}, "obbligatorio"),
    ],
)
def test_con_un_errore_non_si_perde_nulla(client, scena, pubblicata, dati, errore):
    _entra(client, scena.referente)
    risposta = client.post(_url("emendamento_nuovo", id_di("La cabina si riunisce")), dati)
    pagina = risposta.content.decode().replace("&#x27;", "'").replace("\u2019", "'")
    assert risposta.status_code == 422
    assert errore.lower() in pagina.lower()
    for valore in dati.values():
        assert valore in pagina
    assert not Emendamento.objects.exists()


def test_la_formula_si_vede_prima_di_salvare(client, scena, pubblicata):
    _entra(client, scena.referente)
    dati = {"azione": "sopprimi", "motivazione": "Non serve.", "anteprima": "1"}
    risposta = client.post(_url("emendamento_nuovo", id_di("La cabina si riunisce")), dati)
    assert "comma 1 è soppresso" in risposta.content.decode()
    assert not Emendamento.objects.exists()


def test_il_termine_passa_mentre_si_scrive(client, scena, pubblicata):
    """What was typed is still on the page, with the reason of the refusal."""
    _entra(client, scena.referente)
    scena.porta_a("proposta_definitiva")
    dati = {"azione": "modifica", "testo": "La cabina si riunisce spesso.", "motivazione": "Parole mie."}
    risposta = client.post(_url("emendamento_nuovo", id_di("La cabina si riunisce")), dati)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "è chiusa" in pagina
    assert "La cabina si riunisce spesso." in pagina
    assert "Parole mie." in pagina


def test_il_conflitto_mostra_le_due_proposte(client, scena, pubblicata):
    em = emendamento(scena, cambia("due volte", "tre volte"), presenta=False)
    _entra(client, scena.rappresentante)
    dati = {"azione": "modifica", "testo": "La cabina si riunisce spesso.", "motivazione": "Mia."}
    assert (
        client.post(_url("emendamento_modifica", em.pk), {**dati, "revisione": em.revisione}).status_code
        == 302
    )
    secondo = {**dati, "testo": "La cabina si riunisce ogni mese.", "revisione": em.revisione}
    risposta = client.post(_url("emendamento_modifica", em.pk), secondo)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "Nel frattempo" in pagina
    assert "spesso" in pagina
    assert "La cabina si riunisce ogni mese." in pagina
    revisione = Emendamento.objects.get(pk=em.pk).revisione
    assert (
        client.post(_url("emendamento_modifica", em.pk), {**secondo, "revisione": revisione}).status_code
        == 302
    )


def test_html_incollato_resta_testo(client, scena, pubblicata):
    _entra(client, scena.referente)
    dati = {
        "azione": "aggiungi",
        "posizione": "dopo",
        "nuovo": "<script>alert(1)</script> testo",
        "motivazione": "x",
    }
    client.post(_url("emendamento_nuovo", id_di("La cabina si riunisce")), dati)
    em = Emendamento.objects.get()
    pagina = client.get(em.get_absolute_url()).content.decode()
    assert "<script>alert" not in pagina
    assert "&lt;script&gt;alert" in pagina


def test_diecimila_parole(client, scena, pubblicata):
    _entra(client, scena.referente)
    dati = {"azione": "aggiungi", "posizione": "dopo", "nuovo": "parola " * 10_000, "motivazione": "Serve."}
    risposta = client.post(_url("emendamento_nuovo", id_di("La cabina si riunisce")), dati)
    assert risposta.status_code == 302
    assert client.get(risposta.url).status_code == 200


# ---------------------------------------------------------------------------------------------- the desk
def test_decidere_al_banco(client, scena, pubblicata):
    uno = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    altro = emendamento(scena, cambia("ogni due anni", "ogni sei mesi"), chi="altro")
    scena.porta_a("proposta_definitiva")
    _entra(client, scena.coordinatore)
    banco = _url("esame_articolo", id_di("Oggetto"))
    assert "1.1 e 1.2 non possono essere accolti insieme" in client.get(banco).content.decode()
    decisione = {"esito": "riformulato", "riformulazione": "anno, entro marzo,", "revisione": uno.revisione}
    risposta = client.post(_url("decidi", uno.pk), decisione)
    assert risposta.status_code == 422
    assert "anno, entro marzo," in risposta.content.decode()
    frammento = client.post(_url("decisione_anteprima", uno.pk), decisione, headers={"HX-Request": "true"})
    assert "Anteprima aggiornata" in frammento.content.decode()
    assert "1.1 da registrare" in frammento.content.decode()
    risposta = client.post(_url("decidi", uno.pk), {**decisione, "motivazione": "Meglio a marzo."})
    assert risposta.url == banco
    assert "In attesa del proponente" in client.get(banco).content.decode()
    _entra(client, scena.rappresentante)
    proposta = Riformulazione.objects.get()
    pagina = client.get(proposta.get_absolute_url()).content.decode()
    assert "Come è stato presentato" in pagina
    assert "Meglio a marzo." in pagina
    client.post(proposta.get_absolute_url(), {"accetta": "1"})
    _entra(client, scena.coordinatore)
    pagina = client.get(f"{banco}?apri={altro.pk}").content.decode()
    assert "1.1 accolto" in pagina
    assert "Meglio a marzo." in pagina
    assert "Lo impedisce il 1.1." in pagina


def test_chi_non_coordina_legge_e_non_decide(client, scena, pubblicata):
    emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    _entra(client, scena.rappresentante)
    pagina = client.get(_url("esame_articolo", id_di("Oggetto"))).content.decode()
    assert "Registra la decisione" not in pagina


def test_la_definitiva_si_pubblica_dalla_pagina(client, scena, pubblicata):
    em = emendamento(scena, sopprimi("La partecipazione"))
    scena.porta_a("proposta_definitiva")
    _entra(client, scena.coordinatore)
    pagina = client.get(_url("pubblica_definitiva")).content.decode()
    assert "Un emendamento è da decidere: 2.1." in pagina
    assert client.post(_url("pubblica_definitiva"), {"nota": "Ecco."}).status_code == 409
    esame.decidi_emendamento(em, "accolto", "Va bene.", da=scena.agente(scena.coordinatore))
    risposta = client.post(_url("pubblica_definitiva"), {"nota": "Ecco."})
    assert risposta.status_code == 302
    assert client.get(risposta.url).status_code == 200


# ---------------------------------------------------------------------------------------------- queries
_PAGINE = ("emendamenti", "osservazioni", "contributo", "esame", "esame_articolo", "sinottica")


def _riempi(scena, quanti):
    for numero in range(quanti):
        emendamento(scena, aggiungi("Le Parti coordinano", f"Comma nuovo {numero}."))
        emendamento(scena, cambia("ogni due anni", f"ogni {numero + 3} anni"), chi="altro")
        emendamento(scena, aggiungi("Le Parti coordinano", f"Comma in bozza {numero}."), presenta=False)
        osservazione(scena, "La cabina si riunisce")
        osservazione(scena, "La cabina si riunisce", presenta=False)


def _conta(client, nome, django_assert_max_num_queries):
    argomenti = [id_di("Oggetto")] if nome == "esame_articolo" else []
    with django_assert_max_num_queries(40) as contate:
        risposta = client.get(_url(nome, *argomenti))
    assert risposta.status_code == 200
    return len(contate), risposta


@pytest.mark.parametrize("nome", _PAGINE)
@pytest.mark.parametrize("chi", ["rappresentante", "coordinatore"])
def test_elenchi_query_costanti(client, scena, pubblicata, django_assert_max_num_queries, nome, chi):
    if (nome, chi) == ("contributo", "coordinatore"):
        pytest.skip("the promoter proposes nothing")
    _entra(client, scena.persona(chi))
    if nome.startswith("esame") and chi == "coordinatore":
        scena.porta_a("osservazioni")
    _riempi(scena, 1)
    if nome.startswith("esame"):
        scena.porta_a("proposta_definitiva")
    con_uno, _ = _conta(client, nome, django_assert_max_num_queries)
    scena.porta_a("osservazioni")
    _riempi(scena, 2)
    if nome.startswith("esame"):
        scena.porta_a("proposta_definitiva")
    con_tre, risposta = _conta(client, nome, django_assert_max_num_queries)
    assert con_tre == con_uno
    if nome == "emendamenti":
        assert risposta.context["page_obj"].paginator.count == (9 if chi == "rappresentante" else 6)


def test_i_filtri(client, scena, pubblicata):
    _riempi(scena, 1)
    emendamento(scena, sopprimi("La partecipazione"))
    _entra(client, scena.coordinatore)

    def quanti(**filtri):
        return client.get(_url("emendamenti"), filtri).context["page_obj"].paginator.count

    assert quanti() == 3
    assert quanti(tipo="soppressivo") == 1
    assert quanti(ente="comune-beta") == 1
    assert quanti(ambito="piana") == 3
    assert quanti(sezione=id_di("Oggetto")) == 2
    assert quanti(stato="accolto") == 0
    assert quanti(tipo="inventato") == 3


def test_osservazione_si_scrive_e_si_risponde(client, scena, pubblicata):
    _entra(client, scena.osservatore)
    client.post(_url("osservazione_nuova", id_di("La cabina si riunisce")), {"testo": "Chi la convoca?"})
    oss = Osservazione.objects.get()
    assert client.post(_url("osservazione_presenta", oss.pk)).status_code == 302
    _entra(client, scena.coordinatore)
    client.post(oss.get_absolute_url(), {"risposta": "La Provincia.", "esito": "chiarita"})
    oss.refresh_from_db()
    assert (oss.stato, oss.risposta) == ("risposta", "La Provincia.")


@pytest.mark.parametrize(
    ("scritto", "passa"),
    [
        ("Un comma nuovo.\nE un secondo comma.", False),
        ("3. Un comma nuovo;\n4. e un altro", False),
        ("Un comma:\na) con una lettera;\nb) e un'altra.\nE poi altro.", False),
        ("Un comma:\na) con una lettera.\nb) e un'altra.", True),
        ("Un comma lungo che va\na capo da solo.", True),
    ],
)
def test_una_disposizione_per_volta(scritto, passa):
    """Several commi typed where one goes are not made into one in silence: the form says how to go on."""
    testo = albero_base()
    nodo = testo.indice[id_di("La cabina si riunisce")].nodo
    dati = {"azione": "aggiungi", "posizione": "dopo", "nuovo": scritto, "motivazione": "Serve."}
    form = ProposteForm(dati, testo=testo, nodo=nodo)
    assert form.is_valid() is passa
    assert passa or "una disposizione sola" in form.errors["nuovo"][0]
