"""Giving the results back: publication by the coordinator, reading by the bodies."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.base.massa import travasa
from accordo.enti.agente import Agente
from accordo.iter import avvisi, fasi, permessi
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from questionari import relazione
from questionari.esiti.quadro import in_vigore, quadro_di
from questionari.esiti.quesiti import quesiti
from questionari.esiti.tasso import tasso_attuale
from questionari.interrogazioni import questionario_di
from questionari.models import Conteggio, LetturaEsiti, Restituzione, Scheda
from questionari.servizi.schede import allinea
from questionari.stati import StatoQuestionario

FASE_RESTITUZIONE = "restituzione"


def avvia_restituzione(accordo: Accordo, *, da: Agente) -> Restituzione:
    """Close the questionnaire; the results are the coordinator's to look at until they are published."""
    with transaction.atomic():
        questionario = questionario_di(accordo)
        if questionario is not None and questionario.stato == StatoQuestionario.APERTO:
            esegui(questionario, "chiudi", da=da)
        restituzione, _ = Restituzione.objects.get_or_create(accordo=accordo)
    return restituzione


def pubblica_restituzione(accordo: Accordo, *, da: Agente, nota: str = "") -> Restituzione:
    """Open the results to all who take part and tell them. `nota` introduces them, in the coordinator's words."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Gli esiti li pubblica chi coordina l'accordo.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        fasi.richiedi_fase(accordo, FASE_RESTITUZIONE)
        restituzione, _ = Restituzione.objects.get_or_create(accordo=accordo)
        if restituzione.pubblicata_il is not None:
            raise ErroreDominio("Gli esiti sono già pubblicati.")
        restituzione.pubblicata_il = orologio.adesso()
        restituzione.pubblicata_da = da.utente
        restituzione.nota = nota.strip()
        _congela(accordo, restituzione)
        restituzione.save()
        _conserva_conteggi(accordo, restituzione)
        _conserva_relazione(accordo, restituzione)
        registra(
            accordo,
            da=da,
            verbo="pubblica_restituzione",
            oggetto=restituzione,
            dati={"nota": nota.strip(), "relazione": restituzione.relazione_impronta},
        )
        avvisi.avvisa(
            [p.ente for p in partecipazioni_attive(accordo)],
            oggetto="Gli esiti del questionario sono pubblicati",
            testo=f"{accordo.titolo}: gli esiti del questionario si possono leggere sul portale.",
            url=reverse("questionari:esiti", args=[accordo.slug]),
        )
    return restituzione


def apri_ai_cittadini(accordo: Accordo, *, da: Agente) -> Restituzione:
    """Let everybody read the results that were given back, without logging in. It is not taken back."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Gli esiti li apre ai cittadini chi coordina l'accordo.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        restituzione = Restituzione.objects.filter(accordo=accordo, pubblicata_il__isnull=False).first()
        if restituzione is None:
            raise ErroreDominio("Prima gli esiti si pubblicano per gli enti.")
        if not accordo.pubblico:
            raise ErroreDominio("Questo accordo non è pubblico.")
        if restituzione.aperta_il is not None:
            raise ErroreDominio("I cittadini leggono già gli esiti.")
        restituzione.aperta_il, restituzione.aperta_da = orologio.adesso(), da.utente
        restituzione.save(update_fields=["aperta_il", "aperta_da"])
        registra(accordo, da=da, verbo="apre_esiti_ai_cittadini", oggetto=restituzione)
    return restituzione


def _congela(accordo: Accordo, restituzione: Restituzione) -> None:
    """Keep what is published as it is today: the questionnaire, the threshold, the answers, the response rate."""
    allinea(accordo)
    quadro = quadro_di(accordo, None)
    if quadro is None:
        raise ErroreDominio("Non c'è un questionario di cui restituire gli esiti.")
    restituzione.questionario = quadro.questionario
    restituzione.soglia = quadro.soglia
    restituzione.consultati = tasso_attuale(accordo).da_conservare()
    Scheda.objects.filter(pk__in=in_vigore(accordo).values("pk")).update(pubblicata=True)


def _conserva_conteggi(accordo: Accordo, restituzione: Restituzione) -> None:
    """Count once what everybody will read from now on."""
    quadro = quadro_di(accordo, restituzione)
    if quadro is None:
        return
    codici = [domanda.codice for domanda in quadro.struttura.domande if quesiti(domanda)]
    campi = ("restituzione", "strato", "domanda", "voce", "valore", "quanti")
    travasa(Conteggio, campi, [restituzione.pk], quadro.conta_celle(codici))
    restituzione.contata = True
    restituzione.save(update_fields=["contata"])


def _conserva_relazione(accordo: Accordo, restituzione: Restituzione) -> None:
    """Print the report of what has just been frozen, and keep it with its fingerprint."""
    quadro = quadro_di(accordo, restituzione)
    if quadro is None or restituzione.pubblicata_il is None:
        return
    pdf = relazione.stampa(quadro, creato=restituzione.pubblicata_il, nota=restituzione.nota)
    restituzione.relazione_impronta = impronta(pdf)
    restituzione.relazione.save(f"relazione-{accordo.slug}.pdf", ContentFile(pdf), save=False)
    restituzione.save(update_fields=["relazione", "relazione_impronta"])


def segna_letti(accordo: Accordo, *, da: Agente) -> LetturaEsiti:
    """Note that a body has read the published results; saying it twice changes nothing."""
    restituzione = Restituzione.objects.filter(accordo=accordo, pubblicata_il__isnull=False).first()
    if restituzione is None:
        raise ErroreDominio("Gli esiti non sono ancora pubblicati.")
    if da.ente is None or not permessi.partecipa(da, accordo):
        raise NonAutorizzato("Lo segna chi agisce per un ente che partecipa all'accordo.")
    with transaction.atomic():
        lettura, nuova = LetturaEsiti.objects.get_or_create(
            restituzione=restituzione,
            ente=da.ente,
            defaults={"utente": da.utente, "quando": orologio.adesso()},
        )
        if nuova:
            registra(accordo, da=da, verbo="legge_esiti", oggetto=restituzione)
    return lettura
