"""The body at work and its act."""

from dataclasses import dataclass
from datetime import date

from django.core.files import File
from django.db import transaction

from accordo.approvazione.models import Approvazione, Atto
from accordo.approvazione.servizi import turni
from accordo.approvazione.servizi.pervenuti import Pec, controlla, leggi
from accordo.approvazione.servizi.termini import oltre_il_termine
from accordo.approvazione.stati import StatoApprovazione
from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.models import Evento
from accordo.iter.motore import esegui


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
    pec: Pec | None = None,
    da: Agente,
) -> Atto:
    """Register the act of a body, or correct the one registered (then with a reason); the old one stays as history.

    `impronta_testo` is the fingerprint of the text that the act approves; the final text's if not given.
    With `pec`, who coordinates writes down what the body sent by certified mail.
    """
    if data > orologio.oggi():
        raise ErroreDominio("La data dell'atto è futura: controlla il giorno.")
    controlla(pec, orologio.oggi())
    ricevuto = leggi(file)
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
        file_nome=ricevuto.nome,
        file_sha256=ricevuto.sha256,
        registrato_il=orologio.adesso(),
        registrato_da=da.utente,
        **(pec.come_campi() if pec else {}),
    )

    def applica(fresca: Approvazione) -> None:
        fresca.organo = atto.organo
        fresca.osservazioni = ""
        fresca.atti.filter(sostituito_il__isnull=True).update(sostituito_il=orologio.adesso())
        atto.approvazione = fresca
        atto.file.save("atto.pdf", ricevuto.come_file(), save=False)
        atto.save()

    verbo = "sostituisci_atto" if approvazione.stato == StatoApprovazione.APPROVATO else "registra_atto"
    with transaction.atomic():
        esegui(
            approvazione,
            f"{verbo}_ricevuto" if pec else verbo,
            da=da,
            motivazione=motivazione,
            dati={
                "organo": atto.organo,
                "atto": str(atto),
                "file_sha256": atto.file_sha256,
                "impronta_testo": atto.impronta_testo,
                **(pec.come_dati() if pec else {}),
                **oltre_il_termine(approvazione),
            },
            applica=applica,
        )
        turni.apri_prossimo(approvazione.documento)
    return atto


def avvia_istruttoria(approvazione: Approvazione, *, organo: str = "", da: Agente) -> Evento:
    """Say that the body's offices are at work, and which organ will approve."""

    def applica(fresca: Approvazione) -> None:
        fresca.organo = organo.strip() or fresca.organo
        fresca.osservazioni = ""
        fresca.prosegue_senza_il = None

    verbo = (
        "avvia_istruttoria" if approvazione.stato == StatoApprovazione.IN_ATTESA else "riprendi_istruttoria"
    )
    return esegui(approvazione, verbo, da=da, dati={"organo": organo or approvazione.organo}, applica=applica)
