"""Annexes that are files, as a version names them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.fields.files import FieldFile
from django.utils.text import slugify

from accordo.base.allegati import estensione
from bozze.models import DocumentoAllegato, Versione
from bozze.testo.albero import Documento
from bozze.testo.numerazione import nomi


@dataclass(frozen=True, slots=True)
class AllegatoDelTesto:
    """An annex of a version that is a file: its name in the text, what the text says of the file, the bytes."""

    numero_versione: int
    codice: str
    nome: str
    """ "Allegato C"."""
    rubrica: str
    documento: Documento
    file: FieldFile

    @property
    def nome_del_file(self) -> str:
        """A plain name under which it stands beside the others: "allegato-c-quadro-delle-risorse.xlsx"."""
        proprio = slugify(self.documento.nome.rpartition(".")[0])[:80]
        return f"{slugify(f'{self.nome} {proprio}')}.{estensione(self.documento.nome)}"


def allegati_del_testo(versione: Versione) -> Iterator[AllegatoDelTesto]:
    """Yield the annexes of a version that are files, in the order of the text. One query, none if there are none."""
    albero = versione.albero
    voluti = [nodo for nodo in albero.disposizioni() if nodo.documento]
    if not voluti:
        return
    chiamati = nomi(albero)
    conservati = DocumentoAllegato.objects.filter(
        accordo=versione.accordo_id,
        impronta__in={nodo.documento.impronta for nodo in voluti if nodo.documento},
    )
    per_impronta = {documento.impronta: documento.file for documento in conservati}
    for nodo in voluti:
        if nodo.documento and nodo.documento.impronta in per_impronta:
            yield AllegatoDelTesto(
                versione.numero,
                str(nodo.id),
                chiamati[nodo.id].numero or chiamati[nodo.id].esteso,
                nodo.rubrica,
                nodo.documento,
                per_impronta[nodo.documento.impronta],
            )
