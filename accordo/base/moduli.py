"""Forms whose service may refuse what was written."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError

from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato


@contextmanager
def nel_modulo(form: forms.BaseForm | None, campo: str | None = None) -> Iterator[None]:
    """Let a refusal stand in the form, beside `campo` or above all, with everything that was typed.

    What changed under the person's hands, and what is not theirs to do, has a page of its own: filling in again does not help.
    """
    try:
        yield
    except (StatoCambiato, NonAutorizzato):
        raise
    except ErroreDominio as rifiuto:
        if form is None:
            raise
        parole = [rifiuto.testo, *(mancanza.testo for mancanza in rifiuto.mancanze)]
        form.add_error(campo, ValidationError(parole))
