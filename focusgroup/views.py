"""The pages of the meetings."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.pdf import componi
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.motore import azioni
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile
from accordo.rilievi.forms import MotivazioneForm, RilievoForm
from accordo.rilievi.models import GenereFonte, Rilievo
from accordo.rilievi.servizi import DatiFonte, crea_rilievo
from focusgroup import calendario, interrogazioni, servizi
from focusgroup import permessi as miei
from focusgroup.forms import NuovaRiunioneForm, PresenzeForm, RispostaForm, RiunioneForm, VerbaleForm
from focusgroup.models import Convocazione, Riunione
from focusgroup.stati import StatoRiunione

FORMULARIO = ["GET", "HEAD", "POST"]
DA_PREPARARE = {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA}
DA_SCRIVERE = {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}


def _riunione(request: RichiestaAutenticata, accordo: Accordo, pk: int) -> Riunione:
    return get_object_or_404(interrogazioni.visibili_a(request.agente, accordo), pk=pk)


def _coordinata(request: RichiestaAutenticata, slug: str, pk: int) -> Riunione:
    return _riunione(request, accordo_coordinato(request, slug), pk)


def _stato(form: object) -> int:
    return 422 if getattr(form, "is_bound", False) else 200


@require_safe
def riunioni(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the meetings of all areas, each at its own pace."""
    accordo = accordo_visibile(request, slug)
    visibili = interrogazioni.visibili_a(request.agente, accordo)
    contesto = {
        "accordo": accordo,
        "riunioni": interrogazioni.con_conti(visibili),
        "altre": interrogazioni.vive(accordo).exclude(pk__in=visibili.values("pk")),
        "coordina": permessi.coordina(request.agente, accordo),
    }
    return render(request, "focusgroup/riunioni.html", contesto)


@require_safe
def riunione(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show one meeting: when, where, who, the agenda with its minutes, the findings that came out of it."""
    accordo = accordo_visibile(request, slug)
    trovata = _riunione(request, accordo, pk)
    convocazioni = list(interrogazioni.convocazioni(trovata))
    mia = next((c for c in convocazioni if request.agente.agisce_per(c.ente_id)), None)
    if mia is not None:
        mia.riunione = trovata
    coordina = permessi.coordina(request.agente, accordo)
    leggibile = trovata.stato in {StatoRiunione.VERBALE_PUBBLICATO, StatoRiunione.VERBALE_APPROVATO}
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "convocazioni": convocazioni,
        "presenti": sum(1 for c in convocazioni if c.presente),
        "punti": trovata.punti.all(),
        "mostra_verbale": leggibile or coordina,
        "mia": mia,
        "risponde": miei.risponde(request.agente, mia),
        "coordina": coordina,
        "azioni": azioni(trovata, request.agente),
        "si_prepara": coordina and trovata.stato in DA_PREPARARE,
        "si_scrive": coordina and trovata.stato in DA_SCRIVERE,
        "rilievi": Rilievo.objects.filter(
            accordo=accordo, fonti__genere=GenereFonte.RIUNIONE, fonti__riferimento=str(trovata.pk)
        ).distinct(),
    }
    return render(request, "focusgroup/riunione.html", contesto)


@require_http_methods(FORMULARIO)
def nuova(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Prepare a further meeting."""
    accordo = accordo_coordinato(request, slug)
    form = NuovaRiunioneForm(inviato(request), accordo=accordo)
    if request.method == "POST" and form.is_valid():
        creata = servizi.prepara_riunione(accordo, **form.cleaned_data, da=request.agente)
        return redirect(creata.url("prepara"))
    contesto = {
        "accordo": accordo,
        "form": form,
        "titolo": "Nuova riunione",
        "sommario": "Gli enti dell'ambito sono già nell'elenco dei convocati.",
        "salva": "Prepara la riunione",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=_stato(form))


@require_http_methods(FORMULARIO)
def prepara(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Set date, place and agenda."""
    trovata = _coordinata(request, slug, pk)
    form = RiunioneForm(inviato(request), riunione=trovata)
    if request.method == "POST" and form.is_valid():
        servizi.fissa_riunione(trovata, **form.dati(), da=request.agente)
        messages.success(request, "Data, luogo e ordine del giorno sono salvati.")
        return redirect(trovata)
    sommario = (
        "La riunione è già convocata: se cambi data o luogo avvisiamo gli enti, che rispondono di nuovo."
        if trovata.stato == StatoRiunione.CONVOCATA
        else "Poi convochi la riunione, e gli enti sono avvisati."
    )
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Data, luogo e ordine del giorno",
        "sommario": sommario,
        "salva": "Salva la riunione",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=_stato(form))


@require_http_methods(FORMULARIO)
def rispondi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Say whether the body comes, and who."""
    accordo = accordo_visibile(request, slug)
    trovata = _riunione(request, accordo, pk)
    convocazione = get_object_or_404(
        Convocazione.objects.select_related("riunione__accordo", "ente"),
        riunione=trovata,
        ente=request.agente.ente_id,
    )
    if not miei.risponde(request.agente, convocazione):
        raise Http404
    iniziali = {
        "risposta": convocazione.risposta,
        "partecipante": convocazione.partecipante or str(request.agente.utente),
        "qualifica": convocazione.qualifica,
    }
    form = RispostaForm(inviato(request), initial=iniziali)
    if request.method == "POST" and form.is_valid():
        servizi.rispondi_convocazione(convocazione, **form.cleaned_data, da=request.agente)
        messages.success(request, "La tua risposta è registrata. Puoi cambiarla fino alla riunione.")
        return redirect(trovata)
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Rispondi alla convocazione",
        "sommario": trovata.titolo,
        "salva": "Invia la risposta",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=_stato(form))


@require_http_methods(FORMULARIO)
def presenze(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Tick who is there."""
    trovata = _coordinata(request, slug, pk)
    if trovata.stato not in DA_SCRIVERE:
        raise Http404
    form = PresenzeForm(inviato(request), convocazioni=list(interrogazioni.convocazioni(trovata)))
    if request.method == "POST" and form.is_valid():
        servizi.registra_presenze(trovata, form.enti(), da=request.agente)
        messages.success(request, "Le presenze sono registrate.")
        return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Registro delle presenze",
        "sommario": "Segna gli enti man mano che arrivano.",
        "salva": "Salva le presenze",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=_stato(form))


@require_http_methods(FORMULARIO)
def verbale(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write the minutes; where somebody else wrote meanwhile both texts are shown, and nothing is lost."""
    trovata = _coordinata(request, slug, pk)
    if trovata.stato not in DA_SCRIVERE:
        raise Http404
    punti = list(trovata.punti.all())
    form = VerbaleForm(inviato(request), punti=punti)
    conflitti: list[servizi.Conflitto] = []
    if request.method == "POST" and form.is_valid():
        conflitti = servizi.scrivi_verbale(trovata, form.testi(), da=request.agente)
        if not conflitti:
            messages.success(request, "Il verbale è salvato.")
            return redirect(trovata)
        dati = request.POST.copy()
        for fresco in trovata.punti.all():
            dati[f"revisione_{fresco.pk}"] = str(fresco.revisione)
        form = VerbaleForm(dati, punti=punti)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "conflitti": conflitti,
        "titolo": "Verbale",
        "sommario": "Un testo per ogni punto. Attribuisci un intervento a una persona solo se è d'accordo.",
        "salva": "Salva il verbale",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=409 if conflitti else _stato(form))


@require_http_methods(FORMULARIO)
def passo(request: RichiestaAutenticata, slug: str, pk: int, verbo: str) -> HttpResponse:
    """Do one of the steps of the meeting's life, after a page that says what happens."""
    trovata = _coordinata(request, slug, pk)
    azione = next((a for a in azioni(trovata, request.agente) if a.transizione.verbo == verbo), None)
    if azione is None:
        raise Http404
    form = MotivazioneForm(inviato(request)) if azione.chiede_motivazione and azione.possibile else None
    if request.method == "POST" and (form is None or form.is_valid()):
        motivazione = form.cleaned_data["motivazione"] if form else ""
        servizi.muovi_riunione(trovata, verbo, da=request.agente, motivazione=motivazione)
        messages.success(request, f"{trovata.titolo}: ora è «{trovata.stato_in_parole.lower()}».")
        return redirect(trovata)
    quanti = trovata.convocazioni.count()
    avvisa = verbo in {"convoca", "pubblica_verbale"} or (
        verbo == "annulla" and trovata.stato == StatoRiunione.CONVOCATA
    )
    contesto = {
        "accordo": trovata.accordo,
        "titolo": azione.transizione.etichetta,
        "testo": trovata.titolo,
        "effetti": [_effetto(verbo)] if azione.possibile else [],
        "avvisati": f"Le persone dei {quanti} enti convocati, per e-mail."
        if avvisa and azione.possibile
        else "",
        "mancanze": azione.mancanze,
        "form": form,
        "etichetta": azione.transizione.etichetta if azione.possibile else "",
        "url_annulla": trovata.url(),
    }
    return render(request, "componenti/conferma.html", contesto, status=_stato(form))


def _effetto(verbo: str) -> str:
    return {
        "convoca": "Gli enti dell'ambito ricevono la convocazione e dicono se partecipano, e con chi.",
        "chiudi_riunione": "La riunione risulta svolta: non si cambiano più data e luogo, si scrive il verbale.",
        "pubblica_verbale": "Gli enti convocati leggono il verbale, che intanto non si cambia.",
        "approva_verbale": "Il verbale è fissato, con la sua impronta, e lo leggono tutti gli enti dell'accordo.",
        "riapri_verbale": "Il verbale torna in scrittura.",
        "annulla": "La riunione non si tiene. Resta nell'elenco, con il motivo.",
    }.get(verbo, "")


@require_http_methods(FORMULARIO)
def nuovo_rilievo(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a finding that comes out of this meeting, which is its evidence."""
    trovata = _coordinata(request, slug, pk)
    if trovata.stato in {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.ANNULLATA}:
        raise Http404
    form = RilievoForm(inviato(request), accordo=trovata.accordo, initial={"ambito": trovata.ambito_id})
    if request.method == "POST" and form.is_valid():
        fonte = DatiFonte(GenereFonte.RIUNIONE, trovata.titolo, str(trovata.pk))
        scritto = crea_rilievo(trovata.accordo, **form.cleaned_data, fonti=[fonte], da=request.agente)
        messages.success(request, f"Il rilievo {scritto.numero} è scritto.")
        return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Nuovo rilievo dalla riunione",
        "sommario": "Una cosa emersa nella riunione, in una frase, con l'obiettivo a cui serve.",
        "salva": "Salva il rilievo",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=_stato(form))


@require_safe
def file_ics(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Return the meeting for one's own calendar."""
    trovata = _riunione(request, accordo_visibile(request, slug), pk)
    if trovata.inizio is None:
        raise Http404
    contenuto = calendario.ics(trovata, request.build_absolute_uri(trovata.url()))
    nome = f"{slugify(trovata.titolo)}.ics"
    return HttpResponse(
        contenuto,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nome}"'},
    )


@require_safe
def verbale_pdf(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Return the minutes as PDF, once they are there to be read."""
    accordo = accordo_visibile(request, slug)
    trovata = _riunione(request, accordo, pk)
    leggibile = {StatoRiunione.VERBALE_PUBBLICATO, StatoRiunione.VERBALE_APPROVATO}
    if trovata.stato not in leggibile and not permessi.coordina(request.agente, accordo):
        raise Http404
    approvato = trovata.stato == StatoRiunione.VERBALE_APPROVATO
    contesto = {
        "riunione": trovata,
        "accordo": accordo,
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.titolo,
        "marca": "" if approvato else "Verbale non ancora approvato",
        "piede": f"SHA-256 {trovata.impronta}" if approvato else "",
        "presenti": [c for c in interrogazioni.convocazioni(trovata) if c.presente],
        "punti": trovata.punti.all(),
    }
    pdf = componi(
        "stampa/verbale.html",
        contesto,
        titolo=f"Verbale: {trovata.titolo}",
        creato=trovata.verbale_approvato_il,
    )
    nome = f"verbale-{slugify(trovata.titolo)}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{nome}"'}
    )
