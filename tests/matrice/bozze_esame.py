"""What the examination opens beside the desk: reformulations, amendments whose target changed, reasons, batches."""

from typing import Any

from bozze.models import MotivoEsito, Riporto, Versione
from bozze.servizi import esame, riformulazioni
from bozze.servizi.emendamenti import avvia_osservazioni
from bozze.servizi.insieme import decidi_insieme
from bozze.testo.consolidamento import consolida
from tests.bozze.emendamenti.fabbriche import albero_base, cambia, emendamento, sopprimi, versione
from tests.matrice.base import (
    LETTORI,
    SOLO_COORDINATORE,
    SOLO_ENTE,
    SOLO_RAPPRESENTANTE,
    Riga,
    come_post,
    con,
    slug,
)


def proposta(scena: Any) -> None:
    """A reformulation put to body A."""
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    scena.riformulazione = riformulazioni.proponi_riformulazione(
        scena.emendamento,
        "anno, entro marzo,",
        "Serve una data.",
        da=scena.agente(scena.coordinatore),
    )


def in_attesa(scena: Any) -> None:
    """An amendment of body A whose words say something else in the second version."""
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni sei mesi"))
    albero = consolida(albero_base(), cambia("aggiornati ogni due anni", "rivisti ogni due anni"))
    Versione(accordo=scena.accordo, numero=2, testo=albero.in_dati(), impronta=albero.impronta).save()
    avvia_osservazioni(scena.accordo, scena.agente(scena.coordinatore))
    scena.porta_a("proposta_definitiva")
    scena.riporto = Riporto.objects.get()


def in_esame(scena: Any) -> None:
    """Two amendments to be decided, one accepted."""
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    emendamento(scena, sopprimi("La partecipazione"), chi="altro")
    scena.porta_a("proposta_definitiva")
    esame.decidi_emendamento(scena.emendamento, "accolto", "Va bene.", da=scena.agente(scena.coordinatore))


def decisi_insieme(scena: Any) -> None:
    """A batch of one."""
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    da = scena.agente(scena.coordinatore)
    scena.insieme = decidi_insieme(scena.accordo, [em.pk], "respinto", "Non serve.", da=da)
    scena.motivo = MotivoEsito.objects.get()


def _ins(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.insieme.pk}


def _mot(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.motivo.pk}


def _rif(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.riformulazione.pk}


def _rip(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.riporto.pk}


CHI_ASPETTA = con(SOLO_ENTE, coordinatore=200)
_PERCHE = {"motivazione": "Serve."}

RIGHE = {
    "bozze:adotta": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=in_esame),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=slug,
            metodo="post",
            dati={"entro": "2999-01-01", "numeri": "di_seguito"},
            prepara=in_esame,
        ),
    ],
    "bozze:insieme": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=in_esame),
        Riga(
            SOLO_COORDINATORE,
            argomenti=slug,
            metodo="post",
            dati={"tutti": "1", "esito": "respinto", "motivazione": "No."},
            prepara=in_esame,
        ),
    ],
    "bozze:insieme_esito": Riga(SOLO_COORDINATORE, argomenti=_ins, prepara=decisi_insieme),
    "bozze:insieme_annulla": [
        Riga(SOLO_COORDINATORE, argomenti=_ins, prepara=decisi_insieme),
        Riga(
            come_post(SOLO_COORDINATORE), argomenti=_ins, metodo="post", dati=_PERCHE, prepara=decisi_insieme
        ),
    ],
    "bozze:motivi": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=decisi_insieme),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=slug,
            metodo="post",
            dati={"testo": "È già detto altrove."},
            prepara=decisi_insieme,
        ),
    ],
    "bozze:motivo": [
        Riga(SOLO_COORDINATORE, argomenti=_mot, prepara=decisi_insieme),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_mot,
            metodo="post",
            dati={"testo": "È già detto altrove."},
            prepara=decisi_insieme,
        ),
    ],
    "bozze:motivo_togli": Riga(
        come_post(SOLO_COORDINATORE), argomenti=_mot, metodo="post", prepara=decisi_insieme
    ),
    "bozze:riformulazione": [
        Riga(CHI_ASPETTA, argomenti=_rif, prepara=proposta),
        Riga(
            come_post(SOLO_RAPPRESENTANTE),
            argomenti=_rif,
            metodo="post",
            dati={"accetta": "1"},
            prepara=proposta,
        ),
    ],
    "bozze:riformulazione_ritira": [
        Riga(SOLO_COORDINATORE, argomenti=_rif, prepara=proposta),
        Riga(come_post(SOLO_COORDINATORE), argomenti=_rif, metodo="post", dati=_PERCHE, prepara=proposta),
    ],
    "bozze:riporti": Riga(LETTORI, argomenti=slug, prepara=in_attesa),
    "bozze:riporto": [
        Riga(CHI_ASPETTA, argomenti=_rip, prepara=in_attesa),
        Riga(
            con(come_post(SOLO_RAPPRESENTANTE), coordinatore=422),
            argomenti=_rip,
            metodo="post",
            dati={"scelta": "conferma"},
            prepara=in_attesa,
        ),
    ],
    "bozze:riporto_riscrivi": [
        Riga(SOLO_RAPPRESENTANTE, argomenti=_rip, prepara=in_attesa),
        Riga(
            come_post(SOLO_RAPPRESENTANTE),
            argomenti=_rip,
            metodo="post",
            dati={"azione": "sopprimi", "motivazione": "Non serve più."},
            prepara=in_attesa,
        ),
    ],
}
