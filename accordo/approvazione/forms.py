"""Forms of acts, reasons and signed files."""

from typing import Any

from django import forms
from django.core.files import File

from accordo.approvazione.firme import MASSIMO
from accordo.approvazione.models import Approvazione
from accordo.approvazione.organi import proposta
from accordo.approvazione.servizi import DatiAlbo
from accordo.approvazione.stati import TipoAtto
from accordo.base import allegati, orologio
from accordo.iter.forms import MotivazioneForm, campo_giorno

__all__ = ["AttoForm", "FirmaForm", "IstruttoriaForm", "MotivazioneForm", "VerificaForm"]


class IstruttoriaForm(forms.Form):
    """Which organ will approve."""

    organo = forms.CharField(
        label="Organo competente",
        max_length=120,
        help_text="È quello usuale per il tipo di ente: cambialo se il vostro statuto dice altro.",
    )


class AttoForm(forms.Form):
    """The act of a body. Publication and protocol are optional; the text approved is proposed and can be changed."""

    organo = forms.CharField(label="Organo che ha approvato", max_length=120)
    tipo = forms.ChoiceField(label="Tipo di atto", choices=TipoAtto.choices)
    numero = forms.CharField(label="Numero", max_length=40)
    data_atto = campo_giorno("Data dell'atto", required=True)
    versione = forms.ChoiceField(
        label="Testo approvato",
        help_text="La versione e l'impronta scritte nell'atto. Se non è quella definitiva, l'ente non può firmare.",
    )
    file = forms.FileField(
        label="File dell'atto",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text="Un PDF di al massimo 10 MB.",
    )
    esecutivita_immediata = forms.BooleanField(
        label="È stato dichiarato immediatamente eseguibile", required=False
    )
    esecutivo_dal = campo_giorno(
        "Esecutivo dal (facoltativo)",
        aiuto="Se non lo indichi, lo calcoliamo dalla pubblicazione: dopo il decimo giorno.",
    )
    albo_numero = forms.CharField(
        label="Numero di pubblicazione all'albo (facoltativo)", max_length=40, required=False
    )
    albo_dal = campo_giorno("Pubblicato all'albo dal (facoltativo)")
    albo_al = campo_giorno("Pubblicato all'albo fino al (facoltativo)")
    protocollo = forms.CharField(label="Numero di protocollo (facoltativo)", max_length=60, required=False)
    motivazione = forms.CharField(
        label="Perché correggi l'atto",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text="L'atto registrato prima resta nella storia. La motivazione resta nel registro.",
    )

    def __init__(
        self, *args: Any, approvazione: Approvazione, versioni: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        usuale = proposta(approvazione.ente)
        iniziali: dict[str, Any] = {
            "organo": approvazione.organo,
            "tipo": usuale.tipo_atto,
            "versione": approvazione.documento.impronta_testo,
        }
        atto = approvazione.atto
        if atto is not None:
            iniziali |= {
                campo: getattr(atto, campo)
                for campo in self.base_fields
                if hasattr(atto, campo) and campo != "file"
            }
            iniziali |= {"versione": atto.impronta_testo, "data_atto": atto.data}
        kwargs["initial"] = iniziali
        super().__init__(*args, **kwargs)
        scelta = self.fields["versione"]
        assert isinstance(scelta, forms.ChoiceField)
        scelta.choices = versioni
        if atto is None:
            del self.fields["motivazione"]

    def clean_file(self) -> File:
        """Check by content that it is a PDF."""
        file: File = self.cleaned_data["file"]
        allegati.valida(file, ("pdf",))
        return file

    def clean(self) -> dict[str, Any]:
        """Dates that make sense together."""
        dati = super().clean() or self.cleaned_data
        data, dal, al = dati.get("data_atto"), dati.get("albo_dal"), dati.get("albo_al")
        if data and data > orologio.oggi():
            self.add_error("data_atto", "La data dell'atto è futura: controlla il giorno.")
        if al and not dal:
            self.add_error("albo_dal", "Indica anche il primo giorno di pubblicazione.")
        if dal and al and al < dal:
            self.add_error("albo_al", "L'ultimo giorno di pubblicazione viene prima del primo.")
        if data and dal and dal < data:
            self.add_error("albo_dal", "L'atto risulta pubblicato prima della sua data.")
        if data and dati.get("esecutivo_dal") and dati["esecutivo_dal"] < data:
            self.add_error("esecutivo_dal", "L'atto risulta esecutivo prima della sua data.")
        return dati

    def per_il_servizio(self) -> dict[str, Any]:
        """The cleaned data as `servizi.registra_atto` wants them."""
        dati = self.cleaned_data
        semplici = ("organo", "tipo", "numero", "file", "esecutivita_immediata", "esecutivo_dal")
        return {campo: dati[campo] for campo in semplici} | {
            "data": dati["data_atto"],
            "albo": DatiAlbo(dati["albo_numero"], dati["albo_dal"], dati["albo_al"], dati["protocollo"]),
            "impronta_testo": dati["versione"],
            "motivazione": dati.get("motivazione", ""),
        }


class FirmaForm(forms.Form):
    """The signed file. What it is worth is told by its examination, not by its name."""

    file = forms.FileField(
        label="Il testo firmato",
        widget=forms.FileInput(
            attrs={"accept": ".pdf,.p7m,.xml,application/pdf,application/pkcs7-mime,text/xml"}
        ),
        help_text="Il file come esce dal tuo strumento di firma: .p7m (CAdES), .pdf (PAdES) o .xml (XAdES).",
    )
    spiegazione = forms.CharField(
        label="Se non firma chi rappresenta l'ente, spiega perché (facoltativo)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Serve solo se nome o codice fiscale nella firma sono diversi da quelli registrati qui. Lo leggono tutti gli enti.",
    )

    def __init__(self, *args: Any, a_turno: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if a_turno:
            self.fields["file"].help_text = "Il PDF firmato (PAdES), come esce dal tuo strumento di firma."
            self.fields["file"].widget.attrs["accept"] = ".pdf,application/pdf"

    def clean_file(self) -> File:
        """Refuse what is too big to be looked at."""
        file: File = self.cleaned_data["file"]
        if file.size > MASSIMO:
            raise forms.ValidationError("Il file supera 30 MB: controlla che sia il testo firmato.")
        return file


class VerificaForm(forms.Form):
    """A fingerprint, or a file whose fingerprint is computed."""

    impronta = forms.CharField(
        label="Impronta SHA-256",
        max_length=100,
        required=False,
        help_text="È stampata in fondo al documento. Bastano i primi 16 caratteri.",
    )
    file = forms.FileField(
        label="Oppure il file",
        required=False,
        help_text="Il PDF, la busta .p7m o l'XML, firmato o no. Lo leggiamo solo per controllarlo: non lo conserviamo.",
    )

    def clean_impronta(self) -> str:
        """Take it as people copy it: spaces, capitals."""
        testo = "".join(str(self.cleaned_data["impronta"]).split()).lower()
        if testo and (len(testo) < 16 or len(testo) > 64 or set(testo) - set("0123456789abcdef")):
            raise forms.ValidationError(
                "L'impronta ha 64 caratteri, cifre e lettere da a ad f: scrivine almeno i primi 16."
            )
        return testo

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        dati = super().clean() or self.cleaned_data
        if not self.errors and not dati.get("impronta") and not dati.get("file"):
            raise forms.ValidationError("Scrivi l'impronta oppure scegli un file.")
        if dati.get("file") and dati["file"].size > MASSIMO:
            self.add_error("file", "Il file supera 30 MB.")
        return dati
