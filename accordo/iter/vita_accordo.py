"""The accord's own life, made from the procedure: on to the next phase, or back to the one before with a reason."""

from functools import cache

from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.models import Accordo, FaseAccordo
from accordo.iter.motore import Transizione, Vita
from accordo.iter.procedura import processo

AVANZA = "avanza"
TORNA_INDIETRO = "torna_indietro"


def _entra(accordo: Accordo, da: Agente) -> None:
    """Close the phase before, open the one the accord is now in, and start what it starts."""
    proc = processo()
    oggi = orologio.oggi()
    posizione = proc.posizione(accordo.fase)
    FaseAccordo.objects.filter(accordo=accordo, codice=proc.codici[posizione - 1]).update(fine_effettiva=oggi)
    fase = proc.fase(accordo.fase)
    if fase is None:
        return
    FaseAccordo.objects.filter(accordo=accordo, codice=fase.codice, inizio_effettivo__isnull=True).update(
        inizio_effettivo=oggi
    )
    FaseAccordo.objects.filter(accordo=accordo, codice=fase.codice).update(fine_effettiva=None)
    if fase.avvia is not None:
        fase.avvia(accordo, da=da)


def _rientra(accordo: Accordo, da: Agente) -> None:
    """Open again the phase that the accord goes back to; what was done stays."""
    FaseAccordo.objects.filter(accordo=accordo, codice=accordo.fase).update(fine_effettiva=None)


@cache
def vita_accordo() -> Vita:
    """Return the life of every accord."""
    proc = processo()
    avanti = tuple(
        Transizione(
            da=(fase.codice,),
            a=proc.dopo(fase.codice),
            verbo=AVANZA,
            etichetta=f"Passa a: {proc.nome(proc.dopo(fase.codice))}",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=fase.requisiti,
            effetto=_entra,
        )
        for fase in proc.fasi
    )
    indietro = tuple(
        Transizione(
            da=(dopo.codice,),
            a=prima.codice,
            verbo=TORNA_INDIETRO,
            etichetta=f"Torna a: {prima.nome}",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
            effetto=_rientra,
        )
        for prima, dopo in zip(proc.fasi, proc.fasi[1:], strict=False)
    )
    return Vita(
        nome="Accordo",
        stati={codice: proc.nome(codice) for codice in proc.codici},
        transizioni=avanti + indietro,
    )
