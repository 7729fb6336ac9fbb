"""Who has answered: by area, by kind, and on the map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.safestring import SafeString

from accordo.base.grafici import mappa as disegno
from accordo.base.grafici.geometrie import geometria
from accordo.base.parole import Parola
from accordo.enti.models import TipoEnte
from accordo.iter.models import Accordo
from questionari import interrogazioni
from questionari.esiti.forme import Riga, Tabella
from questionari.esiti.numeri import quota
from questionari.esiti.quadro import Quadro
from questionari.grafici import larga_e_stretta
from questionari.models import Scheda

AL_MASSIMO_SULLA_MAPPA = 400
"""No province has more Comuni than this; the map's list of names stays short."""


@dataclass(frozen=True, slots=True)
class Tasso:
    """How many bodies were asked and have answered, by (area, kind)."""

    righe: Mapping[tuple[str, str], tuple[int, int]]

    @property
    def consultati(self) -> int:
        """How many were asked."""
        return sum(asked for asked, _ in self.righe.values())

    @property
    def risposto(self) -> int:
        """How many have answered."""
        return sum(sent for _, sent in self.righe.values())

    def per(self, posto: int) -> dict[str, tuple[int, int]]:
        """By area (0) or by kind (1)."""
        somme: dict[str, tuple[int, int]] = {}
        for chiave, (chiesti, dati) in self.righe.items():
            prima = somme.get(chiave[posto], (0, 0))
            somme[chiave[posto]] = (prima[0] + chiesti, prima[1] + dati)
        return somme

    def tabella(self, posto: int) -> Tabella:
        """The table by area (0) or by kind (1), with its total."""
        righe = [Riga(nome, _celle(*conti)) for nome, conti in self.per(posto).items()]
        righe.append(Riga("Tutti gli enti", _celle(self.consultati, self.risposto)))
        prima = ("Ambito", "Tipo di ente")[posto]
        return Tabella(
            f"Enti che hanno risposto, per {prima.lower()}",
            prima,
            ("Consultati", "Hanno risposto", "Quota"),
            tuple(righe),
        )

    def grafico(self) -> tuple[SafeString, SafeString] | None:
        """The share of each area, as bars; none of too many areas."""
        per_ambito = self.per(0)
        if not 0 < len(per_ambito) <= 20:
            return None
        quote = "; ".join(f"{nome} {quota(dati, chiesti)}" for nome, (chiesti, dati) in per_ambito.items())
        return larga_e_stretta(
            f"Quota di enti che hanno risposto: {quote}. Grafico a barre; gli stessi dati sono nella tabella.",
            list(per_ambito),
            [
                (
                    "Hanno risposto, %",
                    [100 * dati / chiesti if chiesti else None for chiesti, dati in per_ambito.values()],
                )
            ],
            massimo=100,
        )

    def da_conservare(self) -> dict[str, list[list[str | int]]]:
        """As JSON, to be kept with the results that are given back."""
        return {"righe": [[*chiave, *conti] for chiave, conti in self.righe.items()]}


def _celle(chiesti: int, dati: int) -> tuple[str, str, str]:
    return str(chiesti), str(dati), quota(dati, chiesti)


def tasso(quadro: Quadro) -> Tasso:
    """Return the response rate: as it was when the results were given back, else as it is. One query."""
    if quadro.pubblicato and quadro.restituzione is not None:
        return Tasso({(a, t): (c, r) for a, t, c, r in quadro.restituzione.consultati.get("righe", ())})
    return tasso_attuale(quadro.accordo)


def tasso_attuale(accordo: Accordo) -> Tasso:
    """Return the response rate as it is now."""
    ha_inviato = Exists(Scheda.objects.filter(compilazione=OuterRef("pk"), superata=False))
    righe = (
        interrogazioni.consultate(accordo)
        .annotate(ha_inviato=ha_inviato)
        .order_by("ente__ambito__ordine", "ente__ambito__nome", "ente__tipo")
        .values_list("ente__ambito__nome", "ente__tipo", "ente__ambito__ordine")
        .annotate(chiesti=Count("pk"), dati=Count("pk", filter=Q(ha_inviato=True)))
    )
    return Tasso({(ambito, TipoEnte(tipo).label): (c, d) for ambito, tipo, _, c, d in righe})


@dataclass(frozen=True, slots=True)
class MappaRisposte:
    """The map of the Comuni that have answered, its legend, and the same in rows."""

    svg: SafeString
    legenda: tuple[tuple[SafeString, str, int], ...]
    righe: tuple[tuple[str, str, Parola], ...]
    fonte: str


def mappa(quadro: Quadro) -> MappaRisposte | None:
    """Return the map; None where there is no geometry. One query, of the Comuni on the map alone."""
    forme = geometria(quadro.accordo.promotore.codice)
    if forme is None:
        return None
    codici = [sagoma.codice for sagoma in forme.comuni][:AL_MASSIMO_SULLA_MAPPA]
    inviate = set(
        quadro.schede()
        .filter(compilazione__ente__codice__in=codici)
        .values_list("compilazione__ente__codice", flat=True)
    )
    chiesti = interrogazioni.consultate(quadro.accordo).filter(ente__codice__in=codici)
    righe = [(c.ente.codice, c.ente.nome_breve, c.ente.ambito.nome) for c in chiesti]
    stati = {codice: Parola.FATTO if codice in inviate else Parola.NON_FATTO for codice, *_ in righe}
    return MappaRisposte(
        svg=disegno.mappa(
            forme,
            stati,
            titolo="Mappa dei Comuni che hanno risposto",
            descrizione=f"Hanno risposto {len(inviate)} Comuni su {len(righe)}: l'elenco è nella tabella.",
        ),
        legenda=tuple(_legenda(stati.values())),
        righe=tuple(
            sorted(
                ((nome, ambito, stati[codice]) for codice, nome, ambito in righe),
                key=lambda r: (r[2] == Parola.FATTO, r[0]),
            )
        ),
        fonte=forme.fonte,
    )


def _legenda(stati: Iterable[Parola]) -> Iterable[tuple[SafeString, str, int]]:
    tutti = list(stati)
    for parola, nome in ((Parola.FATTO, "Ha risposto"), (Parola.NON_FATTO, "Non ha risposto")):
        if parola in tutti:
            yield disegno.campione(parola), nome, tutti.count(parola)
