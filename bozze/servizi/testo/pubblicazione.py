"""Publishing versions, marking them as read, saying which findings a disposition comes from."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter import fasi, permessi
from accordo.iter.avvisi import avvisa_tutti
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from bozze.interrogazioni.testo import leggi_bozza
from bozze.models.testo import Bozza, LetturaVersione, Numeri, Versione
from bozze.servizi.testo.comune import FASE_BOZZA, FASE_DEFINITIVA, verifica_coordinatore
from bozze.servizi.testo.documenti import documenti_mancanti
from bozze.servizi.testo.scrittura import scrivi_tutto
from bozze.testo.albero import Testo, convalida


def pubblica_versione(
    accordo: Accordo, nota: str = "", *, motivazione: str = "", numeri: str = "", da: Agente
) -> Versione:
    """Publish the draft as the next version and tell the bodies. `numeri`: how its numbers go on, if it is chosen now.

    What the procedure wants first (the minutes of all areas) may be missing with a written reason, `motivazione`.
    """
    motivazione = motivazione.strip()
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_coordinatore(accordo, da)
        fasi.richiedi_fase(accordo, FASE_BOZZA)
        mancanze = fasi.manca_per_pubblicare(accordo, FASE_BOZZA)
        if insuperabili := [m for m in mancanze if not m.superabile]:
            raise ErroreDominio("Non si può ancora pubblicare.", insuperabili)
        if mancanze and not motivazione:
            raise ErroreDominio("Serve una motivazione scritta: resta nel registro.", mancanze)
        bozza = Bozza.objects.filter(accordo=accordo).first()
        if bozza is not None and numeri in Numeri.values and numeri != bozza.numeri:
            bozza.numeri = numeri
            bozza.save(update_fields=["numeri"])
            registra(accordo, da=da, verbo="scegli_numeri", oggetto=bozza, dati={"numeri": numeri})
        testo = leggi_bozza(bozza).testo if bozza else Testo()
        versione = _pubblica(
            accordo, testo, nota, definitiva=False, motivazione=motivazione, mancanze=mancanze, da=da
        )
        avvisa_tutti(
            accordo,
            oggetto=f"pubblicata la versione {versione.numero} della bozza",
            testo=f"È pubblicata la versione {versione.numero} della bozza d'accordo.\n\n{nota}".strip(),
            url=reverse("bozze:testo", args=[accordo.slug]),
        )
    return versione


def pubblica_definitiva(accordo: Accordo, testo: Testo, nota: str = "", *, da: Agente) -> Versione:
    """Publish the consolidated text as the final version; it becomes the draft too, if the writing is ever reopened."""
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_coordinatore(accordo, da)
        fasi.richiedi_fase(accordo, FASE_DEFINITIVA)
        versione = _pubblica(accordo, testo, nota, definitiva=True, da=da)
        _diventa_bozza(accordo, testo, da, mantiene=bool(testo.fissi))
        avvisa_tutti(
            accordo,
            oggetto="pubblicata la proposta definitiva",
            testo=f"È pubblicato il testo definitivo dell'accordo, da approvare.\n\n{nota}".strip(),
            url=reverse("bozze:testo", args=[accordo.slug]),
        )
    return versione


def pubblica_adozione(
    accordo: Accordo, testo: Testo, nota: str = "", *, rinumera: bool = True, da: Agente
) -> Versione:
    """Publish, during the examination, a text with what has been accepted so far: the others go on on this one."""
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_coordinatore(accordo, da)
        fasi.richiedi_fase(accordo, FASE_DEFINITIVA)
        versione = _pubblica(accordo, testo, nota, definitiva=False, da=da)
        _diventa_bozza(accordo, testo, da, mantiene=not rinumera)
        avvisa_tutti(
            accordo,
            oggetto=f"pubblicata la versione {versione.numero}, con gli emendamenti accolti finora",
            testo=(
                f"La versione {versione.numero} della bozza raccoglie gli emendamenti accolti finora. L'esame degli "
                f"altri continua su questo testo.\n\n{nota}"
            ).strip(),
            url=reverse("bozze:testo", args=[accordo.slug]),
        )
    return versione


def _diventa_bozza(accordo: Accordo, testo: Testo, da: Agente, *, mantiene: bool) -> None:
    """Make a published text the draft, if the writing is ever reopened; it goes on numbering as that text does."""
    bozza, _ = Bozza.objects.get_or_create(accordo=accordo)
    scrivi_tutto(bozza, testo, da)
    bozza.numeri = Numeri.MANTENUTI if mantiene else Numeri.DI_SEGUITO
    bozza.save(update_fields=["numeri"])


def _pubblica(
    accordo: Accordo,
    testo: Testo,
    nota: str,
    *,
    definitiva: bool,
    motivazione: str = "",
    mancanze: Sequence[Mancanza] = (),
    da: Agente,
) -> Versione:
    if not testo.radici:
        raise ErroreDominio("Il testo è vuoto: scrivilo o caricalo prima di pubblicarlo.")
    if errori := convalida(testo):
        raise ErroreDominio(" ".join(errori[:3]))
    if mancano := documenti_mancanti(accordo, testo):
        raise ErroreDominio(f"Manca il documento allegato: {', '.join(mancano)}. Caricalo di nuovo.")
    ultima = Versione.objects.filter(accordo=accordo).order_by("-numero").first()
    if ultima and ultima.impronta == testo.impronta and ultima.definitiva == definitiva:
        raise ErroreDominio(f"Il testo è uguale alla versione {ultima.numero}: non c'è nulla da pubblicare.")
    numero = (Versione.objects.filter(accordo=accordo).aggregate(m=Max("numero"))["m"] or 0) + 1
    versione = Versione(
        accordo=accordo,
        numero=numero,
        definitiva=definitiva,
        testo=testo.in_dati(),
        impronta=testo.impronta,
        nota=nota.strip(),
        pubblicata_il=orologio.adesso(),
        pubblicata_da=da.utente,
    )
    versione.save()
    verbo = "pubblica_definitiva" if definitiva else "pubblica_versione"
    dati: dict[str, object] = {"numero": numero, "impronta": versione.impronta}
    if mancanze:
        dati["mancava"] = [m.testo for m in mancanze]
    registra(accordo, da=da, verbo=verbo, oggetto=versione, motivazione=motivazione, dati=dati)
    return versione


def segna_letta(versione: Versione, *, da: Agente) -> LetturaVersione:
    """Note that the person, for their body, has read the version. Twice is once."""
    if da.ente is None or not permessi.vede(da, versione.accordo):
        raise NonAutorizzato("Può segnare la lettura chi agisce per un ente invitato all'accordo.")
    with transaction.atomic():
        lettura, nuova = LetturaVersione.objects.get_or_create(
            versione=versione, ente=da.ente, utente=da.utente, defaults={"letta_il": orologio.adesso()}
        )
        if nuova:
            registra(versione.accordo, da=da, verbo="segna_letta", oggetto=versione)
    return lettura
