"""Load the draft of an accord from Word, from plain text, or from the JSON of a version."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from accordo.base.errori import ErroreDominio
from accordo.base.file import perche
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
    """importa_bozza [SLUG] FILE [--prova] [--json]"""

    help = "Carica la bozza di un accordo da un file di Word, di testo, o dal JSON di una versione."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the accord, the file, and what to do with them."""
        parser.add_argument("slug", nargs="?", default="", help="L'accordo; non serve se ce n'è uno solo.")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--prova", action="store_true", help="Mostra che cosa capisce, senza scrivere nulla."
        )
        parser.add_argument("--json", action="store_true", help="Scrive l'albero letto come JSON canonico.")

    def handle(self, *args: Any, slug: str, file: Path, prova: bool, json: bool, **opzioni: Any) -> None:
        """Read, report, and load unless it is a trial."""
        accordo = None if prova and not slug else _accordo(slug)
        testo, lettura, tralasciati = _leggi_file(file)
        if json:
            self.stdout.write(testo.in_json().decode())
        if lettura is not None:
            self._rapporto(lettura, tralasciati, self.stderr if json else self.stdout)
        if prova or accordo is None:
            return
        try:
            carica_testo(accordo, testo, da=_coordinatore(accordo))
        except ErroreDominio as errore:
            raise CommandError(errore.testo) from errore
        self.stderr.write(f"Bozza caricata: {len(testo.articoli())} articoli.")

    def _rapporto(self, lettura: Lettura, tralasciati: tuple[str, ...], su: OutputWrapper) -> None:
        conteggi = ", ".join(f"{tipo.value} {quanti}" for tipo, quanti in lettura.conteggi().items())
        su.write(f"Letto: {conteggi}.")
        detti = nomi(lettura.testo)
        for riga in lettura.avvisi:
            nome = detti[riga.disposizione].esteso if riga.disposizione else riga.come
            su.write(f"Riga {riga.numero} ({nome}): {riga.avviso}")
        for avviso in tralasciati:
            su.write(avviso)
        if lettura.perdute:
            su.write(f"Parole senza posto: {', '.join(lettura.perdute)}.")


def _accordo(slug: str) -> Accordo:
    tutti = Accordo.objects.filter(slug=slug) if slug else Accordo.objects.all()
    trovati = list(tutti.order_by("pk")[:2])
    if len(trovati) == 1:
        return trovati[0]
    raise CommandError(
        f"Non c'è un accordo «{slug}»." if slug else "Di' in quale accordo: importa_bozza SLUG FILE."
    )


def _leggi_file(file: Path) -> tuple[Testo, Lettura | None, tuple[str, ...]]:
    try:
        aperto = apri(file.name, file.read_bytes())
    except OSError as errore:
        raise CommandError(f"Non si legge {file}: {perche(errore)}.") from errore
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
