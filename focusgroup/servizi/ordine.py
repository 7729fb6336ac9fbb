"""The agenda: built from what is open, then edited and put in order by hand."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F, Max

from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.enti.agente import Agente
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from accordo.rilievi import interrogazioni as dei_rilievi
from accordo.rilievi.models import Obiettivo, Rilievo, TipoRilievo
from accordo.rilievi.stati import VIVI
from focusgroup.models import Punto, Riunione
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione

MODIFICABILE = {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}
ESITI = "Gli esiti del questionario in questo ambito"
FORZA = "I punti di forza da cui partire"
ALTRO = "Altre proposte, e quali vengono prima"


def scrivi_ordine_del_giorno(riunione: Riunione, titoli: Sequence[str]) -> None:
    """Write the agenda; items whose words stay keep their minutes, and one with minutes is never dropped."""
    puliti = [titolo.strip() for titolo in titoli if titolo.strip()]
    esistenti = {punto.titolo: punto for punto in riunione.punti.all()}
    perduti = [p.titolo for t, p in esistenti.items() if p.verbale and t not in puliti]
    if perduti:
        raise ErroreDominio(f"Il punto «{perduti[0]}» ha già un verbale: non si può togliere.")
    riunione.punti.filter(verbale="").exclude(titolo__in=puliti).delete()
    riunione.punti.update(ordine=F("ordine") + 1000)
    for numero, titolo in enumerate(dict.fromkeys(puliti), start=1):
        punto = esistenti.get(titolo)
        if punto is None:
            Punto.objects.create(riunione=riunione, ordine=numero, titolo=titolo)
        else:
            Punto.objects.filter(pk=punto.pk).update(ordine=numero)


def _apri(riunione: Riunione, da: Agente) -> Riunione:
    richiedi_coordinatore(riunione.accordo, da)
    blocca_accordo(riunione.accordo_id)
    fresca = Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk)
    if fresca.stato not in MODIFICABILE:
        raise ErroreDominio("L'ordine del giorno non si cambia più: il verbale è già in lettura.")
    return fresca


def _registra(riunione: Riunione, da: Agente) -> None:
    punti = [str(punto) for punto in riunione.punti.order_by("ordine")]
    registra(
        riunione.accordo, da=da, verbo="cambia_ordine_del_giorno", oggetto=riunione, dati={"punti": punti}
    )


def proponi_ordine_del_giorno(riunione: Riunione, *, da: Agente) -> list[Punto]:
    """Write the agenda from what is open in the area; items with minutes or findings of their own stay.

    The survey's results first, then the strengths, one item for each objective with critical points or proposals, and
    a last one for what is new and for the priorities.
    """
    with transaction.atomic():
        fresca = _apri(riunione, da)
        fresca.punti.filter(verbale="", rilievi__isnull=True, interventi__isnull=True, nota="").delete()
        gia = set(fresca.punti.values_list("rilievi", flat=True))
        ordine = fresca.punti.aggregate(ultimo=Max("ordine"))["ultimo"] or 0
        scritti = []
        for titolo, rilievi in _proposti(fresca):
            nuovi = [r for r in rilievi if r.pk not in gia]
            if fresca.punti.filter(titolo=titolo).exists() or (rilievi and not nuovi):
                continue
            ordine += 1
            punto = Punto.objects.create(riunione=fresca, ordine=ordine, titolo=titolo)
            punto.rilievi.set(nuovi)
            scritti.append(punto)
        _registra(fresca, da)
    return scritti


def _proposti(riunione: Riunione) -> list[tuple[str, list[Rilievo]]]:
    aperti = list(
        Rilievo.objects.filter(accordo=riunione.accordo, ambito=riunione.ambito, stato__in=VIVI)
        .prefetch_related("obiettivi")
        .order_by("tipo", "numero")
    )
    principali = dei_rilievi.obiettivi_principali(riunione.accordo)
    per_obiettivo: list[tuple[str, list[Rilievo]]] = []
    presi: set[int] = set()
    for obiettivo in principali:
        suoi = [
            r for r in aperti if r.tipo != TipoRilievo.FORZA and r.pk not in presi and _sotto(r, obiettivo)
        ]
        presi |= {r.pk for r in suoi}
        if suoi:
            per_obiettivo.append((f"Criticità e proposte. {obiettivo.testo}"[:200], suoi))
    forza = [r for r in aperti if r.tipo == TipoRilievo.FORZA]
    return [
        (ESITI, []),
        *([(FORZA, forza)] if forza else [("Punti di forza", [])]),
        *(per_obiettivo or [("Criticità", [])]),
        (ALTRO, []),
    ]


def _sotto(rilievo: Rilievo, obiettivo: Obiettivo) -> bool:
    return any(o.pk == obiettivo.pk or o.genitore_id == obiettivo.pk for o in rilievo.obiettivi.all())


def aggiungi_punto(riunione: Riunione, titolo: str, *, da: Agente) -> Punto:
    """Add an item at the end."""
    with transaction.atomic():
        fresca = _apri(riunione, da)
        ultimo = fresca.punti.aggregate(ultimo=Max("ordine"))["ultimo"] or 0
        punto = Punto.objects.create(riunione=fresca, ordine=ultimo + 1, titolo=titolo.strip())
        _registra(fresca, da)
    return punto


def modifica_punto(
    punto: Punto, *, titolo: str, nota: str = "", rilievi: Collection[Rilievo] = (), da: Agente
) -> None:
    """Change an item's words and the findings that it is about."""
    with transaction.atomic():
        fresca = _apri(punto.riunione, da)
        if any(r.accordo_id != fresca.accordo_id for r in rilievi):
            raise ErroreDominio("Un rilievo è di un altro accordo.")
        if not fresca.punti.filter(pk=punto.pk).update(titolo=titolo.strip(), nota=nota.strip()):
            raise StatoCambiato("Questo punto non c'è più: qualcuno l'ha tolto.")
        punto.rilievi.set(rilievi)
        _registra(fresca, da)


def sposta_punto(punto: Punto, verso: int, *, da: Agente) -> None:
    """Move an item one place up (-1) or down (1); at the end of the list nothing happens."""
    with transaction.atomic():
        fresca = _apri(punto.riunione, da)
        ordinati = list(fresca.punti.order_by("ordine"))
        posto = next((n for n, altro in enumerate(ordinati) if altro.pk == punto.pk), None)
        if posto is None:
            raise StatoCambiato("Questo punto non c'è più: qualcuno l'ha tolto.")
        if not 0 <= posto + verso < len(ordinati):
            return
        ordinati[posto], ordinati[posto + verso] = ordinati[posto + verso], ordinati[posto]
        _numera(fresca, ordinati)
        _registra(fresca, da)


def togli_punto(punto: Punto, *, da: Agente) -> None:
    """Take an item off the agenda; one of which something was already written stays."""
    with transaction.atomic():
        fresca = _apri(punto.riunione, da)
        attuale = fresca.punti.filter(pk=punto.pk).first()
        if attuale is None:
            raise StatoCambiato("Questo punto non c'è più: qualcuno l'ha tolto.")
        if attuale.verbale or attuale.interventi.exists():
            raise ErroreDominio(f"Il punto «{attuale.titolo}» ha già un verbale: non si può togliere.")
        attuale.delete()
        _numera(fresca, list(fresca.punti.order_by("ordine")))
        _registra(fresca, da)


def _numera(riunione: Riunione, ordinati: Sequence[Punto]) -> None:
    riunione.punti.update(ordine=F("ordine") + 1000)
    for numero, punto in enumerate(ordinati, start=1):
        punto.ordine = numero
    Punto.objects.bulk_update(ordinati, ["ordine"])
