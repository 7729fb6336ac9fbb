"""Strengths and critical points, from the scales: the best and the worst rows of each area."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accordo.rilievi.models import TipoRilievo
from questionari.definizione import MATRICE, SINGOLA, Domanda
from questionari.esiti import numeri
from questionari.esiti.forme import in_parole
from questionari.esiti.quadro import Conto, Quadro
from questionari.esiti.quesiti import Quesito, quesiti

PER_AMBITO = 3
"""How many of each kind are shown for an area."""

_BENE = re.compile(
    r"\b(buon|alt[oaie]|ottim|adeguat|sicur|strutturat|soddisf|eccellent|positiv|migliorat)", re.I
)
_MALE = re.compile(
    r"\b(critic|grav|scars|insufficient|inadeguat|pessim|peggiorat|negativ|in aumento|bass[oaie])", re.I
)


@dataclass(frozen=True, slots=True)
class Giudizio:
    """What an area says of one thing, on its scale. `altezza` goes from 0, the worst, to 1, the best."""

    quesito: Quesito
    numero: str
    ambito: str
    tipo: TipoRilievo
    cosa: str
    media: float
    altezza: float
    grado: str
    """The step of the scale that the mean is nearest to."""
    scala: str
    enti: int
    obiettivi: tuple[str, ...]

    @property
    def media_in_parole(self) -> str:
        """The mean as people read it."""
        return in_parole(self.media, 2)

    @property
    def chiave(self) -> str:
        """What a form sends to name it."""
        return f"{self.quesito.domanda}:{self.quesito.voce}:{self.tipo}"

    @property
    def frase(self) -> str:
        """The sentence of the rilievo that may come of it."""
        tono = "tra i giudizi migliori" if self.tipo == TipoRilievo.FORZA else "tra i giudizi più critici"
        return f"{self.cosa}: in media «{self.grado}», {tono} dell'ambito ({self.media_in_parole}, {self.scala})"[
            :300
        ]


def verso(domanda: Domanda) -> int:
    """1 if the top of the scale is good, -1 if it is bad, 0 if its words do not say."""
    nomi = [grado.etichetta for grado in sorted(domanda.scala, key=lambda g: g.valore)] or [
        voce.etichetta for voce in domanda.voci
    ]
    cima, fondo = nomi[-1], nomi[0]
    bene = bool(_BENE.search(cima)) or bool(_MALE.search(fondo))
    male = bool(_MALE.search(cima)) or bool(_BENE.search(fondo))
    return bene - male


def scale(quadro: Quadro) -> list[Domanda]:
    """The questions whose answers are grades, and whose words say which end is good."""
    return [
        domanda
        for domanda in quadro.struttura.domande
        if (domanda.tipo == MATRICE or (domanda.tipo == SINGOLA and domanda.ordinata)) and verso(domanda)
    ]


def per_ambito(quadro: Quadro) -> dict[str, tuple[list[Giudizio], list[Giudizio]]]:
    """Strengths and critical points of each area, the clearest first. Only of what is published area by area."""
    domande = scale(quadro)
    esposti = quadro.esponi([domanda.codice for domanda in domande])
    trovati: dict[str, tuple[list[Giudizio], list[Giudizio]]] = {}
    for domanda in domande:
        for quesito in quesiti(domanda):
            for gruppo in esposti[quesito].gruppi.get("ambito", ()):
                giudizio = _giudizio(quadro, domanda, quesito, gruppo.nome, gruppo.conto)
                if giudizio is not None:
                    posto = 0 if giudizio.tipo == TipoRilievo.FORZA else 1
                    trovati.setdefault(gruppo.nome, ([], []))[posto].append(giudizio)
    ordine = [nome for nome in quadro.categorie("ambito") if nome in trovati]
    return {nome: (_migliori(trovati[nome][0], -1), _migliori(trovati[nome][1], 1)) for nome in ordine}


def _migliori(giudizi: Iterable[Giudizio], segno: int) -> list[Giudizio]:
    return sorted(giudizi, key=lambda g: segno * g.altezza)[:PER_AMBITO]


def _grado(domanda: Domanda, media: float) -> str:
    gradi = domanda.gradi or {posto: voce.etichetta for posto, voce in enumerate(domanda.voci, 1)}
    return gradi[min(gradi, key=lambda grado: abs(grado - media))]


def _giudizio(
    quadro: Quadro, domanda: Domanda, quesito: Quesito, ambito: str, conto: Conto | None
) -> Giudizio | None:
    if not conto:
        return None
    matrice = domanda.tipo == MATRICE
    media = numeri.media_gradi(conto) if matrice else numeri.media_scelta(domanda, conto)
    if media is None:
        return None
    basso, alto = (min(domanda.gradi), max(domanda.gradi)) if matrice else (1, len(domanda.voci))
    altezza = (media - basso) / (alto - basso)
    altezza = altezza if verso(domanda) > 0 else 1 - altezza
    if abs(altezza - 0.5) < 0.1:
        return None  # neither good nor bad
    return Giudizio(
        quesito=quesito,
        numero=quadro.struttura.numeri[domanda.codice],
        ambito=ambito,
        tipo=TipoRilievo.FORZA if altezza > 0.5 else TipoRilievo.CRITICITA,
        cosa=domanda.etichette[quesito.voce] if matrice else domanda.testo.rstrip("?"),
        media=media,
        altezza=altezza,
        grado=_grado(domanda, media),
        scala=f"scala da {basso} a {alto}",
        enti=conto.total(),
        obiettivi=tuple(o for o in domanda.obiettivi if o[:1].isdigit()),
    )
