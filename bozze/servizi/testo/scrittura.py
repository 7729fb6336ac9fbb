"""What writes the draft: loading a whole text, and changing it disposition by disposition.

The draft may be written until phase 5 ends; after it the published version is the base of the amendments and nobody
edits it under them. Each change names the revision that the person saw: who was slower is told, and shown both texts.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from bozze.interrogazioni.testo import leggi_bozza
from bozze.models.testo import Bozza, NodoBozza
from bozze.servizi.testo.comune import TestoCambiato, apri, nodo_di, tocca, verifica_scrittura
from bozze.servizi.testo.rinvii import tieni_rinvii
from bozze.testo.albero import CON_RUBRICA, FIGLI_AMMESSI, Disposizione, Testo, Tipo, convalida
from bozze.testo.lettura import leggi
from bozze.testo.operazioni import Posizione
from bozze.testo.parole import pulisci
from bozze.testo.riconoscimento import riconosci


# ---------------------------------------------------------------------------------------------- the whole text
def carica_testo(accordo: Accordo, sorgente: str | Testo, *, da: Agente, spazio: str = "") -> Bozza:
    """Take a text as the draft, in place of the one there is; what is recognised keeps its identifier.

    `sorgente` is plain text to be read, or a tree. With `spazio` a text read for the first time has always the same
    identifiers (the demo).
    """
    letto = leggi(sorgente, spazio).testo if isinstance(sorgente, str) else sorgente
    if not letto.radici:
        raise ErroreDominio("Nel testo non c'è nessuna disposizione: controlla il file.")
    if errori := [*convalida(letto), *_senza_uuid(letto)]:
        raise ErroreDominio(" ".join(errori[:3]))
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_scrittura(accordo, da)
        bozza, nuova = Bozza.objects.get_or_create(accordo=accordo)
        if not nuova:
            letto = riconosci(leggi_bozza(bozza).testo, letto)
        scrivi_tutto(bozza, letto, da)
        registra(
            accordo, da=da, verbo="carica_testo", oggetto=bozza, dati={"articoli": len(letto.articoli())}
        )
    return bozza


def _senza_uuid(testo: Testo) -> list[str]:
    """Identifiers that were not made here: a tree from elsewhere must bring UUIDs."""
    for nodo in testo.disposizioni():
        try:
            UUID(nodo.id)
        except ValueError:
            return [f"L'identificativo «{nodo.id}» non è un UUID."]
    return []


def scrivi_tutto(bozza: Bozza, testo: Testo, da: Agente) -> None:
    """Replace all the rows, one query per level of the tree."""
    bozza.titolo, bozza.sottotitolo, bozza.aggiornata_il = (
        testo.titolo[:500],
        testo.sottotitolo,
        orologio.adesso(),
    )
    bozza.save()
    NodoBozza.objects.filter(bozza=bozza).delete()
    adesso = orologio.adesso()
    livello: list[tuple[Disposizione, NodoBozza | None, int]] = [
        (n, None, i) for i, n in enumerate(testo.radici)
    ]
    while livello:
        righe = [
            NodoBozza(
                bozza=bozza,
                codice=UUID(nodo.id),
                genitore=genitore,
                ordine=ordine,
                tipo=nodo.tipo.value,
                testo=nodo.testo,
                rubrica=nodo.rubrica[:500],
                modificato_il=adesso,
                modificato_da=da.utente,
            )
            for nodo, genitore, ordine in livello
        ]
        NodoBozza.objects.bulk_create(righe)
        livello = [
            (figlio, riga, ordine)
            for (nodo, _, _), riga in zip(livello, righe, strict=True)
            for ordine, figlio in enumerate(nodo.figli)
        ]


# ---------------------------------------------------------------------------------------------- one disposition
def modifica_titolo(accordo: Accordo, titolo: str, sottotitolo: str, *, da: Agente) -> Bozza:
    """Change the title of the text; begins the draft if there is none."""
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_scrittura(accordo, da)
        bozza, _ = Bozza.objects.get_or_create(accordo=accordo)
        bozza.titolo, bozza.sottotitolo = pulisci(titolo)[:500], pulisci(sottotitolo)
        bozza.aggiornata_il = orologio.adesso()
        bozza.save()
    return bozza


def modifica_disposizione(
    accordo: Accordo, codice: UUID | str, *, testo: str, rubrica: str = "", revisione_attesa: int, da: Agente
) -> NodoBozza:
    """Write the words of a disposition. Raise TestoCambiato if its revision is no longer the one the person saw."""
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        prima = {"testo": nodo.testo, "rubrica": nodo.rubrica}
        nodo.testo = pulisci(testo)
        nodo.rubrica = pulisci(rubrica)[:500] if Tipo(nodo.tipo) in CON_RUBRICA else ""
        if prima == {"testo": nodo.testo, "rubrica": nodo.rubrica}:
            return nodo
        if not (nodo.testo or nodo.rubrica or nodo.figli.exists()):
            raise ErroreDominio("Il testo è vuoto: per togliere la disposizione usa «Elimina».")
        _firma(bozza, nodo, da)
        registra(bozza.accordo, da=da, verbo="modifica_disposizione", oggetto=nodo, dati={"prima": prima})
    return nodo


def aggiungi_disposizione(
    accordo: Accordo,
    *,
    tipo: Tipo,
    posizione: Posizione,
    riferimento: UUID | str | None,
    testo: str = "",
    rubrica: str = "",
    da: Agente,
) -> NodoBozza:
    """Add a disposition after, before or inside another (inside the text itself if `riferimento` is None)."""
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_scrittura(accordo, da)
        bozza, _ = Bozza.objects.get_or_create(accordo=accordo)
        vicino = nodo_di(bozza, riferimento) if riferimento else None
        dentro = posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}
        genitore = vicino if dentro or vicino is None else vicino.genitore
        _verifica_posto(tipo, genitore)
        prima = leggi_bozza(bozza).testo
        testo, rubrica = pulisci(testo), pulisci(rubrica)[:500]
        if not (testo or rubrica):
            raise ErroreDominio("Scrivi il testo o la rubrica della nuova disposizione.")
        fratelli = list(NodoBozza.objects.filter(bozza=bozza, genitore=genitore).order_by("ordine", "pk"))
        nodo = NodoBozza(
            bozza=bozza,
            codice=uuid4(),
            genitore=genitore,
            ordine=0,
            tipo=tipo.value,
            testo=testo,
            rubrica=rubrica if tipo in CON_RUBRICA else "",
            modificato_da=da.utente,
        )
        fratelli.insert(_indice(fratelli, vicino, posizione), nodo)
        nodo.ordine = fratelli.index(nodo)
        nodo.save()
        _riordina(fratelli)
        tocca(bozza)
        registra(
            accordo,
            da=da,
            verbo="aggiungi_disposizione",
            oggetto=nodo,
            dati={"testo": testo, "rubrica": rubrica},
        )
        tieni_rinvii(bozza, prima, da=da)
    return nodo


def sposta_disposizione(accordo: Accordo, codice: UUID | str, verso: int, *, da: Agente) -> NodoBozza:
    """Move a disposition one place up (-1) or down (+1) among its siblings; an article goes on into the next titolo."""
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        prima = leggi_bozza(bozza).testo
        fratelli = list(
            NodoBozza.objects.filter(bozza=bozza, genitore=nodo.genitore).order_by("ordine", "pk")
        )
        indice = next(i for i, fratello in enumerate(fratelli) if fratello.pk == nodo.pk)
        arrivo = indice + (1 if verso > 0 else -1)
        if 0 <= arrivo < len(fratelli):
            fratelli[indice], fratelli[arrivo] = fratelli[arrivo], fratelli[indice]
            _riordina(fratelli)
        else:
            _trasferisci(bozza, nodo, verso)
        nodo.refresh_from_db()
        tocca(bozza)
        registra(bozza.accordo, da=da, verbo="sposta_disposizione", oggetto=nodo, dati={"verso": verso})
        tieni_rinvii(bozza, prima, da=da)
    return nodo


def _trasferisci(bozza: Bozza, nodo: NodoBozza, verso: int) -> None:
    """At the end of its parent, go to the parent that follows (or precedes)."""
    genitore = nodo.genitore
    zii = (
        list(NodoBozza.objects.filter(bozza=bozza, genitore=genitore.genitore).order_by("ordine", "pk"))
        if genitore
        else []
    )
    posto = next((i for i, zio in enumerate(zii) if genitore and zio.pk == genitore.pk), 0)
    candidati = zii[posto + 1 :] if verso > 0 else list(reversed(zii[:posto]))
    nuovo = next((zio for zio in candidati if genitore and zio.tipo == genitore.tipo), None)
    if nuovo is None:
        raise ErroreDominio(f"Non si può spostare più {'in basso' if verso > 0 else 'in alto'}.")
    nipoti = list(NodoBozza.objects.filter(bozza=bozza, genitore=nuovo).order_by("ordine", "pk"))
    nodo.genitore = nuovo
    nodo.save(update_fields=["genitore"])
    _riordina([nodo, *nipoti] if verso > 0 else [*nipoti, nodo])


def sopprimi_disposizione(accordo: Accordo, codice: UUID | str, *, revisione_attesa: int, da: Agente) -> None:
    """Delete a disposition of the draft, with what is below it; what it said stays in the registro."""
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        prima = leggi_bozza(bozza).testo
        tolta = prima.trova(str(nodo.codice))
        dati = {"disposizione": tolta.in_dati()} if tolta else {}
        registra(bozza.accordo, da=da, verbo="sopprimi_disposizione", oggetto=nodo, dati=dati)
        nodo.delete()
        tocca(bozza)
        tieni_rinvii(bozza, prima, da=da)


# ---------------------------------------------------------------------------------------------- in common
def _verifica_posto(tipo: Tipo, genitore: NodoBozza | None) -> None:
    if tipo not in FIGLI_AMMESSI[Tipo(genitore.tipo) if genitore else None]:
        sopra = f"sotto un elemento di tipo {genitore.tipo}" if genitore else "in cima al testo"
        raise ErroreDominio(f"Un elemento di tipo {tipo} non può stare {sopra}.")


def _indice(fratelli: Sequence[NodoBozza], vicino: NodoBozza | None, posizione: Posizione) -> int:
    if posizione is Posizione.IN_CIMA:
        return 0
    if posizione is Posizione.IN_FONDO or vicino is None:
        return len(fratelli)
    indice = next(i for i, fratello in enumerate(fratelli) if fratello.pk == vicino.pk)
    return indice + (1 if posizione is Posizione.DOPO else 0)


def _riordina(fratelli: Sequence[NodoBozza]) -> None:
    for ordine, fratello in enumerate(fratelli):
        fratello.ordine = ordine
    NodoBozza.objects.bulk_update(fratelli, ["ordine"])


def _firma(bozza: Bozza, nodo: NodoBozza, da: Agente) -> None:
    nodo.revisione += 1
    nodo.modificato_il, nodo.modificato_da = orologio.adesso(), da.utente
    nodo.save()
    tocca(bozza)
