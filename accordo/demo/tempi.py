"""When everything of the demo happened: counted back from today, so that today always lies inside the phase asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from accordo.iter.procedura import processo

DURATE = {
    "presentazione": 11,
    "questionario": 25,
    "restituzione": 6,
    "focus_group": 15,
    "bozza": 13,
    "osservazioni": 14,
    "proposta_definitiva": 9,
    "approvazione": 30,
}
RITARDI = {"questionario": 0, "presentazione": 0, "restituzione": 5, "focus_group": 5, "bozza": 4}
"""By how many days a phase began later than planned; those not named, four."""
PROROGA_QUESTIONARIO = 5
GIORNI_PASSATI = {
    "questionario": 11,
    "focus_group": 9,
    "bozza": 6,
    "osservazioni": 8,
    "proposta_definitiva": 4,
    "approvazione": 12,
}
"""How far into its phase the demo stops; those not named stop on the first day."""


@dataclass(frozen=True, slots=True)
class Tempi:
    """The first day of each phase as it went, and the dates that had been planned."""

    inizi: dict[str, date]

    def giorno(self, fase: str, dopo: int = 0, ora: int = 10, minuto: int = 0) -> datetime:
        """Return a moment of a phase, `dopo` days after its first one, in working hours."""
        return make_aware(datetime.combine(self.inizi[fase] + timedelta(days=dopo), time(ora, minuto)))

    def previste(self) -> dict[str, tuple[date, date]]:
        """Return first and last day of each phase as planned at the beginning."""
        piano: dict[str, tuple[date, date]] = {}
        for fase, inizio in self.inizi.items():
            primo = inizio - timedelta(days=RITARDI.get(fase, 4))
            durata = DURATE[fase] - (PROROGA_QUESTIONARIO if fase == "questionario" else 0)
            piano[fase] = (primo, primo + timedelta(days=durata - 1))
        return piano


def tempi_per(codice: str, oggi: date) -> Tempi:
    """Return the times of a demo that stops in the phase `codice` (or after the last one) on the day `oggi`."""
    fasi = [fase.codice for fase in processo().fasi]
    if codice in fasi:
        primo = oggi - timedelta(days=GIORNI_PASSATI.get(codice, 0))
        indice = fasi.index(codice)
    else:
        primo, indice = oggi + timedelta(days=1), len(fasi)
    inizi: dict[str, date] = {}
    giorno = primo
    for fase in reversed(fasi[:indice]):
        giorno -= timedelta(days=DURATE[fase])
        inizi[fase] = giorno
    giorno = primo
    for fase in fasi[indice:]:
        inizi[fase] = giorno
        giorno += timedelta(days=DURATE[fase])
    return Tempi({fase: inizi[fase] for fase in fasi})
