"""The lives of co-signatures and sub-amendments, as tables. Requirements are in bozze/requisiti/firme.py."""

from collections.abc import Iterable

from django.db.models import TextChoices

from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter.motore import Requisito, Transizione, Vita


class StatoSottoscrizione(TextChoices):
    """Another body's signature under an amendment."""

    DA_FIRMARE = "da_firmare", "Da firmare"
    FIRMATA = "firmata", "Sottoscritto"
    DECLINATA = "declinata", "Non sottoscrive"
    RITIRATA = "ritirata", "Firma ritirata"
    PROPRIA = "propria", "Fatto proprio"
    RICHIAMATA = "richiamata", "Invito ritirato"


class StatoSubemendamento(TextChoices):
    """A proposal to change another's amendment."""

    BOZZA = "bozza", "In preparazione"
    SCARTATO = "scartato", "Scartato"
    PRESENTATO = "presentato", "Presentato"
    RITIRATO = "ritirato", "Ritirato"
    ACCOLTO = "accolto", "Accolto"
    RESPINTO = "respinto", "Respinto"
    PRECLUSO = "precluso", "Precluso"


PRIVATI_SUB = (StatoSubemendamento.BOZZA, StatoSubemendamento.SCARTATO)
DECISI_SUB = (
    StatoSubemendamento.ACCOLTO,
    StatoSubemendamento.RESPINTO,
    StatoSubemendamento.RITIRATO,
    StatoSubemendamento.PRECLUSO,
)
FIRMATE = (StatoSottoscrizione.FIRMATA,)


def _poi(nome: str) -> Requisito:
    """Return a requirement looked up when it is evaluated: requisiti needs the models, the models need the lives."""

    def requisito(oggetto: object) -> Iterable[Mancanza]:
        from bozze.requisiti import firme

        controllo: Requisito = getattr(firme, nome)
        return controllo(oggetto)

    requisito.__name__ = nome
    return requisito


_ENTE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
_RAPPRESENTANTE = (Ruolo.RAPPRESENTANTE,)

VITA_SOTTOSCRIZIONE = Vita(
    "sottoscrizione",
    StatoSottoscrizione,
    transizioni=(
        Transizione(
            da=("da_firmare", "declinata", "ritirata", "richiamata"),
            a="firmata",
            verbo="sottoscrivi",
            etichetta="Sottoscrivi l'emendamento",
            ruoli=_RAPPRESENTANTE,
            requisiti=(_poi("si_puo_sottoscrivere"), _poi("ente_firmatario")),
        ),
        Transizione(
            da=("da_firmare",),
            a="declinata",
            verbo="declina_sottoscrizione",
            etichetta="Rispondi che non sottoscrivi",
            ruoli=_RAPPRESENTANTE,
        ),
        Transizione(
            da=("firmata",),
            a="ritirata",
            verbo="ritira_firma",
            etichetta="Ritira la firma",
            ruoli=_RAPPRESENTANTE,
            requisiti=(_poi("firma_ritirabile"),),
        ),
        Transizione(
            da=("firmata",),
            a="propria",
            verbo="fai_proprio",
            etichetta="Fai proprio l'emendamento",
            ruoli=_RAPPRESENTANTE,
            requisiti=(_poi("si_puo_fare_proprio"), _poi("ente_firmatario")),
            motivazione_obbligatoria=True,
        ),
    ),
    parole={
        "da_firmare": Parola.DA_FARE,
        "firmata": Parola.FATTO,
        "declinata": Parola.NON_PREVISTO,
        "ritirata": Parola.NON_FATTO,
        "propria": Parola.FATTO,
        "richiamata": Parola.NON_PREVISTO,
    },
)

_DECIDE = (Ruolo.COORDINATORE,)

VITA_SUBEMENDAMENTO = Vita(
    "subemendamento",
    StatoSubemendamento,
    transizioni=(
        Transizione(
            da=("bozza",),
            a="presentato",
            verbo="presenta_subemendamento",
            etichetta="Presenta il subemendamento",
            ruoli=_RAPPRESENTANTE,
            requisiti=(_poi("subemendamenti_aperti"), _poi("ente_firmatario")),
        ),
        Transizione(
            da=("bozza",),
            a="scartato",
            verbo="scarta_subemendamento",
            etichetta="Scarta la proposta",
            ruoli=_ENTE,
        ),
        Transizione(
            da=("presentato",),
            a="ritirato",
            verbo="ritira_subemendamento",
            etichetta="Ritira il subemendamento",
            ruoli=_RAPPRESENTANTE,
            requisiti=(_poi("prima_della_definitiva"),),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("presentato", "respinto", "precluso"),
            a="accolto",
            verbo="accogli_subemendamento",
            etichetta="Accolto",
            ruoli=_DECIDE,
            requisiti=(_poi("subemendamento_in_esame"), _poi("sta_con_gli_accolti")),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("presentato", "accolto", "precluso"),
            a="respinto",
            verbo="respingi_subemendamento",
            etichetta="Respinto",
            ruoli=_DECIDE,
            requisiti=(_poi("subemendamento_in_esame"),),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("presentato", "accolto", "respinto"),
            a="precluso",
            verbo="precludi_subemendamento",
            etichetta="Precluso",
            ruoli=_DECIDE,
            requisiti=(_poi("subemendamento_in_esame"), _poi("un_accolto_lo_impedisce")),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("accolto", "respinto", "precluso"),
            a="presentato",
            verbo="rimetti_subemendamento",
            etichetta="Rimetti in esame",
            ruoli=_DECIDE,
            requisiti=(_poi("subemendamento_in_esame"),),
            motivazione_obbligatoria=True,
        ),
    ),
    parole={
        "bozza": Parola.DA_FARE,
        "scartato": Parola.NON_PREVISTO,
        "presentato": Parola.IN_CORSO,
        "ritirato": Parola.NON_PREVISTO,
        "accolto": Parola.FATTO,
        "respinto": Parola.NON_FATTO,
        "precluso": Parola.NON_PREVISTO,
    },
)
