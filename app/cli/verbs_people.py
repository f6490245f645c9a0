"""The verbs about people and the clock they vouch for."""

import argparse

from app.cli.answers import say, say_json, say_table
from app.cli.surroundings import OpenOffice
from app.models.values import Role
from app.usecases.clock import AskClock, ClockState, ConfirmDay, ask_clock, confirm_day
from app.usecases.users import AddUser, DisableUser, ListUsers, UserLine, add_user, disable_user, list_users
from app.wording.status import role_name


def users(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """List, add or disable people."""
    if asked.part == "add":
        people = office.write(add_user, AddUser(asked.name, Role(asked.role)))
    elif asked.part == "disable":
        people = office.write(disable_user, DisableUser(asked.name))
    else:
        people = office.read(list_users, ListUsers())
    return _say_users(people, as_json)


def _say_users(people: tuple[UserLine, ...], as_json: bool) -> int:
    if as_json:
        for person in people:
            say_json(person)
        return 0
    rows = [(person.name, role_name(person.role), "" if person.active else "đã ngừng") for person in people]
    say_table(("HỌ VÀ TÊN", "VAI TRÒ", ""), rows, (40, 28, 12))
    return 0


def clock(office: OpenOffice, asked: argparse.Namespace, as_json: bool) -> int:
    """Say whether the clock is believed, or vouch for today with a second person."""
    if asked.part == "confirm":
        return _say_clock(office.write(confirm_day, ConfirmDay(asked.day, asked.second)), as_json)
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


VERBS = {"users": users, "clock": clock}
