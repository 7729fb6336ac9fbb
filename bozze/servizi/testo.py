"""What writes the text: loading, editing disposition by disposition, publishing versions, marking them as read.

The draft may be written until phase 5 ends; after it the published version is the base of the amendments and nobody
edits it under them. Each change names the revision that the person saw: who was slower is told, and shown both texts.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.iter import fasi, permessi
from accordo.iter.avvisi import avvisa_tutti
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from accordo.rilievi.models import Rilievo
from bozze.interrogazioni.testo import leggi_bozza
from bozze.models.testo import Bozza, Citazione, LetturaVersione, NodoBozza, Versione
from bozze.testo.albero import CON_RUBRICA, FIGLI_AMMESSI, Disposizione, Testo, Tipo, convalida
from bozze.testo.lettura import leggi
from bozze.testo.operazioni import Posizione
from bozze.testo.parole import pulisci
from bozze.testo.riconoscimento import riconosci

FASE_BOZZA = "bozza"
FASE_DEFINITIVA = "proposta_definitiva"


class TestoCambiato(StatoCambiato):
    """Somebody else wrote in the same disposition: `attuale` is what it says now."""

    def __init__(self, attuale: NodoBozza) -> None:
        chi = str(attuale.modificato_da) if attuale.modificato_da else "Qualcun altro"
        super().__init__(f"Nel frattempo {chi} ha cambiato questa disposizione: confronta i due testi.")
        self.attuale = attuale


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
        _verifica_scrittura(accordo, da)
        bozza, nuova = Bozza.objects.get_or_create(accordo=accordo)
        if not nuova:
            letto = riconosci(leggi_bozza(bozza).testo, letto)
        _scrivi_tutto(bozza, letto, da)
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


def _scrivi_tutto(bozza: Bozza, testo: Testo, da: Agente) -> None:
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
        _verifica_scrittura(accordo, da)
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
        bozza, nodo = _apri(accordo, codice, da)
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
        _verifica_scrittura(accordo, da)
        bozza, _ = Bozza.objects.get_or_create(accordo=accordo)
        vicino = _nodo(bozza, riferimento) if riferimento else None
        dentro = posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}
        genitore = vicino if dentro or vicino is None else vicino.genitore
        _verifica_posto(tipo, genitore)
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
        _tocca(bozza)
        registra(
            accordo,
            da=da,
            verbo="aggiungi_disposizione",
            oggetto=nodo,
            dati={"testo": testo, "rubrica": rubrica},
        )
    return nodo


def sposta_disposizione(accordo: Accordo, codice: UUID | str, verso: int, *, da: Agente) -> NodoBozza:
    """Move a disposition one place up (-1) or down (+1) among its siblings; an article goes on into the next titolo."""
    with transaction.atomic():
        bozza, nodo = _apri(accordo, codice, da)
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
        _tocca(bozza)
        registra(bozza.accordo, da=da, verbo="sposta_disposizione", oggetto=nodo, dati={"verso": verso})
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
        bozza, nodo = _apri(accordo, codice, da)
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        tolta = leggi_bozza(bozza).testo.trova(str(nodo.codice))
        dati = {"disposizione": tolta.in_dati()} if tolta else {}
        registra(bozza.accordo, da=da, verbo="sopprimi_disposizione", oggetto=nodo, dati=dati)
        nodo.delete()
        _tocca(bozza)


# ---------------------------------------------------------------------------------------------- publishing
def pubblica_versione(accordo: Accordo, nota: str = "", *, da: Agente) -> Versione:
    """Publish the draft as the next version and tell the bodies."""
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        _verifica_coordinatore(accordo, da)
        fasi.richiedi_fase(accordo, FASE_BOZZA)
        bozza = Bozza.objects.filter(accordo=accordo).first()
        testo = leggi_bozza(bozza).testo if bozza else Testo()
        versione = _pubblica(accordo, testo, nota, definitiva=False, da=da)
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
        _verifica_coordinatore(accordo, da)
        fasi.richiedi_fase(accordo, FASE_DEFINITIVA)
        versione = _pubblica(accordo, testo, nota, definitiva=True, da=da)
        bozza, _ = Bozza.objects.get_or_create(accordo=accordo)
        _scrivi_tutto(bozza, testo, da)
        avvisa_tutti(
            accordo,
            oggetto="pubblicata la proposta definitiva",
            testo=f"È pubblicato il testo definitivo dell'accordo, da approvare.\n\n{nota}".strip(),
            url=reverse("bozze:testo", args=[accordo.slug]),
        )
    return versione


def _pubblica(accordo: Accordo, testo: Testo, nota: str, *, definitiva: bool, da: Agente) -> Versione:
    if not testo.radici:
        raise ErroreDominio("Il testo è vuoto: scrivilo o caricalo prima di pubblicarlo.")
    if errori := convalida(testo):
        raise ErroreDominio(" ".join(errori[:3]))
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
    registra(
        accordo, da=da, verbo=verbo, oggetto=versione, dati={"numero": numero, "impronta": versione.impronta}
    )
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


def cita_rilievi(
    accordo: Accordo, disposizione: UUID | str, rilievi: Iterable[Rilievo], *, da: Agente
) -> None:
    """Say which findings a disposition comes from, in place of those said before."""
    scelti = {rilievo.pk: rilievo for rilievo in rilievi}
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        _verifica_coordinatore(accordo, da)
        if any(rilievo.accordo_id != accordo.pk for rilievo in scelti.values()):
            raise ErroreDominio("Un rilievo è di un altro accordo.")
        gia = Citazione.objects.filter(accordo=accordo, disposizione=disposizione)
        prima = set(gia.values_list("rilievo_id", flat=True))
        if prima == set(scelti):
            return
        gia.exclude(rilievo__in=scelti).delete()
        Citazione.objects.bulk_create(
            Citazione(accordo=accordo, disposizione=disposizione, rilievo=rilievo)
            for pk, rilievo in scelti.items()
            if pk not in prima
        )
        numeri = sorted(rilievo.numero for rilievo in scelti.values())
        registra(
            accordo, da=da, verbo="cita_rilievi", dati={"disposizione": str(disposizione), "rilievi": numeri}
        )


# ---------------------------------------------------------------------------------------------- in common
def _verifica_coordinatore(accordo: Accordo, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Il testo lo scrive chi coordina l'accordo.")


def _verifica_scrittura(accordo: Accordo, da: Agente) -> None:
    _verifica_coordinatore(accordo, da)
    if fasi.fase_superata(accordo, FASE_BOZZA):
        raise ErroreDominio(
            "Il testo pubblicato è la base degli emendamenti e non si modifica più a mano. "
            "Per riscriverlo riporta l'accordo alla fase «Bozza d'accordo»."
        )


def _apri(accordo: Accordo, codice: UUID | str, da: Agente) -> tuple[Bozza, NodoBozza]:
    """Lock the accord, check the person, and find the disposition."""
    accordo = blocca_accordo(accordo.pk)
    _verifica_scrittura(accordo, da)
    bozza = Bozza.objects.filter(accordo=accordo).select_related("accordo").first()
    if bozza is None:
        raise ErroreDominio("Non c'è ancora una bozza.")
    return bozza, _nodo(bozza, codice)


def _nodo(bozza: Bozza, codice: UUID | str) -> NodoBozza:
    nodo = (
        NodoBozza.objects.filter(bozza=bozza, codice=codice)
        .select_related("genitore", "modificato_da")
        .first()
    )
    if nodo is None:
        raise StatoCambiato("Questa disposizione non c'è più: qualcuno l'ha eliminata.")
    return nodo


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
    _tocca(bozza)


def _tocca(bozza: Bozza) -> None:
    bozza.aggiornata_il = orologio.adesso()
    bozza.save(update_fields=["aggiornata_il"])
