"""What pages ask of the window, by their signals, and who answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

_PAGE_NAMES = ("count", "calendar", "devices", "catalogue", "sync", "people", "rebuild", "notices", "citizens")
"""Pages that other pages ask for, each by its signal `…_asked`."""


def signal_map(window: Any) -> dict[str, Callable[..., None]]:
    """For each signal a page may have, what the window does."""
    return {
        "open_requested": window.open_dossier,
        "accepted": window.prints.print_after_intake,
        "handover_list_requested": window.prints.show_handover_list,
        "document_ready": window.prints.show_document,
        **{f"{each}_asked": partial(window.go_to_page, each) for each in _PAGE_NAMES},
        "print_queue_requested": window.paper_dialogs.show_print_queue,
        "preprinted_requested": window.paper_dialogs.show_preprinted,
        "counter_refusals_requested": window.paper_dialogs.show_counter_refusals,
        "kiosk_requested": partial(window._open_screen, "kiosk"),
        "display_requested": partial(window._open_screen, "display"),
        "print_requested": window.prints.print_one,
        "sheet_print_requested": window.prints.print_sheet,
        "preview_requested": window.prints.preview,
        "clock_doubted": window._resolve_clock,
        "reissue_requested": window._reissue,
        "batch_requested": window.prints.print_batch,
    }
