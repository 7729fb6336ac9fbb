"""Addresses of remarks, amendments and their examination, included by bozze.urls."""

from django.urls import path

from bozze.urls_esame import urlpatterns as aperti_dall_esame
from bozze.views import carte, contributi, emendamenti, esame, osserva, osservazioni, proposte

_ACCORDO = "accordi/<slug:slug>/"
_OSSERVAZIONI = f"{_ACCORDO}osservazioni/"
_EMENDAMENTI = f"{_ACCORDO}emendamenti/"
_ESAME = f"{_ACCORDO}esame/"

urlpatterns = [
    path(_OSSERVAZIONI, osservazioni.elenco, name="osservazioni"),
    path(f"{_OSSERVAZIONI}ente/", contributi.contributo, name="contributo"),
    path(f"{_OSSERVAZIONI}ente/conferma/", contributi.conferma, name="contributo_conferma"),
    path(f"{_OSSERVAZIONI}ente/riapri/", contributi.riapri, name="contributo_riapri"),
    path(f"{_OSSERVAZIONI}enti/", contributi.contributi, name="contributi"),
    path(f"{_OSSERVAZIONI}nuova/<str:disposizione>/", osserva.nuova, name="osservazione_nuova"),
    path(f"{_OSSERVAZIONI}<int:pk>/", osservazioni.dettaglio, name="osservazione"),
    path(f"{_OSSERVAZIONI}<int:pk>/replica/", osservazioni.replica, name="osservazione_replica"),
    path(f"{_OSSERVAZIONI}<int:pk>/modifica/", osserva.modifica, name="osservazione_modifica"),
    path(f"{_OSSERVAZIONI}<int:pk>/presenta/", osservazioni.presenta, name="osservazione_presenta"),
    path(f"{_OSSERVAZIONI}<int:pk>/scarta/", osservazioni.scarta, name="osservazione_scarta"),
    path(_EMENDAMENTI, emendamenti.elenco, name="emendamenti"),
    path(f"{_EMENDAMENTI}nuovo/<str:disposizione>/", proposte.nuovo, name="emendamento_nuovo"),
    path(f"{_EMENDAMENTI}tavola-sinottica/", carte.sinottica, name="sinottica"),
    path(f"{_EMENDAMENTI}tavola-sinottica.pdf", carte.sinottica_pdf, name="sinottica_pdf"),
    path(f"{_EMENDAMENTI}fascicolo.pdf", carte.fascicolo, name="fascicolo"),
    path(f"{_EMENDAMENTI}emendamenti.xlsx", carte.emendamenti_xlsx, name="emendamenti_xlsx"),
    path(f"{_EMENDAMENTI}emendamenti.json", carte.emendamenti_json, name="emendamenti_json"),
    path(f"{_EMENDAMENTI}<int:pk>/emendamento.docx", carte.word, name="emendamento_word"),
    path(f"{_EMENDAMENTI}<int:pk>/", emendamenti.dettaglio, name="emendamento"),
    path(f"{_EMENDAMENTI}<int:pk>/emendamento.xml", emendamenti.akn, name="emendamento_akn"),
    path(f"{_EMENDAMENTI}<int:pk>/modifica/", proposte.modifica, name="emendamento_modifica"),
    path(f"{_EMENDAMENTI}<int:pk>/modifica/scegli/", proposte.scegli, name="emendamento_scegli"),
    path(f"{_EMENDAMENTI}<int:pk>/togli/<int:numero>/", proposte.togli, name="emendamento_togli"),
    path(f"{_EMENDAMENTI}<int:pk>/presenta/", emendamenti.presenta, name="emendamento_presenta"),
    path(f"{_EMENDAMENTI}<int:pk>/ritira/", emendamenti.ritira, name="emendamento_ritira"),
    path(f"{_EMENDAMENTI}<int:pk>/scarta/", emendamenti.scarta, name="emendamento_scarta"),
    path(_ESAME, esame.indice, name="esame"),
    *aperti_dall_esame,
    path(f"{_ESAME}pubblica/", esame.pubblica, name="pubblica_definitiva"),
    path(f"{_ESAME}decisioni/<int:pk>/", esame.decidi, name="decidi"),
    path(f"{_ESAME}decisioni/<int:pk>/anteprima/", esame.anteprima, name="decisione_anteprima"),
    path(f"{_ESAME}decisioni/<int:pk>/rimetti/", esame.rimetti, name="rimetti_in_esame"),
    path(f"{_ESAME}<str:sezione>/", esame.articolo, name="esame_articolo"),
]
