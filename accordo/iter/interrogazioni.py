"""The querysets of accords and of who takes part in them."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accordo.enti.agente import Agente
from accordo.enti.models import Incarico, Invito, Ruolo
from accordo.iter import permessi
from accordo.iter.models import Accordo, Evento, Partecipazione, StatoPartecipazione, Veste


def accordi_visibili_a(agente: Agente | None) -> QuerySet[Accordo]:
    """Return the accords whose working pages this person sees: of bodies invited, or led by them."""
    if agente is None or agente.ente is None:
        return Accordo.objects.none()
    invitato = Q(pk__in=Partecipazione.objects.filter(ente=agente.ente).values("accordo"))
    guidati = Q(promotore=agente.ente) if agente.ha(Ruolo.COORDINATORE) else Q(pk__in=())
    return Accordo.objects.filter(invitato | guidati).select_related("promotore")


def accordi_coordinati_da(agente: Agente | None) -> QuerySet[Accordo]:
    """Return the accords that this person leads."""
    if agente is None or agente.ente is None or not agente.ha(Ruolo.COORDINATORE):
        return Accordo.objects.none()
    return Accordo.objects.filter(promotore=agente.ente).select_related("promotore")


def accordi_pubblici() -> QuerySet[Accordo]:
    """Return the accords that citizens may read about."""
    return Accordo.objects.filter(pubblico=True).select_related("promotore")


def partecipazioni_attive(accordo: Accordo) -> QuerySet[Partecipazione]:
    """Return who takes part and has not declined, with body and area, in the order of the areas and names."""
    return (
        Partecipazione.objects.filter(accordo=accordo)
        .exclude(stato=StatoPartecipazione.NON_PARTECIPA)
        .select_related("ente__ambito")
        .order_by("ente__ambito__ordine", "ente__denominazione")
    )


def sottoscrittori(accordo: Accordo) -> QuerySet[Partecipazione]:
    """Return the signatories that have not declined, the promoter among them."""
    return partecipazioni_attive(accordo).filter(veste=Veste.SOTTOSCRITTORE)


def enti_consultati(accordo: Accordo) -> QuerySet[Partecipazione]:
    """Return the signatories that are consulted: all but the promoter, which leads and does not answer itself."""
    return sottoscrittori(accordo).exclude(ente=accordo.promotore_id)


def senza_referente(partecipazioni: Collection[Partecipazione]) -> list[Partecipazione]:
    """Return those whose body has neither a referente nor an open invitation to one. Two queries."""
    enti = [p.ente_id for p in partecipazioni]
    con = set(
        Incarico.objects.in_corso()
        .filter(ente__in=enti, ruolo=Ruolo.REFERENTE)
        .values_list("ente_id", flat=True)
    ) | set(
        Invito.objects.validi().filter(ente__in=enti, ruolo=Ruolo.REFERENTE).values_list("ente_id", flat=True)
    )
    return [p for p in partecipazioni if p.ente_id not in con]


def referenti(partecipazioni: Collection[Partecipazione]) -> dict[int, str]:
    """Return, by the body's key, who follows the accord in the offices, in words. Two queries.

    The person named with the answer, or else who has the role now, or else who is invited to it.
    """
    enti = [p.ente_id for p in partecipazioni]
    nomi = {
        invito.ente_id: f"{invito.persona} (invito mandato)"
        for invito in Invito.objects.validi().filter(ente__in=enti, ruolo=Ruolo.REFERENTE)
    }
    incarichi = Incarico.objects.in_corso().filter(ente__in=enti, ruolo=Ruolo.REFERENTE)
    nomi |= {i.ente_id: str(i.utente) for i in incarichi.select_related("utente").order_by("-pk")}
    return nomi | {p.ente_id: str(p.referente) for p in partecipazioni if p.referente}


def eventi_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Evento]:
    """Return the registro as this person may read it, newest first.

    Who leads reads all. The others read what their own body did, what the promoter did and what the portal did.
    """
    eventi = Evento.objects.filter(accordo=accordo).order_by("-numero")
    if permessi.coordina(agente, accordo):
        return eventi
    if agente is None or agente.ente is None or not permessi.vede(agente, accordo):
        return eventi.none()
    return eventi.filter(Q(ente=agente.ente) | Q(ente=accordo.promotore_id) | Q(ente__isnull=True))
