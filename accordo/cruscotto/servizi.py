"""The one thing that the dashboard itself does: reminding."""

from django.db import transaction
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.base.templatetags.ui import giorno_esteso
from accordo.cruscotto.avanzamento import tavola
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo
from accordo.iter.registro import registra


def promemoria(accordo: Accordo, *, da: Agente) -> int:
    """Write to the bodies that have not finished the current phase; return how many bodies. It goes into the registro."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Il promemoria spetta a chi coordina l'accordo.")
    fase = accordo.fase_corrente
    mancanti = [riga.ente for riga in tavola(accordo).mancanti]
    if fase is None or not mancanti:
        raise ErroreDominio("Non c'è nessuno a cui ricordare qualcosa: in questa fase hanno finito tutti.")
    riga = next((r for r in accordo.fasi.all() if r.codice == fase.codice), None)
    termine = riga.scadenza or riga.fine_prevista if riga else None
    entro = f" Il termine è {giorno_esteso(termine)}." if termine else ""
    with transaction.atomic():
        avvisa(
            mancanti,
            oggetto=f"Promemoria: {fase.nome}",
            testo=(
                f"{accordo.titolo}: siamo nella fase «{fase.nome}» e per il vostro ente c'è ancora qualcosa da fare."
                f"{entro} Nella pagina «Le mie attività» trovate che cosa."
            ),
            url=reverse("cruscotto:attivita", args=[accordo.slug]),
        )
        registra(accordo, da=da, verbo="promemoria", dati={"enti": [ente.nome_breve for ente in mancanti]})
    return len(mancanti)
