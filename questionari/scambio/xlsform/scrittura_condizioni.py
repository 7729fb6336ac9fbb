"""A condition of ours as an XPath expression: it holds there when it holds here, unanswered questions included."""

from collections.abc import Mapping

from questionari import definizione as q
from questionari.scambio.xlsform.nomi import numero_xpath

_SEGNI = {q.UGUALE: "=", q.DIVERSO: "!=", q.MAGGIORE: ">", q.MINORE: "<"}


def scrivi(
    regola: q.Regola, definizione: q.Definizione, nomi: Mapping[str, str], righe: Mapping[str, list[str]]
) -> str:
    """Write a rule; `nomi` are the questions' names in the form, `righe` those of the rows of each matrix."""
    if isinstance(regola, q.Gruppo):
        parti = [scrivi(parte, definizione, nomi, righe) for parte in regola.condizioni]
        parola = " and " if regola.modo == q.TUTTE else " or "
        return parti[0] if len(parti) == 1 else f"({parola.join(parti)})"
    domanda = definizione.per_codice[regola.domanda]
    qui = f"${{{nomi[regola.domanda]}}}"
    if regola.operatore == q.RISPOSTO:
        if domanda.tipo == q.MATRICE:
            date = [f"${{{riga}}} != ''" for riga in righe[regola.domanda]]
            return date[0] if len(date) == 1 else f"({' or '.join(date)})"
        return f"{qui} != ''"
    valore = _valore(domanda, regola.valore)
    if regola.operatore in (q.CONTIENE, q.NON_CONTIENE):
        funzione = "contains" if domanda.tipo in (q.TESTO, q.TESTO_LUNGO) else "selected"
        scelta = f"{funzione}({qui}, {valore})"
        return scelta if regola.operatore == q.CONTIENE else f"({qui} != '' and not({scelta}))"
    confronto = f"{qui} {_SEGNI[regola.operatore]} {valore}"
    if regola.operatore in (q.DIVERSO, q.MINORE):  # where nothing is answered, these would hold in XPath
        return f"({qui} != '' and {confronto})"
    return confronto


def _valore(domanda: q.Domanda, valore: str | int | float) -> str:
    if not isinstance(valore, str):
        return numero_xpath(valore)
    if domanda.tipo == q.DATA:
        return f"date('{valore}')"
    if "'" not in valore:
        return f"'{valore}'"
    if '"' not in valore:
        return f'"{valore}"'
    pezzi = valore.split("'")
    return "concat(" + ', "\'", '.join(f"'{pezzo}'" for pezzo in pezzi) + ")"
