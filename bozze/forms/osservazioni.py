"""The forms of remarks, of the replies under them and of the answers."""

from typing import Any

from django import forms

from bozze.forms.comuni import ConErrori, area
from bozze.forms.emendamenti import FiltroEmendamenti
from bozze.stati import PRIVATI, EsitoOsservazione, StatoEmendamento, StatoOsservazione
from bozze.testo.citazioni import frasi

_TAGLIO = 140


class OsservazioneForm(ConErrori):
    """A remark on a disposition, or on some of its words: pasted, or chosen among its sentences."""

    testo = forms.CharField(
        label="Osservazione",
        max_length=20_000,
        widget=area(6),
        error_messages={"required": "Scrivi l'osservazione."},
    )
    citazione = forms.CharField(
        label="Parole a cui si riferisce",
        required=False,
        max_length=5_000,
        widget=area(2),
        help_text="Facoltativo: copia dal testo le parole di cui parli. Se il testo cambia, resta scritto com'erano.",
    )
    frase = forms.ChoiceField(label="Oppure scegli una frase", required=False)
    posto = forms.IntegerField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revisione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parole: str, **kwargs: Any) -> None:
        """`parole`: what the disposition says."""
        super().__init__(*args, **kwargs)
        pezzi = frasi(parole)
        if len(pezzi) < 2:
            del self.fields["frase"]
            return
        campo = self.fields["frase"]
        assert isinstance(campo, forms.ChoiceField)
        scelte = [
            (str(n), pezzo if len(pezzo) <= _TAGLIO else f"{pezzo[:_TAGLIO].rsplit(' ', 1)[0]}…")
            for n, pezzo in enumerate(pezzi)
        ]
        campo.choices = [("", "Nessuna: parlo di tutta la disposizione"), *scelte]
        self._frasi = pezzi

    def clean(self) -> dict[str, Any]:
        """Take the sentence chosen for the words quoted, where none were pasted."""
        dati = super().clean() or {}
        if dati.get("frase") and not (dati.get("citazione") or "").strip():
            dati["citazione"] = self._frasi[int(dati["frase"])]
            dati["posto"] = self._frasi[: int(dati["frase"])].count(dati["citazione"])
        return dati


class ReplicaForm(ConErrori):
    """A word under a remark."""

    replica = forms.CharField(
        label="La tua replica",
        max_length=10_000,
        widget=area(4),
        help_text="La leggono subito tutti gli enti, con il nome del tuo. Poi non si modifica.",
        error_messages={"required": "Scrivi la replica."},
    )


class RispostaForm(ConErrori):
    """The coordinator's answer to a remark."""

    esito = forms.ChoiceField(
        label="Esito",
        choices=EsitoOsservazione.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Scegli l'esito."},
    )
    risposta = forms.CharField(
        label="Risposta",
        max_length=20_000,
        widget=area(5),
        help_text="La leggono tutti gli enti.",
        error_messages={"required": "Scrivi la risposta."},
    )


class FiltroOsservazioni(FiltroEmendamenti):
    """The filters above the list of remarks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["tipo"]
        campo = self.fields["stato"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [("", "Tutti"), *[s for s in StatoOsservazione.choices if s[0] != "scartata"]]


class FiltroLettura(FiltroEmendamenti):
    """The filters of the page of the text: what lies along it, amendments and remarks together."""

    mostra = forms.ChoiceField(
        label="Mostra",
        required=False,
        choices=[
            ("", "Tutto"),
            ("emendamenti", "Solo emendamenti"),
            ("osservazioni", "Solo osservazioni"),
        ],
    )
    field_order = ("mostra", "sezione", "ente", "ambito", "tipo", "stato")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["stato"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [
            ("", "Tutti"),
            ("Emendamenti", [s for s in StatoEmendamento.choices if s[0] not in PRIVATI]),
            ("Osservazioni", [("presentata", "Presentata"), ("risposta", "Con risposta")]),
        ]

    def scelti(self) -> dict[str, str]:
        """Return the filters that were set and make sense."""
        self.is_valid()
        return {nome: valore for nome, valore in self.cleaned_data.items() if valore}
