"""`esporta SLUG --formato pdf -o FILE`: the accord, a version or the amendments as a file, without a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from accordo.approvazione.testi import pdf_accordo, pdf_versione
from accordo.base.errori import ErroreDominio
from accordo.base.file import perche
from accordo.iter.models import Accordo
from bozze.carte.elenchi import foglio_emendamenti, json_emendamenti
from bozze.carte.emendamento import in_word
from bozze.carte.fascicolo import pdf_fascicolo
from bozze.carte.word import word_testo
from bozze.interrogazioni.akoma import akn_di_emendamento, akn_versione
from bozze.interrogazioni.emendamenti import di_tutte_le_versioni, presentati
from bozze.interrogazioni.firme import con_firme
from bozze.models import Emendamento, Versione

DELLA_VERSIONE: dict[str, Callable[[Versione], bytes]] = {
    "akn": akn_versione,
    "docx": lambda versione: word_testo(versione.albero, quando=versione.pubblicata_il),
    "json": lambda versione: versione.albero.in_json(),
    "pdf": lambda versione: pdf_versione(versione.accordo, versione),
}
DEGLI_EMENDAMENTI: dict[str, Callable[[Versione], bytes]] = {
    "pdf": lambda versione: pdf_fascicolo(versione.accordo, versione, presentati(versione)),
    "json": lambda versione: json_emendamenti(versione, presentati(versione)),
    "xlsx": lambda versione: foglio_emendamenti(presentati(versione)),
}
DI_UN_EMENDAMENTO: dict[str, Callable[[Emendamento], bytes]] = {
    "akn": akn_di_emendamento,
    "docx": in_word,
    "json": lambda emendamento: json_emendamenti(emendamento.versione, _solo(emendamento)),
    "pdf": lambda emendamento: pdf_fascicolo(emendamento.accordo, emendamento.versione, _solo(emendamento)),
}


def _solo(emendamento: Emendamento) -> QuerySet[Emendamento]:
    return con_firme(di_tutte_le_versioni(emendamento.versione).filter(pk=emendamento.pk))


class Command(BaseCommand):
    """Write the accord as it stands now, one of its versions, or the amendments to one, into a file."""

    help = "Scrive l'accordo, una sua versione o gli emendamenti in un file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the accord, what is wanted of it, in which form and where."""
        parser.add_argument("slug", help="lo slug dell'accordo")
        parser.add_argument("--formato", choices=("pdf", "akn", "docx", "json", "xlsx"), default="pdf")
        parser.add_argument(
            "--versione",
            type=int,
            help="il numero della versione; senza, l'ultima (in pdf: l'accordo com'è ora)",
        )
        parser.add_argument(
            "--emendamenti", action="store_true", help="gli emendamenti presentati, non il testo"
        )
        parser.add_argument(
            "--emendamento", metavar="NUMERO", help="un emendamento solo, con il suo numero: 5.3"
        )
        parser.add_argument("-o", "--output", required=True, type=Path, help="il file da scrivere")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        """Write the file, or say what is missing."""
        accordo = Accordo.objects.select_related("promotore").filter(slug=opzioni["slug"]).first()
        if accordo is None:
            raise CommandError(f"Non c'è un accordo «{opzioni['slug']}».")
        try:
            if opzioni["emendamento"]:
                contenuto = _di_uno(accordo, opzioni["formato"], opzioni["emendamento"])
            else:
                contenuto = _contenuto(
                    accordo, opzioni["formato"], opzioni["versione"], opzioni["emendamenti"]
                )
        except ErroreDominio as errore:
            raise CommandError(errore.testo) from errore
        try:
            opzioni["output"].write_bytes(contenuto)
        except OSError as errore:
            raise CommandError(f"Non riesco a scrivere {opzioni['output']}: {perche(errore)}.") from errore
        self.stdout.write(f"Scritto {opzioni['output']} ({len(contenuto) // 1024} kB).")


def _di_uno(accordo: Accordo, formato: str, sigla: str) -> bytes:
    if formato not in DI_UN_EMENDAMENTO:
        raise CommandError(f"Per un emendamento i formati sono: {', '.join(DI_UN_EMENDAMENTO)}.")
    presentati_finora = (
        Emendamento.objects.filter(accordo=accordo, numero__isnull=False)
        .select_related("accordo__promotore", "versione__accordo", "ente__ambito", "proponente_originario")
        .order_by("pk")
    )
    trovato = next((e for e in presentati_finora.filter(numero=_ultimo(sigla)) if e.sigla == sigla), None)
    if trovato is None:
        raise CommandError(f"Non c'è l'emendamento {sigla}.")
    return DI_UN_EMENDAMENTO[formato](trovato)


def _ultimo(sigla: str) -> int:
    """Return the number after the last dot; -1, that no amendment has, if there is none."""
    ultimo = sigla.rpartition(".")[2]
    return int(ultimo) if ultimo.isdecimal() and len(ultimo) < 7 else -1


def _contenuto(accordo: Accordo, formato: str, numero: int | None, emendamenti: bool) -> bytes:
    if formato == "pdf" and not emendamenti and numero is None:
        return pdf_accordo(accordo)  # as it stands now: also the proposal, or the text with its signatures
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
