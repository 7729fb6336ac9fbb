"""Which PDF of the accord there is at each stage, and its bytes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from accordo.approvazione import interrogazioni, parti
from accordo.approvazione.documento import Copia, componi_testo
from accordo.approvazione.models import Approvazione, DocumentoFinale
from accordo.base.errori import ErroreDominio
from accordo.base.pdf import componi
from accordo.base.templatetags.ui import giorno
from accordo.enti.models import Ente
from accordo.iter.interrogazioni import sottoscrittori
from accordo.iter.models import Accordo, Proposta
from bozze.models import Versione


def _data(momento: datetime | None) -> str:
    if momento is None:
        return ""
    locale = timezone.localtime(momento).date()
    return f"{giorno(locale)} {locale.year}"


def firmatari(accordo: Accordo) -> list[Ente]:
    """Return the signatory bodies with their areas."""
    return [partecipazione.ente for partecipazione in sottoscrittori(accordo)]


def pdf_versione(accordo: Accordo, versione: Versione, enti: Sequence[Ente] | None = None) -> bytes:
    """Return the PDF of a published version: a draft says so on every page."""
    if versione.definitiva:
        return pdf_definitivo(accordo, versione, enti)
    marca = f"BOZZA – versione {versione.numero}"
    dati = [("Versione", f"n. {versione.numero}"), ("Pubblicata", f"il {_data(versione.pubblicata_il)}")]
    copia = Copia(marca=marca, dati=dati, avvertenza=_avvertenza(accordo), creato=versione.pubblicata_il)
    return componi_testo(accordo, versione.albero, versione.impronta, enti or firmatari(accordo), copia)


def pdf_definitivo(accordo: Accordo, versione: Versione, enti: Sequence[Ente] | None = None) -> bytes:
    """Return the PDF of the final text, as bodies approve and sign it: without acts, which come later."""
    elenco = enti or firmatari(accordo)
    copia = Copia(
        dati=[
            ("Testo definitivo", f"versione n. {versione.numero}"),
            ("Pubblicato", f"il {_data(versione.pubblicata_il)}"),
            ("Enti firmatari", str(len(elenco))),
        ],
        avvertenza=_avvertenza(accordo),
        creato=versione.pubblicata_il,
    )
    return componi_testo(accordo, versione.albero, versione.impronta, elenco, copia)


def pdf_con_atti(documento: DocumentoFinale) -> bytes:
    """Return the final text with the acts and signatures that are in: a copy to read, not the one that is signed."""
    accordo = documento.accordo
    approvazioni = list(interrogazioni.approvazioni_di(documento))
    conteggio = interrogazioni.conta(approvazioni)
    if accordo.sottoscritto_il:
        ultima = f"{giorno(accordo.sottoscritto_il)} {accordo.sottoscritto_il.year}"
        stato = ("Sottoscritto", f"l'ultima firma è del {ultima}")
    else:
        stato = ("In corso di firma", f"{conteggio.firmati} firme su {conteggio.totale}")
    copia = Copia(
        dati=[
            ("Testo definitivo", f"versione n. {documento.versione.numero}"),
            stato,
            ("Enti firmatari", str(conteggio.totale)),
        ],
        avvertenza="Copia di consultazione: fa fede il testo firmato digitalmente da ogni ente. "
        + _avvertenza(accordo),
        atti={approvazione.ente_id: _celle(approvazione) for approvazione in approvazioni},
    )
    versione = documento.versione
    enti = [approvazione.ente for approvazione in approvazioni]
    return componi_testo(accordo, versione.albero, versione.impronta, enti, copia)


def _celle(approvazione: Approvazione) -> tuple[str, ...]:
    atto, firma = approvazione.atto, approvazione.firmata
    if atto is None:
        return (approvazione.get_stato_display(), "", "", "")
    return (
        f"{atto.get_tipo_display()}, {atto.organo}",
        f"n. {atto.numero} del {atto.data:%d.%m.%Y}",
        f"{atto.effetto_dal:%d.%m.%Y}" if atto.effetto_dal else "non indicato",
        f"{timezone.localtime(firma.firmato_il or firma.caricata_il):%d.%m.%Y}" if firma else "non ancora",
    )


def pdf_accordo(accordo: Accordo) -> bytes:
    """Return the PDF of the accord as it stands: proposal, last draft, final text, or the text with its signatures.

    ErroreDominio if there is nothing to print yet.
    """
    documento = interrogazioni.documento_attuale(accordo)
    versione = interrogazioni.versioni_pubblicate(accordo).first()
    if documento is not None and (versione is None or versione.pk == documento.versione_id):
        return pdf_con_atti(documento)
    if versione is not None:
        return pdf_versione(accordo, versione)
    proposta = Proposta.objects.filter(accordo=accordo).first()
    if proposta is None:
        raise ErroreDominio(
            "Non c'è ancora un testo da stampare: né la proposta né una versione dell'accordo."
        )
    return pdf_proposta(accordo, proposta)


def pdf_proposta(accordo: Accordo, proposta: Proposta) -> bytes:
    """Return the proposal of phase 1 with the bodies that are asked to sign."""
    enti = firmatari(accordo)
    contesto = {
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.sottotitolo,
        "corrente": accordo.titolo,
        "testo": proposta.testo,
        "pubblicata": _data(proposta.pubblicata_il) if proposta.pubblicata_il else "",
        "frasi": parti.frasi(parti.in_gruppi(enti), accordo.promotore),
        "avvertenza": _avvertenza(accordo),
    }
    return componi(
        "stampa/proposta.html",
        contesto,
        titolo=f"Proposta di {_minuscolo(accordo.titolo)}",
        creato=proposta.pubblicata_il,
    )


def _minuscolo(titolo: str) -> str:
    return titolo[:1].lower() + titolo[1:]


def _avvertenza(accordo: Accordo) -> str:
    return "Facsimile dimostrativo: atti, numeri e date sono di esempio." if accordo.dimostrativo else ""
