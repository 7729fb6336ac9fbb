""" "Le mie attività": what the procedure asks of a person, what is coming, what they have done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accordo.cruscotto.tempi import Appuntamento, TempiFase
from accordo.enti.agente import Agente
from accordo.iter.attivita import Attivita
from accordo.iter.interrogazioni import accordi_visibili_a
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo

MAI = date.max


@dataclass(frozen=True, slots=True)
class Agenda:
    """A person's lines in one accord, for the body they act for."""

    da_fare: tuple[Attivita, ...]
    fatte: tuple[Attivita, ...]

    @property
    def prossima(self) -> date | None:
        """The first deadline, if any."""
        return next((voce.entro for voce in self.da_fare if voce.entro), None)


@dataclass(frozen=True, slots=True)
class InArrivo:
    """Something that will happen, with what it means for the reader."""

    giorno: date
    titolo: str
    testo: str


@dataclass(frozen=True, slots=True)
class AltroEnte:
    """How much there is to do for another body of the same person."""

    agente: Agente
    quante: int


def agenda(accordo: Accordo, agente: Agente) -> Agenda:
    """Ask every phase reached so far; to do by deadline, done from the latest. The queries do not depend on how many bodies there are."""
    proc = processo()
    raggiunte = proc.fasi[: proc.posizione(accordo.fase) + 1]
    voci = [voce for fase in raggiunte for voce in fase.attivita(accordo, agente)]
    prima = _riapertura(accordo, agente)
    gia = {voce.url for voce in prima}
    aperte = (v for v in voci if v.fatta_il is None and v.url not in gia)
    da_fare = [*prima, *sorted(aperte, key=lambda v: v.entro or MAI)]
    fatte = sorted((v for v in voci if v.fatta_il is not None), key=lambda v: v.fatta_il or MAI, reverse=True)
    return Agenda(tuple(da_fare), tuple(fatte))


def _riapertura(accordo: Accordo, agente: Agente) -> list[Attivita]:
    """The line that leads who coordinates while a text that was out for approval is open again; it comes first."""
    riaperto = processo().riapertura(accordo, agente)
    if riaperto is None or not riaperto.azione:
        return []
    return [Attivita("Il testo è stato riaperto", riaperto.prossimo, riaperto.url, riaperto.azione)]


def in_arrivo(tempi: Iterable[TempiFase], altri: Iterable[Appuntamento], oggi: date) -> list[InArrivo]:
    """Return what comes after today: the next phases, the meetings, the signature."""
    fasi = [
        InArrivo(voce.inizio, f"Comincia la fase {voce.numero}: {voce.fase.nome}", voce.fase.descrizione)
        for voce in tempi
        if not voce.corrente and voce.effettivo is None and voce.inizio and voce.inizio > oggi
    ]
    incontri = [InArrivo(a.giorno, a.testo, a.luogo or "") for a in altri if a.giorno >= oggi]
    return sorted([*fasi, *incontri], key=lambda voce: voce.giorno)


def altri_enti(agente: Agente, possibili: Iterable[Agente]) -> list[AltroEnte]:
    """Return what there is to do for the person's other bodies. They are few: the queries grow with them alone."""
    trovati = []
    for altro in possibili:
        if altro.ente_id == agente.ente_id:
            continue
        quante = sum(len(agenda(accordo, altro).da_fare) for accordo in accordi_visibili_a(altro))
        if quante:
            trovati.append(AltroEnte(altro, quante))
    return trovati
