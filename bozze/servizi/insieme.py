"""One outcome and one reason for many amendments, in one action: what cannot be done is said, the rest is done, all can be undone.

The amendments are read once; each decision is taken in memory, in the order of examination, and seen by the next. The
number of queries does not grow with them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo, cosa_manca, esegui_tutti
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra
from bozze.incontri import Tavolo
from bozze.interrogazioni.emendamenti import versione_emendabile
from bozze.models import DecisioneInsieme, Emendamento, Riformulazione, Subemendamento, Versione
from bozze.requisiti.esame import esame_chiuso
from bozze.servizi.accantonamento import accantona_e_riprendi, tavolo_di
from bozze.servizi.esame import VERBI, azzera, causa, esito_scritto, libera, rimetti_in_esame
from bozze.servizi.motivi import annota_motivo
from bozze.servizi.subemendamenti import segui_emendamento
from bozze.stati import ACCOLTI, VITA_EMENDAMENTO, StatoEmendamento
from bozze.stati_esame import StatoRiformulazione

_CAMPI = (
    "motivazione_esito",
    "deciso_il",
    "deciso_da",
    "riformulazione",
    "disposto_riformulato",
    "a_causa_di",
    "perche_accantonato",
)


@dataclass(frozen=True, slots=True)
class Prova:
    """What deciding these amendments together does: those decided, in their order, and those refused, each with why."""

    fatti: list[Emendamento]
    rifiutati: list[tuple[Emendamento, str]]


def prova_insieme(versione: Versione, scelti: Iterable[int], esito: str) -> Prova:
    """Say what would be done, without doing it."""
    letto = _tavolo(versione)
    return _scegli(letto, set(scelti), _stato(esito))[0]


def decidi_insieme(
    accordo: Accordo, scelti: Iterable[int], esito: str, motivazione: str, *, da: Agente
) -> DecisioneInsieme:
    """Write one outcome for all that can have it, in one transaction; return what was done and what was not."""
    stato, chiavi = _stato(esito), set(scelti)
    if not chiavi:
        raise ErroreDominio("Scegli almeno un emendamento.")
    if not motivazione.strip():
        raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        if not coordina(da, accordo):
            raise NonAutorizzato("Sugli emendamenti decide chi coordina l'accordo.")
        versione = versione_emendabile(accordo)
        if versione is None:
            raise ErroreDominio("Non c'è ancora un testo pubblicato.")
        letto = _tavolo(versione)
        if letto.chiuso:
            raise ErroreDominio("Non si può decidere ora.", letto.chiuso)
        prova, cause = _scegli(letto, chiavi, stato)
        if prova.fatti:
            _scrivi(letto, prova.fatti, cause, stato, motivazione, da)
            annota_motivo(accordo, motivazione, volte=len(prova.fatti))
        decisione = DecisioneInsieme(
            accordo=accordo,
            versione=versione,
            esito=stato,
            motivazione=motivazione.strip(),
            presa_il=orologio.adesso(),
            presa_da=da.utente,
            fatte=[[e.pk, e.revisione] for e in prova.fatti],
            rifiutate=[[e.sigla, perche] for e, perche in prova.rifiutati],
        )
        decisione.save()
        registra(
            accordo,
            da=da,
            verbo="decidi_insieme",
            oggetto=decisione,
            motivazione=motivazione,
            dati={
                "esito": str(stato),
                "emendamenti": [e.sigla for e in prova.fatti],
                "rifiutati": [e.sigla for e, _ in prova.rifiutati],
            },
        )
    return decisione


def annulla_insieme(decisione: DecisioneInsieme, motivazione: str, *, da: Agente) -> list[tuple[str, str]]:
    """Take a batch back: what nobody has touched since is to be decided again; return what was not undone, with why."""
    rimasti: list[tuple[str, str]] = []
    with transaction.atomic():
        accordo = blocca_accordo(decisione.accordo_id)
        if not coordina(da, accordo):
            raise NonAutorizzato("Sugli emendamenti decide chi coordina l'accordo.")
        fresca = DecisioneInsieme.objects.select_for_update().get(pk=decisione.pk)
        if fresca.annullata_il is not None:
            raise ErroreDominio("Questa decisione è già stata annullata.")
        letto = _tavolo(fresca.versione)
        ora = {e.pk: e for e in letto.emendamenti}
        da_rifare: list[Emendamento] = []
        for pk, revisione in fresca.fatte:
            emendamento = ora.get(pk) or Emendamento.objects.get(pk=pk)
            if emendamento.stato != fresca.esito or emendamento.revisione != revisione:
                rimasti.append((emendamento.sigla, "Nel frattempo è stato deciso di nuovo."))
            else:
                da_rifare.append(emendamento)
        rimasti += _rimetti(letto, da_rifare, motivazione, da)
        fresca.annullata_il, fresca.annullata_da = orologio.adesso(), da.utente
        fresca.save()
        registra(accordo, da=da, verbo="annulla_insieme", oggetto=fresca, motivazione=motivazione)
    decisione.annullata_il, decisione.annullata_da = fresca.annullata_il, fresca.annullata_da
    return rimasti


def _rimetti(
    letto: Tavolo, da_rifare: list[Emendamento], motivazione: str, da: Agente
) -> list[tuple[str, str]]:
    """Bring these back to be decided; return those that cannot be, with why."""
    if not da_rifare:
        return []
    accordo = da_rifare[0].accordo
    attuale, della_decisione = versione_emendabile(accordo), da_rifare[0].versione
    if attuale is None or attuale.pk != della_decisione.pk:
        return _rimetti_uno_a_uno(da_rifare, motivazione, da)
    erano_accolti = [e for e in da_rifare if e.accolto]
    for emendamento in da_rifare:
        azzera(emendamento)
    esegui_tutti(da_rifare, "rimetti_in_esame", da=da, motivazione=motivazione, campi=_CAMPI)
    _con_i_subemendamenti(da_rifare, da)
    for emendamento in erano_accolti:
        libera(emendamento, da)
    accantona_e_riprendi(della_decisione, da=da)
    return []


def _rimetti_uno_a_uno(da_rifare: list[Emendamento], motivazione: str, da: Agente) -> list[tuple[str, str]]:
    """The text has gone on since: each goes over to it, or waits, or is in it already."""
    rimasti: list[tuple[str, str]] = []
    for emendamento in reversed(da_rifare):
        emendamento.tavolo = None
        try:
            rimetti_in_esame(emendamento, motivazione, da=da)
        except ErroreDominio as errore:
            rimasti.append((emendamento.sigla, " ".join([errore.testo, *(m.testo for m in errore.mancanze)])))
    return rimasti


# ---------------------------------------------------------------------------------------------- in memory
def _stato(esito: str) -> StatoEmendamento:
    if esito not in VERBI:
        raise ErroreDominio("L'esito scelto non si può dare a più emendamenti insieme.")
    return StatoEmendamento(esito)


def _tavolo(versione: Versione) -> Tavolo:
    letto = tavolo_di(versione)
    letto.chiuso = tuple(esame_chiuso(versione.accordo))
    for emendamento in letto.emendamenti:
        emendamento.tavolo = letto
    return letto


def _scegli(
    letto: Tavolo, scelti: set[int], stato: StatoEmendamento
) -> tuple[Prova, dict[int, Emendamento | None]]:
    """Decide in memory, in the order of examination, those that can have the outcome; leave their states as they were."""
    prova, cause = Prova([], []), dict[int, Emendamento | None]()
    fermi = _che_aspettano(scelti, stato)
    prima: list[tuple[Emendamento, str]] = []
    for emendamento in letto.emendamenti:
        if emendamento.pk not in scelti:
            continue
        transizione = VITA_EMENDAMENTO.trova(VERBI[stato], emendamento.stato)
        if transizione is None or not emendamento.aperto:
            perche = f"È già deciso: {emendamento.get_stato_display().lower()}."
        elif emendamento.pk in fermi:
            perche = fermi[emendamento.pk]
        else:
            perche = " ".join(m.testo for m in cosa_manca(emendamento, transizione))
        if perche:
            prova.rifiutati.append((emendamento, perche))
            continue
        cause[emendamento.pk] = causa(letto, emendamento, stato)
        prima.append((emendamento, emendamento.stato))
        emendamento.stato = stato
        prova.fatti.append(emendamento)
    for emendamento, com_era in prima:
        emendamento.stato = com_era
    return prova, cause


def _che_aspettano(scelti: set[int], stato: StatoEmendamento) -> dict[int, str]:
    """Return those that wait for their proposer, or, to be accepted, for their sub-amendments."""
    proposte = Riformulazione.objects.filter(emendamento__in=scelti, stato=StatoRiformulazione.PROPOSTA)
    perche = "Una riformulazione aspetta la risposta di chi lo ha proposto."
    fermi = dict.fromkeys(proposte.values_list("emendamento_id", flat=True), perche)
    if stato in ACCOLTI:
        aperti = Subemendamento.objects.filter(emendamento__in=scelti, stato="presentato")
        for pk in aperti.values_list("emendamento_id", flat=True):
            fermi.setdefault(pk, "Prima si decide sui suoi subemendamenti.")
    return fermi


def _scrivi(
    letto: Tavolo,
    fatti: Sequence[Emendamento],
    cause: dict[int, Emendamento | None],
    stato: StatoEmendamento,
    motivazione: str,
    da: Agente,
) -> None:
    for emendamento in fatti:
        esito_scritto(emendamento, motivazione, da)
        emendamento.a_causa_di = cause[emendamento.pk]
    esegui_tutti(fatti, VERBI[stato], da=da, motivazione=motivazione, campi=_CAMPI)
    _con_i_subemendamenti(fatti, da)
    if stato in ACCOLTI:
        accantona_e_riprendi(fatti[0].versione, da=da, letto=letto)


def _con_i_subemendamenti(emendamenti: Sequence[Emendamento], da: Agente) -> None:
    """The sub-amendments follow their amendments."""
    con_sub = set(
        Subemendamento.objects.filter(emendamento__in=[e.pk for e in emendamenti]).values_list(
            "emendamento_id", flat=True
        )
    )
    for emendamento in emendamenti:
        if emendamento.pk in con_sub:
            segui_emendamento(emendamento, da)
