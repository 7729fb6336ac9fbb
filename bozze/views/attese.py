"""The pages of what waits for an answer: a reformulation put to its proposer, an amendment whose target changed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.motore import cosa_manca
from accordo.iter.permessi import coordina
from bozze.forms.emendamenti import MotivazioneForm
from bozze.forms.esame import RiportoForm, RispostaRiformulazioneForm
from bozze.interrogazioni import attese
from bozze.interrogazioni.emendamenti import testo_di
from bozze.interrogazioni.redline import righe_cambiate
from bozze.models import Riformulazione, Riporto
from bozze.servizi import riformulazioni, riporti
from bozze.stati_esame import VITA_RIFORMULAZIONE, VITA_RIPORTO, StatoRiformulazione, StatoRiporto
from bozze.testo.confronto import confronta_parole
from bozze.testo.operazioni import da_dati
from bozze.testo.riporto import superstite
from bozze.views.comuni import accordo_di, contesto, in_parole, inviati

PER_PAGINA = 30


def _rappresenta(agente: Agente, oggetto: Riformulazione | Riporto) -> bool:
    return agente.ha(Ruolo.RAPPRESENTANTE) and agente.agisce_per(oggetto.ente.pk)


# ---------------------------------------------------------------------------------------------- a reformulation
@require_http_methods(["GET", "POST"])
def riformulazione(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Both wordings as redline; whoever represents the proposer says whether the body agrees."""
    accordo, agente = accordo_di(request, slug)
    visibili = attese.riformulazioni_visibili_a(agente, accordo).select_related("versione")
    proposta = get_object_or_404(visibili, pk=pk)
    rappresenta = _rappresenta(agente, proposta)
    accetta = "accetta" in request.POST
    form = RispostaRiformulazioneForm(inviati(request), accetta=accetta)
    if request.method == "POST":
        if not rappresenta:
            raise Http404
        if form.is_valid():
            risposta = form.cleaned_data["risposta"]
            try:
                if accetta:
                    riformulazioni.accetta_riformulazione(proposta, risposta, da=agente)
                    messages.success(request, "Il tuo ente ha accettato la riformulazione.")
                else:
                    riformulazioni.rifiuta_riformulazione(proposta, risposta, da=agente)
                    messages.success(
                        request, "La risposta è arrivata a chi coordina: l'emendamento resta com'era."
                    )
            except ErroreDominio as errore:
                form.add_error(None, in_parole(errore))
            else:
                return redirect(proposta)
    emendamento = proposta.emendamento
    testo = testo_di(proposta.versione)
    aperta = proposta.stato == StatoRiformulazione.PROPOSTA
    transizione = VITA_RIFORMULAZIONE.trova("accetta_riformulazione", proposta.stato)
    mancanze = cosa_manca(proposta, transizione) if transizione else ()
    dati = contesto(
        accordo,
        proposta=proposta,
        emendamento=emendamento,
        com_era=righe_cambiate(testo, [da_dati(d) for d in emendamento.operazioni], emendamento.sezione_id),
        come_sarebbe=righe_cambiate(testo, [da_dati(d) for d in proposta.operazioni], emendamento.sezione_id),
        form=form if aperta and rappresenta and not proposta.scaduto else None,
        mancanze=mancanze,
        aperta=aperta,
        rappresenta=rappresenta,
        coordina=coordina(agente, accordo),
    )
    return render(request, "bozze/esame/riformulazione.html", dati, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def ritira(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Take a reformulation back, with a reason."""
    accordo, agente = accordo_di(request, slug)
    if not coordina(agente, accordo):
        raise Http404
    proposta = get_object_or_404(attese.riformulazioni_visibili_a(agente, accordo), pk=pk)
    if proposta.stato != StatoRiformulazione.PROPOSTA:
        return redirect(proposta)
    form = MotivazioneForm(inviati(request))
    emendamento = proposta.emendamento
    banco = reverse("bozze:esame_articolo", args=[slug, emendamento.sezione_id]) + f"?apri={emendamento.pk}"
    if request.method == "POST" and form.is_valid():
        riformulazioni.ritira_riformulazione(proposta, form.cleaned_data["motivazione"], da=agente)
        messages.success(request, f"Riformulazione ritirata: il {emendamento.sigla} è di nuovo da decidere.")
        return redirect(banco)
    pagina = contesto(
        accordo,
        titolo=f"Ritira la riformulazione del {emendamento.sigla}",
        percorso=[("Esame", reverse("bozze:esame", args=[slug])), (emendamento.sezione_nome, banco)],
        disposto=proposta.righe_disposto,
        titolo_disposto="Le parole che avevi proposto",
        effetti=[f"L'emendamento {emendamento.sigla} torna fra quelli da decidere, come è stato presentato."],
        avvisati=f"Le persone di {emendamento.ente.denominazione}, con un messaggio.",
        form=form,
        etichetta="Ritira la riformulazione",
        url_annulla=proposta.get_absolute_url(),
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina, status=422 if form.errors else 200)


# ---------------------------------------------------------------------------------------------- what waits
@require_GET
def elenco(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """What waits for an answer: of one's own body, or of all for who coordinates."""
    accordo, agente = accordo_di(request, slug)
    fermi = attese.riporti_visibili_a(agente, accordo).filter(stato=StatoRiporto.IN_ATTESA)
    proposte = attese.riformulazioni_visibili_a(agente, accordo)
    pagina = Paginator(fermi, PER_PAGINA).get_page(request.GET.get("page"))
    dati = contesto(
        accordo,
        page_obj=pagina,
        proposte=proposte.filter(stato=StatoRiformulazione.PROPOSTA)[:PER_PAGINA],
        rifiutate=proposte.filter(
            stato=StatoRiformulazione.RIFIUTATA, emendamento__stato__in=("presentato", "accantonato")
        ).order_by("-risposta_il")[:PER_PAGINA],
        coordina=coordina(agente, accordo),
    )
    return render(request, "bozze/esame/attese.html", dati)


@require_http_methods(["GET", "POST"])
def riporto(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """The old target, the new one and the amendment; who may, says what becomes of it."""
    accordo, agente = accordo_di(request, slug)
    fermo = get_object_or_404(attese.riporti_visibili_a(agente, accordo), pk=pk)
    ritrovate = riporti.operazioni_ritrovate(fermo) if fermo.stato == StatoRiporto.IN_ATTESA else None
    rappresenta, guida = _rappresenta(agente, fermo), coordina(agente, accordo)
    tocca_a_chi_guida = guida and not rappresenta and fermo.scaduto
    puo = fermo.stato == StatoRiporto.IN_ATTESA and (rappresenta or tocca_a_chi_guida)
    form = RiportoForm(
        inviati(request),
        coordina=tocca_a_chi_guida,
        si_ritrova=ritrovate is not None,
        privato=fermo.emendamento.privato,
    )
    if request.method == "POST":
        if not rappresenta and not guida:
            raise Http404
        if form.is_valid():
            try:
                _rispondi(fermo, form.cleaned_data, agente)
            except ErroreDominio as errore:
                form.add_error(None, in_parole(errore))
            else:
                messages.success(request, "Fatto: l'emendamento non è più in attesa.")
                return redirect("bozze:riporti", slug=slug)
    dati = contesto(
        accordo,
        riporto=fermo,
        emendamento=fermo.emendamento,
        **_testi(fermo),
        sul_nuovo=righe_cambiate(testo_di(fermo.alla), ritrovate, fermo.emendamento.sezione_id)
        if ritrovate
        else [],
        ritrovate=ritrovate is not None,
        mancanze=cosa_manca(fermo, VITA_RIPORTO.transizioni[0]) if puo else (),
        form=form if puo else None,
        rappresenta=rappresenta,
        coordina=guida,
        aperto=fermo.stato == StatoRiporto.IN_ATTESA,
        riscrive=rappresenta and puo and superstite_di(fermo) is not None,
    )
    return render(request, "bozze/esame/riporto.html", dati, status=422 if form.errors else 200)


def superstite_di(fermo: Riporto) -> str | None:
    """Return the disposition on which the amendment can be written again."""
    return superstite(testo_di(fermo.dalla), testo_di(fermo.alla), fermo.emendamento.disposizione_id)


def _rispondi(fermo: Riporto, dati: dict[str, Any], agente: Agente) -> None:
    if dati["scelta"] == "conferma":
        riporti.conferma_riporto(fermo, dati["motivazione"], da=agente)
    else:
        esito = "" if dati["scelta"] == "ritira" else dati["scelta"]
        riporti.chiudi_riporto(fermo, dati["motivazione"], esito, da=agente)


def _testi(fermo: Riporto) -> dict[str, Any]:
    """Return the old target as the amendment wanted it, the new one, and what changed between them."""
    emendamento = fermo.emendamento
    prima, dopo = testo_di(fermo.dalla), testo_di(fermo.alla)
    vecchio, nuovo = prima.trova(emendamento.disposizione_id), dopo.trova(emendamento.disposizione_id)
    parole_prima = (vecchio.testo or vecchio.rubrica) if vecchio else ""
    parole_dopo = (nuovo.testo or nuovo.rubrica) if nuovo else ""
    return {
        "proposto": righe_cambiate(
            prima, [da_dati(d) for d in emendamento.operazioni], emendamento.sezione_id
        ),
        "parole_prima": parole_prima,
        "cambiate": confronta_parole(parole_prima, parole_dopo) if nuovo else (),
        "sparita": nuovo is None,
    }
