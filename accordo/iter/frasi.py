"""The registro in words: what each verb means, said of the person who did it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.apps import apps

from accordo.iter.models import Evento
from accordo.iter.motore import ConVita, Vita
from accordo.iter.procedura import processo

FRASI = {
    "crea": "ha aperto l'accordo",
    "pubblica_proposta": "ha pubblicato la proposta d'accordo",
    "invita_enti": "ha invitato altri enti",
    "ritira_invito": "ha ritirato l'invito a {oggetto}",
    "aderisci": "ha confermato che l'ente partecipa",
    "rinuncia": "ha dichiarato che l'ente non partecipa",
    "cambia_risposta": "ha cambiato la risposta alla proposta",
    "proroga": "ha spostato la scadenza di {oggetto}",
    "pianifica": "ha cambiato le date previste",
    "invita_persona": "ha invitato una persona",
    "affida_incarico": "ha dato un incarico",
    "concludi_incarico": "ha concluso un incarico",
    "rimanda_invito": "ha mandato di nuovo un invito",
    "annulla_invito": "ha annullato un invito",
}
"""Verbs of this app. The verbs of the others say what their transition's label says."""


@dataclass(frozen=True, slots=True)
class Frase:
    """What happened, in words, and the detail if there is one."""

    testo: str
    dettaglio: str = ""


def frase(evento: Evento) -> Frase:
    """Return the words for one entry; whatever the verb, there are words."""
    if evento.oggetto_tipo == "iter.accordo" and evento.verbo in ("avanza", "torna_indietro"):
        verso = "è passato alla fase" if evento.verbo == "avanza" else "ha riaperto la fase"
        return Frase(f"{verso} «{nome_fase(evento.stato_a)}»", _che_cosa_mancava(evento))
    if evento.verbo in FRASI:
        return Frase(FRASI[evento.verbo].format(oggetto=evento.oggetto_nome), _dettaglio(evento))
    return Frase(_da_transizione(evento), _che_cosa_mancava(evento))


def nome_fase(codice: str) -> str:
    """Return the words for a phase; its code if the procedure no longer has it."""
    return processo().nome(codice) if codice in processo().codici else codice


def _da_transizione(evento: Evento) -> str:
    vita = vite_per_tipo().get(evento.oggetto_tipo)
    transizione = vita.trova(evento.verbo, evento.stato_da) if vita else None
    che_cosa = transizione.etichetta if transizione else evento.verbo.replace("_", " ").capitalize()
    testo = f"{che_cosa}: {evento.oggetto_nome}"
    if vita and evento.stato_a and evento.stato_a != evento.stato_da:
        testo += f" (ora: {vita.etichetta_stato(evento.stato_a).lower()})"
    return testo


def _che_cosa_mancava(evento: Evento) -> str:
    mancava = evento.dati.get("mancava") or []
    return f"Mancava: {' '.join(mancava)}" if mancava else ""


def _dettaglio(evento: Evento) -> str:
    lettore: Callable[[dict[str, object]], str] | None = _DETTAGLI.get(evento.verbo)
    return lettore(evento.dati) if lettore else ""


_DETTAGLI: dict[str, Callable[[dict[str, object]], str]] = {
    "invita_enti": lambda d: ", ".join(map(str, d.get("enti") or [])),  # type: ignore[call-overload]
    "proroga": lambda d: f"Da {_giorno(d.get('da'))} a {_giorno(d.get('a'))}.",
    "aderisci": lambda d: "Dopo la scadenza." if d.get("dopo_la_scadenza") else "",
    "rinuncia": lambda d: "Dopo la scadenza." if d.get("dopo_la_scadenza") else "",
    "invita_persona": lambda d: f"{d.get('ruolo')} per {d.get('ente')}",
    "affida_incarico": lambda d: f"{d.get('ruolo')} per {d.get('ente')}",
    "concludi_incarico": lambda d: f"{d.get('ruolo')} per {d.get('ente')}",
}


def _giorno(valore: object) -> str:
    parti = str(valore or "").split("-")
    return "/".join(reversed(parti)) if len(parti) == 3 else "nessuna data"


@cache
def vite_per_tipo() -> dict[str, Vita]:
    """Return the life of every model that has one, by the model's label."""
    return {
        modello._meta.label_lower: vita
        for modello in apps.get_models()
        if issubclass(modello, ConVita) and (vita := modello().la_vita())
    }
