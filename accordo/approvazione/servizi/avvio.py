"""The beginning of phase 8: the final text is frozen, each signatory gets its approval to see to."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from accordo.approvazione import interrogazioni, testi
from accordo.approvazione.models import Approvazione, DocumentoFinale
from accordo.approvazione.organi import proposta
from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.interrogazioni import sottoscrittori
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra
from bozze.interrogazioni.akoma import akn_versione


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
    pdf, xml = testi.pdf_definitivo(accordo, versione), akn_versione(versione)
    documento = DocumentoFinale(
        accordo=accordo,
        versione=versione,
        sha256=impronta(pdf),
        akn_sha256=impronta(xml),
        impronta_testo=versione.impronta,
        creato_il=orologio.adesso(),
        creato_da=da.utente,
    )
    documento.pdf.save("testo.pdf", ContentFile(pdf), save=False)
    documento.akn.save("testo.xml", ContentFile(xml), save=False)
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
            "sha256_akn": documento.akn_sha256,
        },
    )
    return documento
