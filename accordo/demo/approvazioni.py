"""What else happens in phase 8 of the demo: remarks and an answer, the Prefettura's steps, the duration, a body that joins."""

from collections.abc import Mapping
from datetime import timedelta

from accordo.approvazione import servizi
from accordo.approvazione.models import Approvazione
from accordo.base import orologio
from accordo.demo.cammino import Evento
from accordo.demo.mondo import Mondo
from accordo.demo.tempi import Tempi
from accordo.enti.models import TipoEnte
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


def adesione(accordo: Accordo, mondo: Mondo, tempi: Tempi) -> list[Evento]:
    """A body that only followed the work asks to join, once all have signed."""
    ente = next((e for e in mondo.coinvolti if e.codice == "azienda-usl"), None) or next(
        iter(mondo.coinvolti), None
    )
    if ente is None:
        return []
    return [
        (
            tempi.giorno("approvazione", 29, 10),
            lambda: servizi.apri_adesione(accordo, ente, motivazione=MOTIVO_ADESIONE, da=mondo.coordina()),
        )
    ]
