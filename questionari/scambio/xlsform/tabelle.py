"""Matrices in XLSForm: a group with the appearance "table-list", or a "label" question followed by "list-nolabel" ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from questionari.scambio.testo import Codici, da_markdown
from questionari.scambio.xlsform import proprie
from questionari.scambio.xlsform.modulo import Nodo

ASPETTI_LETTI = frozenset({"table-list", "label", "list-nolabel", "list-no-label", "multiline", "field-list"})
_SENZA_TESTO = frozenset({"list-nolabel", "list-no-label"})


@dataclass(slots=True)
class Tabella:
    """The rows of a matrix, the row that speaks for it (`testa`), and those that only head the columns."""

    testa: Nodo
    lista: str
    righe: list[Nodo]
    intestazioni: list[Nodo] = field(default_factory=list)


def e_tabella(nodo: Nodo) -> bool:
    """Whether a group is nothing but a matrix."""
    return da_gruppo(nodo) is not None


def da_gruppo(nodo: Nodo) -> Tabella | None:
    """The matrix that a group is, if it is one."""
    if nodo.genere != "group" or not nodo.figli:
        return None
    if "table-list" in nodo.aspetto:
        righe = [figlio for figlio in nodo.figli if _riga(figlio)]
        if len(righe) == len(nodo.figli) and len({figlio.lista for figlio in righe}) == 1:
            return Tabella(nodo, righe[0].lista, righe)
        return None
    tabella = da_seguito(nodo.figli, 0)
    # the group is the table's own only if it has words for it and holds nothing else
    if tabella and len(tabella.righe) + 1 == len(nodo.figli) and da_markdown(nodo.testo):
        return Tabella(nodo, tabella.lista, tabella.righe, [nodo.figli[0]])
    return None


def da_seguito(figli: Sequence[Nodo], da: int) -> Tabella | None:
    """The matrix that begins at a place in a list of rows, if one does."""
    testa = figli[da]
    if not _riga(testa) or "label" not in testa.aspetto:
        return None
    righe = []
    for figlio in figli[da + 1 :]:
        if not (_riga(figlio) and figlio.aspetto & _SENZA_TESTO and figlio.lista == testa.lista):
            break
        righe.append(figlio)
    return Tabella(testa, testa.lista, righe, [testa]) if righe else None


def _riga(nodo: Nodo) -> bool:
    return (
        nodo.genere == "select_one" and not nodo.esterna and not nodo.altro and "disabled" not in nodo.celle
    )


def righe(tabella: Tabella) -> tuple[list[dict[str, str]], list[list[str]]]:
    """The rows with codes of ours, and what changed in each."""
    codici = Codici()
    fatte, motivi = [], []
    for i, nodo in enumerate(tabella.righe):
        codice, motivo = codici.dai(proprie.codice(nodo) or nodo.nome, f"r{i + 1}")
        testo = proprie.esatto(nodo, "testo") or " ".join(da_markdown(nodo.testo).split())
        senza = "" if testo else "non ha testo: resta il nome"
        fatte.append({"codice": codice, "etichetta": testo or nodo.nome or codice})
        motivi.append([*nodo.motivi, motivo, senza])
    return fatte, motivi
