"""The matrix of the meetings' routes."""

from datetime import timedelta

from accordo.base import orologio
from focusgroup import servizi
from tests.matrice.base import LETTORI, SOLO_COORDINATORE, Riga, come_post, con, slug


def preparata(scena) -> None:
    scena.porta_a("focus_group")
    [scena.riunione] = servizi.avvia_focus_group(scena.accordo, da=scena.agente(scena.coordinatore))


def convocata(scena) -> None:
    preparata(scena)
    da = scena.agente(scena.coordinatore)
    servizi.fissa_riunione(
        scena.riunione, inizio=orologio.adesso() + timedelta(days=1), luogo="Palazzo Ducale", da=da
    )
    servizi.convoca_riunione(scena.riunione, da=da)


def in_lettura(scena) -> None:
    convocata(scena)
    da = scena.agente(scena.coordinatore)
    with orologio.fermo(orologio.adesso() + timedelta(days=2)):
        servizi.registra_presenze(scena.riunione, [scena.ente_a.pk], da=da)
        servizi.chiudi_riunione(scena.riunione, da=da)
        testi = {p.pk: ("Si è discusso.", p.revisione) for p in scena.riunione.punti.all()}
        servizi.scrivi_verbale(scena.riunione, testi, da=da)
        servizi.pubblica_verbale(scena.riunione, da=da)


def _una(scena):
    return {"slug": scena.accordo.slug, "pk": scena.riunione.pk}


CONVOCATI = con(LETTORI, osservatore=404)
RISPONDONO = con(CONVOCATI, coordinatore=404)
FISSA = {
    "giorno": "2099-01-08",
    "ora": "10:00",
    "durata_minuti": 60,
    "luogo": "Lucca",
    "motivazione": "La sala è più grande.",
    "ordine_del_giorno": "Uno",
}

RIGHE = {
    "focusgroup:riunioni": Riga(LETTORI, argomenti=slug, prepara=convocata),
    "focusgroup:nuova": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=preparata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=slug,
            prepara=preparata,
            metodo="post",
            dati=lambda s: {"ambito": s.ambito.pk},
        ),
    ],
    "focusgroup:riunione": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=preparata),
        Riga(CONVOCATI, argomenti=_una, prepara=convocata),
    ],
    "focusgroup:prepara": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=convocata),
        Riga(come_post(SOLO_COORDINATORE), argomenti=_una, prepara=convocata, metodo="post", dati=FISSA),
    ],
    "focusgroup:rispondi": [
        Riga(RISPONDONO, argomenti=_una, prepara=convocata),
        Riga(
            come_post(RISPONDONO),
            argomenti=_una,
            prepara=convocata,
            metodo="post",
            dati={"risposta": "accettata", "partecipante": "Anna Prova"},
        ),
    ],
    "focusgroup:verbale": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=convocata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=convocata,
            metodo="post",
            dati=lambda s: {f"revisione_{p.pk}": 0 for p in s.riunione.punti.all()},
        ),
    ],
    "focusgroup:verbale_pdf": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=convocata),
        Riga(CONVOCATI, argomenti=_una, prepara=in_lettura),
    ],
    "focusgroup:ics": Riga(CONVOCATI, argomenti=_una, prepara=convocata),
    "focusgroup:nuovo_rilievo": [
        Riga(SOLO_COORDINATORE, argomenti=_una, prepara=convocata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_una,
            prepara=convocata,
            metodo="post",
            dati=lambda s: {
                "tipo": "forza",
                "testo": "Le polizie locali associate lavorano già bene insieme.",
                "ambito": s.ambito.pk,
                "obiettivi": [s.accordo.obiettivi.get(codice="1").pk],
            },
        ),
    ],
    "focusgroup:passo": [
        Riga(SOLO_COORDINATORE, argomenti=lambda s: _una(s) | {"verbo": "annulla"}, prepara=convocata),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=lambda s: _una(s) | {"verbo": "annulla"},
            prepara=convocata,
            metodo="post",
            dati={"motivazione": "Neve."},
        ),
    ],
}
