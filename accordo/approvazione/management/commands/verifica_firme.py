"""`verifica_firme FILE --accordo SLUG [--json]`: every check on a signed file, again, without a browser."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accordo.approvazione.firme import FirmaRifiutata
from accordo.approvazione.riscontro import di_chi, esamina_file
from accordo.base.canonico import impronta
from accordo.base.file import perche
from accordo.iter.models import Accordo

SEGNI = {"bene": "  sì  ", "attenzione": "  !   ", "non_controllato": "  ?   "}


class Command(BaseCommand):
    """Say what a signed file is worth. The exit status is 1 for a file that is refused."""

    help = "Ripete tutti i controlli su un file firmato: PDF, .p7m, .xml."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--accordo", required=True, help="lo slug dell'accordo")
        parser.add_argument("--json", action="store_true", help="la relazione in JSON")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        accordo = Accordo.objects.select_related("promotore").filter(slug=opzioni["accordo"]).first()
        if accordo is None:
            raise CommandError(f"Non c'è un accordo «{opzioni['accordo']}».")
        try:
            contenuto = opzioni["file"].read_bytes()
        except OSError as errore:
            raise CommandError(f"Non riesco a leggere {opzioni['file']}: {perche(errore)}.") from errore
        dati: dict[str, Any] = {
            "file": str(opzioni["file"]),
            "sha256": impronta(contenuto),
            "accordo": accordo.slug,
        }
        try:
            esito, documento, registrata = esamina_file(accordo, contenuto)
        except FirmaRifiutata as rifiuto:
            if opzioni["json"]:
                self.stdout.write(
                    json.dumps(
                        dati | {"valido": False, "motivo": rifiuto.testo}, ensure_ascii=False, indent=2
                    )
                )
            raise CommandError(rifiuto.testo, returncode=1) from rifiuto
        dati |= {
            "valido": True,
            "versione": documento.versione.numero,
            "registrato": registrata,
        } | esito.come_dati()
        per_chi = di_chi(documento, esito)
        for voce, suo in zip(dati["firme"], per_chi, strict=True):
            voce["ente"] = suo.ente if suo else None
            voce["firmatario"] = asdict(suo.firmatario) if suo else None
            voce["spiegazione"] = suo.spiegazione if suo else ""
        quante = "una firma" if len(esito.firme) == 1 else f"{len(esito.firme)} firme"
        if opzioni["json"]:
            self.stdout.write(json.dumps(dati, ensure_ascii=False, indent=2))
            return
        self.stdout.write(
            f"{esito.formato}: {quante} sul testo definitivo (versione {documento.versione.numero})."
        )
        self.stdout.write(
            f"Nel portale: {'registrato' if registrata else 'non registrato'}. SHA-256 {dati['sha256']}"
        )
        for firma, suo in zip(esito.firme, per_chi, strict=True):
            self.stdout.write(
                f"  {firma.nome}: {suo.ente if suo else 'firma che il portale non ha registrato'}"
            )
            if suo:
                self.stdout.write(f"{SEGNI[suo.firmatario.esito]}  {suo.firmatario.parole}")
            if suo and suo.spiegazione:
                self.stdout.write(f"        Spiegazione dell'ente: {suo.spiegazione}")
        for controllo in map(asdict, esito.controlli):
            self.stdout.write(f"{SEGNI[controllo['esito']]}{controllo['nome']}: {controllo['parole']}")
        for avvertenza in esito.avvertenze:
            self.stdout.write(f"  !   {avvertenza}")
