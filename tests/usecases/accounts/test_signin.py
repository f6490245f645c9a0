"""Sign-in, delays after failed attempts, second person, and access log."""

import shutil
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.models.enums import AccessKind, Action, Role
from app.models.errors import Refusal
from app.models.signin import FREE_ATTEMPTS
from app.services.context import Context
from app.services.credentials import Credentials, SignInResult
from app.services.dossier_actions import ActOnDossier
from app.services.dossier_detail import ShowDossier
from app.storage.uow import writing
from app.usecases.accounts.access_log import ListAccess, list_access, open_dossier
from app.usecases.accounts.signin import (
    GetLastSignInName,
    ListApprovers,
    ListSignInNames,
    SignIn,
    get_last_sign_in_name,
    list_approvers,
    list_sign_in_names,
    sign_in,
)
from app.usecases.accounts.users import (
    AddUser,
    DisableUser,
    ResetUser,
    UserLine,
    add_user,
    disable_user,
    list_users,
    reset_user,
)
from app.usecases.dossiers.actions import act_on_dossier
from tests.support.offices import ADMIN, MORNING, PASSWORD, Desk, desk_session, machine_now, reset_desk

HAI, HAI_PIN = "Lê Văn Hai", "480217"


@pytest.fixture(scope="module")
def shared(office_templates: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("signin") / "office"
    shutil.copytree(office_templates[False], folder)
    with desk_session(folder, ADMIN) as desk:
        yield desk


@pytest.fixture
def real(shared: Desk, office_templates: dict[bool, Path]) -> Desk:
    """Open a real office whose second user has a PIN."""
    reset_desk(shared, office_templates[False])
    shared.office.write(add_user, AddUser(HAI, Role.OFFICER, secret=HAI_PIN))
    return shared


def do(desk: Desk, use_case: Any, command: Any, now: datetime, by: str = ADMIN, uptime: int = 5000) -> Any:
    facts = desk.office.facts
    with writing(desk.office._database) as work:
        return use_case(command, Context(now, by, facts.office, False, uptime=uptime), work)


def attempt_sign_in(desk: Desk, name: str, secret: str, now: datetime, uptime: int = 5000) -> SignInResult:
    signed: SignInResult = do(desk, sign_in, SignIn(Credentials(name, secret)), now, uptime=uptime)
    return signed


def refused(desk: Desk, name: str, secret: str, now: datetime, uptime: int = 5000) -> Refusal:
    with pytest.raises(Refusal) as caught:
        attempt_sign_in(desk, name, secret, now, uptime)
    return caught.value


def test_correct_password_returns_roles(real: Desk) -> None:
    signed = attempt_sign_in(real, f" {HAI} ", HAI_PIN, machine_now())
    assert (signed.name, signed.roles, signed.first) == (HAI, (Role.OFFICER,), False)
    assert refused(real, HAI, "", machine_now()).code == "secret_missing"
    assert refused(real, "Ai Đó", HAI_PIN, machine_now()).code == "user_unknown"


def test_database_has_no_plain_password(real: Desk) -> None:
    ((stored,),) = real.rows("SELECT secret FROM user_account WHERE name = ?", HAI)
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert HAI_PIN not in real.file.read_bytes().decode("latin-1")
    assert HAI_PIN not in repr(Credentials(HAI, HAI_PIN)) + repr(SignIn(Credentials(HAI, HAI_PIN)))
    assert HAI_PIN not in repr(AddUser(HAI, Role.CLERK, secret=HAI_PIN)) + repr(ResetUser(HAI, secret=HAI_PIN))


def test_password_is_independent_of_unicode_form(real: Desk) -> None:
    for form in ("NFC", "NFD"):
        assert attempt_sign_in(real, ADMIN, unicodedata.normalize(form, PASSWORD), machine_now()).name == ADMIN


def test_failed_attempts_lengthen_the_wait(real: Desk) -> None:
    now, uptime = machine_now(), 5000
    for _ in range(FREE_ATTEMPTS):
        assert refused(real, HAI, "sai rồi", now).code == "sign_in_wrong"
    waits = []
    for _ in range(4):
        refusal = refused(real, HAI, "sai rồi", now, uptime)
        assert refusal.code == "sign_in_wrong_wait"
        waits.append(int(str(refusal.values["wait"])))
        assert refused(real, HAI, HAI_PIN, now, uptime + waits[-1] - 1).code == "sign_in_wait"
        uptime += waits[-1]
    assert waits == sorted(set(waits))
    assert attempt_sign_in(real, HAI, HAI_PIN, now, uptime).name == HAI
    assert refused(real, HAI, "sai rồi", now).code == "sign_in_wrong", "attempts are counted from zero again"


def test_wait_survives_a_restart(real: Desk) -> None:
    for _ in range(FREE_ATTEMPTS + 1):
        refused(real, HAI, "sai rồi", machine_now())
    with desk_session(real.folder, ADMIN) as other:
        assert refused(other, HAI, HAI_PIN, machine_now(), 5001).code == "sign_in_wait"
        assert refused(other, HAI, HAI_PIN, machine_now(), 3).code == "sign_in_wait", (
            "a restart of the machine does not end the wait"
        )


def test_wait_is_independent_of_the_clock(real: Desk) -> None:
    now = machine_now()
    for hour in (now, now + timedelta(days=30_000), now - timedelta(days=9)):
        refusal = refused(real, HAI, "sai rồi", hour)
    wait = int(str(refusal.values["wait"]))
    for days in (-30, 30, 0):
        assert refused(real, HAI, HAI_PIN, now + timedelta(days=days)).values["wait"] == wait
    assert attempt_sign_in(real, HAI, HAI_PIN, now, 5000 + wait).name == HAI


def test_wait_of_one_user_blocks_no_other_and_reset_ends_it(real: Desk) -> None:
    now = machine_now()
    for _ in range(FREE_ATTEMPTS + 1):
        refused(real, HAI, "sai rồi", now)
    assert attempt_sign_in(real, ADMIN, PASSWORD, now).name == ADMIN
    do(real, reset_user, ResetUser(HAI, secret="902713"), now)
    assert attempt_sign_in(real, HAI, "902713", now).name == HAI


def test_new_user_sets_the_password_within_a_day(real: Desk) -> None:
    now = machine_now()
    do(real, add_user, AddUser("Võ Thị Tư", Role.CLERK), now)
    assert {name.name: name.new for name in do(real, list_sign_in_names, ListSignInNames(), now)}["Võ Thị Tư"]
    assert refused(real, "Võ Thị Tư", "", now).code == "secret_unset"
    assert refused(real, "Võ Thị Tư", "12345", now).code == "secret_short"
    assert refused(real, "Võ Thị Tư", "Mat-khau-9", now + timedelta(hours=25)).code == "claim_over"
    assert attempt_sign_in(real, "Võ Thị Tư", "Mat-khau-9", now + timedelta(hours=23)).first
    assert refused(real, "Võ Thị Tư", "Mat-khau-8", now).code == "sign_in_wrong"
    assert not attempt_sign_in(real, "Võ Thị Tư", "Mat-khau-9", now).first


def test_account_without_password_sets_it_at_sign_in(real: Desk) -> None:
    real.tamper(f"UPDATE user_account SET secret = NULL WHERE name = '{HAI}'")
    assert attempt_sign_in(real, HAI, "902713", machine_now() + timedelta(days=400)).first


def test_users_have_several_roles_and_one_administrator_remains(real: Desk) -> None:
    lines: tuple[UserLine, ...] = do(real, add_user, AddUser("Võ Thị Tư", Role.CLERK, (Role.CASHIER,)), machine_now())
    assert {line.name: (line.role, line.also) for line in lines}["Võ Thị Tư"] == (Role.CLERK, (Role.CASHIER,))
    for wrong in (ResetUser(ADMIN, (Role.CLERK,)),):
        with pytest.raises(Refusal, match="user_last"):
            do(real, reset_user, wrong, machine_now())
    do(real, reset_user, ResetUser(HAI, (Role.ADMINISTRATOR, Role.HEAD), HAI_PIN), machine_now())
    do(real, reset_user, ResetUser(ADMIN, (Role.CLERK,), PASSWORD), machine_now())
    with pytest.raises(Refusal, match="not_your_right"):
        do(real, list_users, None, machine_now())
    with pytest.raises(Refusal, match="user_exists"):
        do(real, add_user, AddUser("lê văn hai", Role.CLERK), machine_now(), by=HAI)


# --- two people


def void(second: Credentials | None, code: str) -> ActOnDossier:
    return ActOnDossier(code, Action.VOID, note="Nhận nhầm", second=second)


def test_voiding_needs_two_people(real: Desk) -> None:
    now = machine_now()
    code = real.take_in(now).code
    for second, reason in (
        (None, "second_missing"),
        (Credentials("", ""), "second_missing"),
        (Credentials(ADMIN, PASSWORD), "second_person_same"),
        (Credentials(HAI, "000111"), "sign_in_wrong"),
        (Credentials("Ai Đó", HAI_PIN), "user_unknown"),
    ):
        with pytest.raises(Refusal) as caught:
            do(real, act_on_dossier, void(second, code), now)
        assert caught.value.code == reason
        assert real.show(code).status == "received"
    do(real, act_on_dossier, void(Credentials(HAI, HAI_PIN), code), now)
    assert real.show(code).status == "void" and real.check(now).ok
    ((facts,),) = real.rows("SELECT facts FROM event WHERE action = 'void'")
    assert HAI in facts


def test_auditor_is_no_second_person(real: Desk) -> None:
    now = machine_now()
    do(real, add_user, AddUser("Phan Thị Soi", Role.AUDITOR, secret="480217"), now)
    code = real.take_in(now).code
    with pytest.raises(Refusal, match="second_not_allowed"):
        do(real, act_on_dossier, void(Credentials("Phan Thị Soi", "480217"), code), now)


def test_failed_second_person_attempts_cause_a_wait(real: Desk) -> None:
    now = machine_now()
    code = real.take_in(now).code
    for _ in range(FREE_ATTEMPTS + 1):
        with pytest.raises(Refusal):
            do(real, act_on_dossier, void(Credentials(HAI, "000111"), code), now)
    assert refused(real, HAI, HAI_PIN, now).code == "sign_in_wait"


def test_trainer_needs_no_second_person_in_training(desk: Desk) -> None:
    one, other = desk.take_in().code, desk.take_in().code
    assert desk.act(one, "void", note="Nhận nhầm").status == "void"
    facts = desk.office.facts
    with writing(desk.office._database) as work:
        by_name = Context(MORNING, ADMIN, facts.office, True)
        with pytest.raises(Refusal, match="second_missing"):
            act_on_dossier(void(None, other), by_name, work)


# --- access log


def trail(desk: Desk, **filters: Any) -> list[tuple[str, str, str | None]]:
    return [
        (line.actor, line.what, line.code or line.about)
        for line in do(desk, list_access, ListAccess(**filters), machine_now())
    ]


def test_opened_dossiers_are_recorded_once_for_each_visit(real: Desk) -> None:
    now = machine_now()
    code, other = real.take_in(now).code, real.take_in(now).code
    for minutes in (0, 1, 9, 12, 13):
        do(real, open_dossier, ShowDossier(code), now + timedelta(minutes=minutes))
    do(real, open_dossier, ShowDossier(code), now, by=HAI)
    assert trail(real, code=code) == [
        (HAI, AccessKind.SHEET_OPENED, code),
        (ADMIN, AccessKind.SHEET_OPENED, code),
        (ADMIN, AccessKind.SHEET_OPENED, code),
    ]
    assert trail(real, code=other) == []
    assert {actor for actor, _, _ in trail(real, name=HAI)} == {HAI}
    assert trail(real, name=f" {unicodedata.normalize('NFD', HAI)}") == trail(real, name=HAI)
    assert trail(real, name="\udcff") == [], "a byte of an argument that is not UTF-8"


def test_sign_in_attempts_and_user_changes_are_recorded(real: Desk) -> None:
    refused(real, HAI, "sai rồi", machine_now())
    attempt_sign_in(real, HAI, HAI_PIN, machine_now())
    assert trail(real, limit=3) == [
        (HAI, AccessKind.SIGNED_IN, None),
        (ADMIN, AccessKind.WRONG_SECRET, HAI),
        (ADMIN, AccessKind.PEOPLE_CHANGED, HAI),
    ]


def test_access_log_is_append_only(real: Desk) -> None:
    attempt_sign_in(real, HAI, HAI_PIN, machine_now())
    for statement in ("UPDATE access SET actor = 'x'", "DELETE FROM access"):
        with pytest.raises(dbapi2.IntegrityError):
            real.rows(statement)


def test_last_window_user_is_offered_while_active(real: Desk) -> None:
    facts, now = real.office.facts, machine_now()
    assert do(real, get_last_sign_in_name, GetLastSignInName(), now) == "", "a command is no window"
    with writing(real.office._database) as work:
        sign_in(
            SignIn(Credentials(HAI, HAI_PIN)), Context(now, "", facts.office, False, uptime=5000, place="window"), work
        )
    assert do(real, get_last_sign_in_name, GetLastSignInName(), now) == HAI
    real.office.write(disable_user, DisableUser(HAI))
    assert do(real, get_last_sign_in_name, GetLastSignInName(), now) == ""


def test_only_permitted_users_are_offered_as_second_person(real: Desk) -> None:
    real.office.write(add_user, AddUser("Phan Văn Xét", Role.AUDITOR, secret=HAI_PIN))
    real.office.write(add_user, AddUser("Vũ Thị Mới", Role.CLERK))
    approvers = do(real, list_approvers, ListApprovers(), machine_now())
    assert (approvers.required, approvers.secret, approvers.names) == (True, True, (HAI,))
