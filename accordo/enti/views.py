"""Choosing the body to act for, the invitation's page, one's own profile."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accordo.base.richiesta import Richiesta, RichiestaAutenticata, inviato
from accordo.enti import interrogazioni, permessi, servizi
from accordo.enti.agente import agenti_di
from accordo.enti.forms import PasswordForm, ProfiloForm
from accordo.enti.middleware import CHIAVE_SESSIONE
from accordo.enti.models import Utente


@require_POST
def cambia_ente(request: RichiestaAutenticata) -> HttpResponse:
    """Act for another of one's own bodies from now on (POST: `ente` its code or key, `next` where to go)."""
    agente = permessi.possibile_per(agenti_di(request.user), request.POST.get("ente", ""))
    if agente is None or agente.presso is None:
        raise Http404
    request.session[CHIAVE_SESSIONE] = agente.presso.pk
    messages.success(request, f"Ora agisci per {agente.presso}.")
    dove = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(dove, {request.get_host()}, require_https=request.is_secure()):
        return redirect(dove)
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invito(request: Richiesta, gettone: str) -> HttpResponse:
    """Show the invitation that a link stands for; with a password, open the account and go to the to-do list."""
    trovato = servizi.trova_invito(gettone)
    if trovato is None:
        return render(request, "enti/invito_scaduto.html", status=410)
    esistente = Utente.objects.filter(email__iexact=trovato.email).exists()
    if esistente:
        if request.method == "POST":
            servizi.accetta_invito(gettone, "")
            return redirect(settings.LOGIN_URL)
        return render(request, "enti/invito.html", {"invito": trovato, "esistente": True})
    persona = Utente(email=trovato.email, nome=trovato.nome, cognome=trovato.cognome)
    form = PasswordForm(inviato(request), persona=persona)
    if request.method == "POST" and form.is_valid():
        utente = servizi.accetta_invito(gettone, form.cleaned_data["password1"])
        login(request, utente, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session[CHIAVE_SESSIONE] = trovato.ente_id
        messages.success(request, f"Benvenuto nel portale. Agisci per {trovato.ente}.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    stato = 422 if form.is_bound else 200
    return render(request, "enti/invito.html", {"invito": trovato, "form": form}, status=stato)


@require_http_methods(["GET", "HEAD", "POST"])
def profilo(request: RichiestaAutenticata) -> HttpResponse:
    """Show a person's own data and roles, and let them correct their name."""
    form = ProfiloForm(inviato(request), instance=Utente.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        servizi.aggiorna_profilo(request.user, **form.cleaned_data)
        messages.success(request, "Dati salvati.")
        return redirect("enti:profilo")
    contesto = {"form": form, "incarichi": interrogazioni.incarichi_di(request.user)}
    return render(request, "enti/profilo.html", contesto, status=422 if form.is_bound else 200)
