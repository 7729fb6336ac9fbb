"""The pages on which a body signs: in turn, and where the signer is somebody else."""

import re

from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.approvazione import autorita
from tests.approvazione.fabbriche import approvano, avvia, congelato, di, file, registra


def entra(client, utente):
    client.force_login(utente)
    return client


def test_pagine_della_firma_a_turno(client, a_turno):
    approvano(a_turno)
    entra(client, a_turno.rappresentante)
    pagina = client.get(reverse("approvazione:firma", args=["prova", "comune-alfa"]))
    assertContains(pagina, "Scarica il PDF del tuo turno")
    consegna = client.get(reverse("approvazione:da_firmare", args=["prova", "comune-alfa"])).getvalue()
    assert consegna == congelato(di(a_turno.ente_a))
    entra(client, a_turno.rappresentante_altro)
    pagina = client.get(reverse("approvazione:firma", args=["prova", "comune-beta"]))
    assertContains(pagina, "Non è ancora il turno del tuo ente")
    assertContains(pagina, "posto 2 della fila")
    assert client.get(reverse("approvazione:da_firmare", args=["prova", "comune-beta"])).status_code == 404
    quadro = client.get(reverse("approvazione:quadro", args=["prova"]))
    assertContains(quadro, "Ha il turno <strong>Comune di Alfa</strong>")
    assert re.search(r"In fila, in ordine: Beta e Provincia di Prova", quadro.content.decode())


def test_pagina_chiede_la_spiegazione(client, tre):
    avvia(tre)
    registra(di(tre.ente_a), tre.firmano[0][1])
    entra(client, tre.rappresentante)
    indirizzo = reverse("approvazione:firma", args=["prova", "comune-alfa"])
    busta = autorita.p7m(congelato(di(tre.ente_a)), "Vice Sindaca")
    rifiuto = client.post(indirizzo, {"file": file(busta)})
    assertContains(rifiuto, "Ha firmato Vice Sindaca", status_code=422)
    riuscita = client.post(indirizzo, {"file": file(busta), "spiegazione": "Delega n. 4."}, follow=True)
    assertContains(riuscita, "Delega n. 4.")
    assertContains(riuscita, "Che cosa è stato controllato")
    entra(client, tre.rappresentante_altro)
    quadro = client.get(reverse("approvazione:quadro", args=["prova"]))
    assertContains(quadro, "Non è chi rappresenta l’ente")
    assertContains(quadro, "«Delega n. 4.»")
    csv = client.get(reverse("approvazione:atti_csv", args=["prova"])).content.decode()
    assert "Delega n. 4." in csv
    pubblico = client.get(reverse("approvazione:trasparenza_csv", args=["prova"])).content.decode()
    assert "Delega n. 4." not in pubblico, "the names stay among the bodies"
