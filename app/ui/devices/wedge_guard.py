"""Keyboard-wedge guard: takes the keys of a keyboard scanner.

It gets them before any field, menu or dialog.

A scanner sends six or more characters with gaps of at most 35 ms, a digit among them, then Enter or Tab. Keys are held
for that gap, and for 100 ms after several very fast keys, because a busy PC may pause within a scan. Typing, and text
that a macro or an input method sends at once, is forwarded in order. A QR code of a document has several lines: a line
with a label (`:`) waits for the next as long as for a key, and all lines are one scan. Characters come from the scan
code of the key, because Caps Lock and a Vietnamese or French layout change the text of a key.

A busy PC may pause after the first keys of a scan. Where no text is typed, keys are held for 100 ms, so that they run
no action. In a text field the first keys may get through; once the scan is complete, the field is restored.

Shortcuts of single letters or digits would fire before the guard gets the key, so the window has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputEvent, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

GAP_MS = 35
MIN_LENGTH = 6
MAX_GAP_MS = 120
"""Longest gap that can be set for a slow scanner."""
_STUTTER_MS = 100
_MOST_STRAY_KEYS = 4
_FAST_MS, _FAST_KEYS = 16, 4
"""Some system clocks tick every 16 ms. No typist presses four keys in a row within that time each."""
_END_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_END_TEXTS = ("\r", "\n", "\t")
_COMMAND_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),
    (55, "*", "*"),
)
_X_OFFSET = 8
_LABEL = ":"
_INPUT_EVENTS = (QInputEvent, QInputMethodEvent)
"""The few among all events. Their class is known, while each question for a type makes a value of an enum."""


def _key_table() -> Mapping[int, tuple[str, str]]:
    table: dict[int, tuple[str, str]] = {}
    for first, plain, shifted in _ROWS:
        table |= {first + index: pair for index, pair in enumerate(zip(plain, shifted, strict=True))}
    return table


_KEYS = _key_table()


def character(event: QKeyEvent, offset: int) -> str:
    """Return the character of a key by its scan code (set 1), else its text.

    X servers number scan codes eight higher. Keys of an input method have no scan code.
    """
    pair = _KEYS.get(event.nativeScanCode() - offset) if event.nativeScanCode() else None
    if pair is None:
        return event.text() if event.text().isprintable() else ""
    return pair[bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)]


def scan_code_offset() -> int:
    """Return the offset of native key numbers to set 1 scan codes."""
    return _X_OFFSET if QGuiApplication.platformName() in ("xcb", "wayland") else 0


@dataclass
class StrayKeys:
    """First keys of a scan that a field got, and the field before them."""

    field: QLineEdit
    text: str
    cursor: int
    selection: tuple[int, int]
    keys: str = ""

    @classmethod
    def before(cls, field: QLineEdit) -> "StrayKeys":
        """Return the state of a field before a key."""
        selection = (field.selectionStart(), field.selectionLength())
        return cls(field, field.text(), field.cursorPosition(), selection)

    def restore(self) -> None:
        """Give the field its earlier text, cursor and selection."""
        self.field.selectAll()
        self.field.insert(self.text)
        self.field.setCursorPosition(self.cursor)
        if self.selection[1]:
            self.field.setSelection(*self.selection)


class ScanGuard(QObject):
    """Event filter of the whole application.

    `gap_ms` is the longest gap within a scan of this machine's scanner. `origin` is the text of the last scan as it
    would have been typed, and the field that had the focus, None for no field. `on_function_key` gets each function key
    before the open menu or dialog does, and returns whether it answered it.

    Signals: `scanned(text)` for each scan; `paced(gap)` with its longest gap in ms.
    """

    scanned = Signal(str)
    paced = Signal(int)

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._offset = scan_code_offset()
        self._held_events: list[tuple[QWindow, QKeyEvent]] = []
        self._text = ""
        self._lines: list[str] = []
        self._last = 0
        self._fast_keys = self._longest_gap = 0
        self.gap_ms = GAP_MS
        self.origin: tuple[str, QLineEdit] | None = None
        self._typed = ""
        self._stray: StrayKeys | None = None
        self._forwarding = False
        self.on_function_key: Callable[[int], bool] = lambda _key: False
        self._answered_key = 0
        self._pause_timer = QTimer(self)
        self._pause_timer.setSingleShot(True)
        self._pause_timer.setInterval(GAP_MS)
        self._pause_timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._pause_timer.timeout.connect(self._on_pause)
        self._pause_clock = QElapsedTimer()
        application.installEventFilter(self)

    def stop(self) -> None:
        """Deliver held keys and leave the application, as its window closes."""
        self.flush()
        application = QGuiApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold keys back at the window, before any field gets them."""
        if self._forwarding or not isinstance(event, _INPUT_EVENTS):
            return False
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not self._may_be_scanned(event) and not _ends(event):
                self.flush()
            return isinstance(watched, QWindow) and self._answers(event)
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod):
            self.flush()
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if kind == QEvent.Type.KeyPress:
            answered, self._answered_key = event.key() == self._answered_key, 0
            return answered or self._pressed(watched, event)
        return kind == QEvent.Type.KeyRelease and self._released(watched, event)

    def _answers(self, event: QKeyEvent) -> bool:
        """Return whether a function key was answered before any widget got it."""
        if event.modifiers() or not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12:
            return False
        if not self.on_function_key(event.key()):
            return False
        self._answered_key = event.key()
        event.accept()  # no shortcut answers it again
        return True

    def flush(self) -> None:
        """Forward the held keys at once.

        A command that reads the fields does this first.
        Complete lines are emitted as a scan.
        """
        self._stray = None
        self._forward()

    def _forward(self) -> None:
        """Forward the held keys, which may be the first of a slow scan."""
        self._emit_lines()
        self._note_stray_keys()
        events, self._held_events = self._held_events, []
        self._pause_timer.stop()
        self._text, self._typed, self._fast_keys = "", "", 0
        self._forwarding = True
        try:
            for window, event in events:
                QCoreApplication.sendEvent(window, event)
        finally:
            self._forwarding = False

    def _note_stray_keys(self) -> None:
        field = QApplication.focusWidget()
        if not self._text or not isinstance(field, QLineEdit):
            self._stray = None
            return
        if self._stray is None or self._stray.field is not field:
            self._stray = StrayKeys.before(field)
        self._stray.keys += self._text

    def _take_back_stray_keys(self) -> str:
        """Restore the field that got the first keys; return these keys."""
        stray, self._stray = self._stray, None
        if stray is None or len(stray.keys) > _MOST_STRAY_KEYS or stray.field is not QApplication.focusWidget():
            return ""
        stray.restore()
        return stray.keys

    def _may_be_scanned(self, event: QKeyEvent) -> bool:
        shift_alone = event.key() == Qt.Key.Key_Shift
        return not event.modifiers() & _COMMAND_MODIFIERS and (shift_alone or bool(character(event, self._offset)))

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        gap = event.timestamp() - self._last
        if (self._text or self._lines) and gap > self._max_gap:
            self._forward()
        if gap > max(_STUTTER_MS, self.gap_ms):
            self._stray = None
        if _ends(event) and gap <= self._max_gap and (self._lines or _looks_like_code(self._text)):
            self._end_line(event)
            return True
        if event.isAutoRepeat() or not self._may_be_scanned(event):
            self.flush()
            return False
        self._hold(window, event)
        return True

    @property
    def _max_gap(self) -> int:
        """Longest gap within a scan in ms.

        It is longer after several keys too fast for typing, and where keys would run actions.
        """
        waits = self._fast_keys >= _FAST_KEYS or not _types_text()
        return max(self.gap_ms, _STUTTER_MS) if waits else self.gap_ms

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        self._held_events.append((window, _copy_event(event)))
        if event.key() != Qt.Key.Key_Shift:
            gap = event.timestamp() - self._last
            self._longest_gap = max(self._longest_gap, gap) if self._text else 0
            self._typed += event.text()
            is_fast = not self._text or event.timestamp() - self._last <= _FAST_MS
            self._text += character(event, self._offset)
            self._fast_keys += is_fast
        self._last = event.timestamp()
        self._pause_timer.start(self._max_gap)
        self._pause_clock.start()

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        if not self._held_events:
            return False
        self._held_events.append((window, _copy_event(event)))
        return True

    def _end_line(self, event: QKeyEvent) -> None:
        """Emit a complete line as a scan.

        A line with a label is kept, because further lines may follow.
        """
        stray = "" if self._lines else self._take_back_stray_keys()
        text, typed = stray + self._text, stray + self._typed
        self._text, self._typed, self._fast_keys = "", "", 0
        self._held_events.clear()
        field = QApplication.focusWidget()
        self.origin = (typed, field) if isinstance(field, QLineEdit) else None
        if _LABEL in text or (self._lines and not text):
            self._lines += [text] if text else []
            self._last = event.timestamp()
            self._pause_timer.start(self.gap_ms)
            self._pause_clock.start()
            return
        self._pause_timer.stop()
        self.paced.emit(self._longest_gap)
        self._emit_lines()
        self.scanned.emit(text)

    def _emit_lines(self) -> None:
        if self._lines:
            lines, self._lines = self._lines, []
            self.scanned.emit("\n".join(lines))

    def _on_pause(self) -> None:
        """Forward the held keys after a pause.

        If the window was busy much longer, keys of the same scan may still be queued, so the timer runs once more.
        """
        if self._pause_clock.elapsed() > 2 * self._pause_timer.interval():
            self._pause_clock.start()
            self._pause_timer.start()
            return
        self._forward()

    def set_gap(self, gap_ms: int) -> None:
        """Use the longest gap of this machine's scanner."""
        self.gap_ms = gap_ms


def _types_text() -> bool:
    """Return whether keys are typed into a field, not chosen from a menu."""
    popup, focus = QApplication.activePopupWidget(), QApplication.focusWidget()
    if popup is not None and popup.focusProxy() is None:
        return False
    return focus is not None and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def _looks_like_code(text: str) -> bool:
    """Return whether a text may be a scanned code.

    Every code contains a digit, words contain none.
    """
    return len(text) >= MIN_LENGTH and any(digit in text for digit in "0123456789")


def _ends(event: QKeyEvent) -> bool:
    return event.key() in _END_KEYS or event.text() in _END_TEXTS


def _copy_event(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy
