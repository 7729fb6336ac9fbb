"""Short forms of the survey."""

from typing import Any

from django import forms


class MotivazioneForm(forms.Form):
    """A written reason, which stays in the registro."""

    motivazione = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, etichetta: str = "Motivazione", aiuto: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivazione"].label = etichetta
        self.fields["motivazione"].help_text = aiuto


class PubblicazioneForm(forms.Form):
    """The words with which the coordinator gives the results back."""

    nota = forms.CharField(
        label="Presentazione degli esiti",
        help_text="Facoltativa: due parole che gli enti leggono in cima alla pagina.",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class VerificaForm(forms.Form):
    """The fingerprint of a receipt, however it was copied."""

    impronta = forms.CharField(
        label="Impronta SHA-256",
        help_text="64 cifre e lettere da a ad f: è scritta sulla ricevuta.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_impronta(self) -> str:
        """Drop spaces and capitals; 64 hexadecimal digits must remain."""
        impronta = "".join(self.cleaned_data["impronta"].split()).lower()
        if len(impronta) != 64 or set(impronta) - set("0123456789abcdef"):
            raise forms.ValidationError("Un'impronta ha 64 caratteri: cifre e lettere da a ad f.")
        return impronta
