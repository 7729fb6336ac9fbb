"""Load the draft of an accord from Word, from plain text, or from the JSON of a version."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente, agente_per
from accordo.enti.models import Incarico, Ruolo
from accordo.iter.models import Accordo
from bozze.carte.da_word import NonLeggibile
from bozze.carte.sorgente import apri
from bozze.servizi.testo import carica_testo
from bozze.testo.albero import Testo
from bozze.testo.lettura import Lettura, leggi
from bozze.testo.numerazione import nomi


class Command(BaseCommand):
    """importa_bozza SLUG FILE [--prova] [--json]"""

    help = "Carica la bozza di un accordo da un file di Word, di testo, o dal JSON di una versione."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the accord, the file, and what to do with them."""
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--prova", action="store_true", help="Mostra che cosa capisce, senza scrivere nulla."
        )
        parser.add_argument("--json", action="store_true", help="Scrive l'albero letto come JSON canonico.")

    def handle(self, *args: Any, slug: str, file: Path, prova: bool, json: bool, **opzioni: Any) -> None:
        """Read, report, and load unless it is a trial."""
        accordo = Accordo.objects.filter(slug=slug).first()
        if accordo is None:
            raise CommandError(f"Non c'è un accordo «{slug}».")
        testo, lettura, tralasciati = _leggi_file(file)
        if json:
            self.stdout.write(testo.in_json().decode())
        elif lettura is not None:
            self._rapporto(lettura, tralasciati)
        if prova:
            return
        try:
            carica_testo(accordo, testo, da=_coordinatore(accordo))
        except ErroreDominio as errore:
            raise CommandError(errore.testo) from errore
        self.stderr.write(f"Bozza caricata: {len(testo.articoli())} articoli.")

    def _rapporto(self, lettura: Lettura, tralasciati: tuple[str, ...]) -> None:
        conteggi = ", ".join(f"{tipo.value} {quanti}" for tipo, quanti in lettura.conteggi().items())
        self.stdout.write(f"Letto: {conteggi}.")
        detti = nomi(lettura.testo)
        for riga in lettura.avvisi:
            nome = detti[riga.disposizione].esteso if riga.disposizione else riga.come
            self.stdout.write(f"Riga {riga.numero} ({nome}): {riga.avviso}")
        for avviso in tralasciati:
            self.stdout.write(avviso)
        if lettura.perdute:
            self.stdout.write(f"Parole senza posto: {', '.join(lettura.perdute)}.")


def _leggi_file(file: Path) -> tuple[Testo, Lettura | None, tuple[str, ...]]:
    try:
        aperto = apri(file.name, file.read_bytes())
    except OSError as errore:
        raise CommandError(f"Non si legge {file}: {errore.strerror}.") from errore
    except NonLeggibile as errore:
        raise CommandError(f"{file}: {errore}") from errore
    if aperto.albero is not None:
        return aperto.albero, None, ()
    lettura = leggi(aperto.testo)
    return lettura.testo, lettura, aperto.avvisi


def _coordinatore(accordo: Accordo) -> Agente:
    """Return who leads the accord: the command acts in their name."""
    incarico = (
        Incarico.objects.in_corso()
        .filter(ente=accordo.promotore_id, ruolo=Ruolo.COORDINATORE)
        .select_related("utente", "ente")
        .order_by("pk")
        .first()
    )
    if incarico is None:
        raise CommandError("L'accordo non ha un coordinatore in carica: la bozza deve avere un autore.")
    return agente_per(incarico.utente, incarico.ente)
