"""The results of the survey (phase 3): the coordinator's until published, then everyone's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi, permessi
from accordo.iter.models import Accordo
from questionari import interrogazioni, servizi
from questionari import permessi as miei
from questionari.definizione import RISERVATA
from questionari.esiti.vecchi import Esiti
from questionari.forms import PubblicazioneForm
from questionari.models import Restituzione
from questionari.stati import FASE
from questionari.views.comune import accordo_o_404

RESTITUZIONE = "restituzione"


def _esiti(accordo: Accordo) -> Esiti | None:
    questionario = interrogazioni.questionario_aperto(accordo)
    if questionario is None:
        return None
    per_ambito = interrogazioni.consultati_per_ambito(accordo)
    return Esiti(
        struttura=questionario.struttura,
        risposte=interrogazioni.risposte_inviate(accordo),
        ambiti=list(per_ambito),
        soglia=accordo.soglia_aggregati,
        consultati=per_ambito,
    )


def _vede(request: RichiestaAutenticata, accordo: Accordo) -> tuple[bool, Restituzione | None]:
    restituzione = interrogazioni.restituzione_di(accordo)
    return miei.vede_esiti(request.agente, accordo, restituzione), restituzione


@require_safe
def esiti(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Response rate, and the way to each section's results."""
    accordo = accordo_o_404(request, slug)
    vede, restituzione = _vede(request, accordo)
    coordina = permessi.coordina(request.agente, accordo)
    trovati = _esiti(accordo) if vede else None
    contesto: dict[str, Any] = {
        "accordo": accordo,
        "restituzione": restituzione,
        "coordina": coordina,
        "in_fase": fasi.in_fase(accordo, RESTITUZIONE),
        "in_rilevazione": fasi.in_fase(accordo, FASE),
        "esiti": trovati,
    }
    if trovati is None:
        return render(request, "questionari/esiti_attesa.html", contesto)
    lettura = None
    if restituzione is not None and restituzione.pubblicata_il and not coordina:
        lettura = interrogazioni.letture(accordo).filter(ente=request.agente.ente).first()
    contesto |= {
        "lettura": lettura,
        "puo_segnare": restituzione is not None
        and restituzione.pubblicata_il is not None
        and lettura is None
        and not coordina
        and permessi.partecipa(request.agente, accordo),
        "letture": interrogazioni.letture(accordo).count() if coordina else None,
        "sezioni": [
            (s, len(s.chieste), len(s.chieste) - riservate, riservate)
            for s in trovati.struttura.sezioni
            for riservate in [sum(d.riservatezza == RISERVATA for d in s.chieste)]
        ],
    }
    return render(request, "questionari/esiti.html", contesto)


@require_safe
def sezione(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """The results of one section, question by question."""
    accordo = accordo_o_404(request, slug)
    vede, restituzione = _vede(request, accordo)
    trovati = _esiti(accordo) if vede else None
    sezioni = list(trovati.struttura.sezioni) if trovati else []
    posto = next((i for i, s in enumerate(sezioni) if s.codice == codice), None)
    if trovati is None or posto is None:
        raise Http404
    return render(
        request,
        "questionari/esiti_sezione.html",
        {
            "accordo": accordo,
            "restituzione": restituzione,
            "sezioni": sezioni,
            "sezione": sezioni[posto],
            "posto": posto + 1,
            "esiti": trovati.sezione(sezioni[posto]),
            "precedente": sezioni[posto - 1] if posto else None,
            "successiva": sezioni[posto + 1] if posto + 1 < len(sezioni) else None,
        },
    )


def pubblica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Give the results back: a page that says what will happen, and the press."""
    accordo = accordo_o_404(request, slug)
    if not permessi.coordina(request.agente, accordo):
        raise Http404
    form = PubblicazioneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        servizi.pubblica_restituzione(accordo, da=request.agente, nota=form.cleaned_data["nota"])
        messages.success(request, "Esiti pubblicati: gli enti sono stati avvisati.")
        return redirect("questionari:esiti", slug=slug)
    restituzione = interrogazioni.restituzione_di(accordo)
    gia = restituzione is not None and restituzione.pubblicata_il is not None
    possibile = fasi.in_fase(accordo, RESTITUZIONE) and not gia
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": accordo,
            "titolo": "Pubblica gli esiti",
            "testo": "Gli esiti sono già pubblicati."
            if gia
            else "Gli esiti del questionario tornano a chi ha risposto."
            if possibile
            else "Gli esiti si pubblicano nella fase della restituzione.",
            "effetti": [
                "Tutti gli enti che partecipano all'accordo leggono gli esiti, domanda per domanda e ambito per ambito.",
                "Le risposte riservate non si vedono; le altre solo in gruppi di almeno "
                f"{accordo.soglia_aggregati} enti.",
                "La pubblicazione resta nel registro e non si ritira.",
            ]
            if possibile
            else [],
            "avvisati": "Referenti, rappresentanti e osservatori di tutti gli enti." if possibile else "",
            "form": form if possibile else None,
            "etichetta": "Pubblica gli esiti" if possibile else "",
            "url_annulla": reverse("questionari:esiti", args=[slug]),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def segna_letti(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """ "Ho letto gli esiti", for the body that the person acts for."""
    accordo = accordo_o_404(request, slug)
    vede, _ = _vede(request, accordo)
    if not vede or permessi.coordina(request.agente, accordo):
        raise Http404
    servizi.segna_letti(accordo, da=request.agente)
    messages.success(request, "Grazie: risulta che il tuo ente ha letto gli esiti.")
    return redirect("questionari:esiti", slug=slug)
