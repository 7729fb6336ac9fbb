"""The text as the page of law shows it: each disposition with its number, its name, and what hangs on it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bozze.testo.albero import GRUPPI_PREMESSE, Disposizione, Testo, Tipo
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.rinvii import Brano, Indice, brani


@dataclass(frozen=True, slots=True)
class Voce:
    """One disposition on the page."""

    nodo: Disposizione
    nome: Nome
    brani: tuple[Brano, ...]
    """Its words, with where the references in them lead."""
    figli: tuple["Voce", ...]
    livello: int
    """Of its heading, if it has one: h2 for a titolo, h3 for an article in it."""
    emendamenti: int = 0
    osservazioni: int = 0
    citazioni: int = 0
    """The findings and the objectives that it cites."""
    aperta: bool = False
    revisione: int = 0
    """Of the draft's row, for who writes."""

    @property
    def id(self) -> str:
        return self.nodo.id

    @property
    def tipo(self) -> str:
        return self.nodo.tipo.value

    @property
    def in_margine(self) -> bool:
        """Whether something stands in the margin beside it."""
        return bool(self.emendamenti or self.osservazioni or self.citazioni)

    @property
    def di_cui_si_parla(self) -> str:
        """The name after "di": "del comma 2 dell'articolo 5" as one phrase."""
        return self.nome.con("di")


@dataclass(frozen=True, slots=True)
class VoceIndice:
    """A line of the index: a titolo or an annex, with the articles it holds."""

    testo: str
    ancora: str


@dataclass(frozen=True, slots=True)
class Foglio:
    """The whole page."""

    titolo: str
    sottotitolo: str
    premesse: tuple[Voce, ...]
    articolato: tuple[Voce, ...]
    allegati: tuple[Voce, ...]
    indice: tuple[VoceIndice, ...]
    articoli: int
    titoli: int


@dataclass(frozen=True, slots=True)
class Conteggi:
    """How many things hang on each disposition, by its id."""

    emendamenti: Mapping[str, int]
    osservazioni: Mapping[str, int]
    citazioni: Mapping[str, int]


SENZA_CONTEGGI = Conteggi({}, {}, {})


def foglio(
    testo: Testo,
    conteggi: Conteggi = SENZA_CONTEGGI,
    aperta: str = "",
    revisioni: Mapping[str, int] | None = None,
) -> Foglio:
    """Lay out a text. `aperta`: the disposition whose story is shown in place; `revisioni`: of the draft's rows."""
    viste = revisioni or {}
    detti = nomi(testo)
    rinvii = Indice(testo, detti)

    def voce(nodo: Disposizione, livello: int) -> Voce:
        sotto = livello + 1 if nodo.tipo in {Tipo.TITOLO, Tipo.CAPO, Tipo.ALLEGATO} else livello
        return Voce(
            nodo,
            detti[nodo.id],
            brani(nodo, rinvii),
            tuple(voce(figlio, sotto) for figlio in nodo.figli),
            livello,
            conteggi.emendamenti.get(nodo.id, 0),
            conteggi.osservazioni.get(nodo.id, 0),
            conteggi.citazioni.get(nodo.id, 0) + len(nodo.obiettivi),
            nodo.id == aperta,
            viste.get(nodo.id, 0),
        )

    voci = [voce(radice, 2) for radice in testo.radici]
    capo = len(voci)
    for posto, riga in enumerate(voci):
        if riga.nodo.tipo not in (*GRUPPI_PREMESSE, Tipo.FORMULA, Tipo.PARAGRAFO):
            capo = posto
            break
    return Foglio(
        titolo=testo.titolo,
        sottotitolo=testo.sottotitolo,
        premesse=tuple(voci[:capo]),
        articolato=tuple(v for v in voci[capo:] if v.nodo.tipo is not Tipo.ALLEGATO),
        allegati=tuple(v for v in voci[capo:] if v.nodo.tipo is Tipo.ALLEGATO),
        indice=tuple(_indice(testo, detti)),
        articoli=len(testo.articoli()),
        titoli=sum(radice.tipo is Tipo.TITOLO for radice in testo.radici),
    )


def voci_sole(testo: Testo, ids: Collection[str], revisioni: Mapping[str, int]) -> list[Voce]:
    """Some paragraphs alone, in the order of the text: as they stand in the sheet, without what is below them."""
    detti = nomi(testo)
    rinvii = Indice(testo, detti)
    posti = sorted((testo.indice[id] for id in ids), key=lambda posto: posto.ordine)
    nodi = [posto.nodo for posto in posti]
    return [
        Voce(nodo, detti[nodo.id], brani(nodo, rinvii), (), 0, revisione=revisioni.get(nodo.id, 0))
        for nodo in nodi
    ]


def _indice(testo: Testo, detti: Mapping[str, Nome]) -> Iterator[VoceIndice]:
    for radice in testo.radici:
        nome = detti[radice.id]
        if radice.tipo in {Tipo.TITOLO, Tipo.CAPO}:
            numeri = [detti[n.id].nucleo for n in radice.discendenti() if n.tipo is Tipo.ARTICOLO]
            quali = f", articoli {numeri[0]}–{numeri[-1]}" if len(numeri) > 1 else ""
            quali = f", articolo {numeri[0]}" if len(numeri) == 1 else quali
            yield VoceIndice(f"{nome.numero}. {radice.rubrica}{quali}", f"d-{radice.id}")
        elif radice.tipo in {Tipo.ARTICOLO, Tipo.ALLEGATO}:
            yield VoceIndice(f"{nome.numero}. {radice.rubrica}", f"d-{radice.id}")
