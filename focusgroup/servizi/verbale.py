"""The minutes: written live by several hands, sent to be read, approved and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from focusgroup.contenuto import contenuto_verbale
from focusgroup.models import Intervento, Presenza, Punto, RevisionePunto, Riunione, VersioneVerbale
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione

GIORNI_PER_CORREGGERE = 7
UNA_SEDUTA = timedelta(minutes=5)
"""Who goes on writing within this time goes on with the same revision."""
SI_SCRIVE = {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}


@dataclass(frozen=True, slots=True)
class Conflitto:
    """Somebody else wrote the same item meanwhile: what they wrote, and what was about to be written."""

    punto: Punto
    mio: str


def scrivi_verbale(
    riunione: Riunione, testi: Mapping[int, tuple[str, int]], *, mano: str = "", da: Agente
) -> list[Conflitto]:
    """Write the minutes: by the item's key, the text and the revision that the writer saw.

    `mano` names the page that one writes on: a page does not get in its own way when it saves twice in a hurry.

    An item that somebody else has changed meanwhile is left as it is and returned, with both texts: nothing is lost.
    """
    richiedi_coordinatore(riunione.accordo, da)
    conflitti: list[Conflitto] = []
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        _richiedi_aperto(riunione)
        for punto in riunione.punti.filter(pk__in=testi).select_related("modificato_da"):
            testo, vista = testi[punto.pk]
            testo = testo.replace("\r\n", "\n").strip()
            if testo == punto.verbale:
                continue
            if vista != punto.revisione and not (mano and punto.mano == mano):
                conflitti.append(Conflitto(punto, testo))
                continue
            scrivi_punto(punto, testo, da, mano)
    return conflitti


def _richiedi_aperto(riunione: Riunione) -> None:
    stato = Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)
    if stato not in SI_SCRIVE:
        raise ErroreDominio("Il verbale è già in lettura o approvato: per cambiarlo va riaperto.")


def scrivi_punto(punto: Punto, testo: str, da: Agente, mano: str = "") -> None:
    """Write an item's text and keep what it said before. The caller has locked the accord."""
    adesso = orologio.adesso()
    punto.verbale, punto.revisione = testo, punto.revisione + 1
    punto.modificato_da, punto.modificato_il, punto.mano = da.utente, adesso, mano
    punto.save(update_fields=["verbale", "revisione", "modificato_da", "modificato_il", "mano"])
    ultima = RevisionePunto.objects.filter(punto=punto).order_by("-numero").first()
    if ultima and ultima.da_id == da.utente.pk and adesso - ultima.cominciata_il < UNA_SEDUTA:
        ultima.testo, ultima.numero, ultima.quando = testo, punto.revisione, adesso
        ultima.save(update_fields=["testo", "numero", "quando"])
    else:
        RevisionePunto.objects.create(
            punto=punto,
            numero=punto.revisione,
            testo=testo,
            da=da.utente,
            cominciata_il=adesso,
            quando=adesso,
        )


def aggiungi_intervento(
    punto: Punto, testo: str, *, presenza: Presenza | None = None, da: Agente
) -> Intervento:
    """Write what somebody said on an item. Who has not consented is not named: the text stands as a participant's."""
    riunione = punto.riunione
    richiedi_coordinatore(riunione.accordo, da)
    if not testo.strip():
        raise ErroreDominio("Scrivi che cosa è stato detto.")
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        _richiedi_aperto(riunione)
        if presenza is not None:
            if presenza.convocazione.riunione_id != riunione.pk or presenza.arrivo is None:
                raise ErroreDominio("Chi è intervenuto non risulta presente alla riunione.")
            if not presenza.consenso:
                presenza = None
        return Intervento.objects.create(
            punto=punto,
            presenza=presenza,
            testo=testo.strip(),
            scritto_il=orologio.adesso(),
            scritto_da=da.utente,
        )


def togli_intervento(intervento: Intervento, *, da: Agente) -> None:
    """Leave an intervention out of the minutes."""
    riunione = intervento.punto.riunione
    richiedi_coordinatore(riunione.accordo, da)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        _richiedi_aperto(riunione)
        Intervento.objects.filter(pk=intervento.pk).update(tolto_il=orologio.adesso())


def termine_proposto() -> date:
    """Return the day until which corrections are usually asked."""
    return orologio.oggi() + timedelta(days=GIORNI_PER_CORREGGERE)


def pubblica_verbale(
    riunione: Riunione, *, entro: date | None = None, motivazione: str = "", da: Agente
) -> Evento:
    """Send the minutes to be read by who was called; corrections are asked until the end of the day `entro`."""
    termine = entro or termine_proposto()
    if termine < orologio.oggi():
        raise ErroreDominio("Il termine per le correzioni è già passato: scegli un giorno da oggi in poi.")

    def fissa(fresca: Riunione) -> None:
        fresca.correzioni_entro = termine

    with transaction.atomic():
        evento = esegui(
            riunione,
            "pubblica_verbale",
            da=da,
            motivazione=motivazione,
            applica=fissa,
            dati={"entro": termine.isoformat()},
        )
        _fissa_versione(riunione, da, approvata=False)
        avvisa(
            riunione.convocazioni.values_list("ente", flat=True),
            oggetto=f"{riunione.titolo}: il verbale è in lettura",
            testo=f"Leggilo: se qualcosa non va, chi c'era può chiedere una correzione fino al {termine:%d/%m/%Y}.",
            url=riunione.url(),
        )
    return evento


def _fissa_versione(riunione: Riunione, da: Agente, *, approvata: bool) -> VersioneVerbale:
    contenuto = contenuto_verbale(Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk))
    ultima = VersioneVerbale.objects.filter(riunione=riunione).aggregate(ultima=Max("numero"))["ultima"] or 0
    versione = VersioneVerbale(
        riunione=riunione,
        numero=ultima + 1,
        approvata=approvata,
        contenuto=contenuto,
        impronta=impronta(contenuto),
        quando=orologio.adesso(),
        da=da.utente,
    )
    versione.save()
    return versione


def approva_verbale(riunione: Riunione, *, motivazione: str = "", da: Agente) -> Evento:
    """Approve and freeze the minutes, with their SHA-256."""
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        contenuto = contenuto_verbale(
            Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk)
        )
        sha = impronta(contenuto)

        def congela(fresca: Riunione) -> None:
            fresca.verbale_approvato_il, fresca.impronta = orologio.adesso(), sha

        evento = esegui(
            riunione,
            "approva_verbale",
            da=da,
            motivazione=motivazione,
            applica=congela,
            dati={"impronta": sha},
        )
        _fissa_versione(riunione, da, approvata=True)
        avvisa(
            riunione.convocazioni.values_list("ente", flat=True),
            oggetto=f"{riunione.titolo}: il verbale è approvato",
            testo="Ora è fissato, con la sua impronta, e lo leggono tutti gli enti dell'accordo.",
            url=riunione.url(),
        )
    return evento


def allunga_correzioni(riunione: Riunione, entro: date, *, motivazione: str, da: Agente) -> None:
    """Give who was there more time."""
    richiedi_coordinatore(riunione.accordo, da)
    if not motivazione.strip():
        raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        fresca = Riunione.objects.select_related("accordo").get(pk=riunione.pk)
        if fresca.stato != StatoRiunione.VERBALE_PUBBLICATO:
            raise ErroreDominio("Il verbale non è in lettura.")
        if fresca.correzioni_entro and entro <= fresca.correzioni_entro:
            raise ErroreDominio(f"Il nuovo termine viene dopo il {fresca.correzioni_entro:%d/%m/%Y}.")
        if entro < timezone.localdate(orologio.adesso()):
            raise ErroreDominio("Il nuovo termine è già passato.")
        Riunione.objects.filter(pk=fresca.pk).update(correzioni_entro=entro)
        registra(
            fresca.accordo,
            da=da,
            verbo="allunga_correzioni",
            oggetto=fresca,
            motivazione=motivazione.strip(),
            dati={"entro": entro.isoformat()},
        )
    riunione.correzioni_entro = entro
