"""Forms of the findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from accordo.enti.models import Ambito
from accordo.iter.models import Accordo
from accordo.rilievi.interrogazioni import Simile, ambiti_dell_accordo
from accordo.rilievi.models import Obiettivo, Rilievo, TipoRilievo
from accordo.rilievi.stati import VIVI, StatoRilievo


class RilievoForm(forms.Form):
    """One sentence, with details, for an area, under the objectives that it speaks of."""

    tipo = forms.ChoiceField(label="Che cos'è", choices=TipoRilievo, widget=forms.RadioSelect)
    testo = forms.CharField(
        label="In una frase",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Al massimo 300 caratteri.",
    )
    dettagli = forms.CharField(
        label="Dettagli (facoltativi)",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    ambito = forms.ModelChoiceField(queryset=Ambito.objects.none(), label="Ambito", empty_label=None)
    obiettivi = forms.ModelMultipleChoiceField(
        queryset=Obiettivo.objects.none(),
        label="Obiettivi dell'accordo",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Indica almeno un obiettivo."},
    )
    vista = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """The revision of the finding that the writer saw."""

    def __init__(
        self,
        *args: Any,
        accordo: Accordo,
        rilievo: Rilievo | None = None,
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        iniziali = dict(initial or {})
        if rilievo is not None:
            iniziali |= {
                "tipo": rilievo.tipo,
                "testo": rilievo.testo,
                "dettagli": rilievo.dettagli,
                "ambito": rilievo.ambito_id,
                "obiettivi": list(rilievo.obiettivi.values_list("pk", flat=True)),
            }
            iniziali["vista"] = rilievo.revisione
        super().__init__(*args, initial=iniziali, **kwargs)  # type: ignore[misc]  # kwargs holds no initial
        self.fields["ambito"].queryset = ambiti_dell_accordo(accordo)  # type: ignore[attr-defined]
        self.fields["obiettivi"].queryset = Obiettivo.objects.filter(accordo=accordo)  # type: ignore[attr-defined]

    def dati(self) -> dict[str, Any]:
        """Return what the services take."""
        return {nome: valore for nome, valore in self.cleaned_data.items() if nome != "vista"}


class FonteForm(forms.Form):
    """The evidence, written by hand."""

    fonte = forms.CharField(
        label="Da dove viene (facoltativo)",
        max_length=500,
        required=False,
        help_text="Per esempio la domanda del questionario e il dato, o una relazione.",
    )

    def __init__(self, *args: Any, obbligatoria: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if obbligatoria:
            self.fields["fonte"].required = True
            self.fields["fonte"].label = "Da dove viene"


class FiltroForm(forms.Form):
    """What to show of the table, and how."""

    vista = forms.ChoiceField(
        required=False, choices=[("", "Quadro"), ("elenco", "Elenco")], widget=forms.HiddenInput
    )
    ambito = forms.ChoiceField(label="Ambito", required=False)
    tipo = forms.ChoiceField(label="Che cosa", required=False, choices=[("", "Tutto"), *TipoRilievo.choices])
    obiettivo = forms.ChoiceField(label="Obiettivo", required=False)
    stato = forms.ChoiceField(
        label="Stato", required=False, choices=[("", "Che valgono"), *StatoRilievo.choices]
    )
    ordine = forms.ChoiceField(
        label="In ordine di",
        required=False,
        choices=[("", "Ambito"), ("priorita", "Priorità concordata"), ("recenti", "Più recenti")],
    )
    cerca = forms.CharField(label="Parole", required=False, max_length=100)
    non_ripresi = forms.BooleanField(label="Solo quelli che nessun articolo riprende", required=False)

    def __init__(self, *args: Any, accordo: Accordo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ambiti = [(a.codice, a.nome) for a in ambiti_dell_accordo(accordo)]
        obiettivi = [(o.codice, str(o)) for o in Obiettivo.objects.filter(accordo=accordo)]
        self.fields["ambito"].choices = [("", "Tutti"), *ambiti]  # type: ignore[attr-defined]
        self.fields["obiettivo"].choices = [("", "Tutti"), *obiettivi]  # type: ignore[attr-defined]

    def scelti(self) -> dict[str, str]:
        """Return the valid choices that filter; a wrong one in the address counts as none."""
        self.is_valid()
        for nome in self.fields:
            self.cleaned_data.setdefault(nome, "")
        return {nome: self.cleaned_data[nome] for nome in ("ambito", "tipo", "obiettivo", "stato", "cerca")}

    def in_parole(self) -> list[tuple[str, str]]:
        """Return the filters chosen, for a document that must say what it shows."""
        detti = []
        for nome in ("ambito", "tipo", "obiettivo", "stato"):
            if valore := self.cleaned_data[nome]:
                scelte = dict(self.fields[nome].choices)  # type: ignore[attr-defined]
                detti.append((str(self.fields[nome].label), str(scelte[valore])))
        if self.cleaned_data["cerca"]:
            detti.append(("Parole", self.cleaned_data["cerca"]))
        if self.cleaned_data["non_ripresi"]:
            detti.append(("Solo", "quelli che nessun articolo riprende"))
        return detti


@dataclass(frozen=True, slots=True)
class Gruppo:
    """Findings of one area and one kind: those among which duplicates are looked for."""

    ambito: Ambito
    tipo: TipoRilievo


class GruppoForm(forms.Form):
    """Where to look for findings that say the same."""

    ambito = forms.ChoiceField(label="Ambito", required=False)
    tipo = forms.ChoiceField(label="Che cosa", required=False, choices=TipoRilievo.choices)

    def __init__(self, *args: Any, accordo: Accordo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ambiti = {a.codice: a for a in ambiti_dell_accordo(accordo)}
        self.fields["ambito"].choices = [(a.codice, a.nome) for a in self.ambiti.values()]  # type: ignore[attr-defined]

    def scelto(self) -> Gruppo | None:
        """Return the group asked for; the first area and the critical points if none is."""
        self.is_valid()
        codice = self.cleaned_data.get("ambito") or next(iter(self.ambiti), "")
        tipo = self.cleaned_data.get("tipo") or TipoRilievo.CRITICITA
        return Gruppo(self.ambiti[codice], TipoRilievo(tipo)) if codice in self.ambiti else None


class UnisciForm(forms.Form):
    """Which other finding goes on for both: those that look alike come first."""

    a = forms.ModelChoiceField(
        queryset=Rilievo.objects.none(),
        to_field_name="numero",
        label="Quale va avanti per tutti e due?",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    altro = forms.IntegerField(
        label="Oppure il numero di un altro rilievo",
        required=False,
        min_value=1,
        help_text="Dello stesso ambito e dello stesso tipo.",
    )
    motivazione = forms.CharField(
        label="Perché (facoltativo)",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Resta nel registro, con il tuo nome.",
    )

    def __init__(self, *args: Any, rilievo: Rilievo, simili: Sequence[Simile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possibili = Rilievo.objects.filter(
            accordo=rilievo.accordo_id, ambito=rilievo.ambito_id, tipo=rilievo.tipo, stato__in=VIVI
        ).exclude(pk=rilievo.pk)
        campo = self.fields["a"]
        campo.queryset = self.possibili.filter(pk__in=[s.rilievo.pk for s in simili])  # type: ignore[attr-defined]
        campo.required = False
        voluto = str(self.initial.pop("a", ""))
        if voluto in {str(s.rilievo.numero) for s in simili}:
            self.initial["a"] = voluto
        elif voluto.isdecimal():
            self.initial["altro"] = int(voluto)
        if not simili:
            del self.fields["a"]
            self.fields["altro"].label = "Numero dell'altro rilievo"

    def clean(self) -> dict[str, Any]:
        """Take the number written by hand, if there is one, or the one ticked."""
        dati = super().clean() or {}
        if numero := dati.get("altro"):
            dati["a"] = self.possibili.filter(numero=numero).first()
            if dati["a"] is None:
                self.add_error(
                    "altro",
                    "Non c'è un rilievo con questo numero, dello stesso ambito e tipo, che vale ancora.",
                )
        elif not dati.get("a") and not self.errors:
            self.add_error("a" if "a" in self.fields else "altro", "Scegli il rilievo che va avanti.")
        return dati
