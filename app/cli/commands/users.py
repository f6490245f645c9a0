"""The verbs about people, what they looked at, and the clock they vouch for."""

import argparse

from app.cli.output import print_json, print_line, print_table, warn
from app.cli.secrets import second_credentials
from app.models.enums import Role
from app.models.errors import Refusal
from app.models.instants import local
from app.office.session import OfficeSession
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
from app.usecases.office.clock import ClockState, ConfirmDay, GetClockState, confirm_day, get_clock_state
from app.wording.people import accessed_name, place_name
from app.wording.status import role_name


def users(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """List, add, disable or reset people."""
    if args.part == "list":
        return _print_users(office.read(list_users, ListUsers()), as_json)
    if args.part == "disable":
        people = office.write_password(disable_user, DisableUser(args.name), args.name, "")
        return _print_users(people, as_json)
    if args.part == "password":
        return _change_own_password(office, args, as_json)
    return _print_users(_change_user(office, args), as_json)


def _change_own_password(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Another password for the person who signed in, proved by the one he signed in with."""
    if not args.new_secret:
        raise Refusal("secret_new_missing", "new")
    change = ChangeOwnSecret(args.own_secret, args.new_secret)
    name = office.write_password(change_own_secret, change, office.facts.actor, args.new_secret)
    if as_json:
        print_json({"name": name, "changed": True})
    else:
        print_line(f"Mật khẩu mới của {name} đã có hiệu lực.")
    return 0


def _needs_password(office: OfficeSession) -> bool:
    """Whether nobody gets into this office's database here without a password of his own."""
    return office.keys is not None and not office.keys.status(()).vault_opens


def _change_user(office: OfficeSession, args: argparse.Namespace) -> tuple[UserLine, ...]:
    roles = tuple(Role(role) for role in args.role)
    locked_out = not args.new_secret and _needs_password(office)
    if args.part == "reset":
        if locked_out:
            raise Refusal("secret_needed_here", "new", name=args.name[:60])
        again = ResetUser(args.name, roles, args.new_secret)
        return office.write_password(reset_user, again, args.name, args.new_secret)
    main, *also = roles or (Role.CLERK,)
    added = AddUser(args.name, main, tuple(also), args.new_secret)
    people = office.write_password(add_user, added, args.name, args.new_secret)
    if locked_out:
        warn(f"{args.name} chưa vào được trên máy này (máy không có két khóa): đặt mật khẩu bằng users reset.")
    return people


def _print_users(people: tuple[UserLine, ...], as_json: bool) -> int:
    if as_json:
        for person in people:
            print_json(person)
        return 0
    print_table(("HỌ VÀ TÊN", "VAI TRÒ", ""), [_row(person) for person in people], (34, 46, 18))
    return 0


def _row(person: UserLine) -> tuple[str, str, str]:
    state = "đã ngừng" if not person.active else "" if person.has_secret else "chưa có mật khẩu"
    return person.name, ", ".join(role_name(role) for role in (person.role, *person.also)), state


def access(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """The access trail, the newest first."""
    lines = office.read(list_access, ListAccess(args.code, args.name, args.limit))
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    print_table(
        ("LÚC", "NGƯỜI", "VIỆC", "HỒ SƠ, TÀI KHOẢN", "TỪ"), [_access_row(line) for line in lines], (16, 26, 20, 24, 8)
    )
    print_line("" if lines else "Chưa có lần truy cập nào được ghi.")
    return 0


def _access_row(line: AccessLine) -> tuple[str, ...]:
    about = line.code or line.about or ""
    return f"{local(line.at):%d/%m/%Y %H:%M}", line.actor, accessed_name(line.what), about, place_name(line.place)


def clock(office: OfficeSession, args: argparse.Namespace, as_json: bool) -> int:
    """Say whether the clock is believed, or vouch for today with a second person."""
    if args.part == "confirm":
        return _print_clock(office.write(confirm_day, ConfirmDay(args.day, second_credentials(args))), as_json)
    return _print_clock(office.read(get_clock_state, GetClockState()), as_json)


def _print_clock(state: ClockState, as_json: bool) -> int:
    if as_json:
        print_json(state)
        return 0
    print_line(state.doubt or "Đồng hồ của máy đáng tin.")
    if state.confirmed:
        print_line("Hai người đã xác nhận ngày hôm nay; hồ sơ nhận trong ngày được đánh dấu.")
    if state.affected:
        print_line("Hồ sơ nhận khi đồng hồ bị nghi ngờ: " + ", ".join(state.affected))
    return 0


COMMANDS = {"users": users, "clock": clock, "access": access}
