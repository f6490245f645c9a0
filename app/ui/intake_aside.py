"""The right column of an intake, alive while one types: the promise with its reason, the fee, what is missing, and
what the office already knows; below it the one act, «Lưu và in»."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.models.values import local
from app.ui.dates import shown_day, shown_time, weekday
from app.ui.style import GRID, mark
from app.ui.widgets import button, column, label
from app.usecases.desk import DossierLine
from app.usecases.preview import Preview
from app.wording.numbers import money
from app.wording.status import status_name

WIDTH = 264


class IntakeAside(QFrame):
    """What the clerk tells the citizen before saving."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("aside")
        self.setFixedWidth(WIDTH)
        self._due = label("Chọn thủ tục để thấy ngày hẹn trả", "strong", wrap=True)
        self._reason = label(role="caption", wrap=True)
        self._proof = label(role="caption", wrap=True)
        self._fee = label("–", "strong", wrap=True)
        self._missing = label("–", wrap=True)
        self._warnings = label(role="look", wrap=True)
        self._visits = label(role="look", wrap=True)
        self.save = button("Lưu và in    F9", main=True)
        self.save.setObjectName("intake.save")
        self.save.setMinimumHeight(40)
        self.save.setAccessibleName("Lưu và in, phím F9")
        inner = QWidget()
        inner.setObjectName("clear")
        box = column(
            label("Hẹn trả", "caption"),
            self._due,
            self._reason,
            _gap(),
            label("Phí, lệ phí", "caption"),
            self._fee,
            _gap(),
            label("Giấy tờ còn thiếu", "caption"),
            self._missing,
            _gap(),
            self._warnings,
            self._visits,
            _gap(),
            self._proof,
            gap=GRID // 2,
        )
        box.addStretch(1)
        inner.setLayout(box)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(scroll, self.save, margin=2 * GRID))
        self.show_warnings(())
        self.show_visits(())

    def show_promise(self, preview: Preview | None, chosen: bool) -> None:
        """The appointment and the lines that prove it; None where there is nothing to reckon yet."""
        if preview is None:
            self._due.setText("Chọn thủ tục để thấy ngày hẹn trả" if not chosen else "Đang tính…")
            self._reason.setText("")
            self._proof.setText("")
            self.show_warnings(())
        else:
            self._due.setText(due_words(preview.due_at))
            self._reason.setText("\n".join(preview.deadline[:1]))
            self._proof.setText("\n".join(preview.deadline[1:]))
            self.show_warnings(preview.warnings)
        mark(self._due, "role", "date" if preview is not None and preview.due_at else "strong")

    def show_fee(self, amount: int | None, chosen: bool) -> None:
        """The fee for all sets; an unknown one is never shown as nothing."""
        known = "Không thu" if amount == 0 else money(amount or 0)
        self._fee.setText("–" if not chosen else "Chưa rõ; ghi ở ô phí nếu biết" if amount is None else known)

    def show_missing(self, names: Sequence[str], chosen: bool) -> None:
        """What the citizen still has to bring."""
        none = "Không thiếu giấy nào" if chosen else "–"
        self._missing.setText("\n".join(f"· {name}" for name in names) or none)
        mark(self._missing, "role", "look" if names else "")

    def show_warnings(self, lines: Sequence[str]) -> None:
        """What to look at again; nothing here stops the work."""
        self._warnings.setText("\n".join(lines))
        self._warnings.setVisible(bool(lines))

    def show_visits(self, visits: Sequence[DossierLine]) -> None:
        """Dossiers of the same person and procedure in the last thirty days."""
        said = [f"{shown_day(local(v.received_at).date())}: {v.code}, {status_name(v.status).lower()}" for v in visits]
        self._visits.setText("Đã đến cùng việc này:\n" + "\n".join(said) if said else "")
        self._visits.setVisible(bool(said))


def due_words(due_at: datetime | None) -> str:
    """The appointment in two lines, or that there is none."""
    if due_at is None:
        return "Chưa hẹn được ngày"
    day = local(due_at).date()
    return f"{shown_time(due_at)} {weekday(day)}\n{shown_day(day)}"


def _gap() -> QWidget:
    made = QWidget()
    made.setFixedHeight(GRID)
    return made
