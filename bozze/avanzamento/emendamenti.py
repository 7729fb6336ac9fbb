"""How far each body has got in phases 6 and 7, for the table bodies × phases. A constant number of queries."""

from accordo.base.parole import Parola
from accordo.iter import fasi
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo, Veste
from bozze.interrogazioni.emendamenti import FASE_ESAME, FASE_OSSERVAZIONI
from bozze.models import Contributo, Emendamento
from bozze.stati import APERTI, PRIVATI, StatoContributo


def osservazioni(accordo: Accordo) -> dict[int, Parola]:
    """Phase 6: confirmed, begun, to do, late. Whoever does not sign may remark, and is not expected to."""
    if not fasi.fase_raggiunta(accordo, FASE_OSSERVAZIONI):
        return {}
    stati = dict(Contributo.objects.filter(accordo=accordo).values_list("ente_id", "stato"))
    tardi = fasi.scaduta(accordo, FASE_OSSERVAZIONI) or fasi.fase_superata(accordo, FASE_OSSERVAZIONI)
    parole: dict[int, Parola] = {}
    for partecipazione in partecipazioni_attive(accordo):
        ente, stato = partecipazione.ente_id, stati.get(partecipazione.ente_id, "")
        if ente == accordo.promotore_id:
            parole[ente] = Parola.NON_PREVISTO
        elif stato == StatoContributo.CONFERMATO:
            parole[ente] = Parola.FATTO
        elif partecipazione.veste != Veste.SOTTOSCRITTORE:
            parole[ente] = Parola.NON_PREVISTO
        elif tardi:
            oltre = fasi.fase_superata(accordo, FASE_OSSERVAZIONI)
            parole[ente] = Parola.NON_FATTO if oltre else Parola.IN_RITARDO
        else:
            parole[ente] = Parola.IN_CORSO if stato == StatoContributo.IN_CORSO else Parola.DA_FARE
    return parole


def proposta_definitiva(accordo: Accordo) -> dict[int, Parola]:
    """Phase 7: whether a body's amendments are all decided."""
    if not fasi.fase_raggiunta(accordo, FASE_ESAME):
        return {}
    presentati: dict[int, list[str]] = {}
    righe = (
        Emendamento.objects.filter(accordo=accordo).exclude(stato__in=PRIVATI).values_list("ente_id", "stato")
    )
    for ente, stato in righe:
        presentati.setdefault(ente, []).append(stato)
    parole: dict[int, Parola] = {}
    for partecipazione in partecipazioni_attive(accordo):
        stati = presentati.get(partecipazione.ente_id)
        if not stati:
            parole[partecipazione.ente_id] = Parola.NON_PREVISTO
        else:
            aperti = any(stato in APERTI for stato in stati)
            parole[partecipazione.ente_id] = Parola.IN_CORSO if aperti else Parola.FATTO
    return parole
