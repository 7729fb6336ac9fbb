"""What must hold before minutes are read and approved. Used by the meeting's life (focusgroup.stati)."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from accordo.base import orologio
from accordo.base.errori import Mancanza
from focusgroup.stati_verbale import StatoCorrezione

if TYPE_CHECKING:
    from focusgroup.models import Riunione


def verbale_scritto(riunione: "Riunione") -> Iterable[Mancanza]:
    """The minutes speak of every item of the agenda."""
    for punto in riunione.punti.filter(verbale=""):
        yield Mancanza(f"Manca il verbale del punto {punto.ordine}: {punto.titolo}.", riunione.url("verbale"))


def nomi_con_consenso(riunione: "Riunione") -> Iterable[Mancanza]:
    """The minutes name nobody who has not consented (norme.md, R20); a written reason may override it."""
    senza = list(
        riunione.convocazioni.filter(presenza__arrivo__isnull=False, presenza__consenso=False).values_list(
            "presenza__nome", flat=True
        )
    )
    if not senza:
        return
    testi = [(punto.ordine, punto.verbale) for punto in riunione.punti.exclude(verbale="")]
    for nome in senza:
        cognome = nome.split()[-1]
        if len(cognome) < 4 or not cognome[0].isupper():
            continue
        dove = [str(ordine) for ordine, testo in testi if re.search(rf"\b{re.escape(cognome)}\b", testo)]
        if dove:
            yield Mancanza(
                f"Il verbale nomina {nome}, che non ha dato il consenso (punto {', '.join(dove)}).",
                riunione.url("verbale"),
                superabile=True,
            )


def correzioni_esaminate(riunione: "Riunione") -> Iterable[Mancanza]:
    """Every correction that was asked has its answer."""
    from focusgroup.models import Correzione

    aperte = Correzione.objects.filter(punto__riunione=riunione, stato=StatoCorrezione.CHIESTA).count()
    if aperte:
        frase = "C'è una correzione" if aperte == 1 else f"Ci sono {aperte} correzioni"
        yield Mancanza(f"{frase} da esaminare.", riunione.url("correzioni"))


def termine_passato(riunione: "Riunione") -> Iterable[Mancanza]:
    """Who was there has had until the deadline; a written reason may shorten it."""
    entro = riunione.correzioni_entro
    if entro is not None and orologio.oggi() <= entro:
        yield Mancanza(
            f"Si possono chiedere correzioni fino al {entro:%d/%m/%Y}.",
            riunione.url("correzioni"),
            superabile=True,
        )
