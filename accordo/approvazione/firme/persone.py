"""Whether who signed is who was expected to: by fiscal code if both are known, else by name."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from accordo.approvazione.firme.esito import ATTENZIONE, BENE, Controllo, FirmaLetta


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who may sign for a body: its representative, or a delegate with an act."""

    nome: str
    codice_fiscale: str = ""
    delega: str = ""

    def __str__(self) -> str:
        return f"{self.nome} (delega: {self.delega})" if self.delega else self.nome


def parole_del_nome(nome: str) -> frozenset[str]:
    """The words of a name without accents, capitals or order."""
    nudo = unicodedata.normalize("NFKD", nome).encode("ascii", "ignore").decode().upper()
    return frozenset("".join(lettera if lettera.isalpha() else " " for lettera in nudo).split())


def stesso_nome(uno: str, altro: str) -> bool:
    """Whether two names may be one person's: the shorter one's words, two or more, are all in the longer one's."""
    corto, lungo = sorted((parole_del_nome(uno), parole_del_nome(altro)), key=len)
    return bool(corto) and corto <= lungo and (len(corto) > 1 or corto == lungo)


def corrisponde(firma: FirmaLetta, persona: Persona) -> bool:
    """Whether this signature is this person's. Two known fiscal codes decide alone."""
    if firma.codice_fiscale and persona.codice_fiscale:
        return firma.codice_fiscale == persona.codice_fiscale.upper()
    return stesso_nome(firma.nome, persona.nome)


def confronta(firme: Sequence[FirmaLetta], attese: Sequence[Persona]) -> Controllo:
    """Say whether one of the signatures is of one of the people expected, and what differs if not."""
    for firma in firme:
        for persona in attese:
            if corrisponde(firma, persona):
                return Controllo("Firmatario", BENE, _bene(firma, persona))
    chi = ", ".join(_con_codice(firma.nome, firma.codice_fiscale) for firma in firme)
    if not attese:
        return Controllo(
            "Firmatario",
            ATTENZIONE,
            f"Ha firmato {chi}, ma per l'ente non risulta nessuno che lo rappresenti.",
        )
    doveva = " oppure ".join(_con_codice(str(p), p.codice_fiscale) for p in attese)
    return Controllo("Firmatario", ATTENZIONE, f"Ha firmato {chi}, mentre per l'ente risulta {doveva}.")


def _con_codice(nome: str, codice: str) -> str:
    return f"{nome}, codice fiscale {codice}" if codice else nome


def _bene(firma: FirmaLetta, persona: Persona) -> str:
    ruolo = f"persona delegata ({persona.delega})" if persona.delega else "chi rappresenta l'ente"
    if firma.codice_fiscale and persona.codice_fiscale:
        return f"{firma.nome} è {ruolo}: il codice fiscale corrisponde."
    return f"{firma.nome} è {ruolo}: corrisponde il nome; il codice fiscale non è registrato nel portale o nel certificato."
