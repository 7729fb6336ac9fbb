"""The signed file, and the file or fingerprint to verify."""

import re
from typing import Any

from django import forms
from django.core.files import File

from accordo.approvazione.firme import MASSIMO
from accordo.approvazione.ricerca import MINIMO, TAGLIO

PUNTINI = re.compile(r"(?:…|\.{2,}|[-–—]+)")
"""What people type for the dots between the first and the last signs."""


class FirmaForm(forms.Form):
    """The signed file. What it is worth is told by its examination, not by its name."""

    file = forms.FileField(
        label="Il testo firmato",
        widget=forms.FileInput(
            attrs={"accept": ".pdf,.p7m,.xml,application/pdf,application/pkcs7-mime,text/xml"}
        ),
        help_text="Il file come esce dal tuo strumento di firma: .p7m (CAdES), .pdf (PAdES) o .xml (XAdES).",
    )
    spiegazione = forms.CharField(
        label="Se non firma chi rappresenta l'ente, spiega perché (facoltativo)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Serve solo se nome o codice fiscale nella firma sono diversi da quelli registrati qui. Lo leggono tutti gli enti.",
    )

    def __init__(self, *args: Any, a_turno: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if a_turno:
            self.fields["file"].help_text = "Il PDF firmato (PAdES), come esce dal tuo strumento di firma."
            self.fields["file"].widget.attrs["accept"] = ".pdf,application/pdf"

    def clean_file(self) -> File:
        """Refuse what is too big to be looked at."""
        file: File = self.cleaned_data["file"]
        if file.size > MASSIMO:
            raise forms.ValidationError("Il file supera 30 MB: controlla che sia il testo firmato.")
        return file


class VerificaForm(forms.Form):
    """A fingerprint, or a file whose fingerprint is computed."""

    impronta = forms.CharField(
        label="Impronta SHA-256",
        max_length=100,
        required=False,
        help_text="È stampata nell'ultima pagina: bastano i primi 16 caratteri. O scrivi quella in fondo a ogni pagina, con i puntini.",
    )
    file = forms.FileField(
        label="Oppure il file",
        required=False,
        help_text="Il PDF, la busta .p7m o l'XML, firmato o no. Lo leggiamo solo per controllarlo: non lo conserviamo.",
    )

    def clean_impronta(self) -> str:
        """Take it as people copy it: spaces, capitals."""
        testo = "".join(str(self.cleaned_data["impronta"]).split()).lower()
        testo = PUNTINI.sub(TAGLIO, testo)
        cifre = testo.replace(TAGLIO, "", 1)
        if testo and (not MINIMO <= len(cifre) <= 64 or set(cifre) - set("0123456789abcdef")):
            raise forms.ValidationError(
                "L'impronta ha 64 caratteri, cifre e lettere da a ad f: scrivine almeno i primi 16, oppure i primi 8 e gli "
                "ultimi 8 con i puntini in mezzo, come in fondo a ogni pagina."
            )
        return testo

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        dati = super().clean() or self.cleaned_data
        if not self.errors and not dati.get("impronta") and not dati.get("file"):
            raise forms.ValidationError("Scrivi l'impronta oppure scegli un file.")
        if dati.get("file") and dati["file"].size > MASSIMO:
            self.add_error("file", "Il file supera 30 MB.")
        return dati
