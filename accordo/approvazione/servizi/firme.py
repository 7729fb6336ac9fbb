"""The signed files: examined, compared with who should sign, kept once for ever."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from accordo.approvazione import interrogazioni, interrogazioni_firme
from accordo.approvazione.firme import EsitoFirma, FirmaRifiutata
from accordo.approvazione.firme.esito import ATTENZIONE
from accordo.approvazione.firme.isolato import esamina_isolato
from accordo.approvazione.firme.persone import confronta
from accordo.approvazione.models import Approvazione, DocumentoFinale, Firma, Turno
from accordo.approvazione.riscontro import atteso_per
from accordo.approvazione.servizi import turni
from accordo.approvazione.servizi.avvisi import avvisa_chi_coordina
from accordo.approvazione.servizi.riunione import componi_firmato
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.motore import esegui


class FirmatarioDiverso(ErroreDominio):
    """Who signed is not who was expected: the file is good, but somebody has to say why, in writing."""


def registra_firma(
    approvazione: Approvazione, file: "File[bytes]", *, spiegazione: str = "", da: Agente
) -> Firma:
    """Take the signed file of a body's representative. The file is kept as it came, once for ever.

    FirmaRifiutata, with its reason, if it is not a signature of the frozen text; FirmatarioDiverso if somebody else
    than expected signed it and nobody explains why.
    """
    turno = turni.turno_di_chi_firma(approvazione)
    file.seek(0)
    contenuto = file.read()
    esito, diverso = esamina_per(approvazione, contenuto, turno)
    adesso = orologio.adesso()
    firma = Firma(
        nome_file=(file.name or "firmato").rsplit("/", 1)[-1][:200],
        formato=esito.formato,
        sha256=impronta(contenuto),
        esito=esito.come_dati(),
        firmatari=", ".join(dict.fromkeys(firma.nome for firma in esito.nuove))[:300],
        spiegazione=spiegazione.strip() if diverso else "",
        firmato_il=_quando(esito, approvazione.documento, adesso),
        caricata_il=adesso,
        caricata_da=da.utente,
    )

    def applica(fresca: Approvazione) -> None:
        if diverso and not spiegazione.strip():
            raise FirmatarioDiverso(diverso)
        turni.ancora_suo(turno)
        firma.approvazione = fresca
        firma.file.save("firmato", ContentFile(contenuto), save=False)
        firma.save()
        turni.chiudi_firmato(turno)

    dati = {"formato": firma.formato, "sha256": firma.sha256, "firmatari": firma.firmatari}
    with transaction.atomic():
        esegui(
            approvazione,
            "firma",
            da=da,
            motivazione=firma.spiegazione,
            dati=dati | ({"firmatario_diverso": True} if diverso else {}),
            applica=applica,
        )
        approvazione.refresh_from_db()
        turni.apri_prossimo(approvazione.documento)
        if not interrogazioni.firme_mancanti(approvazione.documento).exists():
            componi_firmato(approvazione.documento)
            if not approvazione.successiva:
                avvisa_chi_coordina(
                    approvazione,
                    "È arrivata l'ultima firma: tutti gli enti hanno approvato e firmato. Puoi dichiarare l'accordo sottoscritto.",
                )
    return firma


def esamina_per(
    approvazione: Approvazione, contenuto: bytes, turno: Turno | None = None
) -> tuple[EsitoFirma, str]:
    """Return the report of a signed file, and in words how who signed differs from who should, if so."""
    atteso = atteso_per(approvazione.documento, revisione=turni.revisione(turno) if turno else b"")
    esito = esamina_isolato(contenuto, atteso, adesso=orologio.adesso())
    if interrogazioni_firme.firma_gia_usata(approvazione, impronta(contenuto)):
        raise FirmaRifiutata(
            "Questo stesso file firmato è già stato caricato per un altro ente: carica quello firmato per il tuo."
        )
    firmatario = confronta(esito.nuove, interrogazioni_firme.chi_firma(approvazione.ente))
    controlli = (*esito.controlli[:2], firmatario, *esito.controlli[2:])
    diverso = firmatario.parole if firmatario.esito == ATTENZIONE else ""
    return replace(esito, controlli=controlli), diverso


def _quando(esito: EsitoFirma, documento: DocumentoFinale, adesso: datetime) -> datetime:
    """When it was signed: a time stamp says it; else the signer's tool, if it is credible; else now."""
    momenti = [firma.marca or firma.quando for firma in esito.nuove]
    credibili = [m for m in momenti if m and documento.creato_il - timedelta(hours=1) <= m <= adesso]
    return max(credibili, default=adesso)
