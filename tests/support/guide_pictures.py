"""Create the screenshots of the clerk's guide.

They show a training office with a week of invented work.

python -m tests.support.guide_pictures docs/huong-dan/hinh          takes them again
python -m tests.support.guide_pictures docs/huong-dan/hinh --check  lists those that differ from the window, exit 1
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PIL import Image, ImageChops
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QPoint, QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import create_office, open_office
from app.models.enums import Action, PaperForm, Service
from app.office.guide.answers import GuidePage
from app.office.session import OfficeSession
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import ShowDossier
from app.services.intake.command import AcceptDossier
from app.sync.signing import public_key
from app.sync.wire import fingerprint
from app.ui.dossier.supplement_papers import AskedPapersPart
from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese
from app.ui.kit.style import LIGHT, apply_palette, apply_stylesheet
from app.ui.law.dialog import LawDialog
from app.ui.printing.preview import PreviewDialog
from app.ui.printing.queue_dialog import PrintQueueDialog
from app.ui.shell.chrome import StatusFact
from app.ui.shell.window import MainWindow, build_window
from app.usecases.citizens.feedback import AddFeedback, add_feedback
from app.usecases.citizens.queue import TakeTicket, take_ticket
from app.usecases.citizens.queue_calls import CallNext, call_next
from app.usecases.documents.prepare import PreparePapers, prepare_papers
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.intake.accept import accept_dossier
from app.usecases.sms.outbox import SetSmsEnabled, set_sms_enabled
from tests.support.offices import OFFICE, PASSWORD, at, show_dossier
from tests.support.screenshots import RESOURCES, settle
from tests.ui.guide.first_hour_pictures import FirstHour
from tests.usecases.law.samples import ISSUER_KEY, law_file

NOW = at("2026-03-11T09:12")
_COLOURS = 96
"""Number of colours, enough for antialiased text; it reduces the files to a third."""
MOST_CHANGED = 0.0075
"""Part of a picture that may differ from the window, such as one reworded label."""
_VISIBLE = 48
"""Difference of grey that the eye sees."""
_RANDOM = {"xem-truoc": (95, 163, 254, 322), "dong-bo": (232, 166, 857, 198), "khoa-phuc-hoi": (91, 281, 313, 290)}
"""Areas with keys and codes, which differ in every new office."""
_DOSSIERS: tuple[tuple[str, str, str, tuple[tuple[str, dict[str, str]], ...]], ...] = (
    ("2026-03-02T08:30", "1.014027", "Trương Quốc Ấn", (("send", {"to": "Văn hóa – xã hội"}),)),
    ("2026-03-02T09:10", "1.001193", "Huỳnh Thị Ẫm Ỷ", (("finish", {}), ("return", {"received_by": "Huỳnh Thị Ẫm Ỷ"}))),
    ("2026-03-06T09:05", "2.001035", "Phùng Văn Đạt", (("send", {"to": "Tư pháp – hộ tịch"}), ("receive", {}))),
    ("2026-03-09T09:40", "2.001019", "Huỳnh Thị Ẫm Ỷ", (("send", {"to": "Tư pháp – hộ tịch"}),)),
    ("2026-03-09T14:00", "1.014027", "Lâm Thị Bích Ngà", (("ask-supplement", {"note": "Thiếu giấy xác nhận"}),)),
    ("2026-03-10T08:20", "2.001016", "Đặng Thị Hồng Nhạn", (("send", {"to": "Tư pháp – hộ tịch"}), ("finish", {}))),
    ("2026-03-10T10:10", "2.001016", "Nguyễn Hữu Ưởng", ()),
    ("2026-03-10T15:30", "1.001731", "Trương Quốc Ấn", ()),
    ("2026-03-11T08:02", "2.000815", "Bùi Văn Kháng", (("finish", {}), ("return", {"received_by": "Bùi Văn Kháng"}))),
    ("2026-03-11T08:40", "2.000815", "Đặng Thị Hồng Nhạn", (("finish", {}),)),
)
"""Invented dossiers: time, procedure, applicant, and the actions with their values."""
_FEEDBACK = (
    (
        "2026-03-03T08:00",
        AddFeedback("Bảng niêm yết thiếu phí chứng thực", contact="0905 000 222", due=date(2026, 3, 10)),
    ),
    ("2026-03-06T15:00", AddFeedback("Chờ lâu, không có chỗ ngồi ở hành lang", due=date(2026, 3, 16))),
)
_NUMBERS = {"Huỳnh Thị Ẫm Ỷ": ("048199004217", "1999-03-08", "female", "0905 123 456")}

_KEPT_REGISTER = """TT;Số hồ sơ;Họ và tên;Số CCCD;Địa chỉ;Tên thủ tục;Ngày nhận;Ngày hẹn trả;Ngày trả kết quả
1;SC-0001;Nguyễn Văn Tý;048199000011;Thôn Đoài;Đăng ký khai sinh;8/3/25;10/3/25;10/3/25
2;SC-0002;Trần Thị Sửu;048199000022;Thôn Đông;Đăng ký khai sinh;11/3/25;13/3/25;13/3/25
3;SC-0003;Lê Văn Dần;048199000033;Thôn Nam;Đăng ký khai tử;12/3/25;14/3/25;17/3/25
4;SC-0004;;048199000044;Thôn Bắc;Đăng ký khai sinh;13/3/25;17/3/25;14/3/25
"""
"""An invented register of an older year, with one row without a name."""

_NEW_RECEIPT = {
    "kind": "form",
    "key": "2025/receipt",
    "value": {"like": "2025/receipt", "title": ["GIẤY TIẾP NHẬN"], "footer": "Mẫu số 01 (ví dụ)"},
    "valid_from": "2026-06-01",
}
Codes = dict[str, str]
Scene = Callable[[MainWindow, Codes], QWidget | None]
SCENES: dict[str, Scene] = {}
_FIRST_HOURS: list[FirstHour] = []


def scene(name: str) -> Callable[[Scene], Scene]:
    """Register a function that prepares the screenshot `name`.

    The function returns the widget to grab, or None for the whole window.
    """

    def register(prepare: Scene) -> Scene:
        SCENES[name] = prepare
        return prepare

    return register


def play_week(office: OfficeSession) -> Codes:
    """Create the dossiers of the week; return the last code of each applicant."""
    codes: Codes = {}
    for time, procedure, name, actions in _DOSSIERS:
        number, born, gender, phone = _NUMBERS.get(name, (None, None, None, "0905 000 111"))
        person = {"kind": "citizen", "name": name, "id_number": number, "birth_date": born, "gender": gender}
        line = {"procedure": procedure, "channel": "direct", "fee": 8000}
        line["applicant"] = {**person, "phone": phone, "address": "Thôn Đoài, xã Kiểm Thử"}
        instant = at(time)
        code = office.write(accept_dossier, AcceptDossier.read(line, instant.date()), instant).code
        for action, values in actions:
            office.write(act_on_dossier, ActOnDossier(code, Action(action), **values), instant)
        codes[name] = code
    late: datetime = at("2026-03-10T16:20")
    forms = (PaperForm.RECEIPT, PaperForm.CONTROL)
    office.write(prepare_papers, PreparePapers(codes["Nguyễn Hữu Ưởng"], forms), late)
    for service in (Service.INTAKE, Service.INTAKE, Service.PRIORITY, Service.RESULT):
        office.write(take_ticket, TakeTicket(service), NOW)
    office.write(call_next, CallNext(), NOW)
    for time, command in _FEEDBACK:
        office.write(add_feedback, command, at(time))
    return codes


def _barcode_of(window: MainWindow, code: str) -> str:
    return window.runner.desk.read(show_dossier, ShowDossier(code)).key


def _wait_until(condition: Callable[[], bool]) -> None:
    """Process events until the condition is true."""
    deadline = QDeadlineTimer(120_000)
    while not condition():
        assert not deadline.hasExpired(), "the condition did not become true in time"
        QCoreApplication.processEvents()


@scene("dau-ngay")
def _start(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("start")


@scene("tiep-nhan")
def _intake(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("intake")
    form = window.intake.form
    form.procedure.setFocus()
    QTest.keyClicks(form.procedure, "ks")
    QTest.keyClick(form.procedure, Qt.Key.Key_Return)
    _wait_until(lambda: form.chosen is not None)
    QTest.keyClicks(form.submitter.id_number, "048199004217")
    _wait_until(lambda: form.submitter.name.text() != "")
    settle(window)
    form.papers.tick(1)


@scene("o-sai")
def _wrong(window: MainWindow, _codes: Codes) -> None:
    window.banner.clear()
    window.intake.form.submitter.birth_date.setText("31/02/1999")
    window.intake.save()


@scene("da-luu")
def _saved(window: MainWindow, _codes: Codes) -> None:
    window.intake.form.submitter.birth_date.setText("08/03/1999")
    window.intake.form.papers.tick(1)  # a missing paper is asked about
    window.intake.save()
    _wait_until(lambda: window.intake.last_code != "" or window.intake.doubt_bar.isVisible())
    window.intake.confirm_doubts()
    _wait_until(lambda: window.intake.last_code != "")


@scene("giay-cho-in")
def _waiting(window: MainWindow, _codes: Codes) -> QWidget:
    window.paper_dialogs.show_print_queue()
    settle(window)
    return window.findChildren(PrintQueueDialog)[0]


@scene("tra-cuu")
def _lookup(window: MainWindow, _codes: Codes) -> None:
    window.findChildren(PrintQueueDialog)[0].reject()
    window.banner.clear()
    window.focus_lookup()
    QTest.keyClicks(window.lookup_field, "huynh")


@scene("ho-so")
def _dossier(window: MainWindow, codes: Codes) -> None:
    window.open_dossier(codes["Phùng Văn Đạt"])


@scene("bo-sung")
def _supplement(window: MainWindow, _codes: Codes) -> None:
    window.dossier.begin_action(Action.ASK_SUPPLEMENT)
    form = window.dossier.action_form
    assert form is not None and isinstance(form.papers, AskedPapersPart)
    form.papers.missing[1].setChecked(True)
    form.papers.notes[1].setText("bản chính")


@scene("xin-loi")
def _apology(window: MainWindow, codes: Codes) -> None:
    window.dossier.close_action()
    window.open_dossier(codes["Nguyễn Hữu Ưởng"])
    settle(window)
    window.dossier.begin_action(Action.APOLOGISE)


@scene("tra-ket-qua")
def _return(window: MainWindow, codes: Codes) -> None:
    window.dossier.close_action()
    window.open_dossier(codes["Đặng Thị Hồng Nhạn"])
    settle(window)
    window.dossier.begin_action(Action.RETURN)


@scene("xem-truoc")
def _preview(window: MainWindow, codes: Codes) -> QWidget:
    window.dossier.close_action()
    window.prints.preview(codes["Đặng Thị Hồng Nhạn"], PaperForm.RECEIPT)
    settle(window)
    return window.findChildren(PreviewDialog)[0]


@scene("viec-phai-lam")
def _work(window: MainWindow, codes: Codes) -> None:
    window.findChildren(PreviewDialog)[0].reject()
    window.go_to_page("worklist")
    settle(window)
    for work in window.worklist._all:
        if work.code in (codes["Nguyễn Hữu Ưởng"], codes["Trương Quốc Ấn"]):
            window.worklist._mark(work)
    window.worklist.holder.setText("Tư pháp – hộ tịch")


@scene("theo-nguoi-giu")
def _board(window: MainWindow, _codes: Codes) -> None:
    window.worklist.view.set_value("people")


@scene("dem-khay")
def _count(window: MainWindow, codes: Codes) -> None:
    window.worklist.view.set_value("work")
    window.go_to_page("count")
    settle(window)
    for name in ("Nguyễn Hữu Ưởng", "Trương Quốc Ấn", "Phùng Văn Đạt"):
        window.handle_scan(_barcode_of(window, codes[name]))
        settle(window)


@scene("bao-cao")
def _report(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("reports")


@scene("so")
def _register(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("registers")


@scene("dong-bo")
def _sync(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("sync")


@scene("may-quet")
def _devices(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("devices")
    settle(window)
    window.handle_scan("MVH1-0123456789-BHLMV")


@scene("nguoi-dan")
def _citizens(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("citizens")


@scene("lich")
def _calendar(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("calendar")


@scene("goi-phap-luat")
def _law_package(window: MainWindow, _codes: Codes) -> QWidget:
    window.go_to_page("law")
    window.law.show_package(law_file([_NEW_RECEIPT], id="mau-2026", title="Mẫu giấy tiếp nhận mới"))
    settle(window)
    dialog = window.findChild(LawDialog)
    dialog.fingerprint.setText(fingerprint(public_key(ISSUER_KEY)))
    dialog.load()
    settle(window)
    return dialog


@scene("danh-muc")
def _catalogue(window: MainWindow, _codes: Codes) -> None:
    for dialog in window.findChildren(LawDialog):
        dialog.reject()
    window.go_to_page("catalogue")
    settle(window)
    window.catalogue.open_code("2.000815")


@scene("quy-dinh")
def _rules(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("rules")
    settle(window)
    page = window.rules
    page.kind.setCurrentIndex(page.kind.findData("term"))


@scene("tin-nhan")
def _notices(window: MainWindow, codes: Codes) -> None:
    desk = window.runner.desk
    desk.write(set_sms_enabled, SetSmsEnabled(True))
    for name, action, values in (
        ("Phùng Văn Đạt", Action.FINISH, {}),
        ("Trương Quốc Ấn", Action.ASK_SUPPLEMENT, {"note": "Thiếu giấy xác nhận"}),
    ):
        desk.write(act_on_dossier, ActOnDossier(codes[name], action, **values))
    window.go_to_page("notices")


@scene("hai-long")
def _rating(window: MainWindow, codes: Codes) -> None:
    window.open_dossier(codes["Đặng Thị Hồng Nhạn"])
    settle(window)
    window.dossier.begin_action(Action.RETURN)
    form = window.dossier.action_form
    assert form is not None
    form.submit_button.click()
    _wait_until(window.dossier.rating.isVisible)


@scene("tu-choi")
def _refusal(window: MainWindow, codes: Codes) -> QWidget:
    window.banner.clear()
    _intake(window, codes)
    window.intake.turn_away()
    dialog = window.intake.turn_away_flow.dialog
    assert dialog is not None
    return dialog


def _open_table(window: MainWindow, kind: str, file: str, text: str) -> None:
    window.go_to_page("tables")
    settle(window)
    window.tables.kind.set_value(kind)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / file
        table.write_text(text, encoding="utf-8")
        window.tables.open_file(table)
        _wait_until(lambda: window.runner.idle)


@scene("so-excel")
def _kept_register(window: MainWindow, _codes: Codes) -> None:
    window.intake.turn_away_flow.close_dialog()
    window.intake.form.clear()
    window.banner.clear()
    _open_table(window, "import", "so-2025.csv", _KEPT_REGISTER)


@scene("qua-han")
def _late_list(window: MainWindow, codes: Codes) -> None:
    due = (("Bùi Văn Kháng", "10/03/2026"), ("Lâm Thị Bích Ngà", "10/03/2026"), ("Trương Quốc Ấn", "09/03/2026"))
    lines = [f"{codes[name]};{day}" for name, day in due]
    text = "\n".join(("Mã hồ sơ;Hạn trả", *lines, "H29.12-260101-0099;05/01/2026"))
    _open_table(window, "late", "ho-so-qua-han.csv", text)


@scene("tro-giup")
def _help(window: MainWindow, _codes: Codes) -> None:
    window.go_to_page("dossier")
    window.go_to_page("help")


@scene("bat-dau")
def _first_start(window: MainWindow, _codes: Codes) -> QWidget:
    return _first_hour(window).window_at(GuidePage.START)


@scene("lap-co-quan")
def _new_office(window: MainWindow, _codes: Codes) -> QWidget:
    return _first_hour(window).window_at(GuidePage.OFFICE)


@scene("khoa-phuc-hoi")
def _recovery_page(window: MainWindow, _codes: Codes) -> QWidget:
    return _first_hour(window).founded(_wait_until)


def _first_hour(window: MainWindow) -> FirstHour:
    """Return the guides of the first hour; they end with the window."""
    if not _FIRST_HOURS:
        _FIRST_HOURS.append(FirstHour(window.runner.desk.facts.folder.parent, NOW))
    return _FIRST_HOURS[0]


def reduce_colours(file: Path) -> None:
    """Reduce the colours of an image file."""
    with Image.open(file) as image:
        reduced = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    reduced.save(file, optimize=True)


def open_window(office: OfficeSession) -> MainWindow:
    """Open a window of 1366x768 pixels on an office."""
    window = build_window(office)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 120_000)
    window.start_deferred_work()
    settle(window)
    return window


def picture_of(widget: QWidget) -> QPixmap:
    """Return what the screen shows of a widget.

    `QWidget.grab` resizes hidden children first, which has ended the process inside Qt's bindings.
    """
    window = widget.window()
    picture = window.screen().grabWindow(window.winId())
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return picture if widget is window else picture.copy(place)


def take_pictures(folder: Path) -> None:
    """Save all screenshots in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    load_fonts(RESOURCES)
    install_vietnamese(application)
    apply_palette(application, LIGHT)
    apply_stylesheet(application, LIGHT, RESOURCES)
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "co-quan"
        text = OFFICE.replace("xã Thử Nghiệm", "xã Kiểm Thử")
        create_office(data, text, True, at("2026-03-01T07:00"), PASSWORD)
        office = open_office(data, "", NOW)
        try:
            codes = play_week(office)
            window = open_window(office)
            for name, prepare in SCENES.items():
                widget = prepare(window, codes) or window
                settle(window)
                window.status.show_facts([StatusFact("backup", "", "office")])  # shows the time of the machine
                picture_of(widget).save(str(folder / f"{name}.png"))
                reduce_colours(folder / f"{name}.png")
            window.close()
        finally:
            for first_hour in _FIRST_HOURS:
                first_hour.close()
            office.close()


def changed_part(file: Path, other: Path) -> float:
    """Return the part of a picture that differs.

    It is 1 for another size or a missing picture.
    """
    if not (file.exists() and other.exists()):
        return 1.0
    with Image.open(file) as one, Image.open(other) as two:
        if one.size != two.size:
            return 1.0
        difference = ImageChops.difference(one.convert("L"), two.convert("L"))
    if file.stem in _RANDOM:
        difference.paste(0, _RANDOM[file.stem])
    visible = sum(difference.histogram()[_VISIBLE:])
    return visible / (difference.width * difference.height)


def stale_pictures(folder: Path, taken: Path) -> dict[str, float]:
    """Return the pictures of a folder that differ from those just taken."""
    names = sorted({file.stem for place in (folder, taken) for file in place.glob("*.png")})
    parts = {name: changed_part(folder / f"{name}.png", taken / f"{name}.png") for name in names}
    return {name: part for name, part in parts.items() if part > MOST_CHANGED}


def check_pictures(folder: Path) -> int:
    """Take the pictures again and list those that are stale."""
    with tempfile.TemporaryDirectory() as temporary:
        take_pictures(Path(temporary))
        stale = stale_pictures(folder, Path(temporary))
    for name, part in stale.items():
        print(f"{name}.png: {part:.1%}")
    return 1 if stale else 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "--check" in sys.argv:
        sys.exit(check_pictures(Path(sys.argv[1])))
    take_pictures(Path(sys.argv[1]))
