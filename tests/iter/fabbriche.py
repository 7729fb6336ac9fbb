"""Factories of phase 1."""

from django.core.files.base import ContentFile

from accordo.iter.models import Partecipazione, Proposta, StatoPartecipazione
from accordo.iter.servizi import pubblica_proposta
from tests.scena import Scena

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def pdf(nome: str = "proposta.pdf") -> ContentFile:
    """A file that begins as a PDF does."""
    return ContentFile(PDF, name=nome)


def proposta_pubblicata(scena: Scena) -> Proposta:
    """Publish the proposal, with its document, as the scene's coordinator."""
    return pubblica_proposta(
        scena.accordo, "Proponiamo un accordo.", pdf(), da=scena.agente(scena.coordinatore)
    )


def invitato(scena: Scena) -> Partecipazione:
    """The participation of the scene's own body, not answered yet."""
    partecipazione = Partecipazione.objects.select_related("accordo", "ente").get(
        accordo=scena.accordo, ente=scena.ente_a
    )
    partecipazione.stato = StatoPartecipazione.INVITATO
    partecipazione.save()
    return partecipazione
