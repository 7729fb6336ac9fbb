"""What writes the outcomes of the amendments, and the final proposal (phase 7)."""

from datetime import date

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from bozze.incontri import Tavolo, operazioni_di, tavolo
from bozze.interrogazioni.emendamenti import accolti, testo_di, versione_emendabile
from bozze.models import Emendamento, Riformulazione, Versione
from bozze.requisiti.emendamenti import emendamenti_decisi
from bozze.servizi import testo as servizi_testo
from bozze.servizi.accantonamento import accantona_e_riprendi, rimetti_in_riga
from bozze.servizi.motivi import annota_motivo
from bozze.servizi.riformulazioni import Parole, in_corso, proponi_riformulazione
from bozze.servizi.riporto import chiudi_riporto_di
from bozze.servizi.subemendamenti import segui_emendamento
from bozze.stati import ACCOLTI, DECISI, StatoEmendamento
from bozze.testo.albero import Testo
from bozze.testo.bis import senza_rinumerare
from bozze.testo.consolidamento import NonConsolidabile, consolida
from bozze.testo.rinvii import Avviso, aggiorna

VERBI = {
    StatoEmendamento.ACCOLTO: "accogli",
    StatoEmendamento.RESPINTO: "respingi",
    StatoEmendamento.RITIRATO: "registra_ritiro",
    StatoEmendamento.ASSORBITO: "assorbi",
    StatoEmendamento.PRECLUSO: "precludi",
}


def decidi_emendamento(
    emendamento: Emendamento,
    esito: str,
    motivazione: str,
    riformulazione: Parole | None = None,
    *,
    entro: date | None = None,
    da: Agente,
) -> Evento | Riformulazione:
    """Write an outcome, or change it, with its reason.

    "riformulato" is not written: the new words (`riformulazione`, as words or as operations) are put to the proposer,
    who answers by `entro` (bozze.servizi.riformulazioni). Accepting parks those that cannot stand with it; when an
    amendment is accepted no longer, those parked come back, and those precluded or absorbed because of it are to be
    decided again.
    """
    stato = StatoEmendamento(esito)
    if stato == StatoEmendamento.RIFORMULATO:
        return proponi_riformulazione(emendamento, riformulazione, motivazione, entro=entro, da=da)
    if stato not in VERBI:
        raise ErroreDominio("L'esito scelto non esiste.")
    testo = testo_di(emendamento.versione)

    def applica(fresco: Emendamento) -> None:
        esito_scritto(fresco, motivazione, da)
        fresco.a_causa_di = _causa(testo, fresco, stato)
        if stato in ACCOLTI:
            _verifica_consolidamento(testo, fresco)

    with transaction.atomic():
        accordo = blocca_accordo(emendamento.accordo_id)
        if in_corso(emendamento) is not None:
            raise ErroreDominio(
                "C'è una riformulazione che aspetta la risposta di chi ha proposto l'emendamento: prima ritirala."
            )
        era_accolto = emendamento.accolto
        evento = esegui(emendamento, VERBI[stato], da=da, motivazione=motivazione, applica=applica)
        annota_motivo(accordo, motivazione)
        if era_accolto and not emendamento.accolto:
            libera(emendamento, da)
        segui_emendamento(emendamento, da)
        if era_accolto or emendamento.accolto:
            accantona_e_riprendi(emendamento.versione, da=da)
        chiudi_riporto_di(emendamento, motivazione, da=da)
    return evento


def rimetti_in_esame(emendamento: Emendamento, motivazione: str, *, da: Agente) -> Evento:
    """Take an outcome back: the amendment is to be decided again, and so are those that depended on it.

    If the text has gone on meanwhile, the amendment is carried to it, or waits for its proposer.
    """
    with transaction.atomic():
        blocca_accordo(emendamento.accordo_id)
        era_accolto = emendamento.accolto
        evento = esegui(emendamento, "rimetti_in_esame", da=da, motivazione=motivazione, applica=azzera)
        segui_emendamento(emendamento, da)
        if era_accolto:
            libera(emendamento, da)
        rimetti_in_riga(emendamento, da)
        emendamento.refresh_from_db()
    return evento


def esito_scritto(fresco: Emendamento, motivazione: str, da: Agente) -> None:
    """Set what every outcome but the reformulation leaves on an amendment."""
    fresco.motivazione_esito = motivazione.strip()
    fresco.deciso_il = orologio.adesso()
    fresco.deciso_da = da.utente
    fresco.riformulazione = None
    fresco.disposto_riformulato = ""
    fresco.a_causa_di = None
    fresco.perche_accantonato = ""


def azzera(fresco: Emendamento) -> None:
    fresco.motivazione_esito = ""
    fresco.deciso_il = None
    fresco.deciso_da = None
    fresco.riformulazione = None
    fresco.disposto_riformulato = ""
    fresco.a_causa_di = None


def libera(emendamento: Emendamento, da: Agente) -> None:
    """Bring back those that only this amendment kept from being examined."""
    motivo = f"È cambiata la decisione sull'emendamento {emendamento.sigla}, per il quale era {{}}."
    dipendenti = Emendamento.objects.filter(a_causa_di=emendamento.pk, stato__in=DECISI)
    for altro in dipendenti.order_by("pk"):
        esegui(
            altro,
            "rimetti_in_esame",
            da=da,
            motivazione=motivo.format(altro.get_stato_display().lower()),
            applica=azzera,
        )
        segui_emendamento(altro, da)


def _causa(testo: Testo, fresco: Emendamento, stato: StatoEmendamento) -> Emendamento | None:
    """Return the accepted amendment because of which this one is precluded or absorbed."""
    if stato not in (StatoEmendamento.PRECLUSO, StatoEmendamento.ASSORBITO):
        return None
    altri = accolti(fresco.versione_id).exclude(pk=fresco.pk)
    return causa(tavolo(testo, [fresco, *altri]), fresco, stato)


def causa(attuale: Tavolo, emendamento: Emendamento, stato: StatoEmendamento) -> Emendamento | None:
    """Return the accepted amendment because of which one is precluded or absorbed, out of those on the table."""
    if stato not in (StatoEmendamento.PRECLUSO, StatoEmendamento.ASSORBITO):
        return None
    impediscono = [incontro.altro for incontro in attuale.bloccanti(emendamento)]
    comprendono = attuale.comprensivi(emendamento)
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
