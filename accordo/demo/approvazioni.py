"""What else happens in phase 8 of the demo: remarks and an answer, the Prefettura's steps, the duration, a body that joins."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from accordo.approvazione import servizi
from accordo.approvazione.models import Approvazione
from accordo.base import orologio
from accordo.demo.cammino import Evento
from accordo.demo.mondo import Mondo
from accordo.demo.tempi import Tempi
from accordo.enti.models import Ente, TipoEnte
from accordo.iter.models import Accordo

RINVIA = "comune-barga"
PER_PEC = "comune-vagli-sotto"
DURATA_MESI = 36
OSSERVAZIONI = "La Giunta chiede come si conciliano i turni del servizio associato con quelli già fissati dall'Unione per l'estate."
RISPOSTA = (
    "I turni già fissati restano validi per quest'anno: il testo lascia all'Unione l'organizzazione del servizio. Non serve "
    "cambiare l'articolo."
)
MOTIVO_ADESIONE = "L'ente ha chiesto di aderire con una propria nota, dopo la firma di tutti."


Passi = tuple[Callable[[Approvazione, int], None], ...]
"""What a body does with its approval, one step after the other: its act, its signature."""


def incontri_della_fase(righe: Mapping[str, Approvazione], mondo: Mondo, tempi: Tempi) -> list[Evento]:
    """Return the further events of phase 8, at times that fit with the usual steps of the same bodies."""
    eventi: list[Evento] = []
    accordo = next(iter(righe.values())).accordo if righe else None
    if accordo is not None:
        eventi.append(
            (
                tempi.giorno("approvazione", 0, 11),
                lambda: servizi.indica_durata(accordo, DURATA_MESI, da=mondo.coordina()),
            )
        )
    if RINVIA in righe:
        barga = righe[RINVIA]
        eventi += [
            (
                tempi.giorno("approvazione", 0, 14),
                lambda: servizi.rinvia(barga, motivazione=OSSERVAZIONI, da=mondo.rappresentante(RINVIA)),
            ),
            (
                tempi.giorno("approvazione", 0, 16),
                lambda: servizi.rispondi(barga, testo=RISPOSTA, da=mondo.coordina()),
            ),
        ]
    for codice, riga in righe.items():
        if riga.ente.tipo == TipoEnte.PREFETTURA:
            eventi += [
                (
                    tempi.giorno("approvazione", 2, 10 + posto),
                    lambda a=riga, c=codice, t=tipo, r=riferimento: servizi.registra_passaggio(  # type: ignore[misc]
                        a,
                        tipo=t,
                        data=orologio.oggi() - timedelta(days=1),
                        riferimento=r,
                        da=mondo.rappresentante(c),
                    ),
                )
                for posto, (tipo, riferimento) in enumerate(
                    (("comitato", "Verbale n. 4"), ("ministero", "Nota n. 1208"))
                )
            ]
    return eventi


def adesione(accordo: Accordo, mondo: Mondo, tempi: Tempi, passi: Passi) -> list[Evento]:
    """Bodies that only followed the work ask to join, once all have signed: one has done it, one is about to."""
    chiedono = sorted(mondo.coinvolti, key=lambda ente: ente.codice != "azienda-usl")[:2]
    eventi = [
        (tempi.giorno("approvazione", 29, 10 + posto), partial(_apri, accordo, ente, mondo))
        for posto, ente in enumerate(chiedono)
    ]
    for giorno, passo in enumerate(passi if chiedono else (), start=30):
        compie = partial(_compie, accordo, chiedono[0], passo, len(mondo.sottoscrittori))
        eventi.append((tempi.giorno("approvazione", giorno, 10), compie))
    return [*eventi]


def _apri(accordo: Accordo, ente: Ente, mondo: Mondo) -> None:
    servizi.apri_adesione(accordo, ente, motivazione=MOTIVO_ADESIONE, da=mondo.coordina())


def _compie(accordo: Accordo, ente: Ente, passo: Callable[[Approvazione, int], None], posto: int) -> None:
    righe = Approvazione.objects.select_related("accordo", "ente", "documento__versione")
    passo(righe.get(accordo=accordo, ente=ente), posto)
