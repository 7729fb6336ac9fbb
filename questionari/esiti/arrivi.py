"""How the answers arrived: from the body on the portal, or on paper or by PEC, typed in by who coordinates.

Which bodies these are, and by which office, is told to everybody; who signed, who typed and the protocol number are for
the body itself and for the coordinator's office.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accordo.base.parole import elenca
from questionari.esiti.forme import Riga, Tabella
from questionari.esiti.quadro import Quadro
from questionari.models import Origine, Trascrizione

SUL_PORTALE = "Sul portale"
AL_MASSIMO = 40
"""More bodies than this are not named in a sentence: their names are in the data to take away."""


@dataclass(frozen=True, slots=True)
class Arrivi:
    """The bodies whose answers were typed in, each with how they came, and the office that typed them."""

    enti: tuple[tuple[str, str], ...]
    rispondenti: int
    ufficio: str

    @property
    def frase(self) -> str:
        """What readers are told; nothing if all answered on the portal."""
        if not self.enti:
            return ""
        quanti = len(self.enti)
        capo = "Un ente non ha risposto" if quanti == 1 else f"{quanti} enti non hanno risposto"
        nomi = [f"{nome} ({modo[:1].lower()}{modo[1:]})" for nome, modo in self.enti]
        quali = f": {elenca(nomi)}" if quanti <= AL_MASSIMO else ""
        return f"{capo} sul portale ma su carta o per PEC{quali}. Le risposte le ha riportate {self.ufficio}."

    @property
    def tabella(self) -> Tabella:
        """How many answered in each way."""
        conti = Counter(modo for _, modo in self.enti)
        modi = {SUL_PORTALE: self.rispondenti - len(self.enti)} | {
            Origine(o).label: conti[Origine(o).label] for o in Origine.values
        }
        return Tabella(
            "Come sono arrivate le risposte",
            "Modo",
            ("Enti",),
            tuple(Riga(modo, (str(quanti),)) for modo, quanti in modi.items()),
        )


def arrivi(quadro: Quadro) -> Arrivi:
    """Return how the answers that count arrived. One query, of those that were typed in alone."""
    righe = (
        Trascrizione.objects.filter(invio__scheda__in=quadro.schede())
        .order_by("compilazione__ente__ambito__ordine", "compilazione__ente__denominazione")
        .values_list("compilazione__ente__denominazione", "origine")
    )
    return Arrivi(
        tuple((nome, Origine(origine).label) for nome, origine in righe),
        quadro.rispondenti,
        quadro.accordo.promotore.denominazione,
    )


def celle(
    trascritto: Mapping[str, Any] | None, firmato_da: str, in_qualita_di: str, *, tutto: bool
) -> tuple[str, str | None]:
    """How one sending came and who typed it in, for a row of the data. `tutto`: names and protocol too."""
    if not trascritto:
        return SUL_PORTALE, None
    if not tutto:
        return Origine(trascritto["origine"]).label, trascritto["per"]
    arrivo: str = trascritto["arrivo"]
    firma = f"{firmato_da}, {in_qualita_di}" if in_qualita_di else firmato_da
    modo = f"{arrivo[:1].upper()}{arrivo[1:]}; firmato da {firma}"
    return modo, f"{trascritto['da']} ({trascritto['per']})"
