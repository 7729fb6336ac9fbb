"""Acts as offices send them: each becomes the text that a person would have written from it, by page and by command."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from bozze.carte.da_word import da_word
from bozze.testo.albero import Disposizione, Testo
from bozze.testo.lettura import leggi
from tests.bozze.carte.atti_veri import (
    A_MANO,
    CON_ALLEGATI,
    CON_REVISIONI,
    a_mano,
    con_allegati,
    con_revisioni,
)
from tests.bozze.carte.test_convenzioni import nulla_si_perde

DA_LIBREOFFICE = Path(__file__).with_name("da_libreoffice.docx")
"""``con_revisioni`` opened with LibreOffice 7.4 and saved again, as its own format and then as Word's."""
ATTI = {
    "con_revisioni": (con_revisioni, CON_REVISIONI),
    "a_mano": (a_mano, A_MANO),
    "con_allegati": (con_allegati, CON_ALLEGATI),
    "da_libreoffice": (DA_LIBREOFFICE.read_bytes, CON_REVISIONI),
}
atti = pytest.mark.parametrize("atto", ATTI)
pytestmark = pytest.mark.una_volta


def _detto(testo: Testo) -> str:
    def righe(nodo: Disposizione, sotto: int) -> list[str]:
        qui = f"{'. ' * sotto}{nodo.tipo} {nodo.rubrica or nodo.testo}"
        return [qui, *(riga for figlio in nodo.figli for riga in righe(figlio, sotto + 1))]

    return "\n".join(riga for radice in testo.radici for riga in righe(radice, 0))


@atti
def test_prende_la_sua_forma_e_nulla_si_perde(atto: str) -> None:
    contenuto, attesa = ATTI[atto]
    assert _detto(leggi(da_word(contenuto()).testo).testo) == attesa.strip()
    nulla_si_perde(contenuto())


@pytest.mark.parametrize(
    "detto",
    [
        "segnate come tolte non sono nel testo: «la vigilanza … Il comando è unico.»",
        "Le parole nascoste, che in Word non si vedono, non sono nel testo: «nota interna»",
        "L'indice del documento non è nel testo: «Art. 1 - Oggetto 2 … Art. 2 - Durata 3»",
        "dopo «parola10 parola11 parola12.», non è nel testo: «parola7 parola8 parola9»",
        "Il commento di Rossi non è nel testo: «Da rivedere con il Segretario»",
    ],
)
def test_il_rapporto_dice_dove_e_finita_ogni_parola(detto: str) -> None:
    assert any(detto in avviso for avviso in da_word(con_revisioni()).avvisi)


@atti
@pytest.mark.django_db
def test_dal_comando_in_prova(atto: str, tmp_path: Path) -> None:
    """The tree goes out as JSON, and the report beside it; no accord is needed to try."""
    contenuto, attesa = ATTI[atto]
    file = tmp_path / "atto.docx"
    file.write_bytes(contenuto())
    uscita, rapporto = io.StringIO(), io.StringIO()
    call_command("importa_bozza", str(file), "--prova", "--json", stdout=uscita, stderr=rapporto)
    assert _detto(Testo.da_dati(json.loads(uscita.getvalue()))) == attesa.strip()
    assert all(avviso in rapporto.getvalue() for avviso in da_word(contenuto()).avvisi)
    assert "Parole senza posto" not in rapporto.getvalue()


@atti
@pytest.mark.django_db
def test_dalla_pagina(atto: str, scena, client) -> None:
    contenuto, attesa = ATTI[atto]
    scena.porta_a("bozza")
    client.force_login(scena.coordinatore)
    url = reverse("bozze:carica", args=[scena.accordo.slug])
    letta = client.post(url, {"file": SimpleUploadedFile("atto.docx", contenuto())})
    assert _detto(letta.context["testo"]) == attesa.strip()
    pagina = letta.content.decode()
    assert "Nessuna parola è andata persa" in pagina
    assert "Articolo 1, «Oggetto»" in pagina
    da_controllare = [riga["letta"].numero for riga in letta.context["righe"] if riga["letta"].avviso]
    assert (f'<a href="#riga-{da_controllare[0]}">' in pagina) if da_controllare else ("#riga-" not in pagina)
    assert list(letta.context["tralasciati"]) == list(da_word(contenuto()).avvisi)


# ---------------------------------------------------------------------------------------------- headings and items typed
@pytest.mark.parametrize(
    ("intestazione", "rubrica"),
    [
        ("Art. 1 Oggetto", "Oggetto"),
        ("ART. 1 OGGETTO", "Oggetto"),
        ("Art.1.Oggetto", "Oggetto"),
        ("Art. 1° - Oggetto", "Oggetto"),
        ("Art. 1 [Oggetto]", "Oggetto"),
        ("Articolo 1 «Oggetto»", "Oggetto"),
        ("Articolo 1\n(Oggetto).", "Oggetto"),
        ("Art. 1 - oggetto", "oggetto"),
        ("Articolo primo - Oggetto", "Oggetto"),
        ("Articolo uno\nOggetto", "Oggetto"),
        ("Articolo unico (Oggetto)", "Oggetto"),
        ("Art. 1 - Oggetto (prova)", "Oggetto (prova)"),
        ("Art. 1 (Oggetto) e (fine)", "(Oggetto) e (fine)"),
    ],
)
def test_la_rubrica_comunque_sia_scritta(intestazione: str, rubrica: str) -> None:
    lettura = leggi(f"Accordo\n\n{intestazione}\n\nLe parti collaborano.")
    assert _detto(lettura.testo) == f"articolo {rubrica}\n. comma Le parti collaborano."
    assert lettura.avvisi == ()


@pytest.mark.parametrize(
    "frase",
    [
        "Articolo 5 della legge n. 241 del 1990.",
        "Art. 5 - comma 2 del regolamento.",
        "Articolo 15 Legge n. 241 del 1990;",
        "Capo e Comune collaborano.",
    ],
)
def test_una_frase_resta_una_frase(frase: str) -> None:
    lettura = leggi(f"Accordo\n\nArt. 1 - Oggetto\n\n{frase}")
    assert _detto(lettura.testo) == f"articolo Oggetto\n. comma {frase}"
    assert bool(lettura.avvisi) is frase.startswith("Art")  # a person is asked to look


@pytest.mark.parametrize(
    ("righe", "attesa"),
    [
        ("1 Uno.\n2 Due.", ". comma Uno.\n. comma Due."),
        ("7.1 Uno.\n7.2 Due alle 12.30.", ". comma Uno.\n. comma Due alle 12.30."),
        ("Comma 1. Uno.\nComma 2 - Due.", ". comma Uno.\n. comma Due."),
        ("1) Uno:\na) la prima;\n2) Due.", ". comma Uno:\n. . lettera la prima;\n. comma Due."),
        ("1. Uno:\n1) la prima;\n2) la seconda.", ". comma Uno:\n. . lettera la prima;\n. . lettera la seconda."),
        ("1. Uno:\n1.1 la prima;\n1.2 la seconda.\n2. Due.",
         ". comma Uno:\n. . lettera la prima;\n. . lettera la seconda.\n. comma Due."),
        ("1. Uno:\na) la prima:\n1) sotto;\n2) sotto.\n2. Due.",
         ". comma Uno:\n. . lettera la prima:\n. . . numero sotto;\n. . . numero sotto.\n. comma Due."),
        ("1. Uno costa\n1000 euro.", ". comma Uno costa 1000 euro."),
        ("1. Uno.\n3 Comuni partecipano.", ". comma Uno.\n. . paragrafo 3 Comuni partecipano."),
    ],
)  # fmt: skip
def test_i_numeri_comunque_siano_scritti(righe: str, attesa: str) -> None:
    lettura = leggi(f"Accordo\n\nArt. 7 - Oggetto\n{righe}")
    assert _detto(lettura.testo) == f"articolo Oggetto\n{attesa}"
    assert lettura.perdute == ()
