"""The frame of an accord's results: which answers count, in which blocks, for which reader."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, QuerySet

from accordo.enti.models import TipoEnte
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo
from questionari import interrogazioni
from questionari.definizione import PUBBLICA, RISERVATA, Definizione, Domanda
from questionari.esiti import quesiti
from questionari.esiti.quesiti import Quesito
from questionari.models import (
    CellaRisposta,
    ClasseEnte,
    Conteggio,
    Questionario,
    Restituzione,
    Scheda,
    StratoEsiti,
    TestoRisposta,
)
from questionari.riservatezza import INSIEME, Blocco, Livello, Strato, forma, livello

DIMENSIONI = {"ambito": "Ambito", "tipo": "Tipo di ente", "classe": "Classe di popolazione"}
NOMI_INSIEME = {
    "ambito": "Altri ambiti, insieme",
    "tipo": "Tipi diversi, insieme",
    "classe": "Classi diverse, insieme",
}

type Conto = Counter[str]
type PerStrato = dict[int, Conto]


@dataclass(frozen=True, slots=True)
class Gruppo:
    """One published group; `conto` is None where it must not be known."""

    nome: str
    conto: Conto | None

    @property
    def enti(self) -> int:
        """How many bodies answered; 0 of a group kept back."""
        return self.conto.total() if self.conto is not None else 0


@dataclass(frozen=True, slots=True)
class Esposto:
    """What is published of a quesito: its total, and its groups in each dimension."""

    livello: Livello
    totale: Conto
    gruppi: Mapping[str, tuple[Gruppo, ...]] = field(default_factory=dict)


NULLA = Esposto(Livello.NIENTE, Counter())


@dataclass(frozen=True)
class Quadro:
    """The results of an accord as a reader may know them.

    `segreteria`: the coordinator's own reading, without suppression; it is never published.
    """

    accordo: Accordo
    questionario: Questionario
    soglia: int
    strati: tuple[Strato, ...]
    restituzione: Restituzione | None = None
    segreteria: bool = False

    @property
    def pubblicato(self) -> bool:
        """Whether these are the results that were given back, which do not change any more."""
        return self.restituzione is not None and self.restituzione.pubblicata_il is not None

    @property
    def struttura(self) -> Definizione:
        """The questionnaire that was answered."""
        return self.questionario.struttura

    @cached_property
    def _forma(self) -> tuple[list[Blocco], list[Strato]]:
        return forma(self.strati, self.soglia)

    @property
    def blocchi(self) -> list[Blocco]:
        """The blocks over which the answers that are not `pubblica` are summed."""
        return self._forma[0]

    @property
    def fuori(self) -> list[Strato]:
        """The strata that are in no block."""
        return self._forma[1]

    @property
    def rispondenti(self) -> int:
        """How many bodies have sent."""
        return sum(strato.enti for strato in self.strati)

    @cached_property
    def effettive(self) -> dict[str, str]:
        """The confidentiality that counts, by question."""
        return quesiti.effettive(self.struttura)

    def categorie(self, dimensione: str) -> list[str]:
        """The names of a dimension, in order, of the bodies that have answered."""
        nomi = dict.fromkeys(getattr(strato, dimensione) for strato in self.strati)
        if dimensione == "ambito":
            return list(nomi)
        ordine = list(TipoEnte.labels if dimensione == "tipo" else ClasseEnte.labels)
        return sorted(nomi, key=lambda nome: ordine.index(nome) if nome in ordine else len(ordine))

    def schede(self) -> QuerySet[Scheda]:
        """The sendings that count."""
        if self.pubblicato:
            return Scheda.objects.filter(compilazione__questionario__accordo=self.accordo, pubblicata=True)
        return in_vigore(self.accordo)

    def conta(self, codici: Collection[str]) -> dict[Quesito, PerStrato]:
        """Count the cells of some questions: one query. Published counts are kept as they were on that day."""
        if not codici:
            return {}
        righe: Iterable[tuple[int, str, str, str, int]]
        if self.pubblicato and self.restituzione is not None and self.restituzione.contata:
            conservati = Conteggio.objects.filter(restituzione=self.restituzione, domanda__in=list(codici))
            righe = conservati.values_list("strato", "domanda", "voce", "valore", "quanti")
        else:
            righe = self.conta_celle(codici)
        # No iterator: its cursor makes PostgreSQL plan for the first rows, which takes ten times as long for all of them.
        conti: dict[Quesito, PerStrato] = {}
        for strato, domanda, voce, valore, quanti in righe:
            conti.setdefault(Quesito(domanda, voce), {}).setdefault(strato, Counter())[valore] = quanti
        return conti

    def conta_celle(self, codici: Collection[str]) -> QuerySet[CellaRisposta, tuple[int, str, str, str, int]]:
        """How often each answer to some questions was given in each stratum, counted now by the database."""
        return (
            CellaRisposta.objects.filter(
                strato__in=[strato.chiave for strato in self.strati],
                domanda__in=list(codici),
                scheda__in=self.schede(),
            )
            .order_by()
            .values_list("strato", "domanda", "voce", "valore")
            .annotate(quanti=Count("pk"))
        )

    def conta_testi(self, codici: Collection[str]) -> dict[str, int]:
        """How many gave each free text or file, where this may be known. One query, two if some hang on other answers."""
        if not codici:
            return {}
        antenate = self.con_antenate(codici) - set(codici)
        ferme = {
            q.domanda
            for q, fino in self.livelli(self.conta(antenate), antenate).items()
            if fino < Livello.TUTTO
        }
        note = [
            codice
            for codice in codici
            if self.segreteria
            or (self.effettive[codice] != RISERVATA and not self.con_antenate([codice]) & ferme)
        ]
        dentro = {chiave for blocco in self.blocchi for chiave in blocco.chiavi}
        righe = (
            TestoRisposta.objects.filter(domanda__in=note, scheda__in=self.schede())
            .order_by()
            .values_list("domanda", "scheda__strato")
            .annotate(quanti=Count("pk"))
        )
        conti: Counter[str] = Counter()
        for codice, strato, quanti in righe:
            if self.segreteria or self.effettive[codice] == PUBBLICA or strato in dentro:
                conti[codice] += quanti
        return dict(conti)

    def con_antenate(self, codici: Iterable[str]) -> set[str]:
        """The questions themselves and those on whose answers it depends whether they are asked."""
        tutte = set(codici)
        for domanda in reversed(list(self.struttura.domande)):
            if domanda.codice in tutte:
                tutte |= domanda.dipende_da
        return tutte

    def esponi(self, codici: Collection[str]) -> dict[Quesito, Esposto]:
        """What may be published of some closed questions, each quesito by itself; one query."""
        return self.pubblica(self.conta(self.con_antenate(codici)), codici)

    def pubblica(self, conti: Mapping[Quesito, PerStrato], codici: Collection[str]) -> dict[Quesito, Esposto]:
        """The same from counts at hand, which must hold the questions that these depend on."""
        livelli = self.livelli(conti, self.con_antenate(codici))
        esposti: dict[Quesito, Esposto] = {}
        for codice in codici:
            domanda = self.struttura.per_codice[codice]
            for quesito in quesiti.quesiti(domanda):
                esposti[quesito] = self._esponi(domanda, conti.get(quesito, {}), livelli[quesito])
        return esposti

    def livelli(self, conti: Mapping[Quesito, PerStrato], codici: Collection[str]) -> dict[Quesito, Livello]:
        """How finely each quesito is published. A question that hangs on one that is not at the full level: not at all."""
        trovati: dict[Quesito, Livello] = {}
        ferme: set[str] = set()
        for domanda in self.struttura.domande:
            if domanda.codice not in codici:
                continue
            massimo = Livello.NIENTE if domanda.dipende_da & ferme else Livello.TUTTO
            for quesito in quesiti.quesiti(domanda):
                trovati[quesito] = self._livello(domanda, conti.get(quesito, {}), massimo)
                if trovati[quesito] != Livello.TUTTO:
                    ferme.add(domanda.codice)
            if massimo == Livello.NIENTE:
                ferme.add(domanda.codice)
        return trovati

    def _livello(self, domanda: Domanda, per_strato: PerStrato, massimo: Livello) -> Livello:
        riservatezza = self.effettive[domanda.codice]
        if self.segreteria or riservatezza == PUBBLICA:
            return Livello.TUTTO
        if riservatezza == RISERVATA:
            return Livello.NIENTE
        return livello(
            [(blocco.posto("ambito"), _somma(per_strato, blocco.chiavi)) for blocco in self.blocchi],
            self.soglia,
            lambda valore: quesiti.facce(domanda.tipo, valore),
            massimo=massimo,
        )

    def _esponi(self, domanda: Domanda, per_strato: PerStrato, fin_dove: Livello) -> Esposto:
        if fin_dove == Livello.NIENTE:
            return NULLA
        if self.segreteria or self.effettive[domanda.codice] == PUBBLICA:
            return Esposto(
                fin_dove,
                _somma(per_strato, per_strato),
                {
                    dimensione: tuple(
                        Gruppo(nome, _somma(per_strato, chiavi))
                        for nome, chiavi in self._strati_per(dimensione).items()
                    )
                    for dimensione in DIMENSIONI
                },
            )
        dimensioni = DIMENSIONI if fin_dove == Livello.TUTTO else ("ambito",)
        return Esposto(
            fin_dove,
            _somma(per_strato, {chiave for blocco in self.blocchi for chiave in blocco.chiavi}),
            {d: self._a_blocchi(d, per_strato) for d in dimensioni} if fin_dove > Livello.TOTALE else {},
        )

    def _strati_per(self, dimensione: str) -> dict[str, set[int]]:
        per: dict[str, set[int]] = {nome: set() for nome in self.categorie(dimensione)}
        for strato in self.strati:
            per[getattr(strato, dimensione)].add(strato.chiave)
        return per

    def _a_blocchi(self, dimensione: str, per_strato: PerStrato) -> tuple[Gruppo, ...]:
        per: dict[str, set[int]] = {}
        for blocco in self.blocchi:
            per.setdefault(blocco.posto(dimensione), set()).update(blocco.chiavi)
        gruppi = [
            Gruppo(nome, _somma(per_strato, per[nome]) if nome in per else None)
            for nome in self.categorie(dimensione)
        ]
        if INSIEME in per:
            gruppi.append(Gruppo(NOMI_INSIEME[dimensione], _somma(per_strato, per[INSIEME])))
        return tuple(gruppi)


def _somma(per_strato: PerStrato, chiavi: Iterable[int]) -> Conto:
    somma: Conto = Counter()
    for chiave in chiavi:
        somma.update(per_strato.get(chiave, {}))
    return somma


def in_vigore(accordo: Accordo) -> QuerySet[Scheda]:
    """The last sending of each body that is consulted and has not left."""
    return Scheda.objects.filter(
        compilazione__questionario__accordo=accordo,
        superata=False,
        compilazione__ente__in=enti_consultati(accordo).order_by().values("ente"),
    )


def quadro_di(
    accordo: Accordo, restituzione: Restituzione | None, *, segreteria: bool = False
) -> Quadro | None:
    """Return the frame of an accord's results: what was given back, or what would be now. Two queries."""
    pubblicata = restituzione is not None and restituzione.pubblicata_il is not None
    if pubblicata and restituzione and restituzione.questionario is not None:
        questionario: Questionario | None = restituzione.questionario
        soglia = restituzione.soglia or accordo.soglia_aggregati
        schede = Scheda.objects.filter(compilazione__questionario__accordo=accordo, pubblicata=True)
    else:
        questionario = interrogazioni.questionario_aperto(accordo)
        soglia, schede = accordo.soglia_aggregati, in_vigore(accordo)
    if questionario is None:
        return None
    strati = (
        StratoEsiti.objects.filter(schede__in=schede)
        .annotate(quanti=Count("schede"))
        .select_related("ambito")
        .order_by("ambito__ordine", "ambito__nome", "tipo", "classe", "firma")
    )
    return Quadro(
        accordo=accordo,
        questionario=questionario,
        soglia=soglia,
        strati=tuple(
            Strato(
                chiave=strato.pk,
                ambito=strato.ambito.nome,
                tipo=TipoEnte(strato.tipo).label,
                classe=ClasseEnte(strato.classe).label,
                firma=strato.firma,
                enti=strato.quanti,
            )
            for strato in strati
        ),
        restituzione=restituzione,
        segreteria=segreteria,
    )
