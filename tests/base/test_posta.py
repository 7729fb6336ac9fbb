"""Mail goes out after the commit, once to each address."""

import pytest
from django.core import mail

from accordo.base import posta

pytestmark = pytest.mark.django_db


def test_invia_dopo_il_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        posta.invia(
            ["a@example.invalid", "a@example.invalid", "b@example.invalid"], "Oggetto", "Testo", "/attivita/"
        )
        assert mail.outbox == []
    assert [m.to for m in mail.outbox] == [["a@example.invalid"], ["b@example.invalid"]]
    assert "http://localhost:8000/attivita/" in mail.outbox[0].body
