"""Corrections to minutes being read: asked until a deadline by who was there, each with an answer."""

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from focusgroup import permessi
from focusgroup.models import Correzione, Punto, Riunione
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.servizi.verbale import Conflitto, scrivi_punto
from focusgroup.stati import StatoRiunione


def chiedi_correzione(punto: Punto, testo: str, *, da: Agente) -> Correzione:
    """Ask for a change to the minutes of an item: for a body that was there, until the deadline's last minute."""
    if not permessi.corregge(da, punto.riunione):
        raise NonAutorizzato(
            "Una correzione la chiede chi è referente o rappresentante di un ente che c'era, finché il verbale è in lettura."
        )
    if not testo.strip():
        raise ErroreDominio("Scrivi che cosa va corretto.")
    with transaction.atomic():
        blocca_accordo(punto.riunione.accordo_id)
        fresca = Riunione.objects.select_related("accordo").get(pk=punto.riunione_id)
        if fresca.stato != StatoRiunione.VERBALE_PUBBLICATO:
            raise ErroreDominio("Il verbale non è più in lettura.")
        if fresca.correzioni_entro and orologio.oggi() > fresca.correzioni_entro:
            raise ErroreDominio(
                f"Il termine per chiedere correzioni era il {fresca.correzioni_entro:%d/%m/%Y}. "
                "Scrivi alla segreteria dell'accordo."
            )
        assert da.ente is not None
        correzione = Correzione.objects.create(
            punto=punto,
            ente=da.ente,
            testo=testo.strip(),
            chiesta_il=orologio.adesso(),
            chiesta_da=da.utente,
        )
        registra(fresca.accordo, da=da, verbo="chiedi_correzione", oggetto=correzione)
        avvisa(
            [fresca.accordo.promotore_id],
            oggetto=f"{fresca.titolo}: una correzione al verbale",
            testo=f"{da.ente.denominazione} chiede una correzione al punto {punto.ordine}.",
            url=correzione.get_absolute_url(),
            ruoli=(Ruolo.COORDINATORE,),
        )
    return correzione


def accogli_correzione(
    correzione: Correzione, *, testo: str, vista: int, risposta: str = "", da: Agente
) -> Conflitto | None:
    """Accept a correction and write the item anew; if somebody else has changed it meanwhile, give back both texts."""
    richiedi_coordinatore(correzione.accordo, da)
    with transaction.atomic():
        blocca_accordo(correzione.accordo.pk)
        _richiedi_in_lettura(correzione)
        punto = Punto.objects.select_related("modificato_da", "riunione").get(pk=correzione.punto_id)
        nuovo = testo.replace("\r\n", "\n").strip()
        if vista != punto.revisione:
            return Conflitto(punto, nuovo)
        if not nuovo:
            raise ErroreDominio("Il verbale del punto non può restare vuoto.")
        if nuovo == punto.verbale:
            raise ErroreDominio("Il testo del punto è rimasto uguale: scrivi la correzione che accogli.")
        _decidi(correzione, "accogli_correzione", risposta, da)
        scrivi_punto(punto, nuovo, da)
    return None


def non_accogliere_correzione(correzione: Correzione, *, risposta: str, da: Agente) -> Evento:
    """Do not accept a correction, and say why."""
    with transaction.atomic():
        blocca_accordo(correzione.accordo.pk)
        _richiedi_in_lettura(correzione)
        return _decidi(correzione, "non_accogliere_correzione", risposta, da)


def ritira_correzione(correzione: Correzione, *, da: Agente) -> Evento:
    """Take a correction back: who asked it may."""
    return esegui(correzione, "ritira_correzione", da=da)


def _richiedi_in_lettura(correzione: Correzione) -> None:
    stato = Riunione.objects.values_list("stato", flat=True).get(pk=correzione.punto.riunione_id)
    if stato != StatoRiunione.VERBALE_PUBBLICATO:
        raise ErroreDominio("Il verbale non è in lettura: le correzioni si esaminano prima di approvarlo.")


def _decidi(correzione: Correzione, verbo: str, risposta: str, da: Agente) -> Evento:
    def scrivi(fresca: Correzione) -> None:
        fresca.risposta = risposta.strip()
        fresca.decisa_il, fresca.decisa_da = orologio.adesso(), da.utente

    evento = esegui(correzione, verbo, da=da, motivazione=risposta, applica=scrivi)
    avvisa(
        [correzione.ente_id],
        oggetto=f"{correzione.punto.riunione.titolo}: la tua correzione è {correzione.stato_in_parole.lower()}",
        testo=risposta.strip() or "Il verbale è stato corretto.",
        url=correzione.get_absolute_url(),
    )
    return evento
