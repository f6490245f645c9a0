"""System packages of the build, and commands run by it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from windows.layout import BuildError

PACKAGES = {
    "wine": ("wine64", "wine"),
    "osslsigncode": ("osslsigncode",),
    "x86_64-w64-mingw32-gcc": ("gcc-mingw-w64-x86-64-win32",),
    "makensis": ("nsis",),
    "openssl": ("openssl",),
    "Xvfb": ("xvfb",),
    "xauth": ("xauth",),
}
"""Debian packages by the command that they bring."""
_APT = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=600")


def note(line: str) -> None:
    """Print one line of progress to stderr."""
    print(line, file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a command and return its output.

    Raises BuildError with the output of a command that failed.
    """
    words = [str(word) for word in command]
    ended = subprocess.run(
        words,
        cwd=folder,
        env=None if environment is None else {**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    output = ended.stdout.decode("utf-8", "replace")
    if ended.returncode:
        raise BuildError(f"{words[0]} ended with {ended.returncode}\n{output.strip()[-4000:]}")
    return output


def install_missing() -> None:
    """Install the Debian packages whose commands are missing.

    Raises BuildError without root or apt-get.
    """
    missing = [name for command, names in PACKAGES.items() if not shutil.which(command) for name in names]
    if not _has_pip():
        missing.append("python3-pip")
    if not missing:
        return
    request = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise BuildError(f"run as root: {request}")
    note(request)
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run([*_APT, "update"], environment=environment)
    except BuildError as error:  # an unrelated package source may fail; the next step decides
        note(str(error))
    run([*_APT, "install", "-y", "--no-install-recommends", *missing], environment=environment)


def pip(*words: str | Path) -> str:
    """Run pip of this Python, else of the system's."""
    python = sys.executable if _has_pip(sys.executable) else "/usr/bin/python3"
    return run([python, "-m", "pip", "--disable-pip-version-check", *words])


def _has_pip(*pythons: str) -> bool:
    for python in pythons or (sys.executable, "/usr/bin/python3"):
        probe = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
        if probe.returncode == 0:
            return True
    return False
