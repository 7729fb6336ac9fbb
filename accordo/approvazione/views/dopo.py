"""The Prefettura's steps; and after the conclusion: joining, withdrawing, the duration, the reminders."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.approvazione import interrogazioni, permessi, servizi
from accordo.approvazione.forms import (
    AdesioneForm,
    DurataForm,
    PassaggioForm,
    RecessoForm,
    RecessoRicevutoForm,
)
from accordo.approvazione.models import Approvazione, TipoPassaggio
from accordo.approvazione.views.comuni import (
    FORMULARIO,
    approvazione_coordinata,
    approvazione_da_firmare,
    approvazione_visibile,
    richiede_verbo,
)
from accordo.base import allegati
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.enti.models import TipoEnte
from accordo.iter import fasi
from accordo.iter.views.comuni import accordo_coordinato


@require_http_methods(FORMULARIO)
def passaggio(request: RichiestaAutenticata, slug: str, ente: str, tipo: str) -> HttpResponse:
    """Write down an optional step of the Prefettura."""
    approvazione = approvazione_visibile(request, slug, ente)
    if (
        approvazione.ente.tipo != TipoEnte.PREFETTURA
        or tipo not in TipoPassaggio.values
        or not permessi.registra_passaggi(request.agente, approvazione)
    ):
        raise Http404
    fatto = approvazione.passaggi.filter(tipo=tipo, sostituito_il__isnull=True).first()
    iniziali = {"giorno": fatto.data, "riferimento": fatto.riferimento, "nota": fatto.nota} if fatto else None
    form = PassaggioForm(
        inviato(request), request.FILES or None, initial=iniziali, con_documento=bool(fatto and fatto.file)
    )
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            dati = form.cleaned_data
            servizi.registra_passaggio(
                approvazione,
                tipo=tipo,
                data=dati["giorno"],
                riferimento=dati["riferimento"],
                nota=dati["nota"],
                file=dati["file"],
                da=request.agente,
            )
            messages.success(request, "Passaggio registrato.")
            return redirect(approvazione)
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "titolo": TipoPassaggio(tipo).label,
        "testo": "È un passaggio facoltativo: l'atto della Prefettura non lo aspetta.",
        "effetti": (
            "Compare nella pagina della Prefettura. Se lo correggi, quello di prima resta nella storia.",
        ),
        "form": form,
        "etichetta": "Correggi il passaggio" if fatto else "Registra il passaggio",
        "url_annulla": approvazione.get_absolute_url(),
    }
    return render(request, "approvazione/passo.html", contesto, status=422 if form.is_bound else 200)


@require_safe
def passaggio_file(request: RichiestaAutenticata, slug: str, ente: str, pk: int) -> FileResponse:
    """The document of a step."""
    approvazione = approvazione_visibile(request, slug, ente)
    trovato = approvazione.passaggi.exclude(file="").filter(pk=pk).first()
    if trovato is None:
        raise Http404
    return allegati.servi(trovato.file, f"{trovato.tipo}-{trovato.data:%Y-%m-%d}.{trovato.estensione}")


@require_http_methods(FORMULARIO)
def recesso(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Register the withdrawal of the person's own body."""
    approvazione = approvazione_da_firmare(request, slug, ente)
    richiede_verbo(request, approvazione, "recedi")
    form = RecessoForm(inviato(request), request.FILES or None, approvazione=approvazione)
    return _recesso(request, form, approvazione)


@require_http_methods(FORMULARIO)
def recesso_ricevuto(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Write down a withdrawal that came by certified mail."""
    approvazione = approvazione_coordinata(request, slug, ente)
    richiede_verbo(request, approvazione, "registra_recesso")
    form = RecessoRicevutoForm(inviato(request), request.FILES or None, approvazione=approvazione)
    return _recesso(request, form, approvazione)


def _recesso(request: RichiestaAutenticata, form: RecessoForm, approvazione: Approvazione) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.recedi(approvazione, **form.per_il_servizio(), da=request.agente)
            messages.success(request, "Recesso registrato.")
            return redirect(approvazione)
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "titolo": "Registra il recesso",
        "testo": f"{approvazione.ente.denominazione} lascia l'accordo con un proprio atto.",
        "effetti": (
            "Nel quadro e nella pagina pubblica si legge che l'ente recede, con quale atto e da quando.",
            "L'atto di approvazione e la firma restano nella storia. Non si torna indietro.",
        ),
        "avvisati": "Chi coordina l'accordo, per e-mail.",
        "form": form,
        "etichetta": "Registra il recesso",
        "url_annulla": approvazione.get_absolute_url(),
    }
    return render(request, "approvazione/passo.html", contesto, status=422 if form.is_bound else 200)


@require_safe
def recesso_file(request: RichiestaAutenticata, slug: str, ente: str) -> FileResponse:
    """The act of withdrawal."""
    approvazione = approvazione_visibile(request, slug, ente)
    registrato = approvazione.recesso_registrato
    if registrato is None:
        raise Http404
    nome = f"recesso-{approvazione.ente.codice}-{registrato.data:%Y-%m-%d}.{registrato.estensione}"
    return allegati.servi(registrato.file, nome)


@require_http_methods(FORMULARIO)
def adesione(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Let a body join a signed accord."""
    accordo = accordo_coordinato(request, slug)
    if not accordo.sottoscritto:
        raise Http404
    form = AdesioneForm(inviato(request), enti=interrogazioni.enti_che_possono_aderire(accordo))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            aperta = servizi.apri_adesione(
                accordo,
                form.cleaned_data["ente"],
                motivazione=form.cleaned_data["motivazione"],
                da=request.agente,
            )
            messages.success(request, f"Adesione aperta: {aperta.ente.denominazione}.")
            return redirect(aperta)
    contesto = {
        "accordo": accordo,
        "titolo": "Apri l'adesione di un ente",
        "testo": "L'accordo è sottoscritto: un altro ente può aderire, con il proprio atto e la propria firma.",
        "effetti": (
            "L'ente approva e firma lo stesso testo degli altri.",
            "Nel quadro e nella pagina pubblica si legge che ha aderito dopo.",
            "La data dell'accordo e la sua scadenza non cambiano.",
        ),
        "avvisati": "Chi segue l'accordo nell'ente e chi lo rappresenta, per e-mail.",
        "form": form,
        "etichetta": "Apri l'adesione",
        "url_annulla": reverse("approvazione:quadro", args=[accordo.slug]),
    }
    return render(request, "approvazione/passo_accordo.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def durata(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Say for how long the accord holds."""
    accordo = accordo_coordinato(request, slug)
    form = DurataForm(inviato(request), initial={"durata_mesi": accordo.durata_mesi})
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.indica_durata(accordo, form.cleaned_data["durata_mesi"], da=request.agente)
            messages.success(request, "Durata registrata.")
            return redirect("approvazione:quadro", slug=accordo.slug)
    contesto = {
        "accordo": accordo,
        "titolo": "Indica la durata dell'accordo",
        "testo": "È quella scritta nel testo: serve a calcolare la scadenza dal giorno dell'ultima firma.",
        "effetti": (
            "La scadenza compare nel quadro e nella pagina pubblica.",
            "Te la ricordiamo sei mesi prima.",
        ),
        "form": form,
        "etichetta": "Registra la durata",
        "url_annulla": reverse("approvazione:quadro", args=[accordo.slug]),
    }
    return render(request, "approvazione/passo_accordo.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def sollecito(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Confirm, then write to the bodies that are late."""
    accordo = accordo_coordinato(request, slug)
    if request.method == "POST":
        scritti = servizi.sollecita(accordo, da=request.agente)
        quanti = "un ente" if len(scritti) == 1 else f"{len(scritti)} enti"
        messages.success(request, f"Sollecito mandato a {quanti}.")
        return redirect("approvazione:quadro", slug=accordo.slug)
    tardi = servizi.da_sollecitare(accordo)
    contesto = {
        "accordo": accordo,
        "titolo": "Sollecita chi è in ritardo",
        "testo": "Scriviamo solo a chi è in ritardo e non è stato sollecitato negli ultimi giorni.",
        "enti": [a.ente for a in tardi],
        "termine": fasi.scadenza(accordo, "approvazione"),
        "avvisati": "Chi segue l'accordo in questi enti e chi li rappresenta, per e-mail." if tardi else "",
        "etichetta": "Manda il sollecito" if tardi else "",
        "url_annulla": reverse("approvazione:quadro", args=[accordo.slug]),
    }
    return render(request, "approvazione/sollecito.html", contesto)
