"""The desk: the amendments of one section in the order of examination, whom they meet, and the text as it becomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accordo.base.parole import elenca
from bozze.incontri import EsitoPossibile, Incontri, Incontro, esiti_possibili, incontri, operazioni_di
from bozze.interrogazioni.emendamenti import presentati
from bozze.interrogazioni.redline import NonConsolidabile, Nota, Riga, righe
from bozze.models import Emendamento, Riformulazione, Versione
from bozze.stati import APERTI, TipoEmendamento
from bozze.stati_esame import StatoRiformulazione
from bozze.testo.albero import Testo
from bozze.testo.operazioni import Aggiungi, Operazione, bersaglio

_PER_LE_COLLISIONI = (
    "stato",
    "operazioni",
    "emendate",
    "riformulazione",
    "prefisso",
    "numero",
    "sezione_ordine",
    "ordine",
    "ordine_tipo",
    "distanza",
)


@dataclass(frozen=True, slots=True)
class Voce:
    """One amendment at the desk."""

    emendamento: Emendamento
    conflitti: tuple[Incontro, ...] = ()
    proposta: Riformulazione | None = None
    """The last reformulation put to its proposer."""

    @property
    def perche(self) -> list[str]:
        """Why it cannot stand with the others, each reason once."""
        return list(dict.fromkeys(incontro.motivo for incontro in self.conflitti))

    @property
    def stato(self) -> str:
        """The badge: the outcome, the conflict, or that it is to be decided."""
        if self.emendamento.stato != "presentato":
            return self.emendamento.get_stato_display()
        if self.proposta is not None and self.proposta.stato == StatoRiformulazione.PROPOSTA:
            return "Termine passato" if self.proposta.scaduto else "In attesa del proponente"
        if self.conflitti:
            return f"In conflitto con {elenca(_sigle(self.conflitti), 2)}"
        return "Da decidere"

    @property
    def tinta(self) -> str:
        """The ground of the badge."""
        if self.emendamento.stato != "presentato":
            return self.emendamento.tinta or "neutro"
        return "attesa" if self.conflitti else "neutro"


def _sigle(conflitti: Sequence[Incontro]) -> list[str]:
    return _in_ordine(incontro.altro for incontro in conflitti)


def _in_ordine(emendamenti: Iterable[Emendamento]) -> list[str]:
    """Return the numbers, each once, in the order in which people count them."""
    unici = {e.pk: e for e in emendamenti}.values()
    return [e.sigla for e in sorted(unici, key=lambda e: (e.sezione_ordine, e.numero or 0))]


@dataclass(slots=True)
class GruppoTipo:
    """The amendments of one kind on one disposition; the open one stands apart with those of its kind that it meets."""

    etichetta: str
    voci: list[Voce] = field(default_factory=list)
    aperta: Voce | None = None
    in_conflitto: list[Voce] = field(default_factory=list)


@dataclass(slots=True)
class Gruppo:
    """The amendments on one disposition."""

    id: str
    nome: str
    tipi: list[GruppoTipo] = field(default_factory=list)


@dataclass(slots=True)
class Banco:
    """All that the desk of one section shows."""

    testo: Testo
    emendamenti: list[Emendamento]
    tutti: list[Emendamento]
    trovati: Incontri
    proposte: Mapping[int, Riformulazione] = field(default_factory=dict)
    """The last reformulation put to the proposer of each amendment of the section."""

    def voce(self, emendamento: Emendamento) -> Voce:
        """Return an amendment with whom it cannot stand, among those that are accepted or still to be decided."""
        vivi = [
            incontro
            for incontro in self.trovati.get(emendamento.pk, ())
            if incontro.blocca and (incontro.altro.accolto or incontro.altro.stato in APERTI)
        ]
        return Voce(emendamento, tuple(vivi), self.proposte.get(emendamento.pk))

    def aspetta(self, emendamento: Emendamento) -> bool:
        """Whether a reformulation of it waits for its proposer."""
        proposta = self.proposte.get(emendamento.pk)
        return proposta is not None and proposta.stato == StatoRiformulazione.PROPOSTA

    def gruppi(self, aperto: Emendamento | None) -> list[Gruppo]:
        """Return the amendments by disposition and, in each, by kind in the order of examination."""
        gruppi: dict[str, Gruppo] = {}
        for emendamento in self.emendamenti:
            dove = emendamento.disposizione_id
            gruppo = gruppi.setdefault(dove, Gruppo(dove, _nome_gruppo(emendamento)))
            etichetta = str(TipoEmendamento(emendamento.tipo).label)
            if not gruppo.tipi or gruppo.tipi[-1].etichetta != etichetta:
                gruppo.tipi.append(GruppoTipo(etichetta))
            voce = self.voce(emendamento)
            if aperto is not None and emendamento.pk == aperto.pk:
                gruppo.tipi[-1].aperta = voce
            else:
                gruppo.tipi[-1].voci.append(voce)
        for gruppo in gruppi.values():
            for tipo in gruppo.tipi:
                if tipo.aperta is not None:
                    incontrati = {incontro.altro.pk for incontro in tipo.aperta.conflitti}
                    tipo.in_conflitto = [v for v in tipo.voci if v.emendamento.pk in incontrati]
                    tipo.voci = [v for v in tipo.voci if v.emendamento.pk not in incontrati]
        return list(gruppi.values())

    def esiti(self, emendamento: Emendamento) -> list[EsitoPossibile]:
        """Return the outcomes, each possible or with its reason."""
        return esiti_possibili(emendamento, self.trovati, self.tutti)

    def conflitti(self, emendamento: Emendamento) -> list[str]:
        """Return, in words, why it cannot be accepted together with others; one sentence for each reason."""
        con_chi: dict[str, list[Emendamento]] = {}
        for incontro in self.voce(emendamento).conflitti:
            con_chi.setdefault(incontro.motivo, []).append(incontro.altro)
        return [
            f"{elenca(_in_ordine([emendamento, *altri]))} non possono essere accolti insieme: "
            f"{motivo[:1].lower()}{motivo[1:]}"
            for motivo, altri in con_chi.items()
        ]

    def effetto(self, emendamento: Emendamento) -> str:
        """Return what accepting it does to others that are still to be decided."""
        altri = [i for i in self.voce(emendamento).conflitti if i.altro.stato == "presentato"]
        sigle = _sigle(altri)
        if not sigle or emendamento.accolto:
            return ""
        if len(sigle) == 1:
            return f"Se lo accogli, il {sigle[0]} potrà essere solo precluso, assorbito, respinto o ritirato."
        return (
            f"Se lo accogli, {elenca(sigle)} potranno essere solo preclusi, assorbiti, respinti o ritirati."
        )

    def anteprima(
        self,
        sezione: str,
        aperto: Emendamento | None = None,
        in_prova: Sequence[Operazione] | None = None,
        *,
        pulito: bool = False,
    ) -> "Anteprima":
        """Return the section with what is accepted, and with the open amendment as `in_prova` would have it."""
        note: dict[str, list[Nota]] = {}
        operazioni: list[Operazione] = []
        for emendamento in self.tutti:
            if emendamento.accolto and (aperto is None or in_prova is None or emendamento.pk != aperto.pk):
                fatte = operazioni_di(emendamento)
                operazioni += fatte
                if not pulito:
                    _annota(note, fatte, Nota(f"{emendamento.sigla} accolto", "ok"))
        prova: set[str] = set()
        if aperto is not None and in_prova:
            operazioni += in_prova
            prova = {_luogo(operazione) for operazione in in_prova}
            _annota(note, in_prova, Nota(f"{aperto.sigla} da registrare", "attesa"))
        try:
            return Anteprima(righe(self.testo, operazioni, sezione, in_prova=prova, note=note, pulito=pulito))
        except NonConsolidabile as errore:
            return Anteprima([], errore.motivi)


@dataclass(frozen=True, slots=True)
class Anteprima:
    """The text as it becomes, or why it cannot be written."""

    righe: list[Riga]
    motivi: list[str] = field(default_factory=list)


def _luogo(operazione: Operazione) -> str:
    return operazione.nuovo.id if isinstance(operazione, Aggiungi) else bersaglio(operazione)


def _annota(note: dict[str, list[Nota]], operazioni: Sequence[Operazione], nota: Nota) -> None:
    for luogo in dict.fromkeys(_luogo(operazione) for operazione in operazioni):
        note.setdefault(luogo, []).append(nota)


def _nome_gruppo(emendamento: Emendamento) -> str:
    """Return "Comma 2" from "articolo 5, comma 2"; for the section itself, "Intero articolo"."""
    if emendamento.disposizione_id == emendamento.sezione_id:
        return f"{emendamento.sezione_nome} nel suo insieme"
    resto = emendamento.dove.split(", ", 1)[-1]
    return resto[:1].upper() + resto[1:]


def banco(versione: Versione, sezione: str) -> Banco | None:
    """Return the desk of a section; None if it has no amendments. Three queries, whatever their number.

    Collisions are looked for among all the amendments of the version, because one may reach into another section; of
    those of the other sections only what collisions need is read.
    """
    propri = list(presentati(versione).filter(sezione_id=sezione))
    if not propri:
        return None
    altri = presentati(versione).exclude(sezione_id=sezione).select_related(None).only(*_PER_LE_COLLISIONI)
    tutti = sorted(
        [*propri, *altri],
        key=lambda e: (e.sezione_ordine, e.ordine, e.ordine_tipo, -e.distanza, e.numero or 0),
    )
    testo = versione.albero
    proposte = {
        r.emendamento_id: r
        for r in Riformulazione.objects.filter(emendamento__in=[e.pk for e in propri])
        .exclude(stato=StatoRiformulazione.RITIRATA)
        .select_related("risposta_da")
        .order_by("pk")
    }
    return Banco(testo, propri, tutti, incontri(testo, tutti), proposte)
