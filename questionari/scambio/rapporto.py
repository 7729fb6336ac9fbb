"""What became of each element of an imported file: kept, changed or left out, and why."""

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Esito(StrEnum):
    """What became of an element."""

    TENUTO = "tenuto"
    CAMBIATO = "cambiato"
    ESCLUSO = "escluso"


class Genere(StrEnum):
    """What an element was in its file."""

    QUESTIONARIO = "questionario"
    GRUPPO = "gruppo"
    DOMANDA = "domanda"
    SOTTODOMANDA = "sottodomanda"
    OPZIONE = "opzione"
    CONDIZIONE = "condizione"
    VINCOLO = "vincolo"
    IMPOSTAZIONE = "impostazione"
    LINGUA = "lingua"


PAROLE: dict[Esito, str] = {
    Esito.TENUTO: "Tenuto",
    Esito.CAMBIATO: "Cambiato",
    Esito.ESCLUSO: "Lasciato fuori",
}
PLURALI: dict[Genere, str] = {
    Genere.QUESTIONARIO: "Questionario",
    Genere.GRUPPO: "Gruppi",
    Genere.DOMANDA: "Domande",
    Genere.SOTTODOMANDA: "Righe e voci delle domande",
    Genere.OPZIONE: "Opzioni di risposta",
    Genere.CONDIZIONE: "Condizioni",
    Genere.VINCOLO: "Vincoli",
    Genere.IMPOSTAZIONE: "Impostazioni",
    Genere.LINGUA: "Lingue",
}


@dataclass(frozen=True, slots=True)
class Riga:
    """One element (or `quanti` alike) of the file. `codice` is the one given to it here, if it came in."""

    genere: Genere
    nome: str
    esito: Esito
    motivo: str = ""
    testo: str = ""
    codice: str = ""
    quanti: int = 1

    @property
    def parola(self) -> str:
        """The outcome in words."""
        return PAROLE[self.esito]

    def in_json(self) -> dict[str, Any]:
        """The line as plain data."""
        return {
            "genere": self.genere.value,
            "nome": self.nome,
            "esito": self.esito.value,
            "motivo": self.motivo,
            "testo": self.testo,
            "codice": self.codice,
            "quanti": self.quanti,
        }


@dataclass(slots=True)
class Conto:
    """How many elements of one kind met each outcome."""

    genere: Genere
    tenuti: int = 0
    cambiati: int = 0
    esclusi: int = 0

    @property
    def totale(self) -> int:
        """All of them."""
        return self.tenuti + self.cambiati + self.esclusi

    @property
    def parola(self) -> str:
        """What is counted."""
        return PLURALI[self.genere]


@dataclass(slots=True)
class Rapporto:
    """All lines, in the order in which they were met."""

    formato: str
    file: str = ""
    righe: list[Riga] = field(default_factory=list)

    def segna(
        self,
        genere: Genere,
        nome: str,
        motivi: list[str] | str = "",
        *,
        escluso: bool = False,
        testo: str = "",
        codice: str = "",
        quanti: int = 1,
    ) -> int:
        """Add a line (left out if said so, changed if there are reasons, else kept) and return its place."""
        parole = [motivi] if isinstance(motivi, str) else motivi
        motivo = "; ".join(dict.fromkeys(parola for parola in parole if parola))
        esito = Esito.ESCLUSO if escluso else Esito.CAMBIATO if motivo else Esito.TENUTO
        self.righe.append(Riga(genere, _corto(nome, 120), esito, motivo, _corto(testo, 160), codice, quanti))
        return len(self.righe) - 1

    def aggiungi(self, posto: int, motivo: str) -> None:
        """Say one more thing of an element that has its line already."""
        riga = self.righe[posto]
        if motivo in riga.motivo.split("; "):
            return
        self.righe[posto] = replace(
            riga,
            motivo=f"{riga.motivo}; {motivo}" if riga.motivo else motivo,
            esito=Esito.CAMBIATO if riga.esito == Esito.TENUTO else riga.esito,
        )

    def escludi(self, posto: int, motivo: str) -> None:
        """Say that an element did not come in after all."""
        self.righe[posto] = replace(self.righe[posto], esito=Esito.ESCLUSO, motivo=motivo)

    def codice(self, posto: int, codice: str) -> None:
        """Say which code an element has here."""
        self.righe[posto] = replace(self.righe[posto], codice=codice)

    def conti(self) -> list[Conto]:
        """Outcomes by kind of element, only the kinds that the file has."""
        per_genere = {genere: Conto(genere) for genere in Genere}
        for riga in self.righe:
            conto = per_genere[riga.genere]
            match riga.esito:
                case Esito.TENUTO:
                    conto.tenuti += riga.quanti
                case Esito.CAMBIATO:
                    conto.cambiati += riga.quanti
                case Esito.ESCLUSO:
                    conto.esclusi += riga.quanti
        return [conto for conto in per_genere.values() if conto.totale]

    def totali(self) -> dict[str, int]:
        """Outcomes over all elements."""
        conto: Counter[str] = Counter({esito.value: 0 for esito in Esito})
        for riga in self.righe:
            conto[riga.esito.value] += riga.quanti
        return dict(conto)

    def quanti(self, genere: Genere) -> int:
        """How many elements of a kind were in the file."""
        return sum(riga.quanti for riga in self.righe if riga.genere == genere)

    def per_esito(self, esito: Esito) -> list[Riga]:
        """The lines of one outcome."""
        return [riga for riga in self.righe if riga.esito == esito]

    def in_json(self) -> dict[str, Any]:
        """The whole report as plain data."""
        return {
            "formato": self.formato,
            "file": self.file,
            "totali": self.totali(),
            "per_genere": {
                conto.genere.value: {
                    "tenuti": conto.tenuti,
                    "cambiati": conto.cambiati,
                    "esclusi": conto.esclusi,
                }
                for conto in self.conti()
            },
            "righe": [riga.in_json() for riga in self.righe],
        }


def _corto(testo: str, lettere: int) -> str:
    testo = " ".join(testo.split())
    return testo if len(testo) <= lettere else testo[: lettere - 1].rstrip() + "…"
