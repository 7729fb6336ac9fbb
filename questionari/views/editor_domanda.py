"""Writing one question; copying it, taking it away."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.rilievi.models import Obiettivo
from questionari import confronto, interrogazioni, modifiche, servizi
from questionari.definizione import Definizione, Domanda
from questionari.models import Questionario
from questionari.moduli import ModuloDomanda
from questionari.moduli.domanda import domanda_vuota
from questionari.servizi import redazione as servizio
from questionari.views.editor import bozza_o_404

NUOVA_DOMANDA = re.compile(r"D\d{1,6}\Z", re.ASCII)


def nuova(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """A new question at the end of a section."""
    accordo, bozza = bozza_o_404(request, slug)
    dati = request.POST if request.method == "POST" else request.GET
    in_sezione = modifiche.sezione(bozza.struttura, dati.get("sezione", ""))
    if in_sezione is None:
        raise Http404
    vuota = domanda_vuota(bozza.struttura, dati.get("tipo", ""), servizio.codici_usati(accordo, "domande"))
    proposto = request.POST.get("nuovo", "")
    if NUOVA_DOMANDA.match(proposto):
        vuota = Domanda(proposto, vuota.tipo, "")
    return _scrivi(request, accordo, bozza, vuota, in_sezione.codice, e_nuova=True)


def modifica(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """A question of the draft."""
    accordo, bozza = bozza_o_404(request, slug)
    struttura = bozza.struttura
    domanda = struttura.per_codice.get(codice)
    if domanda is None:
        if request.method != "POST":
            raise Http404
        # deleted by a colleague while it was being written: what was typed is not lost
        sezione = modifiche.sezione(struttura, request.POST.get("sezione", "")) or next(
            iter(struttura.sezioni), None
        )
        if sezione is None:
            raise Http404
        domanda = Domanda(codice, request.POST.get("tipo", "testo"), "")
        return _scrivi(request, accordo, bozza, domanda, sezione.codice, e_nuova=False)
    return _scrivi(request, accordo, bozza, domanda, struttura.sezione_di[codice].codice, e_nuova=False)


def _scrivi(
    request: RichiestaAutenticata,
    accordo: Accordo,
    bozza: Questionario,
    domanda: Domanda,
    in_sezione: str,
    *,
    e_nuova: bool,
) -> HttpResponse:
    struttura = bozza.struttura
    modulo = ModuloDomanda(
        struttura,
        domanda,
        in_sezione,
        nuova=e_nuova,
        obiettivi=_obiettivi(accordo, struttura),
        dati=request.POST if request.method == "POST" else None,
    )
    letta = servizio.vista_domanda(struttura, domanda.codice)
    contesto: dict[str, Any] = {"accordo": accordo, "modulo": modulo, "letta": letta, "questionario": bozza}
    if request.method != "POST":
        return _pagina(request, contesto)
    contesto["letta"] = request.POST.get("letta", "")
    azione = request.POST.get("azione", "")
    if azione:
        modulo.premi(azione)
        return _pagina(request, contesto)
    if not modulo.is_valid():
        return _pagina(request, contesto | {"provata": True}, stato=422)
    scritta = modulo.domanda()
    dove = modulo.form.cleaned_data["sezione"]
    try:
        if e_nuova:
            scritta = servizi.aggiungi_domanda(accordo, scritta, dove, modulo.obiettivi, da=request.agente)
        else:
            servizi.modifica(
                accordo,
                modifiche.scrivi_domanda(scritta, dove, modulo.obiettivi),
                da=request.agente,
                parte=f"domanda {scritta.codice}",
                che_cosa="cambia la domanda",
                letta=request.POST.get("letta", ""),
                guarda=lambda d: servizio.vista_domanda(d, scritta.codice),
            )
    except servizi.ModificatoNelFrattempo as conflitto:
        ora = (interrogazioni.bozza_di(accordo) or bozza).struttura
        loro = ora.per_codice.get(scritta.codice)
        contesto |= {
            "conflitto": conflitto,
            "differenze": confronto.differenze(loro, scritta, ora, struttura) if loro else [],
            "letta": servizio.vista_domanda(ora, scritta.codice),
        }
        return _pagina(request, contesto, stato=409)
    except ErroreDominio as errore:
        return _pagina(request, contesto | {"rifiuto": errore}, stato=409)
    messages.success(request, "Domanda salvata.")
    if "altra" in request.POST:
        nuova_url = reverse("questionari:nuova_domanda", args=[accordo.slug])
        return redirect(f"{nuova_url}?sezione={dove}&tipo={scritta.tipo}")
    return redirect(reverse("questionari:modifica", args=[accordo.slug]) + f"#d-{scritta.codice}")


def _obiettivi(accordo: Accordo, struttura: Definizione) -> dict[str, str]:
    """The objectives of the accord, and those that the questionnaire brought with it."""
    dell_accordo = Obiettivo.objects.filter(accordo=accordo, genitore__isnull=True)
    return {o.codice: o.testo for o in dell_accordo} | struttura.obiettivi


def _pagina(request: RichiestaAutenticata, contesto: dict[str, Any], stato: int = 200) -> HttpResponse:
    return render(request, "questionari/editor/domanda.html", contesto, status=200 if request.htmx else stato)


@require_POST
def duplica(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """Put a copy right after a question."""
    accordo, bozza = bozza_o_404(request, slug)
    if codice not in bozza.struttura.per_codice:
        raise Http404
    nuovo = modifiche.codice_domanda(bozza.struttura, servizio.codici_usati(accordo, "domande"))
    servizi.modifica(
        accordo,
        modifiche.duplica_domanda(codice, nuovo),
        da=request.agente,
        parte="ordine",
        che_cosa=f"duplica la domanda {codice}",
        letta=request.POST.get("ordine"),
        guarda=servizio.vista_ordine,
    )
    messages.success(request, "Domanda duplicata: ora si può cambiare.")
    return redirect("questionari:modifica_domanda", slug=slug, codice=nuovo)


def elimina(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """Take a question away, after a confirmation; refused while another one depends on it."""
    accordo, bozza = bozza_o_404(request, slug)
    struttura = bozza.struttura
    domanda = struttura.per_codice.get(codice)
    if domanda is None:
        raise Http404
    indietro = reverse("questionari:modifica", args=[slug])
    if request.method == "POST":
        servizi.modifica(
            accordo,
            modifiche.togli_domanda(codice),
            da=request.agente,
            parte=f"domanda {codice}",
            che_cosa="elimina la domanda",
            letta=request.POST.get("letta"),
            guarda=lambda d: servizio.vista_domanda(d, codice),
        )
        messages.success(request, "Domanda eliminata.")
        return redirect(f"{indietro}#s-{struttura.sezione_di[codice].codice}")
    legate = modifiche.dipendenti_da(struttura, [codice])
    numero = struttura.numeri[codice]
    return render(
        request,
        "questionari/editor/elimina.html",
        {
            "accordo": accordo,
            "titolo": f"Elimina la domanda {numero}" if numero else "Elimina il testo",
            "testo": domanda.testo,
            "letta": servizio.vista_domanda(struttura, codice),
            "legate": [(d, struttura.numeri[d.codice]) for d in legate],
            "etichetta": "" if legate else "Elimina la domanda" if numero else "Elimina il testo",
            "url_annulla": f"{indietro}#d-{codice}",
        },
    )
