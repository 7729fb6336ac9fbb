"""Forms of the points."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accordo.rilievi.models import Rilievo
from focusgroup.servizi.priorita import MASSIMO


class ApriPrioritaForm(forms.Form):
    """How many points each body has."""

    punti_per_ente = forms.IntegerField(
        label="Quanti punti ha ogni ente",
        min_value=1,
        max_value=MASSIMO,
        initial=5,
        help_text="L'ente li distribuisce come vuole, anche tutti su un solo rilievo.",
    )


class PuntiForm(forms.Form):
    """How a body distributes its points."""

    def __init__(
        self, *args: Any, rilievi: Sequence[Rilievo], totale: int, dati: Mapping[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rilievi, self.totale = rilievi, totale
        for rilievo in rilievi:
            self.fields[f"punti_{rilievo.pk}"] = forms.IntegerField(
                label=rilievo.testo,
                required=False,
                min_value=0,
                max_value=totale,
                initial=dati.get(rilievo.pk),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def punti(self) -> dict[int, int]:
        """Return the points by the finding's key."""
        return {r.pk: self.cleaned_data.get(f"punti_{r.pk}") or 0 for r in self.rilievi}

    def clean(self) -> dict[str, Any]:
        """Give no more than there are."""
        dati = super().clean() or {}
        dati_tutti = sum(valore or 0 for valore in dati.values())
        if dati_tutti > self.totale:
            raise forms.ValidationError(
                f"Hai dato {dati_tutti} punti, ma ce ne sono {self.totale}: togline {dati_tutti - self.totale}."
            )
        return dati


class ConcordaForm(forms.Form):
    """What the meeting agreed, in words."""

    nota = forms.CharField(
        label="Che cosa è stato concordato",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In una o due frasi. Si legge nel verbale e accanto a ogni rilievo.",
    )
