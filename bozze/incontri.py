"""Which amendments meet, and which outcomes each can have. Works on amendments in memory: no queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accordo.base.errori import Mancanza
from accordo.base.parole import elenca
from bozze.models.emendamenti import Emendamento
from bozze.stati import StatoEmendamento
from bozze.testo.albero import Testo
from bozze.testo.collisioni import collisioni
from bozze.testo.operazioni import Operazione, bersaglio, da_dati


def operazioni_di(emendamento: Emendamento) -> list[Operazione]:
    """Return the operations that count: as proposed, or as reformulated."""
    return [da_dati(dati) for dati in emendamento.dati_efficaci]


@dataclass(frozen=True, slots=True)
class Incontro:
    """An amendment that meets another: whether both can be accepted, and why not."""

    altro: Emendamento
    motivo: str
    blocca: bool


@dataclass(frozen=True, slots=True)
class EsitoPossibile:
    """An outcome as the form shows it: those that are not possible stay visible with their reason."""

    valore: str
    etichetta: str
    nota: str
    possibile: bool = True


type Incontri = Mapping[int, Sequence[Incontro]]


def incontri(testo: Testo, emendamenti: Iterable[Emendamento]) -> Incontri:
    """Return, for each amendment that meets others, whom it meets. Cost grows with the text and the amendments."""
    per_chiave = {str(e.pk): e for e in emendamenti}
    trovati: dict[int, list[Incontro]] = {}
    for collisione in collisioni(testo, {chiave: operazioni_di(e) for chiave, e in per_chiave.items()}):
        for chiave in collisione.chiavi:
            for altra in collisione.chiavi:
                if altra != chiave:
                    trovati.setdefault(int(chiave), []).append(
                        Incontro(per_chiave[altra], collisione.motivo, collisione.blocca)
                    )
    return trovati


def bloccanti(emendamento: Emendamento, trovati: Incontri) -> list[Incontro]:
    """Return the accepted amendments that this one cannot stand with, one line for each."""
    visti: dict[int, Incontro] = {}
    for incontro in trovati.get(emendamento.pk, ()):
        if incontro.blocca and incontro.altro.accolto:
            visti.setdefault(incontro.altro.pk, incontro)
    return list(visti.values())


def comprensivi(
    emendamento: Emendamento, trovati: Incontri, altri: Iterable[Emendamento]
) -> list[Emendamento]:
    """Return the accepted amendments that may have taken this one in: those that meet it or speak of the same place."""
    posti = {bersaglio(operazione) for operazione in operazioni_di(emendamento)}
    visti = {i.altro.pk: i.altro for i in trovati.get(emendamento.pk, ()) if i.altro.accolto}
    for altro in altri:
        if (
            altro.pk != emendamento.pk
            and altro.accolto
            and posti & {bersaglio(o) for o in operazioni_di(altro)}
        ):
            visti.setdefault(altro.pk, altro)
    return list(visti.values())


@dataclass(slots=True)
class Tavolo:
    """All the amendments in examination on one text, and who meets whom: what deciding needs, read once.

    The outcomes are those of the amendments in memory, so that whoever decides many sees each decision in the next.
    """

    testo: Testo
    emendamenti: list[Emendamento]
    trovati: Incontri
    chiuso: tuple[Mancanza, ...] = ()
    """Why nothing can be decided now."""

    def bloccanti(self, emendamento: Emendamento) -> list[Incontro]:
        """Return the accepted amendments that this one cannot stand with, in the order of the numbers."""
        return sorted(bloccanti(emendamento, self.trovati), key=lambda i: _posto(i.altro))

    def comprensivi(self, emendamento: Emendamento) -> list[Emendamento]:
        """Return the accepted amendments that may have taken this one in."""
        return comprensivi(emendamento, self.trovati, self.emendamenti)

    def accantonati(self) -> dict[int, Incontro]:
        """Return the open amendments that an accepted one keeps from being accepted, each with the first of these.

        A function of the decisions alone, not of the order in which they were taken.
        """
        esito: dict[int, Incontro] = {}
        for emendamento in self.emendamenti:
            if emendamento.aperto and (trovati := self.bloccanti(emendamento)):
                esito[emendamento.pk] = trovati[0]
        return esito


def _posto(emendamento: Emendamento) -> tuple[int, int, int]:
    return (emendamento.sezione_ordine, emendamento.numero or 0, emendamento.pk)


def tavolo(testo: Testo, emendamenti: Iterable[Emendamento], chiuso: Iterable[Mancanza] = ()) -> Tavolo:
    """Return the table of these amendments."""
    tutti = list(emendamenti)
    return Tavolo(testo, tutti, incontri(testo, tutti), tuple(chiuso))


def esiti_possibili(
    emendamento: Emendamento, trovati: Incontri, altri: Iterable[Emendamento]
) -> list[EsitoPossibile]:
    """Return the six outcomes, each possible or with the reason why it is not."""
    stati = StatoEmendamento
    impedito_da = bloccanti(emendamento, trovati)
    compreso_in = comprensivi(emendamento, trovati, altri)
    sigle = elenca([i.altro.sigla for i in impedito_da])
    articolo = "Gli emendamenti" if len(impedito_da) > 1 else "L'emendamento"
    accolti = "sono già accolti e non possono" if len(impedito_da) > 1 else "è già accolto e non può"
    no = f"{articolo} {sigle} {accolti} stare insieme a questo."
    libero = not impedito_da
    return [
        EsitoPossibile(stati.ACCOLTO, "Accolto", "Il testo cambia come proposto." if libero else no, libero),
        EsitoPossibile(
            stati.RIFORMULATO,
            "Accolto con riformulazione",
            "Le nuove parole vanno a chi lo ha proposto, che dice se è d'accordo." if libero else no,
            libero,
        ),
        EsitoPossibile(stati.RESPINTO, "Respinto", "Il testo non cambia."),
        EsitoPossibile(stati.RITIRATO, "Ritirato", "Chi lo ha proposto rinuncia."),
        EsitoPossibile(
            stati.ASSORBITO,
            "Assorbito",
            f"Lo comprende il {elenca([e.sigla for e in compreso_in])}."
            if compreso_in
            else "Nessun emendamento accolto lo comprende.",
            bool(compreso_in),
        ),
        EsitoPossibile(
            stati.PRECLUSO,
            "Precluso",
            f"Lo impedisce il {sigle}." if impedito_da else "Nessun emendamento accolto lo impedisce.",
            bool(impedito_da),
        ),
    ]
