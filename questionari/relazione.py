"""The report of the survey as an accessible PDF: the method, who answered, the results, the areas compared."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime

from accordo.base.pdf import componi
from questionari.definizione import Sezione
from questionari.esiti import forze, prospetti, tasso
from questionari.esiti.arrivi import arrivi
from questionari.esiti.basi import Disegni
from questionari.esiti.forme import Esito, Tabella
from questionari.esiti.quadro import Quadro

MOLTI_AMBITI = 12
"""With more areas than this the report compares them in the tables on line: on paper they would be unreadable."""

_COLORI = """
text{font-family:'Titillium Web',sans-serif;font-size:15px;fill:#1c2b3a}.background{fill:none}.line{fill:none;stroke:#d9e0e7}
.axis.y text{text-anchor:end}.axis.x text{text-anchor:middle;font-size:13px}.axis.x .guide.line{stroke:none}
.rect{stroke:#fff;stroke-width:1;fill:#0059b3}.value{font-size:13px;fill:#fff}.text-overlay text{fill:#fff;font-size:13px}
.serie-g0 .rect{fill:#0059b3}.serie-g1 .rect{fill:#d9822b}.serie-g2 .rect{fill:#1f7a5c}.serie-g3 .rect{fill:#7a4fa3}
.serie-g4 .rect{fill:#8a6d1f}.serie-g5 .rect{fill:#5b6b7b}
.serie-d0 .rect{fill:#c9d1d9}.serie-b1 .rect{fill:#e8b07a}.serie-b2 .rect{fill:#b8590e}.serie-b3 .rect{fill:#6e3204}
.serie-a1 .rect{fill:#7fb2e3}.serie-a2 .rect{fill:#1d66b2}.serie-a3 .rect{fill:#00305f}
.tinta-fatto{fill:#7fb2e3}.segno-in-ritardo{fill:#a3122b}.tinta-in-ritardo{fill:#fbd9df}.tinta-non-previsto{fill:#eef1f4}
.comuni path{stroke:#fff;stroke-width:2}.mappa-aree path{fill:none;stroke:#0f2b46;stroke-width:2}
.mappa-nomi text{font-size:19px;fill:#0f2b46}.mappa-aree-nomi text{font-size:17px;fill:#33475a}
"""


@dataclass(frozen=True, slots=True)
class Figura:
    """A picture for the printer: its data and what it shows, in words."""

    dati: str
    descrizione: str


@dataclass(frozen=True, slots=True)
class Risultato:
    """One question in the report."""

    esito: Esito
    figura: Figura | None
    confronto: Tabella | None


def figura(svg: str, descrizione: str = "") -> Figura:
    """Turn a chart of the page into a picture that carries its own colours."""
    detta = descrizione or (m[1] if (m := re.search(r'aria-label="([^"]*)"', svg)) else "Grafico")
    if "xmlns=" not in svg:
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    testa, segno, resto = svg.partition(">")
    con_colori = f"{testa}{segno}<style>{_COLORI}</style>{resto}"
    return Figura("data:image/svg+xml;base64," + base64.b64encode(con_colori.encode()).decode(), detta)


def stampa(quadro: Quadro, *, creato: datetime, anteprima: bool = False, nota: str = "") -> bytes:
    """Lay the report out. Its length depends on the questionnaire, not on how many bodies there are."""
    risposte = tasso.tasso(quadro)
    mappa = tasso.mappa(quadro)
    grafico = risposte.grafico()
    fuori = list(dict.fromkeys(strato.ambito for strato in quadro.fuori))
    return componi(
        "stampa/relazione.html",
        {
            "ente": quadro.accordo.promotore.denominazione,
            "accordo": quadro.accordo,
            "quadro": quadro,
            "marca": "Anteprima" if anteprima else "",
            "nota": nota,
            "tasso": risposte,
            "arrivi": arrivi(quadro),
            "tabelle_tasso": [risposte.tabella(0), risposte.tabella(1)],
            "figura_tasso": figura(grafico[0]) if grafico else None,
            "mappa": figura(mappa.svg, "Mappa dei Comuni che hanno risposto; i numeri sono nella tabella.")
            if mappa
            else None,
            "fonte_mappa": mappa.fonte if mappa else "",
            "legenda_mappa": [(nome, quanti) for _, nome, quanti in mappa.legenda] if mappa else [],
            "sezioni": [(sezione, _risultati(quadro, sezione)) for sezione in quadro.struttura.sezioni],
            "punti": list(forze.per_ambito(quadro).items()),
            "molti_ambiti": len(quadro.categorie("ambito")) > MOLTI_AMBITI,
            "soglia": quadro.soglia,
            "fuori": fuori,
            "sommario": f"Che cosa hanno risposto {risposte.risposto} enti su {risposte.consultati}.",
        },
        titolo="Relazione di restituzione del questionario",
        creato=creato,
    )


def _risultati(quadro: Quadro, sezione: Sezione) -> list[Risultato]:
    molti = len(quadro.categorie("ambito")) > MOLTI_AMBITI
    return [
        Risultato(
            esito,
            figura(esito.grafico[0]) if esito.grafico else None,
            esito.confronto.tabella if esito.confronto and not molti else None,
        )
        for esito in prospetti.esiti(quadro, sezione.chieste, disegni=Disegni.CARTA)
    ]
