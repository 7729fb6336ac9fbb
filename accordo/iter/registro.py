"""The registro: append-only, one hash chain per accord (norme.md, R13 and R14).

Each entry says who, acting for which body, did what to what, from which state to which, when and why; its fingerprint
is the SHA-256 over the canonical JSON of the entry and the fingerprint before it. The accord's row keeps number and
fingerprint of the last entry, so that a chain cut short at its end is found too. Database triggers refuse update and
delete (migrations).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.enti.agente import Agente

if TYPE_CHECKING:
    from accordo.iter.models import Accordo, Evento

INIZIO = "0" * 64


@dataclass(frozen=True, slots=True)
class Passo:
    """What happened to one object: from which state to which."""

    oggetto: models.Model
    stato_da: str = ""
    stato_a: str = ""


def registra(
    accordo: "Accordo",
    *,
    da: Agente | None,
    verbo: str,
    oggetto: models.Model | None = None,
    stato_da: str = "",
    stato_a: str = "",
    motivazione: str = "",
    dati: Mapping[str, Any] | None = None,
) -> "Evento":
    """Write one event at the end of the accord's chain, in the caller's transaction, and return it.

    `da` is None for what the portal does by itself. `oggetto` is the accord itself if not given.
    """
    passo = Passo(oggetto if oggetto is not None else accordo, stato_da, stato_a)
    [evento] = registra_tutti(accordo, [passo], da=da, verbo=verbo, motivazione=motivazione, dati=dati)
    return evento


def registra_tutti(
    accordo: "Accordo",
    passi: Sequence[Passo],
    *,
    da: Agente | None,
    verbo: str,
    motivazione: str = "",
    dati: Mapping[str, Any] | None = None,
) -> "list[Evento]":
    """Write one event for each step, in their order, with the same verb, reason and data (three queries in all)."""
    from accordo.iter.models import Accordo, Evento

    with transaction.atomic():
        testa = (
            Accordo.objects.select_for_update()
            .only("pk", "registro_numero", "registro_impronta")
            .get(pk=accordo.pk)
        )
        numero, precedente = testa.registro_numero, testa.registro_impronta or INIZIO
        ente = da.ente if da else None
        quando = orologio.adesso()
        eventi = []
        for passo in passi:
            numero += 1
            evento = Evento(
                accordo_id=accordo.pk,
                numero=numero,
                quando=quando,
                utente=da.utente if da else None,
                utente_nome=str(da.utente) if da else "Il portale",
                ente=ente,
                ente_nome=ente.denominazione if ente else "",
                oggetto_tipo=passo.oggetto._meta.label_lower,
                oggetto_id=str(passo.oggetto.pk),
                oggetto_nome=str(passo.oggetto)[:300],
                verbo=verbo,
                fase=accordo.fase,
                stato_da=passo.stato_da,
                stato_a=passo.stato_a,
                motivazione=motivazione,
                dati=dict(dati or {}),
                precedente=precedente,
            )
            evento.impronta = precedente = impronta(voce(evento, accordo.slug))
            eventi.append(evento)
        Evento.objects.bulk_create(eventi, batch_size=500)
        Accordo.objects.filter(pk=accordo.pk).update(registro_numero=numero, registro_impronta=precedente)
    for tenuto in (accordo, *(p.oggetto for p in passi if isinstance(p.oggetto, Accordo))):
        tenuto.registro_numero, tenuto.registro_impronta = numero, precedente
    return eventi


def voce(evento: "Evento", slug: str) -> dict[str, Any]:
    """Return the entry as the data that its fingerprint is computed on."""
    return {
        "accordo": slug,
        "numero": evento.numero,
        "quando": _istante(evento.quando),
        "chi": {"id": evento.utente_id, "nome": evento.utente_nome},
        "per": {"id": evento.ente_id, "nome": evento.ente_nome},
        "oggetto": {"tipo": evento.oggetto_tipo, "id": evento.oggetto_id, "nome": evento.oggetto_nome},
        "verbo": evento.verbo,
        "fase": evento.fase,
        "da": evento.stato_da,
        "a": evento.stato_a,
        "motivazione": evento.motivazione,
        "dati": evento.dati,
        "precedente": evento.precedente,
    }


def _istante(quando: datetime) -> str:
    return quando.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Rottura:
    """The first entry at which the chain does not hold, and why."""

    numero: int
    motivo: str


def verifica(accordo: "Accordo") -> Rottura | None:
    """Walk the chain from its beginning; return the first broken entry, or None for a whole chain."""
    atteso, precedente = 1, INIZIO
    for evento in _in_ordine(accordo):
        if evento.numero != atteso:
            return Rottura(atteso, f"manca la voce {atteso}: dopo la {atteso - 1} viene la {evento.numero}")
        if evento.precedente != precedente:
            return Rottura(
                atteso, f"la voce {atteso} non segue la precedente: l'impronta che cita è un'altra"
            )
        if impronta(voce(evento, accordo.slug)) != evento.impronta:
            return Rottura(
                atteso, f"la voce {atteso} è stata cambiata: il contenuto non corrisponde all'impronta"
            )
        atteso, precedente = atteso + 1, evento.impronta
    fresco = type(accordo).objects.only("registro_numero", "registro_impronta").get(pk=accordo.pk)
    if fresco.registro_numero != atteso - 1:
        return Rottura(atteso, f"manca la voce {atteso}: il registro ne conta {fresco.registro_numero}")
    if atteso > 1 and fresco.registro_impronta != precedente:
        return Rottura(atteso - 1, f"la voce {atteso - 1} non è quella che chiude il registro")
    return None


def _in_ordine(accordo: "Accordo") -> Iterator["Evento"]:
    from accordo.iter.models import Evento

    return Evento.objects.filter(accordo=accordo).order_by("numero").iterator(chunk_size=2000)
