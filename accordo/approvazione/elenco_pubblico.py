"""All public accords of the installation, one row each: what "Amministrazione trasparente" lists."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accordo.approvazione import quadro_atti
from accordo.approvazione.models import Approvazione, DocumentoFinale
from accordo.approvazione.quadro_atti import Valore
from accordo.approvazione.stati import StatoApprovazione
from accordo.iter.interrogazioni import accordi_pubblici
from accordo.iter.models import Accordo

SCHEMA = "accordo-trasparenza-elenco/1"
COLONNE = quadro_atti.COLONNE_ACCORDO | {
    "enti": "Quanti enti approvano e firmano",
    "enti_firmatari": "Quanti hanno firmato e non recedono",
    "dati": "Indirizzo dei dati dell'accordo, ente per ente (JSON)",
}


def in_ordine() -> QuerySet[Accordo]:
    """Return the public accords: first the signed ones, the newest first, then those under way."""
    return accordi_pubblici().order_by("-sottoscritto_il", "titolo", "pk")


def righe(accordi: Iterable[Accordo]) -> list[tuple[Accordo, dict[str, Valore]]]:
    """Return each accord with what is public of it. Two queries, however many they are."""
    elenco = list(accordi)
    ultimo = DocumentoFinale.objects.filter(accordo=OuterRef("accordo")).order_by("-pk").values("pk")[:1]
    documenti = {
        d.accordo_id: d
        for d in DocumentoFinale.objects.filter(accordo__in=elenco, pk=Subquery(ultimo)).only(
            "accordo", "impronta_testo", "sha256"
        )
    }
    firmato = Q(stato=StatoApprovazione.FIRMATO)
    chiesti = (
        Q(successiva=False, prosegue_senza_il__isnull=True) & ~Q(stato=StatoApprovazione.RECEDUTO)
    ) | firmato
    conti = {
        r["documento"]: r
        for r in Approvazione.objects.filter(documento__in=documenti.values())
        .values("documento")
        .annotate(enti=Count("pk", filter=chiesti), firmati=Count("pk", filter=firmato))
        .order_by()
    }
    return [(a, _riga(a, documenti.get(a.pk), conti)) for a in elenco]


def _riga(
    accordo: Accordo, documento: DocumentoFinale | None, conti: Mapping[int, Mapping[str, Any]]
) -> dict[str, Valore]:
    conto: Mapping[str, Any] = conti.get(documento.pk, {}) if documento else {}
    dati = reverse("approvazione:trasparenza_json", args=[accordo.slug])
    return quadro_atti.dati_accordo(accordo, documento) | {
        "enti": int(conto.get("enti", 0)),
        "enti_firmatari": int(conto.get("firmati", 0)),
        "dati": f"{settings.INDIRIZZO_PUBBLICO}{dati}",
    }


def in_csv() -> bytes:
    """All of them as CSV, UTF-8 with its mark."""
    uscita = io.StringIO()
    scrittore = csv.writer(uscita)
    scrittore.writerow(COLONNE)
    for _, valori in righe(in_ordine()):
        scrittore.writerow([quadro_atti.innocua(valori[nome]) for nome in COLONNE])
    return uscita.getvalue().encode("utf-8-sig")


def in_dati() -> dict[str, Any]:
    """All of them, to be written as JSON."""
    return {
        "schema": SCHEMA,
        "norma": quadro_atti.NORMA,
        "licenza": quadro_atti.LICENZA,
        "accordi": [quadro_atti.in_piano(valori) for _, valori in righe(in_ordine())],
    }
