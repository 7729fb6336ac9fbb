"""The minutes as data: what their fingerprint is computed on, and what stays of them once they are approved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch

from accordo.base.differenze import Segmento, confronta_parole
from focusgroup.interrogazioni.priorita import classifica
from focusgroup.models import GenereAllegato, Intervento, Presenza, Priorita, Riunione
from focusgroup.stati_verbale import StatoPriorita


def _momento(quando: datetime | None) -> str | None:
    return quando.astimezone(UTC).isoformat() if quando else None


def contenuto_verbale(riunione: Riunione) -> dict[str, Any]:
    """Return the minutes as they stand: who was there, what was said item by item, what is attached, what was agreed."""
    presenze = (
        Presenza.objects.filter(convocazione__riunione=riunione, arrivo__isnull=False)
        .select_related("convocazione__ente")
        .order_by("convocazione__ente__codice")
    )
    detti = Intervento.objects.filter(tolto_il__isnull=True).select_related("presenza__convocazione__ente")
    punti = riunione.punti.order_by("ordine").prefetch_related(Prefetch("interventi", detti))
    return {
        "accordo": riunione.accordo.slug,
        "ambito": riunione.ambito.codice,
        "titolo": riunione.titolo,
        "inizio": _momento(riunione.inizio),
        "luogo": riunione.luogo,
        "presenti": [
            {
                "ente": p.convocazione.ente.denominazione,
                "codice": p.convocazione.ente.codice,
                "nome": p.nome,
                "qualifica": p.qualifica,
                "titolo": p.get_titolo_display(),
                "ospite": p.convocazione.ospite,
                "arrivo": _momento(p.arrivo),
                "uscita": _momento(p.uscita),
            }
            for p in presenze
        ],
        "punti": [
            {
                "ordine": punto.ordine,
                "titolo": punto.titolo,
                "verbale": punto.verbale,
                "interventi": [{"chi": i.chi, "testo": i.testo} for i in punto.interventi.all()],
            }
            for punto in punti
        ],
        "allegati": [
            {"titolo": a.titolo, "nome": a.nome, "impronta": a.impronta}
            for a in riunione.allegati.filter(rimosso_il__isnull=True, genere=GenereAllegato.DOCUMENTO)
        ],
        "priorita": _priorita(riunione),
    }


def _priorita(riunione: Riunione) -> dict[str, Any] | None:
    """What was agreed, if it was."""
    concordata = Priorita.objects.filter(riunione=riunione, stato=StatoPriorita.CONCORDATA).first()
    if concordata is None:
        return None
    return {
        "punti_per_ente": concordata.punti_per_ente,
        "nota": concordata.nota,
        "rilievi": [
            {
                "numero": voce.rilievo.numero,
                "testo": voce.rilievo.testo,
                "punti": voce.punti,
                "enti": voce.enti,
            }
            for voce in classifica(concordata)
        ],
    }


@dataclass(frozen=True, slots=True)
class PuntoConfrontato:
    """One item of two versions of the minutes."""

    titolo: str
    testo: tuple[Segmento, ...]
    interventi: tuple[Segmento, ...]
    cambiato: bool


def confronta(prima: dict[str, Any], dopo: dict[str, Any]) -> list[PuntoConfrontato]:
    """Return two versions of the minutes side by side, item by item (by their titles), in words."""
    vecchi = {p["titolo"]: p for p in prima["punti"]}
    nuovi = {p["titolo"]: p for p in dopo["punti"]}
    ordinati = [*nuovi, *(t for t in vecchi if t not in nuovi)]
    return [_confrontato(titolo, vecchi.get(titolo), nuovi.get(titolo)) for titolo in ordinati]


def _confrontato(
    titolo: str, vecchio: dict[str, Any] | None, nuovo: dict[str, Any] | None
) -> PuntoConfrontato:
    testi = [punto["verbale"] if punto else "" for punto in (vecchio, nuovo)]
    detti = [_detti(punto["interventi"]) if punto else "" for punto in (vecchio, nuovo)]
    return PuntoConfrontato(
        titolo,
        confronta_parole(testi[0], testi[1]),
        confronta_parole(detti[0], detti[1]),
        testi[0] != testi[1] or detti[0] != detti[1] or vecchio is None or nuovo is None,
    )


def _detti(interventi: Iterable[dict[str, str]]) -> str:
    return "\n".join(f"{i['chi']}: {i['testo']}" for i in interventi)
