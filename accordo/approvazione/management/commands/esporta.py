"""`esporta SLUG --formato pdf -o FILE`: the accord, a version or the amendments as a file, without a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accordo.approvazione.testi import pdf_accordo
from accordo.base.errori import ErroreDominio
from accordo.iter.models import Accordo
from bozze.carte.elenchi import foglio_emendamenti, json_emendamenti
from bozze.carte.fascicolo import pdf_fascicolo
from bozze.carte.word import word_testo
from bozze.interrogazioni.akoma import akn_versione
from bozze.interrogazioni.emendamenti import presentati
from bozze.models import Versione

DELLA_VERSIONE: dict[str, Callable[[Versione], bytes]] = {
    "akn": akn_versione,
    "docx": lambda versione: word_testo(versione.albero, quando=versione.pubblicata_il),
    "json": lambda versione: versione.albero.in_json(),
}
DEGLI_EMENDAMENTI: dict[str, Callable[[Versione], bytes]] = {
    "pdf": lambda versione: pdf_fascicolo(versione.accordo, versione, presentati(versione)),
    "json": lambda versione: json_emendamenti(versione, presentati(versione)),
    "xlsx": lambda versione: foglio_emendamenti(presentati(versione)),
}


class Command(BaseCommand):
    """Write the accord as it stands now, one of its versions, or the amendments to one, into a file."""

    help = "Scrive l'accordo, una sua versione o gli emendamenti in un file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the accord, what is wanted of it, in which form and where."""
        parser.add_argument("slug", help="lo slug dell'accordo")
        parser.add_argument("--formato", choices=("pdf", "akn", "docx", "json", "xlsx"), default="pdf")
        parser.add_argument("--versione", type=int, help="il numero della versione; senza, l'ultima")
        parser.add_argument(
            "--emendamenti", action="store_true", help="gli emendamenti presentati, non il testo"
        )
        parser.add_argument("-o", "--output", required=True, type=Path, help="il file da scrivere")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        """Write the file, or say what is missing."""
        accordo = Accordo.objects.select_related("promotore").filter(slug=opzioni["slug"]).first()
        if accordo is None:
            raise CommandError(f"Non c'è un accordo «{opzioni['slug']}».")
        try:
            contenuto = _contenuto(accordo, opzioni["formato"], opzioni["versione"], opzioni["emendamenti"])
        except ErroreDominio as errore:
            raise CommandError(errore.testo) from errore
        try:
            opzioni["output"].write_bytes(contenuto)
        except OSError as errore:
            raise CommandError(f"Non riesco a scrivere {opzioni['output']}: {errore.strerror}.") from errore
        self.stdout.write(f"Scritto {opzioni['output']} ({len(contenuto) // 1024} kB).")


def _contenuto(accordo: Accordo, formato: str, numero: int | None, emendamenti: bool) -> bytes:
    if formato == "pdf" and not emendamenti:
        if numero is not None:
            raise CommandError("Il PDF è dell'accordo com'è ora: --versione vale per akn, docx e json.")
        return pdf_accordo(accordo)
    forme = DEGLI_EMENDAMENTI if emendamenti else DELLA_VERSIONE
    if formato not in forme:
        cosa = "gli emendamenti" if emendamenti else "il testo"
        raise CommandError(f"Per {cosa} i formati sono: {', '.join(forme)}.")
    versioni = Versione.objects.filter(accordo=accordo).select_related("accordo__promotore")
    if numero is not None:
        versioni = versioni.filter(numero=numero)
    elif emendamenti:
        versioni = versioni.filter(definitiva=False)
    versione = versioni.order_by("-numero").first()
    if versione is None:
        raise CommandError(
            "Non c'è una versione pubblicata." if numero is None else f"Non c'è la versione {numero}."
        )
    return forme[formato](versione)
