"""Papers of a supplement request, ticked in the form of its action."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.models.enums import Action, Handling, PaperFault
from app.services.dossier_detail import DossierDetail
from app.services.records.supplement_papers import AskedPaper
from app.ui.kit.layouts import FittedScrollArea
from app.ui.kit.style import GRID
from app.ui.kit.widgets import ElidedLabel, FieldBox, column, label
from app.wording.documents.letters import asked_paper

_MAX_HEIGHT = 216
_ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_FAULT_NOTE = "Ghi rõ giấy này sai ở đâu, như «thiếu chữ ký»."


class PapersPart(Protocol):
    """Part of an action's form that ticks papers."""

    @property
    def fields(self) -> Sequence[QWidget]:
        """Fields from which Enter moves on."""

    @property
    def widget(self) -> QWidget:
        """The widget in the form."""

    def read(self) -> tuple[AskedPaper, ...]:
        """Return the ticked papers."""

    def show_missing(self) -> bool:
        """Show what a ticked paper lacks; False if nothing."""


class AskedPapersPart(QWidget):
    """A line for each paper: missing, wrong, and a note.

    Space ticks, Up and Down change the line. A typed note ticks «Sai».
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = tuple(names)
        self.missing = [self._tick("Thiếu", "missing", place) for place in range(len(names))]
        self.wrong = [self._tick("Sai", "wrong", place) for place in range(len(names))]
        self.notes = [self._note(place) for place in range(len(names))]
        self._boxes = [FieldBox("", note, f"Ghi chú về {name}") for note, name in zip(self.notes, names, strict=True)]
        grid = QGridLayout()
        grid.setContentsMargins(2, 2, 2, 2)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        for place, name in enumerate(names):
            for at, part in enumerate((self.missing[place], self.wrong[place], ElidedLabel(name, ""))):
                grid.addWidget(part, place, at)
            grid.addWidget(self._boxes[place], place, 3)
        grid.setColumnStretch(2, 3)
        grid.setColumnStretch(3, 2)
        self.setLayout(grid)
        self._area = _LimitedArea(self)

    def _tick(self, word: str, kind: str, place: int) -> QCheckBox:
        tick = QCheckBox(word)
        tick.setObjectName(f"act.{kind}.{place}")
        tick.setAccessibleName(f"{word}: {self.names[place]}")
        tick.installEventFilter(self)
        tick.toggled.connect(partial(self._untick_other, kind, place))
        return tick

    def _note(self, place: int) -> QLineEdit:
        note = QLineEdit()
        note.setObjectName(f"act.paperNote.{place}")
        note.setPlaceholderText("thiếu, sai chỗ nào")
        note.installEventFilter(self)
        note.textEdited.connect(lambda text: self._tick_by_note(place, text))
        return note

    def _untick_other(self, kind: str, place: int, ticked: bool) -> None:
        if ticked:
            (self.wrong if kind == "missing" else self.missing)[place].setChecked(False)

    def _tick_by_note(self, place: int, text: str) -> None:
        if text.strip() and not self.missing[place].isChecked():
            self.wrong[place].setChecked(True)

    @property
    def fields(self) -> Sequence[QWidget]:
        """Fields from which Enter moves on."""
        return (*self.missing, *self.wrong, *self.notes)

    @property
    def widget(self) -> QWidget:
        """The scroll area with the lines."""
        return self._area

    def read(self) -> tuple[AskedPaper, ...]:
        """Return the ticked papers with fault and note."""
        return tuple(
            AskedPaper(name, PaperFault.WRONG if wrong.isChecked() else PaperFault.MISSING, note.text().strip())
            for name, missing, wrong, note in zip(self.names, self.missing, self.wrong, self.notes, strict=True)
            if missing.isChecked() or wrong.isChecked()
        )

    def show_missing(self) -> bool:
        """Show which wrong paper still needs a note."""
        for wrong, box, note in zip(self.wrong, self._boxes, self.notes, strict=True):
            if wrong.isChecked() and not note.text().strip():
                box.show_error(_FAULT_NOTE)
                return True
            box.clear_error()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _ARROWS.get(Qt.Key(event.key()))
            if step is not None:
                return self._move(watched, step)
        return super().eventFilter(watched, event)

    def _move(self, watched: QObject, step: int) -> bool:
        for widgets in (self.missing, self.wrong, self.notes):
            place = next((place for place, widget in enumerate(widgets) if widget is watched), None)
            if place is not None and 0 <= place + step < len(widgets):
                widgets[place + step].setFocus()
        return True


class GivenPapersPart(QWidget):
    """What was asked for, ticked; the user unticks what did not come."""

    def __init__(self, requested: Sequence[AskedPaper]) -> None:
        super().__init__()
        self.requested = tuple(requested)
        self.ticks = [_given_tick(place, paper) for place, paper in enumerate(requested)]
        lines = column(*self.ticks, gap=GRID // 2, margin=2)
        self.setLayout(lines)
        self._area = _LimitedArea(self)

    @property
    def fields(self) -> Sequence[QWidget]:
        """Fields from which Enter moves on."""
        return self.ticks

    @property
    def widget(self) -> QWidget:
        """The scroll area with the lines."""
        return self._area

    def read(self) -> tuple[AskedPaper, ...]:
        """Return the papers that came."""
        return tuple(paper for paper, tick in zip(self.requested, self.ticks, strict=True) if tick.isChecked())

    def show_missing(self) -> bool:
        """Return False: the act itself asks about a paper that did not come."""
        return False


class _LimitedArea(QWidget):
    """Lines that scroll from a height on."""

    def __init__(self, lines: QWidget) -> None:
        super().__init__()
        lines.setObjectName("clear")
        self._lines = lines
        area = FittedScrollArea(lines)
        self.setLayout(column(label("Giấy tờ của hồ sơ", "caption"), area, gap=2))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), min(_MAX_HEIGHT, self._lines.sizeHint().height() + 4 * GRID))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), min(_MAX_HEIGHT // 3, self.sizeHint().height()))


def _given_tick(place: int, paper: AskedPaper) -> QCheckBox:
    tick = QCheckBox(asked_paper(paper.name, paper.fault, paper.note).replace("&", "&&"))
    tick.setObjectName(f"act.given.{place}")
    tick.setChecked(True)
    return tick


def papers_part(detail: DossierDetail, action: Action) -> PapersPart | None:
    """Return the papers to tick for an action, None where it has none."""
    if action == Action.ASK_SUPPLEMENT:
        names = tuple(dict.fromkeys((*map(_name, filter(_handed_in, detail.papers)), *detail.unsubmitted)))
        return AskedPapersPart(names) if names else None
    if action == Action.SUPPLEMENT and detail.requested:
        return GivenPapersPart(detail.requested)
    return None


def _name(paper: Mapping[str, object]) -> str:
    return str(paper["name"])


def _handed_in(paper: Mapping[str, object]) -> bool:
    return paper.get("handling") != Handling.LOOKUP
