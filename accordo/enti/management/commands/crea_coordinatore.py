"""manage.py crea_coordinatore: the first person of an installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from accordo.base.errori import ErroreDominio
from accordo.enti import servizi
from accordo.enti.models import Ente, Incarico, Ruolo
from accordo.enti.servizi import DatiIncarico


class Command(BaseCommand):
    """Invite who will lead, by mail, and print the link: no password ever passes through a shell."""

    help = (
        "Invita chi coordinerà: manda l'invito per e-mail e stampa il collegamento per scegliere la password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who, and for which body."""
        parser.add_argument("email")
        parser.add_argument("--nome", required=True)
        parser.add_argument("--cognome", required=True)
        parser.add_argument("--ente", required=True, help="codice dell'ente promotore, come provincia-lucca")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, or give the role to somebody who already has an account."""
        ente = Ente.objects.filter(codice=options["ente"]).first()
        if ente is None:
            raise CommandError(
                f"Non c'è un ente con codice {options['ente']}: carica prima gli enti con carica_enti."
            )
        try:
            validate_email(options["email"])
        except Exception as errore:
            raise CommandError(f"{options['email']} non è un indirizzo e-mail.") from errore
        persona = {campo: options[campo] for campo in ("email", "nome", "cognome")}
        dati = DatiIncarico(**persona, ruolo=Ruolo.COORDINATORE)
        try:
            with transaction.atomic():
                esito = servizi.invita(ente, dati, da=None)
                if isinstance(esito, Incarico):
                    self.stdout.write(f"{esito.utente} ha già un account: da ora coordina per {ente}.")
                    return
                gettone = servizi.reinvia(esito)
        except ErroreDominio as errore:
            raise CommandError(str(errore)) from errore
        url = settings.INDIRIZZO_PUBBLICO + reverse("enti:invito", kwargs={"gettone": gettone})
        self.stdout.write(
            f"Invito per {esito.persona}, che coordinerà per {ente}. Vale fino al {esito.scade_il:%d/%m/%Y}:"
        )
        self.stdout.write(url)
