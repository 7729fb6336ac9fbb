"""Moving on, going back, extending a deadline, planning the dates: each confirmed on a page that says what happens."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as formatta
from django.views.decorators.http import require_http_methods

from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import servizi, vita_accordo
from accordo.iter.avvisi import persone_avvisate
from accordo.iter.forms import DateFaseForm, MotivazioneForm, ProrogaForm
from accordo.iter.models import Accordo, FaseAccordo
from accordo.iter.motore import Azione, azioni
from accordo.iter.pianificazione import pianifica
from accordo.iter.procedura import processo
from accordo.iter.views.comuni import accordo_coordinato

FORMULARIO = ["GET", "HEAD", "POST"]


def _azione(accordo: Accordo, verbo: str, request: RichiestaAutenticata) -> Azione:
    """The accord's own action with this verb; 404 where the procedure has none (no phase before the first)."""
    trovata = next((a for a in azioni(accordo, request.agente) if a.transizione.verbo == verbo), None)
    if trovata is None:
        raise Http404
    return trovata


def _cruscotto(accordo: Accordo) -> str:
    return reverse("cruscotto:cruscotto", args=[accordo.slug])


def _avvisati(accordo: Accordo) -> str:
    persone, enti = persone_avvisate(accordo)
    if not persone:
        return "Nessuno: gli enti di questo accordo non hanno ancora persone con un incarico."
    return f"{persone} {'persona' if persone == 1 else 'persone'} di {enti} {'ente' if enti == 1 else 'enti'}, per e-mail."


@require_http_methods(FORMULARIO)
def avanza(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Move the accord to its next phase."""
    accordo = accordo_coordinato(request, slug)
    azione = _azione(accordo, vita_accordo.AVANZA, request)
    form = MotivazioneForm(inviato(request)) if azione.chiede_motivazione and azione.possibile else None
    if request.method == "POST" and (form is None or form.is_valid()):
        servizi.avanza(
            accordo, da=request.agente, motivazione=form.cleaned_data["motivazione"] if form else ""
        )
        messages.success(request, f"L'accordo è ora in: {processo().nome(accordo.fase)}.")
        return redirect(_cruscotto(accordo))
    return _conferma_avanza(request, accordo, azione, form)


def _conferma_avanza(
    request: RichiestaAutenticata, accordo: Accordo, azione: Azione, form: MotivazioneForm | None
) -> HttpResponse:
    proc = processo()
    fase, dopo = proc.fase(accordo.fase), proc.fase(azione.transizione.a)
    effetti = [f"La fase «{proc.nome(accordo.fase)}» si chiude oggi."]
    if dopo is not None:
        effetti.append(f"Comincia la fase «{dopo.nome}». {dopo.descrizione}")
    if fase is not None and fase.effetto_avanti:
        effetti.append(fase.effetto_avanti)
    contesto = {
        "accordo": accordo,
        "titolo": azione.transizione.etichetta,
        "testo": _che_si_puo(azione),
        "effetti": effetti if azione.possibile else [],
        "avvisati": _avvisati(accordo) if azione.possibile else "",
        "mancanze": azione.mancanze,
        "form": form,
        "etichetta": azione.transizione.etichetta if azione.possibile else "",
        "url_annulla": _cruscotto(accordo),
    }
    return render(
        request, "componenti/conferma.html", contesto, status=422 if form and form.is_bound else 200
    )


def _che_si_puo(azione: Azione) -> str:
    if not azione.mancanze:
        return "Non manca nulla: si può andare avanti."
    if azione.possibile:
        return "Manca ancora qualcosa. Puoi andare avanti lo stesso, se scrivi perché: resta nel registro."
    return "Non si può ancora: qui sotto c'è che cosa manca."


@require_http_methods(FORMULARIO)
def torna_indietro(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Open the phase before again, with a reason."""
    accordo = accordo_coordinato(request, slug)
    azione = _azione(accordo, vita_accordo.TORNA_INDIETRO, request)
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        servizi.torna_indietro(accordo, da=request.agente, motivazione=form.cleaned_data["motivazione"])
        messages.success(request, f"L'accordo è di nuovo in: {processo().nome(accordo.fase)}.")
        return redirect(_cruscotto(accordo))
    prima = processo().nome(azione.transizione.a)
    contesto = {
        "accordo": accordo,
        "titolo": azione.transizione.etichetta,
        "testo": f"Riapri la fase «{prima}».",
        "effetti": [
            f"La fase «{prima}» si riapre: chi deve può scrivere di nuovo.",
            "Quello che è già stato fatto resta, e anche il registro.",
            "Se la scadenza della fase è passata, spostala con una proroga.",
        ],
        "avvisati": _avvisati(accordo),
        "form": form,
        "etichetta": azione.transizione.etichetta,
        "url_annulla": _cruscotto(accordo),
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def proroga(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Move the current phase's deadline to a later day, with a reason."""
    accordo = accordo_coordinato(request, slug)
    fase = FaseAccordo.objects.filter(accordo=accordo, codice=accordo.fase).first()
    if fase is None:
        raise Http404
    form = ProrogaForm(inviato(request), attuale=fase.scadenza)
    if request.method == "POST" and form.is_valid():
        servizi.proroga(accordo, fase.codice, da=request.agente, **form.cleaned_data)
        messages.success(request, f"Nuova scadenza: {form.cleaned_data['nuova_scadenza']:%d/%m/%Y}.")
        return redirect(_cruscotto(accordo))
    attuale = f"Scade {formatta(fase.scadenza, 'l j F Y')}." if fase.scadenza else "Ora non ha una scadenza."
    contesto = {
        "accordo": accordo,
        "titolo": f"Proroga: {fase}",
        "testo": attuale,
        "effetti": [
            "La nuova scadenza vale per tutti gli enti.",
            "La proroga e il suo motivo restano nel registro.",
        ],
        "avvisati": _avvisati(accordo),
        "form": form,
        "etichetta": "Sposta la scadenza",
        "url_annulla": _cruscotto(accordo),
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def date_previste(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Change the planned dates of the phases."""
    accordo = accordo_coordinato(request, slug)
    righe = [DateFaseForm(inviato(request), fase=fase) for fase in accordo.fasi.order_by("ordine")]
    valide = [riga.is_valid() for riga in righe]
    if request.method == "POST" and all(valide):
        previste = {
            riga.fase.codice: {
                nome: v for nome, v in riga.cleaned_data.items() if not riga.fields[nome].disabled
            }
            for riga in righe
        }
        quante = pianifica(accordo, previste, da=request.agente)
        messages.success(request, "Date salvate." if quante else "Nessuna data è cambiata.")
        return redirect("cruscotto:tempi", slug=slug)
    contesto = {"accordo": accordo, "righe": righe, "errori": any(riga.errors for riga in righe)}
    return render(request, "iter/date.html", contesto, status=422 if request.method == "POST" else 200)
