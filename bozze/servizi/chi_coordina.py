"""Telling who coordinates that an amendment needs them."""

from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Accordo


def dillo_a_chi_coordina(accordo: Accordo, oggetto: str, testo: str, url: str) -> None:
    """Mail the people who lead the accord for its promoter, after the commit."""
    avvisa([accordo.promotore_id], oggetto=oggetto, testo=testo.strip(), url=url, ruoli=(Ruolo.COORDINATORE,))
