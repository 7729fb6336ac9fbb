"""The person as they act now: for one body, with the roles that they hold for it today."""

from dataclasses import dataclass, field

from accordo.enti.models import Ente, Incarico, Ruolo, Utente


@dataclass(frozen=True, slots=True)
class Agente:
    """Who asks. `ente` is None for somebody who has no running incarico: such a person can do nothing."""

    utente: Utente
    ente: Ente | None = None
    ruoli: frozenset[str] = field(default_factory=frozenset)

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


def agenti_di(utente: Utente) -> list[Agente]:
    """Return all the ways in which a person can act today, one per body, in the order of the bodies' names."""
    incarichi = Incarico.objects.in_corso().filter(utente=utente).select_related("ente__ambito")
    per_ente: dict[int, tuple[Ente, set[str]]] = {}
    for incarico in incarichi.order_by("ente__denominazione", "pk"):
        per_ente.setdefault(incarico.ente_id, (incarico.ente, set()))[1].add(incarico.ruolo)
    return [Agente(utente, ente, frozenset(ruoli)) for ente, ruoli in per_ente.values()]


def agente_per(utente: Utente, ente: Ente) -> Agente:
    """Return the person as they act for `ente` today; without roles if they have none there."""
    ruoli = Incarico.objects.in_corso().filter(utente=utente, ente=ente).values_list("ruolo", flat=True)
    return Agente(utente, ente, frozenset(ruoli)) if ruoli else Agente(utente)
