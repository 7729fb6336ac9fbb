"""What a file is to an accord: the text itself, a signed copy that is registered, one that is not, or nothing."""

from dataclasses import dataclass

from accordo.approvazione import interrogazioni_firme
from accordo.approvazione.firme import (
    Atteso,
    Controllo,
    EsitoFirma,
    FirmaLetta,
    FirmaRifiutata,
    NonEsaminabile,
)
from accordo.approvazione.firme.isolato import esamina_isolato
from accordo.approvazione.firme.persone import confronta
from accordo.approvazione.interrogazioni_firme import firme_di
from accordo.approvazione.models import AccordoFirmato, DocumentoFinale, Firma
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.iter.models import Accordo

MASSIMI_TESTI = 5
"""How many frozen texts of an accord, the newest first, a file is held against."""


def esamina_file(
    accordo: Accordo, contenuto: bytes, *, pubblico: bool = False
) -> tuple[EsitoFirma, DocumentoFinale, bool]:
    """Examine a signed file against the accord's frozen texts, the newest first.

    Return the report, the text it signs, and whether the portal holds this very file. FirmaRifiutata, with the reason
    for the newest text, if it signs none of them.
    """
    documenti = DocumentoFinale.objects.filter(accordo=accordo).select_related("versione", "accordo")
    primo: FirmaRifiutata | None = None
    for documento in documenti.order_by("-pk")[:MASSIMI_TESTI]:
        try:
            esito = esamina_isolato(
                contenuto, atteso_per(documento), adesso=orologio.adesso(), pubblico=pubblico
            )
        except NonEsaminabile:
            raise
        except FirmaRifiutata as rifiuto:
            primo = primo or rifiuto
            continue
        return esito, documento, _registrato(documento, impronta(contenuto))
    raise primo or FirmaRifiutata("Questo accordo non ha ancora un testo definitivo da firmare.")


@dataclass(frozen=True, slots=True)
class DiChi:
    """For whom one signature of a file stands: the body, whether who signed is who signs for it, why not if explained."""

    ente: str
    firmatario: Controllo
    spiegazione: str = ""


def di_chi(documento: DocumentoFinale, esito: EsitoFirma) -> list[DiChi | None]:
    """Return, for each signature of a file, the body for which the portal holds it; None for one that it does not hold.

    The same person may sign for two bodies with one certificate: the moment tells the two signatures apart.
    """
    registrate = list(firme_di(documento))
    note = {
        (voce.get("certificato_sha256"), voce.get("quando")): firma
        for firma in registrate
        for voce in firma.esito.get("firme", [])[firma.esito.get("precedenti", 0) :]
    }
    persone = interrogazioni_firme.chi_firma_per({firma.approvazione.ente_id for firma in registrate})

    def una(letta: FirmaLetta, dati: dict[str, str | None]) -> DiChi | None:
        firma = note.get((dati["certificato_sha256"], dati["quando"]))
        if firma is None:
            return None
        ente = firma.approvazione.ente
        return DiChi(ente.denominazione, confronta([letta], persone.get(ente.pk, [])), firma.spiegazione)

    return [una(letta, dati) for letta, dati in zip(esito.firme, esito.come_dati()["firme"], strict=True)]


def _registrato(documento: DocumentoFinale, sha256: str) -> bool:
    return (
        Firma.objects.filter(approvazione__documento=documento, sha256=sha256).exists()
        or AccordoFirmato.objects.filter(documento=documento, sha256=sha256).exists()
    )


def atteso_per(documento: DocumentoFinale, *, revisione: bytes = b"") -> Atteso:
    """Return what signed files of this text are held against."""
    with documento.pdf.open("rb") as aperto:
        pdf = aperto.read()
    akn = b""
    if documento.akn:
        with documento.akn.open("rb") as aperto:
            akn = aperto.read()
    firme, marche = interrogazioni_firme.fidati()
    return Atteso(
        pdf=pdf,
        akn=akn,
        revisione=revisione,
        fidati=firme,
        fidati_marche=marche,
        congelato_il=documento.creato_il,
    )
