"""The search for a date: the coordinator's pages, and the body's answer."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base import orologio
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.base.templatetags.ui import conta, data_estesa, maiuscola, ora
from accordo.iter import permessi
from accordo.iter.forms import MotivazioneForm
from accordo.iter.motore import azioni
from accordo.iter.views.comuni import accordo_visibile
from focusgroup import interrogazioni, servizi
from focusgroup import permessi as miei
from focusgroup.forms import DisponibilitaForm, ProrogaForm, TermineForm
from focusgroup.models import Opzione, Riunione, Sondaggio
from focusgroup.sovrapposizioni import Periodo, sovrapposizioni
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio
from focusgroup.views.comuni import FORMULARIO, briciole, riunione_coordinata, riunione_visibile, stato_http


def ultimo_sondaggio(riunione: Riunione) -> Sondaggio | None:
    """Return the meeting's last poll."""
    return interrogazioni.sondaggi(riunione).order_by("-pk").first()


def _sondaggio(riunione: Riunione, *stati: StatoSondaggio) -> Sondaggio:
    """Return the meeting's last poll if it is in one of these states, else 404."""
    trovato = ultimo_sondaggio(riunione)
    if trovato is None or trovato.stato not in stati:
        raise Http404
    return trovato


def sondaggio_coordinato(
    request: RichiestaAutenticata, slug: str, pk: int, *stati: StatoSondaggio
) -> Sondaggio:
    """Return the last poll of a meeting that the person leads, in one of these states; else 404."""
    return _sondaggio(riunione_coordinata(request, slug, pk), *stati)


@require_safe
def date(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show the poll: the dates, the best first, and who answered what."""
    accordo = accordo_visibile(request, slug)
    riunione = riunione_visibile(request, accordo, pk)
    coordina = permessi.coordina(request.agente, accordo)
    sondaggio = ultimo_sondaggio(riunione)
    if not coordina and (sondaggio is None or sondaggio.aperto_il is None):
        raise Http404
    tabella = interrogazioni.tabella(sondaggio, con_avvisi=coordina) if sondaggio else None
    mia = next(
        (r for r in tabella.enti if request.agente.agisce_per(r.convocazione.ente_id))
        if tabella
        else iter(()),
        None,
    )
    if not coordina and mia is None:
        raise Http404
    if tabella is not None and sondaggio is not None:
        solo = None if coordina else [r.convocazione.ente_id for r in tabella.enti if r is mia]
        storie = interrogazioni.risposte_precedenti(sondaggio, tabella.opzioni, solo)
        for riga in tabella.enti:
            riga.precedenti.extend(storie.get(riga.convocazione.ente_id, ()))
    da_fissare = riunione.stato == StatoRiunione.IN_PREPARAZIONE
    contesto = {
        "accordo": accordo,
        "riunione": riunione,
        "sondaggio": sondaggio,
        "tabella": tabella,
        "mia": mia,
        "coordina": coordina,
        "da_fissare": da_fissare,
        "si_propone": coordina
        and da_fissare
        and (
            sondaggio is None or sondaggio.stato in {StatoSondaggio.IN_PREPARAZIONE, StatoSondaggio.RITIRATO}
        ),
        "si_apre": _si_apre(request, sondaggio),
        "si_risponde": sondaggio is not None
        and sondaggio.in_corso
        and miei.risponde_al_sondaggio(request.agente, sondaggio),
        "aperto": sondaggio is not None and sondaggio.stato == StatoSondaggio.APERTO,
    }
    return render(request, "focusgroup/date.html", contesto)


def _si_apre(request: RichiestaAutenticata, sondaggio: Sondaggio | None) -> bool:
    if sondaggio is None or sondaggio.stato != StatoSondaggio.IN_PREPARAZIONE:
        return False
    return any(
        a.transizione.verbo == "apri_sondaggio" and a.possibile for a in azioni(sondaggio, request.agente)
    )


@require_http_methods(FORMULARIO)
def date_apri(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Open the poll until a deadline."""
    sondaggio = sondaggio_coordinato(request, slug, pk, StatoSondaggio.IN_PREPARAZIONE)
    azione = next(
        (a for a in azioni(sondaggio, request.agente) if a.transizione.verbo == "apri_sondaggio"), None
    )
    if azione is None:
        raise Http404
    form = TermineForm(inviato(request)) if azione.possibile else None
    if request.method == "POST" and form is not None and form.is_valid():
        with nel_modulo(form):
            servizi.apri_sondaggio(sondaggio, scadenza=form.scadenza(), da=request.agente)
            messages.success(request, "Il sondaggio è aperto: gli enti sono avvisati.")
            return redirect(sondaggio.url())
    contesto = _conferma(
        sondaggio,
        titolo="Apri il sondaggio",
        effetti=[
            "Ogni ente dice, per ogni data, se va bene, se va bene solo se necessario, o no.",
            "Le date proposte non si tolgono più; se serve, ne aggiungi altre.",
        ],
        avvisati=f"Le persone di {conta(sondaggio.riunione.convocazioni.count(), 'ente,enti')}, per e-mail.",
        form=form,
    )
    contesto["mancanze"] = azione.mancanze
    contesto["etichetta"] = "Apri il sondaggio" if azione.possibile else ""
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def date_rispondi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Say which dates suit the body; if a colleague answered meanwhile both answers are shown."""
    accordo = accordo_visibile(request, slug)
    riunione = riunione_visibile(request, accordo, pk)
    sondaggio = _sondaggio(riunione, StatoSondaggio.APERTO)
    if not miei.risponde_al_sondaggio(request.agente, sondaggio):
        raise Http404
    if request.method != "POST" and not sondaggio.in_corso:
        return redirect(sondaggio.url())
    opzioni = list(sondaggio.opzioni.all())
    periodi = [Periodo(o.inizio, o.fine) for o in opzioni]
    impegni = dict(
        zip(
            (o.pk for o in opzioni),
            sovrapposizioni(riunione, periodi, ente=request.agente.ente),
            strict=True,
        )
    )
    mia = (
        sondaggio.risposte.filter(ente=request.agente.ente)
        .select_related("data_da")
        .prefetch_related("preferenze")
        .first()
    )
    form = DisponibilitaForm(inviato(request), opzioni=opzioni, risposta=mia, impegni=impegni)
    conflitto = None
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            conflitto = servizi.rispondi_sondaggio(
                sondaggio,
                form.valori(),
                nota=form.cleaned_data["nota"],
                revisione=form.cleaned_data["revisione"],
                da=request.agente,
            )
            if conflitto is None:
                messages.success(request, "La risposta è registrata. Si può cambiare fino al termine.")
                return redirect(sondaggio.url())
            dati = request.POST.copy()
            dati["revisione"] = str(conflitto.attuale.revisione)
            form = DisponibilitaForm(dati, opzioni=opzioni, risposta=conflitto.attuale, impegni=impegni)
    altra = None
    if conflitto is not None:
        valori = {p.opzione_id: p for p in conflitto.attuale.preferenze.all()}
        altra = {
            "risposta": conflitto.attuale,
            "valori": [(o, valori.get(o.pk)) for o in opzioni],
        }
    contesto = {
        "accordo": accordo,
        "riunione": riunione,
        "sondaggio": sondaggio,
        "form": form,
        "altra": altra,
        "mia": mia,
        "titolo": "Quali date vanno bene?",
        "sommario": f"{riunione.titolo}. Rispondi per {request.agente.ente}.",
        "salva": "Invia la risposta",
        "indietro": sondaggio.url(),
    }
    return render(
        request, "focusgroup/disponibilita.html", contesto, status=409 if conflitto else stato_http(form)
    )


@require_http_methods(FORMULARIO)
def date_ricorda(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Remind those who have not answered, and nobody else."""
    sondaggio = sondaggio_coordinato(request, slug, pk, StatoSondaggio.APERTO)
    if request.method == "POST":
        quanti = servizi.ricorda_sondaggio(sondaggio, da=request.agente)
        messages.success(request, f"Promemoria mandato a {conta(quanti, 'persona,persone')}.")
        return redirect(sondaggio.url())
    mancano = interrogazioni.tabella(sondaggio).senza_risposta
    nomi = ", ".join(ente.nome_breve for ente in mancano)
    contesto = _conferma(
        sondaggio,
        titolo="Ricorda il sondaggio",
        effetti=["Il promemoria resta nel registro. Se ne manda al massimo uno al giorno."]
        if mancano
        else [],
        avvisati=f"Solo chi non ha risposto: {nomi}." if mancano else "",
    )
    if not mancano:
        contesto["testo"] = "Hanno risposto tutti: non c'è nessuno da avvisare."
        contesto["etichetta"] = ""
    else:
        contesto["etichetta"] = "Manda il promemoria"
    return render(request, "componenti/conferma.html", contesto)


@require_http_methods(FORMULARIO)
def date_proroga(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Give more time, with a reason."""
    sondaggio = sondaggio_coordinato(request, slug, pk, StatoSondaggio.APERTO)
    form = ProrogaForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.proroga_sondaggio(
                sondaggio,
                scadenza=form.scadenza(),
                motivazione=form.cleaned_data["motivazione"],
                da=request.agente,
            )
            messages.success(request, "Il nuovo termine è fissato.")
            return redirect(sondaggio.url())
    contesto = _conferma(
        sondaggio,
        titolo="Dai più tempo per rispondere",
        effetti=["Il termine si sposta per tutti gli enti invitati."],
        avvisati="Le persone degli enti che non hanno ancora risposto, per e-mail.",
        form=form,
    )
    contesto["etichetta"] = "Sposta il termine"
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def date_ritira(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Give the search up, with a reason."""
    sondaggio = sondaggio_coordinato(request, slug, pk, StatoSondaggio.IN_PREPARAZIONE, StatoSondaggio.APERTO)
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.ritira_sondaggio(
                sondaggio, motivazione=form.cleaned_data["motivazione"], da=request.agente
            )
            messages.success(request, "Il sondaggio è ritirato. Puoi proporre altre date.")
            return redirect(sondaggio.url())
    contesto = _conferma(
        sondaggio,
        titolo="Ritira il sondaggio",
        effetti=["Le risposte date restano nel registro. Poi puoi proporre altre date."],
        avvisati="Le persone degli enti invitati, per e-mail."
        if sondaggio.stato == StatoSondaggio.APERTO
        else "",
        form=form,
    )
    contesto["etichetta"] = "Ritira il sondaggio"
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def date_fissa(request: RichiestaAutenticata, slug: str, pk: int, opzione: int) -> HttpResponse:
    """Choose a date: the meeting is called and the invitations leave."""
    sondaggio = sondaggio_coordinato(request, slug, pk, StatoSondaggio.APERTO)
    trovata = get_object_or_404(opzioni_di(sondaggio), pk=opzione)
    if request.method == "POST":
        servizi.scegli_data(trovata, da=request.agente)
        messages.success(request, f"La riunione è convocata per {in_parole(trovata)}.")
        return redirect(sondaggio.riunione)
    tabella = interrogazioni.tabella(sondaggio, con_avvisi=True)
    riga = next(r for r in tabella.date if r.opzione.pk == trovata.pk)
    contesto = _conferma(
        sondaggio,
        titolo="Fissa la data",
        effetti=[
            "Il sondaggio si chiude e la riunione è convocata.",
            "Ogni ente dice se partecipa, e con chi.",
        ],
        avvisati=f"Le persone di {conta(len(tabella.enti), 'ente,enti')}, per e-mail, con l'invito per il calendario.",
    )
    contesto |= {
        "testo": f"{maiuscola(in_parole(trovata))}.",
        "riga": riga,
        "tabella": tabella,
        "passata": trovata.inizio <= orologio.adesso(),
        "etichetta": "Fissa la data e convoca",
    }
    return render(request, "focusgroup/fissa_data.html", contesto)


def opzioni_di(sondaggio: Sondaggio) -> QuerySet[Opzione]:
    """Return the dates of a poll."""
    return Opzione.objects.filter(sondaggio=sondaggio).select_related("sondaggio__riunione__accordo")


def in_parole(opzione: Opzione) -> str:
    """Return the date as one says it."""
    return f"{data_estesa(opzione.inizio)}, ore {ora(opzione.inizio)}"


def _conferma(
    sondaggio: Sondaggio,
    *,
    titolo: str,
    effetti: list[str],
    avvisati: str = "",
    form: object = None,
) -> dict[str, object]:
    return {
        "accordo": sondaggio.accordo,
        "titolo": titolo,
        "testo": sondaggio.riunione.titolo,
        "effetti": effetti,
        "avvisati": avvisati,
        "form": form,
        "url_annulla": sondaggio.url(),
        "briciole": [*briciole(sondaggio.riunione), ("Le date", sondaggio.url())],
    }
