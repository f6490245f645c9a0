"""Rules of the counter in force: periods, notices, reasons, questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.models.enums import Action
from app.models.law.counter_rules import (
    LATE_REASON,
    NOTICE,
    QUESTION,
    REPORT_PERIOD,
)
from app.models.law.rule import Rule
from app.services.law.rules import all_rules, rules_in_force
from app.settings import Office
from app.storage.uow import Reading


@dataclass(frozen=True)
class Question:
    """A question of the satisfaction survey.

    `answers` are texts by points, the most points first; without them the answer is calculated.
    """

    index: int
    text: str
    answers: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class NoticeRules:
    """Texts of notices with their first day, and the situation of each action."""

    texts: Mapping[str, tuple[date, str]]
    situations: Mapping[Action, str]

    def text(self, situation: str, *parts: str) -> str:
        """Return the latest text of a situation or of its part.

        The part wins among texts of one day.
        """
        keys = (*(f"{situation}.{part}" for part in parts), situation)
        texts = [self.texts[key] for key in keys if key in self.texts]
        return max(texts, key=lambda each: each[0])[1] if texts else ""


def report_start_day(work: Reading, office: Office, on: date) -> int:
    """Return the first day of the reporting months on a day.

    A rule wins over `quarter_starts` of the office file.
    """
    rule = next(iter(rules_in_force(work, REPORT_PERIOD, on)), None)
    return office.quarter_starts if rule is None else int(rule.value["day"])


def notice_rules(work: Reading, day: date) -> NoticeRules:
    """Return the notices of a day; one that is not active has no text."""
    texts: dict[str, tuple[date, str]] = {}
    situations: dict[Action, str] = {}
    for rule in rules_in_force(work, NOTICE, day):
        if not rule.value.get("active", True):
            continue
        texts[rule.key] = rule.valid_from, rule.value["text"]
        situation = rule.key.partition(".")[0]
        named = [action for action in rule.value.get("actions", ()) if action in tuple(Action)]
        situations |= {Action(action): situation for action in named}
    return NoticeRules(texts, situations)


def situation_names(work: Reading) -> dict[str, str]:
    """Return the names that rules give to situations, the latest of each."""
    named = [rule for rule in all_rules(work, NOTICE) if rule.value.get("name")]
    return {
        rule.key.partition(".")[0]: rule.value["name"].strip()
        for rule in sorted(named, key=lambda rule: rule.valid_from)
    }


def late_reason_rules(work: Reading, day: date) -> tuple[tuple[str, bool], ...]:
    """Return the reasons of lateness of rules, and whether each is offered."""
    return tuple(
        (rule.value["name"].strip(), rule.value.get("active", True)) for rule in rules_in_force(work, LATE_REASON, day)
    )


def questions_on(work: Reading, day: date, as_of: datetime | None = None) -> tuple[Question, ...]:
    """Return the questions of the survey by their index.

    With `as_of` those known at that instant.
    """
    return _questions(rules_in_force(work, QUESTION, day, as_of))


def _questions(rules: Iterable[Rule]) -> tuple[Question, ...]:
    rules = sorted(rules, key=lambda rule: rule.key)
    return tuple(
        Question(
            int(rule.key),
            rule.value["text"],
            tuple((int(points), text) for points, text in sorted(rule.value.get("answers", {}).items(), reverse=True)),
        )
        for rule in rules
        if rule.value.get("active", True)
    )
