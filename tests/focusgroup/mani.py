"""A meeting brought to any of its states, for the tests of attendance, minutes, corrections and points."""

from datetime import timedelta

from accordo.base import orologio
from focusgroup import servizi
from focusgroup.models import Riunione


def domani():
    return orologio.adesso() + timedelta(days=1)


def convocata(scena) -> Riunione:
    scena.porta_a("focus_group")
    da = scena.agente(scena.coordinatore)
    [riunione] = servizi.avvia_focus_group(scena.accordo, da=da)
    servizi.fissa_riunione(riunione, inizio=domani(), luogo="Palazzo Ducale", da=da)
    servizi.convoca_riunione(riunione, da=da)
    return riunione


def svolta(scena) -> Riunione:
    riunione, da = convocata(scena), scena.agente(scena.coordinatore)
    with orologio.fermo(domani() + timedelta(hours=3)):
        servizi.registra_presenze(riunione, [scena.ente_a.pk], da=da)
        servizi.chiudi_riunione(riunione, da=da)
    return riunione


def in_lettura(scena) -> Riunione:
    riunione, da = svolta(scena), scena.agente(scena.coordinatore)
    testi = {p.pk: (f"Si è parlato di {p.titolo}.", p.revisione) for p in riunione.punti.all()}
    assert servizi.scrivi_verbale(riunione, testi, da=da) == []
    servizi.pubblica_verbale(riunione, da=da)
    return riunione
