"""Forms of acts, answers, steps and signed files."""

from accordo.approvazione.forms.atti import (
    AttoForm,
    AttoRicevutoForm,
    IstruttoriaForm,
    RecessoForm,
    RecessoRicevutoForm,
)
from accordo.approvazione.forms.firma import FirmaForm, VerificaForm
from accordo.approvazione.forms.risposte import (
    AdesioneForm,
    DurataForm,
    OsservazioniForm,
    PassaggioForm,
    RispostaForm,
    RispostaRicevutaForm,
)
from accordo.iter.forms import MotivazioneForm

__all__ = [
    "AdesioneForm",
    "AttoForm",
    "AttoRicevutoForm",
    "DurataForm",
    "FirmaForm",
    "IstruttoriaForm",
    "MotivazioneForm",
    "OsservazioniForm",
    "PassaggioForm",
    "RecessoForm",
    "RecessoRicevutoForm",
    "RispostaForm",
    "RispostaRicevutaForm",
    "VerificaForm",
]
