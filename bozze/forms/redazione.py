"""What the page that writes in place sends."""

from typing import Any
from uuid import UUID

from django import forms

from bozze.testo.albero import Tipo
from bozze.testo.operazioni import Posizione

MASSIMO = 20_000
"""Characters in one disposition: beyond these it is a text to load."""
LUNGA = f"Il testo è troppo lungo: più di {MASSIMO} caratteri in una disposizione sola. Dividilo."


class ScrittoForm(forms.Form):
    """The words of a disposition and the revision that the person saw; `seguita` if they go on typing in it."""

    testo = forms.CharField(required=False, max_length=MASSIMO, error_messages={"max_length": LUNGA})
    revisione = forms.IntegerField(min_value=0)
    seguita = forms.BooleanField(required=False)


class NuovaForm(forms.Form):
    """A new disposition beside or inside another; the page has given it its identifier."""

    codice = forms.UUIDField()
    tipo = forms.TypedChoiceField(choices=[(t.value, t.value) for t in Tipo], coerce=Tipo)
    posizione = forms.TypedChoiceField(choices=[(p.value, p.value) for p in Posizione], coerce=Posizione)
    testo = forms.CharField(max_length=MASSIMO, error_messages={"max_length": LUNGA})


class IncollaForm(forms.Form):
    """Several lines, to become as many dispositions."""

    tipo = forms.TypedChoiceField(choices=[(t.value, t.value) for t in Tipo], coerce=Tipo)
    posizione = forms.TypedChoiceField(choices=[(p.value, p.value) for p in Posizione], coerce=Posizione)
    testo = forms.CharField(max_length=200_000)


class StoriaForm(forms.Form):
    """The filters of the history."""

    chi = forms.TypedChoiceField(label="Chi ha scritto", required=False, coerce=int, empty_value=None)
    disposizione = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, persone: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["chi"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [("", "Tutti"), *((persona.pk, str(persona)) for persona in persone)]

    def scelti(self) -> tuple[UUID | None, int | None]:
        """The disposition and the person; what makes no sense filters nothing."""
        dati = self.cleaned_data if self.is_valid() else {}
        return dati.get("disposizione"), dati.get("chi")
