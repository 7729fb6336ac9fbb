"""The search for a date: opening, answers, reminders, extension, choice. The dates themselves: proposte.py."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localtime

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.base.parole import elenca
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from focusgroup import permessi as miei
from focusgroup.models import Opzione, Preferenza, RispostaSondaggio, Riunione, Sondaggio, Valore
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.servizi.convocazione import convoca_riunione, fissa_riunione
from focusgroup.stati_sondaggio import StatoSondaggio

INTERVALLO_PROMEMORIA = timedelta(hours=24)
_RISPONDE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)


@dataclass(frozen=True, slots=True)
class ConflittoRisposta:
    """Somebody else of the body answered meanwhile: their answer, which stays until a person chooses."""

    attuale: RispostaSondaggio


def apri_sondaggio(sondaggio: Sondaggio, *, scadenza: datetime, da: Agente) -> Evento:
    """Ask the bodies, until `scadenza`."""
    with transaction.atomic():
        blocca_accordo(sondaggio.accordo.pk)
        _controlla_scadenza(sondaggio, scadenza)

        def apre(fresco: Sondaggio) -> None:
            fresco.scadenza, fresco.aperto_il = scadenza, orologio.adesso()

        evento = esegui(
            sondaggio, "apri_sondaggio", da=da, applica=apre, dati={"scadenza": scadenza.isoformat()}
        )
        _avvisa(sondaggio, "quando possiamo incontrarci?", _invito(sondaggio))
    return evento


def rispondi_sondaggio(
    sondaggio: Sondaggio,
    valori: Mapping[int, str],
    *,
    revisione: int,
    nota: str = "",
    da: Agente,
) -> ConflittoRisposta | None:
    """Write what the body says of every date. `revisione` is that of the answer that the person saw, 0 for none.

    If a colleague has answered meanwhile otherwise, theirs stays and is returned: the person sees both and chooses.
    Both are written in the registro, and so is every answer before the last.
    """
    if da.ente is None or not miei.risponde_al_sondaggio(da, sondaggio):
        raise NonAutorizzato("Risponde chi è referente o rappresentante di un ente invitato.")
    nota = nota.strip()
    with transaction.atomic():
        blocca_accordo(sondaggio.accordo.pk)
        ancora_aperto(sondaggio)
        opzioni = {o.pk: o for o in sondaggio.opzioni.all()}
        if set(valori) != set(opzioni) or not set(valori.values()) <= set(Valore.values):
            raise ErroreDominio("Di' per ogni data se va bene, se necessario o no.")
        attuale = (
            sondaggio.risposte.select_related("data_da")
            .prefetch_related("preferenze")
            .filter(ente=da.ente)
            .first()
        )
        if attuale is not None:
            if attuale.nota == nota and _valori(attuale) == dict(valori):
                return None
            if attuale.revisione != revisione:
                registra(
                    sondaggio.accordo,
                    da=da,
                    verbo="risponde_insieme",
                    oggetto=sondaggio.riunione,
                    dati=_detto(opzioni, valori, nota),
                )
                return ConflittoRisposta(attuale)
        scritta, nuova = RispostaSondaggio.objects.update_or_create(
            sondaggio=sondaggio,
            ente=da.ente,
            defaults={
                "nota": nota,
                "data_da": da.utente,
                "data_il": orologio.adesso(),
                "revisione": attuale.revisione + 1 if attuale else 1,
            },
        )
        Preferenza.objects.filter(risposta=scritta).delete()
        Preferenza.objects.bulk_create(
            [Preferenza(risposta=scritta, opzione_id=chiave, valore=v) for chiave, v in valori.items()]
        )
        registra(
            sondaggio.accordo,
            da=da,
            verbo="risponde_sondaggio" if nuova else "cambia_risposta_sondaggio",
            oggetto=sondaggio.riunione,
            dati=_detto(opzioni, valori, nota),
        )
    return None


def _detto(opzioni: Mapping[int, Opzione], valori: Mapping[int, str], nota: str) -> dict[str, object]:
    """What the registro keeps of an answer; interrogazioni.risposte_precedenti reads it again."""
    return {
        "risposte": {opzioni[k].inizio.isoformat(): str(v) for k, v in sorted(valori.items())},
        "nota": nota,
    }


def ricorda_sondaggio(sondaggio: Sondaggio, *, da: Agente) -> int:
    """Remind those bodies alone that have not answered; return how many people are told. Not more than once a day."""
    richiedi_coordinatore(sondaggio.accordo, da)
    with transaction.atomic():
        blocca_accordo(sondaggio.accordo.pk)
        fresco = ancora_aperto(sondaggio)
        adesso = orologio.adesso()
        ultima = max(filter(None, (fresco.aperto_il, fresco.ricordato_il)))
        if ultima + INTERVALLO_PROMEMORIA > adesso:
            quando = localtime(ultima + INTERVALLO_PROMEMORIA)
            raise ErroreDominio(
                f"L'ultimo messaggio è di meno di un giorno fa: puoi ricordarlo dal {quando:%d/%m}, "
                f"ore {quando:%H.%M}."
            )
        mancano = list(senza_risposta(fresco))
        if not mancano:
            raise ErroreDominio("Hanno risposto tutti: non c'è nessuno da avvisare.")
        quanti = manda_promemoria(fresco, mancano, da=da)
        sondaggio.ricordato_il = fresco.ricordato_il
    return quanti


def manda_promemoria(sondaggio: Sondaggio, mancano: Collection[Ente], *, da: Agente | None) -> int:
    """Ask these bodies again, by hand or (`da` None) by the daily round; return how many people are told."""
    sondaggio.ricordato_il = orologio.adesso()
    Sondaggio.objects.filter(pk=sondaggio.pk).update(ricordato_il=sondaggio.ricordato_il)
    quanti = chiedi(sondaggio, mancano, oggetto="manca la tua risposta per la data", testo=_invito(sondaggio))
    registra(
        sondaggio.accordo,
        da=da,
        verbo="ricorda_sondaggio",
        oggetto=sondaggio.riunione,
        dati={"enti": [e.codice for e in mancano], "persone": quanti},
    )
    return quanti


def senza_risposta(sondaggio: Sondaggio) -> list[Ente]:
    """Return the bodies invited that have not answered, or not yet for the dates added since."""
    complete = sondaggio.risposte.annotate(dette=Count("preferenze")).filter(
        dette__gte=sondaggio.opzioni.count()
    )
    return list(
        Ente.objects.filter(convocazioni__riunione=sondaggio.riunione_id)
        .exclude(pk__in=[risposta.ente_id for risposta in complete])
        .order_by("denominazione")
    )


def chiedi(sondaggio: Sondaggio, enti: Collection[Ente], *, oggetto: str, testo: str) -> int:
    """Write to who answers for these bodies (of a guest the observers too); return how many people are told."""
    ospiti = set(sondaggio.riunione.convocazioni.filter(ospite=True).values_list("ente", flat=True))
    gruppi = (
        ([e for e in enti if e.pk not in ospiti], _RISPONDE),
        ([e for e in enti if e.pk in ospiti], (*_RISPONDE, Ruolo.OSSERVATORE)),
    )
    return sum(
        avvisa(
            quali,
            oggetto=f"{sondaggio.riunione.titolo}: {oggetto}",
            testo=testo,
            url=sondaggio.url("date_rispondi"),
            ruoli=ruoli,
        )
        for quali, ruoli in gruppi
        if quali
    )


def proroga_sondaggio(sondaggio: Sondaggio, *, scadenza: datetime, motivazione: str, da: Agente) -> None:
    """Give the bodies more time, with a written reason; also after the deadline has passed."""
    richiedi_coordinatore(sondaggio.accordo, da)
    with transaction.atomic():
        blocca_accordo(sondaggio.accordo.pk)
        fresco = leggi_fresco(sondaggio)
        if fresco.stato != StatoSondaggio.APERTO or fresco.scadenza is None:
            raise ErroreDominio("Il sondaggio non è aperto.")
        if not motivazione.strip():
            raise ErroreDominio("Serve una motivazione scritta: resta nel registro.")
        if scadenza <= fresco.scadenza:
            raise ErroreDominio("Il nuovo termine deve venire dopo quello di ora.")
        _controlla_scadenza(fresco, scadenza)
        prima, fresco.scadenza = fresco.scadenza, scadenza
        fresco.revisione += 1
        fresco.save(update_fields=["scadenza", "revisione"])
        registra(
            fresco.accordo,
            da=da,
            verbo="proroga_sondaggio",
            oggetto=fresco.riunione,
            motivazione=motivazione.strip(),
            dati={"da": prima.isoformat(), "a": scadenza.isoformat()},
        )
        mancano = senza_risposta(fresco)
        if mancano:
            chiedi(fresco, mancano, oggetto="c'è più tempo per rispondere", testo=_invito(fresco))
    sondaggio._copia_da(fresco)


def scegli_data(opzione: Opzione, *, da: Agente) -> Evento:
    """Fix the date, close the poll and call the meeting: the bodies receive the invitation."""
    sondaggio = opzione.sondaggio
    with transaction.atomic():
        blocca_accordo(sondaggio.accordo.pk)

        def sceglie(fresco: Sondaggio) -> None:
            fresco.scelta = opzione

        evento = esegui(
            sondaggio,
            "scegli_data",
            da=da,
            applica=sceglie,
            dati={"inizio": opzione.inizio.isoformat(), "senza_risposta": len(senza_risposta(sondaggio))},
        )
        riunione = Riunione.objects.select_related("accordo", "ambito").get(pk=sondaggio.riunione_id)
        fissa_riunione(
            riunione,
            inizio=opzione.inizio,
            durata_minuti=opzione.durata_minuti,
            luogo=opzione.luogo,
            collegamento=opzione.collegamento,
            da=da,
        )
        convoca_riunione(riunione, da=da)
    return evento


def ritira_sondaggio(sondaggio: Sondaggio, *, motivazione: str, da: Agente) -> Evento:
    """Give the search up, with a reason: whoever was asked is told."""
    with transaction.atomic():
        era_aperto = sondaggio.stato == StatoSondaggio.APERTO
        evento = esegui(sondaggio, "ritira_sondaggio", da=da, motivazione=motivazione)
        if era_aperto:
            _avvisa(sondaggio, "il sondaggio per la data è ritirato", f"Motivo: {motivazione.strip()}")
    return evento


# ---------------------------------------------------------------------------------------------- inside
def leggi_fresco(sondaggio: Sondaggio) -> Sondaggio:
    """Return the poll as it stands in the database."""
    return Sondaggio.objects.select_related("riunione__accordo").get(pk=sondaggio.pk)


def ancora_aperto(sondaggio: Sondaggio) -> Sondaggio:
    """Ask again when something is written: the page may have been open for days."""
    fresco = leggi_fresco(sondaggio)
    if fresco.stato != StatoSondaggio.APERTO:
        raise ErroreDominio(f"Il sondaggio non è più aperto: è «{fresco.stato_in_parole.lower()}».")
    if fresco.scaduto and fresco.scadenza:
        termine = localtime(fresco.scadenza)
        raise ErroreDominio(
            f"Il termine per rispondere è passato: era il {termine:%d/%m/%Y}, ore {termine:%H.%M}. "
            "Se serve, chiedi alla segreteria di prorogarlo."
        )
    return fresco


def _controlla_scadenza(sondaggio: Sondaggio, scadenza: datetime) -> None:
    if scadenza <= orologio.adesso():
        raise ErroreDominio("Il termine per rispondere deve essere nel futuro.")
    prima = sondaggio.opzioni.order_by("inizio").values_list("inizio", flat=True).first()
    if prima is not None and scadenza >= prima:
        giorno = localtime(prima)
        raise ErroreDominio(
            f"Il termine per rispondere deve venire prima della prima data proposta, il {giorno:%d/%m/%Y}."
        )


def _valori(risposta: RispostaSondaggio) -> dict[int, str]:
    return {p.opzione_id: p.valore for p in risposta.preferenze.all()}


def _avvisa(sondaggio: Sondaggio, fatto: str, testo: str) -> None:
    riunione = sondaggio.riunione
    avvisa(
        riunione.convocazioni.values_list("ente", flat=True),
        oggetto=f"{riunione.titolo}: {fatto}",
        testo=testo,
        url=sondaggio.url(),
    )


def _invito(sondaggio: Sondaggio) -> str:
    assert sondaggio.scadenza is not None
    return (
        f"{sondaggio.riunione.titolo}\n\nLe date proposte: {in_giorni(sondaggio.opzioni.all())}.\n\n"
        f"Di' quali vanno bene al tuo ente entro il {in_momento(sondaggio.scadenza)}."
    )


def in_giorni(opzioni: Iterable[Opzione]) -> str:
    """Return the dates in words."""
    return elenca([in_momento(opzione.inizio) for opzione in opzioni])


def in_momento(quando: datetime) -> str:
    """Return day and hour in words."""
    return f"{localtime(quando):%d/%m/%Y, ore %H.%M}"
