"""What writes amendments and each body's part in phase 6."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from bozze import permessi
from bozze.interrogazioni.emendamenti import aperte, testo_di, versione_emendabile
from bozze.models import Contributo, Emendamento, Osservazione, Versione
from bozze.modifiche import ordina
from bozze.redazione import sezione_di, sintesi
from bozze.servizi.firme import dopo_il_ritiro, rimetti_alla_firma
from bozze.servizi.subemendamenti import segui_emendamento
from bozze.stati import StatoContributo, StatoEmendamento, StatoOsservazione, TipoEmendamento
from bozze.testo.albero import Testo
from bozze.testo.esame import distanza
from bozze.testo.formule import classe_prevalente, formule
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Operazione, bersaglio, controlla_tutte, da_dati, in_dati

MASSIMO_PAROLE = 20_000
_TIPI = list(TipoEmendamento)


def avvia_osservazioni(accordo: Accordo, da: Agente) -> None:
    """Begin phase 6: one row for each body that takes part, but the promoter. What is there already stays.

    If the phase is entered again with a new version, what was open on the old one is carried over where it can be.
    """
    from bozze.servizi.riporto import riporta

    presenti = set(Contributo.objects.filter(accordo=accordo).values_list("ente_id", flat=True))
    Contributo.objects.bulk_create(
        Contributo(accordo=accordo, ente_id=partecipazione.ente_id)
        for partecipazione in partecipazioni_attive(accordo)
        if partecipazione.ente_id not in presenti and partecipazione.ente_id != accordo.promotore_id
    )
    if (versione := versione_emendabile(accordo)) is not None and versione.numero > 1:
        riporta(accordo, versione, da=da)


def in_operazioni(operazioni: Sequence[Operazione | dict[str, Any]]) -> list[Operazione]:
    """Return operations from operations or from their data; ErroreDominio if the data are none."""
    try:
        return [da_dati(o) if isinstance(o, dict) else o for o in operazioni]
    except (KeyError, TypeError, ValueError) as errore:
        raise ErroreDominio("La proposta non è leggibile: riscrivila dalla pagina del testo.") from errore


def verifica_operazioni(testo: Testo, operazioni: Sequence[Operazione]) -> None:
    """Refuse what cannot be done on this text, with all the reasons."""
    if not operazioni:
        raise ErroreDominio(
            "La proposta non cambia nulla: modifica il testo, sopprimilo o aggiungi qualcosa."
        )
    if errori := controlla_tutte(testo, operazioni):
        raise ErroreDominio(" ".join(errori))
    if sum(len(str(in_dati(o))) for o in operazioni) > MASSIMO_PAROLE * 20:
        raise ErroreDominio("La proposta è troppo lunga: dividila in più emendamenti.")


def disposto(testo: Testo, operazioni: Sequence[Operazione]) -> str:
    """Return the legal wording, a line for each operation."""
    return "\n".join(formule(testo, operazioni))


def scrivi_operazioni(emendamento: Emendamento, testo: Testo, operazioni: Sequence[Operazione]) -> None:
    """Set the operations, in the order of the text, and what is derived from them."""
    operazioni = ordina(testo, operazioni)
    elenco = nomi(testo)
    dove = bersaglio(operazioni[0])
    sezione = sezione_di(testo, elenco, dove)
    tipo = TipoEmendamento(classe_prevalente(operazioni).value)
    emendamento.operazioni = [in_dati(operazione) for operazione in operazioni]
    emendamento.disposizione_id = dove
    emendamento.dove = elenco[dove].esteso[:200] if dove in elenco else "in fondo al testo"
    emendamento.ordine = testo.indice[dove].ordine if dove in testo.indice else len(testo.indice)
    emendamento.sezione_id, emendamento.sezione_nome = sezione.id, sezione.nome
    emendamento.sezione_ordine, emendamento.prefisso = sezione.ordine, sezione.prefisso
    emendamento.tipo, emendamento.ordine_tipo = tipo, _TIPI.index(tipo)
    emendamento.distanza = distanza(testo, operazioni)
    emendamento.disposto = disposto(testo, operazioni)
    emendamento.sintesi = sintesi(testo, operazioni)[:300]


def _verifica_apertura(accordo: Accordo, versione: Versione) -> None:
    if mancanze := list(aperte(accordo, versione)):
        raise ErroreDominio("Non si può proporre ora.", mancanze)


def crea_emendamento(
    versione: Versione,
    operazioni: Sequence[Operazione | dict[str, Any]],
    motivazione: str,
    *,
    da: Agente,
) -> Emendamento:
    """Write a draft amendment of the person's body. It is seen by that body only until it is presented."""
    accordo = versione.accordo
    if not permessi.puo_emendare(da, accordo) or da.ente is None:
        raise NonAutorizzato("Gli emendamenti li propongono gli enti sottoscrittori, esclusa chi coordina.")
    if not motivazione.strip():
        raise ErroreDominio("Scrivi perché proponi la modifica: la motivazione è obbligatoria.")
    testo = testo_di(versione)
    scelte = in_operazioni(operazioni)
    verifica_operazioni(testo, scelte)
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        _verifica_apertura(accordo, versione)
        apri_contributo(accordo, da)
        emendamento = Emendamento(
            accordo=accordo,
            versione=versione,
            ente=da.ente,
            autore=da.utente,
            motivazione=motivazione.strip(),
        )
        scrivi_operazioni(emendamento, testo, scelte)
        emendamento.save()
        registra(accordo, da=da, verbo="crea_emendamento", oggetto=emendamento, stato_a=emendamento.stato)
    return emendamento


def modifica_emendamento(
    emendamento: Emendamento,
    operazioni: Sequence[Operazione | dict[str, Any]],
    motivazione: str,
    *,
    revisione: int,
    da: Agente,
) -> Emendamento:
    """Write a draft again. StatoCambiato if a colleague has saved it since `revisione`, or if it is no longer a draft."""
    if not permessi.puo_emendare(da, emendamento.accordo) or not da.agisce_per(emendamento.ente_id):
        raise NonAutorizzato("La proposta è di un altro ente.")
    if not motivazione.strip():
        raise ErroreDominio("Scrivi perché proponi la modifica: la motivazione è obbligatoria.")
    testo = testo_di(emendamento.versione)
    scelte = in_operazioni(operazioni)
    verifica_operazioni(testo, scelte)
    with transaction.atomic():
        accordo = blocca_accordo(emendamento.accordo_id)
        fresco = Emendamento.objects.select_for_update().get(pk=emendamento.pk)
        if fresco.stato != StatoEmendamento.BOZZA:
            raise StatoCambiato(f"La proposta non si modifica più: lo stato è «{fresco.stato_in_parole}».")
        if fresco.revisione != revisione:
            raise StatoCambiato("Nel frattempo un'altra persona del tuo ente ha salvato questa proposta.")
        _verifica_apertura(accordo, fresco.versione)
        fresco.motivazione = motivazione.strip()
        prima = fresco.operazioni
        scrivi_operazioni(fresco, testo, scelte)
        fresco.revisione += 1
        fresco.save()
        if [in_dati(o) for o in scelte] != prima:
            rimetti_alla_firma(fresco, da=da)
        registra(
            accordo, da=da, verbo="modifica_emendamento", oggetto=fresco, stato_da="bozza", stato_a="bozza"
        )
    return fresco


def presenta_emendamento(emendamento: Emendamento, *, da: Agente) -> Evento:
    """Present a draft: all participants see it, and it takes its number for good."""

    def applica(fresco: Emendamento) -> None:
        stesso_luogo = Q(prefisso=fresco.prefisso) | Q(sezione_id=fresco.sezione_id)
        usati = Emendamento.objects.filter(stesso_luogo, accordo=fresco.accordo_id)
        fresco.numero = (usati.aggregate(massimo=Max("numero"))["massimo"] or 0) + 1
        fresco.presentato_il = orologio.adesso()
        fresco.presentato_da = da.utente

    return esegui(emendamento, "presenta_emendamento", da=da, applica=applica)


def scarta_emendamento(emendamento: Emendamento, *, da: Agente) -> Evento:
    """Put a draft aside: it is kept, and shown no more."""
    with transaction.atomic():
        evento = esegui(emendamento, "scarta_emendamento", da=da)
        _chiudi_attese(emendamento, "La proposta è stata scartata.", da)
    return evento


def ritira_emendamento(emendamento: Emendamento, motivazione: str, *, da: Agente) -> Evento:
    """Withdraw a presented amendment, by its body, with a reason.

    It is final, unless one of those who have signed it makes it its own.
    """
    with transaction.atomic():
        evento = esegui(
            emendamento,
            "ritira_emendamento",
            da=da,
            motivazione=motivazione,
            applica=_esito(motivazione, da, proponente=True),
        )
        segui_emendamento(emendamento, da)
        dopo_il_ritiro(emendamento)
        _chiudi_attese(emendamento, "L'emendamento è stato ritirato da chi lo ha proposto.", da)
    return evento


def _chiudi_attese(emendamento: Emendamento, perche: str, da: Agente) -> None:
    """Close what waits for an answer on an amendment that is there no more."""
    from bozze.servizi.riformulazioni import lascia_cadere
    from bozze.servizi.riporto import chiudi_riporto_di

    lascia_cadere(emendamento, perche, da=da)
    chiudi_riporto_di(emendamento, perche, da=da)


def _esito(motivazione: str, da: Agente, *, proponente: bool = False) -> Callable[[Emendamento], None]:
    def applica(fresco: Emendamento) -> None:
        fresco.motivazione_esito = motivazione.strip()
        fresco.deciso_il = orologio.adesso()
        fresco.deciso_da = da.utente
        fresco.a_causa_di = None
        fresco.perche_accantonato = ""
        fresco.ritirato_dal_proponente = proponente

    return applica


# ---------------------------------------------------------------------------------------------- each body's part
def contributo_di(accordo: Accordo, da: Agente) -> Contributo | None:
    """Return the row of the person's body, made by the first who needs it if the body joined late."""
    if not permessi.puo_osservare(da, accordo) or da.ente is None:
        return None
    return Contributo.objects.get_or_create(accordo=accordo, ente=da.ente)[0]


def apri_contributo(accordo: Accordo, da: Agente) -> None:
    """Note that the body has begun; refuse if it has already confirmed."""
    contributo = contributo_di(accordo, da)
    if contributo is None:
        return
    if contributo.stato == StatoContributo.CONFERMATO:
        raise ErroreDominio(
            "Il tuo ente ha già confermato le osservazioni. Per aggiungerne, chi lo rappresenta le riapre."
        )
    if contributo.stato == StatoContributo.DA_FARE and da.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE):
        esegui(contributo, "avvia_contributo", da=da)


def bozze_di(contributo: Contributo) -> tuple[list[Emendamento], list[Osservazione]]:
    """Return what the body has written and not presented."""
    chi = {"accordo": contributo.accordo_id, "ente": contributo.ente_id}
    return (
        list(Emendamento.objects.filter(**chi, stato=StatoEmendamento.BOZZA).order_by("ordine", "pk")),
        list(Osservazione.objects.filter(**chi, stato=StatoOsservazione.BOZZA).order_by("ordine", "pk")),
    )


def conferma_contributo(contributo: Contributo, *, da: Agente) -> Evento:
    """Confirm, in one action: all the body's drafts are presented; if it has none and had none, it declares so."""
    from bozze.servizi.osservazioni import presenta_osservazione

    with transaction.atomic():
        blocca_accordo(contributo.accordo_id)
        emendamenti, osservazioni = bozze_di(contributo)
        for emendamento in emendamenti:
            presenta_emendamento(emendamento, da=da)
        for osservazione in osservazioni:
            presenta_osservazione(osservazione, da=da)
        chi = {"accordo": contributo.accordo_id, "ente": contributo.ente_id}
        quanti = Emendamento.objects.filter(**chi).exclude(numero=None).count()
        quante = Osservazione.objects.filter(**chi).exclude(presentata_il=None).count()

        def applica(fresco: Contributo) -> None:
            fresco.confermato_il = orologio.adesso()
            fresco.confermato_da = da.utente
            fresco.senza_proposte = not quanti and not quante

        return esegui(
            contributo,
            "conferma_contributo",
            da=da,
            dati={"emendamenti": quanti, "osservazioni": quante},
            applica=applica,
        )


def riapri_contributo(contributo: Contributo, motivazione: str, *, da: Agente) -> Evento:
    """Open the body's part again, with a reason. What was presented stays presented."""

    def applica(fresco: Contributo) -> None:
        fresco.confermato_il = None
        fresco.confermato_da = None
        fresco.senza_proposte = False

    return esegui(contributo, "riapri_contributo", da=da, motivazione=motivazione, applica=applica)
