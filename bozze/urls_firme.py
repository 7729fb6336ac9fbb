"""Addresses of co-signatures and sub-amendments, included by bozze.urls."""

from django.urls import path

from bozze.views import firme, subemendamenti

_EM = "accordi/<slug:slug>/emendamenti/<int:pk>/"
_SUB = "accordi/<slug:slug>/subemendamenti/"

urlpatterns = [
    path(f"{_EM}invita/", firme.invita, name="firma_invita"),
    path(f"{_EM}invita/<int:firma>/richiama/", firme.richiama, name="firma_richiama"),
    path(f"{_EM}sottoscrivi/", firme.sottoscrivi, name="firma_sottoscrivi"),
    path(f"{_EM}non-sottoscrivi/", firme.declina, name="firma_declina"),
    path(f"{_EM}ritira-firma/", firme.ritira_firma, name="firma_ritira"),
    path(f"{_EM}fai-proprio/", firme.fai_proprio, name="fai_proprio"),
    path(f"{_EM}subemendamenti/nuovo/", subemendamenti.nuovo, name="subemendamento_nuovo"),
    path(f"{_SUB}<int:pk>/modifica/", subemendamenti.modifica, name="subemendamento_modifica"),
    path(f"{_SUB}<int:pk>/<slug:verbo>/", subemendamenti.passo, name="subemendamento_passo"),
    path(f"{_SUB}<int:pk>/", subemendamenti.dettaglio, name="subemendamento"),
]
