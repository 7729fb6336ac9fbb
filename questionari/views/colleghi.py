"""Who has which section: the referente hands them out and takes them back; a colleague finds their own."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.richiesta import RichiestaAutenticata, inviato
from questionari import interrogazioni, lavoro, permessi, servizi, visibilita
from questionari.forms import AffidamentoForm
from questionari.models import Affidamento, Compilazione
from questionari.views.comune import propria_o_404, sezione_o_404

FORMULARIO = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class RigaSezione:
    """A section: how far it is, and who has it in hand."""

    progresso: visibilita.Progresso
    affidamenti: list[Affidamento] = field(default_factory=list)


def _compilata_o_404(request: RichiestaAutenticata, slug: str) -> Compilazione:
    compilazione = propria_o_404(request, slug)
    if not permessi.compila(request.agente, compilazione):
        raise Http404
    return compilazione


@require_http_methods(FORMULARIO)
def colleghi(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Sections, who has them, how far they are; hand one to a colleague."""
    compilazione = _compilata_o_404(request, slug)
    progressi = compilazione.progressi()
    form = AffidamentoForm(
        inviato(request),
        sezioni=[(p.sezione.codice, f"{p.numero}. {p.sezione.titolo}") for p in progressi],
        initial={"sezione": request.GET.get("sezione", "")},
    )
    if request.method == "POST" and form.is_valid():
        sezione = sezione_o_404(compilazione, form.cleaned_data["sezione"])
        affidamento = servizi.affida_sezione(compilazione, sezione, form.collega(), da=request.agente)
        attesa = " Riceverà un invito per entrare." if affidamento.in_attesa else ""
        messages.success(request, f"Sezione «{sezione.titolo}» affidata a {affidamento.nome}.{attesa}")
        return redirect("questionari:colleghi", slug=slug)
    affidate = interrogazioni.affidate(compilazione)
    presenti = interrogazioni.presenze(compilazione)
    return render(
        request,
        "questionari/colleghi.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "form": form,
            "righe": [RigaSezione(p, affidate.get(p.sezione.codice, [])) for p in progressi],
            "altri": lavoro.altri(compilazione, presenti, request.user),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(FORMULARIO)
def revoca(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Take a section back."""
    compilazione = _compilata_o_404(request, slug)
    affidamento = get_object_or_404(
        compilazione.affidamenti.select_related("utente", "invito__accettato_da"), pk=pk, revocato_il=None
    )
    affidamento.compilazione = compilazione
    indietro = reverse("questionari:colleghi", args=[slug])
    if request.method == "POST":
        servizi.revoca_affidamento(affidamento, da=request.agente)
        messages.success(request, f"{affidamento.nome} non lavora più a questa sezione.")
        return redirect(indietro)
    titolo = compilazione.titolo_sezione(affidamento.sezione)
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Riprendi la sezione",
            "testo": f"«{titolo}» è affidata a {affidamento.nome}.",
            "effetti": [
                "Da subito non può più aprirla né scriverci.",
                "Le risposte che ha dato restano.",
            ],
            "etichetta": "Riprendi la sezione",
            "url_annulla": indietro,
        },
    )


@require_safe
def affidate(request: RichiestaAutenticata) -> HttpResponse:
    """What a colleague finds after login: the sections in their hands, and nothing else."""
    if request.agente.affidante is None:
        raise Http404
    voci = [
        (compilazione, lavoro.progressi(compilazione, request.agente, sezioni))
        for compilazione, sezioni in interrogazioni.con_sezioni_affidate(request.agente)
    ]
    return render(request, "questionari/affidate.html", {"voci": voci})
