"""Addresses of what the examination opens beside the desk, included by bozze.urls_emendamenti before the desk's own."""

from django.urls import path

from bozze.views import adozione, attese, insieme, riscrittura

_ESAME = "accordi/<slug:slug>/esame/"

urlpatterns = [
    path(f"{_ESAME}adotta/", adozione.adotta, name="adotta"),
    path(f"{_ESAME}insieme/", insieme.insieme, name="insieme"),
    path(f"{_ESAME}insieme/<int:pk>/", insieme.esito, name="insieme_esito"),
    path(f"{_ESAME}insieme/<int:pk>/annulla/", insieme.annulla, name="insieme_annulla"),
    path(f"{_ESAME}motivazioni/", insieme.motivi, name="motivi"),
    path(f"{_ESAME}motivazioni/<int:pk>/", insieme.motivo, name="motivo"),
    path(f"{_ESAME}motivazioni/<int:pk>/togli/", insieme.motivo_togli, name="motivo_togli"),
    path(f"{_ESAME}in-attesa/", attese.elenco, name="riporti"),
    path(f"{_ESAME}in-attesa/<int:pk>/", attese.riporto, name="riporto"),
    path(f"{_ESAME}in-attesa/<int:pk>/riscrivi/", riscrittura.riscrivi, name="riporto_riscrivi"),
    path(f"{_ESAME}riformulazioni/<int:pk>/", attese.riformulazione, name="riformulazione"),
    path(f"{_ESAME}riformulazioni/<int:pk>/ritira/", attese.ritira, name="riformulazione_ritira"),
]
