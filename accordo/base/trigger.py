"""Database triggers that make rows immutable, for SQLite and PostgreSQL, to be used in migrations.

    operations = [sola_aggiunta("iter_evento", "Il registro")]

Deletion is let through only for rows of an accord of invented data (iter_accordo.dimostrativo), so that the demo can be
built again. On both databases a refused statement ends in django.db.utils.DatabaseError (IntegrityError or
InternalError).
"""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = """
CREATE TRIGGER {tabella}_no_update BEFORE UPDATE ON {tabella}
BEGIN SELECT RAISE(ABORT, '{cosa} non si modifica'); END;
CREATE TRIGGER {tabella}_no_delete BEFORE DELETE ON {tabella}
WHEN EXISTS (SELECT 1 FROM iter_accordo WHERE id = {accordo_old} AND NOT dimostrativo)
BEGIN SELECT RAISE(ABORT, '{cosa} non si cancella'); END;
"""
_POSTGRES = """
CREATE FUNCTION {tabella}_immutabile() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION '{cosa} non si modifica';
  END IF;
  IF EXISTS (SELECT 1 FROM iter_accordo WHERE id = {accordo_old} AND NOT dimostrativo) THEN
    RAISE EXCEPTION '{cosa} non si cancella';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER {tabella}_immutabile BEFORE UPDATE OR DELETE ON {tabella}
FOR EACH ROW EXECUTE FUNCTION {tabella}_immutabile();
"""
_VIA_SQLITE = "DROP TRIGGER {tabella}_no_update; DROP TRIGGER {tabella}_no_delete;"
_VIA_POSTGRES = "DROP TRIGGER {tabella}_immutabile ON {tabella}; DROP FUNCTION {tabella}_immutabile();"


def esegui_sql(schema_editor: BaseDatabaseSchemaEditor, sqlite: str, postgres: str) -> None:
    """Run the statements of the database at hand; SQLite's are split at the end of each trigger or line."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgres, params=None)
        return
    separatore = "END;" if "BEGIN" in sqlite else ";"
    for istruzione in filter(str.strip, sqlite.split(separatore)):
        schema_editor.execute(istruzione + separatore, params=None)


def sola_aggiunta(tabella: str, cosa: str, accordo_old: str = "OLD.accordo_id") -> migrations.RunPython:
    """Return the migration that makes a table append-only.

    `cosa` opens the message ("Il registro non si modifica"); `accordo_old` is the SQL expression that gives the accord's
    key of the row about to go.
    """
    avanti, indietro = _passi(tabella, cosa, accordo_old)
    return migrations.RunPython(avanti, indietro)


def sospesa(tabella: str, cosa: str, accordo_old: str = "OLD.accordo_id") -> migrations.RunPython:
    """Return the migration that takes those triggers away; `sola_aggiunta` at the end of the same one puts them back.

    SQLite changes a table by making it anew and renaming it, and refuses that while a trigger of another table names it:
    wanted before a migration changes a table that an `accordo_old` reads.
    """
    avanti, indietro = _passi(tabella, cosa, accordo_old)
    return migrations.RunPython(indietro, avanti)


Passo = Callable[[StateApps, BaseDatabaseSchemaEditor], None]


def _passi(tabella: str, cosa: str, accordo_old: str) -> tuple[Passo, Passo]:
    valori = {"tabella": tabella, "cosa": cosa, "accordo_old": accordo_old}

    def avanti(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        esegui_sql(schema_editor, _SQLITE.format(**valori), _POSTGRES.format(**valori))

    def indietro(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        esegui_sql(schema_editor, _VIA_SQLITE.format(**valori), _VIA_POSTGRES.format(**valori))

    return avanti, indietro
