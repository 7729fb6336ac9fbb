"""What changes people and their roles. Whoever calls has checked that the person may do it for that body."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import password_validation
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio
from accordo.base.posta import invia
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Incarico, Invito, Ruolo, Utente
from accordo.enti.models.inviti import fra_i_giorni_di_un_invito


@dataclass(frozen=True, slots=True, kw_only=True)
class DatiIncarico:
    """Who is to act for a body, and how."""

    email: str
    nome: str
    cognome: str
    ruolo: str
    dal: date | None = None
    al: date | None = None
    atto_delega: str = ""


def _mio(agente: Agente | None) -> Utente | None:
    return agente.utente if agente else None


@transaction.atomic
def invita(ente: Ente, dati: DatiIncarico, *, da: Agente | None) -> Incarico | Invito:
    """Ask a person to act for `ente`; whoever already has an account gets the role at once and is told by mail.

    `da` is None only for the commands that begin an installation. ErroreDominio if the person already has that
    role, or an open invitation to it.
    """
    email = dati.email.strip().lower()
    dal = dati.dal or orologio.oggi()
    if utente := Utente.objects.filter(email__iexact=email, is_active=True).first():
        incarico = affida(utente, ente, dati.ruolo, dal=dal, al=dati.al, atto_delega=dati.atto_delega)
        ruolo = incarico.get_ruolo_display().lower()
        invia(
            [utente.email],
            f"Hai un nuovo incarico per {ente}",
            f"Ciao {utente.nome},\nda {dal:%d/%m/%Y} sei {ruolo} per {ente}.\nEntra con il tuo account: "
            "in alto a destra scegli per quale ente agisci.",
            "/attivita/",
        )
        return incarico
    if Invito.objects.aperti().filter(email=email, ente=ente, ruolo=dati.ruolo).exists():
        raise ErroreDominio(f"C'è già un invito aperto per {email} con questo ruolo: puoi mandarlo di nuovo.")
    gettone = secrets.token_urlsafe(32)
    invito = Invito.objects.create(
        email=email,
        nome=dati.nome.strip(),
        cognome=dati.cognome.strip(),
        ente=ente,
        ruolo=dati.ruolo,
        dal=dal,
        al=dati.al,
        atto_delega=dati.atto_delega.strip(),
        impronta_gettone=impronta(gettone.encode()),
        creato_da=_mio(da),
    )
    _spedisci(invito, gettone)
    return invito


def affida(
    utente: Utente,
    ente: Ente,
    ruolo: str,
    *,
    dal: date | None = None,
    al: date | None = None,
    atto_delega: str = "",
) -> Incarico:
    """Give a person a role for a body; ErroreDominio if they have it already."""
    if _gia_affidato(utente, ente, ruolo):
        raise ErroreDominio(f"{utente} è già {Ruolo(ruolo).label.lower()} per {ente}.")
    try:
        with transaction.atomic():
            return Incarico.objects.create(
                utente=utente,
                ente=ente,
                ruolo=ruolo,
                dal=dal or orologio.oggi(),
                al=al,
                atto_delega=atto_delega,
            )
    except IntegrityError as errore:
        raise ErroreDominio(f"{utente} ha già questo ruolo per {ente}, da un'altra data.") from errore


def _gia_affidato(utente: Utente, ente: Ente, ruolo: str) -> bool:
    """Whether the person holds the role, or is to hold it from a day still to come."""
    non_finito = Q(al__isnull=True) | Q(al__gte=orologio.oggi())
    affidati = Incarico.objects.filter(non_finito, utente=utente, ente=ente, ruolo=ruolo)
    return affidati.filter(concluso_il__isnull=True).exists()


@transaction.atomic
def reinvia(invito: Invito) -> str:
    """Send an open invitation again with a new link (the old one stops working); return the token."""
    invito = Invito.objects.select_for_update().select_related("ente").get(pk=invito.pk)
    _richiedi_aperto(invito)
    gettone = secrets.token_urlsafe(32)
    invito.impronta_gettone = impronta(gettone.encode())
    invito.mandato_il = orologio.adesso()
    invito.scade_il = fra_i_giorni_di_un_invito()
    invito.save(update_fields=["impronta_gettone", "mandato_il", "scade_il"])
    _spedisci(invito, gettone)
    return gettone


@transaction.atomic
def annulla_invito(invito: Invito) -> Invito:
    """Withdraw an open invitation: its link stops working."""
    invito = Invito.objects.select_for_update().get(pk=invito.pk)
    _richiedi_aperto(invito)
    invito.annullato_il = orologio.adesso()
    invito.save(update_fields=["annullato_il"])
    return invito


def _richiedi_aperto(invito: Invito) -> None:
    if invito.accettato_il:
        raise ErroreDominio(f"{invito.persona} ha già accettato l'invito.")
    if invito.annullato_il:
        raise ErroreDominio("L'invito è stato annullato.")


def _spedisci(invito: Invito, gettone: str) -> None:
    invia(
        [invito.email],
        f"Invito al portale dell'accordo per {invito.ente}",
        f"Ciao {invito.nome},\nsei invitato a lavorare all'accordo come {invito.get_ruolo_display().lower()} "
        f"per {invito.ente}.\nApri il collegamento e scegli una password. "
        f"Vale fino a {invito.scade_il:%d/%m/%Y} e si usa una volta sola.",
        reverse("enti:invito", kwargs={"gettone": gettone}),
    )


def trova_invito(gettone: str) -> Invito | None:
    """Return the valid invitation that a link stands for; None if unknown, used, withdrawn or expired."""
    validi = Invito.objects.validi().select_related("ente")
    return validi.filter(impronta_gettone=impronta(gettone.encode())).first()


@transaction.atomic
def accetta_invito(gettone: str, password: str) -> Utente:
    """Open the account of whoever holds the link and give them their role.

    The link proves the mailbox, so every other valid invitation to the same address is accepted with it.
    ErroreDominio if the link no longer works; ValidationError if the password is too weak.
    """
    indirizzo = Invito.objects.filter(impronta_gettone=impronta(gettone.encode())).values("email")
    # All the invitations to one address are locked together and in order: two links used at once do not deadlock.
    inviti = list(Invito.objects.select_for_update().validi().filter(email__in=indirizzo).order_by("pk"))
    invito = next((i for i in inviti if i.impronta_gettone == impronta(gettone.encode())), None)
    if invito is None:
        raise ErroreDominio(
            "Questo invito non vale più: chiedi a chi coordina l'accordo di mandartene un altro."
        )
    utente = Utente.objects.filter(email__iexact=invito.email).first()
    if utente is None:
        utente = Utente(email=invito.email, nome=invito.nome, cognome=invito.cognome)
        password_validation.validate_password(password, utente)
        utente.set_password(password)
        utente.save()
    elif not utente.is_active:
        raise ErroreDominio("Con questo indirizzo ora non si può entrare: scrivi a chi coordina l'accordo.")
    for altro in inviti:
        _accetta(altro, utente)
    return utente


def _accetta(invito: Invito, utente: Utente) -> None:
    if not _gia_affidato(utente, invito.ente, invito.ruolo):
        affida(
            utente, invito.ente, invito.ruolo, dal=invito.dal, al=invito.al, atto_delega=invito.atto_delega
        )
    invito.accettato_il, invito.accettato_da = orologio.adesso(), utente
    invito.save(update_fields=["accettato_il", "accettato_da"])


@transaction.atomic
def concludi_incarico(incarico: Incarico) -> Incarico:
    """End a role now; the row stays as history. ErroreDominio if it has ended, or nobody would coordinate any more."""
    incarico = (
        Incarico.objects.select_for_update(of=("self",)).select_related("utente", "ente").get(pk=incarico.pk)
    )
    if not Incarico.objects.in_corso().filter(pk=incarico.pk).exists() and incarico.dal <= orologio.oggi():
        raise ErroreDominio("L'incarico è già concluso.")
    altri = (
        Incarico.objects.in_corso()
        .filter(ente=incarico.ente, ruolo=Ruolo.COORDINATORE)
        .exclude(pk=incarico.pk)
    )
    if incarico.ruolo == Ruolo.COORDINATORE and not altri.exists():
        raise ErroreDominio(
            "È l'unica persona che coordina per questo ente: invita prima chi la sostituisce."
        )
    incarico.concluso_il = orologio.adesso()
    incarico.al = max(incarico.dal, orologio.oggi())
    incarico.save(update_fields=["concluso_il", "al"])
    invia(
        [incarico.utente.email],
        f"Il tuo incarico per {incarico.ente} è concluso",
        f"Ciao {incarico.utente.nome},\nda oggi non sei più {incarico.get_ruolo_display().lower()} per "
        f"{incarico.ente}. Quello che hai fatto resta nel registro.",
    )
    return incarico


def aggiorna_profilo(utente: Utente, *, nome: str, cognome: str, codice_fiscale: str) -> None:
    """Change what a person may change of their own data."""
    utente.nome, utente.cognome, utente.codice_fiscale = nome, cognome, codice_fiscale
    utente.save(update_fields=["nome", "cognome", "codice_fiscale"])
