"""A version of the text as an Akoma Ntoso ``act``."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from bozze.testo.akn.identita import identita
from bozze.testo.akn.scheda import Scheda, identificazione, obiettivo, riferimenti, vita
from bozze.testo.akn.xml import Elemento, capoversi, documento, elemento
from bozze.testo.albero import GRUPPI_PREMESSE, Disposizione, Testo, Tipo, codici
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.rinvii import Indice, brani

_GERARCHIA = {
    Tipo.TITOLO: "title",
    Tipo.CAPO: "chapter",
    Tipo.ARTICOLO: "article",
    Tipo.COMMA: "paragraph",
    Tipo.LETTERA: "point",
    Tipo.NUMERO: "point",
    Tipo.TRATTINO: "indent",
    Tipo.PARAGRAFO: "alinea",
}
_PREAMBOLO = (*GRUPPI_PREMESSE, Tipo.FORMULA, Tipo.PARAGRAFO)


def akn(
    testo: Testo,
    scheda: Scheda,
    *,
    nomi_testo: Mapping[str, Nome] | None = None,
    primi: Mapping[str, str] | None = None,
) -> bytes:
    """The text as Akoma Ntoso, the same bytes for the same version.

    ``primi``: the eId with which each disposition was born (``identita.originari``); what is missing there is new.
    """
    detti = nomi_testo or nomi(testo)
    eid = identita(testo, detti)
    stesura = Stesura(detti, eid, primi or {}, rinvii=Indice(testo, detti), serve=True)
    corpo_e_allegati = testo.radici[len(list(takewhile(lambda n: n.tipo in _PREAMBOLO, testo.radici))) :]
    preambolo = testo.radici[: len(testo.radici) - len(corpo_e_allegati)]
    corpo = [nodo for nodo in corpo_e_allegati if nodo.tipo is not Tipo.ALLEGATO]
    allegati = [nodo for nodo in corpo_e_allegati if nodo.tipo is Tipo.ALLEGATO]
    return documento(
        elemento(
            "act",
            _meta(scheda, codici(c for nodo in testo.disposizioni() for c in nodo.obiettivi)),
            elemento(
                "preface", elemento("p", elemento("docTitle", testo.titolo)), *_sotto(testo.sottotitolo)
            ),
            elemento("preamble", *[stesura.premessa(nodo) for nodo in preambolo]) if preambolo else None,
            elemento("body", *[stesura.nodo(nodo) for nodo in corpo] or [_corpo_vuoto()]),
            _firme(scheda),
            elemento("attachments", *[_allegato(nodo, stesura, scheda) for nodo in allegati])
            if allegati
            else None,
            name="accordo",
            contains="originalVersion" if scheda.numero == 1 else "singleVersion",
        )
    )


class Stesura:
    """Writes dispositions as elements, each with its eId, the wId it was born with and its lasting identifier."""

    def __init__(
        self,
        detti: Mapping[str, Nome],
        eid: Mapping[str, str],
        primi: Mapping[str, str],
        *,
        sopra: str = "",
        rinvii: Indice | None = None,
        serve: bool = False,
    ) -> None:
        self._detti, self._eid, self._primi, self._sopra, self._rinvii = detti, eid, primi, sopra, rinvii
        self._serve = serve

    def chiavi(self, nodo: Disposizione) -> dict[str, str]:
        """The identifiers of a disposition, and the objectives that it says it serves, as attributes."""
        eid = self._eid[nodo.id]
        primo = self._primi.get(nodo.id, eid)
        serve = " ".join(f"#{obiettivo(codice)}" for codice in nodo.obiettivi) if self._serve else ""
        return {
            "eId": self._sopra + eid,
            "wId": primo if primo != eid else "",
            "GUID": nodo.id,
            "refersTo": serve,
        }

    def numero(self, nodo: Disposizione) -> str:
        """Its number as printed."""
        return self._detti[nodo.id].numero

    def parole(self, nodo: Disposizione) -> list[Elemento]:
        """Its words as paragraphs; a reference to another disposition is a ``ref`` to it."""
        if self._rinvii is None or "\n" in nodo.testo:
            return capoversi(nodo.testo)
        pezzi = [
            elemento("ref", brano.parole, href=f"#{self._eid[brano.bersaglio]}")
            if brano.bersaglio
            else brano.parole
            for brano in brani(nodo, self._rinvii)
        ]
        return [elemento("p", *pezzi)]

    def nodo(self, nodo: Disposizione) -> Elemento:
        """A disposition of the body, with all that is below it."""
        if nodo.tipo not in _GERARCHIA:  # a premessa, a formula that does not stand before the articles
            return self._contenitore(nodo, nodo.tipo.value)
        if nodo.tipo is Tipo.PARAGRAFO and "hcontainer" in self._eid[nodo.id].rsplit("__", 1)[-1]:
            return self._contenitore(nodo, "capoverso")
        return elemento(_GERARCHIA[nodo.tipo], *self._testata(nodo), *self._dentro(nodo), **self.chiavi(nodo))

    def premessa(self, nodo: Disposizione) -> Elemento:
        """A part of the preamble: recitals, citations, the enacting formula, or plain words."""
        if nodo.tipo is Tipo.FORMULA:
            return elemento("formula", *self.parole(nodo), name="convenzione", **self.chiavi(nodo))
        if nodo.tipo not in GRUPPI_PREMESSE or not nodo.figli:
            return elemento("container", *self.parole(nodo), name=nodo.tipo.value, **self.chiavi(nodo))
        gruppo, voce = ("citations", "citation") if nodo.tipo is Tipo.VISTO else ("recitals", "recital")
        inizio = elemento("intro", *self.parole(nodo)) if nodo.testo else None
        return elemento(
            gruppo, inizio, *[self._voce(figlio, voce) for figlio in nodo.figli], **self.chiavi(nodo)
        )

    def _voce(self, nodo: Disposizione, nome: str) -> Elemento:
        sotto = (
            elemento(
                "blockList",
                *[self._voce(figlio, "item") for figlio in nodo.figli],
                eId=f"{self.chiavi(nodo)['eId']}__list_1",
            )
            if nodo.figli
            else None
        )
        return elemento(nome, *self._testata(nodo), *self.parole(nodo), sotto, **self.chiavi(nodo))

    def _testata(self, nodo: Disposizione) -> list[Elemento]:
        numero = self.numero(nodo)
        testata = [elemento("num", numero)] if numero else []
        if nodo.rubrica:
            testata.append(elemento("heading", nodo.rubrica))
        return testata

    def _dentro(self, nodo: Disposizione) -> list[Elemento]:
        """The words and what is below: a list with its lead-in under a comma or a letter, children elsewhere."""
        if not nodo.figli:
            return [elemento("content", *self.parole(nodo))]
        figli = [self.nodo(figlio) for figlio in nodo.figli]
        inizio = [elemento("intro", *self.parole(nodo))] if nodo.testo else []
        if nodo.tipo in {Tipo.TITOLO, Tipo.CAPO, Tipo.ARTICOLO}:
            return [*inizio, *figli]
        return [elemento("list", *inizio, *figli, eId=f"{self.chiavi(nodo)['eId']}__list_1")]

    def _contenitore(self, nodo: Disposizione, nome: str) -> Elemento:
        return elemento("hcontainer", *self._dentro(nodo), name=nome, **self.chiavi(nodo))


def _meta(scheda: Scheda, obiettivi: Sequence[str]) -> Elemento:
    return elemento(
        "meta",
        identificazione(
            scheda.opera,
            scheda.espressione,
            autore=scheda.promotore,
            nata_il=scheda.nata_il,
            scheda=scheda,
        ),
        *vita(scheda),
        riferimenti(scheda, obiettivi=obiettivi),
    )


def _sotto(sottotitolo: str) -> list[Elemento]:
    return capoversi(sottotitolo) if sottotitolo else []


def _corpo_vuoto() -> Elemento:
    """The schema wants something in the body, also of a text that has only its premesse so far."""
    return elemento("hcontainer", elemento("content", elemento("p")), name="vuoto", eId="hcontainer_vuoto")


def _firme(scheda: Scheda) -> Elemento | None:
    if not (scheda.definitiva and scheda.sottoscrittori):
        return None
    return elemento(
        "conclusions",
        *[
            elemento("p", elemento("signature", ente.nome, refersTo=f"#{ente.codice}"))
            for ente in scheda.sottoscrittori
        ],
    )


def _allegato(nodo: Disposizione, stesura: Stesura, scheda: Scheda) -> Elemento:
    chiavi = stesura.chiavi(nodo)
    vuoto = not nodo.figli and not nodo.documento
    parole: Sequence[Elemento] = capoversi(nodo.testo) if nodo.testo or vuoto else ()
    meta = elemento(
        "meta",
        identificazione(
            scheda.opera,
            scheda.espressione,
            autore=scheda.promotore,
            nata_il=scheda.nata_il,
            scheda=scheda,
            parte=f"!{chiavi['eId']}",
        ),
    )
    titolo = elemento(
        "p",
        elemento("docNumber", stesura.numero(nodo)),
        " " if nodo.rubrica else None,
        elemento("docTitle", nodo.rubrica) if nodo.rubrica else None,
    )
    dentro = elemento(
        "doc",
        meta,
        elemento("preface", titolo),
        elemento("mainBody", *_documento(nodo), *parole, *[stesura.nodo(figlio) for figlio in nodo.figli]),
        name="allegato",
    )
    return elemento("attachment", dentro, **chiavi)


def _documento(nodo: Disposizione) -> list[Elemento]:
    """The file that the annex is: a reference, with the hash by which anyone can tell that it is the same."""
    if nodo.documento is None:
        return []
    sorgente = f"#sha256-{nodo.documento.impronta}"
    return [elemento("componentRef", src=sorgente, showAs=nodo.documento.nome, alt=str(nodo.documento))]
