"""Reading plain text: what is understood, and that no word is lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bozze.testo.albero import Tipo, convalida
from bozze.testo.lettura import leggi
from bozze.testo.numerazione import nomi
from bozze.testo.riconoscimento import riconosci

ESEMPIO = Path(__file__).parent / "accordo_esempio.txt"


def _struttura(sorgente):
    letto = leggi(sorgente)
    assert letto.perdute == ()
    assert convalida(letto.testo) == []
    detti = nomi(letto.testo)
    return {detti[d.id].esteso: d.testo or d.rubrica for d in letto.testo.disposizioni()}


def test_accordo_di_esempio():
    letto = leggi(ESEMPIO.read_text(), "lucca")
    conteggi = letto.conteggi()
    assert letto.perdute == ()
    assert (conteggi[Tipo.ARTICOLO], conteggi[Tipo.TITOLO], conteggi[Tipo.ALLEGATO]) == (33, 7, 5)
    assert conteggi[Tipo.COMMA] == 81
    assert letto.testo.articoli()[4].rubrica == "Obiettivi specifici e risultati attesi"
    assert leggi(ESEMPIO.read_text(), "lucca").testo == letto.testo
    assert leggi(ESEMPIO.read_text()).testo != letto.testo


def test_rubrica_nella_riga_dopo_e_commi_senza_numero():
    struttura = _struttura(
        """CONVENZIONE

Articolo 1
(Oggetto)
Le Parti collaborano.
La collaborazione dura un anno.

Articolo 2 - Durata

Tre anni, rinnovabili
una volta sola.
"""
    )
    assert struttura == {
        "articolo 1": "Oggetto",
        "articolo 1, comma 1": "Le Parti collaborano.",
        "articolo 1, comma 2": "La collaborazione dura un anno.",
        "articolo 2": "Durata",
        "articolo 2, comma 1": "Tre anni, rinnovabili una volta sola.",
    }


def test_numeri_trattini_e_chiusa():
    struttura = _struttura(
        """ACCORDO

Visto l'articolo 15 della legge n. 241 del 1990;
Visto il decreto legislativo n. 267 del 2000;
Premesso che la sicurezza è un bene comune;
Tutto ciò premesso, le Parti convengono:

ART. 1 - IMPEGNI
1. Gli enti:
a) scelgono:
1) le sedi;
2) i tempi;
b) informano:
- i cittadini;
- le imprese.
2. Resta fermo l'articolo 3.

Letto, approvato e sottoscritto.
"""
    )
    assert struttura["articolo 1"] == "Impegni"
    assert struttura["articolo 1, comma 1, lettera a), numero 2)"] == "i tempi;"
    assert struttura["articolo 1, comma 1, lettera b), primo trattino"] == "i cittadini;"
    assert struttura["articolo 1, comma 2"] == "Resta fermo l'articolo 3."
    assert struttura["formula introduttiva"] == "Tutto ciò premesso, le Parti convengono:"
    assert "Letto, approvato e sottoscritto." in struttura.values()


def test_numero_diverso_nel_testo_di_partenza():
    letto = leggi("ACCORDO\n\nArt. 1 - Uno\n1. Primo.\nArt. 3 - Tre\n1. Terzo.\n")
    assert [riga.avviso for riga in letto.avvisi] == [
        'Nel testo di partenza era "Art. 3 -", qui è articolo 2.'
    ]


def test_una_frase_che_comincia_con_articolo_non_e_un_articolo():
    letto = leggi("ACCORDO\n\nArt. 1 - Rinvio\n1. Si applicano:\narticolo 5 della legge n. 241\n")
    assert letto.conteggi()[Tipo.ARTICOLO] == 1


@pytest.mark.parametrize("sorgente", ["", "\n\n", "una riga sola"])
def test_testi_minimi(sorgente):
    assert leggi(sorgente).perdute == ()


righe = st.sampled_from(
    [
        "TITOLO I - GENERALE",
        "Titolo II",
        "CAPO I - Uno",
        "Art. 1 - Oggetto",
        "Articolo 2",
        "Art. 3 (Fine)",
        "ART. 4",
        "1. Testo.",
        "2. Altro:",
        "a) lettera;",
        "b) seconda:",
        "1) numero;",
        "i) romano;",
        "- trattino;",
        "PREMESSO CHE",
        "Visto l'articolo 5;",
        "VISTI",
        "CONSIDERATO CHE",
        "le Parti convengono",
        "ALLEGATO A - Elenco",
        "Allegato B",
        "testo libero",
        "continua qui",
        "Una frase intera.",
        "",
        "Lucca, li 3 maggio",
        "Articolo 5 della legge",
        "2-bis. Aggiunto.",
        "Art. 5-bis - Nuovo",
        "Letto, approvato e sottoscritto",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(righe, max_size=25).map("\n".join))
def test_nessuna_parola_si_perde(sorgente):
    letto = leggi(sorgente)
    assert letto.perdute == ()
    assert convalida(letto.testo) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_qualunque_testo_si_legge(sorgente):
    assert leggi(sorgente).perdute == ()


def test_ricaricato_mantiene_gli_identificativi():
    prima = leggi(ESEMPIO.read_text(), "lucca").testo
    cambiato = ESEMPIO.read_text().replace("L'accordo dura tre anni", "L'accordo dura cinque anni")
    dopo = riconosci(prima, leggi(cambiato).testo)
    assert set(dopo.indice) == set(prima.indice)
    assert dopo.trova(
        next(i for i, p in prima.indice.items() if p.nodo.testo.startswith("L'accordo dura"))
    ).testo.startswith("L'accordo dura cinque")
    aggiunto = ESEMPIO.read_text().replace(
        "Art. 6 -", "Art. 6 - Del tutto nuovo\n\n1. Mai visto prima.\n\nArt. 7 -"
    )
    dopo = riconosci(prima, leggi(aggiunto).testo)
    assert len(set(dopo.indice) - set(prima.indice)) == 2
