"""Where what was said can be read again. The findings ask for it through the procedure (accordo/processo.py)."""

from collections.abc import Collection, Mapping

from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.procedura import Rinvio
from focusgroup.interrogazioni import visibili_a
from focusgroup.models import Punto, Riunione
from focusgroup.stati import StatoRiunione


def punti(accordo: Accordo, agente: Agente | None, riferimenti: Collection[str]) -> Mapping[str, Rinvio]:
    """Return, by reference ("7": a meeting, "7.31": one of its items), its name and its address. Three queries."""
    numeri = {r: [int(n) if n.isdecimal() else 0 for n in r.split(".", 1)] for r in riferimenti}
    riunioni = (
        Riunione.objects.select_related("accordo")
        .filter(accordo=accordo)
        .in_bulk({coppia[0] for coppia in numeri.values()})
    )
    si_aprono = set(visibili_a(agente, accordo).filter(pk__in=riunioni).values_list("pk", flat=True))
    voci = Punto.objects.filter(riunione__in=riunioni).in_bulk(
        {coppia[1] for coppia in numeri.values() if len(coppia) > 1}
    )
    trovati = {}
    for riferimento, (numero, *resto) in numeri.items():
        riunione = riunioni.get(numero)
        if riunione is None:
            continue
        punto = voci.get(resto[0]) if resto else None
        url = riunione.url() if numero in si_aprono else ""
        trovati[riferimento] = Rinvio(
            f"{riunione.titolo}, punto {punto.ordine}" if punto else riunione.titolo,
            f"{url}#punto-{punto.pk}" if url and punto else url,
            "riunione annullata" if riunione.stato == StatoRiunione.ANNULLATA else "",
        )
    return trovati
