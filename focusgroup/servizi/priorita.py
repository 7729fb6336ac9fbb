"""The points of a meeting: each body distributes a few among the findings; what comes out is agreed and kept."""

from collections.abc import Mapping

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ente
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from accordo.rilievi.servizi import Punteggio, concorda_priorita
from focusgroup import permessi
from focusgroup.interrogazioni.priorita import classifica, in_discussione
from focusgroup.models import Priorita, PuntiEnte, Riunione
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione
from focusgroup.stati_verbale import StatoPriorita

MASSIMO = 50


def apri_priorita(riunione: Riunione, punti_per_ente: int, *, da: Agente) -> Priorita:
    """Let the bodies give their points; open already, change how many each has."""
    richiedi_coordinatore(riunione.accordo, da)
    if not 1 <= punti_per_ente <= MASSIMO:
        raise ErroreDominio(f"Ogni ente ha da 1 a {MASSIMO} punti.")
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        fresca = Riunione.objects.select_related("accordo").get(pk=riunione.pk)
        _richiedi_in_corso(fresca)
        priorita, nuova = Priorita.objects.get_or_create(
            riunione=fresca, defaults={"punti_per_ente": punti_per_ente, "aperta_il": orologio.adesso()}
        )
        if not nuova:
            _richiedi_aperta(priorita)
            troppi = _oltre(priorita, punti_per_ente)
            if troppi:
                raise ErroreDominio(f"{troppi} ha già dato più di {punti_per_ente} punti.")
            priorita.punti_per_ente = punti_per_ente
            priorita.save(update_fields=["punti_per_ente"])
        registra(
            fresca.accordo,
            da=da,
            verbo="apri_priorita",
            oggetto=fresca,
            dati={"punti_per_ente": punti_per_ente},
        )
    return priorita


def _oltre(priorita: Priorita, quanti: int) -> str:
    somme: dict[str, int] = {}
    for riga in priorita.punti.select_related("ente"):
        somme[riga.ente.denominazione] = somme.get(riga.ente.denominazione, 0) + riga.punti
    return next((nome for nome, somma in somme.items() if somma > quanti), "")


def _richiedi_in_corso(riunione: Riunione) -> None:
    if riunione.stato not in {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}:
        raise ErroreDominio("I punti si danno in riunione, o prima che il verbale vada in lettura.")


def _richiedi_aperta(priorita: Priorita) -> None:
    if priorita.stato != StatoPriorita.APERTA:
        raise ErroreDominio("La priorità è già concordata: per cambiare i punti va riaperta.")


def dai_punti(priorita: Priorita, ente: Ente, punti: Mapping[int, int], *, da: Agente) -> None:
    """Write how a body distributes its points, by the finding's key, in place of what it gave before.

    By the body itself, or by who leads on what was said in the room.
    """
    if not permessi.da_punti(da, priorita, ente):
        raise NonAutorizzato(
            "I punti li dà l'ente convocato, o chi coordina su quello che ha detto in riunione."
        )
    dati = {rilievo: quanti for rilievo, quanti in punti.items() if quanti}
    if any(quanti < 0 for quanti in dati.values()):
        raise ErroreDominio("I punti sono numeri da zero in su.")
    with transaction.atomic():
        blocca_accordo(priorita.accordo.pk)
        fresca = Priorita.objects.select_related("riunione__accordo", "riunione__ambito").get(pk=priorita.pk)
        _richiedi_aperta(fresca)
        _richiedi_in_corso(fresca.riunione)
        if not fresca.riunione.convocazioni.filter(ente=ente, ospite=False).exists():
            raise ErroreDominio(f"{ente.denominazione} non è fra gli enti che danno punti.")
        if (totale := sum(dati.values())) > fresca.punti_per_ente:
            raise ErroreDominio(f"I punti sono {fresca.punti_per_ente}: ne sono stati dati {totale}.")
        ammessi = set(in_discussione(fresca.riunione).filter(pk__in=dati).values_list("pk", flat=True))
        if ammessi != set(dati):
            raise ErroreDominio("Un rilievo non è più in discussione: ricarica la pagina.")
        fresca.punti.filter(ente=ente).delete()
        PuntiEnte.objects.bulk_create(
            [
                PuntiEnte(
                    priorita=fresca,
                    ente=ente,
                    rilievo_id=rilievo,
                    punti=quanti,
                    scritto_il=orologio.adesso(),
                    scritto_da=da.utente,
                )
                for rilievo, quanti in dati.items()
            ]
        )
        registra(
            fresca.accordo,
            da=da,
            verbo="da_punti",
            oggetto=fresca.riunione,
            dati={"ente": ente.codice, "punti": totale},
        )


def concorda(priorita: Priorita, nota: str, *, da: Agente) -> Evento:
    """Write what was agreed: with the meeting, and beside each finding."""
    with transaction.atomic():
        blocca_accordo(priorita.accordo.pk)
        righe = classifica(priorita)
        if not any(voce.punti for voce in righe):
            raise ErroreDominio("Nessun ente ha ancora dato punti.")

        def scrivi(fresca: Priorita) -> None:
            fresca.nota, fresca.concordata_il = nota.strip(), orologio.adesso()

        evento = esegui(
            priorita,
            "concorda_priorita",
            da=da,
            applica=scrivi,
            dati={"punti": [[voce.rilievo.numero, voce.punti] for voce in righe]},
        )
        concorda_priorita(
            priorita.accordo,
            [Punteggio(voce.rilievo.pk, voce.punti, voce.enti) for voce in righe],
            riferimento=str(priorita.riunione_id),
            titolo=priorita.riunione.titolo,
            nota=nota,
            da=da,
        )
    return evento


def riapri_priorita(priorita: Priorita, *, motivazione: str, da: Agente) -> Evento:
    """Open the points again, with a reason; what had been agreed stays written beside the findings."""
    with transaction.atomic():
        _richiedi_in_corso(Riunione.objects.get(pk=priorita.riunione_id))

        def svuota(fresca: Priorita) -> None:
            fresca.concordata_il = None

        return esegui(priorita, "riapri_priorita", da=da, motivazione=motivazione, applica=svuota)
