"""Mail: sent after the transaction, by a task, so that nothing is told that did not happen."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.message import EmailMessage as Messaggio

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task

_muta: ContextVar[bool] = ContextVar("posta_muta", default=False)


@dataclass(frozen=True, slots=True)
class Appuntamento:
    """What a message says to a calendar: the iTIP method (REQUEST, CANCEL) and the iCalendar text."""

    metodo: str
    ics: bytes


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
def _spedisci(destinatario: str, oggetto: str, corpo: str, metodo: str = "", ics: str = "") -> None:
    if metodo:
        appuntamento = Appuntamento(metodo, ics.encode())
        ConAppuntamento(appuntamento, subject=oggetto, body=corpo, to=[destinatario]).send()
    else:
        EmailMessage(subject=oggetto, body=corpo, to=[destinatario]).send()


def invia(
    destinatari: Iterable[str],
    oggetto: str,
    testo: str,
    url: str = "",
    *,
    appuntamento: Appuntamento | None = None,
) -> None:
    """Send one message to each address, singly, once the current transaction is committed.

    `url` is a path of the portal ("/accordi/…") or a whole address; it closes the message.
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
        for indirizzo in indirizzi:
            _spedisci.enqueue(indirizzo, oggetto, corpo, *per_il_calendario)

    transaction.on_commit(accoda)
