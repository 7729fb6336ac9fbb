"""One finding: what it says, where it comes from, what became of it; writing it and moving it on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.errori import StatoCambiato
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.forms import MotivazioneForm
from accordo.iter.motore import azioni
from accordo.iter.procedura import processo
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile
from accordo.rilievi import interrogazioni, servizi
from accordo.rilievi.forms import FonteForm, RilievoForm
from accordo.rilievi.models import GenereFonte
from accordo.rilievi.presentazione import fonti_con_rinvio, storia
from accordo.rilievi.stati import VIVI
from accordo.rilievi.views.comuni import FORMULARIO, rilievo_visibile, stato_http

CON_PAGINA_PROPRIA = {"unisci"}


@require_safe
def rilievo(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Show one finding with its evidence and its story."""
    accordo = accordo_visibile(request, slug)
    trovato = rilievo_visibile(request, accordo, numero)
    coordina = permessi.coordina(request.agente, accordo)
    famiglia = interrogazioni.famiglia(trovato)
    vale = trovato.stato in VIVI
    contesto = {
        "accordo": accordo,
        "rilievo": trovato,
        "obiettivi": trovato.obiettivi.all(),
        "fonti": fonti_con_rinvio(accordo, request.agente, interrogazioni.fonti(famiglia)),
        "uniti": famiglia[1:],
        "concordate": trovato.concordate.all(),
        "riprese": processo().riprese(accordo, request.agente, [r.pk for r in famiglia]),
        "c_e_testo": processo().ripresi(accordo, request.agente) is not None,
        "azioni": [
            a for a in azioni(trovato, request.agente) if a.transizione.verbo not in CON_PAGINA_PROPRIA
        ],
        "simili": interrogazioni.simili(trovato) if coordina and vale else (),
        "vale": vale,
        "coordina": coordina,
        "storia": storia(accordo, trovato),
    }
    return render(request, "rilievi/rilievo.html", contesto)


@require_http_methods(FORMULARIO)
def nuovo(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Write a finding."""
    accordo = accordo_coordinato(request, slug)
    servizi.assicura_obiettivi(accordo)
    form = RilievoForm(inviato(request), accordo=accordo)
    fonte = FonteForm(inviato(request))
    if request.method == "POST" and form.is_valid() and fonte.is_valid():
        testo_fonte = fonte.cleaned_data["fonte"]
        fonti = [servizi.DatiFonte(GenereFonte.ALTRO, testo_fonte)] if testo_fonte else []
        scritto = servizi.crea_rilievo(accordo, **form.dati(), fonti=fonti, da=request.agente)
        messages.success(request, f"Il rilievo {scritto.numero} è scritto.")
        return redirect(scritto)
    contesto = {"accordo": accordo, "form": form, "fonte": fonte, "titolo": "Nuovo rilievo"}
    return render(request, "rilievi/scrivi.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def modifica(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Reword a finding. If somebody else has done so meanwhile, both wordings are shown and nothing is lost."""
    accordo = accordo_coordinato(request, slug)
    trovato = rilievo_visibile(request, accordo, numero)
    form = RilievoForm(inviato(request), accordo=accordo, rilievo=trovato)
    conflitto = None
    if request.method == "POST" and form.is_valid():
        try:
            cambiato = servizi.modifica_rilievo(
                trovato, **form.dati(), vista=form.cleaned_data["vista"], da=request.agente
            )
        except StatoCambiato as errore:
            conflitto = errore
            form = RilievoForm(
                request.POST | {"vista": str(trovato.revisione)}, accordo=accordo, rilievo=trovato
            )
        else:
            if cambiato:
                messages.success(
                    request, f"Il rilievo {trovato.numero} è cambiato: com'era prima resta scritto."
                )
            return redirect(trovato)
    contesto = {
        "accordo": accordo,
        "form": form,
        "rilievo": trovato,
        "conflitto": conflitto,
        "titolo": f"Modifica il rilievo {numero}",
    }
    return render(request, "rilievi/scrivi.html", contesto, status=409 if conflitto else stato_http(form))


@require_http_methods(FORMULARIO)
def passo(request: RichiestaAutenticata, slug: str, numero: int, verbo: str) -> HttpResponse:
    """Confirm, drop, take back or part a finding."""
    accordo = accordo_coordinato(request, slug)
    trovato = rilievo_visibile(request, accordo, numero)
    azione = next((a for a in azioni(trovato, request.agente) if a.transizione.verbo == verbo), None)
    if azione is None or verbo in CON_PAGINA_PROPRIA:
        raise Http404
    form = MotivazioneForm(inviato(request)) if azione.chiede_motivazione and azione.possibile else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with nel_modulo(form):
            motivazione = form.cleaned_data["motivazione"] if form else ""
            if verbo == "separa":
                servizi.separa_rilievo(trovato, da=request.agente, motivazione=motivazione)
            else:
                servizi.muovi_rilievo(trovato, verbo, da=request.agente, motivazione=motivazione)
            messages.success(request, f"Il rilievo {numero} ora è: {trovato.stato_in_parole.lower()}.")
            return redirect(trovato)
    diventa = trovato.vita.etichetta_stato(azione.transizione.a).lower()
    contesto = {
        "accordo": accordo,
        "titolo": azione.transizione.etichetta,
        "testo": trovato.testo,
        "effetti": [f"Il rilievo {numero} diventa «{diventa}»."] if azione.possibile else [],
        "mancanze": azione.mancanze,
        "form": form,
        "etichetta": azione.transizione.etichetta if azione.possibile else "",
        "url_annulla": trovato.get_absolute_url(),
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def fonte(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Add evidence."""
    accordo = accordo_coordinato(request, slug)
    trovato = rilievo_visibile(request, accordo, numero)
    if trovato.stato not in VIVI:
        raise Http404
    form = FonteForm(inviato(request), obbligatoria=True)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            dati = servizi.DatiFonte(GenereFonte.ALTRO, form.cleaned_data["fonte"])
            servizi.aggiungi_fonte(trovato, dati, da=request.agente)
            messages.success(request, "La fonte è aggiunta.")
            return redirect(trovato)
    contesto = {
        "accordo": accordo,
        "titolo": "Aggiungi una fonte",
        "testo": trovato.testo,
        "form": form,
        "etichetta": "Aggiungi la fonte",
        "url_annulla": trovato.get_absolute_url(),
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def ritira_fonte(request: RichiestaAutenticata, slug: str, numero: int, pk: int) -> HttpResponse:
    """Take back evidence that does not bear the finding out."""
    accordo = accordo_coordinato(request, slug)
    trovato = rilievo_visibile(request, accordo, numero)
    voce = get_object_or_404(trovato.fonti.filter(ritirata_il__isnull=True), pk=pk)
    voce.rilievo = trovato
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.ritira_fonte(voce, da=request.agente, motivazione=form.cleaned_data["motivazione"])
            messages.success(request, "La fonte è ritirata: nel registro resta, con il motivo.")
            return redirect(trovato)
    contesto = {
        "accordo": accordo,
        "titolo": "Ritira la fonte",
        "testo": str(voce),
        "effetti": ["La fonte non vale più per questo rilievo. Nel registro resta scritta, con il motivo."],
        "form": form,
        "etichetta": "Ritira la fonte",
        "url_annulla": trovato.get_absolute_url(),
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))
