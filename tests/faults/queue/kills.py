"""Kill two desks of one office while they work on the queue.

Both are killed at random moments and started again on the same folder, also on the next day. Every answered act must be
on record, no number may be given twice, and the state of each number must follow from its acts.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from app.models.instants import office_instant
from tests.faults.queue.desk import DESKS
from tests.support.offices import Desk, desk_session

_DAYS = ("2026-02-09T08:00", "2026-02-10T08:00", "2026-02-11T08:00")
_MOST_ACTS = 400
_STATES = {"hold": "held", "no_show": "absent", "transfer": "waiting", "call": "called", "recall": "called"}
_TICKETS = "SELECT id, day, number, state, desk FROM ticket ORDER BY day, number"
_ACTS = "SELECT ticket_id, action, desk FROM ticket_act WHERE action <> 'print' ORDER BY id"


@dataclass
class QueueKills:
    """Counts and defects; the lists must stay empty."""

    kills: int = 0
    acknowledged: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Return whether there are no defects."""
        return not (self.lost or self.twice or self.wrong)


def kill_desks(folder: Path, kills: int, seed: int) -> QueueKills:
    """Kill pairs of desks of a training office, each at its own moment."""
    rng, result = Random(seed), QueueKills()
    rounds = -(-kills // len(DESKS))
    answers: Counter[tuple[str, str, int, int]] = Counter()
    for number in range(rounds):
        day = _DAYS[number * len(_DAYS) // rounds]
        desks = [_start(folder, desk, rng.randrange(1 << 30), day) for desk in DESKS]
        for child in desks:
            _read_lines(child, 1)
        killed = {desk: _kill(child, rng) for desk, child in zip(DESKS, desks, strict=True)}
        for desk, lines in killed.items():
            result.kills += 1
            _note_answers(day[:10].replace("-", ""), desk, lines, answers, result)
        with desk_session(folder) as office:
            _compare(office, answers, result)
    return result


def _start(folder: Path, desk: int, seed: int, day: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "tests.faults.queue.desk", str(folder), str(desk), str(seed), day, str(_MOST_ACTS)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8")


def _read_lines(child: "subprocess.Popen[str]", lines: int) -> list[str]:
    assert child.stdout is not None
    return [child.stdout.readline() for _line in range(lines)]


def _kill(child: "subprocess.Popen[str]", rng: Random) -> list[dict[str, Any]]:
    """Kill a desk after a random number of answers and a random while."""
    assert child.stdout is not None
    lines = _read_lines(child, rng.randrange(1, 25))
    Event().wait(rng.random() * 0.02)
    child.kill()
    lines += child.stdout.read().splitlines()
    child.wait()
    child.stdout.close()
    return [json.loads(line) for line in lines if line.strip().endswith("}")]


def _note_answers(
    day: str, desk: int, lines: list[dict[str, Any]], answers: Counter[tuple[str, str, int, int]], result: QueueKills
) -> None:
    for line in lines:
        if "refused" in line:
            result.refused += 1
            continue
        result.acknowledged += 1
        key = (day, line["act"], line["number"], 0 if line["act"] == "take" else desk)
        answers[key] += 1
        if line["act"] == "take" and answers[key] > 1:
            result.twice.append(f"{day} {line['number']}")


def _compare(office: Desk, answers: Counter[tuple[str, str, int, int]], result: QueueKills) -> None:
    """Compare the queue on the disk with the answers before the kills."""
    tickets = {row[0]: row for row in office.rows(_TICKETS)}
    stored: Counter[tuple[str, str, int, int]] = Counter()
    for _id, day, number, _state, _desk in tickets.values():
        stored[(str(day), "take", number, 0)] += 1
    last: dict[int, tuple[str, int]] = {}
    for ticket_id, action, desk in office.rows(_ACTS):
        _id, day, number, _state, _desk = tickets[ticket_id]
        stored[(str(day), action, number, desk)] += 1
        last[ticket_id] = (action, desk)
    _compare_counts(stored, answers, result)
    _compare_days(list(tickets.values()), result)
    for ticket_id, _day, number, state, _desk in tickets.values():
        expected = _STATES[last[ticket_id][0]] if ticket_id in last else "waiting"
        if state != expected and not (expected == "called" and state == "served"):
            result.wrong.append(f"{number}: {state}, expected {expected}")
    result.wrong += [finding.message for finding in office.check(office_instant(_DAYS[-1])).findings]


def _compare_days(tickets: Sequence[tuple[Any, ...]], result: QueueKills) -> None:
    """Check that each day's numbers have no gap and a desk serves one."""
    for day in {str(row[1]) for row in tickets}:
        rows = [row for row in tickets if str(row[1]) == day]
        numbers = [row[2] for row in rows]
        if numbers != list(range(1, len(numbers) + 1)):
            result.wrong.append(f"{day}: numbers {numbers}")
        called = Counter(row[4] for row in rows if row[3] == "called")
        result.wrong += [f"{day}: desk {desk} serves {count}" for desk, count in called.items() if count > 1]


def _compare_counts(
    stored: Counter[tuple[str, str, int, int]], answers: Counter[tuple[str, str, int, int]], result: QueueKills
) -> None:
    """Report answered acts that are missing, and more extra acts than kills."""
    result.lost += [f"{key}: {count} answered, {stored[key]} stored" for key, count in (answers - stored).items()]
    extra = sum((stored - answers).values())
    if extra > result.kills:
        result.wrong.append(f"{extra} acts without an answer after {result.kills} kills")
