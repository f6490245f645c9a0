"""Random work of a counter through its use cases, in the order of time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.models.enums import Action, FeedbackChannel, FeedbackTopic, SatisfactionFace
from app.models.errors import Refusal
from app.models.instants import local_day
from app.usecases.citizens.feedback import AddFeedback, AnswerFeedback, add_feedback, answer_feedback
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.reporting.records import SetLateReason, set_late_reason
from tests.support.offices import PERSON, SAME_DAY, Desk

_PROCEDURES = (SAME_DAY, SAME_DAY, "1.001193", "2.000635", "2.000884")
_PAUSES = (1, 2, 5, 20, 60, 240, 1_440, 2_880, 7_200)
"""Minutes between two works."""
_ACTIONS = (
    *(Action.SEND, Action.RECEIVE, Action.TAKE_BACK, Action.ASK_SUPPLEMENT, Action.SUPPLEMENT, Action.ASK_PAYMENT),
    *(Action.PAY, Action.PAY, Action.REFUND, Action.APOLOGISE, Action.FINISH, Action.FINISH, Action.FINISH),
    *(Action.RETURN, Action.RETURN, Action.REFUSE, Action.STOP, Action.WITHDRAW, Action.CLOSE, Action.VOID),
    *(Action.AMEND, Action.AMEND),
)
_SETS = (
    ("name", "Đào Thị Sửa {n}"),
    ("phone", "0905 000 {n:03d}"),
    ("address", "Thôn {n}"),
    ("pages", "{p}"),
    ("exempt", "ho-ngheo"),
    ("exempt", ""),
)


@dataclass
class RandomLives:
    """Random works at a desk; `now` is the instant of the last one."""

    desk: Desk
    now: datetime
    chance: Random
    codes: list[str] = field(default_factory=list)
    feedback: list[tuple[int, int]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def work(self, count: int) -> None:
        """Do works until `count` of them are accepted."""
        works = (self._take_in, self._act, self._act, self._act, self._act, self._rate, self._feedback, self._reason)
        aim = len(self.done) + count
        while len(self.done) < aim:
            self.now += timedelta(minutes=self.chance.choice(_PAUSES))
            try:
                self.done.append(self.chance.choice(works)())
            except Refusal:
                continue

    def _take_in(self) -> str:
        line: dict[str, Any] = {
            "procedure": self.chance.choice(_PROCEDURES),
            "channel": self.chance.choice(("direct", "online", "post")),
            "term": {"limit": self.chance.choice((1, 2, 10)), "unit": "working_day"},
        }
        if self.chance.random() < 0.5:
            line["fee"] = self.chance.choice((0, 9_000, 50_000))
        if self.chance.random() < 0.4:
            line["submitter"] = {**PERSON, "name": "Nguyễn Văn Nộp", "id_number": "048190004218"}
        if line["procedure"] == SAME_DAY:
            line |= {
                "exempt": self.chance.choice((None, None, "Lý do khác")),
                "pages": self.chance.randrange(1, 9),
                "quantity": self.chance.randrange(1, 4),
            }
        self.codes.append(self.desk.take_in(self.now, **line).code)
        return "take-in"

    def _act(self) -> str:
        code, action = self._code(), self.chance.choice(_ACTIONS)
        self.desk.act(code, action, self.now, **self._options(action))
        if self.chance.random() < 0.25:
            self.now += timedelta(minutes=2)
            self.desk.act(code, "undo", self.now, note="Bấm nhầm nút")
            return f"undo {action}"
        return str(action)

    def _code(self) -> str:
        """Return a dossier, most often one of the last."""
        if not self.codes:
            raise Refusal("dossier_unknown", "code")
        last = self.codes[-12:] if self.chance.random() < 0.8 else self.codes
        return self.chance.choice(last)

    def _options(self, action: Action) -> dict[str, Any]:
        options: dict[str, Any] = {"note": "Lý do ghi tại quầy", "to": self.chance.choice(("Tư pháp", "Địa chính"))}
        if action in (Action.PAY, Action.REFUND, Action.ASK_PAYMENT):
            options["amount"] = self.chance.choice((4_000, 9_000))
        if action == Action.PAY:
            options["method"] = self.chance.choice(("cash", "transfer", "qr"))
            if self.chance.random() < 0.6:
                options["receipt"] = f"1C26TAA/{len(self.done) + 1:08d}"
        if action == Action.APOLOGISE:
            options["until"] = local_day(self.now) + timedelta(days=self.chance.randrange(1, 9))
        if action in (Action.FINISH, Action.APOLOGISE) and self.chance.random() < 0.4:
            options["reason"] = "Nguyên nhân khác"
        if action == Action.AMEND:
            name, text = self.chance.choice(_SETS)
            n = self.chance.randrange(1, 999)
            options["sets"] = ((name, text.format(n=n, p=n % 40 + 1)),)
        return options

    def _rate(self) -> str:
        points = {index: self.chance.randrange(3) for index in (1, 3, 4, 7)}
        face = self.chance.choice(tuple(SatisfactionFace))
        self.desk.office.write(rate_dossier, RateDossier(self._code(), face, points), self.now)
        return "rate"

    def _feedback(self) -> str:
        if self.feedback and self.chance.random() < 0.5:
            year, number = self.chance.choice(self.feedback)
            self.desk.office.write(answer_feedback, AnswerFeedback(year, number, "Đã nhắc quầy"), self.now)
            return "answer"
        code = self._code() if self.chance.random() < 0.6 else ""
        command = AddFeedback(
            "Chờ lâu quá",
            self.chance.choice(tuple(FeedbackChannel)),
            self.chance.choice(tuple(FeedbackTopic)),
            code=code,
            due=local_day(self.now) + timedelta(days=self.chance.randrange(0, 12)),
        )
        line = self.desk.office.write(add_feedback, command, self.now)
        self.feedback.append((line.year, line.number))
        return "feedback"

    def _reason(self) -> str:
        self.desk.office.write(set_late_reason, SetLateReason(self._code(), "Nguyên nhân khác"), self.now)
        return "reason"
