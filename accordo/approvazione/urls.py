"""Addresses of phase 8 and of the documents."""

from django.urls import path

from accordo.approvazione.views import documenti, ente, quadro

app_name = "approvazione"

BASE = "accordi/<slug:slug>/"
ENTE = f"{BASE}approvazione/<slug:ente>/"

urlpatterns = [
    path(f"{BASE}approvazione/", quadro.quadro, name="quadro"),
    path(f"{BASE}approvazione/quadro.pdf", quadro.quadro_pdf, name="quadro_pdf"),
    path(ENTE, ente.ente, name="ente"),
    path(f"{ENTE}atto/", ente.atto, name="atto"),
    path(f"{ENTE}atto/<int:pk>.pdf", ente.atto_file, name="atto_file"),
    path(f"{ENTE}firma/", ente.firma, name="firma"),
    path(f"{ENTE}firma/file/", ente.firma_file, name="firma_file"),
    *(path(f"{ENTE}{nome}/", ente.passo, {"nome": nome}, name=nome.replace("-", "_")) for nome in ente.PASSI),
    path(f"{BASE}documenti/", documenti.documenti, name="documenti"),
    path(f"{BASE}documenti/testo-definitivo.pdf", documenti.testo_definitivo, name="testo_definitivo"),
    path(f"{BASE}documenti/testo-definitivo.xml", documenti.testo_akn, name="testo_akn"),
    path(f"{BASE}documenti/versione-<int:numero>.pdf", documenti.versione, name="versione"),
    path(f"{BASE}documenti/verifica/", documenti.verifica, name="verifica"),
]
