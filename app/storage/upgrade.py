"""Upgrade a database with Alembic, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import CircularDependencyError

from app.models.errors import Fault

_SCRIPTS = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Return the configuration of Alembic, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(_SCRIPTS))
    settings.attributes["connection"] = connection
    return settings


def head() -> str | None:
    """Return the newest revision among the scripts."""
    return ScriptDirectory.from_config(config()).get_current_head()


def is_known_revision(revision: str) -> bool:
    """Return whether this program has a script for the revision.

    A database with an unknown revision is newer than the program.
    """
    return any(script.revision == revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Run the missing scripts on a connection; the caller commits.

    Raises Fault `database_damaged` for tables that are not those of the revision.
    """
    try:
        command.upgrade(config(connection), "head")
    except CircularDependencyError as error:  # a column that a script adds is there already
        raise Fault("database_damaged") from error
