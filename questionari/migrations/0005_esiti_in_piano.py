"""The answers laid flat for the results; themes of the free texts; what was in force when the results were given back."""

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


class Migration(migrations.Migration):
    dependencies = [
        ("enti", "0002_ruolo_collaboratore"),
        ("iter", "0003_durata"),
        ("questionari", "0004_versioni_corrette"),
        ("rilievi", "0001_obiettivi_e_rilievi"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        sospesa(*INVII),
        migrations.CreateModel(
            name="StratoEsiti",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("provincia", "Provincia"),
                            ("comune", "Comune"),
                            ("comunita_montana", "Comunità montana"),
                            ("unione_comuni", "Unione di comuni"),
                            ("prefettura", "Prefettura"),
                            ("regione", "Regione"),
                            ("altro", "Altro soggetto"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "classe",
                    models.CharField(
                        choices=[
                            ("1", "Comuni fino a 5.000 abitanti"),
                            ("2", "Comuni da 5.001 a 15.000 abitanti"),
                            ("3", "Comuni oltre 15.000 abitanti"),
                            ("9", "Enti diversi dai Comuni"),
                        ],
                        max_length=1,
                    ),
                ),
                ("firma", models.CharField(max_length=64)),
                (
                    "accordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="iter.accordo"
                    ),
                ),
                (
                    "ambito",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enti.ambito"
                    ),
                ),
            ],
            options={
                "verbose_name": "strato",
                "verbose_name_plural": "strati",
                "ordering": ("ambito__ordine", "ambito__nome", "firma", "tipo", "classe"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("accordo", "ambito", "tipo", "classe", "firma"), name="strato_unico"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scheda",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "definizione",
                    models.CharField(
                        help_text="Impronta del questionario con cui è stata letta.", max_length=64
                    ),
                ),
                ("superata", models.BooleanField(default=False)),
                ("pubblicata", models.BooleanField(default=False)),
                (
                    "compilazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schede",
                        to="questionari.compilazione",
                    ),
                ),
                (
                    "invio",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scheda",
                        to="questionari.invio",
                    ),
                ),
                (
                    "strato",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schede",
                        to="questionari.stratoesiti",
                    ),
                ),
            ],
            options={
                "verbose_name": "scheda",
                "verbose_name_plural": "schede",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superata", False)),
                        fields=("compilazione",),
                        name="scheda_una_in_vigore",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("pubblicata", True)),
                        fields=("compilazione",),
                        name="scheda_una_pubblicata",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellaRisposta",
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
                (
                    "scheda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="celle",
                        to="questionari.scheda",
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
                "verbose_name": "risposta chiusa",
                "verbose_name_plural": "risposte chiuse",
                "indexes": [
                    models.Index(fields=["strato", "domanda", "voce"], name="cella_tabelle"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheda", "domanda", "voce"), name="cella_una_per_domanda"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tema",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nome", models.CharField(max_length=80)),
                ("creato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "accordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="temi", to="iter.accordo"
                    ),
                ),
                (
                    "creato_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tema",
                "verbose_name_plural": "temi",
                "ordering": ("nome",),
                "constraints": [
                    models.UniqueConstraint(fields=("accordo", "nome"), name="tema_nome_unico"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domanda", models.CharField(max_length=50)),
                ("inizio", models.PositiveIntegerField()),
                ("fine", models.PositiveIntegerField()),
                ("citazione", models.TextField()),
                ("segnato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "invio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passi",
                        to="questionari.invio",
                    ),
                ),
                (
                    "rilievo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rilievi.rilievo",
                    ),
                ),
                (
                    "segnato_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tema",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passi",
                        to="questionari.tema",
                    ),
                ),
            ],
            options={
                "verbose_name": "passo",
                "verbose_name_plural": "passi",
                "ordering": ("tema", "pk"),
                "indexes": [
                    models.Index(fields=["invio", "domanda"], name="passo_del_testo"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fine__gt", models.F("inizio"))), name="passo_non_vuoto"
                    ),
                    models.UniqueConstraint(
                        fields=("tema", "invio", "domanda", "inizio", "fine"), name="passo_una_volta_sola"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TestoRisposta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domanda", models.CharField(max_length=50)),
                ("testo", models.TextField()),
                (
                    "scheda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="testi",
                        to="questionari.scheda",
                    ),
                ),
            ],
            options={
                "verbose_name": "risposta aperta",
                "verbose_name_plural": "risposte aperte",
                "ordering": ("domanda", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("scheda", "domanda"), name="testo_uno_per_domanda"),
                ],
            },
        ),
        migrations.AddField(
            model_name="questionario",
            name="solleciti_al_massimo",
            field=models.PositiveSmallIntegerField(
                default=5, help_text="Quanti solleciti riceve al massimo lo stesso ente."
            ),
        ),
        migrations.AddField(
            model_name="questionario",
            name="sollecito_ogni",
            field=models.PositiveSmallIntegerField(
                default=2, help_text="Giorni che passano almeno fra due solleciti allo stesso ente."
            ),
        ),
        migrations.AddField(
            model_name="restituzione",
            name="consultati",
            field=models.JSONField(
                blank=True, default=dict, help_text="Enti consultati, per ambito, tipo e classe."
            ),
        ),
        migrations.AddField(
            model_name="restituzione",
            name="questionario",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="questionari.questionario",
            ),
        ),
        migrations.AddField(
            model_name="restituzione",
            name="relazione",
            field=models.FileField(blank=True, upload_to="relazioni/"),
        ),
        migrations.AddField(
            model_name="restituzione",
            name="relazione_impronta",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="restituzione",
            name="soglia",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="questionario",
            constraint=models.CheckConstraint(
                condition=models.Q(("sollecito_ogni__gte", 1)), name="questionario_sollecito_ogni"
            ),
        ),
        sola_aggiunta(*INVII),
    ]
