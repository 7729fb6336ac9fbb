"""Plain text → tree. What was understood is reported line by line, and no word of the source is lost.

Recognised: "Art. 5 - Rubrica", "Articolo 5" with the rubrica on the next line, commi with and without numbers, "a)",
"1)", roman numbers, dashes, premesse in every usual form, titoli, capi, allegati, lines broken in the middle of a
sentence. Marks ("Art. 5 -", "a)") are not kept in the tree, where numbers are derived: they stay in the report.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bozze.testo import segni
from bozze.testo.albero import CON_RUBRICA, GRUPPI_PREMESSE, Testo, Tipo
from bozze.testo.costruzione import Costruzione, NodoInCostruzione
from bozze.testo.numerazione import nomi
from bozze.testo.parole import parole, pulisci

SEGUITO, RUBRICA = "seguito", "rubrica"
TRA_CELLE = " | "
"""Between the cells of a row of a table, that is one line."""
_PRENDE_LETTERA = "Numerata nel testo di partenza: qui prende una lettera."


@dataclass(frozen=True, slots=True)
class RigaLetta:
    numero: int
    """The line of the source, from 1."""
    sorgente: str
    come: str
    """What it was taken for: a kind of disposition, "titolo del testo", "sottotitolo", "rubrica", "seguito"."""
    disposizione: str
    """The id of the disposition it went to; empty for the title."""
    segno: str = ""
    """The mark that is not kept in the tree."""
    avviso: str = ""
    """Something a person should look at."""


@dataclass(frozen=True, slots=True)
class Lettura:
    testo: Testo
    righe: tuple[RigaLetta, ...]
    perdute: tuple[str, ...]
    """Words of the source that are neither in the tree nor in the marks: always empty, or it is a fault of ours."""

    @property
    def avvisi(self) -> tuple[RigaLetta, ...]:
        return tuple(riga for riga in self.righe if riga.avviso)

    def conteggi(self) -> dict[Tipo, int]:
        """How many dispositions of each kind were understood."""
        return dict(Counter(nodo.tipo for nodo in self.testo.disposizioni()))


def leggi(sorgente: str, spazio: str = "", forzate: Mapping[int, str] | None = None) -> Lettura:
    """Read a text. With ``spazio`` the identifiers are always the same for the same source and the same ``spazio``.

    ``forzate``: what a person says that a line is, by its number: a kind of disposition, "rubrica" or "seguito".
    """
    return _Lettore(spazio, forzate or {}).leggi(sorgente)


@dataclass(slots=True)
class _Appunto:
    numero: int
    sorgente: str
    come: str
    nodo: NodoInCostruzione | None
    segno: str = ""
    avviso: str = ""


class _Lettore(Costruzione):
    def __init__(self, spazio: str, forzate: Mapping[int, str]) -> None:
        super().__init__(spazio)
        self._forzate = forzate
        self._titolo = self._sottotitolo = ""
        self._appunti: list[_Appunto] = []
        self._vuota_prima = True
        self._attende_rubrica: NodoInCostruzione | None = None
        self._numero = 0
        self._riga = ""

    def leggi(self, sorgente: str) -> Lettura:
        for self._numero, grezza in enumerate(sorgente.splitlines(), start=1):
            self._riga = pulisci(grezza)
            if not self._riga:
                self._vuota_prima = True
                continue
            if self._numero in self._forzate:
                self._prendi_come(self._forzate[self._numero], self._riga)
            else:
                self._leggi_riga(self._riga)
            self._vuota_prima = False
        testo = Testo(self._titolo, self._sottotitolo, tuple(radice.congela() for radice in self._radici))
        self._confronta_numeri(testo)
        righe = tuple(
            RigaLetta(a.numero, a.sorgente, a.come, a.nodo.id if a.nodo else "", a.segno, a.avviso)
            for a in self._appunti
        )
        return Lettura(testo, righe, _perdute(sorgente, testo, righe))

    # ------------------------------------------------------------------ one line

    def _leggi_riga(self, riga: str) -> None:
        heading = segni.partizione(riga)
        if heading and (heading.tipo is not Tipo.ARTICOLO or self._e_articolo(heading)):
            self._apri_partizione(heading)
            return
        if self._attende_rubrica is not None and self._prendi_rubrica(riga):
            return
        if self._nel_preambolo() and self._preambolo(riga):
            return
        if not self._radici and self._intestazione(riga):
            return
        voce = segni.voce(riga, dopo=self._ultima_lettera()) or self._voce_dal_posto(riga)
        if voce:
            self._apri_voce(voce)
        elif self._continua(riga):
            self._aggiungi_in_coda(riga)
        else:
            self._senza_segno(riga)

    def _prendi_come(self, come: str, riga: str) -> None:
        """A line that a person has named: its mark, if it has one, goes to the report as always."""
        self._attende_rubrica = None
        ultimo = self._pila[-1] if self._pila else None
        if come == SEGUITO and ultimo is not None:
            if ultimo.testo or ultimo.tipo not in CON_RUBRICA:
                self._aggiungi_in_coda(riga)
            else:
                ultimo.rubrica = f"{ultimo.rubrica} {riga}".strip()
                self._annota(RUBRICA, ultimo)
        elif come == RUBRICA and ultimo is not None and ultimo.tipo in CON_RUBRICA:
            ultimo.rubrica = f"{ultimo.rubrica} {riga}".strip()
            self._annota(RUBRICA, ultimo)
        elif come in {SEGUITO, RUBRICA}:
            self._leggi_riga(riga)
        elif Tipo(come) in (*GRUPPI_PREMESSE, Tipo.FORMULA):
            nodo = self._radice(Tipo(come))
            nodo.testo = riga
            self._annota(come, nodo)
        else:
            self._apri_come(Tipo(come), riga)

    def _apri_come(self, tipo: Tipo, riga: str) -> None:
        letto = segni.partizione(riga) or segni.voce(riga)
        segno = segni.Segno(tipo, letto.segno, letto.numero, letto.resto) if letto else None
        nodo = self._sotto(tipo)
        nodo.numero = segno.numero if segno else ""
        parole_riga = segno.resto if segno else riga
        if tipo in CON_RUBRICA:
            nodo.rubrica = parole_riga
            self._attende_rubrica = None if parole_riga else nodo
        else:
            nodo.testo = parole_riga
        avviso = "" if nodo.tipo is tipo else f"Qui non può stare un elemento di tipo {tipo}: è un capoverso."
        self._annota(nodo.tipo, nodo, segno.segno if segno else "", avviso)

    def _intestazione(self, riga: str) -> bool:
        """The title is the first line; what follows it without a blank line is the subtitle."""
        if not self._titolo:
            self._titolo, avviso = _minuscole(riga)
            self._annota("titolo del testo", None, avviso=avviso)
            return True
        if not self._vuota_prima:
            self._sottotitolo = f"{self._sottotitolo} {riga}".strip()
            self._annota("sottotitolo", None)
            return True
        return False

    def _nel_preambolo(self) -> bool:
        return all(radice.tipo in (*GRUPPI_PREMESSE, Tipo.FORMULA, Tipo.PARAGRAFO) for radice in self._radici)

    def _preambolo(self, riga: str) -> bool:
        if not self._titolo:
            return False
        if segni.formula(riga) and not segni.voce(riga):
            nodo = self._radice(Tipo.FORMULA)
            nodo.testo = riga
            self._annota("formula", nodo)
            return True
        gruppo = segni.gruppo_premesse(riga)
        if gruppo is None or self._dentro_frase(riga):
            return False
        if segni.solo_intestazione(riga):
            nodo = self._radice(gruppo.tipo)
            nodo.testo, avviso = _minuscole(riga)
            self._annota(gruppo.tipo, nodo, avviso=avviso)
            return True
        ultimo = self._radici[-1] if self._radici else None
        if ultimo is None or ultimo.tipo is not gruppo.tipo or ultimo.testo:
            ultimo = self._radice(gruppo.tipo)
        self._pila = [ultimo]
        self._figlio(Tipo.PARAGRAFO).testo = riga
        self._annota(gruppo.tipo, self._pila[-1])
        return True

    def _prendi_rubrica(self, riga: str) -> bool:
        """The line after "Articolo 5" is its rubrica if it looks like one: short, not numbered, not a sentence."""
        nodo, self._attende_rubrica = self._attende_rubrica, None
        if nodo is None or segni.voce(riga) or len(riga) > 160 or TRA_CELLE in riga:
            return False
        rubrica = segni.senza_parentesi(riga)
        if rubrica.endswith((".", ";", ":")):
            return False
        nodo.rubrica, avviso = _minuscole(rubrica)
        self._annota(RUBRICA, nodo, avviso=avviso)
        return True

    # ------------------------------------------------------------------ what opens a disposition

    def _apri_partizione(self, segno: segni.Segno) -> None:
        if segno.tipo in {Tipo.ALLEGATO, Tipo.TITOLO, Tipo.CAPO, Tipo.ARTICOLO} and not self._titolo:
            self._titolo = ""
        nodo = self._sotto(segno.tipo)
        nodo.numero = segno.numero
        resto = segni.senza_parentesi(segno.resto)
        if resto.endswith(".") and len(resto.split()) <= 12 and ". " not in resto:
            resto = resto[:-1]
        avviso = ""
        if segno.tipo is Tipo.ARTICOLO and (len(resto) > 160 or resto.endswith((".", ";", ":"))):
            self._annota(segno.tipo, nodo, segno.segno)
            self._figlio(Tipo.COMMA).testo = resto
            return
        if resto:
            nodo.rubrica, avviso = _minuscole(resto)
        else:
            self._attende_rubrica = nodo
        self._annota(segno.tipo, nodo, segno.segno, avviso)

    def _apri_voce(self, voce: segni.Segno) -> None:
        tipo, avviso = self._tipo_di_voce(voce)
        nodo = self._sotto(tipo)
        nodo.numero, nodo.testo = voce.numero, voce.resto
        self._annota(tipo, nodo, voce.segno, avviso)

    def _tipo_di_voce(self, voce: segni.Segno) -> tuple[Tipo, str]:
        """The kind an item takes where it stands: "1)" is a number under a letter, but a comma under an article."""
        sopra = {nodo.tipo for nodo in self._pila}
        in_gruppo = bool(sopra & set(GRUPPI_PREMESSE))
        if voce.tipo is Tipo.COMMA and in_gruppo:
            return Tipo.LETTERA, _PRENDE_LETTERA
        if voce.tipo is Tipo.NUMERO:
            return self._tipo_di_numero(voce, in_gruppo=in_gruppo)
        return voce.tipo, ""

    def _tipo_di_numero(self, voce: segni.Segno, *, in_gruppo: bool) -> tuple[Tipo, str]:
        comma = next((nodo for nodo in reversed(self._pila) if nodo.tipo is Tipo.COMMA), None)
        lettera = next((nodo for nodo in reversed(self._pila) if nodo.tipo is Tipo.LETTERA), None)
        if lettera is not None and comma is not None and _segue(comma, voce) and not _segue(lettera, voce):
            prima = lettera.figli[-1] if lettera.figli else None
            if prima is None or not _segue(prima, voce):  # after 1): a), b), here is 2)
                return Tipo.COMMA, ""
        if lettera is not None and not lettera.numero.isdecimal():
            return Tipo.NUMERO, ""
        if lettera is not None:  # beside the one before, which became a letter
            return Tipo.LETTERA, _PRENDE_LETTERA
        if comma is None and not in_gruppo:
            return Tipo.COMMA, ""
        if comma is not None and not comma.testo.endswith(":") and not comma.figli and comma.numero:
            return Tipo.COMMA, ""
        return Tipo.LETTERA, _PRENDE_LETTERA

    def _senza_segno(self, riga: str) -> None:
        """A line that announces nothing and begins something: a comma without number, or a paragraph."""
        articolo = self._articolo_aperto()
        if segni.chiusa(riga) and TRA_CELLE not in riga and articolo is not None:
            self._radice(Tipo.PARAGRAFO).testo = riga
            self._annota(
                Tipo.PARAGRAFO, self._pila[-1], avviso="Sembra la chiusa dell'atto: è in fondo al testo."
            )
            return
        if articolo is None:
            nodo = self._sotto(Tipo.PARAGRAFO)
            nodo.testo = riga
            self._annota(Tipo.PARAGRAFO, nodo)
            return
        numerati = any(comma.numero for comma in articolo.figli)
        if not articolo.figli or (not numerati and not riga[:1].islower() and TRA_CELLE not in riga):
            nodo = self._sotto(Tipo.COMMA)
            nodo.testo = riga
            self._annota(Tipo.COMMA, nodo)
            return
        while self._pila[-1].tipo is not Tipo.COMMA:
            self._pila.pop()
        nodo = self._figlio(Tipo.PARAGRAFO)
        nodo.testo = riga
        di_tabella = TRA_CELLE in riga
        avviso = "È senza numero: è rimasta nel comma che precede." if numerati and not di_tabella else ""
        self._annota(Tipo.PARAGRAFO, nodo, avviso=avviso)

    def _voce_dal_posto(self, riga: str) -> segni.Segno | None:
        """ "5.2 Le parti…" in article 5, "2 Le parti…" after comma 1: a mark only where that number is the next."""
        articolo = self._articolo_aperto()
        if articolo is None or (self._dentro_frase(riga) and not self._vuota_prima):
            return None
        ultimo = articolo.figli[-1] if articolo.figli else None
        seguente = str(int(ultimo.numero) + 1) if ultimo and ultimo.numero.isdecimal() else ""
        attesi = {seguente or str(len(articolo.figli) + 1)}
        doppio = segni.numero_doppio(riga)
        if doppio and doppio[0] == articolo.numero and doppio[1].numero in attesi:
            return doppio[1]
        if doppio and ultimo is not None and doppio[0] == ultimo.numero and self._segue_in(ultimo, doppio[1]):
            return segni.Segno(Tipo.LETTERA, doppio[1].segno, doppio[1].numero, doppio[1].resto)
        nudo = segni.numero_nudo(riga)
        if nudo and nudo.numero in attesi and (seguente or ultimo is None):
            return nudo
        return None

    @staticmethod
    def _segue_in(comma: NodoInCostruzione, voce: segni.Segno) -> bool:
        return voce.numero == str(sum(figlio.tipo is Tipo.LETTERA for figlio in comma.figli) + 1)

    def _articolo_aperto(self) -> NodoInCostruzione | None:
        return next((nodo for nodo in self._pila if nodo.tipo is Tipo.ARTICOLO), None)

    # ------------------------------------------------------------------ broken lines

    def _e_articolo(self, segno: segni.Segno) -> bool:
        """A heading, and not the end of a sentence that the line before left open: unless it is plainly the next one."""
        if not self._dentro_frase(self._riga):
            return True
        aperto = self._articolo_aperto()
        atteso = int(aperto.numero) + 1 if aperto and aperto.numero.isdecimal() else 1
        return segni.netta(segno) and segno.numero == str(atteso)

    def _dentro_frase(self, riga: str) -> bool:
        """Whether the line goes on with a sentence that the one before left open."""
        if self._vuota_prima or not self._pila or self._attende_rubrica is not None:
            return False
        testo = self._pila[-1].testo
        return bool(testo) and not testo.endswith((".", ";", ":", "»", '"')) and not riga.isupper()

    def _continua(self, riga: str) -> bool:
        if not self._pila or self._attende_rubrica is not None or not self._pila[-1].testo:
            return False
        if self._pila[-1].tipo in GRUPPI_PREMESSE or TRA_CELLE in riga or TRA_CELLE in self._pila[-1].testo:
            return False
        aperta = not self._pila[-1].testo.endswith((".", ";", ":"))
        if self._vuota_prima:
            return aperta and riga[:1].islower() and self._pila[-1].tipo is not Tipo.FORMULA
        return aperta or riga[:1].islower()

    def _aggiungi_in_coda(self, riga: str) -> None:
        nodo = self._pila[-1]
        nodo.testo = f"{nodo.testo} {riga}"
        self._annota(SEGUITO, nodo)

    def _ultima_lettera(self) -> str:
        lettere = [nodo.numero for nodo in self._pila if nodo.tipo is Tipo.LETTERA]
        return lettere[-1] if lettere else ""

    # ------------------------------------------------------------------ the report

    def _annota(self, come: str, nodo: NodoInCostruzione | None, segno: str = "", avviso: str = "") -> None:
        if not segno and not avviso and segni.come_articolo(self._riga):
            avviso = "Comincia come un articolo, ma sembra una frase: controlla."
        self._appunti.append(_Appunto(self._numero, self._riga, str(come), nodo, segno, avviso))

    def _confronta_numeri(self, testo: Testo) -> None:
        """Say where the number of the source and the derived one differ."""
        derivati = nomi(testo)
        for appunto in self._appunti:
            nodo = appunto.nodo
            if nodo is None or not nodo.numero or not appunto.segno or appunto.avviso:
                continue
            nucleo = derivati[nodo.id].nucleo
            if nucleo and nucleo.lower() != nodo.numero.lower() and nodo.tipo is not Tipo.TRATTINO:
                appunto.avviso = (
                    f'Nel testo di partenza era "{appunto.segno}", qui è {derivati[nodo.id].breve}.'
                )


def _segue(prima: NodoInCostruzione, voce: segni.Segno) -> bool:
    """Whether the number of the item is the one after."""
    return prima.numero.isdecimal() and voce.numero == str(int(prima.numero) + 1)


def _minuscole(riga: str) -> tuple[str, str]:
    """A heading shouted in capitals comes down to a sentence; capitals of names are for a person to check."""
    if not riga.isupper() or len(riga) < 4:
        return riga, ""
    return riga.capitalize(), "Era in maiuscolo: controlla le iniziali dei nomi propri." if len(
        riga.split()
    ) > 3 else ""


def _perdute(sorgente: str, testo: Testo, righe: Iterable[RigaLetta]) -> tuple[str, ...]:
    attese = Counter(parola.casefold() for parola in parole(pulisci(sorgente)))
    for pezzo in (testo.titolo, testo.sottotitolo, *(riga.segno for riga in righe)):
        attese.subtract(parola.casefold() for parola in parole(pezzo))
    for nodo in testo.disposizioni():
        attese.subtract(parola.casefold() for parola in parole(f"{nodo.testo} {nodo.rubrica}"))
    return tuple(sorted((+attese).elements()))
