"""The registro in words, filtered, page by page; whole as CSV or JSON; and whether its chain holds."""

import csv
import io
import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from accordo.iter.frasi import IN_PREPARAZIONE, frase, nome_fase
from accordo.iter.interrogazioni import eventi_visibili_a
from accordo.iter.models import Evento
from accordo.iter.procedura import processo
from accordo.iter.registro import verifica, voce
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile

PER_PAGINA = 50
COLONNE = (
    "numero",
    "quando",
    "chi",
    "per",
    "che_cosa",
    "oggetto",
    "verbo",
    "fase",
    "da",
    "a",
    "motivazione",
    "impronta",
)


@require_safe
def registro(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the entries that the person may read, newest first."""
    accordo = accordo_visibile(request, slug)
    coordina = permessi.coordina(request.agente, accordo)
    tutti = eventi_visibili_a(request.agente, accordo)
    fase, ente = request.GET.get("fase", ""), request.GET.get("ente", "")
    eventi = tutti.filter(fase=fase) if fase in processo().codici else tutti
    if ente.isdecimal():
        eventi = eventi.filter(ente=int(ente))
    pagina = Paginator(eventi, PER_PAGINA).get_page(request.GET.get("page"))
    enti = tutti.exclude(ente=None).order_by("ente_nome").values_list("ente_id", "ente_nome").distinct()
    contesto = {
        "accordo": accordo,
        "coordina": coordina,
        "page_obj": pagina,
        "voci": [(evento, frase(evento), nome_fase(evento.fase)) for evento in pagina],
        "fasi": [(codice, processo().nome(codice)) for codice in processo().codici],
        "enti": dict(enti),
        "fase_scelta": fase,
        "ente_scelto": int(ente) if ente.isdecimal() else None,
        "rottura": verifica(accordo) if coordina else None,
    }
    return render(request, "iter/registro.html", contesto)


def _riga(evento: Evento) -> dict[str, Any]:
    return {
        "numero": evento.numero,
        "quando": localtime(evento.quando).isoformat(timespec="seconds"),
        "chi": evento.utente_nome,
        "per": evento.ente_nome,
        "che_cosa": frase(evento).testo,
        "oggetto": "" if evento.verbo in IN_PREPARAZIONE else evento.oggetto_nome,
        "verbo": evento.verbo,
        "fase": evento.fase,
        "da": evento.stato_da,
        "a": evento.stato_a,
        "motivazione": evento.motivazione,
        "impronta": evento.impronta,
    }


def _innocua(valore: Any) -> Any:
    """Keep a spreadsheet from taking a person's words for a formula."""
    return (
        f"'{valore}"
        if isinstance(valore, str) and valore.startswith(("=", "+", "-", "@", "\t", "\r"))
        else valore
    )


@require_safe
def esporta_csv(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Return the whole registro as CSV (only who leads)."""
    accordo = accordo_coordinato(request, slug)
    uscita = io.StringIO()
    scrittore = csv.DictWriter(uscita, COLONNE)
    scrittore.writeheader()
    for evento in Evento.objects.filter(accordo=accordo).order_by("numero").iterator():
        scrittore.writerow({chiave: _innocua(valore) for chiave, valore in _riga(evento).items()})
    return _scarica(uscita.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"registro-{slug}.csv")


@require_safe
def esporta_json(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Return the whole registro as JSON: the very entries on which the fingerprints are computed."""
    accordo = accordo_coordinato(request, slug)
    voci = [
        voce(evento, accordo.slug) | {"impronta": evento.impronta}
        for evento in Evento.objects.filter(accordo=accordo).order_by("numero").iterator()
    ]
    dati = {
        "accordo": accordo.slug,
        "metodo": "SHA-256 del JSON canonico della voce senza «impronta» (chiavi in ordine, UTF-8, senza spazi)",
        "voci": voci,
    }
    testo = json.dumps(dati, ensure_ascii=False, indent=1)
    return _scarica(testo.encode(), "application/json", f"registro-{slug}.json")


def _scarica(contenuto: bytes, tipo: str, nome: str) -> HttpResponse:
    risposta = HttpResponse(contenuto, content_type=tipo)
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta
