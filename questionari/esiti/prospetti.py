"""From what may be published of a question to its sentence, charts and tables, by type of question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from accordo.base.parole import elenca
from questionari.definizione import (
    AGGREGATA,
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    PUBBLICA,
    RISERVATA,
    SINGOLA,
    Domanda,
)
from questionari.esiti import numeri
from questionari.esiti.basi import (
    DISEGNARE,
    TAVOLOZZA,
    Disegni,
    Esposti,
    barre,
    barre_di_confronto,
    confronta,
    gruppi_di,
    spicca,
)
from questionari.esiti.forme import (
    MOLTI_GRUPPI,
    Confronto,
    Esito,
    Grafico,
    Riga,
    Tabella,
    in_parole,
)
from questionari.esiti.prospetti_numeri import date, graduatoria, numero
from questionari.esiti.quadro import DIMENSIONI, Conto, Esposto, Quadro
from questionari.esiti.quesiti import ALTRO, Quesito, quesiti
from questionari.riservatezza import Livello


def esiti(
    quadro: Quadro, domande: Sequence[Domanda], per: str = "ambito", *, disegni: Disegni = Disegni.PAGINA
) -> list[Esito]:
    """The results of some questions, compared by one dimension. A fixed number of queries."""
    chiuse = [d.codice for d in domande if quesiti(d)]
    esposti = quadro.esponi(chiuse)
    aperte = quadro.conta_testi([d.codice for d in domande if d.chiede and not quesiti(d)])
    return [
        esito(quadro, d, esposti, aperte.get(d.codice, 0), per, disegni=disegni) for d in domande if d.chiede
    ]


def esito(
    quadro: Quadro,
    domanda: Domanda,
    esposti: Esposti,
    testi: int,
    per: str,
    *,
    disegni: Disegni = Disegni.PAGINA,
) -> Esito:
    """The result of one question from what may be published of it; an export needs no charts."""
    gettone = DISEGNARE.set(disegni)
    try:
        return _esito(quadro, domanda, esposti, testi, per)
    finally:
        DISEGNARE.reset(gettone)


def _esito(quadro: Quadro, domanda: Domanda, esposti: Esposti, testi: int, per: str) -> Esito:
    numero = quadro.struttura.numeri[domanda.codice]
    riservatezza = quadro.effettive[domanda.codice]
    if riservatezza == RISERVATA and not quadro.segreteria:
        avviso = "Domanda riservata: le risposte le vedono solo l'ente e la segreteria tecnica."
        return Esito(domanda, numero, avvisi=(avviso,))
    suoi = quesiti(domanda)
    if not suoi:
        return replace(_aperta(quadro, domanda, riservatezza, testi), numero=numero)
    rispondenti = max(esposti[q].totale.total() for q in suoi)
    avvisi = _avvisi(quadro, domanda, [esposti[q] for q in suoi], per)
    if not rispondenti:
        return Esito(domanda, numero, avvisi=avvisi or ("Nessun ente ha risposto a questa domanda.",))
    esito = _COSTRUTTORI[domanda.tipo](domanda, esposti, per)
    return replace(esito, numero=numero, rispondenti=rispondenti, avvisi=avvisi)


def _avvisi(quadro: Quadro, domanda: Domanda, suoi: Sequence[Esposto], per: str) -> tuple[str, ...]:
    if quadro.segreteria or quadro.effettive[domanda.codice] == PUBBLICA:
        return ()
    avvisi = []
    if domanda.riservatezza == PUBBLICA and quadro.effettive[domanda.codice] == AGGREGATA:
        avvisi.append(
            "Dipende da una risposta che non si pubblica con il nome: anche questa si legge solo in gruppi."
        )
    livelli = {esposto.livello for esposto in suoi}
    if livelli == {Livello.NIENTE}:
        avvisi.append("Non si pubblica: dai numeri si saprebbe che cosa ha risposto un ente.")
    elif min(livelli) < (Livello.AMBITI if per == "ambito" else Livello.TUTTO):
        quali = "Qualche riga" if len(suoi) > 1 and max(livelli) > min(livelli) else "Questa domanda"
        avvisi.append(
            f"{quali} si pubblica solo per gruppi più ampi: in un gruppo hanno risposto in pochi o tutti allo stesso "
            "modo."
        )
    return tuple(avvisi)


def _aperta(quadro: Quadro, domanda: Domanda, riservatezza: str, testi: int) -> Esito:
    if not testi:
        return Esito(domanda, avvisi=("Nessun ente ha risposto a questa domanda.",))
    if domanda.tipo == FILE:
        return Esito(
            domanda, frase=f"{'Un ente ha' if testi == 1 else f'{testi} enti hanno'} allegato documenti."
        )
    frase = "Ha risposto un ente." if testi == 1 else f"Hanno risposto {testi} enti."
    leggibili = riservatezza == PUBBLICA or quadro.segreteria
    if not leggibili:
        frase += (
            " I testi li legge solo la segreteria tecnica, che ne riporta i temi senza nominare gli enti."
        )
    return Esito(domanda, frase=frase, testi=testi if leggibili else 0)


def _scelte(domanda: Domanda, esposti: Esposti, per: str) -> Esito:
    esposto = esposti[Quesito(domanda.codice)]
    totale, enti = esposto.totale, esposto.totale.total()
    conti = numeri.scelte(domanda, totale)
    nomi = {codice: "Altro" if codice == ALTRO else domanda.etichette[codice] for codice in conti}
    massimo = max(conti.values())
    prime = [nomi[codice] for codice, n in conti.items() if n == massimo]
    frase = f"Risposta più frequente: {elenca(prime, 3)}, {'1 ente' if massimo == 1 else f'{massimo} enti'} su {enti}."
    righe: list[tuple[str, Callable[[Conto], str]]] = [
        (nome, lambda c, codice=codice: _con_quota(numeri.scelte(domanda, c)[codice], c.total()))  # type: ignore[misc]
        for codice, nome in nomi.items()
    ]
    if domanda.ordinata:
        medio = numeri.media_scelta(domanda, totale)
        frase += f" In media {in_parole(medio)} su una scala da 1 a {len(domanda.voci)}."
        righe.append(("Media", lambda c: in_parole(numeri.media_scelta(domanda, c))))
    return Esito(
        domanda,
        frase=frase,
        grafico=barre(
            f"{frase} Grafico a barre; gli stessi dati sono nella tabella.",
            list(nomi.values()),
            [("Enti", list(conti.values()))],
            massimo=float(max(massimo, 4)),
        ),
        tabella=Tabella(
            "Quanti enti hanno scelto ogni risposta",
            "Risposta",
            ("Enti", "Quota"),
            tuple(Riga(nomi[codice], (str(n), numeri.quota(n, enti))) for codice, n in conti.items()),
        ),
        confronto=confronta(
            domanda,
            gruppi_di(esposto, per),
            f"Enti e quota, per {DIMENSIONI[per].lower()}",
            righe,
            lambda c: [100 * n / c.total() for n in numeri.scelte(domanda, c).values()],
            list(nomi.values()),
        ),
    )


def _con_quota(n: int, tutti: int) -> str:
    return f"{n} ({numeri.quota(n, tutti)})"


def _matrice(domanda: Domanda, esposti: Esposti, per: str) -> Esito:
    righe = {v.codice: esposti[Quesito(domanda.codice, v.codice)] for v in domanda.voci}
    decimali = 2 if domanda.scala[0].valore < 0 else 1
    medie = {codice: numeri.media_gradi(e.totale) for codice, e in righe.items()}
    note = [(m, domanda.etichette[codice]) for codice, m in medie.items() if m is not None]
    frase = ""
    if len({m for m, _ in note}) > 1:
        (alta, prima), (bassa, ultima) = max(note), min(note)
        frase = (
            f"Media più alta: {prima} ({in_parole(alta, decimali)}); "
            f"più bassa: {ultima} ({in_parole(bassa, decimali)})."
        )
    gradi: list[tuple[int | None, str]] = [(g.valore, g.etichetta) for g in domanda.scala]
    if domanda.consenti_non_so:
        gradi.append((None, "Non so"))
    grafico, legenda = _divergenti(domanda, {c: e.totale for c, e in righe.items()}, frase or domanda.testo)
    return Esito(
        domanda,
        frase=frase,
        grafico=grafico,
        legenda=legenda,
        tabella=Tabella(
            "Quanti enti hanno dato ogni giudizio",
            "Voce",
            (*(nome for _, nome in gradi), "Media"),
            tuple(
                Riga(
                    domanda.etichette[codice],
                    (
                        *(str(numeri.gradi(domanda, e.totale)[g]) for g, _ in gradi),
                        in_parole(medie[codice], decimali),
                    )
                    if e.livello
                    else (None,) * (len(gradi) + 1),
                )
                for codice, e in righe.items()
            ),
        ),
        confronto=_medie_per_gruppo(domanda, righe, per, decimali),
    )


def _divergenti(
    domanda: Domanda, totali: Mapping[str, Conto], frase: str
) -> tuple[Grafico | None, tuple[tuple[str, str], ...]]:
    """Shares of each grade, low ones to the left of the middle and high ones to the right; a middle one on both sides."""
    gradi = sorted(domanda.gradi)
    meta = len(gradi) // 2
    sotto, sopra = gradi[:meta], gradi[len(gradi) - meta :]
    centro = gradi[meta] if len(gradi) % 2 else None

    def quote(grado: int, peso: float) -> list[float | None]:
        lista: list[float | None] = []
        for totale in totali.values():
            dati = numeri.gradi(domanda, totale)
            tutti = sum(n for g, n in dati.items() if g is not None)
            lista.append(peso * 100 * dati[grado] / tutti if tutti else None)
        return lista

    serie: list[tuple[str, list[float | None]]] = []
    colori: list[str] = []
    if centro is not None:
        serie += [(domanda.gradi[centro], quote(centro, peso)) for peso in (-0.5, 0.5)]
        colori += ["d0", "d0"]
    for posto, (basso, alto) in enumerate(zip(reversed(sotto), sopra, strict=True), 1):
        tono = posto + (2 - meta if meta < 2 else 0)
        serie += [(domanda.gradi[basso], quote(basso, -1)), (domanda.gradi[alto], quote(alto, 1))]
        colori += [f"b{min(tono, 3)}", f"a{min(tono, 3)}"]
    grafico = barre(
        f"{frase} Grafico a barre divergenti: quote di enti per giudizio, dal più basso a sinistra; i dati sono nella "
        "tabella.",
        [domanda.etichette[codice] for codice in totali],
        serie,
        impilate=True,
        colori=tuple(colori),
    )
    colore_di = dict(zip((nome for nome, _ in serie), colori, strict=True))
    return grafico, tuple((colore_di[domanda.gradi[g]], domanda.gradi[g]) for g in gradi)


def _medie_per_gruppo(
    domanda: Domanda, righe: Mapping[str, Esposto], per: str, decimali: int
) -> Confronto | None:
    """Means, row by row and group by group; a row that is not published so finely has closed cells."""
    nomi = next((tuple(g.nome for g in e.gruppi[per]) for e in righe.values() if per in e.gruppi), None)
    if nomi is None:
        return None
    per_riga: dict[str, list[float | None]] = {}
    celle: dict[str, list[str | None]] = {}
    for codice, esposto in righe.items():
        gruppi = {g.nome: g.conto for g in esposto.gruppi.get(per, ())}
        conti = [gruppi.get(nome) for nome in nomi]
        per_riga[codice] = [numeri.media_gradi(c) if c is not None else None for c in conti]
        celle[codice] = [None if c is None else in_parole(numeri.media_gradi(c), decimali) for c in conti]
    titolo = f"Media per {DIMENSIONI[per].lower()}"
    voci = [domanda.etichette[codice] for codice in righe]
    if len(nomi) > MOLTI_GRUPPI:
        tabella = Tabella(
            titolo,
            "Gruppo",
            tuple(voci),
            tuple(Riga(nome, tuple(celle[c][n] for c in righe)) for n, nome in enumerate(nomi)),
        )
        return Confronto(tabella)
    tabella = Tabella(titolo, "Voce", nomi, tuple(Riga(domanda.etichette[c], tuple(celle[c])) for c in righe))
    noti = [n for n in range(len(nomi)) if any(per_riga[c][n] is not None for c in righe)]
    if len(noti) < 2:
        return Confronto(tabella)
    serie = [(nomi[n], [per_riga[c][n] for c in righe]) for n in noti]
    grafico = barre_di_confronto(
        f"{titolo}. {spicca('La più alta', voci, serie)} Grafico a barre; i dati sono nella tabella.",
        voci,
        serie,
        decimali=1,
        colori=TAVOLOZZA,
    )
    return Confronto(tabella, grafico, tuple(zip(TAVOLOZZA, (nomi[n] for n in noti), strict=False)))


_COSTRUTTORI: dict[str, Callable[[Domanda, Esposti, str], Esito]] = {
    SINGOLA: _scelte,
    MULTIPLA: _scelte,
    MATRICE: _matrice,
    NUMERO: numero,
    DATA: date,
    GRADUATORIA: graduatoria,
}
