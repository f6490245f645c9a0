"""Column widths that the user set, remembered on this machine."""

import json
from collections.abc import Mapping

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

SETTINGS_FILE = "tables_file"
"""Property of the window that names the settings file of its tables."""


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
    file = table.window().property(SETTINGS_FILE)
    return QSettings(str(file), QSettings.Format.IniFormat) if file else None


def _key(table: QWidget) -> str:
    return f"tables/{table.accessibleName()}"
