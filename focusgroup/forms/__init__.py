"""Forms of the meetings."""

from focusgroup.forms.convocazione import ConvocatiForm, RispostaForm
from focusgroup.forms.riunione import NuovaRiunioneForm, RiunioneForm
from focusgroup.forms.sondaggio import DataForm, DisponibilitaForm, ProrogaForm, TermineForm
from focusgroup.forms.verbale import PresenzeForm, VerbaleForm

__all__ = (
    "ConvocatiForm",
    "DataForm",
    "DisponibilitaForm",
    "NuovaRiunioneForm",
    "PresenzeForm",
    "ProrogaForm",
    "RispostaForm",
    "RiunioneForm",
    "TermineForm",
    "VerbaleForm",
)
