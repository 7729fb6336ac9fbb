"""How far each body is, for the table of bodies × phases. A constant number of queries."""

from accordo.base.parole import Parola
from accordo.iter import fasi
from accordo.iter.interrogazioni import enti_consultati, partecipazioni_attive
from accordo.iter.models import Accordo
from questionari import interrogazioni
from questionari.models import Compilazione
from questionari.servizi.restituzione import FASE_RESTITUZIONE
from questionari.stati import FASE, StatoCompilazione


def questionario(accordo: Accordo) -> dict[int, Parola]:
    """Phase 2: the answer's state; late after the deadline, not done if the accord has gone on without it."""
    parole = dict.fromkeys(partecipazioni_attive(accordo).values_list("ente", flat=True), Parola.NON_PREVISTO)
    if not fasi.fase_raggiunta(accordo, FASE):
        return parole | dict.fromkeys(
            enti_consultati(accordo).values_list("ente", flat=True), Parola.PIU_AVANTI
        )
    superata, scaduta = fasi.fase_superata(accordo, FASE), fasi.scaduta(accordo, FASE)
    stati = Compilazione.objects.filter(questionario__accordo=accordo).values_list("ente", "stato")
    for ente, stato in stati:
        if ente not in parole:
            continue
        if stato == StatoCompilazione.INVIATA:
            parole[ente] = Parola.FATTO
        elif superata:
            parole[ente] = Parola.NON_FATTO
        elif scaduta:
            parole[ente] = Parola.IN_RITARDO
        else:
            parole[ente] = Parola.DA_FARE if stato == StatoCompilazione.DA_INIZIARE else Parola.IN_CORSO
    return parole


def restituzione(accordo: Accordo) -> dict[int, Parola]:
    """Phase 3: who has read the published results."""
    enti = set(partecipazioni_attive(accordo).values_list("ente", flat=True))
    atto = interrogazioni.restituzione_di(accordo)
    pubblicata = atto is not None and atto.pubblicata_il is not None
    if not pubblicata:
        attesa = Parola.PIU_AVANTI
    else:
        attesa = Parola.NON_FATTO if fasi.fase_superata(accordo, FASE_RESTITUZIONE) else Parola.DA_FARE
    parole = dict.fromkeys(enti, attesa) | {accordo.promotore_id: Parola.FATTO if pubblicata else attesa}
    lette = interrogazioni.letture(accordo).values_list("ente", flat=True)
    return parole | {ente: Parola.FATTO for ente in lette if ente in enti}
