"""The findings as a spreadsheet."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

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
BREVE = 20
"""Longer words than this are wrapped in their cell."""
A_CAPO = Alignment(wrap_text=True, vertical="top")
GRASSETTO = Font(bold=True)
_VIETATI = dict.fromkeys(n for n in range(32) if n not in (9, 10))


def foglio(accordo: Accordo, righe: QuerySet[Rilievo]) -> bytes:
    """Return the workbook: the table, and one row for each finding. People's words are never read as formulas."""
    libro = Workbook(write_only=True)
    _tavola(libro.create_sheet("Quadro"), accordo, righe)
    _elenco(libro.create_sheet("Rilievi"), righe)
    uscita = BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


def _tavola(pagina: Any, accordo: Accordo, righe: QuerySet[Rilievo]) -> None:
    obiettivi = interrogazioni.obiettivi_principali(accordo)
    pagina.column_dimensions["A"].width = 28
    tipi = ("Punti di forza", "Criticità", "Proposte")
    _riga(pagina, ["Ambito", *(f"{o}: {tipo}" for o in obiettivi for tipo in tipi)], testa=True)
    tavola = interrogazioni.quadro(righe, obiettivi, interrogazioni.ambiti_dell_accordo(accordo))
    for riga in (*tavola, interrogazioni.totali(righe, obiettivi)):
        conti = [n for c in riga.caselle for n in (c.forza, c.criticita, c.proposta)]
        _riga(pagina, [riga.ambito.nome if riga.ambito else "Tutti gli ambiti", *conti])


def _elenco(pagina: Any, righe: QuerySet[Rilievo]) -> None:
    for posto, (_, larghezza) in enumerate(COLONNE):
        pagina.column_dimensions[chr(ord("A") + posto)].width = larghezza
    pagina.freeze_panes = "A2"
    _riga(pagina, [nome for nome, _ in COLONNE], testa=True)
    ordinate = interrogazioni.con_fonti(righe).order_by(*interrogazioni.ORDINI[""])
    for rilievo in ordinate.iterator(chunk_size=500):
        _riga(
            pagina,
            [
                rilievo.numero,
                rilievo.ambito.nome,
                rilievo.get_tipo_display(),
                rilievo.testo,
                rilievo.dettagli,
                ", ".join(o.codice for o in rilievo.obiettivi.all()),
                rilievo.get_stato_display(),
                rilievo.priorita if rilievo.priorita is not None else "",
                "\n".join(str(f) for f in rilievo.fonti.all()),
            ],
        )


def _riga(pagina: Any, valori: Iterable[str | int], *, testa: bool = False) -> None:
    celle = []
    for valore in valori:
        cella = WriteOnlyCell(pagina, valore if isinstance(valore, int) else valore.translate(_VIETATI))
        if isinstance(valore, str):
            cella.data_type = "s"  # words stay words, even when they begin with an equals sign
            if len(valore) > BREVE:
                cella.alignment = A_CAPO
        if testa:
            cella.font = GRASSETTO
        celle.append(cella)
    pagina.append(celle)
