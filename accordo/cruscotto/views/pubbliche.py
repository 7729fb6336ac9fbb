"""What everybody may read about an accord, and the pages about its bodies for who takes part."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accordo.approvazione.interrogazioni import documento_attuale
from accordo.approvazione.interrogazioni_firme import accordo_firmato
from accordo.approvazione.models import AccordoFirmato
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.cruscotto import interrogazioni
from accordo.cruscotto.avanzamento import tavola
from accordo.cruscotto.porte import porte
from accordo.cruscotto.tempi import giorno_della_firma, tempi_delle_fasi
from accordo.iter import permessi
from accordo.iter.interrogazioni import accordi_pubblici, accordi_visibili_a
from accordo.iter.models import Accordo, StatoPartecipazione
from bozze.interrogazioni.documenti import AllegatoDelTesto, allegati_del_testo
from questionari.interrogazioni import esiti_aperti


@login_not_required
@require_GET
def home(request: Richiesta) -> HttpResponse:
    """What the portal is, and the accords that one may read about."""
    propri = list(accordi_visibili_a(request.agente))
    pubblici = accordi_pubblici().exclude(pk__in=[accordo.pk for accordo in propri])
    return render(request, "cruscotto/home.html", {"propri": propri, "pubblici": pubblici})


@login_not_required
@require_GET
def accordo(request: Richiesta, slug: str) -> HttpResponse:
    """One accord: what it is, where it stands, who takes part; with the doors to its parts for who works on it."""
    trovato, lavora = interrogazioni.accordo_leggibile(request.agente, slug)
    partecipazioni = list(interrogazioni.partecipazioni(trovato))
    presenti = [p for p in partecipazioni if p.stato != StatoPartecipazione.NON_PARTECIPA]
    tempi = tempi_delle_fasi(trovato)
    contesto = {
        "accordo": trovato,
        "lavora": lavora,
        "tempi": tempi,
        "porte": porte(trovato, tempi, lavora=lavora),
        "partecipazioni": presenti,
        "firma": giorno_della_firma(trovato, tempi),
        **_testo_firmato(trovato),
        "esiti_aperti": esiti_aperti(trovato),
    }
    return render(request, "cruscotto/accordo.html", contesto)


def _testo_firmato(accordo: Accordo) -> dict[str, AccordoFirmato | list[AllegatoDelTesto] | None]:
    """The one file with all signatures, the annexes that are files: public once the accord is signed."""
    documento = documento_attuale(accordo) if accordo.sottoscritto else None
    if documento is None:
        return {}
    return {
        "firmato": accordo_firmato(documento),
        "allegati": list(allegati_del_testo(documento.versione)),
    }


@require_GET
def enti(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Every body of the accord: as what it takes part, whether it said yes, who follows it."""
    trovato = interrogazioni.accordo_visibile(request, slug)
    partecipazioni = list(interrogazioni.partecipazioni(trovato))
    return render(request, "cruscotto/enti.html", {"accordo": trovato, "partecipazioni": partecipazioni})


@require_GET
def ente(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """One body: who it is, its part in the accord, how far it has got; its people, for itself and who leads."""
    trovato = interrogazioni.accordo_visibile(request, slug)
    partecipazione = get_object_or_404(interrogazioni.partecipazioni(trovato), ente__codice=codice)
    coordina = permessi.coordina(request.agente, trovato)
    righe = tavola(trovato).righe
    contesto = {
        "accordo": trovato,
        "partecipazione": partecipazione,
        "ente": partecipazione.ente,
        "riga": next((r for r in righe if r.ente.pk == partecipazione.ente_id), None),
        "coordina": coordina,
        "incarichi": interrogazioni.incarichi_in_corso(partecipazione.ente_id)
        if coordina or request.agente.agisce_per(partecipazione.ente_id)
        else None,
    }
    return render(request, "cruscotto/ente.html", contesto)
