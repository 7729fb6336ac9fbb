"""Addresses about people."""

from django.urls import path

from accordo.enti import views

app_name = "enti"

urlpatterns = [
    path("cambia-ente/", views.cambia_ente, name="cambia_ente"),
    path("invito/<str:gettone>/", views.invito, name="invito"),
    path("profilo/", views.profilo, name="profilo"),
]
