"""What writes the outcomes of the amendments, and the final proposal (phase 7)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from bozze.incontri import bloccanti, comprensivi, incontri, operazioni_di
from bozze.interrogazioni.emendamenti import accolti, testo_di, versione_emendabile
from bozze.models import Emendamento, Versione
from bozze.redazione import riformula
from bozze.requisiti.emendamenti import emendamenti_decisi
from bozze.servizi import testo as servizi_testo
from bozze.servizi.emendamenti import disposto, in_operazioni, verifica_operazioni
from bozze.servizi.subemendamenti import segui_emendamento
from bozze.stati import ACCOLTI, StatoEmendamento
from bozze.testo.albero import Testo
from bozze.testo.bis import senza_rinumerare
from bozze.testo.consolidamento import NonConsolidabile, consolida
from bozze.testo.operazioni import Operazione, in_dati
from bozze.testo.rinvii import Avviso, aggiorna

VERBI = {
    StatoEmendamento.ACCOLTO: "accogli",
    StatoEmendamento.RIFORMULATO: "riformula",
    StatoEmendamento.RESPINTO: "respingi",
    StatoEmendamento.RITIRATO: "registra_ritiro",
    StatoEmendamento.ASSORBITO: "assorbi",
    StatoEmendamento.PRECLUSO: "precludi",
}
Parole = str | Sequence[Operazione | dict[str, Any]]


def decidi_emendamento(
    emendamento: Emendamento,
    esito: str,
    motivazione: str,
    riformulazione: Parole | None = None,
    *,
    da: Agente,
) -> Evento:
    """Write an outcome, or change it, with its reason. `riformulazione`: the new wording, as words or as operations.

    If the amendment was accepted and no longer is, those precluded or absorbed because of it go back to be examined.
    """
    stato = StatoEmendamento(esito)
    if stato not in VERBI:
        raise ErroreDominio("L'esito scelto non esiste.")
    testo = testo_di(emendamento.versione)
    nuove = (
        _riformulate(testo, emendamento, riformulazione) if stato == StatoEmendamento.RIFORMULATO else None
    )

    def applica(fresco: Emendamento) -> None:
        fresco.motivazione_esito = motivazione.strip()
        fresco.deciso_il = orologio.adesso()
        fresco.deciso_da = da.utente
        fresco.riformulazione = [in_dati(o) for o in nuove] if nuove is not None else None
        fresco.disposto_riformulato = disposto(testo, nuove) if nuove is not None else ""
        fresco.a_causa_di = _causa(testo, fresco, stato)
        if stato in ACCOLTI:
            _verifica_consolidamento(testo, fresco)

    with transaction.atomic():
        blocca_accordo(emendamento.accordo_id)
        era_accolto = emendamento.accolto
        evento = esegui(
            emendamento,
            VERBI[stato],
            da=da,
            motivazione=motivazione,
            dati={"riformulazione": [in_dati(o) for o in nuove]} if nuove is not None else None,
            applica=applica,
        )
        if era_accolto and not emendamento.accolto:
            _libera(emendamento, da)
        segui_emendamento(emendamento, da)
    return evento


def rimetti_in_esame(emendamento: Emendamento, motivazione: str, *, da: Agente) -> Evento:
    """Take an outcome back: the amendment is to be decided again, and so are those that depended on it."""
    with transaction.atomic():
        blocca_accordo(emendamento.accordo_id)
        era_accolto = emendamento.accolto
        evento = esegui(emendamento, "rimetti_in_esame", da=da, motivazione=motivazione, applica=_azzera)
        segui_emendamento(emendamento, da)
        if era_accolto:
            _libera(emendamento, da)
    return evento


def _azzera(fresco: Emendamento) -> None:
    fresco.motivazione_esito = ""
    fresco.deciso_il = None
    fresco.deciso_da = None
    fresco.riformulazione = None
    fresco.disposto_riformulato = ""
    fresco.a_causa_di = None


def _libera(emendamento: Emendamento, da: Agente) -> None:
    """Bring back those that only this amendment kept from being examined."""
    motivo = f"È cambiata la decisione sull'emendamento {emendamento.sigla}, per il quale era {{}}."
    for altro in Emendamento.objects.filter(a_causa_di=emendamento.pk).order_by("pk"):
        esegui(
            altro,
            "rimetti_in_esame",
            da=da,
            motivazione=motivo.format(altro.get_stato_display().lower()),
            applica=_azzera,
        )
        segui_emendamento(altro, da)


def _riformulate(testo: Testo, emendamento: Emendamento, parole: Parole | None) -> list[Operazione]:
    """Return the reformulated operations; ErroreDominio if there are no new words or they cannot be done."""
    if not parole:
        raise ErroreDominio("Scrivi le nuove parole: senza, l'esito è «Accolto».")
    proposte = in_operazioni(emendamento.dati_proposti)
    nuove = riformula(testo, proposte, parole) if isinstance(parole, str) else in_operazioni(parole)
    verifica_operazioni(testo, nuove)
    if [in_dati(o) for o in nuove] == emendamento.dati_proposti:
        raise ErroreDominio("Le nuove parole sono quelle proposte: l'esito è «Accolto».")
    return nuove


def _causa(testo: Testo, fresco: Emendamento, stato: StatoEmendamento) -> Emendamento | None:
    """Return the accepted amendment because of which this one is precluded or absorbed."""
    if stato not in (StatoEmendamento.PRECLUSO, StatoEmendamento.ASSORBITO):
        return None
    altri = list(accolti(fresco.versione_id).exclude(pk=fresco.pk))
    trovati = incontri(testo, [fresco, *altri])
    impediscono = [incontro.altro for incontro in bloccanti(fresco, trovati)]
    comprendono = comprensivi(fresco, trovati, altri)
    ordinati = impediscono or comprendono if stato == StatoEmendamento.PRECLUSO else comprendono
    return ordinati[0] if ordinati else None


def _verifica_consolidamento(testo: Testo, fresco: Emendamento) -> None:
    """Refuse an acceptance with which the accepted amendments could not be written into one text."""
    operazioni = [
        o for altro in accolti(fresco.versione_id).exclude(pk=fresco.pk) for o in operazioni_di(altro)
    ]
    try:
        consolida(testo, [*operazioni, *operazioni_di(fresco)])
    except NonConsolidabile as errore:
        mancanze = [Mancanza(motivo) for motivo in errore.motivi]
        raise ErroreDominio(
            "Con gli emendamenti già accolti il testo non si può comporre.", mancanze
        ) from errore


def testo_consolidato(versione: Versione) -> Testo:
    """Return the text with all accepted amendments written in."""
    operazioni = [o for emendamento in accolti(versione.pk) for o in operazioni_di(emendamento)]
    return consolida(testo_di(versione), operazioni)


def componi_definitivo(versione: Versione, *, rinumera: bool = True) -> tuple[Testo, tuple[Avviso, ...]]:
    """Return the consolidated text with its references brought to the new numbers, and those a person must look at.

    Without `rinumera` numbers stay as they were, and what is new is bis, ter.
    """
    prima, dopo = testo_di(versione), testo_consolidato(versione)
    return aggiorna(prima, dopo if rinumera else senza_rinumerare(prima, dopo))


def pubblica_proposta_definitiva(
    accordo: Accordo, nota: str = "", *, rinumera: bool = True, da: Agente
) -> Versione:
    """Write the accepted amendments into the text and publish it as the final version. Every amendment is decided."""
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        versione = versione_emendabile(accordo)
        if versione is None:
            raise ErroreDominio("Non c'è un testo pubblicato da rendere definitivo.")
        if mancanze := [m for m in emendamenti_decisi(accordo) if not m.superabile]:
            raise ErroreDominio(
                "Prima di pubblicare la proposta definitiva vanno decisi tutti gli emendamenti.", mancanze
            )
        try:
            nuovo, _ = componi_definitivo(versione, rinumera=rinumera)
        except NonConsolidabile as errore:
            raise ErroreDominio(
                "Gli emendamenti accolti non stanno in un solo testo.", [Mancanza(m) for m in errore.motivi]
            ) from errore
        return servizi_testo.pubblica_definitiva(accordo, nuovo, nota, da=da)
