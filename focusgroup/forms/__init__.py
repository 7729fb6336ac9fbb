"""Forms of the meetings."""

from focusgroup.forms.convocazione import RispostaForm
from focusgroup.forms.riunione import NuovaRiunioneForm, RiunioneForm
from focusgroup.forms.verbale import PresenzeForm, VerbaleForm

__all__ = (
    "NuovaRiunioneForm",
    "PresenzeForm",
    "RispostaForm",
    "RiunioneForm",
    "VerbaleForm",
)
