"""Stage of the smoke test: a PC, the build, later versions."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from windows import installer, launcher, program, update_keys
from windows.layout import REPOSITORY, WORK, Layout, set_times
from windows.pc import Pc
from windows.system import System

HOME = WORK / "smoke"
VERSIONS = ("9.0.1", "9.0.2", "9.0.3", "9.0.4", "9.0.7")
"""The later versions that a real Windows is given; it does not make installers."""
MIGRATING = "migrating"
"""File in the data folder that version 9.0.7 writes in the middle of its upgrade of the database."""
_OTHER, _PYTHON = "other", "python"


def _damage_start(layout: Layout) -> None:
    """Let the self-check fail."""
    (layout.program / "app" / "settings.pyc").unlink()


def _damage_opening(layout: Layout) -> None:
    """Let the self-check pass, and the opening of an office fail."""
    text = "import sys\nif 'self-check' not in sys.argv:\n    sys.modules['app.office.verification'] = None\n"
    (layout.packages / "sitecustomize.py").write_text(text, encoding="ascii")


_ENDLESS_MIGRATION = """import sys
from pathlib import Path
from threading import Event

from alembic import op

revision = "endless"
down_revision = "@NEWEST@"


def upgrade() -> None:
    if "self-check" in sys.argv:
        return
    op.execute("CREATE TABLE half (number INTEGER)")
    op.execute("ALTER TABLE dossier RENAME TO half_dossier")
    op.execute("INSERT INTO half WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000)"
               " SELECT i FROM n")
    [file] = [row[2] for row in op.get_bind().exec_driver_sql("PRAGMA database_list") if row[1] == "main"]
    Path(file).with_name("@MARK@").touch()
    Event().wait()
"""


def _stop_in_migration(layout: Layout) -> None:
    """Let the first opening stay in the middle of a migration for ever.

    The module that names the newest revision is put there as a source.
    """
    storage = layout.program / "app" / "storage"
    scripts = storage / "migrations" / "versions"
    newest = max(scripts.glob("m*.py")).name[1:5]
    text = _ENDLESS_MIGRATION.replace("@NEWEST@", newest).replace("@MARK@", MIGRATING)
    (scripts / "m9999_endless.py").write_text(text, encoding="ascii")
    source = (REPOSITORY / "app" / "storage" / "database.py").read_text(encoding="utf-8")
    (storage / "database.pyc").unlink(missing_ok=True)
    named = source.replace(f'SCHEMA_HEAD = "{newest}"', 'SCHEMA_HEAD = "endless"')
    (storage / "database.py").write_text(named, encoding="utf-8")


_CHANGES: Mapping[str, Callable[[Layout], None]] = {
    "9.0.2": _damage_start,
    "9.0.4": _damage_opening,
    "9.0.7": _stop_in_migration,
}


@dataclass
class Stage:
    """What the scenarios share: the PC and the built version.

    `update_key` is a throw-away key, which later versions carry. `key` and `code` are those of the dossier.
    """

    pc: Pc
    built: Layout
    update_key: Path
    key: str = ""
    code: str = ""

    @property
    def system(self) -> System:
        """The Windows of the PC."""
        return self.pc.system

    @property
    def setup(self) -> Path:
        """The installer of the build."""
        return next(self.built.output.glob(f"motcua-{self.built.version}-cai-dat*.exe"))

    @property
    def python(self) -> Path:
        """The folder of a CPython with its programs."""
        return WORK / "host" / "tree" / "python"

    def later(self, version: str, change: Callable[[Layout], None] | None = None) -> Path:
        """Return an installer of the same program under a later version."""
        layout = replace(self.built, version=version, work=HOME / version, output=HOME / version / "out")
        shutil.rmtree(layout.work, ignore_errors=True)
        shutil.copytree(self.built.tree, layout.tree, copy_function=os.link)
        for name in (launcher.WINDOW, launcher.CONSOLE, program.VERSION_FILE):
            (layout.tree / name).unlink()
        program.write_version(layout)
        program.write_update_key(layout, update_keys.public_key(self.update_key))
        launcher.build(layout)
        for each in (_CHANGES.get(version), change):
            if each is not None:
                each(layout)
        set_times(layout.launchers / "starter", layout.epoch)
        return installer.build(layout, "off")

    def former(self, version: str) -> Path:
        """Return the installer of a version that exists."""
        return next((HOME / version / "out").glob("*.exe"))

    def other_program(self) -> Path:
        """Return a program that is no installer."""
        return self.built.tree / launcher.WINDOW

    def file_for_stick(self, setup: Path) -> Path:
        """Return an installer with its signature in a folder of the account."""
        stick = self.system.profile / "USB của tôi"
        stick.mkdir(exist_ok=True)
        copy = Path(shutil.copy(setup, stick))
        self._sign(setup, copy)
        return copy

    def _sign(self, _setup: Path, copy: Path) -> None:
        update_keys.sign(self.update_key, copy)


@dataclass
class GivenStage(Stage):
    """A stage whose later versions are in a folder, with signatures.

    `write_versions` fills the folder.
    """

    versions: Path = HOME

    @property
    def python(self) -> Path:
        """The folder of a CPython with its programs."""
        return self.versions / _PYTHON

    def later(self, version: str, _change: Callable[[Layout], None] | None = None) -> Path:
        """Return the given installer of a version."""
        return next((self.versions / version).glob("*.exe"))

    def former(self, version: str) -> Path:
        """Return the given installer of a version."""
        return self.later(version)

    def other_program(self) -> Path:
        """Return a program that is no installer."""
        return self.versions / _OTHER / launcher.WINDOW

    def _sign(self, setup: Path, copy: Path) -> None:
        shutil.copy(setup.with_name(setup.name + update_keys.SUFFIX), copy.with_name(copy.name + update_keys.SUFFIX))


def write_versions(built: Layout, target: Path) -> None:
    """Write what a smoke test on Windows needs besides the package."""
    key = HOME / "update-key-of-versions.pem"
    key.parent.mkdir(parents=True, exist_ok=True)
    key.unlink(missing_ok=True)
    update_keys.make(key)
    stage = Stage(Pc(HOME / "pc"), built, key)
    shutil.rmtree(target, ignore_errors=True)
    files = {version: stage.later(version) for version in VERSIONS} | {_OTHER: stage.other_program()}
    for name, file in files.items():
        (target / name).mkdir(parents=True)
        update_keys.sign(key, Path(shutil.copy(file, target / name)))
    shutil.copytree(stage.python, target / _PYTHON)
