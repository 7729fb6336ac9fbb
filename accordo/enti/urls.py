"""Addresses about people."""

from django.urls import path
from django.views.generic import RedirectView

from accordo.enti import views

app_name = "enti"

urlpatterns = [
    path("cambia-ente/", views.cambia_ente, name="cambia_ente"),
    path("invito/<str:gettone>/", views.invito, name="invito"),
    path("profilo/", views.profilo, name="profilo"),
    # Instead of allauth's page: the address is what the invitation went to, nobody changes it alone.
    path("conto/email/", RedirectView.as_view(pattern_name="enti:profilo"), name="indirizzo"),
]
