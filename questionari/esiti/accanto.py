"""A body's answers beside those of its area: one row for each closed question, or row of a matrix."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from questionari.definizione import DATA, GRADUATORIA, MATRICE, NUMERO, RISERVATA, Domanda
from questionari.esiti import numeri
from questionari.esiti.forme import in_parole
from questionari.esiti.quadro import Conto, Quadro
from questionari.esiti.quesiti import ALTRO, Quesito, quesiti
from questionari.models import Scheda
from questionari.valori import data_in_cifre
from questionari.valori import in_parole as risposta_in_parole


@dataclass(frozen=True, slots=True)
class RigaAccanto:
    """What the body answered, what its area did, what all did; None is kept back."""

    numero: str
    cosa: str
    propria: str
    ambito: str | None
    tutti: str | None


@dataclass(frozen=True, slots=True)
class SezioneAccanto:
    """The rows of a section."""

    titolo: str
    righe: tuple[RigaAccanto, ...]


def accanto(quadro: Quadro, scheda: Scheda) -> list[SezioneAccanto]:
    """Set a body's answers beside its area's. One query, whatever the questionnaire."""
    risposte = json.loads(scheda.invio.canonico)["risposte"]
    ambito = scheda.strato.ambito.nome
    chiuse = [d for d in quadro.struttura.domande if quesiti(d) and quadro.effettive[d.codice] != RISERVATA]
    esposti = quadro.esponi([d.codice for d in chiuse])
    sezioni = []
    for sezione in quadro.struttura.sezioni:
        righe = []
        for domanda in sezione.chieste:
            if domanda not in chiuse or risposte.get(domanda.codice) is None:
                continue
            for quesito in quesiti(domanda):
                propria = _propria(domanda, quesito, risposte[domanda.codice])
                if not propria:
                    continue
                esposto = esposti[quesito]
                gruppi = {g.nome: g.conto for g in esposto.gruppi.get("ambito", ())}
                righe.append(
                    RigaAccanto(
                        quadro.struttura.numeri[domanda.codice],
                        domanda.etichette[quesito.voce] if quesito.voce else domanda.testo,
                        propria,
                        in_breve(domanda, gruppi.get(ambito)),
                        in_breve(domanda, esposto.totale if esposto.livello else None),
                    )
                )
        if righe:
            sezioni.append(SezioneAccanto(sezione.titolo, tuple(righe)))
    return sezioni


def _propria(domanda: Domanda, quesito: Quesito, valore: Any) -> str:
    if domanda.tipo == MATRICE:
        if not isinstance(valore, dict) or quesito.voce not in valore:
            return ""
        grado = valore[quesito.voce]
        return "Non so" if grado is None else f"{grado} – {domanda.gradi.get(grado, grado)}"
    return "; ".join(risposta_in_parole(domanda, valore))


def in_breve(domanda: Domanda, conto: Conto | None) -> str | None:
    """A group's answers in a few words; None if they are kept back."""
    if conto is None:
        return None
    if not conto:
        return "–"
    enti = conto.total()
    match domanda.tipo:
        case t if t == MATRICE:
            return f"media {in_parole(numeri.media_gradi(conto))}"
        case t if t == NUMERO:
            riassunto = numeri.riassumi(conto)
            mediana = f", mediana {in_parole(riassunto.quartili[1])}" if riassunto.quartili else ""
            return f"media {in_parole(riassunto.media)}{mediana}"
        case t if t == DATA:
            anno, quanti = Counter(numeri.anni(conto)).most_common(1)[0]
            return f"{data_in_cifre(anno)}: {numeri.quota(quanti, enti)}"
        case t if t == GRADUATORIA:
            return f"in testa: {domanda.etichette[numeri.classifica(domanda, conto)[0].codice]}"
    codice, quanti = Counter(numeri.scelte(domanda, conto)).most_common(1)[0]
    nome = "Altro" if codice == ALTRO else domanda.etichette[codice]
    return f"{nome} ({numeri.quota(quanti, enti)})"
