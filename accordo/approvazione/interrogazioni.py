"""The querysets of approvals, acts and documents, and what the pages ask of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from accordo.approvazione.models import (
    Approvazione,
    Atto,
    Comunicazione,
    DocumentoFinale,
    Firma,
    TipoComunicazione,
)
from accordo.approvazione.stati import StatoApprovazione
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, StatoEnte
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from bozze.models import Versione


def documento_attuale(accordo: Accordo) -> DocumentoFinale | None:
    """Return the frozen text that bodies approve now: the last one made."""
    return DocumentoFinale.objects.filter(accordo=accordo).select_related("versione").order_by("-pk").first()


def testi_precedenti(accordo: Accordo) -> list[DocumentoFinale]:
    """Return the texts frozen before the one in force, with how far each body had got with them. Four queries."""
    documenti = DocumentoFinale.objects.filter(accordo=accordo).select_related("versione").order_by("-pk")
    in_vigore = Atto.objects.filter(sostituito_il__isnull=True)
    righe = (
        Approvazione.objects.select_related("ente", "accordo", "documento", "firma")
        .prefetch_related(Prefetch("atti", queryset=in_vigore))
        .order_by("ente__denominazione")
    )
    return list(documenti.prefetch_related(Prefetch("approvazioni", queryset=righe)))[1:]


def approvazioni_di(documento: DocumentoFinale) -> QuerySet[Approvazione]:
    """Return all approvals of a text with body, area, act in force and signature, in the order of areas and names."""
    in_vigore = Atto.objects.filter(sostituito_il__isnull=True)
    return (
        Approvazione.objects.filter(documento=documento)
        .select_related("ente__ambito", "accordo", "documento", "firma", "recesso")
        .prefetch_related(Prefetch("atti", queryset=in_vigore))
        .order_by("ente__ambito__ordine", "ente__denominazione")
    )


def visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Approvazione]:
    """Return the approvals whose own page this person may open: their body's, or all for who leads the accord."""
    tutte = Approvazione.objects.filter(accordo=accordo).select_related(
        "ente__ambito", "accordo__promotore", "documento__versione", "firma", "recesso"
    )
    if coordina(agente, accordo):
        return tutte
    if agente is None or agente.ente is None:
        return tutte.none()
    return tutte.filter(ente=agente.ente)


def attuale_di(agente: Agente, accordo: Accordo) -> Approvazione | None:
    """Return the approval of the body that the person acts for, of the text in force."""
    documento = documento_attuale(accordo)
    if documento is None or agente.ente is None:
        return None
    return (
        Approvazione.objects.filter(documento=documento, ente=agente.ente)
        .select_related("ente", "accordo")
        .first()
    )


def versioni_pubblicate(accordo: Accordo) -> QuerySet[Versione]:
    """Return all published versions, the newest first."""
    return Versione.objects.filter(accordo=accordo).order_by("-numero")


def versione_definitiva(accordo: Accordo) -> Versione | None:
    """Return the final version, if it is published."""
    return versioni_pubblicate(accordo).filter(definitiva=True).first()


def firmatari_richiesti(documento: DocumentoFinale) -> QuerySet[Approvazione]:
    """Return the approvals without which the accord is not signed: not of who joins later, nor of who is left out."""
    return Approvazione.objects.filter(documento=documento, successiva=False, prosegue_senza_il__isnull=True)


def firme_mancanti(documento: DocumentoFinale) -> QuerySet[Approvazione]:
    """Return the approvals that still want a signature."""
    return (
        firmatari_richiesti(documento)
        .exclude(stato__in=(StatoApprovazione.FIRMATO, StatoApprovazione.RECEDUTO))
        .select_related("ente")
        .order_by("ente__denominazione")
    )


def in_attesa_di_chi_coordina(documento: DocumentoFinale) -> QuerySet[Approvazione]:
    """Return who sent remarks that nobody has answered, and who declines without anybody having decided what then."""
    risposte = Comunicazione.objects.filter(approvazione=OuterRef("pk"), tipo=TipoComunicazione.RISPOSTA)
    rinvii = Comunicazione.objects.filter(approvazione=OuterRef("pk"), tipo=TipoComunicazione.RINVIO)
    ultimo_rinvio = Subquery(rinvii.order_by("-pk").values("pk")[:1])
    return (
        firmatari_richiesti(documento)
        .annotate(ultimo_rinvio=ultimo_rinvio)
        .filter(
            Q(stato=StatoApprovazione.NON_APPROVATO)
            | (
                Q(stato=StatoApprovazione.RINVIATO)
                & ~Exists(risposte.filter(pk__gt=OuterRef("ultimo_rinvio")))
            )
        )
        .select_related("ente", "accordo")
        .order_by("ente__denominazione")
    )


def enti_che_possono_aderire(accordo: Accordo) -> QuerySet[Ente]:
    """Return the bodies that may join the signed accord: all that exist but those with a part in it, the refusals aside."""
    dentro = Approvazione.objects.filter(documento=documento_attuale(accordo)).exclude(
        stato=StatoApprovazione.NON_APPROVATO
    )
    return (
        Ente.objects.filter(stato=StatoEnte.ATTIVO)
        .exclude(pk__in=dentro.values("ente"))
        .order_by("denominazione")
    )


def ultima_firma(accordo: Accordo) -> date | None:
    """Return the day of the last signature of the text in force, joiners after the conclusion aside; None without any.

    A signature's own time counts if it is not after the moment in which it came.
    """
    documento = documento_attuale(accordo)
    firme = Firma.objects.filter(approvazione__documento=documento, approvazione__successiva=False)
    momenti = [
        min(firma or caricata, caricata) for firma, caricata in firme.values_list("firmato_il", "caricata_il")
    ]
    return timezone.localtime(max(momenti)).date() if momenti else None


@dataclass(frozen=True, slots=True)
class Conteggio:
    """How far the whole has got."""

    totale: int
    approvati: int
    firmati: int

    @property
    def mancano(self) -> int:
        return self.totale - self.firmati

    @property
    def frase(self) -> str:
        """The one sentence that sums up (R11: never "signed" while one is missing)."""
        if self.totale and not self.mancano:
            return (
                f"Tutti i {self.totale} enti hanno approvato e firmato."
                if self.totale > 1
                else "L'ente ha firmato."
            )
        firme = "manca una firma" if self.mancano == 1 else f"mancano {self.mancano} firme"
        atti = (
            "nessun ente ha ancora approvato"
            if not self.approvati
            else "un ente ha approvato"
            if self.approvati == 1
            else f"{self.approvati} enti su {self.totale} hanno approvato"
        )
        return f"{firme[0].upper()}{firme[1:]}: {atti}, {self.firmati} {'ha' if self.firmati == 1 else 'hanno'} firmato."


def conta(approvazioni: Iterable[Approvazione]) -> Conteggio:
    """Count acts and signatures. An act on another version of the text is none yet."""
    chiesti = [a for a in approvazioni if a.richiesta and a.stato != StatoApprovazione.RECEDUTO]
    firmati = sum(a.stato == StatoApprovazione.FIRMATO for a in chiesti)
    con_atto = sum(a.stato == StatoApprovazione.APPROVATO and not a.da_correggere for a in chiesti)
    return Conteggio(len(chiesti), firmati + con_atto, firmati)
