"""The attack on the finished pages and files: two bodies of a block exchange their answers, and not a byte changes.

`test_riservatezza` searches the rules for a leak; here everything that others read is rendered, in both worlds.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accordo.base.canonico import impronta, json_canonico
from accordo.base.errori import ErroreDominio
from accordo.iter.models import Accordo
from accordo.iter.prestazioni import Territorio, costruisci
from questionari import lettura, prestazioni, servizi
from questionari.definizione import PUBBLICA
from questionari.esiti import esporta, forze, incroci
from questionari.esiti.esporta import Lettore
from questionari.esiti.quadro import Quadro, quadro_di
from questionari.esiti.quesiti import effettive
from questionari.models import Invio, Restituzione, Scheda

ENTI, INCROCI = 13, 12
STRUTTURA = lettura.leggi(json.loads(prestazioni.DEFINIZIONE.read_text(encoding="utf-8")))


class _Indietro(Exception):
    """Rolls a world back."""


def _mondo(scambio: tuple[str, str] | None) -> Territorio:
    """Thirteen bodies of one area have sent; `scambio`: those two gave each other's answers, but for the public ones."""
    mondo = costruisci(ENTI)
    servizi.carica_questionario(mondo.accordo, prestazioni.DEFINIZIONE.read_text(encoding="utf-8"))
    mondo.porta_a("questionario")
    servizi.avvia_questionario(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    with patch.object(Invio.objects, "bulk_create", lambda invii, **altro: _invia(invii, scambio)):
        prestazioni._riempi(mondo)
    mondo.porta_a("restituzione")
    servizi.avvia_restituzione(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    Accordo.objects.filter(pk=mondo.accordo.pk).update(pubblico=True)
    mondo.accordo.pubblico = True
    with patch("questionari.relazione.componi", _in_parole):
        servizi.pubblica_restituzione(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    servizi.apri_ai_cittadini(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    return mondo


def _in_parole(template: str, contesto: dict[str, Any], **altro: Any) -> bytes:
    """The report as it is before it is laid out."""
    return render_to_string(template, contesto | {"titolo": "", "lingua": "it", "creato": None}).encode()


def _invia(invii: list[Invio], scambio: tuple[str, str] | None) -> None:
    """Answers differ by where the body stands and not by its key, which is another one in another world."""
    livelli = effettive(STRUTTURA)
    date: dict[str, dict[str, Any]] = {}
    for posto, invio in enumerate(sorted(invii, key=lambda i: i.compilazione.ente.codice)):
        ente = invio.compilazione.ente
        date[ente.codice] = prestazioni.risposte_di_prova(STRUTTURA, ente.tipo, posto * 7)
    mie = dict(date)
    if scambio:
        mie[scambio[0]], mie[scambio[1]] = mie[scambio[1]], mie[scambio[0]]
    for invio in invii:
        codice = invio.compilazione.ente.codice
        risposte = {
            domanda: valore
            for domanda in STRUTTURA.per_codice
            for valore in [(date if livelli[domanda] == PUBBLICA else mie)[codice].get(domanda)]
            if valore is not None
        }
        dati = json.loads(invio.canonico) | {"risposte": risposte}
        canonico = json_canonico(dati)
        invio.canonico, invio.impronta = canonico.decode(), impronta(canonico)
        invio.save()


def _quadro(mondo: Territorio) -> Quadro:
    quadro = quadro_di(mondo.accordo, Restituzione.objects.get(accordo=mondo.accordo))
    assert quadro is not None
    return quadro


def _letto(mondo: Territorio, terzo: str) -> dict[str, str]:
    """Everything that citizens and a third body read."""
    citta, ente = Client(), Client()
    referente = mondo.agente(mondo.referente).utente
    ente.force_login(referente)
    pagine = {
        f"{chi} {url}": client.get(url)
        for chi, client, radice in (("cittadini", citta, "risultati"), ("ente", ente, "esiti"))
        for url in (
            reverse(f"questionari:{radice}", args=["prova"]),
            *(
                reverse(f"questionari:{radice}_sezione", args=["prova", s.codice]) + f"?per={per}"
                for s in STRUTTURA.sezioni
                for per in ("ambito", "classe")
            ),
        )
    }
    pagine |= {
        url: ente.get(url)
        for url in (
            reverse("questionari:esiti_punti", args=["prova"]),
            reverse("questionari:esiti_testi", args=["prova"]),
            reverse("questionari:esiti_ente", args=["prova", terzo]),
        )
    }
    assert {r.status_code for r in pagine.values()} == {200}
    letto = {nome: _pulita(pagina.text) for nome, pagina in pagine.items()}
    quadro = _quadro(mondo)
    letto["csv"] = repr(list(esporta.esiti(quadro)))
    letto["risposte"] = repr(list(esporta.risposte(quadro, Lettore())))
    letto["punti"] = repr(forze.per_ambito(quadro))
    letto |= _scaricato({"cittadini": (citta, "risultati"), "ente": (ente, "esiti")})
    voci = [q for q, _ in incroci.scelte(quadro)]
    for posto in range(INCROCI):
        uno, altro = voci[posto * 5 % len(voci)], voci[(posto * 7 + 3) % len(voci)]
        incrocio = incroci.incrocia(quadro, uno, altro)
        letto[f"{uno} {altro}"] = repr((incrocio.rifiuto, sorted((incrocio.celle or {}).items())))
    with Restituzione.objects.get(accordo=mondo.accordo).relazione.open("rb") as file:
        letto["relazione"] = file.read().decode()
    return letto


def _scaricato(lettori: dict[str, tuple[Client, str]]) -> dict[str, str]:
    """What is in the files that they download: lines of the CSV, cells of the workbook."""
    letto: dict[str, str] = {}
    for chi, (client, radice) in lettori.items():
        for formato in ("csv", "risposte.csv", "xlsx"):
            risposta = client.get(reverse(f"questionari:{radice}_dati", args=["prova", formato]))
            assert risposta.status_code == 200, (chi, formato)
            contenuto = b"".join(risposta.streaming_content)  # type: ignore[attr-defined]
            if formato != "xlsx":
                letto[f"{chi} {formato}"] = contenuto.decode()
                continue
            for foglio in load_workbook(io.BytesIO(contenuto)):
                righe = list(foglio.iter_rows(values_only=True))
                assert len(righe) > 1, foglio.title
                letto[f"{chi} {formato} {foglio.title}"] = repr(righe)
    return letto


def _pulita(pagina: str) -> str:
    """Without what differs at every request, and the report's fingerprint, which says its day."""
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|csrf[^ >]*|[0-9a-f]{64}|/testi/[^"]*',
        "",
        pagina,
    )


@pytest.mark.django_db
@pytest.mark.una_volta
def test_due_enti_di_un_blocco_si_scambiano_le_risposte(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    letti: list[dict[str, str]] = []
    tutte: list[str] = []
    scambio: tuple[str, str] | None = None
    for _ in range(2):
        try:
            with transaction.atomic():
                mondo = _mondo(scambio)
                quadro = _quadro(mondo)
                terzo = mondo.enti[0].codice
                if scambio is None:
                    scambio = _due_di_un_blocco(quadro, terzo)
                letti.append(_letto(mondo, terzo))
                tutte.append(repr(list(esporta.risposte(quadro, Lettore(tutto=True)))))
                raise _Indietro
        except _Indietro:
            continue
    assert tutte[0] != tutte[1], "the office sees that they exchanged"
    diverse = [nome for nome in letti[0] if letti[0][nome] != letti[1][nome]]
    assert diverse == []


def _due_di_un_blocco(quadro: Quadro, terzo: str) -> tuple[str, str]:
    for blocco in quadro.blocchi:
        codici = (
            Scheda.objects.filter(pubblicata=True, strato__in=blocco.chiavi)
            .exclude(compilazione__ente__codice=terzo)
            .order_by("compilazione__ente__codice")
            .values_list("compilazione__ente__codice", flat=True)
        )
        if len(codici) > 1:
            return codici[0], codici[1]
    raise AssertionError("no block of two")


@pytest.mark.django_db
def test_prima_della_pubblicazione_non_nascono_rilievi() -> None:
    """A mean of yesterday beside one of today would tell what the last body answered."""
    mondo = costruisci(5)
    servizi.carica_questionario(mondo.accordo, prestazioni.DEFINIZIONE.read_text(encoding="utf-8"))
    mondo.porta_a("questionario")
    servizi.avvia_questionario(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    quadro = quadro_di(mondo.accordo, None)
    assert quadro is not None
    with pytest.raises(ErroreDominio, match="esiti pubblicati"):
        servizi.proponi_giudizio(quadro, "Piana", "D01:x:forza", da=mondo.agente(mondo.coordinatore))
