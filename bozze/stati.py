"""The lives of observations, amendments and contributions, as tables. The text's own life is in bozze/models/testo.py.

The requirements are named here and written in bozze/requisiti/emendamenti.py, which answers with what is missing.
"""

from collections.abc import Iterable

from django.db.models import TextChoices

from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter.motore import Requisito, Transizione, Vita


class StatoOsservazione(TextChoices):
    """A remark: written, shown to all, answered."""

    BOZZA = "bozza", "In preparazione"
    PRESENTATA = "presentata", "Presentata"
    RISPOSTA = "risposta", "Con risposta"
    SCARTATA = "scartata", "Scartata"


class EsitoOsservazione(TextChoices):
    """What the official answer makes of a remark."""

    RECEPITA = "recepita", "Recepita: il testo cambia"
    IN_PARTE = "in_parte", "Recepita in parte"
    NON_RECEPITA = "non_recepita", "Non recepita"
    CHIARITA = "chiarita", "Chiarita: il testo resta com'è"


class StatoEmendamento(TextChoices):
    """A proposal that changes the text. Accepted, with its words or with others, or not.

    Parked ("accantonato") is not an outcome: an accepted amendment keeps it from being accepted, and while that one
    stands it waits; it comes back to the desk by itself if the other decision changes.
    """

    BOZZA = "bozza", "In preparazione"
    SCARTATO = "scartato", "Scartato"
    PRESENTATO = "presentato", "Presentato"
    ACCANTONATO = "accantonato", "Accantonato"
    RITIRATO = "ritirato", "Ritirato"
    ACCOLTO = "accolto", "Accolto"
    RIFORMULATO = "riformulato", "Accolto con riformulazione"
    RESPINTO = "respinto", "Respinto"
    ASSORBITO = "assorbito", "Assorbito"
    PRECLUSO = "precluso", "Precluso"


class StatoContributo(TextChoices):
    """One body's part in phase 6."""

    DA_FARE = "da_fare", "Da fare"
    IN_CORSO = "in_corso", "In corso"
    CONFERMATO = "confermato", "Confermato"


class TipoEmendamento(TextChoices):
    """What an amendment does to what it touches, in the order in which amendments are examined."""

    SOPPRESSIVO = "soppressivo", "Soppressivi"
    SOSTITUTIVO = "sostitutivo", "Sostitutivi"
    MODIFICATIVO = "modificativo", "Modificativi"
    AGGIUNTIVO = "aggiuntivo", "Aggiuntivi"


APERTI = (StatoEmendamento.PRESENTATO, StatoEmendamento.ACCANTONATO)
ACCOLTI = (StatoEmendamento.ACCOLTO, StatoEmendamento.RIFORMULATO)
DECISI = (
    *ACCOLTI,
    StatoEmendamento.RESPINTO,
    StatoEmendamento.RITIRATO,
    StatoEmendamento.ASSORBITO,
    StatoEmendamento.PRECLUSO,
)
PRIVATI = (StatoEmendamento.BOZZA, StatoEmendamento.SCARTATO)


def poi(nome: str) -> Requisito:
    """Return a requirement looked up when it is evaluated: requisiti needs the models, the models need the lives."""

    def requisito(oggetto: object) -> Iterable[Mancanza]:
        from bozze.requisiti import emendamenti, esame

        controllo: Requisito = getattr(emendamenti if hasattr(emendamenti, nome) else esame, nome)
        return controllo(oggetto)

    requisito.__name__ = nome
    return requisito


_ENTE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
_CHI_OSSERVA = (*_ENTE, Ruolo.OSSERVATORE)

VITA_OSSERVAZIONE = Vita(
    "osservazione",
    StatoOsservazione,
    transizioni=(
        Transizione(
            da=("bozza",),
            a="presentata",
            verbo="presenta_osservazione",
            etichetta="Presenta l'osservazione",
            ruoli=(Ruolo.RAPPRESENTANTE, Ruolo.OSSERVATORE),
            requisiti=(poi("osservazioni_aperte"),),
        ),
        Transizione(
            da=("bozza",),
            a="scartata",
            verbo="scarta_osservazione",
            etichetta="Scarta l'osservazione",
            ruoli=_CHI_OSSERVA,
        ),
        Transizione(
            da=("presentata", "risposta"),
            a="risposta",
            verbo="rispondi",
            etichetta="Rispondi all'osservazione",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(poi("non_ancora_definitiva"),),
        ),
    ),
    parole={
        "bozza": Parola.DA_FARE,
        "presentata": Parola.IN_CORSO,
        "risposta": Parola.FATTO,
        "scartata": Parola.NON_PREVISTO,
    },
)


def _decisione(stato: StatoEmendamento, verbo: str, etichetta: str, *controlli: str) -> Transizione:
    """Return the coordinator's transition to an outcome, from the open states or from any other outcome."""
    return Transizione(
        da=tuple(str(s) for s in (*APERTI, *DECISI) if s != stato or s in ACCOLTI),
        a=stato,
        verbo=verbo,
        etichetta=etichetta,
        ruoli=(Ruolo.COORDINATORE,),
        requisiti=tuple(
            poi(nome) for nome in ("esame_aperto", "ritiro_rispettato", "non_adottato", *controlli)
        ),
        motivazione_obbligatoria=True,
    )


VITA_EMENDAMENTO = Vita(
    "emendamento",
    StatoEmendamento,
    transizioni=(
        Transizione(
            da=("bozza",),
            a="presentato",
            verbo="presenta_emendamento",
            etichetta="Presenta l'emendamento",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(poi("osservazioni_aperte"), poi("puo_emendare")),
        ),
        Transizione(
            da=("bozza",),
            a="scartato",
            verbo="scarta_emendamento",
            etichetta="Scarta la proposta",
            ruoli=_ENTE,
        ),
        Transizione(
            da=("presentato", "accantonato"),
            a="ritirato",
            verbo="ritira_emendamento",
            etichetta="Ritira l'emendamento",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(poi("non_ancora_definitiva"),),
            motivazione_obbligatoria=True,
        ),
        _decisione(
            StatoEmendamento.ACCOLTO,
            "accogli",
            "Accolto",
            "subemendamenti_decisi",
            "sulla_versione_in_esame",
            "nessuna_collisione_accolta",
        ),
        Transizione(
            da=("presentato", "accantonato"),
            a="riformulato",
            verbo="riformula",
            etichetta="Accolto con riformulazione",
            ruoli=(Ruolo.RAPPRESENTANTE,),  # the coordinator proposes the words, the proposer agrees
            requisiti=tuple(
                poi(nome) for nome in ("esame_aperto", "subemendamenti_decisi", "riformulazione_accettata")
            ),
        ),
        _decisione(StatoEmendamento.RESPINTO, "respingi", "Respinto"),
        _decisione(StatoEmendamento.RITIRATO, "registra_ritiro", "Ritirato"),
        _decisione(StatoEmendamento.ASSORBITO, "assorbi", "Assorbito", "accolto_che_comprende"),
        _decisione(StatoEmendamento.PRECLUSO, "precludi", "Precluso", "accolto_che_impedisce"),
        Transizione(
            da=tuple(str(s) for s in DECISI),
            a="presentato",
            verbo="rimetti_in_esame",
            etichetta="Rimetti in esame",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(poi("esame_aperto"), poi("ritiro_rispettato"), poi("non_adottato")),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("presentato",),
            a="accantonato",
            verbo="accantona",
            etichetta="Accantonato",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(poi("esame_aperto"), poi("accolto_che_impedisce")),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("accantonato",),
            a="presentato",
            verbo="riprende_esame",
            etichetta="Riprendi l'esame",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(poi("esame_aperto"), poi("nessuna_collisione_accolta")),
        ),
    ),
    parole={
        "bozza": Parola.DA_FARE,
        "scartato": Parola.NON_PREVISTO,
        "presentato": Parola.IN_CORSO,
        "accantonato": Parola.PIU_AVANTI,
        "ritirato": Parola.NON_PREVISTO,
        "accolto": Parola.FATTO,
        "riformulato": Parola.FATTO,
        "respinto": Parola.NON_FATTO,
        "assorbito": Parola.NON_PREVISTO,
        "precluso": Parola.NON_PREVISTO,
    },
)

VITA_CONTRIBUTO = Vita(
    "contributo",
    StatoContributo,
    transizioni=(
        Transizione(
            da=("da_fare",), a="in_corso", verbo="avvia_contributo", etichetta="Comincia", ruoli=_ENTE
        ),
        Transizione(
            da=("da_fare", "in_corso"),
            a="confermato",
            verbo="conferma_contributo",
            etichetta="Conferma le osservazioni",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(poi("osservazioni_aperte"),),
        ),
        Transizione(
            da=("confermato",),
            a="in_corso",
            verbo="riapri_contributo",
            etichetta="Riapri le osservazioni",
            ruoli=(Ruolo.RAPPRESENTANTE, Ruolo.COORDINATORE),
            requisiti=(poi("osservazioni_aperte"),),
            motivazione_obbligatoria=True,
        ),
    ),
    parole={"da_fare": Parola.DA_FARE, "in_corso": Parola.IN_CORSO, "confermato": Parola.FATTO},
)
