"""Adopting what is agreed first: the page that says what would happen to every open amendment, before it does."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.permessi import coordina
from bozze.forms.esame import AdozioneForm
from bozze.interrogazioni.emendamenti import accolti, versione_emendabile
from bozze.models import Numeri
from bozze.requisiti.esame import esame_chiuso
from bozze.servizi.adozione import Effetto, adotta_accolti, effetto_adozione
from bozze.servizi.riporto import GIORNI
from bozze.views.comuni import accordo_di, contesto, in_parole, inviati, versione_o_404

MOSTRATI = 30


@require_http_methods(["GET", "POST"])
def adotta(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Publish a version with what is accepted so far, confirmed on a page that names what goes over and what waits."""
    accordo, agente = accordo_di(request, slug)
    if not coordina(agente, accordo):
        raise Http404
    versione = versione_o_404(versione_emendabile(accordo))
    iniziali = {"entro": orologio.oggi() + timedelta(days=GIORNI), "numeri": Numeri.DI_SEGUITO}
    form = AdozioneForm(inviati(request), initial=iniziali)
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        try:
            nuova = adotta_accolti(
                accordo,
                dati["nota"],
                rinumera=dati["numeri"] != Numeri.MANTENUTI,
                entro=dati["entro"],
                da=agente,
            )
        except ErroreDominio as errore:
            form.add_error(None, in_parole(errore))
        else:
            messages.success(
                request, f"La versione {nuova.numero} è pubblicata: l'esame continua su di essa."
            )
            return redirect("bozze:esame", slug=slug)
    mancanze = list(esame_chiuso(accordo))
    pronta = not mancanze and accolti(versione.pk).exists()
    effetto: Effetto | None = None
    if pronta:
        try:
            effetto = effetto_adozione(versione)
        except ErroreDominio as errore:
            pronta, mancanze = False, list(errore.mancanze)
    indietro = reverse("bozze:esame", args=[slug])
    pagina = contesto(
        accordo,
        titolo="Adotta quanto è accolto finora",
        testo="" if pronta or mancanze else "Per ora nessun emendamento è accolto: il testo non cambierebbe.",
        percorso=[("Esame", indietro)],
        effetti=_effetti(effetto, versione.numero) if effetto else [],
        aspettano=effetto.aspettano[:MOSTRATI] if effetto else [],
        quanti_aspettano=len(effetto.aspettano) if effetto else 0,
        avvisati="Tutti gli enti che partecipano; quelli di cui cambia il bersaglio sanno anche che cosa devono dire.",
        mancanze=mancanze,
        form=form if pronta else None,
        etichetta="Adotta e pubblica la versione" if pronta else "",
        url_annulla=indietro,
    )
    return render(request, "bozze/esame/adozione.html", pagina, status=422 if form.errors else 200)


def _effetti(effetto: Effetto, numero: int) -> list[str]:
    adottati, passano, aspettano = len(effetto.adottati), len(effetto.passano), len(effetto.aspettano)
    return [
        f"Emendamenti accolti che entrano nel testo: {adottati}. Restano decisi: il testo che li contiene è pubblicato.",
        f"Emendamenti aperti che passano alla versione {numero + 1} così come sono: {passano}. Tengono il loro numero.",
        f"Emendamenti aperti di cui cambia il bersaglio: {aspettano}. Aspettano chi li ha proposti, poi te.",
        "Gli emendamenti respinti si possono ancora rimettere in esame, sul nuovo testo.",
    ]
