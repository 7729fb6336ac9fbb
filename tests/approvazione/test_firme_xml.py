"""The text in XML, signed: the shapes that tools write, and the tricks that are refused."""

from functools import cache

import pytest
from lxml import etree
from signxml.algorithms import SignatureConstructionMethod
from signxml.xades.xades import XAdESSigner, XAdESVerifier

from accordo.approvazione import firma_di_prova
from accordo.approvazione.firma_di_prova import firma_xml
from accordo.approvazione.firme import Atteso, FirmaRifiutata, esamina
from accordo.approvazione.firme.xades import ELEMENTI_PER_FIRMA
from accordo.base import orologio

DS = "http://www.w3.org/2000/09/xmldsig#"


def accordo_xml(parole: str = "Le Parti si impegnano.") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        f'<act name="accordo"><body><article eId="art_1"><content><p>{parole}</p></content></article></body></act>\n'
        "</akomaNtoso>\n"
    ).encode()


@cache
def firmato(dentro: bool = True, parole: str = "Le Parti si impegnano.") -> bytes:
    return firma_xml(accordo_xml(parole), "Anna Rossi", codice_fiscale="RSSNNA80A41E715X", dentro=dentro)


def legge(contenuto: bytes, akn: bytes | None = None):
    return esamina(
        contenuto, Atteso(pdf=b"%PDF-", akn=accordo_xml() if akn is None else akn), adesso=orologio.adesso()
    )


def cambiato(cambia, dentro: bool = True) -> bytes:
    radice = etree.fromstring(firmato(dentro))
    cambia(radice)
    return etree.tostring(radice, xml_declaration=True, encoding="UTF-8")


def _algoritmo(nome: str, quale: str):
    def cambia(radice):
        radice.find(f".//{{{DS}}}{nome}").set("Algorithm", quale)

    return cambia


def _riferito_a(indirizzo: str):
    def cambia(radice):
        radice.find(f".//{{{DS}}}Reference").set("URI", indirizzo)

    return cambia


def _ingrassa(radice):
    oggetto = etree.SubElement(radice.find(f".//{{{DS}}}Signature"), f"{{{DS}}}Object")
    for _ in range(2 * ELEMENTI_PER_FIRMA + 100):
        etree.SubElement(oggetto, "x")


def _aggiunge_un_articolo(radice):
    corpo = radice.find(".//{*}body")
    corpo.append(etree.fromstring('<article xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>'))


def _avvolto(radice) -> bytes:
    """The signed text hidden in a package beside another one: signature wrapping."""
    altro = etree.fromstring(accordo_xml("Le Parti non si impegnano."))
    pacco = etree.Element("pacco")
    pacco.append(altro)
    pacco.append(radice)
    return etree.tostring(pacco)


def _pacco_con_altro() -> bytes:
    pacco = etree.Element("pacco")
    pacco.append(etree.fromstring(firmato(dentro=False)))
    etree.SubElement(pacco, "postilla").text = "Salvo diverso accordo."
    return etree.tostring(pacco)


def _id_doppio(radice):
    oggetto = radice.find(f"{{{DS}}}Object[@Id='object']")
    etree.SubElement(radice, f"{{{DS}}}Object").set("Id", oggetto.get("Id"))


def _senza_proprieta(radice):
    for qualificanti in radice.findall(".//{*}QualifyingProperties"):
        qualificanti.getparent().remove(qualificanti)


def _altro_firmatario(radice):
    altra = etree.fromstring(firma_xml(accordo_xml(), "Bea Verdi"))
    vecchio, nuovo = (r.find(".//{*}SignatureValue") for r in (radice, altra))
    vecchio.text = nuovo.text


BOMBA = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]><a>&i;</a>"
)
ESTERNA = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'

RIFIUTATI = {
    "XML senza firma": (accordo_xml, "nessuna firma digitale"),
    "altro testo firmato": (lambda: firmato(parole="Le Parti non si impegnano."), "non è quello definitivo"),
    "articolo aggiunto dopo": (lambda: cambiato(_aggiunge_un_articolo), "non è quello definitivo"),
    "firma spostata su un altro testo": (
        lambda: _avvolto(etree.fromstring(firmato())),
        "non è quello definitivo",
    ),
    "oggetti a migliaia accanto alla firma": (lambda: cambiato(_ingrassa), "molto più del testo"),
    "pacco con altro dentro": (_pacco_con_altro, "contiene altro"),
    "identificativo doppio": (lambda: cambiato(_id_doppio, dentro=False), "più volte"),
    "SHA-1": (
        lambda: cambiato(_algoritmo("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#rsa-sha1")),
        "non più ammesso",
    ),
    "digest SHA-1": (
        lambda: cambiato(_algoritmo("DigestMethod", "http://www.w3.org/2000/09/xmldsig#sha1")),
        "non più ammesso",
    ),
    "trasformazione XSLT": (
        lambda: cambiato(_algoritmo("Transform", "http://www.w3.org/TR/1999/REC-xslt-19991116")),
        "trasformazioni",
    ),
    "trasformazione XPath": (
        lambda: cambiato(_algoritmo("Transform", "http://www.w3.org/TR/1999/REC-xpath-19991116")),
        "trasformazioni",
    ),
    "riferimento in rete": (
        lambda: cambiato(_riferito_a("https://esempio.invalid/testo.xml")),
        "sta altrove",
    ),
    "riferimento a un file del server": (lambda: cambiato(_riferito_a("file:///etc/passwd")), "sta altrove"),
    "senza proprietà XAdES": (lambda: cambiato(_senza_proprieta), "non è una firma XAdES"),
    "valore di un altro firmatario": (lambda: cambiato(_altro_firmatario), "non è valida"),
    "bomba di entità": (lambda: BOMBA, "entità|rovinato"),
    "entità esterna": (lambda: ESTERNA, "entità"),
    "in UTF-16 con entità": (
        lambda: ESTERNA.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
        "entità",
    ),
    "troppo profondo": (lambda: b"<a>" * 100_000 + b"</a>" * 100_000, "rovinato"),
    "non XML": (lambda: b"<html><p>Firmato", "rovinato"),
    "XML troppo grande": (lambda: b"<a>" + b" " * (12 * 1024 * 1024) + b"</a>", "troppo grande"),
}


@pytest.mark.parametrize("quale", RIFIUTATI)
def test_xml_rifiutato_con_la_sua_ragione(quale):
    crea, ragione = RIFIUTATI[quale]
    with pytest.raises(FirmaRifiutata, match=ragione):
        legge(crea())


@pytest.mark.parametrize("dentro", [True, False], ids=["firma nel testo", "testo nella firma"])
def test_xml_accettato(dentro):
    esito = legge(firmato(dentro))
    [firma] = esito.firme
    assert (esito.formato, firma.nome, firma.codice_fiscale) == ("XAdES", "Anna Rossi", "RSSNNA80A41E715X")
    assert firma.quando is not None
    assert firma.riferito


def test_la_stessa_firma_vale_per_signxml():
    certificato = etree.fromstring(firmato()).findtext(".//{*}X509Certificate")
    assert XAdESVerifier().verify(firmato(), x509_cert=certificato)


def test_firma_accanto_al_testo_in_un_pacco():
    pacco = etree.Element("pacco")
    pacco.append(etree.fromstring(firmato(dentro=False)))
    assert legge(etree.tostring(pacco)).firme[0].nome == "Anna Rossi"


def _staccata(parole: str = "Le Parti si impegnano.", indirizzo: str = "accordo.xml") -> bytes:
    """A signature in a file of its own, that names the file of the text."""
    chiave, certificato = firma_di_prova._persona("Anna Rossi", "RSSNNA80A41E715X")
    firmatario = XAdESSigner(
        method=SignatureConstructionMethod.detached,
        signature_algorithm="ecdsa-sha256",
        digest_algorithm="sha256",
    )
    testo = etree.fromstring(accordo_xml(parole))
    firma = firmatario.sign(testo, key=chiave, cert=[certificato], reference_uri=indirizzo)
    return etree.tostring(firma, xml_declaration=True, encoding="UTF-8")


def test_firma_in_un_file_a_parte():
    esito = legge(_staccata())
    assert (esito.formato, esito.firme[0].nome, esito.firme[0].riferito) == ("XAdES", "Anna Rossi", True)


def test_firma_in_un_file_a_parte_su_un_altro_testo():
    """Whatever name it gives, what counts is the text that was signed."""
    with pytest.raises(FirmaRifiutata, match="non riguarda questo contenuto"):
        legge(_staccata("Le Parti non si impegnano."))
    with pytest.raises(FirmaRifiutata, match="sta altrove"):
        legge(_staccata(indirizzo="accordo.pdf"))


def test_senza_testo_xml_si_dice():
    with pytest.raises(FirmaRifiutata, match="non ha un testo in XML"):
        legge(firmato(), akn=b"")
