"""Amendments of several operations, co-signatures and sub-amendments: every route and person."""

from collections.abc import Callable
from typing import Any

from bozze.servizi import emendamenti as servizi
from bozze.servizi import firme
from bozze.servizi import subemendamenti as servizi_sub
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, sopprimi, subemendamento, versione
from tests.matrice.base import (
    ENTI,
    LETTORI,
    SOLO_COORDINATORE,
    SOLO_ENTE,
    Riga,
    come_post,
    con,
    slug,
)

SOLO_ALTRO_RAPPRESENTANTE = con(SOLO_COORDINATORE, coordinatore=404, rappresentante_altro=200)
SOLO_ALTRO_ENTE = con(SOLO_ALTRO_RAPPRESENTANTE, referente_altro=200)
_PERCHE = {"motivazione": "Serve."}
_SUB = {"testo_0_0": "anno e mezzo", "motivazione": "Serve.", "revisione": "0"}


def _bozza(scena: Any) -> None:
    versione(scena)
    fatte = [*cambia("ogni due anni", "ogni anno"), *sopprimi("La partecipazione")]
    scena.emendamento = emendamento(scena, fatte, presenta=False)


def _presentato(scena: Any) -> None:
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni anno"))


def _invitato(scena: Any) -> None:
    _presentato(scena)
    firme.invita_a_sottoscrivere(scena.emendamento, [scena.ente_b], da=scena.agente(scena.referente))


def _firmato(scena: Any) -> None:
    _presentato(scena)
    firme.sottoscrivi(scena.emendamento, da=scena.agente(scena.rappresentante_altro))


def _ritirato(scena: Any) -> None:
    _firmato(scena)
    servizi.ritira_emendamento(scena.emendamento, "Rinunciamo.", da=scena.agente(scena.rappresentante))


def _con_sub(scena: Any) -> None:
    _presentato(scena)
    scena.sub = subemendamento(scena, scena.emendamento)


def _con_bozza_di_sub(scena: Any) -> None:
    _presentato(scena)
    scena.sub = subemendamento(scena, scena.emendamento, presenta=False)


def _sub_in_esame(scena: Any) -> None:
    _con_sub(scena)
    scena.porta_a("proposta_definitiva")


def _sub_deciso(scena: Any) -> None:
    _sub_in_esame(scena)
    servizi_sub.decidi_subemendamento(scena.sub, "respinto", "No.", da=scena.agente(scena.coordinatore))


def _em(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.emendamento.pk}


def _invito(scena: Any) -> dict[str, Any]:
    return {**_em(scena), "firma": scena.emendamento.sottoscrizioni.get().pk}


def _sub(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.sub.pk}


def _passo(verbo: str) -> Callable[[Any], dict[str, Any]]:
    return lambda scena: {**_sub(scena), "verbo": verbo}


def _due(attesi: Any, argomenti: Any, prepara: Any, dati: dict[str, Any] | None = None) -> list[Riga]:
    """A confirm page and its POST."""
    return [
        Riga(attesi, argomenti=argomenti, prepara=prepara),
        Riga(come_post(attesi), argomenti=argomenti, metodo="post", dati=dati or {}, prepara=prepara),
    ]


RIGHE = {
    "bozze:emendamento_scegli": Riga(SOLO_ENTE, argomenti=_em, prepara=_bozza),
    "bozze:emendamento_togli": Riga(
        come_post(SOLO_ENTE),
        argomenti=lambda scena: {**_em(scena), "numero": 2},
        metodo="post",
        dati={"revisione": "0"},
        prepara=_bozza,
    ),
    "bozze:firma_invita": Riga(SOLO_ENTE, argomenti=_em, prepara=_presentato),
    "bozze:firma_richiama": _due(SOLO_ENTE, _invito, _invitato),
    "bozze:firma_sottoscrivi": _due(SOLO_ALTRO_RAPPRESENTANTE, _em, _presentato),
    "bozze:firma_declina": _due(SOLO_ALTRO_RAPPRESENTANTE, _em, _invitato),
    "bozze:firma_ritira": _due(SOLO_ALTRO_RAPPRESENTANTE, _em, _firmato),
    "bozze:fai_proprio": _due(SOLO_ALTRO_RAPPRESENTANTE, _em, _ritirato, _PERCHE),
    "bozze:subemendamento": [
        Riga(LETTORI, argomenti=_sub, prepara=_con_sub),
        Riga(SOLO_ALTRO_ENTE, argomenti=_sub, prepara=_con_bozza_di_sub),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_sub,
            metodo="post",
            dati={"esito": "respinto", "motivazione": "No."},
            prepara=_sub_in_esame,
        ),
    ],
    "bozze:subemendamento_nuovo": _due(ENTI, _em, _presentato, _SUB),
    "bozze:subemendamento_modifica": _due(SOLO_ALTRO_ENTE, _sub, _con_bozza_di_sub, _SUB),
    "bozze:subemendamento_passo": [
        *_due(SOLO_ALTRO_RAPPRESENTANTE, _passo("presenta_subemendamento"), _con_bozza_di_sub),
        *_due(SOLO_ALTRO_ENTE, _passo("scarta_subemendamento"), _con_bozza_di_sub),
        *_due(SOLO_ALTRO_RAPPRESENTANTE, _passo("ritira_subemendamento"), _con_sub, _PERCHE),
        *_due(SOLO_COORDINATORE, _passo("rimetti_subemendamento"), _sub_deciso, _PERCHE),
    ],
}
