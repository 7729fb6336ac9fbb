"""The life of a body's approval, as a table (norme.md, R1)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices

from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.motore import Requisito, Transizione, Vita


class StatoApprovazione(TextChoices):
    """Where a body stands."""

    IN_ATTESA = "in_attesa", "In attesa"
    IN_ISTRUTTORIA = "in_istruttoria", "In istruttoria"
    APPROVATO = "approvato", "Approvato, da firmare"
    RINVIATO = "rinviato", "Rinviato con osservazioni"
    NON_APPROVATO = "non_approvato", "Non approvato"
    FIRMATO = "firmato", "Firmato"
    RECEDUTO = "receduto", "Receduto"


class TipoAtto(TextChoices):
    """The kinds of act by which bodies approve."""

    DELIBERAZIONE = "deliberazione", "Deliberazione"
    DECRETO = "decreto", "Decreto"
    DETERMINAZIONE = "determinazione", "Determinazione"
    NOTA = "nota", "Nota"
    ALTRO = "altro", "Altro atto"


def _poi(nome: str) -> Requisito:
    """Return a requirement looked up when it is evaluated: requisiti needs the models, the models need this life."""

    def requisito(oggetto: object) -> Iterable[Mancanza]:
        from accordo.approvazione import requisiti

        controllo: Requisito = getattr(requisiti, nome)
        return controllo(oggetto)

    requisito.__name__ = nome
    return requisito


_ENTE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
_CHI_COORDINA = (Ruolo.COORDINATORE,)
_RAPPRESENTANTE = (Ruolo.RAPPRESENTANTE,)
_APERTA = (_poi("testo_attuale"), _poi("approvazione_aperta"))
_PRIMA = ("in_attesa", "in_istruttoria", "rinviato")


def _dopo_la_firma(approvazione: Any, da: Agente) -> None:
    """What follows a body's signature, looked up when it happens."""
    from accordo.approvazione import effetti

    effetti.dopo_la_firma(approvazione)


VITA_APPROVAZIONE = Vita(
    nome="Approvazione di un ente",
    stati=StatoApprovazione,
    parole={
        StatoApprovazione.IN_ATTESA: Parola.DA_FARE,
        StatoApprovazione.IN_ISTRUTTORIA: Parola.IN_CORSO,
        StatoApprovazione.APPROVATO: Parola.IN_CORSO,
        StatoApprovazione.RINVIATO: Parola.IN_RITARDO,
        StatoApprovazione.NON_APPROVATO: Parola.NON_FATTO,
        StatoApprovazione.FIRMATO: Parola.FATTO,
        StatoApprovazione.RECEDUTO: Parola.NON_PREVISTO,
    },
    transizioni=(
        Transizione(
            da=("in_attesa",),
            a="in_istruttoria",
            verbo="avvia_istruttoria",
            etichetta="Avvia l'istruttoria",
            ruoli=_ENTE,
            requisiti=_APERTA,
        ),
        Transizione(
            da=("rinviato", "non_approvato"),
            a="in_istruttoria",
            verbo="riprendi_istruttoria",
            etichetta="Riprendi l'istruttoria",
            ruoli=_ENTE,
            requisiti=_APERTA,
        ),
        Transizione(
            da=_PRIMA,
            a="approvato",
            verbo="registra_atto",
            etichetta="Registra l'atto",
            ruoli=_ENTE,
            requisiti=_APERTA,
        ),
        Transizione(
            da=("approvato",),
            a="approvato",
            verbo="sostituisci_atto",
            etichetta="Correggi l'atto",
            ruoli=_ENTE,
            requisiti=_APERTA,
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("in_attesa", "in_istruttoria"),
            a="rinviato",
            verbo="rinvia",
            etichetta="Rinvia con osservazioni",
            ruoli=_RAPPRESENTANTE,
            requisiti=_APERTA,
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=_PRIMA,
            a="non_approvato",
            verbo="non_approvare",
            etichetta="Comunica che l'ente non approva",
            ruoli=_RAPPRESENTANTE,
            requisiti=_APERTA,
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("approvato",),
            a="firmato",
            verbo="firma",
            etichetta="Carica il testo firmato",
            ruoli=_RAPPRESENTANTE,
            requisiti=(*_APERTA, _poi("atto_del_testo_definitivo")),
            effetto=_dopo_la_firma,
        ),
        # what arrived by certified mail, written down by who coordinates
        Transizione(
            da=_PRIMA,
            a="approvato",
            verbo="registra_atto_ricevuto",
            etichetta="Registra l'atto arrivato per PEC",
            ruoli=_CHI_COORDINA,
            requisiti=_APERTA,
        ),
        Transizione(
            da=("approvato",),
            a="approvato",
            verbo="sostituisci_atto_ricevuto",
            etichetta="Correggi l'atto arrivato per PEC",
            ruoli=_CHI_COORDINA,
            requisiti=_APERTA,
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("in_attesa", "in_istruttoria"),
            a="rinviato",
            verbo="registra_rinvio",
            etichetta="Registra il rinvio arrivato per PEC",
            ruoli=_CHI_COORDINA,
            requisiti=_APERTA,
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=_PRIMA,
            a="non_approvato",
            verbo="registra_non_approvazione",
            etichetta="Registra la mancata approvazione arrivata per PEC",
            ruoli=_CHI_COORDINA,
            requisiti=_APERTA,
            motivazione_obbligatoria=True,
        ),
        # what who coordinates answers and decides
        Transizione(
            da=("rinviato",),
            a="rinviato",
            verbo="rispondi_osservazioni",
            etichetta="Rispondi alle osservazioni",
            ruoli=_CHI_COORDINA,
            requisiti=_APERTA,
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("non_approvato",),
            a="non_approvato",
            verbo="prosegui_senza",
            etichetta="Prosegui senza questo ente",
            ruoli=_CHI_COORDINA,
            requisiti=(*_APERTA, _poi("si_puo_proseguire_senza")),
            motivazione_obbligatoria=True,
        ),
        # after the conclusion
        Transizione(
            da=("non_approvato",),
            a="in_attesa",
            verbo="riammetti",
            etichetta="Apri l'adesione di questo ente",
            ruoli=_CHI_COORDINA,
            requisiti=(_poi("testo_attuale"), _poi("accordo_sottoscritto")),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("firmato",),
            a="receduto",
            verbo="recedi",
            etichetta="Registra il recesso",
            ruoli=_RAPPRESENTANTE,
            requisiti=(_poi("testo_attuale"), _poi("accordo_sottoscritto")),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("firmato",),
            a="receduto",
            verbo="registra_recesso",
            etichetta="Registra il recesso arrivato per PEC",
            ruoli=_CHI_COORDINA,
            requisiti=(_poi("testo_attuale"), _poi("accordo_sottoscritto"), _poi("non_chi_promuove")),
            motivazione_obbligatoria=True,
        ),
    ),
)
"""Two ways lead to most states: the body's own people, or who coordinates with what arrived by certified mail. The
verbs differ, so that the registro always says which it was.
"""
