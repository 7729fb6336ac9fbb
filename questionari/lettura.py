"""Reading a questionnaire from JSON: every error found, in words, with the path where it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from questionari import condizioni
from questionari.definizione import (
    AGGREGATA,
    BLOCCO,
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    RISERVATEZZE,
    SINGOLA,
    TESTO,
    TESTO_LUNGO,
    TIPI,
    Definizione,
    Domanda,
    Grado,
    Sezione,
    Voce,
)
from questionari.lettore import CODICE, DefinizioneNonValida, Lettore

__all__ = ["CHIAVE_VOCI", "CODICE", "DefinizioneNonValida", "leggi"]

CHIAVE_VOCI = {SINGOLA: "opzioni", MULTIPLA: "opzioni", MATRICE: "righe", GRADUATORIA: "voci"}


class _Lettura(Lettore):
    """The parts of a questionnaire."""

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

    def destinatari(self, dati: Mapping[str, Any], dove: str) -> tuple[str, ...]:
        destinatari = self.parole(dati, "destinatari", dove)
        for ignoto in sorted(set(destinatari) - self.tipi_ente) if self.tipi_ente else ():
            self.errore(f"{dove}.destinatari", f"«{ignoto}» non è un tipo di ente")
        return tuple(dict.fromkeys(destinatari))

    def domanda(
        self, dati: Mapping[str, Any], dove: str, visti: set[str], precedenti: dict[str, Domanda]
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
        dal = self.giorno(dati, "min", dove) if tipo == DATA else ""
        al = self.giorno(dati, "max", dove) if tipo == DATA else ""
        if dal and al and dal > al:
            self.errore(f"{dove}.min", f"{dal} viene dopo max ({al})")
        minimo = self.limite(dati, "min", dove) if tipo == NUMERO else None
        massimo = self.limite(dati, "max", dove) if tipo == NUMERO else None
        if minimo is not None and massimo is not None and minimo > massimo:
            self.errore(f"{dove}.min", f"{minimo} è maggiore di max ({massimo})")
        estensioni = self.parole(dati, "estensioni", dove) if tipo == FILE else ()
        if tipo == FILE and not estensioni and not self.in_costruzione:
            self.errore(f"{dove}.estensioni", "manca: quali file si possono allegare?")
        return Domanda(
            codice=codice,
            tipo=tipo,
            testo=self.testo(dati, "testo", dove, obbligatorio=True),
            aiuto=self.testo(dati, "aiuto", dove),
            obbligatoria=self.booleano(dati, "obbligatoria", dove) and tipo != BLOCCO,
            riservatezza=riservatezza,
            obiettivi=self.parole(dati, "obiettivi", dove),
            visibile_se=condizioni.leggi(
                self, dati.get("visibile_se"), f"{dove}.visibile_se", precedenti, codice
            ),
            destinatari=self.destinatari(dati, dove),
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
            decimali=(self.intero(dati, "decimali", dove, massimo=10) or 0) if tipo == NUMERO else 0,
            unita=self.testo(dati, "unita", dove),
            dal=dal,
            al=al,
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
            destinatari=self.destinatari(dati, dove),
        )


def leggi(dati: Any, *, tipi_ente: Iterable[str] = (), in_costruzione: bool = False) -> Definizione:
    """Build the questionnaire from parsed JSON.

    `tipi_ente` are the kinds of body a section may be addressed to (none given: not checked).
    `in_costruzione`: a draft, in which texts, options and questions may still be missing (see `controlli`).
    Raises DefinizioneNonValida with all errors.
    """
    lettore = _Lettura(tipi_ente, in_costruzione=in_costruzione)
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
