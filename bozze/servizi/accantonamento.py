"""Parking the losers of a collision, and bringing them back.

Which amendments are parked is a function of the decisions alone (`Tavolo.accantonati`): after each decision it is computed
afresh and what differs is written, so that no sequence of decisions and second thoughts leaves a trace of the way.
"""

from collections import defaultdict

from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.registro import Passo, registra_tutti
from bozze.incontri import Tavolo, tavolo
from bozze.interrogazioni.emendamenti import presentati, testo_di, versione_emendabile
from bozze.models import Emendamento, Versione
from bozze.stati import StatoEmendamento

_CAMPI = ("stato", "revisione", "a_causa_di", "perche_accantonato")


def tavolo_di(versione: Versione) -> Tavolo:
    """Read all that is presented on a version, and find who meets whom."""
    return tavolo(testo_di(versione), presentati(versione))


def accantona_e_riprendi(
    versione: Versione, *, da: Agente, letto: Tavolo | None = None
) -> tuple[list[Emendamento], list[Emendamento]]:
    """Bring the parked amendments of a version in line with what is accepted; return those parked and those brought back.

    In the caller's transaction, with the accord locked. `letto`: the table as it is now, if the caller has it.
    """
    attuale = letto or tavolo_di(versione)
    dovuti = attuale.accantonati()
    nuovi: defaultdict[int, list[Emendamento]] = defaultdict(list)
    ripresi: list[Emendamento] = []
    toccati: list[Emendamento] = []
    for emendamento in attuale.emendamenti:
        if not emendamento.aperto:
            continue
        incontro = dovuti.get(emendamento.pk)
        parcheggiato = emendamento.stato == StatoEmendamento.ACCANTONATO
        if incontro is None:
            if parcheggiato:
                _scrivi(emendamento, StatoEmendamento.PRESENTATO, None, "")
                ripresi.append(emendamento)
                toccati.append(emendamento)
            continue
        come_prima = (emendamento.a_causa_di_id, emendamento.perche_accantonato) == (
            incontro.altro.pk,
            incontro.motivo,
        )
        if not parcheggiato:
            nuovi[incontro.altro.pk].append(emendamento)
        if not parcheggiato or not come_prima:
            _scrivi(emendamento, StatoEmendamento.ACCANTONATO, incontro.altro, incontro.motivo)
            toccati.append(emendamento)
    if toccati:
        Emendamento.objects.bulk_update(toccati, _CAMPI, batch_size=500)
    _annota(versione.accordo, nuovi, ripresi, da)
    return [e for gruppo in nuovi.values() for e in gruppo], ripresi


def rimetti_in_riga(emendamento: Emendamento, da: Agente) -> None:
    """After an open amendment came back, or says something else: to the text in examination, and parked if it must be."""
    from bozze.servizi.riporto import riporta

    versione = versione_emendabile(emendamento.accordo)
    if versione is None:
        return
    if versione.pk != emendamento.versione_id:
        riporta(emendamento.accordo, versione, da=da)
    accantona_e_riprendi(versione, da=da)


def _scrivi(
    emendamento: Emendamento, stato: StatoEmendamento, causa: Emendamento | None, perche: str
) -> None:
    if emendamento.stato != stato:
        emendamento.revisione += 1
    emendamento.stato, emendamento.a_causa_di, emendamento.perche_accantonato = stato, causa, perche


def _annota(
    accordo: Accordo, nuovi: dict[int, list[Emendamento]], ripresi: list[Emendamento], da: Agente
) -> None:
    """Write in the registro, for each amendment parked or brought back, what did it."""
    for gruppo in nuovi.values():
        causa = gruppo[0].a_causa_di
        assert causa is not None
        registra_tutti(
            accordo,
            [Passo(e, "presentato", "accantonato") for e in gruppo],
            da=da,
            verbo="accantona",
            motivazione=f"È stato accolto l'emendamento {causa.sigla}, che non può stare insieme a questo.",
            dati={"a_causa_di": causa.pk},
        )
    if ripresi:
        registra_tutti(
            accordo,
            [Passo(e, "accantonato", "presentato") for e in ripresi],
            da=da,
            verbo="riprende_esame",
            motivazione="Nessun emendamento accolto lo impedisce più.",
        )
