"""Which organ approves and with which kind of act, proposed by kind of body and always changeable (norme.md, R3)."""

from dataclasses import dataclass

from accordo.enti.models import Ente, TipoEnte


@dataclass(frozen=True, slots=True)
class Proposta:
    """The usual organ, the usual act, and whose signature the text bears."""

    organo: str
    tipo_atto: str
    firma: str


PROPOSTE: dict[str, Proposta] = {
    TipoEnte.COMUNE: Proposta("Giunta comunale", "deliberazione", "Sindaco"),
    TipoEnte.PROVINCIA: Proposta("Presidente della Provincia", "decreto", "Presidente"),
    TipoEnte.REGIONE: Proposta("Giunta regionale", "deliberazione", "Presidente"),
    TipoEnte.PREFETTURA: Proposta("Prefetto", "nota", "Prefetto"),
    TipoEnte.UNIONE_COMUNI: Proposta("Giunta dell'Unione", "deliberazione", "Presidente"),
    TipoEnte.COMUNITA_MONTANA: Proposta("Giunta della Comunità montana", "deliberazione", "Presidente"),
    TipoEnte.ALTRO: Proposta("Organo competente secondo lo statuto", "altro", "Rappresentante legale"),
}


def proposta(ente: Ente) -> Proposta:
    """Return what is usual for this body."""
    usuale = PROPOSTE[TipoEnte(ente.tipo)]
    return Proposta(usuale.organo, usuale.tipo_atto, ente.titolo_rappresentante or usuale.firma)
