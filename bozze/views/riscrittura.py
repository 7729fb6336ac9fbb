"""Writing an amendment again on the new text, where its target changed. Its number stays."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.models import Ruolo
from bozze import redazione
from bozze.forms.emendamenti import ProposteForm
from bozze.interrogazioni.attese import riporti_visibili_a
from bozze.interrogazioni.emendamenti import testo_di
from bozze.interrogazioni.redline import righe, righe_cambiate
from bozze.servizi import emendamenti as servizi
from bozze.servizi import riporti
from bozze.stati_esame import StatoRiporto
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Sopprimi
from bozze.views.attese import superstite_di
from bozze.views.comuni import accordo_di, contesto, in_parole


@require_http_methods(["GET", "POST"])
def riscrivi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """The form of an amendment, on the disposition as it is now, or on the nearest one above it that is left."""
    accordo, agente = accordo_di(request, slug)
    in_attesa = riporti_visibili_a(agente, accordo).filter(stato=StatoRiporto.IN_ATTESA)
    fermo = get_object_or_404(in_attesa, pk=pk)
    dove = superstite_di(fermo)
    if dove is None or not agente.ha(Ruolo.RAPPRESENTANTE) or not agente.agisce_per(fermo.ente.pk):
        raise Http404
    testo, emendamento = testo_di(fermo.alla), fermo.emendamento
    nodo = testo.indice[dove].nodo
    dati = {}
    if request.method == "POST":
        form = ProposteForm(request.POST, testo=testo, nodo=nodo)
        if form.is_valid():
            operazioni = redazione.operazioni(testo, nodo.id, form.proposta())
            try:
                servizi.verifica_operazioni(testo, operazioni)
                if "anteprima" not in request.POST:
                    riporti.riscrivi_riporto(fermo, operazioni, form.cleaned_data["motivazione"], da=agente)
                    messages.success(request, f"Emendamento {emendamento.sigla} riscritto sul nuovo testo.")
                    return redirect("bozze:riporti", slug=slug)
                sezione = redazione.sezione_di(testo, nomi(testo), nodo.id)
                dati["anteprima"] = {
                    "disposto": servizi.disposto(testo, operazioni).splitlines(),
                    "redline": righe_cambiate(testo, operazioni, sezione.id),
                }
            except ErroreDominio as errore:
                form.add_error(None, in_parole(errore))
    else:
        sopprime = any(isinstance(o, Sopprimi) for o in servizi.in_operazioni(emendamento.operazioni))
        azione = redazione.Azione.SOPPRIMI if sopprime else redazione.Azione.MODIFICA
        if dove != emendamento.disposizione_id or not (nodo.testo or nodo.rubrica):
            azione = redazione.Azione.AGGIUNGI
        iniziali = {
            "testo": nodo.testo,
            "rubrica": nodo.rubrica,
            "azione": azione.value,
            "motivazione": emendamento.motivazione,
        }
        form = ProposteForm(initial=iniziali, testo=testo, nodo=nodo)
    sezione = redazione.sezione_di(testo, nomi(testo), nodo.id)
    pagina = contesto(
        accordo,
        versione=fermo.alla,
        form=form,
        nodo=nodo,
        dove=nomi(testo)[nodo.id].esteso,
        sezione=sezione,
        contorno=righe(testo, [], sezione.id, in_prova=[nodo.id]),
        titolo_pagina=f"Riscrivi l'emendamento {emendamento.sigla}"
        if emendamento.numero
        else "Riscrivi la proposta",
        com_era=emendamento.righe_disposto,
        emendamento=emendamento,
        url_indietro=reverse("bozze:riporto", args=[slug, fermo.pk]),
        url_osserva="",
        **dati,
    )
    return render(request, "bozze/emendamenti/modifica.html", pagina, status=422 if form.errors else 200)
