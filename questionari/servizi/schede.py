"""Laying the sendings flat for the results: when a body sends, and again for all when the questionnaire has changed."""

import json
from itertools import batched

from django.db import transaction
from django.db.models import Q, QuerySet

from accordo.base.massa import scrivi_in_massa
from accordo.iter.models import Accordo
from questionari import confronto, interrogazioni
from questionari.definizione import Definizione
from questionari.esiti import quesiti
from questionari.models import (
    CellaRisposta,
    ClasseEnte,
    Invio,
    Questionario,
    Restituzione,
    Scheda,
    StratoEsiti,
    TestoRisposta,
)

INSIEME = 500
"""How many sendings are laid out at once: memory stays the same for any number of bodies."""


def scrivi_scheda(invio: Invio) -> None:
    """Lay a new sending flat; it takes the place of the body's earlier one, except in results already given back."""
    questionario = invio.compilazione.questionario
    with transaction.atomic():
        precedenti = Scheda.objects.filter(compilazione=invio.compilazione, superata=False)
        precedenti.filter(pubblicata=False).delete()
        precedenti.update(superata=True)
        _scrivi(questionario.accordo, [invio], questionario)


def allinea(accordo: Accordo) -> int:
    """Lay out the last sendings that are not yet, or that were read with another version; return how many.

    Answers to questions that the new version has changed or left out do not count. Nothing moves once the results have
    been given back.
    """
    questionario = interrogazioni.questionario_aperto(accordo)
    if (
        questionario is None
        or Restituzione.objects.filter(accordo=accordo, pubblicata_il__isnull=False).exists()
    ):
        return 0
    quanti = 0
    with transaction.atomic():
        chiavi = list(da_allineare(accordo, questionario).values_list("pk", flat=True))
        for gruppo in batched(chiavi, INSIEME, strict=False):
            invii = list(Invio.objects.filter(pk__in=gruppo).select_related("compilazione__ente"))
            vecchie = Scheda.objects.filter(
                compilazione__in=[i.compilazione_id for i in invii], superata=False
            )
            CellaRisposta.objects.filter(scheda__in=vecchie)._raw_delete(using=vecchie.db)
            TestoRisposta.objects.filter(scheda__in=vecchie)._raw_delete(using=vecchie.db)
            vecchie.delete()
            quanti += _scrivi(accordo, invii, questionario)
    return quanti


def da_allineare(accordo: Accordo, questionario: Questionario) -> QuerySet[Invio]:
    """The last sendings whose layout is missing or old."""
    return interrogazioni.ultimi_invii(accordo).filter(
        Q(scheda__isnull=True) | ~Q(scheda__definizione=questionario.impronta)
    )


def ricostruisci(accordo: Accordo) -> int:
    """Throw away what is laid flat and make it again; results already given back stay as they are."""
    with transaction.atomic():
        if not Restituzione.objects.filter(accordo=accordo, pubblicata_il__isnull=False).exists():
            Scheda.objects.filter(compilazione__questionario__accordo=accordo).delete()
        return allinea(accordo)


def _scrivi(accordo: Accordo, invii: list[Invio], questionario: Questionario) -> int:
    """Write the rows of a few sendings: a handful of statements, however many they are."""
    strutture = _strutture(accordo)
    livelli = quesiti.effettive(questionario.struttura)
    strati: dict[tuple[int, str, str, str], StratoEsiti] = {}
    letti = []
    for invio in invii:
        scritto = json.loads(invio.canonico)
        ente = invio.compilazione.ente
        di_allora = strutture.get(scritto["questionario"]["impronta"], questionario.struttura)
        risposte = confronto.riportate(di_allora, questionario.struttura, ente.tipo, scritto["risposte"])
        chiave = (
            ente.ambito_id,
            ente.tipo,
            ClasseEnte.di(ente.tipo, ente.popolazione).value,
            quesiti.firma(questionario.struttura, ente.tipo, risposte, livelli),
        )
        letti.append((invio, chiave, risposte))
    for chiave in {chiave for _, chiave, _ in letti}:
        ambito, tipo, classe, firma = chiave
        strati[chiave], _ = StratoEsiti.objects.get_or_create(
            accordo=accordo, ambito_id=ambito, tipo=tipo, classe=classe, firma=firma
        )
    schede = Scheda.objects.bulk_create(
        [
            Scheda(
                invio=invio,
                compilazione_id=invio.compilazione_id,
                strato=strati[chiave],
                definizione=questionario.impronta,
            )
            for invio, chiave, _ in letti
        ]
    )
    coppie = list(zip(schede, (risposte for _, _, risposte in letti), strict=True))
    scrivi_in_massa(
        CellaRisposta,
        ("scheda", "strato", "domanda", "voce", "valore"),
        (
            (scheda.pk, scheda.strato_id, *cella)
            for scheda, risposte in coppie
            for cella in quesiti.celle(questionario.struttura, risposte)
        ),
    )
    scrivi_in_massa(
        TestoRisposta,
        ("scheda", "domanda", "testo"),
        (
            (scheda.pk, *testo)
            for scheda, risposte in coppie
            for testo in quesiti.testi(questionario.struttura, risposte)
        ),
    )
    return len(schede)


def _strutture(accordo: Accordo) -> dict[str, Definizione]:
    """Every version of the questionnaire by its fingerprint."""
    return {q.impronta: q.struttura for q in Questionario.objects.filter(accordo=accordo)}
