"""Marks and log of a user are outside the data folder."""

from pathlib import Path

import platformdirs.windows
import pytest
from platformdirs.unix import Unix
from platformdirs.windows import Windows, get_win_folder_from_env_vars

from app.machine.folders import former_seen_folder, guide_folder, log_folder, seen_folder, shared_data_folder

PROFILE = {"APPDATA": "/users/an/Roaming", "LOCALAPPDATA": "/users/an/Local"}


def default_data_folder(windows: bool, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what platformdirs answers on a system."""
    for name, value in PROFILE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(platformdirs.windows, "get_win_folder", get_win_folder_from_env_vars)
    return (Windows if windows else Unix)("motcua", appauthor=False).user_data_path


@pytest.mark.parametrize("windows", [pytest.param(True, id="windows"), pytest.param(False, id="linux")])
def test_marks_and_log_are_outside_the_default_data_folder(windows: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    data = default_data_folder(windows, monkeypatch)
    for folder in (seen_folder(PROFILE, windows), log_folder(PROFILE, windows)):
        assert not folder.is_relative_to(data) and not data.is_relative_to(folder)


def test_former_marks_are_looked_for_on_windows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert former_seen_folder(PROFILE, windows=True) == default_data_folder(True, monkeypatch)
    assert former_seen_folder(PROFILE, windows=False) is None


def test_names_are_those_of_the_documentation() -> None:
    assert seen_folder(PROFILE, windows=True) == Path("/users/an/Roaming/motcua-seen")
    assert log_folder(PROFILE, windows=True) == Path("/users/an/Local/MotCua-nhat-ky")
    assert seen_folder({"XDG_STATE_HOME": "/state"}, windows=False) == Path("/state/motcua")


def test_profile_without_variables_is_below_the_home() -> None:
    home = Path.home()
    assert seen_folder({}, windows=True) == home / "AppData" / "Roaming" / "motcua-seen"
    assert log_folder({}, windows=False) == home / ".local" / "state" / "motcua"


def test_guide_is_outside_every_data_folder() -> None:
    windows = {"APPDATA": "/r", "LOCALAPPDATA": "/l", "PROGRAMDATA": "/p"}
    assert guide_folder(windows, True) == Path("/r/motcua-office")
    assert shared_data_folder(windows, True) == Path("/p/MotCua") and shared_data_folder({}, True) is None
    assert guide_folder({"XDG_STATE_HOME": "/s"}, False) == Path("/s/motcua-office")
    assert shared_data_folder(windows, False) is None
