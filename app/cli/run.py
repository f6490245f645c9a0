"""Run one call of the command line."""

import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from app.cli.argtypes import WrongUsage
from app.cli.context import CliContext
from app.cli.opening import open_office
from app.cli.output import print_error, warn
from app.cli.parser import parse_arguments
from app.cli.request import CliRequest, Command
from app.cli.secrets import PASSWORD, SECOND_PASSWORD, with_password
from app.machine.log_file import log_bug, log_fault
from app.models.errors import Fault, Refusal
from app.office.session import OfficeSession
from app.services.office_file import ignored_lines
from app.wording.refusals import error_sentence

_WINDOW = "window"
_COMMAND_MODULES: Mapping[str, tuple[str, ...]] = {
    "window": (_WINDOW,),
    "init": ("init",),
    "demo": ("demo",),
    "lookup": ("scan", "search"),
    "dossiers": ("intake", "show", "act", "deadline"),
    "print_documents": ("print", "refuse-at-counter"),
    "blanks": ("blanks",),
    "bulk": ("send-many", "take-over", "tray"),
    "report": ("report", "late-reasons", "report-targets"),
    "sync": ("sync",),
    "law": ("law",),
    "catalogue": ("catalogue",),
    "calendar": ("calendar",),
    "foreign_tables": ("reconcile", "false-late", "import"),
    "citizens": ("queue", "rate", "feedback", "scanner-card", "keys-card"),
    "notices": ("notices",),
    "users": ("users", "clock", "access"),
    "backup_restore": ("backup", "restore"),
    "integrity": ("check", "rebuild"),
    "numbers": ("numbers",),
    "office": ("office",),
    "keys": ("keys",),
    "self_check": ("self-check",),
}
"""The commands of each module in `cli.commands`; a module is imported on demand so that a call starts quickly."""
_DONE, _REFUSED, _WRONG_USAGE, _FAULT, _INTERRUPTED = 0, 1, 2, 3, 130
_AFTER_BUG = "Dữ liệu đã lưu không bị ảnh hưởng. Ghi lại dòng này và báo lại."


def run(words: Sequence[str], context: CliContext) -> int:
    """Return the exit status of a call.

    0: done, 1: refused, 2: wrong usage, 3: fault of the machine or a bug; the log has the reason of 3.
    """
    try:
        args = parse_arguments(words)
    except WrongUsage as wrong:
        _show_without_console(wrong.sentence, context)
        return _WRONG_USAGE
    except SystemExit as end:
        return int(end.code or 0)
    request = CliRequest(args, getattr(args, "json", False), context)
    try:
        return _run_command(_command(getattr(args, "command", None) or _WINDOW), request)
    except WrongUsage as wrong:
        _show_without_console(wrong.sentence, context)
        return _WRONG_USAGE
    except (Refusal, Fault) as error:
        return _report(error, request)
    except BrokenPipeError:
        sys.stderr.close()
        return _DONE
    except KeyboardInterrupt:
        warn("Đã dừng theo yêu cầu. Những dòng đã trả lời đều đã lưu.")
        return _INTERRUPTED
    except Exception as bug:  # noqa: BLE001  a bug is reported without personal data
        log_bug(bug)
        sentence = f"Lỗi của chương trình ({_location(bug)}). {_AFTER_BUG}"
        warn(sentence)
        _show_without_console(sentence, context)
        return _FAULT


def _report(error: Refusal | Fault, request: CliRequest) -> int:
    """Print an error, log a fault, and return the exit status."""
    print_error(error, request.as_json)
    if getattr(request.args, "command", None) not in (None, _WINDOW):  # the window shows its own
        _show_without_console(error_sentence(error), request.context)
    if isinstance(error, Refusal):
        return _REFUSED
    log_fault(error.code, error)
    return _FAULT


def _show_without_console(sentence: str, context: CliContext) -> None:
    """Show a sentence in a box if there is no stderr."""
    if sys.stderr is None and sentence:
        context.show_error(sentence)


def _command(name: str) -> Command:
    module = next(module for module, names in _COMMAND_MODULES.items() if name in names)
    command: Command = import_module(f"app.cli.commands.{module}").COMMANDS[name]
    return command


def _run_command(command: Command, request: CliRequest) -> int:
    if not command.needs_office or getattr(request.args, "subcommand", None) in command.without_office:
        return command.run(_with_secrets(command, request))
    opened = _with_open_office(request)
    for line in ignored_lines(opened.office.facts.office, partial(_form_sets, opened.office)):
        warn(line)
    try:
        return _run_in_office(command, _with_secrets(command, opened))
    finally:
        opened.office.close()


def _form_sets(office: OfficeSession) -> frozenset[str]:
    from app.usecases.office.form_sets import ListFormSets, list_form_sets  # few offices have a set of their own

    return frozenset(office.read(list_form_sets, ListFormSets()))


def _with_secrets(command: Command, request: CliRequest) -> CliRequest:
    return request if command.read_secrets is None else replace(request, secrets=command.read_secrets(request))


def _with_open_office(request: CliRequest) -> CliRequest:
    """Return the request with the open office.

    It is opened by the user's password; the caller closes it.
    """

    def attempt(password: str) -> CliRequest:
        office = open_office(request, password)
        return replace(request, session=office, secrets=replace(request.secrets, own=password))

    return with_password(request.context, PASSWORD, attempt, request.user)


def _run_in_office(command: Command, request: CliRequest) -> int:
    """Run a command, with a second person if `--second` names one."""
    if not request.second_name:
        return command.run(request)

    def attempt(password: str) -> int:
        return command.run(replace(request, secrets=replace(request.secrets, second=password)))

    return with_password(request.context, SECOND_PASSWORD, attempt)


def _location(bug: Exception) -> str:
    """Return class, file and line of an exception.

    Its message is left out because it may hold personal data.
    """
    last = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}, {Path(last.filename).name}:{last.lineno}"
