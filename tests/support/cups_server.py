"""CUPS with IPP printers for tests, isolated from this machine.

It runs in its own namespaces of network, mounts and processes. It takes no port of the machine, and all its processes
end with it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.cups_namespace import FIRST_PORT

_REQUIRED_TOOLS = (
    "cupsd",
    "lpadmin",
    "cupsdisable",
    "ippeveprinter",
    "dbus-daemon",
    "avahi-daemon",
    "unshare",
    "ip",
    "mount",
)
_NAMESPACE_COMMAND = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
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

CUPS_PDF = "ToFiles"
CUPS_PDF_PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
"""The driver of cups-pdf, installed with `printer-driver-cups-pdf`."""
_CUPS_PDF_SETTINGS = """
Out {at}
AnonDirName {at}
Spool /run/cups-pdf
Log /run
Label 1
"""

_PRINTER = """
ATTR text printer-make-and-model "Invented {model}"
ATTR keyword media-supported {names}
ATTR keyword media-ready {names}
ATTR keyword media-default {first}
ATTR collection media-size-supported {sizes}
ATTR collection media-col-default {default}
ATTR collection media-col-database {columns}
ATTR mimeMediaType document-format-supported application/pdf,image/pwg-raster,image/urf,application/octet-stream
ATTR mimeMediaType document-format-default application/octet-stream
ATTR resolution printer-resolution-supported {dpi}dpi
ATTR resolution printer-resolution-default {dpi}dpi
ATTR keyword pwg-raster-document-type-supported sgray_8
ATTR resolution pwg-raster-document-resolution-supported {dpi}dpi
ATTR keyword print-color-mode-supported monochrome
ATTR keyword print-color-mode-default monochrome
ATTR boolean color-supported false
ATTR keyword sides-supported one-sided
ATTR keyword sides-default one-sided
ATTR integer media-left-margin-supported {margin}
ATTR integer media-right-margin-supported {margin}
ATTR integer media-top-margin-supported {margin}
ATTR integer media-bottom-margin-supported {margin}
ATTR enum print-quality-supported 3,4,5
ATTR enum print-quality-default 4
"""


def printer_attributes(model: str, dpi: int, margin: int, *media: tuple[str, int, int]) -> str:
    """Return the IPP attributes of a printer.

    `media` are (PWG name, width, height), lengths in hundredths of a millimetre.
    """
    sizes = [
        f"MEMBER integer x-dimension {width} MEMBER integer y-dimension {height}" for _name, width, height in media
    ]
    edges = " ".join(f"MEMBER integer media-{side}-margin {margin}" for side in ("bottom", "left", "right", "top"))
    columns = [f"{{MEMBER collection media-size {{{size}}} {edges}}}" for size in sizes]
    return _PRINTER.format(
        model=model,
        dpi=dpi,
        margin=margin,
        names=",".join(name for name, _width, _height in media),
        first=media[0][0],
        sizes=",".join(f"{{{size}}}" for size in sizes),
        default=columns[0],
        columns=",".join(columns),
    )


A4 = ("iso_a4_210x297mm", 21000, 29700)
A5 = ("iso_a5_148x210mm", 14800, 21000)
ROLL = ("om_80x297mm_80x297mm", 8000, 29700)


def unavailable_reason() -> str:
    """Return why the server cannot run on this machine, or an empty text."""
    missing = [
        name for name in _REQUIRED_TOOLS if shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None
    ]
    if missing:
        return f"not installed here: {', '.join(missing)}"
    result = subprocess.run([*_NAMESPACE_COMMAND, "true"], capture_output=True, encoding="utf-8", check=False)
    return f"no name spaces of one's own here: {result.stderr.strip()}" if result.returncode else ""


class CupsServer:
    """CUPS with printers by name, each with its `printer_attributes`.

    If cups-pdf is installed, the printer `CUPS_PDF` prints to files. The folder is outside of the test's private
    one, because the printing user must be able to read it.
    """

    def __init__(self, printers: Mapping[str, str]) -> None:
        """Start the server and add the printers.

        cupsd 2.4 at times ends with a memory fault while a driver is added; then all starts once more.
        """
        try:
            self._start(printers)
        except AssertionError:
            self.close()
            self._start(printers)

    def _start(self, printers: Mapping[str, str]) -> None:
        self.folder = folder = Path(tempfile.mkdtemp(prefix="print-shop-"))
        for part in ("root/ppd", "state", "cache", "spool/tmp"):
            (folder / part).mkdir(parents=True)
        folder.chmod(0o755)
        (folder / "cups-files.conf").write_text(_FILES.format(at=folder), "ascii")
        (folder / "cupsd.conf").write_text(_SERVER.format(at=folder), "ascii")
        (folder / "printers").write_text(" ".join(printers), "ascii")
        for name, attributes in printers.items():
            (folder / f"{name}.conf").write_text(attributes, "ascii")
        (folder / CUPS_PDF).mkdir()
        (folder / "cups-pdf.conf").write_text(_CUPS_PDF_SETTINGS.format(at=folder / CUPS_PDF), "ascii")
        self.environment = {"CUPS_SERVER": str(folder / "cups.sock"), "CUPS_SERVERROOT": str(folder / "root")}
        self._path = {**os.environ, **self.environment, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
        command = [*_NAMESPACE_COMMAND, sys.executable, str(Path(__file__).with_name("cups_namespace.py")), str(folder)]
        self._process: Any = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=self._path
        )
        assert self._process.stdout.readline() == "ready\n"
        for place, name in enumerate(printers):
            self._add(name, f"ipp://localhost:{FIRST_PORT + place}/ipp/print", "-m", "everywhere")
        if CUPS_PDF_PPD.exists():
            self._add(CUPS_PDF, "cups-pdf:/", "-P", str(CUPS_PDF_PPD))

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of CUPS against this server."""
        return subprocess.run(words, env=self._path, capture_output=True, encoding="utf-8", check=False, timeout=300)

    def switch(self, command: str, name: str) -> None:
        """Switch a printer, or the service `cupsd`, `off` or `on`."""
        self._process.stdin.write(f"{command} {name}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"

    def close(self) -> None:
        """End every process of the server."""
        self._process.kill()
        self._process.communicate()
        shutil.rmtree(self.folder)

    def received_files(self, name: str) -> list[Path]:
        """Return the files that a printer received, oldest first."""
        return sorted((self.folder / name).glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns)

    def _add(self, name: str, address: str, *driver: str) -> None:
        words = ("lpadmin", "-p", name, "-E", "-v", address, *driver)
        for _ in range(60):  # until bus, Avahi, printer and cupsd all answer
            done = self.run(*words)
            if done.returncode == 0:
                return
        log = self.folder / f"{name}.log"
        raise AssertionError(f"{done.stderr}\n{log.read_text(encoding='utf-8') if log.exists() else ''}")
