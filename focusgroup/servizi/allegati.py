"""Files of a meeting: the signed sheet, what is attached to the minutes. Checked by content, never lost."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from accordo.base import allegati, orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from focusgroup.models import AllegatoRiunione, GenereAllegato, Riunione
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione

ESTENSIONI = {
    GenereAllegato.FOGLIO_FIRME: ("pdf", "jpg", "jpeg", "png"),
    GenereAllegato.DOCUMENTO: ("pdf", "docx", "xlsx", "odt", "ods", "jpg", "jpeg", "png"),
}
MASSIMO_MB = 15
QUANTI = 30


def allega(
    riunione: Riunione, file: "File[bytes]", *, genere: str, titolo: str = "", da: Agente
) -> AllegatoRiunione:
    """Attach a file to a meeting; ErroreDominio says why it may not be."""
    richiedi_coordinatore(riunione.accordo, da)
    tipo = GenereAllegato(genere)
    try:
        allegati.valida(file, ESTENSIONI[tipo], MASSIMO_MB)
    except ValidationError as errore:
        raise ErroreDominio(" ".join(errore.messages)) from errore
    file.seek(0)
    contenuto = file.read()
    file.seek(0)
    nome = (file.name or "documento").rsplit("/", 1)[-1][-200:]
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        _richiedi_aperta(riunione)
        if riunione.allegati.filter(rimosso_il__isnull=True).count() >= QUANTI:
            raise ErroreDominio(f"A una riunione si allegano al massimo {QUANTI} file.")
        allegato = AllegatoRiunione.objects.create(
            riunione=riunione,
            genere=tipo,
            titolo=titolo.strip() or (tipo.label if tipo == GenereAllegato.FOGLIO_FIRME else nome),
            file=file,
            nome=nome,
            impronta=impronta(contenuto),
            dimensione=len(contenuto),
            caricato_il=orologio.adesso(),
            caricato_da=da.utente,
        )
        dati = {"nome": nome, "impronta": allegato.impronta}
        registra(riunione.accordo, da=da, verbo="allega_a_riunione", oggetto=riunione, dati=dati)
    return allegato


def togli_allegato(allegato: AllegatoRiunione, *, da: Agente) -> None:
    """Take a file off the meeting; the file itself stays stored, with its mark."""
    riunione = allegato.riunione
    richiedi_coordinatore(riunione.accordo, da)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        _richiedi_aperta(riunione)
        tolti = AllegatoRiunione.objects.filter(pk=allegato.pk, rimosso_il__isnull=True)
        if tolti.update(rimosso_il=orologio.adesso()):
            registra(
                riunione.accordo,
                da=da,
                verbo="togli_allegato_riunione",
                oggetto=riunione,
                dati={"nome": allegato.nome},
            )


def _richiedi_aperta(riunione: Riunione) -> None:
    stato = Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)
    if stato in {StatoRiunione.VERBALE_APPROVATO, StatoRiunione.ANNULLATA}:
        raise ErroreDominio(
            "Il verbale è approvato o la riunione annullata: gli allegati non si cambiano più."
        )
