"""Who may write the questionnaire, try it, and correct it once it is open: who leads the accord, and nobody else."""

from __future__ import annotations

from typing import Any

from tests.matrice.base import SOLO_COORDINATORE, Riga, come_post, slug


def _bozza(scena: Any) -> None:
    from questionari import servizi
    from tests.questionari.strategie import DATI

    servizi.carica_questionario(scena.accordo, DATI)


def _aperto(scena: Any) -> None:
    from tests.questionari import fabbriche

    fabbriche.apri(scena)


def _correzione(scena: Any) -> None:
    from questionari import modifiche, servizi

    _aperto(scena)
    chi = scena.agente(scena.coordinatore)
    servizi.correggi(scena.accordo, da=chi)
    servizi.modifica(
        scena.accordo,
        modifiche.intestazione("Questionario corretto", ""),
        da=chi,
        parte="intestazione",
        che_cosa="cambia",
    )


def _argomenti(**altri: Any) -> Any:
    return lambda s: {"slug": s.accordo.slug} | altri


def _letta(quale: str) -> Any:
    """What the page sends back to say what it showed."""

    def dati(scena: Any) -> dict[str, str]:
        from questionari.interrogazioni import bozza_di
        from questionari.servizi import redazione

        struttura = bozza_di(scena.accordo).struttura
        return {"letta": redazione.vista_domanda(struttura, quale)}

    return dati


def _post(**opzioni: Any) -> Riga:
    return Riga(come_post(SOLO_COORDINATORE), metodo="post", **opzioni)


SEZIONE = {"titolo": "Altre domande", "descrizione": "", "nuovo": "S99"}
DOMANDA = {
    "tipo": "testo",
    "testo": "Che altro?",
    "sezione": "S1",
    "riservatezza": "aggregata",
    "nuovo": "D99",
}

RIGHE = {
    "questionari:modifica": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_bozza),
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_correzione),
    ],
    "questionari:comincia": _post(argomenti=slug, dati={"titolo": "Un questionario"}),
    "questionari:modifica_titolo": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_bozza),
        _post(argomenti=slug, dati={"titolo": "Un altro titolo"}, prepara=_bozza),
    ],
    "questionari:sposta": _post(argomenti=slug, dati={"che": "domanda:D02:su"}, prepara=_bozza),
    "questionari:controlli": Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_bozza),
    "questionari:prova": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_bozza),
        Riga(SOLO_COORDINATORE, argomenti=slug, metodo="post", dati={"D10": "si"}, prepara=_aperto),
    ],
    "questionari:nuova_sezione": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_bozza),
        _post(argomenti=slug, dati=SEZIONE, prepara=_bozza),
    ],
    "questionari:modifica_sezione": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(codice="S1"), prepara=_bozza),
        Riga(
            SOLO_COORDINATORE | {"coordinatore": 409},  # it was changed since the page was read
            argomenti=_argomenti(codice="S1"),
            metodo="post",
            dati=SEZIONE | {"letta": "vecchia"},
            prepara=_bozza,
        ),
    ],
    "questionari:elimina_sezione": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(codice="S6"), prepara=_bozza),
        _post(argomenti=_argomenti(codice="S6"), prepara=_bozza),
    ],
    "questionari:nuova_domanda": [
        Riga(SOLO_COORDINATORE, argomenti=slug, query="sezione=S1&tipo=matrice", prepara=_bozza),
        Riga(SOLO_COORDINATORE, argomenti=slug, query="sezione=S2&tipo=multipla", prepara=_bozza),
        _post(argomenti=slug, dati=DOMANDA, prepara=_bozza),
    ],
    "questionari:modifica_domanda": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(codice="D11"), prepara=_bozza),
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(codice="D01"), prepara=_bozza),
        Riga(
            SOLO_COORDINATORE | {"coordinatore": 409},
            argomenti=_argomenti(codice="D11"),
            metodo="post",
            dati=DOMANDA | {"letta": "vecchia"},
            prepara=_bozza,
        ),
    ],
    "questionari:duplica_domanda": _post(argomenti=_argomenti(codice="D11"), prepara=_bozza),
    "questionari:elimina_domanda": [
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(codice="D10"), prepara=_bozza),
        Riga(SOLO_COORDINATORE, argomenti=_argomenti(codice="D11"), prepara=_bozza),
        _post(argomenti=_argomenti(codice="D11"), dati=_letta("D11"), prepara=_bozza),
    ],
    "questionari:correggi": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_aperto),
        _post(argomenti=slug, prepara=_aperto),
    ],
    "questionari:scarta_correzione": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_correzione),
        _post(argomenti=slug, prepara=_correzione),
    ],
    "questionari:apri_correzione": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_correzione),
        _post(argomenti=slug, dati={"motivazione": "Il titolo era sbagliato."}, prepara=_correzione),
    ],
}
