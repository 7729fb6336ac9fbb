"""The diagram of the phases (drawing c): planned, actual and expected bars, deadlines, appointments, today.

One function draws it wide, for the desk, and narrow, for the phone; CSS shows one of the two. Days are whole: a bar
ends where its last day ends, a deadline stands at the end of its day, today and the appointments at noon.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accordo.base.grafici import num, unisci

MESI = (
    "Gennaio", "Febbraio", "Marzo", "Aprile", "Maggio", "Giugno",
    "Luglio", "Agosto", "Settembre", "Ottobre", "Novembre", "Dicembre",
)  # fmt: skip

Periodo = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Riga:
    """One phase: its bars, each from a day to a day, and how it stands against the plan."""

    numero: int
    nome: str
    previsto: Periodo | None = None
    effettivo: Periodo | None = None
    atteso: Periodo | None = None
    scadenza: date | None = None
    corrente: bool = False
    scarto: str = ""
    """Words such as "5 giorni dopo"; empty when on time."""
    senza_scarto: str = ""
    """Words for a phase that is on time ("nei tempi")."""

    def giorni(self) -> Iterator[date]:
        """Yield every date that has to be on the diagram."""
        for periodo in (self.previsto, self.effettivo, self.atteso):
            if periodo:
                yield from periodo
        if self.scadenza:
            yield self.scadenza


@dataclass(frozen=True, slots=True)
class Tappa:
    """An appointment: a day with a name."""

    giorno: date
    nome: str


@dataclass(frozen=True, slots=True)
class Formato:
    """The measures of one of the two drawings, in the units of its viewBox."""

    largo: bool
    larghezza: int
    x0: int
    x1: int
    testa: int
    riga: int
    previsto_y: int
    previsto_h: int
    barra_y: int
    barra_h: int
    scadenza_y: int
    scadenza_h: int
    mese_y: int
    tappa_y: int
    nome_tappa_y: int


LARGO = Formato(True, 1152, 266, 1018, 80, 50, 9, 8, 22, 18, 6, 37, 48, 21, 58)
STRETTO = Formato(False, 354, 8, 346, 58, 66, 30, 7, 43, 13, 27, 32, 46, 33, 68)


class Scala:
    """Where a day falls, over whole weeks from the first date to the last."""

    def __init__(self, giorni: Sequence[date], formato: Formato) -> None:
        primo, ultimo = min(giorni), max(giorni)
        self.inizio = primo - timedelta(days=primo.weekday())
        self.ultimo = ultimo
        self.fine = ultimo + timedelta(days=7 - ultimo.weekday())
        self.x0, self.x1 = formato.x0, formato.x1
        self.passo = (self.x1 - self.x0) / (self.fine - self.inizio).days

    def x(self, giorno: date, parte: float = 0) -> float:
        """Return where `giorno` begins; `parte` of the day later."""
        return self.x0 + ((giorno - self.inizio).days + parte) * self.passo

    def contiene(self, giorno: date) -> bool:
        """Whether the day is on the diagram."""
        return self.inizio <= giorno < self.fine

    def lunedi(self) -> list[date]:
        """Return every Monday, the last one being the end."""
        settimane = (self.fine - self.inizio).days // 7
        return [self.inizio + timedelta(weeks=n) for n in range(settimane + 1)]

    def mesi(self) -> list[date]:
        """Return the beginning of every month shown; the first is the beginning of the diagram."""
        inizi = [self.inizio]
        mese = (self.inizio.replace(day=1) + timedelta(days=32)).replace(day=1)
        while mese < self.fine:
            inizi.append(mese)
            mese = (mese + timedelta(days=32)).replace(day=1)
        return inizi


def gantt(
    righe: Sequence[Riga],
    tappe: Sequence[Tappa],
    oggi: date,
    *,
    formato: Formato,
    titolo: str,
    descrizione: str,
) -> SafeString:
    """Return the diagram as SVG; an empty string if there is no date at all."""
    giorni = [g for riga in righe for g in riga.giorni()] + [t.giorno for t in tappe]
    if not giorni:
        return SafeString("")
    scala = Scala(giorni, formato)
    fondo = formato.testa + formato.riga * len(righe)
    livelli = _livelli(tappe, scala, formato)
    altezza = fondo + (84 + 18 * max(livelli.values(), default=0) if tappe else 8)
    suffisso = "l" if formato.largo else "s"
    return unisci(
        [
            format_html(
                '<svg class="gantt gantt-{}" viewBox="0 0 {} {}" role="img" aria-labelledby="g{}t g{}d">'
                '<title id="g{}t">{}</title><desc id="g{}d">{}</desc>',
                "largo" if formato.largo else "stretto",
                formato.larghezza,
                altezza,
                *(suffisso, suffisso, suffisso, titolo, suffisso, descrizione),
            ),
            format_html(
                '<defs><pattern id="att{}" width="6" height="6" patternUnits="userSpaceOnUse" '
                'patternTransform="rotate(45)"><rect class="g-att-fondo" width="6" height="6"/>'
                '<rect class="g-att-riga" width="2.2" height="6"/></pattern></defs>',
                suffisso,
            ),
            *_griglia(scala, righe, formato, fondo),
            *(pezzo for n, riga in enumerate(righe) for pezzo in _riga(riga, n, scala, formato, suffisso)),
            *_oggi(oggi, scala, formato, fondo),
            *(pezzo for n, riga in enumerate(righe) for pezzo in _nomi(riga, n, formato)),
            *_tappe(tappe, livelli, scala, formato, fondo),
            "</svg>",
        ]
    )


def _griglia(scala: Scala, righe: Sequence[Riga], formato: Formato, fondo: int) -> Iterator[str]:
    """Draw the current phase's ground, weeks, months and the lines between phases."""
    if formato.largo:
        for n, parola in enumerate(("Rispetto", "al previsto")):
            yield _testo("g-neutro", 1144, 50 + 19 * n, parola, ancora="end")
    for n, riga in enumerate(righe):
        if riga.corrente:
            yield _rett("g-corrente", 0, formato.testa + formato.riga * n, formato.larghezza, formato.riga)
    ogni = max(1, -(-30 // int(7 * scala.passo or 1)))  # so that two labels never touch
    mesi = scala.mesi()
    for n, lunedi in enumerate(scala.lunedi()):
        x = scala.x(lunedi)
        if 7 * scala.passo >= 4:
            yield _linea("g-settimana", x, formato.testa, x, fondo)
        libero = not any(x + 2 < scala.x(mese) < x + 24 for mese in mesi)  # a month's line would cross it
        if formato.largo and n % ogni == 0 and lunedi < scala.fine and libero:
            yield _testo("g-giorno", x + 4, formato.testa - 10, str(lunedi.day))
    piu_anni = scala.inizio.year != scala.ultimo.year
    for n, mese in enumerate(mesi):
        x = scala.x(mese)
        fino = scala.x(mesi[n + 1]) if n + 1 < len(mesi) else scala.x1
        nome = MESI[mese.month - 1] if formato.largo else MESI[mese.month - 1][:3]
        con_anno = f"{nome} {mese.year}"
        if piu_anni and formato.largo and (n == 0 or mese.month == 1) and fino - x >= 9 * len(con_anno):
            nome = con_anno
        if fino - x >= (9 if formato.largo else 8.5) * len(nome):
            yield _testo("g-mese", x + (4 if formato.largo else 0), formato.mese_y, nome)
        if n:
            yield _linea("g-mese-linea", x, formato.mese_y - 14, x, fondo)
    for n in range(len(righe) + 1):
        y = formato.testa + formato.riga * n
        yield _linea("g-riga", 0, y, formato.larghezza, y)


def _riga(riga: Riga, n: int, scala: Scala, formato: Formato, suffisso: str) -> Iterator[str]:
    """Draw one phase's bars and its deadline."""
    y = formato.testa + formato.riga * n
    if riga.previsto:
        yield _barra("g-previsto", riga.previsto, scala, y + formato.previsto_y, formato.previsto_h)
    if riga.effettivo:
        yield _barra("g-effettivo", riga.effettivo, scala, y + formato.barra_y, formato.barra_h)
    if riga.atteso:
        tinta = format_html(' fill="url(#att{})"', suffisso)
        yield _barra("g-atteso", riga.atteso, scala, y + formato.barra_y, formato.barra_h, tinta)
    if riga.scadenza:
        x, alto = num(scala.x(riga.scadenza, 1)), num(y + formato.scadenza_y)
        yield format_html('<path class="g-scadenza" d="M{} {}v{}"/>', x, alto, formato.scadenza_h)
        yield format_html('<path class="g-bandiera" d="M{} {}h11l-3 4.5l3 4.5h-11z"/>', x, alto)


def _nomi(riga: Riga, n: int, formato: Formato) -> Iterator[str]:
    """Write one phase's number and name, and how it stands against the plan."""
    y = formato.testa + formato.riga * n + (30 if formato.largo else 21)
    classe = "g-fase g-fase-corrente" if riga.corrente else "g-fase"
    if formato.largo:
        yield _testo("g-numero", 14, y, str(riga.numero), ancora="middle")
        yield _testo(classe, 34, y, riga.nome)
        if riga.scarto or riga.senza_scarto:
            yield _testo(
                "g-scarto" if riga.scarto else "g-neutro", 1144, y, riga.scarto or riga.senza_scarto, "end"
            )
    else:
        yield _testo(classe, 8, y, f"{riga.numero}. {riga.nome}")
        if riga.scarto:
            yield _testo("g-scarto", 352, y, riga.scarto, "end")


def _oggi(oggi: date, scala: Scala, formato: Formato, fondo: int) -> Iterator[str]:
    """Draw the line of today with its label, if today is on the diagram."""
    if not scala.contiene(oggi):
        return
    x = scala.x(oggi, 0.5)
    parole = (
        f"Oggi, {'1º' if oggi.day == 1 else oggi.day} {MESI[oggi.month - 1].lower()}"
        if formato.largo
        else "Oggi"
    )
    larghezza = 8 * len(parole) + 8 if formato.largo else 48
    y, altezza, base = (0, 26, 18) if formato.largo else (2, 20, 17)
    centro = min(max(x, larghezza / 2), formato.larghezza - larghezza / 2)
    yield _linea("g-oggi", x, 20, x, fondo)
    yield _rett("g-oggi-fondo", centro - larghezza / 2, y, larghezza, altezza, ' rx="3"')
    yield _testo("g-oggi-testo", centro, base, parole, "middle")


def _nome_tappa(tappa: Tappa, formato: Formato) -> str:
    return tappa.nome if formato.largo else f"{tappa.giorno.day} {MESI[tappa.giorno.month - 1][:3].lower()}"


def _livelli(tappe: Sequence[Tappa], scala: Scala, formato: Formato) -> dict[int, int]:
    """Say on which line each appointment's name stands, so that names do not overlap."""
    fine_di_riga: list[float] = []
    livelli: dict[int, int] = {}
    for n, tappa in sorted(enumerate(tappe), key=lambda coppia: coppia[1].giorno):
        mezza = 3.8 * len(_nome_tappa(tappa, formato)) + 3
        x = scala.x(tappa.giorno, 0.5)
        livello = next((k for k, fine in enumerate(fine_di_riga) if x - mezza >= fine), len(fine_di_riga))
        if livello == len(fine_di_riga):
            fine_di_riga.append(0)
        fine_di_riga[livello] = x + mezza
        livelli[n] = livello
    return livelli


def _tappe(
    tappe: Sequence[Tappa], livelli: dict[int, int], scala: Scala, formato: Formato, fondo: int
) -> Iterator[str]:
    """Draw the appointments under the phases."""
    if not tappe:
        return
    yield _testo("g-fase", 34 if formato.largo else 8, fondo + (35 if formato.largo else 20), "Appuntamenti")
    for n, tappa in enumerate(tappe):
        x, nome = scala.x(tappa.giorno, 0.5), _nome_tappa(tappa, formato)
        yield format_html(
            '<path class="g-tappa" d="M{} {}l9 9l-9 9l-9 -9z"><title>{}</title></path>',
            *(num(x), fondo + formato.tappa_y, tappa.nome),
        )
        mezza = 3.8 * len(nome)
        ancora = "start" if x - mezza < 0 else "end" if x + mezza > formato.larghezza else "middle"
        scarto = {"start": -9.0, "end": 9.0, "middle": 0.0}[ancora]
        yield _testo("g-tappa-nome", x + scarto, fondo + formato.nome_tappa_y + 18 * livelli[n], nome, ancora)


def _barra(classe: str, periodo: Periodo, scala: Scala, y: float, altezza: float, altro: str = "") -> str:
    inizio, fine = scala.x(periodo[0]), scala.x(periodo[1], 1)
    return _rett(classe, inizio, y, max(fine - inizio, 2), altezza, altro)


def _rett(classe: str, x: float, y: float, larghezza: float, altezza: float, altro: str = "") -> str:
    return format_html(
        '<rect class="{}"{} x="{}" y="{}" width="{}" height="{}"/>',
        *(classe, SafeString(altro), num(x), num(y), num(larghezza), num(altezza)),
    )


def _linea(classe: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', classe, num(x1), num(y1), num(x2), num(y2)
    )


def _testo(classe: str, x: float, y: float, testo: str, ancora: str = "") -> str:
    messa = format_html(' text-anchor="{}"', ancora) if ancora else ""
    return format_html('<text class="{}" x="{}" y="{}"{}>{}</text>', classe, num(x), num(y), messa, testo)
