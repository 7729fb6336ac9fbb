"""Writing a questionnaire: beginning one, changing the draft. Nobody overwrites what they have not seen."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accordo.base import orologio
from accordo.base.canonico import impronta, json_canonico
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import TipoEnte
from accordo.iter import permessi
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from accordo.rilievi.models import Obiettivo
from questionari import lettura, modifiche, scrittura
from questionari.definizione import Definizione, Domanda, Sezione
from questionari.interrogazioni import bozza_di, questionario_di, versioni_di
from questionari.models import Questionario
from questionari.stati import StatoQuestionario

VERBO = "modifica_questionario"
APERTO = "Il questionario è aperto e non si cambia più: per correggerlo serve una nuova versione."


class ModificatoNelFrattempo(StatoCambiato):
    """Somebody else changed the same thing since it was read; nothing was written."""

    def __init__(self, chi: str, quando: datetime | None, eliminato: bool) -> None:
        cosa = "ha eliminato questa parte" if eliminato else "ha cambiato questa parte"
        super().__init__(f"Nel frattempo {chi} {cosa} del questionario.")
        self.chi, self.quando, self.eliminato = chi, quando, eliminato


def vista(parte: Any) -> str:
    """The fingerprint of a part as a person sees it: goes into the page and comes back with the change."""
    return impronta(json_canonico(parte))[:16] if parte else ""


def vista_domanda(definizione: Definizione, codice: str) -> str:
    """What a person sees of a question."""
    domanda = definizione.per_codice.get(codice)
    return vista(scrittura.domanda(domanda)) if domanda else ""


def vista_sezione(definizione: Definizione, codice: str) -> str:
    """What a person sees of a section's own words (its questions are looked at one by one)."""
    sezione = modifiche.sezione(definizione, codice)
    return vista(scrittura.sezione(replace(sezione, domande=()))) if sezione else ""


def vista_intestazione(definizione: Definizione) -> str:
    """What a person sees of title and foreword."""
    return vista({"titolo": definizione.titolo, "premessa": definizione.premessa})


def vista_ordine(definizione: Definizione) -> str:
    """What a person sees of the order of sections and questions."""
    return vista([[s.codice, [d.codice for d in s.domande]] for s in definizione.sezioni])


def comincia(
    accordo: Accordo, *, da: Agente, titolo: str = "", da_questionario: Questionario | None = None
) -> Questionario:
    """Begin a questionnaire from nothing, or from another accord's; the one already begun, if there is one."""
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        if (attuale := questionario_di(accordo)) is not None:
            if attuale.stato == StatoQuestionario.BOZZA and da_questionario is None:
                return attuale
            raise ErroreDominio("Questo accordo ha già un questionario.")
        obiettivi = {
            o.codice: o.testo for o in Obiettivo.objects.filter(accordo=accordo, genitore__isnull=True)
        }
        if da_questionario is None:
            nuova = Definizione(f"q-{accordo.slug}"[:50], titolo.strip(), (), obiettivi=obiettivi)
        else:
            altra = da_questionario.struttura
            nuova = replace(altra, codice=f"q-{accordo.slug}"[:50], obiettivi=altra.obiettivi or obiettivi)
        questionario = Questionario(accordo=accordo)
        _scrivi(questionario, nuova)
        questionario.save()
        dati = {"titolo": questionario.titolo}
        if da_questionario is not None:
            dati["da"] = da_questionario.accordo.slug
        registra(accordo, da=da, verbo="comincia_questionario", oggetto=questionario, dati=dati)
    return questionario


def modifica(
    accordo: Accordo,
    cambia: modifiche.Modifica,
    *,
    da: Agente,
    parte: str,
    che_cosa: str,
    letta: str | None = None,
    guarda: Callable[[Definizione], str] | None = None,
) -> Questionario:
    """Change the draft by a pure function. `parte` and `che_cosa` say in the registro what was touched, and how.

    `guarda` gives the fingerprint of the part as it is now; if it is not `letta`, the one that the person saw, nothing
    is written and ModificatoNelFrattempo says who was faster. Raises ErroreDominio if something depends on what goes.
    """
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        questionario = bozza_di(accordo)
        if questionario is None:
            raise ErroreDominio(APERTO)
        prima = questionario.struttura
        if guarda is not None and letta is not None and (adesso := guarda(prima)) != letta:
            ultimo = _ultima_modifica(questionario, parte)
            raise ModificatoNelFrattempo(
                ultimo.utente_nome if ultimo else "qualcun altro",
                ultimo.quando if ultimo else None,
                eliminato=not adesso,
            )
        dopo = cambia(prima)
        if dopo == prima:
            return questionario
        _scrivi(questionario, dopo)
        questionario.save()
        registra(
            accordo,
            da=da,
            verbo=VERBO,
            oggetto=questionario,
            dati={"parte": parte, "che_cosa": che_cosa, "impronta": questionario.impronta},
        )
    return questionario


def aggiungi_sezione(accordo: Accordo, sezione: Sezione, *, da: Agente) -> Sezione:
    """Put a new section at the end. The same one again (a double press) changes nothing; a code taken gives another."""
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        struttura = _in_lavorazione(accordo)
        if (uguale := modifiche.sezione(struttura, sezione.codice)) is not None:
            if replace(uguale, domande=()) == sezione:
                return sezione
            sezione = replace(
                sezione, codice=modifiche.codice_sezione(struttura, codici_usati(accordo, "sezioni"))
            )
        modifica(
            accordo,
            modifiche.metti_sezione(sezione),
            da=da,
            parte=f"sezione {sezione.codice}",
            che_cosa="aggiunge una sezione",
        )
    return sezione


def aggiungi_domanda(
    accordo: Accordo, domanda: Domanda, in_sezione: str, obiettivi: Mapping[str, str], *, da: Agente
) -> Domanda:
    """Put a new question at the end of a section. The same one again changes nothing; a code taken gives another."""
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        struttura = _in_lavorazione(accordo)
        if (uguale := struttura.per_codice.get(domanda.codice)) is not None:
            if uguale == domanda:
                return domanda
            domanda = replace(
                domanda, codice=modifiche.codice_domanda(struttura, codici_usati(accordo, "domande"))
            )
        modifica(
            accordo,
            modifiche.scrivi_domanda(domanda, in_sezione, obiettivi),
            da=da,
            parte=f"domanda {domanda.codice}",
            che_cosa="aggiunge una domanda",
        )
    return domanda


def _in_lavorazione(accordo: Accordo) -> Definizione:
    bozza = bozza_di(accordo)
    if bozza is None:
        raise ErroreDominio(APERTO)
    return bozza.struttura


def codici_usati(accordo: Accordo, che: str) -> set[str]:
    """Codes that any version of the questionnaire has had: a code is never given to something else."""
    usati: set[str] = set()
    for versione in versioni_di(accordo):
        struttura = versione.struttura
        usati |= {s.codice for s in struttura.sezioni} if che == "sezioni" else set(struttura.per_codice)
    return usati


def _ultima_modifica(questionario: Questionario, parte: str) -> Evento | None:
    """The last change of a part of this draft, or of any part."""
    eventi = Evento.objects.filter(
        accordo=questionario.accordo_id,
        oggetto_tipo=questionario._meta.label_lower,
        oggetto_id=str(questionario.pk),
    ).order_by("-numero")
    return eventi.filter(dati__parte=parte).first() or eventi.first()


def _scrivi(questionario: Questionario, struttura: Definizione) -> None:
    dati = scrittura.scrivi(struttura, su=questionario.definizione or {})
    try:
        riletta = lettura.leggi(dati, tipi_ente=TipoEnte.values, in_costruzione=True)
    except lettura.DefinizioneNonValida as errore:
        raise ErroreDominio("Il questionario così non sta in piedi: niente è stato salvato.") from errore
    questionario.titolo = (riletta.titolo or "Questionario senza titolo")[:300]
    questionario.definizione = dati
    questionario.impronta = impronta(json_canonico(dati))
    questionario.caricato_il = orologio.adesso()


def _richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Il questionario lo prepara chi coordina l'accordo.")
