"""The objectives of the accord, as the dispositions of a text cite them by their codes."""

from collections.abc import Mapping, Sequence

from accordo.iter.models import Accordo
from accordo.rilievi.models import Obiettivo
from bozze.testo.albero import Disposizione, Testo


def obiettivi_di(accordo: Accordo) -> dict[str, Obiettivo]:
    """Return the objectives and sub-objectives by their codes, in their order. One query."""
    return {o.codice: o for o in Obiettivo.objects.filter(accordo=accordo).order_by("ordine", "pk")}


def citati(obiettivi: Mapping[str, Obiettivo], nodo: Disposizione) -> Sequence[Obiettivo]:
    """Return the objectives that a disposition cites itself."""
    return [obiettivi[codice] for codice in nodo.obiettivi if codice in obiettivi]


def codici_citati(testo: Testo) -> frozenset[str]:
    """Return the codes that the dispositions of a text cite."""
    return frozenset(codice for nodo in testo.disposizioni() for codice in nodo.obiettivi)
