"""What the metadata of an Akoma Ntoso document say: the work, its version, who made it, the steps of the procedure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bozze.testo.akn.xml import Elemento, elemento

ORGANIZZAZIONI = "/akn/ontology/organization/it/"
PASSI = "/akn/ontology/process/it/accordo/"
OBIETTIVI = "/akn/ontology/concept/it/accordo-obiettivo/"


@dataclass(frozen=True, slots=True)
class Soggetto:
    """A body. ``codice`` has no spaces ("provincia-lucca")."""

    codice: str
    nome: str


@dataclass(frozen=True, slots=True)
class Passo:
    """A step of the procedure: when, by which body, which (``codice``, without spaces), in words."""

    quando: date
    di: Soggetto
    codice: str
    parole: str


@dataclass(frozen=True)
class Scheda:
    """One version of one accord."""

    slug: str
    promotore: Soggetto
    nata_il: date
    """The day of the first version: the date of the work, which no later version changes."""
    numero: int
    del_giorno: date
    impronta: str = ""
    """SHA-256 of the version's canonical JSON."""
    definitiva: bool = False
    sottoscrittori: tuple[Soggetto, ...] = ()
    passi: tuple[Passo, ...] = field(default=())

    @property
    def opera(self) -> str:
        """The address of the accord as a work, whatever its versions."""
        return f"/akn/it/act/accordo/{self.promotore.codice}/{self.nata_il.isoformat()}/{self.slug}"

    @property
    def espressione(self) -> str:
        """The address of this version, in Italian."""
        return f"{self.opera}/ita@{self.del_giorno.isoformat()}.v{self.numero}"


def identificazione(
    opera: str, espressione: str, *, autore: Soggetto, nata_il: date, scheda: Scheda, parte: str = "!main"
) -> Elemento:
    """Who, what and when, at the three levels of a work, of one version of it and of its file."""

    def livello(nome: str, indirizzo: str, giorno: date, *resto: Elemento) -> Elemento:
        coda = f"/{parte}" if not indirizzo.endswith(".xml") else ""
        return elemento(
            nome,
            elemento("FRBRthis", value=f"{indirizzo}{coda}"),
            elemento("FRBRuri", value=indirizzo),
            *[voce for voce in resto if voce.tag == "FRBRalias"],
            elemento("FRBRdate", date=giorno.isoformat(), name="generazione"),
            elemento("FRBRauthor", href=f"#{autore.codice}"),
            *[voce for voce in resto if voce.tag != "FRBRalias"],
        )

    alias = [elemento("FRBRalias", name="sha-256", value=scheda.impronta)] if scheda.impronta else []
    return elemento(
        "identification",
        livello("FRBRWork", opera, nata_il, elemento("FRBRcountry", value="it")),
        livello(
            "FRBRExpression",
            espressione,
            scheda.del_giorno,
            *alias,
            elemento("FRBRversionNumber", value=str(scheda.numero)),
            elemento("FRBRlanguage", language="ita"),
        ),
        livello("FRBRManifestation", f"{espressione}/{parte}.xml", scheda.del_giorno),
        source=f"#{scheda.promotore.codice}",
    )


def vita(scheda: Scheda) -> list[Elemento]:
    """The lifecycle, and the workflow if any step is known."""
    fonte = f"#{scheda.promotore.codice}"
    ciclo = elemento(
        "lifecycle",
        elemento("eventRef", date=scheda.nata_il.isoformat(), source=scheda.opera, type="generation"),
        source=fonte,
    )
    if not scheda.passi:
        return [ciclo]
    passi = [
        elemento("step", date=p.quando.isoformat(), by=f"#{p.di.codice}", refersTo=f"#passo-{p.codice}")
        for p in scheda.passi
    ]
    return [ciclo, elemento("workflow", *passi, source=fonte)]


def obiettivo(codice: str) -> str:
    """The identifier of an objective among the references."""
    return "-".join(["obiettivo", *codice.split()])


def riferimenti(scheda: Scheda, altri: Iterable[Soggetto] = (), obiettivi: Iterable[str] = ()) -> Elemento:
    """The bodies, the steps and the objectives that the document names, each once."""
    soggetti = {s.codice: s for s in (scheda.promotore, *scheda.sottoscrittori, *altri)}
    soggetti |= {p.di.codice: p.di for p in scheda.passi}
    passi = {p.codice: p.parole for p in scheda.passi}
    return elemento(
        "references",
        *[
            elemento("TLCOrganization", eId=s.codice, href=ORGANIZZAZIONI + s.codice, showAs=s.nome)
            for s in soggetti.values()
        ],
        *[
            elemento("TLCProcess", eId=f"passo-{codice}", href=PASSI + codice, showAs=parole)
            for codice, parole in passi.items()
        ],
        *[
            elemento(
                "TLCConcept",
                eId=obiettivo(codice),
                href=f"{OBIETTIVI}{scheda.slug}/{'-'.join(codice.split())}",
                showAs=f"Obiettivo {codice}",
            )
            for codice in obiettivi
        ],
        source=f"#{scheda.promotore.codice}",
    )
