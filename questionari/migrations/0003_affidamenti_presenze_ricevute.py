"""Sections handed to colleagues, who is where, receipts kept as printed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accordo.base.orologio


class Migration(migrations.Migration):
    dependencies = [
        ("enti", "0002_ruolo_collaboratore"),
        ("questionari", "0002_invii_immutabili"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ricevuta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="ricevute/")),
                ("impronta", models.CharField(db_index=True, max_length=64)),
                ("creata_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "invio",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ricevuta",
                        to="questionari.invio",
                    ),
                ),
            ],
            options={
                "verbose_name": "ricevuta",
                "verbose_name_plural": "ricevute",
            },
        ),
        migrations.CreateModel(
            name="Affidamento",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sezione", models.CharField(max_length=50)),
                ("nota", models.TextField(blank=True)),
                ("affidato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                ("revocato_il", models.DateTimeField(blank=True, null=True)),
                (
                    "affidato_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "compilazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affidamenti",
                        to="questionari.compilazione",
                    ),
                ),
                (
                    "invito",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affidamenti",
                        to="enti.invito",
                    ),
                ),
                (
                    "revocato_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "utente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affidamenti",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sezione affidata",
                "verbose_name_plural": "sezioni affidate",
                "ordering": ("compilazione", "sezione", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("invito__isnull", True), ("utente__isnull", False)),
                            models.Q(("invito__isnull", False), ("utente__isnull", True)),
                            _connector="OR",
                        ),
                        name="affidamento_a_qualcuno",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revocato_da__isnull", True), ("revocato_il__isnull", True)),
                            models.Q(
                                ("revocato_da__isnull", False), ("revocato_il__gte", models.F("affidato_il"))
                            ),
                            _connector="OR",
                        ),
                        name="affidamento_revocato_da_qualcuno",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revocato_il__isnull", True), ("utente__isnull", False)),
                        fields=("compilazione", "sezione", "utente"),
                        name="affidamento_una_volta_a_persona",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("invito__isnull", False), ("revocato_il__isnull", True)),
                        fields=("compilazione", "sezione", "invito"),
                        name="affidamento_una_volta_a_invito",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presenza",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sezione", models.CharField(max_length=50)),
                ("domanda", models.CharField(blank=True, max_length=50)),
                ("quando", models.DateTimeField()),
                (
                    "compilazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presenze",
                        to="questionari.compilazione",
                    ),
                ),
                (
                    "utente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "presenza",
                "verbose_name_plural": "presenze",
                "ordering": ("compilazione", "-quando"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("compilazione", "utente"), name="presenza_una_per_persona"
                    )
                ],
            },
        ),
    ]
