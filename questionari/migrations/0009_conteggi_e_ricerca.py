"""Published counts are kept with the publication, which may be opened to citizens; the free texts' stems are indexed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABELLA = "questionari_testorisposta"
RADICI = f"""
ALTER TABLE {TABELLA} ADD COLUMN radici tsvector
    GENERATED ALWAYS AS (to_tsvector('italian'::regconfig, testo)) STORED;
CREATE INDEX testo_radici ON {TABELLA} USING gin (radici);
"""


def _indicizza(apps, schema_editor):
    """The stems stand beside the text, so that a search reads no text. Nothing to do on SQLite, which searches words."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(RADICI)


def _togli(apps, schema_editor):
    """Without the column its index goes too."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABELLA} DROP COLUMN radici")


class Migration(migrations.Migration):
    dependencies = [
        ("questionari", "0008_trascrizioni"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="restituzione",
            name="aperta_da",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="restituzione",
            name="aperta_il",
            field=models.DateTimeField(
                blank=True, help_text="Da quando gli esiti li leggono anche i cittadini.", null=True
            ),
        ),
        migrations.AddField(
            model_name="restituzione",
            name="contata",
            field=models.BooleanField(
                default=False, help_text="Se i conteggi sono conservati con la pubblicazione."
            ),
        ),
        migrations.CreateModel(
            name="Conteggio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domanda", models.CharField(max_length=50)),
                ("voce", models.CharField(blank=True, max_length=50)),
                ("valore", models.TextField()),
                ("quanti", models.PositiveIntegerField()),
                (
                    "restituzione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conteggi",
                        to="questionari.restituzione",
                    ),
                ),
                (
                    "strato",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="questionari.stratoesiti",
                    ),
                ),
            ],
            options={
                "verbose_name": "conteggio",
                "verbose_name_plural": "conteggi",
                "indexes": [models.Index(fields=["restituzione", "domanda"], name="conteggio_domanda")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quanti__gt", 0)), name="conteggio_non_vuoto")
                ],
            },
        ),
        migrations.RunPython(_indicizza, _togli),
    ]
