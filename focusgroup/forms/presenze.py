"""Forms of the register of attendance."""

from typing import Any

from django import forms

from focusgroup.models import Titolo


class PresenzaForm(forms.Form):
    """Who came for a body, as what, and whether the minutes may name them."""

    nome = forms.CharField(label="Nome e cognome", max_length=160)
    qualifica = forms.CharField(label="Qualifica (facoltativa)", max_length=120, required=False)
    titolo = forms.ChoiceField(
        label="A che titolo", required=False, choices=[("", "Non indicato"), *Titolo.choices]
    )
    consenso = forms.BooleanField(
        label="Acconsente che il verbale riporti i suoi interventi con il nome", required=False
    )

    def dati(self) -> dict[str, Any]:
        """Return what the service takes."""
        return dict(self.cleaned_data)
