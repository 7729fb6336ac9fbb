"""Other words for an amendment, put to whoever proposed it. Without their consent the amendment stays as it was."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra
from bozze.interrogazioni.emendamenti import testo_di, versione_emendabile
from bozze.models import Emendamento, Riformulazione
from bozze.redazione import riformula
from bozze.requisiti import esame as requisiti
from bozze.requisiti.firme import subemendamenti_decisi
from bozze.servizi.accantonamento import accantona_e_riprendi
from bozze.servizi.chi_coordina import dillo_a_chi_coordina
from bozze.servizi.emendamenti import disposto, in_operazioni, verifica_operazioni
from bozze.servizi.motivi import annota_motivo
from bozze.stati_esame import StatoRiformulazione
from bozze.testo.albero import Testo
from bozze.testo.operazioni import Operazione, in_dati

GIORNI = 7
"""How long a proposer has to answer, unless told otherwise."""

Parole = str | Sequence[Operazione | dict[str, Any]]


def proponi_riformulazione(
    emendamento: Emendamento,
    parole: Parole | None,
    motivazione: str,
    *,
    entro: date | None = None,
    da: Agente,
) -> Riformulazione:
    """Put other words to the proposer of an amendment, who answers by `entro`. `parole`: words, or operations."""
    motivazione = motivazione.strip()
    if not motivazione:
        raise ErroreDominio("Serve una motivazione scritta: la legge chi ha proposto l'emendamento.")
    testo = testo_di(emendamento.versione)
    nuove = _riformulate(testo, emendamento, parole)
    giorno = entro or orologio.oggi() + timedelta(days=GIORNI)
    if giorno < orologio.oggi():
        raise ErroreDominio("Il termine per rispondere è già passato: scegli un giorno da oggi in poi.")
    with transaction.atomic():
        accordo = blocca_accordo(emendamento.accordo_id)
        if not coordina(da, accordo):
            raise NonAutorizzato("Le riformulazioni le propone chi coordina l'accordo.")
        fresco = Emendamento.objects.select_for_update().get(pk=emendamento.pk)
        if mancanze := _perche_no(fresco, nuove):
            raise ErroreDominio("La riformulazione non si può proporre.", mancanze)
        proposta = Riformulazione(
            emendamento=fresco,
            versione_id=fresco.versione_id,
            operazioni=[in_dati(o) for o in nuove],
            disposto=disposto(testo, nuove),
            motivazione=motivazione,
            entro=giorno,
            aperto_da=da.utente,
        )
        proposta.save()
        annota_motivo(accordo, motivazione)
        registra(
            accordo,
            da=da,
            verbo="proponi_riformulazione",
            oggetto=proposta,
            stato_a=proposta.stato,
            motivazione=motivazione,
            dati={"operazioni": proposta.operazioni, "entro": giorno.isoformat()},
        )
        avvisa(
            [fresco.ente_id],
            oggetto=f"Una riformulazione per il tuo emendamento {fresco.sigla}",
            testo=(
                f"Chi coordina l'accordo propone di accogliere l'emendamento {fresco.sigla} con altre parole:\n\n"
                f"{proposta.disposto}\n\nPerché: {motivazione}\n\n"
                f"Chi rappresenta l'ente risponde entro il {giorno:%d/%m/%Y}: senza il suo consenso l'emendamento "
                "resta com'è."
            ),
            url=proposta.get_absolute_url(),
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )
    return proposta


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


def _perche_no(emendamento: Emendamento, nuove: Sequence[Operazione]) -> list[Mancanza]:
    mancanze = [*requisiti.esame_aperto(emendamento), *requisiti.sulla_versione_in_esame(emendamento)]
    if not emendamento.aperto:
        stato = emendamento.get_stato_display().lower()
        mancanze.append(Mancanza(f"L'emendamento è {stato}: prima rimettilo in esame."))
    if in_corso(emendamento) is not None:
        mancanze.append(Mancanza("C'è già una riformulazione che aspetta risposta: prima ritirala."))
    mancanze += subemendamenti_decisi(emendamento)
    emendamento.riformulazione = [in_dati(o) for o in nuove]
    mancanze += requisiti.nessuna_collisione_accolta(emendamento)
    emendamento.riformulazione = None
    return mancanze


def in_corso(emendamento: Emendamento) -> Riformulazione | None:
    """Return the reformulation that waits for an answer, if there is one."""
    return emendamento.riformulazioni.filter(stato=StatoRiformulazione.PROPOSTA).first()


# ---------------------------------------------------------------------------------------------- the answers
def accetta_riformulazione(riformulazione: Riformulazione, risposta: str = "", *, da: Agente) -> Evento:
    """Agree, by whoever represents the proposer: the amendment is accepted with these words."""
    with transaction.atomic():
        blocca_accordo(riformulazione.emendamento.accordo_id)
        evento = esegui(
            riformulazione,
            "accetta_riformulazione",
            da=da,
            motivazione=risposta,
            applica=_risponde(risposta, da),
        )
        emendamento = Emendamento.objects.select_related("versione__accordo").get(
            pk=riformulazione.emendamento_id
        )

        def applica(fresco: Emendamento) -> None:
            fresco.motivazione_esito = riformulazione.motivazione
            fresco.deciso_il = orologio.adesso()
            fresco.deciso_da = riformulazione.aperto_da
            fresco.riformulazione = riformulazione.operazioni
            fresco.disposto_riformulato = riformulazione.disposto
            fresco.a_causa_di = None
            fresco.perche_accantonato = ""

        esegui(
            emendamento,
            "riformula",
            da=da,
            motivazione=riformulazione.motivazione,
            dati={"riformulazione": riformulazione.operazioni},
            applica=applica,
        )
        accantona_e_riprendi(emendamento.versione, da=da)
        _dillo_a_chi_coordina(riformulazione, "ha accettato la riformulazione", risposta)
    return evento


def rifiuta_riformulazione(riformulazione: Riformulazione, risposta: str, *, da: Agente) -> Evento:
    """Do not agree, with the proposer's own words: the amendment goes back to the coordinator as it was."""
    with transaction.atomic():
        evento = esegui(
            riformulazione,
            "rifiuta_riformulazione",
            da=da,
            motivazione=risposta,
            applica=_risponde(risposta, da),
        )
        _dillo_a_chi_coordina(riformulazione, "non ha accettato la riformulazione", risposta)
    return evento


def ritira_riformulazione(riformulazione: Riformulazione, motivazione: str, *, da: Agente) -> Evento:
    """Take the proposal back, by the coordinator, with a reason: the amendment is to be decided again."""
    with transaction.atomic():
        evento = esegui(
            riformulazione,
            "ritira_riformulazione",
            da=da,
            motivazione=motivazione,
            applica=_risponde(motivazione, da),
        )
        emendamento = riformulazione.emendamento
        avvisa(
            [emendamento.ente_id],
            oggetto=f"Ritirata la riformulazione dell'emendamento {emendamento.sigla}",
            testo=f"Chi coordina l'accordo ha ritirato la riformulazione proposta. {motivazione.strip()}",
            url=emendamento.get_absolute_url(),
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )
    return evento


def lascia_cadere(emendamento: Emendamento, perche: str, *, da: Agente) -> None:
    """Close what waits for an answer on an amendment that has gone another way. In the caller's transaction."""
    if (aperta := in_corso(emendamento)) is None:
        return
    _risponde(perche, da)(aperta)
    aperta.stato = StatoRiformulazione.RITIRATA
    aperta.revisione += 1
    aperta.save()
    registra(
        emendamento.accordo,
        da=da,
        verbo="ritira_riformulazione",
        oggetto=aperta,
        stato_da="proposta",
        stato_a="ritirata",
        motivazione=perche,
    )


def riporta_riformulazione(emendamento: Emendamento, *, da: Agente) -> None:
    """Bring the proposal that waits along with its amendment, carried to another version, or close it if it does not fit."""
    aperta = in_corso(emendamento)
    versione = versione_emendabile(emendamento.accordo)
    if aperta is None or versione is None:
        return
    testo = testo_di(versione)
    try:
        nuove = in_operazioni(aperta.operazioni)
        verifica_operazioni(testo, nuove)
    except ErroreDominio:
        lascia_cadere(emendamento, "Il testo è cambiato: le nuove parole non vi stanno più.", da=da)
        return
    aperta.versione = versione
    aperta.disposto = disposto(testo, nuove)
    aperta.save()


def _risponde(risposta: str, da: Agente) -> Callable[[Riformulazione], None]:
    def applica(fresca: Riformulazione) -> None:
        fresca.risposta = risposta.strip()
        fresca.risposta_il = orologio.adesso()
        fresca.risposta_da = da.utente

    return applica


def _dillo_a_chi_coordina(riformulazione: Riformulazione, che_cosa: str, risposta: str) -> None:
    emendamento = riformulazione.emendamento
    dillo_a_chi_coordina(
        emendamento.accordo,
        f"Emendamento {emendamento.sigla}: {emendamento.ente.nome_breve} {che_cosa}",
        f"{emendamento.ente.denominazione} {che_cosa} dell'emendamento {emendamento.sigla}.\n\n{risposta}",
        emendamento.get_absolute_url(),
    )
