"""Clock guard (SCENARIOS S11): doubtful dates; weekends and Tết pass."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import MACHINE_CLOCK
from app.models.clock import MAX_IDLE_TIME, ClockFacts, clock_problem
from app.models.enums import Action, Role
from app.models.errors import Refusal
from app.office.session import MachineClock
from app.services.context import Context
from app.services.credentials import Credentials
from app.services.dossier_actions import ActOnDossier
from app.services.intake.command import AcceptDossier
from app.storage.uow import writing
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.dossiers.actions import act_on_dossier
from app.usecases.intake.accept import AcceptedDossier, accept_dossier
from app.usecases.office.clock import ConfirmDay, GetClockState, confirm_day, get_clock_state
from app.wording.refusals import error_sentence
from tests.support.offices import ADMIN, PASSWORD, PERSON, Desk, at, desk_session, intake_line

BUILT = date(2026, 1, 5)
MONDAY = at("2026-02-02T08:00")


@pytest.mark.parametrize(
    ("now", "drift", "code"),
    [
        ("2026-02-09T08:00", 0, None),
        ("2015-01-01T08:00", 0, "clock_before_program"),
        ("2026-02-06T16:57", 0, "clock_behind_journal"),
        ("2026-02-06T16:58", 0, None),
        ("2037-01-19T08:00", 0, "clock_far_ahead"),
        ("2026-02-09T08:00", 11, "clock_jumped"),
        ("2026-02-09T08:00", -11, "clock_jumped"),
        ("2026-02-09T08:00", 10, None),
        ("2026-02-23T08:00", 0, None),
    ],
)
def test_doubtful_clocks(now: str, drift: int, code: str | None) -> None:
    newest = at("2026-02-06T17:00")
    doubt = clock_problem(ClockFacts(at(now), newest, newest, BUILT, timedelta(minutes=drift)))
    assert (doubt.code if doubt else None) == code


def test_gap_of_five_weeks_is_the_limit() -> None:
    newest = at("2026-02-06T17:00")
    facts = ClockFacts(newest + MAX_IDLE_TIME, newest, newest, BUILT)
    assert clock_problem(facts) is None
    assert clock_problem(facts._replace(now=facts.now + timedelta(seconds=1))) is not None


@pytest.fixture
def real_desk(real_folder: Path) -> Iterator[Desk]:
    """Open a desk of a real office."""
    with desk_session(real_folder, ADMIN) as desk:
        yield desk


HAI = Credentials("Lê Văn Hai", PASSWORD)


class RealDesk:
    """Open a real office at any instant, bypassing the CLI's check."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def context(self, now: datetime, drift: timedelta = timedelta(0)) -> Context:
        facts = self.desk.office.facts
        return Context(now, facts.actor, facts.office, facts.training, BUILT, drift)

    def do(self, use_case: Any, command: Any, now: datetime, drift: timedelta = timedelta(0)) -> Any:
        with writing(self.desk.office._database) as work:
            return use_case(command, self.context(now, drift), work)

    def take_in(self, now: datetime, drift: timedelta = timedelta(0)) -> AcceptedDossier:
        taken: AcceptedDossier = self.do(accept_dossier, AcceptDossier.read(intake_line(), now.date()), now, drift)
        return taken


def test_clock_set_back_issues_numbers_after_two_people_confirm(real_desk: Desk) -> None:
    real = RealDesk(real_desk)
    real.take_in(MONDAY)
    yesterday = MONDAY - timedelta(days=1)
    before = real_desk.contents()
    with pytest.raises(Refusal) as refused:
        real.take_in(yesterday)
    assert refused.value.code == "clock_behind_journal"
    assert real_desk.contents() == before
    real.do(add_user, AddUser("Lê Văn Hai", Role.HEAD, secret=PASSWORD), yesterday)
    for day, second, code in (
        (yesterday.date() - timedelta(days=1), HAI, "clock_other_day"),
        (yesterday.date(), None, "second_missing"),
        (yesterday.date(), Credentials(real_desk.office.facts.actor, PASSWORD), "second_person_same"),
        (yesterday.date(), Credentials("Người Lạ", PASSWORD), "user_unknown"),
    ):
        with pytest.raises(Refusal) as refused:
            real.do(confirm_day, ConfirmDay(day, second), yesterday)
        assert refused.value.code == code
    assert real.do(confirm_day, ConfirmDay(yesterday.date(), HAI), yesterday).confirmed
    marked = real.take_in(yesterday)
    assert any("hai người" in warning for warning in marked.warnings)
    state = real.do(get_clock_state, GetClockState(), yesterday)
    assert (state.doubt, state.affected) == (None, (marked.code,)), "the confirmed day is the new reference"


def test_small_step_back_keeps_the_register_in_order(real_desk: Desk) -> None:
    """Repeated small corrections still may not move the clock back."""
    real = RealDesk(real_desk)
    midnight = at("2026-02-03T00:00")
    first = real.take_in(midnight + timedelta(seconds=1))
    second = real.take_in(midnight - timedelta(seconds=1))
    assert second.received_at == first.received_at and second.code[:-4] == first.code[:-4]
    real.do(act_on_dossier, ActOnDossier(second.code, Action.SEND, to="Tư pháp"), midnight - timedelta(seconds=90))
    hours = [row[0] for row in real_desk.rows("SELECT entered_at FROM event ORDER BY id")]
    assert hours == sorted(hours)
    with pytest.raises(Refusal) as refused:
        real.take_in(midnight - timedelta(seconds=120))
    assert refused.value.code == "clock_behind_journal"
    assert real_desk.check(midnight).ok


def test_confirmation_is_valid_for_one_day(real_desk: Desk) -> None:
    real = RealDesk(real_desk)
    real.take_in(MONDAY)
    real.do(add_user, AddUser("Lê Văn Hai", Role.HEAD, secret=PASSWORD), MONDAY)
    far = MONDAY + timedelta(days=60)
    real.do(confirm_day, ConfirmDay(far.date(), HAI), far)
    real.take_in(far)
    with pytest.raises(Refusal):
        real.take_in(far + timedelta(days=50))


def test_clock_jump_while_running_stops_numbering(real_desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        RealDesk(real_desk).take_in(MONDAY, timedelta(minutes=30))
    assert refused.value.code == "clock_jumped"


def test_confirmation_without_doubt_is_refused(real_desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        RealDesk(real_desk).do(confirm_day, ConfirmDay(MONDAY.date(), HAI), MONDAY)
    assert refused.value.code == "clock_not_doubted"


def test_training_office_has_no_clock_doubt(desk: Desk) -> None:
    desk.take_in(MONDAY)
    assert desk.take_in(at("2015-01-05T08:00")).code.startswith("H29.12-150105-")


LEAPS = [
    ("2026-02-02T08:00", "2026-02-03T08:00", None),
    ("2026-02-02T08:00", "2026-02-04T08:00", "clock_leap"),
    ("2026-02-06T16:00", "2026-02-09T08:00", None),
    ("2026-02-06T16:00", "2026-02-10T08:00", "clock_leap"),
    ("2026-02-13T16:00", "2026-02-23T08:00", None),
    ("2026-04-29T16:00", "2026-05-04T08:00", None),
    ("2026-02-02T08:00", "2026-03-10T08:00", "clock_far_ahead"),
]
"""Weekend, Tết (14 to 22/02/2026) and 30/4 with 1/5 are no leap."""


@pytest.mark.parametrize(("last", "now", "code"), LEAPS)
def test_leap_over_working_days_is_one_question(real_desk: Desk, last: str, now: str, code: str | None) -> None:
    real = RealDesk(real_desk)
    real.take_in(at(last))
    if code is None:
        assert not any("đồng hồ" in warning for warning in real.take_in(at(now)).warnings)
        return
    with pytest.raises(Refusal) as refused:
        real.take_in(at(now))
    assert refused.value.code == code
    assert real.do(get_clock_state, GetClockState(), at(now)).people == (1 if code == "clock_leap" else 2)


def test_question_after_a_leap_names_both_days_and_one_person_answers_it(real_desk: Desk) -> None:
    real, now = RealDesk(real_desk), MONDAY + timedelta(days=2)
    real.take_in(MONDAY)
    question = real.do(get_clock_state, GetClockState(), now).doubt
    assert "thứ Hai, 02/02/2026" in question and "thứ Tư, 04/02/2026" in question
    with pytest.raises(Refusal) as refused:
        real.do(confirm_day, ConfirmDay(now.date() - timedelta(days=1)), now)
    assert refused.value.code == "clock_other_day"
    assert real.do(confirm_day, ConfirmDay(now.date()), now).confirmed
    accepted = real.take_in(now)
    assert not any("hai người" in warning for warning in accepted.warnings), "it is not marked"
    assert real.do(get_clock_state, GetClockState(), now).doubt is None


def test_answer_of_one_person_is_not_that_of_two(real_desk: Desk) -> None:
    real, now = RealDesk(real_desk), MONDAY + timedelta(days=2)
    real.take_in(MONDAY)
    real.do(confirm_day, ConfirmDay(now.date()), now)
    with pytest.raises(Refusal) as refused:
        real.take_in(now, timedelta(minutes=30))
    assert refused.value.code == "clock_jumped"
    with pytest.raises(Refusal) as refused:
        real.do(confirm_day, ConfirmDay(now.date()), now, timedelta(minutes=30))
    assert refused.value.code == "second_missing"


@pytest.mark.parametrize("line", [{}, {"applicant": {**PERSON, "birth_date": "2024-05-17"}}])
def test_year_1970_is_reported_as_a_wrong_clock(real_desk: Desk, line: dict[str, Any]) -> None:
    """Neither the calendar of that year nor a date of birth is to blame."""
    clock = MachineClock(lambda: at("1970-01-01T07:00"), lambda: 60.0, BUILT)
    real_desk.office._clock = clock
    session = real_desk.office
    session._opened_at, session._uptime_at_open = clock.now(), clock.uptime()
    with pytest.raises(Refusal) as refused:
        session.write(accept_dossier, AcceptDossier.read(intake_line(**line), session.entry_day()))
    assert refused.value.code == "clock_before_program"
    assert "01/01/1970" in error_sentence(refused.value)
    backup, _ = session.back_up(None)
    assert backup.is_file()


class OffsetClock:
    """A machine clock whose system offset a test sets."""

    def __init__(self, desk: Desk, hours: float) -> None:
        self.session = desk.office
        self.session._clock = self.session._clock._replace(offset=lambda: timedelta(hours=hours))

    def take_in(self) -> AcceptedDossier:
        command = AcceptDossier.read(intake_line(), self.session.entry_day())
        accepted: AcceptedDossier = self.session.write(accept_dossier, command)
        return accepted


@pytest.mark.parametrize("hours", [-8, 8, 5.5])
def test_strange_offset_is_asked_once_and_remembered(real_folder: Path, hours: float) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        clock = OffsetClock(desk, hours)
        with pytest.raises(Refusal) as refused:
            clock.take_in()
        assert refused.value.code == "clock_offset"
        text = {-8: "-08:00", 8: "+08:00", 5.5: "+05:30"}[hours]
        assert text in error_sentence(refused.value)
        assert desk.office.confirm_day(ConfirmDay(desk.office.entry_day())).confirmed
        assert clock.take_in().code
        assert f'offsets = ["{text}"]' in (real_folder / "machine.toml").read_text(encoding="utf-8")
        with pytest.raises(Refusal) as refused:
            OffsetClock(desk, 9).take_in()
        assert refused.value.code == "clock_offset", "another offset is asked about"
        desk.office.backups.set_second_folder(None)
    with desk_session(real_folder, ADMIN) as desk:
        assert OffsetClock(desk, hours).take_in().code, "nor at the next start"


@pytest.mark.posix
@pytest.mark.parametrize("hours", [7, 0])
def test_offset_of_vietnam_or_of_a_system_without_zone_is_no_doubt(real_folder: Path, hours: float) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        assert OffsetClock(desk, hours).take_in().code
        assert not (real_folder / "machine.toml").exists()


def test_program_clock_has_the_offset_of_the_system() -> None:
    assert MACHINE_CLOCK.offset() == datetime.now().astimezone().utcoffset()
