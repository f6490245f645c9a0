"""Where an office's key file lies. Read at every start, so nothing else is read with it."""

from pathlib import Path

FILE_NAME = "keys.json"
PENDING_FILE_NAME = "keys.new.json"
"""The key file of a change under way: until it took the other's place, either may be the right one."""


def is_locked(folder: Path) -> bool:
    """Whether an office's folder holds a key file: a training office has none."""
    return (folder / FILE_NAME).exists() or (folder / PENDING_FILE_NAME).exists()
