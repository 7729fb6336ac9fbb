"""Forms of phase 1, of the phases and of their dates."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files import File

from accordo.base import allegati, orologio
from accordo.enti.interrogazioni import ambiti_con_enti
from accordo.enti.models import Ente, Ruolo, Utente
from accordo.enti.servizi import DatiIncarico
from accordo.iter.models import FaseAccordo, Partecipazione, Proposta, StatoPartecipazione, Veste

ALTRA_PERSONA = "altra"


def campo_giorno(etichetta: str, *, required: bool = False, aiuto: str = "") -> forms.DateField:
    """Return a date field with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=etichetta, required=required, help_text=aiuto, widget=widget)


class PropostaForm(forms.Form):
    """The proposal's text and its PDF."""

    testo = forms.CharField(
        label="Testo della proposta",
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=50_000,
        help_text="Che cosa si propone, perché, che cosa si chiede agli enti. Lascia una riga vuota fra i paragrafi.",
    )
    allegato = forms.FileField(
        label="Documento PDF (facoltativo)",
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text="Al massimo 10 MB. Lo leggono solo gli enti invitati.",
    )
    togli_allegato = forms.BooleanField(label="Togli il documento allegato", required=False)

    def __init__(self, *args: Any, proposta: Proposta | None, **kwargs: Any) -> None:
        iniziali = {"testo": proposta.testo} if proposta else {}
        super().__init__(*args, **{"initial": iniziali, **kwargs})
        if proposta is None or not proposta.allegato:
            del self.fields["togli_allegato"]
        else:
            self.fields["allegato"].label = "Sostituisci il documento PDF (facoltativo)"

    def clean_allegato(self) -> File[bytes] | None:
        """Check by content that it is a PDF."""
        file: File[bytes] | None = self.cleaned_data.get("allegato")
        if file:
            allegati.valida(file, ("pdf",))
        return file


class InvitaEntiForm(forms.Form):
    """Further bodies to invite, and as what."""

    enti = forms.ModelMultipleChoiceField(
        Ente.objects.none(), label="Enti da invitare", widget=forms.CheckboxSelectMultiple
    )
    veste = forms.ChoiceField(
        label="Come partecipano",
        choices=[
            (Veste.SOTTOSCRITTORE, "Sottoscrittori: rispondono, propongono e firmano"),
            (Veste.SOGGETTO_COINVOLTO, "Soggetti coinvolti: seguono il lavoro, non firmano"),
        ],
        widget=forms.RadioSelect,
        initial=Veste.SOTTOSCRITTORE,
    )

    def __init__(self, *args: Any, enti: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["enti"]
        assert isinstance(campo, forms.ModelMultipleChoiceField)
        campo.queryset = enti
        campo.choices = [
            (ambito.nome, [(ente.pk, ente.denominazione) for ente in gruppo])
            for ambito, gruppo in ambiti_con_enti(enti)
        ]


class RispostaForm(forms.Form):
    """A body's answer to the proposal."""

    partecipa = forms.ChoiceField(
        label="L’ente partecipa all’accordo?",
        choices=[("si", "Sì, l’ente partecipa"), ("no", "No, l’ente non partecipa")],
        widget=forms.RadioSelect,
    )
    referente = forms.ChoiceField(
        label="Chi segue l’accordo negli uffici?",
        widget=forms.RadioSelect,
        required=False,
        help_text="Il referente compila il questionario e prepara le osservazioni; tu le confermi.",
    )
    nome = forms.CharField(label="Nome", max_length=80, required=False)
    cognome = forms.CharField(label="Cognome", max_length=80, required=False)
    email = forms.EmailField(label="Indirizzo e-mail", required=False, help_text="Gli mandiamo l’invito.")
    nota = forms.CharField(
        label="Nota (facoltativa)",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
        help_text="Per esempio gli estremi dell’atto. Se l’ente non partecipa, scrivi perché.",
    )

    def __init__(
        self, *args: Any, partecipazione: Partecipazione, persone: Iterable[Utente], **kwargs: Any
    ) -> None:
        iniziali: dict[str, Any] = {"nota": partecipazione.nota}
        if partecipazione.stato != StatoPartecipazione.INVITATO:
            iniziali["partecipa"] = "si" if partecipazione.stato == StatoPartecipazione.PARTECIPA else "no"
        if partecipazione.referente_id:
            iniziali["referente"] = str(partecipazione.referente_id)
        super().__init__(*args, **{"initial": iniziali, **kwargs})
        self.persone = {str(p.pk): p for p in persone}
        scelte = [(chiave, str(p)) for chiave, p in self.persone.items()]
        campo = self.fields["referente"]
        campo.choices = [*scelte, (ALTRA_PERSONA, "Un’altra persona, che invito ora")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the referente of a body that takes part, for the reason of one that does not."""
        dati = super().clean() or {}
        if dati.get("partecipa") == "no" and not dati.get("nota"):
            self.add_error("nota", "Scrivi perché l’ente non partecipa.")
        if dati.get("partecipa") == "si":
            if not dati.get("referente"):
                self.add_error("referente", "Indica chi segue l’accordo.")
            if dati.get("referente") == ALTRA_PERSONA:
                for campo in ("nome", "cognome", "email"):
                    if not dati.get(campo) and campo not in self.errors:
                        self.add_error(campo, "Serve per invitare la persona.")
        return dati

    @property
    def scelto(self) -> Utente | None:
        """The person chosen among the body's own."""
        return self.persone.get(self.cleaned_data["referente"])

    @property
    def nuovo(self) -> DatiIncarico | None:
        """The person to invite."""
        dati = self.cleaned_data
        if dati["partecipa"] != "si" or dati["referente"] != ALTRA_PERSONA:
            return None
        return DatiIncarico(
            nome=dati["nome"], cognome=dati["cognome"], email=dati["email"], ruolo=Ruolo.REFERENTE
        )


class MotivazioneForm(forms.Form):
    """A written reason, which stays in the registro."""

    motivazione = forms.CharField(
        label="Motivazione",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="Resta nel registro, con il tuo nome.",
    )


class ProrogaForm(MotivazioneForm):
    """A later deadline, and why."""

    nuova_scadenza = campo_giorno("Nuova scadenza", required=True, aiuto="L’ultimo giorno utile, compreso.")
    field_order = ("nuova_scadenza", "motivazione")

    def __init__(self, *args: Any, attuale: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attuale = attuale

    def clean_nuova_scadenza(self) -> date:
        """Take only a later day, from today on."""
        nuova: date = self.cleaned_data["nuova_scadenza"]
        if nuova < orologio.oggi():
            raise forms.ValidationError("La nuova scadenza è già passata.")
        if self.attuale and nuova <= self.attuale:
            raise forms.ValidationError(f"Deve venire dopo la scadenza di oggi, {self.attuale:%d/%m/%Y}.")
        return nuova


class DateFaseForm(forms.Form):
    """The planned dates of one phase. The deadline of a phase already begun moves only by a proroga."""

    inizio_previsto = campo_giorno("Inizio previsto")
    fine_prevista = campo_giorno("Fine prevista")
    scadenza = campo_giorno("Scadenza")

    def __init__(self, *args: Any, fase: FaseAccordo, **kwargs: Any) -> None:
        iniziali = {nome: getattr(fase, nome) for nome in ("inizio_previsto", "fine_prevista", "scadenza")}
        super().__init__(*args, **{"initial": iniziali, "prefix": fase.codice, **kwargs})
        self.fase = fase
        if fase.inizio_effettivo is not None:
            self.fields["scadenza"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Keep the dates in order."""
        dati = super().clean() or {}
        inizio, fine, scadenza = (dati.get(n) for n in ("inizio_previsto", "fine_prevista", "scadenza"))
        if inizio and fine and fine < inizio:
            self.add_error("fine_prevista", "La fine viene prima dell’inizio.")
        if inizio and scadenza and scadenza < inizio and "scadenza" in self.changed_data:
            self.add_error("scadenza", "La scadenza viene prima dell’inizio.")
        return dati
