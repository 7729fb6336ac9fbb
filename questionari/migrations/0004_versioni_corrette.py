"""A questionnaire in force can be corrected by a new version; bodies are asked again only what is new."""

from django.db import migrations, models

from accordo.base.trigger import sola_aggiunta, sospesa

INVII = (
    "questionari_invio",
    "Un invio",
    "(SELECT q.accordo_id FROM questionari_compilazione c JOIN questionari_questionario q ON q.id = c.questionario_id"
    " WHERE c.id = OLD.compilazione_id)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("iter", "0003_durata"),
        ("questionari", "0003_affidamenti_presenze_ricevute"),
    ]

    operations = [
        sospesa(*INVII),
        migrations.RemoveConstraint(
            model_name="questionario",
            name="questionario_stato_noto",
        ),
        migrations.AddField(
            model_name="compilazione",
            name="da_rivedere",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Le domande nuove o cambiate da una versione corretta, a cui rispondere prima di inviare di nuovo.",
            ),
        ),
        migrations.AddField(
            model_name="questionario",
            name="motivo",
            field=models.TextField(blank=True, help_text="Perché la versione precedente è stata corretta."),
        ),
        migrations.AlterField(
            model_name="questionario",
            name="stato",
            field=models.CharField(
                choices=[
                    ("bozza", "Bozza"),
                    ("aperto", "Aperto"),
                    ("chiuso", "Chiuso"),
                    ("superato", "Sostituito da una versione corretta"),
                ],
                default="bozza",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="questionario",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stato", "bozza")), fields=("accordo",), name="questionario_una_bozza"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionario",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stato__in", ("aperto", "chiuso"))),
                fields=("accordo",),
                name="questionario_uno_in_vigore",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionario",
            constraint=models.CheckConstraint(
                condition=models.Q(("stato__in", ["bozza", "aperto", "chiuso", "superato"])),
                name="questionario_stato_noto",
            ),
        ),
        sola_aggiunta(*INVII),
    ]
