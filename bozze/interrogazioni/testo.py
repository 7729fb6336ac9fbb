"""What reads the text: the draft as a tree, the versions, who has read them."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.rilievi.interrogazioni import visibili_a
from accordo.rilievi.models import Rilievo
from accordo.rilievi.stati import StatoRilievo
from bozze.models.testo import Bozza, Citazione, LetturaVersione, NodoBozza, Numeri, Versione
from bozze.testo.albero import Disposizione, Documento, Testo, Tipo, codici
from bozze.testo.bis import senza_rinumerare
from bozze.testo.confronto import Segmento, confronta_parole

PAROLE = ("tipo", "testo", "rubrica", "documento", "obiettivi")
"""The columns of a row that are the disposition itself."""


def versioni(accordo: Accordo) -> QuerySet[Versione]:
    """Return the published versions, the newest first."""
    return Versione.objects.filter(accordo=accordo).select_related("pubblicata_da").order_by("-numero")


def ultima_versione(accordo: Accordo) -> Versione | None:
    """Return the version in force: the newest."""
    return versioni(accordo).first()


def versione_definitiva(accordo: Accordo) -> Versione | None:
    """Return the final version that goes to the approval of the bodies, if it is out."""
    return versioni(accordo).filter(definitiva=True).first()


def bozza_di(accordo: Accordo) -> Bozza | None:
    """Return the draft being written."""
    return Bozza.objects.filter(accordo=accordo).first()


@dataclass(frozen=True, slots=True)
class TestoInLavoro:
    """The draft: its tree and, by identifier, the rows it was made from: their keys, and the revisions that were read.

    Two queries, whatever its length; the rows themselves, dear to make by the thousand, only where they are needed.
    """

    bozza: Bozza
    testo: Testo
    chiavi: dict[str, int]
    revisioni: dict[str, int]

    def riga(self, codice: UUID | str) -> NodoBozza:
        """Return the row of a disposition. NodoBozza.DoesNotExist if it has gone meanwhile."""
        righe = NodoBozza.objects.select_related("genitore", "modificato_da")
        return righe.get(bozza=self.bozza, codice=codice)


def testo_in_lavoro(accordo: Accordo) -> TestoInLavoro | None:
    """Return the draft with its tree; None if nobody has begun to write."""
    bozza = bozza_di(accordo)
    return leggi_bozza(bozza) if bozza else None


def leggi_bozza(bozza: Bozza) -> TestoInLavoro:
    """Return the tree of a draft."""
    righe = NodoBozza.objects.filter(bozza=bozza).order_by("ordine", "pk")
    figli: defaultdict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    chiavi: dict[str, int] = {}
    revisioni: dict[str, int] = {}
    for riga in righe.values_list("genitore", "pk", "codice", "revisione", *PAROLE):
        figli[riga[0]].append(riga)
        codice = str(riga[2])
        chiavi[codice], revisioni[codice] = riga[1], riga[3]

    def albero(riga: tuple[Any, ...]) -> Disposizione:
        _, chiave, codice, _, tipo, testo, rubrica, documento, obiettivi = riga
        return Disposizione(
            str(codice),
            Tipo(tipo),
            testo,
            rubrica,
            tuple(albero(figlio) for figlio in figli[chiave]) if chiave in figli else (),
            Documento.da_dati(documento) if documento else None,
            codici(obiettivi) if obiettivi else (),
        )

    radici = tuple(albero(riga) for riga in figli[None])
    testo = _numerato(bozza, Testo(bozza.titolo, bozza.sottotitolo, radici))
    return TestoInLavoro(bozza, testo, chiavi, revisioni)


def _numerato(bozza: Bozza, testo: Testo) -> Testo:
    """Return the draft with the numbers of the last version kept, where it goes on so: what is new is bis, ter."""
    if bozza.numeri != Numeri.MANTENUTI:
        return testo
    ultima = Versione.objects.filter(accordo=bozza.accordo_id).order_by("-numero").first()
    if ultima is None:
        return testo
    if ultima.albero.radici == testo.radici:
        return replace(testo, fissi=ultima.albero.fissi)
    return senza_rinumerare(ultima.albero, testo)


def da_pubblicare(accordo: Accordo, testo: Testo) -> bool:
    """Whether the draft says something that the last version does not."""
    ultima = (
        Versione.objects.filter(accordo=accordo)
        .order_by("-numero")
        .values_list("impronta", flat=True)
        .first()
    )
    return bool(testo.radici) and testo.impronta != ultima


def lettura_di(versione: Versione, agente: Agente) -> LetturaVersione | None:
    """Return when this person, for this body, said to have read the version."""
    return LetturaVersione.objects.filter(
        versione=versione, ente=agente.ente_id, utente=agente.utente
    ).first()


def enti_che_hanno_letto(versione: Versione) -> set[int]:
    """Return the bodies of which at least one person has read the version."""
    return set(LetturaVersione.objects.filter(versione=versione).values_list("ente_id", flat=True))


# ---------------------------------------------------------------------------------------------- where it comes from
def citazioni_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Citazione]:
    """Return the findings cited, as far as this person may read them."""
    return (
        Citazione.objects.filter(accordo=accordo, rilievo__in=visibili_a(agente, accordo))
        .select_related("rilievo__ambito", "rilievo__accordo")
        .prefetch_related("rilievo__fonti", "rilievo__obiettivi")
        .order_by("rilievo__numero")
    )


def conteggi_citazioni(agente: Agente | None, accordo: Accordo) -> dict[str, int]:
    """Return how many findings each disposition cites, by its id. One query."""
    righe = (
        citazioni_visibili_a(agente, accordo).order_by().values("disposizione").annotate(quante=Count("pk"))
    )
    return {str(riga["disposizione"]): riga["quante"] for riga in righe}


def rilievi_citabili(accordo: Accordo) -> QuerySet[Rilievo]:
    """Return the findings that stand."""
    confermati = Rilievo.objects.filter(accordo=accordo, stato=StatoRilievo.CONFERMATO)
    return confermati.select_related("ambito").order_by("ambito__ordine", "numero")


# ---------------------------------------------------------------------------------------------- history
@dataclass(frozen=True, slots=True)
class Storia:
    """In which versions a disposition was born, changed, and gone."""

    nata: int
    cambiata: tuple[int, ...]
    tolta: int | None

    def in_parole(self) -> str:
        """Return the story as a sentence: "nato nella versione 1, cambiato nella versione 2"."""
        frase = f"Nata nella versione {self.nata}"
        if self.cambiata:
            quali = ", ".join(str(numero) for numero in self.cambiata)
            frase += f", cambiata {'nella versione' if len(self.cambiata) == 1 else 'nelle versioni'} {quali}"
        if self.tolta:
            frase += f", tolta nella versione {self.tolta}"
        return f"{frase}."


def storia(accordo: Accordo, id: str, fino_a: int | None = None) -> Storia | None:
    """Return the story of a disposition through the versions; None if it never was in one."""
    ordinate = Versione.objects.filter(accordo=accordo).order_by("numero")
    if fino_a is not None:
        ordinate = ordinate.filter(numero__lte=fino_a)
    nata: int | None = None
    tolta: int | None = None
    cambiata: list[int] = []
    prima: Disposizione | None = None
    for versione in ordinate:
        nodo = versione.albero.trova(id)
        if nodo and nata is None:
            nata = versione.numero
        elif nodo and prima and (nodo.testo, nodo.rubrica) != (prima.testo, prima.rubrica):
            cambiata.append(versione.numero)
        elif nodo is None and prima is not None:
            tolta = versione.numero
        prima = nodo
    return Storia(nata, tuple(cambiata), tolta) if nata is not None else None


@dataclass(frozen=True, slots=True)
class Passo:
    """What a disposition said from one version on, with what changed from the step before."""

    versione: Versione
    testo: tuple[Segmento, ...]
    rubrica: tuple[Segmento, ...]


def storia_in_passi(accordo: Accordo, id: str) -> list[Passo]:
    """Return the wordings of a disposition, in the order of the versions, leaving out those where it did not change."""
    passi: list[Passo] = []
    prima: Disposizione | None = None
    for versione in versioni(accordo).order_by("numero"):
        nodo = versione.albero.trova(id)
        if nodo is None or (prima and (nodo.testo, nodo.rubrica) == (prima.testo, prima.rubrica)):
            continue
        da = prima or nodo
        passi.append(
            Passo(
                versione, confronta_parole(da.testo, nodo.testo), confronta_parole(da.rubrica, nodo.rubrica)
            )
        )
        prima = nodo
    return passi
