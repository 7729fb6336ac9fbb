"""Short forms of the results."""

from django import forms

from accordo.rilievi.models import TipoRilievo


class PassoForm(forms.Form):
    """A passage and its theme."""

    testo = forms.IntegerField(widget=forms.HiddenInput)
    tema = forms.CharField(label="Tema", max_length=80)
    citazione = forms.CharField(label="Passo", max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}))


class RilievoDaPassoForm(forms.Form):
    """What the rilievo says."""

    tipo = forms.ChoiceField(label="Che cos'è", choices=TipoRilievo.choices)
    testo = forms.CharField(
        label="Il rilievo, in una frase", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class SollecitiForm(forms.Form):
    """How often, and how many times, a body is reminded."""

    ogni = forms.IntegerField(
        label="Giorni fra un sollecito e l'altro",
        help_text="Allo stesso ente.",
        min_value=1,
        max_value=60,
    )
    al_massimo = forms.IntegerField(
        label="Solleciti al massimo", help_text="Allo stesso ente, in tutto.", min_value=0, max_value=30
    )
