"""Word files, as people write them: automatic numbers, boxes, notes, tracked changes, tables; and broken ones."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from bozze.carte.da_word import MAX_BYTE, NonLeggibile, da_word
from bozze.carte.word import word_testo
from bozze.testo.lettura import leggi
from bozze.testo.parole import parole
from tests.bozze.carte.test_word import QUANDO
from tests.bozze.testo.strategie import semi
from tests.bozze.testo.test_fronte import due_testi

LIVELLI = (("decimal", "Art. %1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"), ("lowerRoman", "%4)"))


def byte(documento) -> bytes:
    uscita = BytesIO()
    documento.save(uscita)
    return uscita.getvalue()


def con_numeri(*righe: tuple[int | None, str], livelli=LIVELLI) -> bytes:
    """A document whose numbers are Word's own: each line with its level, or without number."""
    documento = Document()
    numerazione = documento.part.numbering_part.element
    voci = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{forma}"/><w:lvlText w:val="{modello}"/></w:lvl>'
        for i, (forma, modello) in enumerate(livelli)
    )
    numerazione.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{voci}</w:abstractNum>')
    )
    numerazione.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for livello, parole_riga in righe:
        paragrafo = documento.add_paragraph(parole_riga)
        if livello is not None:
            proprieta = paragrafo._p.get_or_add_pPr()
            proprieta.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{livello}"/><w:numId w:val="77"/></w:numPr>'
                )
            )
    return byte(documento)


def test_i_numeri_automatici_diventano_parole() -> None:
    letto = da_word(
        con_numeri(
            (None, "Convenzione"),
            (0, "- Oggetto"),
            (1, "Le parti collaborano."),
            (1, "In particolare:"),
            (2, "sulle scuole;"),
            (2, "sulle strade."),
            (0, "- Durata"),
            (1, "Dura tre anni."),
        )
    )
    assert letto.testo.split("\n\n") == [
        "Convenzione",
        "Art. 1 - Oggetto",
        "1. Le parti collaborano.",
        "2. In particolare:",
        "a) sulle scuole;",
        "b) sulle strade.",
        "Art. 2 - Durata",
        "1. Dura tre anni.",
    ]
    testo = leggi(letto.testo).testo
    assert [a.rubrica for a in testo.articoli()] == ["Oggetto", "Durata"]
    assert [len(a.figli) for a in testo.articoli()] == [2, 1]
    assert [f.testo for f in testo.articoli()[0].figli[1].figli] == ["sulle scuole;", "sulle strade."]


def test_il_numero_dello_stile() -> None:
    documento = Document()
    documento.add_paragraph("una cosa;", style="List Bullet")
    documento.add_paragraph("un'altra.", style="List Bullet")
    documento.add_paragraph("prima.", style="List Number")
    assert da_word(byte(documento)).testo == "- una cosa;\n\n- un'altra.\n\n1. prima."


def test_cio_che_e_segnato_come_tolto_non_entra_ma_si_dice() -> None:
    documento = Document()
    paragrafo = documento.add_paragraph("Dura ")
    for nome, tag, cosa in (("w:del", "w:delText", "tre"), ("w:ins", "w:t", "sei")):
        corsa, parole_corsa = OxmlElement("w:r"), OxmlElement(tag)
        parole_corsa.text = cosa
        corsa.append(parole_corsa)
        marca = OxmlElement(nome)
        marca.set(qn("w:id"), "1")
        marca.append(corsa)
        paragrafo._p.append(marca)
    paragrafo.add_run(" anni.")
    letto = da_word(byte(documento))
    assert letto.testo == "Dura sei anni."
    assert any("«tre»" in avviso for avviso in letto.avvisi)


def test_tabelle_interruzioni_intestazioni() -> None:
    documento = Document()
    documento.add_paragraph("Prima\triga\nseconda")
    tabella = documento.add_table(1, 2)
    tabella.cell(0, 0).text, tabella.cell(0, 1).text = "Ente", "Comune di Barga"
    documento.sections[0].header.paragraphs[0].text = "Provincia di Lucca"
    letto = da_word(byte(documento))
    assert letto.testo == "Prima riga\nseconda\n\nEnte | Comune di Barga"
    assert any("tabella" in avviso for avviso in letto.avvisi)
    assert any("Provincia di Lucca" in avviso for avviso in letto.avvisi)


@settings(max_examples=25, deadline=None)
@given(semi)
def test_ogni_parola_che_scriviamo_in_word_torna(seme: int) -> None:
    testo, _ = due_testi(seme)
    letto = da_word(word_testo(testo, quando=QUANDO))
    scritte = [parola for nodo in testo.disposizioni() for parola in parole(f"{nodo.rubrica} {nodo.testo}")]
    assert sorted(set(scritte) - set(parole(letto.testo))) == []
    assert leggi(letto.testo).perdute == ()


# ---------------------------------------------------------------------------------------------- what is refused
def zip_con(**parti: bytes) -> bytes:
    uscita = BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        for nome, contenuto in parti.items():
            archivio.writestr(nome.replace("__", "/").replace("_xml", ".xml"), contenuto)
    return uscita.getvalue()


@pytest.mark.parametrize(
    ("contenuto", "perche"),
    [
        (b"", "Non è un documento Word"),
        (b"\xd0\xcf\x11\xe0 un vecchio .doc", "salvalo come .docx"),
        (b"PK\x03\x04 e poi niente", "Non è un documento Word"),
        (zip_con(altro_xml=b"<x/>"), "manca il testo"),
        (zip_con(word__document_xml=b"<x/>"), "rovinato"),
        (zip_con(word__document_xml=b"0" * (MAX_BYTE + 1)), "troppo grande"),
    ],
)
def test_cio_che_non_si_legge_si_rifiuta(contenuto: bytes, perche: str) -> None:
    with pytest.raises(NonLeggibile, match=perche):
        da_word(contenuto)


BUONO = con_numeri((None, "Convenzione"), (0, "Oggetto"), (1, "Le parti collaborano."))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(BUONO) - 1), st.integers(0, 255), st.booleans())
def test_un_file_rovinato_si_legge_o_si_rifiuta(dove: int, con: int, tronca: bool) -> None:
    rovinato = BUONO[:dove] if tronca else BUONO[:dove] + bytes([con]) + BUONO[dove + 1 :]
    try:
        da_word(rovinato)
    except NonLeggibile as errore:
        assert str(errore)
