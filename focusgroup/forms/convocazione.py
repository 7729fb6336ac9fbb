"""What a body says to the call."""

from typing import Any

from django import forms

from focusgroup.models import Risposta


class RispostaForm(forms.Form):
    """What a body says to the call."""

    risposta = forms.ChoiceField(
        label="Il tuo ente partecipa?",
        choices=[(Risposta.ACCETTATA, "Sì, partecipa"), (Risposta.DECLINATA, "No, non può")],
        widget=forms.RadioSelect,
    )
    partecipante = forms.CharField(
        label="Chi partecipa",
        max_length=160,
        required=False,
        help_text="Nome e cognome: chi rappresenta l'ente, o chi ha la sua delega.",
    )
    qualifica = forms.CharField(
        label="Qualifica (facoltativa)",
        max_length=120,
        required=False,
        help_text="Per esempio: sindaca, assessore delegato.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the name of who comes."""
        dati = super().clean() or {}
        if dati.get("risposta") == Risposta.ACCETTATA and not dati.get("partecipante"):
            self.add_error("partecipante", "Scrivi chi partecipa per l'ente.")
        return dati
