"""Asking where a file goes."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(parent: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
    """Where to save, in Qt's own dialog: the system's one would let a scan through."""
    options = QFileDialog.Option.DontUseNativeDialog
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / proposed), kinds, options=options)
    return Path(chosen) if chosen else None
