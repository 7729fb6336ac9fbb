"""The signed files."""

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from accordo.approvazione import interrogazioni
from accordo.approvazione.firme import esamina
from accordo.approvazione.models import Approvazione, Firma
from accordo.approvazione.servizi.avvisi import avvisa_chi_coordina
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.enti.agente import Agente
from accordo.iter.motore import esegui


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
            avvisa_chi_coordina(
                approvazione,
                "È arrivata l'ultima firma: tutti gli enti hanno approvato e firmato. Puoi dichiarare l'accordo sottoscritto.",
            )
    return firma
