"""Answers that came on paper or by certified mail, typed in by who coordinates."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accordo.base.orologio
from accordo.base.trigger import sola_aggiunta, sospesa

INVII = (
    "questionari_invio",
    "Un invio",
    "(SELECT q.accordo_id FROM questionari_compilazione c JOIN questionari_questionario q ON q.id = c.questionario_id"
    " WHERE c.id = OLD.compilazione_id)",
)


def _da_riprendere(apps, schema_editor):
    """Going back: what was being typed in is for the body to go on with."""
    compilazioni = apps.get_model("questionari", "Compilazione").objects
    compilazioni.filter(stato="in_trascrizione").update(stato="in_compilazione")


class Migration(migrations.Migration):
    dependencies = [
        ("enti", "0002_ruolo_collaboratore"),
        ("questionari", "0007_inizio_con_la_prima_risposta"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        sospesa(*INVII),
        migrations.CreateModel(
            name="Trascrizione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origine",
                    models.CharField(choices=[("carta", "Su carta"), ("pec", "Per PEC")], max_length=10),
                ),
                ("protocollo", models.CharField(blank=True, max_length=60)),
                ("arrivata_il", models.DateField()),
                ("firmata_da", models.CharField(max_length=200)),
                ("in_qualita_di", models.CharField(max_length=60)),
                ("motivo", models.TextField()),
                ("file", models.FileField(upload_to="trascrizioni/")),
                ("nome", models.CharField(max_length=200)),
                ("impronta", models.CharField(max_length=64)),
                ("cominciata_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                ("lasciata_il", models.DateTimeField(blank=True, null=True)),
                (
                    "cominciata_da",
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
                        related_name="trascrizioni",
                        to="questionari.compilazione",
                    ),
                ),
                (
                    "invio",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trascrizione",
                        to="questionari.invio",
                    ),
                ),
            ],
            options={
                "verbose_name": "trascrizione",
                "verbose_name_plural": "trascrizioni",
                "ordering": ("compilazione", "-cominciata_il", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("invio__isnull", True), ("lasciata_il__isnull", True)),
                        fields=("compilazione",),
                        name="trascrizione_una_in_corso",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origine", "pec"), _negated=True),
                            models.Q(("protocollo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="trascrizione_pec_con_protocollo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("firmata_da", ""), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                        ),
                        name="trascrizione_con_chi_firma_e_perche",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lasciata_il__isnull", True),
                            models.Q(
                                ("invio__isnull", True), ("lasciata_il__gte", models.F("cominciata_il"))
                            ),
                            _connector="OR",
                        ),
                        name="trascrizione_lasciata_o_inviata",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="compilazione",
            name="compilazione_stato_noto",
        ),
        migrations.AddField(
            model_name="risposta",
            name="trascritta",
            field=models.BooleanField(
                default=False, help_text="L'ha scritta chi coordina, da un documento arrivato dall'ente."
            ),
        ),
        migrations.AddField(
            model_name="versionerisposta",
            name="trascritta",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="compilazione",
            name="stato",
            field=models.CharField(
                choices=[
                    ("da_iniziare", "Da iniziare"),
                    ("in_compilazione", "In compilazione"),
                    ("in_convalida", "In attesa di convalida"),
                    ("in_trascrizione", "In trascrizione"),
                    ("inviata", "Inviato"),
                ],
                default="da_iniziare",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="compilazione",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stato__in",
                        ["da_iniziare", "in_compilazione", "in_convalida", "in_trascrizione", "inviata"],
                    )
                ),
                name="compilazione_stato_noto",
            ),
        ),
        sola_aggiunta(*INVII),
        migrations.RunPython(migrations.RunPython.noop, _da_riprendere, elidable=True),
    ]
