"""An amendment as an Akoma Ntoso ``amendment``: each operation is a ``mod`` in legal Italian, and again as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bozze.testo.akn.documento import Stesura
from bozze.testo.akn.identita import identita
from bozze.testo.akn.scheda import Scheda, Soggetto, identificazione, riferimenti
from bozze.testo.akn.xml import Elemento, capoversi, documento, elemento
from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.formule import formula, numero_nuovo
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
)

_POSTI = {
    Posizione.DOPO: "after",
    Posizione.PRIMA: "before",
    Posizione.IN_FONDO: "end",
    Posizione.IN_CIMA: "start",
}


@dataclass(frozen=True, slots=True)
class Subproposta:
    """A sub-amendment as the paper of its amendment shows it."""

    sigla: str
    proponente: Soggetto
    disposto: tuple[str, ...]
    motivazione: str


@dataclass(frozen=True, slots=True)
class Proposta:
    """An amendment as its paper shows it. ``sigla`` is its number for good ("5.3")."""

    sigla: str
    proponente: Soggetto
    del_giorno: date
    operazioni: tuple[Operazione, ...]
    motivazione: str
    firmatari: tuple[Soggetto, ...] = ()
    """Who signs it with the proposer."""
    subemendamenti: tuple[Subproposta, ...] = ()
    """What is proposed to change in it, in the order of the numbers."""


def akn_emendamento(testo: Testo, scheda: Scheda, proposta: Proposta) -> bytes:
    """The amendment to ``testo``, the version that ``scheda`` speaks of, as Akoma Ntoso.

    Its operations must fit the text and one another (``operazioni.controlla_tutte``).
    """
    detti = nomi(testo)
    scrivano = _Scrivano(testo, scheda, detti)
    modifiche = [
        scrivano.modifica(operazione, numero) for numero, operazione in enumerate(proposta.operazioni, 1)
    ]
    return documento(
        elemento(
            "amendment",
            _meta(scheda, proposta, scrivano.analisi),
            elemento("preface", _testata(proposta)),
            elemento(
                "amendmentBody",
                elemento(
                    "amendmentContent",
                    *[elemento("p", modifica) for modifica in modifiche],
                    *[_subemendamento(sub) for sub in proposta.subemendamenti],
                ),
                elemento("amendmentJustification", *capoversi(proposta.motivazione)),
            ),
            _conclusioni(proposta),
            name="emendamento",
        )
    )


class _Scrivano:
    """Writes the operations one after the other, gathering what the analysis says of each."""

    def __init__(self, testo: Testo, scheda: Scheda, detti: dict[str, Nome]) -> None:
        self._testo, self._scheda, self._detti = testo, scheda, detti
        self._eid = identita(testo, detti)
        self.analisi: list[Elemento] = []

    def modifica(self, operazione: Operazione, numero: int) -> Elemento:
        eid = f"mod_{numero}"
        frase = formula(self._testo, operazione, self._detti)
        match operazione:
            case SostituisciParole(bersaglio=bersaglio, vecchie=vecchie, nuove=nuove):
                modo = "substitution" if vecchie.strip() and nuove.strip() else ""
                modo = modo or ("repeal" if vecchie.strip() else "insertion")
                parti = _citazioni(frase, [vecchie.strip(), nuove.strip()], eid)
                self._annota(eid, modo, bersaglio, parti, vecchie=bool(vecchie.strip()))
            case SostituisciRubrica(bersaglio, rubrica):
                parti = _citazioni(frase, [rubrica], eid)
                self._annota(eid, "substitution" if rubrica else "repeal", bersaglio, parti)
            case Sostituisci(bersaglio, nuovo):
                parti = self._struttura(frase, nuovo, self._detti[bersaglio].nucleo, eid)
                self._annota(eid, "substitution", bersaglio, parti)
            case Aggiungi(posizione, riferimento, nuovo):
                numero_suo = numero_nuovo(self._testo, operazione, self._detti)
                parti = self._struttura(frase, nuovo, numero_suo, eid)
                self._annota(eid, "insertion", riferimento, parti, posto=_POSTI[posizione])
            case Sopprimi(bersaglio):
                parti = [frase]
                self._annota(eid, "repeal", bersaglio, parti)
            case Sposta(bersaglio, posizione, riferimento):
                parti = [frase]
                self._annota(eid, "renumbering", bersaglio, parti, verso=riferimento, posto=_POSTI[posizione])
        return elemento("mod", *parti, eId=eid)

    def _struttura(self, frase: str, nuovo: Disposizione, numero: str, mod: str) -> "list[Elemento | str]":
        """The sentence up to the new text, and the new text as a structure with the number that the sentence gives it."""
        prefisso = f"{mod}__qstr_1"
        solo = Testo(radici=(nuovo,))
        detti = nomi(solo, {nuovo.id: numero} if numero else None)
        eid = {codice: f"__{valore}" for codice, valore in identita(solo, detti).items()}
        stesura = Stesura(detti, eid, {}, sopra=prefisso)
        citata = elemento(
            "quotedStructure", _scritta(stesura, nuovo), eId=prefisso, startQuote='"', endQuote='"'
        )
        return [frase[: frase.index('"')] if '"' in frase else f"{frase} ", citata, "."]

    def _annota(
        self,
        mod: str,
        modo: str,
        bersaglio: str,
        parti: "Sequence[Elemento | str]",
        *,
        vecchie: bool = False,
        posto: str = "",
        verso: str = "",
    ) -> None:
        citati = [parte.get("eId", "") for parte in parti if not isinstance(parte, str)]
        vecchio = [elemento("old", href=f"#{citati[0]}")] if vecchie else []
        nuovi = [elemento("new", href=f"#{eid}") for eid in citati[1 if vecchie else 0 :]]
        destinazioni = [
            elemento("destination", href=self._indirizzo(bersaglio), pos=posto if not verso else "")
        ]
        if verso:
            destinazioni.append(elemento("destination", href=self._indirizzo(verso), pos=posto))
        self.analisi.append(
            elemento(
                "textualMod",
                elemento("source", href=f"#{mod}"),
                *destinazioni,
                *vecchio,
                *nuovi,
                type=modo,
                eId=f"am_{mod}",
            )
        )

    def _indirizzo(self, codice: str) -> str:
        """The address of a disposition in the version that is amended; of the whole text without one."""
        base = f"{self._scheda.espressione}/!main"
        return f"{base}~{self._eid[codice]}" if codice else base


def _citazioni(frase: str, citate: Sequence[str], mod: str) -> "list[Elemento | str]":
    """The sentence with what it quotes marked as quotedText, in the order in which the quotations stand."""
    parti: list[Elemento | str] = []
    letto = 0
    for numero, parole in enumerate(citate, 1):
        punto = (
            frase.rfind(f'"{parole}"', letto) if numero == len(citate) else frase.find(f'"{parole}"', letto)
        )
        if not parole or punto < 0:
            continue
        parti.append(frase[letto:punto])
        parti.append(
            elemento("quotedText", parole, eId=f"{mod}__qtext_{numero}", startQuote='"', endQuote='"')
        )
        letto = punto + len(parole) + 2
    return [*parti, frase[letto:]]


def _scritta(stesura: Stesura, nuovo: Disposizione) -> Elemento:
    if nuovo.tipo is Tipo.ALLEGATO:
        return elemento(
            "container",
            elemento("p", stesura.numero(nuovo) + (f" {nuovo.rubrica}" if nuovo.rubrica else "")),
            *capoversi(nuovo.testo),
            elemento("p", str(nuovo.documento)) if nuovo.documento else None,
            *[paragrafo for figlio in nuovo.figli for paragrafo in _righe(figlio)],
            name="allegato",
            **stesura.chiavi(nuovo),
        )
    if nuovo.tipo in {Tipo.PREMESSO, Tipo.VISTO, Tipo.CONSIDERATO, Tipo.FORMULA}:
        return stesura.premessa(nuovo)
    return stesura.nodo(nuovo)


def _righe(nodo: Disposizione) -> list[Elemento]:
    proprie = [parole for parole in (nodo.rubrica, nodo.testo) if parole]
    return [riga for parole in proprie for riga in capoversi(parole)] + [
        riga for figlio in nodo.figli for riga in _righe(figlio)
    ]


def _meta(scheda: Scheda, proposta: Proposta, analisi: Sequence[Elemento]) -> Elemento:
    opera = f"{scheda.opera}/emendamento/{scheda.numero}/{proposta.sigla.replace(' ', '-')}"
    espressione = f"{opera}/ita@{proposta.del_giorno.isoformat()}"
    return elemento(
        "meta",
        identificazione(
            opera,
            espressione,
            autore=proposta.proponente,
            nata_il=proposta.del_giorno,
            scheda=scheda,
        ),
        elemento("analysis", elemento("activeModifications", *analisi), source=f"#{scheda.promotore.codice}")
        if analisi
        else None,
        riferimenti(scheda, _soggetti(proposta)),
    )


def _soggetti(proposta: Proposta) -> tuple[Soggetto, ...]:
    """Whoever the document names, each once."""
    tutti = (
        proposta.proponente,
        *proposta.firmatari,
        *(sub.proponente for sub in proposta.subemendamenti),
    )
    return tuple({soggetto.codice: soggetto for soggetto in tutti}.values())


def _subemendamento(sub: Subproposta) -> Elemento:
    """A sub-amendment, said in words under the operations of its amendment."""
    eid = f"sub_{sub.sigla.replace(' ', '-').replace('.', '-')}"
    return elemento(
        "blockContainer",
        elemento(
            "p",
            "Subemendamento ",
            elemento("docNumber", sub.sigla),
            " di ",
            elemento("docProponent", sub.proponente.nome, refersTo=f"#{sub.proponente.codice}"),
        ),
        *[paragrafo for riga in sub.disposto for paragrafo in capoversi(riga)],
        *capoversi(sub.motivazione),
        eId=eid,
    )


def _testata(proposta: Proposta) -> Elemento:
    proponenti: list[Elemento | str] = []
    for soggetto in (proposta.proponente, *proposta.firmatari):
        proponenti += [
            ", " if proponenti else " di ",
            elemento("docProponent", soggetto.nome, refersTo=f"#{soggetto.codice}"),
        ]
    return elemento("p", "Emendamento ", elemento("docNumber", proposta.sigla), *proponenti)


def _conclusioni(proposta: Proposta) -> Elemento:
    enti = (proposta.proponente, *proposta.firmatari)
    return elemento(
        "conclusions",
        *[elemento("p", elemento("signature", ente.nome, refersTo=f"#{ente.codice}")) for ente in enti],
    )
