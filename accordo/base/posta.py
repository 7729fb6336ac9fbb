"""Mail: sent after the transaction, by a task, so that nothing is told that did not happen.

What is attached waits in storage, once for all who receive it; the queue holds its address alone. It may be emptied
of what is old at any time (`svuota_allegati`).
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage as Messaggio
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task

from accordo.base import orologio

registro = logging.getLogger(__name__)

CARTELLA = "posta"
MASSIMO_ALLEGATI = 5 * 1024 * 1024
"""Bytes that a message carries at most: many mailboxes of public bodies refuse 10 MB, and base64 makes 4/3 of them."""

_muta: ContextVar[bool] = ContextVar("posta_muta", default=False)


@dataclass(frozen=True, slots=True)
class Appuntamento:
    """What a message says to a calendar: the iTIP method (REQUEST, CANCEL) and the iCalendar text."""

    metodo: str
    ics: bytes


@dataclass(frozen=True, slots=True)
class Allegato:
    """A file that travels with a message."""

    nome: str
    contenuto: bytes
    tipo: str = "application/pdf"


@contextmanager
def muta() -> Iterator[None]:
    """Send nothing meanwhile: the demo lives through months of an accord, and its people have no mailbox."""
    gettone = _muta.set(True)
    try:
        yield
    finally:
        _muta.reset(gettone)


def tace() -> bool:
    """Whether nothing is sent now: then nothing needs to be composed either."""
    return _muta.get()


class ConAppuntamento(EmailMessage):
    """A message that a calendar understands (RFC 6047): beside the text a `text/calendar` part with its method, for the
    programs that act on it, and the same as an attachment, for those that only open files. The bytes go as they are: their lines end in CRLF.
    """

    def __init__(self, appuntamento: Appuntamento, **campi: object) -> None:
        super().__init__(**campi)  # type: ignore[arg-type]
        self.appuntamento = appuntamento
        self.attach("invito.ics", appuntamento.ics, "application/ics")

    def _add_bodies(self, msg: Messaggio) -> None:
        super()._add_bodies(msg)  # type: ignore[misc]
        msg.make_alternative()
        msg.add_alternative(
            self.appuntamento.ics,
            maintype="text",
            subtype="calendar",
            params={"charset": "utf-8", "method": self.appuntamento.metodo},
        )


@task()
def _spedisci(
    destinatario: str,
    oggetto: str,
    corpo: str,
    metodo: str = "",
    ics: str = "",
    allegati: Sequence[Sequence[str]] = (),
) -> None:
    campi = {"subject": oggetto, "body": corpo, "to": [destinatario]}
    messaggio = (
        ConAppuntamento(Appuntamento(metodo, ics.encode()), **campi) if metodo else EmailMessage(**campi)  # type: ignore[arg-type]
    )
    for nome, percorso, tipo in allegati:
        try:
            with default_storage.open(percorso, "rb") as aperto:
                messaggio.attach(nome, aperto.read(), tipo)
        except FileNotFoundError:
            registro.error("L'allegato «%s» non è più in deposito: il messaggio parte senza.", nome)
            messaggio.body += f"\nL'allegato «{nome}» non è più disponibile: lo trovi sul portale.\n"
    messaggio.send()


def _conserva(allegato: Allegato) -> tuple[str, str, str]:
    """Put the file into storage, once however many receive it; return what the queue holds of it."""
    percorso = f"{CARTELLA}/{sha256(allegato.contenuto).hexdigest()}"
    if not default_storage.exists(percorso):
        default_storage.save(percorso, ContentFile(allegato.contenuto))
    return allegato.nome, percorso, allegato.tipo


def svuota_allegati(piu_vecchi_di: timedelta = timedelta(days=30)) -> int:
    """Delete the files that were attached to messages longer ago than this; return how many."""
    try:
        _, nomi = default_storage.listdir(CARTELLA)
    except FileNotFoundError:
        return 0
    limite = orologio.adesso() - piu_vecchi_di
    vecchi = [n for n in nomi if default_storage.get_modified_time(f"{CARTELLA}/{n}") < limite]
    for nome in vecchi:
        default_storage.delete(f"{CARTELLA}/{nome}")
    return len(vecchi)


def invia(
    destinatari: Iterable[str],
    oggetto: str,
    testo: str,
    url: str = "",
    *,
    appuntamento: Appuntamento | None = None,
    allegati: Sequence[Allegato] = (),
) -> None:
    """Send one message to each address, singly, once the current transaction is committed.

    `url` is a path of the portal ("/accordi/…") or a whole address; it closes the message. The caller keeps `allegati`
    within MASSIMO_ALLEGATI and says in `testo` what they are.
    """
    if _muta.get():
        return
    if url.startswith("/"):
        url = settings.INDIRIZZO_PUBBLICO + url
    corpo = f"{testo}\n\n{url}\n" if url else f"{testo}\n"
    corpo += "\n--\nAccordo, il portale dell'accordo istituzionale. Questo messaggio è automatico.\n"
    indirizzi = sorted(set(destinatari))
    per_il_calendario = (appuntamento.metodo, appuntamento.ics.decode()) if appuntamento else ("", "")

    def accoda() -> None:
        conservati = [_conserva(allegato) for allegato in allegati]
        for indirizzo in indirizzi:
            _spedisci.enqueue(indirizzo, oggetto, corpo, *per_il_calendario, conservati)

    transaction.on_commit(accoda)
