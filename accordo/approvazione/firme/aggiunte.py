"""What was added to a PDF after its first bytes: signatures and nothing else.

pyHanko's own comparison of revisions walks the whole tag tree of an accessible document, several minutes for twenty
pages. What has to be known here is narrower: the file begins with the frozen bytes, so it is enough to look at the
objects that its later revisions write again, and at what they add to the two lists that a signature touches.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

CATALOGO = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version", "/Metadata"})
MODULO = frozenset({"/Fields", "/SigFlags", "/DA", "/DR"})
AREA_MASSIMA = 60_000
"""In square points: an eighth of a page."""
CAMPO = frozenset({"/V", "/AP", "/F", "/Lock", "/M", "/Ff", "/MK"})


def oltre_le_firme(lettore: PdfFileReader, gia_viste: int = 1) -> bool:
    """Whether any revision after the first `gia_viste` changes more than signature fields, their data and the metadata."""
    for numero in range(max(1, gia_viste), lettore.xrefs.total_revisions):
        nuova = lettore.get_historical_resolver(numero)
        vecchia = lettore.get_historical_resolver(numero - 1)
        if not all(_ammesso(riferimento, vecchia, nuova) for riferimento in _riscritti(vecchia, nuova)):
            return True
        if not _stesso(nuova.root_ref, vecchia.root_ref):
            return True
    return False


def _riscritti(vecchia: HistoricalResolver, nuova: HistoricalResolver) -> Iterator[generic.Reference]:
    """The objects of the revision before that this one writes again, or frees."""
    toccati = set(nuova.explicit_refs_in_revision()) | set(nuova.refs_freed_in_revision())
    return (riferimento for riferimento in toccati if not vecchia.is_ref_unassignable(riferimento))


def _ammesso(riferimento: generic.Reference, vecchia: HistoricalResolver, nuova: HistoricalResolver) -> bool:
    prima, dopo = vecchia(riferimento), nuova(riferimento)
    if (
        isinstance(prima, generic.NullObject)
        or _bytes(prima) == _bytes(dopo)
        or _stesso(riferimento, _info(vecchia))
    ):
        return True
    if isinstance(prima, generic.ArrayObject) and isinstance(dopo, generic.ArrayObject):
        return _solo_firme_in_piu(prima, dopo)
    if isinstance(prima, generic.StreamObject):
        return prima.get("/Type") == "/Metadata" and dopo.get("/Type") == "/Metadata"
    if not isinstance(prima, generic.DictionaryObject) or not isinstance(dopo, generic.DictionaryObject):
        return False
    if _stesso(riferimento, vecchia.root_ref):
        return _uguali(prima, dopo, CATALOGO) and _modulo_ammesso(prima, dopo)
    if prima.get("/Type") == "/Page":
        return _uguali(prima, dopo, {"/Annots"}) and _solo_firme_in_piu(
            prima.get("/Annots"), dopo.get("/Annots")
        )
    if prima.get("/FT") == "/Sig":
        return _uguali(prima, dopo, CAMPO)
    if "/Fields" in prima:
        return _uguali(prima, dopo, MODULO) and _solo_firme_in_piu(prima.get("/Fields"), dopo.get("/Fields"))
    return prima.get("/Type") == "/DSS"


def _modulo_ammesso(prima: Any, dopo: Any) -> bool:
    vecchio, nuovo = prima.get("/AcroForm", generic.DictionaryObject()), dopo.get("/AcroForm")
    if nuovo is None:
        return "/AcroForm" not in prima
    return _uguali(vecchio, nuovo, MODULO) and _solo_firme_in_piu(
        vecchio.get("/Fields"), nuovo.get("/Fields")
    )


def _solo_firme_in_piu(prima: Any, dopo: Any) -> bool:
    """The list has all it had, in order, and what is more are signature fields."""
    grezzi_prima = [_bytes(prima.raw_get(i)) for i in range(len(prima or ()))]
    grezzi_dopo = [_bytes(dopo.raw_get(i)) for i in range(len(dopo or ()))]
    if grezzi_dopo[: len(grezzi_prima)] != grezzi_prima:
        return False
    return all(_firma(dopo[i]) for i in range(len(grezzi_prima), len(grezzi_dopo)))


def _firma(campo: Any) -> bool:
    """A signature field that does nothing else, and too small to cover the text with its picture."""
    if (
        not isinstance(campo, generic.DictionaryObject)
        or campo.get("/FT") != "/Sig"
        or {"/A", "/AA"} & set(campo)
    ):
        return False
    x1, y1, x2, y2 = (float(numero) for numero in campo.get("/Rect", (0, 0, 0, 0)))
    return abs((x2 - x1) * (y2 - y1)) <= AREA_MASSIMA


def _uguali(prima: Any, dopo: Any, tranne: frozenset[str] | set[str]) -> bool:
    chiavi = (set(prima) | set(dopo)) - tranne
    return all(
        chiave in prima and chiave in dopo and _bytes(prima.raw_get(chiave)) == _bytes(dopo.raw_get(chiave))
        for chiave in chiavi
    )


def _stesso(uno: generic.Reference, altro: generic.Reference | None) -> bool:
    return altro is not None and (uno.idnum, uno.generation) == (altro.idnum, altro.generation)


def _info(versione: HistoricalResolver) -> generic.Reference | None:
    info = versione.trailer_view.raw_get("/Info") if "/Info" in versione.trailer_view else None
    return info.reference if isinstance(info, generic.IndirectObject) else None


def _bytes(oggetto: generic.PdfObject) -> bytes:
    flusso = BytesIO()
    oggetto.write_to_stream(flusso)
    return flusso.getvalue()
