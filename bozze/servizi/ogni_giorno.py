"""What is done every day without anybody asking: what is ready, or awaited, is reminded before its day has passed."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import ConVita, blocca_accordo
from accordo.iter.registro import registra
from bozze.interrogazioni.emendamenti import FASE_OSSERVAZIONI, scadenza
from bozze.models import Emendamento, Osservazione, Riformulazione, Riporto
from bozze.stati import StatoEmendamento, StatoOsservazione
from bozze.stati_esame import StatoRiformulazione, StatoRiporto

GIORNI_PRIMA = 2


def _fra_poco() -> tuple[date, date]:
    oggi = orologio.oggi()
    return oggi, oggi + timedelta(days=GIORNI_PRIMA)


def ricorda_le_proposte() -> list[Accordo]:
    """Write to who represents a body that has drafts not presented yet, once for each deadline, two days before it.

    The registro says that it was done, not to whom: a draft is its body's own business.
    """
    oggi, limite = _fra_poco()
    ricordati = []
    for trovato in Accordo.objects.filter(fase=FASE_OSSERVAZIONI).order_by("pk"):
        with transaction.atomic():
            accordo = blocca_accordo(trovato.pk)
            termine = scadenza(accordo)
            if (
                termine is None
                or not oggi <= termine <= limite
                or not fasi.in_fase(accordo, FASE_OSSERVAZIONI)
            ):
                continue
            enti = {
                *Emendamento.objects.filter(accordo=accordo, stato=StatoEmendamento.BOZZA).values_list(
                    "ente", flat=True
                ),
                *Osservazione.objects.filter(accordo=accordo, stato=StatoOsservazione.BOZZA).values_list(
                    "ente", flat=True
                ),
            }
            if not enti or _gia_fatto(accordo, "ricorda_proposte", accordo, termine.isoformat()):
                continue
            avvisa(
                enti,
                oggetto=f"{accordo.titolo}: proposte da presentare entro il {termine:%d/%m/%Y}",
                testo=(
                    "Il tuo ente ha preparato proposte sulla bozza che non sono ancora presentate. "
                    f"Chi lo rappresenta le presenta entro il {termine:%d/%m/%Y}: dopo non si può più."
                ),
                url=reverse("bozze:contributo", args=[accordo.slug]),
                ruoli=(Ruolo.RAPPRESENTANTE,),
            )
            registra(
                accordo,
                da=None,
                verbo="ricorda_proposte",
                oggetto=accordo,
                dati={"termine": termine.isoformat()},
            )
            ricordati.append(accordo)
    return ricordati


def ricorda_le_risposte() -> list[Riformulazione | Riporto]:
    """Write to who is to answer a reformulation, or a text that changed, within two days: once for each day set."""
    quando = _fra_poco()
    con = ("emendamento__accordo", "emendamento__ente")
    aperti: list[Riformulazione | Riporto] = [
        *Riformulazione.objects.filter(
            stato=StatoRiformulazione.PROPOSTA, entro__range=quando
        ).select_related(*con),
        *Riporto.objects.filter(stato=StatoRiporto.IN_ATTESA, entro__range=quando).select_related(*con),
    ]
    fatti = []
    for voce in aperti:
        with transaction.atomic():
            accordo = blocca_accordo(voce.emendamento.accordo_id)
            ancora = type(voce)._base_manager.filter(pk=voce.pk, stato=voce.stato, entro=voce.entro)
            if not ancora.exists() or _gia_fatto(accordo, "ricorda_risposte", voce, voce.entro.isoformat()):
                continue
            _manda(voce)
            registra(
                accordo,
                da=None,
                verbo="ricorda_risposte",
                oggetto=voce,
                dati={"termine": voce.entro.isoformat()},
            )
            fatti.append(voce)
    return fatti


def _manda(voce: Riformulazione | Riporto) -> None:
    emendamento = voce.emendamento
    quale = (
        f"l'emendamento {emendamento.sigla}" if emendamento.numero else f"la proposta su {emendamento.dove}"
    )
    che_cosa = (
        "c'è una riformulazione che aspetta il consenso del tuo ente"
        if isinstance(voce, Riformulazione)
        else "il testo è cambiato e l'ente deve dire se lo conferma, lo riscrive o lo ritira"
    )
    avvisa(
        [emendamento.ente_id],
        oggetto=f"Entro il {voce.entro:%d/%m/%Y} serve una risposta per {quale}",
        testo=f"Per {quale} {che_cosa}. Chi rappresenta l'ente risponde entro il {voce.entro:%d/%m/%Y}.",
        url=voce.get_absolute_url(),
        ruoli=(Ruolo.RAPPRESENTANTE,),
    )


def _gia_fatto(accordo: Accordo, verbo: str, oggetto: ConVita, termine: str) -> bool:
    eventi = Evento.objects.filter(
        accordo=accordo, oggetto_tipo=oggetto._meta.label_lower, oggetto_id=str(oggetto.pk), verbo=verbo
    )
    return any(dati.get("termine") == termine for dati in eventi.values_list("dati", flat=True))
