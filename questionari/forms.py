"""Short forms of the survey."""

from collections.abc import Sequence
from typing import Any

from django import forms

from questionari.scambio.limiti import FILE_MB, MEGABYTE
from questionari.servizi.affidamenti import Collega
from questionari.verifica import MAX_FILE, Letta, RicevutaIllegibile, leggi


class MotivazioneForm(forms.Form):
    """A written reason, which stays in the registro."""

    motivazione = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, etichetta: str = "Motivazione", aiuto: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivazione"].label = etichetta
        self.fields["motivazione"].help_text = aiuto


class AffidamentoForm(forms.Form):
    """A section, and the colleague to whom it goes."""

    sezione = forms.ChoiceField(label="Sezione")
    nome = forms.CharField(label="Nome", max_length=80)
    cognome = forms.CharField(label="Cognome", max_length=80)
    email = forms.EmailField(label="Indirizzo e-mail", help_text="Quello di lavoro: ci arriva il messaggio.")
    nota = forms.CharField(
        label="Un messaggio (facoltativo)",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sezioni: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sezione"].choices = [("", "Scegli la sezione"), *sezioni]  # type: ignore[attr-defined]

    def collega(self) -> Collega:
        """Return what the service wants."""
        return Collega(**{campo: self.cleaned_data[campo] for campo in ("nome", "cognome", "email", "nota")})


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


class VerificaFileForm(forms.Form):
    """The receipt itself, or the data that came with it. Read, never stored."""

    ricevuta = forms.FileField(
        label="La ricevuta (PDF) o i suoi dati (JSON)",
        help_text="Scegliete il file o trascinatelo qui. Non viene conservato.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.json"}),
    )
    letta: Letta

    def clean_ricevuta(self) -> Any:
        """Read it, within bounds."""
        file = self.cleaned_data["ricevuta"]
        if file.size > MAX_FILE:
            raise forms.ValidationError("Il file è troppo grande per essere una ricevuta.")
        try:
            self.letta = leggi(file.read())
        except RicevutaIllegibile as errore:
            raise forms.ValidationError(str(errore)) from errore
        return file


class ImportaForm(forms.Form):
    """A questionnaire in a file of one of the formats that the portal reads."""

    file = forms.FileField(
        label="File del questionario",
        help_text=f"Un .json del portale, un XLSForm (.xlsx) o un sondaggio di LimeSurvey (.lss), fino a {FILE_MB} MB.",
        widget=forms.FileInput(attrs={"accept": ".json,.xlsx,.lss"}),
        error_messages={"required": "Scegli un file.", "empty": "Il file è vuoto: scegline un altro."},
    )

    def clean_file(self) -> Any:
        """Refuse by its size what is not worth reading."""
        file = self.cleaned_data["file"]
        if file.size > FILE_MB * MEGABYTE:
            raise forms.ValidationError(f"Il file supera {FILE_MB} MB: un questionario è molto più piccolo.")
        return file
