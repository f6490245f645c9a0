"""Dialog of the targets of the reports."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QSpinBox, QWidget

from app.ui.kit.date_edit import add_text_margin
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.widgets import FieldBox, column, label
from app.usecases.reporting.records import SetReportTargets

_HINT = "Báo cáo đánh giá in tiến độ so với chỉ tiêu. Hồ sơ trễ quá số ngày này được liệt kê để trình thủ trưởng."
_UNCHANGED = "giữ như cũ"


class TargetsDialog(QDialog):
    """Asks for the target of ratings and the days late for the head."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chỉ tiêu của báo cáo")
        self.setObjectName("reports.targets")
        self.setMinimumWidth(480)
        self.survey, self.late_days = QSpinBox(), QSpinBox()
        self.survey.setRange(0, 1_000_000)
        self.late_days.setRange(-1, 3650)
        self.late_days.setValue(-1)
        for box in (self.survey, self.late_days):
            box.setSpecialValueText(_UNCHANGED)
            add_text_margin(box)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("Lưu chỉ tiêu", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setProperty("main", True)
        buttons.addButton("Thôi  Esc", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(
            column(
                FieldGrid(
                    FieldBox("Lượt đánh giá mỗi kỳ", self.survey),
                    FieldBox("Trình khi trễ quá (ngày làm việc)", self.late_days),
                    columns=1,
                ),
                label(_HINT, "caption", wrap=True),
                buttons,
                margin=16,
            )
        )

    @property
    def command(self) -> SetReportTargets:
        """The command of the dialog; an unchanged target is None."""
        survey, days = self.survey.value(), self.late_days.value()
        return SetReportTargets(survey or None, None if days < 0 else days)
