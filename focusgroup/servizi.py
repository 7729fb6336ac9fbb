"""What writes meetings, answers, attendance and minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.iter import permessi
from accordo.iter.avvisi import avvisa
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from accordo.rilievi.servizi import assicura_obiettivi
from focusgroup import permessi as miei
from focusgroup.models import Convocazione, Punto, Risposta, Riunione
from focusgroup.stati import StatoRiunione

ORDINE_DEL_GIORNO = (
    "Gli esiti del questionario in questo ambito",
    "Punti di forza",
    "Criticità",
    "Proposte per l'accordo",
)


def avvia_focus_group(accordo: Accordo, *, da: Agente) -> list[Riunione]:
    """Prepare one meeting for each area of the bodies consulted that has none: the area's bodies are called to it."""
    assicura_obiettivi(accordo)
    ambiti = Ambito.objects.filter(pk__in=enti_consultati(accordo).values("ente__ambito"))
    gia = set(Riunione.objects.filter(accordo=accordo).values_list("ambito", flat=True))
    return [prepara_riunione(accordo, ambito, da=da) for ambito in ambiti if ambito.pk not in gia]


def prepara_riunione(accordo: Accordo, ambito: Ambito, *, titolo: str = "", da: Agente) -> Riunione:
    """Create a meeting of an area, with a usual agenda and the area's bodies on the list."""
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        riunione = Riunione.objects.create(
            accordo=accordo, ambito=ambito, titolo=titolo.strip() or f"Focus group: {ambito.nome}"
        )
        Punto.objects.bulk_create(
            [
                Punto(riunione=riunione, ordine=n, titolo=testo)
                for n, testo in enumerate(ORDINE_DEL_GIORNO, start=1)
            ]
        )
        enti = enti_consultati(accordo).filter(ente__ambito=ambito)
        Convocazione.objects.bulk_create([Convocazione(riunione=riunione, ente_id=p.ente_id) for p in enti])
        registra(accordo, da=da, verbo="prepara_riunione", oggetto=riunione, stato_a=riunione.stato)
    return riunione


def fissa_riunione(
    riunione: Riunione,
    *,
    inizio: datetime,
    luogo: str = "",
    collegamento: str = "",
    durata_minuti: int = 120,
    punti: Sequence[str] | None = None,
    da: Agente,
) -> None:
    """Set date, place and agenda. If the meeting was called already, the bodies are told and answer again."""
    _richiedi_coordinatore(riunione.accordo, da)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        fresca = Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk)
        if fresca.stato not in {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA}:
            raise ErroreDominio(f"La riunione non si può più cambiare: è «{fresca.stato_in_parole.lower()}».")
        prima = (fresca.inizio, fresca.luogo, fresca.collegamento, fresca.durata_minuti)
        fresca.inizio, fresca.luogo, fresca.collegamento = inizio, luogo.strip(), collegamento.strip()
        fresca.durata_minuti = durata_minuti
        cambiata = prima != (fresca.inizio, fresca.luogo, fresca.collegamento, fresca.durata_minuti)
        convocata = fresca.stato == StatoRiunione.CONVOCATA
        if convocata and inizio < orologio.adesso():
            raise ErroreDominio("La nuova data è già passata: scegli un giorno da oggi in poi.")
        if cambiata and convocata:
            fresca.sequenza += 1
            fresca.convocazioni.update(
                risposta=Risposta.IN_ATTESA, risposta_il=None, risposta_da=None, partecipante="", qualifica=""
            )
        fresca.save()
        if punti is not None:
            _scrivi_ordine_del_giorno(fresca, punti)
        if cambiata:
            registra(
                fresca.accordo,
                da=da,
                verbo="sposta_riunione" if convocata else "fissa_riunione",
                oggetto=fresca,
                dati={"inizio": inizio.isoformat(), "luogo": fresca.luogo},
            )
            if convocata:
                _avvisa_convocati(
                    fresca, "è cambiata", "La data o il luogo sono cambiati: di' di nuovo se partecipate."
                )
    riunione._copia_da(fresca)


def _scrivi_ordine_del_giorno(riunione: Riunione, titoli: Sequence[str]) -> None:
    """Write the agenda; items whose words stay keep their minutes, and one with minutes is never dropped."""
    puliti = [titolo.strip() for titolo in titoli if titolo.strip()]
    esistenti = {punto.titolo: punto for punto in riunione.punti.all()}
    perduti = [p.titolo for t, p in esistenti.items() if p.verbale and t not in puliti]
    if perduti:
        raise ErroreDominio(f"Il punto «{perduti[0]}» ha già un verbale: non si può togliere.")
    riunione.punti.filter(verbale="").exclude(titolo__in=puliti).delete()
    riunione.punti.update(ordine=F("ordine") + 1000)
    for numero, titolo in enumerate(dict.fromkeys(puliti), start=1):
        punto = esistenti.get(titolo)
        if punto is None:
            Punto.objects.create(riunione=riunione, ordine=numero, titolo=titolo)
        else:
            Punto.objects.filter(pk=punto.pk).update(ordine=numero)


def convoca_riunione(riunione: Riunione, *, da: Agente) -> Evento:
    """Call the meeting: the bodies on the list are told."""
    with transaction.atomic():
        evento = esegui(riunione, "convoca", da=da)
        _avvisa_convocati(riunione, "è convocata", "Di' se il tuo ente partecipa, e con chi.")
    return evento


def _avvisa_convocati(riunione: Riunione, fatto: str, invito: str) -> None:
    assert riunione.inizio is not None
    quando = localtime(riunione.inizio)
    avvisa(
        riunione.convocazioni.values_list("ente", flat=True),
        oggetto=f"{riunione.titolo}: la riunione {fatto}",
        testo=f"{riunione.titolo}\n{quando:%d/%m/%Y}, ore {quando:%H.%M}\n"
        f"{riunione.luogo}\n{riunione.collegamento}\n\n{invito}",
        url=riunione.url(),
    )


def rispondi_convocazione(
    convocazione: Convocazione, risposta: str, *, partecipante: str = "", qualifica: str = "", da: Agente
) -> None:
    """Say whether the body comes, and who for it: its representative or somebody whom it names."""
    if not miei.risponde(da, convocazione):
        raise NonAutorizzato(
            "Risponde chi è referente o rappresentante dell'ente convocato, finché la riunione è convocata."
        )
    if risposta == Risposta.ACCETTATA and not partecipante.strip():
        raise ErroreDominio("Scrivi chi partecipa per l'ente.")
    accordo = convocazione.riunione.accordo
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        stato = Riunione.objects.values_list("stato", flat=True).get(pk=convocazione.riunione_id)
        if stato != StatoRiunione.CONVOCATA:
            raise ErroreDominio("Nel frattempo la riunione è cambiata: ricarica la pagina.")
        convocazione.risposta = Risposta(risposta)
        convocazione.partecipante, convocazione.qualifica = partecipante.strip(), qualifica.strip()
        convocazione.risposta_il, convocazione.risposta_da = orologio.adesso(), da.utente
        convocazione.save()
        registra(
            accordo,
            da=da,
            verbo="risponde_convocazione",
            oggetto=convocazione,
            dati={"risposta": str(risposta)},
        )


def registra_presenze(riunione: Riunione, presenti: Iterable[int], *, da: Agente) -> None:
    """Write who was there: `presenti` are the keys of the bodies; the others were absent."""
    _richiedi_coordinatore(riunione.accordo, da)
    chiavi = set(presenti)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        stato = Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)
        if stato not in {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}:
            raise ErroreDominio(
                "Le presenze si segnano il giorno della riunione, prima di pubblicare il verbale."
            )
        riunione.convocazioni.filter(ente__in=chiavi).update(presente=True)
        riunione.convocazioni.exclude(ente__in=chiavi).update(presente=False)
        registra(
            riunione.accordo,
            da=da,
            verbo="registra_presenze",
            oggetto=riunione,
            dati={"presenti": len(chiavi)},
        )


def chiudi_riunione(riunione: Riunione, *, da: Agente) -> Evento:
    """Note that the meeting was held."""
    return esegui(riunione, "chiudi_riunione", da=da)


@dataclass(frozen=True, slots=True)
class Conflitto:
    """Somebody else wrote the same item meanwhile: what they wrote, and what was about to be written."""

    punto: Punto
    mio: str


def scrivi_verbale(
    riunione: Riunione, testi: Mapping[int, tuple[str, int]], *, da: Agente
) -> list[Conflitto]:
    """Write the minutes: by the item's key, the text and the revision that the writer saw.

    An item that somebody else has changed meanwhile is left as it is and returned, with both texts: nothing is lost.
    """
    _richiedi_coordinatore(riunione.accordo, da)
    conflitti: list[Conflitto] = []
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        stato = Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)
        if stato not in {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}:
            raise ErroreDominio("Il verbale è già in lettura o approvato: per cambiarlo va riaperto.")
        for punto in riunione.punti.select_related("modificato_da"):
            testo, vista = testi.get(punto.pk, (punto.verbale, punto.revisione))
            testo = testo.replace("\r\n", "\n").strip()
            if testo == punto.verbale:
                continue
            if vista != punto.revisione:
                conflitti.append(Conflitto(punto, testo))
                continue
            Punto.objects.filter(pk=punto.pk).update(
                verbale=testo,
                revisione=punto.revisione + 1,
                modificato_da=da.utente,
                modificato_il=orologio.adesso(),
            )
    return conflitti


def pubblica_verbale(riunione: Riunione, *, da: Agente) -> Evento:
    """Send the minutes to be read by who was there."""
    with transaction.atomic():
        evento = esegui(riunione, "pubblica_verbale", da=da)
        avvisa(
            riunione.convocazioni.values_list("ente", flat=True),
            oggetto=f"{riunione.titolo}: il verbale è in lettura",
            testo="Leggilo, e se qualcosa non va scrivi alla segreteria dell'accordo.",
            url=riunione.url(),
        )
    return evento


def contenuto_verbale(riunione: Riunione) -> dict[str, Any]:
    """Return the minutes as the data that their fingerprint is computed on."""
    return {
        "accordo": riunione.accordo.slug,
        "ambito": riunione.ambito.codice,
        "titolo": riunione.titolo,
        "inizio": riunione.inizio.astimezone(UTC).isoformat() if riunione.inizio else None,
        "luogo": riunione.luogo,
        "presenti": [
            [c.ente.codice, c.partecipante, c.qualifica]
            for c in riunione.convocazioni.filter(presente=True)
            .select_related("ente")
            .order_by("ente__codice")
        ],
        "punti": [[p.ordine, p.titolo, p.verbale] for p in riunione.punti.order_by("ordine")],
    }


def approva_verbale(riunione: Riunione, *, da: Agente) -> Evento:
    """Approve and freeze the minutes, with their SHA-256."""

    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        sha = impronta(
            contenuto_verbale(Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk))
        )

        def congela(fresca: Riunione) -> None:
            fresca.verbale_approvato_il, fresca.impronta = orologio.adesso(), sha

        return esegui(riunione, "approva_verbale", da=da, applica=congela, dati={"impronta": sha})


def muovi_riunione(riunione: Riunione, verbo: str, *, da: Agente, motivazione: str = "") -> Evento:
    """Do one of the steps of a meeting's life, with what belongs to it."""
    propri = {
        "convoca": convoca_riunione,
        "chiudi_riunione": chiudi_riunione,
        "pubblica_verbale": pubblica_verbale,
        "approva_verbale": approva_verbale,
    }
    if verbo in propri:
        return propri[verbo](riunione, da=da)
    with transaction.atomic():
        era_convocata = riunione.stato == StatoRiunione.CONVOCATA
        evento = esegui(riunione, verbo, da=da, motivazione=motivazione)
        if verbo == "annulla" and era_convocata:
            _avvisa_convocati(riunione, "è annullata", f"Motivo: {motivazione}")
    return evento


def _richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Le riunioni le prepara chi coordina l'accordo.")
