"""Mail: sent after the transaction, by a task, so that nothing is told that did not happen."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task

_muta: ContextVar[bool] = ContextVar("posta_muta", default=False)


@contextmanager
def muta() -> Iterator[None]:
    """Send nothing meanwhile: the demo lives through months of an accord, and its people have no mailbox."""
    gettone = _muta.set(True)
    try:
        yield
    finally:
        _muta.reset(gettone)


@task()
def _spedisci(destinatario: str, oggetto: str, corpo: str) -> None:
    EmailMessage(subject=oggetto, body=corpo, to=[destinatario]).send()


def invia(destinatari: Iterable[str], oggetto: str, testo: str, url: str = "") -> None:
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

    def accoda() -> None:
        for indirizzo in indirizzi:
            _spedisci.enqueue(indirizzo, oggetto, corpo)

    transaction.on_commit(accoda)
