"""From the results to the rilievi, with one action; the source stays with them."""

from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.rilievi.models import GenereFonte, Obiettivo, Rilievo
from accordo.rilievi.servizi import DatiFonte, assicura_obiettivi, crea_rilievo
from questionari.esiti import forze
from questionari.esiti.quadro import Quadro
from questionari.models import Scheda

SE_NON_DICE = "1.1"
"""The objective of a datum whose question names none: "migliorare la conoscenza dei fenomeni"."""


def proponi_giudizio(quadro: Quadro, ambito: str, chiave: str, *, da: Agente) -> Rilievo:
    """Write the rilievo of a strength or critical point, as it stands in the published results.

    Not before: a mean written while answers still come or are corrected, beside the one published later, would tell
    what the last body answered.
    """
    if not quadro.pubblicato:
        raise ErroreDominio(
            "I rilievi nascono dagli esiti pubblicati. Prima i numeri possono cambiare, e da due numeri si saprebbe che "
            "cosa ha risposto chi arriva per ultimo."
        )
    lati = forze.per_ambito(quadro).get(ambito, ([], []))
    giudizio = next((g for lato in lati for g in lato if g.chiave == chiave), None)
    if giudizio is None:
        raise ErroreDominio("Questo dato non c'è più: i risultati sono cambiati. Ricarica la pagina.")
    return crea_rilievo(
        quadro.accordo,
        ambito=ambito_di(quadro, ambito),
        tipo=giudizio.tipo,
        testo=giudizio.frase,
        obiettivi=obiettivi(quadro, giudizio.obiettivi),
        fonti=[
            DatiFonte(
                GenereFonte.DOMANDA,
                f"Questionario, domanda {giudizio.numero}: {giudizio.cosa}, media {giudizio.media_in_parole} "
                f"({giudizio.scala}, {giudizio.enti} enti)"[:500],
                giudizio.quesito.domanda,
            )
        ],
        da=da,
    )


def ambito_di(quadro: Quadro, nome: str) -> Ambito:
    """The area of that name among those that have answered."""
    ambito = Ambito.objects.filter(
        nome=nome, pk__in=Scheda.objects.filter(pk__in=quadro.schede()).values("strato__ambito")
    ).first()
    if ambito is None:
        raise ErroreDominio("Un rilievo è di un ambito solo: questi enti sono contati insieme ad altri.")
    return ambito


def obiettivi(quadro: Quadro, codici: tuple[str, ...]) -> list[str]:
    """Those of `codici` that the accord has, else the one about knowing the phenomena."""
    assicura_obiettivi(quadro.accordo)
    noti = set(Obiettivo.objects.filter(accordo=quadro.accordo).values_list("codice", flat=True))
    return [codice for codice in codici if codice in noti] or [SE_NON_DICE]
