"""Who gets what: approvals, acts, signatures, documents."""

from django.core.files.base import ContentFile

from accordo.approvazione import servizi
from accordo.approvazione.firma_di_prova import firma_p7m
from tests.approvazione.fabbriche import avvia, congelato, di, file_pdf, registra
from tests.matrice.base import (
    ENTE_E_COORDINATORE,
    LETTORI,
    PUBBLICA,
    SOLO_ENTE,
    SOLO_RAPPRESENTANTE,
    Riga,
    come_post,
    slug,
)


def _ente(scena):
    return {"slug": scena.accordo.slug, "ente": scena.ente_a.codice}


def _atto(scena):
    return {**_ente(scena), "pk": di(scena.ente_a).atto.pk}


def _approvato(scena):
    avvia(scena)
    registra(di(scena.ente_a), scena.agente(scena.referente))


def _firmato(scena):
    _approvato(scena)
    approvazione = di(scena.ente_a)
    contenuto = ContentFile(firma_p7m(congelato(approvazione), "Rappresentante Prova"), "firmato.p7m")
    servizi.registra_firma(approvazione, contenuto, da=scena.agente(scena.rappresentante))


def _sottoscritto(scena):
    avvia(scena)
    scena.porta_a("sottoscritto")


def _dati_atto(scena):
    return {
        "organo": "Giunta comunale",
        "tipo": "deliberazione",
        "numero": "3",
        "data_atto": "2026-03-02",
        "versione": di(scena.ente_a).documento.impronta_testo,
        "file": file_pdf(),
    }


def _file_firmato(scena):
    return {
        "file": ContentFile(firma_p7m(congelato(di(scena.ente_a)), "Rappresentante Prova"), "firmato.p7m")
    }


RIGHE = {
    "approvazione:quadro": Riga(LETTORI, argomenti=slug, prepara=avvia),
    "approvazione:quadro_pdf": Riga(LETTORI, argomenti=slug, prepara=avvia),
    "approvazione:ente": Riga(ENTE_E_COORDINATORE, argomenti=_ente, prepara=avvia),
    "approvazione:atto": [
        Riga(SOLO_ENTE, argomenti=_ente, prepara=avvia),
        Riga(come_post(SOLO_ENTE), argomenti=_ente, prepara=avvia, metodo="post", dati=_dati_atto),
    ],
    "approvazione:atto_file": Riga(ENTE_E_COORDINATORE, argomenti=_atto, prepara=_approvato),
    "approvazione:firma": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_ente, prepara=_approvato),
        Riga(
            come_post(SOLO_RAPPRESENTANTE),
            argomenti=_ente,
            prepara=_approvato,
            metodo="post",
            dati=_file_firmato,
        ),
    ],
    "approvazione:firma_file": Riga(ENTE_E_COORDINATORE, argomenti=_ente, prepara=_firmato),
    "approvazione:istruttoria": [
        Riga(SOLO_ENTE, argomenti=_ente, prepara=avvia),
        Riga(come_post(SOLO_ENTE), argomenti=_ente, prepara=avvia, metodo="post", dati={"organo": "Giunta"}),
    ],
    "approvazione:rinvio": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_ente, prepara=avvia),
        Riga(
            come_post(SOLO_RAPPRESENTANTE),
            argomenti=_ente,
            prepara=avvia,
            metodo="post",
            dati={"motivazione": "Manca."},
        ),
    ],
    "approvazione:non_approvazione": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_ente, prepara=avvia),
        Riga(
            come_post(SOLO_RAPPRESENTANTE),
            argomenti=_ente,
            prepara=avvia,
            metodo="post",
            dati={"motivazione": "No."},
        ),
    ],
    "approvazione:documenti": Riga(LETTORI, argomenti=slug, prepara=avvia),
    "approvazione:testo_definitivo": [
        Riga({**LETTORI, "anonimo": 404}, argomenti=slug, prepara=avvia),
        Riga(PUBBLICA, argomenti=slug, prepara=_sottoscritto),
    ],
    "approvazione:versione": Riga(LETTORI, argomenti=lambda s: {**slug(s), "numero": 1}, prepara=avvia),
    "approvazione:verifica": Riga(PUBBLICA, argomenti=slug, prepara=avvia),
}
