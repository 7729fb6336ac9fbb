"""Who gets what: the Akoma Ntoso, answers, letters, the Prefettura's steps, joining and withdrawing, reminders."""

from datetime import date, timedelta

from accordo.approvazione import servizi
from accordo.approvazione.models import Approvazione, Comunicazione, Passaggio
from accordo.approvazione.servizi import Pec
from accordo.base import orologio
from accordo.enti.models import Ente, TipoEnte
from tests.approvazione.fabbriche import avvia, di, file_pdf
from tests.fabbriche import EnteFactory
from tests.matrice.approvazione import _dati_atto, _ente, _sottoscritto
from tests.matrice.base import (
    ENTE_E_COORDINATORE,
    LETTORI,
    PUBBLICA,
    SOLO_COORDINATORE,
    SOLO_RAPPRESENTANTE,
    Riga,
    come_post,
    slug,
)

_PEC = {"pec_protocollo": "2026/77", "pec_data": "2026-03-03"}


def _atto_ricevuto(scena):
    return {**_dati_atto(scena), **_PEC}


def _risposta_ricevuta(scena):
    return {"tipo": "rinvio", "testo": "Così no.", "file": file_pdf(), **_PEC}


def _rinviato(scena):
    avvia(scena)
    servizi.rinvia(di(scena.ente_a), motivazione="Manca.", da=scena.agente(scena.rappresentante))


def _non_approvato(scena):
    avvia(scena)
    servizi.non_approvare(di(scena.ente_a), motivazione="No.", da=scena.agente(scena.rappresentante))


def _con_lettera(scena):
    avvia(scena)
    servizi.registra_ricevuta(
        di(scena.ente_a),
        tipo="rinvio",
        testo="Così no.",
        file=file_pdf(),
        pec=Pec("77", date(2026, 3, 3)),
        da=scena.agente(scena.coordinatore),
    )


def _lettera(scena):
    return {**_ente(scena), "pk": Comunicazione.objects.get().pk}


def _prefettura(scena):
    """The scene's own body is a Prefettura."""
    Ente.objects.filter(pk=scena.ente_a.pk).update(tipo=TipoEnte.PREFETTURA)
    scena.ente_a.refresh_from_db()
    avvia(scena)


def _comitato(scena):
    return {**_ente(scena), "tipo": "comitato"}


def _con_passaggio(scena):
    _prefettura(scena)
    servizi.registra_passaggio(
        di(scena.ente_a),
        tipo="comitato",
        data=date(2026, 3, 1),
        riferimento="Verbale 4",
        file=file_pdf(),
        da=scena.agente(scena.rappresentante),
    )


def _passaggio(scena):
    return {**_ente(scena), "pk": Passaggio.objects.get().pk}


def _firmato_da_tutti(scena):
    _sottoscritto(scena)
    Approvazione.objects.update(stato="firmato")
    EnteFactory(codice="comune-gamma", denominazione="Comune di Gamma", ambito=scena.ambito)


_ATTO_DI_RECESSO = {
    "organo": "Giunta comunale",
    "tipo": "deliberazione",
    "numero": "9",
    "data_atto": "2026-03-02",
    "effetto_dal": "2026-09-02",
    "motivazione": "Non serve più.",
}


def _recesso(scena):
    return {**_ATTO_DI_RECESSO, "file": file_pdf()}


def _receduto(scena):
    _firmato_da_tutti(scena)
    servizi.recedi(
        di(scena.ente_a),
        organo="Giunta",
        tipo="deliberazione",
        numero="9",
        data=date(2026, 3, 2),
        effetto_dal=date(2026, 9, 2),
        file=file_pdf(),
        motivazione="Basta.",
        da=scena.agente(scena.rappresentante),
    )


def _in_ritardo(scena):
    avvia(scena)
    scena.scadenza("approvazione", orologio.oggi() + timedelta(days=1))


def _passo(attesi, prepara, dati, argomenti=_ente):
    """A page with a form and its POST."""
    return [
        Riga(attesi, argomenti=argomenti, prepara=prepara),
        Riga(come_post(attesi), argomenti=argomenti, prepara=prepara, metodo="post", dati=dati),
    ]


RIGHE = {
    "approvazione:riapri": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_rinviato),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=slug,
            prepara=_rinviato,
            metodo="post",
            dati={"motivazione": "Il rilievo è fondato."},
        ),
    ],
    "approvazione:testo_akn": [
        Riga({**LETTORI, "anonimo": 404}, argomenti=slug, prepara=avvia),
        Riga(PUBBLICA, argomenti=slug, prepara=_sottoscritto),
    ],
    **{
        f"approvazione:{nome}": Riga(ENTE_E_COORDINATORE, argomenti=_ente, prepara=avvia)
        for nome in ("dossier", "dossier_zip", "schema_word", "schema_pdf", "contributi_pdf")
    },
    "approvazione:atti_pdf": Riga(LETTORI, argomenti=slug, prepara=avvia),
    "approvazione:atti_csv": Riga(LETTORI, argomenti=slug, prepara=avvia),
    "approvazione:atti_xlsx": Riga(LETTORI, argomenti=slug, prepara=avvia),
    "approvazione:trasparenza": Riga(PUBBLICA, argomenti=slug, prepara=avvia),
    "approvazione:trasparenza_csv": Riga(PUBBLICA, argomenti=slug, prepara=avvia),
    "approvazione:trasparenza_json": Riga(PUBBLICA, argomenti=slug, prepara=avvia),
    "approvazione:versamento": Riga(SOLO_COORDINATORE, argomenti=slug, prepara=avvia),
    "approvazione:atto_ricevuto": _passo(SOLO_COORDINATORE, avvia, _atto_ricevuto),
    "approvazione:risposta_ricevuta": _passo(SOLO_COORDINATORE, avvia, _risposta_ricevuta),
    "approvazione:lettera": Riga(ENTE_E_COORDINATORE, argomenti=_lettera, prepara=_con_lettera),
    "approvazione:risposta": _passo(SOLO_COORDINATORE, _rinviato, {"testo": "Ecco.", "revisione": 1}),
    "approvazione:senza": _passo(SOLO_COORDINATORE, _non_approvato, {"motivazione": "Si va avanti."}),
    "approvazione:passaggio": _passo(
        ENTE_E_COORDINATORE,
        _prefettura,
        {"giorno": "2026-03-01", "riferimento": "Verbale 4"},
        _comitato,
    ),
    "approvazione:passaggio_file": Riga(ENTE_E_COORDINATORE, argomenti=_passaggio, prepara=_con_passaggio),
    "approvazione:recesso": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_ente, prepara=_firmato_da_tutti),
        Riga(
            come_post(SOLO_RAPPRESENTANTE),
            argomenti=_ente,
            prepara=_firmato_da_tutti,
            metodo="post",
            dati=_recesso,
        ),
    ],
    "approvazione:recesso_ricevuto": _passo(
        SOLO_COORDINATORE, _firmato_da_tutti, lambda s: {**_recesso(s), **_PEC}
    ),
    "approvazione:recesso_file": Riga(ENTE_E_COORDINATORE, argomenti=_ente, prepara=_receduto),
    "approvazione:adesione": _passo(
        SOLO_COORDINATORE,
        _firmato_da_tutti,
        lambda s: {"ente": Ente.objects.get(codice="comune-gamma").pk, "motivazione": "Lo chiede."},
        slug,
    ),
    "approvazione:durata": _passo(SOLO_COORDINATORE, avvia, {"durata_mesi": "36"}, slug),
    "approvazione:sollecito": _passo(SOLO_COORDINATORE, _in_ritardo, {}, slug),
}
