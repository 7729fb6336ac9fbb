"""What a body sent is never changed: the database refuses update and delete."""

from django.db import migrations

from accordo.base.trigger import sola_aggiunta

ACCORDO = (
    "(SELECT q.accordo_id FROM questionari_compilazione c JOIN questionari_questionario q ON q.id = c.questionario_id"
    " WHERE c.id = OLD.compilazione_id)"
)


class Migration(migrations.Migration):
    """Trigger on the sendings."""

    dependencies = (("questionari", "0001_questionari"),)

    operations = (sola_aggiunta("questionari_invio", "Un invio", ACCORDO),)
