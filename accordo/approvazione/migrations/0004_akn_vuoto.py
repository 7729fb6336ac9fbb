"""A final text without its Akoma Ntoso has an empty name, as every file field has, and not a null."""

from django.db import migrations, models

import accordo.approvazione.models.documento
from accordo.base.trigger import sola_aggiunta, sospesa

_DEL_TESTO = "(SELECT accordo_id FROM approvazione_documentofinale WHERE id = OLD.documento_id)"


class Migration(migrations.Migration):
    dependencies = [("approvazione", "0003_atti_recesso_adesione")]

    operations = [
        sospesa("approvazione_accordofirmato", "Un accordo firmato", _DEL_TESTO),
        migrations.RemoveConstraint(model_name="documentofinale", name="documento_akn_con_impronta"),
        migrations.AlterField(
            model_name="documentofinale",
            name="akn",
            field=models.FileField(
                blank=True,
                default="",
                max_length=200,
                upload_to=accordo.approvazione.models.documento.percorso_akn,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="documentofinale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("akn", ""), ("akn_sha256", "")),
                    models.Q(
                        models.Q(("akn_sha256", ""), _negated=True), models.Q(("akn", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="documento_akn_con_impronta",
            ),
        ),
        sola_aggiunta("approvazione_accordofirmato", "Un accordo firmato", _DEL_TESTO),
    ]
