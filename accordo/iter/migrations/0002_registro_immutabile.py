"""The registro is append-only, and a real accord can be neither deleted nor called a demo."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accordo.base.trigger import esegui_sql, sola_aggiunta

SQLITE = """
CREATE TRIGGER iter_accordo_mai_dimostrativo BEFORE UPDATE OF dimostrativo ON iter_accordo
WHEN NEW.dimostrativo AND NOT OLD.dimostrativo
BEGIN SELECT RAISE(ABORT, 'Un accordo vero non diventa dimostrativo'); END;
CREATE TRIGGER iter_accordo_no_delete BEFORE DELETE ON iter_accordo
WHEN NOT OLD.dimostrativo
BEGIN SELECT RAISE(ABORT, 'Un accordo non si cancella'); END;
"""
POSTGRES = """
CREATE FUNCTION iter_accordo_protetto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT OLD.dimostrativo THEN RAISE EXCEPTION 'Un accordo non si cancella'; END IF;
    RETURN OLD;
  END IF;
  IF NEW.dimostrativo AND NOT OLD.dimostrativo THEN
    RAISE EXCEPTION 'Un accordo vero non diventa dimostrativo';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER iter_accordo_protetto BEFORE UPDATE OF dimostrativo OR DELETE ON iter_accordo
FOR EACH ROW EXECUTE FUNCTION iter_accordo_protetto();
"""


def avanti(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    esegui_sql(schema_editor, SQLITE, POSTGRES)


def indietro(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    esegui_sql(
        schema_editor,
        "DROP TRIGGER iter_accordo_mai_dimostrativo; DROP TRIGGER iter_accordo_no_delete;",
        "DROP TRIGGER iter_accordo_protetto ON iter_accordo; DROP FUNCTION iter_accordo_protetto();",
    )


class Migration(migrations.Migration):
    """Triggers on the registro and on the accord."""

    dependencies = (("iter", "0001_accordo_e_registro"),)

    operations = (
        sola_aggiunta("iter_evento", "Il registro"),
        migrations.RunPython(avanti, indietro),
    )
