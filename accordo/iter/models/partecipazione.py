"""Who takes part in an accord, and the proposal that they are shown."""

from django.db import models
from django.db.models import Q

from accordo.base import orologio
from accordo.base.parole import Parola
from accordo.enti.models import Ente, Ruolo, Utente
from accordo.iter.models.accordo import Accordo
from accordo.iter.motore import ConVita, Transizione, Vita


class Veste(models.TextChoices):
    """As what a body takes part (source document, "Le istituzioni, le coalizioni")."""

    SOTTOSCRITTORE = "sottoscrittore", "Sottoscrittore"
    SOGGETTO_COINVOLTO = "soggetto_coinvolto", "Soggetto coinvolto"


class StatoPartecipazione(models.TextChoices):
    """Whether it has said that it takes part."""

    INVITATO = "invitato", "Invitato"
    PARTECIPA = "partecipa", "Partecipa"
    NON_PARTECIPA = "non_partecipa", "Non partecipa"


VITA_PARTECIPAZIONE = Vita(
    nome="Partecipazione di un ente",
    stati=StatoPartecipazione,
    parole={
        StatoPartecipazione.INVITATO: Parola.DA_FARE,
        StatoPartecipazione.PARTECIPA: Parola.FATTO,
        StatoPartecipazione.NON_PARTECIPA: Parola.NON_FATTO,
    },
    transizioni=(
        Transizione(
            da=(StatoPartecipazione.INVITATO, StatoPartecipazione.NON_PARTECIPA),
            a=StatoPartecipazione.PARTECIPA,
            verbo="aderisci",
            etichetta="Conferma la partecipazione",
            ruoli=(Ruolo.RAPPRESENTANTE,),
        ),
        Transizione(
            da=(StatoPartecipazione.INVITATO, StatoPartecipazione.PARTECIPA),
            a=StatoPartecipazione.NON_PARTECIPA,
            verbo="rinuncia",
            etichetta="Dichiara che l'ente non partecipa",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoPartecipazione.INVITATO,),
            a=StatoPartecipazione.NON_PARTECIPA,
            verbo="ritira_invito",
            etichetta="Ritira l'invito",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
        ),
    ),
)


class Partecipazione(ConVita):
    """A body's part in one accord: what it is there as, whether it said yes, and who follows it in the offices."""

    vita = VITA_PARTECIPAZIONE

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="partecipazioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="partecipazioni")
    veste = models.CharField(max_length=20, choices=Veste, default=Veste.SOTTOSCRITTORE)
    stato = models.CharField(max_length=20, choices=StatoPartecipazione, default=StatoPartecipazione.INVITATO)
    presa_visione_il = models.DateTimeField(null=True, blank=True)
    presa_visione_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    referente = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    nota = models.TextField(blank=True)

    class Meta:
        ordering = ("accordo", "ente")
        verbose_name = "partecipazione"
        verbose_name_plural = "partecipazioni"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "ente"], name="partecipazione_una_per_ente"),
            models.CheckConstraint(
                name="partecipazione_presa_visione_quando_e_chi",
                condition=Q(presa_visione_il__isnull=True, presa_visione_da__isnull=True)
                | Q(presa_visione_il__isnull=False, presa_visione_da__isnull=False),
            ),
            models.CheckConstraint(
                name="partecipazione_stato_noto", condition=Q(stato__in=StatoPartecipazione.values)
            ),
            models.CheckConstraint(name="partecipazione_veste_nota", condition=Q(veste__in=Veste.values)),
        )

    def __str__(self) -> str:
        return f"{self.ente.nome_breve}, {self.get_veste_display().lower()}"


class Proposta(models.Model):
    """The proposal with which everything begins (phase 1): a text, and the document as PDF."""

    accordo = models.OneToOneField(Accordo, on_delete=models.PROTECT, related_name="proposta")
    testo = models.TextField()
    allegato = models.FileField(upload_to="proposte/", blank=True)
    allegato_nome = models.CharField(max_length=200, blank=True)
    aggiornata_il = models.DateTimeField(default=orologio.adesso)
    pubblicata_il = models.DateTimeField(null=True, blank=True)
    pubblicata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "proposta"
        verbose_name_plural = "proposte"
        constraints = (
            models.CheckConstraint(
                name="proposta_pubblicata_quando_e_chi",
                condition=Q(pubblicata_il__isnull=True, pubblicata_da__isnull=True)
                | Q(pubblicata_il__isnull=False, pubblicata_da__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Proposta: {self.accordo}"
