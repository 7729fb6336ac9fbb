"""Addresses of the findings."""

from django.urls import path

from accordo.rilievi.views import quadro, rilievi, stampa, unione

app_name = "rilievi"

RILIEVI = "accordi/<slug:slug>/rilievi/"
UNO = f"{RILIEVI}<int:numero>/"

urlpatterns = [
    path(RILIEVI, quadro.quadro, name="quadro"),
    path(f"{RILIEVI}rilievi.pdf", stampa.quadro_pdf, name="quadro_pdf"),
    path(f"{RILIEVI}rilievi.xlsx", quadro.quadro_xlsx, name="quadro_xlsx"),
    path(f"{RILIEVI}nuovo/", rilievi.nuovo, name="nuovo"),
    path(f"{RILIEVI}doppioni/", unione.doppioni, name="doppioni"),
    path(UNO, rilievi.rilievo, name="rilievo"),
    path(f"{UNO}modifica/", rilievi.modifica, name="modifica"),
    path(f"{UNO}unisci/", unione.unisci, name="unisci"),
    path(f"{UNO}fonti/nuova/", rilievi.fonte, name="fonte"),
    path(f"{UNO}fonti/<int:pk>/ritira/", rilievi.ritira_fonte, name="ritira_fonte"),
    path(f"{UNO}<slug:verbo>/", rilievi.passo, name="passo"),
]
