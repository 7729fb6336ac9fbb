"""Second thoughts: undo and redo, each person their own; a past wording that comes back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from bozze.interrogazioni.scrittura import pila_di
from bozze.interrogazioni.testo import TestoInLavoro, leggi_bozza
from bozze.models.scrittura import SENZA_PAROLE, Genere, Modifica, Traccia, Verbo
from bozze.models.testo import Bozza, NodoBozza
from bozze.servizi.testo.comune import verifica_scrittura
from bozze.servizi.testo.scrittura import modifica_disposizione
from bozze.servizi.testo.tavolo import scrivi_passo
from bozze.testo.numerazione import nomi
from bozze.testo.stesura import Impossibile, annulla


def annulla_ultima(accordo: Accordo, *, da: Agente) -> Modifica:
    """Take back the last thing this person did to the draft. ErroreDominio if somebody has changed it since."""
    return _ritira(accordo, "annulla_modifica", "Non c'è niente da annullare.", da, ripeti=False)


def ripeti_ultima(accordo: Accordo, *, da: Agente) -> Modifica:
    """Do again what this person took back last, if they did nothing else since."""
    return _ritira(accordo, "ripeti_modifica", "Non c'è niente da ripetere.", da, ripeti=True)


def _ritira(accordo: Accordo, nome: str, niente: str, da: Agente, *, ripeti: bool) -> Modifica:
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_scrittura(accordo, da)
        bozza = Bozza.objects.filter(accordo=accordo).select_related("accordo").first()
        quali = pila_di(bozza, da.utente) if bozza else None
        numero = (quali.ripetibile if ripeti else quali.annullabile) if quali else None
        if bozza is None or numero is None:
            raise ErroreDominio(niente)
        return ritira(bozza, Modifica.objects.get(bozza=bozza, numero=numero), nome, da)


def ritira(bozza: Bozza, modifica: Modifica, nome: str, da: Agente) -> Modifica:
    """Make the inverse of a change, in the caller's transaction; it is a change too."""
    lavoro = leggi_bozza(bozza)
    _rifiuta_se_altri(lavoro, modifica, da)
    try:
        dopo, passo = annulla(lavoro.testo, modifica.il_passo)
    except Impossibile as rifiuto:
        raise StatoCambiato(f"Non si può annullare. {rifiuto.parole}") from rifiuto
    fatta = scrivi_passo(lavoro, dopo, passo, verbo=Verbo(modifica.verbo), da=da, annulla=modifica)
    registra(bozza.accordo, da=da, verbo=nome, oggetto=fatta, dati={"modifica": modifica.numero})
    return fatta


def _rifiuta_se_altri(lavoro: TestoInLavoro, modifica: Modifica, da: Agente) -> None:
    """Refuse, with who and when, if somebody else has changed since what this change touched."""
    toccate = modifica.tracce.exclude(genere=Genere.RINVIO).values("disposizione")
    dopo = (
        Traccia.objects.filter(modifica__bozza=lavoro.bozza, modifica__numero__gt=modifica.numero)
        .filter(disposizione__in=toccate, modifica__ritiri=None, modifica__annulla=None)
        .exclude(genere=Genere.RINVIO)
        .exclude(modifica__chi=da.utente)
        .select_related("modifica__chi")
        .order_by("-modifica__numero")
        .first()
    )
    if dopo is None:
        return
    nome = (
        nomi(lavoro.testo)[str(dopo.disposizione)] if str(dopo.disposizione) in lavoro.testo.indice else None
    )
    quando = timezone.localtime(dopo.modifica.quando)
    chi = dopo.modifica.chi or "qualcun altro"
    raise StatoCambiato(
        f"Non si può annullare: dopo di te {chi} {dopo.modifica.get_verbo_display()} "
        f"{nome.esteso if nome else dopo.nome} (ore {quando.hour}.{quando.minute:02d})."
    )


def ripristina(
    accordo: Accordo, codice: UUID | str, traccia: int, *, revisione_attesa: int, da: Agente
) -> NodoBozza:
    """Write again in a disposition the words it had after a past change."""
    passata = Traccia.objects.filter(
        pk=traccia, disposizione=codice, modifica__bozza__accordo=accordo
    ).first()
    if passata is None or passata.genere in SENZA_PAROLE:
        raise ErroreDominio("Questo testo non è nella storia della disposizione.")
    tolta = passata.genere == Genere.TOLTA
    return modifica_disposizione(
        accordo,
        codice,
        testo=passata.testo_prima if tolta else passata.testo_dopo,
        rubrica=passata.rubrica_prima if tolta else passata.rubrica_dopo,
        revisione_attesa=revisione_attesa,
        da=da,
        verbo=Verbo.RIPRISTINA,
    )
