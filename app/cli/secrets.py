"""Passwords at the terminal: from the surroundings, else typed unseen where somebody sits there; never an argument,
which every other program could read."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.cli.context import CliContext
from app.cli.output import warn
from app.models.errors import Refusal
from app.services.credentials import Credentials

PASSWORD, NEW_PASSWORD, SECOND_PASSWORD = "MOTCUA_PASSWORD", "MOTCUA_NEW_PASSWORD", "MOTCUA_SECOND_PASSWORD"
_PASSWORD_REFUSALS = frozenset(("secret_missing", "secret_unset", "keys_password_missing"))
_MAX_LINE_LENGTH = 1000
_Result = TypeVar("_Result")


def with_password(
    context: CliContext, variable: str, act: Callable[[str], _Result], user: str = "", only: str | None = None
) -> _Result:
    """Carry something out with the password of the surroundings; where one is wanted and none is given, it is typed.
    With `only` that person's alone is.

    Raises Refusal `secret_missing` or `secret_unset` where nobody sits at the terminal.
    """
    try:
        return act(context.environment.get(variable, ""))
    except Refusal as refusal:
        other = only is not None and refusal.values.get("name") != only
        if refusal.code not in _PASSWORD_REFUSALS or other or not is_interactive():
            raise
        return act(prompt_password(str(refusal.values.get("name", user)), twice=refusal.code == "secret_unset"))


def sets_password(args: argparse.Namespace) -> bool:
    """Whether a call gives somebody a new password."""
    return bool(args.verb == "users" and args.part in ("add", "reset", "password"))


def new_password(args: argparse.Namespace, name: str, context: CliContext) -> str:
    """The new password that a call gives: from `--new FILE|-`, the surroundings, or typed twice. Empty where somebody
    else's is left to his first sign-in.

    Raises Refusal `file_missing`.
    """
    own = args.part == "password"
    if args.new is not None and not (args.new == "-" and is_interactive()):
        return read_secret_line(args.new, "new").rstrip("\r\n")
    given = context.environment.get(NEW_PASSWORD, "")
    if given or not is_interactive():
        return given
    if not own:
        warn("Bỏ trống thì người này tự đặt khi đăng nhập lần đầu, trong 24 giờ, trên máy có két khóa của hệ thống.")
    return prompt_password(name, twice=True)


def read_secret_line(source: str, field: str) -> str:
    """The first line of a file, or of standard input for `-`.

    Raises Refusal `file_missing`.
    """
    if source == "-":
        return sys.stdin.readline(_MAX_LINE_LENGTH)
    try:
        with Path(source).open(encoding="utf-8-sig") as file:
            return file.readline(_MAX_LINE_LENGTH)
    except (OSError, UnicodeDecodeError):
        raise Refusal("file_missing", field, file=source) from None


def second_credentials(args: argparse.Namespace) -> Credentials | None:
    """The other person of an act that two answer for, as `--second` names him; None where nobody is named."""
    return Credentials(args.second, args.second_secret) if getattr(args, "second", None) else None


def is_interactive() -> bool:
    """Whether a question can be answered at all."""
    return sys.stdin is not None and sys.stdin.isatty()


def prompt_password(name: str, *, twice: bool = False) -> str:
    """A password typed unseen; a new one is typed twice until both are the same."""
    while True:
        secret = prompt_hidden(f"{'Mật khẩu hoặc mã PIN mới' if twice else 'Mật khẩu hoặc mã PIN'} của {name}: ")
        if not twice or not secret or secret == prompt_hidden("Gõ lại lần nữa: "):
            return secret
        warn("Hai lần gõ không giống nhau. Gõ lại.")


def prompt_hidden(prompt: str) -> str:
    """What is typed at the terminal without being shown."""
    from getpass import getpass

    return getpass(prompt)
