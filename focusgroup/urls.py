"""Addresses of the meetings."""

from django.urls import path

from focusgroup.views import (
    allegati,
    calendario,
    convocazione,
    correzioni,
    ordine,
    presenze,
    priorita,
    proposte,
    riunione,
    sondaggio,
    verbale,
)

app_name = "focusgroup"

RIUNIONI = "accordi/<slug:slug>/focus-group/"
UNA = f"{RIUNIONI}<int:pk>/"
DATE = f"{UNA}date/"
ORDINE = f"{UNA}ordine-del-giorno/"
CORREZIONI = f"{UNA}correzioni/"
PRIORITA = f"{UNA}priorita/"

urlpatterns = [
    path("profilo/calendario/", calendario.mio_calendario, name="mio_calendario"),
    path("profilo/calendario/rinnova/", calendario.rinnova_calendario, name="rinnova_calendario"),
    path("calendario/<str:gettone>.ics", calendario.feed, name="agenda"),
    path(RIUNIONI, riunione.riunioni, name="riunioni"),
    path(f"{RIUNIONI}nuova/", riunione.nuova, name="nuova"),
    path(UNA, riunione.riunione, name="riunione"),
    path(DATE, sondaggio.date, name="date"),
    path(f"{DATE}nuova/", proposte.date_nuova, name="date_nuova"),
    path(f"{DATE}aggiungi/", proposte.date_aggiungi, name="date_aggiungi"),
    path(f"{DATE}<int:opzione>/togli/", proposte.date_togli, name="date_togli"),
    path(f"{DATE}<int:opzione>/fissa/", sondaggio.date_fissa, name="date_fissa"),
    path(f"{DATE}apri/", sondaggio.date_apri, name="date_apri"),
    path(f"{DATE}risposta/", sondaggio.date_rispondi, name="date_rispondi"),
    path(f"{DATE}ricorda/", sondaggio.date_ricorda, name="date_ricorda"),
    path(f"{DATE}proroga/", sondaggio.date_proroga, name="date_proroga"),
    path(f"{DATE}ritira/", sondaggio.date_ritira, name="date_ritira"),
    path(f"{UNA}prepara/", riunione.prepara, name="prepara"),
    path(f"{UNA}risposta/", convocazione.rispondi, name="rispondi"),
    path(f"{UNA}risposte/carica/", convocazione.carica_risposta, name="carica_risposta"),
    path(f"{UNA}convocati/", convocazione.convocati, name="convocati"),
    path(f"{UNA}deleghe/<slug:ente>/", convocazione.atto_delega, name="atto_delega"),
    path(ORDINE, ordine.ordine, name="ordine"),
    path(f"{ORDINE}proponi/", ordine.ordine_proponi, name="ordine_proponi"),
    path(f"{ORDINE}<int:punto>/", ordine.ordine_punto, name="ordine_punto"),
    path(f"{ORDINE}<int:punto>/sposta/", ordine.ordine_sposta, name="ordine_sposta"),
    path(f"{ORDINE}<int:punto>/togli/", ordine.ordine_togli, name="ordine_togli"),
    path(f"{UNA}fascicolo.pdf", ordine.dossier, name="dossier"),
    path(f"{UNA}presenze/", presenze.presenze, name="presenze"),
    path(f"{UNA}presenze/<int:convocazione>/", presenze.presenza, name="presenza"),
    path(f"{UNA}presenze.pdf", presenze.foglio_firme, name="foglio_firme"),
    path(f"{UNA}verbale/", verbale.verbale, name="verbale"),
    path(f"{UNA}verbale.pdf", verbale.verbale_pdf, name="verbale_pdf"),
    path(f"{UNA}verbale/versioni/", verbale.versioni, name="versioni"),
    path(f"{UNA}verbale/<int:punto>/", verbale.verbale_punto, name="verbale_punto"),
    path(f"{UNA}verbale/<int:punto>/storia/", verbale.storia_punto, name="storia_punto"),
    path(f"{UNA}verbale/<int:punto>/interventi/", verbale.intervento, name="intervento"),
    path(f"{UNA}interventi/<int:intervento>/togli/", verbale.intervento_togli, name="intervento_togli"),
    path(CORREZIONI, correzioni.correzioni, name="correzioni"),
    path(f"{CORREZIONI}termine/", correzioni.termine, name="termine_correzioni"),
    path(f"{CORREZIONI}<int:correzione>/", correzioni.correzione, name="correzione"),
    path(f"{CORREZIONI}<int:correzione>/ritira/", correzioni.ritira_correzione, name="ritira_correzione"),
    path(PRIORITA, priorita.priorita, name="priorita"),
    path(f"{PRIORITA}concorda/", priorita.concorda, name="concorda"),
    path(f"{PRIORITA}riapri/", priorita.riapri_priorita, name="riapri_priorita"),
    path(f"{PRIORITA}enti/<slug:ente>/", priorita.punti_ente, name="punti_ente"),
    path(f"{UNA}allegati/nuovo/", allegati.allega, name="allega"),
    path(f"{UNA}allegati/<int:allegato>/", allegati.allegato, name="allegato"),
    path(f"{UNA}allegati/<int:allegato>/togli/", allegati.togli_allegato, name="togli_allegato"),
    path(f"{UNA}riunione.ics", convocazione.file_ics, name="ics"),
    path(f"{UNA}rilievi/nuovo/", verbale.nuovo_rilievo, name="nuovo_rilievo"),
    path(f"{UNA}passo/pubblica_verbale/", verbale.pubblica, name="pubblica_verbale"),
    path(f"{UNA}passo/<slug:verbo>/", riunione.passo, name="passo"),
]
