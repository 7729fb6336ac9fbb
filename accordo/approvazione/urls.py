"""Addresses of phase 8 and of the documents."""

from django.urls import path

from accordo.approvazione.views import documenti, ente, firme, quadro

app_name = "approvazione"

BASE = "accordi/<slug:slug>/"
ENTE = f"{BASE}approvazione/<slug:ente>/"

urlpatterns = [
    path(f"{BASE}approvazione/", quadro.quadro, name="quadro"),
    path(f"{BASE}approvazione/quadro.pdf", quadro.quadro_pdf, name="quadro_pdf"),
    path(f"{BASE}approvazione/come-si-firma/", firme.regola, name="regola"),
    path(f"{BASE}approvazione/turno/", firme.aggiorna_turno, name="aggiorna_turno"),
    path(f"{BASE}approvazione/turno/prolunga/", firme.prolunga, name="prolunga_turno"),
    path(f"{BASE}approvazione/turno/passa/", firme.passa, name="passa_turno"),
    path(ENTE, ente.ente, name="ente"),
    path(f"{ENTE}atto/", ente.atto, name="atto"),
    path(f"{ENTE}atto/<int:pk>.pdf", ente.atto_file, name="atto_file"),
    path(f"{ENTE}firma/", firme.firma, name="firma"),
    path(f"{ENTE}firma/da-firmare.pdf", firme.da_firmare, name="da_firmare"),
    path(f"{ENTE}firma/file/", firme.firma_file, name="firma_file"),
    *(path(f"{ENTE}{nome}/", ente.passo, {"nome": nome}, name=nome.replace("-", "_")) for nome in ente.PASSI),
    path(f"{BASE}documenti/", documenti.documenti, name="documenti"),
    path(f"{BASE}documenti/accordo-firmato/", firme.accordo_firmato, name="accordo_firmato"),
    path(f"{BASE}documenti/testo-definitivo.pdf", documenti.testo_definitivo, name="testo_definitivo"),
    path(f"{BASE}documenti/testo-definitivo.xml", documenti.testo_akn, name="testo_akn"),
    path(f"{BASE}documenti/versione-<int:numero>.pdf", documenti.versione, name="versione"),
    path(f"{BASE}documenti/verifica/", documenti.verifica, name="verifica"),
]
