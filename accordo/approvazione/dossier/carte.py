"""The papers of a body's dossier: the draft act, the story of its contributions, all in one archive."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from accordo.approvazione.dossier.schema import Schema, TestoFissato, schema
from accordo.approvazione.dossier.word import word_schema
from accordo.approvazione.models import Approvazione
from accordo.base.pdf import componi
from bozze.interrogazioni.documenti import allegati_del_testo
from bozze.models import Emendamento, Osservazione
from bozze.stati import PRIVATI, StatoOsservazione

ORA_ZIP = (1980, 1, 1, 0, 0, 0)
"""Files in an archive bear no time of their own: the same content gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Contributi:
    """What a body presented on the text, with what became of it."""

    emendamenti: tuple[Emendamento, ...]
    osservazioni: tuple[Osservazione, ...]

    def __len__(self) -> int:
        return len(self.emendamenti) + len(self.osservazioni)


def contributi(approvazione: Approvazione) -> Contributi:
    """Return the body's amendments and remarks, of every version, in the order of the text. Two queries."""
    del_suo = {"accordo": approvazione.accordo_id, "ente": approvazione.ente_id}
    emendamenti = Emendamento.objects.filter(**del_suo).exclude(stato__in=PRIVATI)
    osservazioni = Osservazione.objects.filter(
        **del_suo, stato__in=(StatoOsservazione.PRESENTATA, StatoOsservazione.RISPOSTA)
    )
    return Contributi(
        tuple(
            emendamenti.select_related("versione").order_by("versione__numero", "sezione_ordine", "numero")
        ),
        tuple(osservazioni.select_related("versione").order_by("versione__numero", "ordine", "pk")),
    )


def schema_di(approvazione: Approvazione, quanti: int = 0) -> Schema:
    """Return the draft act of a body for the text that it approves."""
    documento, accordo = approvazione.documento, approvazione.accordo
    testo = TestoFissato(
        titolo=accordo.titolo,
        versione=documento.versione.numero,
        impronta=documento.impronta_testo,
        sha256=documento.sha256,
        promotore=accordo.promotore.con_articolo,
        congelato_il=localtime(documento.creato_il).date(),
        allegati=tuple(
            f"{a.nome}, documento «{a.documento.nome}», impronta SHA-256 {a.documento.impronta}"
            for a in allegati_del_testo(documento.versione)
        ),
    )
    return schema(approvazione.ente, approvazione.organo, testo, contributi=quanti)


def schema_word(approvazione: Approvazione) -> bytes:
    """The draft act as .docx."""
    return word_schema(
        schema_di(approvazione, len(contributi(approvazione))), quando=approvazione.documento.creato_il
    )


def schema_pdf(approvazione: Approvazione) -> bytes:
    """The draft act as PDF."""
    bozza = schema_di(approvazione, len(contributi(approvazione)))
    contesto: dict[str, Any] = {
        "schema": bozza,
        "ente": bozza.ente,
        "marca": "SCHEMA da adattare",
        "corrente": "Schema di atto",
        "sommario": bozza.oggetto,
        "piede": f"Impronta del testo {approvazione.documento.impronta_testo[:8]} … "
        f"{approvazione.documento.impronta_testo[-8:]}",
    }
    return componi(
        "stampa/schema_atto.html", contesto, titolo=bozza.titolo, creato=approvazione.documento.creato_il
    )


def contributi_pdf(approvazione: Approvazione) -> bytes:
    """The story of the body's amendments and remarks as PDF."""
    ente = approvazione.ente
    contesto = {
        "approvazione": approvazione,
        "contributi": contributi(approvazione),
        "ente": approvazione.accordo.promotore.denominazione,
        "sommario": f"{ente.denominazione}: che cosa ha proposto sul testo, e con quale esito.",
        "corrente": approvazione.accordo.titolo,
    }
    return componi(
        "stampa/contributi_ente.html",
        contesto,
        titolo="Osservazioni ed emendamenti dell'ente",
        creato=approvazione.documento.creato_il,
    )


def archivio(approvazione: Approvazione) -> bytes:
    """The whole dossier in one ZIP: a few small files, always the same bytes for the same content."""
    documento = approvazione.documento
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as pacco:
        with documento.pdf.open("rb") as pdf:
            _metti(pacco, "1-testo-definitivo.pdf", pdf.read())
        if documento.akn:
            with documento.akn.open("rb") as akn:
                _metti(pacco, "1-testo-definitivo.akn.xml", akn.read())
        for allegato in allegati_del_testo(documento.versione):
            with allegato.file.open("rb") as file:
                _metti(pacco, f"1-{allegato.nome_del_file}", file.read())
        _metti(pacco, "2-schema-di-atto.docx", schema_word(approvazione))
        _metti(pacco, "2-schema-di-atto.pdf", schema_pdf(approvazione))
        _metti(pacco, "3-osservazioni-ed-emendamenti.pdf", contributi_pdf(approvazione))
    return uscita.getvalue()


def _metti(pacco: zipfile.ZipFile, nome: str, contenuto: bytes) -> None:
    voce = zipfile.ZipInfo(nome, ORA_ZIP)
    voce.compress_type, voce.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    pacco.writestr(voce, contenuto)
