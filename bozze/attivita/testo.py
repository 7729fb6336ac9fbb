"""What the phase of the draft asks of a person."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localtime

from accordo.enti.agente import Agente
from accordo.iter import fasi, permessi
from accordo.iter.attivita import Attivita
from accordo.iter.models import Accordo
from bozze.interrogazioni.testo import da_pubblicare, lettura_di, testo_in_lavoro, versioni


def bozza(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """Of the coordinator the text; of everybody else, to read it."""
    if permessi.coordina(agente, accordo):
        yield from _del_coordinatore(accordo)
        return
    versione = versioni(accordo).filter(definitiva=False).first()
    if versione is None or agente.ente is None:
        return
    url = reverse("bozze:testo", args=[accordo.slug])
    lettura = lettura_di(versione, agente)
    titolo = f"la bozza d'accordo, versione {versione.numero}"
    if lettura:
        yield Attivita(
            f"Hai letto {titolo}", "", url, "Rileggi la bozza", fatta_il=localtime(lettura.letta_il).date()
        )
    elif not fasi.fase_superata(accordo, "osservazioni"):
        testo = "È il testo su cui l'ente potrà fare osservazioni ed emendamenti."
        entro = fasi.scadenza(accordo, "bozza") if fasi.in_fase(accordo, "bozza") else None
        yield Attivita(f"Leggi {titolo}", testo, url, "Leggi la bozza", entro=entro)


def _del_coordinatore(accordo: Accordo) -> Iterator[Attivita]:
    ultima = versioni(accordo).filter(definitiva=False).first()
    if ultima:
        url = reverse("bozze:versione", args=[accordo.slug, ultima.numero])
        giorno = localtime(ultima.pubblicata_il).date()
        yield Attivita(
            f"Hai pubblicato la versione {ultima.numero} della bozza",
            "",
            url,
            "Rileggi la bozza",
            fatta_il=giorno,
        )
    if not fasi.in_fase(accordo, "bozza"):
        return
    lavoro = testo_in_lavoro(accordo)
    entro = fasi.scadenza(accordo, "bozza")
    if lavoro is None or not lavoro.testo.radici:
        url = reverse("bozze:redazione", args=[accordo.slug])
        testo = "Scrivila nel portale o caricala da un file di testo."
        yield Attivita("Scrivi la bozza d'accordo", testo, url, "Scrivi la bozza", entro=entro)
    elif da_pubblicare(accordo, lavoro.testo):
        url = reverse("bozze:pubblica", args=[accordo.slug])
        testo = "Ci sono modifiche che gli enti non vedono ancora."
        yield Attivita("Pubblica la bozza d'accordo", testo, url, "Pubblica la bozza", entro=entro)
