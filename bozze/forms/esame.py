"""The forms of the examination beside the desk: answers, carry-overs, reasons, batches."""

from typing import Any

from django import forms

from accordo.base import orologio
from bozze.forms.comuni import ConErrori, area
from bozze.models import Numeri
from bozze.servizi.esame import VERBI
from bozze.servizi.riporti import ESITI
from bozze.stati import StatoEmendamento


class RispostaRiformulazioneForm(ConErrori):
    """The proposer's answer to other words: agreed, or not and why."""

    risposta = forms.CharField(
        label="La risposta del tuo ente",
        required=False,
        max_length=10_000,
        widget=area(4),
        help_text="Obbligatoria se non accetti: la legge chi coordina e resta nel registro.",
    )

    def __init__(self, *args: Any, accetta: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accetta = accetta

    def clean_risposta(self) -> str:
        """Ask for the reason of a refusal."""
        risposta: str = self.cleaned_data["risposta"]
        if not self.accetta and not risposta.strip():
            raise forms.ValidationError("Scrivi perché il tuo ente non è d'accordo.")
        return risposta


class RiportoForm(ConErrori):
    """What becomes of an amendment whose target changed."""

    scelta = forms.ChoiceField(
        label="Che cosa ne fai",
        widget=forms.RadioSelect,
        error_messages={"required": "Scegli che cosa fare dell'emendamento."},
    )
    motivazione = forms.CharField(
        label="Motivazione",
        required=False,
        max_length=10_000,
        widget=area(4),
        help_text="Obbligatoria se l'emendamento non va avanti. Resta nel registro.",
    )

    def __init__(self, *args: Any, coordina: bool, si_ritrova: bool, privato: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scelte: list[tuple[str, str]] = []
        if si_ritrova:
            scelte.append(("conferma", "Confermalo così com'è sul nuovo testo"))
        if coordina:
            nomi = {
                StatoEmendamento.RESPINTO: "Respingilo",
                StatoEmendamento.PRECLUSO: "Dichiaralo precluso",
                StatoEmendamento.ASSORBITO: "Dichiaralo assorbito",
            }
            scelte += [(str(esito), nomi[esito]) for esito in ESITI]
        else:
            scelte.append(("ritira", "Scarta la proposta" if privato else "Ritiralo"))
        campo = self.fields["scelta"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = scelte
        if len(scelte) == 1:
            self.initial.setdefault("scelta", scelte[0][0])

    def clean(self) -> dict[str, Any]:
        """Ask why, where the amendment ends here."""
        dati = super().clean() or {}
        scelta = dati.get("scelta")
        if scelta and scelta != "conferma" and not (dati.get("motivazione") or "").strip():
            self.add_error("motivazione", "Scrivi la motivazione.")
        return dati


class MotivoForm(ConErrori):
    """A reason to be used again."""

    testo = forms.CharField(
        label="Motivazione",
        max_length=10_000,
        widget=area(4),
        error_messages={"required": "Scrivi la motivazione."},
    )


class InsiemeForm(ConErrori):
    """One outcome and one reason for many amendments."""

    esito = forms.ChoiceField(
        label="Esito per tutti gli emendamenti scelti",
        widget=forms.RadioSelect,
        error_messages={"required": "Scegli l'esito."},
    )
    motivazione = forms.CharField(
        label="Motivazione",
        max_length=10_000,
        widget=area(4),
        help_text="Obbligatoria, la stessa per tutti. La leggono tutti gli enti e resta nel registro.",
        error_messages={"required": "Scrivi la motivazione."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["esito"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [(str(stato), StatoEmendamento(stato).label) for stato in VERBI]


class AdozioneForm(forms.Form):
    """What accompanies a version that takes in what is decided so far."""

    nota = forms.CharField(
        label="Nota di accompagnamento",
        required=False,
        max_length=5_000,
        widget=area(4),
        help_text="Facoltativa: la leggono gli enti nella pagina della versione e nel messaggio che ricevono.",
    )
    numeri = forms.ChoiceField(
        label="I numeri di articoli e commi",
        choices=Numeri,
        initial=Numeri.DI_SEGUITO,
        required=False,
        widget=forms.RadioSelect,
    )
    entro = forms.DateField(
        label="Entro quando rispondono gli enti di cui cambia il bersaglio",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Dopo questo giorno, per chi non ha risposto, puoi decidere tu.",
        error_messages={"required": "Scegli il giorno.", "invalid": "Scrivi un giorno valido."},
    )

    def clean_entro(self) -> object:
        """Refuse a day gone by."""
        giorno = self.cleaned_data["entro"]
        if giorno < orologio.oggi():
            raise forms.ValidationError("Il giorno è già passato: scegline uno da oggi in poi.")
        return giorno
