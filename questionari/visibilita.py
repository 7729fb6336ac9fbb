"""Which questions a body is asked, given its kind and what it answered so far; and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from questionari.definizione import (
    CONTIENE,
    DIVERSO,
    GRADUATORIA,
    MATRICE,
    NON_CONTIENE,
    UGUALE,
    Condizione,
    Definizione,
    Domanda,
    Sezione,
    Valore,
)


def _contenuto(valore: Valore) -> list[str | int]:
    """An answer as the list of things it holds."""
    if isinstance(valore, dict):
        return list(valore.get("scelte", ()))
    return list(valore) if isinstance(valore, list) else [valore]


def vale(condizione: Condizione, valore: Valore) -> bool:
    """Whether an answer fulfils a condition. No answer fulfils none: a question waits for what it depends on."""
    if valore is None:
        return False
    contenuto = _contenuto(valore)
    match condizione.operatore:
        case op if op == UGUALE:
            return contenuto == [condizione.valore]
        case op if op == DIVERSO:
            return contenuto != [condizione.valore]
        case op if op == CONTIENE:
            return condizione.valore in contenuto
        case op if op == NON_CONTIENE:
            return condizione.valore not in contenuto
    raise ValueError(condizione.operatore)


def visibili(definizione: Definizione, tipo_ente: str, risposte: Mapping[str, Valore]) -> list[Domanda]:
    """The questions asked, in order. One that depends on a hidden question is hidden too."""
    viste: dict[str, Domanda] = {}
    for sezione in definizione.sezioni:
        if not sezione.per(tipo_ente):
            continue
        for domanda in sezione.domande:
            condizione = domanda.visibile_se
            if condizione is None or (
                condizione.domanda in viste and vale(condizione, risposte.get(condizione.domanda))
            ):
                viste[domanda.codice] = domanda
    return list(viste.values())


def sezioni_per(definizione: Definizione, tipo_ente: str) -> list[Sezione]:
    """The sections that a kind of body is asked."""
    return [sezione for sezione in definizione.sezioni if sezione.per(tipo_ente)]


def dipendenti(definizione: Definizione, codice: str) -> list[Domanda]:
    """The questions whose visibility an answer decides, directly or through others, in order."""
    toccate = {codice}
    for domanda in definizione.domande:
        if domanda.visibile_se and domanda.visibile_se.domanda in toccate:
            toccate.add(domanda.codice)
    return [domanda for domanda in definizione.domande if domanda.codice in toccate - {codice}]


def perche_visibile(definizione: Definizione, domanda: Domanda) -> str:
    """Why a conditional question is there: "hai risposto «Sì» alla 3.4"."""
    condizione = domanda.visibile_se
    if condizione is None:
        return ""
    altra = definizione.per_codice[condizione.domanda]
    voce = altra.etichette.get(str(condizione.valore), str(condizione.valore))
    numero = definizione.numeri[altra.codice]
    parole = {
        UGUALE: f"hai risposto «{voce}» alla {numero}",
        DIVERSO: f"alla {numero} la risposta non è «{voce}»",
        CONTIENE: f"alla {numero} hai scelto «{voce}»",
        NON_CONTIENE: f"alla {numero} non hai scelto «{voce}»",
    }
    return parole[condizione.operatore]


def completa(domanda: Domanda, valore: Valore) -> bool:
    """Whether an answer is whole: a matrix needs every row, a ranking without a limit every item."""
    if valore is None:
        return False
    if domanda.tipo == MATRICE:
        return all(voce.codice in valore for voce in domanda.voci)
    if domanda.tipo == GRADUATORIA and domanda.max_scelte is None:
        return len(valore) == len(domanda.voci)
    return True


@dataclass(frozen=True, slots=True)
class Carenza:
    """A question that keeps the questionnaire from being sent, and why."""

    domanda: Domanda
    motivo: str


def mancanti(definizione: Definizione, tipo_ente: str, risposte: Mapping[str, Valore]) -> list[Carenza]:
    """Visible questions that must be answered and are not, and answers begun and left half way."""
    carenze = []
    for domanda in visibili(definizione, tipo_ente, risposte):
        valore = risposte.get(domanda.codice)
        if valore is None:
            if domanda.obbligatoria:
                carenze.append(Carenza(domanda, "manca la risposta"))
        elif domanda.obbligatoria and not completa(domanda, valore):
            if domanda.tipo == MATRICE:
                righe = [v.etichetta for v in domanda.voci if v.codice not in valore]
                carenze.append(Carenza(domanda, f"manca: {', '.join(righe)}"))
            else:
                carenze.append(Carenza(domanda, "restano voci da ordinare"))
    return carenze


@dataclass(frozen=True, slots=True)
class Progresso:
    """How far a body is with one section."""

    sezione: Sezione
    numero: int
    risposte: int
    domande: int
    mancanti: int
    nascoste: int

    @property
    def iniziata(self) -> bool:
        return self.risposte > 0

    @property
    def completa(self) -> bool:
        return self.mancanti == 0 and self.iniziata

    @property
    def parole(self) -> str:
        """ "Completa", "In corso: 5 risposte su 7" or "Da iniziare"."""
        if not self.iniziata:
            return "Da iniziare"
        conto = f"{self.risposte} {'risposta' if self.risposte == 1 else 'risposte'} su {self.domande}"
        return f"Completa: {conto}" if self.completa else f"In corso: {conto}"


def progressi(definizione: Definizione, tipo_ente: str, risposte: Mapping[str, Valore]) -> list[Progresso]:
    """Progress of each section that this kind of body is asked."""
    viste = {domanda.codice for domanda in visibili(definizione, tipo_ente, risposte)}
    carenti = {carenza.domanda.codice for carenza in mancanti(definizione, tipo_ente, risposte)}
    return [
        Progresso(
            sezione=sezione,
            numero=numero,
            risposte=sum(d.codice in viste and risposte.get(d.codice) is not None for d in sezione.domande),
            domande=sum(d.codice in viste for d in sezione.domande),
            mancanti=sum(d.codice in carenti for d in sezione.domande),
            nascoste=sum(d.codice not in viste for d in sezione.domande),
        )
        for numero, sezione in enumerate(definizione.sezioni, 1)
        if sezione.per(tipo_ente)
    ]


def da_inviare(definizione: Definizione, tipo_ente: str, risposte: Mapping[str, Valore]) -> dict[str, Valore]:
    """What is sent: the answers to visible questions only. The others are set aside, not deleted."""
    return {
        domanda.codice: risposte[domanda.codice]
        for domanda in visibili(definizione, tipo_ente, risposte)
        if risposte.get(domanda.codice) is not None
    }
