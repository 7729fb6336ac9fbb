"""The role of a colleague who works on a part only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enti", "0001_enti_e_persone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="incarico",
            name="ruolo",
            field=models.CharField(
                choices=[
                    ("referente", "Referente"),
                    ("rappresentante", "Rappresentante"),
                    ("coordinatore", "Coordinatore"),
                    ("osservatore", "Osservatore"),
                    ("collaboratore", "Collaboratore"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="invito",
            name="ruolo",
            field=models.CharField(
                choices=[
                    ("referente", "Referente"),
                    ("rappresentante", "Rappresentante"),
                    ("coordinatore", "Coordinatore"),
                    ("osservatore", "Osservatore"),
                    ("collaboratore", "Collaboratore"),
                ],
                max_length=20,
            ),
        ),
    ]
