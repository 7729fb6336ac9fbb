"""What the pages of the survey share: from the URL to the accord, the questionnaire and the answer."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.interrogazioni import accordi_visibili_a
from accordo.iter.models import Accordo
from questionari import interrogazioni
from questionari.definizione import Sezione
from questionari.models import Compilazione


def accordo_o_404(request: RichiestaAutenticata, slug: str) -> Accordo:
    """The accord, if this person sees it."""
    return get_object_or_404(accordi_visibili_a(request.agente), slug=slug)


def propria_o_404(request: RichiestaAutenticata, slug: str) -> Compilazione:
    """The answer of the body that the person acts for."""
    if request.agente.ente is None:
        raise Http404
    return get_object_or_404(
        interrogazioni.compilazioni_visibili_a(request.agente),
        questionario__accordo__slug=slug,
        ente=request.agente.ente,
    )


def da_scrivere(request: RichiestaAutenticata, slug: str, sezione: str) -> Compilazione | None:
    """The answer in which this person fills in this section, with its deadline; None if there is none."""
    trovate = interrogazioni.scrivibili_da(request.agente, sezione)
    return trovate.filter(questionario__accordo__slug=slug).first()


def leggibile_o_404(request: RichiestaAutenticata, slug: str, domanda: str) -> tuple[Compilazione, Sezione]:
    """The answer that holds a question, and its section, for whoever of the body reads it or has it in hand."""
    if request.agente.ente is not None:
        compilazione = (
            interrogazioni.compilazioni_visibili_a(request.agente)
            .filter(questionario__accordo__slug=slug, ente=request.agente.ente)
            .first()
        )
        if compilazione is not None:
            return compilazione, _sezione_di(compilazione, domanda)
    for affidamento in interrogazioni.affidamenti_con_compilazione(request.agente, slug):
        sezione = _sezione_di(affidamento.compilazione, domanda)
        if sezione.codice == affidamento.sezione:
            return affidamento.compilazione, sezione
    raise Http404


def _sezione_di(compilazione: Compilazione, domanda: str) -> Sezione:
    sezione = compilazione.questionario.struttura.sezione_di.get(domanda)
    if sezione is None:
        raise Http404
    return sezione


def sezione_o_404(compilazione: Compilazione, codice: str) -> Sezione:
    """A section that this kind of body is asked."""
    for sezione in compilazione.questionario.struttura.sezioni:
        if sezione.codice == codice and sezione.per(compilazione.ente.tipo):
            return sezione
    raise Http404
