"""Key paths of JSON values."""

import re
from collections.abc import Iterator
from typing import Any

_NUMBER, _DIGEST = re.compile(r"[0-9]+"), re.compile(r"[0-9a-f]{16,}")


def key_paths(value: Any) -> set[str]:
    """Return the paths of all keys, such as `steps[].at`.

    Keys that are data appear as `N` or `DIGEST`. A pair of a code and its values, which is the form of messages in the
    journal, counts as an object with that code as key.
    """
    return {path for path in _paths(value, "") if path}


def longest(paths: set[str]) -> set[str]:
    """Return the paths that no other path continues.

    A path and its continuation both occur if a key is null in one answer and an object in another.
    """
    return {path for path in paths if not any(other.startswith((f"{path}.", f"{path}[]")) for other in paths)}


def _paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield path
        for key, each in value.items():
            yield from _paths(each, f"{path}.{_name(key)}" if path else _name(key))
    elif isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict):
        yield from _paths(value[1], f"{path}.{value[0]}")
    elif isinstance(value, list):
        yield f"{path}[]"
        for each in value:
            yield from _paths(each, f"{path}[]")
    else:
        yield path


def _name(key: str) -> str:
    name = key.partition(":")[0]  # a counter's name continues with year, desk and field
    return "N" if _NUMBER.fullmatch(name) else "DIGEST" if _DIGEST.fullmatch(name) else name
