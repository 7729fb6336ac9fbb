"""Who is told."""

from django.urls import reverse

from accordo.approvazione.models import Approvazione
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa


def avvisa_chi_coordina(approvazione: Approvazione, frase: str) -> None:
    accordo = approvazione.accordo
    avvisa(
        [accordo.promotore_id],
        oggetto=f"Approvazione: {approvazione.ente.nome_breve}",
        testo=frase,
        url=reverse("approvazione:quadro", args=[accordo.slug]),
        ruoli=(Ruolo.COORDINATORE,),
    )
