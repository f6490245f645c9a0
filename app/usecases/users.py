"""The people of an office: who may work with the program."""

from dataclasses import dataclass

from app.models.values import Refusal, Role, clean
from app.storage import office as rows
from app.storage.uow import Reading, Writing
from app.usecases.context import Context


@dataclass(frozen=True)
class ListUsers:
    """Everybody, working or not."""


@dataclass(frozen=True)
class AddUser:
    """A new person with a role."""

    name: str
    role: Role


@dataclass(frozen=True)
class DisableUser:
    """A person who no longer works here; what he did keeps his name."""

    name: str


@dataclass(frozen=True)
class UserLine:
    """One person."""

    name: str
    role: Role
    active: bool


def list_users(query: ListUsers, context: Context, work: Reading) -> tuple[UserLine, ...]:
    """Everybody of the office by name."""
    return tuple(UserLine(row.name, Role(row.role), row.active) for row in rows.users(work))


def add_user(command: AddUser, context: Context, work: Writing) -> tuple[UserLine, ...]:
    """Enter a person.

    Raises Refusal `user_name_missing`, `user_exists`.
    """
    name = clean(command.name)
    if not any(letter.isalpha() for letter in name) or len(name) > 120:
        raise Refusal("user_name_missing", "name")
    if rows.user(work, name) is not None:
        raise Refusal("user_exists", "name", name=name)
    rows.add_user(work, name, command.role)
    work.commit()
    return list_users(ListUsers(), context, work)


def disable_user(command: DisableUser, context: Context, work: Writing) -> tuple[UserLine, ...]:
    """End a person's work with the program.

    Raises Refusal `user_unknown`, `user_last` for the last who is left.
    """
    known = rows.user(work, clean(command.name))
    if known is None:
        raise Refusal("user_unknown", "name", name=command.name[:60])
    if not any(row.active and row.name != known[0] for row in rows.users(work)):
        raise Refusal("user_last", "name", name=known[0])
    rows.disable_user(work, known[0])
    work.commit()
    return list_users(ListUsers(), context, work)
