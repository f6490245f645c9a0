"""The scan guard: keys as a scanner and as a person send them, through the window as the system delivers them (S9)."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox, QPushButton, QWidget

from app.ui.devices.wedge_guard import ScanGuard
from app.ui.intake.card_compare import CardCompareDialog
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

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
    """Sends keys to a window with times of its own, as a driver stamps them."""

    def __init__(self, guard: ScanGuard) -> None:
        self.guard = guard
        self.now = 1_000
        self.scans: list[str] = []
        guard.scanned.connect(self.scans.append)

    def key(self, text: str, code: int = 0, key: Qt.Key | None = None, shift: bool = False) -> None:
        """One key down and up."""
        window = QApplication.focusWindow() or QApplication.topLevelWindows()[0]
        place = key or Qt.Key(ord(text.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, place, SHIFT if shift else NONE, code, 0, 0, text, False, 1)
            event.setTimestamp(self.now)
            QCoreApplication.sendEvent(window, event)

    def scan(self, text: str, shown: str | None = None, end: Qt.Key = Qt.Key.Key_Return, gap: int = 3) -> None:
        """A scanner's burst; `shown` is what another layout would make of it."""
        for place, char in enumerate(text):
            self.key((shown or text)[place], CODES[char], shift=char.isalpha() or char == ":")
            self.now += gap
        self.key("\r", 28, end)

    def type(self, text: str, gap: int = 90) -> None:
        """A person's typing; the guard's pause is over after each key that is slow enough."""
        for char in text:
            self.key(char)
            self.now += gap
            if gap > 35:
                self.guard.flush()


@pytest.fixture
def field(qtbot: Any) -> Iterator[QLineEdit]:
    """A field with the caret in it."""
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made)
    yield made


@pytest.fixture
def keyboard(qapp: Any) -> Iterator[Keyboard]:
    """A keyboard heard by a guard."""
    guard = ScanGuard(qapp)
    yield Keyboard(guard)
    qapp.removeEventFilter(guard)
    guard.deleteLater()


def test_a_scan_leaves_the_field_unchanged(field: QLineEdit, keyboard: Keyboard) -> None:
    field.setText("Huỳnh Thị")
    keyboard.scan(KEY)
    assert keyboard.scans == [KEY]
    assert field.text() == "Huỳnh Thị"


@pytest.mark.parametrize("shown", ["h29.12-260311-0007", "Hậ.ăâ-âầđêăă-đđđẩ"])
def test_caps_lock_and_other_layouts_do_not_matter(field: QLineEdit, keyboard: Keyboard, shown: str) -> None:
    keyboard.scan("H29.12-260311-0007", (shown + " " * 20)[:18])
    assert keyboard.scans == ["H29.12-260311-0007"]
    assert field.text() == ""


def test_keys_without_a_place_are_read_by_their_text(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in KEY:
        keyboard.key(char, 0)
        keyboard.now += 4
    keyboard.key("\t", 0, Qt.Key.Key_Tab)
    assert keyboard.scans == [KEY]


def test_a_line_feed_ends_a_scan_too(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in KEY:
        keyboard.key(char, CODES[char])
        keyboard.now += 4
    keyboard.key("\n", 101, Qt.Key.Key_unknown)
    assert keyboard.scans == [KEY]


def test_two_scans_a_tenth_of_a_second_apart_are_two(field: QLineEdit, keyboard: Keyboard) -> None:
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


def test_the_lines_of_a_square_code_are_one_scan(field: QLineEdit, keyboard: Keyboard, qtbot: Any) -> None:
    for line in PAPER:
        keyboard.scan(line)
        keyboard.now += 3
    assert keyboard.scans == []
    qtbot.waitUntil(lambda: keyboard.scans != [])
    assert keyboard.scans == ["\n".join(PAPER)]
    assert field.text() == ""


def test_a_scan_right_after_the_lines_is_its_own(field: QLineEdit, keyboard: Keyboard) -> None:
    for line in (*PAPER, OTHER):
        keyboard.scan(line)
        keyboard.now += 3
    assert keyboard.scans == ["\n".join(PAPER), OTHER]
    assert field.text() == ""


def test_typing_after_the_lines_stays_typing(field: QLineEdit, keyboard: Keyboard) -> None:
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


def test_a_fast_roll_of_few_keys_is_no_scan(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in "abcde":
        keyboard.key(char)
        keyboard.now += 20
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    assert keyboard.scans == []
    assert field.text() == "abcde"


@pytest.mark.parametrize("words", ["nguyen thi hong nhan", "Dang ky", "ks-kh/ct", "Huỳnh Thị Ẫm Ỷ"])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_words_sent_at_once_are_never_swallowed(field: QLineEdit, keyboard: Keyboard, words: str, end: Qt.Key) -> None:
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


def test_a_scan_right_after_words_is_still_a_scan(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in "khai sinh":
        keyboard.key(char, CODES.get(char.upper(), 57))
        keyboard.now += 3
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    keyboard.now += 3
    keyboard.scan(KEY)
    assert keyboard.scans == [KEY]
    assert field.text() == "khai sinh"


def test_held_keys_are_handed_on_by_themselves(field: QLineEdit, keyboard: Keyboard, qtbot: Any) -> None:
    keyboard.key("x")
    assert field.text() == ""
    qtbot.waitUntil(lambda: field.text() == "x")


@pytest.mark.parametrize(("gap", "pause"), [(3, 120), (25, 60)], ids=["swift", "as hands may roll"])
def test_a_pause_inside_makes_it_typing(field: QLineEdit, keyboard: Keyboard, gap: int, pause: int) -> None:
    for place, char in enumerate(KEY):
        keyboard.key(char, CODES[char])
        keyboard.now += pause if place == 12 else gap
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    assert keyboard.scans == []
    assert field.text() == KEY


@pytest.mark.parametrize("place", [4, 9, 15])
def test_a_pc_that_stutters_still_hears_one_scan(field: QLineEdit, keyboard: Keyboard, place: int, qtbot: Any) -> None:
    stutter, deadline = QElapsedTimer(), QDeadlineTimer(60_000)
    while True:
        for at, char in enumerate(KEY):
            keyboard.key(char, CODES[char])
            if at == place:
                stutter.start()
                qtbot.wait(50)  # longer than any key of a person's is held
                waited = stutter.elapsed()
            keyboard.now += 90 if at == place else 2
        keyboard.key("\r", 28, Qt.Key.Key_Return)
        if waited < 90 or deadline.hasExpired():  # on a busy machine the wait may exceed the guard's patience
            break
        field.clear()
        keyboard.scans.clear()
        keyboard.now += 1_000
    assert (keyboard.scans, field.text()) == ([KEY], "")


def test_the_times_of_the_driver_count_not_those_of_a_busy_window(field: QLineEdit, keyboard: Keyboard) -> None:
    for char in KEY:  # all delivered at once after the window was busy, but typed slowly
        keyboard.key(char, CODES[char])
        keyboard.now += 120
    keyboard.key("\r", 28, Qt.Key.Key_Return)
    assert keyboard.scans == []
    assert field.text() == KEY


def test_an_open_question_is_not_answered_by_a_scan(keyboard: Keyboard, qtbot: Any) -> None:
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


def test_an_open_menu_is_left_alone(field: QLineEdit, keyboard: Keyboard, qtbot: Any) -> None:
    chosen = []
    menu = QMenu(field)
    menu.addAction("6 Xóa", lambda: chosen.append(6))
    menu.popup(field.mapToGlobal(field.rect().bottomLeft()))
    keyboard.scan(KEY)
    assert (keyboard.scans, chosen, menu.isVisible()) == ([KEY], [], True)
    menu.close()


def scan_into(window: MainWindow, wait_until_idle: Any, *texts: str) -> None:
    """Scans heard by the window, answered."""
    for text in texts:
        window.handle_scan(text)
    wait_until_idle(window.runner)


def test_a_scan_opens_the_dossier_from_any_page(window: MainWindow, wait_until_idle: Any) -> None:
    for page in ("intake", "reports", "sync", "help"):
        window.go_to_page(page)
        scan_into(window, wait_until_idle, KEY)
        assert window.current_page_name == "dossier"
        assert window.dossier.code == "H29.12-260311-0007"


def test_each_of_two_scans_is_asked_and_the_last_one_shown(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: Any
) -> None:
    scan_into(window, wait_until_idle, KEY, OTHER)
    assert [query.text for query in desk.queries_of("ReadScan")] == [KEY, OTHER]
    assert window.dossier.code == "H29.12-260311-0008"


def test_a_stranger_clears_the_dossier_before_and_says_so(window: MainWindow, wait_until_idle: Any) -> None:
    scan_into(window, wait_until_idle, KEY)
    scan_into(window, wait_until_idle, "893456789012")
    assert window.dossier.detail is None
    assert "893456789012" in window.banner.text


def test_a_stranger_right_after_a_dossier_leaves_nobody_in_sight(window: MainWindow, wait_until_idle: Any) -> None:
    scan_into(window, wait_until_idle, KEY, "893456789012")
    assert window.dossier.detail is None


CARD = "048199004217|…|HUỲNH THỊ ẪM Ỷ"


def test_a_citizen_card_fills_the_form_and_can_be_taken_back(window: MainWindow, wait_until_idle: Any) -> None:
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
    """A card that differs from what was typed."""
    person = window.intake.form.submitter
    for name, text in {"id_number": "048190001111", "name": "Người Đang Gõ", "phone": "0905 000 111"}.items():
        getattr(person, name).setText(text)
    scan_into(window, wait_until_idle, CARD)
    (dialog,) = window.findChildren(CardCompareDialog)
    return dialog


def test_nothing_is_written_over_before_somebody_says_so(
    window: MainWindow, open_comparison: CardCompareDialog
) -> None:
    typed = {"kind": "citizen", "id_number": "048190001111", "name": "Người Đang Gõ", "phone": "0905 000 111"}
    assert window.intake.form.submitter.read() == typed
    assert set(open_comparison.boxes) == {"id_number", "name"}
    assert "Huỳnh Thị Ẫm Ỷ" in open_comparison.boxes["name"].accessibleName()
    open_comparison.reject()
    assert window.intake.form.submitter.read() == typed


def test_the_card_of_another_person_takes_his_place_whole(
    window: MainWindow, open_comparison: CardCompareDialog, wait_until_idle: Any
) -> None:
    press = open_comparison.findChild(QPushButton, "card.take")
    assert press.isDefault()
    press.click()
    wait_until_idle(window.runner)
    read = window.intake.form.submitter.read()
    assert (read["id_number"], read["name"]) == ("048199004217", "Huỳnh Thị Ẫm Ỷ")
    assert read.get("phone") != "0905 000 111"
    assert read["birth_date"] == "1999-03-08"


def test_single_fields_are_taken_from_the_card(
    window: MainWindow, open_comparison: CardCompareDialog, wait_until_idle: Any
) -> None:
    open_comparison.boxes["id_number"].setChecked(False)
    open_comparison.findChild(QPushButton, "card.take").click()
    wait_until_idle(window.runner)
    read = window.intake.form.submitter.read()
    assert (read["id_number"], read["name"], read["phone"]) == ("048190001111", "Huỳnh Thị Ẫm Ỷ", "0905 000 111")


def test_a_second_card_asks_anew(window: MainWindow, open_comparison: CardCompareDialog, wait_until_idle: Any) -> None:
    scan_into(window, wait_until_idle, CARD)
    assert len([each for each in window.findChildren(CardCompareDialog) if each.isVisible()]) == 1


def test_f9_takes_the_last_letter_still_held(window: MainWindow, keyboard: Keyboard, qtbot: Any) -> None:
    window.connect_scan_guard(keyboard.guard)
    note: QWidget = window.intake.form.note
    note.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is note)
    keyboard.key("g")
    assert window.intake.form.note.text() == ""
    window._save()
    assert window.intake.form.note.text() == "g"


def test_the_guard_hears_only_windows(keyboard: Keyboard, field: QLineEdit) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, NONE, "a")
    assert keyboard.guard.eventFilter(field, event) is False
    assert isinstance(field.windowHandle(), QWindow)
