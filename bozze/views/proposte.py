"""The pages on which a body writes an amendment: one disposition after another, each on its own text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from bozze import modifiche, permessi, redazione
from bozze.forms.emendamenti import ProposteForm
from bozze.incontri import operazioni_di
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.redline import brani, righe
from bozze.models import Emendamento, Versione
from bozze.redazione import Azione
from bozze.servizi import emendamenti as servizi
from bozze.testo.albero import Disposizione, Testo
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Operazione, bersaglio
from bozze.views.comuni import accordo_di, contesto, disposizione_di


@dataclass(slots=True)
class Foglio:
    """What is being written: about which disposition of which version, in which draft, in the place of what."""

    accordo: Accordo
    versione: Versione
    testo: Testo
    nodo: Disposizione
    emendamento: Emendamento | None = None
    fatte: list[Operazione] = field(default_factory=list)
    numero: int | None = None
    dove: str = ""

    def form(self, dati: Any = None, **iniziali: Any) -> ProposteForm:
        """Return the form, empty or with what was posted."""
        return ProposteForm(dati, initial=iniziali, testo=self.testo, nodo=self.nodo)

    def operazioni(self, form: ProposteForm) -> list[Operazione]:
        """Return all the operations of the amendment, with what the form says of this disposition."""
        proposta = form.proposta()
        if not redazione.operazioni(self.testo, self.nodo.id, proposta) and not self._tolte(proposta):
            return [] if self.emendamento is None else self._uguali()
        return modifiche.riscrivi(self.testo, self.fatte, self.nodo.id, proposta, self.numero)

    def _tolte(self, proposta: redazione.Proposta) -> list[Operazione]:
        """Return what was written before on the same words, which the form has now brought back as they were."""
        tolte = modifiche.insieme_a(self.fatte, self.numero) if self.numero else []
        return tolte + modifiche.di(self.fatte, self.nodo.id, proposta.azione)

    def _uguali(self) -> list[Operazione]:
        if "su" in self.dove:
            raise ErroreDominio("Qui non hai cambiato nulla: le parole sono quelle del testo.")
        return self.fatte


@require_http_methods(["GET", "POST"])
def nuovo(request: RichiestaAutenticata, slug: str, disposizione: str) -> HttpResponse:
    """Write an amendment on a disposition of the published version."""
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_emendare(agente, accordo):
        raise Http404
    versione = _versione_letta(request, accordo)
    testo, nodo = disposizione_di(versione, disposizione)
    assert versione is not None
    foglio = Foglio(accordo, versione, testo, nodo)
    if request.method != "POST":
        if mancanze := list(interrogazioni.aperte(accordo, versione)):
            raise ErroreDominio("Non si può proporre ora.", mancanze)
        azione = request.GET.get("azione", "modifica")
        if azione == "modifica" and not nodo.testo and not nodo.rubrica:
            azione = ""
        form = foglio.form(testo=nodo.testo, rubrica=nodo.rubrica, azione=azione)
        altre = _in_preparazione(agente, accordo, versione)
        return _pagina(request, foglio, form, in_preparazione=altre)
    form = foglio.form(request.POST)

    def salva(operazioni: list[Operazione]) -> Emendamento:
        motivazione = form.cleaned_data["motivazione"]
        return servizi.crea_emendamento(versione, operazioni, motivazione, da=agente)

    return _salva_o_mostra(request, foglio, form, salva)


def _versione_letta(request: RichiestaAutenticata, accordo: Accordo) -> Versione | None:
    """Return the version that the person was reading: what is written on one that is no longer the last loses nothing."""
    scritta = request.POST.get("versione", "")
    if scritta.isdigit() and len(scritta) < 6:
        lette = Versione.objects.filter(accordo=accordo, numero=int(scritta), definitiva=False)
        if letta := lette.select_related("accordo").first():
            return letta
    return interrogazioni.versione_emendabile(accordo)


def _in_preparazione(agente: Agente, accordo: Accordo, versione: Versione) -> list[Emendamento]:
    """Return the drafts of one's own body, to which the change could be added instead of making another amendment."""
    return list(
        interrogazioni.emendamenti_visibili_a(agente, accordo)
        .filter(ente=agente.ente_id, stato="bozza", versione=versione)
        .order_by("ordine", "pk")[:10]
    )


def _mia_bozza(request: RichiestaAutenticata, slug: str, pk: int) -> tuple[Accordo, Agente, Emendamento]:
    """Return a draft of one's own body; 404 for whoever may not write it, in words if it is presented."""
    accordo, agente = accordo_di(request, slug)
    emendamento = get_object_or_404(
        interrogazioni.emendamenti_visibili_a(agente, accordo).filter(ente=agente.ente_id), pk=pk
    )
    if not permessi.puo_emendare(agente, accordo):
        raise Http404
    if emendamento.stato != "bozza" and not (request.method == "POST" and "motivazione" in request.POST):
        raise ErroreDominio("L'emendamento è presentato: non si modifica più. Si può ritirare.")
    return accordo, agente, emendamento


@require_http_methods(["GET", "POST"])
def modifica(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a draft again: one of its operations (`?parte=2`), or a further disposition (`?su=ID`)."""
    accordo, agente, emendamento = _mia_bozza(request, slug, pk)
    foglio = _foglio(request, accordo, emendamento)
    if request.method != "POST":
        form = foglio.form(**_iniziali(foglio, emendamento, request.GET.get("azione", "")))
        return _pagina(request, foglio, form)
    form = foglio.form(request.POST)

    def salva(operazioni: list[Operazione]) -> Emendamento:
        return servizi.modifica_emendamento(
            emendamento,
            operazioni,
            form.cleaned_data["motivazione"],
            revisione=form.cleaned_data["revisione"] or 0,
            da=agente,
        )

    return _salva_o_mostra(request, foglio, form, salva)


def _foglio(request: RichiestaAutenticata, accordo: Accordo, emendamento: Emendamento) -> Foglio:
    versione = emendamento.versione
    fatte = operazioni_di(emendamento)
    if su := request.GET.get("su", ""):
        testo, nodo = disposizione_di(versione, su)
        return Foglio(accordo, versione, testo, nodo, emendamento, fatte, dove="su")
    parte = request.GET.get("parte", "1")
    numero = int(parte) if parte.isdigit() and 1 <= int(parte) <= len(fatte) else 0
    if not numero:
        raise Http404
    testo, nodo = disposizione_di(versione, bersaglio(fatte[numero - 1]))
    return Foglio(accordo, versione, testo, nodo, emendamento, fatte, numero)


def _iniziali(foglio: Foglio, emendamento: Emendamento, azione: str) -> dict[str, Any]:
    nodo, fatte = foglio.nodo, foglio.fatte
    proprie = (
        modifiche.insieme_a(fatte, foglio.numero)
        if foglio.numero
        else modifiche.parte_proposta(fatte, nodo.id)
    )
    comuni = {"motivazione": emendamento.motivazione, "revisione": emendamento.revisione}
    if not proprie:
        scelta = azione or (Azione.MODIFICA if nodo.testo or nodo.rubrica else "")
        return {"azione": str(scelta), "testo": nodo.testo, "rubrica": nodo.rubrica, **comuni}
    scritta = redazione.proposta_da(foglio.testo, proprie)
    return {
        "azione": scritta.azione.value,
        "testo": scritta.testo,
        "rubrica": scritta.rubrica,
        "posizione": scritta.posizione.value,
        "nuovo": scritta.nuovo,
        "rubrica_nuova": scritta.rubrica_nuova,
        "destinazione": scritta.destinazione,
        **comuni,
    }


@require_GET
def scegli(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Choose a further disposition to change in a draft."""
    accordo, _, emendamento = _mia_bozza(request, slug, pk)
    testo = interrogazioni.testo_di(emendamento.versione)
    cercate = request.GET.get("cerca", "")[:200]
    dati = contesto(
        accordo,
        emendamento=emendamento,
        cercate=cercate,
        gruppi=modifiche.scelte(testo, operazioni_di(emendamento), cercate),
    )
    return render(request, "bozze/emendamenti/scegli.html", dati)


@require_POST
def togli(request: RichiestaAutenticata, slug: str, pk: int, numero: int) -> HttpResponse:
    """Take one operation out of a draft."""
    _, agente, emendamento = _mia_bozza(request, slug, pk)
    fatte = operazioni_di(emendamento)
    revisione = request.POST.get("revisione", "")
    if revisione != str(emendamento.revisione):
        raise StatoCambiato(
            "Nel frattempo un'altra persona del tuo ente ha cambiato la proposta: guarda com'è ora."
        )
    if not 1 <= numero <= len(fatte):
        raise Http404
    if len(fatte) == 1:
        raise ErroreDominio("È l'unica modifica della proposta: per rinunciare scarta la proposta.")
    servizi.modifica_emendamento(
        emendamento,
        modifiche.togli(fatte, numero),
        emendamento.motivazione,
        revisione=emendamento.revisione,
        da=agente,
    )
    messages.success(request, "Modifica tolta dalla proposta.")
    return redirect(emendamento)


def _salva_o_mostra(
    request: RichiestaAutenticata,
    foglio: Foglio,
    form: ProposteForm,
    salva: Callable[[list[Operazione]], Emendamento],
) -> HttpResponse:
    """Save, or show the form again with everything that was typed: a refusal loses nothing."""
    if "anteprima" in request.POST and request.htmx:
        return render(request, "bozze/emendamenti/_anteprima.html", {"anteprima": _anteprima(foglio, form)})
    dati: dict[str, Any] = {}
    if form.is_valid():
        try:
            operazioni = foglio.operazioni(form)
            servizi.verifica_operazioni(foglio.testo, operazioni)
            if "anteprima" in request.POST:
                return _pagina(request, foglio, form, anteprima=_anteprima(foglio, form))
            salvato = salva(operazioni)
            messages.success(request, "Proposta salvata. La vede solo il tuo ente finché non è presentata.")
            return redirect(salvato)
        except StatoCambiato as errore:
            emendamento = foglio.emendamento
            attuale = emendamento and Emendamento.objects.get(pk=emendamento.pk)
            if not attuale:
                raise
            if attuale.stato != "bozza":
                form.add_error(None, f"{errore.testo} Quello che hai scritto è qui sotto: puoi copiarlo.")
                return _pagina(request, foglio, form, stato=409)
            form.data = form.data.copy()  # type: ignore[attr-defined]  # the QueryDict of a bound form
            form.data["revisione"] = str(attuale.revisione)  # type: ignore[index]
            form.add_error(None, errore.testo)
            dati["conflitto"] = attuale
        except ErroreDominio as errore:
            form.add_error(None, " ".join([errore.testo, *(m.testo for m in errore.mancanze)]))
    return _pagina(request, foglio, form, stato=422, **dati)


def _anteprima(foglio: Foglio, form: ProposteForm) -> dict[str, Any]:
    """Return how the whole amendment would read, and the text with it; or why it cannot be."""
    form.is_valid()
    if any(nome != "motivazione" for nome in form.errors):
        errori = [str(e) for nome, elenco in form.errors.items() if nome != "motivazione" for e in elenco]
        return {"motivi": errori}
    try:
        operazioni = foglio.operazioni(form)
        servizi.verifica_operazioni(foglio.testo, operazioni)
    except ErroreDominio as errore:
        return {"motivi": [errore.testo, *(m.testo for m in errore.mancanze)]}
    return {
        "modifiche": modifiche.elenco(foglio.testo, operazioni),
        "brani": brani(foglio.testo, operazioni),
    }


def _pagina(
    request: RichiestaAutenticata, foglio: Foglio, form: ProposteForm, *, stato: int = 200, **altro: Any
) -> HttpResponse:
    nominate = nomi(foglio.testo)
    sezione = redazione.sezione_di(foglio.testo, nominate, foglio.nodo.id)
    emendamento = foglio.emendamento
    indietro = (
        emendamento.get_absolute_url()
        if emendamento
        else f"{reverse('bozze:testo', args=[foglio.accordo.slug])}?apri={foglio.nodo.id}#d-{foglio.nodo.id}"
    )
    altre = [m for m in modifiche.elenco(foglio.testo, foglio.fatte) if m.disposizione != foglio.nodo.id]
    dati = contesto(
        foglio.accordo,
        versione=foglio.versione,
        form=form,
        nodo=foglio.nodo,
        dove=nominate[foglio.nodo.id].esteso,
        sezione=sezione,
        contorno=righe(foglio.testo, [], sezione.id, in_prova=[foglio.nodo.id]),
        titolo_pagina="Modifica la proposta" if emendamento else "Proponi un emendamento",
        emendamento=emendamento,
        altre_modifiche=altre,
        url_indietro=indietro,
        url_osserva=reverse("bozze:osservazione_nuova", args=[foglio.accordo.slug, foglio.nodo.id]),
        **altro,
    )
    return render(request, "bozze/emendamenti/modifica.html", dati, status=stato)
