"""The matrix of agenda, attendance, minutes, corrections, points and files."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accordo.base import orologio
from focusgroup import servizi
from tests.matrice.base import ENTE, SOLO_COORDINATORE, SOLO_ENTE, Riga, come_post, con
from tests.matrice.focusgroup import CONVOCATI, convocata, in_lettura, preparata
from tests.rilievi.fabbriche import RilievoFactory


def _una(scena):
    return {"slug": scena.accordo.slug, "pk": scena.riunione.pk}


def _punto(scena):
    return _una(scena) | {"punto": scena.riunione.punti.first().pk}


def _convocazione(scena):
    return _una(scena) | {"convocazione": scena.riunione.convocazioni.get(ente=scena.ente_a).pk}


def svolta(scena) -> None:
    convocata(scena)
    da = scena.agente(scena.coordinatore)
    with orologio.fermo(orologio.adesso() + timedelta(days=2)):
        servizi.registra_presenze(scena.riunione, [scena.ente_a.pk], da=da)
        servizi.chiudi_riunione(scena.riunione, da=da)


def con_intervento(scena) -> None:
    svolta(scena)
    punto = scena.riunione.punti.first()
    scena.intervento = servizi.aggiungi_intervento(punto, "Detto.", da=scena.agente(scena.coordinatore))


def con_correzione(scena) -> None:
    in_lettura(scena)
    punto = scena.riunione.punti.first()
    scena.correzione = servizi.chiedi_correzione(punto, "Non così.", da=scena.agente(scena.rappresentante))


def _correzione(scena):
    return _una(scena) | {"correzione": scena.correzione.pk}


def con_punti(scena) -> None:
    convocata(scena)
    scena.rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, numero=1)
    da = scena.agente(scena.coordinatore)
    scena.priorita = servizi.apri_priorita(scena.riunione, 5, da=da)
    servizi.dai_punti(scena.priorita, scena.ente_b, {scena.rilievo.pk: 1}, da=da)


def concordata(scena) -> None:
    con_punti(scena)
    servizi.concorda(scena.priorita, "Così.", da=scena.agente(scena.coordinatore))


def con_allegato(scena) -> None:
    in_lettura(scena)
    file = SimpleUploadedFile("nota.pdf", b"%PDF-1.4 nota")
    scena.allegato = servizi.allega(
        scena.riunione, file, genere="documento", da=scena.agente(scena.coordinatore)
    )


def _allegato(scena):
    return _una(scena) | {"allegato": scena.allegato.pk}


def _di_alfa(scena):
    return _una(scena) | {"ente": scena.ente_a.codice}


DEL_COORDINATORE_O_SUE = con(SOLO_COORDINATORE, **dict.fromkeys(ENTE, 200))
CORREGGONO = come_post(con(SOLO_ENTE, coordinatore=404))

RIGHE = {
    "focusgroup:ordine": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=preparata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=convocata,
            metodo="post",
            dati={"titolo": "Un punto"},
        ),
    ],
    "focusgroup:ordine_proponi": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_una, prepara=convocata, metodo="post"
    ),
    "focusgroup:ordine_punto": [
        Riga(SOLO_COORDINATORE, argomenti=_punto, prepara=convocata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_punto,
            prepara=convocata,
            metodo="post",
            dati={"titolo": "Detto meglio"},
        ),
    ],
    "focusgroup:ordine_sposta": Riga(
        come_post(SOLO_COORDINATORE),
        argomenti=_punto,
        prepara=convocata,
        metodo="post",
        dati={"verso": "giu"},
    ),
    "focusgroup:ordine_togli": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_punto, prepara=convocata, metodo="post"
    ),
    "focusgroup:dossier": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=preparata),
        Riga(CONVOCATI, argomenti=_una, prepara=convocata),
    ],
    "focusgroup:presenze": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=convocata),
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=svolta),
    ],
    "focusgroup:presenza": [
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_convocazione,
            prepara=convocata,
            metodo="post",
            dati={"azione": "chi", "nome": "Anna Rossi"},
        ),
        Riga(
            SOLO_COORDINATORE,
            argomenti=_convocazione,
            prepara=convocata,
            metodo="post",
            dati={"azione": "chi", "nome": "Anna Rossi"},
            htmx=True,
        ),
    ],
    "focusgroup:foglio_firme": Riga(SOLO_COORDINATORE, argomenti=_una, prepara=convocata),
    "focusgroup:verbale_punto": [
        Riga(
            SOLO_COORDINATORE,
            argomenti=_punto,
            prepara=svolta,
            metodo="post",
            htmx=True,
            dati=lambda s: {f"revisione_{s.riunione.punti.first().pk}": 0},
        ),
        Riga(come_post(SOLO_COORDINATORE), argomenti=_punto, prepara=svolta, metodo="post"),
    ],
    "focusgroup:storia_punto": Riga(SOLO_COORDINATORE, argomenti=_punto, prepara=in_lettura),
    "focusgroup:intervento": [
        Riga(SOLO_COORDINATORE, argomenti=_punto, prepara=svolta),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_punto,
            prepara=svolta,
            metodo="post",
            dati={"testo": "Detto."},
        ),
    ],
    "focusgroup:intervento_togli": Riga(
        come_post(SOLO_COORDINATORE),
        argomenti=lambda s: _una(s) | {"intervento": s.intervento.pk},
        prepara=con_intervento,
        metodo="post",
    ),
    "focusgroup:pubblica_verbale": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=svolta),
        Riga(
            SOLO_COORDINATORE,  # the minutes are not written: the page says what is missing
            argomenti=_una,
            prepara=svolta,
            metodo="post",
            dati={"entro": "2099-01-01"},
        ),
    ],
    "focusgroup:versioni": Riga(CONVOCATI, argomenti=_una, prepara=in_lettura),
    "focusgroup:correzioni": [
        Riga(CONVOCATI, argomenti=_una, prepara=in_lettura),
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=svolta),
        Riga(
            CORREGGONO,
            argomenti=_una,
            prepara=in_lettura,
            metodo="post",
            dati=lambda s: {"punto": s.riunione.punti.first().pk, "testo": "Non così."},
        ),
    ],
    "focusgroup:correzione": [
        Riga(SOLO_COORDINATORE, argomenti=_correzione, prepara=con_correzione),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_correzione,
            prepara=con_correzione,
            metodo="post",
            dati={"esito": "non_accolta", "risposta": "È stato detto così.", "vista": 1},
        ),
    ],
    "focusgroup:ritira_correzione": Riga(
        CORREGGONO, argomenti=_correzione, prepara=con_correzione, metodo="post"
    ),
    "focusgroup:termine_correzioni": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=in_lettura),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=in_lettura,
            metodo="post",
            dati={"entro": "2099-01-01", "motivazione": "Ferie."},
        ),
    ],
    "focusgroup:priorita": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=convocata),
        Riga(CONVOCATI, argomenti=_una, prepara=con_punti),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=con_punti,
            metodo="post",
            dati={"punti_per_ente": 7},
        ),
    ],
    "focusgroup:punti_ente": [
        Riga(DEL_COORDINATORE_O_SUE, argomenti=_di_alfa, prepara=con_punti),
        Riga(
            come_post(DEL_COORDINATORE_O_SUE),
            argomenti=_di_alfa,
            prepara=con_punti,
            metodo="post",
            dati=lambda s: {f"punti_{s.rilievo.pk}": 2},
        ),
    ],
    "focusgroup:concorda": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=con_punti),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=con_punti,
            metodo="post",
            dati={"nota": "Così."},
        ),
    ],
    "focusgroup:riapri_priorita": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=concordata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=concordata,
            metodo="post",
            dati={"motivazione": "Un altro giro."},
        ),
    ],
    "focusgroup:allega": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=svolta),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=svolta,
            metodo="post",
            dati=lambda s: {
                "genere": "documento",
                "file": SimpleUploadedFile("nota.pdf", b"%PDF-1.4 nota"),
            },
        ),
    ],
    "focusgroup:allegato": Riga(CONVOCATI, argomenti=_allegato, prepara=con_allegato),
    "focusgroup:togli_allegato": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_allegato, prepara=con_allegato, metodo="post"
    ),
}
