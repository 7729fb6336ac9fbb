"""An operation in legal Italian, and its place in the order of examination.

Source of the order: the practice of Italian assemblies, soppressivi, sostitutivi, modificativi, aggiuntivi.
"""

from collections.abc import Sequence
from enum import StrEnum

from bozze.testo.albero import CON_RUBRICA, Disposizione, Testo, Tipo
from bozze.testo.numerazione import Nome, articolato, femminile, nomi, serie
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
    punto,
)
from bozze.testo.parole import occorrenze, parole


class Classe(StrEnum):
    SOPPRESSIVO = "soppressivo"
    SOSTITUTIVO = "sostitutivo"
    MODIFICATIVO = "modificativo"
    AGGIUNTIVO = "aggiuntivo"


ORDINE_ESAME = tuple(Classe)


def classe(operazione: Operazione) -> Classe:
    match operazione:
        case Sopprimi():
            return Classe.SOPPRESSIVO
        case Sostituisci():
            return Classe.SOSTITUTIVO
        case Aggiungi():
            return Classe.AGGIUNTIVO
        case _:
            return Classe.MODIFICATIVO


def classe_prevalente(operazioni: Sequence[Operazione]) -> Classe:
    """The class of an amendment of several operations: the first in the order of examination."""
    return min((classe(operazione) for operazione in operazioni), key=ORDINE_ESAME.index)


def chiave_esame(testo: Testo, operazioni: Sequence[Operazione]) -> tuple[int, int]:
    """To sort amendments for examination: first by the place of the disposition in the text, then by class.

    What is added after a disposition comes after all that changes it or what is below it. Whoever sorts puts the number
    of the amendment as the last key. Amendments whose target is gone come last.
    """
    return min(
        ((_posto(testo, operazione), ORDINE_ESAME.index(classe(operazione))) for operazione in operazioni),
        default=(len(testo.indice), len(ORDINE_ESAME)),
    )


def _posto(testo: Testo, operazione: Operazione) -> int:
    if not isinstance(operazione, Aggiungi):
        posto = testo.indice.get(operazione.bersaglio)
        return posto.ordine if posto else len(testo.indice)
    vicino = testo.indice.get(operazione.riferimento)
    if vicino is None:
        return len(testo.indice)
    if operazione.posizione in {Posizione.PRIMA, Posizione.IN_CIMA}:
        return vicino.ordine
    return vicino.ordine + sum(1 for _ in vicino.nodo.discendenti()) - 1


def formula(testo: Testo, operazione: Operazione, nomi_testo: dict[str, Nome] | None = None) -> str:
    """«All'articolo 5, comma 2, le parole "tre mesi" sono sostituite dalle seguenti: "sei mesi".»

    ``nomi_testo`` spares computing the names again when many operations of one text are written out.
    """
    return _Penna(testo, nomi_testo or nomi(testo)).scrivi(operazione)


def numero_nuovo(testo: Testo, operazione: Aggiungi, nomi_testo: dict[str, Nome] | None = None) -> str:
    """The bare number that what is added takes: "5-bis" between two, the next one at the end."""
    genitore, varco = punto(testo, operazione.posizione, operazione.riferimento)
    return _Penna(testo, nomi_testo or nomi(testo))._nucleo_nuovo(operazione.nuovo, genitore, varco)


def formule(
    testo: Testo, operazioni: Sequence[Operazione], nomi_testo: dict[str, Nome] | None = None
) -> list[str]:
    """One sentence for each operation, in their order."""
    penna = _Penna(testo, nomi_testo or nomi(testo))
    return [penna.scrivi(operazione) for operazione in operazioni]


def per_esteso(nodo: Disposizione, nucleo: str) -> str:
    """A disposition on one line, as it is quoted in an amendment: 'Art. 5-bis (Rubrica). 1. Testo: a) ...'."""
    segni = {
        Tipo.ARTICOLO: f"Art. {nucleo}",
        Tipo.COMMA: f"{nucleo}.",
        Tipo.LETTERA: f"{nucleo})",
        Tipo.NUMERO: f"{nucleo})",
        Tipo.TRATTINO: "–",
        Tipo.TITOLO: f"Titolo {nucleo}",
        Tipo.CAPO: f"Capo {nucleo}",
        Tipo.ALLEGATO: f"Allegato {nucleo}",
    }
    segno = segni.get(nodo.tipo, "")
    if nodo.rubrica:
        segno = f"{segno} ({nodo.rubrica})."
    pezzi = [segno, nodo.testo]
    for tipo in dict.fromkeys(figlio.tipo for figlio in nodo.figli):
        stessi = [figlio for figlio in nodo.figli if figlio.tipo is tipo]
        nuclei = dict(zip((figlio.id for figlio in stessi), serie(stessi, {}), strict=True))
        pezzi.extend(per_esteso(figlio, nuclei[figlio.id]) for figlio in stessi)
    return " ".join(pezzo for pezzo in pezzi if pezzo)


class _Penna:
    def __init__(self, testo: Testo, nomi_testo: dict[str, Nome]) -> None:
        self._testo = testo
        self._nomi = nomi_testo

    def scrivi(self, operazione: Operazione) -> str:
        bersaglio = getattr(operazione, "bersaglio", "") or getattr(operazione, "riferimento", "")
        if bersaglio and bersaglio not in self._testo.indice:
            return "La disposizione a cui si riferisce non c'è in questa versione del testo."
        match operazione:
            case SostituisciParole():
                return self._parole(operazione)
            case Sostituisci(bersaglio, nuovo):
                nodo = self._nodo(bersaglio)
                esito = "sostituita dalla seguente" if femminile(nodo.tipo) else "sostituito dal seguente"
                testo_nuovo = per_esteso(nuovo, self._nomi[bersaglio].nucleo)
                return f"{self._soggetto(bersaglio)} è {esito}: {_tra_virgolette(testo_nuovo)}"
            case SostituisciRubrica(bersaglio, rubrica):
                nome = self._nomi[bersaglio].con("di")
                if not rubrica:
                    return f"La rubrica {nome} è soppressa."
                return f"La rubrica {nome} è sostituita dalla seguente: {_tra_virgolette(rubrica)}"
            case Sopprimi(bersaglio):
                soppresso = "soppressa" if femminile(self._nodo(bersaglio).tipo) else "soppresso"
                return f"{self._soggetto(bersaglio)} è {soppresso}."
            case Aggiungi():
                return self._aggiunta(operazione)
            case Sposta(bersaglio, posizione, riferimento):
                spostato = "spostata" if femminile(self._nodo(bersaglio).tipo) else "spostato"
                return f"{self._soggetto(bersaglio)} è {spostato} {self._dove(bersaglio, posizione, riferimento)}."

    def _nodo(self, id: str) -> Disposizione:
        return self._testo.indice[id].nodo

    def _soggetto(self, id: str) -> str:
        """ "All'articolo 5, il comma 2"; for an article alone "L'articolo 5"."""
        nome = self._nomi[id]
        if nome.esteso == nome.breve or not nome.esteso.endswith(f", {nome.breve}"):
            return _maiuscola(nome.con(""))
        contesto = nome.esteso.removesuffix(f", {nome.breve}")
        return f"{_maiuscola(articolato('a', contesto))}, {articolato('', nome.breve)}"

    def _nel_testo(self, id: str) -> str:
        """ "All'articolo 5, comma 1, alinea": the words of the disposition itself."""
        nodo = self._nodo(id)
        alinea = ", alinea" if nodo.figli and nodo.tipo not in CON_RUBRICA else ""
        return _maiuscola(self._nomi[id].con("a")) + alinea

    def _parole(self, operazione: SostituisciParole) -> str:
        dove = self._nel_testo(operazione.bersaglio)
        testo = self._nodo(operazione.bersaglio).testo
        vecchie, nuove = operazione.vecchie.strip(), operazione.nuove.strip()
        if not vecchie:
            return f"{dove}, {self._innesto(testo, operazione.inizio, nuove)}"
        volta = _volta(testo, operazione)
        una = len(parole(vecchie)) == 1
        cosa = f'la parola "{vecchie}"' if una else f'le parole "{vecchie}"'
        verbo = "è" if una else "sono"
        if not nuove:
            return f"{dove}, {cosa}{volta} {verbo} {'soppressa' if una else 'soppresse'}."
        sostituita = "sostituita" if una else "sostituite"
        dalle = "dalla seguente" if len(parole(nuove)) == 1 else "dalle seguenti"
        return f"{dove}, {cosa}{volta} {verbo} {sostituita} {dalle}: {_tra_virgolette(nuove)}"

    def _innesto(self, testo: str, inizio: int, nuove: str) -> str:
        una = len(parole(nuove)) == 1
        seguono = "la seguente parola" if una else "le seguenti parole"
        if not testo[inizio:].strip(" .;"):
            return f"{'è aggiunta' if una else 'sono aggiunte'}, in fine, {seguono}: {_tra_virgolette(nuove)}"
        prima = testo[:inizio].rstrip()
        if not prima:
            return f"{'è premessa' if una else 'sono premesse'} {seguono}: {_tra_virgolette(nuove)}"
        contesto = _ultime_parole(testo, prima)
        dopo = "la parola" if len(parole(contesto)) == 1 else "le parole"
        inserite = "è inserita la seguente" if una else "sono inserite le seguenti"
        return f'dopo {dopo} "{contesto}" {inserite}: {_tra_virgolette(nuove)}'

    def _aggiunta(self, operazione: Aggiungi) -> str:
        nuovo = operazione.nuovo
        genitore, varco = punto(self._testo, operazione.posizione, operazione.riferimento)
        nucleo = self._nucleo_nuovo(nuovo, genitore, varco)
        donna = femminile(nuovo.tipo)
        seguente = "la seguente" if donna else "il seguente"
        aggiunto = "è aggiunta" if donna else "è aggiunto"
        testo_nuovo = _tra_virgolette(per_esteso(nuovo, nucleo))
        if operazione.posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}:
            dove = self._nomi[operazione.riferimento].con("a") if operazione.riferimento else "al testo"
            punto_detto = "in fine" if operazione.posizione is Posizione.IN_FONDO else "all'inizio"
            return f"{_maiuscola(dove)} {aggiunto}, {punto_detto}, {seguente} {_nome_tipo(nuovo.tipo)}: {testo_nuovo}"
        vicino = self._nomi[operazione.riferimento]
        stesso_tipo = self._nodo(operazione.riferimento).tipo is nuovo.tipo
        cosa = seguente if stesso_tipo else f"{seguente} {_nome_tipo(nuovo.tipo)}"
        contesto = vicino.esteso.removesuffix(f", {vicino.breve}") if vicino.esteso != vicino.breve else ""
        accanto = articolato("", vicino.breve) if contesto else vicino.con("")
        prep = "dopo" if operazione.posizione is Posizione.DOPO else "prima"
        if prep == "prima":
            accanto = articolato("di", vicino.breve) if contesto else vicino.con("di")
        testa = f"{_maiuscola(articolato('a', contesto))}, {prep}" if contesto else prep.capitalize()
        return f"{testa} {accanto} {aggiunto} {cosa}: {testo_nuovo}"

    def _nucleo_nuovo(self, nuovo: Disposizione, genitore: str, varco: int) -> str:
        """The number a new disposition takes without disturbing the others: bis, ter, or the next at the end."""
        if nuovo.tipo is Tipo.ARTICOLO:
            serie_intera = self._articoli_con(nuovo, genitore, varco)
        else:
            padre = self._testo.trova(genitore)
            figli = list(padre.figli if padre else self._testo.radici)
            serie_intera = [*figli[:varco], nuovo, *figli[varco:]]
            serie_intera = [nodo for nodo in serie_intera if nodo.tipo is nuovo.tipo]
        fissi = {nodo.id: self._nomi[nodo.id].nucleo for nodo in serie_intera if nodo.id in self._nomi}
        fissi = {id: nucleo for id, nucleo in fissi.items() if nucleo}
        return serie(serie_intera, fissi)[serie_intera.index(nuovo)]

    def _articoli_con(self, nuovo: Disposizione, genitore: str, varco: int) -> list[Disposizione]:
        padre = self._testo.trova(genitore)
        figli = padre.figli if padre else self._testo.radici
        dopo = next((a for f in figli[varco:] for a in f.discendenti() if a.tipo is Tipo.ARTICOLO), None)
        articoli = list(self._testo.articoli())
        if dopo is not None:
            articoli.insert(articoli.index(dopo), nuovo)
            return articoli
        prima = [a for f in figli[:varco] for a in f.discendenti() if a.tipo is Tipo.ARTICOLO]
        articoli.insert(articoli.index(prima[-1]) + 1 if prima else len(articoli), nuovo)
        return articoli

    def _dove(self, bersaglio: str, posizione: Posizione, riferimento: str) -> str:
        if posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}:
            dove = self._nomi[riferimento].con("a") if riferimento else "al testo"
            return f"{'in fondo' if posizione is Posizione.IN_FONDO else "all'inizio, dentro"} {dove}"
        nome = self._nomi[riferimento]
        fratelli = self._testo.genitore(bersaglio) == self._testo.genitore(riferimento)
        detto = nome.breve if fratelli else nome.esteso
        return (
            f"dopo {articolato('', detto)}"
            if posizione is Posizione.DOPO
            else f"prima {articolato('di', detto)}"
        )


def _tra_virgolette(testo: str) -> str:
    """The quoted words, with the full stop of the sentence where they do not bring their own."""
    return f'"{testo}"' if testo.endswith((".", ";")) else f'"{testo}".'


def _maiuscola(frase: str) -> str:
    return frase[:1].upper() + frase[1:]


def _nome_tipo(tipo: Tipo) -> str:
    return {Tipo.PARAGRAFO: "capoverso", Tipo.FORMULA: "formula"}.get(tipo, tipo.value)


def _volta(testo: str, operazione: SostituisciParole) -> str:
    """Which of several identical passages is meant: ", dove compaiono per la seconda volta,"."""
    inizi = occorrenze(testo, operazione.vecchie.strip())
    scarto = len(operazione.vecchie) - len(operazione.vecchie.lstrip())
    if len(inizi) < 2 or operazione.inizio + scarto not in inizi:
        return ""
    volta = inizi.index(operazione.inizio + scarto)
    ordinali = (
        "prima",
        "seconda",
        "terza",
        "quarta",
        "quinta",
        "sesta",
        "settima",
        "ottava",
        "nona",
        "decima",
    )
    detta = ordinali[volta] if volta < len(ordinali) else f"{volta + 1}ª"
    compare = "compare" if len(parole(operazione.vecchie)) == 1 else "compaiono"
    return f", dove {compare} per la {detta} volta,"


def _ultime_parole(testo: str, prima: str) -> str:
    """The last words before a point, as few as say where it is without doubt (eight at most)."""
    pezzi = prima.split(" ")
    contesto = pezzi[-1]
    for quante in range(1, min(8, len(pezzi)) + 1):
        contesto = " ".join(pezzi[-quante:])
        if testo.count(contesto) == 1:
            break
    return contesto.strip(" ,;:")
