"""Answers that fit, and a questionnaire opened in the scene."""

from typing import Any

from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Ruolo
from questionari import servizi
from questionari.definizione import Definizione, Domanda
from questionari.models import Compilazione, Invio, Questionario
from tests.fabbriche import IncaricoFactory, PartecipazioneFactory, UtenteFactory
from tests.questionari.strategie import DATI
from tests.scena import Scena


def valore_per(domanda: Domanda, seme: int = 0) -> Any:
    """A valid answer to a question that varies with `seme`; None for files."""
    codici = [voce.codice for voce in domanda.voci]
    match domanda.tipo:
        case "singola":
            return codici[seme % len(codici)]
        case "multipla":
            return {"scelte": [codici[seme % (len(codici) - 1)]], "altro": ""}
        case "matrice":
            gradi = list(domanda.gradi)
            return {codice: gradi[(seme + i) % len(gradi)] for i, codice in enumerate(codici)}
        case "numero":
            return int(domanda.minimo or 0) + seme + 1
        case "graduatoria":
            giro = codici[seme % len(codici) :] + codici[: seme % len(codici)]
            return giro[: domanda.max_scelte]
        case "file":
            return None
    return f"Testo di prova numero {seme}"


def risposte_complete(struttura: Definizione, seme: int = 0) -> dict[str, Any]:
    """An answer to every question that takes one."""
    tutte = {domanda.codice: valore_per(domanda, seme) for domanda in struttura.domande}
    return {codice: valore for codice, valore in tutte.items() if valore is not None}


def apri(scena: Scena) -> Questionario:
    """Load the questionnaire and enter its phase."""
    servizi.carica_questionario(scena.accordo, DATI)
    scena.porta_a("questionario")
    return servizi.avvia_questionario(scena.accordo, da=scena.agente(scena.coordinatore))


def compilazione(scena: Scena, ente: Ente | None = None) -> Compilazione:
    """The answer of a body (its own if not given), fresh from the database."""
    return Compilazione.objects.select_related("questionario__accordo", "ente").get(
        questionario__accordo=scena.accordo, ente=ente or scena.ente_a
    )


def completa(scena: Scena, seme: int = 0) -> Compilazione:
    """Own body's answers, all there, not yet handed over."""
    propria = compilazione(scena)
    servizi.salva_risposte(
        propria, risposte_complete(propria.questionario.struttura, seme), da=scena.agente(scena.referente)
    )
    return propria


def in_convalida(scena: Scena) -> Compilazione:
    """Own body's answers, waiting for the representative."""
    propria = completa(scena)
    servizi.invia_alla_convalida(propria, da=scena.agente(scena.referente))
    return propria


def inviata(scena: Scena) -> Invio:
    """Own body's answers, sent."""
    return servizi.convalida_e_invia(in_convalida(scena), da=scena.agente(scena.rappresentante))


def invia_di_nuovo(scena: Scena, risposte: dict[str, Any]) -> Invio:
    """Own body's answers, reopened, changed and sent again."""
    propria = compilazione(scena)
    servizi.riapri(propria, da=scena.agente(scena.coordinatore), motivazione="Lo chiede l'ente.")
    servizi.salva_risposte(propria, risposte, da=scena.agente(scena.referente))
    servizi.invia_alla_convalida(propria, da=scena.agente(scena.referente))
    return servizi.convalida_e_invia(propria, da=scena.agente(scena.rappresentante))


def ente_che_invia(scena: Scena, ente: Ente, seme: int) -> Invio:
    """Another body that goes the whole way, with people of its own."""
    from accordo.enti.agente import agente_per

    referente, rappresentante = UtenteFactory(), UtenteFactory()
    IncaricoFactory(utente=referente, ente=ente, ruolo=Ruolo.REFERENTE)
    IncaricoFactory(utente=rappresentante, ente=ente, ruolo=Ruolo.RAPPRESENTANTE)
    sua = compilazione(scena, ente)
    chi_scrive: Agente = agente_per(referente, ente)
    servizi.salva_risposte(sua, risposte_complete(sua.questionario.struttura, seme), da=chi_scrive)
    servizi.invia_alla_convalida(sua, da=chi_scrive)
    return servizi.convalida_e_invia(sua, da=agente_per(rappresentante, ente))


def altri_enti(scena: Scena, quanti: int) -> list[Ente]:
    """More signatories of the same area."""
    return [
        PartecipazioneFactory(accordo=scena.accordo, ente__ambito=scena.ambito).ente for _ in range(quanti)
    ]
