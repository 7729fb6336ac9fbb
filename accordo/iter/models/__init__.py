"""The accord, who takes part in it, its phases, its proposal, and the registro."""

from accordo.iter.models.accordo import Accordo, FaseAccordo
from accordo.iter.models.evento import Evento
from accordo.iter.models.partecipazione import Partecipazione, Proposta, StatoPartecipazione, Veste

__all__ = ["Accordo", "Evento", "FaseAccordo", "Partecipazione", "Proposta", "StatoPartecipazione", "Veste"]
