"""Random texts and random operations on them: made by a seeded die, so that thousands of cases cost seconds."""

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from hypothesis import strategies as st

from bozze.testo.albero import FIGLI_AMMESSI, Disposizione, Documento, Testo, Tipo
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
    controlla,
)
from bozze.testo.parole import confine

PAROLE = [
    "ente",
    "due",
    "anni",
    "il",
    "comune",
    "l'accordo",
    "tre",
    "mesi,",
    "firma;",
    "area.",
    "(Lucca)",
    "2.000",
]
GENERI = (
    ["parole"] * 4 + ["aggiungi"] * 3 + ["sposta"] * 3 + ["sostituisci", "rubrica", "sopprimi", "sopprimi"]
)
frasi = st.lists(st.sampled_from(PAROLE), min_size=1, max_size=12).map(" ".join)


def frase(dado: Random) -> str:
    return " ".join(dado.choices(PAROLE, k=dado.randint(1, 8)))


def un_testo(dado: Random) -> Testo:
    """A small accord: one or two titoli with articles, commi, letters; premesse and an annex at times."""
    conta = iter(range(10_000))

    def nodo(tipo: Tipo, figli: Sequence[Disposizione] = (), *, rubrica: bool = False) -> Disposizione:
        testo = "" if rubrica else frase(dado)
        citati = ("1", "2.1") if dado.random() < 0.1 else ()
        intestazione = frase(dado) if rubrica else ""
        return Disposizione(f"n{next(conta)}", tipo, testo, intestazione, tuple(figli), obiettivi=citati)

    def comma() -> Disposizione:
        return nodo(Tipo.COMMA, [nodo(Tipo.LETTERA) for _ in range(dado.choice([0, 0, 2]))])

    def articolo() -> Disposizione:
        return nodo(Tipo.ARTICOLO, [comma() for _ in range(dado.randint(1, 3))], rubrica=True)

    radici = [
        nodo(Tipo.TITOLO, [articolo() for _ in range(dado.randint(1, 2))], rubrica=True)
        for _ in range(dado.randint(1, 2))
    ]
    if dado.random() < 0.3:
        radici.insert(0, nodo(Tipo.PREMESSO, [nodo(Tipo.LETTERA)]))
    if dado.random() < 0.3:
        allegato = nodo(Tipo.ALLEGATO, [nodo(Tipo.PARAGRAFO)], rubrica=True)
        file = Documento("quadro.xlsx", 5_449, "e3" * 32) if dado.random() < 0.5 else None
        radici.append(allegato.con(documento=file))
    return Testo("Accordo", "di prova", tuple(radici))


def _prova_operazione(
    testo: Testo,
    numero: int,
    dado: Random,
    vicini: Sequence[str] = (),
    generi: Sequence[str] = GENERI,
) -> Operazione:
    ids = list(testo.indice)
    nodo = testo.indice[dado.choice(vicini if vicini and dado.random() < 0.7 else ids)].nodo
    match dado.choice(generi if dado.random() < 0.8 else GENERI):
        case "parole":
            tagli = [p for p in range(len(nodo.testo) + 1) if confine(nodo.testo, p)]
            inizio, fine = sorted((dado.choice(tagli), dado.choice(tagli)))
            nuove = "" if dado.random() < 0.2 else frase(dado)
            return SostituisciParole(nodo.id, nodo.testo[inizio:fine], nuove, inizio)
        case "sostituisci":
            return Sostituisci(nodo.id, nodo.con(testo=frase(dado), figli=nodo.figli[:1]))
        case "rubrica":
            return SostituisciRubrica(nodo.id, frase(dado))
        case "sopprimi":
            return Sopprimi(nodo.id)
        case "sposta":
            return Sposta(nodo.id, dado.choice(list(Posizione)), dado.choice(ids))
        case _:
            posizione = dado.choice(list(Posizione))
            genitore = (
                nodo if posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA} else testo.genitore(nodo.id)
            )
            ammessi = FIGLI_AMMESSI[genitore.tipo if genitore else None] or (Tipo.COMMA,)
            return Aggiungi(posizione, nodo.id, Disposizione(f"x{numero}", dado.choice(ammessi), frase(dado)))


def un_operazione(
    testo: Testo,
    numero: int,
    dado: Random,
    vicini: Sequence[str] = (),
    generi: Sequence[str] = GENERI,
) -> Operazione:
    """One operation that fits the text, more often than not on one of `vicini` and of one of `generi`."""
    while controlla(testo, operazione := _prova_operazione(testo, numero, dado, vicini, generi)):
        pass
    return operazione


@lru_cache(maxsize=8)
def caso(seme: int, quante: int = 4) -> tuple[Testo, list[Operazione]]:
    """A text and some operations that each fit it; in half of the cases they crowd on two dispositions, of two kinds."""
    dado = Random(seme)
    testo = un_testo(dado)
    vicini: Sequence[str] = ()
    generi: Sequence[str] = GENERI
    if dado.random() < 0.5:
        vicini, generi = dado.sample(list(testo.indice), 2), dado.sample(sorted(set(GENERI)), 2)
    return testo, [
        un_operazione(testo, numero, dado, vicini, generi) for numero in range(dado.randint(1, quante))
    ]


semi = st.integers(0, 2**48)
