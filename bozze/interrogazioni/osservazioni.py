"""What became of a remark's words in the versions that came after it, and the thread under it."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from bozze.interrogazioni.testo import ultima_versione
from bozze.models import Osservazione, Replica, Versione
from bozze.testo.albero import Testo
from bozze.testo.citazioni import Ritrovamento, Sorte, altrove, ritrova
from bozze.testo.numerazione import nomi

_IN_PAROLE = {
    Sorte.INTATTA: "Il testo è come allora.",
    Sorte.RITROVATA: "Il testo intorno è cambiato; le parole citate ci sono ancora.",
    Sorte.RISCRITTA: "Da allora il testo è cambiato.",
    Sorte.TOLTA: "Quelle parole non ci sono più.",
}


@dataclass(frozen=True, slots=True)
class Seguito:
    """What the text says today where the remark hangs."""

    versione: Versione
    trovato: Ritrovamento
    dove: str
    """Its name in this version; empty where it is gone."""
    altrove: str
    """The name of the one other disposition that says the quoted words today."""
    altrove_id: str

    @property
    def in_parole(self) -> str:
        """What happened, as a sentence."""
        if not self.dove:
            return f"La disposizione non c'è nella versione {self.versione.numero}."
        return _IN_PAROLE[self.trovato.sorte]

    @property
    def cambiato(self) -> bool:
        """Whether there are differences to show."""
        return self.trovato.sorte is not Sorte.INTATTA


def seguito(osservazione: Osservazione) -> Seguito | None:
    """Return what became of the text in the newest version; None if the remark is on that one."""
    versione = ultima_versione(osservazione.accordo)
    if versione is None or versione.pk == osservazione.versione_id:
        return None
    return seguito_in(osservazione, versione, versione.albero)


def seguito_in(osservazione: Osservazione, versione: Versione, albero: Testo) -> Seguito:
    """Return what became of the text in that version."""
    nodo = albero.trova(osservazione.disposizione_id)
    com_e = None if nodo is None else nodo.testo or nodo.rubrica
    trovato = ritrova(osservazione.testo_com_era, com_e, osservazione.brano)
    detti = nomi(albero)
    id_altrove = ""
    if trovato.sorte in {Sorte.TOLTA, Sorte.RISCRITTA}:
        cercate = osservazione.citazione or osservazione.testo_com_era
        id_altrove = altrove(albero, cercate, senza=osservazione.disposizione_id)
    return Seguito(
        versione,
        trovato,
        detti[nodo.id].esteso if nodo else "",
        detti[id_altrove].esteso if id_altrove else "",
        id_altrove,
    )


@dataclass(frozen=True, slots=True)
class Contesto:
    """The words quoted, between those that stood before and after them."""

    prima: str
    citate: str
    dopo: str


def in_contesto(osservazione: Osservazione) -> Contesto:
    """Return the text as it was, cut around the quotation."""
    brano, testo = osservazione.brano, osservazione.testo_com_era
    if brano is None:
        return Contesto(testo, "", "")
    return Contesto(testo[: brano.inizio], brano.di(testo), testo[brano.fine :])


def repliche_di(osservazione: Osservazione) -> QuerySet[Replica]:
    """Return the thread, the oldest first. Who sees the remark sees it all."""
    return Replica.objects.filter(osservazione=osservazione).select_related("ente", "autore")


def con_repliche(osservazioni: QuerySet[Osservazione]) -> QuerySet[Osservazione]:
    """Add to each remark how many replies it has."""
    return osservazioni.annotate(quante_repliche=Count("repliche"))
