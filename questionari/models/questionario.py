"""The questionnaire of an accord: its definition as data, and its life."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import TipoEnte
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from questionari.controlli import Controllo, controlla
from questionari.definizione import Definizione
from questionari.lettura import leggi
from questionari.stati import VITA_QUESTIONARIO, StatoQuestionario

IN_VIGORE = (StatoQuestionario.APERTO, StatoQuestionario.CHIUSO)


class Questionario(ConVita):
    """One version of the questionnaire of one accord. `impronta` is the SHA-256 of its canonical definition."""

    vita = VITA_QUESTIONARIO

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="questionari")
    versione = models.PositiveSmallIntegerField(default=1)
    titolo = models.CharField(max_length=300)
    definizione = models.JSONField()
    impronta = models.CharField(max_length=64)
    motivo = models.TextField(blank=True, help_text="Perché la versione precedente è stata corretta.")
    stato = models.CharField(max_length=20, choices=StatoQuestionario, default=StatoQuestionario.BOZZA)
    caricato_il = models.DateTimeField(default=orologio.adesso)
    sollecito_ogni = models.PositiveSmallIntegerField(
        default=2, help_text="Giorni che passano almeno fra due solleciti allo stesso ente."
    )
    solleciti_al_massimo = models.PositiveSmallIntegerField(
        default=5, help_text="Quanti solleciti riceve al massimo lo stesso ente."
    )

    class Meta:
        ordering = ("accordo", "-versione")
        verbose_name = "questionario"
        verbose_name_plural = "questionari"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "versione"], name="questionario_versione_unica"),
            models.UniqueConstraint(
                fields=["accordo"], condition=Q(stato=StatoQuestionario.BOZZA), name="questionario_una_bozza"
            ),
            models.UniqueConstraint(
                fields=["accordo"], condition=Q(stato__in=IN_VIGORE), name="questionario_uno_in_vigore"
            ),
            models.CheckConstraint(
                name="questionario_stato_noto", condition=Q(stato__in=StatoQuestionario.values)
            ),
            models.CheckConstraint(name="questionario_sollecito_ogni", condition=Q(sollecito_ogni__gte=1)),
        )

    def __str__(self) -> str:
        return f"Questionario, versione {self.versione}"

    def get_absolute_url(self) -> str:
        """Where people find it."""
        return reverse("questionari:questionario", args=[self.accordo.slug])

    @property
    def struttura(self) -> Definizione:
        """The definition as dataclasses, read once per process."""
        return _lette(self.impronta, self.definizione)

    def controlli(self) -> list[Controllo]:
        """What is wrong or doubtful in it, for the kinds of body that are asked (one query)."""
        presenti = set(enti_consultati(self.accordo).order_by().values_list("ente__tipo", flat=True))
        nomi = {str(tipo.value): str(tipo.label) for tipo in TipoEnte if tipo.value in presenti}
        return controlla(self.struttura, nomi)

    def errori(self) -> list[Controllo]:
        """What keeps it from being opened."""
        return [controllo for controllo in self.controlli() if controllo.blocca]

    def url_modifica(self, controllo: Controllo) -> str:
        """Where one finding is put right."""
        slug = self.accordo.slug
        if controllo.domanda:
            return reverse("questionari:modifica_domanda", args=[slug, controllo.domanda])
        if controllo.sezione:
            return reverse("questionari:modifica_sezione", args=[slug, controllo.sezione])
        return reverse("questionari:modifica", args=[slug])

    def altro_in_vigore(self) -> bool:
        """Whether another version of it is open or closed."""
        altri = Questionario.objects.filter(accordo=self.accordo, stato__in=IN_VIGORE)
        return altri.exclude(pk=self.pk).exists()


_CACHE: dict[str, Definizione] = {}


def _lette(chiave: str, dati: Any) -> Definizione:
    """Read a stored definition, keeping the last few by fingerprint."""
    if chiave not in _CACHE:
        if len(_CACHE) >= 32:
            _CACHE.clear()
        _CACHE[chiave] = leggi(dati, in_costruzione=True)
    return _CACHE[chiave]
