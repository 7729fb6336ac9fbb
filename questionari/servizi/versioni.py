"""Correcting a questionnaire that is open: a new version takes its place, and the answers that still stand go with it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import avvisi, fasi, permessi
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo, esegui, esegui_tutti
from accordo.iter.registro import registra
from questionari import confronto
from questionari.interrogazioni import bozza_di, questionario_aperto, versioni_di
from questionari.models import AllegatoRisposta, Compilazione, Questionario, Risposta, VersioneRisposta
from questionari.servizi.schede import allinea
from questionari.stati import FASE, StatoCompilazione

CHI_SCRIVE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)


def correggi(accordo: Accordo, *, da: Agente) -> Questionario:
    """Begin a corrected version of the questionnaire in force, as a draft; the one already begun, if there is one."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Il questionario lo corregge chi coordina l'accordo.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        if (bozza := bozza_di(accordo)) is not None:
            return bozza
        fasi.richiedi_fase(accordo, FASE)
        in_vigore = questionario_aperto(accordo)
        if in_vigore is None:
            raise ErroreDominio("Non c'è ancora un questionario aperto da correggere.")
        bozza = Questionario.objects.create(
            accordo=accordo,
            versione=_prossimo_numero(accordo),
            titolo=in_vigore.titolo,
            definizione=in_vigore.definizione,
            impronta=in_vigore.impronta,
            sollecito_ogni=in_vigore.sollecito_ogni,
            solleciti_al_massimo=in_vigore.solleciti_al_massimo,
        )
        registra(
            accordo,
            da=da,
            verbo="correggi_questionario",
            oggetto=bozza,
            dati={"versione": bozza.versione, "corregge": in_vigore.versione},
        )
    return bozza


def scarta_correzione(accordo: Accordo, *, da: Agente, letta: str | None = None) -> Questionario:
    """Give up a correction that was begun: the version in force stays, this one is kept, never to be opened.

    `letta`: the fingerprint that the person saw; if a colleague has changed it since, nothing is given up.
    """
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        bozza, in_vigore = bozza_di(accordo), questionario_aperto(accordo)
        if bozza is None or in_vigore is None:
            raise ErroreDominio("Non c'è una versione corretta da scartare.")
        if letta is not None and letta != bozza.impronta:
            raise StatoCambiato("Nel frattempo la versione corretta è stata cambiata: rileggila prima.")
        cambi = [
            f"{c.verbo} {c.domanda.codice}" for c in confronto.cambi(in_vigore.struttura, bozza.struttura)
        ]
        dati = {"versione": bozza.versione, "impronta": bozza.impronta, "cambi": cambi}
        esegui(bozza, "scarta_correzione", da=da, dati=dati)
    return bozza


def _prossimo_numero(accordo: Accordo) -> int:
    """One more than any version has had: the number of one that was given up is not used again."""
    return 1 + max(questionario.versione for questionario in versioni_di(accordo))


def apri_correzione(accordo: Accordo, *, da: Agente, motivazione: str) -> list[Compilazione]:
    """Open the corrected version in place of the one in force; return the bodies that are asked again.

    Answers to questions that ask the same as before stay; the others are set aside, in the history of their question.
    A body that had sent, or was about to, is asked only what is new; its earlier sendings stay. Whom the correction
    asks nothing stays as it was. One transaction, and as many queries for a thousand bodies as for one (in batches).
    """
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        nuova, vecchia = bozza_di(accordo), questionario_aperto(accordo)
        if nuova is None or vecchia is None:
            raise ErroreDominio("Non c'è una versione corretta da aprire.")
        if nuova.impronta == vecchia.impronta:
            raise ErroreDominio("La versione corretta è uguale a quella aperta: non c'è niente da aprire.")
        prima, dopo = vecchia.struttura, nuova.struttura
        via = confronto.cadute(prima, dopo)

        def con_motivo(fresco: Questionario) -> None:
            fresco.motivo = motivazione.strip()

        esegui(vecchia, "supera", da=da)
        esegui(
            nuova,
            "apri_correzione",
            da=da,
            motivazione=motivazione,
            dati={
                "corregge": vecchia.versione,
                "impronta": nuova.impronta,
                "cambi": [f"{c.verbo} {c.domanda.codice}" for c in confronto.cambi(prima, dopo)],
            },
            applica=con_motivo,
        )
        compilazioni = list(
            Compilazione.objects.select_for_update(of=("self",))
            .filter(questionario=vecchia)
            .select_related("ente")
            .order_by("pk")
        )
        risposte: dict[int, dict[str, object]] = {}
        for chiave, codice, valore in Risposta.objects.filter(
            compilazione__questionario=vecchia, valore__isnull=False
        ).values_list("compilazione", "domanda", "valore"):
            risposte.setdefault(chiave, {})[codice] = valore
        richieste = []
        for compilazione in compilazioni:
            compilazione.questionario = nuova
            sue = risposte.get(compilazione.pk, {})
            chiede = confronto.da_rispondere(prima, dopo, compilazione.ente.tipo, sue, via)
            if compilazione.stato in (StatoCompilazione.INVIATA, StatoCompilazione.IN_CONVALIDA) and chiede:
                compilazione.da_rivedere = chiede
                compilazione.nota = motivazione.strip()
                richieste.append(compilazione)
        Compilazione.objects.filter(questionario=vecchia).update(questionario=nuova)
        _metti_da_parte(nuova, via, da)
        esegui_tutti(
            richieste,
            "chiedi_le_nuove",
            da=da,
            motivazione=motivazione,
            dati={"versione": nuova.versione},
            campi=("da_rivedere", "nota"),
        )
        allinea(accordo)
        _avvisa(nuova, richieste, compilazioni)
    return richieste


def _metti_da_parte(questionario: Questionario, via: frozenset[str], da: Agente) -> None:
    """Empty the answers that no longer stand; what they were stays in their history."""
    if not via:
        return
    adesso = orologio.adesso()
    toccate = Risposta.objects.filter(
        compilazione__questionario=questionario, domanda__in=via, valore__isnull=False
    )
    righe = list(toccate.values_list("pk", "revisione"))
    Risposta.objects.filter(
        compilazione__questionario=questionario, domanda__in=via, valore__isnull=False
    ).update(valore=None, revisione=F("revisione") + 1, chi=da.utente, quando=adesso)
    VersioneRisposta.objects.bulk_create(
        (
            VersioneRisposta(
                risposta_id=pk, revisione=revisione + 1, valore=None, chi=da.utente, quando=adesso
            )
            for pk, revisione in righe
        ),
        batch_size=1000,
    )
    AllegatoRisposta.objects.filter(
        compilazione__questionario=questionario, domanda__in=via, rimosso_il=None
    ).update(rimosso_il=adesso)


def _avvisa(
    questionario: Questionario, richieste: Sequence[Compilazione], tutte: Sequence[Compilazione]
) -> None:
    accordo = questionario.accordo
    url = reverse("questionari:questionario", args=[accordo.slug])
    perche = f"\n\n{questionario.motivo}"
    avvisi.avvisa(
        [c.ente_id for c in richieste],
        oggetto="Il questionario è stato corretto: servono poche risposte",
        testo=f"{accordo.titolo}: il questionario è stato corretto. Le risposte già date restano; il vostro ente "
        f"risponde solo alle domande nuove o cambiate, poi convalida e invia di nuovo.{perche}",
        url=url,
        ruoli=CHI_SCRIVE,
    )
    chiamati = {c.pk for c in richieste}
    in_corso = [
        c.ente_id for c in tutte if c.pk not in chiamati and c.stato == StatoCompilazione.IN_COMPILAZIONE
    ]
    avvisi.avvisa(
        in_corso,
        oggetto="Il questionario è stato corretto",
        testo=f"{accordo.titolo}: il questionario che state compilando è stato corretto. Le risposte già date restano, "
        f"tranne quelle alle domande cambiate.{perche}",
        url=url,
        ruoli=CHI_SCRIVE,
    )
