"""What stands beside an amendment: who signs it, its sub-amendments, and what the person may do about them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accordo.enti.agente import Agente
from accordo.iter.motore import azioni
from bozze import permessi
from bozze.interrogazioni import firme as interrogazioni
from bozze.interrogazioni.emendamenti import aperte
from bozze.models import Emendamento, Sottoscrizione, Subemendamento
from bozze.stati_firme import StatoSottoscrizione, StatoSubemendamento
from bozze.views.comuni import Bottone
from bozze.views.firme import firma_possibile

_PAGINE = {
    "sottoscrivi": "bozze:firma_sottoscrivi",
    "declina_sottoscrizione": "bozze:firma_declina",
    "ritira_firma": "bozze:firma_ritira",
    "fai_proprio": "bozze:fai_proprio",
}


def pannello(emendamento: Emendamento, agente: Agente) -> dict[str, Any]:
    """Return the context of the two sections."""
    proprio = agente.agisce_per(emendamento.ente_id)
    sub = _subemendamenti(emendamento, agente)
    chiusi = list(interrogazioni.aperti_i_subemendamenti(emendamento))
    puo = permessi.puo_emendare(agente, emendamento.accordo)
    return {
        "firme": interrogazioni.cofirmatari(emendamento),
        "invitati": _invitati(emendamento) if proprio else (),
        "richiama": proprio and puo,
        "bottoni_firme": _invita(emendamento) if proprio and puo else _firma(emendamento, agente),
        "sub": sub,
        "subemenda": puo and not chiusi,
        "scadenza_sub": interrogazioni.scadenza_subemendamenti(emendamento.accordo),
        "termine_proprio": interrogazioni.termine_per_fare_proprio(emendamento),
    }


def _invitati(emendamento: Emendamento) -> QuerySet[Sottoscrizione]:
    """Return who was asked to sign and has not, or has no more."""
    stati = (StatoSottoscrizione.DA_FIRMARE, StatoSottoscrizione.DECLINATA, StatoSottoscrizione.RITIRATA)
    return emendamento.sottoscrizioni.filter(stato__in=stati).select_related("ente")


def _subemendamenti(emendamento: Emendamento, agente: Agente) -> QuerySet[Subemendamento]:
    visibili = interrogazioni.subemendamenti_visibili_a(agente, emendamento.accordo)
    return (
        visibili.filter(emendamento=emendamento)
        .exclude(stato=StatoSubemendamento.SCARTATO)
        .order_by("numero", "pk")
    )


def _invita(emendamento: Emendamento) -> list[Bottone]:
    if emendamento.stato not in ("bozza", "presentato") or list(
        aperte(emendamento.accordo, emendamento.versione)
    ):
        return []
    url = reverse("bozze:firma_invita", args=[emendamento.accordo.slug, emendamento.pk])
    return [Bottone("Invita altri enti a sottoscrivere", url, possibile=True)]


def _firma(emendamento: Emendamento, agente: Agente) -> list[Bottone]:
    """Return what the person's body may do as a co-signer. What is not possible for a long time is not shown."""
    firma = firma_possibile(emendamento, agente)
    if firma is None or (emendamento.deciso and firma.stato != StatoSottoscrizione.FIRMATA):
        return []
    return [
        Bottone(
            azione.transizione.etichetta,
            reverse(_PAGINE[azione.transizione.verbo], args=[emendamento.accordo.slug, emendamento.pk]),
            azione.possibile,
            azione.transizione.verbo in ("sottoscrivi", "fai_proprio"),
            " ".join(mancanza.testo for mancanza in azione.mancanze),
        )
        for azione in azioni(firma, agente)
        if (azione.possibile or (azione.transizione.verbo != "fai_proprio" and not emendamento.deciso))
        and (firma.pk is not None or azione.transizione.verbo == "sottoscrivi")
    ]
