"""How bodies sign: the way chosen, the turns, the one file, the authorities trusted; signed files are append-only."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accordo.approvazione.models.riunito
import accordo.base.orologio
from accordo.base.trigger import sola_aggiunta


class Migration(migrations.Migration):
    dependencies = [
        ("approvazione", "0001_atti_e_firme"),
        ("iter", "0002_registro_immutabile"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificatoFidato",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("der", models.BinaryField()),
                ("nome", models.CharField(max_length=300)),
                ("prestatore", models.CharField(blank=True, max_length=300)),
                ("valido_dal", models.DateTimeField()),
                ("valido_al", models.DateTimeField()),
                (
                    "per_firma",
                    models.BooleanField(default=True, help_text="Emette certificati qualificati di firma."),
                ),
                (
                    "per_marche",
                    models.BooleanField(default=False, help_text="Emette marche temporali qualificate."),
                ),
                ("fonte", models.CharField(max_length=200)),
                ("caricato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
            ],
            options={
                "verbose_name": "certificato fidato",
                "verbose_name_plural": "certificati fidati",
                "ordering": ("nome",),
            },
        ),
        migrations.AddField(
            model_name="firma",
            name="spiegazione",
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name="AccordoFirmato",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=accordo.approvazione.models.riunito.percorso_riunito
                    ),
                ),
                ("formato", models.CharField(max_length=3)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("firme", models.PositiveSmallIntegerField()),
                ("composto_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "documento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="firmati",
                        to="approvazione.documentofinale",
                    ),
                ),
            ],
            options={
                "verbose_name": "accordo firmato",
                "verbose_name_plural": "accordi firmati",
                "ordering": ("documento", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="RegolaFirme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "modo",
                    models.CharField(
                        choices=[
                            ("parallelo", "Ogni ente firma la sua copia"),
                            ("turno", "Un solo PDF, a turno"),
                        ],
                        default="parallelo",
                        max_length=10,
                    ),
                ),
                (
                    "giorni_turno",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                    ),
                ),
                ("scelta_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "accordo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regola_firme",
                        to="iter.accordo",
                    ),
                ),
                (
                    "scelta_da",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "regola delle firme",
                "verbose_name_plural": "regole delle firme",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("modo__in", ["parallelo", "turno"])), name="regola_modo_noto"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giorni_turno__gte", 1), ("giorni_turno__lte", 60)),
                        name="regola_giorni_da_1_a_60",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turno",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revisione_sha256", models.CharField(max_length=64)),
                ("iniziato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                ("scade_il", models.DateField()),
                ("chiuso_il", models.DateTimeField(blank=True, null=True)),
                (
                    "esito",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("firmato", "Firmato"),
                            ("scaduto", "Scaduto"),
                            ("passato", "Passato ad altri"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "approvazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turni",
                        to="approvazione.approvazione",
                    ),
                ),
                (
                    "documento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turni",
                        to="approvazione.documentofinale",
                    ),
                ),
                (
                    "firma_precedente",
                    models.ForeignKey(
                        help_text="Di chi è la revisione consegnata; niente: il testo definitivo ancora senza firme.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvazione.firma",
                    ),
                ),
            ],
            options={
                "verbose_name": "turno di firma",
                "verbose_name_plural": "turni di firma",
                "ordering": ("documento", "iniziato_il", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("chiuso_il__isnull", True)),
                        fields=("documento",),
                        name="turno_uno_aperto_per_testo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chiuso_il__isnull", True), ("esito", "")),
                            models.Q(
                                ("chiuso_il__gte", models.F("iniziato_il")),
                                ("esito__in", ["firmato", "scaduto", "passato"]),
                            ),
                            _connector="OR",
                        ),
                        name="turno_chiuso_con_esito",
                    ),
                ],
            },
        ),
        sola_aggiunta(
            "approvazione_firma",
            "Un file firmato",
            "(SELECT accordo_id FROM approvazione_approvazione WHERE id = OLD.approvazione_id)",
        ),
        sola_aggiunta(
            "approvazione_accordofirmato",
            "Un accordo firmato",
            "(SELECT accordo_id FROM approvazione_documentofinale WHERE id = OLD.documento_id)",
        ),
    ]
