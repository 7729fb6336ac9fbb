"""The pages of co-signatures and sub-amendments, and what papers and lists say of them."""

import json
from datetime import date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from accordo.base import orologio
from bozze.attivita.emendamenti import osservazioni
from bozze.interrogazioni.akoma import akn_di_emendamento
from bozze.models import Emendamento, Subemendamento
from bozze.servizi import emendamenti as servizi
from bozze.servizi import firme
from bozze.servizi import subemendamenti as sub
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, sopprimi, subemendamento, versione
from tests.bozze.testo.test_akn import Q, valido


@pytest.fixture
def presentato(scena):
    versione(scena)
    return emendamento(scena, [*cambia("ogni due anni", "ogni anno"), *sopprimi("La partecipazione")])


@pytest.fixture
def ricco(scena, presentato):
    """An amendment of two operations, co-signed, with a sub-amendment."""
    firme.sottoscrivi(presentato, da=scena.agente(scena.rappresentante_altro))
    subemendamento(scena, presentato)
    return presentato


def _url(nome, *argomenti):
    return reverse(f"bozze:{nome}", args=["prova", *argomenti])


def _pagina(risposta):
    return risposta.content.decode().replace("\u2019", "'").replace("&#x27;", "'").replace("&quot;", '"')


# ---------------------------------------------------------------------------------------------- signatures
def test_si_sottoscrive_e_si_ritira_la_firma_dalle_pagine(client, scena, presentato):
    client.force_login(scena.rappresentante_altro)
    pagina = _pagina(client.get(presentato.get_absolute_url()))
    assert "Sottoscrivi l'emendamento" in pagina
    assert "Rispondi che non sottoscrivi" not in pagina
    assert client.post(_url("firma_sottoscrivi", presentato.pk)).status_code == 302
    pagina = _pagina(client.get(presentato.get_absolute_url()))
    assert "Comune di Beta" in pagina
    assert "Ritira la firma" in pagina
    assert client.post(_url("firma_sottoscrivi", presentato.pk)).status_code == 404
    assert client.post(_url("firma_ritira", presentato.pk)).status_code == 302
    assert not firme._firmatari(presentato)


def test_si_invita_e_chi_e_invitato_lo_trova_fra_le_cose_da_fare(client, scena):
    versione(scena)
    bozza = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    client.force_login(scena.referente)
    risposta = client.post(_url("firma_invita", bozza.pk), {"enti": [scena.ente_b.pk]})
    assert risposta.url == bozza.get_absolute_url()
    assert "Da firmare" in _pagina(client.get(bozza.get_absolute_url()))
    agente = scena.agente(scena.rappresentante_altro)
    prima = next(iter(osservazioni(scena.accordo, agente)))
    assert (prima.titolo, prima.url) == ("Rispondi a chi ti chiede una firma", bozza.get_absolute_url())
    client.force_login(scena.rappresentante_altro)
    pagina = _pagina(client.get(bozza.get_absolute_url()))
    assert "Sottoscrivi l'emendamento" in pagina
    assert "Presenta l'emendamento" not in pagina
    assert "Cambia" not in pagina.split("Chi lo firma")[0].split("Che cosa dice")[1].split("Perché")[0]
    assert client.post(_url("firma_declina", bozza.pk)).url == _url("emendamenti")
    assert client.get(bozza.get_absolute_url()).status_code == 404


def test_chi_ha_firmato_lo_fa_proprio_dalla_pagina(client, scena, ricco):
    with orologio.fermo(datetime(2026, 10, 1, 9)):
        servizi.ritira_emendamento(ricco, "Rinunciamo.", da=scena.agente(scena.rappresentante))
        client.force_login(scena.rappresentante_altro)
        pagina = _pagina(client.get(ricco.get_absolute_url()))
        assert "può farlo proprio fino al" in pagina
        assert client.post(_url("fai_proprio", ricco.pk), {"motivazione": ""}).status_code == 422
        assert client.post(_url("fai_proprio", ricco.pk), {"motivazione": "Serve."}).status_code == 302
    pagina = _pagina(client.get(ricco.get_absolute_url()))
    assert "ha fatto proprio l'emendamento presentato da Comune di Alfa" in pagina
    assert Subemendamento.objects.get().stato == "presentato"


# ---------------------------------------------------------------------------------------------- sub-amendments
def test_si_scrive_sulle_parole_dell_emendamento(client, scena, presentato):
    client.force_login(scena.referente_altro)
    nuovo = _url("subemendamento_nuovo", presentato.pk)
    assert "Mi oppongo a questa parte" in _pagina(client.get(nuovo))
    dati = {"testo_0_0": "anno e mezzo", "opponi_1": "on", "motivazione": "Serve più tempo."}
    pagina = _pagina(client.post(nuovo, {**dati, "anteprima": "1"}))
    assert "All'emendamento 1.1, il punto 2 è soppresso." in pagina
    assert not Subemendamento.objects.exists()
    risposta = client.post(nuovo, dati)
    fatto = Subemendamento.objects.get()
    assert risposta.url == fatto.get_absolute_url()
    assert len(fatto.operazioni) == 2
    pagina = _pagina(client.get(fatto.get_absolute_url()))
    assert "Modifica la proposta" in pagina
    modifica = _url("subemendamento_modifica", fatto.pk)
    assert "anno e mezzo" in _pagina(client.get(modifica))
    ancora = {"testo_0_0": "biennio", "motivazione": "Così.", "revisione": fatto.revisione}
    assert client.post(modifica, ancora).status_code == 302
    risposta = client.post(modifica, {**ancora, "testo_0_0": "triennio"})
    assert risposta.status_code == 422
    for attesa in ("Nel frattempo", "biennio", "triennio"):
        assert attesa in _pagina(risposta)


@pytest.mark.parametrize(
    ("dati", "errore"),
    [
        ({"testo_0_0": "anno"}, "Scrivi perché"),
        ({"testo_0_0": "anno", "motivazione": "x"}, "non cambia nulla"),
        ({"testo_0_0": "", "motivazione": "x"}, "Le parole sono vuote"),
        (
            {"testo_0_0": "anno", "opponi_0": "on", "opponi_1": "on", "motivazione": "x"},
            "non resterebbe nulla",
        ),
    ],
)
def test_con_un_errore_non_si_perde_nulla(client, scena, presentato, dati, errore):
    client.force_login(scena.referente_altro)
    risposta = client.post(_url("subemendamento_nuovo", presentato.pk), dati)
    assert risposta.status_code == 422
    assert errore in _pagina(risposta)
    assert not Subemendamento.objects.exists()


def test_il_termine_passa_mentre_si_scrive(client, scena, presentato):
    scena.scadenza("osservazioni", date(2026, 10, 15))
    client.force_login(scena.referente_altro)
    with orologio.fermo(datetime(2026, 10, 19, 0, 1)):
        risposta = client.post(
            _url("subemendamento_nuovo", presentato.pk),
            {"testo_0_0": "anno e mezzo", "motivazione": "Parole mie."},
        )
    assert risposta.status_code == 422
    for attesa in ("scaduto il 18/10/2026", "chiedere una proroga", "anno e mezzo", "Parole mie."):
        assert attesa in _pagina(risposta)


def test_una_bozza_scaduta_resta_e_dice_che_cosa_si_puo_fare(client, scena):
    versione(scena)
    scena.scadenza("osservazioni", date(2026, 10, 15))
    with orologio.fermo(datetime(2026, 10, 15, 23, 50)):
        bozza = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    client.force_login(scena.rappresentante)
    with orologio.fermo(datetime(2026, 10, 16, 0, 1)):
        pagina = _pagina(client.get(_url("emendamento_presenta", bozza.pk)))
        assert "Puoi chiedere una proroga" in pagina
        assert client.post(_url("emendamento_presenta", bozza.pk)).status_code == 409
        assert "dalla segreteria tecnica" in _pagina(client.get(bozza.get_absolute_url()))
        assert Emendamento.objects.get().stato == "bozza"


def test_chi_coordina_decide_dalla_pagina(client, scena, ricco):
    proposto = Subemendamento.objects.get()
    client.force_login(scena.coordinatore)
    assert "Registra la decisione" not in _pagina(client.get(proposto.get_absolute_url()))
    scena.porta_a("proposta_definitiva")
    assert "Registra la decisione" in _pagina(client.get(proposto.get_absolute_url()))
    dati = {"esito": "accolto", "revisione": proposto.revisione}
    assert client.post(proposto.get_absolute_url(), dati).status_code == 422
    risposta = client.post(proposto.get_absolute_url(), {**dati, "motivazione": "Va bene."})
    assert risposta.status_code == 302
    assert "anno e mezzo" in _pagina(client.get(ricco.get_absolute_url()))
    client.force_login(scena.rappresentante)
    assert client.post(proposto.get_absolute_url(), dati).status_code == 404


def test_i_passi(client, scena, presentato):
    bozza = subemendamento(scena, presentato, presenta=False)
    client.force_login(scena.rappresentante_altro)
    passo = _url("subemendamento_passo", bozza.pk, "presenta_subemendamento")
    assert client.get(passo).status_code == 200
    assert client.post(passo).status_code == 302
    ritira = _url("subemendamento_passo", bozza.pk, "ritira_subemendamento")
    assert client.post(ritira, {"motivazione": ""}).status_code == 422
    assert client.post(ritira, {"motivazione": "Rinunciamo."}).status_code == 302
    assert client.get(_url("subemendamento_passo", bozza.pk, "inventato")).status_code == 404


def test_html_incollato_resta_testo(client, scena, presentato):
    client.force_login(scena.referente_altro)
    client.post(
        _url("subemendamento_nuovo", presentato.pk),
        {"testo_0_0": "<script>alert(1)</script> anno", "motivazione": "x"},
    )
    pagina = client.get(Subemendamento.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in pagina
    assert "&lt;script&gt;alert" in pagina


# ---------------------------------------------------------------------------------------------- papers and lists
def test_elenchi_e_carte_dicono_chi_firma_e_i_subemendamenti(client, scena, ricco):
    client.force_login(scena.osservatore)
    for nome in ("emendamenti", "sinottica"):
        pagina = _pagina(client.get(_url(nome)))
        for attesa in ("1.1.1", "Beta"):
            assert attesa in pagina, nome
    foglio = load_workbook(BytesIO(client.get(_url("emendamenti_xlsx")).content)).active
    righe = list(foglio.iter_rows(values_only=True))
    assert "Comune di Beta" in righe[-1]
    assert any(str(cella).startswith("1.1.1 (Comune di Beta)") for cella in righe[-1])
    (voce,) = json.loads(client.get(_url("emendamenti_json")).content)["emendamenti"]
    assert voce["sottoscritto_da"] == ["comune-beta"]
    assert voce["subemendamenti"][0]["numero"] == "1.1.1"
    parole = "\n".join(
        p.text for p in Document(BytesIO(client.get(_url("emendamento_word", ricco.pk)).content)).paragraphs
    )
    assert "Comune di Alfa, Comune di Beta" in parole
    assert "Subemendamento 1.1.1 (Comune di Beta)" in parole


def test_l_akn_porta_operazioni_firme_e_subemendamenti(scena, ricco):
    radice = valido(akn_di_emendamento(ricco))
    assert len(radice.findall(f".//{Q}mod")) == 2
    proponenti = [e.text for e in radice.iter(f"{Q}docProponent")]
    assert proponenti == ["Comune di Alfa", "Comune di Beta", "Comune di Beta"]
    assert len(radice.findall(f".//{Q}signature")) == 2
    numeri = [e.text for e in radice.iter(f"{Q}docNumber")]
    assert numeri == ["1.1", "1.1.1"]
    assert "anno e mezzo" in "".join(radice.itertext())


# ---------------------------------------------------------------------------------------------- queries
@pytest.mark.parametrize("nome", ["emendamenti", "sinottica", "emendamento"])
def test_le_query_non_crescono(client, scena, presentato, django_assert_max_num_queries, nome):
    client.force_login(scena.rappresentante)
    argomenti = [presentato.pk] if nome == "emendamento" else []

    def conta():
        with django_assert_max_num_queries(45) as contate:
            assert client.get(_url(nome, *argomenti)).status_code == 200
        return len(contate)

    subemendamento(scena, presentato)
    firme.sottoscrivi(presentato, da=scena.agente(scena.rappresentante_altro))
    con_uno = conta()
    for _ in range(2):
        subemendamento(scena, presentato)
        altro = emendamento(scena, cambia("ogni due anni", "ogni anno"))
        firme.sottoscrivi(altro, da=scena.agente(scena.rappresentante_altro))
        subemendamento(scena, altro)
    assert conta() == con_uno
    assert sub.aperti_su(scena.accordo) == 5
