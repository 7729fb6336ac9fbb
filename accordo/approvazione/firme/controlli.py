"""The report in words: what was checked, how it went, what was not checked and where to have it checked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accordo.approvazione.firme.esito import (
    ATTENZIONE,
    BENE,
    NON_CONTROLLATO,
    SERVIZI_DI_VERIFICA,
    Atteso,
    Controllo,
    FirmaLetta,
    FirmaRifiutata,
)

TOLLERANZA = timedelta(hours=1)
"""By how much the clock of a signer's computer may be ahead."""
ROMA = ZoneInfo("Europe/Rome")
STRUTTURA = {
    "PAdES": "È un PDF firmato (PAdES): dopo il testo ci sono solo firme.",
    "CAdES": "È una busta di firma (CAdES, .p7m) che contiene il testo.",
    "XAdES": "È un documento XML firmato (XAdES).",
}
CONTENUTO = {
    "PAdES": "È il testo definitivo, uguale byte per byte.",
    "CAdES": "Dentro la busta c'è il testo definitivo, uguale byte per byte.",
    "XAdES": "Il testo firmato è quello definitivo in Akoma Ntoso, uguale nella forma canonica che si firma.",
}


def giorno(momento: datetime) -> str:
    """A day as people write it here."""
    return f"{momento.astimezone(ROMA):%d/%m/%Y}"


def ora(momento: datetime) -> str:
    """A day and an hour as people write them here."""
    return f"{momento.astimezone(ROMA):%d/%m/%Y, ore %H.%M}"


def rifiuta_tempi_impossibili(firme: Sequence[FirmaLetta], adesso: datetime) -> None:
    """Refuse a signature from the future, or made outside the certificate's term (art. 24 CAD: as if not signed)."""
    for firma in firme:
        if firma.quando and firma.quando > adesso + TOLLERANZA:
            raise FirmaRifiutata(
                f"La firma di {firma.nome} porta una data futura ({ora(firma.quando)}): regola l'orologio del computer e firma di nuovo."
            )
        momento = firma.momento or adesso
        if not firma.certificato_dal <= momento <= firma.certificato_al:
            raise FirmaRifiutata(
                f"Quando {firma.nome} ha firmato ({giorno(momento)}) il certificato non era in corso: vale dal "
                f"{giorno(firma.certificato_dal)} al {giorno(firma.certificato_al)}. Serve una firma con un certificato valido."
            )


def avvertenze(firme: Sequence[FirmaLetta], atteso: Atteso, adesso: datetime) -> tuple[str, ...]:
    """What is not a fault of the file but deserves a look."""
    trovate: list[str] = []
    for firma in firme:
        if firma.quando is None and firma.marca is None:
            trovate.append(
                f"La firma di {firma.nome} non dice quando è stata fatta: vale il momento in cui è arrivata qui."
            )
        if firma.certificato_al < adesso and firma.marca is None:
            trovate.append(
                f"Il certificato di {firma.nome} è scaduto il {giorno(firma.certificato_al)}, dopo la firma: senza una marca "
                "temporale la data della firma non è certa."
            )
        if atteso.congelato_il and firma.momento and firma.momento < atteso.congelato_il - TOLLERANZA:
            trovate.append(
                f"La firma di {firma.nome} porta una data ({giorno(firma.momento)}) anteriore al testo definitivo: l'orologio del "
                "computer era indietro."
            )
        if not firma.riferito:
            trovate.append(
                f"La firma di {firma.nome} non cita il proprio certificato, come chiedono le regole AdES: fai confermare il formato."
            )
        if firma.ancora is not None and not firma.qualificato:
            trovate.append(
                f"Il certificato di {firma.nome} non si dichiara qualificato: fai confermare che sia di firma digitale."
            )
    return tuple(trovate)


def controlli(
    formato: str, firme: Sequence[FirmaLetta], precedenti: int, atteso: Atteso
) -> tuple[Controllo, ...]:
    """Return the report of a file that was accepted, the parts that concern the signatures it adds."""
    nuove = firme[precedenti:]
    righe = [
        Controllo("Struttura", BENE, STRUTTURA[formato]),
        Controllo("Contenuto", BENE, CONTENUTO[formato]),
    ]
    if atteso.revisione:
        prima = (
            f"le {precedenti} firme di prima"
            if precedenti > 1
            else "la firma di prima"
            if precedenti
            else "il testo"
        )
        righe.append(
            Controllo(
                "Turno", BENE, f"È il file consegnato per questo turno: {prima}, e in più solo la tua firma."
            )
        )
    for firma in nuove:
        righe += _della_firma(firma)
    righe.append(_revoca(nuove))
    return tuple(righe)


def _della_firma(firma: FirmaLetta) -> list[Controllo]:
    chi = firma.nome
    righe = [
        Controllo("Integrità", BENE, f"La firma di {chi} è integra: dopo, niente è cambiato."),
        Controllo("Algoritmi", BENE, f"{firma.algoritmo}, chiave {firma.chiave}: ammessi."),
        Controllo(
            "Certificato",
            BENE,
            f"Era in corso quando {chi} ha firmato: vale dal {giorno(firma.certificato_dal)} al {giorno(firma.certificato_al)}."
            + (" Si dichiara qualificato." if firma.qualificato else ""),
        ),
        Controllo(
            "Prestatore",
            BENE if firma.ancora else NON_CONTROLLATO,
            f"Rilasciato da {firma.emittente or chi}: la catena arriva a «{firma.ancora}», nell'elenco dei prestatori fiduciari."
            if firma.ancora
            else f"Rilasciato da {firma.emittente or chi}. Questo portale non ha caricato l'elenco dei prestatori fiduciari: "
            "che il certificato sia qualificato va confermato altrove.",
        ),
    ]
    if not firma.sul_testo:
        righe.append(
            Controllo(
                "Buste annidate",
                ATTENZIONE,
                f"{chi} ha firmato la busta che contiene il testo, non il testo da solo.",
            )
        )
    if firma.marca:
        righe.append(
            Controllo(
                "Marca temporale",
                BENE,
                f"{firma.marca_di} certifica che la firma c'era il {ora(firma.marca)}.",
            )
        )
    else:
        quando = (
            f" La data ({ora(firma.quando)}) è quella scritta dallo strumento di firma."
            if firma.quando
            else ""
        )
        righe.append(Controllo("Marca temporale", NON_CONTROLLATO, f"Non c'è.{quando}"))
    return righe


def _revoca(firme: Sequence[FirmaLetta]) -> Controllo:
    dove = " oppure ".join(f"{nome} ({indirizzo})" for nome, indirizzo in SERVIZI_DI_VERIFICA)
    liste = sorted({indirizzo for firma in firme for indirizzo in firma.revoca})
    proprie = f" Il certificato indica anche: {', '.join(liste[:2])}." if liste else ""
    return Controllo(
        "Revoca",
        NON_CONTROLLATO,
        f"Non controllata: il portale non chiede a nessuno se il certificato è stato revocato. Si controlla qui: {dove}.{proprie}",
    )
