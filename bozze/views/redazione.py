"""Writing the draft, for who leads: the whole text with its commands, one disposition at a time, loading, publishing."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import fasi
from accordo.iter.avvisi import persone_avvisate
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato
from bozze.forms.testo import (
    NOMI_TIPI,
    AggiungiForm,
    DisposizioneForm,
    PubblicaForm,
    RilieviForm,
    TitoloForm,
    scelte_aggiunta,
    scelte_in_radice,
)
from bozze.interrogazioni.scrittura import pila_di
from bozze.interrogazioni.testo import (
    da_pubblicare,
    rilievi_citabili,
    testo_in_lavoro,
    ultima_versione,
)
from bozze.models import Citazione
from bozze.servizi import testo as servizi
from bozze.testo.albero import CON_RUBRICA, Disposizione, Testo, Tipo
from bozze.testo.confronto import confronta, confronta_parole
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Posizione
from bozze.testo.stesura import Impossibile, precedente
from bozze.testo.stesura.gerarchia import SOTTO
from bozze.views.bozza import foglio_di, lavoro_o_404, nodo_o_404, quadro, si_scrive, torna
from bozze.views.storia import chi_c_e

FORMULARIO = ["GET", "HEAD", "POST"]


@require_safe
def redazione(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the draft as one page to write in; each disposition leads to its own page, for who has no JavaScript."""
    accordo = accordo_coordinato(request, slug)
    lavoro = testo_in_lavoro(accordo)
    testo = lavoro.testo if lavoro else Testo()
    contesto = quadro(
        accordo,
        lavoro=lavoro,
        foglio=foglio_di(lavoro),
        si_scrive=si_scrive(accordo),
        si_pubblica=fasi.in_fase(accordo, servizi.FASE_BOZZA) and da_pubblicare(accordo, testo),
        ultima=ultima_versione(accordo),
        pila=pila_di(lavoro.bozza, request.user) if lavoro else None,
        sotto=json.dumps({sopra.value: figlio.value for sopra, figlio in SOTTO.items()}),
        nomi_tipi=json.dumps({tipo.value: nome.lower() for tipo, nome in NOMI_TIPI.items()}),
        **(chi_c_e(request, lavoro) if lavoro else {}),
    )
    return render(request, "bozze/testo/redazione.html", contesto)


@require_http_methods(FORMULARIO)
def titolo(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Write the title of the text."""
    accordo = accordo_coordinato(request, slug)
    lavoro = testo_in_lavoro(accordo)
    iniziali = {
        "titolo": lavoro.testo.titolo if lavoro else accordo.titolo,
        "sottotitolo": lavoro.testo.sottotitolo if lavoro else accordo.sottotitolo,
    }
    form = TitoloForm(request.POST or None, initial=iniziali)
    if request.method == "POST" and form.is_valid():
        servizi.modifica_titolo(accordo, **form.cleaned_data, da=request.agente)
        return redirect("bozze:redazione", slug=slug)
    contesto = quadro(accordo, form=form, titolo="Titolo del testo", etichetta="Salva il titolo")
    return render(request, "bozze/testo/modulo.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def modifica(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Write the words of a disposition; if somebody wrote in it meanwhile, show both texts, nothing chosen."""
    accordo = accordo_coordinato(request, slug)
    lavoro = lavoro_o_404(accordo)
    nodo = nodo_o_404(lavoro, codice)
    riga = lavoro.riga(nodo.id)
    iniziali = {"rubrica": nodo.rubrica, "testo": nodo.testo, "revisione": riga.revisione}
    con_testo = nodo.tipo not in CON_RUBRICA or bool(nodo.testo)
    form = DisposizioneForm(request.POST or None, initial=iniziali, tipo=nodo.tipo, con_testo=con_testo)
    contesto = quadro(
        accordo,
        form=form,
        nodo=nodo,
        nome=nomi(lavoro.testo)[nodo.id],
        riga=riga,
        si_unisce=_si_unisce(lavoro.testo, nodo),
    )
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        try:
            servizi.modifica_disposizione(
                accordo,
                codice,
                testo=dati.get("testo", nodo.testo),
                rubrica=dati.get("rubrica", nodo.rubrica),
                revisione_attesa=dati["revisione"],
                da=request.agente,
            )
        except servizi.TestoCambiato as conflitto:
            contesto |= _conflitto(conflitto, dati, nodo)
            return render(request, "bozze/testo/conflitto.html", contesto, status=409)
        return torna(accordo, codice)
    return render(request, "bozze/testo/modifica.html", contesto, status=422 if form.is_bound else 200)


def _si_unisce(testo: Testo, nodo: Disposizione) -> bool:
    try:
        return bool(precedente(testo, nodo.id))
    except Impossibile:
        return False


def _conflitto(conflitto: servizi.TestoCambiato, dati: dict[str, Any], nodo: Disposizione) -> dict[str, Any]:
    attuale = conflitto.attuale
    mio = dati.get("testo", nodo.testo)
    nuovo = DisposizioneForm(
        initial={"rubrica": dati.get("rubrica", ""), "testo": mio, "revisione": attuale.revisione},
        tipo=nodo.tipo,
    )
    return {
        "conflitto": conflitto,
        "attuale": attuale,
        "mio": mio,
        "mia_rubrica": dati.get("rubrica", ""),
        "differenze": confronta_parole(attuale.testo, mio),
        "form": nuovo,
    }


@require_http_methods(FORMULARIO)
def aggiungi(request: RichiestaAutenticata, slug: str, codice: UUID | None = None) -> HttpResponse:
    """Add a disposition beside or inside another; without `codice`, at the end of the text."""
    accordo = accordo_coordinato(request, slug)
    nome = None
    if codice is None:
        scelte = scelte_in_radice()
    else:
        lavoro = lavoro_o_404(accordo)
        nodo = nodo_o_404(lavoro, codice)
        genitore = lavoro.testo.genitore(nodo.id)
        nome = nomi(lavoro.testo)[nodo.id]
        scelte = scelte_aggiunta(nodo.tipo, genitore.tipo if genitore else None)
    form = AggiungiForm(request.POST or None, scelte=scelte)
    if request.method == "POST" and form.is_valid():
        posizione, tipo = form.dove_e_cosa()
        nuovo = _aggiungi(accordo, posizione, tipo, codice, form.cleaned_data, request)
        return torna(accordo, nuovo)
    contesto = quadro(accordo, form=form, nome=nome, titolo="Aggiungi al testo", etichetta="Aggiungi")
    return render(request, "bozze/testo/modulo.html", contesto, status=422 if form.is_bound else 200)


def _aggiungi(
    accordo: Accordo,
    posizione: Posizione,
    tipo: Tipo,
    codice: UUID | None,
    dati: dict[str, Any],
    request: RichiestaAutenticata,
) -> UUID:
    """Add; the text written for an article is its first comma."""
    testo = dati["testo"] if tipo not in CON_RUBRICA else ""
    rubrica = dati.get("rubrica", "")
    if tipo in CON_RUBRICA and not rubrica:
        rubrica = "Senza rubrica"
    nodo = servizi.aggiungi_disposizione(
        accordo,
        tipo=tipo,
        posizione=posizione,
        riferimento=codice,
        testo=testo,
        rubrica=rubrica,
        da=request.agente,
    )
    if tipo in CON_RUBRICA and dati["testo"].strip():
        figlio = Tipo.COMMA if tipo is Tipo.ARTICOLO else Tipo.PARAGRAFO
        servizi.aggiungi_disposizione(
            accordo,
            tipo=figlio,
            posizione=Posizione.IN_FONDO,
            riferimento=nodo.codice,
            testo=dati["testo"],
            da=request.agente,
        )
    return nodo.codice


@require_http_methods(FORMULARIO)
def rilievi(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Say which findings a disposition comes from."""
    accordo = accordo_coordinato(request, slug)
    lavoro = lavoro_o_404(accordo)
    nodo = nodo_o_404(lavoro, codice)
    gia = Citazione.objects.filter(accordo=accordo, disposizione=codice).values_list("rilievo_id", flat=True)
    dati = request.POST if request.method == "POST" else None
    form = RilieviForm(dati, citabili=rilievi_citabili(accordo), initial={"rilievi": list(gia)})
    if request.method == "POST" and form.is_valid():
        servizi.cita_rilievi(accordo, codice, form.cleaned_data["rilievi"], da=request.agente)
        messages.success(request, "I rilievi sono collegati.")
        return torna(accordo, codice)
    nome = nomi(lavoro.testo)[nodo.id]
    contesto = quadro(accordo, form=form, nodo=nodo, nome=nome)
    return render(request, "bozze/testo/rilievi.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def pubblica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Publish the draft as a version, confirmed on a page that says what happens and who is told."""
    accordo = accordo_coordinato(request, slug)
    lavoro = testo_in_lavoro(accordo)
    testo = lavoro.testo if lavoro else Testo()
    impedimento = _cosa_manca(accordo, testo)
    mancanze = [] if impedimento else fasi.manca_per_pubblicare(accordo, servizi.FASE_BOZZA)
    ultima = ultima_versione(accordo)
    numeri = lavoro.bozza.numeri if lavoro and ultima else ""
    form = PubblicaForm(inviato(request), manca=bool(mancanze), numeri=numeri)
    if request.method == "POST" and form.is_valid():
        versione = servizi.pubblica_versione(accordo, **form.cleaned_data, da=request.agente)
        messages.success(request, f"La versione {versione.numero} della bozza è pubblicata.")
        return redirect("bozze:testo", slug=slug)
    persone, enti = persone_avvisate(accordo)
    contesto = quadro(
        accordo,
        titolo=f"Pubblica la versione {ultima.numero + 1 if ultima else 1} della bozza",
        testo=impedimento
        or f"Il testo ha {len(testo.articoli())} articoli e {len(testo.indice)} disposizioni.",
        effetti=[] if impedimento else _effetti(testo, ultima.albero if ultima else None),
        avvisati="" if impedimento else f"{persone} persone di {enti} enti, per e-mail.",
        mancanze=mancanze,
        form=None if impedimento else form,
        etichetta="" if impedimento else "Pubblica la bozza",
        url_annulla=reverse("bozze:redazione", args=[slug]),
    )
    return render(request, "componenti/conferma.html", contesto, status=422 if form.is_bound else 200)


def _cosa_manca(accordo: Accordo, testo: Testo) -> str:
    if not fasi.in_fase(accordo, servizi.FASE_BOZZA):
        return "La bozza si pubblica nella fase «Bozza d'accordo»."
    if not testo.radici:
        return "Il testo è vuoto: scrivilo o caricalo prima di pubblicarlo."
    if not da_pubblicare(accordo, testo):
        return "Il testo è uguale all'ultima versione pubblicata."
    return ""


def _effetti(testo: Testo, prima: Testo | None) -> list[str]:
    effetti = [
        "Il testo diventa una versione numerata, con la sua impronta SHA-256: non si modifica e non si cancella.",
        "Tutti gli enti dell'accordo la leggono nella pagina del testo.",
    ]
    if prima is not None:
        cambiate = sum(riga.cambiata for riga in confronta(prima, testo))
        quante = "Cambia 1 disposizione" if cambiate == 1 else f"Cambiano {cambiate} disposizioni"
        effetti.append(f"{quante} rispetto all'ultima versione.")
    return effetti
