"""The trust list from every kind of file; the command and the public page that check a file."""

import base64
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accordo.approvazione import riscontro, servizi
from accordo.approvazione.firme import NonEsaminabile
from accordo.approvazione.firme.elenchi import ElencoIllegibile, leggi_elenco
from accordo.approvazione.models import CertificatoFidato, DocumentoFinale, Firma
from tests.approvazione import autorita
from tests.approvazione.fabbriche import avvia, congelato, di, pubblica, registra

SERVIZIO = """<TSPService><ServiceInformation>
<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/{tipo}</ServiceTypeIdentifier>
<ServiceDigitalIdentity><DigitalId><X509Certificate>{certificato}</X509Certificate></DigitalId></ServiceDigitalIdentity>
<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{stato}</ServiceStatus>
<ServiceInformationExtensions><Extension><AdditionalServiceInformation>
<URI>http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/{per}</URI></AdditionalServiceInformation></Extension>
</ServiceInformationExtensions></ServiceInformation></TSPService>"""


def lista(*servizi: tuple[str, str, str, str]) -> bytes:
    corpo = "".join(
        SERVIZIO.format(
            tipo=tipo, stato=stato, per=per, certificato=base64.b64encode(autorita.radice_der(nome)).decode()
        )
        for nome, tipo, stato, per in servizi
    )
    return (
        '<?xml version="1.0"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><TrustServiceProviderList>'
        "<TrustServiceProvider><TSPInformation><TSPName><Name>Prestatore S.p.A.</Name></TSPName></TSPInformation>"
        f"<TSPServices>{corpo}</TSPServices></TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"
    ).encode()


@pytest.mark.parametrize(
    "contenuto",
    [autorita.radice_der(), autorita.radice_pem(), autorita.radice_pem() + autorita.radice_pem("Altra CA")],
    ids=["DER", "PEM", "due PEM"],
)
def test_certificati(contenuto):
    voci = leggi_elenco(contenuto)
    assert voci[0].der == autorita.radice_der()
    assert voci[0].per_firma
    assert len(voci) == contenuto.count(b"BEGIN CERT") or len(voci) == 1


def test_lista_prende_solo_chi_emette_firme_o_marche_adesso():
    voci = leggi_elenco(
        lista(
            ("CA dei test", "CA/QC", "granted", "ForeSignatures"),
            ("CA dei test", "TSA/QTST", "granted", "ForeSignatures"),
            ("Revocata", "CA/QC", "withdrawn", "ForeSignatures"),
            ("Dei siti", "CA/QC", "granted", "ForWebSiteAuthentication"),
            ("Altro servizio", "EDS/Q", "granted", "ForeSignatures"),
        )
    )
    assert [(voce.nome, voce.prestatore, voce.per_firma, voce.per_marche) for voce in voci] == [
        ("CA dei test", "Prestatore S.p.A.", True, True)
    ]


@pytest.mark.parametrize(
    "contenuto",
    [
        b"niente",
        b"<a/>",
        b"<a",
        lista(("X", "CA/QC", "withdrawn", "ForeSignatures")),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    ],
)
def test_elenco_illegibile(contenuto):
    with pytest.raises(ElencoIllegibile):
        leggi_elenco(contenuto)


def carica(tmp_path, nome: str, contenuto: bytes, **altro) -> str:
    percorso = tmp_path / nome
    percorso.write_bytes(contenuto)
    uscita = io.StringIO()
    call_command("carica_certificati", str(percorso), stdout=uscita, **altro)
    return uscita.getvalue()


def test_carica_certificati(db, tmp_path):
    assert "1 nuovi, 0 aggiornati, 0 tolti" in carica(tmp_path, "ca.pem", autorita.radice_pem())
    assert "0 nuovi, 1 aggiornati" in carica(tmp_path, "ca.der", autorita.radice_der())
    tsl = lista(("Altra CA", "CA/QC", "granted", "ForeSignatures"))
    assert "1 nuovi, 0 aggiornati, 1 tolti" in carica(tmp_path, "it.xml", tsl, sostituisci=True)
    assert CertificatoFidato.objects.get().fonte == "it.xml"
    with pytest.raises(CommandError, match="né una Trusted List"):
        carica(tmp_path, "x.pem", b"niente")


@pytest.fixture
def aperta(scena):
    avvia(scena)
    registra(di(scena.ente_a), scena.agente(scena.referente))
    return scena


def comando(percorso, **altro) -> str:
    uscita = io.StringIO()
    call_command("verifica_firme", str(percorso), accordo="prova", stdout=uscita, **altro)
    return uscita.getvalue()


def test_verifica_firme(aperta, tmp_path):
    percorso = tmp_path / "f.p7m"
    percorso.write_bytes(autorita.p7m(congelato(di(aperta.ente_a))))
    assert "non registrato" in comando(percorso)
    dati = json.loads(comando(percorso, json=True))
    assert (dati["valido"], dati["formato"], dati["registrato"], dati["versione"]) == (
        True,
        "CAdES",
        False,
        2,
    )
    assert dati["firme"][0]["ente"] is None
    sindaco = aperta.agente(aperta.rappresentante)
    registrata = autorita.p7m(congelato(di(aperta.ente_a)), str(sindaco.utente))
    servizi.registra_firma(di(aperta.ente_a), SimpleUploadedFile("f.p7m", registrata), da=sindaco)
    percorso.write_bytes(registrata)
    [letta] = json.loads(comando(percorso, json=True))["firme"]
    assert (letta["ente"], letta["firmatario"]["esito"], letta["spiegazione"]) == (
        "Comune di Alfa",
        "bene",
        "",
    )
    assert f"{sindaco.utente}: Comune di Alfa" in comando(percorso)
    carica(tmp_path, "ca.pem", autorita.radice_pem("Altra CA"))
    with pytest.raises(CommandError, match="non è tra i prestatori") as errore:
        comando(percorso, json=True)
    assert errore.value.returncode == 1


def test_pagina_pubblica_apre_un_file_firmato_che_non_conosce(client, aperta):
    busta = autorita.p7m(congelato(di(aperta.ente_a)), codice_fiscale="RSSNNA80A41E715X")
    indirizzo = reverse("approvazione:verifica", args=["prova"])
    pagina = client.post(indirizzo, {"file": SimpleUploadedFile("f.p7m", busta)})
    assertContains(pagina, "Sì, contiene il testo definitivo, firmato")
    assertContains(pagina, "Anna Rossi")
    assertNotContains(pagina, "RSSNNA80A41E715X")
    assert not Firma.objects.exists()
    altra = client.post(indirizzo, {"file": SimpleUploadedFile("f.p7m", autorita.p7m(b"altro"))})
    assertContains(altra, "Non è un documento di questo accordo")
    assertContains(altra, "non è il testo definitivo")


def test_pagina_pubblica_riconosce_l_accordo_firmato(client, aperta):
    from accordo.approvazione.models import AccordoFirmato, DocumentoFinale
    from accordo.approvazione.servizi.riunione import componi_firmato

    busta = autorita.p7m(congelato(di(aperta.ente_a)), str(aperta.rappresentante))
    servizi.registra_firma(
        di(aperta.ente_a), SimpleUploadedFile("f", busta), da=aperta.agente(aperta.rappresentante)
    )
    componi_firmato(DocumentoFinale.objects.get())
    with AccordoFirmato.objects.get().file.open("rb") as aperto:
        contenuto = aperto.read()
    pagina = client.post(
        reverse("approvazione:verifica", args=["prova"]), {"file": SimpleUploadedFile("f", contenuto)}
    )
    assertContains(pagina, "tutte le firme in un solo file")


def test_un_file_che_ferma_l_esame_non_si_prova_sugli_altri_testi(aperta, monkeypatch):
    prove = []

    def ferma(*_, **__):
        prove.append(1)
        raise NonEsaminabile("Troppo complesso.")

    DocumentoFinale.objects.create(
        accordo=aperta.accordo,
        versione=pubblica(aperta.accordo, 3, definitiva=True, variante=" Ancora."),
        pdf=di(aperta.ente_a).documento.pdf.name,
        sha256="c" * 64,
        impronta_testo="d" * 64,
    )
    monkeypatch.setattr(riscontro, "esamina_isolato", ferma)
    with pytest.raises(NonEsaminabile):
        riscontro.esamina_file(aperta.accordo, b"%PDF-", pubblico=True)
    assert len(prove) == 1
