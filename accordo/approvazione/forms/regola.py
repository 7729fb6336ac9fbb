"""Forms of the ways to sign and of the turns."""

from django import forms

from accordo.approvazione.models import ModoFirma
from accordo.approvazione.models.regola import GIORNI_TURNO
from accordo.iter.forms import campo_giorno


class RegolaForm(forms.Form):
    """One PDF in turn, or each its own copy."""

    modo = forms.ChoiceField(
        label="Come firmano gli enti",
        choices=(
            (
                ModoFirma.PARALLELO,
                "Ogni ente firma la sua copia, quando vuole: il portale riunisce le firme in un solo file",
            ),
            (ModoFirma.TURNO, "Un solo PDF passa da un ente all'altro: ognuno firma quando è il suo turno"),
        ),
        widget=forms.RadioSelect,
    )
    giorni_turno = forms.IntegerField(
        label="Quanti giorni dura un turno",
        min_value=1,
        max_value=60,
        initial=GIORNI_TURNO,
        help_text="Serve solo per la firma a turno. Passati i giorni, il PDF va all'ente che viene dopo.",
    )


class ProlungaForm(forms.Form):
    """More days for who holds the turn."""

    fino_al = campo_giorno("Nuovo ultimo giorno del turno", required=True)
    motivazione = forms.CharField(
        label="Perché",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Resta nel registro, e l'ente lo legge nell'avviso.",
    )
