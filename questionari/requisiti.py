"""What must hold before the next phase, in sentences with links."""

from collections.abc import Iterable

from django.urls import reverse

from accordo.base.errori import Mancanza
from accordo.iter import fasi
from accordo.iter.models import Accordo
from questionari import interrogazioni
from questionari.stati import FASE, StatoQuestionario


def questionario_caricato(accordo: Accordo) -> Iterable[Mancanza]:
    """Before phase 2: there is a questionnaire to open."""
    questionario = interrogazioni.questionario_di(accordo)
    if questionario is None:
        yield Mancanza(
            "Manca il questionario da proporre agli enti.",
            reverse("questionari:modifica", args=[accordo.slug]),
        )
    elif questionario.stato == StatoQuestionario.BOZZA and (errori := questionario.errori()):
        quante = "una cosa" if len(errori) == 1 else f"{len(errori)} cose"
        yield Mancanza(
            f"Nel questionario c'è da sistemare {quante} prima di aprirlo.",
            reverse("questionari:controlli", args=[accordo.slug]),
        )


def questionari_inviati(accordo: Accordo) -> Iterable[Mancanza]:
    """Phase 2 closes when all have answered; after its deadline, with a written reason, even without some."""
    nomi = [compilazione.ente.nome_breve for compilazione in interrogazioni.non_inviate(accordo)]
    if not nomi:
        return
    quanti = "Manca un questionario" if len(nomi) == 1 else f"Mancano {len(nomi)} questionari"
    yield Mancanza(
        f"{quanti}: {', '.join(nomi)}",
        reverse("questionari:questionario", args=[accordo.slug]),
        superabile=fasi.scaduta(accordo, FASE),
    )


def esiti_pubblicati(accordo: Accordo) -> Iterable[Mancanza]:
    """Phase 3 is done when the results have been given back."""
    restituzione = interrogazioni.restituzione_di(accordo)
    if restituzione is None or restituzione.pubblicata_il is None:
        yield Mancanza(
            "Gli esiti del questionario non sono ancora pubblicati.",
            reverse("questionari:esiti", args=[accordo.slug]),
        )
