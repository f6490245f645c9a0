"""Stage of the smoke test: a PC, the build, later versions."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from windows import installer, launcher, program, update_keys
from windows.layout import WORK, Layout, set_times
from windows.pc import Pc
from windows.system import System

HOME = WORK / "smoke"
VERSIONS = ("9.0.1", "9.0.2", "9.0.3", "9.0.4")
"""The later versions that a real Windows is given; it does not make installers."""
_OTHER, _PYTHON = "other", "python"


def _damage_start(layout: Layout) -> None:
    """Let the self-check fail."""
    (layout.program / "app" / "settings.pyc").unlink()


def _damage_opening(layout: Layout) -> None:
    """Let the self-check pass, and the opening of an office fail."""
    text = "import sys\nif 'self-check' not in sys.argv:\n    sys.modules['app.office.verification'] = None\n"
    (layout.packages / "sitecustomize.py").write_text(text, encoding="ascii")


_CHANGES: Mapping[str, Callable[[Layout], None]] = {"9.0.2": _damage_start, "9.0.4": _damage_opening}


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
