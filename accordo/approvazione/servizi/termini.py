"""Deadlines and reminders of phase 8: a late act is taken, and the registro says that it came late."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accordo.approvazione import interrogazioni
from accordo.approvazione.models import Approvazione
from accordo.approvazione.scadenze import vicina_la_scadenza
from accordo.approvazione.stati import StatoApprovazione
from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra

GIORNI_FRA_DUE_SOLLECITI = 3
GIORNI_PRIMA = 7
"""A body is late from a week before the deadline: an organ that has not met by then may miss it."""
FASE = "approvazione"
_FERMI = (StatoApprovazione.IN_ATTESA, StatoApprovazione.IN_ISTRUTTORIA, StatoApprovazione.APPROVATO)


def oltre_il_termine(approvazione: Approvazione) -> dict[str, bool]:
    """Return what the registro says of an act or a signature that comes after the deadline."""
    tardi = not approvazione.successiva and fasi.scaduta(approvazione.accordo, FASE)
    return {"dopo_la_scadenza": True} if tardi else {}


def comincia_il_ritardo(accordo: Accordo) -> date | None:
    """Return the day from which a body that has not signed is late; None without a deadline."""
    termine = fasi.scadenza(accordo, FASE)
    return termine - timedelta(days=GIORNI_PRIMA) if termine else None


def da_sollecitare(accordo: Accordo) -> list[Approvazione]:
    """Return who is late and was not reminded in the last days: not who has sent remarks, which wait for an answer."""
    documento = interrogazioni.documento_attuale(accordo)
    inizio = comincia_il_ritardo(accordo)
    if documento is None or inizio is None or orologio.oggi() < inizio or not fasi.in_fase(accordo, FASE):
        return []
    da_poco = orologio.adesso() - timedelta(days=GIORNI_FRA_DUE_SOLLECITI)
    return list(
        interrogazioni.firmatari_richiesti(documento)
        .filter(Q(sollecitata_il__isnull=True) | Q(sollecitata_il__lte=da_poco), stato__in=_FERMI)
        .select_related("ente")
        .order_by("ente__denominazione")
    )


def sollecita(accordo: Accordo, *, da: Agente) -> list[Approvazione]:
    """Write to the people of the bodies that are late; return whom. Each body once every few days at most."""
    if not coordina(da, accordo):
        raise NonAutorizzato("I solleciti spettano a chi coordina l'accordo.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        tardi = da_sollecitare(accordo)
        if not tardi:
            raise ErroreDominio(
                "Nessuno da sollecitare: chi manca non è ancora in ritardo, oppure è stato sollecitato "
                f"negli ultimi {GIORNI_FRA_DUE_SOLLECITI} giorni."
            )
        Approvazione.objects.filter(pk__in=[a.pk for a in tardi]).update(sollecitata_il=orologio.adesso())
        termine = fasi.scadenza(accordo, FASE)
        for manca, gruppo in _per_cosa_manca(tardi).items():
            avvisa(
                [a.ente_id for a in gruppo],
                oggetto=f"{accordo.titolo}: manca {manca}",
                testo=f"Il termine per atti e firme è il {termine:%d/%m/%Y}. Per il tuo ente manca ancora {manca}.",
                url=reverse("approvazione:quadro", args=[accordo.slug]),
                ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
            )
        registra(accordo, da=da, verbo="sollecita_atti", dati={"enti": [a.ente.codice for a in tardi]})
    return tardi


def ricorda_scadenze() -> list[Accordo]:
    """Write to who coordinates each accord that expires within six months, once for each accord; return them."""
    vicini = []
    for accordo in Accordo.objects.filter(
        sottoscritto_il__isnull=False, durata_mesi__isnull=False, scadenza_ricordata_il__isnull=True
    ).select_related("promotore"):
        if not vicina_la_scadenza(accordo, orologio.oggi()):
            continue
        with transaction.atomic():
            blocca_accordo(accordo.pk)
            libero = Accordo.objects.filter(pk=accordo.pk, scadenza_ricordata_il__isnull=True)
            if not libero.update(scadenza_ricordata_il=orologio.oggi()):
                continue
            avvisa(
                [accordo.promotore_id],
                oggetto=f"L'accordo sta per scadere: {accordo.titolo}",
                testo=f"L'accordo vale fino al {accordo.scade_il:%d/%m/%Y}.",
                url=reverse("approvazione:quadro", args=[accordo.slug]),
                ruoli=(Ruolo.COORDINATORE,),
            )
            registra(
                accordo,
                da=None,
                verbo="ricorda_scadenza",
                dati={"scade_il": accordo.scade_il.isoformat() if accordo.scade_il else None},
            )
        vicini.append(accordo)
    return vicini


def _per_cosa_manca(approvazioni: list[Approvazione]) -> dict[str, list[Approvazione]]:
    gruppi: dict[str, list[Approvazione]] = {}
    for approvazione in approvazioni:
        manca = "la firma" if approvazione.stato == StatoApprovazione.APPROVATO else "l'atto di approvazione"
        gruppi.setdefault(manca, []).append(approvazione)
    return gruppi
