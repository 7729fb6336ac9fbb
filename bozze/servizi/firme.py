"""What writes the signatures of other bodies under an amendment."""

from collections.abc import Iterable

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Ruolo
from accordo.iter import avvisi
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Evento, Veste
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from bozze import permessi
from bozze.interrogazioni.emendamenti import aperte
from bozze.models import Emendamento, Sottoscrizione
from bozze.servizi.accantonamento import rimetti_in_riga
from bozze.servizi.subemendamenti import riprendi_subemendamenti
from bozze.stati import StatoEmendamento
from bozze.stati_firme import StatoSottoscrizione

_APERTI = (StatoEmendamento.BOZZA, StatoEmendamento.PRESENTATO)


def invitabili(emendamento: Emendamento) -> list[Ente]:
    """Return the signatories that can still be asked to sign with the proposer."""
    gia = Sottoscrizione.objects.filter(
        emendamento=emendamento, stato__in=(StatoSottoscrizione.DA_FIRMARE, StatoSottoscrizione.FIRMATA)
    ).values("ente")
    partecipano = (
        partecipazioni_attive(emendamento.accordo)
        .filter(veste=Veste.SOTTOSCRITTORE)
        .exclude(ente__in=gia)
        .exclude(ente__in=(emendamento.ente_id, emendamento.accordo.promotore_id))
    )
    return [partecipazione.ente for partecipazione in partecipano]


def invita_a_sottoscrivere(
    emendamento: Emendamento, enti: Iterable[Ente], *, da: Agente
) -> list[Sottoscrizione]:
    """Ask other bodies to sign: from then on they read the draft too. By the proposer's body; they are told by mail."""
    if not permessi.puo_emendare(da, emendamento.accordo) or not da.agisce_per(emendamento.ente_id):
        raise NonAutorizzato("A sottoscrivere invita l'ente che propone l'emendamento.")
    scelti = {ente.pk for ente in enti}
    if not scelti:
        raise ErroreDominio("Scegli almeno un ente da invitare.")
    with transaction.atomic():
        accordo = blocca_accordo(emendamento.accordo_id)
        fresco = Emendamento.objects.select_related("versione", "ente", "accordo").get(pk=emendamento.pk)
        if fresco.stato not in _APERTI:
            raise ErroreDominio("L'emendamento ha già un esito: non si sottoscrive più.")
        if mancanze := list(aperte(accordo, fresco.versione)):
            raise ErroreDominio("Non si può invitare ora.", mancanze)
        possibili = {ente.pk: ente for ente in invitabili(fresco)}
        if scelti - possibili.keys():
            raise ErroreDominio("Si invitano gli enti che sottoscrivono l'accordo e non hanno già firmato.")
        firme = []
        for pk in sorted(scelti):
            firma, _ = Sottoscrizione.objects.get_or_create(
                emendamento=fresco, ente=possibili[pk], defaults={"accordo": accordo}
            )
            firma.stato, firma.invitata_il = StatoSottoscrizione.DA_FIRMARE, orologio.adesso()
            firma.revisione += 1
            firma.save()
            registra(accordo, da=da, verbo="invita_a_sottoscrivere", oggetto=firma, stato_a=firma.stato)
            firme.append(firma)
        avvisi.avvisa(
            scelti,
            oggetto=f"{fresco.ente.nome_breve} vi chiede di sottoscrivere un emendamento",
            testo=(
                f"{fresco.ente.denominazione} vi invita a sottoscrivere un emendamento su {fresco.dove}. "
                "Chi rappresenta l'ente lo legge e, se vuole, lo firma nel portale."
            ),
            url=fresco.get_absolute_url(),
        )
    return firme


def richiama_invito(firma: Sottoscrizione, *, da: Agente) -> Evento:
    """Call an invitation back, by the body that sent it, until it is signed. Who was invited reads the draft no more."""
    if not permessi.puo_emendare(da, firma.accordo) or not da.agisce_per(firma.emendamento.ente_id):
        raise NonAutorizzato("L'invito lo ritira l'ente che l'ha mandato.")
    with transaction.atomic():
        accordo = blocca_accordo(firma.accordo_id)
        fresca = (
            Sottoscrizione.objects.select_for_update(of=("self",))
            .select_related("ente", "emendamento__ente", "emendamento__accordo")
            .get(pk=firma.pk)
        )
        if fresca.stato == StatoSottoscrizione.FIRMATA:
            raise StatoCambiato(
                f"{fresca.ente.denominazione} ha già firmato: l'invito non si ritira più. La firma la ritira chi l'ha messa."
            )
        if fresca.stato != StatoSottoscrizione.DA_FIRMARE:
            raise StatoCambiato(f"L'invito non c'è più: ora lo stato è «{fresca.stato_in_parole}».")
        fresca.stato, fresca.invitata_il = StatoSottoscrizione.RICHIAMATA, None
        fresca.revisione += 1
        fresca.save()
        evento = registra(
            accordo,
            da=da,
            verbo="richiama_invito",
            oggetto=fresca,
            stato_da=StatoSottoscrizione.DA_FIRMARE,
            stato_a=fresca.stato,
        )
        emendamento = fresca.emendamento
        pubblico = emendamento.numero is not None
        quale = f"l'emendamento {emendamento.sigla}" if pubblico else f"un emendamento su {emendamento.dove}"
        avvisi.avvisa(
            [fresca.ente_id],
            oggetto=f"{emendamento.ente.nome_breve} ritira l'invito a sottoscrivere un emendamento",
            testo=f"{emendamento.ente.denominazione} vi aveva invitato a sottoscrivere {quale} e ha ritirato l'invito. "
            "Non serve rispondere.",
            url=emendamento.get_absolute_url() if pubblico else "",
        )
    return evento


def sottoscrivi(emendamento: Emendamento, *, da: Agente) -> Evento:
    """Sign another body's amendment, by one's representative, until the term for amendments."""
    if (
        not permessi.puo_emendare(da, emendamento.accordo)
        or da.ente is None
        or not da.ha(Ruolo.RAPPRESENTANTE)
    ):
        raise NonAutorizzato("Un emendamento lo sottoscrive chi rappresenta un ente che firma l'accordo.")
    with transaction.atomic():
        accordo = blocca_accordo(emendamento.accordo_id)
        firma, _ = Sottoscrizione.objects.get_or_create(
            emendamento=emendamento, ente=da.ente, defaults={"accordo": accordo}
        )

        def applica(fresca: Sottoscrizione) -> None:
            fresca.firmata_il, fresca.firmata_da = orologio.adesso(), da.utente

        evento = esegui(firma, "sottoscrivi", da=da, applica=applica)
        _avvisa_proponente(
            emendamento,
            f"{da.ente.denominazione} sottoscrive il vostro emendamento",
            f"{da.ente.denominazione} ha sottoscritto il vostro emendamento su {emendamento.dove}.",
        )
    return evento


def declina(firma: Sottoscrizione, *, da: Agente) -> Evento:
    """Answer an invitation: this body does not sign."""
    return esegui(firma, "declina_sottoscrizione", da=da)


def ritira_firma(firma: Sottoscrizione, *, da: Agente) -> Evento:
    """Take a signature back; the amendment goes on without it."""
    with transaction.atomic():
        evento = esegui(firma, "ritira_firma", da=da, applica=_senza_firma)
        _avvisa_proponente(
            firma.emendamento,
            f"{firma.ente.denominazione} ritira la firma",
            f"{firma.ente.denominazione} ha ritirato la firma dall'emendamento su {firma.emendamento.dove}.",
        )
    return evento


def fai_proprio(emendamento: Emendamento, motivazione: str, *, da: Agente) -> Evento:
    """Make an amendment withdrawn by its proposer one's own, as a co-signer: it is presented again, with its number.

    The sub-amendments that fell with it come back.
    """
    firma = Sottoscrizione.objects.filter(emendamento=emendamento, ente=da.ente).first()
    if firma is None or firma.stato != StatoSottoscrizione.FIRMATA:
        raise NonAutorizzato("Può farlo proprio solo un ente che lo ha sottoscritto.")
    with transaction.atomic():
        accordo = blocca_accordo(emendamento.accordo_id)
        evento = esegui(firma, "fai_proprio", da=da, motivazione=motivazione)
        fresco = Emendamento.objects.select_for_update().select_related("ente").get(pk=emendamento.pk)
        prima = fresco.ente
        fresco.proponente_originario = fresco.proponente_originario or prima
        fresco.ente = firma.ente
        fresco.stato = StatoEmendamento.PRESENTATO
        fresco.motivazione_esito, fresco.deciso_il, fresco.deciso_da = "", None, None
        fresco.ritirato_dal_proponente = False
        fresco.revisione += 1
        fresco.save()
        registra(
            accordo,
            da=da,
            verbo="torna_in_esame",
            oggetto=fresco,
            stato_da=StatoEmendamento.RITIRATO,
            stato_a=StatoEmendamento.PRESENTATO,
            motivazione=motivazione.strip(),
            dati={"da": prima.codice, "a": firma.ente.codice},
        )
        riprendi_subemendamenti(fresco, da)
        rimetti_in_riga(fresco, da)
        avvisi.avvisa(
            [prima.pk, *_firmatari(fresco)],
            oggetto=f"L'emendamento {fresco.sigla} torna in esame",
            testo=f"{firma.ente.denominazione}, che lo aveva sottoscritto, ha fatto proprio l'emendamento {fresco.sigla}.",
            url=fresco.get_absolute_url(),
        )
    emendamento._copia_da(fresco)
    return evento


def rimetti_alla_firma(emendamento: Emendamento, *, da: Agente) -> int:
    """The amendment has changed: who had signed it is asked again, for what they signed is no longer what it says."""
    firme = list(
        Sottoscrizione.objects.select_for_update()
        .filter(emendamento=emendamento, stato=StatoSottoscrizione.FIRMATA)
        .select_related("ente")
    )
    for firma in firme:
        _senza_firma(firma)
        firma.stato = StatoSottoscrizione.DA_FIRMARE
        firma.invitata_il = firma.invitata_il or orologio.adesso()
        firma.revisione += 1
        firma.save()
        registra(
            emendamento.accordo,
            da=da,
            verbo="rimette_alla_firma",
            oggetto=firma,
            stato_da=StatoSottoscrizione.FIRMATA,
            stato_a=firma.stato,
        )
    if firme:
        quale = emendamento.sigla if emendamento.numero else f"su {emendamento.dove}, non ancora presentato"
        avvisi.avvisa(
            [firma.ente_id for firma in firme],
            oggetto="È cambiato l'emendamento che avete sottoscritto",
            testo=(
                f"{emendamento.ente.denominazione} ha cambiato l'emendamento {quale}. La vostra firma vale per il "
                "testo di prima e non compare più: per confermarla firmatelo di nuovo, finché il termine è aperto."
            ),
            url=emendamento.get_absolute_url(),
        )
    return len(firme)


def dopo_il_ritiro(emendamento: Emendamento) -> None:
    """Tell the co-signers that the proposer has withdrawn: they can make the amendment their own."""
    from bozze.interrogazioni.firme import termine_per_fare_proprio

    termine = termine_per_fare_proprio(emendamento)
    firmatari = _firmatari(emendamento)
    if not firmatari or termine is None:
        return
    avvisi.avvisa(
        firmatari,
        oggetto=f"Ritirato l'emendamento {emendamento.sigla} che avete sottoscritto",
        testo=(
            f"{emendamento.ente.denominazione} ha ritirato l'emendamento {emendamento.sigla}. Chi lo ha sottoscritto "
            f"può farlo proprio entro il {termine:%d/%m/%Y}: l'emendamento torna in esame con lo stesso numero."
        ),
        url=emendamento.get_absolute_url(),
    )


def _firmatari(emendamento: Emendamento) -> list[int]:
    firme = Sottoscrizione.objects.filter(emendamento=emendamento, stato=StatoSottoscrizione.FIRMATA)
    return list(firme.values_list("ente_id", flat=True))


def _senza_firma(firma: Sottoscrizione) -> None:
    firma.firmata_il, firma.firmata_da = None, None


def _avvisa_proponente(emendamento: Emendamento, oggetto: str, testo: str) -> None:
    avvisi.avvisa([emendamento.ente_id], oggetto=oggetto, testo=testo, url=emendamento.get_absolute_url())
