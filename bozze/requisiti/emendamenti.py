"""What is missing: before the phases 6 and 7 end, and before each step of a remark or an amendment."""

from collections.abc import Iterator

from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import Mancanza
from accordo.base.parole import elenca
from accordo.enti.models import TipoEnte
from accordo.iter import fasi
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo, Partecipazione, StatoPartecipazione, Veste
from bozze.interrogazioni.emendamenti import (
    FASE_OSSERVAZIONI,
    aperte,
    definitiva_pubblicata,
    rimasti_indietro,
    versione_emendabile,
)
from bozze.interrogazioni.firme import da_fare_propri, termine_per_fare_proprio
from bozze.models import Contributo, Emendamento, Osservazione
from bozze.requisiti.firme import subemendamenti_decisi as subemendamenti_decisi  # named by the life
from bozze.stati import APERTI, StatoContributo, StatoEmendamento

_MOSTRATI = 12


# ---------------------------------------------------------------------------------------------- the phases
def contributi_confermati(accordo: Accordo) -> Iterator[Mancanza]:
    """Phase 6: every signatory has confirmed. After the deadline the coordinator may go on, with a written reason."""
    confermati = Contributo.objects.filter(accordo=accordo, stato=StatoContributo.CONFERMATO).values("ente")
    mancano = [p.ente for p in enti_consultati(accordo).exclude(ente__in=confermati)]
    if not mancano:
        return
    comuni = all(ente.tipo == TipoEnte.COMUNE for ente in mancano)
    if len(mancano) == 1:
        chi = f"Un {'Comune' if comuni else 'ente'} non ha confermato"
    else:
        chi = f"{len(mancano)} {'Comuni' if comuni else 'enti'} non hanno confermato"
    yield Mancanza(
        f"{chi} le osservazioni: {elenca([ente.nome_breve for ente in mancano], _MOSTRATI)}.",
        url=reverse("bozze:contributi", args=[accordo.slug]),
        superabile=fasi.scaduta(accordo, FASE_OSSERVAZIONI),
    )


def emendamenti_decisi(accordo: Accordo) -> Iterator[Mancanza]:
    """Phase 7: no presented amendment is without an outcome."""
    versione = versione_emendabile(accordo)
    if versione is None:
        return
    aperti = list(
        Emendamento.objects.filter(versione=versione, stato__in=APERTI).order_by("sezione_ordine", "numero")
    )
    url = reverse("bozze:esame", args=[accordo.slug])
    parcheggiati = [e.sigla for e in aperti if e.stato == StatoEmendamento.ACCANTONATO]
    if sigle := [e.sigla for e in aperti if e.stato == StatoEmendamento.PRESENTATO]:
        cosa = (
            "Un emendamento è da decidere"
            if len(sigle) == 1
            else f"{len(sigle)} emendamenti sono da decidere"
        )
        yield Mancanza(f"{cosa}: {elenca(sigle, _MOSTRATI)}.", url=url)
    if parcheggiati:
        cosa = (
            "Un emendamento accantonato aspetta"
            if len(parcheggiati) == 1
            else f"{len(parcheggiati)} emendamenti accantonati aspettano"
        )
        yield Mancanza(
            f"{cosa} un esito (precluso, assorbito, respinto): {elenca(parcheggiati, _MOSTRATI)}.",
            url=reverse("bozze:insieme", args=[accordo.slug]) + "?stato=accantonato",
        )
    for emendamento in da_fare_propri(accordo):
        termine = termine_per_fare_proprio(emendamento)
        if termine is not None and orologio.oggi() <= termine:
            yield Mancanza(
                f"L'emendamento {emendamento.sigla} è ritirato, ma chi lo ha sottoscritto può farlo proprio "
                f"fino al {termine:%d/%m/%Y}.",
                url=emendamento.get_absolute_url(),
                superabile=True,
            )
    indietro = [emendamento.sigla for emendamento in rimasti_indietro(accordo, versione)]
    if indietro:
        cosa = (
            "Un emendamento è rimasto" if len(indietro) == 1 else f"{len(indietro)} emendamenti sono rimasti"
        )
        yield Mancanza(
            f"{cosa} su una versione precedente, perché il testo è cambiato: {elenca(indietro, _MOSTRATI)}.",
            url=reverse("bozze:riporti", args=[accordo.slug]),
        )


def proposta_definitiva(accordo: Accordo) -> Iterator[Mancanza]:
    """Phase 7: every amendment is decided, and the final version published."""
    if definitiva_pubblicata(accordo):
        return
    yield from emendamenti_decisi(accordo)
    yield Mancanza(
        "La proposta definitiva non è pubblicata.",
        url=reverse("bozze:pubblica_definitiva", args=[accordo.slug]),
    )


# ---------------------------------------------------------------------------------------------- a remark or amendment
def osservazioni_aperte(oggetto: Emendamento | Osservazione | Contributo) -> Iterator[Mancanza]:
    """The phase is the sixth and the deadline has not passed, now that it is written; the version is still the one."""
    versione = (
        oggetto.versione if not isinstance(oggetto, Contributo) else versione_emendabile(oggetto.accordo)
    )
    if versione is None:
        yield Mancanza("Non c'è ancora un testo pubblicato.")
    else:
        yield from aperte(oggetto.accordo, versione)


def puo_emendare(emendamento: Emendamento) -> Iterator[Mancanza]:
    """The body is still a signatory that takes part, and is not the promoter."""
    firma = (
        Partecipazione.objects.filter(
            accordo=emendamento.accordo_id, ente=emendamento.ente_id, veste=Veste.SOTTOSCRITTORE
        )
        .exclude(stato=StatoPartecipazione.NON_PARTECIPA)
        .exists()
    )
    if not firma or emendamento.ente_id == emendamento.accordo.promotore_id:
        yield Mancanza(
            "Gli emendamenti li presentano gli enti sottoscrittori, escluso chi promuove l'accordo."
        )


def non_ancora_definitiva(oggetto: Emendamento | Osservazione) -> Iterator[Mancanza]:
    """The final version is not out yet."""
    if definitiva_pubblicata(oggetto.accordo):
        yield Mancanza("La proposta definitiva è pubblicata: non si può più cambiare.")
