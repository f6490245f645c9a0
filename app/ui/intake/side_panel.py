"""Side panel of the intake page: notices, promise, fee, papers, buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from app.models.instants import local
from app.ui.kit.dates import format_day, format_promise, format_time, weekday
from app.ui.kit.layouts import FittedScrollArea
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import button, column, label, tooltip_text
from app.wording.numbers import money
from app.wording.status import status_name

if TYPE_CHECKING:
    from app.services.dossier_lines import DossierLine
    from app.ui.intake.doubt_bar import DoubtBar
    from app.ui.intake.saved_banner import SavedBanner
    from app.usecases.intake.preview import Preview

WIDTH, NARROW = 264, 232
_MAX_NAMES = 4
_MAX_VISITS = 2
_SAME = "Đã đến cùng việc này:"
_PERHAPS = "Có thể đã đến cùng việc này (trùng tên và ngày sinh, hoặc điện thoại):"
_CHOOSE = "Chọn thủ tục để thấy ngày hẹn trả"


class IntakeSidePanel(QFrame):
    """Values for the citizen, updated with the form, and its buttons.

    The dossier just saved is above the values, which are hidden while the form is empty. A question takes the place of
    all but the main button. So nothing else moves.
    """

    def __init__(self, saved: SavedBanner, question: DoubtBar) -> None:
        super().__init__()
        self.setObjectName("aside")
        self.setFixedWidth(WIDTH)
        self._due = label(_CHOOSE, "strong", wrap=True)
        self._reason = label(role="caption", wrap=True)
        self._second_limit = label(role="caption", wrap=True)
        self._proof = label(role="caption", wrap=True)
        self._fee = label("–", "strong", wrap=True)
        self._relief = label(role="caption", wrap=True)
        self._advice = label(role="caption", wrap=True)
        self._missing = NameList()
        self._warnings = label(role="warning", wrap=True)
        self._doubts = label(role="warning", wrap=True)
        self._visits = label(role="warning", wrap=True)
        self._proof_toggle = button("Cách tính ngày hẹn", link=True)
        self._proof_toggle.setCheckable(True)
        self._proof_toggle.toggled.connect(self._show_proof)
        self.save = button("Lưu và in    F9", main=True)
        self.save.setObjectName("intake.save")
        self.save.setMinimumHeight(40)
        self.save.setAccessibleName("Lưu và in, phím F9")
        self.turn_away = _size_retaining_link("Từ chối tiếp nhận  Ctrl+T")
        self.turn_away.setObjectName("intake.turnAway")
        self.discard = _size_retaining_link("Bỏ phần nhập  Ctrl+N")
        self.drafts = _size_retaining_link("Bản nháp  Ctrl+D")
        self.drafts.setObjectName("intake.drafts")
        self._links = QWidget()
        self._links.setObjectName("clear")
        self._links.setLayout(column(self.turn_away, self.discard, self.drafts, gap=0))
        self._saved, self._texts = saved, QWidget()
        self._scrolled = FittedScrollArea(self._values())
        question.toggled.connect(self._give_place)
        box = column(self._scrolled, question, self._links, self.save)
        box.setContentsMargins(GRID, GRID, GRID, 2 * GRID)
        box.setStretch(0, 1)
        box.setStretch(1, 1)
        self.setLayout(box)
        stops = (self.save, self._proof_toggle, self.turn_away, self.discard, self.drafts)
        for stop, following in pairwise(stops):
            self.setTabOrder(stop, following)
        self.show_promise(None, False)
        self.show_visits()
        self.show_doubts(())

    def set_narrow(self, narrow: bool) -> None:
        """Use a small screen: hidden links leave their place to the values.

        A font of the system that is wider than usual widens the panel.
        """
        links = (self.turn_away, self.discard, self.drafts)
        edges, bar = 2 * GRID + 2, self._scrolled.verticalScrollBar().sizeHint().width()
        needed = max(self._saved.links_width + bar, *(link.sizeHint().width() for link in links))
        self.setFixedWidth(max(NARROW if narrow else WIDTH, needed + edges))
        for link in links:
            policy = link.sizePolicy()
            policy.setRetainSizeWhenHidden(not narrow)
            link.setSizePolicy(policy)

    def _give_place(self, taken: bool) -> None:
        """Give the question its place, or take it back."""
        for part in (self._scrolled, self._links):
            part.setVisible(not taken)
        set_style_property(self.save, "main", not taken)

    def _values(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("clear")
        parts = (
            label("Hẹn trả", "caption"),
            self._due,
            self._reason,
            self._second_limit,
            self._advice,
            self._warnings,
            self._proof_toggle,
            self._proof,
            _gap(),
        )
        fee = (label("Phí, lệ phí", "caption"), self._fee, self._relief, _gap())
        rest = (label("Giấy tờ còn thiếu", "caption"), self._missing, _gap(), self._doubts, self._visits)
        texts = column(*parts, *fee, *rest, gap=GRID // 2)
        texts.setContentsMargins(GRID, GRID, GRID, 0)
        self._texts.setObjectName("clear")
        self._texts.setLayout(texts)
        box = column(self._saved, self._texts, gap=0)
        box.addStretch(1)
        inner.setLayout(box)
        return inner

    def show_form_actions(self, begun: bool) -> None:
        """Show the values and the links of a begun form.

        The dossier just saved is shown alone until then.
        """
        self._texts.setVisible(begun or self._saved.isHidden())
        self.turn_away.setVisible(begun)
        self.discard.setVisible(begun)

    def show_drafts(self, count: int) -> None:
        """Show the link to the list if there are other drafts."""
        self.drafts.setText(f"Bản nháp ({count})  Ctrl+D")
        self.drafts.setVisible(count > 0)

    def show_promise(self, preview: Preview | None, chosen: bool, exempt: bool = False) -> None:
        """Show date, proof and fee of `preview`, placeholders for None.

        `chosen` is True if a procedure is chosen, `exempt` if the fee is waived.
        """
        self._show_fee(preview.fee if preview else None, preview is not None, exempt)
        self._show_relief(preview)
        self._advice.setText(f"Nói với công dân: {preview.advice}" if preview is not None and preview.advice else "")
        self._advice.setVisible(bool(self._advice.text()))
        if preview is None:
            self._due.setText(_CHOOSE if not chosen else "Chưa tính được ngày hẹn")
            self._reason.setText("")
            self._proof.setText("")
            self.show_warnings(())
        else:
            self._due.setText(due_text(preview.due_at))
            self._reason.setText(first_proof_part(preview.deadline))
            self._proof.setText("\n".join(preview.deadline))
            self.show_warnings(preview.warnings)
        self._reason.setVisible(bool(self._reason.text()))
        self._second_limit.setText("" if preview is None else second_limit_text(preview))
        self._second_limit.setVisible(bool(self._second_limit.text()))
        self._proof_toggle.setVisible(bool(self._proof.text()))
        self._due.setToolTip(tooltip_text(self._proof.text()))
        self._show_proof()
        set_style_property(self._due, "role", "date" if preview is not None and preview.due_at else "strong")

    def _show_proof(self) -> None:
        self._proof.setVisible(self._proof_toggle.isChecked() and bool(self._proof.text()))

    def _show_fee(self, amount: int | None, chosen: bool, exempt: bool) -> None:
        """Show the fee for all sets; an unknown fee is not shown as zero."""
        text = money(amount) if amount else "Được miễn" if exempt else "Không thu"
        self._fee.setText("–" if not chosen else "Chưa rõ; ghi ở ô phí nếu biết" if amount is None else text)

    def _show_relief(self, preview: Preview | None) -> None:
        """Show why the fee is lower, with the legal basis."""
        self._relief.setText(preview.relief if preview is not None else "")
        self._relief.setVisible(bool(self._relief.text()))

    def show_missing(self, names: Sequence[str], chosen: bool) -> None:
        """Show the names of missing papers."""
        self._missing.show_names(names, "Không thiếu giấy nào" if chosen else "–")

    def show_warnings(self, lines: Sequence[str]) -> None:
        """Show warnings; they do not prevent saving."""
        self._warnings.setText("\n".join(lines))
        self._warnings.setVisible(bool(lines))

    def show_doubts(self, sentences: Sequence[str]) -> None:
        """Show what is doubtful in the form."""
        self._doubts.setText("\n".join(sentences))
        self._doubts.setVisible(bool(sentences))

    def show_visits(self, same: Sequence[DossierLine] = (), possible: Sequence[DossierLine] = ()) -> None:
        """Show recent dossiers of the `same` person or of `possible` matches."""
        certain = [
            f"{format_day(local(v.received_at).date())}: {v.code}, {status_name(v.status).lower()}" for v in same
        ]
        likely = [f"{format_day(local(v.received_at).date())}: {v.code}, {v.name}" for v in possible]
        lines = [*_visit_lines(_SAME, certain), *_visit_lines(_PERHAPS, likely)]
        self._visits.setText("\n".join(lines))
        self._visits.setToolTip(tooltip_text("\n".join((*certain, *likely))))
        self._visits.setVisible(bool(lines))


def _visit_lines(heading: str, visits: Sequence[str]) -> list[str]:
    more = [f"và {len(visits) - _MAX_VISITS} lần nữa"] if len(visits) > _MAX_VISITS else []
    return [heading, *visits[:_MAX_VISITS], *more] if visits else []


class NameList(QLabel):
    """A few names, elided to one line each.

    The tool tip shows all names in full.
    """

    def __init__(self) -> None:
        super().__init__("–")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.names: tuple[str, ...] = ()
        self._placeholder = "–"

    def show_names(self, names: Sequence[str], placeholder: str) -> None:
        """Show names, or `placeholder` for none."""
        self.names, self._placeholder = tuple(names), placeholder
        self.setToolTip(tooltip_text("\n".join(names)))
        self.setAccessibleDescription(", ".join(names))
        set_style_property(self, "role", "warning" if names else "")
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        width = self.width() - 2
        lines = [
            self.fontMetrics().elidedText(f"· {name}", Qt.TextElideMode.ElideRight, width)
            for name in self.names[:_MAX_NAMES]
        ]
        if len(self.names) > _MAX_NAMES:
            lines.append(f"và {len(self.names) - _MAX_NAMES} giấy nữa")
        self.setText("\n".join(lines) or self._placeholder)


def first_proof_part(deadline: Sequence[str]) -> str:
    """Return the first part of the proof.

    An example is «Thời hạn giải quyết: 5 ngày làm việc».
    """
    return deadline[0].partition(";")[0] if deadline else ""


def second_limit_text(preview: Preview) -> str:
    """Return the limit of the law and the date of lateness if they differ."""
    late_at = preview.original_due_at if preview.original_due_at != preview.due_at else None
    if preview.law_due_at is None:
        return f"Hẹn theo luật; tính trễ hạn sau {format_promise(late_at)}." if late_at else ""
    sooner = preview.due_at is not None and preview.due_at < preview.law_due_at
    when = f"{preview.law_limit}, {format_promise(preview.law_due_at)}"
    late = " Tính trễ hạn theo luật." if late_at == preview.law_due_at else ""
    return f"Hạn theo luật: {when}; cơ quan hẹn {'sớm hơn' if sooner else 'như trên'}.{late}"


def due_text(due_at: datetime | None) -> str:
    """Return the promised date in two lines, or a sentence for none."""
    if due_at is None:
        return "Chưa hẹn được ngày"
    day = local(due_at).date()
    return f"{format_time(due_at)} {weekday(day)}\n{format_day(day)}"


def _size_retaining_link(text: str) -> QPushButton:
    """Return a hidden link that keeps its size.

    The layout does not move when the link appears.
    """
    link = button(text, link=True)
    policy = link.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    link.setSizePolicy(policy)
    link.hide()
    return link


def _gap() -> QWidget:
    gap = QWidget()
    gap.setFixedHeight(GRID // 2)
    return gap
