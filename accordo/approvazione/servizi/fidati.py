"""The authorities that this installation trusts."""

from dataclasses import dataclass

from django.db import transaction

from accordo.approvazione.firme.elenchi import Fidato
from accordo.approvazione.models import CertificatoFidato
from accordo.base import orologio


@dataclass(frozen=True, slots=True)
class Caricati:
    """What a loading did."""

    nuovi: int
    aggiornati: int
    tolti: int


def carica_fidati(trovati: list[tuple[str, Fidato]], *, sostituisci: bool = False) -> Caricati:
    """Keep the authorities found, each with the file it comes from; `sostituisci` takes away those that are not there."""
    with transaction.atomic():
        prima = set(CertificatoFidato.objects.values_list("sha256", flat=True))
        nuovi = {voce.sha256 for _, voce in trovati}
        for fonte, voce in trovati:
            CertificatoFidato.objects.update_or_create(
                sha256=voce.sha256,
                defaults={
                    "der": voce.der,
                    "nome": voce.nome[:300],
                    "prestatore": voce.prestatore[:300],
                    "valido_dal": voce.valido_dal,
                    "valido_al": voce.valido_al,
                    "per_firma": voce.per_firma,
                    "per_marche": voce.per_marche,
                    "fonte": fonte[:200],
                    "caricato_il": orologio.adesso(),
                },
            )
        tolti = 0
        if sostituisci:
            tolti = CertificatoFidato.objects.exclude(sha256__in=nuovi).delete()[0]
    return Caricati(len(nuovi - prima), len(nuovi & prima), tolti)
