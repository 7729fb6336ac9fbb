"""The life of a body's approval, as a table (norme.md, R1)."""

from collections.abc import Iterable

from django.db.models import TextChoices

from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
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
_RAPPRESENTANTE = (Ruolo.RAPPRESENTANTE,)
_APERTA = (_poi("testo_attuale"), _poi("approvazione_aperta"))
_PRIMA = ("in_attesa", "in_istruttoria", "rinviato")

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
        ),
    ),
)
"""`receduto` comes after the accord is signed (withdrawal): no transition leads there yet."""
