"""Which objectives of the accord a disposition says it serves. They are part of the text: versions and their hash hold them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.registro import registra
from accordo.rilievi.models import Obiettivo
from bozze.models.scrittura import Verbo
from bozze.models.testo import NodoBozza
from bozze.servizi.testo.comune import apri
from bozze.servizi.testo.tavolo import compi
from bozze.testo.albero import Testo, codici
from bozze.testo.stesura import Cita


def cita_obiettivi(
    accordo: Accordo,
    disposizione: UUID | str,
    *,
    aggiungi: Iterable[str] = (),
    togli: Iterable[str] = (),
    da: Agente,
) -> NodoBozza:
    """Add and take off objectives, by their codes. What is said already, and what is not there, changes nothing."""
    with transaction.atomic():
        bozza, nodo = apri(accordo, disposizione, da)
        nuovi = set(aggiungi)
        if ignoti := nuovi - set(noti(bozza.accordo, nuovi)):
            raise ErroreDominio(f"L'accordo non ha l'obiettivo {', '.join(sorted(ignoti))}.")
        prima = codici(nodo.obiettivi)
        dopo = codici({*prima, *nuovi} - set(togli))
        if prima == dopo:
            return nodo
        compi(bozza, [Cita(str(nodo.codice), prima, dopo)], verbo=Verbo.CITA, da=da)
        nodo.refresh_from_db()
        registra(
            bozza.accordo,
            da=da,
            verbo="cita_obiettivi",
            oggetto=nodo,
            dati={"disposizione": str(nodo.codice), "obiettivi": list(dopo)},
        )
    return nodo


def noti(accordo: Accordo, quali: Iterable[str]) -> frozenset[str]:
    """Return those codes that are objectives of the accord."""
    voluti = list(quali)
    if not voluti:
        return frozenset()
    return frozenset(
        Obiettivo.objects.filter(accordo=accordo, codice__in=voluti).values_list("codice", flat=True)
    )


def obiettivi_ignoti(accordo: Accordo, testo: Testo) -> tuple[str, ...]:
    """Return the codes that a text from elsewhere cites and this accord does not have."""
    citati = {codice for nodo in testo.disposizioni() for codice in nodo.obiettivi}
    return codici(citati - noti(accordo, citati))
