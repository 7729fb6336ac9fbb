"""Who gets what of the first pages."""

from tests.matrice.base import LETTORI, PUBBLICA, SOLO_COORDINATORE, Riga, come_post, con, niente, slug

RIGHE = {
    "cruscotto:home": Riga(PUBBLICA, argomenti=niente),
    # Who works on one accord is sent there; the others read why there is nothing to do.
    "cruscotto:mie_attivita": Riga(con(come_post(LETTORI, rifiutato=200), anonimo=302), argomenti=niente),
    "cruscotto:guida": Riga(PUBBLICA, argomenti=niente),
    "cruscotto:guida_ruolo": [
        Riga(PUBBLICA, argomenti=lambda s, ruolo=ruolo: {"ruolo": ruolo})
        for ruolo in ("coordinatore", "referente", "rappresentante", "osservatore")
    ],
    "cruscotto:accessibilita": Riga(PUBBLICA, argomenti=niente),
    "cruscotto:privacy": Riga(PUBBLICA, argomenti=niente),
    "cruscotto:note_legali": Riga(PUBBLICA, argomenti=niente),
    "cruscotto:segnala": Riga(PUBBLICA, argomenti=niente),
    # In tests DEBUG is off: the gallery is for developers only.
    "cruscotto:galleria": Riga(dict.fromkeys(PUBBLICA, 404), argomenti=niente),
    "cruscotto:accordo": Riga(PUBBLICA, argomenti=slug),
    "cruscotto:attivita": Riga(LETTORI, argomenti=slug),
    "cruscotto:cruscotto": Riga(LETTORI, argomenti=slug),
    "cruscotto:promemoria": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        # The scene has published nothing yet: there is nobody to remind.
        Riga(con(come_post(SOLO_COORDINATORE), coordinatore=409), argomenti=slug, metodo="post"),
    ],
    "cruscotto:tempi": Riga(LETTORI, argomenti=slug),
    "cruscotto:calendario": Riga(LETTORI, argomenti=slug),
    "cruscotto:enti": Riga(LETTORI, argomenti=slug),
    "cruscotto:ente": [
        Riga(LETTORI, argomenti=lambda s: {"slug": s.accordo.slug, "codice": s.ente_a.codice}),
        Riga(LETTORI, argomenti=lambda s: {"slug": s.accordo.slug, "codice": s.ente_b.codice}),
    ],
}
