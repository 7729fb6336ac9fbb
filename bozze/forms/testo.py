"""The forms of the text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from accordo.base import allegati
from accordo.rilievi.models import Rilievo
from bozze.carte.da_word import NonLeggibile
from bozze.carte.sorgente import FORMATI, Sorgente, apri
from bozze.models import Numeri, Versione
from bozze.testo.albero import CON_RUBRICA, FIGLI_AMMESSI, Tipo
from bozze.testo.lettura import RUBRICA, SEGUITO
from bozze.testo.operazioni import Posizione

NOMI_TIPI = {
    Tipo.PREMESSO: "Premesso che",
    Tipo.VISTO: "Visti",
    Tipo.CONSIDERATO: "Considerato che",
    Tipo.FORMULA: "Formula («le Parti convengono…»)",
    Tipo.TITOLO: "Titolo",
    Tipo.CAPO: "Capo",
    Tipo.ARTICOLO: "Articolo",
    Tipo.COMMA: "Comma",
    Tipo.LETTERA: "Lettera",
    Tipo.NUMERO: "Numero",
    Tipo.TRATTINO: "Trattino",
    Tipo.PARAGRAFO: "Capoverso senza numero",
    Tipo.ALLEGATO: "Allegato",
}
PLURALI = {
    Tipo.TITOLO: "titolo,titoli",
    Tipo.CAPO: "capo,capi",
    Tipo.ARTICOLO: "articolo,articoli",
    Tipo.COMMA: "comma,commi",
    Tipo.LETTERA: "lettera,lettere",
    Tipo.NUMERO: "numero,numeri",
    Tipo.TRATTINO: "trattino,trattini",
    Tipo.PARAGRAFO: "capoverso senza numero,capoversi senza numero",
    Tipo.ALLEGATO: "allegato,allegati",
}
MASSIMO_FILE_MB = 10


class CaricaTestoForm(forms.Form):
    """A text pasted or in a file; the preview comes before it is taken."""

    file = forms.FileField(
        label="File del testo",
        required=False,
        help_text="Un file di Word (.docx), di testo (.txt) o il .json di una versione, fino a 10 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt,.json"}),
    )
    testo = forms.CharField(
        label="Oppure incolla il testo",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def clean_file(self) -> Any:
        """Open it: what cannot be read is refused here, with the reason."""
        file = self.cleaned_data.get("file")
        if not file:
            return None
        allegati.valida(file, estensioni=FORMATI, max_mb=MASSIMO_FILE_MB)
        try:
            self.cleaned_data["aperto"] = apri(file.name, file.read())
        except NonLeggibile as errore:
            raise ValidationError(str(errore)) from errore
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        dati = super().clean() or {}
        if not dati.get("aperto") and not (dati.get("testo") or "").strip() and "file" not in self.errors:
            raise ValidationError("Scegli un file oppure incolla il testo.")
        return dati

    def sorgente(self) -> Sorgente:
        """What to read."""
        aperto = self.cleaned_data.get("aperto")
        return aperto if isinstance(aperto, Sorgente) else Sorgente(self.cleaned_data["testo"])


COME_RIGA = [
    ("", "Come l'ha letta il portale"),
    *((tipo.value, nome) for tipo, nome in NOMI_TIPI.items()),
    (RUBRICA, "Rubrica di ciò che precede"),
    (SEGUITO, "Continua la riga prima"),
]
"""What a person may say that a line of the source is."""


def righe_forzate(dati: QueryDict) -> dict[int, str]:
    """What the person said of single lines ("come_12": "lettera"); anything else is left aside."""
    note = {valore for valore, _ in COME_RIGA if valore}
    forzate = {}
    for chiave, valore in dati.items():
        numero = chiave.removeprefix("come_")
        if numero != chiave and numero.isdecimal() and len(numero) <= 6 and str(valore) in note:
            forzate[int(numero)] = str(valore)
    return forzate


class DisposizioneForm(forms.Form):
    """The words of a disposition, and the revision that the person saw."""

    rubrica = forms.CharField(label="Rubrica", required=False, max_length=500)
    testo = forms.CharField(label="Testo", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    revisione = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, tipo: Tipo, con_testo: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tipo not in CON_RUBRICA:
            del self.fields["rubrica"]
        elif not con_testo:
            del self.fields["testo"]


class AggiungiForm(forms.Form):
    """A new disposition: what it is, where it goes, what it says."""

    dove = forms.ChoiceField(label="Dove va", widget=forms.RadioSelect)
    rubrica = forms.CharField(
        label="Rubrica", required=False, max_length=500, help_text="Per titoli, capi, articoli e allegati."
    )
    testo = forms.CharField(
        label="Testo",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Di un articolo scrivi qui il primo comma.",
    )

    def __init__(self, *args: Any, scelte: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["dove"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = list(scelte)
        if not self.is_bound and scelte:
            campo.initial = scelte[0][0]
        if not any(Tipo(valore.partition(":")[2]) in CON_RUBRICA for valore, _ in scelte):
            del self.fields["rubrica"]

    def clean(self) -> dict[str, Any]:
        """Something must be written."""
        dati = super().clean() or {}
        if not (dati.get("testo") or "").strip() and not (dati.get("rubrica") or "").strip():
            raise ValidationError("Scrivi il testo o la rubrica.")
        return dati

    def dove_e_cosa(self) -> tuple[Posizione, Tipo]:
        """The place and the kind that were chosen."""
        posizione, _, tipo = self.cleaned_data["dove"].partition(":")
        return Posizione(posizione), Tipo(tipo)


def scelte_aggiunta(tipo: Tipo, genitore: Tipo | None) -> list[tuple[str, str]]:
    """Return what may be added beside a disposition of kind `tipo`, or inside it, the most usual first."""
    nome = NOMI_TIPI[tipo]
    scelte = [(f"{Posizione.DOPO}:{tipo}", f"{nome}, dopo questo")]
    for figlio in FIGLI_AMMESSI[tipo]:
        scelte.append((f"{Posizione.IN_FONDO}:{figlio}", f"{NOMI_TIPI[figlio]}, dentro questo, in fondo"))
    scelte.append((f"{Posizione.PRIMA}:{tipo}", f"{nome}, prima di questo"))
    for altro in FIGLI_AMMESSI[genitore]:
        if altro is not tipo:
            scelte.append((f"{Posizione.DOPO}:{altro}", f"{NOMI_TIPI[altro]}, dopo questo"))
    return scelte


def scelte_in_radice() -> list[tuple[str, str]]:
    """Return what may stand at the top of the text."""
    return [(f"{Posizione.IN_FONDO}:{tipo}", NOMI_TIPI[tipo]) for tipo in FIGLI_AMMESSI[None]]


class TitoloForm(forms.Form):
    """The title of the text."""

    titolo = forms.CharField(label="Titolo", max_length=500)
    sottotitolo = forms.CharField(
        label="Sottotitolo", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SceltaRilievi(forms.ModelMultipleChoiceField):
    """Findings to tick, each in one line."""

    def label_from_instance(self, obj: Any) -> str:
        """Return kind, area and sentence."""
        return f"{obj.get_tipo_display()}, {obj.ambito.nome}: {obj.testo}"


class RilieviForm(forms.Form):
    """The findings that a disposition comes from."""

    rilievi = SceltaRilievi(
        label="Rilievi", queryset=Rilievo.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, citabili: QuerySet[Rilievo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["rilievi"]
        assert isinstance(campo, SceltaRilievi)
        campo.queryset = citabili


class PubblicaForm(forms.Form):
    """The note that goes with a version; and why it is published in spite of what is missing, if something is."""

    nota = forms.CharField(
        label="Nota per chi legge",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Facoltativa: che cosa c'è di nuovo in questa versione.",
    )
    motivazione = forms.CharField(
        label="Perché pubblichi lo stesso",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Resta nel registro, con il tuo nome.",
    )
    numeri = forms.ChoiceField(
        label="I numeri di articoli e commi", choices=Numeri, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, manca: bool = False, numeri: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if numeri:
            self.initial.setdefault("numeri", numeri)
        else:  # a first version has no older numbers to keep
            del self.fields["numeri"]
        if not manca:
            del self.fields["motivazione"]


class ConfrontoForm(forms.Form):
    """Which two versions to compare."""

    da = forms.TypedChoiceField(label="Dalla versione", coerce=int)
    a = forms.TypedChoiceField(label="Alla versione", coerce=int)
    tutto = forms.BooleanField(label="Mostra anche le disposizioni rimaste uguali", required=False)
    fronte = forms.BooleanField(label="Su due colonne (testo a fronte)", required=False)

    def __init__(self, *args: Any, versioni: Sequence[Versione], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._per_numero = {versione.numero: versione for versione in versioni}
        scelte = [(versione.numero, str(versione)) for versione in versioni]
        for nome, iniziale in (("da", 1), ("a", 0)):
            campo = self.fields[nome]
            assert isinstance(campo, forms.ChoiceField)
            campo.choices = scelte
            if len(versioni) > iniziale:
                campo.initial = versioni[iniziale].numero

    def clean(self) -> dict[str, Any]:
        """They must be two."""
        dati = super().clean() or {}
        if dati.get("da") and dati.get("da") == dati.get("a"):
            raise ValidationError("Scegli due versioni diverse.")
        return dati

    def scelte(self) -> tuple[Versione, Versione]:
        """The older first, whatever was chosen first."""
        prima, dopo = sorted((self.cleaned_data["da"], self.cleaned_data["a"]))
        return self._per_numero[prima], self._per_numero[dopo]


class DocumentoForm(forms.Form):
    """The file that an annex is. What it may be is said by the service, which reads its content."""

    file = forms.FileField(
        label="Il file",
        help_text="PDF, Word, LibreOffice, Excel o immagine, fino a 20 MB. Meglio un PDF: si legge ovunque.",
        error_messages={"required": "Scegli il file.", "empty": "Il file è vuoto: scegline un altro."},
    )
    revisione = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False
