"""Addresses of co-signatures and sub-amendments, included by bozze.urls."""

from django.urls import path

from bozze.views import subemendamenti

_SUB = "accordi/<slug:slug>/subemendamenti/"

urlpatterns = [
    path(f"{_SUB}<int:pk>/", subemendamenti.dettaglio, name="subemendamento"),
]
