"""The querysets of bodies, people and invitations."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from accordo.base import orologio
from accordo.enti.models import Ambito, Ente, Incarico, Invito, Ruolo, StatoEnte, TipoEnte, Utente


def enti_attivi() -> QuerySet[Ente]:
    """Return the bodies that exist, in the order of areas and names."""
    return (
        Ente.objects.filter(stato=StatoEnte.ATTIVO)
        .select_related("ambito")
        .order_by("ambito__ordine", "denominazione")
    )


@dataclass(slots=True)
class PersoneEnte:
    """Who acts for one body: running roles, open invitations, roles that have ended."""

    ente: Ente
    in_corso: list[Incarico] = field(default_factory=list)
    inviti: list[Invito] = field(default_factory=list)
    conclusi: list[Incarico] = field(default_factory=list)

    def manca(self, ruolo: Ruolo) -> bool:
        """Whether nobody holds the role or has been asked to."""
        tutti: list[Incarico | Invito] = [*self.in_corso, *self.inviti]
        return all(voce.ruolo != ruolo for voce in tutti)

    @property
    def senza_rappresentante(self) -> bool:
        """Whether nobody can sign for the body."""
        return self.manca(Ruolo.RAPPRESENTANTE)


def persone_per_ente(enti: Iterable[Ente]) -> list[PersoneEnte]:
    """Return who acts for each of `enti`, in their order; two queries however many they are."""
    gruppi = {ente.pk: PersoneEnte(ente) for ente in enti}
    oggi = orologio.oggi()
    incarichi = (
        Incarico.objects.filter(ente__in=gruppi).select_related("utente").order_by("ruolo", "utente__cognome")
    )
    for incarico in incarichi:
        finito = incarico.concluso_il is not None or (incarico.al is not None and incarico.al < oggi)
        gruppo = gruppi[incarico.ente_id]
        (gruppo.conclusi if finito else gruppo.in_corso).append(incarico)
    for invito in Invito.objects.aperti().filter(ente__in=gruppi).order_by("cognome", "nome"):
        gruppi[invito.ente_id].inviti.append(invito)
    return list(gruppi.values())


def incarichi_di(utente: Utente) -> QuerySet[Incarico]:
    """Return all the roles of a person, running ones first."""
    return (
        Incarico.objects.filter(utente=utente)
        .select_related("ente")
        .order_by("concluso_il", "al", "-dal", "pk")
    )


def ambiti_con_enti(enti: Iterable[Ente]) -> list[tuple[Ambito, list[Ente]]]:
    """Group bodies (with their area selected) by area, in the order in which they come."""
    gruppi: dict[int, tuple[Ambito, list[Ente]]] = {}
    for ente in enti:
        gruppi.setdefault(ente.ambito_id, (ente.ambito, []))[1].append(ente)
    return list(gruppi.values())


@dataclass(frozen=True, slots=True)
class VocePerProva:
    """One account of the demo, for the login page."""

    nome: str
    email: str
    ruolo: str


_PROVE = (
    (Ruolo.COORDINATORE, None),
    (Ruolo.REFERENTE, TipoEnte.COMUNE),
    (Ruolo.RAPPRESENTANTE, TipoEnte.COMUNE),
    (Ruolo.RAPPRESENTANTE, TipoEnte.PREFETTURA),
    (Ruolo.RAPPRESENTANTE, TipoEnte.REGIONE),
    (Ruolo.OSSERVATORE, None),
)


def account_per_prova() -> list[VocePerProva]:
    """Return one invented person for each way of working in the portal, in a fixed order. One query."""
    incarichi = list(
        Incarico.objects.in_corso()
        .filter(utente__dimostrativo=True, utente__is_active=True)
        .select_related("utente", "ente")
        .order_by("pk")
    )
    trovati = (
        next((i for i in incarichi if i.ruolo == ruolo and tipo in (None, i.ente.tipo)), None)
        for ruolo, tipo in _PROVE
    )
    return [
        VocePerProva(str(i.utente), i.utente.email, f"{_parola_ruolo(i)}, {i.ente}")
        for i in trovati
        if i is not None
    ]


def _parola_ruolo(incarico: Incarico) -> str:
    titolo = incarico.ente.titolo_rappresentante
    return titolo if incarico.ruolo == Ruolo.RAPPRESENTANTE and titolo else str(incarico.get_ruolo_display())
