"""Which questions a body is asked, given its kind and what it answered so far; and what is still missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from questionari import valori
from questionari.definizione import (
    CONTIENE,
    DATA,
    DIVERSO,
    GRADUATORIA,
    MAGGIORE,
    MATRICE,
    MINORE,
    NON_CONTIENE,
    RISPOSTO,
    TESTO,
    TESTO_LUNGO,
    TUTTE,
    UGUALE,
    Condizione,
    Definizione,
    Domanda,
    Gruppo,
    Regola,
    Sezione,
    Valore,
)


def _contenuto(valore: Valore) -> list[str | int | float]:
    """An answer as the list of things it holds."""
    if isinstance(valore, dict):
        return list(valore.get("scelte", ()))
    return list(valore) if isinstance(valore, list) else [valore]


def _contiene(valore: Valore, cercato: str | int | float) -> bool:
    """Whether a choice is among those made; of a free text, whether the words are in it (capitals do not count)."""
    contenuto = _contenuto(valore)
    if cercato in contenuto:
        return True
    testo = contenuto[0] if isinstance(valore, str) else None
    return isinstance(testo, str) and str(cercato).casefold() in testo.casefold()


def _confronta(valore: Valore, limite: str | int | float) -> int:
    """-1, 0 or 1 as an answer is less than, equal to or greater than a number or a day; 0 if they do not compare."""
    if isinstance(valore, str) and isinstance(limite, str):
        return (valore > limite) - (valore < limite)
    if isinstance(valore, int | float) and isinstance(limite, int | float):
        return (valore > limite) - (valore < limite)
    return 0


def vale(condizione: Condizione, valore: Valore, *, libero: bool = False) -> bool:
    """Whether an answer fulfils a condition. No answer fulfils none: a question waits for what it depends on.

    `libero`: the answer is a free text, in which words are looked for.
    """
    if valore is None:
        return False
    contenuto = _contenuto(valore)
    match condizione.operatore:
        case op if op == UGUALE:
            return contenuto == [condizione.valore]
        case op if op == DIVERSO:
            return contenuto != [condizione.valore]
        case op if op == CONTIENE:
            return _contiene(valore, condizione.valore) if libero else condizione.valore in contenuto
        case op if op == NON_CONTIENE:
            return not (_contiene(valore, condizione.valore) if libero else condizione.valore in contenuto)
        case op if op == MAGGIORE:
            return _confronta(valore, condizione.valore) > 0
        case op if op == MINORE:
            return _confronta(valore, condizione.valore) < 0
        case op if op == RISPOSTO:
            return True
    raise ValueError(condizione.operatore)


def vale_regola(regola: Regola | None, viste: Mapping[str, Domanda], risposte: Mapping[str, Valore]) -> bool:
    """Whether a rule holds; what looks at a question that is not shown does not."""
    if regola is None:
        return True
    if isinstance(regola, Condizione):
        altra = viste.get(regola.domanda)
        return altra is not None and vale(
            regola, risposte.get(regola.domanda), libero=altra.tipo in (TESTO, TESTO_LUNGO)
        )
    quante = all if regola.modo == TUTTE else any
    return quante(vale_regola(parte, viste, risposte) for parte in regola.condizioni)


def visibili(definizione: Definizione, tipo_ente: str, risposte: Mapping[str, Valore]) -> list[Domanda]:
    """The questions asked, blocks of text among them, in order. One that depends on a hidden question is hidden too."""
    viste: dict[str, Domanda] = {}
    for sezione in definizione.sezioni:
        if not sezione.per(tipo_ente):
            continue
        for domanda in sezione.domande:
            if domanda.per(tipo_ente) and vale_regola(domanda.visibile_se, viste, risposte):
                viste[domanda.codice] = domanda
    return list(viste.values())


def sezioni_per(definizione: Definizione, tipo_ente: str) -> list[Sezione]:
    """The sections that a kind of body is asked."""
    return [sezione for sezione in definizione.sezioni if sezione.per(tipo_ente)]


def dipendenti(definizione: Definizione, codice: str) -> list[Domanda]:
    """The questions whose visibility an answer decides, directly or through others, in order."""
    toccate = {codice}
    for domanda in definizione.domande:
        if domanda.dipende_da & toccate:
            toccate.add(domanda.codice)
    return [domanda for domanda in definizione.domande if domanda.codice in toccate - {codice}]


def perche_visibile(definizione: Definizione, domanda: Domanda) -> str:
    """Why a conditional question is there: "hai risposto «Sì» alla 3.4"."""
    return in_parole(definizione, domanda.visibile_se) if domanda.visibile_se else ""


def in_parole(definizione: Definizione, regola: Regola) -> str:
    """A rule as a person reads it."""
    if isinstance(regola, Condizione):
        return _condizione_in_parole(definizione, regola)
    parti = [
        f"({in_parole(definizione, parte)})"
        if isinstance(parte, Gruppo) and len(parte.condizioni) > 1
        else in_parole(definizione, parte)
        for parte in regola.condizioni
    ]
    return (" e " if regola.modo == TUTTE else " oppure ").join(parti)


def _condizione_in_parole(definizione: Definizione, condizione: Condizione) -> str:
    altra = definizione.per_codice[condizione.domanda]
    numero = definizione.numeri[altra.codice]
    valore = condizione.valore
    if altra.tipo == DATA:
        voce = valori.data_in_cifre(str(valore))
    elif isinstance(valore, int | float):
        voce = valori.in_cifre(valore)
    else:
        voce = altra.etichette.get(valore, valore)
    libero = altra.tipo in (TESTO, TESTO_LUNGO)
    parole = {
        UGUALE: f"hai risposto «{voce}» alla {numero}",
        DIVERSO: f"alla {numero} la risposta non è «{voce}»",
        CONTIENE: f"alla {numero} hai scritto «{voce}»" if libero else f"alla {numero} hai scelto «{voce}»",
        NON_CONTIENE: f"alla {numero} non hai {'scritto' if libero else 'scelto'} «{voce}»",
        MAGGIORE: f"alla {numero} la risposta è {'dopo il' if altra.tipo == DATA else 'maggiore di'} {voce}",
        MINORE: f"alla {numero} la risposta è {'prima del' if altra.tipo == DATA else 'minore di'} {voce}",
        RISPOSTO: f"hai risposto alla {numero}",
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
            if domanda.obbligatoria and domanda.chiede:
                carenze.append(Carenza(domanda, "manca la risposta"))
        elif domanda.obbligatoria and not completa(domanda, valore):
            if domanda.tipo == MATRICE:
                righe = [v.etichetta for v in domanda.voci if v.codice not in valore]
                carenze.append(Carenza(domanda, f"manca: {', '.join(righe)}"))
            else:
                carenze.append(Carenza(domanda, "restano voci da ordinare"))
    return carenze


@dataclass(frozen=True, slots=True)
class Nuova:
    """A question that a correction asks anew."""

    domanda: Domanda
    numero: str
    data: bool
    """Whether it has been answered since."""


def nuove(
    definizione: Definizione, tipo_ente: str, risposte: Mapping[str, Valore], codici: Collection[str]
) -> list[Nuova]:
    """Those of the questions asked anew that are shown, in order."""
    return [
        Nuova(domanda, definizione.numeri[domanda.codice], risposte.get(domanda.codice) is not None)
        for domanda in visibili(definizione, tipo_ente, risposte)
        if domanda.codice in codici
    ]


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
            domande=sum(d.chiede and d.codice in viste for d in sezione.domande),
            mancanti=sum(d.codice in carenti for d in sezione.domande),
            nascoste=sum(d.chiede and d.per(tipo_ente) and d.codice not in viste for d in sezione.domande),
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
