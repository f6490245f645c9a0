"""Asking where a file goes."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_save_file(parent: QWidget, title: str, proposed: str, file_types: str) -> Path | None:
    """Where to save, in Qt's own dialog: the system's one would let a scan through."""
    options = QFileDialog.Option.DontUseNativeDialog
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / proposed), file_types, options=options)
    return Path(chosen) if chosen else None
