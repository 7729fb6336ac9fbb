"""How far each body is in phase 4, for the table of bodies × phases. A constant number of queries."""

from accordo.base.parole import Parola
from accordo.iter import fasi
from accordo.iter.interrogazioni import enti_consultati, partecipazioni_attive
from accordo.iter.models import Accordo
from focusgroup.models import Convocazione, Risposta
from focusgroup.stati import FASE, StatoRiunione

_PESO = (Parola.FATTO, Parola.IN_CORSO, Parola.DA_FARE, Parola.NON_FATTO)


def focus_group(accordo: Accordo) -> dict[int, Parola]:
    """Who came to the meeting of their area; of several meetings the best counts."""
    parole = dict.fromkeys(partecipazioni_attive(accordo).values_list("ente", flat=True), Parola.NON_PREVISTO)
    raggiunta, superata = fasi.fase_raggiunta(accordo, FASE), fasi.fase_superata(accordo, FASE)
    attesa = Parola.NON_FATTO if superata else Parola.DA_FARE if raggiunta else Parola.PIU_AVANTI
    parole |= dict.fromkeys(enti_consultati(accordo).values_list("ente", flat=True), attesa)
    if not raggiunta:
        return parole
    righe = (
        Convocazione.objects.filter(riunione__accordo=accordo, ospite=False)
        .exclude(riunione__stato__in=[StatoRiunione.ANNULLATA, StatoRiunione.IN_PREPARAZIONE])
        .values_list("ente", "riunione__stato", "risposta", "presente")
    )
    migliori: dict[int, Parola] = {}
    for ente, stato, risposta, presente in righe:
        if stato != StatoRiunione.CONVOCATA:
            parola = Parola.FATTO if presente else Parola.NON_FATTO
        else:
            parola = Parola.DA_FARE if risposta == Risposta.IN_ATTESA else Parola.IN_CORSO
        if ente not in migliori or _PESO.index(parola) < _PESO.index(migliori[ente]):
            migliori[ente] = parola
    return parole | {ente: parola for ente, parola in migliori.items() if ente in parole}
