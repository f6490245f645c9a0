"""From words to exit status: reads the command line, opens the office, carries out the verb, answers for errors."""

import argparse
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from app.cli.context import Surroundings, password_of
from app.cli.output import say_error, warn
from app.cli.parser import read_call
from app.cli.secrets import PASSWORD, SECOND_PASSWORD, new_password, verb_sets_password, with_password
from app.models.errors import Fault, Refusal
from app.office.session import OpenOffice

_Verb = Callable[[OpenOffice, argparse.Namespace, bool], int]
_FILES: Mapping[str, tuple[str, ...]] = {
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


def run(words: Sequence[str], surroundings: Surroundings) -> int:
    """The exit status of a call: 0 done, 1 refused, 2 wrong usage, 3 the machine's fault."""
    try:
        asked = read_call(words)
    except SystemExit as end:
        return int(end.code or 0)
    as_json = getattr(asked, "json", False)
    try:
        return _carried_out(asked, as_json, surroundings)
    except Refusal as refusal:
        say_error(refusal, as_json)
        return _REFUSED
    except Fault as fault:
        say_error(fault, as_json)
        return _FAULT
    except BrokenPipeError:
        sys.stderr.close()
        return _DONE
    except KeyboardInterrupt:
        warn("Đã dừng theo yêu cầu. Những dòng đã trả lời đều đã lưu.")
        return 130
    except Exception as bug:  # noqa: BLE001  the last door: a bug of ours is said calmly, without anybody's data
        warn(f"Lỗi của chương trình ({_place(bug)}). Dữ liệu đã lưu không bị ảnh hưởng. Ghi lại dòng này và báo lại.")
        return _FAULT


def _carried_out(asked: argparse.Namespace, as_json: bool, surroundings: Surroundings) -> int:
    verb = getattr(asked, "verb", None)
    if verb == "init":
        from app.cli.commands import init as verbs_office

        return verbs_office.init(asked, as_json, surroundings, _folder(asked, surroundings))
    if verb == "restore":
        from app.cli.commands import backup_restore

        return backup_restore.restore(asked, as_json, surroundings, _folder(asked, surroundings))
    if verb == "keys":
        from app.cli.commands import keys as verbs_keys

        return verbs_keys.keys(asked, as_json, surroundings, _folder(asked, surroundings))
    if verb == "demo":
        from app.cli.demo import demo

        return demo(asked, as_json, surroundings)
    folder, user = _folder(asked, surroundings), _user(asked, surroundings)
    pretend = getattr(asked, "now", None)
    if verb in (None, "window"):
        return surroundings.show_window(folder, user, pretend, password_of(surroundings))

    def opened(secret: str) -> OpenOffice:
        asked.own_secret = secret
        return surroundings.open_office(folder, user, pretend, secret)

    office = with_password(surroundings, PASSWORD, opened, user)
    try:
        return _with_second(_verb(verb), office, asked, as_json, surroundings)
    finally:
        office.close()


def _with_second(
    verb: _Verb, office: OpenOffice, asked: argparse.Namespace, as_json: bool, surroundings: Surroundings
) -> int:
    """Carry a verb out; one that two people answer for takes the other's password as the first one's was taken."""
    if verb_sets_password(asked):
        asked.new_secret = new_password(asked, getattr(asked, "name", office.facts.actor), surroundings)
    if asked.verb == "rebuild":
        from app.cli.commands.keys import recovery_key_of

        asked.recovery = recovery_key_of(asked, surroundings)
    if not getattr(asked, "second", None):
        return verb(office, asked, as_json)

    def vouched(secret: str) -> int:
        asked.second_secret = secret
        return verb(office, asked, as_json)

    return with_password(surroundings, SECOND_PASSWORD, vouched)


def _verb(name: str) -> _Verb:
    file = next(file for file, verbs in _FILES.items() if name in verbs)
    found: _Verb = import_module(f"app.cli.commands.{file}").VERBS[name]
    return found


def _folder(asked: argparse.Namespace, surroundings: Surroundings) -> Path:
    named = getattr(asked, "data", None) or surroundings.environment.get("MOTCUA_DATA")
    return Path(named) if named else surroundings.default_folder()


def _user(asked: argparse.Namespace, surroundings: Surroundings) -> str:
    return getattr(asked, "user", None) or surroundings.environment.get("MOTCUA_USER", "")


def _place(bug: Exception) -> str:
    """Where it happened, by file and line: never the message, which may hold a person's data."""
    last = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}, {Path(last.filename).name}:{last.lineno}"
