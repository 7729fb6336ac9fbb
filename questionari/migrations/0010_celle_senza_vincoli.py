"""The cells of the results are an index that can be made again: their keys are not checked one by one at the end."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questionari", "0009_conteggi_e_ricerca"),
    ]

    operations = [
        migrations.AlterField(
            model_name="cellarisposta",
            name="scheda",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="celle",
                to="questionari.scheda",
            ),
        ),
        migrations.AlterField(
            model_name="cellarisposta",
            name="strato",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="questionari.stratoesiti",
            ),
        ),
    ]
