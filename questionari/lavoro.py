"""What a page says about the work on a section: how far it is, what is missing, who else is there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from accordo.enti.agente import Agente
from accordo.enti.models import Utente
from questionari import interrogazioni, visibilita
from questionari.definizione import Sezione
from questionari.models import Compilazione, Presenza


@dataclass(frozen=True, slots=True)
class Altro:
    """A colleague who is working on the same answer now."""

    nome: str
    dove: str
    qui: bool

    @property
    def parole(self) -> str:
        """ "Paolo Santini, alla domanda 3.4" or "Paolo Santini, nella sezione 2"."""
        return f"{self.nome}, {self.dove}"


def altri(compilazione: Compilazione, presenti: Iterable[Presenza], io: Utente) -> list[Altro]:
    """Return the colleagues who were here in the last minutes, those of this section's questions named by number."""
    struttura = compilazione.questionario.struttura
    numeri = {sezione.codice: n for n, sezione in enumerate(struttura.sezioni, 1)}
    trovati = []
    for presenza in presenti:
        if presenza.utente_id == io.pk or presenza.sezione not in numeri:
            continue
        domanda = struttura.numeri.get(presenza.domanda)
        dove = f"alla domanda {domanda}" if domanda else f"nella sezione {numeri[presenza.sezione]}"
        trovati.append(Altro(str(presenza.utente), dove, bool(domanda)))
    return trovati


def progressi(
    compilazione: Compilazione, agente: Agente, sezioni: Collection[str] | None = None
) -> list[visibilita.Progresso]:
    """Return how far each section is, of those that this person works on (`sezioni`, if they were read already)."""
    tutti = compilazione.progressi()
    if sezioni is not None:
        return [p for p in tutti if p.sezione.codice in sezioni]
    if agente.agisce_per(compilazione.ente_id):
        return tutti
    sue = set(
        interrogazioni.affidamenti_di(agente)
        .filter(compilazione=compilazione)
        .values_list("sezione", flat=True)
    )
    return [p for p in tutti if p.sezione.codice in sue]


def di_sezione(
    compilazione: Compilazione, scelta: Sezione, agente: Agente, *, intera: bool = False
) -> dict[str, Any]:
    """Return the context that the section's page and each save share.

    `intera`: the whole page, with the other sections handed to a colleague; a save shows only the one at hand.
    """
    dell_ente = agente.agisce_per(compilazione.ente_id)
    tutti = progressi(compilazione, agente) if dell_ente or intera else compilazione.progressi()
    mostrate = compilazione.da_mostrare
    if any(domanda.codice in mostrate for domanda in scelta.domande):
        tutti = [p for p in tutti if any(d.codice in mostrate for d in p.sezione.domande)]
    posto = next(i for i, p in enumerate(tutti) if p.sezione == scelta)
    return {
        "accordo": compilazione.accordo,
        "compilazione": compilazione,
        "sezione": scelta,
        "progressi": tutti,
        "progresso": tutti[posto],
        "numero": tutti[posto].numero,
        "mancano": [
            (compilazione.questionario.struttura.numeri[c.domanda.codice], c.domanda)
            for c in compilazione.carenze()
            if c.domanda in scelta.domande
        ],
        "precedente": tutti[posto - 1].sezione if posto else None,
        "successiva": tutti[posto + 1] if posto + 1 < len(tutti) else None,
        "dell_ente": dell_ente,
    }
