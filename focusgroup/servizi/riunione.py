"""A meeting from its preparation to its end."""

from django.db import transaction

from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from accordo.rilievi.servizi import assicura_obiettivi
from focusgroup.models import Convocazione, Punto, Riunione
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.servizi.convocazione import annulla_riunione, convoca_riunione
from focusgroup.servizi.verbale import approva_verbale, pubblica_verbale

ORDINE_DEL_GIORNO = (
    "Gli esiti del questionario in questo ambito",
    "Punti di forza",
    "Criticità",
    "Proposte per l'accordo",
)


def avvia_focus_group(accordo: Accordo, *, da: Agente) -> list[Riunione]:
    """Prepare one meeting for each area of the bodies consulted that has none: the area's bodies are called to it."""
    assicura_obiettivi(accordo)
    ambiti = Ambito.objects.filter(pk__in=enti_consultati(accordo).values("ente__ambito"))
    gia = set(Riunione.objects.filter(accordo=accordo).values_list("ambito", flat=True))
    return [prepara_riunione(accordo, ambito, da=da) for ambito in ambiti if ambito.pk not in gia]


def prepara_riunione(accordo: Accordo, ambito: Ambito, *, titolo: str = "", da: Agente) -> Riunione:
    """Create a meeting of an area, with a usual agenda and the area's bodies on the list."""
    richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        riunione = Riunione.objects.create(
            accordo=accordo, ambito=ambito, titolo=titolo.strip() or f"Focus group: {ambito.nome}"
        )
        Punto.objects.bulk_create(
            [
                Punto(riunione=riunione, ordine=n, titolo=testo)
                for n, testo in enumerate(ORDINE_DEL_GIORNO, start=1)
            ]
        )
        enti = enti_consultati(accordo).filter(ente__ambito=ambito)
        Convocazione.objects.bulk_create([Convocazione(riunione=riunione, ente_id=p.ente_id) for p in enti])
        registra(accordo, da=da, verbo="prepara_riunione", oggetto=riunione, stato_a=riunione.stato)
    return riunione


def chiudi_riunione(riunione: Riunione, *, da: Agente) -> Evento:
    """Note that the meeting was held."""
    with transaction.atomic():
        evento = esegui(riunione, "chiudi_riunione", da=da)
        riunione.convocazioni.filter(presente__isnull=True).update(presente=False)
    return evento


def muovi_riunione(riunione: Riunione, verbo: str, *, da: Agente, motivazione: str = "") -> Evento:
    """Do one of the steps of a meeting's life, with what belongs to it."""
    propri = {
        "convoca": convoca_riunione,
        "chiudi_riunione": chiudi_riunione,
    }
    if verbo in propri:
        return propri[verbo](riunione, da=da)
    if verbo == "annulla":
        return annulla_riunione(riunione, motivazione=motivazione, da=da)
    if verbo == "pubblica_verbale":
        return pubblica_verbale(riunione, motivazione=motivazione, da=da)
    if verbo == "approva_verbale":
        return approva_verbale(riunione, motivazione=motivazione, da=da)
    return esegui(riunione, verbo, da=da, motivazione=motivazione)
