"""The forms of co-signatures and sub-amendments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from accordo.enti.models import Ente
from bozze.redazione import frammento, in_righe, posizioni
from bozze.stati_firme import StatoSubemendamento
from bozze.testo.albero import CON_RUBRICA, Disposizione, Testo
from bozze.testo.confronto import deriva
from bozze.testo.consolidamento import consolida
from bozze.testo.numerazione import Nome
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    SostituisciRubrica,
)
from bozze.testo.parole import pulisci

MASSIMO = 200_000


class InvitoForm(forms.Form):
    """Which bodies are asked to sign."""

    enti = forms.ModelMultipleChoiceField(
        label="Enti da invitare",
        queryset=Ente.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Scegli almeno un ente."},
    )

    def __init__(self, *args: Any, enti: Sequence[Ente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["enti"]
        assert isinstance(campo, forms.ModelMultipleChoiceField)
        campo.queryset = Ente.objects.filter(pk__in=[ente.pk for ente in enti])


class EsitoSubForm(forms.Form):
    """The outcome of a sub-amendment."""

    esito = forms.ChoiceField(
        label="Esito",
        choices=[
            (s.value, s.label)
            for s in (StatoSubemendamento.ACCOLTO, StatoSubemendamento.RESPINTO, StatoSubemendamento.PRECLUSO)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Scegli l'esito."},
    )
    motivazione = forms.CharField(
        label="Motivazione",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obbligatoria. La leggono tutti gli enti e resta nel registro.",
        error_messages={"required": "Scrivi la motivazione."},
    )
    revisione = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Parte:
    """One operation of the amendment on the page: its wording, the check to oppose it, the fields of its words."""

    numero: int
    formula: str
    opponi: forms.BoundField
    campi: tuple[forms.BoundField, ...]


class SubemendamentoForm(forms.Form):
    """A sub-amendment, made on the words that the amendment brings: a field for each, and a check to oppose a part."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        prima: Testo,
        nomi: dict[str, Nome],
        formule: Sequence[str],
        proposte: Sequence[Operazione] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.prima, self._formule = prima, formule
        parole = [o for o in proposte if not isinstance(o, Sopprimi) or prima.genitore(o.bersaglio)]
        dopo = consolida(prima, [o for o in parole if not isinstance(o, Aggiungi)])
        opposte = {o.bersaglio for o in proposte if isinstance(o, Sopprimi)}
        aggiunte = {o.riferimento: o.nuovo for o in proposte if isinstance(o, Aggiungi)}
        self._campi: list[list[str]] = []
        for posto, radice in enumerate(prima.radici):
            self.fields[f"opponi_{posto}"] = forms.BooleanField(
                label="Mi oppongo a questa parte", required=False, initial=radice.id in opposte
            )
            campi: list[str] = []
            for numero, nodo in enumerate(radice.discendenti()):
                ora = dopo.trova(nodo.id)
                detto = nomi[nodo.id].esteso
                chiave = f"{posto}_{numero}"
                if nodo.tipo in CON_RUBRICA and nodo.rubrica:
                    campi.append(f"rubrica_{chiave}")
                    self.fields[campi[-1]] = self._parole(f"Rubrica, {detto}", ora.rubrica if ora else "", 1)
                if nodo.testo:
                    campi.append(f"testo_{chiave}")
                    self.fields[campi[-1]] = self._parole(
                        f"Parole proposte, {detto}", ora.testo if ora else "", 3
                    )
            if self._figlio(radice):
                campi.append(f"aggiungi_{posto}")
                nuovo = aggiunte.get(radice.id)
                self.fields[campi[-1]] = self._parole(
                    f"Aggiungi in fondo, {nomi[radice.id].esteso}", in_righe(nuovo) if nuovo else "", 2
                )
            self._campi.append(campi)
        self.fields["motivazione"] = forms.CharField(
            label="Perché lo proponi",
            max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Obbligatorio. La leggono tutti gli enti quando il subemendamento è presentato.",
            error_messages={"required": "Scrivi perché proponi la modifica."},
        )
        self.fields["revisione"] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def _parole(etichetta: str, iniziale: str, righe: int) -> forms.CharField:
        return forms.CharField(
            label=etichetta,
            required=False,
            initial=iniziale,
            max_length=MASSIMO,
            widget=forms.Textarea(attrs={"rows": righe}),
        )

    def _figlio(self, radice: Disposizione) -> bool:
        return any(posizione is Posizione.IN_FONDO for posizione, _, _ in posizioni(self.prima, radice))

    def parti(self) -> Iterator[Parte]:
        """Return the operations of the amendment, each with its fields."""
        for posto, (formula, campi) in enumerate(zip(self._formule, self._campi, strict=True)):
            yield Parte(posto + 1, formula, self[f"opponi_{posto}"], tuple(self[nome] for nome in campi))

    def clean(self) -> dict[str, Any]:
        """Whoever empties the words of a part means to oppose it: say how."""
        dati = super().clean() or {}
        for posto, radice in enumerate(self.prima.radici):
            vuoto = radice.testo and not pulisci(dati.get(f"testo_{posto}_0") or "")
            if vuoto and not dati.get(f"opponi_{posto}"):
                self.add_error(
                    f"testo_{posto}_0",
                    "Le parole sono vuote: per opporti spunta «Mi oppongo a questa parte».",
                )
        return dati

    def operazioni(self) -> list[Operazione]:
        """Return the operations meant; empty where nothing changes."""
        dati = self.cleaned_data
        fatte: list[Operazione] = []
        for posto, radice in enumerate(self.prima.radici):
            if dati.get(f"opponi_{posto}"):
                fatte.append(Sopprimi(radice.id))
                continue
            for numero, nodo in enumerate(radice.discendenti()):
                chiave = f"{posto}_{numero}"
                rubrica = pulisci(dati.get(f"rubrica_{chiave}") or "")
                if f"rubrica_{chiave}" in self.fields and rubrica and rubrica != nodo.rubrica:
                    fatte.append(SostituisciRubrica(nodo.id, rubrica))
                if f"testo_{chiave}" in self.fields:
                    fatte += deriva(nodo, dati.get(f"testo_{chiave}") or "")
            nuovo = dati.get(f"aggiungi_{posto}") or ""
            if pulisci(nuovo):
                tipo = next(t for p, t, _ in posizioni(self.prima, radice) if p is Posizione.IN_FONDO)
                fatte.append(Aggiungi(Posizione.IN_FONDO, radice.id, frammento(tipo, nuovo)))
        return fatte
