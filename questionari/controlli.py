"""What is wrong or doubtful in a questionnaire before it is opened to the bodies, each thing with its place.

An `errore` keeps the questionnaire from being opened; an `avviso` is for the coordinator to weigh.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from accordo.base.parole import elenca
from questionari.definizione import (
    BLOCCO,
    DATA,
    FILE,
    GRADUATORIA,
    MAGGIORE,
    MATRICE,
    MINORE,
    MULTIPLA,
    NUMERO,
    PUBBLICA,
    RISERVATA,
    SINGOLA,
    TUTTE,
    UGUALE,
    Condizione,
    Definizione,
    Domanda,
    Gruppo,
    Regola,
    Sezione,
    foglie,
)

ERRORE, AVVISO = "errore", "avviso"
VOCI = {
    SINGOLA: ("opzione", "opzioni", 2),
    MULTIPLA: ("opzione", "opzioni", 2),
    MATRICE: ("riga", "righe", 1),
    GRADUATORIA: ("voce", "voci", 2),
}
MOLTE_DOMANDE, MOLTE_VOCI, MOLTI_GRADI, TESTO_LUNGHISSIMO = 60, 20, 7, 400


@dataclass(frozen=True, slots=True)
class Controllo:
    """One thing to look at: how grave it is, where (codes, empty for the whole), and what, in words."""

    gravita: str
    testo: str
    sezione: str = ""
    domanda: str = ""
    numero: str = ""
    """What people call the place: "3.2", "Sezione 3", or nothing."""

    @property
    def blocca(self) -> bool:
        """Whether the questionnaire cannot be opened with it."""
        return self.gravita == ERRORE


def controlla(definizione: Definizione, tipi_ente: Mapping[str, str] | None = None) -> list[Controllo]:
    """List all that is wrong or doubtful, in the order of the questionnaire. `tipi_ente`: kinds with their names."""
    trovati = [*_insieme(definizione, tipi_ente or {})]
    for posto, sezione in enumerate(definizione.sezioni, 1):
        trovati += [
            Controllo(gravita, testo, sezione.codice, numero=f"Sezione {posto}")
            for gravita, testo in _sezione(definizione, sezione)
        ]
        for domanda in sezione.domande:
            numero = definizione.numeri[domanda.codice] or f"Testo nella sezione {posto}"
            trovati += [
                Controllo(gravita, testo, sezione.codice, domanda.codice, numero)
                for gravita, testo in _domanda(definizione, sezione, domanda, tipi_ente or {})
            ]
    return trovati


def errori(definizione: Definizione, tipi_ente: Mapping[str, str] | None = None) -> list[Controllo]:
    """What keeps the questionnaire from being opened."""
    return [controllo for controllo in controlla(definizione, tipi_ente) if controllo.blocca]


type _Detti = Iterator[tuple[str, str]]


def _insieme(definizione: Definizione, tipi_ente: Mapping[str, str]) -> Iterator[Controllo]:
    chieste = [domanda for domanda in definizione.domande if domanda.chiede]
    if not definizione.titolo:
        yield Controllo(ERRORE, "Manca il titolo del questionario.")
    if not chieste:
        yield Controllo(ERRORE, "Il questionario non ha ancora domande.")
        return
    if not any(domanda.obbligatoria for domanda in chieste):
        yield Controllo(AVVISO, "Nessuna domanda è obbligatoria: un ente potrebbe inviarlo vuoto.")
    if len(chieste) > MOLTE_DOMANDE:
        yield Controllo(AVVISO, f"Ha {len(chieste)} domande: in un ufficio piccolo pochi arrivano in fondo.")
    senza = [
        nome
        for tipo, nome in tipi_ente.items()
        if not any(d.chiede and d.per(tipo) for s in definizione.sezioni if s.per(tipo) for d in s.domande)
    ]
    if senza:
        yield Controllo(ERRORE, f"Senza nessuna domanda: {elenca(senza)}.")
    if definizione.obiettivi:
        usati = {codice for domanda in chieste for codice in domanda.obiettivi}
        scoperti = [nome for codice, nome in definizione.obiettivi.items() if codice not in usati]
        if scoperti:
            yield Controllo(AVVISO, f"Nessuna domanda riguarda: {elenca(scoperti)}.")
        sciolte = [definizione.numeri[d.codice] for d in chieste if not d.obiettivi]
        if sciolte:
            yield Controllo(AVVISO, f"Senza un obiettivo dell'accordo: {elenca(sciolte, 10)}.")


def _sezione(definizione: Definizione, sezione: Sezione) -> _Detti:
    if not sezione.titolo:
        yield ERRORE, "Manca il titolo della sezione."
    if not sezione.domande:
        yield ERRORE, "La sezione non ha domande: aggiungine una o elimina la sezione."
    elif not sezione.chieste:
        yield AVVISO, "La sezione ha solo testi, nessuna domanda."
    if sezione.titolo and sum(_piano(s.titolo) == _piano(sezione.titolo) for s in definizione.sezioni) > 1:
        yield AVVISO, f"Un'altra sezione ha lo stesso titolo, «{sezione.titolo}»."


def _domanda(
    definizione: Definizione, sezione: Sezione, domanda: Domanda, tipi_ente: Mapping[str, str]
) -> _Detti:
    if not domanda.testo:
        yield ERRORE, "Manca il testo." if domanda.tipo == BLOCCO else "Manca il testo della domanda."
    elif domanda.tipo != BLOCCO:
        if len(domanda.testo) > TESTO_LUNGHISSIMO:
            yield AVVISO, "La domanda è molto lunga: le spiegazioni possono stare nell'aiuto."
        if sum(_piano(d.testo) == _piano(domanda.testo) for d in definizione.domande) > 1:
            yield AVVISO, "Un'altra domanda ha lo stesso testo."
    yield from _voci(domanda)
    yield from _limiti(domanda)
    if domanda.dato_personale and domanda.riservatezza == PUBBLICA:
        yield ERRORE, "Chiede dati personali: non può essere pubblica."
    elif domanda.dato_personale and domanda.riservatezza != RISERVATA:
        yield AVVISO, "Chiede dati personali: è meglio che sia riservata."
    ignoti = [codice for codice in domanda.obiettivi if codice not in definizione.obiettivi]
    if ignoti:
        yield ERRORE, f"Obiettivi che non ci sono: {elenca(ignoti)}."
    yield from _pubblico(definizione, sezione, domanda, tipi_ente)
    yield from _condizioni(definizione, domanda.visibile_se)


def _voci(domanda: Domanda) -> _Detti:
    if domanda.tipo not in VOCI:
        return
    una, molte, minimo = VOCI[domanda.tipo]
    if len(domanda.voci) < minimo:
        yield ERRORE, f"Servono almeno {minimo} {molte}." if minimo > 1 else f"Serve almeno una {una}."
    if len(domanda.voci) > MOLTE_VOCI:
        yield AVVISO, f"Ha {len(domanda.voci)} {molte}: sono difficili da leggere, soprattutto al telefono."
    if any(not voce.etichetta for voce in domanda.voci):
        yield ERRORE, f"C'è una {una} senza testo."
    if doppie := _doppie(voce.etichetta for voce in domanda.voci):
        yield ERRORE, f"Due {molte} uguali: {elenca(doppie)}."
    if domanda.consenti_altro and any(_piano(voce.etichetta) == "altro" for voce in domanda.voci):
        yield AVVISO, "«Altro» c'è due volte: tra le opzioni e come risposta libera."
    if domanda.tipo == MATRICE:
        if len(domanda.scala) < 2:
            yield ERRORE, "La scala deve avere almeno 2 gradi."
        if len(domanda.scala) > MOLTI_GRADI:
            yield AVVISO, f"La scala ha {len(domanda.scala)} gradi: al telefono si leggono male."
        if doppi := _doppie(grado.etichetta for grado in domanda.scala):
            yield ERRORE, f"Due gradi uguali nella scala: {elenca(doppi)}."
    if domanda.max_scelte is not None:
        if domanda.max_scelte > len(domanda.voci) + domanda.consenti_altro:
            yield AVVISO, f"Si possono scegliere {domanda.max_scelte} {molte}, ma ce ne sono meno."
        elif domanda.max_scelte == 1 and domanda.tipo == MULTIPLA:
            yield AVVISO, "Si può scegliere una sola opzione: allora è una domanda a risposta singola."


def _limiti(domanda: Domanda) -> _Detti:
    if domanda.tipo == NUMERO and domanda.minimo is not None and domanda.minimo == domanda.massimo:
        yield AVVISO, "Minimo e massimo sono uguali: si può rispondere un solo numero."
    if domanda.tipo == DATA and domanda.dal and domanda.dal == domanda.al:
        yield AVVISO, "Il primo e l'ultimo giorno sono uguali: si può rispondere una sola data."
    if domanda.tipo == FILE and not domanda.estensioni:
        yield ERRORE, "Quali tipi di file si possono allegare?"
    if domanda.tipo == FILE and domanda.max_mb > 25:
        yield AVVISO, f"Documenti fino a {domanda.max_mb} MB: molti uffici non riescono a inviarli."


def _pubblico(
    definizione: Definizione, sezione: Sezione, domanda: Domanda, tipi_ente: Mapping[str, str]
) -> _Detti:
    """Who is asked: nobody, if the kinds of question and section do not meet, or if those that it depends on do not."""
    if not tipi_ente:
        return
    propri = [tipo for tipo in tipi_ente if sezione.per(tipo) and domanda.per(tipo)]
    if not propri:
        if (
            sezione.destinatari
            and domanda.destinatari
            and not {*sezione.destinatari} & {*domanda.destinatari}
        ):
            yield ERRORE, "Nessuno la vede: i suoi destinatari non sono tra quelli della sezione."
        else:
            yield AVVISO, "Nessuno degli enti che rispondono la vede: è per altri tipi di ente."
        return
    if domanda.visibile_se is None:
        return
    ciechi = [tipi_ente[tipo] for tipo in propri if not _raggiungibile(definizione, domanda, tipo)]
    if len(ciechi) == len(propri):
        yield ERRORE, "Nessuno la vede: dipende da domande che non si fanno a chi dovrebbe rispondere."
    elif ciechi:
        yield (
            AVVISO,
            f"{elenca(ciechi)}: non la vedranno mai, perché a loro non si fa la domanda da cui dipende.",
        )


def _raggiungibile(definizione: Definizione, domanda: Domanda, tipo: str) -> bool:
    """Whether a kind of body can come to see a question, whatever it answers."""
    return (
        domanda.per(tipo)
        and definizione.sezione_di[domanda.codice].per(tipo)
        and _possibile(definizione, domanda.visibile_se, tipo)
    )


def _possibile(definizione: Definizione, regola: Regola | None, tipo: str) -> bool:
    if regola is None:
        return True
    if isinstance(regola, Condizione):
        return _raggiungibile(definizione, definizione.per_codice[regola.domanda], tipo)
    quante = all if regola.modo == TUTTE else any
    return quante(_possibile(definizione, parte, tipo) for parte in regola.condizioni)


def _condizioni(definizione: Definizione, regola: Regola | None) -> _Detti:
    """Conditions that can never hold."""
    for foglia in foglie(regola):
        altra = definizione.per_codice[foglia.domanda]
        numero = definizione.numeri[altra.codice]
        basso, alto = (altra.dal, altra.al) if altra.tipo == DATA else (altra.minimo, altra.massimo)
        mai = (
            foglia.operatore == MAGGIORE and alto not in (None, "") and not foglia.valore < alto  # type: ignore[operator]
        ) or (
            foglia.operatore == MINORE and basso not in (None, "") and not foglia.valore > basso  # type: ignore[operator]
        )
        if mai:
            yield AVVISO, f"La condizione sulla {numero} non può mai valere, per i limiti di quella domanda."
    for gruppo in _gruppi(regola):
        uguali: dict[str, set[str]] = {}
        for parte in gruppo.condizioni if gruppo.modo == TUTTE else ():
            if isinstance(parte, Condizione) and parte.operatore == UGUALE:
                uguali.setdefault(parte.domanda, set()).add(str(parte.valore))
        for codice, valori in uguali.items():
            if len(valori) > 1:
                numero = definizione.numeri[codice]
                yield ERRORE, f"Non comparirà mai: chiede insieme due risposte diverse alla {numero}."


def _gruppi(regola: Regola | None) -> Iterator[Gruppo]:
    if isinstance(regola, Gruppo):
        yield regola
        for parte in regola.condizioni:
            yield from _gruppi(parte)


def _doppie(etichette: Iterable[str]) -> list[str]:
    viste: dict[str, str] = {}
    conto: Counter[str] = Counter()
    for etichetta in etichette:
        viste.setdefault(_piano(etichetta), etichetta)
        conto[_piano(etichetta)] += 1
    return [viste[piana] for piana, volte in conto.items() if volte > 1 and piana]


def _piano(testo: str) -> str:
    return " ".join(testo.casefold().split()).rstrip(".?: ")
