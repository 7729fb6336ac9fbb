"""Who may log in: invited people, by e-mail; the invented people of the demo only where DEBUG is on."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from accordo.enti.agente import CON_LA_PERSONA, incarichi_di_oggi
from accordo.enti.models import Utente


def ammesso(user: object) -> bool:
    """Whether this is a real person, or DEBUG is on."""
    return settings.DEBUG or not getattr(user, "dimostrativo", False)


class Autenticazione(AuthenticationBackend):
    """allauth's own, which refuses the demo's accounts in production, sessions already open included."""

    def get_user(self, user_id: Any) -> Utente | None:
        """Return the person of a session; their running roles come in the same query (`agenti_di` takes them)."""
        incarichi = list(incarichi_di_oggi(user_id).select_related("utente", "ente__ambito"))
        if not incarichi:
            return cast(Utente | None, super().get_user(user_id))
        utente = incarichi[0].utente
        utente.__dict__[CON_LA_PERSONA] = incarichi
        return utente if self.user_can_authenticate(utente) else None

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Whether this person may log in at all."""
        return ammesso(user) and bool(super().user_can_authenticate(user))


class Adattatore(DefaultAccountAdapter):
    """Nobody signs up: people are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that there is no sign-up page."""
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Refuse the demo's people here too: allauth lets on whoever its backend refused, to tell them why."""
        risposta: HttpResponse | None
        if ammesso(user):
            risposta = super().pre_login(request, user, **kwargs)
        else:
            risposta = self.respond_user_inactive(request, user)
        return risposta

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send people to their to-do list."""
        return str(settings.LOGIN_REDIRECT_URL)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Show none of allauth's own notices: our pages say what happened."""
