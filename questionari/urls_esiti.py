"""The addresses of the results."""

from django.urls import path

from questionari.views.esiti import cittadini, ente, esporta, pagine, pubblicazione, relazione, testi

ESITI = "accordi/<slug:slug>/esiti/"
RISULTATI = "accordi/<slug:slug>/risultati/"

urlpatterns = [
    path(ESITI, pagine.esiti, name="esiti"),
    path(ESITI + "pubblica/", pubblicazione.pubblica, name="pubblica"),
    path(ESITI + "cittadini/", cittadini.apri, name="apri_ai_cittadini"),
    path(ESITI + "letti/", pubblicazione.segna_letti, name="segna_letti"),
    path(ESITI + "sezioni/<str:codice>/", pagine.sezione, name="esiti_sezione"),
    path(ESITI + "incroci/", pagine.incrocio, name="esiti_incrocio"),
    path(ESITI + "punti/", pagine.punti, name="esiti_punti"),
    path(ESITI + "testi/", testi.elenco, name="esiti_testi"),
    path(ESITI + "testi/segna/", testi.segna, name="segna_passo"),
    path(ESITI + "testi/passi/<int:pk>/togli/", testi.togli, name="togli_passo"),
    path(ESITI + "testi/passi/<int:pk>/rilievo/", testi.rilievo, name="rilievo_da_passo"),
    path(ESITI + "enti/<slug:ente>/", ente.pagina, name="esiti_ente"),
    path(ESITI + "enti/<slug:ente>/scheda.pdf", ente.pdf, name="esiti_ente_pdf"),
    path(ESITI + "relazione.pdf", relazione.pdf, name="relazione"),
    path(ESITI + "dati.<str:formato>", esporta.scarica, name="esiti_dati"),
    path(RISULTATI, cittadini.risultati, name="risultati"),
    path(RISULTATI + "sezioni/<str:codice>/", cittadini.sezione, name="risultati_sezione"),
    path(RISULTATI + "relazione.pdf", cittadini.relazione, name="risultati_relazione"),
    path(RISULTATI + "dati.<str:formato>", cittadini.dati, name="risultati_dati"),
]
