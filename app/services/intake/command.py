"""The intake command: parse and check one intake line (docs/formats.md).

The intake form and the command line use the same parser.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from app.models.codes import comparable
from app.models.enums import Channel, Handling, ReturnBy, TermUnit
from app.models.errors import Refusal
from app.models.instants import office_instant
from app.models.people import Person, Principal, read_person, read_principal
from app.models.procedures import procedure_code
from app.models.text import clean, visible_text
from app.models.workdays import Term, parse_limit

_KEYS = frozenset(
    (
        "procedure",
        "channel",
        "applicant",
        "submitter",
        "principal",
        "papers",
        "quantity",
        "return_by",
        "term",
        "fee",
        "alias",
        "at_once",
        "note",
        "request_id",
        "replaces",
        "pages",
        "exempt",
        "settled_by",
        "blank",
        "received_at",
        "co_applicants",
        "aliases",
        "level",
        "place",
    )
)
_MAX_FEE = 1_000_000_000_000
_MAX_PAPERS = 200
_MAX_PAGES = 10_000
_MAX_OTHERS = 9
"""Most further applicants, other codes and groups of one dossier."""
_COUNTS = ("originals", "copies")
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class SubmittedPaper:
    """A submitted paper; one outside the procedure's list needs a reason."""

    name: str
    handling: Handling
    originals: int
    copies: int
    reason: str | None = None


@dataclass(frozen=True)
class AcceptDossier:
    """Command to accept a dossier.

    `submitter` is None if the applicant came in person. `papers` is None if the procedure's list is complete. `fee` is
    the base in đồng for one set. `pages` are those of one original, `quantity` then counts its copies. `exempt` are the
    groups of the applicant, or a reason for no fee. `level` is that of the citizen's account. `settled_by` is another
    agency that settles the dossier. `blank` is the number of a pre-printed receipt, and `received_at` the time written
    on it. `co_applicants` are the other applicants, such as the second person of a marriage. `aliases` are codes given
    elsewhere with their systems. `place` is the receiving place, as its key or its name.
    """

    procedure: str
    channel: Channel
    applicant: Person
    submitter: Person | None = None
    principal: Principal | None = None
    papers: tuple[SubmittedPaper, ...] | None = None
    quantity: int = 1
    return_by: ReturnBy = ReturnBy.COUNTER
    term: Term | None = None
    fee: int | None = None
    alias: str | None = None
    at_once: bool = False
    note: str | None = None
    request_id: str | None = None
    replaces: str | None = None
    pages: int | None = None
    exempt: str | tuple[str, ...] | None = None
    settled_by: str | None = None
    blank: str | None = None
    received_at: datetime | None = None
    co_applicants: tuple[Person, ...] = ()
    aliases: tuple[tuple[str, str | None], ...] = ()
    level: int | None = None
    place: str | None = None

    @classmethod
    def read(cls, line: object, today: date) -> "AcceptDossier":
        """Parse one intake line.

        Raises Refusal naming the field to correct, such as `applicant.name` or `papers.2.handling`.
        """
        if not isinstance(line, Mapping):
            raise Refusal("line_shape")
        for key in line:
            if key not in _KEYS:
                raise Refusal("unknown_key", str(key)[:40], key=str(key)[:40])
        return cls(
            procedure=procedure_code(_required_text(line, "procedure")),
            channel=_choice(_required_text(line, "channel"), "channel", Channel),
            applicant=read_person(_required_value(line, "applicant"), "applicant", today),
            submitter=None if _is_missing(line, "submitter") else read_person(line["submitter"], "submitter", today),
            principal=None if _is_missing(line, "principal") else read_principal(line["principal"], "principal"),
            papers=None if _is_missing(line, "papers") else _papers(line["papers"]),
            quantity=1 if _is_missing(line, "quantity") else _whole_number(line["quantity"], "quantity", 1, 999),
            return_by=_choice(_text(line, "return_by", 40) or ReturnBy.COUNTER, "return_by", ReturnBy),
            term=None if _is_missing(line, "term") else _term(line["term"]),
            fee=None if _is_missing(line, "fee") else _whole_number(line["fee"], "fee", 0, _MAX_FEE),
            alias=_alias(line),
            at_once=_flag(line, "at_once"),
            note=_text(line, "note", 2000),
            request_id=_text(line, "request_id", 200),
            replaces=_text(line, "replaces", 64),
            pages=None if _is_missing(line, "pages") else _whole_number(line["pages"], "pages", 1, _MAX_PAGES),
            exempt=_exempt(line),
            settled_by=_text(line, "settled_by", 200),
            blank=_text(line, "blank", 64),
            received_at=_received_at(line),
            co_applicants=_co_applicants(line, today),
            aliases=_aliases(line),
            level=None if _is_missing(line, "level") else _whole_number(line["level"], "level", 1, 2),
            place=_text(line, "place", 120),
        )


def _is_missing(line: Mapping[str, Any], key: str) -> bool:
    return line.get(key) is None


def _required_value(line: Mapping[str, Any], key: str) -> Any:
    if _is_missing(line, key):
        raise Refusal("missing", key)
    return line[key]


def _required_text(line: Mapping[str, Any], key: str) -> str:
    value = _required_value(line, key)
    if not isinstance(value, str):
        raise Refusal("wrong_type", key, expected="text")
    if not value.strip():
        raise Refusal("missing", key)
    return value


def _text(line: Mapping[str, Any], key: str, limit: int) -> str | None:
    value = line.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refusal("wrong_type", key, expected="text")
    text = clean(value) if key == "note" else visible_text(value, key)
    if len(text) > limit:
        raise Refusal("text_too_long", key, limit=limit, length=len(text))
    return text or None


def _choice(value: str, field: str, choices: type[_Choice]) -> _Choice:
    try:
        return choices(value)
    except ValueError:
        raise Refusal("unknown_choice", field, text=value[:40], allowed=", ".join(choices)) from None


def _whole_number(value: object, field: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refusal("wrong_type", field, expected="whole")
    if not least <= value <= most:
        raise Refusal("out_of_range", field, least=least, most=most)
    return value


def _flag(line: Mapping[str, Any], key: str) -> bool:
    value = False if _is_missing(line, key) else line[key]
    if not isinstance(value, bool):
        raise Refusal("wrong_type", key, expected="flag")
    return value


def _exempt(line: Mapping[str, Any]) -> str | tuple[str, ...] | None:
    """Return the groups of a list, or the reason of a text."""
    value = line.get("exempt")
    if isinstance(value, list):
        if len(value) > _MAX_OTHERS or not all(isinstance(each, str) and clean(each) for each in value):
            raise Refusal("exempt_reason_missing", "exempt")
        return tuple(clean(each) for each in value) or None
    reason = _text(line, "exempt", 200)
    if reason is None and not _is_missing(line, "exempt"):
        raise Refusal("exempt_reason_missing", "exempt")
    return reason


def _others(line: Mapping[str, Any], key: str) -> list[Any]:
    value = [] if _is_missing(line, key) else line[key]
    if not isinstance(value, list):
        raise Refusal("wrong_type", key, expected="list")
    if len(value) > _MAX_OTHERS:
        raise Refusal("too_many", key, most=_MAX_OTHERS)
    return value


def _co_applicants(line: Mapping[str, Any], today: date) -> tuple[Person, ...]:
    people = _others(line, "co_applicants")
    return tuple(read_person(person, f"co_applicants.{place}", today) for place, person in enumerate(people))


def _aliases(line: Mapping[str, Any]) -> tuple[tuple[str, str | None], ...]:
    return tuple(_other_code(value, f"aliases.{place}") for place, value in enumerate(_others(line, "aliases")))


def _other_code(value: object, path: str) -> tuple[str, str | None]:
    """Return a code given elsewhere with the name of its system."""
    if isinstance(value, str):
        value = {"code": value}
    if not isinstance(value, Mapping) or not set(value) <= {"code", "system"}:
        raise Refusal("alias_keys", path)
    try:
        code = _text(value, "code", 64)
        if code is None:
            raise Refusal("missing", "code")
        if not comparable(code):
            raise Refusal("alias_shape", "code", alias=code)
        return code, _text(value, "system", 120)
    except Refusal as refusal:
        raise Refusal(refusal.code, f"{path}.{refusal.field}", **refusal.values) from None


def _received_at(line: Mapping[str, Any]) -> datetime | None:
    """Return the time written on a pre-printed receipt.

    Time and number of the receipt require each other.
    """
    text, blank = _text(line, "received_at", 40), _text(line, "blank", 64)
    if text is None or blank is None:
        if text != blank:
            raise Refusal(
                "blank_hour_missing" if text is None else "blank_missing", "received_at" if text is None else "blank"
            )
        return None
    try:
        return office_instant(text)
    except ValueError:
        raise Refusal("instant_shape", "received_at", text=text) from None


def _alias(line: Mapping[str, Any]) -> str | None:
    alias = _text(line, "alias", 64)
    if alias is not None and not comparable(alias):
        raise Refusal("alias_shape", "alias", alias=alias)
    return alias


def _term(value: object) -> Term:
    if not isinstance(value, Mapping) or not set(value) <= {"limit", "unit"}:
        raise Refusal("term_shape", "term")
    try:
        unit = _choice(_required_text(value, "unit"), "unit", TermUnit)
        return Term(None if unit in (TermUnit.UNKNOWN, TermUnit.SAME_DAY) else _limit(value, unit), unit)
    except Refusal as refusal:
        raise Refusal(refusal.code, f"term.{refusal.field}", **refusal.values) from None


def _limit(term: Mapping[str, Any], unit: TermUnit) -> Decimal:
    limit = _required_value(term, "limit")
    if isinstance(limit, bool) or not isinstance(limit, (int, float, str)):
        raise Refusal("wrong_type", "limit", expected="number")
    parsed = parse_limit(limit)
    if unit is TermUnit.DAY and parsed % 1:
        raise Refusal("term_limit_invalid", "limit", limit=str(limit)[:20])
    return parsed


def _papers(value: object) -> tuple[SubmittedPaper, ...]:
    if not isinstance(value, list):
        raise Refusal("wrong_type", "papers", expected="list")
    if len(value) > _MAX_PAPERS:
        raise Refusal("too_many_papers", "papers", most=_MAX_PAPERS)
    return tuple(_paper(paper, f"papers.{place}") for place, paper in enumerate(value))


def _paper(value: object, path: str) -> SubmittedPaper:
    if not isinstance(value, Mapping) or not set(value) <= {"name", "handling", "originals", "copies", "reason"}:
        raise Refusal("paper_shape", path)
    try:
        name = _text(value, "name", 500)
        if name is None:
            raise Refusal("missing", "name")
        handling = _choice(_text(value, "handling", 40) or Handling.SUBMIT, "handling", Handling)
        originals, copies = (
            0 if _is_missing(value, key) else _whole_number(value[key], key, 0, 999) for key in _COUNTS
        )
        return SubmittedPaper(name, handling, originals, copies, _text(value, "reason", 500))
    except Refusal as refusal:
        raise Refusal(refusal.code, f"{path}.{refusal.field}", **refusal.values) from None
