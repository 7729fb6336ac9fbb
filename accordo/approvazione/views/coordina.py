"""What who coordinates does for a body: letters and acts arrived by certified mail, answers, going on without it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.approvazione import servizi
from accordo.approvazione.forms import AttoRicevutoForm, MotivazioneForm, RispostaForm, RispostaRicevutaForm
from accordo.approvazione.models import Approvazione
from accordo.approvazione.views.comuni import (
    FORMULARIO,
    approvazione_coordinata,
    approvazione_visibile,
    richiede_verbo,
    scelta_versioni,
)
from accordo.base import allegati
from accordo.base.richiesta import RichiestaAutenticata, inviato


@require_http_methods(FORMULARIO)
def atto_ricevuto(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Write down an act that came by certified mail, or correct it."""
    approvazione = approvazione_coordinata(request, slug, ente)
    richiede_verbo(request, approvazione, "registra_atto_ricevuto", "sostituisci_atto_ricevuto")
    form = AttoRicevutoForm(
        inviato(request),
        request.FILES or None,
        approvazione=approvazione,
        versioni=scelta_versioni(approvazione.accordo),
    )
    if request.method == "POST" and form.is_valid():
        registrato = servizi.registra_atto(approvazione, da=request.agente, **form.per_il_servizio())
        messages.success(request, f"Atto registrato: {registrato}.")
        return redirect(approvazione)
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "form": form,
        "correzione": approvazione.atto is not None,
        "per_pec": True,
    }
    return render(request, "approvazione/atto.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def risposta_ricevuta(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Write down remarks or a refusal that came by certified mail."""
    approvazione = approvazione_coordinata(request, slug, ente)
    richiede_verbo(request, approvazione, "registra_rinvio", "registra_non_approvazione")
    form = RispostaRicevutaForm(inviato(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        servizi.registra_ricevuta(
            approvazione,
            tipo=dati["tipo"],
            testo=dati["testo"],
            file=dati["file"],
            pec=form.pec,
            da=request.agente,
        )
        messages.success(request, "Risposta dell'ente registrata.")
        return redirect(approvazione)
    return _passo(
        request,
        approvazione,
        form,
        titolo="Registra una risposta arrivata per PEC",
        testo=f"{approvazione.ente.denominazione} ha scritto per PEC invece che nel portale.",
        effetti=("Dovunque compare la risposta si legge che è arrivata per PEC, con il protocollo.",),
        avvisati="L'ente, per e-mail: così può controllare.",
        etichetta="Registra la risposta",
    )


@require_http_methods(FORMULARIO)
def risposta(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Answer a body's remarks."""
    approvazione = approvazione_coordinata(request, slug, ente)
    richiede_verbo(request, approvazione, "rispondi_osservazioni")
    form = RispostaForm(inviato(request), initial={"revisione": approvazione.revisione})
    if request.method == "POST" and form.is_valid():
        servizi.rispondi(approvazione, **form.cleaned_data, da=request.agente)
        messages.success(request, "Risposta mandata.")
        return redirect(approvazione)
    return _passo(
        request,
        approvazione,
        form,
        titolo="Rispondi alle osservazioni",
        testo=f"{approvazione.ente.denominazione} ha rinviato il testo con osservazioni.",
        effetti=(
            "Il testo definitivo resta quello: l'ente può riprendere l'istruttoria.",
            "Se le osservazioni chiedono di cambiare il testo, invece, si riapre la fase precedente.",
        ),
        avvisati="Chi segue l'accordo nell'ente e chi lo rappresenta, per e-mail.",
        etichetta="Manda la risposta",
    )


@require_http_methods(FORMULARIO)
def senza(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Decide that the accord goes on without a body that does not approve."""
    approvazione = approvazione_coordinata(request, slug, ente)
    azione = richiede_verbo(request, approvazione, "prosegui_senza")
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        servizi.prosegui_senza(approvazione, motivazione=form.cleaned_data["motivazione"], da=request.agente)
        messages.success(request, "Deciso: l'accordo prosegue senza questo ente.")
        return redirect(approvazione)
    return _passo(
        request,
        approvazione,
        form if azione.possibile else None,
        titolo="Prosegui senza questo ente",
        testo=f"{approvazione.ente.denominazione} ha comunicato che non approva il testo.",
        effetti=(
            "L'accordo non aspetta più il suo atto né la sua firma.",
            "Il testo definitivo resta quello e nomina ancora l'ente: nel quadro degli atti si legge che non ha approvato. "
            "Se il suo nome va tolto, riapri il testo.",
            "Finché l'accordo non è sottoscritto, l'ente può riprendere l'istruttoria. Dopo, può aderire.",
        ),
        avvisati="Chi segue l'accordo nell'ente e chi lo rappresenta, per e-mail.",
        etichetta="Prosegui senza questo ente" if azione.possibile else "",
        mancanze=azione.mancanze,
    )


def _passo(
    request: RichiestaAutenticata, approvazione: Approvazione, form: object, **contesto: object
) -> HttpResponse:
    base = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "form": form,
        "url_annulla": reverse(
            "approvazione:ente", args=[approvazione.accordo.slug, approvazione.ente.codice]
        ),
    }
    legato = bool(getattr(form, "is_bound", False))
    return render(request, "approvazione/passo.html", base | contesto, status=422 if legato else 200)


@require_safe
def lettera(request: RichiestaAutenticata, slug: str, ente: str, pk: int) -> FileResponse:
    """The document that came by certified mail."""
    approvazione = approvazione_visibile(request, slug, ente)
    trovata = approvazione.comunicazioni.exclude(file="").filter(pk=pk).first()
    if trovata is None:
        raise Http404
    return allegati.servi(trovata.file, f"lettera-{approvazione.ente.codice}-{trovata.pec_data:%Y-%m-%d}.pdf")
