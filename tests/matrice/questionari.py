"""Who may open what of the survey and its results."""

from __future__ import annotations

from typing import Any

from tests.matrice.base import (
    ALTRO_ENTE,
    ENTI,
    LETTORI,
    PUBBLICA,
    SOLO_COORDINATORE,
    SOLO_ENTE,
    SOLO_RAPPRESENTANTE,
    SOLO_REFERENTE,
    Riga,
    come_post,
    con,
    slug,
)

DEI_DUE = con(ENTI, **dict.fromkeys(ALTRO_ENTE, 404))


def _aperto(scena: Any) -> None:
    from tests.questionari import fabbriche

    fabbriche.apri(scena)


def _con_risposta(scena: Any) -> None:
    from tests.questionari import fabbriche

    _aperto(scena)
    fabbriche.completa(scena)


def _in_convalida(scena: Any) -> None:
    from tests.questionari import fabbriche

    _aperto(scena)
    fabbriche.in_convalida(scena)


def _inviata(scena: Any) -> None:
    from tests.questionari import fabbriche

    _aperto(scena)
    fabbriche.inviata(scena)


def _con_allegato(scena: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from questionari import servizi
    from tests.questionari import fabbriche

    _con_risposta(scena)
    scena.allegato = servizi.allega(
        fabbriche.compilazione(scena),
        "D11",
        SimpleUploadedFile("rapporto.pdf", b"%PDF-1.7"),
        da=scena.agente(scena.referente),
    )


def _argomenti(**altri: Any) -> Any:
    return lambda s: {"slug": s.accordo.slug} | altri


RIGHE = {
    "questionari:questionario": [
        Riga(LETTORI, argomenti=slug),
        Riga(LETTORI, argomenti=slug, prepara=_aperto),
    ],
    "questionari:anteprima": Riga(LETTORI, argomenti=slug, prepara=_aperto),
    "questionari:sezione": [
        # who does not write the answers is sent to the summary
        Riga(
            con(ENTI, rappresentante=302, rappresentante_altro=302),
            argomenti=_argomenti(codice="S1"),
            prepara=_aperto,
        ),
        Riga(
            con(ENTI, referente=302, rappresentante=302, referente_altro=302, rappresentante_altro=302),
            argomenti=_argomenti(codice="S1"),
            metodo="post",
            prepara=_aperto,
        ),
    ],
    "questionari:domanda": [
        Riga(  # without htmx one is sent to the question on its page
            con(come_post(SOLO_REFERENTE), referente_altro=302),
            argomenti=_argomenti(codice="S2", domanda="D06"),
            prepara=_aperto,
        ),
        Riga(
            con(SOLO_REFERENTE, referente_altro=200),
            argomenti=_argomenti(codice="S2", domanda="D06"),
            prepara=_aperto,
            htmx=True,
        ),
        Riga(
            con(come_post(SOLO_REFERENTE), referente_altro=302),
            argomenti=_argomenti(codice="S2", domanda="D06"),
            metodo="post",
            dati={"D06-rev": "0", "D06": "alto"},
            prepara=_aperto,
        ),
    ],
    "questionari:storia": Riga(ENTI, argomenti=_argomenti(domanda="D06"), prepara=_con_risposta),
    "questionari:riepilogo": Riga(ENTI, argomenti=slug, prepara=_con_risposta),
    "questionari:invia_alla_convalida": [
        Riga(con(SOLO_REFERENTE, referente_altro=200), argomenti=slug, prepara=_con_risposta),
        Riga(
            # the other body has answered nothing yet: its referente is told what is missing
            con(come_post(SOLO_REFERENTE), referente_altro=409),
            argomenti=slug,
            metodo="post",
            prepara=_con_risposta,
        ),
    ],
    "questionari:rimanda": [
        Riga(con(SOLO_RAPPRESENTANTE, rappresentante_altro=200), argomenti=slug, prepara=_in_convalida),
        Riga(
            con(come_post(SOLO_RAPPRESENTANTE), rappresentante_altro=409),
            argomenti=slug,
            metodo="post",
            dati={"motivazione": "Da rivedere."},
            prepara=_in_convalida,
        ),
    ],
    "questionari:convalida": [
        Riga(con(SOLO_RAPPRESENTANTE, rappresentante_altro=200), argomenti=slug, prepara=_in_convalida),
        Riga(
            con(come_post(SOLO_RAPPRESENTANTE), rappresentante_altro=409),
            argomenti=slug,
            metodo="post",
            prepara=_in_convalida,
        ),
    ],
    "questionari:ricevuta": Riga(DEI_DUE, argomenti=slug, prepara=_inviata),
    "questionari:ricevuta_pdf": Riga(SOLO_ENTE, argomenti=_argomenti(numero=1), prepara=_inviata),
    "questionari:ricevuta_dati": Riga(SOLO_ENTE, argomenti=_argomenti(numero=1), prepara=_inviata),
    "questionari:verifica": Riga(PUBBLICA, argomenti=slug, prepara=_aperto),
    "questionari:allegato": Riga(
        con(SOLO_ENTE, coordinatore=200),
        argomenti=lambda s: {"slug": s.accordo.slug, "pk": s.allegato.pk},
        prepara=_con_allegato,
    ),
    "questionari:sollecita": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_aperto),
        Riga(come_post(SOLO_COORDINATORE), argomenti=slug, metodo="post", prepara=_aperto),
    ],
    "questionari:ente": Riga(SOLO_COORDINATORE, argomenti=_argomenti(ente="comune-alfa"), prepara=_inviata),
    "questionari:riapri": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(ente="comune-alfa"), prepara=_inviata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_argomenti(ente="comune-alfa"),
            metodo="post",
            dati={"motivazione": "Lo chiede l'ente."},
            prepara=_inviata,
        ),
    ],
}
