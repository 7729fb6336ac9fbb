"""The pages of the remarks: list, one with its thread, its steps. Writing is in bozze/views/osserva.py."""

from collections.abc import Container

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo
from accordo.iter.motore import azioni
from bozze import permessi
from bozze.forms.emendamenti import VuotoForm
from bozze.forms.osservazioni import FiltroOsservazioni, ReplicaForm, RispostaForm
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.osservazioni import con_repliche, in_contesto, repliche_di, seguito
from bozze.models import Osservazione
from bozze.requisiti.emendamenti import non_ancora_definitiva
from bozze.servizi import osservazioni as servizi
from bozze.views.comuni import accordo_di, contesto, in_parole

PER_PAGINA = 30
_FILTRI = {
    "sezione": "sezione_id",
    "ente": "ente__codice",
    "ambito": "ente__ambito__codice",
    "stato": "stato",
}


@require_GET
def elenco(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """All presented remarks, with filters; drafts of one's own body among them."""
    accordo, agente = accordo_di(request, slug)
    versione = interrogazioni.versione_emendabile(accordo)
    visibili = interrogazioni.osservazioni_visibili_a(agente, accordo)
    sezioni = visibili.values_list("sezione_id", "sezione_nome").order_by("sezione_ordine").distinct()
    filtro = FiltroOsservazioni(
        request.GET, sezioni=list(sezioni), enti=[p.ente for p in partecipazioni_attive(accordo)]
    )
    filtro.is_valid()
    scelti = {
        via: filtro.cleaned_data[nome] for nome, via in _FILTRI.items() if filtro.cleaned_data.get(nome)
    }
    pagina = Paginator(
        con_repliche(visibili.filter(**scelti)).order_by("-versione__numero", "ordine", "pk"), PER_PAGINA
    ).get_page(request.GET.get("page"))
    dati = contesto(
        accordo,
        versione=versione,
        page_obj=pagina,
        filtro=filtro,
        filtrato=bool(scelti),
        scadenza=interrogazioni.scadenza(accordo),
        aperta=versione is not None and not list(interrogazioni.aperte(accordo, versione)),
        propone=permessi.puo_osservare(agente, accordo),
    )
    return render(request, "bozze/osservazioni/elenco.html", dati)


@require_http_methods(["GET", "POST"])
def dettaglio(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """One remark with its thread and its answer; the coordinator writes it here, the body presents it here."""
    accordo, agente = accordo_di(request, slug)
    osservazione = get_object_or_404(interrogazioni.osservazioni_visibili_a(agente, accordo), pk=pk)
    if request.method != "POST":
        return _pagina(request, accordo, osservazione)
    if not any(a.transizione.verbo == "rispondi" for a in azioni(osservazione, agente)):
        raise Http404
    form = RispostaForm(request.POST)
    if form.is_valid():
        try:
            servizi.rispondi(
                osservazione, form.cleaned_data["risposta"], form.cleaned_data["esito"], da=agente
            )
        except ErroreDominio as errore:
            form.add_error(None, in_parole(errore))
        else:
            messages.success(request, "Risposta pubblicata.")
            return redirect(osservazione)
    return _pagina(request, accordo, osservazione, risposta=form)


@require_POST
def replica(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Add a word under a remark."""
    accordo, agente = accordo_di(request, slug)
    osservazione = get_object_or_404(interrogazioni.osservazioni_visibili_a(agente, accordo), pk=pk)
    if not permessi.puo_replicare(agente, accordo):
        raise Http404
    form = ReplicaForm(request.POST)
    if form.is_valid():
        try:
            fatta = servizi.replica(osservazione, form.cleaned_data["replica"], da=agente)
        except ErroreDominio as errore:
            form.add_error(None, in_parole(errore))
        else:
            messages.success(request, "Replica pubblicata: la leggono tutti gli enti.")
            return redirect(f"{osservazione.get_absolute_url()}#replica-{fatta.pk}")
    return _pagina(request, accordo, osservazione, replica=form)


def _pagina(
    request: RichiestaAutenticata,
    accordo: Accordo,
    osservazione: Osservazione,
    *,
    risposta: RispostaForm | None = None,
    replica: ReplicaForm | None = None,
) -> HttpResponse:
    """The page of a remark, with what was typed in one of its forms and refused."""
    agente = request.agente
    possibili = {a.transizione.verbo: a for a in azioni(osservazione, agente)}
    rispondibile = "rispondi" in possibili and possibili["rispondi"].possibile
    discute = not osservazione.privata and permessi.puo_replicare(agente, accordo)
    chiusa = bool(list(non_ancora_definitiva(osservazione)))
    versione = interrogazioni.versione_emendabile(accordo) or osservazione.versione
    aperta = not list(interrogazioni.aperte(accordo, versione))
    iniziali = {"risposta": osservazione.risposta, "esito": osservazione.esito}
    dati = contesto(
        accordo,
        osservazione=osservazione,
        citato=in_contesto(osservazione),
        seguito=seguito(osservazione),
        repliche=repliche_di(osservazione),
        form=risposta or (RispostaForm(initial=iniziali) if rispondibile else None),
        form_replica=replica or (ReplicaForm() if discute and not chiusa else None),
        propria=agente.agisce_per(osservazione.ente_id) and osservazione.stato == "bozza",
        modificabile=aperta and permessi.puo_osservare(agente, accordo),
        superata=versione.pk != osservazione.versione_id,
        presentabile=aperta
        and versione.pk == osservazione.versione_id
        and _presenta_da_solo(possibili, agente, accordo),
    )
    stato = 422 if risposta or replica else 200
    return render(request, "bozze/osservazioni/dettaglio.html", dati, status=stato)


def _presenta_da_solo(possibili: Container[str], agente: Agente, accordo: Accordo) -> bool:
    """Whether the person may present this remark: of a signatory only its representative does."""
    if "presenta_osservazione" not in possibili:
        return False
    return agente.ha(Ruolo.RAPPRESENTANTE) or not permessi.puo_emendare(agente, accordo)


def propria_bozza(request: RichiestaAutenticata, slug: str, pk: int) -> Osservazione:
    """Return a draft of the person's own body; 404 for anything else."""
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_osservare(agente, accordo):
        raise Http404
    visibili = interrogazioni.osservazioni_visibili_a(agente, accordo)
    return get_object_or_404(visibili.filter(ente=agente.ente_id, stato="bozza"), pk=pk)


def _passo(
    request: RichiestaAutenticata, slug: str, pk: int, verbo: str, effetti: list[str], fatto: str
) -> HttpResponse:
    """Confirm, then do, one step of one's own body's remark."""
    accordo, agente = accordo_di(request, slug)
    osservazione = propria_bozza(request, slug, pk)
    azione = next((a for a in azioni(osservazione, agente) if a.transizione.verbo == verbo), None)
    if azione is None or (
        verbo == "presenta_osservazione" and not _presenta_da_solo({verbo: azione}, agente, accordo)
    ):
        raise Http404
    if request.method == "POST":
        if verbo == "presenta_osservazione":
            servizi.presenta_osservazione(osservazione, da=agente)
        else:
            servizi.scarta_osservazione(osservazione, da=agente)
        messages.success(request, fatto)
        if osservazione.stato == "scartata":
            return redirect("bozze:contributo", slug=accordo.slug)
        return redirect(osservazione)
    pagina = contesto(
        accordo,
        titolo=azione.transizione.etichetta,
        percorso=[
            ("Testo", reverse("bozze:testo", args=[accordo.slug])),
            ("Osservazioni", reverse("bozze:osservazioni", args=[accordo.slug])),
            ("Osservazione", osservazione.get_absolute_url()),
        ],
        disposto=osservazione.testo.splitlines(),
        effetti=effetti,
        mancanze=azione.mancanze,
        form=VuotoForm(),
        etichetta=azione.transizione.etichetta if azione.possibile else "",
        url_annulla=osservazione.get_absolute_url(),
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina)


@require_http_methods(["GET", "POST"])
def presenta(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Present a remark by itself."""
    effetti = [
        "La leggono tutti gli enti che partecipano.",
        "Non si modifica più. Chi coordina l'accordo risponde.",
    ]
    return _passo(request, slug, pk, "presenta_osservazione", effetti, "Osservazione presentata.")


@require_http_methods(["GET", "POST"])
def scarta(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Put a draft aside."""
    effetti = ["L'osservazione esce dall'elenco del tuo ente. Nessun altro l'ha mai vista."]
    return _passo(request, slug, pk, "scarta_osservazione", effetti, "Osservazione scartata.")
