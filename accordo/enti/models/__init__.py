"""Who takes part: the bodies and their areas, the people and their roles."""

from accordo.enti.models.enti import Ambito, Ente, StatoEnte, TipoEnte
from accordo.enti.models.inviti import Invito, InvitoQuerySet
from accordo.enti.models.persone import Incarico, IncaricoQuerySet, Ruolo, Utente

__all__ = [
    "Ambito",
    "Ente",
    "Incarico",
    "IncaricoQuerySet",
    "Invito",
    "InvitoQuerySet",
    "Ruolo",
    "StatoEnte",
    "TipoEnte",
    "Utente",
]
