"""Portable zip, digests and bill of materials of the package."""

import hashlib
import json
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from windows.layout import ARCHITECTURE, REPOSITORY, SOURCES, BuildError, Layout
from windows.wheels import Pin, metadata
from windows.wine import SUBSTITUTES

CHECK_SCRIPT = "kiem-tra-may.cmd"
_FOLDER = "MotCua"
DIGESTS = "SHA256SUMS"
MAX_TREE_BYTES, MAX_INSTALLER_BYTES = 165_000_000, 55_000_000


def write_zip(layout: Layout) -> Path:
    """Write the portable zip: the tree, and the check of a PC beside it."""
    target = layout.output / f"motcua-{layout.version}-mang-theo.zip"
    moment = datetime.fromtimestamp(layout.epoch, UTC).timetuple()[:6]
    members = {f"{_FOLDER}/{file.relative_to(layout.tree).as_posix()}": file for file in _files(layout.tree)}
    members[CHECK_SCRIPT] = layout.output / CHECK_SCRIPT
    with zipfile.ZipFile(target, "w") as archive:
        for name, file in sorted(members.items()):
            member = zipfile.ZipInfo(name, moment)
            member.create_system, member.external_attr = 0, 0x20
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, file.read_bytes(), compresslevel=9)
    return target


def copy_check_script(layout: Layout) -> Path:
    """Write the script that describes a PC, with the line ends of Windows."""
    layout.output.mkdir(parents=True, exist_ok=True)
    lines = (SOURCES / CHECK_SCRIPT).read_text(encoding="ascii").splitlines()
    target = layout.output / CHECK_SCRIPT
    target.write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))
    return target


def write_bill(layout: Layout, wheels: dict[Pin, Path], python_sha256: str) -> Path:
    """Write the bill of materials of the package (CycloneDX 1.5).

    Each wheel has its digest and licence; CPython the digest of its interpreter.
    """
    components = [_component("application", "cpython", "3.13", python_sha256, "PSF-2.0")]
    for pin, wheel in wheels.items():
        licence = _licence(metadata(wheel))
        components.append(_component("library", pin.name, pin.version, _sha256(wheel), licence))
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "motcua", "version": layout.version}},
        "components": components,
    }
    target = layout.output / f"motcua-{layout.version}-sbom.json"
    target.write_text(json.dumps(bill, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target


def _component(kind: str, name: str, version: str, sha256: str, licence: str) -> dict[str, object]:
    component: dict[str, object] = {
        "type": kind,
        "name": name,
        "version": version,
        "hashes": [{"alg": "SHA-256", "content": sha256}],
        "licenses": [{"license": {"name": licence}}],
    }
    if kind == "library":
        component["purl"] = f"pkg:pypi/{name}@{version}"
    return component


def _licence(headers: Mapping[str, list[str]]) -> str:
    """Return the licence of a wheel's metadata, else of the project's bill."""
    prefix = "License :: OSI Approved :: "
    classified = [each.removeprefix(prefix) for each in headers.get("classifier", []) if each.startswith(prefix)]
    named = [*headers.get("license-expression", []), " AND ".join(classified), *headers.get("license", [])]
    name = headers["name"][0].lower().replace("_", "-")
    return next((each.strip().partition("\n")[0][:80] for each in named if each.strip()), "") or _billed(name)


def _billed(name: str) -> str:
    components = json.loads((REPOSITORY / "docs" / "sbom.json").read_text(encoding="utf-8"))["components"]
    matches = (each for each in components if each["name"].lower().replace("_", "-") == name)
    return str(next(matches)["licenses"][0]["license"]["name"])


def write_digests(layout: Layout, files: list[Path]) -> Path:
    """Write the SHA-256 of each file in the form of `sha256sum -c`."""
    target = layout.output / DIGESTS
    lines = [f"{_sha256(file)}  {file.name}\n" for file in sorted(files)]
    target.write_text("".join(lines), encoding="utf-8")
    return target


def check_tree(layout: Layout) -> int:
    """Return the bytes of the tree.

    Raises BuildError for a substitute of wine, a file of another architecture, or a tree that is too big.
    """
    files = _files(layout.tree)
    substitutes = [file.name for file in files if file.stem.lower() in SUBSTITUTES]
    if substitutes:
        raise BuildError(f"a substitute of wine in the package: {', '.join(substitutes)}")
    foreign = [file.name for file in files if file.suffix in (".exe", ".dll", ".pyd") and not _is_amd64(file)]
    if foreign:
        raise BuildError(f"not for {ARCHITECTURE}: {', '.join(foreign)}")
    size = sum(file.stat().st_size for file in files)
    if size > MAX_TREE_BYTES:
        raise BuildError(f"{size / 1e6:.1f} MB unpacked, at most {MAX_TREE_BYTES / 1e6:.0f}")
    return size


def check_installer(installer: Path) -> int:
    """Return the bytes of the installer.

    Raises BuildError if it is too big.
    """
    size = installer.stat().st_size
    if size > MAX_INSTALLER_BYTES:
        raise BuildError(f"installer of {size / 1e6:.1f} MB, at most {MAX_INSTALLER_BYTES / 1e6:.0f}")
    return size


def _is_amd64(file: Path) -> bool:
    content = file.read_bytes()
    header = int.from_bytes(content[0x3C:0x40], sys.byteorder)
    return content[header : header + 6] == b"PE\0\0\x64\x86"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
