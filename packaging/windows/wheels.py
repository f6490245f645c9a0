"""The libraries: wheels of requirements.txt for Windows, by hash.

The runtime set is the dependencies of pyproject.toml and what their wheels require on Windows, each at the version and
with the hashes of requirements.txt.
"""

import ast
import hashlib
import operator
import re
import shutil
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath
from typing import Any

from windows.layout import DOWNLOADS, REPOSITORY, BuildError, Layout
from windows.tools import note, pip

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)[^\n]*?(?:;\s*([^\\\n]+?))?\s*\\?$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)[^;]*(?:;\s*(.+))?$")
_ENVIRONMENT = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": "3.13",
    "python_full_version": "3.13.0",
    "extra": "",
}
"""The values of dependency markers (PEP 508) on the target."""
_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_TARGET = ("--platform", "win_amd64", "--python-version", "3.13", "--implementation", "cp", "--only-binary", ":all:")
_WHEEL_FOLDER = DOWNLOADS / "wheels"
_SPREAD = ("purelib", "platlib")
"""Parts of a wheel's `.data` folder that go among the packages; scripts, headers and data are left out."""


@dataclass(frozen=True)
class Pin:
    """A line of requirements.txt: name, version and accepted SHA-256."""

    name: str
    version: str
    hashes: frozenset[str]


def applies(marker: str) -> bool:
    """Return whether a dependency marker holds on the target."""
    return not marker or _evaluate(ast.parse(marker.strip(), mode="eval").body)


def _evaluate(node: ast.expr) -> bool:
    if isinstance(node, ast.BoolOp):
        parts = [_evaluate(part) for part in node.values]
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARE:
        left, right = node.left, node.comparators[0]
        versioned = any(isinstance(side, ast.Name) and "version" in side.id for side in (left, right))
        values = [_version(_value(side)) if versioned else _value(side) for side in (left, right)]
        return _COMPARE[type(node.ops[0])](*values)
    raise BuildError(f"marker not understood: {ast.unparse(node)}")


def _value(node: ast.expr) -> str:
    if isinstance(node, ast.Name) and node.id in _ENVIRONMENT:
        return _ENVIRONMENT[node.id]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise BuildError(f"marker not understood: {ast.unparse(node)}")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", text))


def normal(name: str) -> str:
    """Return a package name in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(text: str) -> dict[str, Pin]:
    """Return the pins that apply on the target, by normal name."""
    pins = {}
    starts = [match for match in _PIN.finditer(text)]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    for match, end in zip(starts, ends, strict=True):
        if applies(match[3] or ""):
            name = normal(match[1])
            pins[name] = Pin(name, match[2], frozenset(_HASH.findall(text, match.start(), end)))
    return pins


def direct_dependencies() -> list[str]:
    """Return the normal names of the dependencies of pyproject.toml."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return _applying(project["dependencies"])


def _applying(requirements: Iterable[str]) -> list[str]:
    matches = [_REQUIREMENT.match(requirement) for requirement in requirements]
    return [normal(match[1]) for match in matches if match and applies(match[2] or "")]


def fetch(others: Iterable[str] = ()) -> dict[Pin, Path]:
    """Return the wheels of the runtime set, fetched where missing.

    `others` are packages beside it, for tests.

    Raises BuildError for a package without a pin, or a wheel with another hash.
    """
    pins = read_pins((REPOSITORY / "requirements.txt").read_text(encoding="utf-8"))
    _WHEEL_FOLDER.mkdir(parents=True, exist_ok=True)
    wheels: dict[Pin, Path] = {}
    wave = {*direct_dependencies(), *map(normal, others)}
    while wave:
        unpinned = sorted(wave - pins.keys())
        if unpinned:
            raise BuildError(f"requirements.txt has no pin for {', '.join(unpinned)}")
        fetched = _fetch_wave([pins[name] for name in sorted(wave)])
        wheels |= fetched
        known = {pin.name for pin in wheels}
        wave = {name for wheel in fetched.values() for name in _requires(wheel)} - known
    return dict(sorted(wheels.items(), key=lambda item: item[0].name))


def _fetch_wave(pins: list[Pin]) -> dict[Pin, Path]:
    missing = [pin for pin in pins if _stored(pin) is None]
    if missing:
        note(f"wheels: {', '.join(pin.name for pin in missing)}")
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
            file.writelines(
                f"{pin.name}=={pin.version} {' '.join(f'--hash=sha256:{each}' for each in sorted(pin.hashes))}\n"
                for pin in missing
            )
            file.flush()
            options = ("-q", "--no-deps", "--require-hashes", *_TARGET)
            pip("download", *options, "-d", _WHEEL_FOLDER, "-r", file.name)
    stored = {pin: _stored(pin) for pin in pins}
    lost = [pin.name for pin, wheel in stored.items() if wheel is None]
    if lost:
        raise BuildError(f"no Windows wheel with a pinned hash: {', '.join(lost)}")
    return {pin: wheel for pin, wheel in stored.items() if wheel is not None}


def _stored(pin: Pin) -> Path | None:
    """Return the fetched wheel of a pin whose hash is right."""
    for wheel in sorted(_WHEEL_FOLDER.glob("*.whl")):
        name, version, *_tags = wheel.name.split("-")
        if (normal(name), version) == (pin.name, pin.version) and _sha256(wheel) in pin.hashes:
            return wheel
    return None


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def metadata(wheel: Path) -> Mapping[str, list[str]]:
    """Return the headers of a wheel's metadata, each with all its values."""
    with zipfile.ZipFile(wheel) as members:
        name = next(name for name in members.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        headers = HeaderParser().parsestr(members.read(name).decode("utf-8"))
    return {key.lower(): [str(value) for value in headers.get_all(key, [])] for key in headers}


def _requires(wheel: Path) -> list[str]:
    return _applying(metadata(wheel).get("requires-dist", []))


def unpack(layout: Layout, wheels: Iterable[Path]) -> None:
    """Unpack the wheels into the packages of the tree.

    Raises BuildError for a member outside its wheel, or two wheels with one file.
    """
    layout.packages.mkdir(parents=True)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as members:
            for member in members.infolist():
                place = None if member.is_dir() else _place(member.filename)
                if place is not None:
                    _write(members, member, layout.packages / place)


def _place(name: str) -> PurePosixPath | None:
    """Return where a member goes, below the packages; None if left out."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise BuildError(f"{name}: outside its wheel")
    if not path.parts[0].endswith(".data"):
        return path
    return PurePosixPath(*path.parts[2:]) if path.parts[1] in _SPREAD else None


def _write(members: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    if target.exists():
        raise BuildError(f"{member.filename}: in two wheels")
    target.parent.mkdir(parents=True, exist_ok=True)
    with members.open(member) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
