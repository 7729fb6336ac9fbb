"""The findings as a spreadsheet."""

from collections.abc import Iterator

from django.db.models import QuerySet

from accordo.base.foglio import Cella, Foglio, xlsx
from accordo.iter.models import Accordo
from accordo.rilievi import interrogazioni
from accordo.rilievi.models import Rilievo

COLONNE = (
    ("Numero", 9),
    ("Ambito", 22),
    ("Tipo", 16),
    ("In una frase", 70),
    ("Dettagli", 50),
    ("Obiettivi", 16),
    ("Stato", 16),
    ("Priorità (punti)", 16),
    ("Fonti", 70),
)
TIPI = ("Punti di forza", "Criticità", "Proposte")


def foglio(accordo: Accordo, righe: QuerySet[Rilievo]) -> bytes:
    """Return the workbook: the table, and one row for each finding."""
    return xlsx(_tavola(accordo, righe), Foglio("Rilievi", COLONNE, _elenco(righe)))


def _tavola(accordo: Accordo, righe: QuerySet[Rilievo]) -> Foglio:
    obiettivi = interrogazioni.obiettivi_principali(accordo)
    ambiti = interrogazioni.ambiti_dell_accordo(accordo)
    tavola = (
        *interrogazioni.quadro(righe, obiettivi, ambiti),
        interrogazioni.totali(righe, obiettivi),
    )
    return Foglio(
        "Quadro",
        [("Ambito", 28), *((f"{o}: {tipo}", 18) for o in obiettivi for tipo in TIPI)],
        [
            [
                riga.ambito.nome if riga.ambito else "Tutti gli ambiti",
                *(n for c in riga.caselle for n in (c.forza, c.criticita, c.proposta)),
            ]
            for riga in tavola
        ],
    )


def _elenco(righe: QuerySet[Rilievo]) -> Iterator[list[Cella]]:
    ordinate = interrogazioni.con_fonti(righe).order_by(*interrogazioni.ORDINI[""])
    for rilievo in ordinate.iterator(chunk_size=500):
        yield [
            rilievo.numero,
            rilievo.ambito.nome,
            rilievo.get_tipo_display(),
            rilievo.testo,
            rilievo.dettagli,
            ", ".join(o.codice for o in rilievo.obiettivi.all()),
            rilievo.get_stato_display(),
            rilievo.priorita,
            "\n".join(str(f) for f in rilievo.fonti.all()),
        ]
