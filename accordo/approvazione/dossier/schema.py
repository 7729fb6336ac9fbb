"""The draft of a body's own act: premises, opinions, decisions, the formula of who signs. Pure words, no files.

A draft to adapt, never an act: what only the body knows is a blank to fill in (norme.md, facts 9 to 15).
"""

from dataclasses import dataclass
from datetime import date

from accordo.approvazione.organi import proposta
from accordo.enti.models import Ente, TipoEnte

BIANCO = "__________"
_TUEL = "decreto legislativo 18 agosto 2000, n. 267"
_LOCALI = (TipoEnte.COMUNE, TipoEnte.PROVINCIA, TipoEnte.UNIONE_COMUNI, TipoEnte.COMUNITA_MONTANA)


@dataclass(frozen=True, slots=True)
class TestoFissato:
    """What the act approves: the frozen text, told by its fingerprints."""

    titolo: str
    versione: int
    impronta: str
    sha256: str
    promotore: str
    congelato_il: date
    allegati: tuple[str, ...] = ()
    """The annexes that are files, each in words with its fingerprint."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The draft, part by part; empty parts are not for this kind of body."""

    ente: str
    titolo: str
    oggetto: str
    chi_decide: str
    verbo: str
    premesse: tuple[str, ...]
    pareri: tuple[tuple[str, str], ...]
    dispositivo: tuple[str, ...]
    eseguibile: str
    allegato: str
    formula: str
    avvertenze: tuple[str, ...]


def schema(ente: Ente, organo: str, testo: TestoFissato, *, contributi: int = 0) -> Schema:
    """Return the draft for a body whose `organo` approves; `contributi`: how many amendments and remarks it had made."""
    genere = _genere(ente, organo)
    tipo = TipoEnte(ente.tipo)
    chi_firma = proposta(ente).firma
    impronta = f"con impronta SHA-256 {testo.impronta}"
    return Schema(
        ente=ente.denominazione,
        titolo=f"{genere.nome} n. {BIANCO} del {BIANCO}",
        oggetto=f"Approvazione dello schema di «{testo.titolo}» e mandato alla sottoscrizione.",
        chi_decide=genere.chi,
        verbo=genere.verbo,
        premesse=(
            f"premesso che {_minuscolo(testo.promotore)} ha promosso l'accordo «{testo.titolo}», al quale questo ente "
            "partecipa;",
            "visto l'articolo 15 della legge 7 agosto 1990, n. 241, per il quale le amministrazioni pubbliche possono "
            "sempre concludere accordi per svolgere in collaborazione attività di interesse comune, e il comma 2-bis, per "
            "il quale questi accordi sono sottoscritti con firma digitale, a pena di nullità;",
            *_basi(ente, organo),
            *(
                (
                    "dato atto che nel percorso di formazione del testo questo ente ha presentato osservazioni ed "
                    "emendamenti, con l'esito riportato nel documento unito al fascicolo;",
                )
                if contributi
                else ()
            ),
            f"visto il testo definitivo (versione {testo.versione}, fissata il {testo.congelato_il:%d/%m/%Y}), allegato a "
            f"questo atto, {impronta};",
            "considerato che dall'accordo [non derivano oneri a carico del bilancio dell'ente / derivano gli oneri "
            f"indicati qui: {BIANCO}];",
            *(
                (f"acquisiti i pareri previsti dall'articolo 49 del {_TUEL}, riportati qui sotto;",)
                if tipo in _LOCALI
                else ()
            ),
        ),
        pareri=(
            (
                (
                    "Parere di regolarità tecnica",
                    f"[favorevole / contrario] Il responsabile del servizio {BIANCO}, {BIANCO}",
                ),
                (
                    "Parere di regolarità contabile",
                    f"[favorevole / non dovuto: l'atto non ha riflessi sul bilancio] Il responsabile {BIANCO}, {BIANCO}",
                ),
            )
            if tipo in _LOCALI
            else ()
        ),
        dispositivo=(
            f"di approvare lo schema di «{testo.titolo}», allegato a questo atto come parte integrante, {impronta};",
            f"di dare mandato {genere.mandato}, o a chi ne ha la delega, di sottoscriverlo con firma digitale, senza "
            "modifiche;",
            f"di indicare come referente dell'accordo per questo ente {BIANCO};",
            "di trasmettere questo atto all'ente che promuove l'accordo;",
            "di pubblicare questo atto [all'albo] e, dopo la firma, l'accordo nella sezione «Amministrazione trasparente», "
            "secondo l'articolo 23 del decreto legislativo 14 marzo 2013, n. 33.",
        ),
        eseguibile=_eseguibile(tipo, genere.collegiale),
        allegato=(
            f"Allegato A: testo di «{testo.titolo}», versione {testo.versione}. Impronta del testo (SHA-256): "
            f"{testo.impronta}. Impronta del file PDF (SHA-256): {testo.sha256}."
            + "".join(f" Ne fa parte: {allegato}." for allegato in testo.allegati)
        ),
        formula=(
            f"{chi_firma} pro tempore {BIANCO}, in esecuzione {genere.in_esecuzione} n. {BIANCO} del {BIANCO}"
            + (", dichiarata immediatamente eseguibile" if genere.collegiale and tipo in _LOCALI else "")
        ),
        avvertenze=_avvertenze(tipo, organo),
    )


@dataclass(frozen=True, slots=True)
class Genere:
    """The kind of act in the words that it needs."""

    nome: str
    verbo: str
    mandato: str
    in_esecuzione: str
    collegiale: bool
    chi: str


def _genere(ente: Ente, organo: str) -> Genere:
    tipo, consiglio = TipoEnte(ente.tipo), "consiglio" in organo.casefold()
    if tipo == TipoEnte.PREFETTURA:
        return Genere(
            "Decreto del Prefetto",
            "Decreta",
            "a sé stesso, quale rappresentante dell'ufficio",
            "del proprio decreto",
            False,
            "Il Prefetto",
        )
    if tipo == TipoEnte.PROVINCIA:
        if consiglio:
            return _collegiale("del Consiglio provinciale", "al Presidente della Provincia")
        return Genere(
            "Decreto del Presidente della Provincia",
            "Decreta",
            "a sé stesso, quale rappresentante dell'ente",
            "del proprio decreto",
            False,
            "Il Presidente della Provincia",
        )
    if tipo == TipoEnte.REGIONE:
        return _collegiale("della Giunta regionale", "al Presidente della Giunta regionale")
    if tipo == TipoEnte.UNIONE_COMUNI:
        nome = "del Consiglio dell'Unione" if consiglio else "della Giunta dell'Unione"
        return _collegiale(nome, "al Presidente dell'Unione")
    if tipo == TipoEnte.COMUNITA_MONTANA:
        nome = "del Consiglio della Comunità montana" if consiglio else "della Giunta della Comunità montana"
        return _collegiale(nome, "al Presidente della Comunità montana")
    if tipo == TipoEnte.COMUNE:
        return _collegiale("del Consiglio comunale" if consiglio else "della Giunta comunale", "al Sindaco")
    return Genere(
        f"Atto: {organo}",
        "Determina",
        "al rappresentante legale",
        "del proprio atto",
        False,
        "L'organo competente",
    )


def _collegiale(organo: str, mandato: str) -> Genere:
    articolo, _, nome = organo.partition(" ")
    chi = f"{'Il' if articolo == 'del' else 'La'} {nome}"
    return Genere(f"Deliberazione {organo}", "Delibera", mandato, f"della deliberazione {organo}", True, chi)


def _basi(ente: Ente, organo: str) -> tuple[str, ...]:
    tipo, consiglio = TipoEnte(ente.tipo), "consiglio" in organo.casefold()
    if tipo == TipoEnte.COMUNE:
        articolo = "42, comma 2" if consiglio else "48"
        return (
            f"visto l'articolo {articolo} del {_TUEL}, e lo statuto comunale, sulla competenza di quest'organo;",
        )
    if tipo == TipoEnte.PROVINCIA:
        return (
            "visto l'articolo 1, comma 55, della legge 7 aprile 2014, n. 56, e lo statuto della Provincia, sulla "
            "competenza di quest'organo;",
        )
    if tipo == TipoEnte.UNIONE_COMUNI:
        return (
            f"visto l'articolo 32 del {_TUEL}, e lo statuto dell'Unione, sulla competenza di quest'organo e sulle funzioni "
            "affidate dai Comuni;",
        )
    if tipo == TipoEnte.COMUNITA_MONTANA:
        return (f"visti gli articoli 27 e 28 del {_TUEL}, e lo statuto, sulla competenza di quest'organo;",)
    if tipo == TipoEnte.REGIONE:
        return ("visto lo statuto regionale e le leggi regionali in materia, sulla competenza della Giunta;",)
    if tipo == TipoEnte.PREFETTURA:
        return (
            "visto l'articolo 20 della legge 1º aprile 1981, n. 121, e sentito [se del caso] il Comitato provinciale per "
            f"l'ordine e la sicurezza pubblica nella seduta del {BIANCO};",
            f"acquisito [se del caso] l'assenso del Ministero dell'Interno con nota n. {BIANCO} del {BIANCO};",
        )
    return ("visto lo statuto dell'ente, sulla competenza di quest'organo;",)


def _eseguibile(tipo: TipoEnte, collegiale: bool) -> str:
    if tipo not in _LOCALI or not collegiale:
        return ""
    return (
        "Inoltre, con separata votazione, dichiara questo atto immediatamente eseguibile, secondo l'articolo 134, comma 4, "
        f"del {_TUEL}, per permettere la firma dell'accordo nei tempi previsti. [Da togliere se non ricorre l'urgenza: "
        "allora l'atto è esecutivo dopo il decimo giorno dalla pubblicazione.]"
    )


def _avvertenze(tipo: TipoEnte, organo: str) -> tuple[str, ...]:
    avvertenze = [
        "È uno schema da adattare: le parti fra parentesi quadre si scelgono, gli spazi si riempiono.",
        f"L'organo proposto è quello usuale ({organo}): decide lo statuto dell'ente.",
        "L'impronta va riportata nell'atto per intero: un atto che ne cita un'altra approva un altro testo.",
    ]
    if tipo == TipoEnte.COMUNE:
        avvertenze.append(
            "Se l'accordo è per l'ente una convenzione associativa, la competenza è di regola del Consiglio."
        )
    return tuple(avvertenze)


def _minuscolo(testo: str) -> str:
    return testo[:1].lower() + testo[1:]
