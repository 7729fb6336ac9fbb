"""One change of the draft, whatever it is: the moves are made on the tree, and what is different goes to the rows.

The words of each disposition are written only if its revision is still the one that was read (`UPDATE … WHERE
revisione =`); the change is kept with its inverse (`Modifica`) and with what each disposition said before and after
(`Traccia`).
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.registro import registra
from bozze.interrogazioni.testo import TestoInLavoro, leggi_bozza
from bozze.models.scrittura import Genere, Modifica, Traccia, Verbo
from bozze.models.testo import Bozza, NodoBozza
from bozze.servizi.testo.collegamenti import collega
from bozze.servizi.testo.comune import TestoCambiato, tocca
from bozze.testo.albero import Disposizione, Posto, Testo
from bozze.testo.numerazione import nomi
from bozze.testo.stesura import Collega, Impossibile, Mossa, Passo, Porta, Scrivi, esegui, prosegui

POCHE = 200
"""Rows written together: SQLite refuses a condition with a thousand alternatives."""
POSTO = [
    "genitore",
    "ordine",
    "tipo",
    "documento",
    "obiettivi",
    "revisione",
    "modificato_il",
    "modificato_da",
]
"""What of a row is written without being words."""
CONTINUA = timedelta(minutes=10)
"""Who goes on typing in the same disposition within this time makes one change."""


def compi(
    bozza: Bozza, mosse: Sequence[Mossa], *, verbo: Verbo, da: Agente, seguita: bool = False
) -> Modifica:
    """Make the moves, in the caller's transaction and under the accord's lock. ErroreDominio, in words, if they do not fit.

    `seguita`: the person goes on with what they were writing; it becomes one change with the one before.
    """
    lavoro = leggi_bozza(bozza)
    try:
        dopo, passo = esegui(lavoro.testo, mosse)
    except Impossibile as rifiuto:
        raise ErroreDominio(rifiuto.parole) from rifiuto
    ultima = _da_proseguire(bozza, da) if seguita else None
    [mossa, *altre] = mosse
    if (
        ultima
        and isinstance(mossa, Scrivi)
        and not altre
        and (fuso := prosegui(ultima.il_passo, mossa, dopo))
    ):
        return _prosegui(lavoro, dopo, ultima, fuso, da)
    return scrivi_passo(lavoro, dopo, passo, verbo=verbo, da=da)


def scrivi_passo(
    lavoro: TestoInLavoro,
    dopo: Testo,
    passo: Passo,
    *,
    verbo: Verbo,
    da: Agente,
    annulla: Modifica | None = None,
) -> Modifica:
    """Store a step that was made on the draft: its rows, the change, its traces."""
    bozza = lavoro.bozza
    bozza.titolo, bozza.sottotitolo = dopo.titolo[:500], dopo.sottotitolo
    tocca(bozza)
    _scrivi_righe(lavoro, dopo, da)
    collega(bozza.accordo, [mossa for mossa in passo.mosse if isinstance(mossa, Collega)])
    modifica = Modifica.objects.create(
        bozza=bozza,
        numero=bozza.conta,
        verbo=verbo,
        chi=da.utente,
        quando=bozza.aggiornata_il,
        passo=passo.in_dati(),
        annulla=annulla,
    )
    Traccia.objects.bulk_create(_tracce(modifica, lavoro.testo, dopo, passo))
    rinvii = sorted(rinvio.id for rinvio in passo.rinvii if rinvio.da != rinvio.a)
    if rinvii:
        registra(bozza.accordo, da=da, verbo="aggiorna_rinvii", oggetto=bozza, dati={"disposizioni": rinvii})
    return modifica


# ---------------------------------------------------------------------------------------------- going on typing
def _da_proseguire(bozza: Bozza, da: Agente) -> Modifica | None:
    """The last change of the draft, if this person has just made it and it took nothing back."""
    ultima = Modifica.objects.filter(bozza=bozza).order_by("-numero").first()
    if ultima is None or ultima.chi_id != da.utente.pk or ultima.annulla_id is not None:
        return None
    return ultima if orologio.adesso() - ultima.quando <= CONTINUA else None


def _prosegui(lavoro: TestoInLavoro, dopo: Testo, ultima: Modifica, passo: Passo, da: Agente) -> Modifica:
    bozza = lavoro.bozza
    tocca(bozza)
    _scrivi_righe(lavoro, dopo, da)
    ultima.numero, ultima.quando, ultima.passo = bozza.conta, bozza.aggiornata_il, passo.in_dati()
    ultima.save(update_fields=["numero", "quando", "passo"])
    for traccia in ultima.tracce.filter(genere__in=[Genere.SCRITTA, Genere.AGGIUNTA]):
        nodo = dopo.indice[str(traccia.disposizione)].nodo
        traccia.testo_dopo, traccia.rubrica_dopo = nodo.testo, nodo.rubrica
        traccia.save(update_fields=["testo_dopo", "rubrica_dopo"])
    return ultima


# ---------------------------------------------------------------------------------------------- the rows
def _scrivi_righe(lavoro: TestoInLavoro, dopo: Testo, da: Agente) -> None:
    """Bring the rows from the tree that was read to the new one: a handful of queries, whatever changed.

    Only the rows of what is other are made; they are written as of the revision that was read.
    """
    prima, chiavi = lavoro.testo, dict(lavoro.chiavi)
    _crea(lavoro.bozza, dopo, chiavi, da)
    diversi = [posto for codice, posto in dopo.indice.items() if _e_altro(prima, codice, posto)]
    mosse, scritte = [], []
    for posto, riga in zip(diversi, _righe(lavoro, [posto.nodo.id for posto in diversi]), strict=True):
        nodo, era = posto.nodo, prima.indice[posto.nodo.id].nodo
        if era.documento != nodo.documento:  # who has the annex open is told, as of its words
            riga.revisione += 1
            riga.modificato_il, riga.modificato_da = orologio.adesso(), da.utente
        genitore = chiavi[posto.genitore.id] if posto.genitore else None
        suo = (genitore, posto.indice, nodo.tipo.value, _documento(nodo), list(nodo.obiettivi))
        if suo != (riga.genitore_id, riga.ordine, riga.tipo, riga.documento, riga.obiettivi):
            riga.genitore_id, riga.ordine, riga.tipo, riga.documento, riga.obiettivi = suo
            mosse.append(riga)
        if (riga.testo, riga.rubrica) != (nodo.testo, nodo.rubrica[:500]):
            riga.testo, riga.rubrica = nodo.testo, nodo.rubrica[:500]
            scritte.append(riga)
    NodoBozza.objects.bulk_update(mosse, POSTO, batch_size=200)
    _scrivi_parole(scritte, da)
    via = [chiave for codice, chiave in lavoro.chiavi.items() if codice not in dopo.indice]
    if via:
        NodoBozza.objects.filter(pk__in=via).delete()


def _e_altro(prima: Testo, codice: str, posto: Posto) -> bool:
    """Whether a disposition that was there is not quite as it was: its own words and kind, its place."""
    era = prima.indice.get(codice)
    if era is None:
        return False
    stesso_posto = (era.genitore and era.genitore.id, era.indice) == (
        posto.genitore and posto.genitore.id,
        posto.indice,
    )
    return not stesso_posto or (
        era.nodo is not posto.nodo and era.nodo.con(figli=()) != posto.nodo.con(figli=())
    )


def _righe(lavoro: TestoInLavoro, codici: Sequence[str]) -> list[NodoBozza]:
    """The rows of some dispositions, in their order, with the revisions that were read."""
    trovate: dict[str, NodoBozza] = {}
    for pochi in batched(codici, POCHE, strict=False):
        righe = NodoBozza.objects.filter(pk__in=[lavoro.chiavi[codice] for codice in pochi])
        trovate |= {str(riga.codice): riga for riga in righe}
    for codice, riga in trovate.items():
        riga.revisione = lavoro.revisioni[codice]
    return [trovate[codice] for codice in codici]


def _crea(bozza: Bozza, dopo: Testo, chiavi: dict[str, int], da: Agente) -> None:
    """The rows of what is new, one query per level: a parent's row comes before its children's."""
    nuovi = [nodo for nodo in dopo.disposizioni() if nodo.id not in chiavi]
    if not nuovi:
        return
    gia = Traccia.objects.filter(modifica__bozza=bozza, disposizione__in=[nodo.id for nodo in nuovi])
    tornati = {str(codice) for codice in gia.values_list("disposizione", flat=True)}
    livello = [nodo for nodo in nuovi if (sopra := _sopra(dopo, nodo.id)) in chiavi or not sopra]
    while livello:
        nuove = [
            NodoBozza(
                bozza=bozza,
                codice=UUID(nodo.id),
                genitore_id=chiavi.get(_sopra(dopo, nodo.id)),
                ordine=dopo.indice[nodo.id].indice,
                tipo=nodo.tipo.value,
                testo=nodo.testo,
                rubrica=nodo.rubrica[:500],
                documento=_documento(nodo),
                obiettivi=list(nodo.obiettivi),
                # What was here before comes back with a revision that no open page has seen.
                revisione=bozza.conta if nodo.id in tornati else 0,
                modificato_il=bozza.aggiornata_il,
                modificato_da=da.utente,
            )
            for nodo in livello
        ]
        NodoBozza.objects.bulk_create(nuove)
        chiavi |= {str(riga.codice): riga.pk for riga in nuove}
        livello = [figlio for nodo in livello for figlio in nodo.figli if figlio.id not in chiavi]


def _documento(nodo: Disposizione) -> dict[str, Any] | None:
    return nodo.documento.in_dati() if nodo.documento else None


def _sopra(testo: Testo, id: str) -> str:
    genitore = testo.genitore(id)
    return genitore.id if genitore else ""


def _scrivi_parole(righe: Sequence[NodoBozza], da: Agente) -> None:
    """New words, each row only if nobody has written it since it was read."""
    for poche in batched(righe, POCHE, strict=False):
        _scrivi_poche(poche, da)


def _scrivi_poche(righe: Sequence[NodoBozza], da: Agente) -> None:
    adesso = orologio.adesso()
    lette = Q()
    for riga in righe:
        lette |= Q(pk=riga.pk, revisione=riga.revisione)
        riga.revisione += 1
        riga.modificato_il, riga.modificato_da = adesso, da.utente
    # The revision goes up in the same statement that checks it; the words follow, in rows that are now ours.
    intatte = NodoBozza.objects.filter(lette).update(revisione=F("revisione") + 1)
    if intatte != len(righe):
        ora = NodoBozza.objects.filter(pk__in=[riga.pk for riga in righe]).select_related("modificato_da")
        attese = {riga.pk: riga.revisione - 1 for riga in righe}
        raise TestoCambiato(next(riga for riga in ora if riga.revisione != attese[riga.pk]))
    NodoBozza.objects.bulk_update(
        righe, ["testo", "rubrica", "modificato_il", "modificato_da"], batch_size=200
    )


# ---------------------------------------------------------------------------------------------- the traces
def _tracce(modifica: Modifica, prima: Testo, dopo: Testo, passo: Passo) -> list[Traccia]:
    """What happened to each disposition that the step touched."""
    nomi_dopo = nomi(dopo)
    nomi_prima = nomi(prima) if passo.numera else nomi_dopo
    dette = {mossa.id for mossa in passo.mosse if isinstance(mossa, Scrivi)}
    portate = {mossa.id for mossa in passo.mosse if isinstance(mossa, Porta)}
    collegate = {mossa.id: mossa for mossa in passo.mosse if isinstance(mossa, Collega)}
    tracce = []
    tutti = [*dopo.indice, *(id for id in prima.indice if id not in dopo.indice)]
    for id in tutti if passo.numera else passo.toccate:
        era, ora = prima.trova(id), dopo.trova(id)
        genere = _genere(era is not None, ora is not None, id in portate)
        if era and ora and (era.testo, era.rubrica) != (ora.testo, ora.rubrica):
            genere = Genere.RINVIO if id not in dette and passo.rinvii else Genere.SCRITTA
        elif era and ora and genere is None:
            genere = _altro(era, ora) or (Genere.COLLEGATA if id in collegate else None)
        if genere is None:
            continue
        detta_prima, detta_dopo = _dette(genere, era), _dette(genere, ora)
        if genere is Genere.COLLEGATA:
            detta_prima, detta_dopo = ((_rilievi(n), "") for n in (collegate[id].da, collegate[id].a))
        tracce.append(
            Traccia(
                modifica=modifica,
                disposizione=id,
                genere=genere,
                nome=(nomi_dopo if ora else nomi_prima)[id].esteso[:300],
                testo_prima=detta_prima[0],
                rubrica_prima=detta_prima[1],
                testo_dopo=detta_dopo[0],
                rubrica_dopo=detta_dopo[1],
            )
        )
    return tracce


def _altro(era: Disposizione, ora: Disposizione) -> Genere | None:
    """What changed of a disposition that kept its words and its place."""
    if era.documento != ora.documento:
        return Genere.ALLEGATA
    return Genere.CITATA if era.obiettivi != ora.obiettivi else None


def _dette(genere: Genere, nodo: Disposizione | None) -> tuple[str, str]:
    """What a trace says of a disposition: its words; of a file its name and hash, of objectives their codes."""
    if nodo is None:
        return "", ""
    if genere is Genere.ALLEGATA:
        return str(nodo.documento or ""), ""
    if genere is Genere.CITATA:
        return "Obiettivi " + ", ".join(nodo.obiettivi) if nodo.obiettivi else "", ""
    return nodo.testo, nodo.rubrica[:500]


def _rilievi(numeri: tuple[int, ...]) -> str:
    return "Rilievi " + ", ".join(map(str, numeri)) if numeri else ""


_GENERI = {(False, True): Genere.AGGIUNTA, (True, False): Genere.TOLTA}


def _genere(era: bool, e: bool, portata: bool) -> Genere | None:
    return _GENERI.get((era, e)) or (Genere.SPOSTATA if portata else None)
