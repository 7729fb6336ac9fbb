"""How far each body has got with the draft: whether somebody of it has read the version published."""

from accordo.base.parole import Parola
from accordo.iter import fasi
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo
from bozze.interrogazioni.testo import enti_che_hanno_letto, versioni


def bozza(accordo: Accordo) -> dict[int, Parola]:
    """By body: read, or to be read. Nothing to do before there is a version."""
    enti = partecipazioni_attive(accordo).values_list("ente_id", flat=True)
    prima = versioni(accordo).filter(definitiva=False).first()
    if prima is None:
        parola = Parola.PIU_AVANTI if not fasi.fase_superata(accordo, "bozza") else Parola.NON_FATTO
        return dict.fromkeys(enti, parola)
    letto = enti_che_hanno_letto(prima)
    senza = Parola.NON_FATTO if fasi.fase_superata(accordo, "bozza") else Parola.DA_FARE
    promotore = accordo.promotore_id
    return {ente: Parola.FATTO if ente in letto or ente == promotore else senza for ente in enti}
