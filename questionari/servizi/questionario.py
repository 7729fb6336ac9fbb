"""Loading a questionnaire, opening it to the bodies, reminding them."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accordo.base import orologio
from accordo.base.canonico import impronta, json_canonico
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.enti.models import TipoEnte
from accordo.iter import avvisi, fasi
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from questionari import lettura
from questionari.interrogazioni import bozza_di, questionario_di
from questionari.models import Compilazione, Questionario
from questionari.stati import FASE, StatoQuestionario


def carica_questionario(
    accordo: Accordo, dati: Any, *, da: Agente | None = None, origine: Mapping[str, Any] | None = None
) -> Questionario:
    """Store a questionnaire (parsed JSON, or its text) for an accord, as a draft until its phase begins.

    `origine` says from which file it was imported: it stays in the registro.

    The same definition again changes nothing; another one replaces the draft. Raises lettura.DefinizioneNonValida with
    all that is wrong, ErroreDominio once the questionnaire is open.
    """
    if isinstance(dati, str | bytes):
        dati = json.loads(dati)
    struttura = lettura.leggi(dati, tipi_ente=TipoEnte.values)
    chiave = impronta(json_canonico(dati))
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        attuale = bozza_di(accordo) or questionario_di(accordo)
        if attuale is not None and attuale.impronta == chiave:
            return attuale
        if attuale is not None and attuale.stato != StatoQuestionario.BOZZA:
            raise ErroreDominio("Il questionario è già stato aperto agli enti: non si può più sostituire.")
        questionario = attuale or Questionario(accordo=accordo)
        questionario.titolo = struttura.titolo[:300]
        questionario.definizione = dati
        questionario.impronta = chiave
        questionario.caricato_il = orologio.adesso()
        questionario.save()
        registra(
            accordo,
            da=da,
            verbo="importa_questionario" if origine else "carica_questionario",
            oggetto=questionario,
            dati={"impronta": chiave, "domande": len(struttura.per_codice), **(origine or {})},
        )
    return questionario


def avvia_questionario(accordo: Accordo, *, da: Agente) -> Questionario:
    """Open the questionnaire and give one to each signatory but the promoter, which leads and does not answer.

    Called when the phase is entered, in the same transaction; again after going back, it adds only who is missing.
    """
    with transaction.atomic():
        questionario = questionario_di(accordo)
        if questionario is None:
            raise ErroreDominio(
                "Il questionario non è ancora stato caricato: senza, la fase non può iniziare."
            )
        if questionario.stato != StatoQuestionario.APERTO:
            esegui(questionario, "apri", da=da)
        enti = [partecipazione.ente for partecipazione in enti_consultati(accordo)]
        Compilazione.objects.bulk_create(
            [Compilazione(questionario=questionario, ente=ente) for ente in enti], ignore_conflicts=True
        )
        termine = fasi.scadenza(accordo, FASE)
        entro = f" entro il {termine:%d/%m/%Y}" if termine else ""
        avvisi.avvisa(
            enti,
            oggetto="Il questionario è aperto",
            testo=f"{accordo.titolo}: il vostro ente può rispondere al questionario{entro}. "
            "Il referente compila, chi rappresenta l'ente convalida e invia.",
            url=questionario.get_absolute_url(),
        )
    return questionario
