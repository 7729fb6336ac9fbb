"""Signing: the page that guides, the file to sign, what comes back; the way chosen and the turns."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accordo.approvazione import interrogazioni, interrogazioni_firme, permessi, servizi
from accordo.approvazione.firme import DA_VERIFICARE_ALTROVE, FirmaRifiutata
from accordo.approvazione.forms import FirmaForm, MotivazioneForm
from accordo.approvazione.forms.regola import ProlungaForm, RegolaForm
from accordo.approvazione.models import DocumentoFinale, Turno
from accordo.approvazione.requisiti import atto_del_testo_definitivo
from accordo.approvazione.views.comuni import (
    accordo_leggibile,
    approvazione_da_firmare,
    approvazione_visibile,
)
from accordo.base import allegati
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import Richiesta, RichiestaAutenticata, inviato
from accordo.base.templatetags.ui import data
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile

FORMULARIO = ["GET", "HEAD", "POST"]


@require_http_methods(FORMULARIO)
def firma(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Upload the signed text; what is not a signature of it is refused with its reason."""
    approvazione = approvazione_da_firmare(request, slug, ente)
    if approvazione.stato != "approvato":
        raise Http404
    regola = interrogazioni_firme.regola(approvazione.accordo)
    turno = interrogazioni_firme.turno_aperto(approvazione.documento) if regola.a_turno else None
    form = FirmaForm(inviato(request), request.FILES or None, a_turno=regola.a_turno)
    if request.method == "POST" and form.is_valid():
        try:
            firmato = servizi.registra_firma(approvazione, da=request.agente, **form.cleaned_data)
        except FirmaRifiutata as rifiuto:
            form.add_error("file", rifiuto.testo)
        except servizi.FirmatarioDiverso as diverso:
            form.fields["spiegazione"].label = "Perché non ha firmato chi rappresenta l'ente"
            form.add_error("spiegazione", f"{diverso.testo} Scrivi perché, e scegli di nuovo il file.")
        else:
            messages.success(request, f"Firma registrata: {firmato.firmatari}.")
            return redirect(approvazione)
    suo = turno is not None and turno.approvazione_id == approvazione.pk
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "documento": approvazione.documento,
        "atto": approvazione.atto,
        "difetti": list(atto_del_testo_definitivo(approvazione)),
        "regola": regola,
        "turno": turno,
        "tocca_a_me": suo and turno is not None and not turno.scaduto,
        "turno_perso": suo and turno is not None and turno.scaduto,
        "coda": _posto_in_coda(approvazione.documento, approvazione.pk) if regola.a_turno else 0,
        "attesi": interrogazioni_firme.chi_firma(approvazione.ente),
        "form": form,
        "da_verificare": DA_VERIFICARE_ALTROVE,
    }
    return render(request, "approvazione/firma.html", contesto, status=422 if form.is_bound else 200)


def _posto_in_coda(documento: DocumentoFinale, pk: int) -> int:
    """The body's place among those that can sign, the holder of the turn first; 0 if it is not among them."""
    posti = [riga.pk for riga in interrogazioni_firme.coda(documento)]
    return posti.index(pk) + 1 if pk in posti else 0


@require_safe
def da_firmare(request: RichiestaAutenticata, slug: str, ente: str) -> FileResponse:
    """The file to sign: the frozen text, or the revision that was handed out for this body's turn."""
    approvazione = approvazione_da_firmare(request, slug, ente)
    accordo = approvazione.accordo
    nome = f"accordo-{accordo.slug}-da-firmare-{approvazione.ente.codice}.pdf"
    if not interrogazioni_firme.a_turno(accordo):
        return allegati.servi(approvazione.documento.pdf, nome)
    turno = interrogazioni_firme.turno_aperto(approvazione.documento)
    if turno is None or turno.approvazione_id != approvazione.pk:
        raise Http404
    return allegati.servi(
        turno.firma_precedente.file if turno.firma_precedente else approvazione.documento.pdf, nome
    )


@require_safe
def firma_file(request: RichiestaAutenticata, slug: str, ente: str) -> FileResponse:
    """The signed file, as it came."""
    firmata = approvazione_visibile(request, slug, ente).firmata
    if firmata is None:
        raise Http404
    return allegati.servi(firmata.file, firmata.nome_per_scaricare)


@login_not_required
@require_safe
def accordo_firmato(request: Richiesta, slug: str) -> FileResponse:
    """The one file with all signatures: for whoever works on the accord, for everybody once it is signed."""
    accordo = accordo_leggibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    firmato = interrogazioni_firme.accordo_firmato(documento) if documento else None
    if firmato is None:
        raise Http404
    return allegati.servi(firmato.file, firmato.nome_per_scaricare)


# ---------------------------------------------------------------------------------------------- the way, the turns
@require_http_methods(FORMULARIO)
def regola(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Choose how the bodies sign, before phase 8."""
    accordo = accordo_coordinato(request, slug)
    if fasi.fase_raggiunta(accordo, "approvazione"):
        raise Http404
    attuale = interrogazioni_firme.regola(accordo)
    iniziali = {"modo": attuale.modo, "giorni_turno": attuale.giorni_turno}
    form = RegolaForm(inviato(request), initial=iniziali)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            scelta = servizi.scegli_regola(accordo, da=request.agente, **form.cleaned_data)
            messages.success(request, f"Gli enti firmeranno così: {scelta.get_modo_display().lower()}.")
            return redirect("approvazione:quadro", slug=slug)
    contesto = _conferma(
        accordo,
        "Scegli come si firma",
        "Si può cambiare finché non comincia l'iter di approvazione.",
        effetti=(
            "In parallelo nessuno aspetta: ogni ente firma la sua copia del testo (di regola .p7m) e il portale mette tutte le "
            "firme in un solo file.",
            "A turno c'è un solo PDF: chi ha il turno lo scarica, lo firma e lo carica, poi tocca al prossimo.",
        ),
        form=form,
        etichetta="Salva come si firma",
    )
    return render(request, "approvazione/turno.html", contesto, status=422 if form.is_bound else 200)


def _turno(request: RichiestaAutenticata, slug: str) -> tuple[Accordo, DocumentoFinale, Turno]:
    accordo = accordo_coordinato(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    turno = interrogazioni_firme.turno_aperto(documento) if documento else None
    if documento is None or turno is None:
        raise Http404
    return accordo, documento, turno


@require_http_methods(FORMULARIO)
def prolunga(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Give who holds the turn more days."""
    accordo, documento, turno = _turno(request, slug)
    form = ProlungaForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.prolunga_turno(documento, da=request.agente, **form.cleaned_data)
            messages.success(request, "Turno prolungato.")
            return redirect("approvazione:quadro", slug=slug)
    contesto = _conferma(
        accordo,
        "Prolunga il turno di firma",
        f"Ha il turno {turno.approvazione.ente.denominazione}, fino a {data(turno.scade_il)}.",
        effetti=(
            "L'ente può firmare fino al nuovo giorno.",
            "La proroga e il suo motivo restano nel registro.",
        ),
        avvisati=f"Chi rappresenta {turno.approvazione.ente.denominazione}, per e-mail.",
        form=form,
        etichetta="Prolunga il turno",
    )
    return render(request, "approvazione/turno.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def passa(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Hand the turn to the next body."""
    accordo, documento, turno = _turno(request, slug)
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.passa_turno(documento, motivazione=form.cleaned_data["motivazione"], da=request.agente)
            messages.success(request, "Il turno è passato all'ente che viene dopo.")
            return redirect("approvazione:quadro", slug=slug)
    contesto = _conferma(
        accordo,
        "Passa il turno al prossimo ente",
        f"Ha il turno {turno.approvazione.ente.denominazione}, fino a {data(turno.scade_il)}.",
        effetti=(
            "Un file che l'ente carica da adesso in poi è rifiutato.",
            "L'ente torna in fondo alla fila: avrà un altro turno.",
        ),
        avvisati="Chi rappresenta l'ente che viene dopo, per e-mail.",
        form=form,
        etichetta="Passa il turno",
    )
    return render(request, "approvazione/turno.html", contesto, status=422 if form.is_bound else 200)


@require_POST
def aggiorna_turno(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Let an expired turn pass on: asked by a body that waits, or by who leads."""
    accordo = accordo_visibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    propria = interrogazioni.attuale_di(request.agente, accordo)
    guida = permessi.coordina(request.agente, accordo)
    if documento is None or not (guida or (propria is not None and permessi.firma(request.agente, propria))):
        raise Http404
    passato = servizi.aggiorna_turno(documento)
    messages.info(
        request,
        "Il turno scaduto è passato all'ente che viene dopo." if passato else "Nessun turno è scaduto.",
    )
    return redirect("approvazione:quadro", slug=slug)


def _conferma(
    accordo: Accordo,
    titolo: str,
    testo: str,
    *,
    effetti: tuple[str, ...],
    form: RegolaForm | ProlungaForm | MotivazioneForm,
    etichetta: str,
    avvisati: str = "",
) -> dict[str, object]:
    return {
        "accordo": accordo,
        "titolo": titolo,
        "testo": testo,
        "effetti": effetti,
        "avvisati": avvisati,
        "form": form,
        "etichetta": etichetta,
        "url_annulla": reverse("approvazione:quadro", args=[accordo.slug]),
    }
