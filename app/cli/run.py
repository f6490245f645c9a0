"""From words to exit status: reads the command line, opens the office, carries out the verb, answers for errors."""

import argparse
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from app.cli.context import CliContext, password_of
from app.cli.output import print_error, warn
from app.cli.parser import parse_arguments
from app.cli.secrets import PASSWORD, SECOND_PASSWORD, new_password, sets_password, with_password
from app.models.errors import Fault, Refusal
from app.office.session import OfficeSession

_Command = Callable[[OfficeSession, argparse.Namespace, bool], int]
_COMMAND_MODULES: Mapping[str, tuple[str, ...]] = {
    "dossiers": ("intake", "scan", "show", "search", "act", "deadline"),
    "print_documents": ("print", "refuse-at-counter"),
    "blanks": ("blanks",),
    "bulk": ("send-many", "take-over", "tray"),
    "reports": ("report", "sync", "check"),
    "catalogue": ("catalogue",),
    "calendar": ("calendar",),
    "citizens": ("queue", "rate", "feedback", "scanner-card", "keys-card"),
    "notices": ("notices",),
    "users": ("users", "clock", "access"),
    "backup_restore": ("backup",),
    "rebuild": ("rebuild",),
    "numbers": ("numbers",),
    "office": ("office",),
}
"""Which file carries out a verb; read only when it is asked for, so that a scan and the window start quickly."""
_DONE, _REFUSED, _FAULT = 0, 1, 3


def run(words: Sequence[str], context: CliContext) -> int:
    """The exit status of a call: 0 done, 1 refused, 2 wrong usage, 3 the machine's fault."""
    try:
        args = parse_arguments(words)
    except SystemExit as end:
        return int(end.code or 0)
    as_json = getattr(args, "json", False)
    try:
        return _dispatch(args, as_json, context)
    except Refusal as refusal:
        print_error(refusal, as_json)
        return _REFUSED
    except Fault as fault:
        print_error(fault, as_json)
        return _FAULT
    except BrokenPipeError:
        sys.stderr.close()
        return _DONE
    except KeyboardInterrupt:
        warn("Đã dừng theo yêu cầu. Những dòng đã trả lời đều đã lưu.")
        return 130
    except Exception as bug:  # noqa: BLE001  the last door: a bug of ours is said calmly, without anybody's data
        warn(
            f"Lỗi của chương trình ({_location(bug)}). Dữ liệu đã lưu không bị ảnh hưởng. Ghi lại dòng này và báo lại."
        )
        return _FAULT


def _dispatch(args: argparse.Namespace, as_json: bool, context: CliContext) -> int:
    verb = getattr(args, "verb", None)
    if verb == "init":
        from app.cli.commands import init as verbs_office

        return verbs_office.init(args, as_json, context, _folder(args, context))
    if verb == "restore":
        from app.cli.commands import backup_restore

        return backup_restore.restore(args, as_json, context, _folder(args, context))
    if verb == "keys":
        from app.cli.commands import keys as verbs_keys

        return verbs_keys.keys(args, as_json, context, _folder(args, context))
    if verb == "demo":
        from app.cli.demo import demo

        return demo(args, as_json, context)
    folder, user = _folder(args, context), _user(args, context)
    pretend = getattr(args, "now", None)
    if verb in (None, "window"):
        return context.show_window(folder, user, pretend, password_of(context))

    def opened(secret: str) -> OfficeSession:
        args.own_secret = secret
        return context.open_office(folder, user, pretend, secret)

    office = with_password(context, PASSWORD, opened, user)
    try:
        return _run_with_second_person(_command(verb), office, args, as_json, context)
    finally:
        office.close()


def _run_with_second_person(
    verb: _Command, office: OfficeSession, args: argparse.Namespace, as_json: bool, context: CliContext
) -> int:
    """Carry a verb out; one that two people answer for takes the other's password as the first one's was taken."""
    if sets_password(args):
        args.new_secret = new_password(args, getattr(args, "name", office.facts.actor), context)
    if args.verb == "rebuild":
        from app.cli.commands.keys import recovery_key_from_input

        args.recovery = recovery_key_from_input(args, context)
    if not getattr(args, "second", None):
        return verb(office, args, as_json)

    def vouched(secret: str) -> int:
        args.second_secret = secret
        return verb(office, args, as_json)

    return with_password(context, SECOND_PASSWORD, vouched)


def _command(name: str) -> _Command:
    file = next(file for file, verbs in _COMMAND_MODULES.items() if name in verbs)
    found: _Command = import_module(f"app.cli.commands.{file}").COMMANDS[name]
    return found


def _folder(args: argparse.Namespace, context: CliContext) -> Path:
    named = getattr(args, "data", None) or context.environment.get("MOTCUA_DATA")
    return Path(named) if named else context.default_folder()


def _user(args: argparse.Namespace, context: CliContext) -> str:
    return getattr(args, "user", None) or context.environment.get("MOTCUA_USER", "")


def _location(bug: Exception) -> str:
    """Where it happened, by file and line: never the message, which may hold a person's data."""
    last = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}, {Path(last.filename).name}:{last.lineno}"
