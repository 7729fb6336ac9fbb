"""What changed from one version of a questionnaire to the next, and which answers still stand.

An answer stands if its question still means the same: same code, type, words, options, scale, and nobody reads it who
could not before; and if every answer that was allowed still is. Help, order, audience, conditions, objectives and
whether it is required may change without asking again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from accordo.base.canonico import impronta, json_canonico
from questionari import valori, visibilita
from questionari.definizione import (
    AGGREGATA,
    BLOCCO,
    DATA,
    FILE,
    NUMERO,
    PUBBLICA,
    RISERVATA,
    Definizione,
    Domanda,
    Sezione,
    Valore,
)

_APERTURA = {RISERVATA: 0, AGGREGATA: 1, PUBBLICA: 2}


def significato(domanda: Domanda) -> str:
    """The fingerprint of what bears meaning in a question: two questions with the same one ask the same thing."""
    return impronta(
        json_canonico(
            {
                "tipo": domanda.tipo,
                "testo": " ".join(domanda.testo.split()),
                "voci": [[voce.codice, voce.etichetta] for voce in domanda.voci],
                "scala": [[grado.valore, grado.etichetta] for grado in domanda.scala],
                "ordinata": domanda.ordinata,
                "esclusiva": domanda.esclusiva,
                "unita": domanda.unita,
            }
        )
    )


def vale_ancora(prima: Domanda, dopo: Domanda) -> bool:
    """Whether every answer given to the question as it was answers it as it is."""
    return (
        significato(prima) == significato(dopo)
        and _APERTURA[dopo.riservatezza] <= _APERTURA[prima.riservatezza]
        and not _stretta(prima, dopo)
    )


def _stretta(prima: Domanda, dopo: Domanda) -> bool:
    """Whether some answer that was allowed no longer is."""

    def scende(vecchio: float | str | None, nuovo: float | str | None) -> bool:
        """A maximum that comes down, or comes at all."""
        return nuovo not in (None, "") and (vecchio in (None, "") or nuovo < vecchio)  # type: ignore[operator]

    def sale(vecchio: float | str | None, nuovo: float | str | None) -> bool:
        return nuovo not in (None, "") and (vecchio in (None, "") or nuovo > vecchio)  # type: ignore[operator]

    if any(getattr(prima, c) and not getattr(dopo, c) for c in ("consenti_altro", "consenti_non_so")):
        return True
    if scende(prima.max_scelte, dopo.max_scelte) or scende(prima.max_caratteri, dopo.max_caratteri):
        return True
    if dopo.tipo == NUMERO:
        return (
            sale(prima.minimo, dopo.minimo)
            or scende(prima.massimo, dopo.massimo)
            or dopo.decimali < prima.decimali
        )
    if dopo.tipo == DATA:
        return sale(prima.dal, dopo.dal) or scende(prima.al, dopo.al)
    if dopo.tipo == FILE:
        return (
            dopo.max_file < prima.max_file
            or dopo.max_mb < prima.max_mb
            or not set(prima.estensioni) <= set(dopo.estensioni)
        )
    return False


def cadute(prima: Definizione, dopo: Definizione) -> frozenset[str]:
    """The questions whose answers no longer stand: gone, or asking something else."""
    return frozenset(
        codice
        for codice, domanda in prima.per_codice.items()
        if domanda.chiede
        and (codice not in dopo.per_codice or not vale_ancora(domanda, dopo.per_codice[codice]))
    )


def da_rispondere(
    prima: Definizione,
    dopo: Definizione,
    tipo_ente: str,
    risposte: Mapping[str, Valore],
    via: frozenset[str],
) -> list[str]:
    """What a body that has answered `prima` is asked anew by `dopo`, in order.

    New and changed questions, those that it sees for the first time, and those that have become required. `via`:
    the answers that no longer stand (`cadute`).
    """
    restano = {codice: valore for codice, valore in risposte.items() if codice not in via}
    viste_prima = {d.codice for d in visibilita.visibili(prima, tipo_ente, risposte)}
    carenti = {c.domanda.codice for c in visibilita.mancanti(dopo, tipo_ente, restano)}
    return [
        d.codice
        for d in visibilita.visibili(dopo, tipo_ente, restano)
        if d.chiede
        and (
            d.codice in carenti
            or (
                restano.get(d.codice) is None
                and (d.codice in via or d.codice not in prima.per_codice or d.codice not in viste_prima)
            )
        )
    ]


def riportate(
    prima: Definizione, dopo: Definizione, tipo_ente: str, risposte: Mapping[str, Valore]
) -> dict[str, Valore]:
    """The answers to `prima` that answer `dopo`, for the results: those that still stand and are still asked."""
    if prima is dopo:
        return dict(risposte)
    via = cadute(prima, dopo)
    return visibilita.da_inviare(
        dopo, tipo_ente, {codice: valore for codice, valore in risposte.items() if codice not in via}
    )


# In words


@dataclass(frozen=True, slots=True)
class Differenza:
    """One part of a question that is not as it was."""

    nome: str
    prima: str
    dopo: str


def differenze(prima: Domanda, dopo: Domanda, d_prima: Definizione, d_dopo: Definizione) -> list[Differenza]:
    """The parts in which two versions of a question differ, in words."""
    vecchie, nuove = parti(prima, d_prima), parti(dopo, d_dopo)
    return [
        Differenza(nome, vecchie.get(nome, ""), nuove.get(nome, ""))
        for nome in dict.fromkeys([*vecchie, *nuove])
        if vecchie.get(nome, "") != nuove.get(nome, "")
    ]


def parti(domanda: Domanda, definizione: Definizione) -> dict[str, str]:
    """A question in words, part by part; empty parts left out."""
    si = {True: "sì", False: ""}
    limiti = [
        f"da {valori.in_cifre(domanda.minimo)}" if domanda.minimo is not None else "",
        f"a {valori.in_cifre(domanda.massimo)}" if domanda.massimo is not None else "",
        f"dal {valori.data_in_cifre(domanda.dal)}" if domanda.dal else "",
        f"al {valori.data_in_cifre(domanda.al)}" if domanda.al else "",
        f"{domanda.decimali} decimali" if domanda.decimali else "",
        f"al massimo {domanda.max_scelte}" if domanda.max_scelte else "",
        f"{domanda.max_caratteri} caratteri" if domanda.max_caratteri else "",
        f"{', '.join(domanda.estensioni)}, {domanda.max_file} da {domanda.max_mb} MB"
        if domanda.tipo == FILE
        else "",
    ]
    regola = domanda.visibile_se
    scritte = {
        "Testo": domanda.testo,
        "Tipo": domanda.tipo.replace("_", " "),
        "Aiuto": domanda.aiuto,
        "Opzioni": " · ".join(voce.etichetta for voce in domanda.voci),
        "Scala": " · ".join(f"{grado.valore} {grado.etichetta}" for grado in domanda.scala),
        "In ordine": si[domanda.ordinata],
        "Altro": si[domanda.consenti_altro],
        "Non so": si[domanda.consenti_non_so],
        "Esclusiva": domanda.etichette.get(domanda.esclusiva, ""),
        "Limiti": ", ".join(filter(None, limiti)),
        "Unità": domanda.unita,
        "Obbligatoria": si[domanda.obbligatoria],
        "Riservatezza": "" if domanda.tipo == BLOCCO else domanda.riservatezza,
        "Dati personali": si[domanda.dato_personale],
        "Compare se": visibilita.in_parole(definizione, regola) if regola else "",
        "Destinatari": ", ".join(domanda.destinatari),
        "Obiettivi": ", ".join(domanda.obiettivi),
    }
    return {nome: testo for nome, testo in scritte.items() if testo}


@dataclass(frozen=True)
class Cambio:
    """A question that is new, gone or changed from one version to the next."""

    verbo: str
    """ "nuova", "tolta" o "cambiata"."""
    domanda: Domanda
    numero: str
    differenze: tuple[Differenza, ...] = ()
    richiesta: bool = False
    """Whether the bodies that have answered are asked again."""


def cambi(prima: Definizione, dopo: Definizione) -> list[Cambio]:
    """All that changed in the questions, in the order of the new version, what is gone at the end."""
    via = cadute(prima, dopo)
    trovati = []
    for domanda in dopo.domande:
        vecchia = prima.per_codice.get(domanda.codice)
        numero = dopo.numeri[domanda.codice]
        if vecchia is None:
            trovati.append(Cambio("nuova", domanda, numero, richiesta=domanda.chiede))
        elif diverse := differenze(vecchia, domanda, prima, dopo):
            trovati.append(
                Cambio("cambiata", domanda, numero, tuple(diverse), richiesta=domanda.codice in via)
            )
    tolte = [d for d in prima.domande if d.codice not in dopo.per_codice]
    return trovati + [Cambio("tolta", domanda, prima.numeri[domanda.codice]) for domanda in tolte]


def sezioni_cambiate(prima: Definizione, dopo: Definizione) -> list[str]:
    """What changed in the sections themselves and in the order, in sentences."""
    vecchie, nuove = ({s.codice: s for s in d.sezioni} for d in (prima, dopo))
    frasi = [f"Sezione nuova: {s.titolo}." for c, s in nuove.items() if c not in vecchie]
    frasi += [f"Sezione tolta: {s.titolo}." for c, s in vecchie.items() if c not in nuove]
    frasi += [
        f"Sezione cambiata: {s.titolo}."
        for c, s in nuove.items()
        if c in vecchie and _parole_sezione(s) != _parole_sezione(vecchie[c])
    ]
    if (prima.titolo, prima.premessa) != (dopo.titolo, dopo.premessa):
        frasi.append("Titolo o premessa cambiati.")
    comuni = [c for c in prima.per_codice if c in dopo.per_codice]
    if comuni != [c for c in dopo.per_codice if c in prima.per_codice]:
        frasi.append("L'ordine delle domande è cambiato.")
    return frasi


def _parole_sezione(sezione: Sezione) -> tuple[str, str, tuple[str, ...]]:
    return sezione.titolo, sezione.descrizione, sezione.destinatari
