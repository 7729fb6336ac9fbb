"""What a body says to the call, and whom the coordinator calls."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files import File

from accordo.base import allegati
from accordo.enti.models import Ente, Incarico, Ruolo
from focusgroup.models import Convocazione, Risposta, Riunione, Titolo
from focusgroup.servizi.convocazione import DatiPartecipante
from focusgroup.servizi.risposte_ics import MASSIMO_KB

ALTRA = "altra"


class RispostaForm(forms.Form):
    """Whether the body comes, and who: one of its people, or somebody it names with or without a deed."""

    risposta = forms.ChoiceField(
        label="Il tuo ente partecipa?",
        choices=[
            (Risposta.ACCETTATA, "Sì, partecipa"),
            (Risposta.FORSE, "Forse"),
            (Risposta.DECLINATA, "No, non può"),
        ],
        widget=forms.RadioSelect,
    )
    chi = forms.ChoiceField(label="Chi viene", required=False, widget=forms.RadioSelect)
    partecipante = forms.CharField(label="Nome e cognome", max_length=160, required=False)
    qualifica = forms.CharField(
        label="Qualifica (facoltativa)",
        max_length=120,
        required=False,
        help_text="Per esempio: sindaca, assessore alla polizia locale.",
    )
    email = forms.EmailField(
        label="Indirizzo e-mail (facoltativo)",
        required=False,
        help_text="Riceve l'invito per il calendario. Scrivi un indirizzo di lavoro.",
    )
    titolo = forms.ChoiceField(
        label="Viene",
        choices=[(Titolo.DELEGATO, "con delega"), (Titolo.SOSTITUTO, "come sostituto")],
        widget=forms.RadioSelect,
        required=False,
        initial=Titolo.DELEGATO,
    )
    atto = forms.CharField(
        label="Atto di delega (facoltativo)",
        max_length=200,
        required=False,
        help_text="Per esempio: decreto del sindaco n. 12 del 3 marzo 2026.",
    )
    atto_file = forms.FileField(
        label="File dell'atto (facoltativo)",
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.p7m"}),
        help_text="PDF o .p7m, al massimo 10 MB. Lo leggono il tuo ente e chi coordina.",
    )

    def __init__(
        self, *args: Any, incarichi: Sequence[Incarico], convocazione: Convocazione, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.persone = _persone(incarichi)
        self.convocazione = convocazione
        self.fields["chi"].choices = [  # type: ignore[attr-defined]
            *((str(i.utente_id), _voce(i)) for i in self.persone.values()),
            (ALTRA, "Un'altra persona"),
        ]

    def clean_atto_file(self) -> File[bytes] | None:
        """Check by content what it is."""
        file: File[bytes] | None = self.cleaned_data.get("atto_file")
        if file:
            allegati.valida(file, ("pdf", "p7m"))
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for the name of who comes."""
        dati = super().clean() or {}
        altra = dati.get("chi", "") in {"", ALTRA}
        if dati.get("risposta") == Risposta.ACCETTATA and altra and not dati.get("partecipante"):
            self.add_error("partecipante", "Scrivi chi partecipa per l'ente.")
        return dati

    @property
    def altra_aperta(self) -> bool:
        """Whether the fields about somebody else are to be seen at once."""
        return self["chi"].value() == ALTRA or not self.persone

    def dati(self) -> dict[str, Any]:
        """Return what the service takes."""
        puliti = self.cleaned_data
        incarico = self.persone.get(puliti["chi"])
        rappresenta = incarico is not None and incarico.ruolo == Ruolo.RAPPRESENTANTE
        comune: dict[str, Any] = {}
        if not rappresenta:
            comune = {
                "titolo": puliti["titolo"] or Titolo.DELEGATO,
                "atto": puliti["atto"],
                "atto_file": puliti["atto_file"],
            }
        if incarico is not None:
            chi = DatiPartecipante(
                nome=str(incarico.utente),
                persona=incarico.utente,
                qualifica=puliti["qualifica"]
                or (self.convocazione.ente.titolo_rappresentante if rappresenta else ""),
                **({"titolo": Titolo.RAPPRESENTANTE} if rappresenta else comune),
            )
        else:
            chi = DatiPartecipante(
                nome=puliti["partecipante"],
                qualifica=puliti["qualifica"],
                email=puliti["email"],
                **(comune if puliti["partecipante"] else {}),
            )
        return {"risposta": puliti["risposta"], "chi": chi}


def iniziali(convocazione: Convocazione, incarichi: Sequence[Incarico], io: int) -> dict[str, Any]:
    """Return what the form begins with: the answer given, or the person who answers, or who represents the body."""
    persone = _persone(incarichi)
    chi = ""
    if convocazione.persona_id:
        chi = str(convocazione.persona_id)
    elif convocazione.partecipante:
        chi = ALTRA
    if chi not in persone and chi != ALTRA:
        rappresenta = [c for c, i in persone.items() if i.ruolo == Ruolo.RAPPRESENTANTE]
        chi = str(io) if str(io) in rappresenta else next(iter([*rappresenta, *persone]), ALTRA)
    da_fuori = chi == ALTRA
    return {
        "risposta": convocazione.risposta,
        "chi": chi,
        "partecipante": convocazione.partecipante if da_fuori else "",
        "qualifica": convocazione.qualifica if da_fuori else "",
        "email": convocazione.email,
        "titolo": convocazione.titolo or Titolo.DELEGATO,
        "atto": convocazione.atto,
    }


def _persone(incarichi: Sequence[Incarico]) -> dict[str, Incarico]:
    """Return the body's people once each, those who represent it first."""
    trovate: dict[str, Incarico] = {}
    for incarico in sorted(incarichi, key=lambda i: i.ruolo != Ruolo.RAPPRESENTANTE):
        trovate.setdefault(str(incarico.utente_id), incarico)
    return trovate


def _voce(incarico: Incarico) -> str:
    if incarico.ruolo == Ruolo.RAPPRESENTANTE:
        titolo = incarico.ente.titolo_rappresentante.lower() or "rappresentante"
        return f"{incarico.utente}, {titolo}"
    return f"{incarico.utente}, {incarico.get_ruolo_display().lower()}"


class ConvocatiForm(forms.Form):
    """Without whom the meeting has little sense, who is a guest, how many are needed."""

    indispensabili = forms.MultipleChoiceField(
        label="Enti indispensabili",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nel sondaggio una data in cui non possono finisce in fondo.",
    )
    ospiti = forms.MultipleChoiceField(
        label="Ospiti senza voto",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="I soggetti coinvolti dell'accordo. Non contano per il quorum.",
    )
    quorum = forms.IntegerField(
        label="Quorum (facoltativo)",
        required=False,
        min_value=1,
        help_text="Quanti enti con voto servono. Se lo lasci vuoto: la maggioranza dei convocati.",
    )

    def __init__(
        self,
        *args: Any,
        riunione: Riunione,
        convocazioni: Sequence[Convocazione],
        soggetti: Sequence[Ente],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        con_voto = [c for c in convocazioni if not c.ospite]
        self.votanti = len(con_voto)
        self.fields["indispensabili"].choices = [(str(c.ente_id), c.ente.denominazione) for c in con_voto]  # type: ignore[attr-defined]
        self.fields["ospiti"].choices = [(str(e.pk), e.denominazione) for e in soggetti]  # type: ignore[attr-defined]
        self.initial = {
            "indispensabili": [str(c.ente_id) for c in con_voto if c.indispensabile],
            "ospiti": [str(c.ente_id) for c in convocazioni if c.ospite],
            "quorum": riunione.quorum,
        }
        if not soggetti:
            del self.fields["ospiti"]

    def clean_quorum(self) -> int | None:
        """No more than those who are called."""
        quorum: int | None = self.cleaned_data["quorum"]
        if quorum and quorum > self.votanti:
            raise forms.ValidationError(
                f"Gli enti convocati con voto sono {self.votanti}: il quorum non può superarli."
            )
        return quorum

    def dati(self) -> dict[str, Any]:
        """Return what the service takes."""
        puliti = self.cleaned_data
        return {
            "indispensabili": {int(c) for c in puliti["indispensabili"]},
            "ospiti": {int(c) for c in puliti.get("ospiti", [])},
            "quorum": puliti["quorum"],
        }


class RispostaIcsForm(forms.Form):
    """The answer that a calendar has sent by mail."""

    file = forms.FileField(
        label="Il file della risposta (.ics)",
        help_text="È l'allegato del messaggio con cui il calendario di chi è invitato accetta o rifiuta.",
    )

    def clean_file(self) -> bytes:
        """Return the content, if it is small enough to be an answer."""
        file = self.cleaned_data["file"]
        if file.size > MASSIMO_KB * 1024:
            raise forms.ValidationError("Il file è troppo grande per essere una risposta.")
        contenuto: bytes = file.read()
        return contenuto
