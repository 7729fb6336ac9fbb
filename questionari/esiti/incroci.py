"""Cross tables of any two closed questions, by the rules of their confidentiality."""

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F

from questionari.definizione import (
    DATA,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    PUBBLICA,
    RISERVATA,
    Domanda,
)
from questionari.esiti import numeri
from questionari.esiti.forme import Riga, Tabella
from questionari.esiti.quadro import Quadro
from questionari.esiti.quesiti import ALTRO, NON_SO, SEPARA, Quesito, quesiti
from questionari.models import CellaRisposta
from questionari.riservatezza import Livello
from questionari.valori import in_cifre

INSIEME = "Altre risposte, insieme"

type Coppie = Counter[tuple[str, str]]
type Categorie = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Incrocio:
    """A cross table: rows, columns, and how many bodies gave both answers; or why there is none."""

    righe: tuple[str, ...] = ()
    colonne: tuple[str, ...] = ()
    celle: Mapping[tuple[str, str], int] | None = None
    totali: Mapping[str, int] | None = None
    enti: int = 0
    rifiuto: str = ""


def scelte(quadro: Quadro) -> list[tuple[Quesito, str]]:
    """What can be crossed, with its name: every closed question that is not kept back, matrices row by row."""
    trovate = []
    for domanda in quadro.struttura.domande:
        if quadro.effettive[domanda.codice] == RISERVATA and not quadro.segreteria:
            continue
        numero = quadro.struttura.numeri[domanda.codice]
        for quesito in quesiti(domanda):
            voce = f": {domanda.etichette[quesito.voce]}" if quesito.voce else ""
            trovate.append((quesito, f"{numero} {domanda.testo}{voce}"))
    return trovate


def incrocia(quadro: Quadro, uno: Quesito, altro: Quesito) -> Incrocio:
    """Cross two quesiti: two queries, the second of which counts the pairs."""
    esposti = quadro.esponi({uno.domanda, altro.domanda})
    rifiuto = _rifiuto(quadro, [esposti[uno].livello, esposti[altro].livello], uno, altro)
    if rifiuto:
        return Incrocio(rifiuto=rifiuto)
    categorie = [
        _categorie(quadro.struttura.per_codice[q.domanda], q, esposti[q].totale) for q in (uno, altro)
    ]
    return componi(
        conta_coppie(quadro, uno, altro), categorie, 1 if _in_chiaro(quadro, uno) else quadro.soglia
    )


def _in_chiaro(quadro: Quadro, quesito: Quesito) -> bool:
    return quadro.segreteria or quadro.effettive[quesito.domanda] == PUBBLICA


def _rifiuto(quadro: Quadro, livelli: Sequence[Livello], uno: Quesito, altro: Quesito) -> str:
    if uno == altro:
        return "Scegli due domande diverse."
    if _in_chiaro(quadro, uno) != _in_chiaro(quadro, altro):
        return (
            "Una delle due risposte si pubblica con il nome dell'ente: incrociarla con l'altra direbbe chi ha risposto "
            "che cosa."
        )
    if min(livelli) < Livello.TUTTO:
        return (
            "Per una delle due domande, in qualche gruppo gli enti hanno risposto in pochi o tutti allo stesso modo: "
            "l'incrocio direbbe la risposta di ciascuno."
        )
    return ""


def conta_coppie(quadro: Quadro, uno: Quesito, altro: Quesito) -> Coppie:
    """How many bodies gave each pair of answers; of those in a block, unless names are no matter."""
    strati = (
        [strato.chiave for strato in quadro.strati]
        if _in_chiaro(quadro, uno)
        else [chiave for blocco in quadro.blocchi for chiave in blocco.chiavi]
    )
    righe = (
        CellaRisposta.objects.filter(
            strato__in=strati,
            domanda=uno.domanda,
            voce=uno.voce,
            scheda__in=quadro.schede(),
            scheda__celle__domanda=altro.domanda,
            scheda__celle__voce=altro.voce,
        )
        .order_by()
        .values_list("valore", F("scheda__celle__valore"))
        .annotate(quanti=Count("pk"))
    )
    return Counter({(questo, quello): quanti for questo, quello, quanti in righe})


def componi(coppie: Coppie, categorie: Sequence[tuple[Sequence[str], Categorie]], soglia: int) -> Incrocio:
    """Build the table from the pairs. Pure. Answers given by fewer than `soglia` bodies are put together."""
    lati = []
    for lato, (nomi, di) in enumerate(categorie):
        enti: Counter[str] = Counter()
        for coppia, volte in coppie.items():
            for nome in di(coppia[lato]):
                enti[nome] += volte
        lati.append(_unisci([nome for nome in nomi if enti[nome]], enti, soglia))
    celle: Counter[tuple[str, str]] = Counter()
    totali: Counter[str] = Counter()
    for (questo, quello), volte in coppie.items():
        righe = {lati[0][nome] for nome in categorie[0][1](questo)}
        colonne = {lati[1][nome] for nome in categorie[1][1](quello)}
        for riga in righe:
            totali[riga] += volte
            for colonna in colonne:
                celle[riga, colonna] += volte
    return Incrocio(
        righe=tuple(dict.fromkeys(lati[0].values())),
        colonne=tuple(dict.fromkeys(lati[1].values())),
        celle=celle,
        totali=totali,
        enti=coppie.total(),
    )


def _unisci(nomi: Sequence[str], enti: Mapping[str, int], soglia: int) -> dict[str, str]:
    """The name under which each answer stands: its own, or INSIEME for the rare ones, at least `soglia` together."""
    uniti = [nome for nome in nomi if enti[nome] < soglia]
    resto = sorted((nome for nome in nomi if nome not in uniti), key=lambda nome: enti[nome])
    while uniti and resto and sum(enti[nome] for nome in uniti) < soglia:
        uniti.append(resto.pop(0))
    return {nome: nome for nome in nomi if nome not in uniti} | dict.fromkeys(uniti, INSIEME)


def _categorie(domanda: Domanda, quesito: Quesito, totale: Counter[str]) -> tuple[list[str], Categorie]:
    """The names of the rows or columns, in order, and under which ones an answer stands."""
    if domanda.tipo == MATRICE:
        nomi = {str(valore): nome for valore, nome in domanda.gradi.items()} | {NON_SO: "Non so"}
        return list(nomi.values()), lambda valore: (nomi[valore],)
    if domanda.tipo == NUMERO:
        return _classi(domanda, totale)
    if domanda.tipo == DATA:
        return list(numeri.anni(totale)), lambda valore: (valore[:4],)
    etichette = domanda.etichette | {ALTRO: "Altro"}
    if domanda.tipo == GRADUATORIA:
        return list(etichette.values()), lambda valore: (etichette[valore.split(SEPARA)[0]],)
    if domanda.tipo == MULTIPLA:
        return list(etichette.values()), lambda valore: [etichette[codice] for codice in valore.split(SEPARA)]
    return list(etichette.values()), lambda valore: (etichette[valore],)


def _classi(domanda: Domanda, totale: Counter[str]) -> tuple[list[str], Categorie]:
    """Numbers by the quartiles of all of them: four classes, or fewer where quartiles coincide."""
    quartili = numeri.riassumi(totale).quartili
    confini = sorted(set(quartili or ()))
    cifre = [in_cifre(confine) for confine in confini]
    nomi = (
        ["Tutti i valori"]
        if not cifre
        else [
            f"Fino a {cifre[0]}",
            *(f"Da oltre {a} a {b}" for a, b in itertools.pairwise(cifre)),
            f"Oltre {cifre[-1]}",
        ]
    )
    return nomi, lambda valore: (nomi[bisect_left(confini, float(valore))],)


def in_tabella(incrocio: Incrocio) -> Tabella:
    """The cross table as it is read: counts, and for each row how many gave that answer."""
    celle, totali = incrocio.celle or {}, incrocio.totali or {}
    return Tabella(
        "Enti per coppia di risposte",
        "Risposta",
        (*incrocio.colonne, "Tutti"),
        tuple(
            Riga(
                riga,
                (*(str(celle.get((riga, colonna), 0)) for colonna in incrocio.colonne), str(totali[riga])),
            )
            for riga in incrocio.righe
        ),
    )
