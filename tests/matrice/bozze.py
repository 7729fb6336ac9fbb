"""Who gets what, for the text: reading, writing, publishing."""

from bozze.servizi import testo as servizi
from tests.bozze.emendamenti import fabbriche
from tests.bozze.emendamenti.fabbriche import id_di
from tests.bozze.testo.fabbriche import BREVE, versione
from tests.matrice.base import LETTORI, SOLO_COORDINATORE, Riga, come_post, slug


def _scritta(scena):
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, BREVE, da=scena.agente(scena.coordinatore))
    scena.nodo = scena.accordo.bozza.nodi.get(rubrica="Oggetto")


def _due_versioni(scena):
    scena.porta_a("bozza")
    versione(scena, 1)
    scena.versione = versione(scena, 2, BREVE.replace("tre anni", "sei anni"))


def _con_proposte(scena):
    fabbriche.versione(scena)
    fabbriche.emendamento(scena, fabbriche.cambia("ogni due anni", "ogni anno"))
    fabbriche.emendamento(scena, fabbriche.cambia("ogni due anni", "sempre"), chi="altro")
    fabbriche.osservazione(scena, "ogni due anni")


def _numero(scena):
    return {"slug": scena.accordo.slug, "numero": 1}


def _disposizione(scena):
    return {**_numero(scena), "codice": scena.versione.albero.articoli()[0].id}


def _nodo(scena):
    return {"slug": scena.accordo.slug, "codice": str(scena.nodo.codice)}


def _in_bozza(scena):
    scena.porta_a("bozza")


def _coppia(argomenti, dati, prepara):
    return [
        Riga(SOLO_COORDINATORE, argomenti=argomenti, prepara=prepara),
        Riga(come_post(SOLO_COORDINATORE), argomenti=argomenti, prepara=prepara, metodo="post", dati=dati),
    ]


RIGHE = {
    "bozze:testo": [
        Riga(LETTORI, argomenti=slug),
        Riga(LETTORI, argomenti=slug, prepara=_due_versioni),
        Riga(LETTORI, argomenti=slug, prepara=_con_proposte, query="ambito=piana"),
        Riga(LETTORI, argomenti=slug, prepara=_con_proposte, query=f"apri={id_di('ogni due anni')}"),
    ],
    "bozze:versioni": Riga(LETTORI, argomenti=slug, prepara=_due_versioni),
    "bozze:versione": Riga(LETTORI, argomenti=_numero, prepara=_due_versioni),
    "bozze:versione_json": Riga(LETTORI, argomenti=_numero, prepara=_due_versioni),
    "bozze:versione_akn": Riga(LETTORI, argomenti=_numero, prepara=_due_versioni),
    "bozze:disposizione": Riga(LETTORI, argomenti=_disposizione, prepara=_due_versioni),
    "bozze:versione_word": Riga(LETTORI, argomenti=_numero, prepara=_due_versioni),
    "bozze:confronto": [
        Riga(LETTORI, argomenti=slug, prepara=_due_versioni, query="da=1&a=2"),
        Riga(LETTORI, argomenti=slug, prepara=_due_versioni, query="da=1&a=2&fronte=on&tutto=on"),
    ],
    "bozze:confronto_pdf": Riga(LETTORI, argomenti=slug, prepara=_due_versioni, query="da=1&a=2"),
    "bozze:confronto_word": Riga(LETTORI, argomenti=slug, prepara=_due_versioni, query="da=1&a=2"),
    "bozze:segna_letta": Riga(come_post(LETTORI), argomenti=_numero, prepara=_due_versioni, metodo="post"),
    "bozze:pubblica": _coppia(slug, {"nota": "", "motivazione": "La riunione è dopo."}, _scritta),
    "bozze:redazione": Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_in_bozza),
    "bozze:carica": _coppia(slug, {"testo": BREVE, "conferma": "si"}, _in_bozza),
    "bozze:titolo": _coppia(slug, {"titolo": "Accordo"}, _in_bozza),
    "bozze:aggiungi_in_fondo": _coppia(slug, {"dove": "in_fondo:titolo", "rubrica": "Nuovo"}, _in_bozza),
    "bozze:modifica": _coppia(_nodo, {"rubrica": "Altra", "revisione": 0}, _scritta),
    "bozze:aggiungi": _coppia(_nodo, {"dove": "dopo:articolo", "rubrica": "Nuovo"}, _scritta),
    "bozze:sposta": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_nodo, prepara=_scritta, metodo="post", dati={"verso": "giu"}
    ),
    "bozze:rilievi_citati": _coppia(_nodo, {}, _scritta),
    "bozze:sopprimi": _coppia(_nodo, {"revisione": 0}, _scritta),
}
