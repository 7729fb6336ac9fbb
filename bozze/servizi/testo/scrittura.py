"""What writes the draft: loading a whole text, and changing it disposition by disposition.

The draft may be written until phase 5 ends; after it the published version is the base of the amendments and nobody
edits it under them. Each change names the revision that the person saw: who was slower is told, and shown both texts.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import transaction

from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from bozze.interrogazioni.scheda import rinvii_a
from bozze.interrogazioni.testo import leggi_bozza
from bozze.models.scrittura import Verbo
from bozze.models.testo import Bozza, NodoBozza
from bozze.servizi.testo.collegamenti import rilievi_di
from bozze.servizi.testo.comune import TestoCambiato, apri, nodo_di, verifica_scrittura
from bozze.servizi.testo.obiettivi import obiettivi_ignoti
from bozze.servizi.testo.tavolo import compi, scrivi_passo
from bozze.testo.albero import CON_RUBRICA, Disposizione, Testo, Tipo, convalida
from bozze.testo.lettura import leggi
from bozze.testo.operazioni import Posizione
from bozze.testo.parole import pulisci
from bozze.testo.riconoscimento import riconosci
from bozze.testo.stesura import (
    Collega,
    Impossibile,
    Intitola,
    Metti,
    Mossa,
    Scrivi,
    Togli,
    carica,
    da_righe,
    luogo_di,
    precedente,
    promuovi,
    retrocedi,
    sposta,
    unisci,
    varco,
)

MASSIMO_INCOLLATE = 300
"""More lines than these are a text to load, with its preview."""


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
    if ignoti := obiettivi_ignoti(accordo, letto):
        raise ErroreDominio(
            f"Il testo cita obiettivi che questo accordo non ha: {', '.join(ignoti)}. Toglili dal file."
        )
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
    """Put a whole text in place of the draft; what is in both keeps its row, and its revision goes on."""
    lavoro = leggi_bozza(bozza)
    # How the draft is numbered is its own choice (Bozza.numeri), read with it: not of the text that takes its place.
    testo = Testo(testo.titolo[:500], testo.sottotitolo, testo.radici, lavoro.testo.fissi)
    scrivi_passo(lavoro, testo, carica(lavoro.testo, testo), verbo=Verbo.CARICA, da=da)


# ---------------------------------------------------------------------------------------------- one disposition
def modifica_titolo(accordo: Accordo, titolo: str, sottotitolo: str, *, da: Agente) -> Bozza:
    """Change the title of the text; begins the draft if there is none."""
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_scrittura(accordo, da)
        bozza, _ = Bozza.objects.get_or_create(accordo=accordo)
        prima, dopo = (bozza.titolo, bozza.sottotitolo), (pulisci(titolo)[:500], pulisci(sottotitolo))
        if prima != dopo:
            compi(bozza, [Intitola(prima, dopo)], verbo=Verbo.INTITOLA, da=da)
            bozza.refresh_from_db()
    return bozza


def modifica_disposizione(
    accordo: Accordo,
    codice: UUID | str,
    *,
    testo: str,
    rubrica: str = "",
    revisione_attesa: int,
    da: Agente,
    seguita: bool = False,
    verbo: Verbo = Verbo.SCRIVE,
) -> NodoBozza:
    """Write the words of a disposition. Raise TestoCambiato if its revision is no longer the one the person saw.

    `seguita`: the person goes on typing in it; it is one change with the one before. The registro has the first.
    """
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        parole, intestazione = pulisci(testo), _rubrica(Tipo(nodo.tipo), rubrica)
        prima = {"testo": nodo.testo, "rubrica": nodo.rubrica}
        if prima == {"testo": parole, "rubrica": intestazione}:
            return nodo  # said already, by whomever: a second click, a save sent again
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        if not (parole or intestazione or nodo.figli.exists()):
            raise ErroreDominio("Il testo è vuoto: per togliere la disposizione usa «Elimina».")
        scritto = Scrivi(str(nodo.codice), (nodo.testo, nodo.rubrica), (parole, intestazione))
        modifica = compi(bozza, [scritto], verbo=verbo, da=da, seguita=seguita)
        nodo.refresh_from_db()
        if (
            not seguita
            or modifica.tracce.filter(testo_prima=prima["testo"], disposizione=nodo.codice).exists()
        ):
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
    codice: UUID | None = None,
) -> NodoBozza:
    """Add a disposition after, before or inside another (inside the text itself if `riferimento` is None).

    With `codice` its identifier is the caller's: asked twice for the same (a lost answer), it is added once.
    """
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_scrittura(accordo, da)
        bozza, _ = Bozza.objects.select_related("accordo").get_or_create(accordo=accordo)
        if codice and (gia := NodoBozza.objects.filter(bozza=bozza, codice=codice).first()):
            return gia
        vicino = str(nodo_di(bozza, riferimento).codice) if riferimento else ""
        parole, intestazione = pulisci(testo), _rubrica(tipo, rubrica)
        if not (parole or intestazione):
            raise ErroreDominio("Scrivi il testo o la rubrica della nuova disposizione.")
        nuovo = Disposizione(str(codice or uuid4()), tipo, parole, intestazione)
        compi(
            bozza,
            [Metti(nuovo, varco(leggi_bozza(bozza).testo, posizione, vicino))],
            verbo=Verbo.AGGIUNGE,
            da=da,
        )
        nodo = nodo_di(bozza, nuovo.id)
        registra(
            accordo,
            da=da,
            verbo="aggiungi_disposizione",
            oggetto=nodo,
            dati={"testo": parole, "rubrica": intestazione},
        )
    return nodo


def incolla_disposizioni(
    accordo: Accordo, scritto: str, *, tipo: Tipo, posizione: Posizione, riferimento: UUID | str, da: Agente
) -> list[UUID]:
    """Add several lines as dispositions of one kind, with the lists in them; one change. Return the new ones at the top."""
    nuove = da_righe(tipo, scritto)
    if not nuove or not any(nodo.testo for nodo in nuove):
        raise ErroreDominio("Non c'è testo da incollare.")
    if sum(1 for nodo in nuove for _ in nodo.discendenti()) > MASSIMO_INCOLLATE:
        raise ErroreDominio(
            "Il testo incollato è lungo: usa «Carica un altro testo», che ne mostra l'anteprima."
        )
    with transaction.atomic():
        bozza, vicino = apri(accordo, riferimento, da)
        luogo = varco(leggi_bozza(bozza).testo, posizione, str(vicino.codice))
        mosse: list[Mossa] = []
        for indice, nodo in enumerate(nuove):
            prima = nuove[indice - 1].id if indice else luogo.dopo
            mosse.append(Metti(nodo, type(luogo)(luogo.genitore, prima, luogo.indice + indice)))
        compi(bozza, mosse, verbo=Verbo.AGGIUNGE, da=da)
        dati = {"disposizioni": [nodo.in_dati() for nodo in nuove]}
        registra(bozza.accordo, da=da, verbo="aggiungi_disposizione", oggetto=bozza, dati=dati)
    return [UUID(nodo.id) for nodo in nuove]


def sposta_disposizione(accordo: Accordo, codice: UUID | str, verso: int, *, da: Agente) -> NodoBozza:
    """Move a disposition one place up (-1) or down (+1) among its siblings; an article goes on into the next titolo."""
    passo = 1 if verso > 0 else -1
    return _muovi(
        accordo, codice, lambda testo, id: sposta(testo, id, passo), Verbo.SPOSTA, "sposta_disposizione", da
    )


def promuovi_disposizione(accordo: Accordo, codice: UUID | str, *, da: Agente) -> NodoBozza:
    """Put a disposition one level up: a lettera becomes a comma, and what followed it follows it still."""
    return _muovi(accordo, codice, promuovi, Verbo.PROMUOVE, "promuovi_disposizione", da)


def retrocedi_disposizione(accordo: Accordo, codice: UUID | str, *, da: Agente) -> NodoBozza:
    """Put a disposition under the one before: a comma becomes a lettera."""
    return _muovi(accordo, codice, retrocedi, Verbo.RETROCEDE, "retrocedi_disposizione", da)


def _muovi(
    accordo: Accordo,
    codice: UUID | str,
    quali: Callable[[Testo, str], list[Mossa]],
    verbo: Verbo,
    nome: str,
    da: Agente,
) -> NodoBozza:
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        try:
            mosse = quali(leggi_bozza(bozza).testo, str(nodo.codice))
        except Impossibile as rifiuto:
            raise ErroreDominio(rifiuto.parole) from rifiuto
        era = nodo.tipo
        compi(bozza, mosse, verbo=verbo, da=da)
        nodo.refresh_from_db()
        registra(bozza.accordo, da=da, verbo=nome, oggetto=nodo, dati={"da_tipo": era, "a_tipo": nodo.tipo})
    return nodo


def unisci_disposizione(
    accordo: Accordo, codice: UUID | str, *, revisione_attesa: int, da: Agente
) -> NodoBozza:
    """Join a disposition to the one read before it, which is returned; the findings that it cites go with it.

    Refused while another disposition speaks of it: its number would go, and the reference with it.
    """
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        lavoro = leggi_bozza(bozza)
        unita = lavoro.testo.indice[str(nodo.codice)].nodo
        if rinvii := rinvii_a(lavoro, unita.con(figli=())):
            raise ErroreDominio(
                f"Non si può unire: ne parla {rinvii[0].nome.con('')}, con «{rinvii[0].parole}». Riscrivi prima quel rinvio."
            )
        try:
            prima = precedente(lavoro.testo, unita.id)
            mosse = unisci(lavoro.testo, unita.id)
        except Impossibile as rifiuto:
            raise ErroreDominio(rifiuto.parole) from rifiuto
        compi(bozza, [*mosse, *_con_i_rilievi(bozza.accordo, unita.id, prima.id)], verbo=Verbo.UNISCE, da=da)
        registra(
            bozza.accordo,
            da=da,
            verbo="unisci_disposizione",
            oggetto=bozza,
            dati={"disposizione": unita.in_dati(), "a": prima.id},
        )
        return nodo_di(bozza, prima.id)


def _con_i_rilievi(accordo: Accordo, da: str, a: str) -> list[Mossa]:
    """The findings that one disposition cites, cited by another too. The first keeps them, should it come back."""
    gia = rilievi_di(accordo, a)
    insieme = tuple(sorted({*gia, *rilievi_di(accordo, da)}))
    return [Collega(a, gia, insieme)] if insieme != gia else []


def sopprimi_disposizione(accordo: Accordo, codice: UUID | str, *, revisione_attesa: int, da: Agente) -> None:
    """Delete a disposition of the draft, with what is below it; what it said stays in the history and in the registro."""
    with transaction.atomic():
        bozza, nodo = apri(accordo, codice, da)
        if nodo.revisione != revisione_attesa:
            raise TestoCambiato(nodo)
        testo = leggi_bozza(bozza).testo
        tolta = testo.indice[str(nodo.codice)].nodo
        registra(
            bozza.accordo,
            da=da,
            verbo="sopprimi_disposizione",
            oggetto=nodo,
            dati={"disposizione": tolta.in_dati()},
        )
        compi(bozza, [Togli(tolta, luogo_di(testo, tolta.id))], verbo=Verbo.TOGLIE, da=da)


# ---------------------------------------------------------------------------------------------- in common
def _rubrica(tipo: Tipo, rubrica: str) -> str:
    return pulisci(rubrica)[:500] if tipo in CON_RUBRICA else ""
