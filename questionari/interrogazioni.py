"""The querysets of questionnaires and answers."""

from collections.abc import Collection

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When

from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Incarico, Ruolo
from accordo.iter.interrogazioni import accordi_coordinati_da, enti_consultati
from accordo.iter.models import Accordo, FaseAccordo
from accordo.rilievi.models import GenereFonte, Rilievo
from questionari.models import (
    VIVA,
    Affidamento,
    AllegatoRisposta,
    Compilazione,
    Invio,
    LetturaEsiti,
    Presenza,
    Questionario,
    Restituzione,
    Risposta,
    Trascrizione,
)
from questionari.stati import FASE, StatoCompilazione, StatoQuestionario

MAI_APERTI = (StatoQuestionario.BOZZA, StatoQuestionario.SCARTATO)


def questionario_di(accordo: Accordo) -> Questionario | None:
    """Return the accord's questionnaire: the version in force, before there is one the draft; its accord at hand."""
    bozze_dopo = Case(When(stato=StatoQuestionario.BOZZA, then=1), default=0)
    valide = versioni_di(accordo).exclude(stato=StatoQuestionario.SCARTATO)
    return valide.order_by(bozze_dopo, "-versione").first()


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


def questionari_riusabili(agente: Agente, accordo: Accordo) -> list[Questionario]:
    """Return the newest questionnaire of each other accord that the person leads, to begin from."""
    altri = (
        Questionario.objects.filter(accordo__in=accordi_coordinati_da(agente).values("pk"))
        .exclude(accordo=accordo)
        .exclude(stato=StatoQuestionario.SCARTATO)
        .select_related("accordo")
        .order_by("accordo__titolo", "-versione")
    )
    per_accordo: dict[int, Questionario] = {}
    for questionario in altri:
        per_accordo.setdefault(questionario.accordo_id, questionario)
    return list(per_accordo.values())


def questionario_aperto(accordo: Accordo) -> Questionario | None:
    """Return the questionnaire once it has been opened to the bodies."""
    return versioni_di(accordo).exclude(stato__in=MAI_APERTI).first()


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


def con_scadenza(compilazioni: QuerySet[Compilazione]) -> QuerySet[Compilazione]:
    """The same, each with the deadline of its accord's phase as `scadenza_fase`."""
    fase = FaseAccordo.objects.filter(accordo=OuterRef("questionario__accordo"), codice=FASE)
    return compilazioni.annotate(scadenza_fase=Subquery(fase.order_by().values("scadenza")[:1]))


def affidamenti_di(agente: Agente) -> QuerySet[Affidamento]:
    """Return the sections that the body at hand has handed to this person."""
    return Affidamento.objects.in_corso().di(agente.utente).filter(compilazione__ente=agente.affidante)


def affidamenti_con_compilazione(agente: Agente, slug: str) -> QuerySet[Affidamento]:
    """Return the sections handed to this person in one accord, each with the answer that it is part of."""
    return (
        affidamenti_di(agente)
        .filter(compilazione__questionario__accordo__slug=slug)
        .exclude(compilazione__questionario__stato=StatoQuestionario.BOZZA)
        .select_related("compilazione__questionario__accordo__promotore", "compilazione__ente")
    )


def affidate(compilazione: Compilazione) -> dict[str, list[Affidamento]]:
    """Return who has which section of an answer, by section (one query)."""
    per_sezione: dict[str, list[Affidamento]] = {}
    righe = Affidamento.objects.in_corso().filter(compilazione=compilazione)
    for affidamento in righe.select_related("utente", "invito__accettato_da"):
        per_sezione.setdefault(affidamento.sezione, []).append(affidamento)
    return per_sezione


def con_sezioni_affidate(agente: Agente) -> list[tuple[Compilazione, set[str]]]:
    """Return the answers of which this person has sections in hand, and which. Two queries, and one for the values."""
    sezioni: dict[int, set[str]] = {}
    for pk, sezione in affidamenti_di(agente).values_list("compilazione", "sezione"):
        sezioni.setdefault(pk, set()).add(sezione)
    compilazioni = con_scadenza(
        Compilazione.objects.filter(pk__in=sezioni)
        .exclude(questionario__stato=StatoQuestionario.BOZZA)
        .select_related("questionario__accordo__promotore", "ente")
        .order_by("-questionario")
    )
    return [(compilazione, sezioni[compilazione.pk]) for compilazione in compilazioni]


def scrivibili_da(agente: Agente | None, sezione: str) -> QuerySet[Compilazione]:
    """Return the answers in which this person fills in this section: their body's, or one handed to them."""
    tutte = (
        Compilazione.objects.exclude(questionario__stato=StatoQuestionario.BOZZA)
        .select_related("questionario__accordo__promotore", "ente")
        .order_by()
    )
    if agente is None:
        return tutte.none()
    if agente.ha(Ruolo.REFERENTE) and agente.ente is not None:
        return con_scadenza(tutte.filter(ente=agente.ente))
    if agente.affidante is not None:
        affidata = affidamenti_di(agente).filter(compilazione=OuterRef("pk"), sezione=sezione)
        return con_scadenza(tutte.filter(Exists(affidata), ente=agente.affidante))
    return tutte.none()


def ha_referente(ente: Ente) -> bool:
    """Return whether somebody of the body fills in for it today."""
    return Incarico.objects.in_corso().filter(ente=ente, ruolo=Ruolo.REFERENTE).exists()


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


def elenco_per_coordinatore(accordo: Accordo, *, stato: str = "", ambito: str = "") -> QuerySet[Compilazione]:
    """Return the consulted bodies' answers, those in one state or of one area if asked."""
    dal_documento = Trascrizione.objects.filter(
        compilazione=OuterRef("pk"), invio__quando=OuterRef("inviata_il")
    )
    righe = consultate(accordo).annotate(da_documento=Exists(dal_documento))
    if stato in StatoCompilazione.values:
        righe = righe.filter(stato=stato)
    return righe.filter(ente__ambito__codice=ambito) if ambito else righe


def risposte_date(compilazioni: Collection[Compilazione]) -> dict[int, int]:
    """Return how many questions each of a page of answers has answered (one query)."""
    righe = (
        Risposta.objects.filter(compilazione__in=[c.pk for c in compilazioni], valore__isnull=False)
        .order_by()
        .values_list("compilazione")
        .annotate(quante=Count("pk"))
    )
    return dict(righe)


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


def allegati_visibili_a(agente: Agente | None) -> QuerySet[AllegatoRisposta]:
    """Return the files that a person sees: those of the answers that they see, and of the sections in their hands."""
    viste = Q(compilazione__in=compilazioni_visibili_a(agente))
    if agente is not None and agente.affidante is not None:
        for affidamento in affidamenti_di(agente).select_related("compilazione__questionario"):
            viste |= Q(
                compilazione=affidamento.compilazione,
                domanda__in=affidamento.compilazione.domande_di(affidamento.sezione),
            )
    return AllegatoRisposta.objects.filter(viste).select_related(
        "compilazione__questionario__accordo", "compilazione__ente"
    )


def presenze(compilazione: Compilazione) -> list[Presenza]:
    """Return who was here in the last minutes, with their names, in a fixed order."""
    vive = compilazione.presenze.filter(quando__gte=orologio.adesso() - VIVA)
    return list(vive.select_related("utente").order_by("utente__cognome", "utente__nome", "pk"))


def revisioni(compilazione: Compilazione, domande: Collection[str]) -> dict[str, int]:
    """Return the revision of each of these questions' answers."""
    risposte = compilazione.risposte.filter(domanda__in=domande).order_by("domanda")
    return dict(risposte.values_list("domanda", "revisione"))


def presenti(compilazione: Compilazione) -> dict[str, list[AllegatoRisposta]]:
    """Return the files that stand in an answer now, by question (one query)."""
    per_domanda: dict[str, list[AllegatoRisposta]] = {}
    for allegato in compilazione.allegati.filter(rimosso_il=None):
        per_domanda.setdefault(allegato.domanda, []).append(allegato)
    return per_domanda


def restituzione_di(accordo: Accordo) -> Restituzione | None:
    """Return the giving back of an accord's results, once its phase has begun."""
    return Restituzione.objects.filter(accordo=accordo).select_related("pubblicata_da").first()


def esiti_aperti(accordo: Accordo) -> bool:
    """Whether citizens may read the accord's results."""
    return Restituzione.objects.filter(
        accordo=accordo, accordo__pubblico=True, pubblicata_il__isnull=False, aperta_il__isnull=False
    ).exists()


def letture(accordo: Accordo) -> QuerySet[LetturaEsiti]:
    """Return which bodies have read the results."""
    return LetturaEsiti.objects.filter(restituzione__accordo=accordo).select_related("ente", "utente")


def conta_per_stato(accordo: Accordo) -> dict[str, int]:
    """Return how many answers are in each state (one query)."""
    righe = consultate(accordo).order_by().values_list("stato").annotate(quante=Count("pk"))
    return dict.fromkeys(StatoCompilazione.values, 0) | dict(righe)


def ambiti_consultati(accordo: Accordo) -> list[tuple[str, str]]:
    """Return code and name of the areas of the bodies that are consulted, in order (one query)."""
    righe = consultate(accordo).order_by("ente__ambito__ordine", "ente__ambito__nome")
    return list(
        dict.fromkeys(
            (codice, nome)
            for codice, nome, _ in righe.values_list(
                "ente__ambito__codice", "ente__ambito__nome", "ente__ambito__ordine"
            ).distinct()
        )
    )


def gia_rilievi(accordo: Accordo) -> dict[tuple[str, str], Rilievo]:
    """Return the rilievi that came of the answers, by area and words."""
    righe = Rilievo.objects.filter(accordo=accordo, fonti__genere=GenereFonte.DOMANDA)
    return {(r.ambito.nome, r.testo): r for r in righe.select_related("accordo", "ambito").distinct()}
