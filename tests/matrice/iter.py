"""Who gets what of the pages of the procedure."""

from typing import Any

from accordo.base import orologio
from accordo.enti.models import Incarico, Invito, Ruolo
from accordo.enti.servizi import DatiIncarico, invita
from accordo.iter.models import FaseAccordo
from accordo.iter.servizi import salva_proposta
from tests.iter.fabbriche import invitato, pdf, proposta_pubblicata
from tests.matrice.base import (
    AUTENTICATI,
    LETTORI,
    PUBBLICA,
    RAPPRESENTANTI,
    SOLO_COORDINATORE,
    Riga,
    come_post,
    slug,
)


def _scritta(scena: Any) -> None:
    salva_proposta(scena.accordo, "Proponiamo un accordo.", pdf(), da=scena.agente(scena.coordinatore))


def _nella_terza_fase(scena: Any) -> None:
    scena.porta_a("restituzione")
    FaseAccordo.objects.filter(codice="restituzione").update(inizio_effettivo=orologio.oggi())


def _un_invito(scena: Any) -> None:
    dati = DatiIncarico(email="ida@example.invalid", nome="Ida", cognome="Poli", ruolo=Ruolo.REFERENTE)
    scena.invito = invita(scena.ente_a, dati, da=None)
    assert isinstance(scena.invito, Invito)


def _ente(scena: Any) -> dict[str, Any]:
    return {"slug": scena.accordo.slug, "ente": scena.ente_a.codice}


def _invito(scena: Any) -> dict[str, Any]:
    return {"slug": scena.accordo.slug, "pk": scena.invito.pk}


def _incarico(scena: Any) -> dict[str, Any]:
    return {"slug": scena.accordo.slug, "pk": Incarico.objects.get(utente=scena.referente).pk}


def _persona(scena: Any) -> dict[str, Any]:
    return {
        "nome": "Ida", "cognome": "Poli", "email": "ida@example.invalid", "ente": scena.ente_a.pk,
        "ruolo": "referente", "dal": "2026-01-01",
    }  # fmt: skip


MOTIVO = {"motivazione": "Lo chiede la Prefettura"}
DOPO = come_post(SOLO_COORDINATORE)

RIGHE = {
    "iter:presentazione": Riga(LETTORI, argomenti=slug, prepara=proposta_pubblicata),
    "iter:scrivi_proposta": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(DOPO, argomenti=slug, metodo="post", dati={"testo": "Vi proponiamo un accordo"}),
    ],
    "iter:pubblica_proposta": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_scritta),
        Riga(DOPO, argomenti=slug, prepara=_scritta, metodo="post"),
    ],
    "iter:allegato_proposta": [
        Riga(LETTORI, argomenti=slug, prepara=proposta_pubblicata),
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_scritta),
    ],
    "iter:invita_enti": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(
            come_post(SOLO_COORDINATORE, riuscito=422),
            argomenti=slug,
            metodo="post",
            dati={"veste": "sottoscrittore"},
        ),
    ],
    "iter:ritira_invito": [
        Riga(SOLO_COORDINATORE, argomenti=_ente, prepara=invitato),
        Riga(DOPO, argomenti=_ente, prepara=invitato, metodo="post", dati=MOTIVO),
    ],
    "iter:risposta": [
        Riga(RAPPRESENTANTI, argomenti=slug, prepara=proposta_pubblicata),
        Riga(
            come_post(RAPPRESENTANTI),
            argomenti=slug,
            prepara=proposta_pubblicata,
            metodo="post",
            dati={"partecipa": "no", "nota": "Non abbiamo personale"},
        ),
    ],
    "iter:avanza": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(come_post(SOLO_COORDINATORE, riuscito=409), argomenti=slug, metodo="post", dati=MOTIVO),
    ],
    "iter:torna_indietro": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_nella_terza_fase),
        Riga(DOPO, argomenti=slug, prepara=_nella_terza_fase, metodo="post", dati=MOTIVO),
    ],
    "iter:proroga": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(DOPO, argomenti=slug, metodo="post", dati={**MOTIVO, "nuova_scadenza": "2099-01-01"}),
    ],
    "iter:date": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(DOPO, argomenti=slug, metodo="post", dati={"bozza-inizio_previsto": "2026-06-01"}),
    ],
    "iter:registro": Riga(LETTORI, argomenti=slug),
    "iter:registro_csv": Riga(SOLO_COORDINATORE, argomenti=slug),
    "iter:registro_json": Riga(SOLO_COORDINATORE, argomenti=slug),
    "iter:persone": Riga(SOLO_COORDINATORE, argomenti=slug),
    "iter:invita_persona": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(DOPO, argomenti=slug, metodo="post", dati=_persona),
    ],
    "iter:rimanda_invito": Riga(DOPO, argomenti=_invito, prepara=_un_invito, metodo="post"),
    "iter:annulla_invito": Riga(DOPO, argomenti=_invito, prepara=_un_invito, metodo="post"),
    "iter:concludi_incarico": [
        Riga(SOLO_COORDINATORE, argomenti=_incarico),
        Riga(DOPO, argomenti=_incarico, metodo="post", dati=MOTIVO),
    ],
    "iter:vite": Riga(PUBBLICA),
    "iter:miei_dati": Riga(AUTENTICATI),
}
