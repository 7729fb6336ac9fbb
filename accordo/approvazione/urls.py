"""Addresses of phase 8 and of the documents."""

from django.urls import path

from accordo.approvazione.views import coordina, documenti, dopo, dossier, ente, firme, quadro, trasparenza

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
    path(f"{BASE}approvazione/riapri/", coordina.riapri, name="riapri"),
    path(f"{BASE}approvazione/quadro-degli-atti.pdf", trasparenza.atti_pdf, name="atti_pdf"),
    path(f"{BASE}approvazione/quadro-degli-atti.csv", trasparenza.atti_csv, name="atti_csv"),
    path(f"{BASE}approvazione/quadro-degli-atti.xlsx", trasparenza.atti_xlsx, name="atti_xlsx"),
    path("trasparenza/", trasparenza.elenco, name="trasparenza_elenco"),
    path("trasparenza/accordi.csv", trasparenza.elenco_csv, name="trasparenza_elenco_csv"),
    path("trasparenza/accordi.json", trasparenza.elenco_json, name="trasparenza_elenco_json"),
    path(f"{BASE}trasparenza/", trasparenza.trasparenza, name="trasparenza"),
    path(f"{BASE}trasparenza/dati.csv", trasparenza.trasparenza_csv, name="trasparenza_csv"),
    path(f"{BASE}trasparenza/dati.json", trasparenza.trasparenza_json, name="trasparenza_json"),
    path(f"{BASE}documenti/versamento.zip", trasparenza.versamento, name="versamento"),
    path(f"{BASE}adesioni/nuova/", dopo.adesione, name="adesione"),
    path(f"{BASE}durata/", dopo.durata, name="durata"),
    path(f"{BASE}solleciti/", dopo.sollecito, name="sollecito"),
    path(ENTE, ente.ente, name="ente"),
    path(f"{ENTE}atto/", ente.atto, name="atto"),
    path(f"{ENTE}atto/<int:pk>.pdf", ente.atto_file, name="atto_file"),
    path(f"{ENTE}firma/", firme.firma, name="firma"),
    path(f"{ENTE}firma/da-firmare.pdf", firme.da_firmare, name="da_firmare"),
    path(f"{ENTE}firma/file/", firme.firma_file, name="firma_file"),
    *(path(f"{ENTE}{nome}/", ente.passo, {"nome": nome}, name=nome.replace("-", "_")) for nome in ente.PASSI),
    path(f"{ENTE}fascicolo/", dossier.dossier, name="dossier"),
    path(f"{ENTE}fascicolo.zip", dossier.dossier_zip, name="dossier_zip"),
    path(f"{ENTE}schema-di-atto.docx", dossier.schema_word, name="schema_word"),
    path(f"{ENTE}schema-di-atto.pdf", dossier.schema_pdf, name="schema_pdf"),
    path(f"{ENTE}contributi.pdf", dossier.contributi_pdf, name="contributi_pdf"),
    path(f"{ENTE}pec/atto/", coordina.atto_ricevuto, name="atto_ricevuto"),
    path(f"{ENTE}pec/risposta/", coordina.risposta_ricevuta, name="risposta_ricevuta"),
    path(f"{ENTE}pec/recesso/", dopo.recesso_ricevuto, name="recesso_ricevuto"),
    path(f"{ENTE}lettere/<int:pk>.pdf", coordina.lettera, name="lettera"),
    path(f"{ENTE}risposta/", coordina.risposta, name="risposta"),
    path(f"{ENTE}senza/", coordina.senza, name="senza"),
    path(f"{ENTE}passaggi/<slug:tipo>/", dopo.passaggio, name="passaggio"),
    path(f"{ENTE}passaggi/<int:pk>.pdf", dopo.passaggio_file, name="passaggio_file"),
    path(f"{ENTE}recesso/", dopo.recesso, name="recesso"),
    path(f"{ENTE}recesso/atto.pdf", dopo.recesso_file, name="recesso_file"),
    path(f"{BASE}documenti/", documenti.documenti, name="documenti"),
    path(f"{BASE}documenti/accordo-firmato/", firme.accordo_firmato, name="accordo_firmato"),
    path(f"{BASE}documenti/testo-definitivo.pdf", documenti.testo_definitivo, name="testo_definitivo"),
    path(f"{BASE}documenti/testo-definitivo.xml", documenti.testo_akn, name="testo_akn"),
    path(f"{BASE}documenti/versione-<int:numero>.pdf", documenti.versione, name="versione"),
    path(f"{BASE}documenti/verifica/", documenti.verifica, name="verifica"),
]
