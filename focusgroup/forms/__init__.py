"""Forms of the meetings."""

from focusgroup.forms.convocazione import ConvocatiForm, RispostaForm, RispostaIcsForm
from focusgroup.forms.ordine import NuovoPuntoForm, PuntoForm
from focusgroup.forms.presenze import PresenzaForm
from focusgroup.forms.priorita import ApriPrioritaForm, ConcordaForm, PuntiForm
from focusgroup.forms.riunione import NuovaRiunioneForm, RiunioneForm
from focusgroup.forms.sondaggio import AltreDateForm, DataForm, DisponibilitaForm, ProrogaForm, TermineForm
from focusgroup.forms.verbale import (
    AllegatoForm,
    CorrezioneForm,
    EsitoCorrezioneForm,
    InterventoForm,
    PubblicaVerbaleForm,
    TermineCorrezioniForm,
    VerbaleForm,
)

__all__ = (
    "AllegatoForm",
    "AltreDateForm",
    "ApriPrioritaForm",
    "ConcordaForm",
    "ConvocatiForm",
    "CorrezioneForm",
    "DataForm",
    "DisponibilitaForm",
    "EsitoCorrezioneForm",
    "InterventoForm",
    "NuovaRiunioneForm",
    "NuovoPuntoForm",
    "PresenzaForm",
    "ProrogaForm",
    "PubblicaVerbaleForm",
    "PuntiForm",
    "PuntoForm",
    "RispostaForm",
    "RispostaIcsForm",
    "RiunioneForm",
    "TermineCorrezioniForm",
    "TermineForm",
    "VerbaleForm",
)
