"""The workflow engine: one small machine moves everything that has a life.

A life is a table of transitions, data and not code. `esegui` moves an object along one of them, in one transaction
that ends in the registro; `azioni` gives a page its buttons. Parallel work is rows, not machines.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction

from accordo.base.errori import ErroreDominio, Mancanza, NonAutorizzato, StatoCambiato
from accordo.base.parole import Parola
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Incarico, Ruolo
from accordo.iter.registro import Passo, registra, registra_tutti

if TYPE_CHECKING:
    from accordo.iter.models import Accordo, Evento

__all__ = ["Azione", "ConVita", "Mancanza", "Transizione", "Vita", "azioni", "esegui", "esegui_tutti"]

Requisito = Callable[[Any], Iterable[Mancanza]]


@dataclass(frozen=True, slots=True)
class Transizione:
    """One row of a life's table.

    `ruoli`: who may; REFERENTE and RAPPRESENTANTE mean "of the object's own body", COORDINATORE "of the accord's
    promoter". `requisiti`: each answers with what is missing. `effetto`: what else happens, in the same transaction.
    """

    da: tuple[str, ...]
    a: str
    verbo: str
    etichetta: str
    ruoli: tuple[Ruolo, ...]
    requisiti: tuple[Requisito, ...] = ()
    motivazione_obbligatoria: bool = False
    effetto: Callable[[Any, Agente], None] | None = None


@dataclass(frozen=True, slots=True)
class Vita:
    """A life: its states, in words, and its table of transitions."""

    nome: str
    stati: type[models.TextChoices] | Mapping[str, str]
    transizioni: tuple[Transizione, ...]
    parole: Mapping[str, Parola] = field(default_factory=dict)

    def trova(self, verbo: str, stato: str) -> Transizione | None:
        """Return the transition that `verbo` means for an object in `stato`, if there is one."""
        return next((t for t in self.transizioni if t.verbo == verbo and stato in t.da), None)

    def nomi_stati(self) -> dict[str, str]:
        """Return the states with their words, in order."""
        return dict(self.stati.items() if isinstance(self.stati, Mapping) else self.stati.choices)

    def etichetta_stato(self, stato: str) -> str:
        """Return the words for a state."""
        return str(self.nomi_stati().get(stato, stato))

    def parola(self, stato: str) -> Parola:
        """Return the status word of a state, for the badge."""
        return self.parole.get(stato, Parola.IN_CORSO)


class ConVita(models.Model):
    """Base of what has a life. The subclass has the state's field, `vita`, and answers `accordo` and `ente`.

    `revisione` counts the transitions: whoever acts on an old sight of the object is told so.
    """

    vita: ClassVar[Vita]
    campo_stato: ClassVar[str] = "stato"

    revisione = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def la_vita(self) -> Vita:
        """Return the life of this object."""
        return self.vita

    @property
    def stato_corrente(self) -> str:
        """The code of the state."""
        return str(getattr(self, self.campo_stato))

    @property
    def stato_in_parole(self) -> str:
        """The state as a person reads it."""
        return self.la_vita().etichetta_stato(self.stato_corrente)

    @property
    def parola(self) -> Parola:
        """The status word of the state, for the badge."""
        return self.la_vita().parola(self.stato_corrente)

    def accordo_della_vita(self) -> "Accordo":
        """Return the accord in whose registro this life is written."""
        accordo: Accordo = self.accordo  # type: ignore[attr-defined]
        return accordo

    def ente_della_vita(self) -> Ente | None:
        """Return the body whose people may act on this, if it is one body's."""
        return getattr(self, "ente", None)

    def _copia_da(self, altro: Self) -> None:
        for campo in self._meta.concrete_fields:
            setattr(self, campo.attname, getattr(altro, campo.attname))


@dataclass(frozen=True, slots=True)
class Azione:
    """A button: the transition, and what keeps it from being pressed."""

    transizione: Transizione
    mancanze: tuple[Mancanza, ...] = ()

    @property
    def possibile(self) -> bool:
        """Whether it can be pressed, if need be with a written reason."""
        return all(m.superabile for m in self.mancanze)

    @property
    def chiede_motivazione(self) -> bool:
        """Whether a written reason is required."""
        return self.transizione.motivazione_obbligatoria or bool(self.mancanze)


def _ruoli_che_valgono(
    oggetto: ConVita, ruoli: Iterable[Ruolo], accordo: "Accordo", agente: Agente
) -> list[str]:
    """Return those of `ruoli` that count for this person, body and object."""
    ente = oggetto.ente_della_vita()
    validi: list[str] = []
    for ruolo in ruoli:
        corpo = accordo.promotore_id if ruolo == Ruolo.COORDINATORE else (ente.pk if ente else None)
        if agente.ha(ruolo) and agente.agisce_per(corpo):
            validi.append(ruolo)
    return validi


def puo(oggetto: ConVita, transizione: Transizione, agente: Agente | None) -> bool:
    """Whether the person's role and body allow this transition on this object."""
    if agente is None:
        return False
    return bool(_ruoli_che_valgono(oggetto, transizione.ruoli, oggetto.accordo_della_vita(), agente))


def cosa_manca(oggetto: ConVita, transizione: Transizione) -> tuple[Mancanza, ...]:
    """Return all that fails, not the first."""
    return tuple(mancanza for requisito in transizione.requisiti for mancanza in requisito(oggetto))


def azioni(oggetto: ConVita, agente: Agente | None) -> list[Azione]:
    """Return what this person may do to this object now, each possible or with its reasons."""
    return [
        Azione(transizione, cosa_manca(oggetto, transizione))
        for transizione in oggetto.la_vita().transizioni
        if oggetto.stato_corrente in transizione.da and puo(oggetto, transizione, agente)
    ]


def blocca_accordo(pk: int) -> "Accordo":
    """Lock the accord's row and return it. Always the first lock of a transaction: so there are no deadlocks."""
    from accordo.iter.models import Accordo

    return Accordo.objects.select_for_update().get(pk=pk)


def esegui[T: ConVita](
    oggetto: T,
    verbo: str,
    *,
    da: Agente,
    motivazione: str = "",
    dati: Mapping[str, Any] | None = None,
    applica: Callable[[T], None] | None = None,
) -> "Evento":
    """Move `oggetto` along the transition that `verbo` names, and return the event written in the registro.

    `applica` sets further fields on the locked object before it is saved; `dati` goes into the event.
    Raises StatoCambiato if somebody was faster, NonAutorizzato if the person's role or body does not allow it,
    ErroreDominio with all that is missing. Mails and other effects wait for the commit (accordo.base.posta).
    """
    motivazione = motivazione.strip()
    with transaction.atomic():
        accordo = blocca_accordo(oggetto.accordo_della_vita().pk)
        fresco = type(oggetto)._base_manager.select_for_update().get(pk=oggetto.pk)
        if fresco.revisione != oggetto.revisione or fresco.stato_corrente != oggetto.stato_corrente:
            raise StatoCambiato(
                f"Nel frattempo qualcun altro ha agito: ora lo stato è «{fresco.stato_in_parole}». "
                "Ricarica la pagina e riprova, se serve ancora."
            )
        stato_da = fresco.stato_corrente
        transizione = fresco.la_vita().trova(verbo, stato_da)
        if transizione is None:
            raise StatoCambiato(f"Non si può più fare: lo stato è «{fresco.stato_in_parole}».")
        _verifica_ruolo(fresco, transizione, accordo, da)
        mancanze = cosa_manca(fresco, transizione)
        if insuperabili := [m for m in mancanze if not m.superabile]:
            raise ErroreDominio("Non si può ancora fare.", insuperabili)
        if (mancanze or transizione.motivazione_obbligatoria) and not motivazione:
            raise ErroreDominio("Serve una motivazione scritta: resta nel registro.", mancanze)
        setattr(fresco, fresco.campo_stato, transizione.a)
        fresco.revisione += 1
        if applica is not None:
            applica(fresco)
        fresco.save()
        if transizione.effetto is not None:
            transizione.effetto(fresco, da)
        scritti = dict(dati or {})
        if mancanze:
            scritti["mancava"] = [m.testo for m in mancanze]
        evento = registra(
            accordo,
            da=da,
            verbo=verbo,
            oggetto=fresco,
            stato_da=stato_da,
            stato_a=transizione.a,
            motivazione=motivazione,
            dati=scritti,
        )
    oggetto._copia_da(fresco)
    return evento


def esegui_tutti[T: ConVita](
    oggetti: Sequence[T],
    verbo: str,
    *,
    da: Agente,
    motivazione: str = "",
    dati: Mapping[str, Any] | None = None,
    campi: Sequence[str] = (),
) -> "list[Evento]":
    """Move many objects of one accord along the same transition, in a number of queries that does not grow with them.

    For what the coordinator does to all bodies at once: only for transitions of that role. `campi`: further fields, set
    on the objects beforehand, to be stored with the state. The objects bring what their requirements look at; one that
    somebody else has moved meanwhile, or that may not be moved, stops them all. One event is written for each.
    """
    if not oggetti:
        return []
    motivazione = motivazione.strip()
    modello = type(oggetti[0])
    with transaction.atomic():
        accordo = blocca_accordo(oggetti[0].accordo_della_vita().pk)
        ora = {
            riga["pk"]: riga
            for riga in modello._base_manager.select_for_update()
            .filter(pk__in=[oggetto.pk for oggetto in oggetti])
            .values("pk", "revisione", modello.campo_stato)
        }
        passi: list[Passo] = []
        for oggetto in oggetti:
            riga = ora[oggetto.pk]
            stato_da = oggetto.stato_corrente
            if (riga["revisione"], riga[modello.campo_stato]) != (oggetto.revisione, stato_da):
                raise StatoCambiato("Nel frattempo qualcun altro ha agito. Ricarica la pagina e riprova.")
            transizione = oggetto.la_vita().trova(verbo, stato_da)
            if transizione is None:
                raise StatoCambiato(f"Non si può più fare: lo stato è «{oggetto.stato_in_parole}».")
            if transizione.ruoli != (Ruolo.COORDINATORE,) or transizione.effetto is not None:
                raise ValueError(f"{verbo}: tutti insieme si può solo ciò che spetta a chi coordina")
            if not passi:
                _verifica_ruolo(oggetto, transizione, accordo, da)
            if mancanze := cosa_manca(oggetto, transizione):
                raise ErroreDominio("Non si può ancora fare.", mancanze)
            if transizione.motivazione_obbligatoria and not motivazione:
                raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
            setattr(oggetto, oggetto.campo_stato, transizione.a)
            oggetto.revisione += 1
            passi.append(Passo(oggetto, stato_da, transizione.a))
        modello._base_manager.bulk_update(oggetti, [modello.campo_stato, "revisione", *campi], batch_size=500)
        return registra_tutti(accordo, passi, da=da, verbo=verbo, motivazione=motivazione, dati=dati)


def _verifica_ruolo(oggetto: ConVita, transizione: Transizione, accordo: "Accordo", da: Agente) -> None:
    """Refuse who has not the role, or has lost it since the page was opened (asked again in the transaction)."""
    validi = _ruoli_che_valgono(oggetto, transizione.ruoli, accordo, da)
    if not validi:
        nomi = " o ".join(Ruolo(r).label.lower() for r in transizione.ruoli)
        raise NonAutorizzato(f"Questa azione spetta a chi è {nomi}.")
    in_corso = Incarico.objects.in_corso().filter(utente=da.utente, ente=da.ente, ruolo__in=validi)
    if not in_corso.exists():
        raise NonAutorizzato("Il tuo incarico per questo ente non è più in corso.")
