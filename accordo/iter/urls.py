"""Addresses of the procedure."""

from django.urls import path

from accordo.iter.views import altro, fasi, persone, presentazione, registro

app_name = "iter"

ACCORDO = "accordi/<slug:slug>/"

urlpatterns = [
    path(f"{ACCORDO}presentazione/", presentazione.pagina, name="presentazione"),
    path(f"{ACCORDO}presentazione/scrivi/", presentazione.scrivi, name="scrivi_proposta"),
    path(f"{ACCORDO}presentazione/pubblica/", presentazione.pubblica, name="pubblica_proposta"),
    path(f"{ACCORDO}presentazione/allegato/", presentazione.allegato, name="allegato_proposta"),
    path(f"{ACCORDO}presentazione/invita/", presentazione.invita, name="invita_enti"),
    path(f"{ACCORDO}presentazione/invita/<slug:ente>/ritira/", presentazione.ritira, name="ritira_invito"),
    path(f"{ACCORDO}presentazione/risposta/", presentazione.risposta, name="risposta"),
    path(f"{ACCORDO}fasi/avanti/", fasi.avanza, name="avanza"),
    path(f"{ACCORDO}fasi/indietro/", fasi.torna_indietro, name="torna_indietro"),
    path(f"{ACCORDO}fasi/proroga/", fasi.proroga, name="proroga"),
    path(f"{ACCORDO}fasi/date/", fasi.date_previste, name="date"),
    path(f"{ACCORDO}registro/", registro.registro, name="registro"),
    path(f"{ACCORDO}registro/registro.csv", registro.esporta_csv, name="registro_csv"),
    path(f"{ACCORDO}registro/registro.json", registro.esporta_json, name="registro_json"),
    path(f"{ACCORDO}persone/", persone.elenco, name="persone"),
    path(f"{ACCORDO}persone/invita/", persone.invita, name="invita_persona"),
    path(f"{ACCORDO}persone/inviti/<int:pk>/rimanda/", persone.rimanda, name="rimanda_invito"),
    path(f"{ACCORDO}persone/inviti/<int:pk>/annulla/", persone.annulla, name="annulla_invito"),
    path(f"{ACCORDO}persone/incarichi/<int:pk>/concludi/", persone.concludi, name="concludi_incarico"),
    path("guida/passaggi/", altro.vite, name="vite"),
    path("profilo/dati.json", altro.miei_dati, name="miei_dati"),
]
