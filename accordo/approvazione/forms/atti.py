"""Forms of the acts."""

from datetime import date
from typing import Any

from django import forms
from django.core.files import File

from accordo.approvazione.models import Approvazione
from accordo.approvazione.organi import proposta
from accordo.approvazione.servizi import DatiAlbo, Pec
from accordo.approvazione.stati import TipoAtto
from accordo.base import allegati, orologio
from accordo.iter.forms import campo_giorno


class IstruttoriaForm(forms.Form):
    """Which organ will approve."""

    organo = forms.CharField(
        label="Organo competente",
        max_length=120,
        help_text="È quello usuale per il tipo di ente: cambialo se il vostro statuto dice altro.",
    )


CARTE = ("pdf", "p7m")
"""What offices have in hand: the PDF of the act, perhaps signed, or the envelope in which it was signed."""


def campo_pdf(etichetta: str, *, required: bool = True) -> forms.FileField:
    """Return a field for a paper of a body."""
    return forms.FileField(
        label=etichetta,
        required=required,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf,.p7m"}),
        help_text="Un PDF, anche firmato (.pdf o .pdf.p7m), di al massimo 10 MB.",
    )


class ConFile(forms.Form):
    """A form whose `file` is a paper of a body."""

    def clean_file(self) -> "File[bytes] | None":
        """Check by content that it is a PDF, or an envelope of signature."""
        file: File[bytes] | None = self.cleaned_data.get("file")
        if file:
            allegati.valida(file, CARTE)
        return file


class ConPec(forms.Form):
    """Protocol and day with which the promoter received what a body sent by certified mail."""

    pec_protocollo = forms.CharField(
        label="Protocollo di arrivo",
        max_length=60,
        help_text="Quello con cui l'ente che coordina ha ricevuto la PEC.",
    )
    pec_data = campo_giorno("Arrivata il", required=True)

    def clean_pec_data(self) -> date:
        """Not in the future."""
        giorno: date = self.cleaned_data["pec_data"]
        if giorno > orologio.oggi():
            raise forms.ValidationError("Il giorno di arrivo è futuro: controllalo.")
        return giorno

    @property
    def pec(self) -> Pec:
        """The protocol and the day, as the services want them."""
        return Pec(self.cleaned_data["pec_protocollo"].strip(), self.cleaned_data["pec_data"])


class AttoForm(ConFile):
    """The act of a body. Publication and protocol are optional; the text approved is proposed and can be changed."""

    organo = forms.CharField(label="Organo che ha approvato", max_length=120)
    tipo = forms.ChoiceField(label="Tipo di atto", choices=TipoAtto.choices)
    numero = forms.CharField(label="Numero", max_length=40)
    data_atto = campo_giorno("Data dell'atto", required=True)
    versione = forms.ChoiceField(
        label="Testo approvato",
        help_text="La versione e l'impronta scritte nell'atto. Se non è quella definitiva, l'ente non può firmare.",
    )
    file = campo_pdf("File dell'atto")
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


class AttoRicevutoForm(ConPec, AttoForm):
    """The act of a body that sent it by certified mail: who coordinates writes it down."""

    def per_il_servizio(self) -> dict[str, Any]:
        """The act, and how it came."""
        return {**super().per_il_servizio(), "pec": self.pec}


class RecessoForm(ConFile):
    """The act with which a body withdraws."""

    organo = forms.CharField(label="Organo che ha deciso", max_length=120)
    tipo = forms.ChoiceField(label="Tipo di atto", choices=TipoAtto.choices)
    numero = forms.CharField(label="Numero", max_length=40)
    data_atto = campo_giorno("Data dell'atto", required=True)
    effetto_dal = campo_giorno(
        "Il recesso ha effetto dal", required=True, aiuto="Secondo l'accordo: per esempio dopo un preavviso."
    )
    file = campo_pdf("File dell'atto")
    motivazione = forms.CharField(
        label="Perché l'ente recede", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def __init__(self, *args: Any, approvazione: Approvazione, **kwargs: Any) -> None:
        usuale = proposta(approvazione.ente)
        super().__init__(
            *args, **{"initial": {"organo": approvazione.organo, "tipo": usuale.tipo_atto}, **kwargs}
        )

    def clean(self) -> dict[str, Any]:
        """Dates that make sense together."""
        dati = super().clean() or self.cleaned_data
        data = dati.get("data_atto")
        if data and data > orologio.oggi():
            self.add_error("data_atto", "La data dell'atto è futura: controlla il giorno.")
        if data and dati.get("effetto_dal") and dati["effetto_dal"] < data:
            self.add_error("effetto_dal", "Il recesso avrebbe effetto prima del suo atto.")
        return dati

    def per_il_servizio(self) -> dict[str, Any]:
        """The cleaned data as `servizi.recedi` wants them."""
        dati = self.cleaned_data
        return {
            campo: dati[campo] for campo in ("organo", "tipo", "numero", "effetto_dal", "file", "motivazione")
        } | {"data": dati["data_atto"]}


class RecessoRicevutoForm(ConPec, RecessoForm):
    """The same, arrived by certified mail."""

    def per_il_servizio(self) -> dict[str, Any]:
        """The withdrawal, and how it came."""
        return {**super().per_il_servizio(), "pec": self.pec}
