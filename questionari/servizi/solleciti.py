"""Reminding the bodies that have not sent: only those, not too often, not too many times."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import avvisi, fasi, permessi
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from questionari import interrogazioni
from questionari.models import Compilazione, Questionario
from questionari.stati import FASE, StatoCompilazione


def da_sollecitare(questionario: Questionario) -> QuerySet[Compilazione]:
    """Those that have not sent, were last reminded long enough ago, and not yet as often as may be."""
    adesso = timezone.localtime(orologio.adesso())
    oggi = adesso.replace(hour=0, minute=0, second=0, microsecond=0)
    limite = oggi - timedelta(days=questionario.sollecito_ogni - 1)
    return (
        interrogazioni.non_inviate(questionario.accordo)
        .filter(
            Q(sollecitata_il__isnull=True) | Q(sollecitata_il__lt=limite),
            solleciti__lt=questionario.solleciti_al_massimo,
        )
        .exclude(stato=StatoCompilazione.IN_TRASCRIZIONE)
    )


def sollecita(accordo: Accordo, *, da: Agente) -> list[Compilazione]:
    """Remind the bodies that may be reminded today; return whom."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("I solleciti spettano a chi coordina l'accordo.")
    fasi.richiedi_fase(accordo, FASE)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        questionario = interrogazioni.questionario_aperto(accordo)
        scelte = list(da_sollecitare(questionario)) if questionario is not None else []
        if questionario is None or not scelte:
            raise ErroreDominio(
                "Nessuno da sollecitare: chi non ha ancora inviato ha già avuto un sollecito di recente, o tutti quelli "
                "previsti."
            )
        da_sollecitare(questionario).order_by().update(
            sollecitata_il=orologio.adesso(), solleciti=F("solleciti") + 1
        )
        registra(accordo, da=da, verbo="sollecita", dati={"enti": [c.ente.codice for c in scelte]})
        termine = fasi.scadenza(accordo, FASE)
        entro = f" Il termine è il {termine:%d/%m/%Y}." if termine else ""
        avvisi.avvisa(
            [c.ente for c in scelte],
            oggetto="Il questionario aspetta la vostra risposta",
            testo=f"{accordo.titolo}: il vostro ente non ha ancora inviato il questionario.{entro}",
            url=reverse("questionari:questionario", args=[accordo.slug]),
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )
    return scelte


def regola_solleciti(questionario: Questionario, *, ogni: int, al_massimo: int, da: Agente) -> None:
    """Say how often, and how many times, a body is reminded."""
    if not permessi.coordina(da, questionario.accordo):
        raise NonAutorizzato("I solleciti li regola chi coordina l'accordo.")
    with transaction.atomic():
        blocca_accordo(questionario.accordo_id)
        questionario.sollecito_ogni, questionario.solleciti_al_massimo = ogni, al_massimo
        questionario.save(update_fields=["sollecito_ogni", "solleciti_al_massimo"])
        registra(
            questionario.accordo,
            da=da,
            verbo="regola_solleciti",
            oggetto=questionario,
            dati={"ogni_giorni": ogni, "al_massimo": al_massimo},
        )
