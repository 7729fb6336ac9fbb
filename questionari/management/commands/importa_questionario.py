"""Import a questionnaire from a file, or only say what would come in."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.base.errori import ErroreDominio
from accordo.base.file import perche
from accordo.iter.models import Accordo
from questionari.scambio import limiti
from questionari.scambio.importa import Importazione, importa
from questionari.scambio.rapporto import Esito
from questionari.servizi.scambio import importa_questionario, motivo_del_no, origine_di


class Command(BaseCommand):
    """importa_questionario FILE: .json, .xlsx (XLSForm) or .lss (LimeSurvey). Ends with 1 if the file is refused."""

    help = "Importa un questionario (JSON del portale, XLSForm, LimeSurvey) come bozza di un accordo, con il rapporto."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the accord, and how to say it."""
        parser.add_argument("file", type=Path, help="il questionario: .json, .xlsx o .lss")
        parser.add_argument("--accordo", help="l'accordo (non serve se ce n'è uno solo)")
        parser.add_argument("--prova", action="store_true", help="mostra il rapporto e non scrive nulla")
        parser.add_argument("--json", action="store_true", help="il rapporto in JSON, con ogni riga")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, write unless told not to, report."""
        try:
            accordo = (
                None if options["prova"] and not options["accordo"] else self._accordo(options["accordo"])
            )
            importazione = importa(self._contenuto(options["file"]), options["file"].name)
            scritto = None
            if options["prova"]:
                if accordo is not None and (motivo := motivo_del_no(accordo)):
                    raise ErroreDominio(motivo)
            else:
                assert accordo is not None
                scritto = importa_questionario(accordo, importazione.dati, origine=origine_di(importazione))
        except ErroreDominio as rifiuto:
            self._rifiuta(rifiuto, in_json=options["json"])
            return
        if options["json"]:
            fatto = {"scritto": scritto is not None, "impronta": importazione.impronta}
            self.stdout.write(
                json.dumps(importazione.rapporto.in_json() | fatto, ensure_ascii=False, indent=1)
            )
            return
        self._racconta(importazione)
        if scritto is None:
            self.stdout.write("Prova: non è stato scritto nulla.")
        else:
            self.stdout.write(f"Bozza dell'accordo «{scritto.accordo.slug}», versione {scritto.versione}.")

    def _accordo(self, slug: str | None) -> Accordo:
        if slug:
            accordo = Accordo.objects.filter(slug=slug).first()
            if accordo is None:
                raise CommandError(f"Nessun accordo si chiama «{slug}».")
            return accordo
        accordi = list(Accordo.objects.all()[:2])
        if len(accordi) != 1:
            raise CommandError("Di quale accordo? Indicalo con --accordo, oppure usa --prova.")
        return accordi[0]

    def _contenuto(self, file: Path) -> bytes:
        try:
            if file.stat().st_size > limiti.FILE_MB * limiti.MEGABYTE:
                raise limiti.FileRifiutato(
                    f"Il file supera {limiti.FILE_MB} MB: un questionario è molto più piccolo."
                )
            return file.read_bytes()
        except OSError as errore:
            raise CommandError(f"{file}: {perche(errore)}") from errore

    def _rifiuta(self, rifiuto: ErroreDominio, *, in_json: bool) -> None:
        cause = [mancanza.testo for mancanza in rifiuto.mancanze]
        if not in_json:
            raise CommandError("\n- ".join([rifiuto.testo, *cause])) from rifiuto
        self.stdout.write(
            json.dumps({"rifiutato": rifiuto.testo, "cause": cause}, ensure_ascii=False, indent=1)
        )
        sys.exit(1)

    def _racconta(self, importazione: Importazione) -> None:
        rapporto, struttura = importazione.rapporto, importazione.definizione
        domande = sum(domanda.chiede for domanda in struttura.domande)
        self.stdout.write(
            f"{struttura.titolo} ({rapporto.formato}): {len(struttura.sezioni)} sezioni, {domande} domande."
        )
        for conto in rapporto.conti():
            self.stdout.write(
                f"  {conto.parola}: {conto.tenuti} tenuti, {conto.cambiati} cambiati, {conto.esclusi} lasciati fuori"
            )
        for esito in (Esito.ESCLUSO, Esito.CAMBIATO):
            for riga in rapporto.per_esito(esito):
                quanti = f" ({riga.quanti})" if riga.quanti > 1 else ""
                self.stdout.write(
                    f"  {riga.parola}: {riga.genere.value} «{riga.nome}»{quanti}: {riga.motivo}"
                )
