"""Paths of a build, and the version that it carries."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = Path(__file__).resolve().parent
"""C sources, manifest, NSIS script and the texts of the package."""
WORK = REPOSITORY / "build" / "windows"
DOWNLOADS = WORK / "downloads"
OUTPUT = REPOSITORY / "dist" / "windows"
PUBLIC_KEY = REPOSITORY / "resources" / "update-key.txt"
"""The Ed25519 public key of updates, 64 hexadecimal digits; without it the program refuses updates from a file."""
ARCHITECTURE = "amd64"
_FIRST_DAY = 315_532_800
"""1980-01-01, the oldest date of a zip member."""


class BuildError(Exception):
    """A step of the build that cannot be done, with the reason."""


@dataclass(frozen=True)
class Layout:
    """Folders of one build.

    `tree` becomes the program folder. `epoch` is the time of every file in it.
    """

    version: str
    epoch: int
    work: Path = WORK
    output: Path = OUTPUT

    @property
    def tree(self) -> Path:
        """The program folder: launchers, `phien-ban.txt`, `python`."""
        return self.work / "tree"

    @property
    def python(self) -> Path:
        """The folder of CPython, with `Lib/site-packages` and `program`."""
        return self.tree / "python"

    @property
    def packages(self) -> Path:
        """The folder of the libraries."""
        return self.python / "Lib" / "site-packages"

    @property
    def program(self) -> Path:
        """The folder of `main`, `app` and `resources`."""
        return self.python / "program"

    @property
    def launchers(self) -> Path:
        """The folder of the linked launchers and the icon."""
        return self.work / "launchers"


def source_version() -> str:
    """Return the version of pyproject.toml."""
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    match = re.search(r'^version = "([0-9]+\.[0-9]+\.[0-9]+)"', text, re.MULTILINE)
    if match is None:
        raise BuildError("pyproject.toml: no version of three numbers")
    return match[1]


def source_epoch() -> int:
    """Return SOURCE_DATE_EPOCH, else the time of the last commit."""
    variable = os.environ.get("SOURCE_DATE_EPOCH", "")
    if variable.isdigit():
        return max(int(variable), _FIRST_DAY)
    log = ["git", "-C", str(REPOSITORY), "log", "-1", "--format=%ct"]
    commit = subprocess.run(log, capture_output=True, encoding="utf-8", check=False).stdout.strip()
    return max(int(commit), _FIRST_DAY) if commit.isdigit() else _FIRST_DAY


def set_times(folder: Path, epoch: int) -> None:
    """Give every file and folder the same time; NSIS and zip store it."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (epoch, epoch))
