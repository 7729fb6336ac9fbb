"""Reading a CSV of public bodies: bytes in, checked rows and all the errors out. No database, no Django.

The file is judged whole: every row is checked, every error is reported with its line number, and whoever
loads it writes nothing unless `Lettura.errori` is empty.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

COLONNE = (
    "codice",
    "tipo",
    "denominazione",
    "codice_istat",
    "codice_catastale",
    "codice_ipa",
    "ambito",
    "popolazione",
    "popolazione_anno",
    "titolo_rappresentante",
    "stato",
    "unione",
    "note",
)
TIPI = (
    "provincia",
    "comune",
    "comunita_montana",
    "unione_comuni",
    "prefettura",
    "regione",
    "altro",
)
STATI = ("attivo", "cessato")
CIFRE_ISTAT = {"comune": 6, "provincia": 3, "regione": 2}
LUNGHEZZE = {"codice": 80, "denominazione": 200, "ambito": 40, "titolo_rappresentante": 60, "note": 2000}
UNIONI = ("unione_comuni", "comunita_montana")
MAX_BYTE = 20 * 1024 * 1024

_CODICE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CATASTALE = re.compile(r"[A-Z][0-9]{3}")
_IPA = re.compile(r"[A-Za-z0-9_-]{1,20}")
_NUMERO = re.compile(r"[0-9]{1,9}")
_CONTROLLO = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Errore:
    """One thing wrong with the file; `riga` is the line of the file, 0 for the file as a whole."""

    riga: int
    testo: str

    def __str__(self) -> str:
        return f"riga {self.riga}: {self.testo}" if self.riga else self.testo


@dataclass(frozen=True, slots=True)
class Riga:
    """One body as the file gives it. `unione` is the union of an active body, the successor of a ceased one."""

    numero: int
    codice: str
    tipo: str
    denominazione: str
    codice_istat: str
    codice_catastale: str
    codice_ipa: str
    ambito: str
    popolazione: int | None
    popolazione_anno: int | None
    titolo_rappresentante: str
    stato: str
    unione: str
    note: str


@dataclass(frozen=True, slots=True)
class Noto:
    """A body that is already loaded: a partial file may refer to it, and may not take its codes."""

    codice: str
    tipo: str
    stato: str
    codice_istat: str
    codice_catastale: str
    codice_ipa: str


@dataclass(slots=True)
class Lettura:
    righe: list[Riga] = field(default_factory=list)
    errori: list[Errore] = field(default_factory=list)


def leggi(contenuto: bytes, *, anno: int, noti: Collection[Noto] = ()) -> Lettura:
    """Check the whole file; `anno` is the current year (no population can be later), `noti` what is loaded."""
    lettura = Lettura()
    testo = _decodifica(contenuto, lettura.errori)
    if testo is None:
        return lettura
    try:
        grezze = list(_record(testo))
    except csv.Error as errore:
        lettura.errori.append(Errore(0, f"Il file non è un CSV leggibile ({errore})."))
        return lettura
    if not grezze:
        lettura.errori.append(Errore(0, "Il file è vuoto."))
        return lettura
    (riga_testata, testata), *dati = grezze
    nomi = [nome.strip().lower() for nome in testata]
    lettura.errori += _errori_testata(riga_testata, nomi)
    if lettura.errori:
        return lettura
    for numero, celle in dati:
        if len(celle) != len(nomi):
            lettura.errori.append(Errore(numero, f"ha {len(celle)} campi invece di {len(nomi)}."))
            continue
        _leggi_riga(numero, dict(zip(nomi, (c.strip() for c in celle), strict=True)), anno, lettura)
    if not dati:
        lettura.errori.append(Errore(0, "Il file ha solo l'intestazione: non contiene nessun ente."))
    nel_file = {riga.codice for riga in lettura.righe}
    altri = [noto for noto in noti if noto.codice not in nel_file]
    lettura.errori += _doppioni(lettura.righe, altri)
    lettura.errori += _riferimenti(lettura.righe, altri)
    lettura.errori.sort(key=lambda e: e.riga)
    return lettura


def _decodifica(contenuto: bytes, errori: list[Errore]) -> str | None:
    if len(contenuto) > MAX_BYTE:
        errori.append(Errore(0, "Il file supera i 20 MB: non è un elenco di enti."))
        return None
    if not contenuto.strip():
        errori.append(Errore(0, "Il file è vuoto."))
        return None
    if b"\x00" in contenuto:
        errori.append(Errore(0, "Il file non è un testo: serve un CSV in UTF-8, non un foglio di calcolo."))
        return None
    try:
        return contenuto.decode("utf-8-sig")
    except UnicodeDecodeError as errore:
        riga = contenuto[: errore.start].count(b"\n") + 1
        errori.append(Errore(riga, "contiene caratteri che non sono UTF-8. Salva il file come «CSV UTF-8»."))
        return None


def _record(testo: str) -> Iterator[tuple[int, list[str]]]:
    """Each non-blank record with the line it starts at; the separator is the one of the header."""
    prima = testo.lstrip("\r\n").split("\n", 1)[0]
    separatore = max(",;\t", key=prima.count)
    lettore = csv.reader(io.StringIO(testo, newline=""), delimiter=separatore, strict=True)
    inizio = 1
    for celle in lettore:
        if any(c.strip() for c in celle):
            yield inizio, celle
        inizio = lettore.line_num + 1


def _errori_testata(riga: int, nomi: list[str]) -> Iterator[Errore]:
    if mancanti := [c for c in COLONNE if c not in nomi]:
        yield Errore(riga, f"nell'intestazione mancano le colonne: {', '.join(mancanti)}.")
    if ignote := [n or "(senza nome)" for n in nomi if n not in COLONNE]:
        yield Errore(riga, f"nell'intestazione ci sono colonne non previste: {', '.join(ignote)}.")
    if doppie := sorted({n for n in nomi if n in COLONNE and nomi.count(n) > 1}):
        yield Errore(riga, f"nell'intestazione ci sono colonne ripetute: {', '.join(doppie)}.")


def _leggi_riga(numero: int, c: dict[str, str], anno: int, lettura: Lettura) -> None:
    lettura.errori += [Errore(numero, testo) for testo in _errori_campi(c, anno)]
    lettura.righe.append(
        Riga(
            numero=numero,
            popolazione=_intero(c["popolazione"]),
            popolazione_anno=_intero(c["popolazione_anno"]),
            **{nome: c[nome] for nome in COLONNE if not nome.startswith("popolazione")},
        )
    )


def _intero(testo: str) -> int | None:
    return int(testo) if _NUMERO.fullmatch(testo) else None


def _errori_campi(c: dict[str, str], anno: int) -> Iterator[str]:
    for nome in ("codice", "denominazione", "ambito", "titolo_rappresentante"):
        if not c[nome]:
            yield f"manca «{nome}»."
    for nome, massimo in LUNGHEZZE.items():
        if len(c[nome]) > massimo:
            yield f"«{nome}» supera i {massimo} caratteri."
    for nome, valore in c.items():
        if _CONTROLLO.search(valore):
            yield f"«{nome}» contiene caratteri non stampabili."
    for nome in ("codice", "ambito", "unione"):
        if c[nome] and not _CODICE.fullmatch(c[nome]):
            yield f"«{nome}» vale «{c[nome]}»: ammesse solo minuscole, cifre e trattini."
    if c["tipo"] not in TIPI:
        yield f"«tipo» vale «{c['tipo']}»: valori ammessi {', '.join(TIPI)}."
    if c["stato"] not in STATI:
        yield f"«stato» vale «{c['stato']}»: valori ammessi attivo, cessato."
    yield from _errori_codici(c)
    yield from _errori_popolazione(c, anno)


def _errori_codici(c: dict[str, str]) -> Iterator[str]:
    cifre = CIFRE_ISTAT.get(c["tipo"])
    istat = c["codice_istat"]
    if c["tipo"] == "comune" and not istat:
        yield "manca «codice_istat»: per un comune serve (6 cifre)."
    elif istat and c["tipo"] in TIPI and cifre is None:
        yield f"«codice_istat» deve essere vuoto per il tipo {c['tipo']}."
    elif istat and cifre and not re.fullmatch(rf"[0-9]{{{cifre}}}", istat):
        yield f"«codice_istat» vale «{istat}»: per il tipo {c['tipo']} servono {cifre} cifre."
    catastale = c["codice_catastale"]
    if catastale and c["tipo"] in TIPI and c["tipo"] != "comune":
        yield "«codice_catastale» è solo dei comuni."
    elif catastale and not _CATASTALE.fullmatch(catastale):
        yield f"«codice_catastale» vale «{catastale}»: serve una maiuscola e tre cifre, come A657."
    if c["codice_ipa"] and not _IPA.fullmatch(c["codice_ipa"]):
        yield f"«codice_ipa» vale «{c['codice_ipa']}»: ammesse lettere, cifre, _ e -, al massimo 20."


def _errori_popolazione(c: dict[str, str], anno: int) -> Iterator[str]:
    for nome in ("popolazione", "popolazione_anno"):
        if c[nome] and not _NUMERO.fullmatch(c[nome]):
            yield f"«{nome}» vale «{c[nome]}»: scrivi il numero con le sole cifre."
    if c["popolazione"] and not c["popolazione_anno"]:
        yield "c'è la popolazione ma manca «popolazione_anno»."
    if c["popolazione_anno"] and not c["popolazione"]:
        yield "c'è l'anno della popolazione ma manca «popolazione»."
    valore = _intero(c["popolazione_anno"])
    if valore is not None and not 1861 <= valore <= anno:
        yield f"«popolazione_anno» vale {valore}: deve stare fra 1861 e {anno}."


def _doppioni(righe: Collection[Riga], altri: Collection[Noto]) -> Iterator[Errore]:
    for nome in ("codice", "codice_istat", "codice_catastale", "codice_ipa"):
        visti = {getattr(n, nome): f"è già di {n.codice}, nel portale" for n in altri}
        for riga in righe:
            valore: str = getattr(riga, nome)
            if valore and valore in visti:
                yield Errore(riga.numero, f"«{nome}» {valore} {visti[valore]}.")
            elif valore:
                visti[valore] = f"c'è già alla riga {riga.numero}"


def _riferimenti(righe: Collection[Riga], altri: Collection[Noto]) -> Iterator[Errore]:
    """The column `unione`: of an active body its union, of a ceased one the body that succeeded it."""
    tutti: list[Noto | Riga] = [*altri, *righe]
    tipi = {e.codice: e.tipo for e in tutti}
    stati = {e.codice: e.stato for e in tutti}
    successori = {r.codice: r.unione for r in righe if r.stato == "cessato" and r.unione}
    for riga in righe:
        if not riga.unione:
            continue
        if riga.unione == riga.codice:
            yield Errore(riga.numero, "«unione» indica l'ente stesso.")
        elif riga.unione not in tipi:
            yield Errore(riga.numero, f"«unione» indica {riga.unione}, che non c'è fra gli enti.")
        elif riga.stato == "attivo" and riga.tipo != "comune":
            yield Errore(riga.numero, "solo un comune può appartenere a un'unione.")
        elif riga.stato == "attivo" and tipi[riga.unione] not in UNIONI:
            yield Errore(riga.numero, f"«unione» indica {riga.unione}, che non è un'unione di comuni.")
        elif riga.stato == "attivo" and stati[riga.unione] == "cessato":
            yield Errore(riga.numero, f"«unione» indica {riga.unione}, che è un ente cessato.")
        elif riga.stato == "cessato" and _torna_a_se(riga.codice, successori):
            yield Errore(
                riga.numero, f"«unione» indica {riga.unione}: i successori si rincorrono in cerchio."
            )


def _torna_a_se(codice: str, successori: Mapping[str, str]) -> bool:
    visti, corrente = set(), successori.get(codice)
    while corrente and corrente not in visti:
        if corrente == codice:
            return True
        visti.add(corrente)
        corrente = successori.get(corrente)
    return False


def nome_ambito(codice: str) -> str:
    """The name of an area that has none yet: «valle-del-serchio» → «Valle del Serchio»."""
    if codice in NOMI_AMBITI:
        return NOMI_AMBITI[codice]
    minori = {"di", "del", "della", "dei", "degli", "delle", "e", "d", "in", "al", "a", "con"}
    parole = codice.split("-")
    return " ".join(p if i and p in minori else p.capitalize() for i, p in enumerate(parole))


NOMI_AMBITI = {"piana": "Piana di Lucca"}


def ordina_ambiti(righe: Collection[Riga]) -> list[str]:
    """Codes of the areas in display order: those that have comuni first, as they come in the file."""
    territoriali = dict.fromkeys(r.ambito for r in righe if r.tipo == "comune")
    return list(territoriali) + [a for a in dict.fromkeys(r.ambito for r in righe) if a not in territoriali]
