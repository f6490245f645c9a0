"""Rules of the counter as dated data.

They are days, periods, retention, notices, reasons of lateness, questions and terms of feedback.
"""

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Any

from app.models.calendar import parse_hours
from app.models.enums import Action, DayKind, FeedbackTopic, SmsSituation
from app.models.errors import Refusal
from app.models.law.conditions import check_conditions

CALENDAR_DAY, REPORT_PERIOD, RETENTION, NOTICE = "calendar_day", "report_period", "retention", "notice"
LATE_REASON, QUESTION, FEEDBACK_TERM = "late_reason", "satisfaction_question", "feedback_term"
COUNTER_KINDS = (NOTICE, QUESTION, LATE_REASON, FEEDBACK_TERM, REPORT_PERIOD, RETENTION)
NOTICE_VALUES = frozenset(("code", "due", "before"))
ANY_TOPIC = "any"
DOSSIERS, CLOSED, RETURNED = "dossier", "closed", "returned"
"""The retention of dossiers, and the days from which it counts."""
_NOTICE_KEY = re.compile(r"([a-z_]+)(?:\.(counter|post|online|due|no_due))?")
_COMMON = ("valid_to", "source", "certainty", "note")
_MAX_SITUATION = 24
_MAX_TEXT, _MAX_DAYS, _MAX_YEARS = 300, 365, 100


def check_calendar_day(key: str, value: Mapping[str, Any]) -> None:
    """Check a day of the calendar: key `YYYY-MM-DD`, `kind`, `hours`.

    Raises Refusal `day_shape`, `rule_shape`, `hours_invalid`.
    """
    try:
        date.fromisoformat(key)
    except ValueError:
        raise Refusal("day_shape", "key", text=key[:40]) from None
    _keys(value, "kind", "hours")
    _require(value.get("kind") in tuple(DayKind), "kind")
    hours = value.get("hours", [])
    _require(isinstance(hours, list | tuple) and all(isinstance(each, str) for each in hours), "hours")
    parse_hours(hours)


def check_report_period(key: str, value: Mapping[str, Any]) -> None:
    """Check the first day of reporting periods.

    The key is `start`, `day` is 1 to 28.
    """
    _require(key == "start", "key")
    _keys(value, "day")
    _whole(value, "day", 1, 28)


def check_retention(key: str, value: Mapping[str, Any]) -> None:
    """Check how long something is kept.

    `years` is null for ever. They count from the end, or from the return (`from`: `returned`). The key `dossier` and
    rules for some `procedures` or `fields` are about dossiers.
    """
    _keys(value, "name", "years", "from", "procedures", "fields")
    _text(value, "name")
    _require(value.get("from", CLOSED) in (CLOSED, RETURNED), "from")
    check_conditions(value, _require)
    if value.get("years") is not None:
        _whole(value, "years", 0, _MAX_YEARS)


def check_notice(key: str, value: Mapping[str, Any]) -> None:
    """Check a notice to the citizen: key is a situation, or one with a part.

    A situation new to the program has a `name`.
    `text` may have `{code}`, `{due}`, `{before}`. `actions` are those that cause it.
    """
    match = _NOTICE_KEY.fullmatch(key)
    _require(match is not None and len(match[1]) <= _MAX_SITUATION, "key")
    _keys(value, "text", "name", "actions", "active")
    _text(value, "text")
    if "name" in value or (match is not None and match[1] not in set(SmsSituation)):
        _text(value, "name")
    actions = value.get("actions", [])
    _require(isinstance(actions, list | tuple) and set(map(str, actions)) <= {each.value for each in Action}, "actions")
    _flag(value, "active")
    _require(_notice_values(value["text"]) <= NOTICE_VALUES, "text")


def _notice_values(text: str) -> set[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise Refusal("rule_shape", "text") from None
    _require(not any(spec or conversion for _, _, spec, conversion in parts), "text")
    return {name for _, name, _, _ in parts if name is not None}


def check_late_reason(key: str, value: Mapping[str, Any]) -> None:
    """Check a reason of lateness: `name`, `active`."""
    _keys(value, "name", "active")
    _text(value, "name")
    _flag(value, "active")


def check_question(key: str, value: Mapping[str, Any]) -> None:
    """Check a question of the satisfaction survey.

    The key is 1 to 9; `answers` are texts by points.
    """
    _require(re.fullmatch("[1-9]", key) is not None, "key")
    _keys(value, "text", "answers", "active")
    _text(value, "text")
    _flag(value, "active")
    answers = value.get("answers", {})
    _require(isinstance(answers, Mapping) and set(answers) <= {"0", "1", "2"}, "answers")
    for points in answers:
        _text(answers, points)


def check_feedback_term(key: str, value: Mapping[str, Any]) -> None:
    """Check the term to answer feedback.

    The key is a topic or `any`; the value has `working_days` or `days`.
    """
    _require(key in {ANY_TOPIC, *FeedbackTopic}, "key")
    _keys(value, "working_days", "days")
    _require(len({"working_days", "days"} & set(value)) == 1, "days")
    _whole(value, "days" if "days" in value else "working_days", 1, _MAX_DAYS)


def _keys(value: Mapping[str, Any], *known: str) -> None:
    unknown = set(value) - {*known, *_COMMON}
    _require(not unknown, str(min(unknown, default=""))[:40])


def _text(value: Mapping[str, Any], name: str) -> None:
    text = value.get(name)
    _require(isinstance(text, str) and bool(text.strip()) and len(text) <= _MAX_TEXT and text.isprintable(), name)


def _whole(value: Mapping[str, Any], name: str, least: int, most: int) -> None:
    number = value.get(name)
    _require(isinstance(number, int) and not isinstance(number, bool) and least <= number <= most, name)


def _flag(value: Mapping[str, Any], name: str) -> None:
    _require(isinstance(value.get(name, True), bool), name)


def _require(condition: bool, field: str) -> None:
    if not condition:
        raise Refusal("rule_shape", field)
