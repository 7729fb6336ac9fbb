"""What the parts of an import share: the form, the report, the questionnaire being built, and each row's cells."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from questionari.scambio.cantiere import Cantiere, Fonte
from questionari.scambio.espressioni import leggi_xpath
from questionari.scambio.rapporto import Genere, Rapporto
from questionari.scambio.testo import da_markdown
from questionari.scambio.xlsform import proprie, tabelle, vincoli
from questionari.scambio.xlsform.modulo import Modulo, Nodo

_RICHIAMO = re.compile(r"\$\{[^{}\s]{1,200}\}")
SI = frozenset({"yes", "true", "true()", "sì", "si", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})
_RIGA = frozenset({"type", "name", "label", "hint", "required", "relevant", "constraint", "disabled"})
_LETTE = {"parameters": ("range",), "appearance": ()}


class Banco:
    """The state of one import, and what is done with every row alike."""

    def __init__(self, modulo: Modulo, rapporto: Rapporto, nome_file: str) -> None:
        self.m, self.rapporto, self.nome_file = modulo, rapporto, nome_file
        self.cantiere = Cantiere(rapporto)
        self.usate: dict[str, dict[str, str] | None] = {}
        """Lists in use; for a scale what its names became."""
        self.celle: Counter[tuple[str, bool]] = Counter()

    def di_base(self, nodo: Nodo, codice: str, motivi: list[str]) -> dict[str, Any]:
        """Code, words, help and whether it is required; what changed goes into `motivi`."""
        testo = da_markdown(nodo.testo)
        if not testo:
            motivi.append("non ha testo: resta il nome")
            testo = nodo.nome or f"Domanda {nodo.numero}"
        if _RICHIAMO.search(testo):
            motivi.append("il testo richiama altre risposte con ${…}: va riletto")
        dati: dict[str, Any] = {"codice": codice, "tipo": "", "testo": testo}
        if aiuto := da_markdown(nodo.aiuto):
            dati["aiuto"] = aiuto
        obbligo = nodo.celle.get("required", "").strip().lower()
        if obbligo in SI:
            dati["obbligatoria"] = True
        elif obbligo not in _NO:
            motivi.append("è obbligatoria solo in certi casi: qui è facoltativa")
        return dati

    def vincolo(
        self, nodo: Nodo, dati: dict[str, Any], voci: dict[str, str]
    ) -> tuple[list[str], bool] | None:
        """Apply the constraint of a question; what became of it, and whether it was left out."""
        testo = nodo.celle.get("constraint", "")
        return vincoli.applica(testo, dati, voci) if testo else None

    def fonti(self, nodo: Nodo) -> list[Fonte]:
        """When a row shows, if that is said."""
        testo = nodo.celle.get("relevant", "")
        return [Fonte(nome_di(nodo), testo, leggi_xpath)] if testo else []

    def fuori(self, nodo: Nodo, motivo: str) -> None:
        """Leave a row out, with the reason, and with it what hangs on it."""
        self.rapporto.segna(
            Genere.DOMANDA, nome_di(nodo), motivo, escluso=True, testo=nodo.testo or nodo.genere
        )
        self.cantiere.assente(nodo.nome, f"«{nodo.nome}» è lasciata fuori")
        for cella, genere in (("relevant", Genere.CONDIZIONE), ("constraint", Genere.VINCOLO)):
            if nodo.celle.get(cella):
                self.rapporto.segna(
                    genere,
                    nome_di(nodo),
                    "la domanda è lasciata fuori",
                    escluso=True,
                    testo=nodo.celle[cella],
                )
        self.resto(nodo)

    def resto(self, nodo: Nodo) -> None:
        """Count the other cells of a row: each column has its line at the end of the report."""
        for nome in nodo.celle:
            if nome not in _RIGA:
                letta = nome.startswith(proprie.PREFISSO) or nodo.genere.lower() in _LETTE.get(nome, ())
                if nome == "appearance":
                    letta = bool(nodo.aspetto & tabelle.ASPETTI_LETTI)
                self.celle[nome, letta] += 1


def ripetute(fonti: Sequence[Fonte]) -> list[Fonte]:
    """The same conditions for further questions: they have their line already."""
    return [Fonte(f.nome, f.testo, f.leggi, 0) for f in fonti]


def nome_di(nodo: Nodo) -> str:
    """What a row is called in the report."""
    return nodo.nome or f"riga {nodo.numero}"
