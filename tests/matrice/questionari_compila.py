"""Who may open what of answering: presence, sections handed to colleagues."""

from __future__ import annotations

from typing import Any

from tests.matrice.base import (
    ENTI,
    LETTORI,
    SOLO_COORDINATORE,
    SOLO_ENTE,
    SOLO_REFERENTE,
    Riga,
    come_post,
    con,
    slug,
)
from tests.matrice.questionari import _aperto, _argomenti, _con_risposta

AFFIDATARIO = {"senza_incarico": 200}
"""In these rows the person without any role of their own has been handed section S2 of Comune di Alfa."""


def _affidata(scena: Any) -> None:
    from questionari import servizi
    from tests.questionari import fabbriche

    _aperto(scena)
    scena.compilazione = fabbriche.completa(scena)
    scena.affidamento = servizi.affida_sezione(
        scena.compilazione,
        scena.compilazione.questionario.struttura.sezioni[1],
        servizi.Collega(nome="Senza", cognome="Incarico", email=scena.senza_incarico.email),
        da=scena.agente(scena.referente),
    )


def _revocata(scena: Any) -> None:
    from questionari import servizi

    _affidata(scena)
    servizi.revoca_affidamento(scena.affidamento, da=scena.agente(scena.referente))


def _due_invii(scena: Any) -> None:
    from tests.questionari import fabbriche

    _aperto(scena)
    fabbriche.inviata(scena)
    fabbriche.invia_di_nuovo(scena, {"D06": "alto"})


DELLA_SEZIONE = con(SOLO_REFERENTE, referente_altro=200)

RIGHE = {
    "questionari:presenze": [
        Riga(DELLA_SEZIONE, argomenti=_argomenti(codice="S2"), metodo="post", prepara=_aperto),
        Riga(
            con(DELLA_SEZIONE, **AFFIDATARIO),
            argomenti=_argomenti(codice="S2"),
            metodo="post",
            prepara=_affidata,
        ),
        Riga(DELLA_SEZIONE, argomenti=_argomenti(codice="S3"), metodo="post", prepara=_affidata),
        Riga(DELLA_SEZIONE, argomenti=_argomenti(codice="S2"), metodo="post", prepara=_revocata),
    ],
    "questionari:colleghi": [
        Riga(DELLA_SEZIONE, argomenti=slug, prepara=_aperto),
        Riga(
            come_post(DELLA_SEZIONE),
            argomenti=slug,
            metodo="post",
            dati={"sezione": "S3", "nome": "Ada", "cognome": "Bo", "email": "ada.bo@example.invalid"},
            prepara=_aperto,
        ),
    ],
    "questionari:revoca_affidamento": [
        Riga(SOLO_REFERENTE, argomenti=lambda s: slug(s) | {"pk": s.affidamento.pk}, prepara=_affidata),
        Riga(
            come_post(SOLO_REFERENTE),
            argomenti=lambda s: slug(s) | {"pk": s.affidamento.pk},
            metodo="post",
            prepara=_affidata,
        ),
    ],
    "questionari:risposte_pdf": Riga(ENTI, argomenti=slug, prepara=_con_risposta),
    "questionari:bianco_pdf": Riga(LETTORI, argomenti=slug, prepara=_aperto),
    "questionari:cambiamenti": Riga(SOLO_ENTE, argomenti=slug, prepara=_due_invii),
    "questionari:cambiamenti_ente": Riga(
        SOLO_COORDINATORE, argomenti=_argomenti(ente="comune-alfa"), prepara=_due_invii
    ),
    "questionari:affidate": Riga(con(SOLO_REFERENTE, referente=404, senza_incarico=200), prepara=_affidata),
}
