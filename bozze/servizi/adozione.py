"""Adopting what is agreed first: a version with what has been accepted so far, while the rest goes on being examined."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accordo.base.errori import ErroreDominio, Mancanza
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from bozze.interrogazioni.emendamenti import accolti, testo_di, versione_emendabile
from bozze.models import Emendamento, Versione
from bozze.requisiti.esame import esame_chiuso
from bozze.servizi import testo as servizi_testo
from bozze.servizi.accantonamento import accantona_e_riprendi
from bozze.servizi.esame import componi_definitivo
from bozze.servizi.riporto import riporta
from bozze.stati import APERTI
from bozze.testo.albero import Testo
from bozze.testo.consolidamento import NonConsolidabile
from bozze.testo.operazioni import da_dati
from bozze.testo.riporto import perche_no


@dataclass(frozen=True, slots=True)
class Effetto:
    """What adopting now would do, before anything is written."""

    adottati: list[Emendamento]
    passano: list[Emendamento]
    aspettano: list[tuple[Emendamento, str]]
    """The open amendments whose target changes, each with why."""


def _componi(versione: Versione, *, rinumera: bool) -> Testo:
    try:
        return componi_definitivo(versione, rinumera=rinumera)[0]
    except NonConsolidabile as errore:
        raise ErroreDominio(
            "Gli emendamenti accolti non stanno in un solo testo.", [Mancanza(m) for m in errore.motivi]
        ) from errore


def effetto_adozione(versione: Versione, *, rinumera: bool = True) -> Effetto:
    """Return which open amendments would go over as they are, and which would wait."""
    prima, dopo = testo_di(versione), _componi(versione, rinumera=rinumera)
    passano: list[Emendamento] = []
    aspettano: list[tuple[Emendamento, str]] = []
    aperti = Emendamento.objects.filter(versione=versione, stato__in=APERTI).select_related("ente")
    for emendamento in aperti.order_by("sezione_ordine", "numero"):
        perche = perche_no(prima, dopo, [da_dati(d) for d in emendamento.operazioni])
        if perche:
            aspettano.append((emendamento, perche))
        else:
            passano.append(emendamento)
    return Effetto(list(accolti(versione.pk)), passano, aspettano)


def adotta_accolti(
    accordo: Accordo, nota: str = "", *, rinumera: bool = True, entro: date | None = None, da: Agente
) -> Versione:
    """Publish a version with what is accepted so far; the open amendments are carried to it, or wait for their proposer.

    What is decided stays with the version on which it was decided.
    """
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        if mancanze := list(esame_chiuso(accordo)):
            raise ErroreDominio("Non si può adottare ora.", mancanze)
        versione = versione_emendabile(accordo)
        if versione is None or not accolti(versione.pk).exists():
            raise ErroreDominio("Nessun emendamento è accolto: il testo non cambierebbe.")
        nuova = servizi_testo.pubblica_adozione(
            accordo, _componi(versione, rinumera=rinumera), nota, rinumera=rinumera, da=da
        )
        riporta(accordo, nuova, da=da, entro=entro)
        accantona_e_riprendi(nuova, da=da)
    return nuova
