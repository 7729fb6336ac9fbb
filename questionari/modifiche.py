"""Changing a questionnaire: pure functions from one definition to the next, refused in words where something depends.

After each of them every condition looks at an earlier question, with an operator and an option that exist there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from accordo.base.errori import ErroreDominio, Mancanza
from questionari.definizione import AMMESSI, Condizione, Definizione, Domanda, Sezione, foglie

type Modifica = Callable[[Definizione], Definizione]

MAX_SEZIONI, MAX_DOMANDE = 100, 500


def verifica(dopo: Definizione, prima: Definizione) -> Definizione:
    """Return the definition if all its conditions stand; else say which do not, by the numbers that people see now."""
    rotte = [Mancanza(parole) for parole in _rotte(dopo, prima)]
    if rotte:
        raise ErroreDominio("Non si può fare: altre domande ne dipendono.", rotte)
    return dopo


def _rotte(dopo: Definizione, prima: Definizione) -> Iterable[str]:
    viste: dict[str, Domanda] = {}
    for domanda in dopo.domande:
        nome = _nome(prima, domanda)
        for foglia in foglie(domanda.visibile_se):
            if (altra := viste.get(foglia.domanda)) is None:
                yield _fuori_posto(dopo, prima, domanda, foglia)
            elif foglia.operatore not in AMMESSI[altra.tipo]:
                yield f"{nome} dipende da {_nome(prima, altra)} in un modo che il suo tipo non permette."
            elif altra.voci and foglia.valore and foglia.valore not in altra.etichette:
                yield f"{nome} dipende da un'opzione di {_nome(prima, altra)} che non ci sarebbe più."
        viste[domanda.codice] = domanda


def _fuori_posto(dopo: Definizione, prima: Definizione, domanda: Domanda, foglia: Condizione) -> str:
    nome = _nome(prima, domanda)
    altra = dopo.per_codice.get(foglia.domanda)
    if altra is None:
        return f"{nome} compare secondo la risposta a una domanda che non ci sarebbe più."
    if altra is domanda:
        return f"{nome} non può dipendere da sé stessa."
    if domanda.codice in _a_monte(dopo, altra):
        return f"{nome} e {_nome(prima, altra)} dipenderebbero l'una dall'altra, e nessuna comparirebbe mai."
    return f"{nome} compare secondo la risposta a {_nome(prima, altra)}, che verrebbe dopo."


def _a_monte(definizione: Definizione, domanda: Domanda) -> set[str]:
    """All questions that the visibility of one looks at, directly or through others."""
    trovate: set[str] = set()
    da_vedere = [domanda]
    while da_vedere:
        for codice in da_vedere.pop().dipende_da - trovate:
            trovate.add(codice)
            if codice in definizione.per_codice:
                da_vedere.append(definizione.per_codice[codice])
    return trovate


def _nome(definizione: Definizione, domanda: Domanda) -> str:
    """What people call a question in a refusal: "La 3.2 («Avete un piano?»)"."""
    testo = domanda.testo if len(domanda.testo) <= 60 else domanda.testo[:59].rstrip() + "…"
    numero = definizione.numeri.get(domanda.codice)
    return f"la {numero} («{testo}»)" if numero else f"il testo «{testo}»"


def dipendenti_da(definizione: Definizione, codici: Iterable[str]) -> list[Domanda]:
    """The questions, outside these, whose conditions look at one of them directly."""
    tolti = frozenset(codici)
    return [d for d in definizione.domande if d.codice not in tolti and d.dipende_da & tolti]


# Codes: given once, kept for life, so that answers find their question again


def _nuovo_codice(usati: Iterable[str], prefisso: str, cifre: int) -> str:
    forma = re.compile(rf"{re.escape(prefisso)}(\d{{1,9}})\Z")
    numeri = [int(trovato[1]) for codice in usati if (trovato := forma.match(codice))]
    return f"{prefisso}{max(numeri, default=0) + 1:0{cifre}}"


def codice_domanda(definizione: Definizione, mai: Iterable[str] = ()) -> str:
    """A code that no question has, nor any of `mai` (those of earlier versions)."""
    return _nuovo_codice([*definizione.per_codice, *mai], "D", 2)


def codice_sezione(definizione: Definizione, mai: Iterable[str] = ()) -> str:
    """A code that no section has, nor any of `mai`."""
    return _nuovo_codice([*(s.codice for s in definizione.sezioni), *mai], "S", 1)


def codice_voce(usati: Iterable[str]) -> str:
    """A code that no option of the question has."""
    return _nuovo_codice(usati, "v", 1)


# The whole


def intestazione(titolo: str, premessa: str) -> Modifica:
    """Title and foreword."""
    return lambda definizione: replace(definizione, titolo=titolo.strip(), premessa=premessa.strip())


# Sections


def sezione(definizione: Definizione, codice: str) -> Sezione | None:
    """The section of this code."""
    return next((s for s in definizione.sezioni if s.codice == codice), None)


def _sezione(definizione: Definizione, codice: str) -> Sezione:
    trovata = sezione(definizione, codice)
    if trovata is None:
        raise ErroreDominio("Questa sezione non c'è più: qualcuno l'ha eliminata.")
    return trovata


def _domanda(definizione: Definizione, codice: str) -> Domanda:
    trovata = definizione.per_codice.get(codice)
    if trovata is None:
        raise ErroreDominio("Questa domanda non c'è più: qualcuno l'ha eliminata.")
    return trovata


def metti_sezione(nuova: Sezione) -> Modifica:
    """Put a section in place of the one of the same code, keeping its questions; a new one at the end."""

    def applica(definizione: Definizione) -> Definizione:
        attuale = sezione(definizione, nuova.codice)
        if attuale is None:
            if len(definizione.sezioni) >= MAX_SEZIONI:
                raise ErroreDominio(f"Un questionario può avere al massimo {MAX_SEZIONI} sezioni.")
            return replace(definizione, sezioni=(*definizione.sezioni, nuova))
        messa = replace(nuova, domande=attuale.domande)
        return replace(definizione, sezioni=tuple(messa if s is attuale else s for s in definizione.sezioni))

    return applica


def togli_sezione(codice: str) -> Modifica:
    """Take a section away with its questions."""

    def applica(definizione: Definizione) -> Definizione:
        tolta = _sezione(definizione, codice)
        return verifica(
            replace(definizione, sezioni=tuple(s for s in definizione.sezioni if s is not tolta)), definizione
        )

    return applica


def sposta_sezione(codice: str, passi: int) -> Modifica:
    """Move a section up (-1) or down (1); at the end of its way it stays."""

    def applica(definizione: Definizione) -> Definizione:
        spostate = _sposta(definizione.sezioni, _sezione(definizione, codice), passi)
        return verifica(replace(definizione, sezioni=spostate), definizione)

    return applica


def _sposta[T](elementi: tuple[T, ...], quale: T, passi: int) -> tuple[T, ...]:
    altri = [elemento for elemento in elementi if elemento is not quale]
    posto = next(i for i, elemento in enumerate(elementi) if elemento is quale) + passi
    posto = max(0, min(len(altri), posto))
    return (*altri[:posto], quale, *altri[posto:])


# Questions


def metti_domanda(nuova: Domanda, in_sezione: str) -> Modifica:
    """Put a question in place of the one of the same code; a new one at the end of its section."""

    def applica(definizione: Definizione) -> Definizione:
        if nuova.codice in definizione.per_codice:
            return verifica(
                _con_domande(
                    definizione,
                    lambda s: tuple(nuova if d.codice == nuova.codice else d for d in s.domande),
                ),
                definizione,
            )
        if len(definizione.per_codice) >= MAX_DOMANDE:
            raise ErroreDominio(f"Un questionario può avere al massimo {MAX_DOMANDE} domande.")
        sua = _sezione(definizione, in_sezione)
        return verifica(
            _con_domande(definizione, lambda s: (*s.domande, nuova) if s is sua else s.domande), definizione
        )

    return applica


def _con_domande(definizione: Definizione, domande: Callable[[Sezione], tuple[Domanda, ...]]) -> Definizione:
    return replace(definizione, sezioni=tuple(replace(s, domande=domande(s)) for s in definizione.sezioni))


def scrivi_domanda(domanda: Domanda, in_sezione: str, obiettivi: Mapping[str, str]) -> Modifica:
    """Put a question where it belongs; the objectives that it names become known to the questionnaire."""

    def applica(definizione: Definizione) -> Definizione:
        nuovi = {c: obiettivi[c] for c in domanda.obiettivi if c in obiettivi}
        legenda = (
            nuovi | definizione.obiettivi
            if set(nuovi) - set(definizione.obiettivi)
            else definizione.obiettivi
        )
        messa = metti_domanda(domanda, in_sezione)(replace(definizione, obiettivi=legenda))
        if messa.sezione_di[domanda.codice].codice != in_sezione:
            messa = porta_domanda(domanda.codice, in_sezione)(messa)
        return messa

    return applica


def togli_domanda(codice: str) -> Modifica:
    """Take a question away."""

    def applica(definizione: Definizione) -> Definizione:
        _domanda(definizione, codice)
        return verifica(
            _con_domande(definizione, lambda s: tuple(d for d in s.domande if d.codice != codice)),
            definizione,
        )

    return applica


def sposta_domanda(codice: str, passi: int) -> Modifica:
    """Move a question up (-1) or down (1) in its section; beyond its end, into the next section."""

    def applica(definizione: Definizione) -> Definizione:
        domanda = _domanda(definizione, codice)
        sua = definizione.sezione_di[codice]
        posto = sua.domande.index(domanda) + passi
        if 0 <= posto < len(sua.domande):
            return verifica(
                _con_domande(
                    definizione,
                    lambda s: _sposta(s.domande, domanda, passi) if s is sua else s.domande,
                ),
                definizione,
            )
        vicina = definizione.sezioni.index(sua) + passi
        if not 0 <= vicina < len(definizione.sezioni):
            return definizione
        return _trasloca(definizione, domanda, definizione.sezioni[vicina].codice, in_testa=passi > 0)

    return applica


def porta_domanda(codice: str, in_sezione: str) -> Modifica:
    """Move a question to the end of another section."""
    return lambda definizione: _trasloca(definizione, _domanda(definizione, codice), in_sezione)


def _trasloca(
    definizione: Definizione, domanda: Domanda, in_sezione: str, *, in_testa: bool = False
) -> Definizione:
    dove = _sezione(definizione, in_sezione)

    def domande(sezione: Sezione) -> tuple[Domanda, ...]:
        altre = tuple(d for d in sezione.domande if d is not domanda)
        if sezione is not dove:
            return altre
        return (domanda, *altre) if in_testa else (*altre, domanda)

    return verifica(_con_domande(definizione, domande), definizione)


def duplica_domanda(codice: str, nuovo: str) -> Modifica:
    """Put a copy right after a question. A second time, with the same new code, it changes nothing."""

    def applica(definizione: Definizione) -> Definizione:
        if nuovo in definizione.per_codice:
            return definizione
        if len(definizione.per_codice) >= MAX_DOMANDE:
            raise ErroreDominio(f"Un questionario può avere al massimo {MAX_DOMANDE} domande.")
        originale = _domanda(definizione, codice)
        copia = replace(originale, codice=nuovo)
        return verifica(
            _con_domande(
                definizione,
                lambda s: tuple(c for d in s.domande for c in ((d, copia) if d is originale else (d,))),
            ),
            definizione,
        )

    return applica
