"""Sections handed to colleagues: invited on the spot, seeing that section and no more, until it is taken back."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accordo.base import orologio, posta
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti import servizi as enti
from accordo.enti.agente import Agente
from accordo.enti.models import Incarico, Invito, Ruolo, Utente
from accordo.enti.servizi import DatiIncarico
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from questionari import permessi
from questionari.definizione import Sezione
from questionari.models import Affidamento, Compilazione
from questionari.stati import StatoCompilazione


@dataclass(frozen=True, slots=True, kw_only=True)
class Collega:
    """Who is to work on a section."""

    nome: str
    cognome: str
    email: str
    nota: str = ""


def affida_sezione(
    compilazione: Compilazione, sezione: Sezione, collega: Collega, *, da: Agente
) -> Affidamento:
    """Hand a section to a colleague; who has no account is invited by mail, and finds the section after accepting.

    ErroreDominio if that person fills in the whole answer anyway, or has the section already, or it was handed on.
    """
    if not permessi.compila(da, compilazione):
        raise NonAutorizzato("Le sezioni le affida il referente dell'ente.")
    if compilazione.stato == StatoCompilazione.DA_INIZIARE:
        _comincia(compilazione, da)
    with transaction.atomic():
        blocca_accordo(compilazione.accordo.pk)
        _richiedi_in_compilazione(compilazione)
        persona, invito = _persona_o_invito(compilazione, collega, da)
        chi = {"utente": persona} if persona else {"invito": invito}
        try:
            with transaction.atomic():
                affidamento = Affidamento.objects.create(
                    compilazione=compilazione,
                    sezione=sezione.codice,
                    nota=collega.nota.strip(),
                    affidato_da=da.utente,
                    **chi,
                )
        except IntegrityError as errore:
            raise ErroreDominio("Questa persona ha già questa sezione.") from errore
        registra(
            compilazione.accordo,
            da=da,
            verbo="affida_sezione",
            oggetto=compilazione,
            dati={"ente": compilazione.ente.denominazione, "sezione": sezione.titolo},
        )
        _scrivi_a(affidamento, sezione, collega.email, da)
    return affidamento


def _comincia(compilazione: Compilazione, da: Agente) -> None:
    """Begin an answer that nobody has begun; a colleague may just have done it, with a first field."""
    try:
        esegui(compilazione, "inizia", da=da)
    except StatoCambiato:
        compilazione.refresh_from_db(fields=["stato", "revisione"])


def revoca_affidamento(affidamento: Affidamento, *, da: Agente) -> None:
    """Take a section back. What the colleague wrote stays; with their last section their access ends too."""
    compilazione = affidamento.compilazione
    if not permessi.compila(da, compilazione):
        raise NonAutorizzato("Le sezioni le riprende il referente dell'ente.")
    with transaction.atomic():
        blocca_accordo(compilazione.accordo.pk)
        adesso = max(orologio.adesso(), affidamento.affidato_il)
        tolti = (
            Affidamento.objects.in_corso()
            .filter(pk=affidamento.pk)
            .update(revocato_il=adesso, revocato_da=da.utente)
        )
        if not tolti:
            raise StatoCambiato("Questa sezione era già stata ripresa.")
        _chiudi_accesso(affidamento)
        registra(
            compilazione.accordo,
            da=da,
            verbo="riprende_sezione",
            oggetto=compilazione,
            dati={
                "ente": compilazione.ente.denominazione,
                "sezione": compilazione.titolo_sezione(affidamento.sezione),
            },
        )


def _richiedi_in_compilazione(compilazione: Compilazione) -> None:
    fresca = Compilazione.objects.only("stato").get(pk=compilazione.pk)
    if fresca.stato != StatoCompilazione.IN_COMPILAZIONE:
        raise StatoCambiato(f"Il questionario non si compila più: ora è «{fresca.stato_in_parole}».")


def _persona_o_invito(
    compilazione: Compilazione, collega: Collega, da: Agente
) -> tuple[Utente | None, Invito | None]:
    """The colleague with an account, given the role if need be; or the invitation that is out to them."""
    ente, email = compilazione.ente, collega.email.strip().lower()
    persona = Utente.objects.filter(email__iexact=email, is_active=True).first()
    if persona is not None:
        ruoli = set(
            Incarico.objects.in_corso().filter(utente=persona, ente=ente).values_list("ruolo", flat=True)
        )
        if Ruolo.REFERENTE in ruoli:
            raise ErroreDominio(f"{persona} è referente dell'ente: può già compilare tutte le sezioni.")
        if Ruolo.COLLABORATORE in ruoli:
            return persona, None
    else:
        aperto = Invito.objects.aperti().filter(email=email, ente=ente, ruolo=Ruolo.COLLABORATORE).first()
        if aperto is not None:
            if aperto.scaduto:
                enti.reinvia(aperto)
            return None, aperto
    esito = enti.invita(
        ente,
        DatiIncarico(email=email, nome=collega.nome, cognome=collega.cognome, ruolo=Ruolo.COLLABORATORE),
        da=da,
    )
    return (esito.utente, None) if isinstance(esito, Incarico) else (None, esito)


def _scrivi_a(affidamento: Affidamento, sezione: Sezione, email: str, da: Agente) -> None:
    ente = affidamento.compilazione.ente
    parole = (
        f"{da.utente} ti ha affidato la sezione «{sezione.titolo}» del questionario di {ente.denominazione}."
    )
    if affidamento.in_attesa:
        parole += "\nPer entrare usa il collegamento dell'invito che ricevi in un altro messaggio."
    if affidamento.nota:
        parole += f"\n\n{affidamento.nota}"
    posta.invia(
        [email], f"Una sezione del questionario per te: {sezione.titolo}", parole, "/questionario/affidate/"
    )


def _chiudi_accesso(affidamento: Affidamento) -> None:
    """Without any section left, the role ends, or the invitation is withdrawn."""
    ente, persona, invito = affidamento.compilazione.ente, affidamento.persona, affidamento.invito
    altri = Affidamento.objects.in_corso().filter(compilazione__ente=ente)
    if persona is not None:
        incarico = (
            Incarico.objects.in_corso().filter(utente=persona, ente=ente, ruolo=Ruolo.COLLABORATORE).first()
        )
        if incarico is not None and not altri.di(persona).exists():
            enti.concludi_incarico(incarico)
    elif invito is not None and invito.annullato_il is None and not altri.filter(invito=invito).exists():
        enti.annulla_invito(invito)
