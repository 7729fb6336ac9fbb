"""The questionnaire in and out of the portal: import with its report and preview, export as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato
from questionari import definizione as q
from questionari import interrogazioni, presentazione
from questionari.forms import ImportaForm
from questionari.scambio import proprio
from questionari.scambio.importa import Importazione
from questionari.scambio.importa import importa as leggi_file
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.rapporto import Esito
from questionari.scambio.xlsform.esporta import esporta as in_xlsform
from questionari.servizi import scambio as servizi

RIGHE_MOSTRATE = 400
"""Lines of each outcome, and questions of the preview, on the page; past them it says how many more there are."""
FORMATI = {
    "json": "application/json",
    "xlsform": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TIPI = {
    q.SINGOLA: "Scelta singola", q.MULTIPLA: "Scelta multipla", q.MATRICE: "Tabella", q.NUMERO: "Numero",
    q.TESTO: "Testo breve", q.TESTO_LUNGO: "Testo lungo", q.DATA: "Data", q.GRADUATORIA: "Graduatoria",
    q.FILE: "File", q.BLOCCO: "Testo da leggere",
}  # fmt: skip
ESTENSIONI = {"json": "json", "xlsform": "xlsx"}


@require_http_methods(["GET", "HEAD", "POST"])
def importa(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """First the file, then the report beside the preview, then, confirmed, the draft. Nothing is written before."""
    accordo = accordo_coordinato(request, slug)
    if "conferma" in request.POST:
        return _conferma(request, accordo)
    motivo = servizi.motivo_del_no(accordo)
    form = ImportaForm(request.POST or None, request.FILES or None)
    contesto: dict[str, Any] = {
        "accordo": accordo,
        "form": form,
        "motivo": motivo,
        "bozza": interrogazioni.bozza_di(accordo),
    }
    if request.method == "POST" and not motivo and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            importazione = leggi_file(file.read(), file.name)
            sigillo = servizi.sigilla(accordo, importazione, da=request.agente)
        except FileRifiutato as rifiuto:
            form.add_error("file", rifiuto.testo)
            contesto["mancanze"] = rifiuto.mancanze
        else:
            return render(
                request,
                "questionari/scambio/anteprima.html",
                contesto | _anteprima(importazione) | {"sigillo": sigillo},
            )
    stato = 422 if request.method == "POST" else 200
    return render(request, "questionari/scambio/importa.html", contesto, status=stato)


def _conferma(request: RichiestaAutenticata, accordo: Accordo) -> HttpResponse:
    sigillata = servizi.apri_sigillo(accordo, request.POST["conferma"], da=request.agente)
    questionario = servizi.importa_questionario(
        accordo, sigillata.dati, origine=sigillata.origine, attesa=sigillata.attesa, da=request.agente
    )
    messages.success(request, f"Importato come bozza: {questionario.titolo}.")
    return redirect("questionari:modifica", slug=accordo.slug)


def _anteprima(importazione: Importazione) -> dict[str, Any]:
    rapporto, struttura = importazione.rapporto, importazione.definizione
    gruppi = []
    for esito, titolo in (
        (Esito.ESCLUSO, "Lasciato fuori"),
        (Esito.CAMBIATO, "Cambiato"),
        (Esito.TENUTO, "Tenuto com'era"),
    ):
        righe = rapporto.per_esito(esito)
        gruppi.append(
            {
                "titolo": titolo,
                "esito": esito.value,
                "quanti": rapporto.totali()[esito.value],
                "righe": righe[:RIGHE_MOSTRATE],
                "altre": max(0, len(righe) - RIGHE_MOSTRATE),
            }
        )
    sezioni, mostrate = [], 0
    for sezione, campi in presentazione.in_bianco(struttura):
        if mostrate >= RIGHE_MOSTRATE:
            break
        viste = [(campo, TIPI[campo.domanda.tipo]) for campo in campi[: RIGHE_MOSTRATE - mostrate]]
        sezioni.append((sezione, viste))
        mostrate += len(campi)
    return {
        "importazione": importazione,
        "rapporto": rapporto,
        "conti": rapporto.conti(),
        "gruppi": gruppi,
        "struttura": struttura,
        "sezioni": sezioni,
        "domande": sum(domanda.chiede for domanda in struttura.domande),
        "domande_oltre": max(0, len(struttura.per_codice) - RIGHE_MOSTRATE),
    }


@require_safe
def esporta(request: RichiestaAutenticata, slug: str, formato: str) -> HttpResponse:
    """A version of the questionnaire (the draft, if there is one) as a file."""
    accordo = accordo_coordinato(request, slug)
    questionario = _versione(request, accordo)
    if questionario is None or formato not in FORMATI:
        raise Http404
    contenuto = (
        proprio.esporta(questionario.definizione) if formato == "json" else in_xlsform(questionario.struttura)
    )
    nome = f"questionario-{accordo.slug}-v{questionario.versione}.{ESTENSIONI[formato]}"
    return HttpResponse(
        contenuto,
        content_type=FORMATI[formato],
        headers={
            "Content-Disposition": f'attachment; filename="{nome}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _versione(request: HttpRequest, accordo: Accordo) -> Any:
    chiesta = request.GET.get("versione", "")
    if not chiesta:
        return interrogazioni.bozza_di(accordo) or interrogazioni.questionario_di(accordo)
    if not (chiesta.isascii() and chiesta.isdigit() and len(chiesta) <= 5):
        raise Http404
    return interrogazioni.versioni_di(accordo).filter(versione=int(chiesta)).first()
