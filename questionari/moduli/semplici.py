"""Title, foreword and sections of a questionnaire; the fields of a question, by its type."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accordo.enti.models import TipoEnte
from questionari import valori
from questionari.definizione import (
    AGGREGATA,
    BLOCCO,
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    PUBBLICA,
    RISERVATA,
    SINGOLA,
    TESTO,
    TESTO_LUNGO,
)

NOMI_TIPI = {
    SINGOLA: "Una sola risposta",
    MULTIPLA: "Più risposte",
    MATRICE: "Griglia: un giudizio per ogni riga",
    NUMERO: "Numero",
    TESTO: "Testo breve",
    TESTO_LUNGO: "Testo lungo",
    DATA: "Data",
    GRADUATORIA: "Ordine di importanza",
    FILE: "Documenti da allegare",
    BLOCCO: "Solo testo, senza risposta",
}
RISERVATEZZE = (
    (PUBBLICA, "Pubblica: si può pubblicare con il nome dell'ente"),
    (AGGREGATA, "Aggregata: si pubblica solo insieme a quelle di altri enti"),
    (RISERVATA, "Riservata: la vedono solo l'ente e la segreteria tecnica"),
)


def _breve(righe: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": righe})


class IntestazioneForm(forms.Form):
    """Title and foreword."""

    titolo = forms.CharField(label="Titolo", max_length=300)
    premessa = forms.CharField(
        label="Premessa (facoltativa)",
        max_length=5000,
        required=False,
        widget=_breve(5),
        help_text="A chi è rivolto, che cosa succede alle risposte. La legge chi compila, prima di cominciare.",
    )


class CominciaForm(forms.Form):
    """The title of a questionnaire that begins from nothing."""

    titolo = forms.CharField(label="Titolo del questionario", max_length=300)


class SezioneForm(forms.Form):
    """A section: one page of the questionnaire."""

    titolo = forms.CharField(label="Titolo", max_length=200)
    descrizione = forms.CharField(
        label="Descrizione (facoltativa)", max_length=2000, required=False, widget=_breve(3)
    )
    destinatari = forms.MultipleChoiceField(
        label="Chi la vede",
        choices=TipoEnte.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Se non scegli nulla la vedono tutti gli enti.",
    )


class NumeroField(forms.CharField):
    """A number as it is written in Italian; int if it is whole."""

    def clean(self, value: Any) -> Any:
        """Read it; None if it is empty."""
        from questionari.definizione import Domanda

        try:
            return valori.normalizza(Domanda("", NUMERO, "", decimali=6), super().clean(value))
        except valori.ValoreNonValido as errore:
            raise forms.ValidationError(str(errore)) from errore


class DomandaForm(forms.Form):
    """The words and settings of a question. Options, scale and conditions are rows: see ModuloDomanda."""

    testo = forms.CharField(label="Domanda", max_length=2000, widget=_breve(2))
    aiuto = forms.CharField(
        label="Aiuto (facoltativo)",
        max_length=2000,
        required=False,
        widget=_breve(2),
        help_text="Una spiegazione breve, che compare sotto la domanda.",
    )
    obbligatoria = forms.BooleanField(label="La risposta è obbligatoria", required=False)
    ordinata = forms.BooleanField(
        label="Le opzioni formano una scala, dalla più bassa alla più alta", required=False
    )
    consenti_altro = forms.BooleanField(label="Si può rispondere «Altro», con parole proprie", required=False)
    consenti_non_so = forms.BooleanField(label="Si può rispondere «Non so»", required=False)
    max_scelte = forms.IntegerField(
        label="Quante se ne possono scegliere al massimo (facoltativo)",
        min_value=1,
        max_value=1000,
        required=False,
    )
    minimo = NumeroField(label="Numero più piccolo ammesso (facoltativo)", max_length=20, required=False)
    massimo = NumeroField(label="Numero più grande ammesso (facoltativo)", max_length=20, required=False)
    decimali = forms.IntegerField(
        label="Cifre dopo la virgola",
        min_value=0,
        max_value=6,
        required=False,
        help_text="0 per i numeri interi.",
    )
    unita = forms.CharField(
        label="Unità di misura (facoltativa)",
        max_length=40,
        required=False,
        help_text="Per esempio: persone, euro, km.",
    )
    dal = forms.DateField(
        label="Primo giorno ammesso (facoltativo)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    al = forms.DateField(
        label="Ultimo giorno ammesso (facoltativo)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    max_caratteri = forms.IntegerField(
        label="Caratteri al massimo (facoltativo)", min_value=1, max_value=50_000, required=False
    )
    estensioni = forms.CharField(
        label="Tipi di file ammessi",
        max_length=200,
        initial="pdf",
        help_text="Separati da virgole: pdf, odt, xlsx.",
    )
    max_file = forms.IntegerField(label="Documenti al massimo", min_value=1, max_value=20, initial=1)
    max_mb = forms.IntegerField(
        label="Dimensione massima di ciascuno, in MB", min_value=1, max_value=100, initial=10
    )
    riservatezza = forms.ChoiceField(
        label="Riservatezza della risposta", choices=RISERVATEZZE, initial=AGGREGATA, widget=forms.RadioSelect
    )
    dato_personale = forms.BooleanField(label="La risposta può contenere dati personali", required=False)
    obiettivi = forms.MultipleChoiceField(
        label="Obiettivi dell'accordo che riguarda", required=False, widget=forms.CheckboxSelectMultiple
    )
    destinatari = forms.MultipleChoiceField(
        label="Chi la vede",
        choices=TipoEnte.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Se non scegli nulla la vedono tutti gli enti che vedono la sezione.",
    )
    sezione = forms.ChoiceField(label="In quale sezione sta")

    PROPRI = {
        SINGOLA: ("ordinata", "consenti_altro"),
        MULTIPLA: ("max_scelte", "consenti_altro"),
        MATRICE: ("consenti_non_so",),
        NUMERO: ("unita", "decimali", "minimo", "massimo"),
        DATA: ("dal", "al"),
        TESTO: ("max_caratteri",),
        TESTO_LUNGO: ("max_caratteri",),
        GRADUATORIA: ("max_scelte",),
        FILE: ("estensioni", "max_file", "max_mb"),
        BLOCCO: (),
    }
    PRIMI = ("testo", "aiuto", "obbligatoria")
    ULTIMI = ("riservatezza", "dato_personale", "obiettivi")
    CHI = ("destinatari", "sezione")

    def __init__(
        self,
        *args: Any,
        tipo: str,
        obiettivi: Iterable[tuple[str, str]] = (),
        sezioni: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        tenuti = {*self.PRIMI, *self.PROPRI[tipo], *self.ULTIMI, *self.CHI}
        if tipo == BLOCCO:
            tenuti -= {"obbligatoria", "riservatezza", "dato_personale", "obiettivi"}
            self.fields["testo"].label = "Testo"
        obiettivi = list(obiettivi)
        if not obiettivi:
            tenuti.discard("obiettivi")
        for nome in list(self.fields):
            if nome not in tenuti:
                del self.fields[nome]
        if "obiettivi" in self.fields:
            self.fields["obiettivi"].choices = obiettivi  # type: ignore[attr-defined]
        self.fields["sezione"].choices = list(sezioni)  # type: ignore[attr-defined]
        self.tipo = tipo

    def clean_estensioni(self) -> str:
        """Keep plain endings only."""
        parole = [p.strip().lower().lstrip(".") for p in self.cleaned_data["estensioni"].split(",")]
        parole = list(dict.fromkeys(filter(None, parole)))
        if not parole or not all(p.isascii() and p.isalnum() and len(p) <= 8 for p in parole):
            raise forms.ValidationError("Scrivi le estensioni separate da virgole, per esempio: pdf, odt.")
        return ", ".join(parole)

    def clean(self) -> dict[str, Any]:
        """Limits must be in order."""
        dati = super().clean() or self.cleaned_data
        for primo, ultimo in (("minimo", "massimo"), ("dal", "al")):
            basso, alto = dati.get(primo), dati.get(ultimo)
            if basso is not None and alto is not None and basso > alto:
                self.add_error(
                    primo, "È più grande dell'altro limite." if primo == "minimo" else "Viene dopo l'ultimo."
                )
        return dati

    def _parte(self, nomi: Iterable[str]) -> list[forms.BoundField]:
        return [self[nome] for nome in nomi if nome in self.fields]

    def primi(self) -> list[forms.BoundField]:
        """The fields above the options."""
        return self._parte(self.PRIMI)

    def propri(self) -> list[forms.BoundField]:
        """The fields of this type of question."""
        return self._parte(self.PROPRI[self.tipo])

    def ultimi(self) -> list[forms.BoundField]:
        """What becomes of the answer."""
        return self._parte(self.ULTIMI)

    def chi(self) -> list[forms.BoundField]:
        """Who is asked, and where."""
        return self._parte(self.CHI)
