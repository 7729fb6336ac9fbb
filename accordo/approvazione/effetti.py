"""What else happens with a step of a body's life, in the same transaction. The life's table names it."""

from django.urls import reverse

from accordo.approvazione.models import Approvazione
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Partecipazione, StatoPartecipazione, Veste


def dopo_la_firma(approvazione: Approvazione) -> None:
    """Make a signatory of a body that joins a signed accord, once it has signed."""
    if not approvazione.successiva:
        return
    accordo = approvazione.accordo
    righe = Partecipazione.objects.filter(accordo=accordo, ente=approvazione.ente_id)
    righe.update(veste=Veste.SOTTOSCRITTORE, stato=StatoPartecipazione.PARTECIPA)
    avvisa(
        [accordo.promotore_id],
        oggetto=f"Adesione: {approvazione.ente.nome_breve}",
        testo=f"{approvazione.ente.con_articolo} ha aderito all'accordo.",
        url=reverse("approvazione:quadro", args=[accordo.slug]),
        ruoli=(Ruolo.COORDINATORE,),
    )
