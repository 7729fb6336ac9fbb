"""A published version is append-only."""

from django.db import migrations

from accordo.base.trigger import sola_aggiunta


class Migration(migrations.Migration):
    """Triggers on the published versions."""

    dependencies = (("bozze", "0001_testo_osservazioni_emendamenti"),)

    operations = (sola_aggiunta("bozze_versione", "Una versione pubblicata"),)
