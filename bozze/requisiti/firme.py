"""What is missing before each step of a co-signature or of a sub-amendment."""

from collections.abc import Iterator

from accordo.base import orologio
from accordo.base.errori import Mancanza
from accordo.iter import fasi
from accordo.iter.models import Partecipazione, StatoPartecipazione, Veste
from bozze.interrogazioni.emendamenti import FASE_ESAME, aperte, definitiva_pubblicata, testo_di
from bozze.interrogazioni.firme import accolti_su, aperti_i_subemendamenti, termine_per_fare_proprio
from bozze.models import Emendamento, Sottoscrizione, Subemendamento
from bozze.stati import APERTI, StatoEmendamento
from bozze.testo.operazioni import controlla_tutte, da_dati
from bozze.testo.subemendamenti import NonConsolidabile, emendate, scontri


def ente_firmatario(oggetto: Sottoscrizione | Subemendamento) -> Iterator[Mancanza]:
    """The body is a signatory of the accord that takes part, and is not the promoter."""
    firma = Partecipazione.objects.filter(
        accordo=oggetto.accordo_id, ente=oggetto.ente_id, veste=Veste.SOTTOSCRITTORE
    ).exclude(stato=StatoPartecipazione.NON_PARTECIPA)
    if oggetto.ente_id == oggetto.accordo.promotore_id or not firma.exists():
        yield Mancanza("Può farlo solo un ente che sottoscrive l'accordo, escluso chi lo promuove.")


# ---------------------------------------------------------------------------------------------- co-signatures
def si_puo_sottoscrivere(firma: Sottoscrizione) -> Iterator[Mancanza]:
    """The amendment is presented and open, or a draft to whose signing the body is invited; the term has not passed."""
    emendamento = firma.emendamento
    if emendamento.ente_id == firma.ente_id:
        yield Mancanza("Il tuo ente è già il proponente.")
    invitato = emendamento.stato == StatoEmendamento.BOZZA and firma.invitata_il is not None
    if emendamento.stato != StatoEmendamento.PRESENTATO and not invitato:
        yield Mancanza("Si sottoscrive solo un emendamento presentato e ancora da decidere.")
    yield from aperte(firma.accordo, emendamento.versione)


def firma_ritirabile(firma: Sottoscrizione) -> Iterator[Mancanza]:
    """A signature is taken back until the amendment has its outcome."""
    if firma.emendamento.stato not in (StatoEmendamento.BOZZA, *APERTI):
        yield Mancanza("L'emendamento ha già un esito: la firma non si ritira più.")
    yield from prima_della_definitiva(firma)


def si_puo_fare_proprio(firma: Sottoscrizione) -> Iterator[Mancanza]:
    """Its proposer has withdrawn it, the days for making it one's own have not passed, the final version is not out."""
    emendamento = firma.emendamento
    termine = termine_per_fare_proprio(emendamento)
    if emendamento.stato != StatoEmendamento.RITIRATO or termine is None:
        yield Mancanza("Si fa proprio un emendamento che chi lo ha proposto ha ritirato.")
        return
    if orologio.oggi() > termine:
        yield Mancanza(f"Il termine per farlo proprio è scaduto il {termine:%d/%m/%Y}.")
    yield from prima_della_definitiva(firma)


def prima_della_definitiva(oggetto: Sottoscrizione | Subemendamento) -> Iterator[Mancanza]:
    """The final version is not out yet."""
    if definitiva_pubblicata(oggetto.accordo):
        yield Mancanza("La proposta definitiva è pubblicata: non si può più cambiare.")


# ---------------------------------------------------------------------------------------------- sub-amendments
def subemendamenti_aperti(sub: Subemendamento) -> Iterator[Mancanza]:
    """The amendment is still to be decided, and the term for sub-amendments has not passed."""
    yield from aperti_i_subemendamenti(sub.emendamento)


def subemendamento_in_esame(sub: Subemendamento) -> Iterator[Mancanza]:
    """Sub-amendments are decided in phase 7, before their amendment."""
    if not fasi.in_fase(sub.accordo, FASE_ESAME):
        yield Mancanza(
            "L'esame degli emendamenti è chiuso."
            if fasi.fase_raggiunta(sub.accordo, FASE_ESAME)
            else "L'esame comincia quando finisce la raccolta degli emendamenti."
        )
    yield from prima_della_definitiva(sub)
    emendamento = sub.emendamento
    if emendamento.stato != StatoEmendamento.PRESENTATO:
        yield Mancanza(
            f"L'emendamento {emendamento.sigla} ha già un esito: i suoi subemendamenti si decidono prima. "
            "Per cambiare, rimettilo in esame."
        )


def sta_con_gli_accolti(sub: Subemendamento) -> Iterator[Mancanza]:
    """It can be written into the amendment together with what is accepted, and something is left of it."""
    emendamento = sub.emendamento
    testo = testo_di(emendamento.versione)
    operazioni = [da_dati(o) for o in emendamento.operazioni]
    altri = list(accolti_su(emendamento).exclude(pk=sub.pk))
    scontrati = False
    for altro in altri:
        for motivo in _scontri(sub, altro):
            scontrati = True
            yield Mancanza(f"Il subemendamento {altro.sigla} è già accolto. {motivo}")
    if scontrati:
        return
    try:
        nuove = emendate(operazioni, [da_dati(o) for s in (*altri, sub) for o in s.operazioni])
    except NonConsolidabile as errore:
        yield from (Mancanza(motivo) for motivo in errore.motivi)
        return
    if not nuove:
        yield Mancanza(
            f"Dell'emendamento {emendamento.sigla} non resterebbe nulla: se non va accolto, respingilo."
        )
        return
    yield from (Mancanza(motivo) for motivo in controlla_tutte(testo, nuove))


def un_accolto_lo_impedisce(sub: Subemendamento) -> Iterator[Mancanza]:
    """It is precluded only by an accepted one that it cannot stand with."""
    if not any(_scontri(sub, altro) for altro in accolti_su(sub.emendamento).exclude(pk=sub.pk)):
        yield Mancanza("Nessun subemendamento accolto lo impedisce: non può essere precluso.")


def _scontri(sub: Subemendamento, altro: Subemendamento) -> list[str]:
    emendamento = sub.emendamento
    return scontri(
        testo_di(emendamento.versione),
        [da_dati(o) for o in emendamento.operazioni],
        {str(s.pk): [da_dati(o) for o in s.operazioni] for s in (sub, altro)},
        emendamento.sigla,
    )


def subemendamenti_decisi(emendamento: Emendamento) -> Iterator[Mancanza]:
    """Before an amendment is accepted its sub-amendments are decided."""
    if emendamento.tavolo is not None:  # whoever decides many has asked for all of them at once
        return
    aperti = [
        s.sigla for s in emendamento.subemendamenti.filter(stato="presentato").select_related("emendamento")
    ]
    if aperti:
        quali = ", ".join(aperti)
        yield Mancanza(
            f"Prima si decide sul subemendamento {quali}."
            if len(aperti) == 1
            else f"Prima si decide sui subemendamenti: {quali}."
        )
