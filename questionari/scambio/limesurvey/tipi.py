"""The questions of LimeSurvey as questions of ours: one becomes one, several, or none with the reason."""

from collections.abc import Callable, Sequence

from questionari.scambio.limesurvey import scelte, valori
from questionari.scambio.limesurvey.lavoro import Esito, Lavoro, SenzaEquivalente
from questionari.scambio.limesurvey.sondaggio import Domanda


def converti(domanda: Domanda) -> Esito:
    """Say what a question becomes. Raises SenzaEquivalente with the reason."""
    lavoro = Lavoro(domanda)
    if domanda.attributo("hidden") == "1":
        raise SenzaEquivalente("è nascosta a chi risponde")
    CONVERTITORI[domanda.tipo](lavoro)
    return lavoro.esito


def _senza(motivo: str) -> Callable[[Lavoro], None]:
    def converti(w: Lavoro) -> None:
        raise SenzaEquivalente(motivo)

    return converti


def _gradi(quanti: int) -> Sequence[tuple[int, str]]:
    return [(i, str(i)) for i in range(1, quanti + 1)]


CONVERTITORI: dict[str, Callable[[Lavoro], None]] = {
    "1": scelte.due_scale,
    "5": scelte.fissa(*((str(i), str(i)) for i in range(1, 6)), ordinata=True),
    "A": scelte.tabella_fissa(*_gradi(5)),
    "B": scelte.tabella_fissa(*_gradi(10)),
    "C": scelte.tabella_fissa((1, "Sì"), (2, "No"), non_so=True),
    "D": valori.data,
    "E": scelte.tabella_fissa((1, "Diminuisce"), (2, "Resta uguale"), (3, "Aumenta")),
    "F": scelte.tabella,
    "G": scelte.fissa(("F", "Femmina"), ("M", "Maschio")),
    "H": scelte.tabella,
    "I": _senza("il cambio di lingua non serve: il portale è in italiano"),
    "K": valori.piu_numeri,
    "L": scelte.singola,
    "M": scelte.multipla,
    "N": valori.un_numero,
    "O": scelte.singola_con_commento,
    "P": scelte.multipla_con_commenti,
    "Q": valori.piu_testi,
    "R": scelte.graduatoria,
    "S": valori.testo,
    "T": valori.testo_lungo,
    "U": valori.testo_lungo,
    "W": scelte.singola,
    "X": valori.blocco,
    "Y": scelte.fissa(("Y", "Sì"), ("N", "No")),
    "Z": scelte.singola,
    "!": scelte.singola,
    ":": valori.tabella_di_numeri,
    ";": valori.tabella_di_testi,
    "|": valori.file,
    "*": _senza("è un calcolo: qui si contano i risultati negli esiti"),
}
