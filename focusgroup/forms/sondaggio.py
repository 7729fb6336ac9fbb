"""The search for a date: the dates proposed, the deadline, a body's answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from accordo.base.templatetags.ui import data_estesa, maiuscola, ora
from focusgroup.forms.riunione import QuandoDoveForm, momento
from focusgroup.models import Opzione, RispostaSondaggio, Riunione, Valore


def campo_giorno(etichetta: str) -> forms.DateField:
    """Return a day that may be left out."""
    return forms.DateField(
        label=etichetta,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def campo_ora(etichetta: str) -> forms.TimeField:
    """Return an hour that may be left out."""
    return forms.TimeField(
        label=etichetta, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class DataForm(QuandoDoveForm):
    """One more date to propose; place and length are those of the last one."""

    def __init__(self, *args: Any, modello: Opzione | Riunione, **kwargs: Any) -> None:
        iniziali: dict[str, Any] = {
            "durata_minuti": modello.durata_minuti,
            "luogo": modello.luogo,
            "collegamento": modello.collegamento,
        }
        if modello.inizio:
            iniziali["ora"] = timezone.localtime(modello.inizio).time()
        super().__init__(*args, initial=iniziali, **kwargs)  # type: ignore[misc]  # kwargs holds no initial


class AltreDateForm(DataForm):
    """Up to three more dates at once, in one place: who has answered is told once."""

    giorno_2 = campo_giorno("Secondo giorno (facoltativo)")
    ora_2 = campo_ora("Ora d'inizio del secondo giorno")
    giorno_3 = campo_giorno("Terzo giorno (facoltativo)")
    ora_3 = campo_ora("Ora d'inizio del terzo giorno")
    field_order = ("giorno", "ora", "giorno_2", "ora_2", "giorno_3", "ora_3")

    def clean(self) -> dict[str, Any]:
        """Ask for both day and hour, or neither."""
        dati = super().clean()
        for n in (2, 3):
            giorno, ora_ = dati.get(f"giorno_{n}"), dati.get(f"ora_{n}")
            if giorno and not ora_ and f"ora_{n}" not in self.errors:
                self.add_error(f"ora_{n}", "Scrivi anche l'ora.")
            if ora_ and not giorno and f"giorno_{n}" not in self.errors:
                self.add_error(f"giorno_{n}", "Scrivi anche il giorno.")
        return dati

    def tutte(self) -> list[dict[str, Any]]:
        """Return what the service takes, date by date."""
        puliti, prima = self.cleaned_data, self.dati()
        altre = [momento(puliti[f"giorno_{n}"], puliti[f"ora_{n}"]) for n in (2, 3) if puliti[f"giorno_{n}"]]
        return [prima, *(prima | {"inizio": inizio} for inizio in altre)]


class TermineForm(forms.Form):
    """Until when the bodies answer."""

    giorno = forms.DateField(
        label="Entro il giorno", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ora = forms.TimeField(
        label="Ora", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="18:00"
    )

    def scadenza(self) -> datetime:
        """Return day and hour as one moment."""
        return momento(self.cleaned_data["giorno"], self.cleaned_data["ora"])


class ProrogaForm(TermineForm):
    """A later deadline, and why."""

    motivazione = forms.CharField(
        label="Motivo",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Resta nel registro dell'accordo.",
    )


class DisponibilitaForm(forms.Form):
    """What a body says of each date, with the revision of the answer that the person saw."""

    nota = forms.CharField(
        label="Nota (facoltativa)",
        max_length=300,
        required=False,
        help_text="La leggono gli enti invitati. Per esempio: solo dopo le 10.30.",
    )
    revisione = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    field_order: Sequence[str] = ()

    def __init__(
        self,
        *args: Any,
        opzioni: Sequence[Opzione],
        risposta: RispostaSondaggio | None,
        impegni: Mapping[int, Sequence[str]],
        **kwargs: Any,
    ) -> None:
        self.opzioni = opzioni
        gia = {p.opzione_id: p.valore for p in risposta.preferenze.all()} if risposta else {}
        iniziali: dict[str, Any] = {
            "nota": risposta.nota if risposta else "",
            "revisione": risposta.revisione if risposta else 0,
        }
        super().__init__(*args, initial=iniziali, **kwargs)  # type: ignore[misc]  # kwargs holds no initial
        for opzione in opzioni:
            dove = opzione.luogo or "a distanza"
            righe = [f"Fino alle {ora(opzione.fine)}, {dove}.", *impegni.get(opzione.pk, ())]
            self.fields[nome_campo(opzione)] = forms.ChoiceField(
                label=f"{maiuscola(data_estesa(opzione.inizio))}, ore {ora(opzione.inizio)}",
                choices=Valore,
                widget=forms.RadioSelect,
                initial=gia.get(opzione.pk),
                help_text=" ".join(righe),
                error_messages={"required": "Di' se questa data va bene."},
            )
        self.order_fields([nome_campo(o) for o in opzioni])

    def valori(self) -> dict[int, str]:
        """Return what was said, by the date's key."""
        return {o.pk: self.cleaned_data[nome_campo(o)] for o in self.opzioni}


def nome_campo(opzione: Opzione) -> str:
    """Return the name of the field of one date."""
    return f"data_{opzione.pk}"
