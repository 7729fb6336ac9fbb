"""Addresses of the meetings."""

from django.urls import path

from focusgroup.views import calendario, convocazione, riunione, sondaggio, verbale

app_name = "focusgroup"

RIUNIONI = "accordi/<slug:slug>/focus-group/"
UNA = f"{RIUNIONI}<int:pk>/"
DATE = f"{UNA}date/"

urlpatterns = [
    path("profilo/calendario/", calendario.mio_calendario, name="mio_calendario"),
    path("profilo/calendario/rinnova/", calendario.rinnova_calendario, name="rinnova_calendario"),
    path("calendario/<str:gettone>.ics", calendario.feed, name="agenda"),
    path(RIUNIONI, riunione.riunioni, name="riunioni"),
    path(f"{RIUNIONI}nuova/", riunione.nuova, name="nuova"),
    path(UNA, riunione.riunione, name="riunione"),
    path(DATE, sondaggio.date, name="date"),
    path(f"{DATE}nuova/", sondaggio.date_nuova, name="date_nuova"),
    path(f"{DATE}<int:opzione>/togli/", sondaggio.date_togli, name="date_togli"),
    path(f"{DATE}<int:opzione>/fissa/", sondaggio.date_fissa, name="date_fissa"),
    path(f"{DATE}apri/", sondaggio.date_apri, name="date_apri"),
    path(f"{DATE}risposta/", sondaggio.date_rispondi, name="date_rispondi"),
    path(f"{DATE}ricorda/", sondaggio.date_ricorda, name="date_ricorda"),
    path(f"{DATE}proroga/", sondaggio.date_proroga, name="date_proroga"),
    path(f"{DATE}ritira/", sondaggio.date_ritira, name="date_ritira"),
    path(f"{UNA}prepara/", riunione.prepara, name="prepara"),
    path(f"{UNA}risposta/", convocazione.rispondi, name="rispondi"),
    path(f"{UNA}convocati/", convocazione.convocati, name="convocati"),
    path(f"{UNA}deleghe/<slug:ente>/", convocazione.atto_delega, name="atto_delega"),
    path(f"{UNA}presenze/", verbale.presenze, name="presenze"),
    path(f"{UNA}verbale/", verbale.verbale, name="verbale"),
    path(f"{UNA}verbale.pdf", verbale.verbale_pdf, name="verbale_pdf"),
    path(f"{UNA}riunione.ics", convocazione.file_ics, name="ics"),
    path(f"{UNA}rilievi/nuovo/", verbale.nuovo_rilievo, name="nuovo_rilievo"),
    path(f"{UNA}passo/<slug:verbo>/", riunione.passo, name="passo"),
]
