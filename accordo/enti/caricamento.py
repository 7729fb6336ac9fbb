"""Loading bodies from a checked CSV: all or nothing, in a fixed number of queries, safe to repeat."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from accordo.base import orologio
from accordo.enti.lettura_csv import Errore, Noto, Riga, leggi, nome_ambito, ordina_ambiti
from accordo.enti.models import Ambito, Ente, StatoEnte

CAMPI = (
    "tipo",
    "denominazione",
    "codice_istat",
    "codice_catastale",
    "codice_ipa",
    "popolazione",
    "popolazione_anno",
    "titolo_rappresentante",
    "stato",
    "note",
)
RIFERIMENTI = ("ambito_id", "unione_id", "successore_id")


@dataclass(slots=True)
class Esito:
    """What a load did: codes of the bodies created, updated, left as they were; or the errors, and nothing written."""

    creati: list[str] = field(default_factory=list)
    aggiornati: list[str] = field(default_factory=list)
    invariati: list[str] = field(default_factory=list)
    errori: list[Errore] = field(default_factory=list)


@transaction.atomic
def carica_enti(contenuto: bytes) -> Esito:
    """Load the bodies of a CSV (columns: `lettura_csv.COLONNE`). With any error nothing is written."""
    presenti = {e.codice: e for e in Ente.objects.all()}
    noti = [
        Noto(e.codice, e.tipo, e.stato, e.codice_istat, e.codice_catastale, e.codice_ipa)
        for e in presenti.values()
    ]
    lettura = leggi(contenuto, anno=orologio.oggi().year, noti=noti)
    if lettura.errori:
        return Esito(errori=lettura.errori)
    ambiti = _ambiti(lettura.righe)
    prima = {codice: _valori(ente) for codice, ente in presenti.items()}
    enti = _scrivi_enti(lettura.righe, presenti, ambiti)
    _scrivi_riferimenti(lettura.righe, enti)
    esito = Esito()
    for riga in lettura.righe:
        if riga.codice not in prima:
            esito.creati.append(riga.codice)
        elif _valori(enti[riga.codice]) != prima[riga.codice]:
            esito.aggiornati.append(riga.codice)
        else:
            esito.invariati.append(riga.codice)
    return esito


def _valori(ente: Ente) -> tuple[object, ...]:
    return tuple(getattr(ente, campo) for campo in (*CAMPI, *RIFERIMENTI))


def _ambiti(righe: Collection[Riga]) -> Mapping[str, int]:
    """Make the areas that are missing; a name or an order changed by hand stays."""
    presenti = dict(Ambito.objects.values_list("codice", "pk"))
    nuovi = [
        Ambito(codice=codice, nome=nome_ambito(codice), ordine=ordine)
        for ordine, codice in enumerate(ordina_ambiti(righe), start=1)
        if codice not in presenti
    ]
    Ambito.objects.bulk_create(nuovi)
    return {**presenti, **{ambito.codice: ambito.pk for ambito in nuovi}}


def _scrivi_enti(
    righe: Collection[Riga], presenti: dict[str, Ente], ambiti: Mapping[str, int]
) -> dict[str, Ente]:
    """Write what the row itself says; the references come later, when every body has its key."""
    enti = dict(presenti)
    da_creare: list[Ente] = []
    da_cambiare: list[Ente] = []
    for riga in righe:
        ente = presenti.get(riga.codice) or Ente(codice=riga.codice)
        dati = {campo: getattr(riga, campo) for campo in CAMPI} | {"ambito_id": ambiti[riga.ambito]}
        if ente.pk is None:
            da_creare.append(ente)
        elif any(getattr(ente, campo) != valore for campo, valore in dati.items()):
            da_cambiare.append(ente)
            if riga.stato == StatoEnte.ATTIVO:
                ente.successore_id = None
        for campo, valore in dati.items():
            setattr(ente, campo, valore)
        enti[riga.codice] = ente
    Ente.objects.bulk_create(da_creare)
    _aggiorna(da_cambiare, (*CAMPI, "ambito", "successore"))
    return enti


def _scrivi_riferimenti(righe: Collection[Riga], enti: Mapping[str, Ente]) -> None:
    da_cambiare = []
    for riga in righe:
        ente, cessato = enti[riga.codice], riga.stato == StatoEnte.CESSATO
        altro = enti[riga.unione].pk if riga.unione else None
        unione, successore = (None, altro) if cessato else (altro, None)
        if (ente.unione_id, ente.successore_id) != (unione, successore):
            ente.unione_id, ente.successore_id = unione, successore
            da_cambiare.append(ente)
    _aggiorna(da_cambiare, ("unione", "successore"))


def _aggiorna(enti: Collection[Ente], campi: Collection[str]) -> None:
    """Update many rows in one statement a batch: an upsert that always finds its row."""
    if enti:
        Ente.objects.bulk_create(enti, update_conflicts=True, unique_fields=["codice"], update_fields=campi)
