"""How far each body has got in phase 1."""

from accordo.base.parole import Parola
from accordo.iter import fasi
from accordo.iter.models import Accordo, Partecipazione, Proposta, StatoPartecipazione


def presentazione(accordo: Accordo) -> dict[int, Parola]:
    """By the body's key: has it answered? The promoter leads and does not answer itself. Three queries at most."""
    pubblicata = Proposta.objects.filter(accordo=accordo, pubblicata_il__isnull=False).exists()
    attesa = Parola.PIU_AVANTI
    if fasi.fase_superata(accordo, "presentazione"):
        attesa = Parola.NON_FATTO
    elif pubblicata:
        attesa = Parola.IN_RITARDO if fasi.scaduta(accordo, "presentazione") else Parola.DA_FARE
    parole = {
        StatoPartecipazione.INVITATO: attesa,
        StatoPartecipazione.PARTECIPA: Parola.FATTO,
        StatoPartecipazione.NON_PARTECIPA: Parola.NON_PREVISTO,
    }
    righe = Partecipazione.objects.filter(accordo=accordo).values_list("ente_id", "stato")
    return {
        ente: Parola.NON_PREVISTO if ente == accordo.promotore_id else parole[StatoPartecipazione(stato)]
        for ente, stato in righe
    }
