"""The register of who is there: who, for which body, as what, from when to when, and whether they may be named."""

from collections.abc import Iterable

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from focusgroup.interrogazioni import decaduta
from focusgroup.models import Convocazione, Presenza, Riunione, Titolo
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione

REGISTRO_APERTO = {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}


def _apri(riunione: Riunione, da: Agente) -> Riunione:
    richiedi_coordinatore(riunione.accordo, da)
    blocca_accordo(riunione.accordo_id)
    fresca = Riunione.objects.select_related("accordo").get(pk=riunione.pk)
    if fresca.stato not in REGISTRO_APERTO:
        raise ErroreDominio(
            "Le presenze si segnano il giorno della riunione, prima di pubblicare il verbale."
        )
    return fresca


def segna_arrivo(
    convocazione: Convocazione,
    *,
    nome: str = "",
    qualifica: str = "",
    titolo: str = "",
    consenso: bool | None = None,
    da: Agente,
) -> Presenza:
    """Write that somebody has come for a body, now; twice is once. Without a name it is whom the body named.

    ErroreDominio if nobody is named, or if the person whom the body named has no role there any more.
    """
    with transaction.atomic():
        _apri(convocazione.riunione, da)
        fresca = Convocazione.objects.select_related("ente", "riunione__accordo").get(pk=convocazione.pk)
        presenza = Presenza.objects.filter(convocazione=fresca).first()
        gia = presenza is not None and presenza.arrivo is not None
        if presenza is None:
            presenza = Presenza(convocazione=fresca)
        if nome.strip():
            presenza.nome, presenza.qualifica = nome.strip(), qualifica.strip()
            presenza.titolo = Titolo(titolo).value if titolo else ""
        elif not presenza.nome:
            _richiedi_in_carica(fresca)
            presenza.nome, presenza.qualifica, presenza.titolo = (
                fresca.partecipante,
                fresca.qualifica,
                fresca.titolo,
            )
        if consenso is not None:
            presenza.consenso = consenso
        if not gia:
            presenza.arrivo, presenza.uscita = orologio.adesso(), None
        presenza.registrata_il, presenza.registrata_da = orologio.adesso(), da.utente
        presenza.save()
        Convocazione.objects.filter(pk=fresca.pk).update(presente=True)
        _registra(fresca, presenza, "cambia_presenza" if gia else "segna_arrivo", da)
    convocazione.presente = True
    return presenza


def _richiedi_in_carica(convocazione: Convocazione) -> None:
    if not convocazione.partecipante:
        raise ErroreDominio(f"Scrivi chi è venuto per {convocazione.ente.denominazione}.")
    if Convocazione.objects.filter(decaduta(), pk=convocazione.pk).exists():
        raise ErroreDominio(
            f"{convocazione.partecipante} non ha più un incarico per {convocazione.ente.denominazione}: "
            "scrivi chi è venuto, e a che titolo."
        )


def segna_uscita(convocazione: Convocazione, *, da: Agente) -> None:
    """Write that they have gone, now."""
    with transaction.atomic():
        _apri(convocazione.riunione, da)
        presenza = _arrivata(convocazione)
        presenza.uscita = orologio.adesso()
        presenza.save(update_fields=["uscita"])
        _registra(presenza.convocazione, presenza, "segna_uscita", da)


def annulla_arrivo(convocazione: Convocazione, *, da: Agente) -> None:
    """Take back an arrival ticked by mistake; who was named stays written."""
    with transaction.atomic():
        _apri(convocazione.riunione, da)
        presenza = _arrivata(convocazione)
        if presenza.interventi.filter(tolto_il__isnull=True).exists():
            raise ErroreDominio(f"{presenza.nome} è già intervenuto: prima togli i suoi interventi.")
        presenza.arrivo = presenza.uscita = None
        presenza.save(update_fields=["arrivo", "uscita"])
        Convocazione.objects.filter(pk=convocazione.pk).update(presente=None)
        _registra(presenza.convocazione, presenza, "annulla_arrivo", da)
    convocazione.presente = None


def cambia_consenso(presenza: Presenza, consenso: bool, *, da: Agente) -> None:
    """Write that a person lets the minutes name them, or no longer does; until the minutes are approved."""
    riunione = presenza.convocazione.riunione
    richiedi_coordinatore(riunione.accordo, da)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        stato = Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)
        if stato == StatoRiunione.VERBALE_APPROVATO:
            raise ErroreDominio("Il verbale è approvato e non si cambia più.")
        Presenza.objects.filter(pk=presenza.pk).update(consenso=consenso)
        verbo = "da_consenso" if consenso else "ritira_consenso"
        registra(riunione.accordo, da=da, verbo=verbo, oggetto=presenza.convocazione)
    presenza.consenso = consenso


def registra_presenze(riunione: Riunione, presenti: Iterable[int], *, da: Agente) -> None:
    """Write at once who was there: `presenti` are the keys of the bodies; the others were absent."""
    chiavi = set(presenti)
    with transaction.atomic():
        fresca = _apri(riunione, da)
        righe = list(fresca.convocazioni.filter(ente__in=chiavi).select_related("ente", "presenza"))
        adesso = orologio.adesso()
        nuove, tornate = [], []
        for riga in righe:
            presenza = getattr(riga, "presenza", None)
            if presenza is None:
                nuove.append(
                    Presenza(
                        convocazione=riga,
                        nome=riga.partecipante or riga.ente.denominazione,
                        qualifica=riga.qualifica,
                        titolo=riga.titolo,
                        arrivo=adesso,
                        registrata_il=adesso,
                        registrata_da=da.utente,
                    )
                )
            elif presenza.arrivo is None:
                presenza.arrivo = adesso
                tornate.append(presenza)
        Presenza.objects.bulk_create(nuove)
        Presenza.objects.bulk_update(tornate, ["arrivo"])
        Presenza.objects.filter(convocazione__riunione=fresca).exclude(convocazione__ente__in=chiavi).update(
            arrivo=None, uscita=None
        )
        fresca.convocazioni.filter(ente__in=chiavi).update(presente=True)
        fresca.convocazioni.exclude(ente__in=chiavi).update(presente=False)
        registra(
            fresca.accordo, da=da, verbo="registra_presenze", oggetto=fresca, dati={"presenti": len(chiavi)}
        )


def _arrivata(convocazione: Convocazione) -> Presenza:
    presenza = (
        Presenza.objects.filter(convocazione=convocazione, arrivo__isnull=False)
        .select_related("convocazione__ente", "convocazione__riunione__accordo")
        .first()
    )
    if presenza is None:
        raise ErroreDominio("Per questo ente non è segnato nessun arrivo.")
    return presenza


def _registra(convocazione: Convocazione, presenza: Presenza, verbo: str, da: Agente) -> None:
    registra(
        convocazione.riunione.accordo,
        da=da,
        verbo=verbo,
        oggetto=convocazione,
        dati={"nome": presenza.nome, "titolo": presenza.titolo, "consenso": presenza.consenso},
    )
