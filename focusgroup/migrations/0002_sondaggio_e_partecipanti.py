import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accordo.base.orologio
import focusgroup.models.calendario


def un_uid_per_riunione(apps, schema_editor):
    """Give each meeting that is there its own lasting name for the calendars."""
    riunione = apps.get_model("focusgroup", "Riunione")
    for chiave in riunione.objects.filter(uid=None).values_list("pk", flat=True):
        riunione.objects.filter(pk=chiave).update(uid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [
        ("enti", "0001_enti_e_persone"),
        ("focusgroup", "0001_riunioni"),
        ("iter", "0002_registro_immutabile"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IndirizzoCalendario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "seme",
                    models.CharField(
                        default=focusgroup.models.calendario.nuovo_seme,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("creato_il", models.DateTimeField(default=accordo.base.orologio.adesso, editable=False)),
                ("impronta", models.CharField(blank=True, editable=False, max_length=64)),
                ("cambiato_il", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "indirizzo del calendario",
                "verbose_name_plural": "indirizzi dei calendari",
            },
        ),
        migrations.CreateModel(
            name="Opzione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("inizio", models.DateTimeField()),
                ("durata_minuti", models.PositiveSmallIntegerField(default=120)),
                ("luogo", models.CharField(blank=True, max_length=300)),
                ("collegamento", models.URLField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "data proposta",
                "verbose_name_plural": "date proposte",
                "ordering": ("sondaggio", "inizio"),
            },
        ),
        migrations.CreateModel(
            name="Preferenza",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valore",
                    models.CharField(
                        choices=[("si", "Sì"), ("se_necessario", "Se necessario"), ("no", "No")],
                        max_length=15,
                    ),
                ),
            ],
            options={
                "verbose_name": "preferenza",
                "verbose_name_plural": "preferenze",
                "ordering": ("risposta", "opzione"),
            },
        ),
        migrations.CreateModel(
            name="RispostaSondaggio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nota", models.CharField(blank=True, max_length=300)),
                ("revisione", models.PositiveIntegerField(default=1, editable=False)),
                ("data_il", models.DateTimeField()),
            ],
            options={
                "verbose_name": "risposta al sondaggio",
                "verbose_name_plural": "risposte al sondaggio",
                "ordering": ("sondaggio", "ente__denominazione"),
            },
        ),
        migrations.CreateModel(
            name="Sondaggio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revisione", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("in_preparazione", "In preparazione"),
                            ("aperto", "Aperto"),
                            ("concluso", "Data scelta"),
                            ("ritirato", "Ritirato"),
                        ],
                        default="in_preparazione",
                        max_length=20,
                    ),
                ),
                ("scadenza", models.DateTimeField(blank=True, null=True)),
                ("aperto_il", models.DateTimeField(blank=True, null=True)),
                ("ricordato_il", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "sondaggio per la data",
                "verbose_name_plural": "sondaggi per la data",
                "ordering": ("riunione", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="convocazione",
            name="atto",
            field=models.CharField(blank=True, max_length=200, verbose_name="estremi dell'atto di delega"),
        ),
        migrations.AddField(
            model_name="convocazione",
            name="atto_file",
            field=models.FileField(blank=True, upload_to="deleghe/"),
        ),
        migrations.AddField(
            model_name="convocazione",
            name="atto_nome",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="convocazione",
            name="email",
            field=models.EmailField(
                blank=True, max_length=254, verbose_name="indirizzo e-mail di chi partecipa"
            ),
        ),
        migrations.AddField(
            model_name="convocazione",
            name="indispensabile",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="convocazione",
            name="ospite",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="convocazione",
            name="persona",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="convocazione",
            name="titolo",
            field=models.CharField(
                blank=True,
                choices=[
                    ("rappresentante", "Rappresentante dell'ente"),
                    ("delegato", "Con delega"),
                    ("sostituto", "Sostituto"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="riunione",
            name="aggiornata_il",
            field=models.DateTimeField(default=accordo.base.orologio.adesso, editable=False),
        ),
        migrations.AddField(
            model_name="riunione",
            name="quorum",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Quanti enti servono; se manca, la maggioranza dei convocati con voto.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="riunione",
            name="uid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(un_uid_per_riunione, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="riunione",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="convocazione",
            name="risposta",
            field=models.CharField(
                choices=[
                    ("in_attesa", "Non ha risposto"),
                    ("accettata", "Partecipa"),
                    ("forse", "Forse"),
                    ("declinata", "Non può"),
                ],
                default="in_attesa",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="riunione",
            constraint=models.CheckConstraint(
                condition=models.Q(("quorum__isnull", True), ("quorum__gte", 1), _connector="OR"),
                name="riunione_quorum_almeno_uno",
            ),
        ),
        migrations.AddField(
            model_name="indirizzocalendario",
            name="utente",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="indirizzo_calendario",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="preferenza",
            name="opzione",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="preferenze",
                to="focusgroup.opzione",
            ),
        ),
        migrations.AddField(
            model_name="rispostasondaggio",
            name="data_da",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rispostasondaggio",
            name="ente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enti.ente"
            ),
        ),
        migrations.AddField(
            model_name="preferenza",
            name="risposta",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="preferenze",
                to="focusgroup.rispostasondaggio",
            ),
        ),
        migrations.AddField(
            model_name="sondaggio",
            name="riunione",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sondaggi", to="focusgroup.riunione"
            ),
        ),
        migrations.AddField(
            model_name="sondaggio",
            name="scelta",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="focusgroup.opzione",
            ),
        ),
        migrations.AddField(
            model_name="rispostasondaggio",
            name="sondaggio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="risposte",
                to="focusgroup.sondaggio",
            ),
        ),
        migrations.AddField(
            model_name="opzione",
            name="sondaggio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="opzioni", to="focusgroup.sondaggio"
            ),
        ),
        migrations.AddConstraint(
            model_name="preferenza",
            constraint=models.UniqueConstraint(
                fields=("risposta", "opzione"), name="preferenza_una_per_data"
            ),
        ),
        migrations.AddConstraint(
            model_name="preferenza",
            constraint=models.CheckConstraint(
                condition=models.Q(("valore__in", ["si", "se_necessario", "no"])),
                name="preferenza_valore_noto",
            ),
        ),
        migrations.AddConstraint(
            model_name="sondaggio",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stato__in", ["in_preparazione", "aperto"])),
                fields=("riunione",),
                name="sondaggio_uno_alla_volta",
            ),
        ),
        migrations.AddConstraint(
            model_name="sondaggio",
            constraint=models.CheckConstraint(
                condition=models.Q(("stato__in", ["in_preparazione", "aperto", "concluso", "ritirato"])),
                name="sondaggio_stato_noto",
            ),
        ),
        migrations.AddConstraint(
            model_name="sondaggio",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stato__in", ["aperto", "concluso"]), _negated=True),
                    models.Q(("aperto_il__isnull", False), ("scadenza__isnull", False)),
                    _connector="OR",
                ),
                name="sondaggio_aperto_con_scadenza",
            ),
        ),
        migrations.AddConstraint(
            model_name="sondaggio",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scelta__isnull", False), ("stato", "concluso")),
                    models.Q(models.Q(("stato", "concluso"), _negated=True), ("scelta__isnull", True)),
                    _connector="OR",
                ),
                name="sondaggio_concluso_con_scelta",
            ),
        ),
        migrations.AddConstraint(
            model_name="rispostasondaggio",
            constraint=models.UniqueConstraint(
                fields=("sondaggio", "ente"), name="risposta_sondaggio_una_per_ente"
            ),
        ),
        migrations.AddConstraint(
            model_name="opzione",
            constraint=models.UniqueConstraint(fields=("sondaggio", "inizio"), name="opzione_una_per_inizio"),
        ),
    ]
