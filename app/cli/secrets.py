"""Passwords and recovery keys of a call.

They come from the environment, a file, standard input or are typed unseen.
A secret is never an argument because other programs can read the arguments of a process.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from app.cli.context import CliContext, password_of
from app.cli.output import warn
from app.cli.request import CliRequest, CliSecrets
from app.machine.console import is_console
from app.models.errors import Refusal

PASSWORD, NEW_PASSWORD, SECOND_PASSWORD = "MOTCUA_PASSWORD", "MOTCUA_NEW_PASSWORD", "MOTCUA_SECOND_PASSWORD"
_RECOVERY_KEY = "MOTCUA_RECOVERY_KEY"
_PASSWORD_REFUSALS = frozenset(("secret_missing", "secret_unset", "keys_password_missing"))
_MAX_LINE_LENGTH = 1000
_Result = TypeVar("_Result")


def with_password(
    context: CliContext, variable: str, act: Callable[[str], _Result], user: str = "", only: str | None = None
) -> _Result:
    """Call `act` with the password of an environment variable.

    If `act` is refused because a password is missing, the user types it and `act` runs again.
    With `only`, just the password of the person of that name is typed.

    Raises Refusal `secret_missing`, `secret_unset`, `keys_password_missing` without an interactive terminal.
    """
    try:
        return act(context.environment.get(variable, ""))
    except Refusal as refusal:
        other = only is not None and refusal.values.get("name") != only
        if refusal.code not in _PASSWORD_REFUSALS or other or not is_console():
            raise
        return act(prompt_password(str(refusal.values.get("name", user)), twice=refusal.code == "secret_unset"))


def with_new_password(request: CliRequest) -> CliSecrets:
    """Return the secrets with the new password of `users`.

    `users add`, `users reset` and `users password` set one.
    It comes from `--new FILE|-`, the environment or the terminal, where it is typed twice. Empty means that the
    account's owner sets it at the first sign-in.

    Raises Refusal `file_missing`.
    """
    if request.args.subcommand not in ("add", "reset", "password"):
        return request.secrets
    return replace(request.secrets, new=_new_password(request))


def _new_password(request: CliRequest) -> str:
    args = request.args
    if args.new is not None and not (args.new == "-" and is_console()):
        return read_secret_line(args.new, "new").rstrip("\r\n")
    password = request.context.environment.get(NEW_PASSWORD, "")
    if password or not is_console():
        return password
    if args.subcommand != "password":
        warn("Bỏ trống thì người này tự đặt khi đăng nhập lần đầu, trong 24 giờ, trên máy có két khóa của hệ thống.")
    return prompt_password(getattr(args, "name", request.office.facts.actor), twice=True)


def with_recovery_key(request: CliRequest) -> CliSecrets:
    """Return the secrets with the recovery key.

    It comes from `--recovery-key FILE|-` or the environment.

    Raises Refusal `file_missing`, `rebuild_two_inputs` if standard input is also the command's file.
    """
    return replace(request.secrets, recovery=_recovery_key(request))


def _recovery_key(request: CliRequest) -> str:
    source = getattr(request.args, "recovery_key", None)
    if source == getattr(request.args, "file", None) == "-":
        raise Refusal("rebuild_two_inputs", "recovery_key")
    if source is None:
        return request.context.environment.get(_RECOVERY_KEY, "")
    if source == "-" and is_console():
        return prompt_hidden("Khóa phục hồi: ")
    return read_secret_line(source, "recovery_key")


def with_unlock_secrets(request: CliRequest) -> CliSecrets:
    """Return the secrets with own password and recovery key.

    Raises like `with_recovery_key`.
    """
    return replace(with_recovery_key(request), own=password_of(request.context))


def read_secret_line(source: str, field: str) -> str:
    """Return the first line of a file, or of standard input for `-`.

    Raises Refusal `file_missing`.
    """
    if source == "-":
        return sys.stdin.readline(_MAX_LINE_LENGTH)
    try:
        with Path(source).open(encoding="utf-8-sig") as file:
            return file.readline(_MAX_LINE_LENGTH)
    except (OSError, UnicodeDecodeError):
        raise Refusal("file_missing", field, file=source) from None


def prompt_password(name: str, *, twice: bool) -> str:
    """Return a password typed unseen.

    With `twice` it is typed until two entries agree.
    """
    while True:
        secret = prompt_hidden(f"{'Mật khẩu hoặc mã PIN mới' if twice else 'Mật khẩu hoặc mã PIN'} của {name}: ")
        if not twice or not secret or secret == prompt_hidden("Gõ lại lần nữa: "):
            return secret
        warn("Hai lần gõ không giống nhau. Gõ lại.")


def prompt_hidden(prompt: str) -> str:
    """Return what the user types unseen at the terminal."""
    from getpass import getpass

    return getpass(prompt)


def prompt_line(prompt: str) -> str:
    """Return a line that is typed or scanned at the terminal, visible."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline(_MAX_LINE_LENGTH)
