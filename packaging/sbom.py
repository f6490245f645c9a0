"""Bill of materials: `python packaging/sbom.py` writes docs/sbom.json.

CycloneDX 1.5: each pinned package with its version and the licence of its metadata.
The hashes of the files are in requirements.txt. The same pins and packages give the same bytes.
`--check` only reports whether the file is up to date (exit status 1: no).
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
TARGET = REPOSITORY / "docs" / "sbom.json"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_CLASSIFIER_PREFIX = "License :: OSI Approved :: "
_MISSING_LICENCES = {
    "tzdata": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "pyrage": "MIT",
    "pywin32-ctypes": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
}
"""Licences that package metadata lacks, or of packages for Windows only."""


def pins(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and version of each pin of a requirements file."""
    yield from ((match[1], match[2]) for match in map(_PIN.match, text.splitlines()) if match)


def licence(name: str) -> str:
    """Return a package's licence by its metadata; empty if not installed."""
    try:
        package = metadata(name)
    except PackageNotFoundError:
        return ""
    classified = [
        each.removeprefix(_CLASSIFIER_PREFIX)
        for each in package.get_all("Classifier", [])
        if each.startswith(_CLASSIFIER_PREFIX)
    ]
    first_line = _header(package, "License").strip().partition("\n")[0]
    return _header(package, "License-Expression") or " AND ".join(classified) or first_line[:80]


def _header(package: PackageMetadata, name: str) -> str:
    """Return the first value of a header, empty if it has none."""
    values: list[str] = package.get_all(name, [])
    return values[0] if values else ""


def bill(requirements: str, licences: Mapping[str, str]) -> dict[str, Any]:
    """Return the bill in CycloneDX form."""
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
    """Return the licences of the existing bill.

    A package that this system does not install keeps its licence.
    """
    if not TARGET.exists():
        return {}
    components = json.loads(TARGET.read_text(encoding="utf-8"))["components"]
    return {each["name"]: each["licenses"][0]["license"]["name"] for each in components}


def main(arguments: list[str]) -> int:
    """Write the bill, or compare it with the existing one."""
    requirements = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8")
    known = known_licences()
    document = bill(
        requirements,
        {name: _MISSING_LICENCES.get(name) or licence(name) or known.get(name, "") for name, _ in pins(requirements)},
    )
    content = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if "--check" in arguments:
        return 0 if TARGET.exists() and TARGET.read_text(encoding="utf-8") == content else 1
    TARGET.write_text(content, encoding="utf-8", newline="\n")
    print(f"{TARGET}: {len(document['components'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
