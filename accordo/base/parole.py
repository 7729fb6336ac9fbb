"""The seven words for how far something has got (drawings, rule 4)."""

from django.db.models import TextChoices


class Parola(TextChoices):
    """A status is one of these words; its colour and icon only repeat it."""

    FATTO = "fatto", "Fatto"
    IN_CORSO = "in_corso", "In corso"
    DA_FARE = "da_fare", "Da fare"
    IN_RITARDO = "in_ritardo", "In ritardo"
    NON_FATTO = "non_fatto", "Non fatto"
    PIU_AVANTI = "piu_avanti", "Più avanti"
    NON_PREVISTO = "non_previsto", "Non previsto"


def elenca(nomi: list[str], al_massimo: int = 0) -> str:
    """Join names as a sentence does: "Barga, Stazzema e Lucca"; beyond `al_massimo` (0: all), "e altri 3"."""
    if al_massimo and len(nomi) > al_massimo:
        return f"{', '.join(nomi[:al_massimo])} e altri {len(nomi) - al_massimo}"
    if len(nomi) < 2:
        return "".join(nomi)
    return f"{', '.join(nomi[:-1])} e {nomi[-1]}"
