"""Addresses of the meetings."""

from django.urls import path

from focusgroup.views import convocazione, riunione, verbale

app_name = "focusgroup"

RIUNIONI = "accordi/<slug:slug>/focus-group/"
UNA = f"{RIUNIONI}<int:pk>/"

urlpatterns = [
    path(RIUNIONI, riunione.riunioni, name="riunioni"),
    path(f"{RIUNIONI}nuova/", riunione.nuova, name="nuova"),
    path(UNA, riunione.riunione, name="riunione"),
    path(f"{UNA}prepara/", riunione.prepara, name="prepara"),
    path(f"{UNA}risposta/", convocazione.rispondi, name="rispondi"),
    path(f"{UNA}presenze/", verbale.presenze, name="presenze"),
    path(f"{UNA}verbale/", verbale.verbale, name="verbale"),
    path(f"{UNA}verbale.pdf", verbale.verbale_pdf, name="verbale_pdf"),
    path(f"{UNA}riunione.ics", convocazione.file_ics, name="ics"),
    path(f"{UNA}rilievi/nuovo/", verbale.nuovo_rilievo, name="nuovo_rilievo"),
    path(f"{UNA}passo/<slug:verbo>/", riunione.passo, name="passo"),
]
