"""Kill during a migration of an older database."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.storage import upgrade
from app.storage.database import FILE_NAME, SCHEMA_HEAD
from tests.faults.processes import ROOT
from tests.support.offices import desk_session

pytestmark = pytest.mark.posix
LATER_MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision = "0002x"
down_revision = "{head}"

def upgrade():
    op.create_table("late_idea", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("dossier", recreate="always") as batch:
        batch.add_column(sa.Column("late_word", sa.Text(), nullable=True))
    print("half", flush=True)
    input()
"""
NEWER_PROGRAM = """
import sys
from pathlib import Path
from app.storage import database, upgrade
upgrade._SCRIPTS, database.SCHEMA_HEAD = Path(sys.argv[1]), "0002x"
opened = database.open_database(Path(sys.argv[2]))
print(database.revision(opened))
opened.close()
"""


def start_newer_program(scripts: Path, file: Path) -> "subprocess.Popen[str]":
    """Start a program with one more migration on an office of this release."""
    command = [sys.executable, "-c", NEWER_PROGRAM, str(scripts), str(file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def test_killed_upgrade_is_rolled_back(training_folder: Path, tmp_path: Path) -> None:
    file, scripts = training_folder / FILE_NAME, tmp_path / "migrations"
    shutil.copytree(Path(upgrade.__file__).parent / "migrations", scripts)
    (scripts / "versions" / "m0002x_late.py").write_text(LATER_MIGRATION.format(head=SCHEMA_HEAD), encoding="utf-8")
    with desk_session(training_folder) as desk:
        before = [desk.take_in().code for _ in range(3)]
    with start_newer_program(scripts, file) as killed:
        assert killed.stdout is not None and killed.stdout.readline() == "half\n"
        killed.kill()
    with desk_session(training_folder) as desk:
        assert [code for (code,) in desk.rows("SELECT code FROM dossier")] == before and desk.check().ok
        before.append(desk.take_in().code)
    with start_newer_program(scripts, file) as completed:
        output, _ = completed.communicate("\n")
    assert output == "half\n0002x\n"
    with closing(dbapi2.connect(str(file))) as connection:
        assert [code for (code,) in connection.execute("SELECT code FROM dossier")] == before
        assert connection.execute("SELECT late_word FROM dossier").fetchall() == [(None,)] * 4
