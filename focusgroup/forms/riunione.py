"""When, where and about what."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from accordo.enti.models import Ambito
from accordo.iter.models import Accordo
from accordo.rilievi.interrogazioni import ambiti_dell_accordo
from focusgroup.models import Riunione
from focusgroup.stati import StatoRiunione


class QuandoDoveForm(forms.Form):
    """When and where: of a meeting, or of a date proposed for it."""

    giorno = forms.DateField(
        label="Giorno", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ora = forms.TimeField(
        label="Ora d'inizio", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    durata_minuti = forms.IntegerField(label="Durata in minuti", min_value=15, max_value=600, initial=120)
    luogo = forms.CharField(
        label="Luogo", max_length=300, required=False, help_text="Sala, indirizzo, Comune."
    )
    collegamento = forms.URLField(
        label="Collegamento per chi partecipa a distanza",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="L'indirizzo della videochiamata, se c'è.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a place or a link."""
        dati = super().clean() or {}
        if not dati.get("luogo") and not dati.get("collegamento") and "collegamento" not in self.errors:
            self.add_error("luogo", "Scrivi il luogo, oppure il collegamento per chi partecipa a distanza.")
        return dati

    def dati(self) -> dict[str, Any]:
        """Return what the services take: one moment of day and hour, and the place."""
        puliti = self.cleaned_data
        return {
            "inizio": momento(puliti["giorno"], puliti["ora"]),
            "durata_minuti": puliti["durata_minuti"],
            "luogo": puliti["luogo"],
            "collegamento": puliti["collegamento"],
        }


def momento(giorno: date, ora: time) -> datetime:
    """Return a day and an hour of the portal's place as one moment."""
    return timezone.make_aware(datetime.combine(giorno, ora))


class RiunioneForm(QuandoDoveForm):
    """When, where and about what."""

    ordine_del_giorno = forms.CharField(
        label="Ordine del giorno",
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=5000,
        help_text="Un punto per riga.",
    )

    motivazione = forms.CharField(
        label="Perché cambia",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Serve se cambi data o luogo: gli enti lo leggono nell'avviso e resta nel registro.",
    )

    def __init__(self, *args: Any, riunione: Riunione, **kwargs: Any) -> None:
        iniziali: dict[str, Any] = {
            "durata_minuti": riunione.durata_minuti,
            "luogo": riunione.luogo,
            "collegamento": riunione.collegamento,
            "ordine_del_giorno": "\n".join(p.titolo for p in riunione.punti.all()),
        }
        if riunione.inizio:
            locale = timezone.localtime(riunione.inizio)
            iniziali |= {"giorno": locale.date(), "ora": locale.time()}
        super().__init__(*args, initial=iniziali, **kwargs)  # type: ignore[misc]  # kwargs holds no initial
        self.riunione = riunione
        if riunione.stato != StatoRiunione.CONVOCATA:
            del self.fields["motivazione"]

    def clean(self) -> dict[str, Any]:
        """A meeting that was called is not moved without a reason."""
        dati = super().clean()
        if "motivazione" in self.fields and not self.errors and not dati.get("motivazione"):
            nuovi = super().dati()
            if any(getattr(self.riunione, campo) != valore for campo, valore in nuovi.items()):
                self.add_error("motivazione", "Scrivi perché la data o il luogo cambiano.")
        return dati

    def clean_ordine_del_giorno(self) -> list[str]:
        """Split into items, each short enough for a title."""
        punti = [riga.strip() for riga in self.cleaned_data["ordine_del_giorno"].splitlines() if riga.strip()]
        if any(len(punto) > 200 for punto in punti):
            raise forms.ValidationError("Un punto supera 200 caratteri: accorcialo o dividilo in due righe.")
        return punti

    def dati(self) -> dict[str, Any]:
        """Return what the service takes."""
        puliti = self.cleaned_data
        return super().dati() | {
            "punti": puliti["ordine_del_giorno"],
            "motivazione": puliti.get("motivazione", ""),
        }


class NuovaRiunioneForm(forms.Form):
    """A further meeting of an area."""

    ambito = forms.ModelChoiceField(queryset=Ambito.objects.none(), label="Ambito", empty_label=None)
    titolo = forms.CharField(
        label="Titolo",
        max_length=200,
        required=False,
        help_text="Se lo lasci vuoto: «Focus group» e l'ambito.",
    )

    def __init__(self, *args: Any, accordo: Accordo, codice: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ambiti = ambiti_dell_accordo(accordo)
        self.fields["ambito"].queryset = ambiti  # type: ignore[attr-defined]
        if codice:
            self.initial["ambito"] = ambiti.filter(codice=codice).first()
