"""The person as they act now: for one body, with the roles that they hold for it today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accordo.enti.models import Ente, Incarico, Ruolo, Utente

if TYPE_CHECKING:
    from django.db.models import QuerySet

CON_LA_PERSONA = "_incarichi_di_oggi"
"""Where the authentication leaves the roles that it has read in one query with the person (see `Autenticazione`)."""


@dataclass(frozen=True, slots=True)
class Agente:
    """Who asks. `ente` is None for somebody who has no running incarico: such a person can do nothing.

    A colleague to whom the referente of a body has handed a part of the work (Ruolo.COLLABORATORE) acts for no body:
    `ente` stays None, so that nothing opens by itself, and `affidante` is the body that the part belongs to.
    """

    utente: Utente
    ente: Ente | None = None
    ruoli: frozenset[str] = field(default_factory=frozenset)
    affidante: Ente | None = None

    def ha(self, *ruoli: Ruolo) -> bool:
        """Whether the person holds one of `ruoli` for the body that they act for."""
        return bool(self.ruoli.intersection(ruoli))

    def agisce_per(self, ente_id: int | None) -> bool:
        """Whether the body that the person acts for is this one."""
        return self.ente is not None and ente_id is not None and self.ente.pk == ente_id

    @property
    def ente_id(self) -> int | None:
        """The key of the body that the person acts for, if any."""
        return self.ente.pk if self.ente else None

    @property
    def presso(self) -> Ente | None:
        """The body that the person acts for or works at: what the chooser of the header names."""
        return self.ente or self.affidante


def agente_con(utente: Utente, ente: Ente, ruoli: Iterable[str]) -> Agente:
    """Return the person with these roles for one body; with Ruolo.COLLABORATORE alone they do not act for it."""
    insieme = frozenset(ruoli)
    affidante = ente if Ruolo.COLLABORATORE in insieme else None
    return Agente(utente, ente if insieme - {Ruolo.COLLABORATORE} else None, insieme, affidante)


def agenti_di(utente: Utente) -> list[Agente]:
    """Return all the ways in which a person can act today, one per body, in the order of the bodies' names.

    The bodies that they only help with a part come last: the first is what one acts for when nothing was chosen.
    """
    per_ente: dict[int, tuple[Ente, set[str]]] = {}
    for incarico in incarichi_letti(utente):
        per_ente.setdefault(incarico.ente_id, (incarico.ente, set()))[1].add(incarico.ruolo)
    agenti = [agente_con(utente, ente, ruoli) for ente, ruoli in per_ente.values()]
    return sorted(agenti, key=lambda agente: agente.ente is None)


def incarichi_letti(utente: Utente) -> list[Incarico]:
    """Return a person's running roles: those read together with the person, if they were, once; else from the database."""
    letti: list[Incarico] | None = getattr(
        utente, CON_LA_PERSONA, None
    )  # `utente` may be a lazy request.user
    if letti is None:
        return list(incarichi_di_oggi(utente.pk))
    delattr(utente, CON_LA_PERSONA)
    return letti


def incarichi_di_oggi(utente_id: int) -> "QuerySet[Incarico]":
    """Return a person's running roles with their bodies, in the order of the bodies' names."""
    incarichi = Incarico.objects.in_corso().filter(utente=utente_id)
    return incarichi.select_related("ente__ambito").order_by("ente__denominazione", "pk")


def agente_per(utente: Utente, ente: Ente) -> Agente:
    """Return the person as they act for `ente` today; without roles if they have none there."""
    ruoli = Incarico.objects.in_corso().filter(utente=utente, ente=ente).values_list("ruolo", flat=True)
    return agente_con(utente, ente, ruoli) if ruoli else Agente(utente)
