"""Addresses of the text, of the remarks, of the amendments and of their examination."""

from django.urls import path

from bozze.urls_emendamenti import urlpatterns as emendamenti
from bozze.urls_firme import urlpatterns as firme
from bozze.views import caricamento, confronto, documenti, editor, redazione, storia, testo

app_name = "bozze"

TESTO = "accordi/<slug:slug>/testo/"
BOZZA = f"{TESTO}bozza/"

urlpatterns = [
    path(TESTO, testo.testo, name="testo"),
    path(f"{TESTO}versioni/", testo.elenco_versioni, name="versioni"),
    path(f"{TESTO}versioni/<int:numero>/", testo.versione, name="versione"),
    path(f"{TESTO}versioni/<int:numero>/testo.json", testo.versione_json, name="versione_json"),
    path(f"{TESTO}versioni/<int:numero>/testo.xml", testo.versione_akn, name="versione_akn"),
    path(f"{TESTO}versioni/<int:numero>/da-dove-viene.pdf", testo.provenienza_pdf, name="provenienza_pdf"),
    path(f"{TESTO}versioni/<int:numero>/letta/", testo.segna_letta, name="segna_letta"),
    path(f"{TESTO}versioni/<int:numero>/<uuid:codice>/", testo.disposizione, name="disposizione"),
    path(f"{TESTO}versioni/<int:numero>/<uuid:codice>/proposte/", testo.proposte, name="proposte"),
    path(f"{TESTO}versioni/<int:numero>/<uuid:codice>/documento/", documenti.documento, name="documento"),
    path(f"{TESTO}versioni/<int:numero>/testo.docx", testo.versione_word, name="versione_word"),
    path(f"{TESTO}confronto/", confronto.confronto, name="confronto"),
    path(f"{TESTO}confronto/testo-a-fronte.pdf", confronto.confronto_pdf, name="confronto_pdf"),
    path(f"{TESTO}confronto/revisioni.docx", confronto.confronto_word, name="confronto_word"),
    path(f"{TESTO}pubblica/", redazione.pubblica, name="pubblica"),
    path(BOZZA, redazione.redazione, name="redazione"),
    path(f"{BOZZA}carica/", caricamento.carica, name="carica"),
    path(f"{BOZZA}titolo/", redazione.titolo, name="titolo"),
    path(f"{BOZZA}storia/", storia.storia, name="storia_bozza"),
    path(f"{BOZZA}presenze/", storia.presenze, name="presenze_bozza"),
    path(f"{BOZZA}ripensa/", editor.ripensa, name="ripensa"),
    path(f"{BOZZA}cambi/", editor.aggiorna, name="cambi_bozza"),
    path(f"{BOZZA}aggiungi/", redazione.aggiungi, name="aggiungi_in_fondo"),
    path(f"{BOZZA}<uuid:codice>/", redazione.modifica, name="modifica"),
    path(f"{BOZZA}<uuid:codice>/aggiungi/", redazione.aggiungi, name="aggiungi"),
    path(f"{BOZZA}<uuid:codice>/documento/", documenti.documento_bozza, name="documento_bozza"),
    path(
        f"{BOZZA}<uuid:codice>/documento/file/", documenti.documento_bozza_file, name="documento_bozza_file"
    ),
    path(f"{BOZZA}<uuid:codice>/salva/", editor.salva, name="salva"),
    path(f"{BOZZA}<uuid:codice>/nuova/", editor.nuova, name="nuova"),
    path(f"{BOZZA}<uuid:codice>/incolla/", editor.incolla, name="incolla"),
    path(f"{BOZZA}<uuid:codice>/scheda/", storia.scheda, name="scheda"),
    path(f"{BOZZA}<uuid:codice>/ripristina/", editor.ripristina, name="ripristina"),
    path(f"{BOZZA}<uuid:codice>/sposta/", editor.sposta, name="sposta"),
    path(f"{BOZZA}<uuid:codice>/rilievi/", redazione.rilievi, name="rilievi_citati"),
    path(f"{BOZZA}<uuid:codice>/obiettivi/", editor.obiettivi, name="obiettivi_citati"),
    path(f"{BOZZA}<uuid:codice>/unisci/", editor.unisci, name="unisci"),
    path(f"{BOZZA}<uuid:codice>/sopprimi/", editor.sopprimi, name="sopprimi"),
    *emendamenti,
    *firme,
]
