"""manage.py crea_accordo SLUG --titolo … --promotore CODICE: begin a real accord, with no demo."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from accordo.base import orologio
from accordo.enti.interrogazioni import enti_attivi
from accordo.enti.models import Ente, StatoEnte
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo
from accordo.iter.servizi import crea_accordo

SETTIMANE = {
    "presentazione": 3,
    "questionario": 4,
    "restituzione": 2,
    "focus_group": 3,
    "bozza": 3,
    "osservazioni": 3,
    "proposta_definitiva": 2,
    "approvazione": 6,
}
"""How long each phase is planned to last, to begin with: the coordinator changes the dates on the page."""


def date_previste(inizio: date) -> dict[str, tuple[date, date]]:
    """Return first and last day of each phase, one after the other from `inizio`."""
    previste, primo = {}, inizio
    for fase in processo().fasi:
        ultimo = primo + timedelta(weeks=SETTIMANE.get(fase.codice, 3), days=-1)
        previste[fase.codice] = (primo, ultimo)
        primo = ultimo + timedelta(days=1)
    return previste


class Command(BaseCommand):
    """Create an accord and invite the active bodies."""

    help = "Apre un accordo nella prima fase, con le date previste, e invita tutti gli enti attivi caricati."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what an accord needs to begin."""
        parser.add_argument("slug", help="il nome nell'indirizzo, come sicurezza-lucca")
        parser.add_argument("--titolo", required=True)
        parser.add_argument("--sottotitolo", default="")
        parser.add_argument(
            "--promotore", required=True, help="codice dell'ente che guida, come provincia-lucca"
        )
        parser.add_argument(
            "--inizio", type=date.fromisoformat, help="primo giorno, come 2026-09-01 (oggi se manca)"
        )
        parser.add_argument(
            "--enti", nargs="*", metavar="CODICE", help="solo questi sottoscrittori, non tutti"
        )
        parser.add_argument(
            "--coinvolti", nargs="*", default=[], metavar="CODICE", help="enti che non firmano"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Create it, and say what to do next."""
        slug = options["slug"]
        try:
            validate_slug(slug)
        except Exception as errore:
            raise CommandError("Il nome nell'indirizzo ammette solo lettere, cifre, trattini.") from errore
        if Accordo.objects.filter(slug=slug).exists():
            raise CommandError(f"C'è già un accordo «{slug}».")
        promotore = self._ente(options["promotore"])
        coinvolti = [self._ente(codice) for codice in options["coinvolti"]]
        fuori = {ente.pk for ente in coinvolti}
        if options["enti"] is not None:
            firmano = [self._ente(codice) for codice in options["enti"]]
        else:
            firmano = [ente for ente in enti_attivi() if ente.pk not in fuori]
        accordo = crea_accordo(
            slug=slug,
            titolo=options["titolo"],
            sottotitolo=options["sottotitolo"],
            promotore=promotore,
            sottoscrittori=firmano,
            soggetti_coinvolti=coinvolti,
            date_previste=date_previste(options["inizio"] or orologio.oggi()),
        )
        self.stdout.write(
            f"Accordo «{accordo.titolo}» aperto: {accordo.partecipazioni.count()} enti invitati."
        )
        self.stdout.write(
            f"Chi coordina per {promotore} lo trova all'indirizzo /accordi/{slug}/presentazione/"
        )

    def _ente(self, codice: str) -> Ente:
        ente = Ente.objects.filter(codice=codice, stato=StatoEnte.ATTIVO).first()
        if ente is None:
            raise CommandError(
                f"Non c'è un ente attivo con codice {codice}: carica prima gli enti con carica_enti."
            )
        return ente
