"""Forms of the minutes: writing them, what was said, sending them to be read, corrections, files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accordo.base import allegati, orologio
from accordo.iter.forms import campo_giorno
from focusgroup.models import GenereAllegato, Presenza, Punto
from focusgroup.servizi.allegati import ESTENSIONI, MASSIMO_MB

MASSIMO = 30_000


class VerbaleForm(forms.Form):
    """The minutes, item by item, each with the revision that the writer saw."""

    def __init__(self, *args: Any, punti: Sequence[Punto], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.punti = punti
        for punto in punti:
            self.fields[f"testo_{punto.pk}"] = forms.CharField(
                label=f"Verbale del punto {punto.ordine}",
                required=False,
                max_length=MASSIMO,
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


class InterventoForm(forms.Form):
    """What somebody said. Only who consents can be chosen by name."""

    presenza = forms.ModelChoiceField(
        queryset=Presenza.objects.none(),
        label="Chi è intervenuto",
        required=False,
        empty_label="Un partecipante, senza nome",
        help_text="Ci sono solo le persone che hanno dato il consenso nel registro delle presenze.",
    )
    testo = forms.CharField(
        label="Che cosa ha detto", max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, punto: Punto, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenza"].queryset = (  # type: ignore[attr-defined]
            Presenza.objects.filter(
                convocazione__riunione=punto.riunione_id, arrivo__isnull=False, consenso=True
            ).select_related("convocazione__ente")
        )


class PubblicaVerbaleForm(forms.Form):
    """Until when corrections can be asked; and a reason, if something is missing."""

    entro = campo_giorno(
        "Correzioni entro", required=True, aiuto="L'ultimo giorno per chiedere correzioni, compreso."
    )
    motivazione = forms.CharField(
        label="Motivazione",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Resta nel registro, con il tuo nome.",
    )

    def __init__(self, *args: Any, con_motivazione: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not con_motivazione:
            del self.fields["motivazione"]

    def clean_entro(self) -> date:
        """Take a day from today on."""
        giorno: date = self.cleaned_data["entro"]
        if giorno < orologio.oggi():
            raise ValidationError("Il giorno è già passato.")
        return giorno


class TermineCorrezioniForm(forms.Form):
    """More time for corrections, and why."""

    entro = campo_giorno("Nuovo termine", required=True, aiuto="L'ultimo giorno utile, compreso.")
    motivazione = forms.CharField(
        label="Motivazione",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Resta nel registro, con il tuo nome.",
    )


class CorrezioneForm(forms.Form):
    """What a body asks to be changed."""

    punto = forms.ModelChoiceField(queryset=Punto.objects.none(), label="A quale punto", empty_label=None)
    testo = forms.CharField(
        label="Che cosa va corretto",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Scrivi le parole del verbale che non vanno, e come dovrebbero essere.",
    )

    def __init__(self, *args: Any, punti: Sequence[Punto], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["punto"].queryset = Punto.objects.filter(pk__in=[p.pk for p in punti])  # type: ignore[attr-defined]


class EsitoCorrezioneForm(forms.Form):
    """The answer to a correction: accepted, with the new words of the item, or not, with the reason."""

    ACCOLTA, NON_ACCOLTA = "accolta", "non_accolta"

    esito = forms.ChoiceField(
        label="Esito",
        choices=[(ACCOLTA, "La accolgo: il verbale cambia"), (NON_ACCOLTA, "Non la accolgo")],
        widget=forms.RadioSelect,
    )
    testo = forms.CharField(
        label="Il verbale del punto, come diventa",
        max_length=MASSIMO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Serve se accogli la correzione.",
    )
    risposta = forms.CharField(
        label="Risposta all'ente",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Obbligatoria se non accogli la correzione.",
    )
    vista = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a no."""
        dati = super().clean() or {}
        if dati.get("esito") == self.NON_ACCOLTA and not (dati.get("risposta") or "").strip():
            self.add_error("risposta", "Scrivi perché non la accogli.")
        return dati


class AllegatoForm(forms.Form):
    """A file of the meeting."""

    genere = forms.ChoiceField(
        label="Che cos'è",
        choices=[
            (GenereAllegato.DOCUMENTO, "Un documento del verbale"),
            (GenereAllegato.FOGLIO_FIRME, "Il foglio delle presenze firmato"),
        ],
        widget=forms.RadioSelect,
        initial=GenereAllegato.DOCUMENTO,
    )
    titolo = forms.CharField(label="Titolo (facoltativo)", max_length=200, required=False)
    file = forms.FileField(label="File", help_text=f"Fino a {MASSIMO_MB} MB.")

    def clean(self) -> dict[str, Any]:
        """Look into the file: its content must be what its name says."""
        dati = super().clean() or {}
        file: UploadedFile | None = dati.get("file")
        if file is not None and dati.get("genere"):
            try:
                allegati.valida(file, ESTENSIONI[GenereAllegato(dati["genere"])], MASSIMO_MB)
            except ValidationError as errore:
                self.add_error("file", errore)
        return dati
