"""The dates that the coordinator proposes: before the poll is open, and a few more while it runs."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.base.templatetags.ui import data_estesa
from focusgroup import servizi
from focusgroup.forms import AltreDateForm, DataForm
from focusgroup.sovrapposizioni import Periodo, impronta_periodi, sovrapposizioni
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio
from focusgroup.views.comuni import FORMULARIO, riunione_coordinata, stato_http
from focusgroup.views.sondaggio import in_parole, opzioni_di, sondaggio_coordinato, ultimo_sondaggio


@require_http_methods(FORMULARIO)
def date_nuova(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Propose one more date; the poll begins with the first one."""
    riunione = riunione_coordinata(request, slug, pk)
    ultimo = ultimo_sondaggio(riunione)
    if riunione.stato != StatoRiunione.IN_PREPARAZIONE or (
        ultimo is not None and ultimo.stato == StatoSondaggio.APERTO
    ):
        raise Http404
    in_corso = ultimo if ultimo and ultimo.stato == StatoSondaggio.IN_PREPARAZIONE else None
    ultima = in_corso.opzioni.order_by("-pk").first() if in_corso else None
    form = DataForm(inviato(request), modello=ultima or riunione)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form), transaction.atomic():
            sondaggio = servizi.prepara_sondaggio(riunione, da=request.agente)
            opzione = servizi.proponi_data(sondaggio, **form.dati(), da=request.agente)
            messages.success(request, f"Data proposta: {in_parole(opzione)}.")
            [avvisi] = sovrapposizioni(riunione, [Periodo(opzione.inizio, opzione.fine)])
            for frase in avvisi:
                messages.warning(request, frase)
            return redirect(sondaggio.url())
    contesto = {
        "accordo": riunione.accordo,
        "riunione": riunione,
        "form": form,
        "titolo": "Proponi una data",
        "sommario": "Gli enti dicono se va bene quando apri il sondaggio. Se la data si sovrappone a qualcosa, lo vedi subito.",
        "salva": "Aggiungi la data",
        "indietro": riunione.url("date"),
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def date_aggiungi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Add dates while the bodies answer: what clashes is shown before anybody is told."""
    sondaggio = sondaggio_coordinato(request, slug, pk, StatoSondaggio.APERTO)
    riunione = sondaggio.riunione
    ultima = opzioni_di(sondaggio).order_by("-pk").first()
    form = AltreDateForm(inviato(request), modello=ultima or riunione)
    avvisi: list[str] = []
    conferma = ""
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            nuove = [servizi.DatiData(**dati) for dati in form.tutte()]
            periodi = [Periodo(n.inizio, n.fine) for n in nuove]
            conferma = impronta_periodi(periodi)
            for nuova, frasi in zip(nuove, sovrapposizioni(riunione, periodi), strict=True):
                avvisi += [f"{data_estesa(nuova.inizio).capitalize()}: {frase}" for frase in frasi]
            if not avvisi or request.POST.get("confermo") == conferma:
                aggiunte = servizi.aggiungi_date(sondaggio, nuove, da=request.agente)
                messages.success(request, f"Date aggiunte: {'; '.join(in_parole(o) for o in aggiunte)}.")
                return redirect(sondaggio.url())
    contesto = {
        "accordo": riunione.accordo,
        "riunione": riunione,
        "form": form,
        "titolo": "Aggiungi altre date",
        "sommario": "Le risposte già date restano. Chi ha risposto riceve un messaggio, e dice se può anche in queste date.",
        "salva": "Aggiungi lo stesso" if avvisi else "Aggiungi le date",
        "indietro": sondaggio.url(),
        "avvisi": avvisi,
        "conferma": conferma,
    }
    return render(request, "focusgroup/modulo.html", contesto, status=409 if avvisi else stato_http(form))


@require_POST
def date_togli(request: RichiestaAutenticata, slug: str, pk: int, opzione: int) -> HttpResponse:
    """Take a date away before the poll is open."""
    sondaggio = sondaggio_coordinato(request, slug, pk, StatoSondaggio.IN_PREPARAZIONE)
    trovata = get_object_or_404(opzioni_di(sondaggio), pk=opzione)
    parole = in_parole(trovata)
    servizi.togli_data(trovata, da=request.agente)
    messages.success(request, f"Data tolta: {parole}.")
    return redirect(sondaggio.url())
