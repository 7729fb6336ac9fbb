"""Which files go into the bag, and where each comes from. Files are opened one at a time, when their turn comes."""

from collections.abc import Iterator

from django.utils.timezone import localtime

from accordo.approvazione import interrogazioni, quadro_atti
from accordo.approvazione.models import (
    AccordoFirmato,
    Approvazione,
    Atto,
    Comunicazione,
    DocumentoFinale,
    Passaggio,
)
from accordo.approvazione.versamento import lavori
from accordo.approvazione.versamento.documento import Documento, dal_file
from accordo.base.canonico import json_canonico
from accordo.iter.models import Accordo, Evento
from accordo.iter.registro import verifica, voce
from bozze.carte.elenchi import json_emendamenti
from bozze.carte.fascicolo import pdf_fascicolo, pdf_sinottica
from bozze.interrogazioni.emendamenti import presentati
from bozze.models import Versione


def documenti(accordo: Accordo, testo: DocumentoFinale) -> Iterator[Documento]:
    """Yield the files in order: text, signatures, acts, letters, amendments, minutes, survey, registro."""
    promotore = accordo.promotore.denominazione
    quando = localtime(testo.creato_il).date()
    numero = str(testo.versione.numero)
    yield Documento(
        "testo/testo-definitivo.pdf", "Testo dell'accordo", accordo.titolo, promotore, quando,
        lambda: dal_file(testo.pdf), versione=numero,
    )  # fmt: skip
    if testo.akn:
        yield Documento(
            "testo/testo-definitivo.akn.xml", "Testo dell'accordo in Akoma Ntoso", accordo.titolo, promotore, quando,
            lambda: dal_file(testo.akn), versione=numero,
        )  # fmt: skip
    approvazioni = list(interrogazioni.approvazioni_di(testo))
    yield from _firmati(accordo, testo, approvazioni)
    yield from _atti(accordo)
    yield from _lettere(accordo)
    yield from _quadro(accordo, testo, approvazioni)
    yield from _emendamenti(accordo)
    yield from lavori.verbali(accordo)
    yield from lavori.questionario(accordo)
    yield from _registro(accordo)


def _firmati(
    accordo: Accordo, testo: DocumentoFinale, approvazioni: list[Approvazione]
) -> Iterator[Documento]:
    riunito = AccordoFirmato.objects.filter(documento=testo).order_by("-pk").first()
    if riunito is not None:
        yield Documento(
            f"firmato/{riunito.nome_per_scaricare}", "Accordo firmato", f"{accordo.titolo}: {riunito}",
            accordo.promotore.denominazione, localtime(riunito.composto_il).date(), lambda: dal_file(riunito.file),
            firmato=True, versione=str(testo.versione.numero),
        )  # fmt: skip
    for approvazione in approvazioni:
        firma = approvazione.firmata
        if firma is not None:
            yield Documento(
                f"firme/{firma.nome_per_scaricare}", "Testo firmato da un ente", f"{accordo.titolo}: firma per "
                f"{approvazione.ente.denominazione}", approvazione.ente.denominazione,
                localtime(firma.firmato_il or firma.caricata_il).date(), lambda f=firma: dal_file(f.file),  # type: ignore[misc]
                firmato=True, versione=str(testo.versione.numero),
            )  # fmt: skip


def _atti(accordo: Accordo) -> Iterator[Documento]:
    atti = Atto.objects.filter(approvazione__accordo=accordo).select_related(
        "approvazione__ente", "approvazione__accordo", "approvazione__documento"
    )
    for atto in atti.order_by("approvazione__ente__codice", "registrato_il", "pk"):
        ente = atto.approvazione.ente
        cartella = "atti" if atto.sostituito_il is None else "atti-sostituiti"
        yield Documento(
            f"{cartella}/{ente.codice}-{atto.data:%Y-%m-%d}-{atto.pk}.pdf", str(atto.get_tipo_display()),
            f"{atto}: approvazione dell'accordo", ente.denominazione, atto.data,
            lambda a=atto: dal_file(a.file), protocollo=atto.protocollo or atto.pec_protocollo,  # type: ignore[misc]
        )  # fmt: skip
    for approvazione in (
        Approvazione.objects.filter(accordo=accordo, recesso__isnull=False)
        .select_related("ente", "recesso")
        .order_by("ente__codice")
    ):
        recesso = approvazione.recesso
        yield Documento(
            f"recessi/{approvazione.ente.codice}-{recesso.data:%Y-%m-%d}.pdf", str(recesso.get_tipo_display()),
            f"{recesso}: recesso dall'accordo", approvazione.ente.denominazione, recesso.data,
            lambda r=recesso: dal_file(r.file), protocollo=recesso.pec_protocollo,  # type: ignore[misc]
        )  # fmt: skip


def _lettere(accordo: Accordo) -> Iterator[Documento]:
    lettere = Comunicazione.objects.filter(approvazione__accordo=accordo).exclude(file="")
    for lettera in lettere.select_related("approvazione__ente").order_by("quando", "pk"):
        ente = lettera.approvazione.ente
        yield Documento(
            f"lettere/{ente.codice}-{lettera.pk}.pdf", str(lettera.get_tipo_display()),
            f"{lettera.get_tipo_display()}: {ente.denominazione}", ente.denominazione, lettera.pec_data,
            lambda c=lettera: dal_file(c.file), protocollo=lettera.pec_protocollo,  # type: ignore[misc]
        )  # fmt: skip
    passaggi = Passaggio.objects.filter(approvazione__accordo=accordo).exclude(file="")
    for passaggio in passaggi.select_related("approvazione__ente").order_by("data", "pk"):
        ente = passaggio.approvazione.ente
        yield Documento(
            f"prefettura/{passaggio.tipo}-{passaggio.pk}.pdf", str(passaggio.get_tipo_display()), str(passaggio),
            ente.denominazione, passaggio.data, lambda p=passaggio: dal_file(p.file),  # type: ignore[misc]
        )  # fmt: skip


def _quadro(
    accordo: Accordo, testo: DocumentoFinale, approvazioni: list[Approvazione]
) -> Iterator[Documento]:
    promotore = accordo.promotore.denominazione
    yield Documento(
        "quadro/quadro-degli-atti.pdf", "Quadro degli atti", f"{accordo.titolo}: quadro degli atti", promotore, None,
        lambda: [quadro_atti.in_pdf(testo, approvazioni)],
    )  # fmt: skip
    yield Documento(
        "quadro/quadro-degli-atti.csv", "Quadro degli atti", f"{accordo.titolo}: quadro degli atti", promotore, None,
        lambda: [quadro_atti.in_csv(approvazioni)],
    )  # fmt: skip


def _emendamenti(accordo: Accordo) -> Iterator[Documento]:
    promotore = accordo.promotore.denominazione
    for versione in Versione.objects.filter(accordo=accordo).select_related("accordo").order_by("numero"):
        tutti = list(presentati(versione))
        if not tutti:
            continue
        giorno = localtime(versione.pubblicata_il).date()
        cartella, oggetto = (
            f"emendamenti/versione-{versione.numero}",
            f"Emendamenti alla versione {versione.numero}",
        )
        yield Documento(
            f"{cartella}/fascicolo.pdf", "Fascicolo degli emendamenti", oggetto, promotore, giorno,
            lambda v=versione, t=tutti: [pdf_fascicolo(accordo, v, t)],  # type: ignore[misc]
        )  # fmt: skip
        yield Documento(
            f"{cartella}/tavola-sinottica.pdf", "Tavola sinottica", oggetto, promotore, giorno,
            lambda v=versione, t=tutti: [pdf_sinottica(accordo, v, t)],  # type: ignore[misc]
        )  # fmt: skip
        yield Documento(
            f"{cartella}/emendamenti.json", "Emendamenti con le loro operazioni", oggetto, promotore, giorno,
            lambda v=versione, t=tutti: [json_emendamenti(v, t)],  # type: ignore[misc]
        )  # fmt: skip


def _registro(accordo: Accordo) -> Iterator[Documento]:
    promotore = accordo.promotore.denominazione
    yield Documento(
        "registro/registro.json", "Registro", f"{accordo.titolo}: registro", promotore, None, lambda: _voci(accordo), riservato=True,
    )  # fmt: skip
    yield Documento(
        "registro/verifica.json", "Verifica del registro", f"{accordo.titolo}: verifica del registro", promotore, None,
        lambda: [json_canonico(_verifica(accordo))], riservato=True,
    )  # fmt: skip


def _voci(accordo: Accordo) -> Iterator[bytes]:
    """The registro as one JSON document, entry by entry: the very data on which the fingerprints are computed."""
    yield b'{"accordo":' + json_canonico(accordo.slug) + b',"voci":[\n'
    eventi = Evento.objects.filter(accordo=accordo).order_by("numero").iterator(chunk_size=500)
    for posto, evento in enumerate(eventi):
        dati = voce(evento, accordo.slug) | {"impronta": evento.impronta}
        yield (b",\n" if posto else b"") + json_canonico(dati)
    yield b"\n]}\n"


def _verifica(accordo: Accordo) -> dict[str, object]:
    rottura = verifica(accordo)
    return {
        "integro": rottura is None,
        "rottura": rottura.motivo if rottura else None,
        "voci": accordo.registro_numero,
        "ultima_impronta": accordo.registro_impronta,
        "metodo": "SHA-256 del JSON canonico di ogni voce senza «impronta», che contiene l'impronta della precedente",
    }
