"""Save a screenshot of every page with invented people.

Run it by hand for visual review:

python -m tests.support.screenshots FOLDER [WIDTHxHEIGHT] [dark] [SCENE…]
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.enums import Action, PaperFault, PaperForm, PaperSize, Status
from app.models.errors import Refusal
from app.services.documents.print_queue import WaitingPaper
from app.services.number_repairs import NumberRepair
from app.services.records.supplement_papers import AskedPaper
from app.ui.admin.national_dialog import NationalDialog
from app.ui.admin.numbers_dialog import NumbersDialog
from app.ui.admin.own_password import OwnPasswordDialog
from app.ui.admin.package_dialog import PackageDialog
from app.ui.dossier.supplement_papers import AskedPapersPart
from app.ui.intake.card_compare import CardCompareDialog
from app.ui.intake.drafts_dialog import DraftsDialog, OpenDraftDialog
from app.ui.kit.fonts import load_fonts
from app.ui.kit.qt_translations import install_vietnamese
from app.ui.kit.rating import RatingDialog
from app.ui.kit.style import DARK, LIGHT, apply_palette, apply_stylesheet
from app.ui.printing.preprinted_dialog import PreprintedDialog
from app.ui.printing.preview import PreviewDialog
from app.ui.printing.queue_dialog import PrintQueueDialog
from app.ui.printing.refusal_slips_dialog import CounterRefusalsDialog
from app.ui.shell.leave_dialog import LeaveDialog, unfinished_work
from app.ui.shell.window import MainWindow, build_window
from app.usecases.dossiers.day_start import DayStart
from app.usecases.dossiers.earlier_visits import Visits
from app.usecases.intake.check_form import FormDoubt
from app.usecases.intake.draft import DraftLine
from app.usecases.office.clock import ClockState
from app.usecases.office.number_repair import NumbersState
from app.usecases.office.rebuild import Rebuilding, RebuildResult
from app.usecases.sms.outbox import SmsOutbox
from tests.support.page_answers import MORNING, QUESTIONS
from tests.support.page_states import STATES
from tests.support.recording_desk import AID, BIRTH, CODE, COPY, NOW, RecordingDesk, line, sheet
from tests.support.visual_checks import wait_for_layout

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def settle(window: MainWindow, pause: int = 400) -> None:
    """Process events for `pause` milliseconds and until the window is idle."""
    deadline = QDeadlineTimer(pause)
    while not deadline.hasExpired() or not window.runner.idle:
        QCoreApplication.processEvents()
    wait_for_layout(window)


def fill_intake(window: MainWindow) -> None:
    """Fill the intake form for a birth registration."""
    form = window.intake.form
    form.procedure.setFocus()
    QTest.keyClicks(form.procedure, "ks")
    settle(window)
    QTest.keyClick(form.procedure, Qt.Key.Key_Return)
    QTest.keyClicks(form.submitter.id_number, "048199004217")
    settle(window)
    form.papers.tick(1)
    settle(window)


DOUBTED_CLOCK = ClockState(
    "Đồng hồ máy (11/03/2026 09:12) cách lần dùng trước (02/01/2026) quá 35 ngày.",
    False,
    ("H29.12-260102-0003", "H29.12-260102-0004"),
)
FREQUENT = (BIRTH, COPY, AID, BIRTH) * 2
SCENES: dict[str, Callable[[MainWindow], None]] = {}


def scene(name: str) -> Callable[[Callable[[MainWindow], None]], Callable[[MainWindow], None]]:
    """Register a function that prepares the screenshot `name`."""

    def register(prepare: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        SCENES[name] = prepare
        return prepare

    return register


@scene("intake-empty")
def _empty(window: MainWindow) -> None:
    window.go_to_page("intake")


@scene("intake-picker")
def _picker(window: MainWindow) -> None:
    window.go_to_page("intake")
    field = window.intake.form.procedure
    field.setFocus()
    QTest.keyClicks(field, "k")


@scene("intake-filled")
def _filled(window: MainWindow) -> None:
    window.go_to_page("intake")
    window.intake.form.clear()
    fill_intake(window)


@scene("intake-blank")
def _blank(window: MainWindow) -> None:
    window.go_to_page("intake")
    window.intake.form.clear()
    fill_intake(window)
    window.handle_scan("H29.12-260311-0011")
    settle(window)
    window.intake.form.submitter.name.setText("Huỳnh Thị Ẫm Ỷ")
    window.intake.form.preprinted.day.setText("11/03/2026")
    window.intake.save()
    settle(window)
    window.grab().save(str(window.property("folder") / "intake-blank-asked.png"))
    window.intake.form.preprinted.hour.setText("8h05")
    window.intake.form.clear_errors()


@scene("blanks")
def _blanks(window: MainWindow) -> None:
    window.intake.form.clear()
    window.go_to_page("registers")
    window.paper_dialogs.show_preprinted()
    settle(window)
    (dialog,) = window.findChildren(PreprintedDialog)
    dialog.print_button.click()
    settle(window)
    dialog.grab().save(str(window.property("folder") / "blanks-dialog.png"))
    for preview in window.findChildren(PreviewDialog):
        preview.grab().save(str(window.property("folder") / "blanks-preview.png"))
    window.paper_dialogs.close_all()


@scene("slips")
def _slips(window: MainWindow) -> None:
    window.go_to_page("registers")
    window.paper_dialogs.show_counter_refusals()
    settle(window)
    (dialog,) = window.findChildren(CounterRefusalsDialog)
    dialog.grab().save(str(window.property("folder") / "slips-dialog.png"))
    window.paper_dialogs.close_all()
    window.activateWindow()


@scene("intake-wrong")
def _wrong(window: MainWindow) -> None:
    window.go_to_page("intake")
    window.intake.form.submitter.birth_date.setText("31/02/1999")
    window.intake.save()


@scene("intake-doubts")
def _doubts(window: MainWindow) -> None:
    window.go_to_page("intake")
    window.intake.start_new_form()
    fill_intake(window)
    desk = window.runner.desk
    assert isinstance(desk, RecordingDesk)
    number = "Số định danh cho biết năm sinh 1990, khác năm sinh đã ghi 1999. Hãy đối chiếu với giấy tờ."
    phone = "Số điện thoại «0905 123 45» không đúng dạng. Hãy hỏi lại để báo được khi có kết quả."
    fields = (("applicant.id_number", number), ("applicant.phone", phone))
    desk.answers["CheckForm"] = tuple(FormDoubt(field, sentence, True) for field, sentence in fields)
    window.intake.edited()
    window.intake.save()
    settle(window)
    desk.answers["CheckForm"] = ()


@scene("intake-all-fields")
def _all(window: MainWindow) -> None:
    window.go_to_page("intake")
    form = window.intake.form
    form.clear()
    form.procedure.setFocus()
    form.channel.set_value("online")
    QTest.keyClicks(form.procedure, "bt")
    settle(window)
    QTest.keyClick(form.procedure, Qt.Key.Key_Return)
    form.other_owner.setChecked(True)
    form.has_principal.setChecked(True)


@scene("intake-copies")
def _copies(window: MainWindow) -> None:
    window.go_to_page("intake")
    form = window.intake.form
    form.clear()
    form.choose_procedure(replace(COPY, priced_per_page=True, boundary_free=True))
    form.terms.exempt_tick.setChecked(True)
    form.terms.elsewhere_tick.setChecked(True)
    window.intake.form.submitter.fill({"name": "Đặng Thị Hồng Nhạn"})


@scene("intake-saved")
def _saved(window: MainWindow) -> None:
    window.go_to_page("intake")
    form = window.intake.form
    form.clear()
    for _ in range(2):
        fill_intake(window)
        window.intake.save()
        settle(window)


@scene("intake-refuse")
def _refuse(window: MainWindow) -> None:
    window.go_to_page("intake")
    window.banner.clear()
    window.intake.form.clear()
    fill_intake(window)
    window.intake.turn_away()
    settle(window)
    dialog = window.intake.turn_away_flow.dialog
    assert dialog is not None
    dialog.grab().save(str(window.property("folder") / "intake-refuse-dialog.png"))
    dialog.submit()


@scene("intake-drafts")
def _drafts(window: MainWindow) -> None:
    forms = ({"applicant": {"name": "Hồ Thị Bưởi"}}, {"applicant": {"name": "Đinh Văn Quýt"}}, {})
    lines = [DraftLine(form, "Đăng ký khai sinh" if form else "", NOW) for form in forms]
    dialog = DraftsDialog(lines, window.intake)
    dialog.open()
    question = OpenDraftDialog("Phùng Văn Đạt", "Hồ Thị Bưởi", lambda: None, window.intake)
    question.open()
    window.intake.side_panel.show_drafts(3)
    settle(window)
    dialog.grab().save(str(window.property("folder") / "drafts-dialog.png"))
    question.grab().save(str(window.property("folder") / "draft-question.png"))
    question.reject()
    dialog.reject()


@scene("clock")
def _clock(window: MainWindow) -> None:
    window.clock_watch.resolve()
    settle(window)
    dialog = window.clock_watch.dialog
    assert dialog is not None
    dialog.grab().save(str(window.property("folder") / "clock-dialog.png"))
    dialog.reject()


@scene("card-compare")
def _compare(window: MainWindow) -> None:
    window.go_to_page("intake")
    window.intake.form.clear()
    person = window.intake.form.submitter
    texts = {"id_number": "048190001111", "name": "Huỳnh Thị Ấm", "address": "Thôn Đoài"}
    for name, text in texts.items():
        getattr(person, name).setText(text)
    window.handle_scan("048199004217|…|HUỲNH THỊ ẪM Ỷ")
    settle(window)
    (dialog,) = window.findChildren(CardCompareDialog)
    dialog.grab().save(str(window.property("folder") / "card-compare-dialog.png"))
    dialog.reject()
    window.intake.form.clear()


@scene("worklist")
def _work(window: MainWindow) -> None:
    window.banner.clear()
    window.go_to_page("worklist")
    settle(window)
    window.worklist._mark(window.worklist._all[2])


@scene("worklist-board")
def _board(window: MainWindow) -> None:
    window.go_to_page("worklist")
    window.worklist.view.set_value("people")


@scene("worklist-take-over")
def _take_over(window: MainWindow) -> None:
    settle(window)
    window.worklist.board.begin_takeover(window.worklist.board.table.current)


@scene("worklist-holder")
def _holder(window: MainWindow) -> None:
    window.worklist.show_holder("Địa chính")


@scene("start")
def _start(window: MainWindow) -> None:
    window.worklist.show_holder("")
    window.go_to_page("start")


@scene("start-clear")
def _start_clear(window: MainWindow) -> None:
    window.runner.desk.answers["GetDayStart"] = DayStart((), 0, MORNING.next_day)
    window.start.reload()
    settle(window)
    window.runner.desk.answers["GetDayStart"] = MORNING


@scene("lookup")
def _lookup(window: MainWindow) -> None:
    window.focus_lookup()
    QTest.keyClicks(window.lookup_field, "huynh")


@scene("dossier")
def _dossier(window: MainWindow) -> None:
    window.open_dossier(CODE)


@scene("dossier-act")
def _act(window: MainWindow) -> None:
    window.dossier.begin_action(Action.ASK_SUPPLEMENT)


@scene("dossier-supplement")
def _supplement(window: MainWindow) -> None:
    window.dossier.begin_action(Action.ASK_SUPPLEMENT)
    form = window.dossier.action_form
    assert form is not None and isinstance(form.papers, AskedPapersPart)
    form.papers.missing[0].setChecked(True)
    QTest.keyClicks(form.papers.notes[1], "chua ky")
    settle(window)
    window.grab().save(str(window.property("folder") / "dossier-asking.png"))
    requested = (AskedPaper("Giấy chứng sinh"), AskedPaper("Tờ khai", PaperFault.WRONG, "chưa ký"))
    detail = replace(sheet(CODE, (Action.SUPPLEMENT,)), status=Status.SUPPLEMENT_ASKED, requested=requested)
    window.dossier.show_detail(detail)
    window.dossier.begin_action(Action.SUPPLEMENT)


@scene("dossier-amend")
def _amend(window: MainWindow) -> None:
    window.dossier.begin_action(Action.AMEND)


@scene("dossier-send")
def _send(window: MainWindow) -> None:
    window.dossier.begin_action(Action.SEND)
    settle(window)
    form = window.dossier.action_form
    assert form is not None
    QTest.keyClicks(form.boxes["to"].inner, "tp")


@scene("leave")
def _leave(window: MainWindow) -> None:
    dialog = LeaveDialog(unfinished_work(2, half_form=True), 2, window)
    dialog.open()
    settle(window)
    dialog.grab().save(str(window.property("folder") / "leave-dialog.png"))
    dialog.reject()


@scene("dossier-rate")
def _dossier_rate(window: MainWindow) -> None:
    window.open_dossier(CODE)
    settle(window)
    window.dossier.begin_action(Action.RETURN)
    form = window.dossier.action_form
    assert form is not None
    form.submit_button.click()
    settle(window)
    RatingDialog(CODE, QUESTIONS, window.dossier).open()
    settle(window)
    (dialog,) = window.findChildren(RatingDialog)
    dialog.grab().save(str(window.property("folder") / "rate-dialog.png"))
    dialog.reject()


@scene("preview")
def _preview(window: MainWindow) -> None:
    window.dossier.close_action()
    window.prints.preview(CODE, PaperForm.RECEIPT)
    settle(window)
    window.findChildren(PreviewDialog)[0].grab().save(str(window.property("folder") / "preview-dialog.png"))
    window.findChildren(PreviewDialog)[0].reject()


@scene("reports")
def _reports(window: MainWindow) -> None:
    window.go_to_page("reports")


@scene("charts")
def _charts(window: MainWindow) -> None:
    window.go_to_page("reports")
    window.reports.view.set_value("picture")


@scene("registers")
def _registers(window: MainWindow) -> None:
    window.go_to_page("registers")


@scene("registers-field")
def _registers_field(window: MainWindow) -> None:
    window.go_to_page("registers")
    settle(window)
    window.registers.field.setCurrentIndex(2)
    window.registers.field.activated.emit(2)


@scene("package")
def _package(window: MainWindow) -> None:
    dialog = PackageDialog(window.runner, b"calendar", window)
    dialog.load()
    dialog.show()
    settle(window)
    dialog.grab().save(str(window.property("folder") / "package-dialog.png"))
    dialog.reject()


@scene("national")
def _national(window: MainWindow) -> None:
    dialog = NationalDialog(window.runner, window)
    dialog.show()
    settle(window)
    dialog.grab().save(str(window.property("folder") / "national-dialog.png"))
    dialog.reject()


@scene("sync")
def _sync(window: MainWindow) -> None:
    window.go_to_page("sync")


@scene("office")
def _office(window: MainWindow) -> None:
    window.go_to_page("office")


@scene("notices")
def _notices(window: MainWindow) -> None:
    window.banner.clear()
    window.go_to_page("notices")


@scene("notices-all")
def _notices_all(window: MainWindow) -> None:
    window.go_to_page("notices")
    window.notices.view.set_value("all")


@scene("notices-off")
def _notices_off(window: MainWindow) -> None:
    desk = window.runner.desk
    lines, desk.answers["ListSms"] = desk.answers["ListSms"], SmsOutbox(False, (), ("0905123456", "0905123457"))
    window.notices.view.set_value("waiting")
    window.go_to_page("notices")
    settle(window)
    window.notices.send_card.send.setEnabled(True)
    window.notices.send_card.send.click()
    desk.answers["ListSms"] = lines


@scene("people")
def _people(window: MainWindow) -> None:
    window.go_to_page("people")


@scene("people-add")
def _people_add(window: MainWindow) -> None:
    window.go_to_page("people")
    window.people.begin_add()
    window.people.form.name.setText("Vũ Thị Mới")
    window.people.form.secret.setText("480217")
    window.people.form.submit()


@scene("people-change")
def _people_change(window: MainWindow) -> None:
    window.go_to_page("people")
    settle(window)
    window.people.begin_change(window.people.table.current)
    dialog = OwnPasswordDialog(window.runner, window)
    dialog.open()
    settle(window)
    dialog.grab().save(str(window.property("folder") / "own-password.png"))
    dialog.reject()


@scene("devices")
def _devices(window: MainWindow) -> None:
    window.go_to_page("devices")
    settle(window)
    for text in ("MVH1-0123456789-BHLMV", "mvh2-AbCdEf-WwYyZz", "MVH5|Nguyn Th m |k ng|", "6303260311000078"):
        window.handle_scan(text)


@scene("numbers")
def _numbers(window: MainWindow) -> None:
    repair = NumberRepair(
        "2026-03-11", 3, 8, 42, "Máy phụ đã cấp đến số 41 khi mất điện", "Trần Thị Bình", "Lê Văn Hai",
        "2026-03-11T08:40:00+07:00",
    )  # fmt: skip
    window.runner.desk.answers["GetNumbersState"] = NumbersState(date(2026, 3, 11), 3, 44, 47, 48, 4312, (repair,))
    window.go_to_page("office")
    window.office._open_numbers()
    settle(window)
    dialog = window.findChild(NumbersDialog)
    dialog.grab().save(str(window.property("folder") / "numbers-dialog.png"))
    dialog.reject()


@scene("rebuild")
def _rebuild(window: MainWindow) -> None:
    desk, folder = window.runner.desk, window.property("folder")
    desk.answers |= {"GetRebuilding": Rebuilding(None, None, 0)}
    window.go_to_page("rebuild")
    settle(window)
    window.grab().save(str(folder / "rebuild-shut.png"))
    desk.answers |= {"GetRebuilding": Rebuilding(NOW + timedelta(hours=12), "Lê Văn Hai", 41)}
    window.rebuild.reload()
    settle(window)
    window.grab().save(str(folder / "rebuild-open.png"))
    answers = (
        RebuildResult("H29.12-260311-0007", "rebuilt", "H… T… Ẫ… Ỷ"),
        RebuildResult("H29.12-260311-0009", "seen"),
        Refusal("rebuild_sealed", "text"),
        Refusal("rebuild_other_dossier", "text", code="H29.12-260311-0002"),
        RebuildResult("H29.12-260311-0004", "known", "L… T… É…"),
    )
    for place, answer in enumerate(answers):
        desk.answers["RebuildDossier"] = answer
        window.handle_scan(f"MC1:{place}")
        settle(window)
    window.grab().save(str(folder / "rebuild-scans.png"))
    window.handle_scan("MCK1:ABC")
    settle(window)


@scene("calendar")
def _calendar(window: MainWindow) -> None:
    window.go_to_page("calendar")
    settle(window)
    window.calendar.show_day(date(2026, 3, 13))


@scene("rules")
def _rules(window: MainWindow) -> None:
    window.go_to_page("rules")


@scene("catalogue")
def _catalogue(window: MainWindow) -> None:
    window.go_to_page("catalogue")


@scene("catalogue-form")
def _catalogue_form(window: MainWindow) -> None:
    window.catalogue.open_code("2.000815")


@scene("catalogue-wrong")
def _catalogue_wrong(window: MainWindow) -> None:
    window.catalogue.form.fee.setText("nhiều")
    window.catalogue.save_form()


@scene("catalogue-new")
def _catalogue_new(window: MainWindow) -> None:
    window.catalogue.begin_new()


@scene("catalogue-none")
def _catalogue_none(window: MainWindow) -> None:
    window.catalogue.close_form()
    settle(window)
    QTest.keyClicks(window.catalogue.filter, "xyz")


@scene("count")
def _count(window: MainWindow) -> None:
    window.go_to_page("count")
    window.handle_scan("6303260311000078")
    window.handle_scan("893456789012")


@scene("waiting")
def _waiting(window: MainWindow) -> None:
    window.go_to_page("worklist")
    window.paper_dialogs.show_print_queue()
    settle(window)
    (dialog,) = window.findChildren(PrintQueueDialog)
    dialog.grab().save(str(window.property("folder") / "waiting-dialog.png"))
    dialog.reject()


@scene("unknown-code")
def _unknown_code(window: MainWindow) -> None:
    window.go_to_page("dossier")
    window.handle_scan("6303260311000078")
    window.handle_scan("893456789012")


@scene("help")
def _help(window: MainWindow) -> None:
    window.banner.clear()
    window.go_to_page("catalogue")
    window.go_to_page("help")


SCENES |= STATES


def main(arguments: list[str]) -> None:
    """Save the screenshots of all or the named scenes in a folder."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    width, height = (int(side) for side in (arguments[1] if len(arguments) > 1 else "1366x768").split("x"))
    application = QApplication([])
    load_fonts(RESOURCES)
    install_vietnamese(application)
    colours = DARK if "dark" in arguments else LIGHT
    apply_palette(application, colours)
    with tempfile.TemporaryDirectory() as desk_folder:
        visits = Visits((line(2, "Huỳnh Thị Ẫm Ỷ", "Đăng ký khai sinh", "received", 0),))
        unprinted = WaitingPaper(CODE, PaperForm.RECEIPT, PaperSize.A5, 2, NOW, (11, 12))
        answers = {
            "EarlierVisits": visits,
            "ListUnprinted": (unprinted,),
            "GetClockState": DOUBTED_CLOCK,
            "FrequentProcedures": FREQUENT,
        }
        desk = RecordingDesk(Path(desk_folder), answers, training="training" in arguments)
        window = build_window(desk)
        apply_stylesheet(application, colours, RESOURCES)
        window.resize(width, height)
        window.setProperty("folder", folder)
        window.show()
        window.activateWindow()
        window.start_deferred_work()
        settle(window)
        selected = [word for word in arguments if word in SCENES]
        for name, prepare in SCENES.items():
            if selected and name not in selected:
                continue
            prepare(window)
            settle(window)
            window.grab().save(str(folder / f"{name}.png"))
        window.close()


if __name__ == "__main__":
    main(sys.argv[1:])
