"""Attendance and minutes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from focusgroup.models import Convocazione, Punto, Risposta


class PresenzeForm(forms.Form):
    """Who was there."""

    presenti = forms.MultipleChoiceField(
        label="Enti presenti", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, convocazioni: Sequence[Convocazione], **kwargs: Any) -> None:
        gia = [str(c.ente_id) for c in convocazioni if c.presente]
        super().__init__(*args, initial={"presenti": gia}, **kwargs)  # type: ignore[misc]  # as above
        self.fields["presenti"].choices = [(str(c.ente_id), _voce(c)) for c in convocazioni]  # type: ignore[attr-defined]

    def enti(self) -> list[int]:
        """Return the keys of the bodies ticked."""
        return [int(chiave) for chiave in self.cleaned_data["presenti"]]


def _voce(convocazione: Convocazione) -> str:
    if convocazione.risposta == Risposta.ACCETTATA:
        return f"{convocazione.ente.nome_breve}: {convocazione.partecipante}"
    return f"{convocazione.ente.nome_breve} ({convocazione.get_risposta_display().lower()})"


class VerbaleForm(forms.Form):
    """The minutes, item by item, each with the revision that the writer saw."""

    def __init__(self, *args: Any, punti: Sequence[Punto], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.punti = punti
        for punto in punti:
            self.fields[f"testo_{punto.pk}"] = forms.CharField(
                label=str(punto),
                required=False,
                max_length=30_000,
                initial=punto.verbale,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
            self.fields[f"revisione_{punto.pk}"] = forms.IntegerField(
                initial=punto.revisione, widget=forms.HiddenInput
            )

    def testi(self) -> dict[int, tuple[str, int]]:
        """Return what was written, by the item's key, with the revision seen."""
        dati = self.cleaned_data
        return {p.pk: (dati[f"testo_{p.pk}"], dati[f"revisione_{p.pk}"]) for p in self.punti}
