"""Who gets what of the pages about people."""

from typing import Any

from accordo.enti import servizi
from accordo.enti.models import Ruolo
from accordo.enti.servizi import DatiIncarico
from tests.matrice.base import AUTENTICATI, PERSONE, PUBBLICA, Riga, come_post, con

PASSWORD = "mela-verde-7-colli"


def _un_invito(scena: Any) -> None:
    dati = DatiIncarico(email="ida@example.invalid", nome="Ida", cognome="Poli", ruolo=Ruolo.REFERENTE)
    scena.gettone = servizi.reinvia(servizi.invita(scena.ente_a, dati, da=None))


RIGHE = {
    "enti:cambia_ente": [
        Riga(
            con(dict.fromkeys(PERSONE, 404), anonimo=302, referente=302, rappresentante=302),
            metodo="post",
            dati={"ente": "comune-alfa"},
        )
    ],
    "enti:invito": [
        Riga(PUBBLICA, argomenti=lambda s: {"gettone": s.gettone}, prepara=_un_invito),
        Riga(dict.fromkeys(PERSONE, 410), argomenti=lambda s: {"gettone": "inventato"}),
        Riga(
            dict.fromkeys(PERSONE, 422),
            argomenti=lambda s: {"gettone": s.gettone},
            prepara=_un_invito,
            metodo="post",
            dati={"password1": PASSWORD, "password2": "diversa"},
        ),
    ],
    "enti:indirizzo": Riga(come_post(AUTENTICATI)),
    "enti:profilo": [
        Riga(AUTENTICATI),
        Riga(
            come_post(AUTENTICATI),
            metodo="post",
            dati={"nome": "Ida", "cognome": "Poli", "codice_fiscale": ""},
        ),
    ],
}
