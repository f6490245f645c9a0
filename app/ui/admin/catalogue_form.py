"""Form of one procedure, read as the cells of a catalogue row."""

import re
from collections.abc import Mapping
from itertools import chain

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.models.enums import Channel, Handling, TermUnit
from app.ui.kit.date_edit import add_calendar
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FieldGrid, PartSwitch, ResponsiveRow
from app.ui.kit.row_editor import CellColumn, RowEditor
from app.ui.kit.style import FIELD_HEIGHT
from app.ui.kit.widgets import EnterAdvances, FieldBox, column, label, row
from app.wording.status import channel_name, handling_name

_UNITS = (
    (TermUnit.WORKING_DAY, "ngày làm việc"),
    (TermUnit.DAY, "ngày (cả ngày nghỉ)"),
    (TermUnit.HOUR, "giờ làm việc"),
    (TermUnit.SAME_DAY, "ngay trong ngày"),
    (TermUnit.UNKNOWN, "chưa rõ"),
)
_CLOCKS = (
    ("restart", "Tính lại từ đầu"),
    ("pause", "Tạm dừng, tính tiếp"),
    ("none", "Không đổi hạn"),
)
_PAGE_FEE = re.compile(r"per_page:(\d+),(\d+),(\d+),(\d+)", re.ASCII)
_PAPER = re.compile(r"\s*;\s*(?=[^|;]*\|[^|;]*\|[^|;]*\|)")
_NARROW_WIDTH = 96
_WHOLE_WIDTH = 1200
"""Width of a window that shows the fields beside the lists."""
_ORDER = (
    *("code", "field", "name", "limit", "unit", "channel_limits", "province_limit", "fee_vnd", "channel_fees"),
    *("fee_rule", "supplement_clock", "supplement_days", "same_day_cutoff", "route", "advice"),
    *("boundary_free", "withdrawn", "valid_from", "superseded_by"),
)
_WHOLE_LINES = (
    *("name", "channel_limits", "channel_fees", "fee_rule", "route", "advice", "boundary_free", "withdrawn"),
)


class ProcedureForm(EnterAdvances):
    """Form with the fields of one procedure.

    `versions` is the list of its versions.

    Signal: `altered()` with every change of the user.
    """

    altered = Signal()

    def __init__(self, versions: QWidget) -> None:
        super().__init__()
        self.versions = versions
        self.code, self.name, self.field = QLineEdit(), QPlainTextEdit(), QLineEdit()
        self.limit, self.unit, self.province = QLineEdit(), _choice(_UNITS), QLineEdit()
        self.channels = {channel: QLineEdit() for channel in Channel}
        self.channel_fees = {channel: QLineEdit() for channel in Channel}
        self.fee, self.page_fee = QLineEdit(), tuple(QLineEdit() for _place in range(4))
        self.route, self.advice = QLineEdit(), QLineEdit()
        self.clock, self.days, self.cutoff = _choice(_CLOCKS), QLineEdit(), QLineEdit()
        self.boundary_free = QCheckBox("Không phụ thuộc địa giới hành chính")
        self.withdrawn = QCheckBox("Bãi bỏ từ ngày hiệu lực: không tiếp nhận nữa")
        self.successor, self.valid_from = QLineEdit(), QLineEdit()
        handlings = tuple((each.value, handling_name(each)) for each in Handling)
        self.papers = RowEditor(
            "Thành phần hồ sơ",
            (
                CellColumn("Cách nhận", 120, handlings),
                CellColumn("Chính", 76),
                CellColumn("Sao", 64),
                CellColumn("Tên"),
            ),
            ("submit", "1", "0", ""),
            "Thêm giấy tờ",
        )
        self.steps = RowEditor(
            "Các bước xử lý",
            (CellColumn("Nơi hoặc người xử lý"), CellColumn("Ngày, hoặc giờ (2h)", 160)),
            ("", "1"),
            "Thêm bước",
        )
        self._build_boxes()
        self._lay_out()
        self._connect_signals()

    def _build_boxes(self) -> None:
        self.name.setTabChangesFocus(True)
        add_calendar(self.valid_from)
        self.name.setFixedHeight(60)
        for field, hint in (
            (self.valid_from, "trống: từ hôm nay"),
            (self.cutoff, "15:00"),
            (self.days, "15"),
            (self.fee, "chưa biết"),
            (self.limit, "chưa biết"),
            (self.province, "như luật"),
            (self.successor, "mã thay thế"),
            (self.route, "trống: cơ quan tự giải quyết; như 15:Hệ thống hộ tịch điện tử"),
            (self.advice, "in trên giấy tiếp nhận"),
        ):
            field.setPlaceholderText(hint)
        self.boxes = {
            "code": FieldBox("Mã thủ tục", self.code),
            "name": FieldBox("Tên thủ tục", self.name),
            "field": FieldBox("Lĩnh vực", self.field),
            "limit": FieldBox("Thời hạn", self.limit),
            "unit": FieldBox("Tính bằng", self.unit, "Đơn vị thời hạn"),
            "province_limit": FieldBox("Tỉnh rút còn", self.province),
            "fee_vnd": FieldBox("Phí một bộ (đồng)", self.fee),
            "supplement_clock": FieldBox("Khi yêu cầu bổ sung", self.clock),
            "supplement_days": FieldBox("Chờ (ngày)", self.days, "Số ngày làm việc chờ bổ sung"),
            "same_day_cutoff": FieldBox("Giờ chốt", self.cutoff, "Giờ chốt trả trong ngày"),
            "boundary_free": FieldBox("", self.boundary_free, "Không phụ thuộc địa giới hành chính"),
            "withdrawn": FieldBox("", self.withdrawn, "Bãi bỏ từ ngày hiệu lực"),
            "superseded_by": FieldBox("Thay bằng", self.successor, "Mã thủ tục thay thế"),
            "route": FieldBox("Hệ thống giải quyết", self.route, "Hệ thống của bộ, ngành giải quyết hồ sơ"),
            "advice": FieldBox("Nói với công dân", self.advice),
            "valid_from": FieldBox("Hiệu lực từ ngày", self.valid_from),
        }
        self._shared = {
            "channel_limits": _shared_box(
                "Hạn riêng theo kênh", _channel_line(self.channels, "Thời hạn", _NARROW_WIDTH - 24)
            ),
            "channel_fees": _shared_box(
                "Phí riêng theo kênh (đồng)", _channel_line(self.channel_fees, "Phí", _NARROW_WIDTH)
            ),
            "fee_rule": _shared_box("Phí theo trang (đồng)", self._page_line()),
        }
        self.boxes |= self._shared

    def _page_line(self) -> QWidget:
        each, pages, further, most = map(_narrow, self.page_fee)
        pages.setFixedWidth(44)
        names = ("Phí mỗi trang đầu", "Số trang đầu", "Phí mỗi trang sau", "Mức cao nhất một bản")
        for field, name in zip(self.page_fee, names, strict=True):
            field.setAccessibleName(name)
        per_page, first_pages, at_most = (
            label(text, "caption") for text in ("một trang,", "trang đầu; sau đó", "nhiều nhất")
        )
        return _line((each, per_page), (pages, first_pages), (further,), (at_most, most))

    def _lay_out(self) -> None:
        boxes = self.boxes
        for field in (self.code, self.limit, self.province, self.days, self.cutoff):
            field.setFixedWidth(_NARROW_WIDTH + 24)
        fields = FieldGrid(*(boxes[name] for name in _ORDER), columns=2, wide=[boxes[name] for name in _WHOLE_LINES])
        inner = column(fields)
        inner.addStretch(1)
        left = QWidget()
        left.setObjectName("clear")
        left.setLayout(inner)
        lists = QWidget()
        right = column(self.papers, self.steps, self.versions)
        for place, stretch in enumerate((3, 2, 2)):
            right.setStretch(place, stretch)
        lists.setLayout(right)
        parts = {
            "Thủ tục": (left,),
            "Giấy tờ": (lists, self.papers),
            "Các bước": (lists, self.steps),
            "Phiên bản": (lists, self.versions),
        }
        self.part_switch = PartSwitch(self, parts, least_width=_WHOLE_WIDTH)
        box = column(self.part_switch, ResponsiveRow(left, lists))
        box.setStretch(1, 1)
        self.setLayout(box)

    def _connect_signals(self) -> None:
        shared = (*self.channels.values(), *self.channel_fees.values(), *self.page_fee)
        lines = (*self._text_fields().values(), self.valid_from, *shared)
        for line in lines:
            line.textEdited.connect(lambda _text: self.altered.emit())
        for field in shared:
            field.textEdited.connect(self._clear_shared_errors)
        self.name.textChanged.connect(self.altered)
        for box in (self.unit, self.clock):
            box.activated.connect(lambda _place: self.altered.emit())
        for tick in (self.boundary_free, self.withdrawn):
            tick.clicked.connect(lambda _on: self.altered.emit())
        self.papers.altered.connect(self.altered)
        self.steps.altered.connect(self.altered)
        self.advance_on_enter(*lines, self.unit, self.clock)

    def _clear_shared_errors(self) -> None:
        for box in self._shared.values():
            box.clear_error()

    def show_error(self, column_name: str, text: str) -> bool:
        """Show an error below its field and scroll to it.

        Returns False if the column has no field. The lists of papers and steps only get the focus.
        """
        box = self.boxes.get(column_name)
        if box is None:
            lines = {"papers": self.papers, "steps": self.steps}.get(column_name)
            if lines is not None:
                self.part_switch.reveal(lines.table)
                lines.table.setFocus()
            return False
        self.part_switch.reveal(box)
        box.show_error(text)
        return True

    def cells(self) -> dict[str, str]:
        """Return the form as the cells of a catalogue row."""
        pages = [field.text().strip().replace(".", "") for field in self.page_fee]
        return {
            "code": self.code.text().strip(),
            "name": " ".join(self.name.toPlainText().split()),
            "field": self.field.text().strip(),
            "limit": self.limit.text().strip(),
            "unit": str(self.unit.currentData()),
            "fee_vnd": self.fee.text().strip(),
            "papers": " ; ".join("|".join(line) for line in self.papers.table.lines() if any(line[1:])),
            "valid_from": self.valid_from.text().strip(),
            "province_limit": self.province.text().strip(),
            "supplement_clock": str(self.clock.currentData()),
            "supplement_days": self.days.text().strip(),
            "same_day_cutoff": self.cutoff.text().strip(),
            "boundary_free": "1" if self.boundary_free.isChecked() else "0",
            "steps": " ; ".join(":".join(line) for line in self.steps.table.lines() if any(line)),
            "channel_limits": _channel_cell(self.channels),
            "fee_rule": f"per_page:{','.join(pages)}" if any(pages) else "",
            "withdrawn": "1" if self.withdrawn.isChecked() else "0",
            "superseded_by": self.successor.text().strip(),
            "channel_fees": _channel_cell(self.channel_fees).replace(".", ""),
            "route": self.route.text().strip(),
            "advice": " ".join(self.advice.text().split()),
        }

    def show_cells(self, cells: Mapping[str, str]) -> None:
        """Fill the form without the date of validity.

        The date stays empty because every save creates a new version.
        """
        self.blockSignals(True)
        texts = {**dict.fromkeys(self.boxes, ""), "papers": "", "steps": "", **cells}
        self.name.setPlainText(texts["name"])
        for column_name, field in self._text_fields().items():
            field.setText(texts[column_name])
        self.valid_from.clear()
        self.unit.setCurrentIndex(max(0, self.unit.findData(texts["unit"] or TermUnit.UNKNOWN.value)))
        self.clock.setCurrentIndex(max(0, self.clock.findData(texts["supplement_clock"])))
        self.boundary_free.setChecked(texts["boundary_free"] == "1")
        self.withdrawn.setChecked(texts["withdrawn"] == "1")
        for column_name, fields in (("channel_limits", self.channels), ("channel_fees", self.channel_fees)):
            parts = dict(_pair(piece) for piece in texts[column_name].split(";") if piece.strip())
            for channel, field in fields.items():
                field.setText(parts.get(channel.value, ""))
        rule = _PAGE_FEE.fullmatch(texts["fee_rule"])
        for place, field in enumerate(self.page_fee, 1):
            field.setText(rule[place] if rule else "")
        self.papers.table.show_lines([_paper(piece) for piece in _PAPER.split(texts["papers"]) if piece.strip()])
        self.steps.table.show_lines([_pair(piece) for piece in texts["steps"].split(";") if piece.strip()])
        for box in self.boxes.values():
            box.clear_error()
        self.blockSignals(False)

    def _text_fields(self) -> dict[str, QLineEdit]:
        return {
            "code": self.code,
            "field": self.field,
            "limit": self.limit,
            "fee_vnd": self.fee,
            "province_limit": self.province,
            "supplement_days": self.days,
            "same_day_cutoff": self.cutoff,
            "superseded_by": self.successor,
            "route": self.route,
            "advice": self.advice,
        }


def _choice(options: tuple[tuple[str, str], ...]) -> QComboBox:
    combo_box = QComboBox()
    for value, text in options:
        combo_box.addItem(text, str(value))
    return combo_box


def _narrow(field: QLineEdit) -> QLineEdit:
    field.setFixedWidth(_NARROW_WIDTH - 24)
    return field


def _line(*groups: tuple[QWidget, ...]) -> QWidget:
    """Return a line that wraps between the groups."""
    for part in chain.from_iterable(groups):
        part.setMinimumHeight(FIELD_HEIGHT)
    holder = FlowWidget(*map(_group, groups))
    holder.setObjectName("clear")
    holder.setFocusProxy(next(part for part in chain.from_iterable(groups) if isinstance(part, QLineEdit)))
    return holder


def _group(parts: tuple[QWidget, ...]) -> QWidget:
    group = QWidget()
    group.setObjectName("clear")
    group.setLayout(row(*parts))
    group.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return group


def _channel_line(fields: Mapping[Channel, QLineEdit], what: str, width: int) -> QWidget:
    """Return a line with a field for each channel."""
    for channel, field in fields.items():
        field.setFixedWidth(width)
        field.setAccessibleName(f"{what} khi nộp {channel_name(channel).lower()}")
    return _line(*((label(channel_name(channel), "caption"), field) for channel, field in fields.items()))


def _channel_cell(fields: Mapping[Channel, QLineEdit]) -> str:
    texts = {channel.value: field.text().strip() for channel, field in fields.items()}
    return " ; ".join(f"{name}:{text}" for name, text in texts.items() if text)


def _shared_box(caption: str, line: QWidget) -> FieldBox:
    return FieldBox(caption, line)


def _pair(piece: str) -> tuple[str, str]:
    before, _, after = piece.strip().rpartition(":")
    return before.strip(), after.strip()


def _paper(piece: str) -> tuple[str, ...]:
    handling, originals, copies, name = piece.split("|", 3)
    return handling.strip(), originals.strip(), copies.strip(), name.strip()
