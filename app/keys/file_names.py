"""Names of the key files.

A module of its own because every start reads it, before the cryptographic packages are needed.
"""

import os
from pathlib import Path

FILE_NAME = "keys.json"
PENDING_FILE_NAME = "keys.new.json"
"""Key file of a key change in progress. Until it replaces the other, either of the two may fit the database."""


def is_locked(folder: Path) -> bool:
    """Return whether an office's folder holds a key file.

    A training office has none.
    """
    # os.path.exists is False for a name that is too long; Path.exists raises.
    return any(os.path.exists(folder / name) for name in (FILE_NAME, PENDING_FILE_NAME))
