"""Typing in what came on paper or by certified mail: for who leads the accord; the body can always take over."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base import allegati as file_privati
from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter.motore import azioni
from questionari import interrogazioni, permessi, presentazione, servizi, visibilita
from questionari.definizione import FILE, Sezione
from questionari.forms import MotivazioneForm
from questionari.forms_trascrizione import ArrivoForm, NotaForm
from questionari.models import Compilazione, Trascrizione
from questionari.stati import StatoCompilazione
from questionari.views import modulo
from questionari.views.comune import propria_o_404, sezione_o_404
from questionari.views.coordina import compilazione_o_404
from questionari.views.modulo import Ricevuto, Tasto

FORMULARIO = ["GET", "HEAD", "POST"]


def _in_corso_o_404(request: RichiestaAutenticata, slug: str, ente: str) -> Compilazione:
    compilazione = compilazione_o_404(request, slug, ente)
    if compilazione.stato != StatoCompilazione.IN_TRASCRIZIONE:
        raise Http404
    return compilazione


def _url(compilazione: Compilazione, nome: str, *altri: str) -> str:
    return reverse(f"questionari:{nome}", args=[compilazione.accordo.slug, compilazione.ente.codice, *altri])


@require_http_methods(FORMULARIO)
def trascrivi(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Begin from the document that arrived; once begun, the sections and what the document leaves open."""
    compilazione = compilazione_o_404(request, slug, ente)
    if compilazione.stato == StatoCompilazione.IN_TRASCRIZIONE and request.method != "POST":
        return render(
            request,
            "questionari/trascrivi.html",
            {
                "accordo": compilazione.accordo,
                "compilazione": compilazione,
                "trascrizione": compilazione.trascrizione,
                "progressi": compilazione.progressi(),
                "carenze": len(compilazione.carenze()),
                "prima": visibilita.sezioni_per(compilazione.questionario.struttura, compilazione.ente.tipo)[
                    0
                ],
            },
        )
    azione = next(
        (a for a in azioni(compilazione, request.agente) if a.transizione.verbo == "comincia_trascrizione"),
        None,
    )
    form = ArrivoForm(
        inviato(request),
        request.FILES or None,
        initial={"in_qualita_di": compilazione.ente.titolo_rappresentante},
    )
    if request.method == "POST" and form.is_valid():
        servizi.comincia_trascrizione(
            compilazione, form.arrivo(), form.cleaned_data["file"], da=request.agente
        )
        messages.success(request, "Documento conservato: ora riporta le risposte, una sezione alla volta.")
        return redirect(_url(compilazione, "trascrivi"))
    if azione is None and request.method != "POST":
        return redirect(_url(compilazione, "ente"))
    possibile = azione is not None and azione.possibile
    return render(
        request,
        "questionari/trascrivi_comincia.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "titolo": f"Risposte arrivate da {compilazione.ente.nome_breve}",
            "testo": "Per gli enti che rispondono su carta o per PEC: conservi il documento e riporti tu le risposte."
            if possibile
            else "",
            "effetti": [
                "Le risposte portano scritto ovunque che le hai riportate tu, da quale documento e chi l'ha firmato.",
                "L'ente è avvisato, e in ogni momento può rispondere da sé: in quel caso la trascrizione si ferma.",
                "Non copri mai risposte date dall'ente sul portale: se ce ne sono, qui non si comincia.",
            ]
            if possibile
            else [],
            "mancanze": azione.mancanze if azione else (),
            "form": form if possibile else None,
            "etichetta": "Conserva il documento e comincia" if possibile else "",
            "url_annulla": _url(compilazione, "ente"),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(FORMULARIO)
def sezione(request: RichiestaAutenticata, slug: str, ente: str, codice: str) -> HttpResponse:
    """One section, as the body would see it; saved with its button."""
    compilazione = compilazione_o_404(request, slug, ente)
    if compilazione.stato != StatoCompilazione.IN_TRASCRIZIONE and request.method != "POST":
        return redirect(_url(compilazione, "ente"))
    scelta = sezione_o_404(compilazione, codice)
    ricevuto = Ricevuto()
    if request.method == "POST":
        tasto = Tasto.letto(request)
        ricevuto = _salva(request, slug, ente, scelta, tasto)
        if ricevuto.a_posto:
            return redirect(_dove_va(request, compilazione, scelta, tasto))
    return render(
        request,
        "questionari/trascrivi_sezione.html",
        _contesto(request, compilazione, scelta, ricevuto),
        status=ricevuto.codice_http,
    )


def _salva(request: RichiestaAutenticata, slug: str, ente: str, scelta: Sezione, tasto: Tasto) -> Ricevuto:
    """Store what came; what cannot be stored any more is kept for the page, with the reason."""
    domande = list(scelta.domande)
    ricevuto = modulo.leggi(request, domande, tasto)
    try:
        with servizi.in_trascrizione(request.agente, slug, ente) as compilazione:
            modulo.salva(request, compilazione, domande, tasto, ricevuto)
    except ErroreDominio as errore:
        ricevuto.rifiuto = errore.testo
    return ricevuto


def _dove_va(request: RichiestaAutenticata, compilazione: Compilazione, scelta: Sezione, tasto: Tasto) -> str:
    qui = _url(compilazione, "trascrivi_sezione", scelta.codice)
    if tasto.domanda:
        return f"{qui}#q-{tasto.domanda}"
    messages.success(request, f"Risposte salvate: {scelta.titolo}.")
    if "resta" in request.POST:
        return qui
    poi = _accanto(compilazione, scelta)[1]
    return _url(compilazione, "trascrivi_sezione", poi.codice) if poi else _url(compilazione, "trascrivi")


def _accanto(compilazione: Compilazione, scelta: Sezione) -> tuple[int, Sezione | None]:
    """The number of a section among those that this body is asked, and the one after it."""
    sezioni = visibilita.sezioni_per(compilazione.questionario.struttura, compilazione.ente.tipo)
    posto = sezioni.index(scelta)
    return posto + 1, sezioni[posto + 1] if posto + 1 < len(sezioni) else None


def _contesto(
    request: RichiestaAutenticata, compilazione: Compilazione, scelta: Sezione, ricevuto: Ricevuto
) -> dict[str, Any]:
    compilazione.dimentica()
    con_file = any(d.tipo == FILE for d in scelta.domande)
    campi = presentazione.campi(
        compilazione,
        scelta,
        scritti=ricevuto.grezzi,
        errori=ricevuto.errori,
        conflitti=ricevuto.conflitti,
        tutto_scritto=bool(ricevuto.rifiuto),
        allegati=interrogazioni.presenti(compilazione) if con_file else None,
    )
    numero, successiva = _accanto(compilazione, scelta)
    return {
        "accordo": compilazione.accordo,
        "compilazione": compilazione,
        "trascrizione": compilazione.trascrizione,
        "sezione": scelta,
        "numero": numero,
        "successiva": successiva,
        "campi": campi,
        "nascoste": sum(not c.visibile and c.domanda.chiede for c in campi),
        "da_rivedere": [c for c in campi if c.errore or c.conflitto],
        "rifiuto": ricevuto.rifiuto,
        "io": request.user,
    }


@require_http_methods(FORMULARIO)
def invia(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Record the sending for the body; a reason if the document leaves something open or came late."""
    compilazione = _in_corso_o_404(request, slug, ente)
    azione = next(
        a for a in azioni(compilazione, request.agente) if a.transizione.verbo == "invia_trascrizione"
    )
    form = NotaForm(inviato(request)) if azione.mancanze else None
    if request.method == "POST" and (form is None or form.is_valid()):
        nota = form.cleaned_data["motivazione"] if form else ""
        invio = servizi.invia_trascrizione(compilazione, da=request.agente, motivazione=nota)
        servizi.ricevuta_di(invio)  # printed now, and never again
        messages.success(
            request, "Risposte registrate per conto dell'ente. La ricevuta si può scaricare qui."
        )
        return redirect(_url(compilazione, "ente"))
    trascrizione = compilazione.trascrizione
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Registra l'invio per conto dell'ente",
            "testo": f"{compilazione.ente}: {trascrizione}.",
            "effetti": [
                "Le risposte contano come quelle degli altri enti e non si modificano più.",
                "La ricevuta dice che le hai riportate tu, da quale documento e chi l'ha firmato.",
                "Se l'ente non si riconosce nelle risposte, lo riapri e le corregge lui.",
            ],
            "avvisati": "Le persone dell'ente ricevono un messaggio con la ricevuta.",
            "mancanze": azione.mancanze,
            "form": form if azione.possibile else None,
            "etichetta": "Registra l'invio" if azione.possibile else "",
            "url_annulla": _url(compilazione, "trascrivi"),
        },
        status=422 if form is not None and form.errors else 200,
    )


@require_http_methods(FORMULARIO)
def lascia(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Give up, with a reason."""
    compilazione = _in_corso_o_404(request, slug, ente)
    form = MotivazioneForm(
        inviato(request), etichetta="Perché la lasci", aiuto="Arriva all'ente e resta nel registro."
    )
    if request.method == "POST" and form.is_valid():
        servizi.lascia_trascrizione(
            compilazione, da=request.agente, motivazione=form.cleaned_data["motivazione"]
        )
        messages.success(request, f"Trascrizione lasciata: {compilazione.ente.nome_breve}.")
        return redirect(_url(compilazione, "ente"))
    effetto = (
        "L'invio già fatto resta; per cambiarlo l'ente risponde sul portale e invia di nuovo."
        if compilazione.invii.exists()
        else "Le risposte che hai riportato si mettono da parte: restano nella storia, e l'ente comincia da zero."
    )
    return _conferma_con_motivo(
        request, compilazione, form, "Lascia la trascrizione", effetto, _url(compilazione, "trascrivi")
    )


@require_http_methods(FORMULARIO)
def correggi(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Put right what was typed in wrongly, after the sending."""
    compilazione = compilazione_o_404(request, slug, ente)
    form = MotivazioneForm(
        inviato(request), etichetta="Che cosa si corregge", aiuto="Resta nel registro e sulla ricevuta."
    )
    if request.method == "POST" and form.is_valid():
        servizi.correggi_trascrizione(
            compilazione, da=request.agente, motivazione=form.cleaned_data["motivazione"]
        )
        messages.success(request, "Ora puoi correggere le risposte che hai riportato.")
        return redirect(_url(compilazione, "trascrivi"))
    azione = next(
        (a for a in azioni(compilazione, request.agente) if a.transizione.verbo == "correggi_trascrizione"),
        None,
    )
    if azione is None:
        raise Http404
    effetto = "L'invio già fatto resta, con la sua ricevuta. Il nuovo avrà il numero successivo."
    return _conferma_con_motivo(
        request,
        compilazione,
        form,
        "Correggi la trascrizione",
        effetto,
        _url(compilazione, "ente"),
        mancanze=azione.mancanze,
    )


def _conferma_con_motivo(
    request: RichiestaAutenticata,
    compilazione: Compilazione,
    form: MotivazioneForm,
    titolo: str,
    effetto: str,
    indietro: str,
    mancanze: Any = (),
) -> HttpResponse:
    contesto = {
        "accordo": compilazione.accordo,
        "titolo": titolo,
        "testo": str(compilazione.ente),
        "effetti": [] if mancanze else [effetto],
        "mancanze": mancanze,
        "form": None if mancanze else form,
        "etichetta": "" if mancanze else titolo,
        "url_annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.errors else 200)


@require_http_methods(FORMULARIO)
def riprendi(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The body answers by itself after all."""
    compilazione = propria_o_404(request, slug)
    if not (
        permessi.compila(request.agente, compilazione) or permessi.convalida(request.agente, compilazione)
    ):
        raise Http404
    if request.method == "POST":
        servizi.riprende_compilazione(compilazione, da=request.agente)
        messages.success(
            request, "Ora il questionario è di nuovo vostro: rileggete le risposte e completatele."
        )
        return redirect(compilazione)
    if compilazione.stato != StatoCompilazione.IN_TRASCRIZIONE:
        raise StatoCambiato("La segreteria non sta più trascrivendo le vostre risposte.")
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Rispondete direttamente sul portale",
            "testo": "La segreteria sta riportando le risposte arrivate dal vostro ente. Potete continuare voi.",
            "effetti": [
                "La segreteria si ferma e non può più scrivere nelle vostre risposte.",
                "Le risposte già riportate restano: rileggetele, cambiatele, completatele.",
                "Poi il referente le manda alla convalida, come sempre.",
            ],
            "avvisati": "Chi coordina l'accordo riceve un messaggio.",
            "etichetta": "Rispondi sul portale",
            "url_annulla": compilazione.get_absolute_url(),
        },
    )


@require_safe
def documento(request: RichiestaAutenticata, slug: str, pk: int) -> FileResponse:
    """The document that arrived: for who leads the accord and for the body that it came from."""
    trascrizione = get_object_or_404(
        Trascrizione.objects.filter(
            compilazione__in=interrogazioni.compilazioni_visibili_a(request.agente).values("pk"),
            compilazione__questionario__accordo__slug=slug,
        ),
        pk=pk,
    )
    return file_privati.servi(trascrizione.file, trascrizione.nome)
