"""`carica_certificati FILE…`: the authorities whose signatures this installation trusts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, Q

from accordo.approvazione.firme.elenchi import ElencoIllegibile, leggi_elenco
from accordo.approvazione.models import CertificatoFidato
from accordo.approvazione.servizi.fidati import carica_fidati
from accordo.base import orologio
from accordo.base.file import perche


class Command(BaseCommand):
    """Load certificates (PEM, DER) or a trusted list (XML, as AgID and the EU publish it)."""

    help = "Carica i prestatori fiduciari: certificati PEM o DER, o la Trusted List (XML) pubblicata da AgID."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="+", type=Path, help="certificati (.pem, .cer, .der) o Trusted List (.xml)"
        )
        parser.add_argument(
            "--sostituisci", action="store_true", help="toglie quelli che non sono in questi file"
        )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        trovati = []
        for percorso in opzioni["file"]:
            try:
                trovati += [(percorso.name, voce) for voce in leggi_elenco(percorso.read_bytes())]
            except OSError as errore:
                raise CommandError(f"Non riesco a leggere {percorso}: {perche(errore)}.") from errore
            except ElencoIllegibile as errore:
                raise CommandError(f"{percorso}: {errore}") from errore
        esito = carica_fidati(trovati, sostituisci=opzioni["sostituisci"])
        self.stdout.write(
            f"Prestatori fiduciari: {esito.nuovi} nuovi, {esito.aggiornati} aggiornati, {esito.tolti} tolti."
        )
        in_tutto = CertificatoFidato.objects.aggregate(
            firme=Count("pk", filter=Q(per_firma=True)),
            marche=Count("pk", filter=Q(per_marche=True)),
            scaduti=Count("pk", filter=Q(valido_al__lt=orologio.adesso())),
        )
        self.stdout.write(
            "Ora valgono {firme} per le firme e {marche} per le marche temporali. Con il certificato scaduto: {scaduti} "
            "(servono per le firme di allora).".format(**in_tutto)
        )
