"""A version of the minutes is append-only."""

from django.db import migrations

from accordo.base.trigger import sola_aggiunta

ACCORDO = "(SELECT r.accordo_id FROM focusgroup_riunione r WHERE r.id = OLD.riunione_id)"


class Migration(migrations.Migration):
    """Trigger on the versions of the minutes."""

    dependencies = (("focusgroup", "0003_verbale_correzioni_e_punti"),)

    operations = (sola_aggiunta("focusgroup_versioneverbale", "Una versione del verbale", ACCORDO),)
