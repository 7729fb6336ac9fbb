"""The querysets of bodies, people and invitations."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet

from accordo.base import orologio
from accordo.enti.models import Ambito, Ente, Incarico, Invito, Ruolo, StatoEnte, Utente


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


def account_per_prova() -> list[VocePerProva]:
    """Return the demo's people that the settings name, those that there are, in that order. One query."""
    posto = {email: numero for numero, email in enumerate(settings.DEMO_ACCOUNTS)}
    incarichi = (
        Incarico.objects.in_corso()
        .filter(utente__dimostrativo=True, utente__email__in=posto)
        .select_related("utente", "ente")
        .order_by("pk")
    )
    persone: dict[int, list[Incarico]] = {}
    for incarico in sorted(incarichi, key=lambda i: posto[i.utente.email]):
        persone.setdefault(incarico.utente_id, []).append(incarico)
    return [
        VocePerProva(str(suoi[0].utente), suoi[0].utente.email, "; ".join(map(_in_parole, suoi)))
        for suoi in persone.values()
    ]


def _in_parole(incarico: Incarico) -> str:
    titolo = incarico.ente.titolo_rappresentante if incarico.ruolo == Ruolo.RAPPRESENTANTE else ""
    return f"{titolo or incarico.get_ruolo_display()}, {incarico.ente.nome_breve}"
