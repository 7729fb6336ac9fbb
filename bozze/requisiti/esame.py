"""What is missing before each step of the examination: an outcome, a reformulation, a carry-over."""

from collections.abc import Iterable, Iterator

from accordo.base.errori import Mancanza
from accordo.iter import fasi
from accordo.iter.models import Accordo
from bozze.incontri import Incontro, Tavolo, tavolo
from bozze.interrogazioni.emendamenti import (
    FASE_ESAME,
    accolti,
    definitiva_pubblicata,
    testo_di,
    versione_emendabile,
)
from bozze.models import Emendamento, Riformulazione, Riporto, Versione
from bozze.stati_esame import StatoRiformulazione


# ---------------------------------------------------------------------------------------------- the examination
def esame_chiuso(accordo: Accordo) -> Iterator[Mancanza]:
    """Why no outcome can be written now: they are written, and changed, in phase 7 until the final version is out."""
    if not fasi.in_fase(accordo, FASE_ESAME):
        if fasi.fase_raggiunta(accordo, FASE_ESAME):
            yield Mancanza("L'esame degli emendamenti è chiuso.")
        else:
            yield Mancanza("L'esame comincia quando finisce la raccolta degli emendamenti.")
    if definitiva_pubblicata(accordo):
        yield Mancanza("La proposta definitiva è pubblicata: non si può più cambiare.")


def esame_aperto(emendamento: Emendamento) -> Iterable[Mancanza]:
    """Outcomes can be written."""
    if emendamento.tavolo is not None:
        return emendamento.tavolo.chiuso
    return esame_chiuso(emendamento.accordo)


def ritiro_rispettato(emendamento: Emendamento) -> Iterator[Mancanza]:
    """What its own body has withdrawn is not decided."""
    if emendamento.ritirato_dal_proponente:
        yield Mancanza("L'ente che lo ha proposto lo ha ritirato: non si decide più.")


def _in_esame(emendamento: Emendamento) -> Versione | None:
    """Return the version in examination if it is not the amendment's own."""
    if emendamento.tavolo is not None:
        return None
    ultima = versione_emendabile(emendamento.accordo)
    return ultima if ultima is not None and ultima.pk != emendamento.versione_id else None


def non_adottato(emendamento: Emendamento) -> Iterator[Mancanza]:
    """What a later version has already taken into its text is not taken out of it by another decision."""
    if emendamento.accolto and (versione := _in_esame(emendamento)) is not None:
        yield Mancanza(
            f"È già nel testo della versione {versione.numero}: per tornare indietro serve un altro emendamento."
        )


def sulla_versione_in_esame(emendamento: Emendamento) -> Iterator[Mancanza]:
    """Only an amendment to the text in examination can change it."""
    if (versione := _in_esame(emendamento)) is not None:
        yield Mancanza(
            f"L'emendamento è scritto su un testo precedente: prima va portato sulla versione {versione.numero}."
        )


# ---------------------------------------------------------------------------------------------- collisions
def _tavolo(emendamento: Emendamento) -> Tavolo:
    """Return the table that the amendment brings, or the one of it and what is accepted."""
    if emendamento.tavolo is not None:
        return emendamento.tavolo
    altri = accolti(emendamento.versione_id).exclude(pk=emendamento.pk)
    return tavolo(testo_di(emendamento.versione), [emendamento, *altri])


def gia_accolto(incontro: Incontro) -> Mancanza:
    """Say that an accepted amendment stands against this one, and why."""
    return Mancanza(f"L'emendamento {incontro.altro.sigla} è già accolto. {incontro.motivo}")


def nessuna_collisione_accolta(emendamento: Emendamento) -> Iterator[Mancanza]:
    """It can stand together with what is accepted."""
    for incontro in _tavolo(emendamento).bloccanti(emendamento):
        yield gia_accolto(incontro)


def accolto_che_impedisce(emendamento: Emendamento) -> Iterator[Mancanza]:
    """It is precluded, or parked, only by an accepted one that it cannot stand with."""
    if not _tavolo(emendamento).bloccanti(emendamento):
        yield Mancanza("Nessun emendamento accolto lo impedisce: non può essere precluso.")


def accolto_che_comprende(emendamento: Emendamento) -> Iterator[Mancanza]:
    """It is absorbed only by an accepted one that speaks of the same."""
    if not _tavolo(emendamento).comprensivi(emendamento):
        yield Mancanza("Nessun emendamento accolto lo comprende: non può essere assorbito.")


# ---------------------------------------------------------------------------------------------- a reformulation
def riformulazione_accettata(emendamento: Emendamento) -> Iterator[Mancanza]:
    """The proposer has agreed to the words that it takes."""
    ultima = emendamento.riformulazioni.order_by("-pk").first()
    if ultima is None or ultima.stato != StatoRiformulazione.ACCETTATA:
        yield Mancanza("Chi lo ha proposto non ha accettato una riformulazione.")


def risposta_in_tempo(riformulazione: Riformulazione) -> Iterator[Mancanza]:
    """The day to answer has not passed, and the examination is still open."""
    if riformulazione.scaduto:
        yield Mancanza(
            f"Il termine per rispondere era il {riformulazione.entro:%d/%m/%Y}. "
            "Chi coordina può proporre di nuovo la riformulazione."
        )
    yield from esame_chiuso(riformulazione.accordo)


def riformulazione_attuale(riformulazione: Riformulazione) -> Iterator[Mancanza]:
    """The amendment is still to be decided, and the new words can stand with what has been accepted meanwhile."""
    emendamento = riformulazione.emendamento
    if not emendamento.aperto or emendamento.versione_id != riformulazione.versione_id:
        yield Mancanza("Nel frattempo l'emendamento è cambiato: la riformulazione non vale più.")
        return
    emendamento.riformulazione = riformulazione.operazioni
    mancanze = list(nessuna_collisione_accolta(emendamento))
    emendamento.riformulazione = None
    yield from mancanze


# ---------------------------------------------------------------------------------------------- a carry-over
def riporto_aperto(riporto: Riporto) -> Iterator[Mancanza]:
    """The version that it waits on is still the one in examination, and the amendment is still open."""
    ultima = versione_emendabile(riporto.accordo)
    if ultima is None or ultima.pk != riporto.alla_id:
        yield Mancanza("Nel frattempo è uscita un'altra versione del testo.")
    if not riporto.emendamento.aperto and not riporto.emendamento.privato:
        yield Mancanza("L'emendamento è già deciso.")
    if definitiva_pubblicata(riporto.accordo):
        yield Mancanza("La proposta definitiva è pubblicata: non si può più cambiare.")
