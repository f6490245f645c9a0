"""What pages ask of the window, by their signals, and who answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

_WAYS = ("count", "calendar", "devices", "catalogue", "sync", "people", "rebuild", "notices", "citizens")
"""Pages that other pages ask for, each by its signal `…_asked`."""


def wires_of(window: Any) -> dict[str, Callable[..., None]]:
    """For each signal a page may have, what the window does."""
    return {
        "open_asked": window.open_dossier,
        "accepted": window.prints.print_after_intake,
        "list_asked": window.prints.show_list,
        "paper_made": window.prints.show_made,
        **{f"{each}_asked": partial(window.go, each) for each in _WAYS},
        "waiting_asked": window.papers.show_waiting,
        "blanks_asked": window.papers.show_blanks,
        "slips_asked": window.papers.show_slips,
        "kiosk_asked": partial(window._open_screen, "kiosk"),
        "display_asked": partial(window._open_screen, "display"),
        "print_asked": window.prints.print_one,
        "sheet_print_asked": window.prints.print_sheet,
        "preview_asked": window.prints.preview,
        "clock_doubted": window._settle_clock,
        "again_asked": window._issue_again,
        "batch_asked": window.prints.print_batch,
    }
