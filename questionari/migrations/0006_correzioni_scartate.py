"""A correction begun by mistake can be given up: it stays as it was, never to be opened."""

from django.db import migrations, models

from accordo.base.trigger import sola_aggiunta, sospesa

INVII = (
    "questionari_invio",
    "Un invio",
    "(SELECT q.accordo_id FROM questionari_compilazione c JOIN questionari_questionario q ON q.id = c.questionario_id"
    " WHERE c.id = OLD.compilazione_id)",
)
STATI = {
    "bozza": "Bozza",
    "aperto": "Aperto",
    "chiuso": "Chiuso",
    "superato": "Sostituito da una versione corretta",
    "scartato": "Correzione scartata",
}


def _superate(apps, schema_editor):
    """Going back: what was given up counts as replaced."""
    apps.get_model("questionari", "Questionario").objects.filter(stato="scartato").update(stato="superato")


class Migration(migrations.Migration):
    dependencies = [
        ("iter", "0003_durata"),
        ("questionari", "0005_esiti_in_piano"),
    ]

    operations = [
        sospesa(*INVII),
        migrations.RemoveConstraint(
            model_name="questionario",
            name="questionario_stato_noto",
        ),
        migrations.AlterField(
            model_name="questionario",
            name="stato",
            field=models.CharField(choices=list(STATI.items()), default="bozza", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="questionario",
            constraint=models.CheckConstraint(
                condition=models.Q(("stato__in", list(STATI))), name="questionario_stato_noto"
            ),
        ),
        sola_aggiunta(*INVII),
        migrations.RunPython(migrations.RunPython.noop, _superate, elidable=True),
    ]
