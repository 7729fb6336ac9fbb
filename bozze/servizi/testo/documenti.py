"""Annexes that are files: put on the draft, taken off it, and given back with their hash checked."""

import hashlib
import re
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from accordo.base import allegati
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.registro import registra
from bozze.models import Bozza, DocumentoAllegato, NodoBozza
from bozze.models.scrittura import Verbo
from bozze.servizi.testo.comune import TestoCambiato, apri
from bozze.servizi.testo.tavolo import compi
from bozze.testo.albero import Documento, Testo, Tipo
from bozze.testo.stesura import Allega

FORMATI = ("pdf", "odt", "ods", "docx", "xlsx", "jpg", "png")
MASSIMO_MB = 20


def allega_documento(
    accordo: Accordo, codice: UUID | str, file: File[bytes], *, revisione_attesa: int, da: Agente
) -> NodoBozza:
    """Make an annex of the draft a file. ErroreDominio for a kind that is not admitted, or a content that is another."""
    try:
        allegati.valida(file, FORMATI, MASSIMO_MB)
    except ValidationError as errore:
        raise ErroreDominio(" ".join(errore.messages)) from errore
    somma = hashlib.sha256()
    for pezzo in file.chunks():
        somma.update(pezzo)
    file.seek(0)
    impronta, nome = somma.hexdigest(), _nome(file.name or "allegato")
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        if nodo.tipo != Tipo.ALLEGATO:
            raise ErroreDominio("Solo un allegato può essere un documento.")
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        documento = DocumentoAllegato.objects.filter(accordo=bozza.accordo_id, impronta=impronta).first()
        if documento is None:
            documento = DocumentoAllegato(
                accordo=bozza.accordo, impronta=impronta, nome=nome, byte=file.size, caricato_da=da.utente
            )
            documento.file.save(f"{impronta}.{allegati.estensione(nome)}", file, save=False)
            documento.save()
        return _scrivi(bozza, nodo, Documento(nome, file.size, impronta), da)


def togli_documento(accordo: Accordo, codice: UUID | str, *, revisione_attesa: int, da: Agente) -> NodoBozza:
    """Let an annex of the draft be words only again. Published versions keep the file."""
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        return _scrivi(bozza, nodo, None, da)


def _scrivi(bozza: Bozza, nodo: NodoBozza, documento: Documento | None, da: Agente) -> NodoBozza:
    """One change of the draft, with its inverse: the bytes are never deleted, so that the file can come back."""
    era = Documento.da_dati(nodo.documento) if nodo.documento else None
    if era == documento:
        return nodo
    compi(bozza, [Allega(str(nodo.codice), era, documento)], verbo=Verbo.ALLEGA, da=da)
    nodo.refresh_from_db()
    verbo = "allega_documento" if documento else "togli_documento"
    registra(bozza.accordo, da=da, verbo=verbo, oggetto=nodo, dati={"documento": nodo.documento})
    return nodo


def _nome(nome: str) -> str:
    """A file's name as it may be printed: one line, its extension kept."""
    pulito = re.sub(r"[^\w .()-]+", "_", nome.replace("\\", "/").rsplit("/", 1)[-1]).strip() or "allegato"
    return pulito if len(pulito) <= 150 else f"{pulito[:140]}.{allegati.estensione(pulito)}"


def documenti_mancanti(accordo: Accordo, testo: Testo) -> list[str]:
    """Return the names of the files that a text holds and the portal does not: they cannot be published."""
    voluti = {nodo.documento.impronta: nodo.documento.nome for nodo in testo.disposizioni() if nodo.documento}
    if not voluti:
        return []
    ci_sono = DocumentoAllegato.objects.filter(accordo=accordo, impronta__in=voluti)
    presenti = set(ci_sono.values_list("impronta", flat=True))
    return [nome for impronta, nome in voluti.items() if impronta not in presenti]


def integro(documento: DocumentoAllegato) -> bool:
    """Whether the stored bytes still have the hash by which they are known."""
    somma = hashlib.sha256()
    with documento.file.open("rb") as file:
        for pezzo in file.chunks():
            somma.update(pezzo)
    return somma.hexdigest() == documento.impronta
