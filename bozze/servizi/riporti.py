"""The answers to an amendment whose target changed: its proposer confirms, writes again or withdraws; then the coordinator."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from bozze.interrogazioni.emendamenti import testo_di
from bozze.models import Emendamento, Riporto
from bozze.servizi.accantonamento import accantona_e_riprendi
from bozze.servizi.chi_coordina import dillo_a_chi_coordina
from bozze.servizi.emendamenti import (
    in_operazioni,
    ritira_emendamento,
    scarta_emendamento,
    verifica_operazioni,
)
from bozze.servizi.esame import decidi_emendamento
from bozze.servizi.firme import rimetti_alla_firma
from bozze.servizi.riporto import porta_su
from bozze.servizi.subemendamenti import lascia_cadere_subemendamenti
from bozze.stati import StatoEmendamento
from bozze.testo.operazioni import Operazione
from bozze.testo.riporto import ritrova

ESITI = (StatoEmendamento.RESPINTO, StatoEmendamento.PRECLUSO, StatoEmendamento.ASSORBITO)
"""What the coordinator may decide of an amendment whose proposer was silent, beside confirming it."""


def operazioni_ritrovate(riporto: Riporto) -> list[Operazione] | None:
    """Return the amendment's operations where they would apply in the new text; None if they no longer can."""
    proposte = in_operazioni(riporto.emendamento.operazioni)
    return ritrova(testo_di(riporto.dalla), testo_di(riporto.alla), proposte)


def conferma_riporto(riporto: Riporto, risposta: str = "", *, da: Agente) -> Evento:
    """Take the amendment as it is to the new text, where the person has seen that its words still stand."""
    operazioni = operazioni_ritrovate(riporto)
    if operazioni is None:
        raise ErroreDominio(
            "Le parole da cambiare non si ritrovano nel nuovo testo: l'emendamento va riscritto o ritirato."
        )
    return _porta(riporto, "conferma_riporto", operazioni, risposta, None, da)


def riscrivi_riporto(
    riporto: Riporto, operazioni: Sequence[Operazione | dict[str, Any]], motivazione: str, *, da: Agente
) -> Evento:
    """Write the amendment again, on the new text. Its number stays."""
    if not motivazione.strip():
        raise ErroreDominio("Scrivi perché proponi la modifica: la motivazione è obbligatoria.")
    nuove = in_operazioni(operazioni)
    verifica_operazioni(testo_di(riporto.alla), nuove)
    return _porta(riporto, "riscrivi_riporto", nuove, "", motivazione.strip(), da)


def chiudi_riporto(riporto: Riporto, motivazione: str, esito: str = "", *, da: Agente) -> Evento:
    """Withdraw the amendment, by its body; or write its outcome, by the coordinator when the proposer was silent."""
    del_proponente = da.agisce_per(riporto.ente.pk)
    with transaction.atomic():
        blocca_accordo(riporto.emendamento.accordo_id)
        _verifica_turno(riporto, da)
        evento = esegui(
            riporto, "chiudi_riporto", da=da, motivazione=motivazione, applica=_risponde(motivazione, da)
        )
        emendamento = _emendamento(riporto)
        if not del_proponente:
            if esito not in ESITI:
                raise ErroreDominio("Scegli l'esito dell'emendamento.")
            decidi_emendamento(emendamento, esito, motivazione, da=da)
        elif emendamento.privato:
            scarta_emendamento(emendamento, da=da)
        else:
            ritira_emendamento(emendamento, motivazione, da=da)
            _dillo(riporto, emendamento, "lo ritira", motivazione)
    return evento


def _porta(
    riporto: Riporto,
    verbo: str,
    operazioni: list[Operazione],
    risposta: str,
    motivazione: str | None,
    da: Agente,
) -> Evento:
    with transaction.atomic():
        blocca_accordo(riporto.emendamento.accordo_id)
        _verifica_turno(riporto, da)
        evento = esegui(riporto, verbo, da=da, motivazione=risposta, applica=_risponde(risposta, da))
        emendamento = _emendamento(riporto)
        if motivazione is not None:  # other words: who signed or amended those of before has not seen them
            emendamento.motivazione = motivazione
            lascia_cadere_subemendamenti(emendamento, da=da)
            rimetti_alla_firma(emendamento, da=da)
        porta_su(emendamento, riporto.dalla, riporto.alla, operazioni, da)
        accantona_e_riprendi(riporto.alla, da=da)
        if not da.agisce_per(riporto.ente.pk):
            avvisa(
                [riporto.ente],
                oggetto=f"Emendamento {emendamento.sigla} portato sul nuovo testo",
                testo=(
                    "Il termine per rispondere è passato: chi coordina ha confermato l'emendamento sulla versione "
                    f"{riporto.alla.numero}. {risposta}"
                ).strip(),
                url=emendamento.get_absolute_url(),
                ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
            )
        elif emendamento.numero is not None:
            che_cosa = "lo ha riscritto" if verbo == "riscrivi_riporto" else "lo conferma"
            _dillo(riporto, emendamento, che_cosa, risposta)
    return evento


def _dillo(riporto: Riporto, emendamento: Emendamento, che_cosa: str, risposta: str) -> None:
    """Tell who coordinates what the proposer answered: the amendment is theirs again, or is there no more."""
    chi = emendamento.ente
    dillo_a_chi_coordina(
        emendamento.accordo,
        f"Emendamento {emendamento.sigla}: {chi.nome_breve} {che_cosa}",
        f"Il testo è cambiato dopo l'emendamento {emendamento.sigla}: {chi.denominazione} {che_cosa}, sulla versione "
        f"{riporto.alla.numero}.\n\n{risposta}",
        emendamento.get_absolute_url(),
    )


def _emendamento(riporto: Riporto) -> Emendamento:
    return (
        Emendamento.objects.select_related("accordo", "versione", "ente")
        .select_for_update(of=("self",))
        .get(pk=riporto.emendamento_id)
    )


def _verifica_turno(riporto: Riporto, da: Agente) -> None:
    """Who coordinates decides only for a proposer who was silent until the day."""
    if not da.agisce_per(riporto.ente.pk) and not riporto.scaduto:
        raise ErroreDominio(
            f"Fino al {riporto.entro:%d/%m/%Y} decide l'ente che ha proposto l'emendamento: poi puoi decidere tu."
        )


def _risponde(risposta: str, da: Agente) -> Callable[[Riporto], None]:
    def applica(fresco: Riporto) -> None:
        fresco.risposta = risposta.strip()
        fresco.risposta_il = orologio.adesso()
        fresco.risposta_da = da.utente

    return applica
