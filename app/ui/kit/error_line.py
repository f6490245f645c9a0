"""Error sentence of a field, drawn over what is below it."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

_GAP, _EDGE = 2, 4
_KEEPING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""Reasons of a lost focus after which the user comes back to the field."""


class ErrorLine(QLabel):
    """Error sentence below a field, or below one of the fields that share it.

    It takes no room in a layout, so that nothing moves under the pointer, and lets clicks through. It is above a field
    that has no room below. It is hidden while the focus is elsewhere; one is in view at a time.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.field: QWidget | None = None
        self._anchor: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()

    def show_error(self, text: str, field: QWidget, anchor: QWidget | None = None) -> None:
        """Show an error of `field` below `anchor`, the field if None."""
        self._unwatch()
        self.field, self._anchor = field, anchor or field
        self.setText(text)
        self._watch(self._anchor)
        self._show_alone()

    def clear_error(self, field: QWidget) -> None:
        """Hide the error if it belongs to `field`."""
        if self.field is field:
            self._unwatch()
            self.field = self._anchor = None
            self.hide()

    def reveal(self) -> None:
        """Scroll the sentence into view."""
        area = _area_around(self.parentWidget())
        if area is not None:
            area.ensureWidgetVisible(self, 0, _EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the field, and hide while the focus is elsewhere."""
        kind = event.type()
        if watched is self._anchor and kind in (QEvent.Type.FocusIn, QEvent.Type.Show):
            self._show_alone()
        elif watched is self._anchor and kind == QEvent.Type.FocusOut:
            if cast(QFocusEvent, event).reason() not in _KEEPING:
                self.hide()
        elif watched is self._anchor and kind == QEvent.Type.Hide:
            self.hide()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize) and not self.isHidden():
            self._place()
        return False

    def _watch(self, anchor: QWidget) -> None:
        """Follow the field and all parts around it up to what is scrolled."""
        part, host = anchor, anchor.window()
        self._watched = [anchor]
        while part is not host and (parent := part.parentWidget()) is not None:
            part = parent
            self._watched.append(part)
            if _area_around(part) is not None:
                host = part
        if self.parentWidget() is not host:
            self.setParent(host)
        for each in self._watched:
            each.installEventFilter(self)
        anchor.destroyed.connect(self.deleteLater)

    def _unwatch(self) -> None:
        for each in self._watched:
            each.removeEventFilter(self)
        if self._anchor is not None:
            self._anchor.destroyed.disconnect(self.deleteLater)
        self._watched = []

    def _show_alone(self) -> None:
        """Show the sentence and hide those of other fields."""
        for other in self.window().findChildren(ErrorLine):
            if other is not self:
                other.hide()
        self._place()
        self.show()
        self.raise_()
        self.reveal()

    def _place(self) -> None:
        """Take the place below the field."""
        host, anchor = self.parentWidget(), self._anchor
        if anchor is None or host is None:
            return
        most = host.width() - 2 * _EDGE
        self.setWordWrap(False)
        width = self.sizeHint().width()
        if width > most:
            self.setWordWrap(True)
            width = most
        height = self.heightForWidth(width) if self.wordWrap() else self.sizeHint().height()
        corner = anchor.mapTo(host, QPoint(0, 0))
        top = corner.y() + anchor.height() + _GAP
        if top + height > host.height() and corner.y() - _GAP >= height:
            top = corner.y() - _GAP - height
        self.setGeometry(max(_EDGE, min(corner.x(), host.width() - _EDGE - width)), top, width, height)


def _area_around(part: QWidget | None) -> QScrollArea | None:
    """Return the scroll area whose content a part is, None for another part."""
    viewport = part.parentWidget() if part is not None else None
    area = viewport.parentWidget() if viewport is not None else None
    return area if isinstance(area, QScrollArea) and area.widget() is part else None
