"""Files given as answers: checked by content, stored privately, never lost."""

from contextlib import AbstractContextManager, nullcontext

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from accordo.base import allegati, orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from questionari.definizione import FILE
from questionari.models import AllegatoRisposta, Compilazione
from questionari.servizi.scrittura import prepara_scrittura, scrivi, tocca


def allega(compilazione: Compilazione, codice: str, file: "File[bytes]", *, da: Agente) -> AllegatoRisposta:
    """Add a file to the answer of a question of type file; ErroreDominio says why it may not be."""
    domanda = compilazione.questionario.struttura.per_codice.get(codice)
    if domanda is None or domanda.tipo != FILE:
        raise ErroreDominio("A questa domanda non si allegano documenti.")
    try:
        allegati.valida(file, domanda.estensioni, domanda.max_mb)
    except ValidationError as errore:
        raise ErroreDominio(" ".join(errore.messages)) from errore
    file.seek(0)
    contenuto = file.read()
    file.seek(0)
    with _una_volta(compilazione):
        prepara_scrittura(compilazione, da, _sezione(compilazione, codice))
        presenti = list(_presenti(compilazione, codice))
        if len(presenti) >= domanda.max_file:
            raise ErroreDominio(f"Si possono allegare al massimo {domanda.max_file} documenti.")
        allegato = AllegatoRisposta.objects.create(
            compilazione=compilazione,
            domanda=codice,
            file=file,
            nome=(file.name or "documento").rsplit("/", 1)[-1][-200:],
            impronta=impronta(contenuto),
            dimensione=len(contenuto),
            caricato_da=da.utente,
        )
        _riscrivi(compilazione, codice, [*presenti, allegato], da)
    return allegato


def togli_allegato(allegato: AllegatoRisposta, *, da: Agente) -> None:
    """Take a file out of the answer. The file itself stays, with its mark: what was sent before may bear it."""
    compilazione = allegato.compilazione
    with _una_volta(compilazione):
        prepara_scrittura(compilazione, da, _sezione(compilazione, allegato.domanda))
        AllegatoRisposta.objects.filter(pk=allegato.pk, rimosso_il=None).update(rimosso_il=orologio.adesso())
        _riscrivi(compilazione, allegato.domanda, list(_presenti(compilazione, allegato.domanda)), da)


def _una_volta(compilazione: Compilazione) -> AbstractContextManager[object]:
    """A transaction, unless `in_scrittura` holds one already: what is refused is refused before anything is written."""
    return nullcontext() if compilazione.in_scrittura else transaction.atomic()


def _sezione(compilazione: Compilazione, codice: str) -> str:
    return compilazione.questionario.struttura.sezione_di[codice].codice


def _presenti(compilazione: Compilazione, codice: str) -> QuerySet[AllegatoRisposta]:
    return AllegatoRisposta.objects.filter(
        compilazione=compilazione, domanda=codice, rimosso_il=None
    ).order_by("pk")


def _riscrivi(compilazione: Compilazione, codice: str, presenti: list[AllegatoRisposta], da: Agente) -> None:
    """Bring the answer in line with the files that are there."""
    elenco = [{"nome": a.nome, "impronta": a.impronta, "dimensione": a.dimensione} for a in presenti]
    scrivi(compilazione, {codice: elenco or None}, None, da)
    if not compilazione.in_scrittura:
        tocca(compilazione)
