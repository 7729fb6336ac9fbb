"""The receipt of a sending: printed once, kept, with the very data that the fingerprint is computed on inside it."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from accordo.base.canonico import impronta
from accordo.base.pdf import Incluso, componi
from questionari import presentazione
from questionari.models import Invio, Ricevuta


def ricevuta_di(invio: Invio) -> Ricevuta:
    """Return the receipt of a sending, printing and storing it the first time."""
    trovata = Ricevuta.objects.filter(invio=invio).first()
    if trovata is not None:
        return trovata
    contenuto = stampa_ricevuta(invio)
    with transaction.atomic():
        Invio.objects.select_for_update().only("pk").get(pk=invio.pk)
        trovata = Ricevuta.objects.filter(invio=invio).first()
        if trovata is None:
            trovata = Ricevuta(invio=invio, impronta=impronta(contenuto))
            trovata.file.save(nome_ricevuta(invio), ContentFile(contenuto), save=False)
            trovata.save(force_insert=True)
    return trovata


def nome_ricevuta(invio: Invio) -> str:
    """The name of the receipt's file."""
    return f"ricevuta-{invio.compilazione.ente.codice}-{invio.numero}.pdf"


def nome_dati(invio: Invio) -> str:
    """The name of the canonical data's file."""
    return f"questionario-{invio.compilazione.ente.codice}-{invio.numero}.json"


def stampa_ricevuta(invio: Invio) -> bytes:
    """Compose the receipt: PDF/A-3a and PDF/UA-1, the canonical JSON inside it. The same sending gives the same bytes."""
    compilazione = invio.compilazione
    dati = invio.dati
    url = settings.INDIRIZZO_PUBBLICO + reverse("questionari:verifica", args=[compilazione.accordo.slug])
    return componi(
        "questionari/stampa/ricevuta.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "invio": invio,
            "trascritto": invio.trascritto,
            "questionario": dati["questionario"],
            "titolo_questionario": invio.struttura.titolo,
            "sezioni": presentazione.riepilogo(invio.struttura, compilazione.ente.tipo, dati["risposte"]),
            "nome_dati": nome_dati(invio),
            "url_verifica": url,
            "descrizione": f"Impronta SHA-256 {invio.impronta}",
        },
        titolo=f"Ricevuta del questionario: {compilazione.ente.denominazione}",
        creato=invio.quando,
        inclusi=[
            Incluso(
                nome_dati(invio),
                invio.canonico.encode(),
                "Le risposte inviate, come JSON canonico: la loro impronta SHA-256 è quella della ricevuta.",
                invio.quando,
            )
        ],
    )
