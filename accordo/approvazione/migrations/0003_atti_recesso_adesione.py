"""What bodies and coordinator write, the steps of the Prefettura, joining and withdrawing, the Akoma Ntoso file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accordo.approvazione.models.comunicazione
import accordo.approvazione.models.documento
import accordo.approvazione.models.passaggio
import accordo.approvazione.models.recesso
import accordo.base.orologio
from accordo.base.trigger import sola_aggiunta, sospesa

_ACCORDO = "(SELECT accordo_id FROM approvazione_approvazione WHERE id = OLD.approvazione_id)"

_DEL_TESTO = "(SELECT accordo_id FROM approvazione_documentofinale WHERE id = OLD.documento_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("approvazione", "0002_modi_di_firma"),
        ("bozze", "0003_citazioni"),
        ("enti", "0001_enti_e_persone"),
        ("iter", "0002_registro_immutabile"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        sospesa("approvazione_firma", "Un file firmato", _ACCORDO),
        sospesa("approvazione_accordofirmato", "Un accordo firmato", _DEL_TESTO),
        migrations.CreateModel(
            name="Comunicazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pec_protocollo", models.CharField(blank=True, max_length=60)),
                ("pec_data", models.DateField(blank=True, null=True)),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("rinvio", "Rinvio con osservazioni"),
                            ("non_approvazione", "Mancata approvazione"),
                            ("risposta", "Risposta di chi coordina"),
                            ("senza", "Decisione di proseguire senza l'ente"),
                        ],
                        max_length=20,
                    ),
                ),
                ("testo", models.TextField()),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=accordo.approvazione.models.comunicazione.percorso_comunicazione,
                    ),
                ),
                ("file_nome", models.CharField(blank=True, max_length=200)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("quando", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "approvazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comunicazioni",
                        to="approvazione.approvazione",
                    ),
                ),
                (
                    "scritta_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "comunicazione",
                "verbose_name_plural": "comunicazioni",
                "ordering": ("quando", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pec_data__isnull", True), ("pec_protocollo", "")),
                            models.Q(
                                models.Q(("pec_protocollo", ""), _negated=True), ("pec_data__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="comunicazione_pec_protocollo_e_data",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tipo__in", ["rinvio", "non_approvazione", "risposta", "senza"])),
                        name="comunicazione_tipo_noto",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pec_protocollo", ""),
                            models.Q(
                                models.Q(("file", ""), _negated=True),
                                models.Q(("file_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comunicazione_per_pec_con_documento",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passaggio",
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
                            ("comitato", "Comitato provinciale per l'ordine e la sicurezza pubblica"),
                            ("ministero", "Assenso del Ministero dell'Interno"),
                        ],
                        max_length=20,
                    ),
                ),
                ("data", models.DateField()),
                ("riferimento", models.CharField(max_length=120)),
                ("nota", models.TextField(blank=True)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=accordo.approvazione.models.passaggio.percorso_passaggio,
                    ),
                ),
                ("file_nome", models.CharField(blank=True, max_length=200)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("registrato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                ("sostituito_il", models.DateTimeField(blank=True, null=True)),
                (
                    "approvazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passaggi",
                        to="approvazione.approvazione",
                    ),
                ),
                (
                    "registrato_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "passaggio della Prefettura",
                "verbose_name_plural": "passaggi della Prefettura",
                "ordering": ("tipo", "-registrato_il", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sostituito_il__isnull", True)),
                        fields=("approvazione", "tipo"),
                        name="passaggio_uno_in_vigore",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tipo__in", ["comitato", "ministero"])),
                        name="passaggio_tipo_noto",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recesso",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pec_protocollo", models.CharField(blank=True, max_length=60)),
                ("pec_data", models.DateField(blank=True, null=True)),
                ("organo", models.CharField(max_length=120)),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("deliberazione", "Deliberazione"),
                            ("decreto", "Decreto"),
                            ("determinazione", "Determinazione"),
                            ("nota", "Nota"),
                            ("altro", "Altro atto"),
                        ],
                        max_length=20,
                    ),
                ),
                ("numero", models.CharField(max_length=40)),
                ("data", models.DateField()),
                ("effetto_dal", models.DateField()),
                ("motivi", models.TextField()),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=accordo.approvazione.models.recesso.percorso_recesso
                    ),
                ),
                ("file_nome", models.CharField(max_length=200)),
                ("file_sha256", models.CharField(max_length=64)),
                ("registrato_il", models.DateTimeField(default=accordo.base.orologio.adesso)),
                (
                    "approvazione",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recesso",
                        to="approvazione.approvazione",
                    ),
                ),
                (
                    "registrato_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recesso",
                "verbose_name_plural": "recessi",
                "ordering": ("data",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pec_data__isnull", True), ("pec_protocollo", "")),
                            models.Q(
                                models.Q(("pec_protocollo", ""), _negated=True), ("pec_data__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="recesso_pec_protocollo_e_data",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tipo__in", ["deliberazione", "decreto", "determinazione", "nota", "altro"])
                        ),
                        name="recesso_tipo_noto",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effetto_dal__gte", models.F("data"))),
                        name="recesso_effetto_dopo_l_atto",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="approvazione",
            name="prosegue_senza_il",
            field=models.DateTimeField(
                blank=True,
                help_text="Quando chi coordina ha deciso di andare avanti senza l'ente.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="approvazione",
            name="sollecitata_il",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="approvazione",
            name="successiva",
            field=models.BooleanField(
                default=False, help_text="L'ente aderisce dopo che l'accordo è stato sottoscritto."
            ),
        ),
        migrations.AddField(
            model_name="atto",
            name="pec_data",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="atto",
            name="pec_protocollo",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="documentofinale",
            name="akn",
            field=models.FileField(
                blank=True,
                max_length=200,
                null=True,
                upload_to=accordo.approvazione.models.documento.percorso_akn,
            ),
        ),
        migrations.AddField(
            model_name="documentofinale",
            name="akn_sha256",
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="approvazione",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("prosegue_senza_il__isnull", True), ("stato", "non_approvato"), _connector="OR"
                ),
                name="approvazione_senza_solo_chi_non_approva",
            ),
        ),
        migrations.AddConstraint(
            model_name="atto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pec_data__isnull", True), ("pec_protocollo", "")),
                    models.Q(models.Q(("pec_protocollo", ""), _negated=True), ("pec_data__isnull", False)),
                    _connector="OR",
                ),
                name="atto_pec_protocollo_e_data",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentofinale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("akn__isnull", True), ("akn_sha256", "")),
                    models.Q(models.Q(("akn_sha256", ""), _negated=True), ("akn__isnull", False)),
                    _connector="OR",
                ),
                name="documento_akn_con_impronta",
            ),
        ),
        sola_aggiunta("approvazione_firma", "Un file firmato", _ACCORDO),
        sola_aggiunta("approvazione_accordofirmato", "Un accordo firmato", _DEL_TESTO),
        sola_aggiunta("approvazione_comunicazione", "Una comunicazione", _ACCORDO),
        sola_aggiunta("approvazione_recesso", "Un recesso", _ACCORDO),
    ]
