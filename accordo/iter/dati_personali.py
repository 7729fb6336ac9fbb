"""All that the portal keeps about one person."""

from datetime import date, datetime
from typing import Any

from accordo.enti.interrogazioni import incarichi_di
from accordo.enti.models import Utente
from accordo.iter.frasi import frase
from accordo.iter.models import Evento


def dati_di(utente: Utente) -> dict[str, Any]:
    """Return the person's data, roles, invitations and acts in the registro, ready for JSON."""
    return {
        "persona": {
            "nome": utente.nome,
            "cognome": utente.cognome,
            "email": utente.email,
            "codice_fiscale": utente.codice_fiscale,
            "iscritto_il": _iso(utente.iscritto_il),
            "ultimo_accesso": _iso(utente.last_login),
        },
        "incarichi": [
            {
                "ente": incarico.ente.denominazione,
                "ruolo": incarico.get_ruolo_display(),
                "dal": _iso(incarico.dal),
                "al": _iso(incarico.al),
                "atto_delega": incarico.atto_delega,
            }
            for incarico in incarichi_di(utente)
        ],
        "inviti_accettati": [
            {
                "ente": invito.ente.denominazione,
                "mandato_il": _iso(invito.mandato_il),
                "accettato_il": _iso(invito.accettato_il),
            }
            for invito in utente.inviti_accettati.select_related("ente")
        ],
        "registro": [
            {
                "accordo": evento.accordo.titolo,
                "numero": evento.numero,
                "quando": _iso(evento.quando),
                "per": evento.ente_nome,
                "che_cosa": frase(evento).testo,
                "motivazione": evento.motivazione,
            }
            for evento in Evento.objects.filter(utente=utente).select_related("accordo").order_by("quando")
        ],
    }


def _iso(quando: date | datetime | None) -> str | None:
    return quando.isoformat() if quando else None
