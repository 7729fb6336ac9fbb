"""A life drawn as SVG: one vertical line per state, one row per transition, from the top in the table's order.

A pure function of the table. A transition with several states to start from has a dot on each of them and arrives with
one arrow. Labels stand on their own row, so they never cross, however many transitions there are.
Colours come from the stylesheet (classes), because pages have no inline style.
"""

from collections.abc import Iterable
from html import escape

from accordo.iter.motore import Vita

COLONNA, TESTA, RIGA, MARGINE = 172, 64, 46, 12
A_CAPO = 18


def _righe(testo: str, massimo: int = A_CAPO) -> list[str]:
    """Break words into lines of at most `massimo` characters where they can be broken."""
    righe = [""]
    for parola in testo.split():
        if righe[-1] and len(righe[-1]) + len(parola) + 1 > massimo:
            righe.append(parola)
        else:
            righe[-1] = f"{righe[-1]} {parola}".strip()
    return righe[:3]


def archi(vita: Vita) -> list[tuple[str, str, str]]:
    """Return (from, to, label) for each step from one state to another, in order: the drawing as a table."""
    return [(da, t.a, t.etichetta) for t in vita.transizioni for da in t.da]


def disegna(vita: Vita, identita: str = "vita") -> str:
    """Return the SVG of a life; `identita` keeps its ids apart from other drawings on the page."""
    stati = vita.nomi_stati()
    posto = {codice: MARGINE + COLONNA * i + COLONNA // 2 for i, codice in enumerate(stati)}
    frecce = [([posto[da] for da in t.da], posto[t.a], t.etichetta) for t in vita.transizioni]
    larghezza = MARGINE * 2 + COLONNA * len(stati)
    altezza = TESTA + RIGA * (len(frecce) + 1)
    corpo = [
        *_linee(posto.values(), altezza),
        *_teste(stati, posto, vita),
        *_frecce(frecce, identita, larghezza),
    ]
    return (
        f'<svg class="vita" viewBox="0 0 {larghezza} {altezza}" width="{larghezza}" height="{altezza}" role="img" '
        f'aria-labelledby="{identita}-titolo" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{identita}-titolo">{escape(vita.nome)}: {len(stati)} stati, {len(frecce)} passaggi</title>'
        f'<defs><marker id="{identita}-punta" class="vita-punta" viewBox="0 0 10 10" refX="9" refY="5" '
        'markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z"/></marker></defs>'
        f"{''.join(corpo)}</svg>"
    )


def _linee(posti: Iterable[int], altezza: int) -> Iterable[str]:
    for x in posti:
        yield f'<line class="vita-linea" x1="{x}" y1="{TESTA}" x2="{x}" y2="{altezza - MARGINE}"/>'


def _teste(stati: dict[str, str], posto: dict[str, int], vita: Vita) -> Iterable[str]:
    for codice, nome in stati.items():
        x, righe = posto[codice], _righe(str(nome))
        classe = vita.parola(codice).value.replace("_", "-")
        yield (
            f'<rect class="vita-stato vita-{classe}" x="{x - COLONNA // 2 + 6}" y="4" width="{COLONNA - 12}" '
            f'height="{TESTA - 8}" rx="4"/>'
        )
        inizio = TESTA / 2 + 5 - 9 * (len(righe) - 1)
        for i, riga in enumerate(righe):
            yield f'<text class="vita-nome vita-{classe}" x="{x}" y="{inizio + 18 * i:g}" text-anchor="middle">{escape(riga)}</text>'


def _frecce(frecce: list[tuple[list[int], int, str]], identita: str, larghezza: int) -> Iterable[str]:
    punta = f'marker-end="url(#{identita}-punta)"'
    for i, (inizi, fine, etichetta) in enumerate(frecce):
        y = TESTA + RIGA * (i + 1)
        verso = "avanti" if min(inizi) <= fine else "indietro"
        for percorso in _percorsi(inizi, fine, y):
            yield f'<path class="vita-freccia vita-{verso}" d="{percorso}" {punta}/>'
        for x in inizi:
            yield f'<circle class="vita-inizio vita-{verso}" cx="{x}" cy="{y}" r="4"/>'
        mezza = len(etichetta) * 3.9
        centro = min(max((min(*inizi, fine) + max(*inizi, fine)) / 2, mezza + 4), larghezza - mezza - 4)
        yield f'<text class="vita-etichetta" x="{centro:g}" y="{y - 10}" text-anchor="middle">{escape(etichetta)}</text>'


def _percorsi(inizi: list[int], fine: int, y: int) -> Iterable[str]:
    """One arrow from the left, one from the right, and a loop where a step ends where it began."""
    if min(inizi) < fine:
        yield f"M{min(inizi)} {y}H{fine - 3}"
    if max(inizi) > fine:
        yield f"M{max(inizi)} {y}H{fine + 3}"
    if fine in inizi:
        yield f"M{fine} {y}h22v12h-19"
