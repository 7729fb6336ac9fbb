"""Writing very many rows at once: COPY on PostgreSQL, INSERT elsewhere. For tables that can be made again at any time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO, TextIOBase
from itertools import batched
from typing import Any

from django.db import connection, models, transaction

_SCAPPA = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_SPECIALI = re.compile(r"[\\\n\r]")
INSIEME = 5000


def scrivi_in_massa(modello: type[models.Model], campi: Sequence[str], righe: Iterable[Sequence[Any]]) -> int:
    """Write rows of texts, numbers and None, their values in the order of `campi`; return how many.

    The key is the database's; nothing else of the model is filled in, and no signal is sent.
    """
    colonne = [_campo(modello, campo).get_attname() for campo in campi]
    if connection.vendor == "postgresql":
        return _copia(modello, campi, righe)
    quante = 0
    for gruppo in batched(righe, INSIEME, strict=False):
        oggetti = [modello(**dict(zip(colonne, riga, strict=True))) for riga in gruppo]
        quante += len(modello._base_manager.bulk_create(oggetti, batch_size=INSIEME))
    return quante


def travasa(
    modello: type[models.Model],
    campi: Sequence[str],
    fissi: Sequence[Any],
    righe: models.QuerySet[Any, tuple[Any, ...]],
) -> int:
    """Write the rows of a query (`values_list`) without reading them: INSERT … SELECT; return how many.

    `campi` are first those of `fissi`, values the same for every row, then those of the query, in its order.
    """
    nomi = ", ".join(connection.ops.quote_name(str(_campo(modello, campo).column)) for campo in campi)
    sql, parametri = righe.query.sql_with_params()
    tabella = connection.ops.quote_name(modello._meta.db_table)
    segni = "".join("%s, " for _ in fissi)
    with connection.cursor() as cursore:
        cursore.execute(
            f"INSERT INTO {tabella} ({nomi}) SELECT {segni}q.* FROM ({sql}) q",  # noqa: S608
            [*fissi, *parametri],
        )
        return int(cursore.rowcount)


def _campo(modello: type[models.Model], nome: str) -> models.Field[Any, Any]:
    campo = modello._meta.get_field(nome)
    if not isinstance(campo, models.Field):
        raise TypeError(f"{nome}: non è una colonna")
    return campo


def _copia(modello: type[models.Model], campi: Sequence[str], righe: Iterable[Sequence[Any]]) -> int:
    nomi = ", ".join(connection.ops.quote_name(str(_campo(modello, campo).column)) for campo in campi)
    tabella = connection.ops.quote_name(modello._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursore:
        cursore.copy_expert(f"COPY {tabella} ({nomi}) FROM STDIN", _Flusso(_in_copy(righe)))
        return int(cursore.rowcount)


def _in_copy(righe: Iterable[Sequence[Any]]) -> Iterator[str]:
    for riga in righe:
        # seven hundred thousand rows and more: value by value only where a row asks for it
        testo = "\t".join(map(str, riga))
        if None in riga or _SPECIALI.search(testo) or testo.count("\t") != len(riga) - 1:
            testo = "\t".join(r"\N" if v is None else str(v).translate(_SCAPPA) for v in riga)
        yield testo + "\n"


class _Flusso(TextIOBase):
    """Lines as a file that is read from the beginning to the end: never all of it in memory."""

    def __init__(self, righe: Iterator[str]) -> None:
        self._righe = righe
        self._resto = ""

    def read(self, quanti: int | None = -1) -> str:
        """Return about as many characters as asked for; nothing when there are no more."""
        preso = StringIO()
        preso.write(self._resto)
        self._resto = ""
        while quanti is None or quanti < 0 or preso.tell() < quanti:
            riga = next(self._righe, None)
            if riga is None:
                return preso.getvalue()
            preso.write(riga)
        testo = preso.getvalue()
        self._resto = testo[quanti:]
        return testo[:quanti]
