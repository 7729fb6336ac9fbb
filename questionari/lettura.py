"""Reading a questionnaire from JSON: every error found, in words, with the path where it is."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from questionari.definizione import (
    AGGREGATA,
    CONTIENE,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NON_CONTIENE,
    NUMERO,
    OPERATORI,
    RISERVATEZZE,
    SINGOLA,
    TESTO,
    TESTO_LUNGO,
    TIPI,
    Condizione,
    Definizione,
    Domanda,
    Grado,
    Sezione,
    Voce,
)

CODICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,49}\Z")
CHIAVE_VOCI = {SINGOLA: "opzioni", MULTIPLA: "opzioni", MATRICE: "righe", GRADUATORIA: "voci"}


class DefinizioneNonValida(Exception):
    """The JSON is not a questionnaire; `errori` says all that is wrong with it."""

    def __init__(self, errori: list[str]) -> None:
        super().__init__("\n".join(errori))
        self.errori = errori


class _Lettore:
    """Takes typed values out of nested JSON and notes what is wrong instead of stopping at it."""

    def __init__(self, tipi_ente: Iterable[str]) -> None:
        self.errori: list[str] = []
        self.tipi_ente = frozenset(tipi_ente)

    def errore(self, dove: str, che_cosa: str) -> None:
        self.errori.append(f"{dove}: {che_cosa}")

    def testo(self, dati: Mapping[str, Any], chiave: str, dove: str, *, obbligatorio: bool = False) -> str:
        valore = dati.get(chiave, "")
        if not isinstance(valore, str):
            self.errore(f"{dove}.{chiave}", "deve essere un testo")
            return ""
        if obbligatorio and not valore.strip():
            self.errore(f"{dove}.{chiave}", "manca")
        return valore.strip()

    def codice(self, dati: Mapping[str, Any], dove: str, visti: set[str]) -> str:
        codice = self.testo(dati, "codice", dove, obbligatorio=True)
        if codice and not CODICE.match(codice):
            self.errore(f"{dove}.codice", f"«{codice}» non è un codice: servono lettere, cifre, - e _")
        elif codice in visti:
            self.errore(f"{dove}.codice", f"«{codice}» è usato due volte")
        visti.add(codice)
        return codice

    def booleano(self, dati: Mapping[str, Any], chiave: str, dove: str) -> bool:
        valore = dati.get(chiave, False)
        if not isinstance(valore, bool):
            self.errore(f"{dove}.{chiave}", "deve essere true o false")
        return valore is True

    def intero(self, dati: Mapping[str, Any], chiave: str, dove: str, *, minimo: int = 0) -> int | None:
        valore = dati.get(chiave)
        if valore is None:
            return None
        if isinstance(valore, bool) or not isinstance(valore, int) or valore < minimo:
            self.errore(f"{dove}.{chiave}", f"deve essere un numero intero, almeno {minimo}")
            return None
        return valore

    def limite(self, dati: Mapping[str, Any], chiave: str, dove: str) -> float | None:
        valore = dati.get(chiave)
        if valore is None:
            return None
        if isinstance(valore, bool) or not isinstance(valore, int | float):
            self.errore(f"{dove}.{chiave}", "deve essere un numero")
            return None
        return valore

    def elenco(self, dati: Mapping[str, Any], chiave: str, dove: str, *, minimo: int = 0) -> list[Any]:
        valore = dati.get(chiave, [])
        if not isinstance(valore, list):
            self.errore(f"{dove}.{chiave}", "deve essere un elenco")
            return []
        if len(valore) < minimo:
            self.errore(f"{dove}.{chiave}", f"servono almeno {minimo} elementi" if minimo > 1 else "è vuoto")
        return valore

    def oggetti(
        self, dati: Mapping[str, Any], chiave: str, dove: str, *, minimo: int = 0
    ) -> list[tuple[str, dict[str, Any]]]:
        """The objects of a list, each with its path."""
        validi = []
        for i, elemento in enumerate(self.elenco(dati, chiave, dove, minimo=minimo)):
            percorso = f"{dove}.{chiave}[{i}]"
            if isinstance(elemento, dict):
                validi.append((percorso, elemento))
            else:
                self.errore(percorso, "deve essere un oggetto")
        return validi

    def parole(self, dati: Mapping[str, Any], chiave: str, dove: str) -> tuple[str, ...]:
        """A list of texts (numbers are taken as texts: objectives are written 1 or "1")."""
        parole = []
        for i, elemento in enumerate(self.elenco(dati, chiave, dove)):
            if isinstance(elemento, str | int) and not isinstance(elemento, bool):
                parole.append(str(elemento))
            else:
                self.errore(f"{dove}.{chiave}[{i}]", "deve essere un testo")
        return tuple(parole)

    # Parts of a questionnaire

    def voci(self, dati: Mapping[str, Any], chiave: str, dove: str, *, minimo: int) -> tuple[Voce, ...]:
        visti: set[str] = set()
        return tuple(
            Voce(self.codice(voce, qui, visti), self.testo(voce, "etichetta", qui, obbligatorio=True))
            for qui, voce in self.oggetti(dati, chiave, dove, minimo=minimo)
        )

    def scala(self, dati: Mapping[str, Any], dove: str) -> tuple[Grado, ...]:
        gradi: list[Grado] = []
        for qui, grado in self.oggetti(dati, "scala", dove, minimo=2):
            valore = grado.get("valore")
            if isinstance(valore, bool) or not isinstance(valore, int):
                self.errore(f"{qui}.valore", "deve essere un numero intero")
                continue
            if any(valore == altro.valore for altro in gradi):
                self.errore(f"{qui}.valore", f"{valore} è usato due volte")
            gradi.append(Grado(valore, self.testo(grado, "etichetta", qui, obbligatorio=True)))
        return tuple(gradi)

    def condizione(
        self, dati: Mapping[str, Any], dove: str, precedenti: Mapping[str, Domanda]
    ) -> Condizione | None:
        grezza = dati.get("visibile_se")
        dove = f"{dove}.visibile_se"
        if grezza is None:
            return None
        if not isinstance(grezza, dict):
            self.errore(dove, "deve essere un oggetto con domanda, operatore e valore")
            return None
        codice, operatore, valore = (grezza.get(c) for c in ("domanda", "operatore", "valore"))
        if operatore not in OPERATORI:
            self.errore(f"{dove}.operatore", f"deve essere uno di: {', '.join(OPERATORI)}")
            return None
        if not isinstance(valore, str | int) or isinstance(valore, bool):
            self.errore(f"{dove}.valore", "deve essere un testo o un numero intero")
            return None
        if not isinstance(codice, str) or codice not in precedenti:
            self.errore(f"{dove}.domanda", f"«{codice}» non è una domanda che viene prima di questa")
            return None
        altra = precedenti[codice]
        ammessi = {SINGOLA, MULTIPLA, GRADUATORIA} if operatore in (CONTIENE, NON_CONTIENE) else set(TIPI)
        if altra.tipo not in ammessi - {MATRICE, FILE}:
            self.errore(dove, f"«{operatore}» non si applica a {codice}, che è di tipo {altra.tipo}")
        elif altra.tipo in CHIAVE_VOCI and valore not in altra.etichette:
            self.errore(f"{dove}.valore", f"«{valore}» non è tra le opzioni di {codice}")
        return Condizione(codice, operatore, valore)

    def domanda(
        self, dati: Mapping[str, Any], dove: str, visti: set[str], precedenti: Mapping[str, Domanda]
    ) -> Domanda:
        codice = self.codice(dati, dove, visti)
        if codice:
            dove = f"{dove} ({codice})"
        tipo = self.testo(dati, "tipo", dove, obbligatorio=True)
        if tipo and tipo not in TIPI:
            self.errore(f"{dove}.tipo", f"«{tipo}» non è un tipo di domanda: {', '.join(TIPI)}")
        riservatezza = dati.get("riservatezza", AGGREGATA)
        if riservatezza not in RISERVATEZZE:
            self.errore(f"{dove}.riservatezza", f"deve essere una di: {', '.join(RISERVATEZZE)}")
            riservatezza = AGGREGATA
        voci: tuple[Voce, ...] = ()
        if tipo in CHIAVE_VOCI:
            voci = self.voci(dati, CHIAVE_VOCI[tipo], dove, minimo=1 if tipo == MATRICE else 2)
        esclusiva = self.testo(dati, "esclusiva", dove) if tipo == MULTIPLA else ""
        if esclusiva and esclusiva not in {voce.codice for voce in voci}:
            self.errore(f"{dove}.esclusiva", f"«{esclusiva}» non è tra le opzioni")
        max_scelte = (
            self.intero(dati, "max_scelte", dove, minimo=1) if tipo in (MULTIPLA, GRADUATORIA) else None
        )
        minimo = self.limite(dati, "min", dove) if tipo == NUMERO else None
        massimo = self.limite(dati, "max", dove) if tipo == NUMERO else None
        if minimo is not None and massimo is not None and minimo > massimo:
            self.errore(f"{dove}.min", f"{minimo} è maggiore di max ({massimo})")
        estensioni = self.parole(dati, "estensioni", dove) if tipo == FILE else ()
        if tipo == FILE and not estensioni:
            self.errore(f"{dove}.estensioni", "manca: quali file si possono allegare?")
        return Domanda(
            codice=codice,
            tipo=tipo,
            testo=self.testo(dati, "testo", dove, obbligatorio=True),
            aiuto=self.testo(dati, "aiuto", dove),
            obbligatoria=self.booleano(dati, "obbligatoria", dove),
            riservatezza=riservatezza,
            obiettivi=self.parole(dati, "obiettivi", dove),
            visibile_se=self.condizione(dati, dove, precedenti),
            dato_personale=self.booleano(dati, "dato_personale", dove),
            voci=voci,
            scala=self.scala(dati, dove) if tipo == MATRICE else (),
            ordinata=self.booleano(dati, "ordinata", dove),
            consenti_non_so=self.booleano(dati, "consenti_non_so", dove),
            consenti_altro=self.booleano(dati, "consenti_altro", dove),
            esclusiva=esclusiva,
            max_scelte=max_scelte,
            minimo=minimo,
            massimo=massimo,
            decimali=(self.intero(dati, "decimali", dove) or 0) if tipo == NUMERO else 0,
            unita=self.testo(dati, "unita", dove),
            max_caratteri=(
                self.intero(dati, "max_caratteri", dove, minimo=1) if tipo in (TESTO, TESTO_LUNGO) else None
            ),
            estensioni=tuple(e.lower().lstrip(".") for e in estensioni),
            max_file=self.intero(dati, "max_file", dove, minimo=1) or 1,
            max_mb=self.intero(dati, "max_mb", dove, minimo=1) or 10,
        )

    def sezione(
        self,
        dati: Mapping[str, Any],
        dove: str,
        visti: set[str],
        precedenti: dict[str, Domanda],
        codici: set[str],
    ) -> Sezione:
        codice = self.codice(dati, dove, codici)
        destinatari = self.parole(dati, "destinatari", dove)
        for ignoto in set(destinatari) - self.tipi_ente if self.tipi_ente else ():
            self.errore(f"{dove}.destinatari", f"«{ignoto}» non è un tipo di ente")
        domande = []
        for qui, grezza in self.oggetti(dati, "domande", dove, minimo=1):
            domanda = self.domanda(grezza, qui, visti, precedenti)
            precedenti[domanda.codice] = domanda
            domande.append(domanda)
        return Sezione(
            codice=codice,
            titolo=self.testo(dati, "titolo", dove, obbligatorio=True),
            domande=tuple(domande),
            descrizione=self.testo(dati, "descrizione", dove),
            destinatari=destinatari,
        )


def leggi(dati: Any, *, tipi_ente: Iterable[str] = ()) -> Definizione:
    """Build the questionnaire from parsed JSON.

    `tipi_ente` are the kinds of body a section may be addressed to (none given: not checked).
    Raises DefinizioneNonValida with all errors.
    """
    lettore = _Lettore(tipi_ente)
    if not isinstance(dati, dict):
        raise DefinizioneNonValida(["questionario: deve essere un oggetto JSON"])
    legenda = dati.get("legenda")
    obiettivi = legenda.get("obiettivi", {}) if isinstance(legenda, dict) else {}
    visti: set[str] = set()
    codici: set[str] = set()
    precedenti: dict[str, Domanda] = {}
    definizione = Definizione(
        codice=lettore.codice(dati, "questionario", set()),
        titolo=lettore.testo(dati, "titolo", "questionario", obbligatorio=True),
        premessa=lettore.testo(dati, "premessa", "questionario"),
        versione=lettore.testo(dati, "versione", "questionario") or "1.0",
        lingua=lettore.testo(dati, "lingua", "questionario") or "it",
        obiettivi={str(k): str(v) for k, v in obiettivi.items()} if isinstance(obiettivi, dict) else {},
        sezioni=tuple(
            lettore.sezione(grezza, qui.removeprefix("questionario."), visti, precedenti, codici)
            for qui, grezza in lettore.oggetti(dati, "sezioni", "questionario", minimo=1)
        ),
    )
    if lettore.errori:
        raise DefinizioneNonValida(lettore.errori)
    return definizione
