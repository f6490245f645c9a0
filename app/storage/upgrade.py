"""Alembic inside the program: an office's database is brought to today's schema where it lies, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(_SCRIPTS))
    settings.attributes["connection"] = connection
    return settings


def head() -> str | None:
    """The newest revision among the scripts."""
    return ScriptDirectory.from_config(config()).get_current_head()


def is_known_revision(revision: str) -> bool:
    """Whether this program has a script for the revision; if not, the database is newer than the program."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Run every script the database has not had, on this connection; the caller commits."""
    command.upgrade(config(connection), "head")
