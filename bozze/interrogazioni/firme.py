"""The querysets of co-signatures and sub-amendments, and until when they can be made."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from accordo.base import orologio
from accordo.base.errori import Mancanza
from accordo.enti.agente import Agente
from accordo.enti.models import Ente
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.permessi import vede
from bozze.interrogazioni.emendamenti import (
    FASE_ESAME,
    FASE_OSSERVAZIONI,
    definitiva_pubblicata,
    scadenza,
)
from bozze.models import Emendamento, Sottoscrizione, Subemendamento
from bozze.stati import StatoEmendamento
from bozze.stati_firme import (
    PRIVATI_SUB,
    StatoSottoscrizione,
    StatoSubemendamento,
)

GIORNI_SUBEMENDAMENTI = 3
"""After the term for amendments, so that also the last one presented can be amended."""
GIORNI_PER_FARE_PROPRIO = 5


# ---------------------------------------------------------------------------------------------- co-signatures
def con_firme(emendamenti: QuerySet[Emendamento]) -> QuerySet[Emendamento]:
    """Read the amendments with their signatures (`firme`) and presented sub-amendments (`sub`): two queries more."""
    firme = firme_valide().select_related("ente__ambito")
    sub = (
        Subemendamento.objects.exclude(stato__in=PRIVATI_SUB)
        .select_related("ente__ambito", "accordo", "emendamento")
        .order_by("numero")
    )
    return emendamenti.prefetch_related(
        Prefetch("sottoscrizioni", queryset=firme, to_attr="firme"),
        Prefetch("subemendamenti", queryset=sub, to_attr="sub"),
    )


def firme_valide() -> QuerySet[Sottoscrizione]:
    """Return the signatures that are given and stand."""
    return Sottoscrizione.objects.filter(stato=StatoSottoscrizione.FIRMATA)


def firmati_da(agente: Agente, accordo: Accordo) -> QuerySet[Sottoscrizione, int]:
    """Return the keys of the amendments of others that the person's body signs, or is asked to sign."""
    stati = (StatoSottoscrizione.DA_FIRMARE, StatoSottoscrizione.FIRMATA)
    return Sottoscrizione.objects.filter(accordo=accordo, ente=agente.ente_id, stato__in=stati).values_list(
        "emendamento", flat=True
    )


def cofirmatari(emendamento: Emendamento) -> list[Ente]:
    """Return the bodies that sign an amendment with its proposer, in the order in which they signed.

    Takes what `con_firme` has read, if it has.
    """
    lette: Sequence[Sottoscrizione] | None = getattr(emendamento, "firme", None)
    if lette is None:
        lette = list(firme_valide().filter(emendamento=emendamento).select_related("ente__ambito"))
    return [firma.ente for firma in lette]


def subemendamenti_di(emendamento: Emendamento) -> list[Subemendamento]:
    """Return the presented sub-amendments of an amendment, in their order. Takes what `con_firme` has read."""
    letti: Sequence[Subemendamento] | None = getattr(emendamento, "sub", None)
    return list(presentati_su(emendamento) if letti is None else letti)


def presentati_su(emendamento: Emendamento) -> QuerySet[Subemendamento]:
    """Return the presented sub-amendments of an amendment, in their order."""
    return (
        Subemendamento.objects.filter(emendamento=emendamento)
        .exclude(stato__in=PRIVATI_SUB)
        .select_related("ente__ambito", "accordo", "emendamento")
        .order_by("numero")
    )


def accolti_su(emendamento: Emendamento) -> QuerySet[Subemendamento]:
    """Return the accepted sub-amendments of an amendment, in their order."""
    return presentati_su(emendamento).filter(stato=StatoSubemendamento.ACCOLTO)


def subemendamenti_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Subemendamento]:
    """Return the presented sub-amendments, to all who see the accord, and the drafts, to the body that writes them."""
    tutti = (
        Subemendamento.objects.filter(accordo=accordo)
        .select_related(
            "accordo",
            "emendamento__accordo",
            "emendamento__ente",
            "emendamento__versione",
            "ente__ambito",
            "autore",
        )
        .defer("emendamento__versione__testo")
    )
    if agente is None or not vede(agente, accordo):
        return tutti.none()
    propri = Q(ente=agente.ente_id, stato=StatoSubemendamento.BOZZA)
    return tutti.filter(~Q(stato__in=PRIVATI_SUB) | propri)


def sottoscrizione_di(emendamento: Emendamento, agente: Agente | None) -> Sottoscrizione | None:
    """Return the signature, asked for or given, of the person's body."""
    if agente is None or agente.ente is None:
        return None
    return (
        Sottoscrizione.objects.filter(emendamento=emendamento, ente=agente.ente)
        .select_related("accordo", "emendamento__accordo", "emendamento__ente", "ente")
        .first()
    )


# ---------------------------------------------------------------------------------------------- until when
def scadenza_subemendamenti(accordo: Accordo) -> date | None:
    """Return the last day for sub-amendments: some days after the one for amendments."""
    giorno = scadenza(accordo)
    return giorno + timedelta(days=GIORNI_SUBEMENDAMENTI) if giorno else None


def aperti_i_subemendamenti(emendamento: Emendamento) -> Iterator[Mancanza]:
    """Yield why no sub-amendment can be presented to this amendment now."""
    accordo = emendamento.accordo
    if emendamento.stato != StatoEmendamento.PRESENTATO:
        yield Mancanza(
            "L'emendamento non è ancora presentato."
            if emendamento.privato
            else f"L'emendamento {emendamento.sigla} non è più in esame: {emendamento.get_stato_display().lower()}."
        )
        return
    if not (fasi.in_fase(accordo, FASE_OSSERVAZIONI) or fasi.in_fase(accordo, FASE_ESAME)):
        yield Mancanza("I subemendamenti si presentano durante la raccolta e l'esame degli emendamenti.")
    elif definitiva_pubblicata(accordo):
        yield Mancanza("La proposta definitiva è pubblicata: non si può più cambiare.")
    giorno = scadenza_subemendamenti(accordo)
    if giorno is not None and orologio.oggi() > giorno:
        yield Mancanza(
            f"Il termine per i subemendamenti è scaduto il {giorno:%d/%m/%Y}. "
            "Puoi chiedere una proroga a chi coordina l'accordo."
        )
    elif giorno is None and fasi.fase_superata(accordo, FASE_OSSERVAZIONI):
        yield Mancanza("La raccolta degli emendamenti è chiusa.")


def termine_per_fare_proprio(emendamento: Emendamento) -> date | None:
    """Return the last day on which a co-signer can make a withdrawn amendment its own; None if it was not withdrawn."""
    if not emendamento.ritirato_dal_proponente or emendamento.deciso_il is None:
        return None
    return localdate(emendamento.deciso_il) + timedelta(days=GIORNI_PER_FARE_PROPRIO)


def da_fare_propri(accordo: Accordo) -> QuerySet[Emendamento]:
    """Return the withdrawn amendments that a co-signer can still make its own."""
    da = orologio.adesso() - timedelta(days=GIORNI_PER_FARE_PROPRIO + 1)
    return Emendamento.objects.filter(
        accordo=accordo,
        stato=StatoEmendamento.RITIRATO,
        ritirato_dal_proponente=True,
        deciso_il__gte=da,
        pk__in=firme_valide().filter(accordo=accordo).values("emendamento"),
    ).order_by("sezione_ordine", "numero")
