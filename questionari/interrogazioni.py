"""The querysets of questionnaires and answers."""

import json
from collections.abc import Iterable

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When

from accordo.enti.agente import Agente
from accordo.iter.interrogazioni import accordi_coordinati_da, enti_consultati
from accordo.iter.models import Accordo
from questionari.models import AllegatoRisposta, Compilazione, Invio, LetturaEsiti, Questionario, Restituzione
from questionari.stati import StatoCompilazione, StatoQuestionario
from questionari.statistica import RispostaEnte


def questionario_di(accordo: Accordo) -> Questionario | None:
    """Return the accord's questionnaire: the version in force, before there is one the draft; its accord at hand."""
    bozze_dopo = Case(When(stato=StatoQuestionario.BOZZA, then=1), default=0)
    return versioni_di(accordo).order_by(bozze_dopo, "-versione").first()


def versioni_di(accordo: Accordo) -> QuerySet[Questionario]:
    """Return all versions of the accord's questionnaire, the newest first."""
    return (
        Questionario.objects.filter(accordo=accordo)
        .select_related("accordo__promotore")
        .order_by("-versione")
    )


def bozza_di(accordo: Accordo) -> Questionario | None:
    """Return the version being written, the first one or a correction."""
    return versioni_di(accordo).filter(stato=StatoQuestionario.BOZZA).first()


def questionario_aperto(accordo: Accordo) -> Questionario | None:
    """Return the questionnaire once it has been opened to the bodies."""
    return versioni_di(accordo).exclude(stato=StatoQuestionario.BOZZA).first()


def compilazioni_visibili_a(agente: Agente | None) -> QuerySet[Compilazione]:
    """Return the answers that a person sees: their own body's, and all of the accords that they lead."""
    if agente is None or agente.ente is None:
        return Compilazione.objects.none()
    return (
        Compilazione.objects.filter(
            Q(ente=agente.ente) | Q(questionario__accordo__in=accordi_coordinati_da(agente).values("pk"))
        )
        .exclude(questionario__stato=StatoQuestionario.BOZZA)
        .select_related("questionario__accordo__promotore", "ente__ambito")
    )


def propria(agente: Agente | None, accordo: Accordo) -> Compilazione | None:
    """Return the answer of the body that the person acts for, if it has one in this accord."""
    if agente is None or agente.ente is None:
        return None
    return compilazioni_visibili_a(agente).filter(questionario__accordo=accordo, ente=agente.ente).first()


def consultate(accordo: Accordo) -> QuerySet[Compilazione]:
    """Return the answers of the bodies that are consulted and have not left, in the order of areas and names."""
    return (
        Compilazione.objects.filter(
            questionario__accordo=accordo, ente__in=enti_consultati(accordo).order_by().values("ente")
        )
        .select_related("ente__ambito")
        .order_by("ente__ambito__ordine", "ente__ambito__nome", "ente__denominazione")
    )


def elenco_per_coordinatore(accordo: Accordo) -> QuerySet[Compilazione]:
    """Return the consulted bodies' answers with how many questions each has answered."""
    return consultate(accordo).annotate(
        risposte_date=Count("risposte", filter=Q(risposte__valore__isnull=False)),
    )


def non_inviate(accordo: Accordo) -> QuerySet[Compilazione]:
    """Return the answers that are still to come."""
    return consultate(accordo).exclude(stato=StatoCompilazione.INVIATA)


def ultimi_invii(accordo: Accordo) -> QuerySet[Invio]:
    """Return the last sending of each consulted body."""
    ultimo = (
        Invio.objects.filter(compilazione=OuterRef("compilazione")).order_by("-numero").values("numero")[:1]
    )
    return (
        Invio.objects.filter(
            compilazione__questionario__accordo=accordo,
            compilazione__ente__in=enti_consultati(accordo).order_by().values("ente"),
            numero=Subquery(ultimo),
        )
        .select_related("compilazione__ente__ambito")
        .order_by("compilazione__ente__ambito__ordine", "compilazione__ente__denominazione")
    )


def risposte_inviate(accordo: Accordo) -> list[RispostaEnte]:
    """Return what every body sent last, for the results (one query)."""
    return [
        RispostaEnte(
            ente=invio.compilazione.ente.denominazione,
            ambito=invio.compilazione.ente.ambito.nome,
            risposte=json.loads(invio.canonico)["risposte"],
        )
        for invio in ultimi_invii(accordo)
    ]


def allegati_visibili_a(agente: Agente | None) -> QuerySet[AllegatoRisposta]:
    """Return the files that a person sees: those of the answers that they see."""
    return AllegatoRisposta.objects.filter(compilazione__in=compilazioni_visibili_a(agente)).select_related(
        "compilazione__questionario__accordo", "compilazione__ente"
    )


def presenti(compilazione: Compilazione) -> dict[str, list[AllegatoRisposta]]:
    """Return the files that stand in an answer now, by question (one query)."""
    per_domanda: dict[str, list[AllegatoRisposta]] = {}
    for allegato in compilazione.allegati.filter(rimosso_il=None):
        per_domanda.setdefault(allegato.domanda, []).append(allegato)
    return per_domanda


def invio_con_impronta(accordo: Accordo, impronta: str) -> Invio | None:
    """Return the sending that a fingerprint belongs to, if it is one of this accord's."""
    return (
        Invio.objects.filter(impronta=impronta, compilazione__questionario__accordo=accordo)
        .select_related("compilazione__ente")
        .first()
    )


def restituzione_di(accordo: Accordo) -> Restituzione | None:
    """Return the giving back of an accord's results, once its phase has begun."""
    return Restituzione.objects.filter(accordo=accordo).select_related("pubblicata_da").first()


def letture(accordo: Accordo) -> QuerySet[LetturaEsiti]:
    """Return which bodies have read the results."""
    return LetturaEsiti.objects.filter(restituzione__accordo=accordo).select_related("ente", "utente")


def conta_per_stato(compilazioni: Iterable[Compilazione]) -> dict[str, int]:
    """Return how many answers are in each state."""
    conto = dict.fromkeys(StatoCompilazione.values, 0)
    for compilazione in compilazioni:
        conto[compilazione.stato] += 1
    return conto


def consultati_per_ambito(accordo: Accordo) -> dict[str, int]:
    """Return how many bodies are consulted in each area, in the order of the areas (one query)."""
    righe = (
        consultate(accordo)
        .order_by()
        .values("ente__ambito__nome", "ente__ambito__ordine")
        .annotate(quanti=Count("pk"))
        .order_by("ente__ambito__ordine", "ente__ambito__nome")
    )
    return {riga["ente__ambito__nome"]: riga["quanti"] for riga in righe}
