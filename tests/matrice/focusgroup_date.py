"""Rows of the permissions matrix of the routes about finding a date and about who comes."""

from datetime import UTC, time, timedelta

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from accordo.base import orologio
from focusgroup import indirizzo, servizi
from focusgroup.forms.riunione import momento
from focusgroup.sovrapposizioni import Periodo, impronta_periodi
from tests.matrice.base import (
    AUTENTICATI,
    LETTORI,
    PUBBLICA,
    SOLO_COORDINATORE,
    SOLO_ENTE,
    Riga,
    come_post,
    con,
)
from tests.matrice.focusgroup import _una, convocata, preparata


def proposto(scena) -> None:
    """Two dates, ten and eleven days from now, at ten: nobody has been asked yet."""
    preparata(scena)
    da = scena.agente(scena.coordinatore)
    scena.sondaggio = servizi.prepara_sondaggio(scena.riunione, da=da)
    scena.opzioni = [
        servizi.proponi_data(
            scena.sondaggio,
            inizio=localtime(orologio.adesso() + timedelta(days=giorni)).replace(
                hour=10, minute=0, second=0, microsecond=0
            ),
            luogo="Palazzo Ducale",
            da=da,
        )
        for giorni in (10, 11)
    ]


def aperto(scena) -> None:
    proposto(scena)
    servizi.apri_sondaggio(
        scena.sondaggio,
        scadenza=orologio.adesso() + timedelta(days=5),
        da=scena.agente(scena.coordinatore),
    )


def _opzione(scena):
    return _una(scena) | {"opzione": scena.opzioni[0].pk}


def _confermo() -> str:
    """What the coordinator confirms, should that day be a holiday."""
    inizio = momento(localtime(orologio.adesso() + timedelta(days=15)).date(), time(10))
    return impronta_periodi([Periodo(inizio, inizio + timedelta(minutes=90))])


def _fra(giorni: int) -> str:
    return localtime(orologio.adesso() + timedelta(days=giorni)).date().isoformat()


INVITATI = con(LETTORI, osservatore=404)
RISPONDONO = con(INVITATI, coordinatore=404)


def tutti_si(scena):
    return {f"data_{o.pk}": "si" for o in scena.opzioni} | {"revisione": 0}


def _coordinatore(prepara, dati=None, argomenti=_una):
    righe = [Riga(SOLO_COORDINATORE, argomenti=argomenti, prepara=prepara)]
    if dati is not None:
        righe.append(
            Riga(come_post(SOLO_COORDINATORE), argomenti=argomenti, prepara=prepara, metodo="post", dati=dati)
        )
    return righe


def aperto_da_due_giorni(scena) -> None:
    with orologio.fermo(orologio.adesso() - timedelta(days=2)):
        aperto(scena)


def risposta_ics(scena) -> bytes:
    """What a mayor's calendar sends back."""
    righe = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Prova//IT",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{scena.riunione.uid}@accordo",
        f"SEQUENCE:{scena.riunione.sequenza}",
        f"DTSTAMP:{orologio.adesso().astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:MAILTO:{scena.rappresentante.email}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(righe).encode()


def con_indirizzo(scena) -> None:
    convocata(scena)
    scena.gettone = indirizzo.gettone(servizi.rinnova_indirizzo(scena.referente))


def con_delega(scena) -> None:
    convocata(scena)
    convocazione = scena.riunione.convocazioni.get(ente=scena.ente_a)
    chi = servizi.DatiPartecipante(
        nome="Ada Assessora",
        titolo="delegato",
        atto="Decreto 1/2026",
        atto_file=ContentFile(b"%PDF-1.7 prova", name="delega.pdf"),
    )
    servizi.rispondi_convocazione(convocazione, "accettata", chi=chi, da=scena.agente(scena.rappresentante))


RIGHE = {
    "focusgroup:date": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=preparata),
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=proposto),
        Riga(INVITATI, argomenti=_una, prepara=aperto),
    ],
    "focusgroup:date_nuova": _coordinatore(
        preparata,
        lambda s: {"giorno": _fra(9), "ora": "10:00", "durata_minuti": 90, "luogo": "Lucca"},
    ),
    "focusgroup:date_aggiungi": _coordinatore(
        aperto,
        lambda s: {
            "giorno": _fra(15),
            "ora": "10:00",
            "durata_minuti": 90,
            "luogo": "Lucca",
            "confermo": _confermo(),
        },
    ),
    "focusgroup:date_togli": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_opzione, prepara=proposto, metodo="post"
    ),
    "focusgroup:date_apri": _coordinatore(proposto, lambda s: {"giorno": _fra(4), "ora": "18:00"}),
    "focusgroup:date_rispondi": [
        Riga(RISPONDONO, argomenti=_una, prepara=aperto),
        Riga(come_post(RISPONDONO), argomenti=_una, prepara=aperto, metodo="post", dati=tutti_si),
    ],
    "focusgroup:date_ricorda": _coordinatore(aperto_da_due_giorni, {}),
    "focusgroup:date_proroga": _coordinatore(
        aperto, lambda s: {"giorno": _fra(7), "ora": "18:00", "motivazione": "Le ferie."}
    ),
    "focusgroup:date_ritira": _coordinatore(aperto, {"motivazione": "Altre date."}),
    "focusgroup:date_fissa": _coordinatore(aperto, {}, _opzione),
    "focusgroup:mio_calendario": Riga(con(AUTENTICATI, senza_incarico=404)),
    "focusgroup:rinnova_calendario": Riga(come_post(con(AUTENTICATI, senza_incarico=404)), metodo="post"),
    "focusgroup:agenda": [
        Riga(PUBBLICA, argomenti=lambda s: {"gettone": s.gettone}, prepara=con_indirizzo),
        Riga(dict.fromkeys(PUBBLICA, 404), argomenti=lambda s: {"gettone": "a.b"}, prepara=convocata),
    ],
    "focusgroup:carica_risposta": _coordinatore(
        convocata, lambda s: {"file": SimpleUploadedFile("risposta.ics", risposta_ics(s))}
    ),
    "focusgroup:convocati": _coordinatore(convocata, {}),
    "focusgroup:atto_delega": Riga(
        con(SOLO_ENTE, coordinatore=200),
        argomenti=lambda s: _una(s) | {"ente": s.ente_a.codice},
        prepara=con_delega,
    ),
}
