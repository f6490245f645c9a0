"""Random days of an office, and random changes by hand.

Dossiers, papers, reprints, batches, accounts, ratings, refusals at the counter, backups and restores come in any order.
"""

import shutil
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.bootstrap import restore
from app.models.enums import Action, PaperForm, PrintStatus, Role, SatisfactionFace
from app.models.errors import Refusal
from app.usecases.accounts.users import AddUser, DisableUser, ResetUser, add_user, disable_user, reset_user
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.documents.prepare import (
    PrepareBatch,
    PreparePaper,
    RecordPrints,
    prepare_batch,
    prepare_paper,
    record_prints,
)
from app.usecases.intake.preprinted import PrintPreprinted, print_preprinted
from app.usecases.intake.turn_away import RefuseAtCounter, refuse_at_counter
from tests.support.offices import Desk, at, intake_line, reset_desk
from tests.usecases.office.hand_made_changes import apply_change, is_covered, random_change

START = at("2026-02-02T08:00")
ACTIONS = [action.value for action in Action]
FORMS = [PaperForm.RECEIPT, PaperForm.CONTROL, PaperForm.APOLOGY]
CHANGES_BY_HAND = 4
_places = count()


class OfficeDays(RuleBasedStateMachine):
    """Work of an office over some weeks, with everything that it records."""

    office_template: Path
    place: Path

    def __init__(self) -> None:
        super().__init__()
        self.home = self.place / f"{next(_places):03d}"
        shutil.copytree(self.office_template, self.home / "office")
        self.desk = Desk(self.home / "office")
        self.now = START
        self.codes: list[str] = []
        self.people: list[str] = []
        self.prepared: tuple[int, ...] = ()

    def do(self, use_case: Any, command: Any) -> Any:
        """Run a use case; None if it is refused."""
        with suppress(Refusal):
            return self.desk.office.write(use_case, command, self.now)
        return None

    @rule(hours=st.sampled_from([0, 1, 5, 24, 72]))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(channel=st.sampled_from(["direct", "online", "post"]), procedure=st.sampled_from(["2.000815", "1.001193"]))
    def take_in(self, **values: Any) -> None:
        self.codes.append(self.desk.take_in(self.now, **values).code)

    @precondition(lambda self: self.codes)
    @rule(action=st.sampled_from(ACTIONS), which=st.integers(0, 3), note=st.sampled_from(["Lý do", None]))
    def act(self, action: str, which: int, note: str | None) -> None:
        until = (self.now + timedelta(days=5)).date()
        values: dict[str, Any] = {"note": note, "to": "Tư pháp", "until": until, "amount": 1000}
        values |= {"sets": (("note", "Sửa"),) if action == "amend" else ()}
        with suppress(Refusal):
            self.desk.act(self.codes[-1 - which % len(self.codes)], action, self.now, **values)

    @precondition(lambda self: self.codes)
    @rule(form=st.sampled_from(FORMS), which=st.integers(0, 3))
    def print_or_print_again(self, form: PaperForm, which: int) -> None:
        prepared = self.do(prepare_paper, PreparePaper(self.codes[-1 - which % len(self.codes)], form))
        self.prepared = () if prepared is None else prepared.print_ids

    @precondition(lambda self: len(self.codes) > 1)
    @rule()
    def print_batch(self) -> None:
        prepared = self.do(prepare_batch, PrepareBatch(tuple(self.codes[-2:])))
        self.prepared = () if prepared is None else prepared.print_ids

    @precondition(lambda self: self.prepared)
    @rule(status=st.sampled_from([PrintStatus.PRINTED, PrintStatus.FAILED]))
    def record_outcome(self, status: PrintStatus) -> None:
        self.do(record_prints, RecordPrints(self.prepared, status))

    @rule(role=st.sampled_from([Role.CLERK, Role.OFFICER, Role.AUDITOR]))
    def add_person(self, role: Role) -> None:
        name = f"Nguyễn Văn {'ABCDEFGHIKLMN'[len(self.people) % 13]}"
        if self.do(add_user, AddUser(name, role, secret="480217")) is not None:
            self.people.append(name)

    @precondition(lambda self: self.people)
    @rule(which=st.integers(0, 3), resets=st.booleans())
    def change_person(self, which: int, resets: bool) -> None:
        name = self.people[-1 - which % len(self.people)]
        if resets:
            self.do(reset_user, ResetUser(name, (Role.HEAD,), "917350"))
        else:
            self.do(disable_user, DisableUser(name))

    @precondition(lambda self: self.codes)
    @rule(face=st.sampled_from(list(SatisfactionFace)))
    def rate(self, face: SatisfactionFace) -> None:
        self.do(rate_dossier, RateDossier(self.codes[-1], face))

    @rule(blanks=st.booleans())
    def refuse_or_print_blanks(self, blanks: bool) -> None:
        if blanks:
            self.do(print_preprinted, PrintPreprinted(2))
        else:
            line = {**intake_line(), "reason": "Thiếu giấy chứng sinh"}
            self.do(refuse_at_counter, RefuseAtCounter.read(line, self.now.date()))

    @precondition(lambda self: self.codes)
    @rule()
    def back_up_and_restore(self) -> None:
        backup, _ = self.desk.office.back_up(self.home / "usb")
        self.desk.close()
        restore(self.home / "office", backup, False)
        self.desk = Desk(self.home / "office")
        backup.unlink()
        assert self.desk.show(self.codes[-1], self.now).code == self.codes[-1]
        self.prepared = ()

    @invariant()
    def check_finds_nothing(self) -> None:
        assert self.desk.check(self.now).findings == ()

    def teardown(self) -> None:
        """Change random values by hand; the check names each."""
        untouched = Path(shutil.copytree(self.home / "office", self.home / "untouched"))
        rng = Random(len(self.codes) * 100 + len(self.people))
        for _ in range(CHANGES_BY_HAND):
            reset_desk(self.desk, untouched)
            change = random_change(self.desk, rng)
            if apply_change(self.desk, change):
                named = self.desk.check(self.now).findings
                assert named or not is_covered(change.table, change.column), change
        self.desk.close()
        shutil.rmtree(self.home)


@pytest.mark.timeout(600)  # a slow machine runs as many examples as a fast one
def test_random_days_stay_in_order(office_templates: dict[bool, Path], tmp_path: Path) -> None:
    OfficeDays.office_template, OfficeDays.place = office_templates[True], tmp_path
    run_state_machine_as_test(
        OfficeDays,
        settings=settings(
            max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
