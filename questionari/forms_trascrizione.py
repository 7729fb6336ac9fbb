"""What arrived from a body on paper or by certified mail."""

from datetime import date
from typing import Any

from django import forms

from accordo.base import allegati, orologio
from accordo.iter.forms import campo_giorno
from questionari.models import Origine
from questionari.servizi.trascrizione import ESTENSIONI, MAX_MB, Arrivo


class ArrivoForm(forms.Form):
    """The document, how it came, who signed it, and why it is typed in."""

    file = forms.FileField(
        label="Il documento arrivato",
        help_text="La scansione firmata o la ricevuta della PEC: PDF, JPG, PNG, P7M o EML, fino a 20 MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(f".{e}" for e in ESTENSIONI)}),
        error_messages={"required": "Allega il documento da cui riporti le risposte."},
    )
    origine = forms.ChoiceField(label="Come è arrivato", choices=Origine.choices, widget=forms.RadioSelect)
    arrivata_il = campo_giorno("Arrivato il", required=True)
    protocollo = forms.CharField(
        label="Protocollo di arrivo (facoltativo, se è su carta)", max_length=60, required=False
    )
    firmata_da = forms.CharField(
        label="Chi l'ha firmato", max_length=200, help_text="Nome e cognome di chi rappresenta l'ente."
    )
    in_qualita_di = forms.CharField(label="In qualità di", max_length=60)
    motivo = forms.CharField(
        label="Perché le riporti tu",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Per esempio: il comune non ha personale che possa accedere al portale. Resta nel registro.",
    )

    def clean_file(self) -> Any:
        """Check by content what it is."""
        file = self.cleaned_data["file"]
        allegati.valida(file, ESTENSIONI, MAX_MB)
        return file

    def clean_arrivata_il(self) -> date:
        """Not in the future."""
        giorno: date = self.cleaned_data["arrivata_il"]
        if giorno > orologio.oggi():
            raise forms.ValidationError("Il giorno di arrivo è futuro: controllalo.")
        return giorno

    def clean(self) -> dict[str, Any]:
        """A PEC has its protocol."""
        dati = super().clean() or self.cleaned_data
        if dati.get("origine") == Origine.PEC and not dati.get("protocollo"):
            self.add_error("protocollo", "Indica il protocollo con cui la PEC è arrivata.")
        return dati

    def arrivo(self) -> Arrivo:
        """What the service wants."""
        return Arrivo(**{nome: valore for nome, valore in self.cleaned_data.items() if nome != "file"})


class NotaForm(forms.Form):
    """A reason, wanted only where something is missing."""

    motivazione = forms.CharField(
        label="Perché si registra lo stesso",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Per esempio: il documento è arrivato così. Resta nel registro e sulla ricevuta.",
    )
