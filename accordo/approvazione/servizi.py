"""What writes acts and signatures. The only place that does."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from accordo.approvazione import interrogazioni, testi
from accordo.approvazione.firme import esamina
from accordo.approvazione.models import Approvazione, Atto, DocumentoFinale, Firma
from accordo.approvazione.organi import proposta
from accordo.approvazione.stati import StatoApprovazione
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.interrogazioni import sottoscrittori
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import esegui
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra


def avvia_approvazione(accordo: Accordo, da: Agente) -> DocumentoFinale:
    """Freeze the final text and open one approval for each signatory. Called when phase 8 is entered.

    Entered again with the same final version (the accord had gone back), it finds what is there; with a new one, it
    asks all bodies again and the approvals of the old text stay as history.
    """
    if not coordina(da, accordo):
        raise NonAutorizzato("L'iter di approvazione lo avvia chi coordina l'accordo.")
    with transaction.atomic():
        versione = interrogazioni.versione_definitiva(accordo)
        if versione is None:
            raise ErroreDominio(
                "Manca la versione definitiva del testo: va pubblicata prima di avviare l'approvazione."
            )
        documento = DocumentoFinale.objects.filter(versione=versione).first()
        if documento is None:
            documento = _congela(accordo, versione, da)
        gia = set(Approvazione.objects.filter(documento=documento).values_list("ente_id", flat=True))
        firmatari = [partecipazione.ente for partecipazione in sottoscrittori(accordo)]
        Approvazione.objects.bulk_create(
            Approvazione(accordo=accordo, documento=documento, ente=ente, organo=proposta(ente).organo)
            for ente in firmatari
            if ente.pk not in gia
        )
        avvisa(
            firmatari,
            oggetto=f"Il testo definitivo è da approvare: {accordo.titolo}",
            testo="Il testo definitivo è pronto. L'organo competente di ogni ente lo approva con il proprio atto; poi chi "
            "rappresenta l'ente lo firma con la firma digitale. Nel portale trovi il testo e che cosa fare.",
            url=reverse("approvazione:quadro", args=[accordo.slug]),
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
        )
    return documento


def _congela(accordo: Accordo, versione: Any, da: Agente) -> DocumentoFinale:
    pdf = testi.pdf_definitivo(accordo, versione)
    documento = DocumentoFinale(
        accordo=accordo,
        versione=versione,
        sha256=impronta(pdf),
        impronta_testo=versione.impronta,
        creato_il=orologio.adesso(),
        creato_da=da.utente,
    )
    documento.pdf.save("testo.pdf", ContentFile(pdf), save=False)
    documento.save()
    registra(
        accordo,
        da=da,
        verbo="congela_testo",
        oggetto=documento,
        dati={
            "versione": versione.numero,
            "impronta_testo": documento.impronta_testo,
            "sha256_pdf": documento.sha256,
        },
    )
    return documento


@dataclass(frozen=True, slots=True)
class DatiAlbo:
    """Publication on the notice board and protocol: all optional."""

    numero: str = ""
    dal: date | None = None
    al: date | None = None
    protocollo: str = ""


def registra_atto(
    approvazione: Approvazione,
    *,
    organo: str,
    tipo: str,
    numero: str,
    data: date,
    esecutivita_immediata: bool = False,
    file: "File[bytes]",
    esecutivo_dal: date | None = None,
    albo: DatiAlbo | None = None,
    impronta_testo: str = "",
    motivazione: str = "",
    da: Agente,
) -> Atto:
    """Register the act of a body, or correct the one registered (then with a reason); the old one stays as history.

    `impronta_testo` is the fingerprint of the text that the act approves; the final text's if not given.
    """
    if data > orologio.oggi():
        raise ErroreDominio("La data dell'atto è futura: controlla il giorno.")
    file.seek(0)
    contenuto = file.read()
    pubblicazione = albo or DatiAlbo()
    atto = Atto(
        organo=organo.strip(),
        tipo=tipo,
        numero=numero.strip(),
        data=data,
        esecutivita_immediata=esecutivita_immediata,
        esecutivo_dal=esecutivo_dal,
        albo_numero=pubblicazione.numero,
        albo_dal=pubblicazione.dal,
        albo_al=pubblicazione.al,
        protocollo=pubblicazione.protocollo,
        impronta_testo=impronta_testo or approvazione.documento.impronta_testo,
        file_nome=(file.name or "atto.pdf").rsplit("/", 1)[-1][:200],
        file_sha256=impronta(contenuto),
        registrato_il=orologio.adesso(),
        registrato_da=da.utente,
    )

    def applica(fresca: Approvazione) -> None:
        fresca.organo = atto.organo
        fresca.osservazioni = ""
        fresca.atti.filter(sostituito_il__isnull=True).update(sostituito_il=orologio.adesso())
        atto.approvazione = fresca
        atto.file.save("atto.pdf", ContentFile(contenuto), save=False)
        atto.save()

    esegui(
        approvazione,
        "sostituisci_atto" if approvazione.stato == StatoApprovazione.APPROVATO else "registra_atto",
        da=da,
        motivazione=motivazione,
        dati={
            "organo": atto.organo,
            "atto": str(atto),
            "file_sha256": atto.file_sha256,
            "impronta_testo": atto.impronta_testo,
        },
        applica=applica,
    )
    return atto


def avvia_istruttoria(approvazione: Approvazione, *, organo: str = "", da: Agente) -> Evento:
    """Say that the body's offices are at work, and which organ will approve."""

    def applica(fresca: Approvazione) -> None:
        fresca.organo = organo.strip() or fresca.organo
        fresca.osservazioni = ""

    verbo = (
        "avvia_istruttoria" if approvazione.stato == StatoApprovazione.IN_ATTESA else "riprendi_istruttoria"
    )
    return esegui(approvazione, verbo, da=da, dati={"organo": organo or approvazione.organo}, applica=applica)


def rinvia(approvazione: Approvazione, *, motivazione: str, da: Agente) -> Evento:
    """Send the text back with remarks; who leads the accord is told."""
    return _rifiuta(approvazione, "rinvia", motivazione, da, "ha rinviato il testo con osservazioni")


def non_approvare(approvazione: Approvazione, *, motivazione: str, da: Agente) -> Evento:
    """Say that the body does not approve, and why; who leads the accord is told."""
    return _rifiuta(approvazione, "non_approvare", motivazione, da, "ha comunicato che non approva il testo")


def _rifiuta(approvazione: Approvazione, verbo: str, motivazione: str, da: Agente, frase: str) -> Evento:
    def applica(fresca: Approvazione) -> None:
        fresca.osservazioni = motivazione.strip()

    with transaction.atomic():
        evento = esegui(approvazione, verbo, da=da, motivazione=motivazione, applica=applica)
        _avvisa_chi_coordina(approvazione, f"{approvazione.ente.con_articolo} {frase}.")
    return evento


def registra_firma(approvazione: Approvazione, file: "File[bytes]", *, da: Agente) -> Firma:
    """Take the signed file of a body's representative; FirmaRifiutata, with its reason, if it is not a signature of the
    frozen text. The file is kept as it came, once for ever.
    """
    file.seek(0)
    contenuto = file.read()
    documento = approvazione.documento
    with documento.pdf.open("rb") as congelato:
        esito = esamina(contenuto, congelato.read(), adesso=orologio.adesso())
    momenti = [firma.quando for firma in esito.firme if firma.quando]
    firma = Firma(
        nome_file=(file.name or "firmato").rsplit("/", 1)[-1][:200],
        formato=esito.formato,
        sha256=impronta(contenuto),
        esito=esito.come_dati(),
        firmatari=", ".join(firma.nome for firma in esito.firme)[:300],
        firmato_il=max(momenti, default=None),
        caricata_il=orologio.adesso(),
        caricata_da=da.utente,
    )

    def applica(fresca: Approvazione) -> None:
        firma.approvazione = fresca
        firma.file.save("firmato", ContentFile(contenuto), save=False)
        firma.save()

    with transaction.atomic():
        esegui(
            approvazione,
            "firma",
            da=da,
            dati={"formato": firma.formato, "sha256": firma.sha256, "firmatari": firma.firmatari},
            applica=applica,
        )
        approvazione.refresh_from_db()
        if not interrogazioni.firme_mancanti(documento).exists():
            _avvisa_chi_coordina(
                approvazione,
                "È arrivata l'ultima firma: tutti gli enti hanno approvato e firmato. Puoi dichiarare l'accordo sottoscritto.",
            )
    return firma


def _avvisa_chi_coordina(approvazione: Approvazione, frase: str) -> None:
    accordo = approvazione.accordo
    avvisa(
        [accordo.promotore_id],
        oggetto=f"Approvazione: {approvazione.ente.nome_breve}",
        testo=frase,
        url=reverse("approvazione:quadro", args=[accordo.slug]),
        ruoli=(Ruolo.COORDINATORE,),
    )
