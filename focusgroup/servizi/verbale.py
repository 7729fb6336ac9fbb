"""Agenda, attendance and minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import transaction
from django.db.models import F

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from focusgroup.models import Punto, Riunione
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione


def scrivi_ordine_del_giorno(riunione: Riunione, titoli: Sequence[str]) -> None:
    """Write the agenda; items whose words stay keep their minutes, and one with minutes is never dropped."""
    puliti = [titolo.strip() for titolo in titoli if titolo.strip()]
    esistenti = {punto.titolo: punto for punto in riunione.punti.all()}
    perduti = [p.titolo for t, p in esistenti.items() if p.verbale and t not in puliti]
    if perduti:
        raise ErroreDominio(f"Il punto «{perduti[0]}» ha già un verbale: non si può togliere.")
    riunione.punti.filter(verbale="").exclude(titolo__in=puliti).delete()
    riunione.punti.update(ordine=F("ordine") + 1000)
    for numero, titolo in enumerate(dict.fromkeys(puliti), start=1):
        punto = esistenti.get(titolo)
        if punto is None:
            Punto.objects.create(riunione=riunione, ordine=numero, titolo=titolo)
        else:
            Punto.objects.filter(pk=punto.pk).update(ordine=numero)


def registra_presenze(riunione: Riunione, presenti: Iterable[int], *, da: Agente) -> None:
    """Write who was there: `presenti` are the keys of the bodies; the others were absent."""
    richiedi_coordinatore(riunione.accordo, da)
    chiavi = set(presenti)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        stato = Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)
        if stato not in {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}:
            raise ErroreDominio(
                "Le presenze si segnano il giorno della riunione, prima di pubblicare il verbale."
            )
        riunione.convocazioni.filter(ente__in=chiavi).update(presente=True)
        riunione.convocazioni.exclude(ente__in=chiavi).update(presente=False)
        registra(
            riunione.accordo,
            da=da,
            verbo="registra_presenze",
            oggetto=riunione,
            dati={"presenti": len(chiavi)},
        )


@dataclass(frozen=True, slots=True)
class Conflitto:
    """Somebody else wrote the same item meanwhile: what they wrote, and what was about to be written."""

    punto: Punto
    mio: str


def scrivi_verbale(
    riunione: Riunione, testi: Mapping[int, tuple[str, int]], *, da: Agente
) -> list[Conflitto]:
    """Write the minutes: by the item's key, the text and the revision that the writer saw.

    An item that somebody else has changed meanwhile is left as it is and returned, with both texts: nothing is lost.
    """
    richiedi_coordinatore(riunione.accordo, da)
    conflitti: list[Conflitto] = []
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        stato = Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)
        if stato not in {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}:
            raise ErroreDominio("Il verbale è già in lettura o approvato: per cambiarlo va riaperto.")
        for punto in riunione.punti.select_related("modificato_da"):
            testo, vista = testi.get(punto.pk, (punto.verbale, punto.revisione))
            testo = testo.replace("\r\n", "\n").strip()
            if testo == punto.verbale:
                continue
            if vista != punto.revisione:
                conflitti.append(Conflitto(punto, testo))
                continue
            Punto.objects.filter(pk=punto.pk).update(
                verbale=testo,
                revisione=punto.revisione + 1,
                modificato_da=da.utente,
                modificato_il=orologio.adesso(),
            )
    return conflitti


def pubblica_verbale(riunione: Riunione, *, da: Agente) -> Evento:
    """Send the minutes to be read by who was there."""
    with transaction.atomic():
        evento = esegui(riunione, "pubblica_verbale", da=da)
        avvisa(
            riunione.convocazioni.values_list("ente", flat=True),
            oggetto=f"{riunione.titolo}: il verbale è in lettura",
            testo="Leggilo, e se qualcosa non va scrivi alla segreteria dell'accordo.",
            url=riunione.url(),
        )
    return evento


def contenuto_verbale(riunione: Riunione) -> dict[str, Any]:
    """Return the minutes as the data that their fingerprint is computed on."""
    return {
        "accordo": riunione.accordo.slug,
        "ambito": riunione.ambito.codice,
        "titolo": riunione.titolo,
        "inizio": riunione.inizio.astimezone(UTC).isoformat() if riunione.inizio else None,
        "luogo": riunione.luogo,
        "presenti": [
            [c.ente.codice, c.partecipante, c.qualifica]
            for c in riunione.convocazioni.filter(presente=True)
            .select_related("ente")
            .order_by("ente__codice")
        ],
        "punti": [[p.ordine, p.titolo, p.verbale] for p in riunione.punti.order_by("ordine")],
    }


def approva_verbale(riunione: Riunione, *, da: Agente) -> Evento:
    """Approve and freeze the minutes, with their SHA-256."""

    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        sha = impronta(
            contenuto_verbale(Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk))
        )

        def congela(fresca: Riunione) -> None:
            fresca.verbale_approvato_il, fresca.impronta = orologio.adesso(), sha

        return esegui(riunione, "approva_verbale", da=da, applica=congela, dati={"impronta": sha})
