"""The verbs about people, what they looked at, and the clock they vouch for."""

import argparse

from app.cli.output import say, say_json, say_table, warn
from app.cli.secrets import second_of
from app.models.enums import Role
from app.models.errors import Refusal
from app.models.instants import local
from app.office.session import OpenOffice
from app.usecases.accounts.access_log import AccessLine, ListAccess, list_access
from app.usecases.accounts.signin import ChangeOwnSecret, change_own_secret
from app.usecases.accounts.users import (
    AddUser,
    DisableUser,
    ListUsers,
    ResetUser,
    UserLine,
    add_user,
    disable_user,
    list_users,
    reset_user,
)
from app.usecases.office.clock import AskClock, ClockState, ConfirmDay, ask_clock, confirm_day
from app.wording.people import accessed_name, place_name
from app.wording.status import role_name


def users(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """List, add, disable or reset people."""
    if asked.part == "list":
        return _say_users(office.read(list_users, ListUsers()), as_json)
    if asked.part == "disable":
        people = office.write_password(disable_user, DisableUser(asked.name), asked.name, "")
        return _say_users(people, as_json)
    if asked.part == "password":
        return _own_password(office, asked, as_json)
    return _say_users(_changed(office, asked), as_json)


def _own_password(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Another password for the person who signed in, proved by the one he signed in with."""
    if not asked.new_secret:
        raise Refusal("secret_new_missing", "new")
    change = ChangeOwnSecret(asked.own_secret, asked.new_secret)
    name = office.write_password(change_own_secret, change, office.facts.actor, asked.new_secret)
    if as_json:
        say_json({"name": name, "changed": True})
    else:
        say(f"Mật khẩu mới của {name} đã có hiệu lực.")
    return 0


def _only_by_password(office: OpenOffice) -> bool:
    """Whether nobody gets into this office's database here without a password of his own."""
    return office.keys is not None and not office.keys.status(()).vault_opens


def _changed(office: OpenOffice, asked: argparse.Namespace) -> tuple[UserLine, ...]:
    roles = tuple(Role(role) for role in asked.role)
    locked_out = not asked.new_secret and _only_by_password(office)
    if asked.part == "reset":
        if locked_out:
            raise Refusal("secret_needed_here", "new", name=asked.name[:60])
        again = ResetUser(asked.name, roles, asked.new_secret)
        return office.write_password(reset_user, again, asked.name, asked.new_secret)
    main, *also = roles or (Role.CLERK,)
    added = AddUser(asked.name, main, tuple(also), asked.new_secret)
    people = office.write_password(add_user, added, asked.name, asked.new_secret)
    if locked_out:
        warn(f"{asked.name} chưa vào được trên máy này (máy không có két khóa): đặt mật khẩu bằng users reset.")
    return people


def _say_users(people: tuple[UserLine, ...], as_json: bool) -> int:
    if as_json:
        for person in people:
            say_json(person)
        return 0
    say_table(("HỌ VÀ TÊN", "VAI TRÒ", ""), [_row(person) for person in people], (34, 46, 18))
    return 0


def _row(person: UserLine) -> tuple[str, str, str]:
    state = "đã ngừng" if not person.active else "" if person.has_secret else "chưa có mật khẩu"
    return person.name, ", ".join(role_name(role) for role in (person.role, *person.also)), state


def access(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """The access trail, the newest first."""
    lines = office.read(list_access, ListAccess(asked.code, asked.name, asked.limit))
    if as_json:
        for line in lines:
            say_json(line)
        return 0
    say_table(("LÚC", "NGƯỜI", "VIỆC", "HỒ SƠ, TÀI KHOẢN", "TỪ"), [_seen(line) for line in lines], (16, 26, 20, 24, 8))
    say("" if lines else "Chưa có lần truy cập nào được ghi.")
    return 0


def _seen(line: AccessLine) -> tuple[str, ...]:
    about = line.code or line.about or ""
    return f"{local(line.at):%d/%m/%Y %H:%M}", line.actor, accessed_name(line.what), about, place_name(line.place)


def clock(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Say whether the clock is believed, or vouch for today with a second person."""
    if asked.part == "confirm":
        return _say_clock(office.write(confirm_day, ConfirmDay(asked.day, second_of(asked))), as_json)
    return _say_clock(office.read(ask_clock, AskClock()), as_json)


def _say_clock(state: ClockState, as_json: bool) -> int:
    if as_json:
        say_json(state)
        return 0
    say(state.doubt or "Đồng hồ của máy đáng tin.")
    if state.confirmed:
        say("Hai người đã xác nhận ngày hôm nay; hồ sơ nhận trong ngày được đánh dấu.")
    if state.affected:
        say("Hồ sơ nhận khi đồng hồ bị nghi ngờ: " + ", ".join(state.affected))
    return 0


VERBS = {"users": users, "clock": clock, "access": access}
