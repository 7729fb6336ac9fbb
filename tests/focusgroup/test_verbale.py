"""The minutes: written by several hands, read, corrected until a deadline, approved and frozen; and what comes of them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.rilievi.models import Rilievo
from focusgroup import interrogazioni, servizi
from focusgroup.models import Correzione, Riunione, VersioneVerbale
from tests.fabbriche import EnteFactory, PartecipazioneFactory
from tests.focusgroup import mani

pytestmark = pytest.mark.django_db


@pytest.fixture
def da(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def letta(scena) -> Riunione:
    return mani.in_lettura(scena)


def _chiedi(scena, letta, testo="Non «luce», ma «illuminazione pubblica».", chi="rappresentante"):
    return servizi.chiedi_correzione(letta.punti.first(), testo, da=scena.agente(scena.persona(chi)))


# ------------------------------------------------------------------------------------------ writing
def test_si_salva_mentre_si_scrive(scena, client):
    riunione = mani.svolta(scena)
    punto = riunione.punti.first()
    client.force_login(scena.coordinatore)
    indirizzo = reverse("focusgroup:verbale_punto", args=["prova", riunione.pk, punto.pk])
    dati = {f"testo_{punto.pk}": "Si è parlato di luce.", f"revisione_{punto.pk}": 0}
    risposta = client.post(indirizzo, dati, headers={"HX-Request": "true"})
    testo = risposta.content.decode()
    assert "Salvato alle" in testo
    assert f'id="rev-{punto.pk}" value="1"' in testo
    altra_mano = client.post(
        indirizzo, dati | {f"testo_{punto.pk}": "Un altro testo."}, headers={"HX-Request": "true"}
    )
    testo = altra_mano.content.decode()
    assert altra_mano["HX-Retarget"] == f"#punto-{punto.pk}"
    assert "Si è parlato di luce." in testo
    assert "Un altro testo." in testo
    assert "ci sono due testi" in testo
    assert riunione.punti.get(pk=punto.pk).verbale == "Si è parlato di luce."
    assert client.post(indirizzo, dati).status_code == 302


def test_una_pagina_che_salva_due_volte_in_fretta_non_litiga_con_se_stessa(scena, da):
    riunione = mani.svolta(scena)
    punto = riunione.punti.first()
    assert servizi.scrivi_verbale(riunione, {punto.pk: ("Si è", 0)}, mano="a1", da=da) == []
    assert servizi.scrivi_verbale(riunione, {punto.pk: ("Si è detto.", 0)}, mano="a1", da=da) == []
    [conflitto] = servizi.scrivi_verbale(riunione, {punto.pk: ("Altro.", 0)}, mano="b2", da=da)
    assert conflitto.punto.verbale == "Si è detto."


def test_di_ogni_mano_resta_una_revisione(scena, da, client):
    riunione = mani.svolta(scena)
    punto = riunione.punti.first()
    inizio = orologio.adesso()
    for dopo, testo in ((0, "Prima"), (1, "Prima frase."), (20, "Prima frase. Seconda.")):
        with orologio.fermo(inizio + timedelta(minutes=dopo)):
            punto.refresh_from_db()
            assert servizi.scrivi_verbale(riunione, {punto.pk: (testo, punto.revisione)}, da=da) == []
    assert list(punto.revisioni.order_by("numero").values_list("numero", "testo")) == [
        (2, "Prima frase."),
        (3, "Prima frase. Seconda."),
    ]
    client.force_login(scena.coordinatore)
    pagina = client.get(reverse("focusgroup:storia_punto", args=["prova", riunione.pk, punto.pk]))
    assert "Seconda." in pagina.content.decode()


def test_pagina_query_costanti(scena, client, django_assert_num_queries):
    riunione = mani.svolta(scena)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(9):
        assert client.get(riunione.url("verbale")).status_code == 200
    for n in range(3):
        servizi.aggiungi_punto(riunione, f"Altro {n}", da=scena.agente(scena.coordinatore))
    with django_assert_num_queries(9):
        assert client.get(riunione.url("verbale")).status_code == 200


# ------------------------------------------------------------------------------------------ reading and correcting
def test_in_lettura_con_un_termine(scena, da, client, django_capture_on_commit_callbacks):
    riunione = mani.svolta(scena)
    testi = {p.pk: ("Detto.", 0) for p in riunione.punti.all()}
    servizi.scrivi_verbale(riunione, testi, da=da)
    client.force_login(scena.coordinatore)
    indirizzo = reverse("focusgroup:passo", args=["prova", riunione.pk, "pubblica_verbale"])
    ieri = orologio.oggi() - timedelta(days=1)
    assert client.post(indirizzo, {"entro": ieri.isoformat()}).status_code == 422
    entro = orologio.oggi() + timedelta(days=3)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(indirizzo, {"entro": entro.isoformat()}).status_code == 302
    fresca = Riunione.objects.get(pk=riunione.pk)
    assert (fresca.stato, fresca.correzioni_entro) == ("verbale_pubblicato", entro)
    assert f"{entro:%d/%m/%Y}" in mail.outbox[-1].body
    assert fresca.versioni.get().contenuto["punti"][0]["verbale"] == "Detto."


def test_correzione_accolta_il_verbale_cambia(scena, letta, da, client):
    correzione = _chiedi(scena, letta)
    client.force_login(scena.coordinatore)
    indirizzo = reverse("focusgroup:correzione", args=["prova", letta.pk, correzione.pk])
    form = client.get(indirizzo).context["form"]
    dati = {
        "esito": "accolta",
        "testo": form["testo"].value(),
        "vista": form["vista"].value(),
        "risposta": "",
    }
    uguale = client.post(indirizzo, dati)  # accepted, but nothing changed
    assert uguale.status_code == 422
    assert "rimasto uguale" in uguale.content.decode()
    dati["testo"] = "Si è parlato di illuminazione pubblica."
    assert client.post(indirizzo, dati).status_code == 302
    assert letta.punti.first().verbale == "Si è parlato di illuminazione pubblica."
    assert Correzione.objects.get().stato == "accolta"
    assert client.get(indirizzo).status_code == 404
    differenze = client.get(letta.url("versioni")).content.decode()
    assert "inizio parole aggiunte" in differenze
    assert "illuminazione" in differenze


def test_correzione_non_accolta_vuole_il_perche(scena, letta, da, client):
    correzione = _chiedi(scena, letta)
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.non_accogliere_correzione(correzione, risposta="", da=da)
    servizi.non_accogliere_correzione(correzione, risposta="È quello che è stato detto.", da=da)
    client.force_login(scena.rappresentante)
    assert "È quello che è stato detto." in client.get(letta.url("correzioni")).content.decode()


def test_correzione_dopo_il_termine(scena, letta, da, client):
    with orologio.fermo(orologio.adesso() + timedelta(days=7)):
        _chiedi(scena, letta, "L'ultimo giorno vale ancora.")
    with orologio.fermo(orologio.adesso() + timedelta(days=8)):
        with pytest.raises(ErroreDominio, match="Il termine per chiedere correzioni"):
            _chiedi(scena, letta)
        client.force_login(scena.rappresentante)
        pagina = client.get(letta.url("correzioni"))
        assert pagina.context["form"] is None
        assert "Il termine per chiedere correzioni è passato" in pagina.content.decode()
        dati = {"punto": letta.punti.first().pk, "testo": "Troppo tardi."}
        assert client.post(letta.url("correzioni"), dati).status_code == 409
    servizi.allunga_correzioni(letta, orologio.oggi() + timedelta(days=20), motivazione="Ferie.", da=da)
    with orologio.fermo(orologio.adesso() + timedelta(days=8)):
        _chiedi(scena, letta)


def test_chi_non_c_era_non_corregge(scena, letta):
    with pytest.raises(NonAutorizzato):
        _chiedi(scena, letta, chi="rappresentante_altro")
    with pytest.raises(NonAutorizzato):
        _chiedi(scena, letta, chi="osservatore")


def test_due_toccano_lo_stesso_punto_mentre_si_accoglie(scena, letta, da, client):
    prima, seconda = _chiedi(scena, letta), _chiedi(scena, letta, "Anche questo.")
    assert servizi.accogli_correzione(prima, testo="Primo testo corretto.", vista=1, da=da) is None
    client.force_login(scena.coordinatore)
    indirizzo = reverse("focusgroup:correzione", args=["prova", letta.pk, seconda.pk])
    dati = {"esito": "accolta", "testo": "Secondo testo corretto.", "vista": 1}
    risposta = client.post(indirizzo, dati)
    assert risposta.status_code == 409
    pagina = risposta.content.decode()
    assert "Primo testo corretto." in pagina
    assert "Secondo testo corretto." in pagina
    assert letta.punti.first().verbale == "Primo testo corretto."


def test_ritirare_la_propria(scena, letta, client):
    correzione = _chiedi(scena, letta)
    indirizzo = reverse("focusgroup:ritira_correzione", args=["prova", letta.pk, correzione.pk])
    client.force_login(scena.rappresentante_altro)
    assert client.post(indirizzo).status_code == 404
    client.force_login(scena.referente)
    assert client.post(indirizzo).status_code == 302
    assert Correzione.objects.get().stato == "ritirata"


@pytest.mark.parametrize("quante", [1, 3])
def test_correzioni_query_costanti(scena, letta, client, django_assert_num_queries, quante):
    for _ in range(quante):
        _chiedi(scena, letta)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(8):
        assert client.get(letta.url("correzioni")).status_code == 200


# ------------------------------------------------------------------------------------------ approving
def test_si_approva_quando_tutto_ha_risposta(scena, letta, da):
    correzione = _chiedi(scena, letta)
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.approva_verbale(letta, motivazione="Sì.", da=da)
    assert [m.testo for m in rifiuto.value.mancanze] == ["C'è una correzione da esaminare."]
    servizi.non_accogliere_correzione(correzione, risposta="No.", da=da)
    with pytest.raises(ErroreDominio, match="motivazione"):  # the deadline has not passed
        servizi.approva_verbale(letta, da=da)
    with orologio.fermo(orologio.adesso() + timedelta(days=8)):
        servizi.approva_verbale(letta, da=da)
    fresca = Riunione.objects.get(pk=letta.pk)
    approvata = fresca.versioni.get(approvata=True)
    assert fresca.impronta == approvata.impronta == impronta(approvata.contenuto)
    assert approvata.contenuto == servizi.contenuto_verbale(fresca)


def test_approvano_in_due_una_volta_sola(scena, letta, da):
    insieme = Riunione.objects.select_related("accordo").get(pk=letta.pk)
    with orologio.fermo(orologio.adesso() + timedelta(days=8)):
        servizi.approva_verbale(letta, da=da)
        with pytest.raises(StatoCambiato):
            servizi.approva_verbale(insieme, da=da)
    assert VersioneVerbale.objects.filter(approvata=True).count() == 1


def test_una_versione_non_si_tocca(scena, letta):
    versione = letta.versioni.get()
    with pytest.raises(ValidationError):
        versione.save()
    with pytest.raises(ValidationError):
        versione.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        VersioneVerbale.objects.filter(pk=versione.pk).update(impronta="x")


def test_pdf_di_quello_che_fu_approvato(scena, letta, da, client, stampa_vera):
    with orologio.fermo(orologio.adesso() + timedelta(days=8)):
        servizi.approva_verbale(letta, da=da)
    client.force_login(scena.osservatore)
    risposta = client.get(letta.url("verbale_pdf"))
    testo = "".join(p.extract_text() for p in PdfReader(BytesIO(risposta.content)).pages)
    assert "Comune di Alfa" in testo
    assert "Punti di forza" in testo
    assert client.get(letta.url("correzioni")).status_code == 404
    assert client.get(letta.url("versioni")).status_code == 200


# ------------------------------------------------------------------------------------------ what comes out
def test_dal_verbale_a_un_rilievo(scena, da, client):
    riunione = mani.svolta(scena)
    punto = riunione.punti.first()
    client.force_login(scena.coordinatore)
    indirizzo = f"{riunione.url('nuovo_rilievo')}?punto={punto.pk}&testo=Manca++la+luce."
    form = client.get(indirizzo).context["form"]
    assert form["testo"].value() == "Manca la luce."
    dati = {
        "tipo": "criticita",
        "testo": "Manca la luce.",
        "ambito": scena.ambito.pk,
        "obiettivi": [scena.accordo.obiettivi.first().pk],
    }
    assert client.post(indirizzo, dati).status_code == 302
    fonte = Rilievo.objects.get().fonti.get()
    assert fonte.riferimento == f"{riunione.pk}.{punto.pk}"
    assert f"punto {punto.ordine}: Manca la luce." in fonte.testo
    pagina = client.get(Rilievo.objects.get().get_absolute_url()).content.decode()
    assert f"{riunione.url()}#punto-{punto.pk}" in pagina
    assert list(interrogazioni.rilievi_emersi(riunione, scena.agente(scena.coordinatore))) == [
        Rilievo.objects.get()
    ]
    assert client.get(f"{riunione.url('nuovo_rilievo')}?punto=999999").status_code == 404


def test_riunione_annullata_i_rilievi_restano(scena, da, client):
    riunione = mani.convocata(scena)
    client.force_login(scena.coordinatore)
    dati = {
        "tipo": "criticita",
        "testo": "Manca la luce.",
        "ambito": scena.ambito.pk,
        "obiettivi": [scena.accordo.obiettivi.first().pk],
    }
    assert client.post(riunione.url("nuovo_rilievo"), dati).status_code == 302
    servizi.muovi_riunione(riunione, "annulla", da=da, motivazione="Neve.")
    pagina = client.get(riunione.url()).content.decode()
    assert "Manca la luce." in pagina
    rilievo = Rilievo.objects.get()
    assert rilievo.stato == "proposto"
    assert "riunione annullata" in client.get(rilievo.get_absolute_url()).content.decode()
    assert client.get(riunione.url("nuovo_rilievo")).status_code == 404
    assert client.get(riunione.url("presenze")).status_code == 200


def test_stato_di_ogni_ambito(scena, letta, client):
    altro = EnteFactory(ambito__nome="Versilia", ambito__codice="versilia-prova", ambito__ordine=30_000)
    PartecipazioneFactory(accordo=scena.accordo, ente=altro)
    client.force_login(scena.coordinatore)
    ambiti = client.get(reverse("focusgroup:riunioni", args=["prova"])).context["ambiti"]
    assert [(a.nome, a.migliore.stato if a.migliore else None) for a in ambiti] == [
        ("Piana di Lucca", "verbale_pubblicato"),
        ("Versilia", None),
    ]
