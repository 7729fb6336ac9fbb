"""The registro in words and out of the portal; the people of the bodies; the lives as drawings; the commands."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from accordo.base.canonico import impronta
from accordo.enti.models import Incarico, Invito, Ruolo
from accordo.iter.diagramma import archi, disegna
from accordo.iter.frasi import frase, vite_per_tipo
from accordo.iter.models import Accordo, Evento, Partecipazione
from accordo.iter.registro import registra
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory
from tests.iter.fabbriche import proposta_pubblicata

pytestmark = pytest.mark.django_db


def url(scena, nome: str, *altri) -> str:
    return reverse(f"iter:{nome}", args=[scena.accordo.slug, *altri])


@pytest.fixture
def coordina(client, scena):
    client.force_login(scena.coordinatore)
    return client


# ---------------------------------------------------------------------------------------------- registro


def test_registro_in_parole(scena, coordina) -> None:
    proposta_pubblicata(scena)
    pagina = coordina.get(url(scena, "registro")).content.decode()
    assert "Ha pubblicato la proposta d’accordo" in pagina
    assert "La catena del registro è integra" in pagina


def test_ognuno_legge_il_proprio_ente_e_chi_promuove(scena, client) -> None:
    for chi in ("coordinatore", "rappresentante", "rappresentante_altro"):
        registra(scena.accordo, da=scena.agente(scena.persona(chi)), verbo=f"prova_{chi}")
    client.force_login(scena.referente)
    pagina = client.get(url(scena, "registro")).content.decode()
    assert "Prova coordinatore" in pagina
    assert "Prova rappresentante:" in pagina
    assert "Prova rappresentante altro" not in pagina


def test_registro_filtri_e_pagine(scena, coordina) -> None:
    for n in range(60):
        registra(scena.accordo, da=scena.agente(scena.rappresentante), verbo="prova", dati={"n": n})
    scena.porta_a("bozza")
    registra(scena.accordo, da=scena.agente(scena.coordinatore), verbo="prova")

    def quante(**filtri) -> int:
        return coordina.get(url(scena, "registro"), filtri).context["page_obj"].paginator.count

    assert quante() == 61
    assert quante(fase="bozza") == 1
    assert quante(ente=scena.ente_a.pk) == 60
    assert quante(ente=scena.ente_a.pk, fase="bozza") == 0
    assert quante(fase="inventata", ente="x'--") == 61
    assert "Pagina 2 di 2" in coordina.get(url(scena, "registro"), {"page": 2}).content.decode()


def test_una_catena_rotta_si_legge(scena, coordina) -> None:
    registra(scena.accordo, da=None, verbo="prova")
    Accordo.objects.update(registro_impronta="0" * 64)
    assert "si rompe alla voce 1" in coordina.get(url(scena, "registro")).content.decode()


def test_quel_che_un_ente_prepara_non_si_nomina(scena, coordina) -> None:
    registra(scena.accordo, da=scena.agente(scena.referente), verbo="crea_emendamento", oggetto=scena.ente_a)
    for nome in ("registro", "registro_csv"):
        pagina = coordina.get(url(scena, nome)).content.decode().lower()
        assert "ha preparato un emendamento" in pagina
        assert "comune di alfa</p>" in pagina or ",comune di alfa,ha preparato un emendamento,," in pagina


def test_csv_senza_formule_e_json_ricalcolabile(scena, coordina) -> None:
    registra(scena.accordo, da=scena.agente(scena.coordinatore), verbo="prova", motivazione="=1+1")
    testo = coordina.get(url(scena, "registro_csv")).content.decode("utf-8-sig")
    riga = next(csv.DictReader(io.StringIO(testo)))
    assert riga["motivazione"] == "'=1+1"
    voce = json.loads(coordina.get(url(scena, "registro_json")).content)["voci"][0]
    scritta = voce.pop("impronta")
    assert impronta(voce) == scritta


@pytest.mark.parametrize("quanti", [1, 3])
def test_registro_query_costanti(scena, coordina, django_assert_max_num_queries, quanti: int) -> None:
    for _ in range(quanti):
        registra(scena.accordo, da=scena.agente(scena.rappresentante), verbo="aderisci")
    with django_assert_max_num_queries(15):
        coordina.get(url(scena, "registro"))


def test_ogni_verbo_ha_le_sue_parole(scena) -> None:
    """Whatever life an app has, its events read as words and not as codes."""
    for tipo, vita in vite_per_tipo().items():
        for t in vita.transizioni:
            testo = frase(
                Evento(oggetto_tipo=tipo, oggetto_nome="Cosa", verbo=t.verbo, stato_da=t.da[0], stato_a=t.a)
            ).testo
            assert "_" not in testo, testo
    assert frase(Evento(oggetto_tipo="x.y", oggetto_nome="Cosa", verbo="fa_altro")).testo == "Fa altro: Cosa"


# ---------------------------------------------------------------------------------------------- people


def invito(scena, **altri) -> dict[str, object]:
    return {
        "nome": "Ida", "cognome": "Poli", "email": "ida@example.invalid", "ente": scena.ente_a.pk,
        "ruolo": "referente", "dal": "2026-01-01", **altri,
    }  # fmt: skip


def test_invita_rimanda_annulla(scena, coordina, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert coordina.post(url(scena, "invita_persona"), invito(scena)).status_code == 302
    assert mail.outbox[-1].to == ["ida@example.invalid"]
    assert "Ida Poli" in coordina.get(url(scena, "persone")).content.decode()
    chiave = Invito.objects.get().pk
    with django_capture_on_commit_callbacks(execute=True):
        assert coordina.post(url(scena, "rimanda_invito", chiave)).status_code == 302
    assert len(mail.outbox) == 2
    assert coordina.post(url(scena, "annulla_invito", chiave)).status_code == 302
    assert coordina.post(url(scena, "annulla_invito", chiave)).status_code == 404
    assert list(Evento.objects.order_by("numero").values_list("verbo", flat=True)) == [
        "invita_persona", "rimanda_invito", "annulla_invito",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cambi", "parole"),
    [
        ({"ruolo": "coordinatore"}, "Coordina solo"),
        ({"al": "2025-01-01"}, "viene prima"),
        ({"email": "ida"}, "email"),
        ({"ente": 0}, "Ente"),
    ],
)
def test_inviti_sbagliati(scena, coordina, cambi: dict[str, object], parole: str) -> None:
    risposta = coordina.post(url(scena, "invita_persona"), invito(scena, **cambi))
    assert risposta.status_code == 422
    assert parole in risposta.content.decode()
    assert not Invito.objects.exists()


def test_solo_per_gli_enti_dell_accordo(scena, coordina) -> None:
    fuori = IncaricoFactory()
    assert coordina.post(url(scena, "invita_persona"), invito(scena, ente=fuori.ente.pk)).status_code == 422
    assert coordina.get(url(scena, "concludi_incarico", fuori.pk)).status_code == 404


def test_concludi_un_incarico(scena, coordina, client) -> None:
    incarico = Incarico.objects.get(utente=scena.referente)
    indirizzo = url(scena, "concludi_incarico", incarico.pk)
    assert "Ora è referente" in coordina.get(indirizzo).content.decode()
    assert coordina.post(indirizzo, {"motivazione": ""}).status_code == 422
    assert coordina.post(indirizzo, {"motivazione": "Ha cambiato ufficio"}).status_code == 302
    assert "1 incarico concluso" in coordina.get(url(scena, "persone")).content.decode()
    client.force_login(scena.referente)
    assert client.get(url(scena, "presentazione")).status_code == 404


@pytest.mark.parametrize("quanti", [1, 3])
def test_persone_query_costanti(scena, coordina, django_assert_max_num_queries, quanti: int) -> None:
    for _ in range(quanti):
        ente = EnteFactory()
        PartecipazioneFactory(accordo=scena.accordo, ente=ente)
        IncaricoFactory.create_batch(quanti, ente=ente)
    for nome in ("persone", "invita_persona"):
        with django_assert_max_num_queries(13):
            coordina.get(url(scena, nome))


# ---------------------------------------------------------------------------------------------- lives


def test_ogni_vita_si_disegna(client) -> None:
    for vita in vite_per_tipo().values():
        radice = ElementTree.fromstring(disegna(vita))
        inizi = [e for e in radice.iter() if e.get("class", "").startswith("vita-inizio")]
        assert len(inizi) == len(archi(vita))
    pagina = client.get(reverse("iter:vite"))
    assert pagina.status_code == 200
    assert "style=" not in pagina.content.decode().split("<main", 1)[1]


# ---------------------------------------------------------------------------------------------- commands


def test_verifica_registro(scena, capsys) -> None:
    registra(scena.accordo, da=None, verbo="prova")
    call_command("verifica_registro", "prova")
    assert "Registro integro: 1 voce." in capsys.readouterr().out
    Accordo.objects.update(registro_impronta="f" * 64)
    with pytest.raises(CommandError, match="Registro rotto alla voce 1") as errore:
        call_command("verifica_registro", "prova")
    assert errore.value.returncode == 1
    with pytest.raises(CommandError, match="Non c'è un accordo"):
        call_command("verifica_registro", "inventato")


def test_una_provincia_comincia_da_sola(capsys, client, tmp_path) -> None:
    from accordo.enti import caricamento
    from accordo.enti.agente import agenti_di

    call_command("carica_enti", caricamento.__file__.replace("caricamento.py", "dati/enti_lucca.csv"))
    with pytest.raises(CommandError, match="Non c'è un ente"):
        call_command("crea_coordinatore", "a@example.invalid", nome="Ada", cognome="Re", ente="provincia-x")
    with pytest.raises(CommandError, match="non è un indirizzo"):
        call_command("crea_coordinatore", "ada", nome="Ada", cognome="Re", ente="provincia-lucca")
    call_command("crea_coordinatore", "ada@example.invalid", nome="Ada", cognome="Re", ente="provincia-lucca")
    collegamento = capsys.readouterr().out.split("http://localhost:8000")[1].strip()
    password = "mela-verde-7-colli"
    assert (
        client.post(collegamento, {"password1": password, "password2": password})["Location"] == "/attivita/"
    )
    call_command(
        "crea_coordinatore", "ada@example.invalid", nome="Ada", cognome="Re", ente="prefettura-lucca"
    )
    assert "ha già un account" in capsys.readouterr().out
    opzioni = {"titolo": "Accordo per la sicurezza", "promotore": "provincia-lucca"}
    call_command("crea_accordo", "lucca", inizio=None, coinvolti=["unione-versilia"], **opzioni)
    accordo = Accordo.objects.get(slug="lucca")
    assert Partecipazione.objects.filter(accordo=accordo).count() == 39
    assert (
        Partecipazione.objects.get(accordo=accordo, ente__codice="unione-versilia").veste
        == "soggetto_coinvolto"
    )
    assert accordo.fasi.filter(scadenza__isnull=False).count() == 8
    persone = reverse("iter:persone", args=["lucca"])
    assert client.get(persone).status_code == 200, "the body of the invitation is the one she acts for"
    ada = agenti_di(client.get("/profilo/").wsgi_request.user)
    assert {r for a in ada for r in a.ruoli} == {Ruolo.COORDINATORE}
    client.post(reverse("enti:cambia_ente"), {"ente": "prefettura-lucca"})
    assert client.get(persone).status_code == 404
    for sbagliato in ("lucca", "non va"):
        with pytest.raises(CommandError):
            call_command("crea_accordo", sbagliato, **opzioni)
    with pytest.raises(CommandError, match="ente attivo"):
        call_command("crea_accordo", "altro", titolo="X", promotore="cm-garfagnana")
