"""Folders of the user that are not the data folder.

The second mark of an office's database and the log are outside the data folder, so that a data folder that is copied
back as a whole does not bring an older mark with it. The data folder is that of platformdirs: on Windows
`%LOCALAPPDATA%\\motcua`, on Linux `~/.local/share/motcua`.
"""

import os
from collections.abc import Mapping
from pathlib import Path


def seen_folder(environment: Mapping[str, str] = os.environ, windows: bool = os.name == "nt") -> Path:
    """Return the folder of the marks of real offices.

    On Windows it is in the roaming profile.

    Raises RuntimeError for a user without a home.
    """
    if windows:
        return _home(environment, "APPDATA", "AppData/Roaming") / "motcua-seen"
    return _state_folder(environment)


def former_seen_folder(environment: Mapping[str, str] = os.environ, windows: bool = os.name == "nt") -> Path | None:
    """Return where releases before this one kept the marks, if elsewhere.

    On Windows that was the default data folder.
    """
    return _home(environment, "LOCALAPPDATA", "AppData/Local") / "motcua" if windows else None


def log_folder(environment: Mapping[str, str] = os.environ, windows: bool = os.name == "nt") -> Path:
    """Return the folder of the program's log.

    Raises RuntimeError for a user without a home.
    """
    if windows:
        return _home(environment, "LOCALAPPDATA", "AppData/Local") / "MotCua-nhat-ky"
    return _state_folder(environment)


def guide_folder(environment: Mapping[str, str] = os.environ, windows: bool = os.name == "nt") -> Path:
    """Return the folder of the guide's answers and of its pointer to the data.

    Raises RuntimeError for a user without a home.
    """
    if windows:
        return _home(environment, "APPDATA", "AppData/Roaming") / "motcua-office"
    return _home(environment, "XDG_STATE_HOME", ".local/state") / "motcua-office"


def shared_data_folder(environment: Mapping[str, str] = os.environ, windows: bool = os.name == "nt") -> Path | None:
    """Return the data folder of all accounts of a Windows PC; elsewhere None."""
    program_data = environment.get("PROGRAMDATA", "")
    return Path(program_data) / "MotCua" if windows and program_data else None


def _state_folder(environment: Mapping[str, str]) -> Path:
    return _home(environment, "XDG_STATE_HOME", ".local/state") / "motcua"


def _home(environment: Mapping[str, str], variable: str, below_home: str) -> Path:
    folder = environment.get(variable)
    return Path(folder) if folder else Path.home() / below_home
