"""Marking the free texts into themes, and making a rilievo of a passage."""

from django.db import transaction

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from accordo.rilievi.models import GenereFonte, Rilievo
from accordo.rilievi.servizi import DatiFonte, crea_rilievo
from questionari.definizione import PUBBLICA
from questionari.esiti.quadro import Quadro
from questionari.models import Passo, Tema, TestoRisposta
from questionari.servizi.rilevati import obiettivi


def segna_passo(testo: TestoRisposta, tema: str, citazione: str, *, accordo: Accordo, da: Agente) -> Passo:
    """Put a passage of a text under a theme, which is made if it is new; the same passage twice is one."""
    _richiedi_coordinatore(accordo, da)
    nome, cercata = " ".join(tema.split())[:80], citazione.replace("\r\n", "\n").strip()
    if not nome:
        raise ErroreDominio("Scrivi il tema sotto cui va il passo.")
    inizio = testo.testo.find(cercata) if cercata else -1
    if inizio < 0:
        raise ErroreDominio("Il passo non è nella risposta: copialo com'è scritto, senza cambiare parole.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        sotto = Tema.objects.filter(accordo=accordo, nome__iexact=nome).first()
        if sotto is None:
            sotto = Tema.objects.create(accordo=accordo, nome=nome, creato_da=da.utente)
        passo, nuovo = Passo.objects.get_or_create(
            tema=sotto,
            invio=testo.scheda.invio,
            domanda=testo.domanda,
            inizio=inizio,
            fine=inizio + len(cercata),
            defaults={"citazione": cercata, "segnato_da": da.utente},
        )
        if nuovo:
            registra(
                accordo,
                da=da,
                verbo="segna_passo",
                dati={"tema": sotto.nome, "domanda": testo.domanda, "invio": testo.scheda.invio.impronta},
            )
    return passo


def togli_passo(passo: Passo, *, da: Agente) -> None:
    """Take a passage from under its theme; one that has become a rilievo stays, as its source."""
    accordo = passo.tema.accordo
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        fresco = Passo.objects.filter(pk=passo.pk).first()
        if fresco is None:
            return
        if fresco.rilievo_id is not None:
            raise ErroreDominio("Da questo passo è nato un rilievo: resta segnato, perché ne è la fonte.")
        registra(
            accordo, da=da, verbo="togli_passo", dati={"tema": passo.tema.nome, "domanda": passo.domanda}
        )
        fresco.delete()


def rilievo_da_passo(quadro: Quadro, passo: Passo, *, tipo: str, testo: str, da: Agente) -> Rilievo:
    """Make a rilievo of a passage, once; the passage stays its source.

    Of a text that is not `pubblica` neither the words nor the body are told in the source, and the area must have
    enough answers not to tell the body by itself.
    """
    accordo = quadro.accordo
    _richiedi_coordinatore(accordo, da)
    ente = passo.invio.compilazione.ente
    domanda = quadro.struttura.per_codice.get(passo.domanda)
    if domanda is None:
        raise ErroreDominio("Questa domanda non c'è più nel questionario.")
    numero = quadro.struttura.numeri[passo.domanda]
    pubblica = quadro.effettive[passo.domanda] == PUBBLICA
    if not pubblica:
        _controlla_anonimo(quadro, passo, testo)
    fonte = (
        f"{ente.nome_breve}, domanda {numero}: «{passo.citazione}»"
        if pubblica
        else f"Una risposta aperta alla domanda {numero}, sul tema «{passo.tema.nome}»"
    )
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        fresco = Passo.objects.select_for_update().get(pk=passo.pk)
        if fresco.rilievo_id is not None:
            raise ErroreDominio("Da questo passo è già nato un rilievo.")
        rilievo = crea_rilievo(
            accordo,
            ambito=ente.ambito,
            tipo=tipo,
            testo=testo,
            obiettivi=obiettivi(quadro, tuple(o for o in domanda.obiettivi if o[:1].isdigit())),
            fonti=[DatiFonte(GenereFonte.RISPOSTA, fonte[:500], passo.domanda)],
            da=da,
        )
        fresco.rilievo = rilievo
        fresco.save(update_fields=["rilievo"])
    return rilievo


def _controlla_anonimo(quadro: Quadro, passo: Passo, testo: str) -> None:
    """Refuse to give away words, or the body, of an answer that is not `pubblica`."""
    ambito = passo.invio.compilazione.ente.ambito.nome
    if sum(s.enti for s in quadro.strati if s.ambito == ambito) < quadro.soglia:
        raise ErroreDominio(
            f"In questo ambito hanno risposto meno di {quadro.soglia} enti: il rilievo direbbe di chi è la risposta."
        )
    parole = " ".join(passo.citazione.casefold().split())
    if parole and parole in " ".join(testo.casefold().split()):
        raise ErroreDominio("La risposta non è pubblica: scrivi il rilievo con parole tue, senza riportarla.")


def _richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Le risposte aperte le segna chi coordina l'accordo.")
