"""Forms about people."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from accordo.base import orologio
from accordo.enti.models import Ente, Ruolo, Utente
from accordo.enti.servizi import DatiIncarico

GIORNO = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class IncaricoForm(forms.Form):
    """A person's name, address, body and role, from a day to a day, by an act if there is one."""

    nome = forms.CharField(label="Nome", max_length=80)
    cognome = forms.CharField(label="Cognome", max_length=80)
    email = forms.EmailField(label="Indirizzo e-mail", help_text="Quello di lavoro: ci arriva l’invito.")
    ente = forms.ModelChoiceField(Ente.objects.none(), label="Ente", empty_label="Scegli l’ente")
    ruolo = forms.ChoiceField(label="Ruolo", widget=forms.RadioSelect)
    dal = forms.DateField(label="Dal", widget=GIORNO, initial=orologio.oggi)
    al = forms.DateField(
        label="Al (facoltativo)", widget=GIORNO, required=False, help_text="L’ultimo giorno, se c’è."
    )
    atto_delega = forms.CharField(
        label="Atto di delega o di nomina (facoltativo)",
        max_length=200,
        required=False,
        help_text="Per esempio: decreto del Sindaco n. 12 del 4 marzo 2026.",
    )

    SPIEGAZIONI = {
        Ruolo.REFERENTE: "Referente: compila per l’ente",
        Ruolo.RAPPRESENTANTE: "Rappresentante: conferma e firma per l’ente",
        Ruolo.OSSERVATORE: "Osservatore: legge soltanto",
        Ruolo.COORDINATORE: "Coordinatore: guida l’accordo",
    }

    def __init__(self, *args: Any, enti: Any, promotore: Ente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promotore = promotore
        self.fields["ente"].queryset = enti  # type: ignore[attr-defined]
        self.fields["ruolo"].choices = list(self.SPIEGAZIONI.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the dates, and that only the promoter has coordinators."""
        dati = super().clean() or {}
        dal, al = dati.get("dal"), dati.get("al")
        if dal and al and al < dal:
            self.add_error("al", "L’ultimo giorno viene prima del primo.")
        if al and al < orologio.oggi():
            self.add_error("al", "L’ultimo giorno è già passato.")
        if dati.get("ruolo") == Ruolo.COORDINATORE and dati.get("ente") not in (None, self.promotore):
            self.add_error("ruolo", f"Coordina solo chi agisce per l’ente promotore, {self.promotore}.")
        return dati

    def dati(self) -> DatiIncarico:
        """Return what the service wants."""
        campi = ("email", "nome", "cognome", "ruolo", "dal", "al", "atto_delega")
        return DatiIncarico(**{campo: self.cleaned_data[campo] for campo in campi})


class PasswordForm(forms.Form):
    """The first password of somebody who was invited."""

    password1 = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Almeno 8 caratteri, non solo numeri, che non si indovini facilmente.",
    )
    password2 = forms.CharField(
        label="Ripeti la password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, persona: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persona = persona

    def clean_password1(self) -> str:
        """Ask Django's validators."""
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.persona)
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        dati = super().clean() or {}
        if "password1" in dati and dati.get("password2") and dati["password1"] != dati["password2"]:
            self.add_error("password2", "Le due password sono diverse.")
        return dati


class ProfiloForm(forms.ModelForm):
    """What a person may change of their own data."""

    class Meta:
        model = Utente
        fields = ("nome", "cognome", "codice_fiscale")
        labels = {"codice_fiscale": "Codice fiscale (facoltativo)"}
        help_texts = {"codice_fiscale": "Servirà per entrare con SPID o con la carta d’identità elettronica."}

    def clean_codice_fiscale(self) -> str:
        """Take sixteen letters and figures, upper case."""
        codice: str = self.cleaned_data["codice_fiscale"].replace(" ", "").upper()
        if codice and not (len(codice) == 16 and codice.isalnum() and codice.isascii()):
            raise forms.ValidationError("Il codice fiscale ha 16 lettere e cifre.")
        return codice
