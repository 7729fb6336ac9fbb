"""Forms of the findings."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accordo.enti.models import Ambito
from accordo.iter.models import Accordo
from accordo.rilievi.interrogazioni import ambiti_dell_accordo
from accordo.rilievi.models import Obiettivo, Rilievo, TipoRilievo
from accordo.rilievi.stati import StatoRilievo


class RilievoForm(forms.Form):
    """One sentence, with details, for an area, under the objectives that it speaks of."""

    tipo = forms.ChoiceField(label="Che cos'è", choices=TipoRilievo, widget=forms.RadioSelect)
    testo = forms.CharField(
        label="In una frase",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Al massimo 300 caratteri.",
    )
    dettagli = forms.CharField(
        label="Dettagli (facoltativi)",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    ambito = forms.ModelChoiceField(queryset=Ambito.objects.none(), label="Ambito", empty_label=None)
    obiettivi = forms.ModelMultipleChoiceField(
        queryset=Obiettivo.objects.none(),
        label="Obiettivi dell'accordo",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Indica almeno un obiettivo."},
    )

    def __init__(
        self,
        *args: Any,
        accordo: Accordo,
        rilievo: Rilievo | None = None,
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        iniziali = dict(initial or {})
        if rilievo is not None:
            iniziali |= {
                "tipo": rilievo.tipo,
                "testo": rilievo.testo,
                "dettagli": rilievo.dettagli,
                "ambito": rilievo.ambito_id,
                "obiettivi": list(rilievo.obiettivi.values_list("pk", flat=True)),
            }
        super().__init__(*args, initial=iniziali, **kwargs)  # type: ignore[misc]  # kwargs holds no initial
        self.fields["ambito"].queryset = ambiti_dell_accordo(accordo)  # type: ignore[attr-defined]
        self.fields["obiettivi"].queryset = Obiettivo.objects.filter(accordo=accordo)  # type: ignore[attr-defined]


class FonteForm(forms.Form):
    """The evidence, written by hand."""

    fonte = forms.CharField(
        label="Da dove viene (facoltativo)",
        max_length=500,
        required=False,
        help_text="Per esempio la domanda del questionario e il dato, o una relazione.",
    )


class FiltroForm(forms.Form):
    """What to show of the table."""

    ambito = forms.ChoiceField(label="Ambito", required=False)
    tipo = forms.ChoiceField(label="Che cosa", required=False, choices=[("", "Tutto"), *TipoRilievo.choices])
    obiettivo = forms.ChoiceField(label="Obiettivo", required=False)
    stato = forms.ChoiceField(label="Stato", required=False, choices=[("", "Tutti"), *StatoRilievo.choices])
    cerca = forms.CharField(label="Parole", required=False, max_length=100)

    def __init__(self, *args: Any, accordo: Accordo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ambiti = [(a.codice, a.nome) for a in ambiti_dell_accordo(accordo)]
        obiettivi = [
            (o.codice, str(o)) for o in Obiettivo.objects.filter(accordo=accordo, genitore__isnull=True)
        ]
        self.fields["ambito"].choices = [("", "Tutti"), *ambiti]  # type: ignore[attr-defined]
        self.fields["obiettivo"].choices = [("", "Tutti"), *obiettivi]  # type: ignore[attr-defined]

    def scelti(self) -> dict[str, str]:
        """Return the valid choices; a wrong one in the address counts as none."""
        self.is_valid()
        return {nome: self.cleaned_data.get(nome, "") for nome in self.fields}
