"""The pages of the amendments: list, one amendment, presenting, withdrawing. Writing is in bozze/views/proposte.py."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.agente import Agente
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo
from accordo.iter.motore import azioni
from accordo.iter.permessi import coordina
from bozze import modifiche, permessi, redazione
from bozze.forms.emendamenti import FiltroEmendamenti, MotivazioneForm, VuotoForm
from bozze.incontri import operazioni_di
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.akoma import akn_di_emendamento, akn_di_riformulazione
from bozze.interrogazioni.attese import attese_di
from bozze.interrogazioni.decisioni import storia
from bozze.interrogazioni.firme import con_firme
from bozze.interrogazioni.redline import brani
from bozze.models import Emendamento
from bozze.servizi import emendamenti as servizi
from bozze.stati import DECISI
from bozze.views.comuni import Bottone, accordo_di, contesto, file_xml, inviati
from bozze.views.pannello import pannello

PER_PAGINA = 30
_PRINCIPALI = ("presenta_emendamento",)
_PAGINE = {
    "presenta_emendamento": "bozze:emendamento_presenta",
    "ritira_emendamento": "bozze:emendamento_ritira",
    "scarta_emendamento": "bozze:emendamento_scarta",
}


@require_GET
def elenco(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """All presented amendments, with filters; drafts of one's own body among them."""
    accordo, agente = accordo_di(request, slug)
    versione = interrogazioni.versione_emendabile(accordo)
    if versione is None:
        return render(request, "bozze/emendamenti/elenco.html", contesto(accordo, versione=None))
    visibili = interrogazioni.emendamenti_visibili_a(agente, accordo).filter(
        Q(versione=versione) | Q(stato__in=DECISI)  # what was adopted stays decided on an older version
    )
    sezioni = interrogazioni.sezioni(versione)
    filtro = FiltroEmendamenti(
        request.GET,
        sezioni=[(sezione.id, sezione.nome) for sezione in sezioni],
        enti=[p.ente for p in partecipazioni_attive(accordo)],
    )
    scelti = filtra(visibili, filtro).order_by(*interrogazioni.ORDINE_ESAME, "pk")
    pagina = Paginator(con_firme(scelti), PER_PAGINA).get_page(request.GET.get("page"))
    dati = contesto(
        accordo,
        versione=versione,
        page_obj=pagina,
        indietro=con_firme(interrogazioni.rimasti_indietro(accordo, versione)),
        filtro=filtro,
        filtrato=any(filtro.data.get(nome) for nome in filtro.fields),
        totale=sum(sezione.totale for sezione in sezioni),
        scadenza=interrogazioni.scadenza(accordo),
        aperta=not list(interrogazioni.aperte(accordo, versione)),
        coordina=coordina(agente, accordo),
        propone=permessi.puo_osservare(agente, accordo),
    )
    return render(request, "bozze/emendamenti/elenco.html", dati)


def filtra(visibili: QuerySet[Emendamento], filtro: FiltroEmendamenti) -> QuerySet[Emendamento]:
    """Apply the filters that make sense; the others are ignored."""
    filtro.is_valid()
    vie = {
        "sezione": "sezione_id",
        "ente": "ente__codice",
        "ambito": "ente__ambito__codice",
        "tipo": "tipo",
        "stato": "stato",
    }
    scelti = {via: filtro.cleaned_data[nome] for nome, via in vie.items() if filtro.cleaned_data.get(nome)}
    return visibili.filter(**scelti)


@require_GET
def akn(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Give a presented amendment as Akoma Ntoso; with `riformulato`, the words with which it was accepted."""
    accordo, agente = accordo_di(request, slug)
    visibili = interrogazioni.emendamenti_visibili_a(agente, accordo).filter(presentato_il__isnull=False)
    emendamento = get_object_or_404(visibili, pk=pk)
    nome = f"{accordo.slug}-emendamento-{emendamento.sigla}"
    if "riformulato" in request.GET:
        if emendamento.riformulazione is None:
            raise Http404
        return file_xml(akn_di_riformulazione(emendamento), f"{nome}-riformulato")
    return file_xml(akn_di_emendamento(emendamento), nome)


@require_GET
def dettaglio(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """One amendment: wording, reason, redline in place, outcome."""
    accordo, agente = accordo_di(request, slug)
    emendamento = get_object_or_404(interrogazioni.emendamenti_visibili_a(agente, accordo), pk=pk)
    altri = (
        interrogazioni.presentati(emendamento.versione)
        .filter(disposizione_id=emendamento.disposizione_id)
        .exclude(pk=emendamento.pk)
    )
    testo = interrogazioni.testo_di(emendamento.versione)
    scrive, bottoni = _scrive(emendamento, agente), _bottoni(emendamento, agente)
    dati = contesto(
        accordo,
        emendamento=emendamento,
        oggi=_come_e_ora(accordo, emendamento),
        brani=brani(testo, operazioni_di(emendamento)),
        parti=modifiche.elenco(testo, operazioni_di(emendamento)) if scrive else [],
        scrive=scrive,
        altri=altri[:PER_PAGINA],
        bottoni=bottoni,
        la_presenta_altri=scrive and not any(bottone.principale for bottone in bottoni),
        attese=attese_di(emendamento, agente),
        storia=storia(emendamento, agente) if emendamento.numero else [],
        **pannello(emendamento, agente),
        coordina=coordina(agente, accordo),
    )
    return render(request, "bozze/emendamenti/dettaglio.html", dati)


def _come_e_ora(accordo: Accordo, emendamento: Emendamento) -> dict[str, Any] | None:
    """Return, for an open amendment left on an older version, what its disposition says in the present one."""
    versione = interrogazioni.versione_emendabile(accordo)
    if emendamento.deciso or versione is None or versione.pk == emendamento.versione_id:
        return None
    nodo = interrogazioni.testo_di(versione).trova(emendamento.disposizione_id)
    return {"versione": versione, "testo": (nodo.testo or nodo.rubrica) if nodo else ""}


def _scrive(emendamento: Emendamento, agente: Agente) -> bool:
    """Whether the person can go on writing this draft now."""
    return (
        emendamento.stato == "bozza"
        and agente.agisce_per(emendamento.ente_id)
        and permessi.puo_emendare(agente, emendamento.accordo)
        and not list(interrogazioni.aperte(emendamento.accordo, emendamento.versione))
    )


def _bottoni(emendamento: Emendamento, agente: Agente) -> list[Bottone]:
    """Return what the person may do with their own body's amendment."""
    if not agente.agisce_per(emendamento.ente_id):
        return []
    slug, pk = emendamento.accordo.slug, emendamento.pk
    fatti = [
        Bottone(
            azione.transizione.etichetta,
            reverse(_PAGINE[azione.transizione.verbo], args=[slug, pk]),
            azione.possibile,
            azione.transizione.verbo in _PRINCIPALI,
            " ".join(mancanza.testo for mancanza in azione.mancanze),
        )
        for azione in azioni(emendamento, agente)
        if azione.transizione.verbo in _PAGINE
    ]
    return fatti


# ---------------------------------------------------------------------------------------------- steps
def _passo(
    request: RichiestaAutenticata, slug: str, pk: int, verbo: str, dati: dict[str, Any], fatto: str
) -> HttpResponse:
    """Confirm, then do, one step of one's own body's amendment."""
    accordo, agente = accordo_di(request, slug)
    emendamento = get_object_or_404(
        interrogazioni.emendamenti_visibili_a(agente, accordo).filter(ente=agente.ente_id), pk=pk
    )
    azione = next((a for a in azioni(emendamento, agente) if a.transizione.verbo == verbo), None)
    if azione is None:
        raise Http404
    chiede = azione.transizione.motivazione_obbligatoria
    form = (MotivazioneForm if chiede else VuotoForm)(inviati(request))
    if request.method == "POST" and form.is_valid():
        if chiede:
            servizi.ritira_emendamento(emendamento, form.cleaned_data["motivazione"], da=agente)
        elif verbo == "presenta_emendamento":
            servizi.presenta_emendamento(emendamento, da=agente)
        else:
            servizi.scarta_emendamento(emendamento, da=agente)
        messages.success(request, fatto.format(sigla=emendamento.sigla))
        if emendamento.stato == "scartato":
            return redirect("bozze:contributo", slug=accordo.slug)
        return redirect(emendamento)
    pagina = contesto(
        accordo,
        titolo=f"{azione.transizione.etichetta}{f' {emendamento.sigla}' if emendamento.numero else ''}",
        percorso=[
            ("Testo", reverse("bozze:testo", args=[accordo.slug])),
            ("Emendamenti", reverse("bozze:emendamenti", args=[accordo.slug])),
            (redazione.maiuscola(emendamento.nome), emendamento.get_absolute_url()),
        ],
        disposto=emendamento.righe_disposto,
        mancanze=azione.mancanze,
        form=form if chiede else None,
        etichetta=azione.transizione.etichetta if azione.possibile else "",
        url_annulla=emendamento.get_absolute_url(),
        **dati,
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def presenta(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Present a draft."""
    effetti = [
        "L'emendamento prende il suo numero, che non cambia più.",
        "Lo leggono tutti gli enti che partecipano.",
        "Non si modifica più: si può solo ritirare, con una motivazione.",
    ]
    return _passo(
        request, slug, pk, "presenta_emendamento", {"effetti": effetti}, "Emendamento {sigla} presentato."
    )


@require_http_methods(["GET", "POST"])
def ritira(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Withdraw a presented amendment."""
    effetti = [
        "L'emendamento resta nell'elenco come ritirato e non cambia il testo.",
        "Il ritiro non si annulla.",
    ]
    return _passo(
        request, slug, pk, "ritira_emendamento", {"effetti": effetti}, "Emendamento {sigla} ritirato."
    )


@require_http_methods(["GET", "POST"])
def scarta(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Put a draft aside."""
    effetti = ["La proposta esce dall'elenco del tuo ente. Nessun altro l'ha mai vista."]
    return _passo(request, slug, pk, "scarta_emendamento", {"effetti": effetti}, "Proposta scartata.")
