"""Wedge guard: keys of a scanner and of a typist (S9)."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QElapsedTimer, QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox, QPushButton, QWidget

from app.ui.devices.scanner_hub import ScannerDesk
from app.ui.devices.wedge_guard import ScanGuard
from app.ui.intake.card_compare import CardCompareDialog
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk, accepted

KEY = "6303260311000078"
OTHER = "6303260311000086"
CODES = {c: 2 + n for n, c in enumerate("1234567890-=")} | {c: 16 + n for n, c in enumerate("QWERTYUIOP[]")}
CODES |= (
    {" ": 57, ":": 39}
    | {c: 30 + n for n, c in enumerate("ASDFGHJKL;'`")}
    | {c: 43 + n for n, c in enumerate("\\ZXCVBNM,./")}
)
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Keyboard that sends keys with its own timestamps."""

    def __init__(self, guard: ScanGuard) -> None:
        self.guard = guard
        self.now = 1_000
        self.scans: list[str] = []
        guard.scanned.connect(self.scans.append)

    def key(self, text: str, code: int = 0, key: Qt.Key | None = None, shift: bool = False) -> None:
        """Press and release one key."""
        window = QApplication.focusWindow() or QApplication.topLevelWindows()[0]
        index = key or Qt.Key(ord(text.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, index, SHIFT if shift else NONE, code, 0, 0, text, False, 1)
            event.setTimestamp(self.now)
            QCoreApplication.sendEvent(window, event)

    def scan(self, text: str, shown: str | None = None, end: Qt.Key = Qt.Key.Key_Return, gap: int = 3) -> None:
        """Send the keys of a scan; `shown` is the text of another layout."""
        for index, char in enumerate(text):
            self.key((shown or text)[index], CODES[char], shift=char.isalpha() or char == ":")
            self.now += gap
        self.key("\r", 28, end)

    def press_slowly(self, text: str, gap: int) -> None:
        """Press keys with one gap; the guard itself decides about each."""
        for char in text:
            self.key(char)
            self.now += gap

    def type(self, text: str, gap: int = 90) -> None:
        """Type text; the guard flushes after each slow key."""
        for char in text:
            self.key(char)
            self.now += gap
            if gap > 35:
                self.guard.flush()


@pytest.fixture
def field(qtbot: Any) -> Iterator[QLineEdit]:
    """Line edit with the focus."""
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is edit)
    yield edit


@pytest.fixture
def keyboard(qapp: Any) -> Iterator[Keyboard]:
    """Keyboard watched by a guard."""
    guard = ScanGuard(qapp)
    yield Keyboard(guard)
    qapp.removeEventFilter(guard)
    guard.deleteLater()


def test_scan_leaves_field_unchanged(field: QLineEdit, keyboard: Keyboard) -> None:
    field.setText("Huỳnh Thị")
    keyboard.scan(KEY)
    assert keyboard.scans == [KEY]
    assert field.text() == "Huỳnh Thị"


@pytest.mark.parametrize("shown", ["h29.12-260311-0007", "Hậ.ăâ-âầđêăă-đđđẩ"])
def test_scan_ignores_caps_lock_and_layout(field: QLineEdit, keyboard: Keyboard, shown: str) -> None:
    keyboard.scan("H29.12-260311-0007", (shown + " " * 20)[:18])
    assert keyboard.scans == ["H29.12-260311-0007"]
    assert field.text() == ""


def test_keys_without_scan_code_are_read_by_text(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in KEY:
        keyboard.key(char, 0)
        keyboard.now += 4
    keyboard.key("\t", 0, Qt.Key.Key_Tab)
    assert keyboard.scans == [KEY]


@pytest.mark.parametrize("slow_keys", [1, 2, 3, 4])
@pytest.mark.parametrize("pause", [45, 60, 95])
def test_slow_first_keys_of_scan_are_taken_back(
    field: QLineEdit, keyboard: Keyboard, slow_keys: int, pause: int
) -> None:
    field.setText("08/03/1999")
    field.selectAll()
    edits: list[str] = []
    field.textEdited.connect(edits.append)
    keyboard.press_slowly(KEY[:slow_keys], pause)
    assert field.text() == (KEY[: slow_keys - 1] or "08/03/1999")
    keyboard.scan(KEY[slow_keys:])
    assert (keyboard.scans, field.text(), field.selectedText()) == ([KEY], "08/03/1999", "08/03/1999")
    assert edits[-1] == "08/03/1999"


def test_word_typed_before_scan_stays(field: QLineEdit, keyboard: Keyboard) -> None:
    keyboard.press_slowly("nga", 60)
    keyboard.now += 150
    keyboard.scan(KEY)
    assert (keyboard.scans, field.text()) == ([KEY], "nga")
    field.clear()
    keyboard.now += 500
    keyboard.press_slowly("nguyen", 60)
    keyboard.scan(KEY)
    assert (keyboard.scans[-1], field.text()) == (KEY, "nguyen")


@pytest.mark.parametrize("gap", [20, 40, 60, 80])
def test_slow_scan_runs_no_action(qtbot: Any, keyboard: Keyboard, gap: int) -> None:
    clicked = []
    key_button = QPushButton("6")
    key_button.clicked.connect(lambda: clicked.append(6))
    qtbot.addWidget(key_button)
    key_button.show()
    key_button.activateWindow()
    key_button.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is key_button)
    keyboard.scan(" " + KEY, gap=gap)
    assert (keyboard.scans, clicked) == ([" " + KEY], [])


@pytest.mark.parametrize("gap", [40, 60, 80])
def test_measured_gap_reads_slow_scanner(field: QLineEdit, keyboard: Keyboard, tmp_path: Any, gap: int) -> None:
    settings = QSettings(str(tmp_path / "machine.ini"), QSettings.Format.IniFormat)
    scanners = ScannerDesk(settings)
    scanners.pace(keyboard.guard)
    keyboard.scan(KEY, gap=gap)
    assert keyboard.scans == []
    field.clear()
    measured: list[int] = []
    scanners.gap_measured.connect(measured.append)
    scanners.measure_gap()
    keyboard.now += 500
    keyboard.scan(KEY, gap=gap)
    assert (keyboard.scans, measured, field.text()) == ([KEY], [gap + 20], "")
    assert ScannerDesk(settings).gap == keyboard.guard.gap_ms == gap + 20
    keyboard.now += 500
    keyboard.scan(OTHER, gap=gap)
    assert keyboard.scans == [KEY, OTHER]


def test_line_feed_ends_scan(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in KEY:
        keyboard.key(char, CODES[char])
        keyboard.now += 4
    keyboard.key("\n", 101, Qt.Key.Key_unknown)
    assert keyboard.scans == [KEY]


def test_two_scans_100_ms_apart_are_two(field: QLineEdit, keyboard: Keyboard) -> None:
    keyboard.scan(KEY)
    keyboard.now += 100
    keyboard.scan(OTHER)
    assert keyboard.scans == [KEY, OTHER]


def test_two_scans_back_to_back_are_two(field: QLineEdit, keyboard: Keyboard) -> None:
    keyboard.scan(KEY)
    keyboard.now += 1
    keyboard.scan(OTHER)
    assert keyboard.scans == [KEY, OTHER]
    assert field.text() == ""


PAPER = ("M H S: H29.12-260311-0007", "TH TC: 2.000815", "H THNG: UBND", f"KHA: {KEY}")


def test_lines_of_qr_code_are_one_scan(field: QLineEdit, keyboard: Keyboard, qtbot: Any) -> None:
    for line in PAPER:
        keyboard.scan(line)
        keyboard.now += 3
    assert keyboard.scans == []
    qtbot.waitUntil(lambda: keyboard.scans != [])
    assert keyboard.scans == ["\n".join(PAPER)]
    assert field.text() == ""


def test_scan_right_after_qr_code_is_separate(field: QLineEdit, keyboard: Keyboard) -> None:
    for line in (*PAPER, OTHER):
        keyboard.scan(line)
        keyboard.now += 3
    assert keyboard.scans == ["\n".join(PAPER), OTHER]
    assert field.text() == ""


def test_typing_after_qr_code_stays_typing(field: QLineEdit, keyboard: Keyboard) -> None:
    for line in PAPER:
        keyboard.scan(line)
        keyboard.now += 3
    keyboard.now += 100
    keyboard.key("g")
    assert keyboard.scans == ["\n".join(PAPER)]
    keyboard.guard.flush()
    assert field.text() == "g"


def test_typing_is_no_scan_and_reaches_the_field_in_order(field: QLineEdit, keyboard: Keyboard) -> None:
    entered = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    keyboard.type("0905123456", gap=60)
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    assert keyboard.scans == []
    assert entered == ["0905123456"]


def test_few_fast_keys_are_no_scan(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in "abcde":
        keyboard.key(char)
        keyboard.now += 20
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    assert keyboard.scans == []
    assert field.text() == "abcde"


@pytest.mark.parametrize("words", ["nguyen thi hong nhan", "Dang ky", "ks-kh/ct", "Huỳnh Thị Ẫm Ỷ"])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_words_sent_at_once_reach_field(field: QLineEdit, keyboard: Keyboard, words: str, end: Qt.Key) -> None:
    field.setText("trước ")
    entered = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    for char in words:
        keyboard.key(char, CODES.get(char.upper(), 0), shift=char.isupper())
        keyboard.now += 3
    keyboard.key("\r" if end == Qt.Key.Key_Return else "\t", 0, end)
    assert keyboard.scans == []
    assert field.text() == f"trước {words}"
    assert entered == ([field.text()] if end == Qt.Key.Key_Return else [])


def test_scan_right_after_words_is_scan(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in "khai sinh":
        keyboard.key(char, CODES.get(char.upper(), 57))
        keyboard.now += 3
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    keyboard.now += 3
    keyboard.scan(KEY)
    assert keyboard.scans == [KEY]
    assert field.text() == "khai sinh"


def test_held_keys_are_forwarded_after_pause(field: QLineEdit, keyboard: Keyboard, qtbot: Any) -> None:
    keyboard.key("x")
    assert field.text() == ""
    qtbot.waitUntil(lambda: field.text() == "x")


@pytest.mark.parametrize(("gap", "pause"), [(3, 120), (25, 60)], ids=["swift", "as hands may roll"])
def test_pause_within_keys_makes_typing(field: QLineEdit, keyboard: Keyboard, gap: int, pause: int) -> None:
    for index, char in enumerate(KEY):
        keyboard.key(char, CODES[char])
        keyboard.now += pause if index == 12 else gap
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    assert keyboard.scans == []
    assert field.text() == KEY


@pytest.mark.parametrize("index", [4, 9, 15])
def test_pause_of_busy_pc_keeps_one_scan(field: QLineEdit, keyboard: Keyboard, index: int, qtbot: Any) -> None:
    stutter, deadline = QElapsedTimer(), QDeadlineTimer(60_000)
    while True:
        for position, char in enumerate(KEY):
            keyboard.key(char, CODES[char])
            if position == index:
                stutter.start()
                qtbot.wait(50)  # longer than any key of a person's is held
                waited = stutter.elapsed()
            keyboard.now += 90 if position == index else 2
        keyboard.key("\r", 28, Qt.Key.Key_Return)
        if waited < 90 or deadline.hasExpired():  # on a busy machine the wait may exceed the guard's patience
            break
        field.clear()
        keyboard.scans.clear()
        keyboard.now += 1_000
    assert (keyboard.scans, field.text()) == ([KEY], "")


def test_driver_timestamps_decide_in_busy_window(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in KEY:  # all delivered at once after the window was busy, but typed slowly
        keyboard.key(char, CODES[char])
        keyboard.now += 120
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    assert keyboard.scans == []
    assert field.text() == KEY


def test_scan_does_not_answer_open_dialog(keyboard: Keyboard, qtbot: Any) -> None:
    box = QMessageBox(
        QMessageBox.Icon.Question, "Hỏi", "Hủy?", QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    )
    qtbot.addWidget(box)
    box.setDefaultButton(QMessageBox.StandardButton.Yes)
    box.open()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is not None)
    keyboard.scan(KEY)
    assert keyboard.scans == [KEY]
    assert box.isVisible()
    box.reject()


def test_scan_leaves_open_menu_unchanged(field: QLineEdit, keyboard: Keyboard, qtbot: Any) -> None:
    chosen = []
    menu = QMenu(field)
    menu.addAction("6 Xóa", lambda: chosen.append(6))
    menu.popup(field.mapToGlobal(field.rect().bottomLeft()))
    keyboard.scan(KEY)
    assert (keyboard.scans, chosen, menu.isVisible()) == ([KEY], [], True)
    menu.close()


def scan_into(window: MainWindow, wait_until_idle: Any, *texts: str) -> None:
    """Deliver scans to the window and wait for the answers."""
    for text in texts:
        window.handle_scan(text)
    wait_until_idle(window.runner)


def test_scan_opens_dossier_from_any_page(window: MainWindow, wait_until_idle: Any) -> None:
    for page in ("intake", "reports", "sync", "help"):
        window.go_to_page(page)
        scan_into(window, wait_until_idle, KEY)
        assert window.current_page_name == "dossier"
        assert window.dossier.code == "H29.12-260311-0007"


def test_each_of_two_scans_is_read_and_last_one_shown(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    scan_into(window, wait_until_idle, KEY, OTHER)
    assert [query.text for query in desk.queries_of("ReadScan")] == [KEY, OTHER]
    assert window.dossier.code == "H29.12-260311-0008"


def test_unknown_code_clears_dossier_and_shows_message(window: MainWindow, wait_until_idle: Any) -> None:
    scan_into(window, wait_until_idle, KEY)
    scan_into(window, wait_until_idle, "893456789012")
    assert window.dossier.detail is None
    assert "893456789012" in window.banner.text


def test_unknown_text_is_offered_to_its_field(
    window: MainWindow, keyboard: Keyboard, wait_until_idle: Any, qtbot: Any
) -> None:
    window.connect_scan_guard(keyboard.guard)
    window.activateWindow()
    note = window.intake.form.note
    note.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is note)
    keyboard.scan("893456789012")
    wait_until_idle(window.runner)
    message = window.banner.message
    assert message is not None and message.action == "Đưa vào ô" and message.on_action is not None
    assert note.text() == ""
    edits: list[str] = []
    note.textEdited.connect(edits.append)
    message.on_action()
    assert (note.text(), edits) == ("893456789012", ["893456789012"])


def test_card_scanned_while_saving_waits_for_the_next_form(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    window.intake.form.submitter.name.setText("Người Đang Gõ")
    window.intake._set_saving(True)
    scan_into(window, wait_until_idle, CARD)
    assert window.intake.form.submitter.read()["name"] == "Người Đang Gõ"
    assert window.findChildren(CardCompareDialog) == []
    window.intake._accepted("1.001193", "Người Đang Gõ", {}, accepted())
    wait_until_idle(window.runner)
    assert window.intake.form.submitter.read()["name"] == "Huỳnh Thị Ẫm Ỷ"


def test_unknown_code_right_after_dossier_shows_no_dossier(window: MainWindow, wait_until_idle: Any) -> None:
    scan_into(window, wait_until_idle, KEY, "893456789012")
    assert window.dossier.detail is None


CARD = "048199004217|…|HUỲNH THỊ ẪM Ỷ"


def test_citizen_card_fills_form_and_can_be_undone(window: MainWindow, wait_until_idle: Any) -> None:
    person = window.intake.form.submitter
    person.name.setText("huỳnh thị ẫm  ỷ")
    person.phone.setText("0905 000 111")
    window.go_to_page("worklist")
    scan_into(window, wait_until_idle, CARD)
    assert window.current_page_name == "intake"
    assert (person.read()["id_number"], person.read()["phone"]) == ("048199004217", "0905 000 111")
    assert window.findChildren(CardCompareDialog) == []
    notice = window.banner.message
    assert notice is not None and notice.on_action is not None
    notice.on_action()
    assert "id_number" not in person.read()


@pytest.fixture
def open_comparison(window: MainWindow, wait_until_idle: Any) -> CardCompareDialog:
    """Dialog of a card that differs from the typed data."""
    person = window.intake.form.submitter
    for name, text in {"id_number": "048190001111", "name": "Người Đang Gõ", "phone": "0905 000 111"}.items():
        getattr(person, name).setText(text)
    scan_into(window, wait_until_idle, CARD)
    (dialog,) = window.findChildren(CardCompareDialog)
    return dialog


def test_card_overwrites_nothing_before_confirmation(window: MainWindow, open_comparison: CardCompareDialog) -> None:
    typed = {"kind": "citizen", "id_number": "048190001111", "name": "Người Đang Gõ", "phone": "0905 000 111"}
    assert window.intake.form.submitter.read() == typed
    assert set(open_comparison.boxes) == {"id_number", "name"}
    assert "Huỳnh Thị Ẫm Ỷ" in open_comparison.boxes["name"].accessibleName()
    open_comparison.reject()
    assert window.intake.form.submitter.read() == typed


def test_card_of_other_person_replaces_all_fields(
    window: MainWindow, open_comparison: CardCompareDialog, wait_until_idle: Any
) -> None:
    take_button = open_comparison.findChild(QPushButton, "card.take")
    assert take_button.isDefault()
    take_button.click()
    wait_until_idle(window.runner)
    read = window.intake.form.submitter.read()
    assert (read["id_number"], read["name"]) == ("048199004217", "Huỳnh Thị Ẫm Ỷ")
    assert read.get("phone") != "0905 000 111"
    assert read["birth_date"] == "1999-03-08"


def test_single_fields_are_taken_from_card(
    window: MainWindow, open_comparison: CardCompareDialog, wait_until_idle: Any
) -> None:
    open_comparison.boxes["id_number"].setChecked(False)
    open_comparison.findChild(QPushButton, "card.take").click()
    wait_until_idle(window.runner)
    read = window.intake.form.submitter.read()
    assert (read["id_number"], read["name"], read["phone"]) == ("048190001111", "Huỳnh Thị Ẫm Ỷ", "0905 000 111")


def test_second_card_opens_new_comparison(
    window: MainWindow, open_comparison: CardCompareDialog, wait_until_idle: Any
) -> None:
    scan_into(window, wait_until_idle, CARD)
    assert len([each for each in window.findChildren(CardCompareDialog) if each.isVisible()]) == 1


def test_f9_includes_held_key(window: MainWindow, keyboard: Keyboard, qtbot: Any) -> None:
    window.connect_scan_guard(keyboard.guard)
    note: QWidget = window.intake.form.note
    note.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is note)
    keyboard.key("g")
    assert window.intake.form.note.text() == ""
    window._save()
    assert window.intake.form.note.text() == "g"


def test_guard_handles_only_windows(keyboard: Keyboard, field: QLineEdit) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NONE, "a")
    assert keyboard.guard.eventFilter(field, event) is False
    assert isinstance(field.windowHandle(), QWindow)
