"""The forms of amendments and outcomes. They check what is typed; what it means is said by redazione and servizi."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from accordo.enti.models import Ente
from bozze.forms.comuni import ConErrori as _ConErrori
from bozze.forms.comuni import area as _area
from bozze.incontri import EsitoPossibile
from bozze.modifiche import luoghi
from bozze.redazione import Azione, Proposta, piu_d_uno, posizioni
from bozze.stati import StatoEmendamento, TipoEmendamento
from bozze.testo.albero import CON_RUBRICA, Disposizione, Testo, Tipo
from bozze.testo.operazioni import Posizione

MASSIMO = 200_000
_UNO_PER_VOLTA = (
    "Qui va una disposizione sola. Scrivi la prima e, dopo averla salvata, le altre con «Aggiungi un'altra modifica». "
    "Se è una sola, mettila tutta sulla stessa riga."
)
_NOMI = {
    Tipo.COMMA: "il comma",
    Tipo.LETTERA: "la lettera",
    Tipo.NUMERO: "il numero",
    Tipo.ARTICOLO: "l'articolo",
    Tipo.ALLEGATO: "l'allegato",
    Tipo.TITOLO: "il titolo",
    Tipo.CAPO: "il capo",
}


class ProposteForm(_ConErrori):
    """An amendment to one disposition, made on its own text."""

    azione = forms.ChoiceField(label="Che cosa proponi", widget=forms.RadioSelect)
    rubrica = forms.CharField(label="Rubrica", required=False, max_length=500)
    testo = forms.CharField(label="Testo", required=False, max_length=MASSIMO, widget=_area(7))
    posizione = forms.ChoiceField(label="Che cosa aggiungi", required=False)
    rubrica_nuova = forms.CharField(
        label="Rubrica del nuovo articolo",
        required=False,
        max_length=500,
        help_text="Solo se aggiungi un articolo o un allegato.",
    )
    nuovo = forms.CharField(
        label="Testo da aggiungere",
        required=False,
        max_length=MASSIMO,
        widget=_area(5),
        help_text="Una riga che comincia con «a)» è una lettera. In un articolo nuovo ogni altra riga è un comma.",
    )
    destinazione = forms.ChoiceField(label="Dove va", required=False)
    motivazione = forms.CharField(
        label="Perché lo proponi",
        max_length=10_000,
        widget=_area(4),
        help_text="Obbligatorio. La leggono tutti gli enti quando l'emendamento è presentato.",
        error_messages={"required": "Scrivi perché proponi la modifica."},
    )
    revisione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, testo: Testo, nodo: Disposizione, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nome = _NOMI.get(nodo.tipo, "la disposizione")
        scelte = [(Azione.MODIFICA, "Cambia il testo"), (Azione.SOPPRIMI, f"Sopprimi {nome}")]
        self.luoghi = posizioni(testo, nodo)
        if self.luoghi:
            scelte.append((Azione.AGGIUNGI, "Aggiungi una disposizione"))
        self._dove(testo, nodo)
        if "destinazione" in self.fields:
            scelte.append((Azione.SPOSTA, f"Sposta {nome}"))
        if not nodo.testo and nodo.tipo not in CON_RUBRICA:
            scelte = scelte[1:]
        self._campo("azione").choices = [(azione.value, parole) for azione, parole in scelte]
        self._campo("posizione").choices = [(luogo.value, parole) for luogo, _, parole in self.luoghi]
        self.fields["testo"].label = {
            Tipo.COMMA: "Testo del comma",
            Tipo.LETTERA: "Testo della lettera",
            Tipo.NUMERO: "Testo del numero",
        }.get(nodo.tipo, "Testo della disposizione")
        if nodo.tipo not in CON_RUBRICA:
            del self.fields["rubrica"]
        if not nodo.testo:
            del self.fields["testo"]
        if not any(tipo in CON_RUBRICA for _, tipo, _ in self.luoghi):
            del self.fields["rubrica_nuova"]

    def _dove(self, testo: Testo, nodo: Disposizione) -> None:
        """Offer the places where it can go, in the order of the text, under the part that they are in."""
        gruppi: dict[str, list[tuple[str, str]]] = {}
        for luogo in luoghi(testo, nodo):
            gruppi.setdefault(luogo.gruppo, []).append((luogo.valore, luogo.parole))
        if gruppi:
            self._campo("destinazione").choices = [("", "Scegli il punto"), *gruppi.items()]
        else:
            del self.fields["destinazione"]

    def _campo(self, nome: str) -> forms.ChoiceField:
        campo = self.fields[nome]
        assert isinstance(campo, forms.ChoiceField)
        return campo

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen action needs."""
        dati = super().clean() or {}
        azione = dati.get("azione")
        if azione == Azione.AGGIUNGI:
            if not (dati.get("nuovo") or "").strip():
                self.add_error("nuovo", "Scrivi il testo da aggiungere.")
            if not dati.get("posizione"):
                self.add_error("posizione", "Scegli che cosa aggiungi.")
            elif any(
                luogo.value == dati["posizione"] and piu_d_uno(tipo, dati.get("nuovo") or "")
                for luogo, tipo, _ in self.luoghi
            ):
                self.add_error("nuovo", _UNO_PER_VOLTA)
        if azione == Azione.SPOSTA and not dati.get("destinazione"):
            self.add_error("destinazione", "Scegli dove va la disposizione.")
        if azione == Azione.MODIFICA and "testo" in self.fields and not (dati.get("testo") or "").strip():
            self.add_error("testo", "Il testo è vuoto: se vuoi toglierlo tutto scegli «Sopprimi».")
        return dati

    def proposta(self) -> Proposta:
        """Return what was written."""
        dati = self.cleaned_data
        return Proposta(
            azione=Azione(dati["azione"]),
            testo=dati.get("testo", ""),
            rubrica=dati.get("rubrica", ""),
            posizione=Posizione(dati.get("posizione") or Posizione.DOPO),
            nuovo=dati.get("nuovo", ""),
            rubrica_nuova=dati.get("rubrica_nuova", ""),
            destinazione=dati.get("destinazione", ""),
        )


class MotivazioneForm(forms.Form):
    """A written reason."""

    motivazione = forms.CharField(
        label="Motivazione",
        max_length=10_000,
        widget=_area(4),
        help_text="Obbligatoria. Resta nel registro.",
        error_messages={"required": "Scrivi la motivazione."},
    )


class VuotoForm(forms.Form):
    """A confirmation with nothing to write."""


class NotaForm(forms.Form):
    """What accompanies the final version."""

    nota = forms.CharField(
        label="Nota di accompagnamento",
        required=False,
        max_length=5_000,
        widget=_area(4),
        help_text="Facoltativa: la leggono gli enti nella pagina della versione e nel messaggio che ricevono.",
    )
    numeri = forms.ChoiceField(
        label="I numeri di articoli e commi",
        choices=(
            (
                "di_seguito",
                "Si contano di nuovo, di seguito; la tabella dei numeri cambiati resta nel confronto",
            ),
            ("mantenuti", "Restano quelli della bozza: ciò che è nuovo prende bis, ter"),
        ),
        initial="di_seguito",
        required=False,
        widget=forms.RadioSelect,
    )


class DecisioneForm(_ConErrori):
    """An outcome with its reason."""

    esito = forms.ChoiceField(
        label="Esito", widget=forms.RadioSelect, error_messages={"required": "Scegli l'esito."}
    )
    riformulazione = forms.CharField(label="Nuovo testo", required=False, max_length=MASSIMO, widget=_area(3))
    motivazione = forms.CharField(
        label="Motivazione",
        max_length=10_000,
        widget=_area(4),
        help_text="Obbligatoria. La leggono tutti gli enti e resta nel registro.",
        error_messages={"required": "Scrivi la motivazione."},
    )
    entro = forms.DateField(
        label="Chi lo ha proposto risponde entro il",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Scrivi un giorno valido."},
    )
    revisione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, esiti: Sequence[EsitoPossibile], etichetta: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.esiti = esiti
        campo = self.fields["esito"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [(esito.valore, esito.etichetta) for esito in esiti]
        self.fields["riformulazione"].label = etichetta

    def clean_esito(self) -> str:
        """Refuse an outcome that is not possible, with its reason."""
        scelto: str = self.cleaned_data["esito"]
        for esito in self.esiti:
            if esito.valore == scelto and not esito.possibile:
                raise forms.ValidationError(esito.nota)
        return scelto

    def clean(self) -> dict[str, Any]:
        """Ask for the new wording where there must be one."""
        dati = super().clean() or {}
        riformulato = dati.get("esito") == StatoEmendamento.RIFORMULATO
        if riformulato and not (dati.get("riformulazione") or "").strip():
            self.add_error("riformulazione", "Scrivi le nuove parole.")
        return dati


class FiltroEmendamenti(forms.Form):
    """The filters above the list of amendments."""

    sezione = forms.ChoiceField(label="Articolo", required=False)
    ente = forms.ChoiceField(label="Ente", required=False)
    ambito = forms.ChoiceField(label="Ambito", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False, choices=[("", "Tutti"), *TipoEmendamento.choices])
    stato = forms.ChoiceField(
        label="Stato",
        required=False,
        choices=[("", "Tutti"), *[s for s in StatoEmendamento.choices if s[0] != "scartato"]],
    )

    def __init__(
        self, *args: Any, sezioni: Iterable[tuple[str, str]], enti: Sequence[Ente], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._scelte("sezione", list(sezioni))
        self._scelte("ente", [(ente.codice, ente.nome_breve) for ente in enti])
        ambiti = {
            ente.ambito.codice: ente.ambito.nome for ente in sorted(enti, key=lambda e: e.ambito.ordine)
        }
        self._scelte("ambito", list(ambiti.items()))

    def _scelte(self, nome: str, voci: list[tuple[str, str]]) -> None:
        campo = self.fields[nome]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [("", "Tutti"), *voci]
