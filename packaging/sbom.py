"""The bill of materials: `python packaging/sbom.py` writes docs/sbom.json from the pins and the installed packages.

CycloneDX 1.5: every pinned package with its version and its licence as its own metadata tells it; the hashes of its
files stand beside the pin, in requirements.txt. The same pins and packages give the same bytes. `--check` only says
whether the file is up to date (exit status 1: no)."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
TARGET = REPOSITORY / "docs" / "sbom.json"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_TOLD = "License :: OSI Approved :: "
_UNTOLD = {"colorama": "BSD-3-Clause", "pyrage": "MIT", "pywin32-ctypes": "BSD-3-Clause", "sqlcipher3": "Zlib"}
"""Licences that stand in a file of the package and not in its metadata, or of packages that Windows alone installs."""


def pins(text: str) -> Iterator[tuple[str, str]]:
    """Name and version of every pin of a requirements file."""
    yield from (found.group(1, 2) for found in map(_PIN.match, text.splitlines()) if found)


def licence(name: str) -> str:
    """A package's licence as its metadata tells it; empty for one that is not installed on this system."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [each.removeprefix(_TOLD) for each in told.get_all("Classifier", []) if each.startswith(_TOLD)]
    first_line = (told.get("License") or "").strip().partition("\n")[0]
    return str(told.get("License-Expression") or " AND ".join(classified) or first_line[:80])


def bill(requirements: str, licences: Mapping[str, str]) -> dict[str, Any]:
    """The whole bill as CycloneDX writes it."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "motcua"}},
        "components": [
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name.lower().replace('_', '-')}@{version}",
                "licenses": [{"license": {"name": licences[name]}}],
            }
            for name, version in pins(requirements)
        ],
    }


def known_licences() -> dict[str, str]:
    """What the bill says already: a package that this system does not install keeps the licence it was given."""
    if not TARGET.exists():
        return {}
    components = json.loads(TARGET.read_text(encoding="utf-8"))["components"]
    return {each["name"]: each["licenses"][0]["license"]["name"] for each in components}


def main(arguments: list[str]) -> int:
    """Write the bill, or compare it with what lies there."""
    requirements = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8")
    kept = known_licences()
    made = bill(
        requirements, {name: _UNTOLD.get(name) or licence(name) or kept.get(name, "") for name, _ in pins(requirements)}
    )
    content = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if "--check" in arguments:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == content else 1
    TARGET.write_text(content, encoding="utf-8", newline="\n")
    print(f"{TARGET}: {len(made['components'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
