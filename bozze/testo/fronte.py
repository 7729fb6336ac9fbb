"""Testo a fronte: two texts line by line, matched by id, so that either can be read whole on its own side.

Unlike ``confronto``, which tells the new text and what is gone from it, here what has moved stands twice: where it was
and where it is. So the left side is the old text to the word, the right side the new one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accordo.base.differenze import Segmento, Segno, confronta_parole
from bozze.testo.albero import CON_RUBRICA, GRUPPI_PREMESSE, Disposizione, Testo, Tipo
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.ordine import in_ordine


class Ruolo(StrEnum):
    """What a line is on the page."""

    TITOLO_TESTO = "titolo_testo"
    SOTTOTITOLO = "sottotitolo"
    PREMESSA = "premessa"
    PARTIZIONE = "partizione"
    ARTICOLO = "articolo"
    ALLEGATO = "allegato"
    TESTO = "testo"


_RUOLI = {
    Tipo.TITOLO: Ruolo.PARTIZIONE,
    Tipo.CAPO: Ruolo.PARTIZIONE,
    Tipo.ARTICOLO: Ruolo.ARTICOLO,
    Tipo.ALLEGATO: Ruolo.ALLEGATO,
}
_RIENTRI = {Tipo.LETTERA: 1, Tipo.NUMERO: 2, Tipo.TRATTINO: 1}


@dataclass(frozen=True, slots=True)
class Linea:
    """A line of a text: a heading, or the words of a disposition."""

    id: str
    """Of the disposition; empty for the title of the text and what follows it."""
    ruolo: Ruolo
    numero: str
    """As printed: "Articolo 5", "2.", "b)"."""
    parole: str
    rientro: int = 0
    nome: str = ""
    """What it is called elsewhere: "articolo 5, comma 2"."""

    @property
    def chiave(self) -> tuple[str, bool]:
        """What tells it from the other lines of its text: a disposition has a heading, words, or both."""
        return self.id or self.ruolo.value, self.ruolo is Ruolo.TESTO

    @property
    def intera(self) -> str:
        """Number and words as they are read."""
        return " ".join(pezzo for pezzo in (self.numero, self.parole) if pezzo)


class Sorte(StrEnum):
    """What became of a line."""

    UGUALE = "uguale"
    MODIFICATA = "modificata"
    AGGIUNTA = "aggiunta"
    SOPPRESSA = "soppressa"
    PARTITA = "partita"
    """Moved: this is the place it left."""
    ARRIVATA = "arrivata"
    """Moved: this is the place it came to."""


@dataclass(frozen=True, slots=True)
class Coppia:
    """A line of the old text beside the same line of the new one; one of the two is missing where it is not there."""

    sorte: Sorte
    prima: Linea | None
    dopo: Linea | None
    numero: tuple[Segmento, ...] = ()
    parole: tuple[Segmento, ...] = ()
    """Of a line that has moved, compared with itself in the other place."""
    altrove: Linea | None = None
    """Of a line that has moved, itself in the other text."""

    @property
    def linea(self) -> Linea:
        """The line, the new one if there are both."""
        linea = self.dopo or self.prima
        assert linea is not None
        return linea

    @property
    def sinistra(self) -> tuple[Segmento, ...]:
        """The old words, what is gone of them marked; nothing where the line was not there."""
        return tuple(s for s in self.parole if s.segno is not Segno.AGGIUNTO) if self.prima else ()

    @property
    def destra(self) -> tuple[Segmento, ...]:
        """The new words, what is new of them marked; nothing where the line is no longer there."""
        return tuple(s for s in self.parole if s.segno is not Segno.TOLTO) if self.dopo else ()

    @property
    def cambiata(self) -> bool:
        """Whether the words or the place are not the same; a new number alone does not count."""
        return self.sorte is not Sorte.UGUALE


def linee(testo: Testo, nomi_testo: Mapping[str, Nome] | None = None) -> list[Linea]:
    """The text as it is read, line by line."""
    detti = nomi_testo or nomi(testo)
    fatte = [Linea("", Ruolo.TITOLO_TESTO, "", testo.titolo)] if testo.titolo else []
    if testo.sottotitolo:
        fatte.append(Linea("", Ruolo.SOTTOTITOLO, "", testo.sottotitolo))
    for nodo in testo.disposizioni():
        fatte.extend(_di(nodo, detti[nodo.id]))
    return fatte


def _di(nodo: Disposizione, nome: Nome) -> Iterator[Linea]:
    if nodo.tipo in GRUPPI_PREMESSE:
        yield Linea(nodo.id, Ruolo.PREMESSA, "", nodo.testo, nome=nome.esteso)
        return
    if nodo.tipo in CON_RUBRICA:
        yield Linea(nodo.id, _RUOLI[nodo.tipo], nome.numero, nodo.rubrica, nome=nome.esteso)
        if nodo.documento:
            yield Linea(f"{nodo.id}#documento", Ruolo.TESTO, "", str(nodo.documento), nome=nome.esteso)
        if not nodo.testo:
            return
    numero = "" if nodo.tipo in CON_RUBRICA else nome.numero
    yield Linea(nodo.id, Ruolo.TESTO, numero, nodo.testo, _RIENTRI.get(nodo.tipo, 0), nome.esteso)


def a_fronte(prima: Testo, dopo: Testo) -> list[Coppia]:
    """The two texts side by side: the lines that have one come in the order of the left and of the right side at once."""
    sinistra, destra = linee(prima), linee(dopo)
    vecchie = {linea.chiave: linea for linea in sinistra}
    nuove = {linea.chiave: linea for linea in destra}
    posto = {chiave: indice for indice, chiave in enumerate(vecchie)}
    ferme = in_ordine([chiave for chiave in nuove if chiave in posto], posto)
    fatte: list[Coppia] = []
    letta = 0
    for linea in destra:
        if linea.chiave in ferme:
            fino = posto[linea.chiave]
            fatte.extend(_andata(vecchia, nuove) for vecchia in sinistra[letta:fino])
            letta = fino + 1
            fatte.append(_ferma(vecchie[linea.chiave], linea))
        else:
            fatte.append(_venuta(linea, vecchie))
    fatte.extend(_andata(vecchia, nuove) for vecchia in sinistra[letta:])
    return fatte


def solo_cambiate(coppie: Sequence[Coppia]) -> list[Coppia]:
    """The lines that changed, each under the heading of its article, annex or premessa."""
    scelte: list[Coppia] = []
    capo: Coppia | None = None
    for coppia in coppie:
        if coppia.linea.ruolo not in {Ruolo.TESTO, Ruolo.PARTIZIONE}:
            capo = coppia
        if coppia.cambiata:
            if capo is not None and capo is not coppia and not capo.cambiata:
                scelte.append(capo)
            scelte.append(coppia)
            capo = None
    return scelte


def _ferma(prima: Linea, dopo: Linea) -> Coppia:
    parole = confronta_parole(prima.parole, dopo.parole)
    sorte = Sorte.UGUALE if prima.parole == dopo.parole else Sorte.MODIFICATA
    return Coppia(sorte, prima, dopo, _numero(prima.numero, dopo.numero), parole)


def _andata(prima: Linea, nuove: Mapping[tuple[str, bool], Linea]) -> Coppia:
    altrove = nuove.get(prima.chiave)
    sorte = Sorte.PARTITA if altrove else Sorte.SOPPRESSA
    parole = confronta_parole(prima.parole, altrove.parole if altrove else "")
    return Coppia(sorte, prima, None, _numero(prima.numero, ""), parole, altrove)


def _venuta(dopo: Linea, vecchie: Mapping[tuple[str, bool], Linea]) -> Coppia:
    altrove = vecchie.get(dopo.chiave)
    sorte = Sorte.ARRIVATA if altrove else Sorte.AGGIUNTA
    parole = confronta_parole(altrove.parole if altrove else "", dopo.parole)
    return Coppia(sorte, None, dopo, _numero("", dopo.numero), parole, altrove)


def _numero(prima: str, dopo: str) -> tuple[Segmento, ...]:
    """A number changes as a whole: never half of it."""
    if prima == dopo:
        return (Segmento(Segno.UGUALE, prima),) if prima else ()
    coppia = ((Segno.TOLTO, prima), (Segno.AGGIUNTO, dopo))
    return tuple(Segmento(segno, numero) for segno, numero in coppia if numero)


@dataclass(frozen=True, slots=True)
class Corrispondenza:
    """A disposition whose number is not what it was: a row of the table of correspondence."""

    prima: str
    """"articolo 5, comma 2"; empty if it was not there."""
    dopo: str
    """Empty if it is no longer there."""


def corrispondenze(
    prima: Testo, dopo: Testo, tipi: Sequence[Tipo] = (Tipo.ARTICOLO, Tipo.COMMA)
) -> list[Corrispondenza]:
    """The table of correspondence of numbers: what is called otherwise in the new text, was added or is gone.

    In the order of the old text, each addition after what precedes it. What hangs only on its article's new number is
    left out: the article says it.
    """
    detti_prima, detti_dopo = nomi(prima), nomi(dopo)

    def visti(testo: Testo) -> list[str]:
        return [nodo.id for nodo in testo.disposizioni() if nodo.tipo in tipi]

    righe: dict[str, Corrispondenza] = {}
    for codice in visti(prima):
        if codice not in detti_dopo:
            righe[codice] = Corrispondenza(detti_prima[codice].esteso, "")
        elif not _stesso(codice, prima, dopo, detti_prima, detti_dopo):
            righe[codice] = Corrispondenza(detti_prima[codice].esteso, detti_dopo[codice].esteso)
    ordine = {codice: (indice, -1) for indice, codice in enumerate(visti(prima))}
    ultimo = -1
    for indice, codice in enumerate(visti(dopo)):
        if codice in ordine:
            ultimo = ordine[codice][0]
        else:
            ordine[codice] = (ultimo, indice)
            if not _dentro_nuovo(dopo, codice, detti_prima):
                righe[codice] = Corrispondenza("", detti_dopo[codice].esteso)
    return [righe[codice] for codice in sorted(righe, key=lambda codice: ordine[codice])]


def _stesso(
    codice: str, prima: Testo, dopo: Testo, detti_prima: Mapping[str, Nome], detti_dopo: Mapping[str, Nome]
) -> bool:
    """Whether it has its number still, within the same article."""
    da, a = prima.articolo_di(codice), dopo.articolo_di(codice)
    if (da.id if da else "") != (a.id if a else ""):
        return False
    return detti_prima[codice].breve == detti_dopo[codice].breve


def _dentro_nuovo(dopo: Testo, codice: str, detti_prima: Mapping[str, Nome]) -> bool:
    genitore = dopo.genitore(codice)
    return genitore is not None and genitore.tipo is Tipo.ARTICOLO and genitore.id not in detti_prima
