"""Where an imported questionnaire is put together: sections, questions, what names stand for, and conditions last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from questionari.condizioni import MAX_CONDIZIONI, MAX_PROFONDITA
from questionari.definizione import BLOCCO, MODI
from questionari.lettura import DefinizioneNonValida, leggi
from questionari.scambio import limiti
from questionari.scambio.condizioni import Bersaglio, Tradotta, insieme, traduci
from questionari.scambio.espressioni import Albero, EspressioneNonLetta
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.rapporto import Genere, Rapporto
from questionari.scambio.testo import Codici

ORA_FACOLTATIVA = "diventa facoltativa, perché si mostra anche a chi non riguarda"


@dataclass(frozen=True, slots=True)
class Fonte:
    """A condition as the file has it; `riga` is its line of the report, if it has been written already."""

    nome: str
    testo: str
    leggi: Callable[[str], Albero]
    quanti: int = 1


@dataclass(slots=True)
class Posata:
    """A question in its place; `riga` is its line of the report."""

    dati: dict[str, Any]
    riga: int
    fonti: Sequence[Fonte] = ()


@dataclass(slots=True)
class Pagina:
    """A section under way."""

    codice: str
    titolo: str
    descrizione: str = ""
    destinatari: tuple[str, ...] = ()
    fonti: Sequence[Fonte] = ()
    posate: list[Posata] = field(default_factory=list)


class Cantiere:
    """Collects sections and questions; `finisci` translates the conditions and returns the JSON."""

    def __init__(self, rapporto: Rapporto) -> None:
        self.rapporto = rapporto
        self.pagine: list[Pagina] = []
        self.codici = Codici()
        self.codici_sezioni = Codici()
        self._nomi: dict[str, tuple[Bersaglio, int]] = {}
        self._assenti: dict[str, str] = {}
        self._quante = self._voci = self._lettere = 0

    def pagina(self, nome: str, titolo: str, **altro: Any) -> tuple[Pagina, str]:
        """Begin a section; return it and what its code became, in words."""
        if len(self.pagine) >= limiti.SEZIONI:
            raise FileRifiutato(f"Il file ha più di {limiti.SEZIONI} sezioni: dividilo in più questionari.")
        codice, motivo = self.codici_sezioni.dai(nome, f"sezione-{len(self.pagine) + 1}")
        self.pagine.append(Pagina(codice, titolo, **altro))
        return self.pagine[-1], motivo

    def posa(
        self,
        pagina: Pagina,
        dati: dict[str, Any],
        riga: int,
        *,
        nomi: Mapping[str, Bersaglio] | None = None,
        fonti: Sequence[Fonte] = (),
    ) -> None:
        """Put a question at the end of a section. `nomi` are the names by which conditions may call it."""
        if self._quante >= limiti.DOMANDE:
            raise FileRifiutato(f"Il file ha più di {limiti.DOMANDE} domande: dividilo in più questionari.")
        if any(len(dati.get(chiave, ())) > limiti.VOCI for chiave in ("opzioni", "righe", "voci", "scala")):
            raise FileRifiutato(f"La domanda «{dati['codice']}» ha più di {limiti.VOCI} voci.")
        self._voci += sum(len(dati.get(chiave, ())) for chiave in ("opzioni", "righe", "voci", "scala"))
        if self._voci > limiti.VOCI_TOTALI:
            raise FileRifiutato(
                f"Le domande hanno in tutto più di {limiti.VOCI_TOTALI} opzioni: sono troppe."
            )
        mio = Bersaglio(dati["codice"], dati["tipo"])
        for nome, bersaglio in {f"={dati['codice']}": mio, **(nomi or {})}.items():
            self._nomi.setdefault(nome, (bersaglio, self._quante))
        pagina.posate.append(Posata(dati, riga, fonti))
        self._quante += 1

    def assente(self, nome: str, motivo: str) -> None:
        """Remember why a name stands for nothing here."""
        self._assenti.setdefault(nome, motivo)

    def _risolvi(self, prima_di: int) -> Callable[[str], Bersaglio | str]:
        def risolvi(nome: str) -> Bersaglio | str:
            if nome in self._nomi:
                bersaglio, posto = self._nomi[nome]
                return (
                    bersaglio if posto < prima_di else f"«{nome}» viene dopo: si può guardare solo indietro"
                )
            if "." in nome:
                return f"di una domanda si può guardare solo la risposta, non «{nome[:80]}»"
            return self._assenti.get(nome, f"«{nome[:80]}» non è una domanda di questo file")

        return risolvi

    def _condizioni(self, fonti: Sequence[Fonte], prima_di: int) -> list[tuple[Fonte, Tradotta]]:
        tradotte = []
        for fonte in fonti:
            self._lettere += len(fonte.testo)
            if self._lettere > limiti.ESPRESSIONI:
                raise FileRifiutato(
                    f"Le condizioni hanno in tutto più di {limiti.ESPRESSIONI} caratteri: sono troppe."
                )
            try:
                tradotta = traduci(fonte.leggi(fonte.testo), self._risolvi(prima_di))
            except EspressioneNonLetta as errore:
                tradotta = Tradotta(None, (f"non si può leggere: {errore}",), persa=True)
            if tradotta.mai:
                motivi = (*tradotta.motivi, "non potrebbe mai essere soddisfatta")
                tradotta = Tradotta(None, motivi, persa=True)
            tradotte.append((fonte, _lasciata(tradotta) if troppa(tradotta.regola) else tradotta))
        return tradotte

    def _segna(self, coppie: Sequence[tuple[Fonte, Tradotta]], codice: str) -> None:
        for fonte, tradotta in coppie:
            if not fonte.quanti:  # the same condition of the questions that one became, or one of our own
                continue
            self.rapporto.segna(
                Genere.CONDIZIONE,
                fonte.nome,
                list(tradotta.motivi),
                escluso=tradotta.regola is None and tradotta.persa,
                testo=fonte.testo,
                codice=codice,
                quanti=fonte.quanti,
            )

    def finisci(self, testata: dict[str, Any]) -> dict[str, Any]:
        """Translate the conditions, leave empty sections out and return the whole, checked. Raises FileRifiutato."""
        sezioni = []
        posto = 0
        for pagina in self.pagine:
            if not pagina.posate:
                continue
            di_tutti = self._condizioni(pagina.fonti, posto)
            self._segna(di_tutti, pagina.codice)
            for posata in pagina.posate:
                proprie = self._condizioni(posata.fonti, posto)
                if troppa(insieme([t.regola for _, t in (*di_tutti, *proprie)])):
                    proprie = [(fonte, _lasciata(tradotta)) for fonte, tradotta in proprie]
                self._segna(proprie, posata.dati["codice"])
                tradotte = [t for _, t in (*di_tutti, *proprie)]
                regola = insieme([t.regola for t in tradotte])
                if regola is not None:
                    posata.dati["visibile_se"] = regola
                if any(t.persa for t in tradotte) and posata.dati.pop("obbligatoria", False):
                    self.rapporto.aggiungi(posata.riga, ORA_FACOLTATIVA)
                posto += 1
            sezione: dict[str, Any] = {"codice": pagina.codice, "titolo": pagina.titolo}
            if pagina.descrizione:
                sezione["descrizione"] = pagina.descrizione
            if pagina.destinatari:
                sezione["destinatari"] = list(pagina.destinatari)
            sezioni.append(sezione | {"domande": [posata.dati for posata in pagina.posate]})
        if not any(d["tipo"] != BLOCCO for s in sezioni for d in s["domande"]):
            raise FileRifiutato("Nel file non c'è nessuna domanda a cui si possa rispondere qui.")
        dati = testata | {"sezioni": sezioni}
        controlla(dati)
        return dati


def troppa(regola: dict[str, Any] | None) -> bool:
    """Whether a condition is longer or deeper than a question of ours may have."""
    if regola is None:
        return False
    livello, quante, profondita = [regola], 0, 0
    while livello:
        profondita += 1
        rami = [ramo for r in livello for modo in MODI for ramo in r.get(modo, ())]
        quante += sum("domanda" in r for r in livello)
        livello = rami
    return quante > MAX_CONDIZIONI or profondita > MAX_PROFONDITA


def _lasciata(tradotta: Tradotta) -> Tradotta:
    motivo = f"è troppo lunga: qui ne entrano {MAX_CONDIZIONI}, su {MAX_PROFONDITA} livelli"
    return Tradotta(None, (*tradotta.motivi, motivo), persa=True)


def controlla(dati: Any, tipi_ente: Sequence[str] = ()) -> None:
    """Refuse in words what our own reading would refuse."""
    from accordo.base.errori import Mancanza

    try:
        leggi(dati, tipi_ente=tipi_ente)
    except DefinizioneNonValida as errore:
        raise FileRifiutato(
            "Il questionario che ne risulta non va bene.", [Mancanza(parole) for parole in errore.errori[:50]]
        ) from errore
