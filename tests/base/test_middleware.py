"""Expected refusals are pages, in the demo as in production."""

import pytest
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False], ids=["demo", "produzione"])
def test_cio_che_non_si_puo_vedere_e_la_nostra_pagina(scena, client, settings, debug):
    settings.DEBUG = debug
    client.force_login(scena.senza_incarico)
    risposta = client.get(reverse("iter:registro", args=["prova"]))
    assert risposta.status_code == 404
    assert "Questa pagina non c" in risposta.text
    assert "URLconf" not in risposta.text
