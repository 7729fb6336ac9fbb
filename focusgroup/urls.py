"""Addresses of the meetings."""

from django.urls import path

from focusgroup import views

app_name = "focusgroup"

RIUNIONI = "accordi/<slug:slug>/focus-group/"
UNA = f"{RIUNIONI}<int:pk>/"

urlpatterns = [
    path(RIUNIONI, views.riunioni, name="riunioni"),
    path(f"{RIUNIONI}nuova/", views.nuova, name="nuova"),
    path(UNA, views.riunione, name="riunione"),
    path(f"{UNA}prepara/", views.prepara, name="prepara"),
    path(f"{UNA}risposta/", views.rispondi, name="rispondi"),
    path(f"{UNA}presenze/", views.presenze, name="presenze"),
    path(f"{UNA}verbale/", views.verbale, name="verbale"),
    path(f"{UNA}verbale.pdf", views.verbale_pdf, name="verbale_pdf"),
    path(f"{UNA}riunione.ics", views.file_ics, name="ics"),
    path(f"{UNA}rilievi/nuovo/", views.nuovo_rilievo, name="nuovo_rilievo"),
    path(f"{UNA}passo/<slug:verbo>/", views.passo, name="passo"),
]
