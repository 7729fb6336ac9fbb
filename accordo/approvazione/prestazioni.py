"""The bench of phase 8: the accord on paper, first and again, beside what WeasyPrint needs by itself; the signatures."""

import time
from collections.abc import Callable, Sequence

from accordo.approvazione import firma_di_prova, testi
from accordo.approvazione.firme import Atteso, esamina
from accordo.approvazione.firme.unione import riunisci
from accordo.base import orologio
from accordo.base.pdf import Incluso, composizione
from accordo.base.prestazioni import Banco
from accordo.iter.prestazioni import Territorio, costruisci
from bozze.models import Versione
from bozze.testo.albero import Disposizione, Testo, Tipo

NOME = "approvazione"
ARTICOLI = 35
VOLTE = 3
FIRMATARI = 38


def prova(banco: Banco, enti: int) -> None:
    """Measure the text of 35 articles with its signatories (38 at most are printed and sign), and their signatures."""
    _paragone(banco)
    mondo = costruisci(min(enti, FIRMATARI))
    versione = _versione(mondo)
    _stampa(banco, mondo, versione)
    _firme(banco, testi.pdf_definitivo(mondo.accordo, versione))


def _paragone(banco: Banco) -> None:
    """How fast this machine is at this moment: the same sums everywhere (0.6 s on an idle machine of 2024)."""

    def somme() -> bytes:
        somma = 0
        for numero in range(10_000_000):
            somma += numero * numero
        return str(somma).encode()

    with banco.misura("per paragone: dieci milioni di somme") as nota:
        nota.append(f"CPU {_cpu(somme, 1)[1]:.2f} s")


def _versione(mondo: Territorio) -> Versione:
    """A text of 35 articles of the example's length (66 words each, about 15 pages with cover, contents and signatories)."""
    frase = "Le Parti curano insieme gli interventi di questo articolo, ciascuna nei limiti delle proprie competenze. "

    def articolo(n: int) -> Disposizione:
        commi = [Disposizione(f"a{n}c{c}", Tipo.COMMA, frase * (1 + (n + c) % 2)) for c in range(2 + n % 2)]
        if n % 4 == 0:
            lettere = tuple(
                Disposizione(f"a{n}l{c}", Tipo.LETTERA, "gli spazi e i servizi comuni;") for c in range(4)
            )
            commi.append(Disposizione(f"a{n}c9", Tipo.COMMA, "Esse curano:", figli=lettere))
        return Disposizione(f"a{n}", Tipo.ARTICOLO, rubrica=f"Impegno numero {n}", figli=tuple(commi))

    titoli = tuple(
        Disposizione(
            f"t{t}", Tipo.TITOLO, rubrica=f"Titolo {t}", figli=tuple(articolo(t * 5 + n) for n in range(1, 6))
        )
        for t in range(ARTICOLI // 5)
    )
    testo = Testo("ACCORDO ISTITUZIONALE", "per gli interventi di prova", titoli)
    return Versione.objects.create(
        accordo=mondo.accordo, numero=1, definitiva=True, testo=testo.in_dati(), impronta=testo.impronta
    )


def _stampa(banco: Banco, mondo: Territorio, versione: Versione) -> None:
    visti: list[str] = []
    impagina = composizione.impagina

    def spia(html: str, inclusi: Sequence[Incluso] = ()) -> bytes:
        visti.append(html)
        return impagina(html, inclusi)

    composizione.impagina = spia
    try:
        with banco.misura("il testo in PDF, la prima volta") as nota:
            pdf, cpu = _cpu(lambda: testi.pdf_definitivo(mondo.accordo, versione), 1)
            nota.append(f"CPU {cpu:.2f} s, {len(pdf) // 1024} kB")
    finally:
        composizione.impagina = impagina
    with banco.misura("di nuovo, dal deposito") as nota:
        nota.append("stessi byte" if testi.pdf_definitivo(mondo.accordo, versione) == pdf else "BYTE DIVERSI")
    with banco.misura(f"impaginazione, {VOLTE} volte") as nota:
        _, nostra = _cpu(lambda: impagina(visti[0]), VOLTE)
        nota.append(f"CPU minima {nostra:.2f} s")
    with banco.misura(f"WeasyPrint da solo, {VOLTE} volte") as nota:
        _, sua = _cpu(lambda: _weasyprint(visti[0]), VOLTE)
        nota.append(f"CPU minima {sua:.2f} s, rapporto {nostra / sua:.2f}")


def _weasyprint(html: str) -> bytes:
    from weasyprint import HTML

    pagina = HTML(string=html, base_url=composizione.RADICE, url_fetcher=composizione.SoloStatici())
    contenuto: bytes = pagina.write_pdf(**composizione.OPZIONI)
    return contenuto


def _firme(banco: Banco, pdf: bytes) -> None:
    atteso, adesso = Atteso(pdf=pdf), orologio.adesso()
    buste = [firma_di_prova.firma_p7m(pdf, f"Firmataria Numero {n}") for n in range(FIRMATARI)]
    a_turno, meta = pdf, b""
    for n in range(FIRMATARI):
        a_turno = firma_di_prova.firma_pdf(a_turno, f"Firmataria Numero {n}")
        meta = a_turno if n + 1 == FIRMATARI // 2 else meta
    with banco.misura("controllare una busta .p7m"):
        esamina(buste[0], atteso, adesso=adesso)
    with banco.misura(f"riunire {FIRMATARI} buste") as nota:
        unica = riunisci(buste, pdf)
        nota.append(f"{len(unica) // 1024} kB")
    for file, cosa in ((unica, "la busta"), (meta, "il PDF"), (a_turno, "il PDF")):
        quante = FIRMATARI // 2 if file is meta else FIRMATARI
        with banco.misura(f"controllare {cosa} con {quante} firme") as nota:
            inizio = time.process_time()
            lette = len(esamina(file, atteso, adesso=adesso).firme)
            nota.append(f"CPU {time.process_time() - inizio:.2f} s, {lette} firme, {len(file) // 1024} kB")


def _cpu(lavoro: Callable[[], bytes], volte: int) -> tuple[bytes, float]:
    """Run some times; return the last result and the least processor time that one run took."""
    tempi = []
    for _ in range(volte):
        inizio = time.process_time()
        risultato = lavoro()
        tempi.append(time.process_time() - inizio)
    return risultato, min(tempi)
