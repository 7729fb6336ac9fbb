"""The desk of the coordinator (drawing f): outcomes, the text as it becomes, the final proposal, the synoptic table."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from bozze import redazione
from bozze.forms.emendamenti import DecisioneForm, MotivazioneForm, NotaForm
from bozze.incontri import operazioni_di
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.decisioni import storia
from bozze.interrogazioni.esame import Anteprima, Banco, banco
from bozze.interrogazioni.firme import cofirmatari, subemendamenti_di
from bozze.models import Emendamento, MotivoEsito, Versione
from bozze.requisiti.emendamenti import emendamenti_decisi
from bozze.servizi import esame as servizi
from bozze.servizi.riformulazioni import GIORNI
from bozze.stati import StatoEmendamento
from bozze.testo.consolidamento import NonConsolidabile
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Operazione, da_dati
from bozze.views.comuni import accordo_di, contesto, inviati, versione_o_404
from bozze.views.insieme import motivo_ripreso


def _versione(accordo: Accordo) -> Versione:
    return versione_o_404(interrogazioni.versione_emendabile(accordo))


def _decide(accordo: Accordo, *, guida: bool) -> bool:
    """Whether outcomes can be written now by who asks."""
    aperta = fasi.in_fase(accordo, interrogazioni.FASE_ESAME)
    return guida and aperta and not interrogazioni.definitiva_pubblicata(accordo)


@require_GET
def indice(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The sections with amendments, and how far the examination has got."""
    accordo, agente = accordo_di(request, slug)
    versione = interrogazioni.versione_emendabile(accordo)
    sezioni = interrogazioni.sezioni(versione) if versione else []
    totale, decisi = sum(s.totale for s in sezioni), sum(s.decisi for s in sezioni)
    guida = coordina(agente, accordo)
    dati = contesto(
        accordo,
        versione=versione,
        sezioni=sezioni,
        totale=totale,
        decisi=decisi,
        prossima=next((s for s in sezioni if s.da_decidere), None),
        iniziata=fasi.fase_raggiunta(accordo, interrogazioni.FASE_ESAME),
        decide=_decide(accordo, guida=guida),
        coordina=guida,
        definitiva=interrogazioni.definitiva(accordo),
    )
    return render(request, "bozze/esame/indice.html", dati)


@require_GET
def articolo(request: RichiestaAutenticata, slug: str, sezione: str) -> HttpResponse:
    """The desk of one section, with one amendment open."""
    accordo, agente = accordo_di(request, slug)
    versione = _versione(accordo)
    tavolo = banco(versione, sezione)
    if tavolo is None:
        raise Http404
    aperto: Emendamento | None = None
    form: DecisioneForm | None = None
    if _decide(accordo, guida=coordina(agente, accordo)):
        aperto = _aperto(tavolo, request.GET.get("apri"))
        form = _form_decisione(tavolo, aperto) if aperto else None
    return _pagina_banco(request, accordo, versione, sezione, tavolo, aperto, form)


def _aperto(tavolo: Banco, scelto: str | None) -> Emendamento | None:
    """Return the amendment asked for, or the first that is to be decided."""
    if scelto and scelto.isdigit():
        return next((e for e in tavolo.emendamenti if e.pk == int(scelto)), None)
    da_decidere = [e for e in tavolo.emendamenti if e.stato == StatoEmendamento.PRESENTATO]
    return next((e for e in da_decidere if not tavolo.aspetta(e)), None)


def _form_decisione(tavolo: Banco, emendamento: Emendamento, dati: Any = None) -> DecisioneForm:
    proposte = [da_dati(d) for d in emendamento.dati_proposti]
    riformulate = operazioni_di(emendamento)
    iniziali = {
        "esito": emendamento.stato if emendamento.deciso else "",
        "motivazione": emendamento.motivazione_esito,
        "riformulazione": redazione.parole_proposte(tavolo.testo, riformulate),
        "revisione": emendamento.revisione,
        "entro": orologio.oggi() + timedelta(days=GIORNI),
    }
    etichetta = redazione.etichetta_riformulazione(tavolo.testo, proposte)
    return DecisioneForm(dati, initial=iniziali, esiti=tavolo.esiti(emendamento), etichetta=etichetta)


def _in_prova(tavolo: Banco, emendamento: Emendamento, form: DecisioneForm) -> list[Operazione] | None:
    """Return what the text would undergo with the outcome being written; None if nothing is being written."""
    esito = form.data.get("esito", "") if form.is_bound else ""
    if not esito:
        return None
    proposte = [da_dati(d) for d in emendamento.dati_proposti]
    if esito == StatoEmendamento.ACCOLTO:
        return proposte
    if esito == StatoEmendamento.RIFORMULATO:
        return redazione.riformula(tavolo.testo, proposte, form.data.get("riformulazione", "")) or []
    return []


def _anteprima(
    tavolo: Banco, sezione: str, aperto: Emendamento | None, form: DecisioneForm | None
) -> Anteprima:
    if aperto is None or form is None:
        return tavolo.anteprima(sezione)
    return tavolo.anteprima(sezione, aperto, _in_prova(tavolo, aperto, form))


def _pagina_banco(
    request: RichiestaAutenticata,
    accordo: Accordo,
    versione: Versione,
    sezione: str,
    tavolo: Banco,
    aperto: Emendamento | None,
    form: DecisioneForm | None,
    stato: int = 200,
) -> HttpResponse:
    sezioni = interrogazioni.sezioni(versione)
    posto = next(n for n, s in enumerate(sezioni) if s.id == sezione)
    seguenti = [*sezioni[posto + 1 :], *sezioni[:posto]]
    nodo = tavolo.testo.trova(sezione)
    pulito = "pulito" in request.GET
    dati = contesto(
        accordo,
        versione=versione,
        sezione=sezioni[posto],
        rubrica=nodo.rubrica if nodo else "",
        gruppi=tavolo.gruppi(aperto),
        aperto=aperto,
        form=form,
        esiti=_esiti(form),
        conflitti=tavolo.conflitti(aperto) if aperto else [],
        effetto=tavolo.effetto(aperto) if aperto else "",
        anteprima=tavolo.anteprima(sezione, pulito=True)
        if pulito
        else _anteprima(tavolo, sezione, aperto, form),
        pulito=pulito,
        prossima=next((s for s in seguenti if s.da_decidere), None),
        coordina=coordina(request.agente, accordo),
        proposta=tavolo.proposte.get(aperto.pk) if aperto else None,
        firme=cofirmatari(aperto) if aperto else [],
        storia=storia(aperto, request.agente) if aperto else [],
        sub=subemendamenti_di(aperto) if aperto else [],
        motivi=MotivoEsito.objects.filter(accordo=accordo, in_uso=True)[:12] if form else (),
    )
    return render(request, "bozze/esame/articolo.html", dati, status=stato)


def _esiti(form: DecisioneForm | None) -> list[tuple[Any, Any]]:
    """Return each radio button with its outcome."""
    return list(zip(form["esito"], form.esiti, strict=True)) if form else []


def _al_banco(
    request: RichiestaAutenticata, slug: str, pk: int
) -> tuple[Accordo, Versione, Banco, Emendamento]:
    """Return what is needed to decide; 404 for whoever does not coordinate."""
    accordo, agente = accordo_di(request, slug)
    if not coordina(agente, accordo):
        raise Http404
    versione = _versione(accordo)
    emendamento = get_object_or_404(interrogazioni.presentati(versione), pk=pk)
    tavolo = banco(versione, emendamento.sezione_id)
    assert tavolo is not None
    return accordo, versione, tavolo, emendamento


@require_POST
def decidi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write an outcome; with "anteprima" pressed, only show the text as it would become."""
    accordo, versione, tavolo, emendamento = _al_banco(request, slug, pk)
    form = _form_decisione(tavolo, emendamento, request.POST)
    sezione = emendamento.sezione_id
    if ripreso := motivo_ripreso(request, accordo):
        dati_scritti = request.POST.copy()
        dati_scritti["motivazione"] = ripreso
        form = _form_decisione(tavolo, emendamento, dati_scritti)
    if "anteprima" in request.POST or ripreso:
        return _pagina_banco(request, accordo, versione, sezione, tavolo, emendamento, form)
    if form.is_valid():
        dati = form.cleaned_data
        if dati["revisione"] is not None:
            emendamento.revisione = dati["revisione"]
        try:
            servizi.decidi_emendamento(
                emendamento,
                dati["esito"],
                dati["motivazione"],
                dati["riformulazione"],
                entro=dati["entro"],
                da=request.agente,
            )
        except ErroreDominio as errore:
            form.add_error(None, " ".join([errore.testo, *(m.testo for m in errore.mancanze)]))
        else:
            fatto = f"Decisione registrata: {emendamento.sigla} {emendamento.get_stato_display().lower()}."
            if dati["esito"] == StatoEmendamento.RIFORMULATO:
                fatto = f"La riformulazione del {emendamento.sigla} è stata proposta a {emendamento.ente.denominazione}."
            messages.success(request, fatto)
            return redirect("bozze:esame_articolo", slug=slug, sezione=sezione)
    return _pagina_banco(request, accordo, versione, sezione, tavolo, emendamento, form, stato=422)


@require_POST
def anteprima(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """The text as it would become with the outcome being written: the fragment that htmx puts beside the form."""
    accordo, _, tavolo, emendamento = _al_banco(request, slug, pk)
    form = _form_decisione(tavolo, emendamento, request.POST)
    dati = contesto(
        accordo, anteprima=_anteprima(tavolo, emendamento.sezione_id, emendamento, form), aggiornata=True
    )
    return render(request, "bozze/esame/_anteprima.html", dati)


@require_http_methods(["GET", "POST"])
def rimetti(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Take an outcome back, with a reason."""
    accordo, _, _, emendamento = _al_banco(request, slug, pk)
    url = reverse("bozze:esame_articolo", args=[slug, emendamento.sezione_id]) + f"?apri={pk}"
    if not emendamento.deciso:
        return redirect(url)
    form = MotivazioneForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        servizi.rimetti_in_esame(emendamento, form.cleaned_data["motivazione"], da=request.agente)
        messages.success(request, f"L'emendamento {emendamento.sigla} è di nuovo da decidere.")
        return redirect(url)
    effetti = [f"L'emendamento {emendamento.sigla} torna fra quelli da decidere."]
    if emendamento.accolto:
        effetti.append("Tornano da decidere anche quelli preclusi o assorbiti per effetto di questo.")
    pagina = contesto(
        accordo,
        titolo=f"Rimetti in esame il {emendamento.sigla}",
        percorso=[("Esame", reverse("bozze:esame", args=[slug])), (emendamento.sezione_nome, url)],
        disposto=emendamento.righe_disposto,
        effetti=effetti,
        form=form,
        etichetta="Rimetti in esame",
        url_annulla=url,
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina, status=422 if form.errors else 200)


def _rinvii_da_controllare(versione: Versione) -> list[str]:
    """Say which references of the new text lead nowhere: the others take the new numbers by themselves."""
    try:
        testo, avvisi = servizi.componi_definitivo(versione)
    except NonConsolidabile:  # the services will say it, with the reasons
        return []
    detti = nomi(testo)
    return [
        f"Rinvio da controllare, {detti[a.disposizione].esteso}: «{a.parole}». {a.motivo}" for a in avvisi
    ]


@require_http_methods(["GET", "POST"])
def pubblica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Publish the final proposal: the text with what is accepted."""
    accordo, agente = accordo_di(request, slug)
    if not coordina(agente, accordo):
        raise Http404
    versione = _versione(accordo)
    form = NotaForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        definitiva = servizi.pubblica_proposta_definitiva(
            accordo,
            form.cleaned_data["nota"],
            rinumera=form.cleaned_data["numeri"] != "mantenuti",
            da=agente,
        )
        messages.success(request, "La proposta definitiva è pubblicata.")
        return redirect(definitiva)
    mancanze = list(emendamenti_decisi(accordo)) if not interrogazioni.definitiva_pubblicata(accordo) else []
    accolti = interrogazioni.accolti(versione.pk).count()
    indietro = reverse("bozze:esame", args=[slug])
    pronta = all(m.superabile for m in mancanze) and _decide(accordo, guida=True)
    pagina = contesto(
        accordo,
        titolo="Pubblica la proposta definitiva",
        testo=""
        if pronta or mancanze
        else "Per ora non si può: la proposta è già pubblicata o la fase è un'altra.",
        percorso=[("Esame", indietro)],
        effetti=[
            f"Gli emendamenti accolti, {accolti}, entrano nel testo della versione {versione.numero}.",
            "Nasce la versione definitiva, che non si modifica più: è il testo che gli enti approvano.",
            "Le decisioni sugli emendamenti non si cambiano più.",
            *(_rinvii_da_controllare(versione) if pronta else ()),
        ],
        avvisati="Tutti gli enti che partecipano, con un messaggio.",
        mancanze=mancanze,
        form=form if pronta else None,
        etichetta="Pubblica la proposta definitiva" if pronta else "",
        url_annulla=indietro,
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina)
