"""The people of the bodies: the list, invitations, roles that end. Only for who leads."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.enti.forms import IncaricoForm
from accordo.enti.interrogazioni import ambiti_con_enti, persone_per_ente
from accordo.enti.models import Ente, Incarico, Invito
from accordo.iter import persone
from accordo.iter.forms import MotivazioneForm
from accordo.iter.models import Accordo, Partecipazione
from accordo.iter.views.comuni import accordo_coordinato

FORMULARIO = ["GET", "HEAD", "POST"]


def _enti(accordo: Accordo) -> QuerySet[Ente]:
    """Return the bodies of the accord, whatever they answered, in the order of areas and names."""
    chiavi = Partecipazione.objects.filter(accordo=accordo).values("ente")
    return (
        Ente.objects.filter(pk__in=chiavi)
        .select_related("ambito")
        .order_by("ambito__ordine", "denominazione")
    )


@require_safe
def elenco(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show who acts for each body."""
    accordo = accordo_coordinato(request, slug)
    per_ente = {gruppo.ente.pk: gruppo for gruppo in persone_per_ente(_enti(accordo))}
    ambiti = ambiti_con_enti([gruppo.ente for gruppo in per_ente.values()])
    contesto = {
        "accordo": accordo,
        "gruppi": [(ambito, [per_ente[ente.pk] for ente in enti]) for ambito, enti in ambiti],
        "senza_rappresentante": [g.ente for g in per_ente.values() if g.senza_rappresentante],
        "quanti": len(per_ente),
    }
    return render(request, "iter/persone.html", contesto)


@require_http_methods(FORMULARIO)
def invita(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Invite a person to act for a body (`?ente=` its code, to begin with)."""
    accordo = accordo_coordinato(request, slug)
    enti = _enti(accordo)
    iniziale = enti.filter(codice=request.GET.get("ente", "")).first()
    form = IncaricoForm(
        inviato(request),
        enti=enti,
        promotore=accordo.promotore,
        initial={"ente": iniziale} if iniziale else None,
    )
    if request.method == "POST" and form.is_valid():
        esito = persone.invita_persona(accordo, form.cleaned_data["ente"], form.dati(), da=request.agente)
        if isinstance(esito, Incarico):
            messages.success(request, f"{esito.utente} ha già un account: l'incarico vale da subito.")
        else:
            messages.success(request, f"Invito mandato a {esito.email}.")
        return redirect("iter:persone", slug=slug)
    contesto = {"accordo": accordo, "form": form}
    return render(request, "iter/invita_persona.html", contesto, status=422 if form.is_bound else 200)


def _invito(accordo: Accordo, pk: int) -> Invito:
    aperti = Invito.objects.aperti().select_related("ente")
    return get_object_or_404(aperti, pk=pk, ente__in=_enti(accordo).values("pk"))


@require_POST
def rimanda(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again."""
    accordo = accordo_coordinato(request, slug)
    invito = _invito(accordo, pk)
    persone.rimanda_invito(accordo, invito, da=request.agente)
    messages.success(
        request, f"Invito mandato di nuovo a {invito.email}: il collegamento di prima non vale più."
    )
    return redirect("iter:persone", slug=slug)


@require_POST
def annulla(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    accordo = accordo_coordinato(request, slug)
    invito = _invito(accordo, pk)
    persone.annulla_invito(accordo, invito, da=request.agente)
    messages.success(request, f"Invito annullato: {invito.persona}.")
    return redirect("iter:persone", slug=slug)


@require_http_methods(FORMULARIO)
def concludi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """End a person's role for a body, with a reason."""
    accordo = accordo_coordinato(request, slug)
    incarichi = Incarico.objects.select_related("utente", "ente").filter(concluso_il__isnull=True)
    incarico = get_object_or_404(incarichi, pk=pk, ente__in=_enti(accordo).values("pk"))
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        persone.concludi_incarico(accordo, incarico, da=request.agente, **form.cleaned_data)
        messages.success(request, f"Incarico concluso: {incarico.utente}, {incarico.ente.nome_breve}.")
        return redirect("iter:persone", slug=slug)
    ruolo = incarico.get_ruolo_display().lower()
    contesto = {
        "accordo": accordo,
        "titolo": f"Concludi l'incarico di {incarico.utente}",
        "testo": f"Ora è {ruolo} per {incarico.ente}.",
        "effetti": [
            f"Da subito non può più agire come {ruolo} per {incarico.ente}.",
            "Quello che ha fatto resta nel registro, e l'incarico resta fra quelli conclusi.",
        ],
        "avvisati": f"{incarico.utente}, per e-mail.",
        "form": form,
        "etichetta": "Concludi l'incarico",
        "url_annulla": reverse("iter:persone", args=[slug]),
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.is_bound else 200)
