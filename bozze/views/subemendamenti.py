"""The pages of the sub-amendments: writing one on the words of an amendment, its steps, its outcome."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import azioni
from accordo.iter.permessi import coordina
from bozze import permessi
from bozze.forms.emendamenti import MotivazioneForm
from bozze.forms.firme import EsitoSubForm, SubemendamentoForm
from bozze.interrogazioni import emendamenti as testi
from bozze.interrogazioni import firme as interrogazioni
from bozze.interrogazioni.redline import righe_portate
from bozze.models import Emendamento, Subemendamento
from bozze.servizi import subemendamenti as servizi
from bozze.testo.operazioni import Operazione, da_dati
from bozze.testo.subemendamenti import nomi_portati, portato
from bozze.views.comuni import accordo_di, contesto, inviati


def _operazioni(oggetto: Emendamento | Subemendamento) -> list[Operazione]:
    return [da_dati(dati) for dati in oggetto.operazioni]


def _sub(request: RichiestaAutenticata, slug: str, pk: int) -> tuple[Accordo, Agente, Subemendamento]:
    accordo, agente = accordo_di(request, slug)
    return (
        accordo,
        agente,
        get_object_or_404(interrogazioni.subemendamenti_visibili_a(agente, accordo), pk=pk),
    )


# ---------------------------------------------------------------------------------------------- reading, deciding
@require_http_methods(["GET", "POST"])
def dettaglio(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """One sub-amendment: wording, reason, the amendment's words as it changes them; the coordinator decides here."""
    accordo, agente, sub = _sub(request, slug, pk)
    guida = coordina(agente, accordo)
    form: EsitoSubForm | None = None
    fatti = azioni(sub, agente)
    decide = [a for a in fatti if a.transizione.verbo in servizi.VERBI_SUB.values()]
    if request.method == "POST":
        if not guida:
            raise Http404
        form = EsitoSubForm(request.POST)
        if form.is_valid():
            try:
                _decidi(sub, form, agente)
            except ErroreDominio as errore:
                form.add_error(None, " ".join([errore.testo, *(m.testo for m in errore.mancanze)]))
            else:
                messages.success(
                    request, f"Decisione registrata: {sub.sigla} {sub.get_stato_display().lower()}."
                )
                return redirect(sub)
    elif any(a.possibile for a in decide):
        form = EsitoSubForm(initial={"revisione": sub.revisione})
    dati = contesto(
        accordo,
        sub=sub,
        emendamento=sub.emendamento,
        redline=_redline(sub.emendamento, _operazioni(sub)),
        form=form,
        esiti=[
            (a.transizione.a, a.transizione.etichetta, a.possibile, " ".join(m.testo for m in a.mancanze))
            for a in decide
        ],
        bottoni=[
            (
                a.transizione.etichetta,
                reverse("bozze:subemendamento_passo", args=[slug, pk, a.transizione.verbo]),
                a.possibile,
                " ".join(m.testo for m in a.mancanze),
                a.transizione.verbo == "presenta_subemendamento",
            )
            for a in fatti
            if a.transizione.verbo in PASSI and (a.possibile or not guida)
        ],
        scrive=_scrive(sub, agente),
    )
    rifiutato = form is not None and form.is_bound
    return render(request, "bozze/emendamenti/subemendamento.html", dati, status=422 if rifiutato else 200)


def _decidi(sub: Subemendamento, form: EsitoSubForm, agente: Agente) -> None:
    if form.cleaned_data["revisione"] is not None:
        sub.revisione = form.cleaned_data["revisione"]
    servizi.decidi_subemendamento(
        sub, form.cleaned_data["esito"], form.cleaned_data["motivazione"], da=agente
    )


def _redline(emendamento: Emendamento, proposte: list[Operazione]) -> list[Any]:
    testo = testi.testo_di(emendamento.versione)
    return righe_portate(testo, _operazioni(emendamento), proposte, emendamento.sigla)


def _scrive(sub: Subemendamento, agente: Agente) -> bool:
    return (
        sub.stato == "bozza"
        and agente.agisce_per(sub.ente_id)
        and permessi.puo_emendare(agente, sub.accordo)
        and not list(interrogazioni.aperti_i_subemendamenti(sub.emendamento))
    )


# ---------------------------------------------------------------------------------------------- writing
@require_http_methods(["GET", "POST"])
def nuovo(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a sub-amendment to a presented amendment."""
    accordo, agente = accordo_di(request, slug)
    emendamento = get_object_or_404(
        testi.emendamenti_visibili_a(agente, accordo).filter(presentato_il__isnull=False), pk=pk
    )
    if not permessi.puo_emendare(agente, accordo):
        raise Http404
    if request.method != "POST" and (mancanze := list(interrogazioni.aperti_i_subemendamenti(emendamento))):
        raise ErroreDominio("Non si può proporre ora.", mancanze)
    form = _form(emendamento, inviati(request))

    def salva(proposte: list[Operazione]) -> Subemendamento:
        return servizi.crea_subemendamento(emendamento, proposte, form.cleaned_data["motivazione"], da=agente)

    return _salva_o_mostra(request, accordo, emendamento, form, salva)


@require_http_methods(["GET", "POST"])
def modifica(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a draft again."""
    accordo, agente, sub = _sub(request, slug, pk)
    if not agente.agisce_per(sub.ente_id) or not permessi.puo_emendare(agente, accordo):
        raise Http404
    if sub.stato != "bozza":
        raise ErroreDominio("Il subemendamento è presentato: non si modifica più. Si può ritirare.")
    form = _form(sub.emendamento, inviati(request), sub)

    def salva(proposte: list[Operazione]) -> Subemendamento:
        return servizi.modifica_subemendamento(
            sub,
            proposte,
            form.cleaned_data["motivazione"],
            revisione=form.cleaned_data["revisione"] or 0,
            da=agente,
        )

    return _salva_o_mostra(request, accordo, sub.emendamento, form, salva, sub)


def _form(emendamento: Emendamento, dati: Any, sub: Subemendamento | None = None) -> SubemendamentoForm:
    fatte = _operazioni(emendamento)
    iniziali = {"motivazione": sub.motivazione, "revisione": sub.revisione} if sub else {}
    return SubemendamentoForm(
        dati,
        initial=iniziali,
        prima=portato(fatte),
        nomi=nomi_portati(testi.testo_di(emendamento.versione), fatte, emendamento.sigla),
        formule=emendamento.righe_disposto,
        proposte=_operazioni(sub) if sub else (),
    )


def _salva_o_mostra(
    request: RichiestaAutenticata,
    accordo: Accordo,
    emendamento: Emendamento,
    form: SubemendamentoForm,
    salva: Callable[[list[Operazione]], Subemendamento],
    sub: Subemendamento | None = None,
) -> HttpResponse:
    """Save, or show the form again with everything that was typed: a refusal loses nothing."""
    dati: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        proposte = form.operazioni()
        try:
            servizi.verifica_sub(emendamento, proposte)
            if "anteprima" not in request.POST:
                salvato = salva(proposte)
                messages.success(
                    request, "Proposta salvata. La vede solo il tuo ente finché non è presentata."
                )
                return redirect(salvato)
            dati["anteprima"] = servizi.disposto_sub(emendamento, proposte)
        except StatoCambiato as errore:
            attuale = sub and Subemendamento.objects.get(pk=sub.pk)
            if not attuale or attuale.stato != "bozza":
                raise
            form.data = form.data.copy()  # type: ignore[attr-defined]  # the QueryDict of a bound form
            form.data["revisione"] = str(attuale.revisione)  # type: ignore[index]
            form.add_error(None, errore.testo)
            dati["conflitto"] = attuale
        except ErroreDominio as errore:
            form.add_error(None, " ".join([errore.testo, *(m.testo for m in errore.mancanze)]))
    pagina = contesto(
        accordo,
        emendamento=emendamento,
        sub=sub,
        form=form,
        parti=list(form.parti()),
        scadenza=interrogazioni.scadenza_subemendamenti(accordo),
        titolo_pagina="Modifica la proposta" if sub else f"Proponi un subemendamento al {emendamento.sigla}",
        url_indietro=(sub or emendamento).get_absolute_url(),
        **dati,
    )
    return render(
        request, "bozze/emendamenti/subemendamento_modifica.html", pagina, status=422 if form.errors else 200
    )


# ---------------------------------------------------------------------------------------------- steps
PASSI: dict[str, tuple[list[str], str]] = {
    "presenta_subemendamento": (
        [
            "Prende il suo numero, che non cambia più.",
            "Lo leggono tutti gli enti che partecipano.",
            "Si decide prima dell'emendamento.",
        ],
        "Subemendamento {sigla} presentato.",
    ),
    "scarta_subemendamento": (
        ["La proposta esce dall'elenco del tuo ente. Nessun altro l'ha mai vista."],
        "Proposta scartata.",
    ),
    "ritira_subemendamento": (
        ["Resta nell'elenco come ritirato e non cambia l'emendamento.", "Il ritiro non si annulla."],
        "Subemendamento {sigla} ritirato.",
    ),
    "rimetti_subemendamento": (
        ["Torna fra quelli da decidere: l'emendamento riprende le parole di prima."],
        "Subemendamento {sigla} rimesso in esame.",
    ),
}


@require_http_methods(["GET", "POST"])
def passo(request: RichiestaAutenticata, slug: str, pk: int, verbo: str) -> HttpResponse:
    """Confirm, then do, one step of a sub-amendment."""
    accordo, agente, sub = _sub(request, slug, pk)
    azione = next((a for a in azioni(sub, agente) if a.transizione.verbo == verbo), None)
    if azione is None or verbo not in PASSI:
        raise Http404
    chiede = azione.transizione.motivazione_obbligatoria
    form = MotivazioneForm(inviati(request)) if chiede else None
    effetti, fatto = PASSI[verbo]
    if request.method == "POST" and (form is None or form.is_valid()):
        if form is None:
            servizi.SENZA_MOTIVAZIONE[verbo](sub, da=agente)
        else:
            servizi.CON_MOTIVAZIONE[verbo](sub, form.cleaned_data["motivazione"], da=agente)
        messages.success(request, fatto.format(sigla=sub.sigla))
        return redirect(sub.emendamento if sub.stato == "scartato" else sub)
    nome = sub.sigla if sub.numero else "proposta"
    pagina = contesto(
        accordo,
        titolo=f"{azione.transizione.etichetta}{f' {sub.sigla}' if sub.numero else ''}",
        percorso=[
            ("Emendamenti", reverse("bozze:emendamenti", args=[accordo.slug])),
            (sub.emendamento.sigla, sub.emendamento.get_absolute_url()),
            (nome, sub.get_absolute_url()),
        ],
        disposto=sub.righe_disposto,
        effetti=effetti,
        mancanze=azione.mancanze,
        form=form if azione.possibile else None,
        etichetta=azione.transizione.etichetta if azione.possibile else "",
        url_annulla=sub.get_absolute_url(),
    )
    return render(
        request, "bozze/emendamenti/conferma.html", pagina, status=422 if form and form.errors else 200
    )
