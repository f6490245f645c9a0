"""Columns of a register: recognised by their headings, or set by MAP.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.models.errors import Refusal
from app.services.register_import.mapping import TableMap
from app.sheets.headings import Located, locate
from app.sheets.sheet import Sheet, cell_of, text_of

_LEAST = 2
_EXAMPLES = 30
_WORDS: Mapping[str, str] = {
    "procedure_code": r"ma (so )?(tthc|thu tuc.*)|procedure code",
    "code": r"ma( so)? (ho so|hs|bien nhan|tiep nhan|tra cuu)|so (ho so|hs|bien nhan|tiep nhan|phieu|giay hen)"
    r"|so ky hieu|ma|code|so (vao )?so|so va ky hieu.*",
    "number": r"tt|stt|so tt|so thu tu|no|number",
    "id_number": r".*\b(cccd|cmnd|cmt|cmtnd|can cuoc|chung minh|dinh danh|giay to tuy than|ho chieu|ma so thue|mst"
    r"|so giay to)\b.*|id number",
    "birth": r".*\b(ngay|nam|ngay thang nam) sinh\b.*|sinh (ngay|nam)|birth( date)?",
    "gender": r"gioi tinh|nam nu|gender",
    "person": r".*\b(ho( va)? ten|ten (ca nhan|to chuc|cong dan|nguoi)|to chuc ca nhan)\b.*\b(dia chi|dien thoai)\b.*",
    "contact": r".*\bdia chi\b.*\b(dien thoai|sdt|dt)\b.*|.*\b(dien thoai|sdt)\b.*\bdia chi\b.*",
    "phone": r".*\b(dien thoai|dt|sdt|so dt|di dong|phone)\b.*",
    "email": r".*\b(email|e mail|thu dien tu)\b.*",
    "due": r".*\b(hen tra|hen|han tra|(?<!thoi )han giai quyet|den han|thoi han tra|(?<!thoi )han xu ly"
    r"|phai tra|du kien tra)"
    r"\b.*|due|han",
    "receiver": r"(ho( va)? ten )?nguoi nhan( ket qua| kq)?( ky)?|nguoi nhan tra|ky nhan|receiver",
    "returned": r".*\b(ngay|thoi gian|ngay gio|gio).*\b(tra (ket qua|kq|thuc te|cho dan|cong dan)|nhan (ket qua"
    r"|kq)|da tra)"
    r"\b.*|ngay tra|tra ket qua ngay|returned|ngay thang tra",
    "finished": r".*\b(ngay|thoi gian|thoi diem).*\b(giai quyet xong|co ket qua|hoan thanh|ket thuc|xong|xu ly xong"
    r"|da giai quyet|giai quyet|thuc te|ky ket qua|ban hanh)\b.*|ngay xong|finished",
    "received": r".*\b(ngay|thoi gian|ngay gio|gio|thoi diem).*\b(nhan|tiep nhan|nop|nhan ho so|den|vao so)\b.*"
    r"|ngay thang( nam)?"
    r"|ngay|received",
    "channel": r".*\b(hinh thuc|kenh|cach thuc|phuong thuc).*\b(nop|tiep nhan|nhan ho so|thuc hien)\b.*|kenh|channel",
    "return_by": r".*\b(hinh thuc|noi|cach).*\b(tra|nhan ket qua|nhan kq|tra ket qua)\b.*|return by",
    "field": r"linh vuc.*|field",
    "fee": r".*\b(phi|le phi|tien|so tien)\b.*|fee",
    "quantity": r"so (luong|bo|ban)( ho so)?( bo)?|quantity",
    "address": r".*\b(dia chi|noi cu tru|thuong tru|cho o|noi o|tru tai|ho khau|thon|ap|to dan pho)\b.*|address",
    "status": r".*\b(trang thai|tinh trang)\b.*|ket qua( giai quyet)?|status|ket qua xu ly",
    "holder": r".*\b(nguoi (xu ly|giai quyet|thu ly|thuc hien)|can bo|cong chuc|chuyen cho|bo phan|co quan"
    r"|don vi|phong)\b.*"
    r"|holder",
    "submitter": r"(ho( va)? ten )?nguoi (nop|di nop|lam thay|duoc uy quyen)( ho so)?|submitter",
    "applicant": r".*\b(ho( va)? ten|chu ho so|ten (to chuc|ca nhan|cong dan|nguoi|don vi|khach hang|chu)"
    r"|to chuc ca nhan"
    r"|ca nhan to chuc|cong dan|khach hang|nguoi yeu cau|nguoi dan|nguoi de nghi|nguoi xin|nguoi duoc cap)\b.*"
    r"|ho ten|applicant|name|doi tuong|ten",
    "procedure": r".*\b(thu tuc|tthc|ten ho so|loai ho so|noi dung( (yeu cau|giai quyet|cong viec|ho so|viec))?"
    r"|trich yeu"
    r"|ve viec|cong viec|yeu cau giai quyet|ten loai|loai viec)\b.*|procedure",
    "note": r"ghi chu.*|note",
}
"""Folded headings by column, in the order of decision."""
_PATTERNS = {column: re.compile(pattern) for column, pattern in _WORDS.items()}
_GROUPED = (
    (re.compile(r".*\btra (ket qua|kq)\b.* / (ngay( thang( nam)?)?|thoi gian|ngay gio)"), "returned"),
    (re.compile(r".*\b(ngay|thoi gian)\b.* / nhan (ket qua|kq) tu\b.*"), "finished"),
    (re.compile(r".*\b(ngay|thoi gian)\b.* / (chuyen|ban giao)\b.*"), None),
)
"""Headings below a group, as in the register of TT 01/2018 (Mẫu 06) and TT 03/2025 (Mẫu 07)."""
_MAX_HEADING = 200
_SYNONYMS = {
    "alias": "code", "own_code": "code", "ma_ho_so": "code", "tt": "number", "stt": "number",
    "received_at": "received", "received_on": "received", "received_day": "received", "due_at": "due", "due_on": "due",
    "finished_at": "finished", "finished_on": "finished", "closed_at": "finished", "closed": "finished",
    "returned_at": "returned", "returned_on": "returned", "name": "applicant", "applicant_name": "applicant",
    "birth_date": "birth", "state": "status", "received_by": "receiver", "procedure_name": "procedure",
}  # fmt: skip
REGISTER_COLUMNS = tuple(_WORDS)
COLUMN_NAMES: Mapping[str, str] = {column: column for column in REGISTER_COLUMNS} | _SYNONYMS
"""Column of each key that MAP.toml accepts."""


@dataclass(frozen=True)
class ColumnUse:
    """One column of the file: its heading, and what it becomes or None.

    `example` is the first value of the column.
    """

    place: int
    heading: str
    column: str | None
    example: str = ""


def recognise_register(heading: str) -> str | None:
    """Return the column of a folded heading, or None.

    Of a heading with several lines the last is tried first, then all lines together.
    """
    heading = heading[:_MAX_HEADING]
    for pattern, column in _GROUPED:
        if pattern.fullmatch(heading):
            return column
    last = heading.rpartition(" / ")[2]
    for text in dict.fromkeys((last, heading.replace(" / ", " "))):
        column = next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(text)), None)
        if column is not None:
            return column
    return None


def register_columns(sheet: Sheet, mapping: TableMap, name: str, least: int = _LEAST) -> Located:
    """Return the heading of a register and its columns.

    `least` is the number of columns that a heading must have. Columns of MAP.toml come first. A register without a
    heading that is recognised needs places for its columns.

    Raises Refusal `import_headings`, `map_heading_missing`.
    """
    words = {word: column for column, word in mapping.columns.items() if isinstance(word, str)}
    places = {column: place for column, place in mapping.columns.items() if isinstance(place, int)}

    def recognise(heading: str) -> str | None:
        last, whole = heading.rpartition(" / ")[2], heading.replace(" / ", " ")
        mapped = words.get(whole) or words.get(last)
        if mapped is not None:
            return mapped
        column = recognise_register(heading)
        return None if column in mapping.columns else column

    located = locate(sheet, recognise, 1 if words else least)
    if located is None and places:
        located = Located({}, (), range(0, len(sheet.rows)))
    if located is None:
        raise Refusal("import_headings", "file", file=name)
    missing = [
        column for column, word in mapping.columns.items() if isinstance(word, str) and column not in located.columns
    ]
    if missing:
        raise Refusal("map_heading_missing", "map", column=missing[0], heading=str(mapping.columns[missing[0]]))
    headed = {column: place for column, place in located.columns.items() if place not in places.values()}
    return Located({**headed, **places}, located.headings, located.body)


def column_uses(located: Located, sheet: Sheet) -> tuple[ColumnUse, ...]:
    """Return what each column of the file becomes."""
    columns = {place: column for column, place in located.columns.items()}
    headings = [*located.headings, *[""] * (sheet.width - len(located.headings))]
    return tuple(
        ColumnUse(place, heading, columns.get(place), _example(sheet, located, place))
        for place, heading in enumerate(headings)
    )


def _example(sheet: Sheet, located: Located, place: int) -> str:
    texts = (text_of(cell_of(sheet.rows[row], place)) for row in located.body[:_EXAMPLES])
    return next((text[:80] for text in texts if text), "")
