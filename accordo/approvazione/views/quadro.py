"""Where all bodies stand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accordo.approvazione import interrogazioni, parti, testi
from accordo.approvazione.models import Approvazione
from accordo.approvazione.views.comuni import pdf
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from accordo.iter.views.comuni import accordo_visibile


@require_safe
def quadro(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The table of acts and signatures, by area."""
    accordo = accordo_visibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    approvazioni = list(interrogazioni.approvazioni_di(documento)) if documento else []
    conteggio = interrogazioni.conta(approvazioni)
    guida = coordina(request.agente, accordo)
    contesto = {
        "accordo": accordo,
        "documento": documento,
        "gruppi": _in_gruppi(approvazioni),
        "conteggio": conteggio,
        "coordina": guida,
        "propria": next((a for a in approvazioni if request.agente.agisce_per(a.ente_id)), None),
        "si_puo_sottoscrivere": guida
        and documento
        and not conteggio.mancano
        and fasi.in_fase(accordo, "approvazione"),
        "scadenza": fasi.scadenza(accordo, "approvazione"),
        "ultima_firma": _ultima(accordo, approvazioni),
    }
    return render(request, "approvazione/quadro.html", contesto)


def _in_gruppi(
    approvazioni: list[Approvazione],
) -> list[tuple[str, list[Approvazione], interrogazioni.Conteggio]]:
    per_ente = {approvazione.ente_id: approvazione for approvazione in approvazioni}
    gruppi = parti.in_gruppi(approvazione.ente for approvazione in approvazioni)
    righe = [(gruppo.nome, [per_ente[ente.pk] for ente in gruppo.enti]) for gruppo in gruppi]
    return [(nome, elenco, interrogazioni.conta(elenco)) for nome, elenco in righe]


def _ultima(accordo: Accordo, approvazioni: list[Approvazione]) -> object:
    firme = [a.firma.firmato_il or a.firma.caricata_il for a in approvazioni if a.firmata]
    return max(firme, default=None) if accordo.sottoscritto else None


@require_safe
def quadro_pdf(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The final text with the acts and signatures that are in."""
    accordo = accordo_visibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    if documento is None:
        raise Http404
    return pdf(testi.pdf_con_atti(documento), f"accordo-{accordo.slug}-con-atti.pdf")
