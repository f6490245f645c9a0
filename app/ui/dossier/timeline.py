"""Timeline of a dossier: time, action, user and note of each step."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.enums import Action, Verdict
from app.services.dossier_detail import Step
from app.ui.kit.dates import format_instant
from app.ui.kit.style import current_colours
from app.wording.status import action_name, step_verdict

_AXIS_X = 140
_POINT = 6
_GAP = 14


class Timeline(QWidget):
    """Drawing of the steps, oldest first.

    A hollow last point marks a hand-over that is not received yet.
    """

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self._leg_open = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step], leg_open: bool) -> None:
        """Show the steps; screen readers receive them as sentences."""
        self._steps = tuple(steps)
        self._leg_open = leg_open
        self.setAccessibleName("Quá trình giải quyết")
        self.setAccessibleDescription(". ".join(f"{format_instant(s.at)} {' '.join(step_texts(s))}" for s in steps))
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(360, self._height())

    def _fit(self) -> None:
        self.setFixedHeight(max(40, self._height()))
        self.update()

    def _height(self) -> int:
        return sum(self._step_height(step) for step in self._steps) + 8

    def _step_height(self, step: Step) -> int:
        title, detail = step_texts(step)
        lines = self._wrapped(title, self._bold()) + (self._wrapped(detail, self.font()) if detail else 0)
        return lines + _GAP

    def _wrapped(self, text: str, font: QFont) -> int:
        width = max(80, self.width() - _AXIS_X - 32)
        box = QFontMetrics(font).boundingRect(QRect(0, 0, width, 1000), int(Qt.TextFlag.TextWordWrap), text)
        return box.height()

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            top = 4
            for place, step in enumerate(self._steps):
                height = self._step_height(step)
                last = place == len(self._steps) - 1
                self._draw_line(painter, top, height, last)
                self._draw_point(painter, top, last)
                self._draw_texts(painter, top, step)
                top += height
        finally:
            painter.end()

    def _draw_line(self, painter: QPainter, top: int, height: int, last: bool) -> None:
        if not last:
            painter.setPen(QPen(QColor(current_colours().edge), 2))
            painter.drawLine(_AXIS_X, top + 10, _AXIS_X, top + height + 10)

    def _draw_point(self, painter: QPainter, top: int, last: bool) -> None:
        colours = current_colours()
        hollow = last and self._leg_open
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.setBrush(QColor(colours.paper if hollow else colours.accent))
        painter.drawEllipse(QRectF(_AXIS_X - _POINT, top + 10 - _POINT, 2 * _POINT, 2 * _POINT))

    def _draw_texts(self, painter: QPainter, top: int, step: Step) -> None:
        colours = current_colours()
        title, detail = step_texts(step)
        width = max(80, self.width() - _AXIS_X - 32)
        painter.setPen(QColor(colours.quiet))
        time_rect = QRect(0, top, _AXIS_X - 16, 22)
        painter.drawText(time_rect, int(Qt.AlignmentFlag.AlignRight), format_instant(step.at))
        wrap = int(Qt.TextFlag.TextWordWrap)
        painter.setFont(self._bold())
        painter.setPen(QColor(getattr(colours, _colour_name(step))))
        title_height = self._wrapped(title, self._bold())
        painter.drawText(QRect(_AXIS_X + 16, top, width, title_height), wrap, title)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.ink))
        if detail:
            painter.drawText(QRect(_AXIS_X + 16, top + title_height, width, 1000), wrap, detail)


def step_texts(step: Step) -> tuple[str, str]:
    """Return title and detail of a step.

    The title is action, recipient and verdict; the detail is user and note.
    """
    action_code = Action(step.action)
    action = action_name(action_code)
    recipient = f" → {step.to}" if step.to else ""
    verdict = f" · {step_verdict(action_code, step.verdict).lower()}" if step.verdict else ""
    undone = " · đã hoàn tác" if step.undone else ""
    late_entry = f"ghi lúc {format_instant(step.entered_at)}" if step.entered_at != step.at else ""
    details = " · ".join(part for part in (step.actor, step.note, late_entry) if part)
    return f"{action}{recipient}{verdict}{undone}", details


def _colour_name(step: Step) -> str:
    if step.undone:
        return "quiet"
    return "error" if step.verdict == Verdict.LATE else "ink"
