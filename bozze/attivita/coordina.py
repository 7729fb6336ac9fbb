"""What amendments ask of who coordinates, beside deciding them: sub-amendments, and those that have come back."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accordo.base.parole import elenca
from accordo.iter.attivita import Attivita
from accordo.iter.models import Accordo
from bozze.models import Emendamento, Riformulazione, Riporto, Subemendamento, Versione
from bozze.stati import StatoEmendamento
from bozze.stati_esame import StatoRiformulazione, StatoRiporto
from bozze.stati_firme import StatoSubemendamento

_MOSTRATI = 8


def subemendamenti(accordo: Accordo, *, esame: bool) -> Iterator[Attivita]:
    """The presented sub-amendments: to be read while amendments come in, to be decided first in the examination."""
    presentati = list(
        Subemendamento.objects.filter(accordo=accordo, stato=StatoSubemendamento.PRESENTATO)
        .select_related("emendamento", "accordo")
        .defer("operazioni", "emendamento__operazioni")
        .order_by("emendamento__sezione_ordine", "emendamento__numero", "numero")
    )
    if not presentati:
        return
    primo, sigle = presentati[0], elenca([sub.sigla for sub in presentati], _MOSTRATI)
    if esame:
        testo = f"Si decidono prima dei loro emendamenti: {sigle}."
        yield Attivita("Decidi i subemendamenti", testo, primo.get_absolute_url(), f"Decidi il {primo.sigla}")
    else:
        testo = f"Presentati finora: {sigle}. Si decidono nell'esame, prima dei loro emendamenti."
        url = reverse("bozze:emendamenti", args=[accordo.slug])
        yield Attivita("Leggi i subemendamenti", testo, url, "Leggi gli emendamenti")


def ripresi(versione: Versione) -> QuerySet[Emendamento]:
    """Return those to be decided whose proposer has answered: no to other words, or yes to the text that changed."""
    rifiutate = Riformulazione.objects.filter(emendamento=OuterRef("pk"), stato=StatoRiformulazione.RIFIUTATA)
    confermati = Riporto.objects.filter(
        emendamento=OuterRef("pk"), alla=versione, stato__in=(StatoRiporto.CONFERMATO, StatoRiporto.RISCRITTO)
    )
    in_attesa = Riformulazione.objects.filter(emendamento=OuterRef("pk"), stato=StatoRiformulazione.PROPOSTA)
    return (
        Emendamento.objects.filter(versione=versione, stato=StatoEmendamento.PRESENTATO)
        .filter(Exists(rifiutate) | Exists(confermati))
        .exclude(Exists(in_attesa))
        .only("prefisso", "numero", "sezione_id")
        .order_by("sezione_ordine", "ordine", "numero")
    )


def da_riprendere(accordo: Accordo, versione: Versione) -> Iterator[Attivita]:
    """Amendments whose proposer has answered, and that are to be decided again."""
    tornati = list(ripresi(versione))
    if tornati:
        primo = tornati[0]
        url = reverse("bozze:esame_articolo", args=[accordo.slug, primo.sezione_id]) + f"?apri={primo.pk}"
        testo = f"Chi li ha proposti ha risposto: {elenca([e.sigla for e in tornati], _MOSTRATI)}."
        yield Attivita("Riprendi gli emendamenti tornati a te", testo, url, f"Decidi il {primo.sigla}")
