"""The frozen text, each body's approval, its acts and its signature."""

from accordo.approvazione.models.approvazione import Approvazione
from accordo.approvazione.models.atto import Atto
from accordo.approvazione.models.documento import DocumentoFinale
from accordo.approvazione.models.firma import Firma

__all__ = ["Approvazione", "Atto", "DocumentoFinale", "Firma"]
