"""The whole package of an accord, written into an open file."""

from typing import IO

from django.utils.timezone import localtime

from accordo.approvazione import interrogazioni
from accordo.approvazione.versamento import metadati as meta
from accordo.approvazione.versamento.contenuto import documenti
from accordo.approvazione.versamento.leggimi import leggimi
from accordo.approvazione.versamento.sacco import Sacco
from accordo.base.canonico import json_canonico
from accordo.base.errori import ErroreDominio
from accordo.iter.models import Accordo, Evento


def scrivi_versamento(accordo: Accordo, uscita: IO[bytes]) -> int:
    """Write the bag into `uscita`; return how many documents it holds. ErroreDominio before there is a final text.

    The day of the bag is that of the last entry of the registro: nothing has changed since.
    """
    testo = interrogazioni.documento_attuale(accordo)
    if testo is None:
        raise ErroreDominio("Il pacchetto di versamento si prepara quando il testo definitivo è fissato.")
    ultima = (
        Evento.objects.filter(accordo=accordo).order_by("-numero").values_list("quando", flat=True).first()
    )
    giorno = localtime(ultima or testo.creato_il).date()
    sacco = Sacco(f"versamento-{accordo.slug}", uscita)
    righe = []
    for documento in documenti(accordo, testo):
        sha256 = sacco.metti(documento.percorso, documento.pezzi())
        righe.append(meta.metadati(documento, sha256, giorno))
    soggetti = [
        a.ente.denominazione
        for a in interrogazioni.approvazioni_di(testo)
        if not a.successiva or a.firmata is not None  # who has been let in and has not signed is no party yet
    ]
    insieme = meta.aggregazione(accordo, soggetti, giorno)
    sacco.metti("LEGGIMI.txt", [leggimi(accordo, testo, righe).encode()])
    sacco.metti("metadati/metadati.json", [json_canonico(meta.in_dati(insieme, righe))])
    sacco.metti("metadati/metadati.xml", [meta.in_xml(insieme, righe)])
    sacco.chiudi(
        {
            "Source-Organization": accordo.promotore.denominazione,
            "External-Description": accordo.titolo,
            "External-Identifier": f"{accordo.slug} {testo.sha256}",
            "Internal-Sender-Identifier": accordo.slug,
        },
        giorno,
    )
    return len(righe) + 3
