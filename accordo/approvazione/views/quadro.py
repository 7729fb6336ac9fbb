"""Where all bodies stand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accordo.approvazione import interrogazioni, interrogazioni_firme, parti, servizi, testi
from accordo.approvazione.mappa_atti import mappa_atti
from accordo.approvazione.models import Approvazione, DocumentoFinale
from accordo.approvazione.riapertura import riapertura
from accordo.approvazione.views.comuni import pdf
from accordo.base.parole import elenca
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
    propria = next((a for a in approvazioni if request.agente.agisce_per(a.ente_id)), None)
    contesto = {
        "accordo": accordo,
        "documento": documento,
        "gruppi": _in_gruppi(approvazioni),
        "conteggio": conteggio,
        "coordina": guida,
        "propria": propria,
        "si_puo_sottoscrivere": guida
        and documento
        and not conteggio.mancano
        and fasi.in_fase(accordo, "approvazione"),
        "scadenza": fasi.scadenza(accordo, "approvazione"),
        "ultima_firma": accordo.sottoscritto_il,
        "mappa": mappa_atti(accordo, approvazioni) if documento else None,
        "precedenti": interrogazioni.testi_precedenti(accordo) if documento else [],
        "da_sollecitare": len(servizi.da_sollecitare(accordo)) if guida else 0,
        "riapertura": riapertura(accordo, request.agente),
        "in_corso": fasi.in_fase(accordo, "approvazione"),
    }
    return render(
        request, "approvazione/quadro.html", contesto | _come_si_firma(accordo, documento, guida, propria)
    )


def _come_si_firma(
    accordo: Accordo, documento: DocumentoFinale | None, guida: bool, propria: Approvazione | None
) -> dict[str, object]:
    """The way to sign, whose turn it is and who waits; the one file, once it is there."""
    regola = interrogazioni_firme.regola(accordo)
    cambia = guida and not fasi.fase_raggiunta(accordo, "approvazione")
    if documento is None:
        return {"regola": regola, "scegli_come_si_firma": cambia}
    a_turno = regola.a_turno
    turno = interrogazioni_firme.turno_aperto(documento) if a_turno else None
    in_fila = interrogazioni_firme.coda(documento) if a_turno else []
    aspettano = [riga for riga in in_fila if turno is None or riga.pk != turno.approvazione_id]
    return {
        "regola": regola,
        "scegli_come_si_firma": cambia,
        "firmato": interrogazioni_firme.accordo_firmato(documento),
        "turno": turno,
        "coda": elenca([riga.ente.nome_breve for riga in aspettano], 8),
        "in_fila": propria is not None and any(riga.pk == propria.pk for riga in aspettano),
    }


def _in_gruppi(
    approvazioni: list[Approvazione],
) -> list[tuple[str, list[Approvazione], interrogazioni.Conteggio]]:
    per_ente = {approvazione.ente_id: approvazione for approvazione in approvazioni}
    gruppi = parti.in_gruppi(approvazione.ente for approvazione in approvazioni)
    righe = [(gruppo.nome, [per_ente[ente.pk] for ente in gruppo.enti]) for gruppo in gruppi]
    return [(nome, elenco, interrogazioni.conta(elenco)) for nome, elenco in righe]


@require_safe
def quadro_pdf(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The final text with the acts and signatures that are in."""
    accordo = accordo_visibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    if documento is None:
        raise Http404
    return pdf(testi.pdf_con_atti(documento), f"accordo-{accordo.slug}-con-atti.pdf")
