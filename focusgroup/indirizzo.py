"""The private address of a person's calendar: a random seed and its signature.

Whoever guesses is turned away by the signature, compared in constant time, before the database is asked; whoever reads
the database finds only the seed.
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from focusgroup.models import IndirizzoCalendario

_SALE = "focusgroup.indirizzo"
_LUNGHEZZA = 32


def _firma(seme: str, segreto: str | bytes) -> str:
    return salted_hmac(_SALE, seme, secret=segreto, algorithm="sha256").hexdigest()[:_LUNGHEZZA]


def gettone(indirizzo: IndirizzoCalendario) -> str:
    """Return the secret part of the address."""
    return f"{indirizzo.seme}.{_firma(indirizzo.seme, settings.SECRET_KEY)}"


def seme(gettone: str) -> str:
    """Return the seed of an address whose signature is right, or nothing."""
    parte, _, firma = gettone.rpartition(".")
    chiavi = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    buone = [constant_time_compare(firma, _firma(parte, chiave)) for chiave in chiavi]
    return parte if parte and any(buone) else ""
