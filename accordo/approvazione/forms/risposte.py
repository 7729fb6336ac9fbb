"""Forms of the answers, of the Prefettura's steps, of joining, and of the accord's duration."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accordo.approvazione.forms.atti import ConFile, ConPec, campo_pdf
from accordo.base import orologio
from accordo.enti.models import Ente
from accordo.iter.forms import MotivazioneForm, campo_giorno


class RispostaForm(forms.Form):
    """What who coordinates answers to a body's remarks. `revisione` tells a second click from a second answer."""

    testo = forms.CharField(
        label="Risposta",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
        help_text="La leggono l'ente e chi coordina; resta nel registro, con il tuo nome.",
    )
    revisione = forms.IntegerField(widget=forms.HiddenInput)


class OsservazioniForm(MotivazioneForm):
    """What a body remarks when it sends the text back, or why it does not approve it."""

    motivazione = forms.CharField(
        label="Che cosa scrive l'ente",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text="Le osservazioni o il perché, con gli articoli di cui parlano. La legge chi coordina; resta nel registro, "
        "con il tuo nome.",
    )


class RispostaRicevutaForm(ConPec, ConFile):
    """A body's answer arrived by certified mail."""

    tipo = forms.ChoiceField(
        label="Che cosa comunica l'ente",
        choices=[
            ("rinvio", "Rinvia il testo con osservazioni"),
            ("non_approvazione", "Non approva il testo"),
        ],
        widget=forms.RadioSelect,
    )
    testo = forms.CharField(
        label="Che cosa scrive",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text="Riporta le parole dell'ente, o il loro senso: il documento resta allegato.",
    )
    file = campo_pdf("Documento ricevuto")
    field_order = ("tipo", "testo", "file", "pec_protocollo", "pec_data")


class PassaggioForm(ConFile):
    """A step of the Prefettura."""

    giorno = campo_giorno("Giorno", required=True)
    riferimento = forms.CharField(
        label="Riferimento", max_length=120, help_text="Per esempio il numero del verbale o della nota."
    )
    nota = forms.CharField(
        label="Nota (facoltativa)", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = campo_pdf("Documento (facoltativo)", required=False)

    def __init__(self, *args: Any, con_documento: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if con_documento:
            self.fields["file"].help_text += " Se non ne scegli uno, resta quello di prima."

    def clean_giorno(self) -> Any:
        """Not in the future."""
        giorno = self.cleaned_data["giorno"]
        if giorno > orologio.oggi():
            raise forms.ValidationError("Il giorno è futuro: registra il passaggio quando è avvenuto.")
        return giorno


class AdesioneForm(forms.Form):
    """Which body joins a signed accord."""

    ente = forms.ModelChoiceField(
        Ente.objects.none(), label="Ente che aderisce", empty_label="Scegli un ente"
    )
    motivazione = forms.CharField(
        label="Con quale richiesta",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text="Per esempio la nota con cui l'ente ha chiesto di aderire. Resta nel registro.",
    )

    def __init__(self, *args: Any, enti: QuerySet[Ente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["ente"]
        assert isinstance(campo, forms.ModelChoiceField)
        campo.queryset = enti


class DurataForm(forms.Form):
    """For how long the accord holds."""

    durata_mesi = forms.IntegerField(
        label="Durata in mesi",
        required=False,
        min_value=1,
        max_value=600,
        help_text="Dal giorno dell'ultima firma. Lascia vuoto se l'accordo non ha scadenza.",
    )
