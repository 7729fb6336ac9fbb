"""What who coordinates does for a body: letters and acts arrived by certified mail, answers, going on without it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.approvazione import interrogazioni, servizi
from accordo.approvazione.forms import AttoRicevutoForm, MotivazioneForm, RispostaForm, RispostaRicevutaForm
from accordo.approvazione.models import Approvazione
from accordo.approvazione.riapertura import BOZZA, SI_RIAPRE_DA
from accordo.approvazione.views.comuni import (
    FORMULARIO,
    approvazione_coordinata,
    approvazione_visibile,
    richiede_verbo,
    scelta_versioni,
)
from accordo.base import allegati
from accordo.base.errori import StatoCambiato
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import servizi as iter_servizi
from accordo.iter.views.comuni import accordo_coordinato


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
        with nel_modulo(form):
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
        with nel_modulo(form):
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
        with nel_modulo(form):
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
            "Se le osservazioni chiedono di cambiare il testo, invece, si riapre la bozza.",
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
        with nel_modulo(form):
            servizi.prosegui_senza(
                approvazione, motivazione=form.cleaned_data["motivazione"], da=request.agente
            )
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


@require_http_methods(FORMULARIO)
def riapri(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Open the text again: from phase 8 (or half way back) down to the draft, in one step and for one reason."""
    accordo = accordo_coordinato(request, slug)
    if interrogazioni.documento_attuale(accordo) is None:
        raise Http404
    if accordo.fase not in SI_RIAPRE_DA:
        if request.method == "POST" and not accordo.sottoscritto:
            raise StatoCambiato(f"Il testo è già riaperto: l'accordo è in «{accordo.stato_in_parole}».")
        raise Http404
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            motivazione = form.cleaned_data["motivazione"]
            iter_servizi.riapri_fino_a(accordo, BOZZA, da=request.agente, motivazione=motivazione)
            messages.success(request, "Il testo è riaperto: l'accordo è di nuovo nella bozza.")
            return redirect("approvazione:quadro", slug=slug)
    contesto = {
        "accordo": accordo,
        "titolo": "Riapri il testo",
        "testo": "Il testo definitivo va cambiato: l'accordo torna alla bozza (fase 5).",
        "effetti": (
            "Gli atti e le firme dati finora restano come storia: sul nuovo testo si chiedono di nuovo a tutti.",
            "Correggi la bozza e la pubblichi. Gli enti possono ancora fare osservazioni ed emendamenti (fase 6), poi "
            "pubblichi la proposta definitiva (fase 7) e si torna all'approvazione.",
            "La riapertura e il suo motivo restano nel registro. Se le scadenze di quelle fasi sono passate, spostale.",
        ),
        "avvisati": "Chi segue l'accordo in ogni ente e chi lo rappresenta, per e-mail, con il motivo.",
        "form": form,
        "etichetta": "Riapri il testo",
        "url_annulla": reverse("approvazione:quadro", args=[accordo.slug]),
    }
    return render(request, "approvazione/passo_accordo.html", contesto, status=422 if form.is_bound else 200)


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
    nome = f"lettera-{approvazione.ente.codice}-{trovata.pec_data:%Y-%m-%d}.{trovata.estensione}"
    return allegati.servi(trovata.file, nome)
