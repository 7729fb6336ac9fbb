"""Annexes that are files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accordo.base.orologio
from accordo.base.trigger import sola_aggiunta


class Migration(migrations.Migration):
    dependencies = [
        ("bozze", "0006_firme_e_subemendamenti"),
        ("iter", "0003_durata"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="nodobozza",
            name="documento",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="DocumentoAllegato",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("impronta", models.CharField(max_length=64)),
                ("nome", models.CharField(max_length=150)),
                ("byte", models.PositiveBigIntegerField()),
                ("file", models.FileField(upload_to="allegati_del_testo/%Y/")),
                ("caricato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "accordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documenti_allegati",
                        to="iter.accordo",
                    ),
                ),
                (
                    "caricato_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "documento allegato al testo",
                "verbose_name_plural": "documenti allegati al testo",
                "ordering": ("accordo", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("accordo", "impronta"), name="documento_allegato_unico")
                ],
            },
        ),
        sola_aggiunta("bozze_documentoallegato", "Un documento allegato al testo"),
    ]
