"""What a fingerprint is to an accord."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from accordo.approvazione.models import AccordoFirmato, Approvazione, Atto, DocumentoFinale
from accordo.iter.models import Accordo
from bozze.interrogazioni.documenti import AllegatoDelTesto, allegati_del_testo
from bozze.models import DocumentoAllegato, Versione

MINIMO = 16
"""Signs of a fingerprint that tell it from all others."""
TAGLIO = "…"
"""Between the first and the last signs, as at the foot of each page."""


@dataclass(frozen=True, slots=True)
class Riscontro:
    """What was found for a fingerprint."""

    versione: Versione
    documento: DocumentoFinale | None = None
    file: bool = False
    """The fingerprint is that of the PDF file, not of the text in it."""
    approvazione: Approvazione | None = None
    """The signed copy that it is, if it is one."""
    riunito: AccordoFirmato | None = None
    """The file with all signatures, if it is that."""
    allegato: AllegatoDelTesto | None = None
    """The annex of the text that it is, if it is one."""
    atto: Atto | None = None
    """The act of a body that it is, if it is one."""


def per_impronta(accordo: Accordo, cercata: str) -> Riscontro | None:
    """Find what a fingerprint belongs to: a text, the frozen file, a signed file, an annex that is a file, an act.

    Its first 16 signs or more are enough, or the first and the last with "…" between.
    """
    if len(cercata.replace(TAGLIO, "")) < MINIMO:
        return None
    return next(_trovati(accordo, cercata), None)


def _trovati(accordo: Accordo, cercata: str) -> Iterator[Riscontro]:
    """Yield what it may be, the text first; what comes later is asked only if nothing was found before."""
    del_testo = _e("impronta_testo", cercata)
    documento = (
        DocumentoFinale.objects.filter(accordo=accordo)
        .filter(_e("sha256", cercata) | del_testo | _e("akn_sha256", cercata))
        .select_related("versione")
        .first()
    )
    if documento is not None:
        inizio, _, fine = cercata.partition(TAGLIO)
        testo = documento.impronta_testo
        yield Riscontro(
            documento.versione, documento, file=not (testo.startswith(inizio) and testo.endswith(fine))
        )
    riunito = (
        AccordoFirmato.objects.filter(_e("sha256", cercata), documento__accordo=accordo)
        .select_related("documento__versione")
        .last()
    )
    if riunito is not None:
        yield Riscontro(riunito.documento.versione, riunito.documento, file=True, riunito=riunito)
    firmata = (
        Approvazione.objects.filter(_e("firma__sha256", cercata), accordo=accordo)
        .select_related("documento__versione", "ente", "firma")
        .first()
    )
    if firmata is not None:
        yield Riscontro(firmata.documento.versione, firmata.documento, file=True, approvazione=firmata)
    versione = Versione.objects.filter(_e("impronta", cercata), accordo=accordo).first()
    if versione is not None:
        yield Riscontro(versione)
    yield from _allegati(accordo, cercata)
    atto = (
        Atto.objects.filter(_e("file_sha256", cercata), approvazione__accordo=accordo)
        .select_related("approvazione__documento__versione", "approvazione__ente")
        .order_by("-pk")
        .first()
    )
    if atto is not None:
        fissato = atto.approvazione.documento
        yield Riscontro(fissato.versione, fissato, file=True, atto=atto)


def _allegati(accordo: Accordo, cercata: str) -> Iterator[Riscontro]:
    """An annex of a published version, the newest first; one of the draft is nothing yet."""
    conservato = DocumentoAllegato.objects.filter(_e("impronta", cercata), accordo=accordo).first()
    if conservato is None:
        return
    versioni = Versione.objects.filter(accordo=accordo).select_related("documento_finale").order_by("-numero")
    for versione in versioni:
        for allegato in allegati_del_testo(versione):
            if allegato.documento.impronta == conservato.impronta:
                fissata = getattr(versione, "documento_finale", None)
                yield Riscontro(versione, fissata, file=True, allegato=allegato)


def _e(campo: str, cercata: str) -> Q:
    inizio, _, fine = cercata.partition(TAGLIO)
    condizione = Q(**{f"{campo}__startswith": inizio})
    return condizione & Q(**{f"{campo}__endswith": fine}) if fine else condizione
