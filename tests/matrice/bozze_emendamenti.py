"""Remarks, amendments and their examination: every route and person."""

from typing import Any

from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, id_di, osservazione, versione
from tests.matrice.base import (
    ENTI,
    LETTORI,
    RAPPRESENTANTI,
    SOLO_COORDINATORE,
    SOLO_ENTE,
    SOLO_RAPPRESENTANTE,
    Riga,
    come_post,
    con,
    slug,
)
from tests.scena import Scena

OSSERVANTI = con(ENTI, osservatore=200)
_DA_PRESENTARE = {"azione": "sopprimi", "motivazione": "Non serve."}


def _pubblicata(scena: Scena) -> None:
    versione(scena)


def _bozza(scena: Any) -> None:
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    scena.osservazione = osservazione(scena, "La cabina si riunisce", presenta=False)


def _presentato(scena: Any) -> None:
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.osservazione = osservazione(scena, "La cabina si riunisce")


def _in_esame(scena: Any) -> None:
    _presentato(scena)
    scena.porta_a("proposta_definitiva")


def _deciso(scena: Any) -> None:
    _in_esame(scena)
    esame.decidi_emendamento(scena.emendamento, "accolto", "Va bene.", da=scena.agente(scena.coordinatore))


def _confermato(scena: Any) -> None:
    versione(scena)
    for ente, chi in ((scena.ente_a, scena.rappresentante), (scena.ente_b, scena.rappresentante_altro)):
        servizi.conferma_contributo(ente.contributi.get(), da=scena.agente(chi))


def _em(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.emendamento.pk}


def _oss(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.osservazione.pk}


def _disposizione(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "disposizione": id_di("La partecipazione")}


def _sezione(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "sezione": id_di("Oggetto")}


_MODIFICA = {"azione": "sopprimi", "motivazione": "Non serve.", "revisione": "0"}
_DECISIONE = {"esito": "respinto", "motivazione": "No."}
_PERCHE = {"motivazione": "Serve."}

RIGHE = {
    "bozze:emendamenti": Riga(LETTORI, argomenti=slug, prepara=_presentato),
    "bozze:emendamento": [
        Riga(LETTORI, argomenti=_em, prepara=_presentato),
        Riga(SOLO_ENTE, argomenti=_em, prepara=_bozza),
    ],
    "bozze:emendamento_akn": Riga(LETTORI, argomenti=_em, prepara=_presentato),
    "bozze:emendamento_nuovo": [
        Riga(ENTI, argomenti=_disposizione, prepara=_pubblicata),
        Riga(
            come_post(ENTI), argomenti=_disposizione, metodo="post", dati=_DA_PRESENTARE, prepara=_pubblicata
        ),
    ],
    "bozze:emendamento_modifica": [
        Riga(SOLO_ENTE, argomenti=_em, prepara=_bozza),
        Riga(come_post(SOLO_ENTE), argomenti=_em, metodo="post", dati=_MODIFICA, prepara=_bozza),
    ],
    "bozze:emendamento_presenta": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_em, prepara=_bozza),
        Riga(come_post(SOLO_RAPPRESENTANTE), argomenti=_em, metodo="post", prepara=_bozza),
    ],
    "bozze:emendamento_scarta": [
        Riga(SOLO_ENTE, argomenti=_em, prepara=_bozza),
        Riga(come_post(SOLO_ENTE), argomenti=_em, metodo="post", prepara=_bozza),
    ],
    "bozze:emendamento_ritira": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_em, prepara=_presentato),
        Riga(come_post(SOLO_RAPPRESENTANTE), argomenti=_em, metodo="post", dati=_PERCHE, prepara=_presentato),
    ],
    "bozze:emendamento_word": [
        Riga(LETTORI, argomenti=_em, prepara=_presentato),
        Riga(SOLO_ENTE, argomenti=_em, prepara=_bozza),
    ],
    "bozze:fascicolo": Riga(LETTORI, argomenti=slug, prepara=_presentato),
    "bozze:emendamenti_xlsx": Riga(LETTORI, argomenti=slug, prepara=_presentato),
    "bozze:emendamenti_json": Riga(LETTORI, argomenti=slug, prepara=_presentato),
    "bozze:sinottica": Riga(LETTORI, argomenti=slug, prepara=_presentato),
    "bozze:sinottica_pdf": Riga(LETTORI, argomenti=slug, prepara=_presentato),
    "bozze:osservazioni": Riga(LETTORI, argomenti=slug, prepara=_presentato),
    "bozze:osservazione": [
        Riga(LETTORI, argomenti=_oss, prepara=_presentato),
        Riga(SOLO_ENTE, argomenti=_oss, prepara=_bozza),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_oss,
            metodo="post",
            dati={"risposta": "Grazie.", "esito": "chiarita"},
            prepara=_presentato,
        ),
    ],
    "bozze:osservazione_nuova": [
        Riga(OSSERVANTI, argomenti=_disposizione, prepara=_pubblicata),
        Riga(
            come_post(OSSERVANTI),
            argomenti=_disposizione,
            metodo="post",
            dati={"testo": "Bene."},
            prepara=_pubblicata,
        ),
    ],
    "bozze:osservazione_modifica": [
        Riga(SOLO_ENTE, argomenti=_oss, prepara=_bozza),
        Riga(
            come_post(SOLO_ENTE),
            argomenti=_oss,
            metodo="post",
            dati={"testo": "Meglio.", "revisione": "0"},
            prepara=_bozza,
        ),
    ],
    "bozze:osservazione_presenta": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_oss, prepara=_bozza),
        Riga(come_post(SOLO_RAPPRESENTANTE), argomenti=_oss, metodo="post", prepara=_bozza),
    ],
    "bozze:osservazione_scarta": [
        Riga(SOLO_ENTE, argomenti=_oss, prepara=_bozza),
        Riga(come_post(SOLO_ENTE), argomenti=_oss, metodo="post", prepara=_bozza),
    ],
    "bozze:contributo": Riga(OSSERVANTI, argomenti=slug, prepara=_bozza),
    "bozze:contributo_conferma": [
        Riga(RAPPRESENTANTI, argomenti=slug, prepara=_bozza),
        Riga(come_post(RAPPRESENTANTI), argomenti=slug, metodo="post", prepara=_bozza),
    ],
    "bozze:contributo_riapri": [
        Riga(RAPPRESENTANTI, argomenti=slug, prepara=_confermato),
        Riga(come_post(RAPPRESENTANTI), argomenti=slug, metodo="post", dati=_PERCHE, prepara=_confermato),
    ],
    "bozze:contributi": Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_bozza),
    "bozze:esame": Riga(LETTORI, argomenti=slug, prepara=_in_esame),
    "bozze:esame_articolo": Riga(LETTORI, argomenti=_sezione, prepara=_in_esame),
    "bozze:decidi": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_em, metodo="post", dati=_DECISIONE, prepara=_in_esame
    ),
    "bozze:decisione_anteprima": Riga(
        SOLO_COORDINATORE, argomenti=_em, metodo="post", dati=_DECISIONE, prepara=_in_esame, htmx=True
    ),
    "bozze:rimetti_in_esame": [
        Riga(SOLO_COORDINATORE, argomenti=_em, prepara=_deciso),
        Riga(come_post(SOLO_COORDINATORE), argomenti=_em, metodo="post", dati=_PERCHE, prepara=_deciso),
    ],
    "bozze:pubblica_definitiva": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_deciso),
        Riga(come_post(SOLO_COORDINATORE), argomenti=slug, metodo="post", prepara=_deciso),
    ],
}
