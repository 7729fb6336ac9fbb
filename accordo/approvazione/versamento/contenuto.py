"""Which files go into the bag, and where each comes from. Files are opened one at a time, when their turn comes."""

from collections.abc import Iterator

from django.utils.timezone import localtime

from accordo.approvazione import interrogazioni, quadro_atti
from accordo.approvazione.models import Approvazione, Atto, Comunicazione, DocumentoFinale, Passaggio
from accordo.approvazione.versamento import lavori, testi
from accordo.approvazione.versamento.documento import Documento, dal_file, ha_una_firma
from accordo.base.canonico import json_canonico
from accordo.iter.models import Accordo, Evento
from accordo.iter.registro import verifica, voce
from bozze.carte.elenchi import json_emendamenti
from bozze.carte.fascicolo import pdf_fascicolo, pdf_sinottica
from bozze.interrogazioni.emendamenti import presentati
from bozze.models import Versione


def documenti(accordo: Accordo, testo: DocumentoFinale) -> Iterator[Documento]:
    """Yield the files in order: text with its annexes, signatures, texts of before, acts, letters, amendments, minutes, survey, registro."""
    approvazioni = list(interrogazioni.approvazioni_di(testo))
    yield from testi.testo(testo, "testo", "testo-definitivo")
    yield from testi.firmati(testo, approvazioni)
    yield from testi.precedenti(testo)
    yield from _atti(accordo)
    yield from _lettere(accordo)
    yield from _quadro(accordo, testo, approvazioni)
    yield from _emendamenti(accordo)
    yield from lavori.verbali(accordo)
    yield from lavori.questionario(accordo)
    yield from _registro(accordo)


def _atti(accordo: Accordo) -> Iterator[Documento]:
    atti = Atto.objects.filter(approvazione__accordo=accordo).select_related(
        "approvazione__ente", "approvazione__accordo", "approvazione__documento"
    )
    for atto in atti.order_by("approvazione__ente__codice", "registrato_il", "pk"):
        ente = atto.approvazione.ente
        cartella = "atti" if atto.sostituito_il is None else "atti-sostituiti"
        yield Documento(
            f"{cartella}/{ente.codice}-{atto.data:%Y-%m-%d}-{atto.pk}.{atto.estensione}", str(atto.get_tipo_display()),
            f"{atto}: approvazione dell'accordo", ente.denominazione, atto.data,
            lambda a=atto: dal_file(a.file), protocollo=atto.protocollo or atto.pec_protocollo,  # type: ignore[misc]
            firmato=ha_una_firma(atto.file), note=f"Approva il testo con impronta {atto.impronta_testo}",
        )  # fmt: skip
    for approvazione in (
        Approvazione.objects.filter(accordo=accordo, recesso__isnull=False)
        .select_related("ente", "recesso")
        .order_by("ente__codice")
    ):
        recesso = approvazione.recesso
        yield Documento(
            f"recessi/{approvazione.ente.codice}-{recesso.data:%Y-%m-%d}.{recesso.estensione}", str(recesso.get_tipo_display()),
            f"{recesso}: recesso dall'accordo", approvazione.ente.denominazione, recesso.data,
            lambda r=recesso: dal_file(r.file), protocollo=recesso.pec_protocollo,  # type: ignore[misc]
            firmato=ha_una_firma(recesso.file),
        )  # fmt: skip


def _lettere(accordo: Accordo) -> Iterator[Documento]:
    lettere = Comunicazione.objects.filter(approvazione__accordo=accordo).exclude(file="")
    for lettera in lettere.select_related("approvazione__ente").order_by("quando", "pk"):
        ente = lettera.approvazione.ente
        yield Documento(
            f"lettere/{ente.codice}-{lettera.pk}.{lettera.estensione}", str(lettera.get_tipo_display()),
            f"{lettera.get_tipo_display()}: {ente.denominazione}", ente.denominazione, lettera.pec_data,
            lambda c=lettera: dal_file(c.file), protocollo=lettera.pec_protocollo,  # type: ignore[misc]
            firmato=ha_una_firma(lettera.file),
        )  # fmt: skip
    passaggi = Passaggio.objects.filter(approvazione__accordo=accordo).exclude(file="")
    for passaggio in passaggi.select_related("approvazione__ente").order_by("data", "pk"):
        ente = passaggio.approvazione.ente
        yield Documento(
            f"prefettura/{passaggio.tipo}-{passaggio.pk}.{passaggio.estensione}", str(passaggio.get_tipo_display()), str(passaggio),
            ente.denominazione, passaggio.data, lambda p=passaggio: dal_file(p.file),  # type: ignore[misc]
            firmato=ha_una_firma(passaggio.file),
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
