"""The addresses of the first pages, of the public ones and of the guide."""

from django.urls import path

from accordo.cruscotto import views

app_name = "cruscotto"

urlpatterns = [
    path("", views.home, name="home"),
    path("attivita/", views.mie_attivita, name="mie_attivita"),
    path("guida/", views.guida, name="guida"),
    path("guida/<str:ruolo>/", views.guida_ruolo, name="guida_ruolo"),
    path("accessibilita/", views.pagina, {"nome": "accessibilita"}, name="accessibilita"),
    path("privacy/", views.pagina, {"nome": "privacy"}, name="privacy"),
    path("note-legali/", views.pagina, {"nome": "note_legali"}, name="note_legali"),
    path("segnala/", views.pagina, {"nome": "segnala"}, name="segnala"),
    path("galleria/", views.galleria, name="galleria"),
    path("accordi/<slug:slug>/", views.accordo, name="accordo"),
    path("accordi/<slug:slug>/attivita/", views.attivita, name="attivita"),
    path("accordi/<slug:slug>/cruscotto/", views.cruscotto, name="cruscotto"),
    path("accordi/<slug:slug>/cruscotto/promemoria/", views.promemoria, name="promemoria"),
    path("accordi/<slug:slug>/tempi/", views.tempi, name="tempi"),
    path("accordi/<slug:slug>/tempi/date.ics", views.calendario, name="calendario"),
    path("accordi/<slug:slug>/enti/", views.enti, name="enti"),
    path("accordi/<slug:slug>/enti/<slug:codice>/", views.ente, name="ente"),
]
