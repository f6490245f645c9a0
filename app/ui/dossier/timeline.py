"""The way of a dossier drawn as a line: a point for each step with its time, what was done, by whom, and where to."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.enums import Action, Verdict
from app.services.dossier_detail import Step
from app.ui.kit.dates import format_instant
from app.ui.kit.style import current_colours
from app.wording.status import action_name, verdict_name

_AXIS_X = 140
_POINT = 6
_GAP = 14


class Timeline(QWidget):
    """A picture of the steps, oldest above; a leg not yet received ends in an open ring."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self._leg_open = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step], leg_open: bool) -> None:
        """Shows the steps of a dossier; a screen reader gets them as sentences."""
        self._steps = tuple(steps)
        self._leg_open = leg_open
        self.setAccessibleName("Quá trình giải quyết")
        self.setAccessibleDescription(". ".join(f"{format_instant(s.at)} {' '.join(step_texts(s))}" for s in steps))
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Other widths break lines elsewhere."""
        self._fit()

    def sizeHint(self) -> QSize:
        """As tall as its steps."""
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
        wide = max(80, self.width() - _AXIS_X - 32)
        box = QFontMetrics(font).boundingRect(QRect(0, 0, wide, 1000), int(Qt.TextFlag.TextWordWrap), text)
        return box.height()

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line and its steps."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            top = 4
            for place, step in enumerate(self._steps):
                tall = self._step_height(step)
                last = place == len(self._steps) - 1
                self._draw_line(painter, top, tall, last)
                self._draw_point(painter, top, last)
                self._draw_words(painter, top, step)
                top += tall
        finally:
            painter.end()

    def _draw_line(self, painter: QPainter, top: int, tall: int, last: bool) -> None:
        if not last:
            painter.setPen(QPen(QColor(current_colours().edge), 2))
            painter.drawLine(_AXIS_X, top + 10, _AXIS_X, top + tall + 10)

    def _draw_point(self, painter: QPainter, top: int, last: bool) -> None:
        colours = current_colours()
        hollow = last and self._leg_open
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.setBrush(QColor(colours.paper if hollow else colours.accent))
        painter.drawEllipse(QRectF(_AXIS_X - _POINT, top + 10 - _POINT, 2 * _POINT, 2 * _POINT))

    def _draw_words(self, painter: QPainter, top: int, step: Step) -> None:
        colours = current_colours()
        title, detail = step_texts(step)
        wide = max(80, self.width() - _AXIS_X - 32)
        painter.setPen(QColor(colours.quiet))
        when = QRect(0, top, _AXIS_X - 16, 22)
        painter.drawText(when, int(Qt.AlignmentFlag.AlignRight), format_instant(step.at))
        wrap = int(Qt.TextFlag.TextWordWrap)
        painter.setFont(self._bold())
        painter.setPen(QColor(getattr(colours, _colour_name(step))))
        first = self._wrapped(title, self._bold())
        painter.drawText(QRect(_AXIS_X + 16, top, wide, first), wrap, title)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.ink))
        if detail:
            painter.drawText(QRect(_AXIS_X + 16, top + first, wide, 1000), wrap, detail)


def step_texts(step: Step) -> tuple[str, str]:
    """One step in words: the act with its verdict, then who did it and what was noted."""
    act = action_name(Action(step.action))
    to = f" → {step.to}" if step.to else ""
    judged = f" · {verdict_name(Verdict(step.verdict)).lower()}" if step.verdict else ""
    late_entry = f"ghi lúc {format_instant(step.entered_at)}" if step.entered_at != step.at else ""
    details = " · ".join(part for part in (step.actor, step.note, late_entry) if part)
    return f"{act}{to}{judged}", details


def _colour_name(step: Step) -> str:
    return "mend" if step.verdict == Verdict.LATE else "ink"
