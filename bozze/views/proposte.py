"""The pages on which a body writes an amendment, on the text of the disposition where it stands."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from bozze import permessi, redazione
from bozze.forms.emendamenti import ProposteForm
from bozze.incontri import operazioni_di
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.redline import righe, righe_cambiate
from bozze.models import Emendamento, Versione
from bozze.servizi import emendamenti as servizi
from bozze.testo.albero import Disposizione, Testo
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Operazione
from bozze.views.comuni import accordo_di, contesto, disposizione_di


@require_http_methods(["GET", "POST"])
def nuovo(request: RichiestaAutenticata, slug: str, disposizione: str) -> HttpResponse:
    """Write an amendment on a disposition of the published version."""
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_emendare(agente, accordo):
        raise Http404
    versione = interrogazioni.versione_emendabile(accordo)
    testo, nodo = disposizione_di(versione, disposizione)
    assert versione is not None
    if request.method != "POST":
        if mancanze := list(interrogazioni.aperte(accordo, versione)):
            raise ErroreDominio("Non si può proporre ora.", mancanze)
        iniziali = {
            "testo": nodo.testo,
            "rubrica": nodo.rubrica,
            "azione": request.GET.get("azione", "modifica"),
        }
        if iniziali["azione"] == "modifica" and not nodo.testo and not nodo.rubrica:
            iniziali["azione"] = ""
        form = ProposteForm(initial=iniziali, testo=testo, nodo=nodo)
        return _pagina_proposta(request, accordo, versione, nodo, form)
    form = ProposteForm(request.POST, testo=testo, nodo=nodo)

    def salva(operazioni: list[Operazione]) -> Emendamento:
        motivazione = form.cleaned_data["motivazione"]
        return servizi.crea_emendamento(versione, operazioni, motivazione, da=agente)

    return _salva_o_mostra(request, accordo, versione, testo, nodo, form, salva)


@require_http_methods(["GET", "POST"])
def modifica(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a draft again."""
    accordo, agente = accordo_di(request, slug)
    emendamento = get_object_or_404(
        interrogazioni.emendamenti_visibili_a(agente, accordo).filter(ente=agente.ente_id), pk=pk
    )
    if not permessi.puo_emendare(agente, accordo):
        raise Http404
    if emendamento.stato != "bozza":
        raise ErroreDominio("L'emendamento è presentato: non si modifica più. Si può ritirare.")
    versione = emendamento.versione
    testo, nodo = disposizione_di(versione, emendamento.disposizione_id)
    if request.method != "POST":
        scritta = redazione.proposta_da(testo, operazioni_di(emendamento))
        iniziali = {
            "azione": scritta.azione.value,
            "testo": scritta.testo,
            "rubrica": scritta.rubrica,
            "posizione": scritta.posizione.value,
            "nuovo": scritta.nuovo,
            "rubrica_nuova": scritta.rubrica_nuova,
            "motivazione": emendamento.motivazione,
            "revisione": emendamento.revisione,
        }
        form = ProposteForm(initial=iniziali, testo=testo, nodo=nodo)
        return _pagina_proposta(request, accordo, versione, nodo, form, emendamento=emendamento)
    form = ProposteForm(request.POST, testo=testo, nodo=nodo)

    def salva(operazioni: list[Operazione]) -> Emendamento:
        return servizi.modifica_emendamento(
            emendamento,
            operazioni,
            form.cleaned_data["motivazione"],
            revisione=form.cleaned_data["revisione"] or 0,
            da=agente,
        )

    return _salva_o_mostra(request, accordo, versione, testo, nodo, form, salva, emendamento)


def _salva_o_mostra(
    request: RichiestaAutenticata,
    accordo: Accordo,
    versione: Versione,
    testo: Testo,
    nodo: Disposizione,
    form: ProposteForm,
    salva: Callable[[list[Operazione]], Emendamento],
    emendamento: Emendamento | None = None,
) -> HttpResponse:
    """Save, or show the form again with everything that was typed: a refusal loses nothing."""
    dati: dict[str, Any] = {"emendamento": emendamento}
    if form.is_valid():
        operazioni = redazione.operazioni(testo, nodo.id, form.proposta())
        try:
            servizi.verifica_operazioni(testo, operazioni)
            if "anteprima" not in request.POST:
                salvato = salva(operazioni)
                messages.success(
                    request, "Proposta salvata. La vede solo il tuo ente finché non è presentata."
                )
                return redirect(salvato)
            sezione = redazione.sezione_di(testo, nomi(testo), nodo.id)
            dati["anteprima"] = {
                "disposto": servizi.disposto(testo, operazioni).splitlines(),
                "redline": righe_cambiate(testo, operazioni, sezione.id),
            }
            return _pagina_proposta(request, accordo, versione, nodo, form, **dati)
        except StatoCambiato as errore:
            attuale = emendamento and Emendamento.objects.get(pk=emendamento.pk)
            if not attuale or attuale.stato != "bozza":
                raise
            form.data = form.data.copy()  # type: ignore[attr-defined]  # the QueryDict of a bound form
            form.data["revisione"] = str(attuale.revisione)  # type: ignore[index]
            form.add_error(None, errore.testo)
            dati["conflitto"] = attuale
        except ErroreDominio as errore:
            form.add_error(None, " ".join([errore.testo, *(m.testo for m in errore.mancanze)]))
    return _pagina_proposta(request, accordo, versione, nodo, form, stato=422, **dati)


def _pagina_proposta(
    request: RichiestaAutenticata,
    accordo: Accordo,
    versione: Versione,
    nodo: Disposizione,
    form: ProposteForm,
    *,
    stato: int = 200,
    emendamento: Emendamento | None = None,
    **altro: Any,
) -> HttpResponse:
    testo = interrogazioni.testo_di(versione)
    nominate = nomi(testo)
    sezione = redazione.sezione_di(testo, nominate, nodo.id)
    indietro = (
        emendamento.get_absolute_url()
        if emendamento
        else f"{reverse('bozze:testo', args=[accordo.slug])}?apri={nodo.id}#d-{nodo.id}"
    )
    dati = contesto(
        accordo,
        versione=versione,
        form=form,
        nodo=nodo,
        dove=nominate[nodo.id].esteso,
        sezione=sezione,
        contorno=righe(testo, [], sezione.id, in_prova=[nodo.id]),
        titolo_pagina="Modifica la proposta" if emendamento else "Proponi un emendamento",
        emendamento=emendamento,
        url_indietro=indietro,
        url_osserva=reverse("bozze:osservazione_nuova", args=[accordo.slug, nodo.id]),
        **altro,
    )
    return render(request, "bozze/emendamenti/modifica.html", dati, status=stato)
