"""Passwords at the terminal: from the surroundings, else typed unseen where somebody sits there; never an argument,
which every other program could read."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.cli.context import Surroundings
from app.cli.output import warn
from app.models.errors import Refusal
from app.services.credentials import Credentials

PASSWORD, NEW_PASSWORD, SECOND_PASSWORD = "MOTCUA_PASSWORD", "MOTCUA_NEW_PASSWORD", "MOTCUA_SECOND_PASSWORD"
_WANTED = frozenset(("secret_missing", "secret_unset", "keys_password_missing"))
_LONGEST_LINE = 1000
_Result = TypeVar("_Result")


def with_password(
    surroundings: Surroundings, variable: str, act: Callable[[str], _Result], user: str = "", only: str | None = None
) -> _Result:
    """Carry something out with the password of the surroundings; where one is wanted and none is given, it is typed.
    With `only` that person's alone is.

    Raises Refusal `secret_missing` or `secret_unset` where nobody sits at the terminal.
    """
    try:
        return act(surroundings.environment.get(variable, ""))
    except Refusal as refusal:
        other = only is not None and refusal.values.get("name") != only
        if refusal.code not in _WANTED or other or not somebody_sits_here():
            raise
        return act(typed(str(refusal.values.get("name", user)), twice=refusal.code == "secret_unset"))


def verb_sets_password(asked: argparse.Namespace) -> bool:
    """Whether a call gives somebody a new password."""
    return bool(asked.verb == "users" and asked.part in ("add", "reset", "password"))


def new_password(asked: argparse.Namespace, name: str, surroundings: Surroundings) -> str:
    """The new password that a call gives: from `--new FILE|-`, the surroundings, or typed twice. Empty where somebody
    else's is left to his first sign-in.

    Raises Refusal `file_missing`.
    """
    own = asked.part == "password"
    if asked.new is not None and not (asked.new == "-" and somebody_sits_here()):
        return secret_line(asked.new, "new").rstrip("\r\n")
    given = surroundings.environment.get(NEW_PASSWORD, "")
    if given or not somebody_sits_here():
        return given
    if not own:
        warn("Bỏ trống thì người này tự đặt khi đăng nhập lần đầu, trong 24 giờ, trên máy có két khóa của hệ thống.")
    return typed(name, twice=True)


def secret_line(source: str, field: str) -> str:
    """The first line of a file, or of standard input for `-`.

    Raises Refusal `file_missing`.
    """
    if source == "-":
        return sys.stdin.readline(_LONGEST_LINE)
    try:
        with Path(source).open(encoding="utf-8-sig") as file:
            return file.readline(_LONGEST_LINE)
    except (OSError, UnicodeDecodeError):
        raise Refusal("file_missing", field, file=source) from None


def second_of(asked: argparse.Namespace) -> Credentials | None:
    """The other person of an act that two answer for, as `--second` names him; None where nobody is named."""
    return Credentials(asked.second, asked.second_secret) if getattr(asked, "second", None) else None


def somebody_sits_here() -> bool:
    """Whether a question can be answered at all."""
    return sys.stdin is not None and sys.stdin.isatty()


def typed(name: str, *, twice: bool = False) -> str:
    """A password typed unseen; a new one is typed twice until both are the same."""
    while True:
        secret = unseen(f"{'Mật khẩu hoặc mã PIN mới' if twice else 'Mật khẩu hoặc mã PIN'} của {name}: ")
        if not twice or not secret or secret == unseen("Gõ lại lần nữa: "):
            return secret
        warn("Hai lần gõ không giống nhau. Gõ lại.")


def unseen(asked_for: str) -> str:
    """What is typed at the terminal without being shown."""
    from getpass import getpass

    return getpass(asked_for)
