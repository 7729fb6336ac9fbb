"""The addresses of the survey (phase 2) and of its results (phase 3)."""

from django.urls import path

from questionari.urls_esiti import urlpatterns as esiti
from questionari.views import (
    anteprima,
    cambiamenti,
    colleghi,
    compila,
    coordina,
    editor,
    editor_domanda,
    invio,
    panoramica,
    ricevuta,
    scambio,
    stampe,
    storia,
    trascrizione,
    versioni,
)

app_name = "questionari"

QUESTIONARIO = "accordi/<slug:slug>/questionario/"
MODIFICA = QUESTIONARIO + "modifica/"

urlpatterns = [
    path(QUESTIONARIO, panoramica.questionario, name="questionario"),
    path(QUESTIONARIO + "anteprima/", panoramica.anteprima, name="anteprima"),
    path(QUESTIONARIO + "importa/", scambio.importa, name="importa"),
    path(QUESTIONARIO + "esporta/<str:formato>/", scambio.esporta, name="esporta"),
    path(QUESTIONARIO + "sezioni/<str:codice>/", compila.sezione, name="sezione"),
    path(QUESTIONARIO + "sezioni/<str:codice>/presenze/", compila.presenze, name="presenze"),
    path(QUESTIONARIO + "sezioni/<str:codice>/domande/<str:domanda>/", compila.domanda, name="domanda"),
    path("questionario/affidate/", colleghi.affidate, name="affidate"),
    path(QUESTIONARIO + "colleghi/", colleghi.colleghi, name="colleghi"),
    path(QUESTIONARIO + "colleghi/<int:pk>/riprendi/", colleghi.revoca, name="revoca_affidamento"),
    path(QUESTIONARIO + "storia/<str:domanda>/", storia.storia, name="storia"),
    path(QUESTIONARIO + "riepilogo/", invio.riepilogo, name="riepilogo"),
    path(QUESTIONARIO + "riepilogo/pdf/", stampe.risposte, name="risposte_pdf"),
    path(QUESTIONARIO + "in-bianco/pdf/", stampe.bianco, name="bianco_pdf"),
    path(QUESTIONARIO + "invia/", invio.invia_alla_convalida, name="invia_alla_convalida"),
    path(QUESTIONARIO + "rimanda/", invio.rimanda, name="rimanda"),
    path(QUESTIONARIO + "rispondo-io/", invio.rispondo_io, name="rispondo_io"),
    path(QUESTIONARIO + "convalida/", invio.convalida, name="convalida"),
    path(QUESTIONARIO + "ricevuta/", ricevuta.ricevuta, name="ricevuta"),
    path(QUESTIONARIO + "ricevuta/<int:numero>/pdf/", ricevuta.ricevuta_pdf, name="ricevuta_pdf"),
    path(QUESTIONARIO + "ricevuta/<int:numero>/dati/", ricevuta.ricevuta_dati, name="ricevuta_dati"),
    path(QUESTIONARIO + "ricevuta/cambiamenti/", cambiamenti.miei, name="cambiamenti"),
    path(QUESTIONARIO + "enti/<slug:ente>/cambiamenti/", cambiamenti.dell_ente, name="cambiamenti_ente"),
    path(QUESTIONARIO + "verifica/", ricevuta.verifica, name="verifica"),
    path(QUESTIONARIO + "allegati/<int:pk>/", storia.allegato, name="allegato"),
    path(QUESTIONARIO + "solleciti/", coordina.sollecita, name="sollecita"),
    path(QUESTIONARIO + "solleciti/regole/", coordina.regole, name="regole_solleciti"),
    path(QUESTIONARIO + "enti/<slug:ente>/", coordina.ente, name="ente"),
    path(QUESTIONARIO + "enti/<slug:ente>/trascrivi/", trascrizione.trascrivi, name="trascrivi"),
    path(
        QUESTIONARIO + "enti/<slug:ente>/trascrivi/sezioni/<str:codice>/",
        trascrizione.sezione,
        name="trascrivi_sezione",
    ),
    path(QUESTIONARIO + "enti/<slug:ente>/trascrivi/invia/", trascrizione.invia, name="invia_trascrizione"),
    path(
        QUESTIONARIO + "enti/<slug:ente>/trascrivi/lascia/", trascrizione.lascia, name="lascia_trascrizione"
    ),
    path(
        QUESTIONARIO + "enti/<slug:ente>/trascrivi/correggi/",
        trascrizione.correggi,
        name="correggi_trascrizione",
    ),
    path(
        QUESTIONARIO + "enti/<slug:ente>/ricevuta/<int:numero>/pdf/",
        ricevuta.ricevuta_dell_ente,
        name="ricevuta_ente",
    ),
    path(QUESTIONARIO + "trascrizioni/<int:pk>/", trascrizione.documento, name="documento_trascrizione"),
    path(QUESTIONARIO + "riprendi/", trascrizione.riprendi, name="riprendi_compilazione"),
    path(QUESTIONARIO + "enti/<slug:ente>/riapri/", coordina.riapri, name="riapri"),
    path(MODIFICA, editor.modifica, name="modifica"),
    path(MODIFICA + "comincia/", editor.comincia, name="comincia"),
    path(MODIFICA + "correggi/", versioni.correggi, name="correggi"),
    path(MODIFICA + "apri/", versioni.apri, name="apri_correzione"),
    path(MODIFICA + "scarta/", versioni.scarta, name="scarta_correzione"),
    path(MODIFICA + "titolo/", editor.intestazione, name="modifica_titolo"),
    path(MODIFICA + "sposta/", editor.sposta, name="sposta"),
    path(MODIFICA + "controlli/", anteprima.controlli, name="controlli"),
    path(MODIFICA + "prova/", anteprima.prova, name="prova"),
    path(MODIFICA + "sezioni/nuova/", editor.sezione, name="nuova_sezione"),
    path(MODIFICA + "sezioni/<str:codice>/", editor.sezione, name="modifica_sezione"),
    path(MODIFICA + "sezioni/<str:codice>/elimina/", editor.elimina_sezione, name="elimina_sezione"),
    path(MODIFICA + "domande/nuova/", editor_domanda.nuova, name="nuova_domanda"),
    path(MODIFICA + "domande/<str:codice>/", editor_domanda.modifica, name="modifica_domanda"),
    path(MODIFICA + "domande/<str:codice>/duplica/", editor_domanda.duplica, name="duplica_domanda"),
    path(MODIFICA + "domande/<str:codice>/elimina/", editor_domanda.elimina, name="elimina_domanda"),
    *esiti,
]
