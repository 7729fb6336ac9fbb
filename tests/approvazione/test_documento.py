"""The accord on paper: what is in it, at each stage, and that it never changes by itself."""

from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from accordo.approvazione import parti, testi
from accordo.approvazione.firma_di_prova import firma_pdf
from accordo.approvazione.impaginazione import Articolo, impagina
from accordo.approvazione.models import DocumentoFinale
from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.models import TipoEnte
from accordo.iter.models import Proposta
from tests.approvazione.fabbriche import avvia, congelato, di, pubblica, registra
from tests.approvazione.fabbriche import testo as albero_di_prova
from tests.fabbriche import EnteFactory


def leggi(contenuto: bytes) -> tuple[PdfReader, str]:
    lettore = PdfReader(BytesIO(contenuto))
    return lettore, "\n".join(pagina.extract_text() for pagina in lettore.pages)


def test_impaginazione_conserva_ogni_parola_nell_ordine():
    doc = impagina(albero_di_prova())
    assert [gruppo.intestazione for gruppo in doc.gruppi] == ["Premesso che", "Visti"]
    [parte] = doc.parti
    assert (parte.numero, parte.rubrica) == ("Titolo I", "Disposizioni")
    primo = parte.blocchi[0]
    assert isinstance(primo, Articolo)
    assert primo.numero == "Art. 1"
    assert [comma.numero for comma in primo.commi] == ["1.", "2."]
    assert [voce.numero for voce in primo.commi[1].voci] == ["a)", "b)"]
    assert [allegato.lettera for allegato in doc.allegati_brevi] == ["A"]
    assert [allegato.lettera for allegato in doc.allegati_lunghi] == ["B"]


@pytest.mark.una_volta
def test_bozza_si_dichiara_su_ogni_pagina(scena):
    versione = pubblica(scena.accordo)
    lettore, tutto = leggi(testi.pdf_versione(scena.accordo, versione))
    assert all("BOZZA – versione 1" in pagina.extract_text() for pagina in lettore.pages)
    for parole in (
        "Indice",
        "Premesse",
        "Disposizioni",
        "Allegati",
        "Enti firmatari",
        "Alfa",
        f"Pagina 2 di {len(lettore.pages)}",
    ):
        assert parole in tutto
    assert f"Impronta del testo {versione.impronta[:8]}" in tutto
    assert "Le Parti dell’accordo" in tutto
    assert "“comuni”" in tutto


@pytest.mark.una_volta
def test_segnalibri_secondo_l_ordine_del_testo(scena):
    lettore, _ = leggi(testi.pdf_versione(scena.accordo, pubblica(scena.accordo)))
    titoli = [voce["/Title"] for voce in _appiattiti(lettore.outline)]
    ordine = [
        "Le Parti",
        "Premesse",
        "Titolo I Disposizioni",
        "Art. 1 Cosa numero 1",
        "Allegati",
        "Enti firmatari",
    ]
    trovati = [next(i for i, titolo in enumerate(titoli) if titolo.startswith(atteso)) for atteso in ordine]
    assert trovati == sorted(trovati)


def _appiattiti(voci):
    for voce in voci:
        yield from _appiattiti(voce) if isinstance(voce, list) else [voce]


def test_stessa_versione_stessi_byte(scena):
    versione = pubblica(scena.accordo, definitiva=True)
    assert testi.pdf_definitivo(scena.accordo, versione) == testi.pdf_definitivo(scena.accordo, versione)


@pytest.mark.una_volta
def test_testo_definitivo_non_e_una_bozza_e_dopo_porta_gli_atti(scena):
    avvia(scena)
    _, definitivo = leggi(congelato(di(scena.ente_a)))
    assert "BOZZA" not in definitivo
    assert "Giunta comunale" in definitivo
    registra(di(scena.ente_a), scena.agente(scena.referente))
    _, con_atti = leggi(testi.pdf_con_atti(DocumentoFinale.objects.get()))
    assert "n. 12 del 02.03.2026" in con_atti
    assert "In attesa" in con_atti
    assert "Copia di consultazione" in con_atti


def test_parti_in_parole(db):
    promotore = EnteFactory(tipo=TipoEnte.PROVINCIA, denominazione="Provincia di Prova")
    prefettura = EnteFactory(
        tipo=TipoEnte.PREFETTURA, denominazione="Prefettura - Ufficio territoriale del Governo di Prova"
    )
    comune = EnteFactory(denominazione="Comune di Alfa", ambito__nome="Piana")
    altro = EnteFactory(denominazione="Comune di Beta", ambito=comune.ambito)
    unione = EnteFactory(tipo=TipoEnte.UNIONE_COMUNI, denominazione="Unione dei Comuni Prova")
    enti = [comune, unione, altro, prefettura, promotore]
    frasi = [f"{f.prima}{f.forte}{f.dopo}" for f in parti.frasi(parti.in_gruppi(enti), promotore)]
    assert frasi == [
        "la Provincia di Prova, che promuove l'accordo e ne cura la segreteria",
        "la Prefettura di Prova, Ufficio territoriale del Governo",
        "i Comuni dell'area Piana: Alfa e Beta",
        "l'Unione dei Comuni Prova",
    ]
    assert parti.con_chi(enti, promotore) == "con la Prefettura di Prova, 2 Comuni e un'Unione di comuni"


@pytest.mark.una_volta
def test_esporta_in_ogni_fase(scena, tmp_path):
    uscita = tmp_path / "accordo.pdf"
    with pytest.raises(CommandError, match="Non c'è ancora un testo"):
        call_command("esporta", "prova", output=uscita)
    Proposta.objects.create(
        accordo=scena.accordo,
        testo="Proponiamo.",
        pubblicata_il=orologio.adesso(),
        pubblicata_da=scena.coordinatore,
    )
    attese = {"proposta": "Proponiamo.", "bozza": "BOZZA", "approvazione": "In corso di firma"}
    for passo, parole in attese.items():
        if passo == "bozza":
            pubblica(scena.accordo, 1)
        if passo == "approvazione":
            pubblica(scena.accordo, 2, definitiva=True, variante=" Davvero.")
            scena.porta_a("approvazione")
            from accordo.approvazione.servizi import avvia_approvazione

            avvia_approvazione(scena.accordo, da=scena.agente(scena.coordinatore))
        call_command("esporta", "prova", output=uscita)
        assert parole in leggi(uscita.read_bytes())[1]
    with pytest.raises(CommandError, match="Non c'è un accordo"):
        call_command("esporta", "altro", output=uscita)


def test_copia_firmata_si_legge_ancora(scena):
    avvia(scena)
    lettore, tutto = leggi(firma_pdf(congelato(di(scena.ente_a)), "Anna"))
    assert "Enti firmatari" in tutto
    assert lettore.trailer["/Root"]["/AcroForm"]["/SigFlags"] == 3


def test_niente_da_stampare_e_un_rifiuto_in_parole(scena):
    with pytest.raises(ErroreDominio, match="Non c'è ancora un testo"):
        testi.pdf_accordo(scena.accordo)
