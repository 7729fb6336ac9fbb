"""Deciding on many amendments at once: choose, look at what would be done, confirm, and if need be take it all back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from bozze.forms.emendamenti import FiltroEmendamenti, MotivazioneForm
from bozze.forms.esame import InsiemeForm, MotivoForm
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.models import DecisioneInsieme, Emendamento, MotivoEsito, Versione
from bozze.requisiti.esame import esame_chiuso
from bozze.servizi.insieme import annulla_insieme, decidi_insieme, prova_insieme
from bozze.servizi.motivi import scrivi_motivo, togli_motivo
from bozze.stati import APERTI
from bozze.views.comuni import accordo_di, contesto, in_parole, inviati, versione_o_404
from bozze.views.emendamenti import filtra

PER_PAGINA = 50
MOSTRATI = 60


def _guidato(request: RichiestaAutenticata, slug: str) -> Accordo:
    accordo, agente = accordo_di(request, slug)
    if not coordina(agente, accordo):
        raise Http404
    return accordo


def _aperti(
    accordo: Accordo, versione: Versione, dati: Any
) -> tuple[FiltroEmendamenti, QuerySet[Emendamento]]:
    """Return the filter and the open amendments that it lets through, in the order of examination."""
    filtro = FiltroEmendamenti(
        dati,
        sezioni=[(s.id, s.nome) for s in interrogazioni.sezioni(versione)],
        enti=[p.ente for p in partecipazioni_attive(accordo)],
    )
    aperti = interrogazioni.presentati(versione).filter(stato__in=APERTI)
    return filtro, filtra(aperti, filtro)


@require_http_methods(["GET", "POST"])
def insieme(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Choose amendments, an outcome and a reason; then a page says what would be done; then it is done."""
    accordo = _guidato(request, slug)
    versione = versione_o_404(interrogazioni.versione_emendabile(accordo))
    dati = request.POST if request.method == "POST" else request.GET
    filtro, aperti = _aperti(accordo, versione, dati)
    form = InsiemeForm(inviati(request))
    scelti: set[int] = set()
    if ripreso := motivo_ripreso(request, accordo):
        form = InsiemeForm(initial={"motivazione": ripreso, "esito": request.POST.get("esito", "")})
        scelti = {int(pk) for pk in request.POST.getlist("scelti") if pk.isdigit()}
    elif request.method == "POST":
        if "tutti" in request.POST:
            scelti = set(aperti.order_by().values_list("pk", flat=True))
        else:
            scelti = {int(pk) for pk in request.POST.getlist("scelti") if pk.isdigit()}
        valido = form.is_valid()
        if not scelti:
            form.add_error(None, "Scegli almeno un emendamento.")
        elif valido:
            try:
                return _prova_o_fai(request, accordo, versione, scelti, form.cleaned_data)
            except ErroreDominio as errore:
                form.add_error(None, in_parole(errore))
    pagina = Paginator(aperti, PER_PAGINA).get_page(request.GET.get("page"))
    contenuto = contesto(
        accordo,
        versione=versione,
        filtro=filtro,
        page_obj=pagina,
        quanti=pagina.paginator.count,
        filtrato=any(filtro.data.get(nome) for nome in filtro.fields),
        form=form,
        scelti=scelti,
        motivi=MotivoEsito.objects.filter(accordo=accordo, in_uso=True)[:12],
        mancanze=list(esame_chiuso(accordo)),
        precedenti=DecisioneInsieme.objects.filter(accordo=accordo).select_related("presa_da")[:10],
    )
    return render(request, "bozze/esame/insieme.html", contenuto, status=422 if form.errors else 200)


def motivo_ripreso(request: RichiestaAutenticata, accordo: Accordo) -> str:
    """Return the reason whose button was pressed, to be put where it can be adapted; nothing if none was."""
    pk = request.POST.get("motivo", "")
    scelto = MotivoEsito.objects.filter(accordo=accordo, pk=pk).first() if pk.isdigit() else None
    return scelto.testo if scelto else ""


def _prova_o_fai(
    request: RichiestaAutenticata,
    accordo: Accordo,
    versione: Versione,
    scelti: set[int],
    dati: dict[str, Any],
) -> HttpResponse:
    esito, motivazione = dati["esito"], dati["motivazione"]
    if "conferma" in request.POST:
        decisione = decidi_insieme(accordo, scelti, esito, motivazione, da=request.agente)
        messages.success(request, f"Emendamenti decisi: {len(decisione.fatte)}.")
        return redirect(decisione)
    prova = prova_insieme(versione, scelti, esito)
    pagina = contesto(
        accordo,
        prova=prova,
        fatti=prova.fatti[:MOSTRATI],
        rifiutati=prova.rifiutati[:MOSTRATI],
        scelti=sorted(scelti),
        esito=esito,
        nome_esito=dict(InsiemeForm().fields["esito"].choices)[esito],  # type: ignore[attr-defined]
        motivazione=motivazione,
    )
    return render(request, "bozze/esame/insieme_conferma.html", pagina)


@require_GET
def esito(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """What a batch did, and what it did not and why."""
    accordo = _guidato(request, slug)
    decisione = get_object_or_404(DecisioneInsieme.objects.select_related("presa_da"), accordo=accordo, pk=pk)
    chiavi = [pk for pk, _ in decisione.fatte]
    emendamenti = Emendamento.objects.select_related("accordo", "ente").in_bulk(chiavi)
    dati = contesto(
        accordo,
        decisione=decisione,
        fatti=[emendamenti[pk] for pk in chiavi if pk in emendamenti],
        nome_esito=dict(InsiemeForm().fields["esito"].choices)[decisione.esito],  # type: ignore[attr-defined]
        annullabile=decisione.annullata_il is None and bool(chiavi) and not list(esame_chiuso(accordo)),
    )
    return render(request, "bozze/esame/insieme_esito.html", dati)


@require_http_methods(["GET", "POST"])
def annulla(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Take a batch back, with a reason."""
    accordo = _guidato(request, slug)
    decisione = get_object_or_404(DecisioneInsieme, accordo=accordo, pk=pk)
    if decisione.annullata_il is not None:
        return redirect(decisione)
    form = MotivazioneForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        rimasti = annulla_insieme(decisione, form.cleaned_data["motivazione"], da=request.agente)
        messages.success(request, "Decisione annullata: gli emendamenti sono di nuovo da decidere.")
        for sigla, perche in rimasti[:10]:
            messages.warning(request, f"{sigla} resta com'è. {perche}")
        return redirect(decisione)
    pagina = contesto(
        accordo,
        titolo="Annulla la decisione su più emendamenti",
        percorso=[
            ("Esame", reverse("bozze:esame", args=[slug])),
            ("Decisione", decisione.get_absolute_url()),
        ],
        effetti=[
            f"Gli emendamenti decisi insieme, {len(decisione.fatte)}, tornano da decidere.",
            "Chi nel frattempo ha avuto un'altra decisione resta com'è.",
            "Tornano anche quelli accantonati, preclusi o assorbiti per effetto di questi.",
        ],
        form=form,
        etichetta="Annulla la decisione",
        url_annulla=decisione.get_absolute_url(),
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina, status=422 if form.errors else 200)


# ---------------------------------------------------------------------------------------------- the reasons
@require_http_methods(["GET", "POST"])
def motivi(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The reasons to be used again: those written on the outcomes, and those added here."""
    accordo = _guidato(request, slug)
    form = MotivoForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        try:
            scrivi_motivo(accordo, form.cleaned_data["testo"], da=request.agente)
        except ErroreDominio as errore:
            form.add_error("testo", errore.testo)
        else:
            messages.success(request, "Motivazione aggiunta.")
            return redirect("bozze:motivi", slug=slug)
    pagina = Paginator(MotivoEsito.objects.filter(accordo=accordo, in_uso=True), PER_PAGINA)
    dati = contesto(accordo, form=form, page_obj=pagina.get_page(request.GET.get("page")))
    return render(request, "bozze/esame/motivi.html", dati, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def motivo(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a reason again."""
    accordo = _guidato(request, slug)
    scelto = get_object_or_404(MotivoEsito, accordo=accordo, pk=pk, in_uso=True)
    form = MotivoForm(inviati(request), initial={"testo": scelto.testo})
    if request.method == "POST" and form.is_valid():
        try:
            scrivi_motivo(accordo, form.cleaned_data["testo"], scelto, da=request.agente)
        except ErroreDominio as errore:
            form.add_error("testo", errore.testo)
        else:
            messages.success(request, "Motivazione cambiata. Le decisioni già prese tengono le loro parole.")
            return redirect("bozze:motivi", slug=slug)
    pagina = contesto(
        accordo,
        titolo="Cambia una motivazione da riusare",
        percorso=[
            ("Esame", reverse("bozze:esame", args=[slug])),
            ("Motivazioni", reverse("bozze:motivi", args=[slug])),
        ],
        effetti=["Le decisioni già prese tengono le parole con cui sono state scritte."],
        form=form,
        etichetta="Salva la motivazione",
        url_annulla=reverse("bozze:motivi", args=[slug]),
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina, status=422 if form.errors else 200)


@require_POST
def motivo_togli(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Offer a reason no more."""
    accordo = _guidato(request, slug)
    togli_motivo(get_object_or_404(MotivoEsito, accordo=accordo, pk=pk), da=request.agente)
    messages.success(request, "Motivazione tolta dall'elenco. Resta sulle decisioni già prese.")
    return redirect("bozze:motivi", slug=slug)
