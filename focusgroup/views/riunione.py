"""The pages of the meetings."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base import orologio
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.forms import MotivazioneForm
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo
from accordo.iter.motore import Azione, azioni
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile
from focusgroup import interrogazioni, servizi
from focusgroup import permessi as miei
from focusgroup.forms import NuovaRiunioneForm, RiunioneForm
from focusgroup.models import Priorita, Riunione, Sondaggio
from focusgroup.quorum import numeri
from focusgroup.servizi.ordine import MODIFICABILE
from focusgroup.sovrapposizioni import Periodo, impronta_periodi, sovrapposizioni
from focusgroup.stati import StatoRiunione
from focusgroup.stati_verbale import StatoCorrezione
from focusgroup.views.comuni import (
    DA_PREPARARE,
    DA_SCRIVERE,
    FORMULARIO,
    briciole,
    riunione_coordinata,
    riunione_visibile,
    stato_http,
)


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
        "ambiti": interrogazioni.stato_ambiti(accordo.pk, _ambiti(accordo)),
    }
    return render(request, "focusgroup/riunioni.html", contesto)


def _ambiti(accordo: Accordo) -> dict[int, tuple[str, str]]:
    """The areas of the bodies consulted: each has a path of its own."""
    righe = enti_consultati(accordo).values_list("ente__ambito", "ente__ambito__codice", "ente__ambito__nome")
    return {chiave: (codice, nome) for chiave, codice, nome in righe}


@require_safe
def riunione(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show one meeting: when, where, who, the agenda with its minutes, the findings that came out of it."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    convocazioni = list(interrogazioni.convocazioni(trovata).select_related("ente", "presenza"))
    mia = next((c for c in convocazioni if request.agente.agisce_per(c.ente_id)), None)
    if mia is not None:
        mia.riunione = trovata
    coordina = permessi.coordina(request.agente, accordo)
    passi = azioni(trovata, request.agente)
    leggibile = trovata.stato in {StatoRiunione.VERBALE_PUBBLICATO, StatoRiunione.VERBALE_APPROVATO}
    sondaggio = interrogazioni.sondaggio_aperto(trovata)
    correzioni = list(interrogazioni.correzioni(trovata).values_list("stato", flat=True))
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "convocazioni": convocazioni,
        "presenti": sum(1 for c in convocazioni if c.presente),
        "numeri": numeri(trovata, convocazioni),
        "motivo": interrogazioni.motivo(trovata),
        "punti": interrogazioni.punti_da_leggere(trovata),
        "sondaggio": sondaggio,
        "dice_le_date": _dice_le_date(request, sondaggio),
        "mostra_verbale": leggibile or coordina,
        "mia": mia,
        "risponde": miei.risponde(request.agente, mia),
        "coordina": coordina,
        "azioni": passi,
        "primo": _da_fare_adesso(trovata, passi) if coordina else "",
        "si_prepara": coordina and trovata.stato in DA_PREPARARE,
        "si_scrive": coordina and trovata.stato in DA_SCRIVERE,
        "rilievi": interrogazioni.rilievi_emersi(trovata, request.agente),
        "allegati": interrogazioni.allegati(trovata),
        "correzioni": len(correzioni),
        "da_esaminare": correzioni.count(StatoCorrezione.CHIESTA),
        "convocato": coordina or mia is not None,
        "priorita": Priorita.objects.filter(riunione=trovata).first(),
        "in_lettura": trovata.stato == StatoRiunione.VERBALE_PUBBLICATO,
        "ordine_modificabile": coordina and trovata.stato in MODIFICABILE,
        "approvata": trovata.versioni.filter(approvata=True).first(),
    }
    return render(request, "focusgroup/riunione.html", contesto)


def _dice_le_date(request: RichiestaAutenticata, sondaggio: Sondaggio | None) -> bool:
    """Whether the person's body is asked which dates suit and has not said."""
    if sondaggio is None or not sondaggio.in_corso:
        return False
    if not miei.risponde_al_sondaggio(request.agente, sondaggio):
        return False
    return not sondaggio.risposte.filter(ente=request.agente.ente).exists()


def _da_fare_adesso(riunione: Riunione, passi: Sequence[Azione]) -> str:
    """Return the page that the coordinator needs next, while the meeting cannot go on by itself."""
    if any(p.possibile and not p.chiede_motivazione for p in passi):
        return ""
    if riunione.stato == StatoRiunione.IN_PREPARAZIONE and riunione.inizio is None:
        return "date"
    if riunione.stato == StatoRiunione.CONVOCATA and riunione.inizio:
        return "presenze" if localtime(riunione.inizio).date() <= orologio.oggi() else ""
    return "verbale" if riunione.stato == StatoRiunione.SVOLTA else ""


@require_http_methods(FORMULARIO)
def nuova(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Prepare a further meeting."""
    accordo = accordo_coordinato(request, slug)
    form = NuovaRiunioneForm(inviato(request), accordo=accordo, codice=request.GET.get("ambito", ""))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            creata = servizi.prepara_riunione(accordo, **form.cleaned_data, da=request.agente)
            return redirect(creata.url("prepara"))
    contesto = {
        "accordo": accordo,
        "form": form,
        "titolo": "Nuova riunione",
        "sommario": "Gli enti dell'ambito sono già nell'elenco dei convocati.",
        "salva": "Prepara la riunione",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def prepara(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Set date, place and agenda."""
    trovata = riunione_coordinata(request, slug, pk)
    form = RiunioneForm(inviato(request), riunione=trovata)
    avvisi: list[str] = []
    conferma = ""
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            dati = form.dati()
            fine = dati["inizio"] + timedelta(minutes=dati["durata_minuti"])
            periodo = Periodo(dati["inizio"], fine)
            conferma = impronta_periodi([periodo])
            [avvisi] = sovrapposizioni(trovata, [periodo])
            convocata = trovata.stato == StatoRiunione.CONVOCATA
            spostata = trovata.inizio != dati["inizio"]
            if not (avvisi and convocata and spostata) or request.POST.get("confermo") == conferma:
                servizi.fissa_riunione(trovata, **dati, da=request.agente)
                messages.success(request, "Data, luogo e ordine del giorno sono salvati.")
                for frase in avvisi if not convocata else ():
                    messages.warning(request, frase)
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
        "salva": "Salva lo stesso" if avvisi else "Salva la riunione",
        "avvisi": avvisi,
        "conferma": conferma,
    }
    return render(request, "focusgroup/modulo.html", contesto, status=409 if avvisi else stato_http(form))


@require_http_methods(FORMULARIO)
def passo(request: RichiestaAutenticata, slug: str, pk: int, verbo: str) -> HttpResponse:
    """Do one of the steps of the meeting's life, after a page that says what happens."""
    trovata = riunione_coordinata(request, slug, pk)
    azione = next((a for a in azioni(trovata, request.agente) if a.transizione.verbo == verbo), None)
    if azione is None:
        raise Http404
    form = MotivazioneForm(inviato(request)) if azione.chiede_motivazione and azione.possibile else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with nel_modulo(form):
            motivazione = form.cleaned_data["motivazione"] if form else ""
            servizi.muovi_riunione(trovata, verbo, da=request.agente, motivazione=motivazione)
            messages.success(request, f"{trovata.titolo}: ora è «{trovata.stato_in_parole.lower()}».")
            return redirect(trovata)
    quanti = trovata.convocazioni.count()
    avvisa = verbo in {"convoca", "pubblica_verbale"} or (
        verbo == "annulla"
        and (trovata.stato == StatoRiunione.CONVOCATA or interrogazioni.sondaggio_aperto(trovata) is not None)
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
        "briciole": briciole(trovata),
    }
    if verbo == "convoca" and azione.possibile and trovata.inizio and trovata.fine:
        [contesto["avvisi"]] = sovrapposizioni(trovata, [Periodo(trovata.inizio, trovata.fine)])
    return render(request, "focusgroup/passo.html", contesto, status=stato_http(form))


def _effetto(verbo: str) -> str:
    return {
        "convoca": "Gli enti dell'ambito ricevono la convocazione e dicono se partecipano, e con chi.",
        "chiudi_riunione": "La riunione risulta svolta: non si cambiano più data e luogo, si scrive il verbale.",
        "pubblica_verbale": "Gli enti convocati leggono il verbale, che intanto non si cambia.",
        "approva_verbale": "Il verbale è fissato, con la sua impronta, e lo leggono tutti gli enti dell'accordo.",
        "riapri_verbale": "Il verbale torna in scrittura.",
        "annulla": "La riunione non si tiene. Resta nell'elenco, con il motivo. I rilievi che ne vengono restano, e dicono che è annullata.",
    }.get(verbo, "")
