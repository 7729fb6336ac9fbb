"""The results as a workbook and as CSV. What a reader gets is decided here and nowhere else."""

import csv as scrittore
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import IO, Any

from accordo.base.libro import Cella, scrivi_libro
from questionari.definizione import MATRICE, PUBBLICA, Domanda
from questionari.esiti import arrivi, prospetti
from questionari.esiti.basi import Disegni
from questionari.esiti.forme import Tabella
from questionari.esiti.quadro import DIMENSIONI, Quadro
from questionari.esiti.quesiti import quesiti
from questionari.valori import in_parole

type Righe = Iterator[Sequence[Cella]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Lettore:
    """Who asks. `tutto`: the coordinator's office, which reads every answer. `ente`: the body they act for."""

    tutto: bool = False
    ente: int | None = None


def risposte(quadro: Quadro, lettore: Lettore) -> Righe:
    """One row a body: its `pubblica` answers; the reader's own body whole; the coordinator all."""
    leggibili = [
        domanda
        for domanda in quadro.struttura.domande
        if domanda.chiede and (lettore.tutto or quadro.effettive[domanda.codice] == PUBBLICA)
    ]
    proprie = [d for d in quadro.struttura.domande if d.chiede] if lettore.ente is not None else leggibili
    schede = (
        quadro.schede()
        .order_by("strato__ambito__ordine", "strato__ambito__nome", "compilazione__ente__denominazione")
        .values_list(
            "compilazione__ente",
            "compilazione__ente__denominazione",
            "strato__ambito__nome",
            "strato__tipo",
            "invio__quando",
            "invio__canonico",
            "invio__da_nome",
            "invio__in_qualita_di",
        )
    )
    colonne = proprie if schede.filter(compilazione__ente=lettore.ente).exists() else leggibili
    yield [
        "Ente",
        "Ambito",
        "Tipo",
        "Inviato il",
        "Come è arrivata",
        "Riportata da",
        *(nome for d in colonne for nome in _intestazioni(quadro, d)),
    ]
    chiari = {d.codice for d in leggibili}
    for ente, nome, ambito, tipo, quando, canonico, firma, qualita in schede.iterator(chunk_size=500):
        dati = json.loads(canonico)
        date = dati["risposte"]
        propria = ente == lettore.ente
        yield [
            nome,
            ambito,
            tipo,
            f"{quando:%Y-%m-%d}",
            *arrivi.celle(dati.get("trascritto"), firma, qualita, tutto=propria or lettore.tutto),
            *(
                cella
                for d in colonne
                for cella in _celle(d, date.get(d.codice) if propria or d.codice in chiari else None)
            ),
        ]


def _intestazioni(quadro: Quadro, domanda: Domanda) -> list[str]:
    numero = quadro.struttura.numeri[domanda.codice]
    if domanda.tipo == MATRICE:
        return [f"{numero} {voce.etichetta}" for voce in domanda.voci]
    return [f"{numero} {domanda.testo}"]


def _celle(domanda: Domanda, valore: Any) -> list[Cella]:
    if domanda.tipo == MATRICE:
        gradi = valore if isinstance(valore, dict) else {}
        return [
            None if v.codice not in gradi else "Non so" if gradi[v.codice] is None else gradi[v.codice]
            for v in domanda.voci
        ]
    if isinstance(valore, int | float):
        return [valore]
    return ["; ".join(in_parole(domanda, valore)) or None]


def libro_dei_codici(quadro: Quadro) -> Righe:
    """What every question and every code means."""
    yield ["Numero", "Codice", "Tipo", "Riservatezza", "Domanda", "Voce o grado", "Significato"]
    for domanda in quadro.struttura.domande:
        if not domanda.chiede:
            continue
        capo = [
            quadro.struttura.numeri[domanda.codice],
            domanda.codice,
            domanda.tipo,
            quadro.effettive[domanda.codice],
            domanda.testo,
        ]
        yield [*capo, None, None]
        for voce in domanda.voci:
            yield [*capo[:2], None, None, None, voce.codice, voce.etichetta]
        for grado in domanda.scala:
            yield [*capo[:2], None, None, None, grado.valore, grado.etichetta]


def esiti(quadro: Quadro) -> Righe:
    """Every table that is published, in long form. The numbers are those of the pages, by the same code."""
    yield ["Numero", "Domanda", "Tabella", "Riga", "Colonna", "Valore"]
    yield from _lunga([None, "Chi ha risposto"], arrivi.arrivi(quadro).tabella)
    for sezione in quadro.struttura.sezioni:
        domande = sezione.chieste
        esposti = quadro.esponi([d.codice for d in domande if quesiti(d)])
        for posto, per in enumerate(DIMENSIONI):
            for domanda in domande:
                if not quesiti(domanda):
                    continue
                esito = prospetti.esito(quadro, domanda, esposti, 0, per, disegni=Disegni.NESSUNO)
                capo = [esito.numero, domanda.testo]
                if not posto and esito.tabella:
                    yield from _lunga(capo, esito.tabella)
                if esito.confronto:
                    yield from _lunga(capo, esito.confronto.tabella)


def _lunga(capo: Sequence[Cella], tabella: Tabella) -> Righe:
    for riga in tabella.righe:
        for colonna, cella in zip(tabella.colonne, riga.celle, strict=True):
            yield [*capo, tabella.titolo, riga.titolo, colonna, "n.p." if cella is None else cella]


def excel(quadro: Quadro, lettore: Lettore) -> IO[bytes]:
    """The workbook: answers, code book, results. Written row by row to a temporary file."""
    return scrivi_libro(
        (
            ("Risposte", risposte(quadro, lettore)),
            ("Codici", libro_dei_codici(quadro)),
            ("Esiti", esiti(quadro)),
        )
    )


def csv(righe: Iterable[Sequence[Cella]]) -> Iterator[str]:
    """Lines for a spreadsheet; words that it would take for a formula get an apostrophe."""
    yield "\ufeff"
    for riga in righe:
        testo = StringIO()
        scrittore.writer(testo, delimiter=";").writerow(
            [f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in riga]
        )
        yield testo.getvalue()
