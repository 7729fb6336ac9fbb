"""Who may open what of the results."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from tests.matrice.base import (
    LETTORI,
    PARTECIPANTI,
    SOLO_COORDINATORE,
    Riga,
    come_post,
    con,
    slug,
)
from tests.matrice.questionari import _inviata


def _in_restituzione(scena: Any) -> None:
    from questionari import servizi

    _inviata(scena)
    scena.porta_a("restituzione")
    servizi.avvia_restituzione(scena.accordo, da=scena.agente(scena.coordinatore))


def _pubblicati(scena: Any) -> None:
    from questionari import servizi

    _in_restituzione(scena)
    with patch("questionari.relazione.stampa", return_value=b"%PDF-1.7 di prova"):
        servizi.pubblica_restituzione(scena.accordo, da=scena.agente(scena.coordinatore))


def _con_passo(scena: Any) -> None:
    from questionari import servizi
    from questionari.models import TestoRisposta

    _pubblicati(scena)
    scena.testo = TestoRisposta.objects.select_related("scheda__invio").get(domanda="D16")
    scena.passo = servizi.segna_passo(
        scena.testo, "Luce", "prova", accordo=scena.accordo, da=scena.agente(scena.coordinatore)
    )


def _argomenti(**altri: Any) -> Any:
    return lambda s: {"slug": s.accordo.slug} | altri


def _del_passo(scena: Any) -> dict[str, Any]:
    return {"slug": scena.accordo.slug, "pk": scena.passo.pk}


DELL_ENTE = con(SOLO_COORDINATORE, referente=200, rappresentante=200)

RIGHE = {
    "questionari:esiti": [
        Riga(LETTORI, argomenti=slug, prepara=_in_restituzione),
        Riga(LETTORI, argomenti=slug, prepara=_pubblicati),
    ],
    "questionari:esiti_sezione": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(codice="S1"), prepara=_in_restituzione),
        Riga(LETTORI, argomenti=_argomenti(codice="S1"), prepara=_pubblicati),
    ],
    "questionari:pubblica": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_in_restituzione),
        Riga(come_post(SOLO_COORDINATORE), argomenti=slug, metodo="post", prepara=_in_restituzione),
    ],
    "questionari:segna_letti": Riga(
        con(come_post(PARTECIPANTI), coordinatore=404, osservatore=302),
        argomenti=slug,
        metodo="post",
        prepara=_pubblicati,
    ),
    "questionari:esiti_incrocio": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_in_restituzione),
        Riga(LETTORI, argomenti=slug, query="righe=D06:&colonne=D34:", prepara=_pubblicati),
        Riga(LETTORI, argomenti=slug, query="vista=segreteria&righe=D17:&colonne=D34:", prepara=_pubblicati),
    ],
    "questionari:esiti_punti": [
        Riga(LETTORI, argomenti=slug, prepara=_pubblicati),
        Riga(
            # a datum that is not there (any more) is told so
            con(SOLO_COORDINATORE, coordinatore=409),
            argomenti=slug,
            metodo="post",
            dati={"ambito": "Altrove", "giudizio": "D01:spaccio:forza"},
            prepara=_pubblicati,
        ),
    ],
    "questionari:esiti_testi": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_in_restituzione),
        Riga(LETTORI, argomenti=slug, query="cerca=prova", prepara=_con_passo),
    ],
    "questionari:segna_passo": Riga(
        come_post(SOLO_COORDINATORE),
        argomenti=slug,
        metodo="post",
        dati=lambda s: {"testo": s.testo.pk, "tema": "Strade", "citazione": "numero"},
        prepara=_con_passo,
    ),
    "questionari:togli_passo": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_del_passo, metodo="post", prepara=_con_passo
    ),
    "questionari:rilievo_da_passo": [
        Riga(SOLO_COORDINATORE, argomenti=_del_passo, prepara=_con_passo),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_del_passo,
            metodo="post",
            dati={"tipo": "forza", "testo": "Un testo di prova"},
            prepara=_con_passo,
        ),
    ],
    "questionari:esiti_ente": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(ente="comune-alfa"), prepara=_in_restituzione),
        Riga(DELL_ENTE, argomenti=_argomenti(ente="comune-alfa"), prepara=_pubblicati),
    ],
    "questionari:esiti_ente_pdf": Riga(
        DELL_ENTE, argomenti=_argomenti(ente="comune-alfa"), prepara=_pubblicati
    ),
    "questionari:relazione": [
        Riga(LETTORI, argomenti=slug, prepara=_pubblicati),
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_in_restituzione),
    ],
    "questionari:regole_solleciti": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_inviata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=slug,
            metodo="post",
            dati={"ogni": "3", "al_massimo": "4"},
            prepara=_inviata,
        ),
    ],
    "questionari:esiti_dati": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(formato="csv"), prepara=_in_restituzione),
        Riga(LETTORI, argomenti=_argomenti(formato="xlsx"), prepara=_pubblicati),
        Riga(LETTORI, argomenti=_argomenti(formato="risposte.csv"), prepara=_pubblicati),
        Riga(
            con(SOLO_COORDINATORE, coordinatore=404), argomenti=_argomenti(formato="exe"), prepara=_pubblicati
        ),
    ],
}
