"""Forms of the meetings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from accordo.enti.models import Ambito
from accordo.iter.models import Accordo
from accordo.rilievi.interrogazioni import ambiti_dell_accordo
from focusgroup.models import Convocazione, Punto, Risposta, Riunione


class RiunioneForm(forms.Form):
    """When, where and about what."""

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
    ordine_del_giorno = forms.CharField(
        label="Ordine del giorno",
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=5000,
        help_text="Un punto per riga.",
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

    def clean_ordine_del_giorno(self) -> list[str]:
        """Split into items, each short enough for a title."""
        punti = [riga.strip() for riga in self.cleaned_data["ordine_del_giorno"].splitlines() if riga.strip()]
        if any(len(punto) > 200 for punto in punti):
            raise forms.ValidationError("Un punto supera 200 caratteri: accorcialo o dividilo in due righe.")
        return punti

    def clean(self) -> dict[str, Any]:
        """Ask for a place or a link, and make one moment of day and hour."""
        dati = super().clean() or {}
        if not dati.get("luogo") and not dati.get("collegamento") and "collegamento" not in self.errors:
            self.add_error("luogo", "Scrivi il luogo, oppure il collegamento per chi partecipa a distanza.")
        return dati

    def dati(self) -> dict[str, Any]:
        """Return what the service takes."""
        import datetime as dt

        puliti = self.cleaned_data
        inizio = timezone.make_aware(dt.datetime.combine(puliti["giorno"], puliti["ora"]))
        return {
            "inizio": inizio,
            "durata_minuti": puliti["durata_minuti"],
            "luogo": puliti["luogo"],
            "collegamento": puliti["collegamento"],
            "punti": puliti["ordine_del_giorno"],
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

    def __init__(self, *args: Any, accordo: Accordo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ambito"].queryset = ambiti_dell_accordo(accordo)  # type: ignore[attr-defined]


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
