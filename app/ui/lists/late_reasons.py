"""Entries of the row menu that record why a dossier is late."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.models.enums import Right
from app.ui.kit.page import Page
from app.ui.kit.row_menu import MenuEntry
from app.ui.kit.runner import Changed, Level
from app.usecases.reporting.records import (
    LateReasonLine,
    ListLateReasons,
    SetHolderReason,
    SetLateReason,
    list_late_reasons,
    set_holder_reason,
    set_late_reason,
)

TITLE = "Nguyên nhân quá hạn"


class LateReasons:
    """The office's list of reasons, offered for late dossiers."""

    def __init__(self, page: Page, is_late: Callable[[Any], bool]) -> None:
        self._page, self._is_late = page, is_late
        self._reasons: tuple[str, ...] = ()

    def reload(self) -> None:
        """Read the reasons in use."""
        self._page.runner.read(list_late_reasons, ListLateReasons(), self._on_loaded, key="late reasons")

    def _on_loaded(self, lines: Sequence[LateReasonLine]) -> None:
        self._reasons = tuple(line.name for line in lines if line.active)

    def entries(self, line: Any) -> tuple[MenuEntry, ...]:
        """Return the entry of a late dossier, with one choice for each reason."""
        allowed = Right.FINISH in self._page.runner.desk.facts.rights
        if not (allowed and self._reasons and self._is_late(line)):
            return ()
        choices = tuple(MenuEntry(name, "", partial(self.record, line.code, name)) for name in self._reasons)
        return (MenuEntry(TITLE, "", choices=choices),)

    def holder_entries(self, line: Any) -> tuple[MenuEntry, ...]:
        """Return the entry of a holder with late dossiers."""
        allowed = Right.FINISH in self._page.runner.desk.facts.rights
        if not (allowed and self._reasons and line.late):
            return ()
        choices = tuple(
            MenuEntry(name, "", partial(self.record_of_holder, line.holder, name)) for name in self._reasons
        )
        return (MenuEntry(f"{TITLE} của {line.late} hồ sơ", "", choices=choices),)

    def record_of_holder(self, holder: str, reason: str) -> None:
        """Record the reason of a holder's late dossiers that have none."""
        self._page.runner.write(
            set_holder_reason,
            SetHolderReason(holder, reason),
            partial(self._on_recorded, holder, reason),
            changes=frozenset({Changed.DOSSIER}),
            source=self._page,
            activity="Đang ghi nguyên nhân",
        )

    def _on_recorded(self, holder: str, reason: str, count: int) -> None:
        text = f"Đã ghi nguyên nhân «{reason}» cho {count} hồ sơ của {holder}; nguyên nhân ghi trước giữ nguyên."
        self._page.post_message(Level.DONE, text)

    def record(self, code: str, reason: str) -> None:
        """Record the reason of a dossier."""
        self._page.runner.write(
            set_late_reason,
            SetLateReason(code, reason),
            lambda _none: self._page.post_message(Level.DONE, f"Đã ghi nguyên nhân quá hạn của {code}: {reason}."),
            changes=frozenset({Changed.DOSSIER}),
            source=self._page,
            activity="Đang ghi nguyên nhân",
        )
