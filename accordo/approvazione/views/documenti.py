"""All documents of the accord, their PDFs, and the public page that tells what a fingerprint is."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.approvazione import interrogazioni, permessi, testi
from accordo.approvazione.firme import FirmaRifiutata
from accordo.approvazione.forms import VerificaForm
from accordo.approvazione.models import DocumentoFinale
from accordo.approvazione.ricerca import Riscontro, per_impronta
from accordo.approvazione.riscontro import esamina_file
from accordo.approvazione.views.comuni import accordo_leggibile, pdf
from accordo.base import allegati
from accordo.base.canonico import impronta
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.models import Accordo, Proposta
from accordo.iter.permessi import coordina
from accordo.iter.views.comuni import accordo_visibile
from bozze.interrogazioni.documenti import allegati_del_testo
from bozze.models import Versione


@require_safe
def documenti(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The proposal, the versions, the final text, the signed files that the person may read."""
    accordo = accordo_visibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    visibili = (
        interrogazioni.visibili_a(request.agente, accordo).filter(documento=documento) if documento else []
    )
    contesto = {
        "accordo": accordo,
        "proposta": Proposta.objects.filter(accordo=accordo, pubblicata_il__isnull=False).first(),
        "versioni": list(interrogazioni.versioni_pubblicate(accordo)),
        "documento": documento,
        "allegati": list(allegati_del_testo(documento.versione)) if documento else [],
        "firmati": [a for a in visibili if a.firmata],
        "coordina": coordina(request.agente, accordo),
    }
    return render(request, "approvazione/documenti.html", contesto)


@login_not_required
@require_safe
def testo_definitivo(request: Richiesta, slug: str) -> FileResponse:
    """The frozen PDF, from storage: for whoever works on the accord, for everybody once it is signed."""
    accordo = accordo_leggibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    if documento is None:
        raise Http404
    return allegati.servi(documento.pdf, f"accordo-{accordo.slug}-testo-definitivo.pdf")


@login_not_required
@require_safe
def testo_akn(request: Richiesta, slug: str) -> FileResponse:
    """The frozen Akoma Ntoso, beside the PDF and for the same people: what a XAdES signature is laid on."""
    accordo = accordo_leggibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    if documento is None or not documento.akn:
        raise Http404
    return allegati.servi(documento.akn, f"accordo-{accordo.slug}-testo-definitivo.akn.xml")


@require_safe
def versione(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse | FileResponse:
    """A published version as PDF; one that was frozen is the frozen file."""
    accordo = accordo_visibile(request, slug)
    trovata = get_object_or_404(Versione, accordo=accordo, numero=numero)
    documento = DocumentoFinale.objects.filter(versione=trovata).first()
    nome = f"accordo-{accordo.slug}-versione-{numero}.pdf"
    if documento is not None:  # also one that was frozen and then opened again: what bodies approved
        return allegati.servi(documento.pdf, nome)
    return pdf(testi.pdf_versione(accordo, trovata), nome)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verifica(request: Richiesta, slug: str) -> HttpResponse:
    """Say what a fingerprint, or a file, is: whether a text of this accord, which version, who signed."""
    accordo = get_object_or_404(Accordo.objects.select_related("promotore"), slug=slug)
    if not (accordo.pubblico or permessi.legge_testi(request.agente, accordo)):
        raise Http404
    chiesto = request.POST or ({"impronta": request.GET["impronta"]} if "impronta" in request.GET else None)
    form = VerificaForm(chiesto, request.FILES or None)
    contesto: dict[str, object] = {"accordo": accordo, "form": form}
    if form.is_bound and form.is_valid():
        contesto |= _risposta(accordo, form)
    return render(request, "approvazione/verifica.html", contesto, status=422 if form.errors else 200)


def _risposta(accordo: Accordo, form: VerificaForm) -> dict[str, object]:
    file = form.cleaned_data["file"]
    contenuto: bytes = file.read() if file else b""
    cercata = impronta(contenuto) if file else form.cleaned_data["impronta"]
    riscontro: Riscontro | None = per_impronta(accordo, cercata)
    risposta: dict[str, object] = {"cercata": cercata, "di_un_file": bool(file)}
    if riscontro is None and contenuto:
        try:
            esito, documento, _ = esamina_file(accordo, contenuto, pubblico=True)
        except FirmaRifiutata as rifiuto:
            risposta["perche_no"] = rifiuto.testo
        else:
            riscontro = Riscontro(versione=documento.versione, documento=documento, file=True)
            risposta["esito"] = esito
    approvazioni = (
        list(interrogazioni.approvazioni_di(riscontro.documento)) if riscontro and riscontro.documento else []
    )
    return risposta | {
        "riscontro": riscontro,
        "approvazioni": approvazioni,
        "conteggio": interrogazioni.conta(approvazioni),
    }
