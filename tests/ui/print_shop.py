"""A print shop for tests: CUPS of its own with real IPP printers on a loopback of its own, or none of it.

Everything runs in name spaces of its own (network, mounts, processes): no port of this machine is taken, nothing that
runs already is touched, and the end of the shop is the end of every process in it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.ui.print_shop_inside import FIRST_PORT

_NEEDED = ("cupsd", "lpadmin", "cupsdisable", "ippeveprinter", "dbus-daemon", "avahi-daemon", "unshare", "ip", "mount")
_APART = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
_FILES = """
ServerRoot {at}/root
StateDir {at}/state
CacheDir {at}/cache
RequestRoot {at}/spool
TempDir {at}/spool/tmp
AccessLog {at}/access.log
ErrorLog {at}/error.log
PageLog {at}/page.log
SystemGroup root
Sandboxing relaxed
FatalErrors none
"""
_SERVER = """
Listen {at}/cups.sock
Browsing No
DefaultAuthType None
WebInterface No
LogLevel debug
JobRetryInterval 2
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


def why_not() -> str:
    """Why this machine can open no print shop; empty where it can."""
    lacking = [name for name in _NEEDED if shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None]
    if lacking:
        return f"not installed here: {', '.join(lacking)}"
    tried = subprocess.run([*_APART, "true"], capture_output=True, text=True, check=False)
    return f"no name spaces of one's own here: {tried.stderr.strip()}" if tried.returncode else ""


class PrintShop:
    """CUPS with printers by name; a printer's file of attributes says what it is, else it is one with A4 and no A5."""

    def __init__(self, folder: Path, printers: Mapping[str, str]) -> None:
        self.folder = folder
        for part in ("root/ppd", "state", "cache", "spool/tmp"):
            (folder / part).mkdir(parents=True)
        folder.chmod(0o755)
        (folder / "cups-files.conf").write_text(_FILES.format(at=folder), "ascii")
        (folder / "cupsd.conf").write_text(_SERVER.format(at=folder), "ascii")
        (folder / "printers").write_text(" ".join(printers), "ascii")
        for name, attributes in printers.items():
            if attributes:
                (folder / f"{name}.conf").write_text(attributes, "ascii")
        self.environment = {"CUPS_SERVER": str(folder / "cups.sock"), "CUPS_SERVERROOT": str(folder / "root")}
        self._path = {**os.environ, **self.environment, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
        inside = [*_APART, sys.executable, str(Path(__file__).with_name("print_shop_inside.py")), str(folder)]
        self._inside: Any = subprocess.Popen(
            inside, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self._path
        )
        assert self._inside.stdout.readline() == "begun\n"
        for place, name in enumerate(printers):
            self._add(name, FIRST_PORT + place)

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """One of CUPS's own commands, asked of this shop."""
        return subprocess.run(words, env=self._path, capture_output=True, text=True, check=False, timeout=30)

    def say(self, what: str, name: str) -> None:
        """`off` or `on`: the switch of a printer."""
        self._inside.stdin.write(f"{what} {name}\n")
        self._inside.stdin.flush()
        assert self._inside.stdout.readline() == "done\n"

    def close(self) -> None:
        """Ends every process of the shop."""
        self._inside.kill()
        self._inside.wait()

    def arrived(self, name: str) -> list[Path]:
        """Files a printer was given, oldest first."""
        return sorted((self.folder / name).iterdir(), key=lambda file: file.stat().st_mtime_ns)

    def _add(self, name: str, port: int) -> None:
        words = ("lpadmin", "-p", name, "-E", "-v", f"ipp://localhost:{port}/ipp/print", "-m", "everywhere")
        for _ in range(60):  # until bus, Avahi, printer and cupsd all answer
            done = self.run(*words)
            if done.returncode == 0:
                return
        raise AssertionError(f"{done.stderr}\n{(self.folder / f'{name}.log').read_text()}")
