"""A body's page: what it has to do, its act, its signature, its story; and the steps it takes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.approvazione import interrogazioni_firme, permessi, servizi
from accordo.approvazione.firme import DA_VERIFICARE_ALTROVE
from accordo.approvazione.forms import AttoForm, IstruttoriaForm, MotivazioneForm, OsservazioniForm
from accordo.approvazione.models import Approvazione, Passaggio, TipoPassaggio
from accordo.approvazione.prossimo import prossimo
from accordo.approvazione.requisiti import atto_del_testo_definitivo
from accordo.approvazione.riapertura import riapertura
from accordo.approvazione.views.comuni import (
    FORMULARIO,
    approvazione_seguita,
    approvazione_visibile,
    scelta_versioni,
)
from accordo.base import allegati
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.enti.agente import Agente
from accordo.enti.models import TipoEnte
from accordo.iter.frasi import frase
from accordo.iter.models import Evento
from accordo.iter.motore import azioni
from accordo.iter.permessi import coordina


@require_safe
def ente(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """The body's page."""
    approvazione = approvazione_visibile(request, slug, ente)
    verbi = {azione.transizione.verbo: azione for azione in azioni(approvazione, request.agente)}
    storia = Evento.objects.filter(
        accordo=approvazione.accordo,
        oggetto_tipo="approvazione.approvazione",
        oggetto_id=str(approvazione.pk),
    ).order_by("-numero")
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "documento": approvazione.documento,
        "atto": approvazione.atto,
        "lettere": approvazione.comunicazioni.select_related("scritta_da"),
        "passaggi": _passaggi(approvazione),
        "registra_passaggi": permessi.registra_passaggi(request.agente, approvazione),
        "recesso": approvazione.recesso_registrato,
        "atti_precedenti": [atto for atto in approvazione.atti.all() if atto.sostituito_il],
        "firma": approvazione.firmata,
        "difetti": list(atto_del_testo_definitivo(approvazione)) if approvazione.atto else [],
        "verbi": verbi,
        "segue": permessi.segue(request.agente, approvazione),
        "firma_la_persona": permessi.firma(request.agente, approvazione),
        "coordina": coordina(request.agente, approvazione.accordo),
        "storia": [(evento, frase(evento)) for evento in storia],
        "da_verificare": DA_VERIFICARE_ALTROVE,
        "prossimo": prossimo(approvazione, request.agente),
        "prima_le_lettere": approvazione.stato in ("rinviato", "non_approvato"),
        "riapertura": riapertura(approvazione.accordo, request.agente),
        "turno": interrogazioni_firme.turno_aperto(approvazione.documento),
    }
    return render(request, "approvazione/ente.html", contesto)


def _passaggi(approvazione: Approvazione) -> list[tuple[str, str, Passaggio | None]]:
    """The optional steps of a Prefettura, each with what was written down of it; nothing for other bodies."""
    if approvazione.ente.tipo != TipoEnte.PREFETTURA:
        return []
    fatti = {p.tipo: p for p in approvazione.passaggi.filter(sostituito_il__isnull=True)}
    return [(tipo.value, str(tipo.label), fatti.get(tipo.value)) for tipo in TipoPassaggio]


@require_http_methods(FORMULARIO)
def atto(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Register the act, or correct it."""
    approvazione = approvazione_seguita(request, slug, ente)
    if approvazione.stato not in {"in_attesa", "in_istruttoria", "rinviato", "approvato"}:
        raise Http404
    versioni = scelta_versioni(approvazione.accordo)
    form = AttoForm(inviato(request), request.FILES or None, approvazione=approvazione, versioni=versioni)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            registrato = servizi.registra_atto(approvazione, da=request.agente, **form.per_il_servizio())
            messages.success(request, f"Atto registrato: {registrato}.")
            return redirect(approvazione)
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "form": form,
        "correzione": approvazione.atto is not None,
    }
    return render(request, "approvazione/atto.html", contesto, status=422 if form.is_bound else 200)


@dataclass(frozen=True, slots=True)
class Passo:
    """A step that is confirmed on a page of its own."""

    verbi: tuple[str, ...]
    titolo: str
    testo: str
    effetti: tuple[str, ...]
    avvisati: str
    form: type[IstruttoriaForm] | type[MotivazioneForm]
    esegui: Callable[[Approvazione, IstruttoriaForm | MotivazioneForm, Agente], object]
    fatto: str


PASSI = {
    "istruttoria": Passo(
        verbi=("avvia_istruttoria", "riprendi_istruttoria"),
        titolo="Avvia l'istruttoria",
        testo="Gli uffici cominciano a preparare l'atto.",
        effetti=("Nel quadro gli altri enti leggono «In istruttoria».", "Poi potrai registrare l'atto."),
        avvisati="",
        form=IstruttoriaForm,
        esegui=lambda a, f, da: servizi.avvia_istruttoria(a, organo=f.cleaned_data["organo"], da=da),
        fatto="Istruttoria avviata.",
    ),
    "rinvio": Passo(
        verbi=("rinvia",),
        titolo="Rinvia con osservazioni",
        testo="L'ente non approva il testo così com'è e chiede di rivedere qualcosa.",
        effetti=(
            "Le osservazioni arrivano a chi coordina, che risponde o riapre il testo.",
            "Puoi riprendere l'istruttoria quando vuoi.",
        ),
        avvisati="Chi coordina l'accordo, per e-mail.",
        form=OsservazioniForm,
        esegui=lambda a, f, da: servizi.rinvia(a, motivazione=f.cleaned_data["motivazione"], da=da),
        fatto="Testo rinviato con osservazioni.",
    ),
    "non-approvazione": Passo(
        verbi=("non_approvare",),
        titolo="Comunica che l'ente non approva",
        testo="Senza questa approvazione l'accordo non può essere sottoscritto da tutti.",
        effetti=(
            "Nel quadro gli altri enti leggono «Non approvato».",
            "Puoi riprendere l'istruttoria quando vuoi.",
        ),
        avvisati="Chi coordina l'accordo, per e-mail.",
        form=OsservazioniForm,
        esegui=lambda a, f, da: servizi.non_approvare(a, motivazione=f.cleaned_data["motivazione"], da=da),
        fatto="Mancata approvazione registrata.",
    ),
}


@require_http_methods(FORMULARIO)
def passo(request: RichiestaAutenticata, slug: str, ente: str, nome: str) -> HttpResponse:
    """Confirm a step: start of the work, return with remarks, refusal."""
    approvazione = approvazione_seguita(request, slug, ente)
    scelto = PASSI[nome]
    possibili = {azione.transizione.verbo for azione in azioni(approvazione, request.agente)}
    if not possibili.intersection(scelto.verbi):
        raise Http404
    iniziali = {"organo": approvazione.organo} if scelto.form is IstruttoriaForm else {}
    form = scelto.form(inviato(request), initial=iniziali)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            scelto.esegui(approvazione, form, request.agente)
            messages.success(request, scelto.fatto)
            return redirect(approvazione)
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "titolo": scelto.titolo,
        "testo": scelto.testo,
        "effetti": scelto.effetti,
        "avvisati": scelto.avvisati,
        "form": form,
        "etichetta": scelto.titolo,
        "url_annulla": approvazione.get_absolute_url(),
    }
    return render(request, "approvazione/passo.html", contesto, status=422 if form.is_bound else 200)


@require_safe
def atto_file(request: RichiestaAutenticata, slug: str, ente: str, pk: int) -> FileResponse:
    """The file of an act, in force or replaced."""
    approvazione = approvazione_visibile(request, slug, ente)
    trovato = approvazione.atti.filter(pk=pk).first()
    if trovato is None:
        raise Http404
    return allegati.servi(
        trovato.file, f"atto-{approvazione.ente.codice}-{trovato.data:%Y-%m-%d}.{trovato.estensione}"
    )
