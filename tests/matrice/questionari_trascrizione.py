"""Who may type in what a body sent on paper, and who reads it: who leads the accord, and the body itself."""

from __future__ import annotations

from typing import Any

from tests.matrice.base import (
    ENTE_E_COORDINATORE,
    SOLO_COORDINATORE,
    SOLO_ENTE,
    Riga,
    come_post,
    con,
    slug,
)
from tests.matrice.questionari import _aperto, _argomenti

ENTE = "comune-alfa"


def _documento() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("risposte.pdf", b"%PDF-1.4\n%%EOF\n")


def _in_corso(scena: Any) -> None:
    from accordo.base import orologio
    from questionari import servizi
    from tests.questionari import fabbriche

    _aperto(scena)
    arrivo = servizi.Arrivo(
        origine="carta",
        arrivata_il=orologio.oggi(),
        firmata_da="Mario Sindaco",
        motivo="Non hanno il portale.",
    )
    scena.compilazione = fabbriche.compilazione(scena)
    scena.trascrizione = servizi.comincia_trascrizione(
        scena.compilazione, arrivo, _documento(), da=scena.agente(scena.coordinatore)
    )


def _inviata(scena: Any) -> None:
    from questionari import servizi
    from tests.questionari import fabbriche

    _in_corso(scena)
    scena.compilazione = fabbriche.compilazione(scena)
    scena.invio = servizi.invia_trascrizione(
        scena.compilazione, da=scena.agente(scena.coordinatore), motivazione="È arrivato così."
    )


def _con_ricevuta(scena: Any) -> None:
    from django.core.files.base import ContentFile

    from questionari.models import Ricevuta

    _inviata(scena)
    ricevuta = Ricevuta(invio=scena.invio, impronta="0" * 64)
    ricevuta.file.save("r.pdf", ContentFile(b"%PDF-"), save=False)
    ricevuta.save()


def _arrivo(scena: Any) -> dict[str, Any]:
    from accordo.base import orologio

    return {
        "origine": "carta",
        "arrivata_il": orologio.oggi().isoformat(),
        "firmata_da": "Mario Sindaco",
        "in_qualita_di": "Sindaco",
        "motivo": "Non hanno il portale.",
        "file": _documento(),
    }


def _post(**opzioni: Any) -> Riga:
    return Riga(come_post(SOLO_COORDINATORE), metodo="post", **opzioni)


QUI = _argomenti(ente=ENTE)
SEZIONE = _argomenti(ente=ENTE, codice="S1")
PERCHE = {"motivazione": "Era di un altro comune."}


def _senza_referente(scena: Any) -> None:
    from accordo.enti.models import Incarico, Ruolo

    _aperto(scena)
    Incarico.objects.filter(ente=scena.ente_a, ruolo=Ruolo.REFERENTE).delete()


RAPPRESENTANO = con(SOLO_ENTE, referente=404, rappresentante_altro=200)

RIGHE = {
    "questionari:rispondo_io": [
        Riga(RAPPRESENTANO, argomenti=slug, prepara=_aperto),
        Riga(
            con(come_post(RAPPRESENTANO), rappresentante_altro=409),  # that body has somebody who fills in
            argomenti=slug,
            metodo="post",
            prepara=_senza_referente,
        ),
    ],
    "questionari:trascrivi": [
        Riga(SOLO_COORDINATORE, argomenti=QUI, prepara=_aperto),
        Riga(SOLO_COORDINATORE, argomenti=QUI, prepara=_in_corso),
        _post(argomenti=QUI, dati=_arrivo, prepara=_aperto),
    ],
    "questionari:trascrivi_sezione": [
        Riga(SOLO_COORDINATORE, argomenti=SEZIONE, prepara=_in_corso),
        Riga(con(SOLO_COORDINATORE, coordinatore=302), argomenti=SEZIONE, prepara=_aperto),
        _post(argomenti=SEZIONE, dati={"D05-rev": "0", "D05": "Dal documento"}, prepara=_in_corso),
    ],
    "questionari:invia_trascrizione": [
        Riga(SOLO_COORDINATORE, argomenti=QUI, prepara=_in_corso),
        Riga(
            con(SOLO_COORDINATORE, coordinatore=422),
            argomenti=QUI,
            metodo="post",
            dati={"motivazione": ""},
            prepara=_in_corso,
        ),
    ],
    "questionari:lascia_trascrizione": [
        Riga(SOLO_COORDINATORE, argomenti=QUI, prepara=_in_corso),
        _post(argomenti=QUI, dati=PERCHE, prepara=_in_corso),
    ],
    "questionari:correggi_trascrizione": [
        Riga(SOLO_COORDINATORE, argomenti=QUI, prepara=_inviata),
        _post(argomenti=QUI, dati=PERCHE, prepara=_inviata),
    ],
    "questionari:ricevuta_ente": Riga(
        SOLO_COORDINATORE, argomenti=_argomenti(ente=ENTE, numero=1), prepara=_con_ricevuta
    ),
    "questionari:documento_trascrizione": Riga(
        ENTE_E_COORDINATORE,
        argomenti=lambda s: slug(s) | {"pk": s.trascrizione.pk},
        prepara=_in_corso,
    ),
    "questionari:riprendi_compilazione": [
        Riga(
            con(SOLO_ENTE, referente_altro=409, rappresentante_altro=409), argomenti=slug, prepara=_in_corso
        ),
        Riga(
            con(come_post(SOLO_ENTE), referente_altro=409, rappresentante_altro=409),
            argomenti=slug,
            metodo="post",
            prepara=_in_corso,
        ),
    ],
}
