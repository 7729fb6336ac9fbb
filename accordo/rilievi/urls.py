"""Addresses of the findings."""

from django.urls import path

from accordo.rilievi import views

app_name = "rilievi"

RILIEVI = "accordi/<slug:slug>/rilievi/"

urlpatterns = [
    path(RILIEVI, views.quadro, name="quadro"),
    path(f"{RILIEVI}nuovo/", views.nuovo, name="nuovo"),
    path(f"{RILIEVI}<int:numero>/", views.rilievo, name="rilievo"),
    path(f"{RILIEVI}<int:numero>/modifica/", views.modifica, name="modifica"),
    path(f"{RILIEVI}<int:numero>/<slug:verbo>/", views.passo, name="passo"),
]
