"""Hostile and broken files: a refusal in words, never anything else. How long and how much: see `limiti`."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from questionari.scambio import limiti
from questionari.scambio.importa import importa
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.testo import da_html, da_markdown
from tests.questionari.scambio.moduli import LSS_VERO, XLSX_VERO
from tests.questionari.scambio.ostili import LEGGIBILI, OSTILI


@pytest.mark.parametrize("nome", sorted(set(OSTILI) - LEGGIBILI))
def test_si_rifiuta_in_parole(nome: str) -> None:
    with pytest.raises(FileRifiutato) as rifiuto:
        importa(OSTILI[nome](), nome)
    assert rifiuto.value.testo.endswith(".")
    assert len(rifiuto.value.testo) < 300


@pytest.mark.parametrize("nome", sorted(LEGGIBILI))
def test_cio_che_si_puo_leggere_entra_e_si_dice(nome: str) -> None:
    try:
        importazione = importa(OSTILI[nome](), nome)
    except FileRifiutato as rifiuto:
        assert rifiuto.testo
    else:
        assert importazione.rapporto.righe


def test_i_limiti_sono_ragionevoli() -> None:
    for file in (LSS_VERO, XLSX_VERO):
        assert file.stat().st_size * 10 < limiti.FILE_MB * limiti.MEGABYTE


GUASTI = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20)


def _guasta(contenuto: bytes, guasti: list[tuple[float, int]], fine: float) -> bytes:
    rotto = bytearray(contenuto)
    for dove, byte in guasti:
        rotto[int(dove * len(rotto))] = byte
    return bytes(rotto[: max(1, int(fine * len(rotto)))])


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(st.sampled_from([LSS_VERO, XLSX_VERO]), GUASTI, st.just(1.0) | st.floats(0, 1))
def test_i_file_veri_guastati_non_fanno_mai_altro(
    file: object, guasti: list[tuple[float, int]], fine: float
) -> None:
    assert file in (LSS_VERO, XLSX_VERO)
    contenuto = LSS_VERO.read_bytes() if file == LSS_VERO else XLSX_VERO.read_bytes()
    try:
        importazione = importa(_guasta(contenuto, guasti, fine), "guasto")
    except FileRifiutato as rifiuto:
        assert rifiuto.testo
    else:
        assert importazione.definizione.sezioni


@pytest.mark.parametrize(
    ("html", "testo"),
    [
        ("<p>Uno</p><p>Due<br />tre</p>", "Uno\nDue\ntre"),
        ("a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c d"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("2 < 3 e 5 > 4", "2 < 3 e 5 > 4"),
        ("<SPAN STYLE='x'>İstanbul</SPAN> <b>è</b>", "İstanbul è"),
        ("aperto <b", "aperto <b"),
        ("<!-- nascosto --> visto", "visto"),
        ("l\u2019ente\x00 \x07", "l'ente"),
    ],
)
def test_da_html(html: str, testo: str) -> None:
    assert da_html(html) == testo


def test_da_markdown() -> None:
    assert (
        da_markdown("# Titolo\n**Forte** [sito](https://x.invalid) a\\*b")
        == "Titolo\nForte sito (https://x.invalid) a*b"
    )
