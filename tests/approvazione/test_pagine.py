"""The pages of phase 8: what they show, what they refuse, how many queries they ask."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accordo.approvazione import attivita, servizi
from accordo.approvazione.firma_di_prova import firma_p7m, firma_pdf
from accordo.approvazione.models import DocumentoFinale
from accordo.iter.models import Accordo
from tests.approvazione.fabbriche import altro_ente, avvia, congelato, di, file_pdf, pubblica, registra


@pytest.fixture
def aperta(scena):
    avvia(scena)
    return scena


def entra(client, utente):
    client.force_login(utente)
    return client


def url(nome: str, *argomenti: object) -> str:
    return reverse(f"approvazione:{nome}", args=["prova", *argomenti])


def test_quadro_prima_che_cominci_dice_che_cosa_comparira(client, scena):
    risposta = entra(client, scena.referente).get(url("quadro"))
    assertContains(risposta, "non è ancora cominciato")


def test_quadro_dice_quante_firme_mancano(client, aperta):
    registra(di(aperta.ente_a), aperta.agente(aperta.referente))
    risposta = entra(client, aperta.referente).get(url("quadro"))
    assertContains(risposta, "Mancano 3 firme: un ente ha approvato, 0 hanno firmato.")
    assertContains(risposta, "Deliberazione n. 12 del 02/03/2026")
    assertNotContains(risposta, url("ente", "comune-beta"))


@pytest.mark.parametrize("quanti", [1, 3])
def test_quadro_e_documenti_con_query_costanti(client, scena, quanti, django_assert_num_queries):
    nuovi = [altro_ente(scena, f"Gamma {n}") for n in range(quanti - 1)]
    avvia(scena)
    persone = [(scena.ente_a, scena.agente(scena.rappresentante)), *nuovi]
    for ente, agente in persone:
        registra(di(ente), agente)
        contenuto = SimpleUploadedFile("f.p7m", firma_p7m(congelato(di(ente)), str(agente.utente)))
        servizi.registra_firma(di(ente), contenuto, da=agente)
    entra(client, scena.coordinatore)
    client.get(url("quadro"))
    for nome, attese in QUERY.items():
        with django_assert_num_queries(attese):
            risposta = client.get(url(nome))
        assert risposta.status_code == 200


QUERY = {"quadro": 15, "documenti": 10}


def test_atto_dal_modulo(client, aperta):
    entra(client, aperta.referente)
    dati = {"organo": "Giunta comunale", "tipo": "deliberazione", "numero": "7", "data_atto": "2026-03-02"}
    dati |= {"versione": DocumentoFinale.objects.get().impronta_testo, "file": file_pdf()}
    risposta = client.post(url("atto", "comune-alfa"), dati, follow=True)
    assertContains(risposta, "Atto registrato: Deliberazione n. 7 del 02/03/2026.")
    assertContains(risposta, "Manca la firma di chi rappresenta")


def test_atto_sbagliato_torna_con_gli_errori_accanto(client, aperta):
    risposta = entra(client, aperta.referente).post(url("atto", "comune-alfa"), {"numero": "7"})
    assert risposta.status_code == 422
    assertContains(risposta, "Controlla i dati inseriti", status_code=422)


def test_atto_su_un_altra_versione_si_vede_e_blocca(client, aperta):
    bozza = aperta.accordo.versioni.get(numero=1)
    registra(di(aperta.ente_a), aperta.agente(aperta.referente), impronta_testo=bozza.impronta)
    entra(client, aperta.rappresentante)
    assertContains(
        client.get(url("ente", "comune-alfa")), "approva una versione diversa da quella definitiva"
    )
    quadro = client.get(url("quadro"))
    assertContains(quadro, "Atto da correggere")
    assertContains(quadro, "nessun ente ha ancora approvato")
    assertContains(client.get(url("firma", "comune-alfa")), "Non si può ancora firmare")
    assertContains(client.get(url("quadro")), "Approva un’altra versione")


def test_firma_caricata_o_rifiutata_con_la_ragione(client, aperta):
    registra(di(aperta.ente_a), aperta.agente(aperta.referente))
    entra(client, aperta.rappresentante)
    testo = client.get(url("testo_definitivo")).getvalue()
    rifiuto = client.post(url("firma", "comune-alfa"), {"file": SimpleUploadedFile("f.pdf", testo)})
    assertContains(rifiuto, "non è firmato", status_code=422)
    firmato = firma_pdf(testo, "Rappresentante Prova")
    riuscita = client.post(
        url("firma", "comune-alfa"), {"file": SimpleUploadedFile("f.pdf", firmato)}, follow=True
    )
    assertContains(riuscita, "Firma registrata: Rappresentante Prova.")
    assertContains(riuscita, "certificato sia qualificato e non revocato")
    scaricato = client.get(url("firma_file", "comune-alfa"))
    assert scaricato.getvalue() == firmato
    assert scaricato["X-Content-Type-Options"] == "nosniff"


def test_rinvio_dalla_pagina(client, aperta):
    entra(client, aperta.rappresentante)
    client.post(url("rinvio", "comune-alfa"), {"motivazione": "Manca la copertura."})
    assertContains(client.get(url("ente", "comune-alfa")), "Manca la copertura.")


def test_testo_definitivo_viene_dall_archivio(client, aperta):
    entra(client, aperta.osservatore)
    assert client.get(url("testo_definitivo")).getvalue() == client.get(url("versione", 2)).getvalue()
    assert client.get(url("versione", 1)).content.startswith(b"%PDF-")
    assert client.get(url("versione", 9)).status_code == 404


def test_verifica_di_un_impronta_e_di_un_file(client, aperta):
    documento = DocumentoFinale.objects.get()
    assertContains(
        client.get(url("verifica"), {"impronta": documento.impronta_testo[:16]}), "Sì, è un documento"
    )
    file = SimpleUploadedFile("testo.pdf", congelato(di(aperta.ente_a)))
    assertContains(client.post(url("verifica"), {"file": file}), "uguale byte per byte")
    bozza = aperta.accordo.versioni.get(numero=1)
    assertContains(client.get(url("verifica"), {"impronta": bozza.impronta}), "versione di lavoro")
    assertContains(
        client.get(url("verifica"), {"impronta": "0" * 64}), "Non è un documento di questo accordo"
    )
    assertContains(client.get(url("verifica"), {"impronta": "zz"}), "almeno i primi 16", status_code=422)


def test_verifica_di_un_file_firmato_dice_chi(client, aperta):
    registra(di(aperta.ente_a), aperta.agente(aperta.referente))
    firmato = firma_p7m(congelato(di(aperta.ente_a)), "Rappresentante Prova")
    servizi.registra_firma(
        di(aperta.ente_a), SimpleUploadedFile("f", firmato), da=aperta.agente(aperta.rappresentante)
    )
    risposta = client.post(url("verifica"), {"file": SimpleUploadedFile("f.p7m", firmato)})
    assertContains(risposta, "firmato da Rappresentante Prova (Comune di Alfa)")


def test_verifica_di_un_accordo_non_pubblico_non_esiste_per_chi_e_fuori(client, aperta):
    aperta.accordo.pubblico = False
    aperta.accordo.save()
    assert client.get(url("verifica")).status_code == 404


def test_attivita_per_chi_registra_per_chi_firma_per_chi_coordina(aperta):
    ufficio, sindaco = aperta.agente(aperta.referente), aperta.agente(aperta.rappresentante)
    assert [a.azione for a in attivita.attivita(aperta.accordo, ufficio)] == ["Registra l'atto"]
    registra(di(aperta.ente_a), ufficio)
    assert [a.fatta_il is not None for a in attivita.attivita(aperta.accordo, ufficio)] == [True]
    assert [a.azione for a in attivita.attivita(aperta.accordo, sindaco)] == ["Carica il testo firmato"]
    [segui] = attivita.attivita(aperta.accordo, aperta.agente(aperta.coordinatore))
    assert segui.titolo == "Segui l'approvazione degli enti"
    assert list(attivita.attivita(aperta.accordo, aperta.agente(aperta.osservatore))) == []


def test_documenti_prima_di_ogni_testo(client, scena):
    assertContains(
        entra(client, scena.referente).get(url("documenti")), "Le versioni del testo compaiono qui"
    )
    pubblica(scena.accordo, 1)
    assertContains(client.get(url("documenti")), "Versione 1")


def test_l_ultima_firma_e_quella_che_conclude_non_l_adesione(client, scena):
    avvia(scena)
    scena.porta_a("sottoscritto")
    Accordo.objects.filter(pk=scena.accordo.pk).update(sottoscritto_il=date(2026, 3, 15))
    client.force_login(scena.coordinatore)
    risposta = client.get(reverse("approvazione:quadro", args=["prova"]))
    assertContains(risposta, "L’ultima firma è del 15 marzo 2026.")
