"""The planned dates of the phases."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo, FaseAccordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra

CAMPI = ("inizio_previsto", "fine_prevista", "scadenza")


def pianifica(accordo: Accordo, date_previste: Mapping[str, Mapping[str, date | None]], *, da: Agente) -> int:
    """Set the planned dates, by phase code and field (CAMPI); return how many changed, with one entry for all.

    The deadline of a phase that has begun moves only by a proroga, which asks for a reason.
    """
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Le date le cambia chi coordina l'accordo.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        cambiate: dict[str, dict[str, list[str | None]]] = {}
        fasi = list(FaseAccordo.objects.filter(accordo=accordo, codice__in=date_previste))
        for fase in fasi:
            for campo in CAMPI:
                prima, dopo = getattr(fase, campo), date_previste[fase.codice].get(campo)
                if campo not in date_previste[fase.codice] or prima == dopo:
                    continue
                if campo == "scadenza" and fase.inizio_effettivo is not None:
                    raise ErroreDominio(
                        f"La fase «{fase}» è già cominciata: la scadenza si sposta con una proroga."
                    )
                setattr(fase, campo, dopo)
                cambiate.setdefault(fase.codice, {})[campo] = [_iso(prima), _iso(dopo)]
            if fase.inizio_previsto and fase.fine_prevista and fase.fine_prevista < fase.inizio_previsto:
                raise ErroreDominio(f"La fine della fase «{fase}» viene prima dell'inizio.")
        if cambiate:
            FaseAccordo.objects.bulk_update(fasi, CAMPI)
            registra(accordo, da=da, verbo="pianifica", dati={"date": cambiate})
    return sum(len(campi) for campi in cambiate.values())


def _iso(giorno: date | None) -> str | None:
    return giorno.isoformat() if giorno else None
