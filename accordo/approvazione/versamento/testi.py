"""The text that was signed, with its annexes and its signatures; and the texts of before, if it was opened again."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.timezone import localtime

from accordo.approvazione import interrogazioni
from accordo.approvazione.models import AccordoFirmato, Approvazione, DocumentoFinale, Firma
from accordo.approvazione.versamento.documento import Documento, dal_file
from accordo.base.canonico import json_canonico
from bozze.interrogazioni.documenti import allegati_del_testo


def testo(documento: DocumentoFinale, cartella: str, nome: str) -> Iterator[Documento]:
    """Yield a frozen text in its three forms, and its annexes that are files.

    The third form is the very bytes on which the text's fingerprint is computed: the one that the acts cite.
    """
    accordo, versione = documento.accordo, documento.versione
    comuni = (accordo.promotore.denominazione, localtime(documento.creato_il).date())
    numero = str(versione.numero)
    yield Documento(
        f"{cartella}/{nome}.pdf", "Testo dell'accordo", accordo.titolo, *comuni, lambda: dal_file(documento.pdf),
        versione=numero, note=f"Impronta del testo, citata negli atti: {documento.impronta_testo}",
    )  # fmt: skip
    if documento.akn:
        yield Documento(
            f"{cartella}/{nome}.akn.xml", "Testo dell'accordo in Akoma Ntoso", accordo.titolo, *comuni,
            lambda: dal_file(documento.akn), versione=numero,
        )  # fmt: skip
    yield Documento(
        f"{cartella}/{nome}.json", "Testo dell'accordo, i dati su cui è calcolata l'impronta citata negli atti",
        accordo.titolo, *comuni, lambda: [versione.albero.in_json()], versione=numero,
    )  # fmt: skip
    for allegato in allegati_del_testo(versione):
        yield Documento(
            f"{cartella}/allegati/{allegato.nome_del_file}", "Allegato al testo dell'accordo",
            f"{accordo.titolo}: {allegato.nome}, {allegato.rubrica}", *comuni,
            lambda a=allegato: dal_file(a.file), versione=numero,  # type: ignore[misc]
        )  # fmt: skip


def firmati(documento: DocumentoFinale, approvazioni: Sequence[Approvazione]) -> Iterator[Documento]:
    """Yield the one file with all signatures, each body's own, and what was found when it came."""
    accordo = documento.accordo
    firme = [(a, a.firmata) for a in approvazioni if a.firmata is not None]
    riunito = AccordoFirmato.objects.filter(documento=documento).order_by("-pk").first()
    if riunito is not None:
        tutte = [firma for _, firma in firme if firma is not None]
        yield Documento(
            f"firmato/{riunito.nome_per_scaricare}", "Accordo firmato", f"{accordo.titolo}: {riunito}",
            accordo.promotore.denominazione, localtime(riunito.composto_il).date(), lambda: dal_file(riunito.file),
            firmato=True, versione=str(documento.versione.numero),
            firmatari=tuple(nome for firma in tutte for nome in _firmatari(firma)),
            marcato=bool(tutte) and all(_marcata(firma) for firma in tutte),
        )  # fmt: skip
    yield from _firme(documento, firme, "firme")


def precedenti(documento: DocumentoFinale) -> Iterator[Documento]:
    """Yield the texts that were frozen before this one and opened again, with what was signed on them."""
    prima = DocumentoFinale.objects.filter(accordo=documento.accordo_id).exclude(pk=documento.pk)
    for vecchio in prima.select_related("versione", "accordo__promotore").order_by("pk"):
        cartella = f"testi-precedenti/versione-{vecchio.versione.numero}"
        yield from testo(vecchio, cartella, "testo")
        righe = [(a, a.firmata) for a in interrogazioni.approvazioni_di(vecchio) if a.firmata is not None]
        yield from _firme(vecchio, righe, f"{cartella}/firme")


def _firme(
    documento: DocumentoFinale, firme: Sequence[tuple[Approvazione, Firma | None]], cartella: str
) -> Iterator[Documento]:
    accordo, relazioni = documento.accordo, []
    for approvazione, firma in firme:
        if firma is None:
            continue
        ente = approvazione.ente.denominazione
        yield Documento(
            f"{cartella}/{firma.nome_per_scaricare}", "Testo firmato da un ente", f"{accordo.titolo}: firma per {ente}",
            ente, localtime(firma.firmato_il or firma.caricata_il).date(), lambda f=firma: dal_file(f.file),  # type: ignore[misc]
            firmato=True, versione=str(documento.versione.numero), firmatari=_firmatari(firma), marcato=_marcata(firma),
        )  # fmt: skip
        relazioni.append(_relazione(approvazione, firma))
    if relazioni:
        dati = {"accordo": accordo.slug, "impronta_pdf": documento.sha256, "firme": relazioni}
        yield Documento(
            f"{cartella}/verifica-delle-firme.json", "Verifica delle firme quando sono arrivate",
            f"{accordo.titolo}: verifica delle firme", accordo.promotore.denominazione, None,
            lambda: [json_canonico(dati)], riservato=True,
        )  # fmt: skip


def _nuove(firma: Firma) -> list[dict[str, Any]]:
    """What was read of the signatures that a file added."""
    voci: list[dict[str, Any]] = firma.esito.get("firme", [])
    return voci[firma.esito.get("precedenti", 0) :]


def _firmatari(firma: Firma) -> tuple[str, ...]:
    return tuple(voce["nome"] for voce in _nuove(firma)) or (firma.firmatari,)


def _marcata(firma: Firma) -> bool:
    nuove = _nuove(firma)
    return bool(nuove) and all(voce.get("marca") for voce in nuove)


def _relazione(approvazione: Approvazione, firma: Firma) -> dict[str, Any]:
    return {
        "ente": approvazione.ente.denominazione,
        "codice": approvazione.ente.codice,
        "file": firma.nome_per_scaricare,
        "sha256": firma.sha256,
        "formato": firma.formato,
        "firmatari": list(_firmatari(firma)),
        "firmato_il": firma.firmato_il.isoformat() if firma.firmato_il else None,
        "arrivata_il": firma.caricata_il.isoformat(),
        "spiegazione": firma.spiegazione,
        "esame": firma.esito,
    }
