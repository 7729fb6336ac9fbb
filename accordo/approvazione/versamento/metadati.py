"""The minimal metadata of what is deposited, as XML and as JSON (norme.md, R12).

The names follow annex 5 of the AgID guidelines on electronic documents: identifier and fingerprint, way of formation,
kind, registration, descriptive key, subjects, classification, confidentiality, format, verification, version.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lxml import etree

from accordo.approvazione.versamento.documento import Documento
from accordo.iter.models import Accordo

TIPI = {
    "pdf": "application/pdf",
    "p7m": "application/pkcs7-mime",
    "xml": "application/xml",
    "json": "application/json",
    "csv": "text/csv",
    "zip": "application/zip",
    "txt": "text/plain",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
ACQUISITI = ("atti", "firmato/", "firme/accordo-", "lettere", "prefettura", "recessi")
ACQUISITI_DENTRO = re.compile(r"/(allegato-|allegati/|firme/)")
CLASSIFICAZIONE = "da attribuire secondo il titolario dell'ente che versa"
CONSERVAZIONE = "illimitata"


@dataclass(frozen=True, slots=True)
class Metadati:
    """Of one file of the bag."""

    percorso: str
    impronta: str
    algoritmo: str
    formato: str
    tipologia: str
    oggetto: str
    autore: str
    data: str
    protocollo: str
    versione: str
    firmato_digitalmente: bool
    riservato: bool
    modalita_di_formazione: str
    firmatari: list[str]
    marcatura_temporale: bool
    note: str


def metadati(documento: Documento, sha256: str, giorno: date) -> Metadati:
    """Return the metadata of a file that has been written; what has no day of its own was made on `giorno`."""
    formazione = (
        "acquisizione di un documento informatico"
        if documento.percorso.startswith(ACQUISITI) or ACQUISITI_DENTRO.search(documento.percorso)
        else "creazione con strumenti software"
    )
    return Metadati(
        percorso=f"data/{documento.percorso}",
        impronta=sha256,
        algoritmo="SHA-256",
        formato=TIPI.get(documento.percorso.rpartition(".")[2], "application/octet-stream"),
        tipologia=documento.tipo,
        oggetto=documento.oggetto,
        autore=documento.autore,
        data=(documento.data or giorno).isoformat(),
        protocollo=documento.protocollo,
        versione=documento.versione,
        firmato_digitalmente=documento.firmato,
        riservato=documento.riservato,
        modalita_di_formazione=formazione,
        firmatari=list(documento.firmatari),
        marcatura_temporale=documento.marcato,
        note=documento.note,
    )


def aggregazione(accordo: Accordo, soggetti: list[str], giorno: date) -> dict[str, Any]:
    """Return what is said of the whole: the accord as one file of documents."""
    return {
        "tipo_aggregazione": "fascicolo",
        "identificativo": accordo.slug,
        "oggetto": accordo.titolo,
        "amministrazione_titolare": accordo.promotore.denominazione,
        "soggetti": soggetti,
        "data": accordo.sottoscritto_il.isoformat() if accordo.sottoscritto_il else "",
        "scadenza": accordo.scade_il.isoformat() if accordo.scade_il else "",
        "aggiornato_al": giorno.isoformat(),
        "classificazione": CLASSIFICAZIONE,
        "tempo_di_conservazione": CONSERVAZIONE,
    }


def in_dati(insieme: dict[str, Any], righe: list[Metadati]) -> dict[str, Any]:
    """All of it, for JSON."""
    return {
        "schema": "accordo-versamento/1",
        "aggregazione": insieme,
        "documenti": [asdict(m) for m in righe],
    }


def in_xml(insieme: dict[str, Any], righe: list[Metadati]) -> bytes:
    """All of it, as XML with the names of annex 5 where it has them."""
    radice = etree.Element("Versamento", schema="accordo-versamento/1")
    capo = etree.SubElement(radice, "AggregazioneDocumentaleInformatica")
    nomi = {
        "tipo_aggregazione": "TipoAggregazione",
        "identificativo": "IdAgg",
        "oggetto": "ChiaveDescrittiva",
        "amministrazione_titolare": "AmministrazioneTitolare",
        "data": "DataChiusura",
        "scadenza": "DataScadenza",
        "aggiornato_al": "AggiornatoAl",
        "classificazione": "IndiceDiClassificazione",
        "tempo_di_conservazione": "TempoDiConservazione",
    }
    for nome, tag in nomi.items():
        etree.SubElement(capo, tag).text = str(insieme[nome])
    soggetti = etree.SubElement(capo, "Soggetti")
    for soggetto in insieme["soggetti"]:
        etree.SubElement(soggetti, "Soggetto").text = soggetto
    for riga in righe:
        radice.append(_documento(riga))
    xml: bytes = etree.tostring(radice, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return xml


def _documento(riga: Metadati) -> etree._Element:
    documento = etree.Element("DocumentoInformatico")
    identita = etree.SubElement(documento, "IdDoc")
    etree.SubElement(identita, "ImprontaCrittograficaDelDocumento").text = riga.impronta
    etree.SubElement(identita, "Algoritmo").text = riga.algoritmo
    etree.SubElement(identita, "Identificativo").text = riga.percorso
    for tag, valore in (
        ("ModalitaDiFormazione", riga.modalita_di_formazione),
        ("TipologiaDocumentale", riga.tipologia),
        ("DatiDiRegistrazione", riga.protocollo),
        ("Data", riga.data),
        ("ChiaveDescrittiva", riga.oggetto),
        ("Autore", riga.autore),
        ("Riservato", str(riga.riservato).lower()),
        ("IdentificativoDelFormato", riga.formato),
        ("FirmatoDigitalmente", str(riga.firmato_digitalmente).lower()),
        ("MarcaturaTemporale", str(riga.marcatura_temporale).lower()),
        *(("Firmatario", nome) for nome in riga.firmatari),
        ("VersioneDelDocumento", riga.versione),
        ("Note", riga.note),
    ):
        etree.SubElement(documento, tag).text = valore
    return documento
