"""Writing answers. Several people may work on one questionnaire: nobody overwrites what they have not seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza
from accordo.enti.agente import Agente
from questionari import valori
from questionari.definizione import FILE, Valore
from questionari.models import Compilazione, VersioneRisposta
from questionari.servizi.scrittura import Conflitto, prepara_scrittura, scrivi, tocca


@dataclass(frozen=True, slots=True)
class EsitoSalvataggio:
    """What became of the answers: which were written, which collide, which do not fit (with words)."""

    salvate: tuple[str, ...] = ()
    conflitti: Mapping[str, Conflitto] = field(default_factory=dict)
    errori: Mapping[str, str] = field(default_factory=dict)


def salva_risposte(
    compilazione: Compilazione,
    risposte: Mapping[str, Any],
    *,
    da: Agente,
    revisioni: Mapping[str, int] | None = None,
    rigoroso: bool = True,
) -> EsitoSalvataggio:
    """Check and store answers by question code, raw from a form or as JSON.

    `revisioni` gives the revision of each answer that the person saw: an answer changed meanwhile by someone else is
    not overwritten but comes back as a conflict. Without it the last word wins.
    `rigoroso`: any answer that does not fit raises ErroreDominio and nothing is written; else the others are written.
    Raises ErroreDominio outside the phase or after its deadline, NonAutorizzato for who may not write these questions.
    """
    normali, errori = _normalizza(compilazione, risposte)
    if errori and rigoroso:
        raise ErroreDominio(
            "Alcune risposte non vanno bene: niente è stato salvato.",
            [Mancanza(f"{codice}: {testo}") for codice, testo in errori.items()],
        )
    with transaction.atomic(savepoint=not compilazione.in_scrittura):
        prepara_scrittura(compilazione, da, _sezione_di_tutte(compilazione, risposte))
        scritte, conflitti = scrivi(compilazione, normali, revisioni, da)
        if len(scritte) > 1 or not compilazione.in_scrittura:
            tocca(compilazione)
    return EsitoSalvataggio(tuple(scritte), conflitti, errori)


def _sezione_di_tutte(compilazione: Compilazione, codici: Mapping[str, Any]) -> str:
    """The section that all these questions belong to; none if they belong to several (only the referente may)."""
    sezione_di = compilazione.questionario.struttura.sezione_di
    sezioni = {sezione_di[codice].codice for codice in codici if codice in sezione_di}
    return sezioni.pop() if len(sezioni) == 1 else ""


def scegli_risposta(
    compilazione: Compilazione, codice: str, mia: Any, *, tieni_mia: bool, revisione: int, da: Agente
) -> EsitoSalvataggio:
    """Settle a conflict: keep one's own answer or the stored one; the other stays in the question's history."""
    domanda = compilazione.questionario.struttura.per_codice[codice]
    if tieni_mia:
        return salva_risposte(
            compilazione, {codice: mia}, da=da, revisioni={codice: revisione}, rigoroso=False
        )
    with transaction.atomic(savepoint=not compilazione.in_scrittura):
        prepara_scrittura(compilazione, da, _sezione_di_tutte(compilazione, {codice: mia}))
        risposta = compilazione.per_domanda[codice]
        VersioneRisposta.objects.create(
            risposta=risposta,
            revisione=risposta.revisione,
            valore=valori.normalizza(domanda, mia),
            chi=da.utente,
            quando=orologio.adesso(),
            scartata=True,
        )
    return EsitoSalvataggio()


def _normalizza(
    compilazione: Compilazione, risposte: Mapping[str, Any]
) -> tuple[dict[str, Valore], dict[str, str]]:
    per_codice = compilazione.questionario.struttura.per_codice
    normali: dict[str, Valore] = {}
    errori: dict[str, str] = {}
    for codice, grezza in risposte.items():
        domanda = per_codice.get(codice)
        try:
            if domanda is None or domanda.tipo == FILE:
                raise valori.ValoreNonValido("Qui non si scrive una risposta.")
            normali[codice] = valori.normalizza(domanda, grezza)
        except valori.ValoreNonValido as errore:
            errori[codice] = str(errore)
    return normali, errori
