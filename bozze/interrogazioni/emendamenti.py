"""The querysets of amendments, remarks and contributions, and what pages ask of the version that can be amended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accordo.base.errori import Mancanza
from accordo.enti.agente import Agente
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina, vede
from bozze.models import Contributo, Emendamento, Osservazione, Sottoscrizione, Versione
from bozze.stati import ACCOLTI, APERTI, PRIVATI, StatoEmendamento, StatoOsservazione
from bozze.testo.albero import Testo

FASE_OSSERVAZIONI = "osservazioni"
FASE_ESAME = "proposta_definitiva"


ORDINE_ESAME = ("sezione_ordine", "ordine", "ordine_tipo", "-distanza", "numero")
"""The order of examination (bozze.testo.esame): of the text, then by class, then the farthest from the text first."""


# ---------------------------------------------------------------------------------------------- the version
def testo_di(versione: Versione) -> Testo:
    """Return the tree of a version."""
    return versione.albero


def versione_emendabile(accordo: Accordo) -> Versione | None:
    """Return the last published version that is not the final one: the text that amendments speak of."""
    return (
        Versione.objects.filter(accordo=accordo, definitiva=False)
        .select_related("accordo")
        .order_by("-numero")
        .first()
    )


def definitiva(accordo: Accordo) -> Versione | None:
    """Return the final version, if it is the last one out (the writing may have been opened again after it)."""
    ultima = (
        Versione.objects.filter(accordo=accordo)
        .defer("testo")
        .select_related("accordo")
        .order_by("-numero")
        .first()
    )
    return ultima if ultima and ultima.definitiva else None


def definitiva_pubblicata(accordo: Accordo) -> bool:
    """Whether the final version is out."""
    return definitiva(accordo) is not None


def aperte(accordo: Accordo, versione: Versione) -> Iterator[Mancanza]:
    """Yield why nothing can be proposed on this version now: the phase, the deadline, a newer version."""
    if not fasi.in_fase(accordo, FASE_OSSERVAZIONI):
        if fasi.fase_raggiunta(accordo, FASE_OSSERVAZIONI):
            yield Mancanza("La raccolta delle osservazioni e degli emendamenti è chiusa.")
        else:
            yield Mancanza("La raccolta delle osservazioni e degli emendamenti non è ancora aperta.")
        return
    if fasi.scaduta(accordo, FASE_OSSERVAZIONI):
        giorno = scadenza(accordo)
        quando = f"il {giorno:%d/%m/%Y}" if giorno else ""
        yield Mancanza(
            f"Il termine per le osservazioni e gli emendamenti è scaduto {quando}. "
            "Puoi chiedere una proroga a chi coordina l'accordo."
        )
    attuale = versione_emendabile(accordo)
    if attuale is None or attuale.pk != versione.pk:
        yield Mancanza(f"La versione {versione.numero} non è più quella in esame: il testo è cambiato.")


def scadenza(accordo: Accordo) -> date | None:
    """Return the last day for remarks and amendments."""
    return fasi.scadenza(accordo, FASE_OSSERVAZIONI)


# ---------------------------------------------------------------------------------------------- amendments
def emendamenti_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Emendamento]:
    """Return the presented amendments, to all who see the accord, and the drafts, to who writes or is to sign them."""
    tutti = (
        Emendamento.objects.filter(accordo=accordo)
        .select_related(
            "accordo", "versione", "ente__ambito", "autore", "a_causa_di__accordo", "proponente_originario"
        )
        .defer("versione__testo")
    )
    if agente is None or not vede(agente, accordo):
        return tutti.none()
    presentati = ~Q(stato__in=PRIVATI)
    invitati = Sottoscrizione.objects.filter(ente=agente.ente_id, stato__in=("da_firmare", "firmata"))
    propri = (Q(ente=agente.ente_id) | Q(pk__in=invitati.values("emendamento"))) & Q(
        stato=StatoEmendamento.BOZZA
    )
    return tutti.filter(presentati | propri)


def presentati(versione: Versione) -> QuerySet[Emendamento]:
    """Return what has been presented on a version, in the order of the text and, on one disposition, of examination."""
    return (
        Emendamento.objects.filter(versione=versione)
        .exclude(stato__in=PRIVATI)
        .select_related("accordo", "ente__ambito", "a_causa_di__accordo", "proponente_originario")
        .order_by(*ORDINE_ESAME)
    )


def di_tutte_le_versioni(versione: Versione) -> QuerySet[Emendamento]:
    """Return what has been presented on this version and on those before it: what was adopted is decided there."""
    return (
        Emendamento.objects.filter(accordo=versione.accordo_id)
        .exclude(stato__in=PRIVATI)
        .select_related("accordo", "ente__ambito", "a_causa_di__accordo", "proponente_originario")
        .order_by(*ORDINE_ESAME)
    )


def rimasti_indietro(accordo: Accordo, versione: Versione) -> QuerySet[Emendamento]:
    """Return the presented amendments whose target changed in a later version: they wait for a person."""
    return (
        Emendamento.objects.filter(accordo=accordo, stato__in=APERTI)
        .exclude(versione=versione)
        .select_related("accordo", "ente__ambito")
        .order_by("sezione_ordine", "numero")
    )


def accolti(versione_id: int) -> QuerySet[Emendamento]:
    """Return the accepted amendments, in the order in which additions at one point are written."""
    return Emendamento.objects.filter(versione=versione_id, stato__in=ACCOLTI).order_by(
        "sezione_ordine", "ordine", "numero"
    )


@dataclass(frozen=True, slots=True)
class Sezione:
    """An article at the desk: how many amendments it has, and how many are decided."""

    id: str
    nome: str
    totale: int
    decisi: int

    @property
    def da_decidere(self) -> int:
        """How many are left."""
        return self.totale - self.decisi


def sezioni(versione: Versione) -> list[Sezione]:
    """Return the sections that have amendments, in the order of the text. One query."""
    righe = (
        Emendamento.objects.filter(versione=versione)
        .exclude(stato__in=PRIVATI)
        .values("sezione_id", "sezione_nome", "sezione_ordine")
        .annotate(totale=Count("pk"), aperti=Count("pk", filter=Q(stato__in=APERTI)))
        .order_by("sezione_ordine")
    )
    return [
        Sezione(r["sezione_id"], r["sezione_nome"], r["totale"], r["totale"] - r["aperti"]) for r in righe
    ]


# ---------------------------------------------------------------------------------------------- remarks
def osservazioni_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Osservazione]:
    """Return the presented remarks, to all who see the accord, and the drafts, to the body that writes them."""
    tutte = (
        Osservazione.objects.filter(accordo=accordo)
        .select_related("accordo", "versione", "ente__ambito", "autore")
        .defer("versione__testo")
    )
    if agente is None or not vede(agente, accordo):
        return tutte.none()
    presentate = Q(stato__in=(StatoOsservazione.PRESENTATA, StatoOsservazione.RISPOSTA))
    proprie = Q(ente=agente.ente_id, stato=StatoOsservazione.BOZZA)
    return tutte.filter(presentate | proprie)


# ---------------------------------------------------------------------------------------------- contributions
def contributi_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Contributo]:
    """Return all bodies' rows to the coordinator, their own to the others."""
    tutti = Contributo.objects.filter(accordo=accordo).select_related("accordo", "ente__ambito")
    if coordina(agente, accordo):
        return tutti
    return tutti.filter(ente=agente.ente_id) if agente and agente.ente_id else tutti.none()
