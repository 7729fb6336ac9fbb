"""How long the accord holds, and when that was last called to mind."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("iter", "0002_registro_immutabile"),
    ]

    operations = [
        migrations.AddField(
            model_name="accordo",
            name="durata_mesi",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Per quanti mesi vale, dall'ultima firma.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(600),
                ],
            ),
        ),
        migrations.AddField(
            model_name="accordo",
            name="scadenza_ricordata_il",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
