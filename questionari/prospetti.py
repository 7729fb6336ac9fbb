"""What the results of one question look like: its sentence, its chart and its tables, by type of question."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from accordo.base.parole import elenca
from questionari import statistica
from questionari.definizione import (
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    PUBBLICA,
    SINGOLA,
    Domanda,
)
from questionari.grafici import larga_e_stretta
from questionari.statistica import Gruppo, Raccolta
from questionari.valori import in_cifre


@dataclass(frozen=True, slots=True)
class Riga:
    """A table row: its heading and its cells in words; `None` is a cell kept back."""

    titolo: str
    celle: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Tabella:
    """A table of the results."""

    titolo: str
    prima: str
    colonne: tuple[str, ...]
    righe: tuple[Riga, ...]
    ha_chiuse: bool = False


@dataclass(frozen=True, slots=True)
class Esito:
    """The result of one question."""

    numero: str
    domanda: Domanda
    rispondenti: int = 0
    frase: str = ""
    avvisi: tuple[str, ...] = ()
    grafico: tuple[SafeString, SafeString] | None = None
    legenda: tuple[tuple[str, str], ...] = ()
    """Class and name of the chart's series, if it has more than one."""
    tabelle: tuple[Tabella, ...] = ()
    testi: tuple[tuple[str, str], ...] = ()
    """Words of public free texts, each with its body's name."""


def _per_ambito(
    domanda: Domanda,
    raccolta: Raccolta,
    titolo: str,
    prima: str,
    righe: Iterable[tuple[str, Callable[[Gruppo], str]]],
) -> Tabella:
    """A table with a column for each area; the cells of an area kept back are None."""
    colonne = tuple(
        f"{gruppo.nome} ({gruppo.enti})" if gruppo.pubblicato else gruppo.nome for gruppo in raccolta.gruppi
    )
    return Tabella(
        titolo,
        prima,
        colonne,
        tuple(
            Riga(nome, tuple(cella(gruppo) if gruppo.pubblicato else None for gruppo in raccolta.gruppi))
            for nome, cella in righe
        ),
        ha_chiuse=bool(raccolta.esclusi),
    )


def _con_quota(n: int, tutti: int) -> str:
    return f"{n} ({statistica.quota(n, tutti)})"


def _media(valore: float | None, decimali: int = 1) -> str:
    return "–" if valore is None else in_cifre(valore, decimali)


def _scelte(domanda: Domanda, raccolta: Raccolta) -> Esito:
    totale = raccolta.totale
    conti = statistica.conta_scelte(domanda, totale)
    nomi = {codice: domanda.etichette.get(codice, "Altro") for codice in conti}
    massimo = max(conti.values())
    prime = [nomi[codice] for codice, n in conti.items() if n == massimo]
    quanti = "1 ente" if massimo == 1 else f"{massimo} enti"
    frase = f"Risposta più frequente: {elenca(prime, 3)}, {quanti} su {len(totale)}."
    if domanda.ordinata:
        medio = statistica.media_scelta(domanda, totale)
        frase += f" In media {_media(medio)} su una scala da 1 a {len(domanda.voci)}."

    def cella(codice: str) -> Callable[[Gruppo], str]:
        return lambda gruppo: (
            str(statistica.conta_scelte(domanda, gruppo.valori)[codice]) if gruppo.enti else "–"
        )

    righe: list[tuple[str, Callable[[Gruppo], str]]] = [
        (nome, cella(codice)) for codice, nome in nomi.items()
    ]
    if domanda.ordinata:
        righe.append(("Media", lambda g: _media(statistica.media_scelta(domanda, g.valori))))
    return Esito(
        "",
        domanda,
        frase=frase,
        grafico=larga_e_stretta(
            f"Grafico a barre: {domanda.testo} Gli stessi dati sono nella tabella.",
            list(nomi.values()),
            [("Enti", list(conti.values()))],
            massimo=float(max(massimo, 4)),
        ),
        tabelle=(
            Tabella(
                "Quanti enti hanno scelto ogni risposta",
                "Risposta",
                ("Enti", "Quota"),
                tuple(
                    Riga(nomi[codice], (str(n), statistica.quota(n, len(totale))))
                    for codice, n in conti.items()
                ),
            ),
            _per_ambito(domanda, raccolta, "Enti per ambito", "Risposta", righe),
        ),
    )


def _matrice(domanda: Domanda, raccolta: Raccolta) -> Esito:
    totale = raccolta.totale
    distribuzioni = {v.codice: statistica.distribuzione(domanda, v.codice, totale) for v in domanda.voci}
    medie = {v.codice: statistica.media_riga(v.codice, totale) for v in domanda.voci}
    gradi: list[tuple[int | None, str]] = [(g.valore, g.etichetta) for g in domanda.scala]
    if domanda.consenti_non_so:
        gradi.append((None, "Non so"))
    note = [(m, domanda.etichette[codice]) for codice, m in medie.items() if m is not None]
    decimali = 2 if domanda.scala[0].valore < 0 else 1
    frase = ""
    if len(set(note)) > 1:
        (alta, prima), (bassa, ultima) = max(note), min(note)
        frase = f"Media più alta: {prima} ({_media(alta, decimali)}); più bassa: {ultima} ({_media(bassa, decimali)})."

    def media_di(codice: str) -> Callable[[Gruppo], str]:
        return lambda gruppo: _media(statistica.media_riga(codice, gruppo.valori), decimali)

    return Esito(
        "",
        domanda,
        frase=frase,
        grafico=larga_e_stretta(
            f"Grafico a barre: {domanda.testo} Quanti enti hanno dato ogni giudizio; i dati sono nella tabella.",
            [v.etichetta for v in domanda.voci],
            [(nome, [distribuzioni[v.codice][grado] for v in domanda.voci]) for grado, nome in gradi],
            impilate=True,
            spenta=len(domanda.scala) if domanda.consenti_non_so else None,
        ),
        legenda=tuple(
            ("spenta" if grado is None else str(posto), nome) for posto, (grado, nome) in enumerate(gradi)
        ),
        tabelle=(
            Tabella(
                "Quanti enti hanno dato ogni giudizio",
                "Voce",
                (*(nome for _, nome in gradi), "Media"),
                tuple(
                    Riga(
                        v.etichetta,
                        (
                            *(str(distribuzioni[v.codice][grado]) for grado, _ in gradi),
                            _media(medie[v.codice], decimali),
                        ),
                    )
                    for v in domanda.voci
                ),
            ),
            _per_ambito(
                domanda,
                raccolta,
                "Media per ambito",
                "Voce",
                [(v.etichetta, media_di(v.codice)) for v in domanda.voci],
            ),
        ),
    )


def _numero(domanda: Domanda, raccolta: Raccolta) -> Esito:
    totale = raccolta.totale
    gruppi = [gruppo for gruppo in raccolta.pubblicati if gruppo.enti]
    decimali = max(domanda.decimali, 1)
    frase = (
        f"In media {_media(statistica.media(totale), decimali)} {domanda.unita} per ente, "
        f"in tutto {in_cifre(sum(totale), domanda.decimali)}."
    )
    righe: list[tuple[str, Callable[[Gruppo], str]]] = [
        ("Media", lambda g: _media(statistica.media(g.valori), decimali)),
        ("Somma", lambda g: in_cifre(sum(g.valori), domanda.decimali) if g.enti else "–"),
    ]
    return Esito(
        "",
        domanda,
        frase=frase,
        grafico=larga_e_stretta(
            f"Grafico a barre: {domanda.testo} Media per ambito; i dati sono nella tabella.",
            [gruppo.nome for gruppo in gruppi],
            [(domanda.unita.capitalize() or "Media", [statistica.media(g.valori) for g in gruppi])],
            decimali=1,
        ),
        tabelle=(
            _per_ambito(domanda, raccolta, "Media e somma per ambito", domanda.unita.capitalize(), righe),
        ),
    )


def _graduatoria(domanda: Domanda, raccolta: Raccolta) -> Esito:
    totale = raccolta.totale
    classifica = statistica.classifica(domanda, totale)
    posti = domanda.max_scelte or len(domanda.voci)
    primo = classifica[0]

    def punti(codice: str) -> Callable[[Gruppo], str]:
        return lambda g: (
            _media(next(p.punti for p in statistica.classifica(domanda, g.valori) if p.codice == codice))
            if g.enti
            else "–"
        )

    return Esito(
        "",
        domanda,
        frase=f"Al primo posto: {domanda.etichette[primo.codice]}, con {_media(primo.punti)} punti su {posti}. "
        f"Il primo di ogni graduatoria vale {posti}, l'ultimo posto 1, chi non è scelto 0.",
        grafico=larga_e_stretta(
            f"Grafico a barre: {domanda.testo} Punti medi; gli stessi dati sono nella tabella.",
            [domanda.etichette[p.codice] for p in classifica],
            [("Punti medi", [round(p.punti, 2) for p in classifica])],
            decimali=1,
            massimo=float(posti),
        ),
        tabelle=(
            Tabella(
                "La graduatoria di tutti gli enti",
                "Voce",
                ("Punti medi", "Primi posti", "Volte scelta", "Posizione media"),
                tuple(
                    Riga(
                        domanda.etichette[p.codice],
                        (_media(p.punti), str(p.primi), str(p.scelte), _media(p.media)),
                    )
                    for p in classifica
                ),
            ),
            _per_ambito(
                domanda,
                raccolta,
                "Punti medi per ambito",
                "Voce",
                [(domanda.etichette[p.codice], punti(p.codice)) for p in classifica],
            ),
        ),
    )


def _file(domanda: Domanda, raccolta: Raccolta) -> Esito:
    quanti = len(raccolta.totale)
    return Esito(
        "", domanda, frase=f"{'Un ente ha' if quanti == 1 else f'{quanti} enti hanno'} allegato documenti."
    )


def testi(domanda: Domanda, raccolta: Raccolta) -> Esito:
    quanti = len(raccolta.totale)
    frase = f"{'Ha risposto un ente' if quanti == 1 else f'Hanno risposto {quanti} enti'}."
    if domanda.riservatezza != PUBBLICA:
        frase += (
            " I testi li legge solo la segreteria tecnica, che ne riporta i temi senza nominare gli enti."
        )
    return Esito("", domanda, frase=frase)


COSTRUTTORI: dict[str, Callable[[Domanda, Raccolta], Esito]] = {
    SINGOLA: _scelte,
    MULTIPLA: _scelte,
    MATRICE: _matrice,
    NUMERO: _numero,
    GRADUATORIA: _graduatoria,
    FILE: _file,
}
