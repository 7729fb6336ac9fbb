"""What writes sub-amendments, their outcomes, and what these change in their amendment."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Max

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.iter import avvisi
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from bozze import permessi
from bozze.interrogazioni.emendamenti import testo_di
from bozze.interrogazioni.firme import accolti_su, aperti_i_subemendamenti, cofirmatari
from bozze.models import Emendamento, Subemendamento
from bozze.servizi.chi_coordina import dillo_a_chi_coordina
from bozze.stati_firme import StatoSubemendamento
from bozze.testo.formule import formule
from bozze.testo.operazioni import Operazione, da_dati, in_dati
from bozze.testo.subemendamenti import controlla_sub, emendate, formule_sub, normale, portato

VERBI_SUB = {
    StatoSubemendamento.ACCOLTO: "accogli_subemendamento",
    StatoSubemendamento.RESPINTO: "respingi_subemendamento",
    StatoSubemendamento.PRECLUSO: "precludi_subemendamento",
}


def _operazioni(emendamento: Emendamento) -> list[Operazione]:
    return [da_dati(dati) for dati in emendamento.operazioni]


def verifica_sub(emendamento: Emendamento, proposte: Sequence[Operazione]) -> None:
    """Refuse what cannot be proposed on this amendment, with all the reasons."""
    if not proposte:
        raise ErroreDominio(
            "Il subemendamento non cambia nulla: cambia le parole proposte, o opponiti a una parte."
        )
    testo = testo_di(emendamento.versione)
    if errori := controlla_sub(testo, _operazioni(emendamento), proposte, emendamento.sigla):
        raise ErroreDominio(" ".join(errori))
    if sum(len(str(in_dati(o))) for o in proposte) > 400_000:
        raise ErroreDominio("La proposta è troppo lunga: dividila in più subemendamenti.")


def disposto_sub(emendamento: Emendamento, proposte: Sequence[Operazione]) -> list[str]:
    """Return the legal wording, a sentence for each operation."""
    testo = testo_di(emendamento.versione)
    return formule_sub(testo, _operazioni(emendamento), proposte, emendamento.sigla)


def _scrivi(sub: Subemendamento, proposte: Sequence[Operazione]) -> None:
    prima = portato(_operazioni(sub.emendamento))
    sub.operazioni = [in_dati(normale(prima, operazione)) for operazione in proposte]
    sub.disposto = "\n".join(disposto_sub(sub.emendamento, proposte))


def _chi_propone(emendamento: Emendamento, da: Agente) -> None:
    if not permessi.puo_emendare(da, emendamento.accordo) or da.ente is None:
        raise NonAutorizzato("I subemendamenti li propongono gli enti sottoscrittori, esclusa chi coordina.")


def _verifica_apertura(emendamento: Emendamento, motivazione: str) -> None:
    if not motivazione.strip():
        raise ErroreDominio("Scrivi perché proponi la modifica: la motivazione è obbligatoria.")
    if mancanze := list(aperti_i_subemendamenti(emendamento)):
        raise ErroreDominio("Non si può proporre ora.", mancanze)


def crea_subemendamento(
    emendamento: Emendamento, proposte: Sequence[Operazione], motivazione: str, *, da: Agente
) -> Subemendamento:
    """Write a draft sub-amendment of the person's body. It is seen by that body only until it is presented."""
    _chi_propone(emendamento, da)
    verifica_sub(emendamento, proposte)
    with transaction.atomic():
        accordo = blocca_accordo(emendamento.accordo_id)
        fresco = Emendamento.objects.select_related("versione").get(pk=emendamento.pk)
        fresco.accordo = accordo
        _verifica_apertura(fresco, motivazione)
        sub = Subemendamento(
            accordo=accordo,
            emendamento=fresco,
            ente=da.ente,
            autore=da.utente,
            motivazione=motivazione.strip(),
        )
        _scrivi(sub, proposte)
        sub.save()
        registra(accordo, da=da, verbo="crea_subemendamento", oggetto=sub, stato_a=sub.stato)
    return sub


def modifica_subemendamento(
    sub: Subemendamento, proposte: Sequence[Operazione], motivazione: str, *, revisione: int, da: Agente
) -> Subemendamento:
    """Write a draft again. StatoCambiato if a colleague has saved it since `revisione`, or if it is no longer a draft."""
    if not permessi.puo_emendare(da, sub.accordo) or not da.agisce_per(sub.ente_id):
        raise NonAutorizzato("La proposta è di un altro ente.")
    verifica_sub(sub.emendamento, proposte)
    with transaction.atomic():
        accordo = blocca_accordo(sub.accordo_id)
        fresco = Subemendamento.objects.select_for_update().get(pk=sub.pk)
        if fresco.stato != StatoSubemendamento.BOZZA:
            raise StatoCambiato(f"La proposta non si modifica più: lo stato è «{fresco.stato_in_parole}».")
        if fresco.revisione != revisione:
            raise StatoCambiato("Nel frattempo un'altra persona del tuo ente ha salvato questa proposta.")
        _verifica_apertura(fresco.emendamento, motivazione)
        fresco.motivazione = motivazione.strip()
        _scrivi(fresco, proposte)
        fresco.revisione += 1
        fresco.save()
        registra(
            accordo, da=da, verbo="modifica_subemendamento", oggetto=fresco, stato_da="bozza", stato_a="bozza"
        )
    return fresco


def presenta_subemendamento(sub: Subemendamento, *, da: Agente) -> Evento:
    """Present a draft: it takes its number for good ("5.3.1"), and the signatories of the amendment are told."""

    def applica(fresco: Subemendamento) -> None:
        usati = Subemendamento.objects.filter(emendamento=fresco.emendamento_id)
        fresco.numero = (usati.aggregate(massimo=Max("numero"))["massimo"] or 0) + 1
        fresco.presentato_il = orologio.adesso()
        fresco.presentato_da = da.utente

    with transaction.atomic():
        evento = esegui(sub, "presenta_subemendamento", da=da, applica=applica)
        emendamento = sub.emendamento
        verifica_sub(
            emendamento, [da_dati(dati) for dati in sub.operazioni]
        )  # it may have been written again
        avvisi.avvisa(
            [emendamento.ente_id, *(ente.pk for ente in cofirmatari(emendamento))],
            oggetto=f"Subemendamento {sub.sigla} al vostro emendamento",
            testo=f"{sub.ente.denominazione} ha presentato il subemendamento {sub.sigla}.",
            url=sub.get_absolute_url(),
        )
        dillo_a_chi_coordina(
            sub.accordo,
            f"Subemendamento {sub.sigla} di {sub.ente.nome_breve}",
            f"{sub.ente.denominazione} ha presentato il subemendamento {sub.sigla}. "
            f"Nell'esame si decide prima dell'emendamento {emendamento.sigla}.",
            sub.get_absolute_url(),
        )
    return evento


def scarta_subemendamento(sub: Subemendamento, *, da: Agente) -> Evento:
    """Put a draft aside: it is kept, and shown no more."""
    return esegui(sub, "scarta_subemendamento", da=da)


def ritira_subemendamento(sub: Subemendamento, motivazione: str, *, da: Agente) -> Evento:
    """Withdraw a presented sub-amendment, by its body, with a reason. It is final."""
    return esegui(
        sub,
        "ritira_subemendamento",
        da=da,
        motivazione=motivazione,
        applica=_esito(motivazione, da, proponente=True),
    )


def decidi_subemendamento(sub: Subemendamento, esito: str, motivazione: str, *, da: Agente) -> Evento:
    """Write an outcome, or change it, with its reason, before the amendment has its own.

    What is accepted changes the words that the amendment brings: they are the ones then examined.
    """
    stato = StatoSubemendamento(esito) if esito in StatoSubemendamento.values else None
    if stato not in VERBI_SUB:
        raise ErroreDominio("L'esito scelto non esiste.")
    with transaction.atomic():
        evento = esegui(
            sub, VERBI_SUB[stato], da=da, motivazione=motivazione, applica=_esito(motivazione, da)
        )
        scrivi_emendate(sub.emendamento)
        _in_riga(sub.emendamento, da)
        avvisi.avvisa(
            [sub.ente_id],
            oggetto=f"Subemendamento {sub.sigla}: {sub.get_stato_display().lower()}",
            testo=f"Il vostro subemendamento {sub.sigla} è stato deciso. L'esito e la motivazione sono nel portale.",
            url=sub.get_absolute_url(),
        )
    return evento


def rimetti_subemendamento(sub: Subemendamento, motivazione: str, *, da: Agente) -> Evento:
    """Take an outcome back, with a reason."""
    with transaction.atomic():
        evento = esegui(sub, "rimetti_subemendamento", da=da, motivazione=motivazione, applica=_azzera)
        scrivi_emendate(sub.emendamento)
        _in_riga(sub.emendamento, da)
    return evento


def _esito(motivazione: str, da: Agente, *, proponente: bool = False) -> Callable[[Subemendamento], None]:
    def applica(fresco: Subemendamento) -> None:
        fresco.motivazione_esito = motivazione.strip()
        fresco.deciso_il = orologio.adesso()
        fresco.deciso_da = da.utente
        fresco.ritirato_dal_proponente = proponente

    return applica


def _azzera(fresco: Subemendamento) -> None:
    fresco.motivazione_esito = ""
    fresco.deciso_il = None
    fresco.deciso_da = None
    fresco.segue_emendamento = False


def _in_riga(emendamento: Emendamento, da: Agente) -> None:
    """Other words may collide with other amendments."""
    from bozze.servizi.accantonamento import rimetti_in_riga

    rimetti_in_riga(emendamento, da)
    emendamento.refresh_from_db(fields=["stato", "revisione", "a_causa_di", "perche_accantonato"])


def scrivi_emendate(emendamento: Emendamento) -> None:
    """Write in the amendment its operations as the accepted sub-amendments make them. In the caller's transaction."""
    fresco = Emendamento.objects.select_for_update().select_related("versione").get(pk=emendamento.pk)
    accolte = [da_dati(o) for sub in accolti_su(fresco) for o in sub.operazioni]
    nuove = emendate(_operazioni(fresco), accolte) if accolte else None
    fresco.emendate = [in_dati(o) for o in nuove] if nuove is not None else None
    fresco.disposto_emendato = (
        "\n".join(formule(testo_di(fresco.versione), nuove)) if nuove is not None else ""
    )
    fresco.revisione += 1
    fresco.save(update_fields=["emendate", "disposto_emendato", "revisione"])
    emendamento.emendate, emendamento.disposto_emendato = fresco.emendate, fresco.disposto_emendato
    emendamento.revisione = fresco.revisione


# ---------------------------------------------------------------------------------------------- with the amendment
def segui_emendamento(emendamento: Emendamento, da: Agente) -> None:
    """Bring the sub-amendments along with the outcome that their amendment has just had, or has lost.

    Where it fell those still open are precluded; where it is to be decided again they come back. In the caller's
    transaction, after each change of the amendment's state.
    """
    if emendamento.stato == "presentato":
        riprendi_subemendamenti(emendamento, da)
    elif emendamento.deciso and not emendamento.accolto:
        _precludi(emendamento, da)


def riprendi_subemendamenti(emendamento: Emendamento, da: Agente) -> None:
    """The amendment is to be decided again: the sub-amendments that fell with it come back."""
    for sub in (
        emendamento.subemendamenti.select_for_update().filter(segue_emendamento=True).order_by("numero")
    ):
        _azzera(sub)
        _passa(sub, StatoSubemendamento.PRESENTATO, "riprendi_subemendamento", da)


def lascia_cadere_subemendamenti(emendamento: Emendamento, *, da: Agente) -> None:
    """The amendment is written again: what amended its words of before falls, also if accepted. Its bodies are told.

    In the caller's transaction, before the new operations are written.
    """
    motivo = f"L'emendamento {emendamento.sigla} è stato riscritto su un nuovo testo: le sue parole non sono più queste."
    in_piedi = (StatoSubemendamento.PRESENTATO, StatoSubemendamento.ACCOLTO)
    caduti = list(
        emendamento.subemendamenti.select_for_update(of=("self",))
        .filter(stato__in=in_piedi)
        .select_related("accordo", "emendamento", "ente")
        .order_by("numero")
    )
    for sub in caduti:
        _esito(motivo, da)(sub)
        _passa(sub, StatoSubemendamento.PRECLUSO, "segue_emendamento", da)
    for sub in caduti:
        avvisi.avvisa(
            [sub.ente_id],
            oggetto=f"Subemendamento {sub.sigla}: precluso",
            testo=f"{motivo} Se serve, presentane uno sulle nuove parole.",
            url=sub.get_absolute_url(),
        )
    if emendamento.emendate is not None:
        scrivi_emendate(emendamento)


def _precludi(emendamento: Emendamento, da: Agente) -> None:
    motivo = f"L'emendamento {emendamento.sigla} è {emendamento.get_stato_display().lower()}."
    aperti = emendamento.subemendamenti.select_for_update().filter(stato=StatoSubemendamento.PRESENTATO)
    for sub in aperti.order_by("numero"):
        _esito(motivo, da)(sub)
        sub.segue_emendamento = True
        _passa(sub, StatoSubemendamento.PRECLUSO, "segue_emendamento", da)


def _passa(sub: Subemendamento, stato: StatoSubemendamento, verbo: str, da: Agente) -> None:
    prima, sub.stato = sub.stato, stato
    sub.revisione += 1
    sub.save()
    registra(
        sub.accordo,
        da=da,
        verbo=verbo,
        oggetto=sub,
        stato_da=prima,
        stato_a=stato,
        motivazione=sub.motivazione_esito,
    )


def aperti_su(accordo: Accordo) -> int:
    """Return how many sub-amendments are still to be decided."""
    return Subemendamento.objects.filter(accordo=accordo, stato=StatoSubemendamento.PRESENTATO).count()


SENZA_MOTIVAZIONE = {
    "presenta_subemendamento": presenta_subemendamento,
    "scarta_subemendamento": scarta_subemendamento,
}
CON_MOTIVAZIONE = {
    "ritira_subemendamento": ritira_subemendamento,
    "rimetti_subemendamento": rimetti_subemendamento,
}
