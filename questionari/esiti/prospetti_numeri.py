"""Numbers, dates and rankings: their sentence, charts and tables."""

from collections import Counter
from collections.abc import Callable

from questionari.definizione import (
    Domanda,
)
from questionari.esiti import numeri
from questionari.esiti.basi import Esposti, barre, confronta, gruppi_di
from questionari.esiti.forme import (
    MOLTI_GRUPPI,
    Confronto,
    Esito,
    Riga,
    Tabella,
    in_parole,
    incolonna,
)
from questionari.esiti.quadro import DIMENSIONI, Conto
from questionari.esiti.quesiti import Quesito
from questionari.valori import in_cifre


def numero(domanda: Domanda, esposti: Esposti, per: str) -> Esito:
    esposto = esposti[Quesito(domanda.codice)]
    decimali = max(domanda.decimali, 1)
    insieme = numeri.riassumi(esposto.totale)
    frase = (
        f"In media {in_parole(insieme.media, decimali)} {domanda.unita} per ente, "
        f"in tutto {in_cifre(insieme.somma, domanda.decimali)}."
    )
    voci: list[tuple[str, Callable[[numeri.Riassunto], str]]] = [
        ("Media", lambda r: in_parole(r.media, decimali)),
        *(
            (nome, lambda r, n=n: in_parole(r.quartili[n] if r.quartili else None, decimali))
            for n, nome in enumerate(("Primo quartile", "Mediana", "Terzo quartile"))
        ),
        ("Somma", lambda r: in_cifre(r.somma, domanda.decimali)),
    ]
    tutti = gruppi_di(esposto, per)
    gruppi = [g for g in tutti or () if g.conto is not None and g.enti]
    medie = [numeri.riassumi(g.conto or Counter()).media for g in gruppi]
    lette = "; ".join(f"{g.nome} {in_parole(m, decimali)}" for g, m in zip(gruppi, medie, strict=True))
    grafico = (
        barre(
            f"Media per {DIMENSIONI[per].lower()}: {lette}. Grafico a barre; i dati sono nella tabella.",
            [g.nome for g in gruppi],
            [("Media", medie)],
            decimali=1,
        )
        if 1 < len(gruppi) <= 2 * MOLTI_GRUPPI
        else None
    )
    colonna = domanda.unita.capitalize() or "Tutti gli enti"
    return Esito(
        domanda,
        frase=frase,
        grafico=grafico,
        tabella=Tabella(
            "Media, quartili e somma", "Dato", (colonna,), tuple(Riga(n, (f(insieme),)) for n, f in voci)
        ),
        confronto=Confronto(
            incolonna(
                f"Media, quartili e somma per {DIMENSIONI[per].lower()}",
                "Dato",
                tutti,
                [(n, lambda c, f=f: f(numeri.riassumi(c))) for n, f in voci],  # type: ignore[misc]
            )
        )
        if tutti
        else None,
    )


def date(domanda: Domanda, esposti: Esposti, per: str) -> Esito:
    esposto = esposti[Quesito(domanda.codice)]
    conti = numeri.anni(esposto.totale)
    enti = esposto.totale.total()
    primo = max(conti, key=lambda anno: conti[anno])
    frase = f"L'anno più frequente è il {primo}, indicato da {conti[primo]} enti su {enti}."
    return Esito(
        domanda,
        frase=frase,
        grafico=barre(
            f"{frase} Grafico a barre: enti per anno; gli stessi dati sono nella tabella.",
            list(conti),
            [("Enti", list(conti.values()))],
        ),
        tabella=Tabella(
            "Enti per anno",
            "Anno",
            ("Enti", "Quota"),
            tuple(Riga(anno, (str(n), numeri.quota(n, enti))) for anno, n in conti.items()),
        ),
        confronto=confronta(
            domanda,
            gruppi_di(esposto, per),
            f"Enti per anno e per {DIMENSIONI[per].lower()}",
            [(anno, lambda c, a=anno: str(numeri.anni(c).get(a, 0))) for anno in conti],  # type: ignore[misc]
            lambda c: [float(numeri.anni(c).get(anno, 0)) for anno in conti],
            list(conti),
            prima="Anno",
        ),
    )


def graduatoria(domanda: Domanda, esposti: Esposti, per: str) -> Esito:
    esposto = esposti[Quesito(domanda.codice)]
    classifica = numeri.classifica(domanda, esposto.totale)
    nomi = [domanda.etichette[p.codice] for p in classifica]
    primo = classifica[0]

    def posto(codice: str) -> Callable[[Conto], str]:
        def scrivi(conto: Conto) -> str:
            suo = next(p for p in numeri.classifica(domanda, conto) if p.codice == codice)
            return f"{in_parole(suo.media)} ({suo.primi})"

        return scrivi

    def medie(conto: Conto) -> list[float | None]:
        per_codice = {p.codice: p.media for p in numeri.classifica(domanda, conto)}
        return [per_codice[p.codice] for p in classifica]

    frase = (
        f"In testa: {domanda.etichette[primo.codice]}, in media al posto {in_parole(primo.media)} "
        f"e prima per {'un ente' if primo.primi == 1 else f'{primo.primi} enti'}."
    )
    return Esito(
        domanda,
        frase=frase,
        grafico=barre(
            f"{frase} Grafico a barre: primi posti; gli stessi dati sono nella tabella.",
            nomi,
            [("Primi posti", [p.primi for p in classifica])],
        ),
        tabella=Tabella(
            "La graduatoria di tutti gli enti",
            "Voce",
            ("Posizione media", "Primi posti", "Volte scelta"),
            tuple(
                Riga(nome, (in_parole(p.media), str(p.primi), str(p.scelte)))
                for nome, p in zip(nomi, classifica, strict=True)
            ),
        ),
        confronto=confronta(
            domanda,
            gruppi_di(esposto, per),
            f"Posizione media (e primi posti) per {DIMENSIONI[per].lower()}",
            [(nome, posto(p.codice)) for nome, p in zip(nomi, classifica, strict=True)],
            medie,
            nomi,
            decimali=1,
            prima="Voce",
            primo_e_minimo=True,
        ),
    )
