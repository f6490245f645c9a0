"""Every dialog of the window, opened over it by name."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QFileDialog

from app.models.enums import PaperForm
from app.ui.admin.national_dialog import NationalDialog
from app.ui.admin.numbers_dialog import NumbersDialog
from app.ui.admin.own_password import OwnPasswordDialog
from app.ui.admin.package_dialog import PackageDialog
from app.ui.admin.recovery_page import RecoveryPageDialog
from app.ui.admin.sync_files_dialog import SyncFilesDialog
from app.ui.citizens.transfer_dialog import TransferDialog
from app.ui.intake.card_compare import CardCompareDialog, Difference
from app.ui.intake.drafts_dialog import DraftsDialog, OpenDraftDialog
from app.ui.intake.turn_away import TurnAwayDialog
from app.ui.kit.rating import RatingDialog
from app.ui.law.dialog import LawDialog
from app.ui.printing.payment_code import PaymentCodeDialog
from app.ui.reports.frozen_dialog import FrozenDialog
from app.ui.reports.targets_dialog import TargetsDialog
from app.ui.reports.texts_dialog import TextsDialog
from app.ui.shell.clock_dialog import ClockDialog
from app.ui.shell.leave_dialog import LeaveDialog, unfinished_work
from app.ui.shell.window import MainWindow
from app.usecases.documents.dossier_extras import PaymentCode
from app.usecases.intake.draft import DraftLine
from app.usecases.office.clock import ClockState
from tests.support.page_answers import QUESTIONS
from tests.support.recording_desk import CODE, NOW, QUEUE

DOUBTED = ClockState("Đồng hồ máy cách lần dùng trước quá 35 ngày.", False, (CODE,))
PAYMENT = PaymentCode(CODE, "970415-123456789", 8000, "HS7", ("101", "010", "101"))
OUTSIDE = {
    "SignInDialog": "before the window, or over the locked one",
    "RecoveryKeyDialog": "over the sign-in",
    "RestoreDialog": "before or after the window",
    "PapersOfPeriodDialog": "base of two dialogs",
}
"""Dialogs that are not opened over the window, and where they are."""


def _drafts(window: MainWindow) -> QDialog:
    return DraftsDialog([DraftLine({"applicant": {"name": "Bưởi"}}, "Đăng ký khai sinh", NOW)], window.intake)


def _package(window: MainWindow) -> QDialog:
    dialog = PackageDialog(window.runner, b"calendar", window)
    dialog.load()
    return dialog


def _law(window: MainWindow) -> QDialog:
    dialog = LawDialog(window.runner, b"law", window.law)
    dialog.load()
    return dialog


def _compare(window: MainWindow) -> QDialog:
    return CardCompareDialog((Difference("name", "Dao", "ĐÀO THỊ ẪM", "Đào Thị Ẫm"),), lambda _taken: None, window)


def _file(window: MainWindow) -> QDialog:
    dialog = QFileDialog(window, "Lưu tệp", str(window.runner.desk.facts.folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    return dialog


_CREATED: dict[str, Callable[[MainWindow], QDialog]] = {
    "CardCompareDialog": _compare,
    "ClockDialog": lambda window: ClockDialog(DOUBTED, window.runner, window),
    "DraftsDialog": _drafts,
    "FrozenDialog": lambda window: FrozenDialog(window.reports),
    "LawDialog": _law,
    "LeaveDialog": lambda window: LeaveDialog(unfinished_work(2, half_form=True), 2, window),
    "NationalDialog": lambda window: NationalDialog(window.runner, window.sync),
    "NumbersDialog": lambda window: NumbersDialog(window.runner, window),
    "OpenDraftDialog": lambda window: OpenDraftDialog("Đạt", "Bưởi", lambda: None, window.intake),
    "OwnPasswordDialog": lambda window: OwnPasswordDialog(window.runner, window),
    "PackageDialog": _package,
    "PaymentCodeDialog": lambda window: PaymentCodeDialog(PAYMENT, window),
    "QFileDialog": _file,
    "RatingDialog": lambda window: RatingDialog(CODE, QUESTIONS, window.dossier),
    "RecoveryPageDialog": lambda window: RecoveryPageDialog(window.runner, window),
    "SyncFilesDialog": lambda window: SyncFilesDialog(window.runner, window.sync),
    "TargetsDialog": lambda window: TargetsDialog(window.reports),
    "TextsDialog": lambda window: TextsDialog({"overview": "Tháng này"}, window.reports),
    "TransferDialog": lambda window: TransferDialog(QUEUE.waiting[0], 3, window.citizens),
    "TurnAwayDialog": lambda window: TurnAwayDialog("Đăng ký khai sinh", "Phùng Văn Đạt", (), window.intake),
}
_OPENED: dict[str, Callable[[MainWindow], None]] = {
    "CounterRefusalsDialog": lambda window: window.paper_dialogs.show_counter_refusals(),
    "HandoverListsDialog": lambda window: window.paper_dialogs.show_handover_lists(NOW.date(), NOW.date()),
    "PreprintedDialog": lambda window: window.paper_dialogs.show_preprinted(),
    "PreviewDialog": lambda window: window.prints.preview(CODE, PaperForm.RECEIPT),
    "PrintQueueDialog": lambda window: window.paper_dialogs.show_print_queue(),
}
DIALOGS = (*_CREATED, *_OPENED)
"""Names of the dialogs that can be open over the window."""


def open_dialog(window: MainWindow, name: str, wait: Callable[[], None]) -> QDialog:
    """Open a dialog over the window, wait for its answers and return it."""
    if name in _CREATED:
        dialog = _CREATED[name](window)
        dialog.open()
        wait()
        return dialog
    _OPENED[name](window)
    wait()
    return next(each for each in window.findChildren(QDialog) if type(each).__name__ == name and each.isVisible())
