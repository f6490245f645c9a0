"""Text of the receiver's packages: kinds, changes, states of the portal."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from app.models.enums import Channel, DayKind, Handling, TermUnit
from app.models.instants import local
from app.wording.status import channel_name, day_kind_name, handling_name, unit_text

_KINDS = {
    "catalogue": "danh mục thủ tục",
    "calendar": "lịch làm việc",
    "law": "gói pháp luật",
    "notice": "thông báo",
    "states": "trạng thái trên Cổng",
}
_COLUMNS = {
    "name": "tên",
    "field": "lĩnh vực",
    "limit": "thời hạn",
    "unit": "đơn vị",
    "fee_vnd": "phí",
    "papers": "giấy tờ",
    "province_limit": "thời hạn tỉnh rút",
    "supplement_clock": "tính lại khi bổ sung",
    "supplement_days": "hạn bổ sung",
    "same_day_cutoff": "giờ chốt trong ngày",
    "boundary_free": "không phụ thuộc địa giới",
    "steps": "các bước",
    "channel_limits": "thời hạn theo kênh",
    "fee_rule": "phí theo trang",
    "withdrawn": "bãi bỏ",
    "superseded_by": "thay bằng",
    "channel_fees": "phí theo kênh",
    "route": "nơi giải quyết",
    "advice": "lời dặn",
}
_CHANNELS = {channel.value: channel_name(channel).lower() for channel in Channel}
_PAGE_FEE = re.compile(r"per_page:(\d+),(\d+),(\d+),(\d+)", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNKNOWN = "chưa rõ"
_HANDLINGS = {handling.value: handling_name(handling) for handling in Handling}
_FLAG = {"1": "có", "0": "không"}
_CELL_WORDS: Mapping[str, Mapping[str, str]] = {
    "unit": {unit.value: unit_text(None, unit) for unit in (TermUnit.SAME_DAY, TermUnit.UNKNOWN)}
    | {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ làm việc"},
    "supplement_clock": {"restart": "tính lại từ đầu", "pause": "tạm dừng", "none": "không đổi hạn"},
    "boundary_free": _FLAG,
    "withdrawn": _FLAG,
}
"""Words of the codes in the cells of a procedure."""
_TEXT = {"notice": "Thông báo", "unknown": "Không có ở đây"}
NATIONAL_STATUSES: Mapping[int, str] = {
    1: "mới đăng ký",
    2: "được tiếp nhận",
    3: "không được tiếp nhận",
    4: "đang xử lý",
    5: "yêu cầu bổ sung giấy tờ",
    6: "yêu cầu nghĩa vụ tài chính",
    7: "công dân rút hồ sơ",
    8: "dừng xử lý",
    9: "đã xử lý xong",
    10: "đã trả kết quả",
}
"""Names of TrangThaiHoSo."""


class ChangeCells(NamedTuple):
    """A change as four cells of a table: what, of what, now, then."""

    what: str
    subject: str
    before: str
    after: str


def kind_name(kind: str) -> str:
    """Return the name of a package kind, such as «lịch làm việc»."""
    return _KINDS.get(kind, kind)


def national_status_name(number: int | None) -> str:
    """Return the name of a state of the portal, such as «đang xử lý»."""
    return "không có" if number is None else NATIONAL_STATUSES.get(number, str(number))


def procedure_cells(
    is_new: bool, code: str, name: str, valid_from: date, before: Mapping[str, str], after: Mapping[str, str]
) -> ChangeCells:
    """Return a new or changed procedure with the cells that differ."""
    names = dict.fromkeys((*before, *after))
    what = "Thủ tục mới" if is_new else "Thủ tục thay đổi"
    now = "" if is_new else _cells(names, before)
    return ChangeCells(what, f"{code} · {name}", now, f"từ {valid_from:%d/%m/%Y}: {_cells(names, after)}")


def day_cells(day: date, kind: DayKind | None, hours: str, decision: str) -> ChangeCells:
    """Return a decision about a working day."""
    word = "bỏ quyết định" if kind is None else day_kind_name(kind)
    return ChangeCells("Ngày làm việc", f"{day:%d/%m/%Y}", "", " · ".join(filter(None, (word, hours, decision))))


def dossier_cells(code: str, phone: str | None, before: datetime, after: datetime | None) -> ChangeCells:
    """Return a dossier whose promise would be another one, with the telephone."""
    subject = f"{code} · {phone or 'không có số điện thoại'}"
    return ChangeCells("Hồ sơ lệch hẹn, cần gọi", subject, _time(before), _time(after))


def state_cells(code: str, own: tuple[int | None, datetime], portal: tuple[int, datetime], newer: str) -> ChangeCells:
    """Return a dossier with another state on the portal; each with its time."""
    here = f"{national_status_name(own[0])} ({_time(own[1])})"
    there = f"Cổng: {national_status_name(portal[0])} ({_time(portal[1])})"
    side = "giữ trạng thái của mình" if newer == "ours" else "cần xem lại"
    return ChangeCells("Khác với Cổng", code, here, f"{there}, {side}")


def refused_cells(row: int, reason: str) -> ChangeCells:
    """Return a row that cannot be used."""
    return ChangeCells("Dòng bỏ qua", f"dòng {row}", "", reason)


def text_cells(change: str, text: str) -> ChangeCells:
    """Return a notice or an unknown dossier."""
    return ChangeCells(_TEXT.get(change, change), text, "", "")


def cells_line(cells: ChangeCells) -> str:
    """Return a change as one line."""
    sides = f"{cells.before} → {cells.after}" if cells.before else cells.after
    return f"{cells.what}: {cells.subject}" + (f": {sides}" if sides else "")


def cell_words(cells: Mapping[str, str]) -> str:
    """Return cells of a procedure by the names of their columns."""
    return _cells(cells, cells)


def column_words(column: str, text: str) -> str:
    """Return the cell of a column of the catalogue in words."""
    return _cell(column, text) if text else ""


def paper_words(handling: str, originals: int, copies: int, name: str) -> str:
    """Return a paper of a procedure with its handling and numbers."""
    counts = [f"{number} {kind}" for number, kind in ((originals, "bản chính"), (copies, "bản sao")) if number]
    return f"{name} ({', '.join([_HANDLINGS.get(handling, handling), *counts])})"


def _cells(names: Iterable[str], cells: Mapping[str, str]) -> str:
    return "; ".join(f"{_COLUMNS.get(name, name)}: {_cell(name, cells.get(name) or '')}" for name in names)


def _cell(name: str, text: str) -> str:
    """Return a cell in words; another text as it is."""
    if not text:
        return "chưa có"
    if name in ("channel_fees", "channel_limits"):
        pairs = [part.strip().partition(":")[::2] for part in text.split(";") if part.strip()]
        return ", ".join(f"{_CHANNELS.get(channel, channel)} {value}" for channel, value in pairs)
    rule = _PAGE_FEE.fullmatch(text) if name == "fee_rule" else None
    if rule is not None:
        first, pages, further, most = rule.groups()
        return f"{first} đ một trang, sau trang {pages} là {further} đ, nhiều nhất {most} đ một bản"
    if name == "valid_from" and _ISO_DAY.fullmatch(text):
        return "/".join(reversed(text.split("-")))
    return _CELL_WORDS.get(name, {}).get(text, _UNKNOWN if text == "?" else text)


def _time(instant: datetime | None) -> str:
    return "chưa rõ" if instant is None else f"{local(instant):%d/%m/%Y %H:%M}"
