"""Remarks are discussed, and answered with an outcome."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import accordo.base.orologio
from accordo.base.trigger import sola_aggiunta


def _segna_risposte(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Call the answers given so far what they all were: an explanation."""
    Osservazione = apps.get_model("bozze", "Osservazione")
    Osservazione.objects.filter(stato="risposta", esito="").update(esito="chiarita")


class Migration(migrations.Migration):
    dependencies = [
        ("bozze", "0003_citazioni"),
        ("enti", "0002_ruolo_collaboratore"),
        ("iter", "0003_durata"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Replica",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("testo", models.TextField(verbose_name="replica")),
                ("scritta_il", models.DateTimeField(default=accordo.base.orologio.adesso, editable=False)),
            ],
            options={
                "verbose_name": "replica",
                "verbose_name_plural": "repliche",
                "ordering": ("osservazione", "scritta_il", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="osservazione",
            name="osservazione_con_risposta",
        ),
        migrations.AddField(
            model_name="osservazione",
            name="citazione_inizio",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="osservazione",
            name="esito",
            field=models.CharField(
                blank=True,
                choices=[
                    ("recepita", "Recepita: il testo cambia"),
                    ("in_parte", "Recepita in parte"),
                    ("non_recepita", "Non recepita"),
                    ("chiarita", "Chiarita: il testo resta com'è"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(_segna_risposte, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="osservazione",
            index=models.Index(fields=["accordo", "disposizione_id"], name="osservazione_disposizione"),
        ),
        migrations.AddConstraint(
            model_name="osservazione",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("risposta_da__isnull", False),
                        ("risposta_il__isnull", False),
                        ("stato", "risposta"),
                        models.Q(("risposta", ""), _negated=True),
                        models.Q(("esito", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("stato", "risposta"), _negated=True),
                        ("esito", ""),
                        ("risposta", ""),
                        ("risposta_il__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="osservazione_con_risposta",
            ),
        ),
        migrations.AddField(
            model_name="replica",
            name="accordo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iter.accordo"
            ),
        ),
        migrations.AddField(
            model_name="replica",
            name="autore",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="replica",
            name="ente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enti.ente"
            ),
        ),
        migrations.AddField(
            model_name="replica",
            name="osservazione",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="repliche", to="bozze.osservazione"
            ),
        ),
        sola_aggiunta("bozze_replica", "Una replica"),
    ]
