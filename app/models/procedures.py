"""Version of a procedure (thủ tục hành chính) as a catalogue row.

docs/formats.md has the columns and their meaning. A blank cell means unknown, never none. The decision of a province is
the binding list (NĐ 61/2018/NĐ-CP, NĐ 118/2025/NĐ-CP). The rows are data that an office checks against it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from sys import intern
from typing import Any, TypeVar

from app.models.enums import Channel, Handling, TermUnit
from app.models.errors import Refusal
from app.models.fees import PageFee, parse_page_fee
from app.models.text import fold_text, visible_text
from app.models.values.amounts import parse_amount
from app.models.values.days import parse_table_day
from app.models.workdays import parse_limit

FACT_COLUMNS = ("code", "name", "field", "limit", "unit", "fee_vnd", "papers")
OFFICE_COLUMNS = (
    "valid_from",
    "province_limit",
    "supplement_clock",
    "supplement_days",
    "same_day_cutoff",
    "boundary_free",
    "steps",
    "channel_limits",
    "fee_rule",
    "withdrawn",
    "superseded_by",
    "channel_fees",
    "route",
    "advice",
)
COLUMNS = FACT_COLUMNS + OFFICE_COLUMNS
TERM_COLUMNS = frozenset(("limit", "unit", "province_limit", "channel_limits"))

_CELL_LIMITS = {
    **{"code": 60, "name": 1_000, "field": 300, "papers": 40_000, "steps": 4_000, "route": 200},
    "channel_fees": 200,
    "advice": 500,
}
_SHORT_CELL = 60
_MAX_FEE = 10**12
_MAX_PIECES = 200
_Choice = TypeVar("_Choice")


class SupplementClock(StrEnum):
    """Effect of a supplement request on the term: restart, pause, none."""

    RESTART = "restart"
    PAUSE = "pause"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CataloguePaper:
    """Thành phần hồ sơ: a paper that a procedure requires."""

    name: str
    handling: Handling
    originals: int = 0
    copies: int = 0

    @property
    def incomplete(self) -> bool:
        """Return whether the source cut the name.

        The catalogue marks such a paper «cần hoàn chỉnh».
        """
        return self.name.endswith(("…", "..."))


@dataclass(frozen=True, slots=True)
class Step:
    """Leg of the internal process: holder and working days, or hours."""

    holder: str
    days: Decimal
    in_hours: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """Version of a procedure.

    `limit`, `province_limit` and `channel_limits` (limits of the law for single channels) are in `unit`, in whole
    quarters. `fee` is the fee of one set, or of one copy if `fee_rule` gets no page count. A `withdrawn` procedure
    accepts no dossiers from `valid_from` on. `superseded_by` is the code that replaces it. `channel_fees` replace `fee`
    on single channels. `route` is the system that settles it, which may begin with the two digits of its hosting agency
    («15:Hệ thống …»). `advice` is printed on the receipt.
    """

    code: str
    name: str
    field: str
    limit: Decimal | None = None
    unit: TermUnit = TermUnit.UNKNOWN
    fee: int | None = None
    papers: tuple[CataloguePaper, ...] = ()
    valid_from: date | None = None
    province_limit: Decimal | None = None
    supplement_clock: SupplementClock = SupplementClock.RESTART
    supplement_days: int | None = None
    same_day_cutoff: time | None = None
    boundary_free: bool = False
    steps: tuple[Step, ...] = ()
    channel_limits: tuple[tuple[Channel, Decimal], ...] = ()
    fee_rule: PageFee | None = None
    withdrawn: bool = False
    superseded_by: str | None = None
    channel_fees: tuple[tuple[Channel, int], ...] = ()
    route: str | None = None
    advice: str | None = None

    @property
    def incomplete(self) -> bool:
        """Return whether the name of a paper was cut.

        The office should complete it.
        """
        return any(paper.incomplete for paper in self.papers)

    def same_facts(self, other: "Procedure") -> bool:
        """Return whether both versions are equal apart from `valid_from`.

        Equal versions need no new version.
        """
        return replace(self, valid_from=None) == replace(other, valid_from=None)


_SPELLED = re.compile(r"([1-9])\.([0-9]{3})\.?([0-9]{3})((?:\.[0-9]{1,3})*)(\.[A-Y][0-9]{2})?")


def canonical_code(text: str) -> str | None:
    """Return the procedure code as on the national portal: `1.001193`.

    Spellings of decisions and older portals are accepted: with the suffix of an agency or a case, blanks from a broken
    line, or an extra dot. Other text gives None.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    match = _SPELLED.fullmatch(plain)
    return f"{match[1]}.{match[2]}{match[3]}" if match else None


def procedure_code(text: str, field: str = "procedure") -> str:
    """Return the canonical procedure code.

    Raises Refusal `procedure_code` on `field`.
    """
    code = canonical_code(text)
    if code is None:
        raise Refusal("procedure_code", field=field, text=text[:_SHORT_CELL])
    return code


def _cell(row: Mapping[str, str], column: str) -> str:
    text = visible_text(row.get(column, ""), column)
    limit = _CELL_LIMITS.get(column, _SHORT_CELL)
    if len(text) > limit:
        raise Refusal("cell_too_long", field=column, limit=limit, length=len(text))
    return text


def _required(row: Mapping[str, str], column: str) -> str:
    text = _cell(row, column)
    if not text:
        raise Refusal("cell_missing", field=column)
    return intern(text)


def _one_of(choices: Mapping[str, _Choice]) -> Callable[[Mapping[str, str], str], _Choice]:
    def read(row: Mapping[str, str], column: str) -> _Choice:
        text = _cell(row, column)
        if fold_text(text) not in choices:
            raise Refusal(f"unknown_{column}", field=column, text=text)
        return choices[fold_text(text)]

    return read


def _quarters(text: str, column: str) -> Decimal:
    try:
        return parse_limit(text)
    except Refusal as refusal:
        raise Refusal(refusal.code, field=column, limit=text[:_SHORT_CELL]) from None


def _term(row: Mapping[str, str], column: str) -> Decimal | None:
    text = _cell(row, column)
    return _quarters(text, column) if text else None


def _fee(row: Mapping[str, str], column: str) -> int | None:
    text = _cell(row, column)
    if not text:
        return None
    amount = parse_amount(text)
    if amount is None or amount > _MAX_FEE:
        raise Refusal("fee_shape", field=column, text=text)
    return amount


def _day(row: Mapping[str, str], column: str) -> date | None:
    text = _cell(row, column)
    if not text:
        return None
    day = parse_table_day(text)
    if day is None:
        raise Refusal("day_shape", field=column, text=text)
    return day


def _days_to_complete(row: Mapping[str, str], column: str) -> int | None:
    text = _cell(row, column)
    if text and not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise Refusal("days_shape", field=column, text=text)
    return int(text) if text else None


def _cutoff(row: Mapping[str, str], column: str) -> time | None:
    text = _cell(row, column)
    if not text:
        return None
    match = re.fullmatch(r"([01]?[0-9]|2[0-3])[:hH]([0-5][0-9])", text)
    if match is None:
        raise Refusal("hour_shape", field=column, text=text)
    return time(int(match[1]), int(match[2]))


def _count(text: str, piece: str) -> int:
    if not re.fullmatch(r"[0-9]{0,2}", text.strip()):
        raise Refusal("paper_shape", field="papers", text=piece[:_SHORT_CELL])
    return int(text.strip() or 0)


def _paper(piece: str) -> CataloguePaper:
    parts = piece.split("|", 3)
    name = parts[-1].strip()
    if len(parts) != 4 or not name:
        raise Refusal("paper_shape", field="papers", text=piece[:_SHORT_CELL])
    if parts[0].strip().lower() not in set(Handling):
        raise Refusal("paper_handling", field="papers", text=parts[0][:_SHORT_CELL], allowed=", ".join(Handling))
    handling = Handling(parts[0].strip().lower())
    # Procedures share the names of their papers.
    return CataloguePaper(intern(name), handling, _count(parts[1], piece), _count(parts[2], piece))


def _pieces(text: str, separator: str, column: str) -> list[str]:
    pieces = [piece.strip() for piece in re.split(separator, text) if piece.strip(" ;")]
    if len(pieces) > _MAX_PIECES:
        raise Refusal("too_many_pieces", field=column, limit=_MAX_PIECES, count=len(pieces))
    return pieces


def catalogue_papers(text: str) -> tuple[CataloguePaper, ...]:
    """Return the papers of a cell of the catalogue.

    Raises Refusal `paper_shape`, `paper_handling`, `too_many_pieces`.
    """
    separator = r";(?=[^|;]*\|[^|;]*\|[^|;]*\|)"  # a semicolon inside the name of a paper is no separator
    return tuple(_paper(piece) for piece in _pieces(text, separator, "papers"))


def _papers(row: Mapping[str, str], column: str) -> tuple[CataloguePaper, ...]:
    return catalogue_papers(_cell(row, column))


def _steps(row: Mapping[str, str], column: str) -> tuple[Step, ...]:
    steps = []
    for piece in _pieces(_cell(row, column), ";", column):
        holder, _, days = piece.rpartition(":")
        if not holder.strip():
            raise Refusal("step_shape", field=column, text=piece[:_SHORT_CELL])
        in_hours = days.strip().lower().endswith("h")
        number = days.strip()[:-1] if in_hours else days.strip()
        steps.append(Step(holder.strip(), _quarters(number, column), in_hours))
    return tuple(steps)


def _channel_limits(row: Mapping[str, str], column: str) -> tuple[tuple[Channel, Decimal], ...]:
    limits: dict[Channel, Decimal] = {}
    for piece in _pieces(_cell(row, column), ";", column):
        name, _, limit = (part.strip() for part in piece.partition(":"))
        if name.lower() not in set(Channel) or Channel(name.lower()) in limits:
            raise Refusal("channel_limit_shape", field=column, text=piece, allowed=", ".join(Channel))
        limits[Channel(name.lower())] = _quarters(limit, column)
    return tuple((channel, limits[channel]) for channel in Channel if channel in limits)


def _channel_fees(row: Mapping[str, str], column: str) -> tuple[tuple[Channel, int], ...]:
    fees: dict[Channel, int] = {}
    for piece in _pieces(_cell(row, column), ";", column):
        name, _, amount = (part.strip() for part in piece.partition(":"))
        fee = _fee({column: amount}, column)
        if name.lower() not in set(Channel) or Channel(name.lower()) in fees or fee is None:
            raise Refusal("channel_fee_shape", field=column, text=piece, allowed=", ".join(Channel))
        fees[Channel(name.lower())] = fee
    return tuple((channel, fees[channel]) for channel in Channel if channel in fees)


def _text_or_none(row: Mapping[str, str], column: str) -> str | None:
    return _cell(row, column) or None


def _fee_rule(row: Mapping[str, str], column: str) -> PageFee | None:
    text = _cell(row, column)
    return parse_page_fee(text, column) if text else None


def _successor_code(row: Mapping[str, str], column: str) -> str | None:
    text = _cell(row, column)
    return procedure_code(text, column) if text else None


_UNITS: dict[str, TermUnit] = {unit.value: unit for unit in TermUnit} | {
    "": TermUnit.UNKNOWN,
    "ngay lam viec": TermUnit.WORKING_DAY,
    "ngay": TermUnit.DAY,
    "gio": TermUnit.HOUR,
    "trong ngay": TermUnit.SAME_DAY,
    "ngay trong ngay": TermUnit.SAME_DAY,
}
_SUPPLEMENT_CLOCKS = {clock.value: clock for clock in SupplementClock} | {"": SupplementClock.RESTART}
_BOOLEANS = dict.fromkeys(("", "0", "false", "no", "khong"), False) | dict.fromkeys(("1", "true", "yes", "co"), True)

_READERS: dict[str, tuple[str, Callable[[Mapping[str, str], str], Any]]] = {
    "name": ("name", _required),
    "field": ("field", _required),
    "limit": ("limit", _term),
    "unit": ("unit", _one_of(_UNITS)),
    "fee_vnd": ("fee", _fee),
    "papers": ("papers", _papers),
    "valid_from": ("valid_from", _day),
    "province_limit": ("province_limit", _term),
    "supplement_clock": ("supplement_clock", _one_of(_SUPPLEMENT_CLOCKS)),
    "supplement_days": ("supplement_days", _days_to_complete),
    "same_day_cutoff": ("same_day_cutoff", _cutoff),
    "boundary_free": ("boundary_free", _one_of(_BOOLEANS)),
    "steps": ("steps", _steps),
    "channel_limits": ("channel_limits", _channel_limits),
    "fee_rule": ("fee_rule", _fee_rule),
    "withdrawn": ("withdrawn", _one_of(_BOOLEANS)),
    "superseded_by": ("superseded_by", _successor_code),
    "channel_fees": ("channel_fees", _channel_fees),
    "route": ("route", _text_or_none),
    "advice": ("advice", _text_or_none),
}


def _check_terms(procedure: Procedure) -> None:
    counted = procedure.unit in (TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.HOUR)
    for column in ("limit", "province_limit"):
        if counted and getattr(procedure, column) == 0:
            raise Refusal("term_zero", field=column)
    if counted and any(limit == 0 for _, limit in procedure.channel_limits):
        raise Refusal("term_zero", field="channel_limits")
    if procedure.limit and procedure.province_limit and procedure.province_limit > procedure.limit:
        raise Refusal("province_limit_longer", field="province_limit")
    if procedure.superseded_by == procedure.code or (procedure.superseded_by and not procedure.withdrawn):
        raise Refusal("successor_needs_withdrawal", field="superseded_by", code=procedure.code)


def same_terms(procedure: Procedure, other: Procedure | None) -> bool:
    """Return whether two versions have the same unit and limits."""
    if other is None:
        return False
    return all(getattr(procedure, column) == getattr(other, column) for column in TERM_COLUMNS)


def check_entered_terms(procedure: Procedure) -> None:
    """Check the limits of a version that is being entered.

    Calendar days are whole. Stored versions of earlier releases may have parts of them; intake refuses those.

    Raises Refusal `term_limit_invalid` on the column.
    """
    if procedure.unit is not TermUnit.DAY:
        return
    own = [("channel_limits", limit) for _channel, limit in procedure.channel_limits]
    for column, limit in (("limit", procedure.limit), ("province_limit", procedure.province_limit), *own):
        if limit is not None and limit % 1:
            raise Refusal("term_limit_invalid", field=column, limit=_number(limit))


def row_day(row: Mapping[str, str]) -> date | None:
    """Return the first day of validity of a catalogue row, None if blank.

    Raises Refusal `day_shape`.
    """
    return _day(row, "valid_from")


def read_row(row: Mapping[str, str], base: Procedure | None = None) -> Procedure:
    """Return the procedure of a catalogue row, given by column name.

    Columns missing from the row keep the value of `base`, the known version, except `valid_from`. A blank cell means
    unknown. Units and yes/no may be Vietnamese.

    Raises Refusal on the column: `procedure_code`, `cell_missing`, `cell_too_long`, `term_limit_invalid`, `term_zero`,
    `province_limit_longer`, `unknown_unit`, `fee_shape`, `paper_shape`, `paper_handling`, `too_many_pieces`,
    `day_shape`, `unknown_supplement_clock`, `days_shape`, `hour_shape`, `unknown_boundary_free`, `step_shape`,
    `channel_limit_shape`, `channel_fee_shape`, `fee_rule_shape`, `unknown_withdrawn`, `successor_needs_withdrawal`.
    """
    code = procedure_code(_required(row, "code"), "code")
    values = {name: read(row, column) for column, (name, read) in _READERS.items() if column in row}
    procedure = replace(base or Procedure(code, "", ""), **{"code": code, "valid_from": None} | values)
    for column in ("name", "field"):
        if not getattr(procedure, column):
            raise Refusal("cell_missing", field=column, code=code)
    _check_terms(procedure)
    return procedure


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def to_row(procedure: Procedure) -> dict[str, str]:
    """Return the procedure as a catalogue row with every column.

    `read_row` reads it back unchanged. Exports and the database use this form.
    """
    return {
        "code": procedure.code,
        "name": procedure.name,
        "field": procedure.field,
        "limit": _number(procedure.limit),
        "unit": procedure.unit.value,
        "fee_vnd": "" if procedure.fee is None else str(procedure.fee),
        "papers": " ; ".join(f"{p.handling}|{p.originals}|{p.copies}|{p.name}" for p in procedure.papers),
        "valid_from": "" if procedure.valid_from is None else procedure.valid_from.isoformat(),
        "province_limit": _number(procedure.province_limit),
        "supplement_clock": procedure.supplement_clock.value,
        "supplement_days": "" if procedure.supplement_days is None else str(procedure.supplement_days),
        "same_day_cutoff": "" if procedure.same_day_cutoff is None else f"{procedure.same_day_cutoff:%H:%M}",
        "boundary_free": "1" if procedure.boundary_free else "0",
        "steps": " ; ".join(f"{step.holder}:{_number(step.days)}{'h' * step.in_hours}" for step in procedure.steps),
        "channel_limits": " ; ".join(f"{name}:{_number(limit)}" for name, limit in procedure.channel_limits),
        "fee_rule": "" if procedure.fee_rule is None else procedure.fee_rule.to_cell(),
        "withdrawn": "1" if procedure.withdrawn else "0",
        "superseded_by": procedure.superseded_by or "",
        "channel_fees": " ; ".join(f"{name}:{fee}" for name, fee in procedure.channel_fees),
        "route": procedure.route or "",
        "advice": procedure.advice or "",
    }
