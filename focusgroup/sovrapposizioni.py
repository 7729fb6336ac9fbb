"""Clashes, shown before they happen: other meetings of the same bodies and people, holidays, office hours.

A fixed number of queries, however many dates, bodies and meetings there are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import localtime

from accordo.base.parole import elenca
from accordo.enti.models import Ente, Incarico, Ruolo
from focusgroup.festivita import festa_nazionale, festa_patronale
from focusgroup.models import Convocazione, Riunione
from focusgroup.stati import StatoRiunione

APERTURA, CHIUSURA = time(8), time(18)
_IMPEGNANO = (StatoRiunione.CONVOCATA, StatoRiunione.IN_PREPARAZIONE)


@dataclass(frozen=True, slots=True)
class Periodo:
    """From when to when."""

    inizio: datetime
    fine: datetime

    def tocca(self, altro: "Periodo") -> bool:
        """Whether the two overlap; one that ends when the other begins does not."""
        return self.inizio < altro.fine and altro.inizio < self.fine


def impronta_periodi(periodi: Iterable[Periodo]) -> str:
    """Return what a person confirms who goes on in spite of a clash: these moments, and no others."""
    return ",".join(f"{p.inizio.isoformat()}/{p.fine.isoformat()}" for p in periodi)


def sovrapposizioni(
    riunione: Riunione, periodi: Sequence[Periodo], *, ente: Ente | None = None
) -> list[list[str]]:
    """Return, for each period, the sentences that say what it clashes with; nothing is forbidden.

    With `ente`, only what concerns this body.
    """
    if not periodi:
        return []
    righe = riunione.convocazioni.select_related("ente", "persona")
    convocazioni = list(righe.filter(ente=ente) if ente is not None else righe)
    enti = [c.ente for c in convocazioni]
    altri = _altri_impegni(riunione, convocazioni, periodi)
    return [
        [*_calendario(periodo, enti), *(a.frase(riunione) for a in altri if periodo.tocca(a.periodo))]
        for periodo in periodi
    ]


def _calendario(periodo: Periodo, enti: Iterable[Ente]) -> list[str]:
    inizio, fine = localtime(periodo.inizio), localtime(periodo.fine)
    giorno, frasi = inizio.date(), []
    if festa := festa_nazionale(giorno):
        frasi.append(f"È festa nazionale: {festa}.")
    elif giorno.weekday() > 4:
        frasi.append("È sabato." if giorno.weekday() == 5 else "È domenica.")
    for ente in enti:
        if patrono := festa_patronale(ente.codice_istat, giorno):
            frasi.append(f"A {ente.nome_breve} è la festa del patrono, {patrono}.")
    if inizio.time() < APERTURA or fine.date() != giorno or fine.time() > CHIUSURA:
        frasi.append(f"È fuori dall'orario degli uffici, dalle {APERTURA.hour} alle {CHIUSURA.hour}.")
    return frasi


@dataclass(frozen=True, slots=True)
class _Impegno:
    """Another meeting at which somebody of this one is expected."""

    riunione: Riunione
    periodo: Periodo
    enti: tuple[str, ...]
    persone: tuple[str, ...]

    def frase(self, nostra: Riunione) -> str:
        """Say it; of an accord led by others only that there is a meeting."""
        stesso = self.riunione.accordo.promotore_id == nostra.accordo.promotore_id
        che = f"la riunione «{self.riunione.titolo}»" if stesso else "una riunione di un altro accordo"
        inizio, fine = localtime(self.periodo.inizio), localtime(self.periodo.fine)
        chi = elenca([*self.enti, *self.persone], al_massimo=4)
        verbo = "hanno" if len(self.enti) + len(self.persone) > 1 else "ha"
        return f"{chi} {verbo} già {che}, {inizio:%H.%M}-{fine:%H.%M}."


def _altri_impegni(
    riunione: Riunione, convocazioni: Collection[Convocazione], periodi: Sequence[Periodo]
) -> list[_Impegno]:
    """Return the other meetings of any accord in the span of `periodi` that share a body or a person. Two queries."""
    primo, ultimo = min(p.inizio for p in periodi), max(p.fine for p in periodi)
    righe = list(
        Convocazione.objects.filter(
            riunione__stato__in=_IMPEGNANO,
            riunione__inizio__lt=ultimo,
            riunione__inizio__gt=primo - timedelta(hours=12),
        )
        .exclude(riunione=riunione.pk)
        .select_related("riunione__accordo", "ente", "persona")
        .order_by("riunione__inizio", "ente__denominazione")
    )
    if not righe:
        return []
    chi = _persone({c.ente_id for c in convocazioni} | {c.ente_id for c in righe})
    nostri = {c.ente_id for c in convocazioni}
    nostre = _attesi(convocazioni, chi)
    per_riunione: dict[int, list[Convocazione]] = {}
    for convocazione in righe:
        per_riunione.setdefault(convocazione.riunione_id, []).append(convocazione)
    trovati = []
    for gruppo in per_riunione.values():
        altra = gruppo[0].riunione
        comuni = [c for c in gruppo if c.ente_id in nostri]
        restanti = _attesi([c for c in gruppo if c.ente_id not in nostri], chi)
        persone = sorted(nome for chiave, nome in restanti.items() if chiave in nostre)
        if (comuni or persone) and altra.inizio and altra.fine:
            trovati.append(
                _Impegno(
                    altra,
                    Periodo(altra.inizio, altra.fine),
                    tuple(c.ente.nome_breve for c in comuni),
                    tuple(persone),
                )
            )
    return trovati


def _persone(enti: Collection[int]) -> dict[int, dict[int, str]]:
    """Return, by body, who represents it today."""
    trovate: dict[int, dict[int, str]] = {}
    incarichi = Incarico.objects.in_corso().filter(ente__in=enti, ruolo=Ruolo.RAPPRESENTANTE)
    for incarico in incarichi.select_related("utente"):
        trovate.setdefault(incarico.ente_id, {})[incarico.utente_id] = str(incarico.utente)
    return trovate


def _attesi(convocazioni: Iterable[Convocazione], chi: dict[int, dict[int, str]]) -> dict[int, str]:
    """Return the people expected: who was named, or else who represents the body."""
    attesi: dict[int, str] = {}
    for c in convocazioni:
        if c.persona is not None:
            attesi[c.persona.pk] = str(c.persona)
        elif not c.partecipante:
            attesi |= chi.get(c.ente_id, {})
    return attesi
