"""From the tree of a text to what its print template walks. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from bozze.testo.albero import GRUPPI_PREMESSE, Disposizione, Testo, Tipo
from bozze.testo.numerazione import Nome, nomi

INTESTAZIONI = {Tipo.PREMESSO: "Premesso che", Tipo.VISTO: "Visti", Tipo.CONSIDERATO: "Considerato che"}


@dataclass(frozen=True, slots=True)
class Voce:
    """A numbered piece of text with what hangs below it: comma, lettera, numero, trattino or plain paragraph."""

    tipo: str
    numero: str
    testo: str
    ancora: str
    voci: tuple["Voce", ...] = ()


@dataclass(frozen=True, slots=True)
class Articolo:
    """An article: its commi keep with its heading."""

    numero: str
    rubrica: str
    ancora: str
    commi: tuple[Voce, ...]

    e_articolo = True


@dataclass(frozen=True, slots=True)
class Capo:
    """A heading between a titolo and its articles."""

    numero: str
    rubrica: str
    ancora: str

    e_capo = True


@dataclass(frozen=True, slots=True)
class Parte:
    """A titolo (or nothing, for articles that stand alone) with its blocks in order."""

    numero: str
    rubrica: str
    ancora: str
    blocchi: tuple[Articolo | Capo | Voce, ...]


@dataclass(frozen=True, slots=True)
class Gruppo:
    """One group of the premises under its heading."""

    intestazione: str
    testo: str
    ancora: str
    voci: tuple[Voce, ...]

    @property
    def ripetuto(self) -> bool:
        """Whether the words that open it only say the heading again: "Visti", "Premesso che"."""
        return self.testo.strip(" :.").casefold() == self.intestazione.strip(" :.").casefold()


@dataclass(frozen=True, slots=True)
class Allegato:
    """An annex. A short one is a line in the list; a long one has its own pages."""

    numero: str
    rubrica: str
    testo: str
    ancora: str
    blocchi: tuple[Articolo | Capo | Voce, ...]

    @property
    def lettera(self) -> str:
        return self.numero.removeprefix("Allegato").strip()

    @property
    def breve(self) -> bool:
        return len(self.blocchi) <= 1 and all(isinstance(b, Voce) and not b.voci for b in self.blocchi)


@dataclass(frozen=True, slots=True)
class Impaginato:
    """A whole text, ready for the template."""

    gruppi: tuple[Gruppo, ...]
    formula: str
    parti: tuple[Parte, ...]
    allegati: tuple[Allegato, ...]

    @property
    def allegati_brevi(self) -> list[Allegato]:
        return [allegato for allegato in self.allegati if allegato.breve]

    @property
    def allegati_lunghi(self) -> list[Allegato]:
        return [allegato for allegato in self.allegati if not allegato.breve]


def impagina(testo: Testo) -> Impaginato:
    """Return the text as the print template wants it, every piece with its number and anchor."""
    nome = nomi(testo)
    gruppi: list[Gruppo] = []
    parti: list[Parte] = []
    sciolti: list[Articolo | Capo | Voce] = []
    allegati: list[Allegato] = []
    formula = ""

    def chiudi_sciolti() -> None:
        if sciolti:
            parti.append(Parte("", "", f"parte{len(parti) + 1}", tuple(sciolti)))
            sciolti.clear()

    for radice in testo.radici:
        if radice.tipo in GRUPPI_PREMESSE:
            gruppi.append(
                Gruppo(
                    radice.rubrica or INTESTAZIONI[radice.tipo],
                    radice.testo,
                    nome[radice.id].ancora,
                    _voci(radice, nome),
                )
            )
        elif radice.tipo is Tipo.FORMULA:
            formula = radice.testo
        elif radice.tipo is Tipo.ALLEGATO:
            chiudi_sciolti()
            proprio = nome[radice.id]
            allegati.append(
                Allegato(
                    proprio.numero,
                    radice.rubrica,
                    "\n".join(filter(None, (radice.testo, str(radice.documento or "")))),
                    proprio.ancora,
                    tuple(_blocchi(radice, nome)),
                )
            )
        elif radice.tipo is Tipo.TITOLO:
            chiudi_sciolti()
            proprio = nome[radice.id]
            parti.append(Parte(proprio.numero, radice.rubrica, proprio.ancora, tuple(_blocchi(radice, nome))))
        else:
            sciolti.extend(_blocco(radice, nome))
    chiudi_sciolti()
    return Impaginato(tuple(gruppi), formula, tuple(parti), tuple(allegati))


def _blocchi(nodo: Disposizione, nome: dict[str, Nome]) -> Iterator[Articolo | Capo | Voce]:
    for figlio in nodo.figli:
        yield from _blocco(figlio, nome)


def _blocco(nodo: Disposizione, nome: dict[str, Nome]) -> Iterator[Articolo | Capo | Voce]:
    proprio = nome[nodo.id]
    if nodo.tipo is Tipo.ARTICOLO:
        yield Articolo(
            proprio.numero.replace("Articolo", "Art."), nodo.rubrica, proprio.ancora, _voci(nodo, nome)
        )
    elif nodo.tipo in (Tipo.CAPO, Tipo.TITOLO):
        yield Capo(proprio.numero, nodo.rubrica, proprio.ancora)
        yield from _blocchi(nodo, nome)
    else:
        yield _voce(nodo, nome)


def _voci(nodo: Disposizione, nome: dict[str, Nome]) -> tuple[Voce, ...]:
    return tuple(_voce(figlio, nome) for figlio in nodo.figli)


def _voce(nodo: Disposizione, nome: dict[str, Nome]) -> Voce:
    proprio = nome[nodo.id]
    numero = "–" if nodo.tipo is Tipo.TRATTINO else proprio.numero
    return Voce(nodo.tipo.value, numero, nodo.testo, proprio.ancora, _voci(nodo, nome))
