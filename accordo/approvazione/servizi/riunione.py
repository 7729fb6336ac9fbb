"""All signatures in one file, when the last one arrives."""

import io
import zipfile

from django.core.files.base import ContentFile

from accordo.approvazione import interrogazioni_firme
from accordo.approvazione.firme.unione import riunisci
from accordo.approvazione.models import AccordoFirmato, DocumentoFinale, Firma
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.iter.registro import registra

INIZIO_ZIP = (1980, 1, 1, 0, 0, 0)
"""The files in the package bear no time of their own: the same signatures give the same bytes."""


def componi_firmato(documento: DocumentoFinale) -> AccordoFirmato:
    """Put the signatures together in one file, store it and write its fingerprint in the registro.

    Signed in turn: the last revision of the PDF. In parallel, all with .p7m: one envelope with all signers. If some
    signed as PDF or XML, or around somebody else's envelope: a package with that envelope and their files beside it.
    """
    firme = list(interrogazioni_firme.firme_di(documento))
    formato, contenuto = _contenuto(documento, firme)
    sha256 = impronta(contenuto)
    gia = documento.firmati.filter(sha256=sha256).first()
    if gia is not None:
        return gia
    firmato = AccordoFirmato(
        documento=documento,
        formato=formato,
        sha256=sha256,
        firme=len(firme),
        composto_il=orologio.adesso(),
    )
    firmato.file.save("firmato", ContentFile(contenuto), save=False)
    firmato.save()
    registra(
        documento.accordo,
        da=None,
        verbo="riunisce_firme",
        oggetto=firmato,
        dati={"sha256": sha256, "formato": formato, "firme": len(firme)},
    )
    return firmato


def _contenuto(documento: DocumentoFinale, firme: list[Firma]) -> tuple[str, bytes]:
    if interrogazioni_firme.a_turno(documento.accordo):
        ultima = interrogazioni_firme.ultima_revisione(documento)
        assert ultima is not None
        return "pdf", _leggi(ultima)
    with documento.pdf.open("rb") as aperto:
        testo = aperto.read()
    buste = [firma for firma in firme if firma.formato == "CAdES"]
    a_parte = [firma for firma in firme if not _nella_busta(firma)]
    riunite = riunisci([_leggi(firma) for firma in buste], testo) if buste else b""
    if not a_parte:
        return "p7m", riunite
    return "zip", _pacchetto(documento, riunite, a_parte)


def _nella_busta(firma: Firma) -> bool:
    """Whether all its signatures go into the common envelope."""
    return firma.formato == "CAdES" and all(
        voce.get("sul_testo", True) for voce in firma.esito.get("firme", ())
    )


def _pacchetto(documento: DocumentoFinale, riunite: bytes, a_parte: list[Firma]) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_STORED) as archivio:

        def aggiungi(nome: str, contenuto: bytes) -> None:
            archivio.writestr(zipfile.ZipInfo(nome, INIZIO_ZIP), contenuto)

        if riunite:
            aggiungi(f"accordo-{documento.accordo.slug}.pdf.p7m", riunite)
        for firma in a_parte:
            aggiungi(f"firmati-a-parte/{firma.nome_per_scaricare}", _leggi(firma))
    return uscita.getvalue()


def _leggi(firma: Firma) -> bytes:
    with firma.file.open("rb") as aperto:
        contenuto: bytes = aperto.read()
    return contenuto
