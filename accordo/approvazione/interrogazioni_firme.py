"""What the signatures ask of the database: the way chosen, the turns, who signs for a body, the authorities trusted."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from accordo.approvazione import interrogazioni
from accordo.approvazione.firme.persone import Persona
from accordo.approvazione.models import (
    AccordoFirmato,
    Approvazione,
    CertificatoFidato,
    DocumentoFinale,
    EsitoTurno,
    Firma,
    RegolaFirme,
    Turno,
)
from accordo.approvazione.stati import StatoApprovazione
from accordo.enti.models import Ente, Incarico, Ruolo
from accordo.iter.models import Accordo


def regola(accordo: Accordo) -> RegolaFirme:
    """Return the way in which bodies sign; the usual one, unsaved, if nobody chose."""
    return RegolaFirme.objects.filter(accordo=accordo).first() or RegolaFirme(accordo=accordo)


def a_turno(accordo: Accordo) -> bool:
    """Whether one PDF goes round."""
    return regola(accordo).a_turno


def turno_aperto(documento: DocumentoFinale) -> Turno | None:
    """Return the turn that is running, or has expired without anybody taking it."""
    return (
        Turno.objects.filter(documento=documento, chiuso_il__isnull=True)
        .select_related(
            "approvazione__ente", "approvazione__accordo", "firma_precedente", "documento__accordo"
        )
        .first()
    )


def turni_di(documento: DocumentoFinale) -> QuerySet[Turno]:
    """Return all turns, in order."""
    return Turno.objects.filter(documento=documento).select_related("approvazione__ente")


def coda(documento: DocumentoFinale) -> list[Approvazione]:
    """Return the bodies that can sign, in the order in which their turn comes.

    First who registered its act first; who let a turn go comes after those who never did.
    """
    saltati = Count("turni", filter=Q(turni__esito__in=(EsitoTurno.SCADUTO, EsitoTurno.PASSATO)))
    pronte = (
        interrogazioni.approvazioni_di(documento)
        .filter(stato=StatoApprovazione.APPROVATO)
        .annotate(saltati=saltati)
    )
    trovate = [(riga, riga.atto) for riga in pronte]
    in_ordine = sorted(
        (riga.saltati, atto.registrato_il, riga.pk, riga)
        for riga, atto in trovate
        if atto is not None and atto.impronta_testo == documento.impronta_testo
    )
    return [riga for *_, riga in in_ordine]


def firme_di(documento: DocumentoFinale) -> QuerySet[Firma]:
    """Return the signatures of a text in the order in which they came."""
    return (
        Firma.objects.filter(approvazione__documento=documento)
        .select_related("approvazione__ente", "approvazione__accordo")
        .order_by("caricata_il", "pk")
    )


def ultima_revisione(documento: DocumentoFinale) -> Firma | None:
    """Return the signature whose file is the newest revision of the PDF that goes round."""
    return firme_di(documento).last()


def accordo_firmato(documento: DocumentoFinale) -> AccordoFirmato | None:
    """Return the one file with all signatures, once it is there."""
    return AccordoFirmato.objects.filter(documento=documento).order_by("-pk").first()


def firma_gia_usata(approvazione: Approvazione, sha256: str) -> bool:
    """Whether another body has uploaded this very file."""
    return (
        Firma.objects.filter(approvazione__documento=approvazione.documento_id, sha256=sha256)
        .exclude(approvazione=approvazione)
        .exists()
    )


def chi_firma(ente: Ente) -> list[Persona]:
    """Return who may sign for a body today: its representatives, delegates with their act."""
    return chi_firma_per([ente.pk]).get(ente.pk, [])


def chi_firma_per(enti: Iterable[int]) -> dict[int, list[Persona]]:
    """Return the same for many bodies, by their keys. One query."""
    incarichi = Incarico.objects.in_corso().filter(ente__in=enti, ruolo=Ruolo.RAPPRESENTANTE)
    persone: dict[int, list[Persona]] = {}
    for incarico in incarichi.select_related("utente").order_by("dal", "pk"):
        persona = Persona(str(incarico.utente), incarico.utente.codice_fiscale, incarico.atto_delega)
        persone.setdefault(incarico.ente_id, []).append(persona)
    return persone


def fidati() -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Return the DER certificates trusted for signatures, and those for time stamps."""
    righe = list(CertificatoFidato.objects.order_by("sha256").values_list("der", "per_firma", "per_marche"))
    return (
        tuple(bytes(der) for der, firma, _ in righe if firma),
        tuple(bytes(der) for der, _, marche in righe if marche),
    )
