"""Phase 1: the proposal is written and published, the bodies are invited, each answers and names its referente."""

from collections.abc import Collection

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from accordo.base import orologio
from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti import servizi as servizi_enti
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Incarico, Ruolo, Utente
from accordo.enti.servizi import DatiIncarico
from accordo.iter import fasi, permessi
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo, Partecipazione, Proposta, StatoPartecipazione, Veste
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra

FASE = "presentazione"


def _richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Questa azione spetta a chi coordina l'accordo.")


def salva_proposta(
    accordo: Accordo,
    testo: str,
    allegato: File[bytes] | None = None,
    *,
    togli_allegato: bool = False,
    da: Agente,
) -> Proposta:
    """Keep the text and the PDF (checked by the form) of a proposal that nobody else sees yet."""
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        fasi.richiedi_fase(accordo, FASE)
        proposta = Proposta.objects.filter(accordo=accordo).first() or Proposta(accordo=accordo)
        if proposta.pubblicata_il:
            raise ErroreDominio(
                "La proposta è già pubblicata: gli enti la stanno leggendo e non si cambia più."
            )
        proposta.testo = testo.strip()
        proposta.aggiornata_il = orologio.adesso()
        if allegato is not None:
            proposta.allegato_nome = (allegato.name or "proposta.pdf").rsplit("/", 1)[-1][:200]
            proposta.allegato.save("proposta.pdf", allegato, save=False)
        elif togli_allegato:
            proposta.allegato, proposta.allegato_nome = "", ""
        proposta.save()
    return proposta


def pubblica_proposta(
    accordo: Accordo, testo: str | None = None, allegato: File[bytes] | None = None, *, da: Agente
) -> Proposta:
    """Publish the proposal (as given, or as it was saved) and tell all the bodies invited. It never changes again."""
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        if testo is not None:
            salva_proposta(accordo, testo, allegato, da=da)
        fasi.richiedi_fase(accordo, FASE)
        proposta = Proposta.objects.select_for_update().filter(accordo=accordo).first()
        if proposta is None or not proposta.testo:
            raise ErroreDominio("Prima scrivi la proposta: il testo è vuoto.")
        if proposta.pubblicata_il:
            raise ErroreDominio("La proposta è già pubblicata.")
        invitati = enti_invitati(accordo)
        if not invitati:
            raise ErroreDominio("Prima invita gli enti: nessuno riceverebbe la proposta.")
        proposta.pubblicata_il, proposta.pubblicata_da = orologio.adesso(), da.utente
        proposta.save(update_fields=["pubblicata_il", "pubblicata_da"])
        dati = {"enti": len(invitati), "testo": impronta(proposta.testo.encode())}
        if proposta.allegato:
            with proposta.allegato.open("rb") as file:
                dati |= {"allegato": proposta.allegato_nome, "allegato_impronta": impronta(file.read())}
        registra(accordo, da=da, verbo="pubblica_proposta", oggetto=proposta, dati=dati)
        _presenta(accordo, invitati)
    return proposta


def enti_invitati(accordo: Accordo) -> list[int]:
    """Return the keys of the bodies that the proposal goes to."""
    partecipazioni = Partecipazione.objects.filter(accordo=accordo).exclude(ente=accordo.promotore_id)
    return list(
        partecipazioni.exclude(stato=StatoPartecipazione.NON_PARTECIPA).values_list("ente_id", flat=True)
    )


def _presenta(accordo: Accordo, enti: Collection[int]) -> None:
    termine = fasi.scadenza(accordo, FASE)
    entro = f" La risposta è attesa entro il {termine:%d/%m/%Y}." if termine else ""
    avvisa(
        enti,
        oggetto=f"{accordo.titolo}: la proposta",
        testo=f"{accordo.promotore.con_articolo} propone un accordo: {accordo.titolo}.\n"
        "Chi rappresenta l'ente la legge, dice se l'ente partecipa e indica chi lo segue negli uffici."
        f"{entro}",
        url=reverse("iter:presentazione", args=[accordo.slug]),
    )


def invita_enti(
    accordo: Accordo,
    sottoscrittori: Collection[Ente],
    soggetti_coinvolti: Collection[Ente] = (),
    *,
    da: Agente,
) -> int:
    """Invite further bodies, as signatories or involved; those already invited stay as they are. Return how many."""
    _richiedi_coordinatore(accordo, da)
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        if accordo.sottoscritto:
            raise ErroreDominio("L'accordo è già sottoscritto: non si invitano altri enti.")
        presenti = set(Partecipazione.objects.filter(accordo=accordo).values_list("ente_id", flat=True))
        nuovi = {
            e.pk: Partecipazione(accordo=accordo, ente=e, veste=Veste.SOTTOSCRITTORE) for e in sottoscrittori
        }
        for ente in soggetti_coinvolti:
            nuovi.setdefault(
                ente.pk, Partecipazione(accordo=accordo, ente=ente, veste=Veste.SOGGETTO_COINVOLTO)
            )
        da_creare = [p for pk, p in nuovi.items() if pk not in presenti]
        Partecipazione.objects.bulk_create(da_creare)
        if da_creare:
            nomi = sorted(p.ente.nome_breve for p in da_creare)
            registra(accordo, da=da, verbo="invita_enti", dati={"enti": nomi})
            if Proposta.objects.filter(accordo=accordo, pubblicata_il__isnull=False).exists():
                _presenta(accordo, [p.ente_id for p in da_creare])
    return len(da_creare)


def ritira_invito(partecipazione: Partecipazione, *, motivazione: str, da: Agente) -> None:
    """Take back the invitation of a body that has not answered; the row and the reason stay."""
    esegui(partecipazione, "ritira_invito", da=da, motivazione=motivazione)


def prendi_visione(
    partecipazione: Partecipazione,
    partecipa: bool,
    referente: Utente | None = None,
    nota: str = "",
    *,
    nuovo_referente: DatiIncarico | None = None,
    da: Agente,
) -> Partecipazione:
    """Acknowledge the proposal for a body: whether it takes part, who follows it in the offices, a note or its act.

    An answer may be changed until the accord is signed; one that comes after the deadline is accepted, and the
    registro says so. `referente` is one of the body's people, `nuovo_referente` somebody to invite.
    """
    accordo = partecipazione.accordo
    if not (da.ha(Ruolo.RAPPRESENTANTE) and da.agisce_per(partecipazione.ente_id)):
        raise NonAutorizzato("Risponde alla proposta chi rappresenta l'ente.")
    if partecipa and referente is None and nuovo_referente is None and partecipazione.referente_id is None:
        raise ErroreDominio("Indica il referente: chi segue l'accordo negli uffici dell'ente.")
    if not partecipa and not nota.strip():
        raise ErroreDominio("Scrivi perché l'ente non partecipa: resta nel registro.")
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        if Accordo.objects.get(pk=accordo.pk).sottoscritto:
            raise ErroreDominio("L'accordo è già sottoscritto: la risposta non si cambia più.")
        if not Proposta.objects.filter(accordo=accordo, pubblicata_il__isnull=False).exists():
            raise ErroreDominio("La proposta non è ancora pubblicata.")
        tardi = fasi.scaduta(accordo, FASE) or fasi.fase_superata(accordo, FASE)
        dati = {"dopo_la_scadenza": True} if tardi else {}
        scelto = _referente(partecipazione.ente, referente, nuovo_referente, da) if partecipa else None

        def applica(fresca: Partecipazione) -> None:
            if fresca.presa_visione_il is None:
                fresca.presa_visione_il, fresca.presa_visione_da = orologio.adesso(), da.utente
            fresca.nota = nota.strip()
            if partecipa:
                fresca.referente = scelto or fresca.referente

        voluto = StatoPartecipazione.PARTECIPA if partecipa else StatoPartecipazione.NON_PARTECIPA
        if partecipazione.stato != voluto:
            esegui(
                partecipazione,
                "aderisci" if partecipa else "rinuncia",
                da=da,
                motivazione=nota,
                dati=dati,
                applica=applica,
            )
        else:
            applica(partecipazione)
            partecipazione.save(update_fields=["presa_visione_il", "presa_visione_da", "nota", "referente"])
            registra(
                accordo,
                da=da,
                verbo="cambia_risposta",
                oggetto=partecipazione,
                motivazione=nota.strip(),
                dati=dati,
            )
        _avvisa_promotore(accordo, partecipazione, partecipa)
    return partecipazione


def _avvisa_promotore(accordo: Accordo, partecipazione: Partecipazione, partecipa: bool) -> None:
    ente = partecipazione.ente
    avvisa(
        [accordo.promotore_id],
        oggetto=f"{ente.nome_breve}: {'partecipa' if partecipa else 'non partecipa'}",
        testo=f"{ente.con_articolo} ha risposto alla proposta: {'partecipa' if partecipa else 'non partecipa'}.",
        url=reverse("iter:presentazione", args=[accordo.slug]),
        ruoli=(Ruolo.COORDINATORE,),
    )


def _referente(ente: Ente, persona: Utente | None, nuova: DatiIncarico | None, da: Agente) -> Utente | None:
    """Return who follows the accord: one of the body's people; somebody invited is nobody until they accept."""
    if nuova is not None:
        esito = servizi_enti.invita(ente, nuova, da=da)
        return esito.utente if isinstance(esito, Incarico) else None
    if persona is None:
        return None
    incarichi = Incarico.objects.in_corso().filter(utente=persona, ente=ente)
    if not incarichi.exists():
        raise ErroreDominio(f"{persona} non ha un incarico per {ente}: invita prima la persona.")
    if not incarichi.filter(ruolo=Ruolo.REFERENTE).exists():
        servizi_enti.affida(persona, ente, Ruolo.REFERENTE)
    return persona
