"""Forms of the agenda."""

from typing import Any

from django import forms

from accordo.rilievi.models import Rilievo
from accordo.rilievi.stati import VIVI
from focusgroup.models import Riunione


class NuovoPuntoForm(forms.Form):
    """One more item."""

    titolo = forms.CharField(label="Nuovo punto", max_length=200)


class PuntoForm(forms.Form):
    """An item's words, and the findings that it is about."""

    titolo = forms.CharField(label="Titolo", max_length=200)
    nota = forms.CharField(
        label="Di che cosa si parla (facoltativo)",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Si legge nel fascicolo che gli enti ricevono con la convocazione.",
    )
    rilievi = forms.ModelMultipleChoiceField(
        queryset=Rilievo.objects.none(),
        label="I rilievi di cui si parla",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, riunione: Riunione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aperti = Rilievo.objects.filter(
            accordo=riunione.accordo_id, ambito=riunione.ambito_id, stato__in=VIVI
        )
        self.fields["rilievi"].queryset = aperti.order_by("tipo", "numero")  # type: ignore[attr-defined]
