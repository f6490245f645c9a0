"""Where the program's own files are: fonts, icons, the starter catalogue.

A wheel carries the folder as `app/resources`; in the source tree it is `resources` beside `app`.
"""

from functools import cache
from pathlib import Path

_PACKAGED = Path(__file__).resolve().parent / "resources"

RESOURCES = _PACKAGED if _PACKAGED.is_dir() else _PACKAGED.parents[1] / "resources"
"""The folder of resources, read-only."""
FORM_SETS = RESOURCES / "forms"
"""The folder of the shipped sets of forms, a file each."""
_PACKAGE = _PACKAGED.parent


def is_program_file(file: Path) -> bool:
    """Return whether a path is one of the program's own files."""
    return file.is_relative_to(RESOURCES) or file.is_relative_to(_PACKAGE)


@cache
def shipped_form_sets() -> frozenset[str]:
    """Return the keys of the shipped sets, from the names of their files."""
    return frozenset(file.stem for file in FORM_SETS.glob("*.toml"))
