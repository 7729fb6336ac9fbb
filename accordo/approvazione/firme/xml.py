"""XML from outside: parsed without entities, network or size; canonical form; the transforms that signers really use."""

import base64
import binascii
import copy
from collections.abc import Iterable

from lxml import etree

from accordo.approvazione.firme.esito import FirmaRifiutata

DS = "http://www.w3.org/2000/09/xmldsig#"
FIRMA = f"{{{DS}}}Signature"
MASSIMO_XML = 12 * 1024 * 1024

CANONICHE = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    "http://www.w3.org/2006/12/xml-c14n11": (False, False),
    "http://www.w3.org/2006/12/xml-c14n11#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
"""Canonical forms by their address: exclusive or not, with comments or not."""
IMBUSTATA = f"{DS}enveloped-signature"
BASE64 = f"{DS}base64"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XPATH2 = "http://www.w3.org/2002/06/xmldsig-filter2"
SENZA_FIRME = frozenset(
    {"not(ancestor-or-self::ds:Signature)", "/descendant::ds:Signature", "//ds:Signature"}
)
"""The only XPath expressions that are understood: "all but the signatures". None is ever evaluated."""

ROVINATO = "Il file XML è rovinato o non è regolare, e non si può leggere: caricalo di nuovo."


def leggi(contenuto: bytes, *, massimo: int = MASSIMO_XML) -> etree._Element:
    """Parse XML without trusting it: no entities, no document type, no network, bounded depth and size."""
    if len(contenuto) > min(massimo, MASSIMO_XML):
        raise FirmaRifiutata(
            "Il file XML è troppo grande: il testo firmato è molto più piccolo, controlla che sia il file giusto."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
    )
    try:
        radice = etree.fromstring(contenuto, parser)
    except (etree.XMLSyntaxError, ValueError) as errore:
        raise FirmaRifiutata(ROVINATO) from errore
    documento = radice.getroottree().docinfo
    if documento.internalDTD is not None or documento.doctype:
        raise FirmaRifiutata("Il file XML dichiara un tipo di documento o entità proprie: non si accetta.")
    return radice


def canonico(
    elemento: etree._Element, *, esclusivo: bool = True, commenti: bool = False, prefissi: Iterable[str] = ()
) -> bytes:
    """Return the canonical form of an element with what hangs below it."""
    return etree.tostring(
        elemento,
        method="c14n",
        exclusive=esclusivo,
        with_comments=commenti,
        inclusive_ns_prefixes=list(prefissi) or None,
    )


def senza_firme(elemento: etree._Element, sola: etree._Element | None = None) -> etree._Element:
    """Return a copy of the element without signatures (or without `sola`), what stood after each being kept."""
    albero = elemento.getroottree()
    copiati = list(copy.deepcopy(albero).getroot().iter())
    originali = list(albero.getroot().iter())  # kept, so that the proxies stay the same objects
    posti = {id(originale): posto for posto, originale in enumerate(originali)}
    radice = copiati[posti[id(elemento)]]
    via = [copiati[posti[id(sola)]]] if sola is not None else list(radice.iter(FIRMA))
    for firma in via:
        genitore = firma.getparent()
        if genitore is not None and (firma is not radice and radice in firma.iterancestors()):
            _togli(genitore, firma)
    return radice


def _togli(genitore: etree._Element, figlio: etree._Element) -> None:
    if figlio.tail:
        prima = figlio.getprevious()
        if prima is not None:
            prima.tail = (prima.tail or "") + figlio.tail
        else:
            genitore.text = (genitore.text or "") + figlio.tail
    genitore.remove(figlio)


def uguali(uno: etree._Element, altro: etree._Element) -> bool:
    """Whether two texts are the same but for signatures, and white space at the very end of the root."""
    return canonico(_nudo(uno)) == canonico(_nudo(altro))


def _nudo(elemento: etree._Element) -> etree._Element:
    copia = senza_firme(elemento)
    copia.tail = None
    if len(copia) and not (copia[-1].tail or "").strip():
        copia[-1].tail = None
    return copia


def trasforma(nodo: etree._Element, trasformazioni: list[etree._Element], firma: etree._Element) -> bytes:
    """Apply the transforms of a reference to an element; FirmaRifiutata for one that is not known."""
    corrente: etree._Element | bytes = nodo
    for trasformazione in trasformazioni:
        quale = trasformazione.get("Algorithm", "")
        if quale == BASE64 and not isinstance(corrente, bytes):
            corrente = da_base64(parole(corrente))
        elif isinstance(corrente, bytes):
            raise FirmaRifiutata(_SCONOSCIUTA)
        elif quale == IMBUSTATA:
            corrente = senza_firme(corrente, firma)
        elif quale in (XPATH, XPATH2):
            espressione = "".join(parole(trasformazione).split())
            if espressione.replace("dsig:", "ds:") not in SENZA_FIRME or not _toglie(trasformazione, quale):
                raise FirmaRifiutata(_SCONOSCIUTA)
            corrente = senza_firme(corrente)
        elif quale in CANONICHE:
            esclusivo, commenti = CANONICHE[quale]
            corrente = canonico(
                corrente, esclusivo=esclusivo, commenti=commenti, prefissi=prefissi_inclusi(trasformazione)
            )
        else:
            raise FirmaRifiutata(_SCONOSCIUTA)
    return corrente if isinstance(corrente, bytes) else canonico(corrente, esclusivo=False)


_SCONOSCIUTA = "La firma XML usa trasformazioni che questo portale non conosce: nel tuo strumento scegli una firma XAdES semplice."


def _toglie(trasformazione: etree._Element, quale: str) -> bool:
    if quale == XPATH:
        return True
    filtri = list(trasformazione)
    return len(filtri) == 1 and filtri[0].get("Filter") == "subtract"


def prefissi_inclusi(metodo: etree._Element) -> list[str]:
    """The prefixes that an exclusive canonical form keeps."""
    for figlio in metodo:
        if isinstance(figlio.tag, str) and figlio.tag.endswith("}InclusiveNamespaces"):
            return figlio.get("PrefixList", "").split()
    return []


def parole(elemento: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(pezzo) for pezzo in elemento.itertext())


def da_base64(testo: str) -> bytes:
    """Decode base64 with line breaks; FirmaRifiutata if it is not."""
    try:
        return base64.b64decode("".join(testo.split()), validate=True)
    except (binascii.Error, ValueError) as errore:
        raise FirmaRifiutata(ROVINATO) from errore
