"""Settings of the office (`office.toml`) and of the machine.

The office file has the identity of the office, its hours, its signer and its receiver. It is parsed and checked here,
before anything else starts.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

from app.disk import open_regular, read_start, write_file

FILE_NAME = "office.toml"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TYPED_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_TYPED_RUN, _CENTURY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})"), "20"
"""Day as people type it: `1/7/2026`, `01072026`, `1.7.26`."""
_HOUR = r"([01]?[0-9]|2[0-3]):([0-5][0-9])"
_SPAN = re.compile(f"{_HOUR}-{_HOUR}")
MAX_TEXT = 300
"""Most characters of a text of the office file."""
_MAX_NAME_LENGTH = 120
_UNIT = re.compile(
    r".*\b(?:xã|phường|thị trấn|đặc khu)\s+(\S.*?)"
    r"(?:,\s.*|(?:\s+[-–])?\s+(?:tỉnh|thành phố|tp\.|huyện|quận|thị xã)\s.*)?",
    re.IGNORECASE,
)
_MAX_FORM_SET_LENGTH = 40
_ESSENTIAL = frozenset(("name", "parent", "province", "agency_code", "head", "workstation"))
"""Keys without which an office cannot work; a wrong value of another key is ignored when an office opens."""
_RESERVED = frozenset(("database",))
_TABLES = {"hours": frozenset(WEEKDAYS), "admin": frozenset(("name",))}
_DEFAULT_HOURS = {day: ("07:30-11:30", "13:30-17:00") for day in WEEKDAYS[:5]}
_MAX_FILE_LENGTH = 10_000
"""Maximum size in characters; real files have about 1,000."""


class OfficeFileError(Exception):
    """Office file that cannot be used.

    `problem` is `unreadable`, `not_toml`, `missing`, `wrong` or `too_big`. `key` is the key to correct.
    """

    def __init__(self, problem: str, key: str) -> None:
        super().__init__(f"{problem}: {key}")
        self.problem = problem
        self.key = key


class IgnoredLine(NamedTuple):
    """Line of the office file that was not used.

    `problem` is `unknown` (a key that this program does not know) or `wrong` (its value).
    """

    problem: str
    key: str


@dataclass(frozen=True)
class Office:
    """Office as configured in its file.

    Texts are trimmed. `hours` has spans like `07:30-11:30` by weekday. Before the day `form_set_from` the office prints
    the other set of forms. `ignored` are the lines that were not used; the rest of the file works.
    """

    name: str
    parent: str
    province: str
    agency_code: str
    head: str
    place: str
    signer: str
    workstation: int = 1
    address: str = ""
    phone: str = ""
    centre: str = ""
    slogan: str = ""
    form_set: str = "2025"
    form_set_from: date | None = None
    due_time: time | None = None
    lookup_address: str = ""
    send_people: bool = False
    receiver_key: str = ""
    receiver_signs: str = ""
    bank_account: str = ""
    tax_code: str = ""
    receipt_form: str = ""
    sync_address: str = ""
    sync_ca: str = ""
    quarter_starts: int = 15
    lock_after: int = 10
    hours: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(_DEFAULT_HOURS))
    admin: str = ""
    ignored: tuple["IgnoredLine", ...] = field(default=(), compare=False)


MACHINE_FILE = "machine.toml"
_MAX_MACHINE_BYTES = 1 << 16
_OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}")
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 110, 125, 150)


@dataclass(frozen=True)
class MachineSettings:
    """Settings of this machine only.

    `second_backup` is a folder outside the office's folder, for example on another disk. `offsets` are the offsets from
    UTC that a user has confirmed for this machine, as `-08:00`. `second_other_disk` is True if the folder was on
    another disk than the office when it was chosen, and `second_mount` is where that disk was mounted. `theme` is one
    of THEMES, `text_size` one of TEXT_SIZES in percent.
    """

    second_backup: str = ""
    offsets: tuple[str, ...] = ()
    second_other_disk: bool = False
    theme: str = "system"
    text_size: int = 100
    sounds: bool = True
    second_mount: str = ""


def read_machine_settings(file: Path) -> MachineSettings:
    """Return the settings of the machine.

    A missing or unreadable file gives the defaults.
    """
    try:
        values = tomllib.loads(read_start(file, _MAX_MACHINE_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return MachineSettings()
    offsets = values.get("offsets", [])
    return MachineSettings(
        second_backup=_path(values, "second_backup"),
        offsets=tuple(filter(_OFFSET.fullmatch, map(str, offsets))) if isinstance(offsets, list) else (),
        second_other_disk=values.get("second_other_disk") is True,
        theme=values["theme"] if values.get("theme") in THEMES else "system",
        text_size=values["text_size"] if values.get("text_size") in TEXT_SIZES else 100,
        sounds=values.get("sounds") is not False,
        second_mount=_path(values, "second_mount"),
    )


def _path(values: Mapping[str, Any], name: str) -> str:
    """Return a path of the machine's settings, empty for another value."""
    path = values.get(name, "")
    return path if isinstance(path, str) and "\0" not in path else ""


def _quoted(path: str) -> str:
    """Return a path as a TOML string."""
    text = "".join(f"\\u{ord(c):04x}" if c in '"\\' or c < " " else c for c in path)
    return f'"{text}"'


def write_machine_settings(file: Path, machine: MachineSettings) -> None:
    """Write the settings of the machine."""
    offsets = ", ".join(f'"{offset}"' for offset in machine.offsets)
    other_disk = "true" if machine.second_other_disk else "false"
    lines = (
        f"second_backup = {_quoted(machine.second_backup)}",
        f"offsets = [{offsets}]",
        f"second_other_disk = {other_disk}",
        f"second_mount = {_quoted(machine.second_mount)}",
        f'theme = "{machine.theme}"',
        f"text_size = {machine.text_size}",
        f"sounds = {'true' if machine.sounds else 'false'}",
    )
    write_file(file, "".join(f"{line}\n" for line in lines).encode())


def read_office(file: Path) -> Office:
    """Return the office of a TOML file.

    Raises OfficeFileError.
    """
    try:
        with TextIOWrapper(open_regular(file), encoding="utf-8-sig") as content:
            text = content.read(_MAX_FILE_LENGTH + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise OfficeFileError("unreadable", str(file.name)) from error
    return parse_office(text, opening=True)


def place_of(name: str) -> str:
    """Return the place before the date on papers of an office.

    It is the proper name of the commune (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4): `Kiểm Thử` for `UBND xã Kiểm
    Thử`, without its province, and in mixed case if the name is in capitals. A commune with a number,
    and another office, has its whole name.
    """
    unit = _UNIT.fullmatch(name)
    if unit is None or not unit[1][0].isupper():
        return name
    return unit[1].title() if name.isupper() else unit[1]


def parse_office(text: str, opening: bool = False) -> Office:
    """Return the office of a TOML text, checked key by key.

    An unknown key, also of a table, and an unknown set of forms are ignored and listed in `ignored`, because a newer
    program may know them. `opening` an office ignores wrong values too, unless the office cannot work without the key;
    a day with wrong hours then has the usual ones.

    Raises OfficeFileError.
    """
    if len(text) > _MAX_FILE_LENGTH:
        raise OfficeFileError("too_big", str(_MAX_FILE_LENGTH))
    raw = _toml(text)
    known = {f.name for f in fields(Office)} - {"ignored"}
    ignored = [IgnoredLine("unknown", key) for key in raw if key not in known | _RESERVED]
    values = _checked_values({key: value for key, value in raw.items() if key in known}, opening, ignored)
    for key in ("name", "parent", "province", "agency_code", "head"):
        if not values.get(key):
            raise OfficeFileError("missing", key)
    values["place"] = values.get("place") or place_of(values["name"])
    values.setdefault("signer", values["head"])
    if values.get("send_people") and not values.get("receiver_key"):
        if not opening:
            raise OfficeFileError("missing", "receiver_key")
        values["send_people"] = False
        ignored.append(IgnoredLine("wrong", "send_people"))
    return Office(**values, ignored=tuple(ignored))


def _checked_values(raw: dict[str, Any], opening: bool, ignored: list[IgnoredLine]) -> dict[str, Any]:
    """Return the values that can be used; the others are added to `ignored`."""
    values = {}
    for key, line in raw.items():
        value = _usable_lines(key, line, opening, ignored) if key in _TABLES and isinstance(line, dict) else line
        try:
            values[key] = _check(key, value)
        except OfficeFileError as error:
            if opening and key not in _ESSENTIAL:
                ignored.append(IgnoredLine("wrong", error.key))
            else:
                raise
    return values


def _usable_lines(table: str, lines: dict[str, Any], opening: bool, ignored: list[IgnoredLine]) -> dict[str, Any]:
    """Return the known lines of a table.

    `opening` gives a day with wrong hours the usual ones.
    """
    known = {name: value for name, value in lines.items() if name in _TABLES[table]}
    ignored += [IgnoredLine("unknown", f"{table}.{name}") for name in lines if name not in known]
    if table == "hours" and opening:
        wrong = [day for day, spans in known.items() if not _are_spans(spans)]
        ignored += [IgnoredLine("wrong", f"{table}.{day}") for day in wrong]
        known |= {day: list(_DEFAULT_HOURS.get(day, ())) for day in wrong}
    return known


def _check(key: str, value: object) -> Any:
    check = _CHECKS.get(key)
    return _text(key, value) if check is None else check(key, value)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        match = re.search(r"at line ([0-9]+)|(end of document)", str(error))
        line = "…" if match is None else match[1] or str(len(text.splitlines()))
        raise OfficeFileError("not_toml", line) from error


def _text(key: str, value: object) -> str:
    """Return one line of text: NFC, trimmed, without invisible characters."""
    if not isinstance(value, str) or len(value) > MAX_TEXT or any(unicodedata.category(c) == "Cc" for c in value):
        raise OfficeFileError("wrong", key)
    visible = "".join(c for c in value if c.isprintable() or c.isspace())
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _public_key(key: str, value: object) -> str:
    """Return an Ed25519 public key, 64 hexadecimal digits, or an empty text."""
    text = _text(key, value).lower()
    if text and not re.fullmatch(r"[0-9a-f]{64}", text):
        raise OfficeFileError("wrong", key)
    return text


def _bank_account(key: str, value: object) -> str:
    """Return a bank's BIN and an account, `970436-0123456789`."""
    return _matching(key, value, r"([0-9]{6}-[0-9A-Za-z]{1,19})?")


def _tax_code(key: str, value: object) -> str:
    """Return a tax code: 10 digits, with 3 more for a branch, or 12."""
    return _matching(key, value, r"([0-9]{10}(-[0-9]{3})?|[0-9]{12})?")


def _matching(key: str, value: object, pattern: str) -> str:
    text = _number_or_text(value) or _text(key, value)
    if not re.fullmatch(pattern, text):
        raise OfficeFileError("wrong", key)
    return text


def _agency(key: str, value: object) -> str:
    """Return an agency code.

    The form used before QĐ 20/2020, `000.00.12.H29`, is converted.
    """
    text = _text(key, value).upper()
    if re.fullmatch(r"([0-9]{1,3}\.){1,4}[A-Y][0-9]{2}", text):
        text = re.sub(r"(\.0+)+$", "", ".".join(reversed(text.split("."))))
    if not re.fullmatch(r"[A-Y][0-9]{2}(\.[0-9]{1,3}){0,4}", text):
        raise OfficeFileError("wrong", key)
    return text


def _workstation(key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 99:
        raise OfficeFileError("wrong", key)
    return value


def _form_set(key: str, value: object) -> str:
    text = _text(key, _number_or_text(value))
    if not text or len(text) > _MAX_FORM_SET_LENGTH:
        raise OfficeFileError("wrong", key)
    return text


def _day(key: str, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _text(key, value)
    match = _TYPED_DAY.fullmatch(text) or _TYPED_RUN.fullmatch(text)
    try:
        return (
            date(int(_CENTURY[: 4 - len(match[3])] + match[3]), int(match[2]), int(match[1])) if match else _iso(text)
        )
    except ValueError as error:
        raise OfficeFileError("wrong", key) from error


def _iso(text: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise ValueError(text)
    return date.fromisoformat(text)


def _time_of_day(key: str, value: object) -> time:
    if isinstance(value, time):
        return value
    match = re.fullmatch(_HOUR, _text(key, value))
    if match is None:
        raise OfficeFileError("wrong", key)
    return time(int(match[1]), int(match[2]))


def _quarter(key: str, value: object) -> int:
    text = _number_or_text(value)
    if not re.fullmatch(r"[1-9]|1[0-9]|2[0-8]", text):
        raise OfficeFileError("wrong", key)
    return int(text)


def _number_or_text(value: object) -> str:
    """Return a text, the digits of a small number, or an empty text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        return ""
    return str(value) if 0 <= value < 10_000 else ""


def _minutes(key: str, value: object) -> int:
    """Return the idle minutes before the window locks; 0 means never."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 240:
        raise OfficeFileError("wrong", key)
    return value


def _boolean(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise OfficeFileError("wrong", key)
    return value


def _hours(key: str, value: object) -> dict[str, tuple[str, ...]]:
    """Return the spans of each day.

    Spans are in order and do not overlap. At least one weekday has a span.
    """
    if not isinstance(value, dict):
        raise OfficeFileError("wrong", key)
    for day, spans in value.items():
        if not _are_spans(spans):
            raise OfficeFileError("wrong", f"{key}.{day}")
    if not any(value.get(day) for day in WEEKDAYS[:5]):
        raise OfficeFileError("wrong", key)
    return {day: tuple(spans) for day, spans in value.items()}


def _are_spans(spans: object) -> bool:
    return isinstance(spans, list) and _are_ordered(spans)


def _are_ordered(spans: list[object]) -> bool:
    matches = [_SPAN.fullmatch(span) if isinstance(span, str) else None for span in spans]
    minutes = [
        tuple(int(h) * 60 + int(m) for h, m in (match.group(1, 2), match.group(3, 4)))
        for match in matches
        if match is not None
    ]
    edges = [edge for span in sorted(minutes) for edge in span]
    in_order = all(opens < closes for opens, closes in minutes)
    return None not in matches and in_order and edges == sorted(edges)


def _admin(key: str, value: object) -> str:
    if not isinstance(value, dict) or set(value) != {"name"}:
        raise OfficeFileError("wrong", key)
    name = _text("admin.name", value["name"])
    if len(name) > _MAX_NAME_LENGTH:
        raise OfficeFileError("wrong", "admin.name")
    return name


_CHECKS: dict[str, Callable[[str, object], object]] = {
    "agency_code": _agency,
    "receiver_signs": _public_key,
    "workstation": _workstation,
    "form_set": _form_set,
    "form_set_from": _day,
    "due_time": _time_of_day,
    "quarter_starts": _quarter,
    "lock_after": _minutes,
    "send_people": _boolean,
    "hours": _hours,
    "admin": _admin,
    "bank_account": _bank_account,
    "tax_code": _tax_code,
}
