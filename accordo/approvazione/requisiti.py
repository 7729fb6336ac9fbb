"""What must hold: before a body's step, and before the accord is signed."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from accordo.approvazione import interrogazioni
from accordo.approvazione.models import Approvazione
from accordo.base.errori import Mancanza
from accordo.base.parole import elenca
from accordo.iter import fasi
from accordo.iter.models import Accordo

FASE = "approvazione"


# ---------------------------------------------------------------------------------------------- of one approval
def approvazione_aperta(approvazione: Approvazione) -> Iterable[Mancanza]:
    """Acts and signatures are taken in phase 8 only; those of a body that joins later, once the accord is signed."""
    accordo = approvazione.accordo
    if approvazione.successiva:
        if not accordo.sottoscritto:
            yield Mancanza("Si aderisce a un accordo già sottoscritto.")
    elif not fasi.in_fase(accordo, FASE):
        yield Mancanza("Atti e firme si registrano solo nella fase «Iter di approvazione».")


def testo_attuale(approvazione: Approvazione) -> Iterable[Mancanza]:
    """The approval is of the text in force, not of one that was reopened since."""
    documento = interrogazioni.documento_attuale(approvazione.accordo)
    if documento is None or documento.pk != approvazione.documento_id:
        yield Mancanza("Il testo è stato riaperto e ce n'è uno nuovo: questa approvazione resta come storia.")


def atto_del_testo_definitivo(approvazione: Approvazione) -> Iterable[Mancanza]:
    """No signature without an act, nor with an act that approves another version (R5)."""
    atto = approvazione.atto
    if atto is None:
        yield Mancanza("Manca l'atto di approvazione dell'ente.", approvazione.get_absolute_url())
    elif not atto.del_testo_definitivo:
        yield Mancanza(
            f"L'atto ({atto}) approva una versione diversa da quella definitiva: va corretto prima di firmare.",
            approvazione.get_absolute_url(),
        )


def si_puo_proseguire_senza(approvazione: Approvazione) -> Iterable[Mancanza]:
    """The accord goes on without a body once, and never without who promotes it nor without anybody."""
    if approvazione.prosegue_senza_il is not None:
        yield Mancanza("È già deciso: l'accordo prosegue senza questo ente.")
    yield from non_chi_promuove(approvazione)
    if interrogazioni.firmatari_richiesti(approvazione.documento).exclude(pk=approvazione.pk).count() < 2:
        yield Mancanza("Un accordo ha almeno due parti: senza questo ente ne resterebbe una sola.")


def non_chi_promuove(approvazione: Approvazione) -> Iterable[Mancanza]:
    """What cannot be done about the promoter."""
    if approvazione.ente_id == approvazione.accordo.promotore_id:
        yield Mancanza("L'ente che promuove l'accordo non può restarne fuori.")


def accordo_sottoscritto(approvazione: Approvazione) -> Iterable[Mancanza]:
    """Bodies join and withdraw once the accord is signed by all."""
    if not approvazione.accordo.sottoscritto:
        yield Mancanza("Si può fare solo dopo che l'accordo è stato sottoscritto da tutti.")


# ---------------------------------------------------------------------------------------------- of the accord
def versione_definitiva_pubblicata(accordo: Accordo) -> Iterable[Mancanza]:
    """Before phase 8 there is a final version to approve."""
    if interrogazioni.versione_definitiva(accordo) is None:
        yield Mancanza("Manca la versione definitiva del testo.")


def tutte_le_firme(accordo: Accordo) -> Iterator[Mancanza]:
    """The accord is signed when every signatory's act and signature are there (R11). Nothing overrides this."""
    documento = interrogazioni.documento_attuale(accordo)
    if documento is None:
        yield Mancanza("L'iter di approvazione non è ancora cominciato.")
        return
    nomi = [approvazione.ente.nome_breve for approvazione in interrogazioni.firme_mancanti(documento)]
    if nomi:
        quante = "Manca una firma" if len(nomi) == 1 else f"Mancano {len(nomi)} firme"
        yield Mancanza(f"{quante}: {elenca(nomi, 6)}.", reverse("approvazione:quadro", args=[accordo.slug]))
