"""The frozen text, each body's approval, its acts and its signature; how and in which order bodies sign."""

from accordo.approvazione.models.approvazione import Approvazione
from accordo.approvazione.models.atto import Atto
from accordo.approvazione.models.certificato import CertificatoFidato
from accordo.approvazione.models.comunicazione import Comunicazione, TipoComunicazione
from accordo.approvazione.models.documento import DocumentoFinale
from accordo.approvazione.models.firma import Firma
from accordo.approvazione.models.passaggio import Passaggio, TipoPassaggio
from accordo.approvazione.models.recesso import Recesso
from accordo.approvazione.models.regola import ModoFirma, RegolaFirme
from accordo.approvazione.models.riunito import AccordoFirmato
from accordo.approvazione.models.turno import EsitoTurno, Turno

__all__ = [
    "AccordoFirmato",
    "Approvazione",
    "Atto",
    "CertificatoFidato",
    "Comunicazione",
    "DocumentoFinale",
    "EsitoTurno",
    "Firma",
    "ModoFirma",
    "Passaggio",
    "Recesso",
    "RegolaFirme",
    "TipoComunicazione",
    "TipoPassaggio",
    "Turno",
]
