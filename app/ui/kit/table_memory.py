"""Settings of the window on this machine, with the column widths."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from app.disk import is_own_file, set_aside

SETTINGS_FILE = "tables_file"
"""Property of the window that names the settings file of its tables, and of those in its dialogs."""


def window_settings(file: Path) -> QSettings:
    """Open the settings of the window.

    A link, pipe or device in their place is removed, a folder set aside: Qt writes through a link, and waits for ever
    for a pipe or for a folder in place of its lock.
    """
    for place in (file, file.with_name(f"{file.name}.lock")):
        with suppress(OSError):  # Qt then has settings that it cannot store
            if place.is_dir() and not place.is_symlink():
                set_aside(place)
            is_own_file(place)
    return QSettings(str(file), QSettings.Format.IniFormat)


def remembered_widths(table: QWidget) -> dict[str, int]:
    """Return the widths by column title; empty for unreadable settings."""
    settings = _settings(table)
    if settings is None:
        return {}
    try:
        widths = json.loads(str(settings.value(_key(table), "{}")))
    except ValueError:
        return {}
    if not isinstance(widths, dict):
        return {}
    return {str(title): width for title, width in widths.items() if isinstance(width, int) and 16 <= width <= 2000}


def remember_widths(table: QWidget, widths: Mapping[str, int]) -> None:
    """Store the widths by column title."""
    settings = _settings(table)
    if settings is not None:
        settings.setValue(_key(table), json.dumps(dict(widths), ensure_ascii=False))


def _settings(table: QWidget) -> QSettings | None:
    window: QWidget | None = table.window()
    while window is not None and not window.property(SETTINGS_FILE):
        parent = window.parentWidget()  # of a dialog
        window = None if parent is None else parent.window()
    return None if window is None else window_settings(Path(str(window.property(SETTINGS_FILE))))


def _key(table: QWidget) -> str:
    return f"tables/{table.accessibleName()}"
