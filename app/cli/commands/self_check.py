"""The command `self-check`: whether the program works on this machine."""

from app.cli.files import write_atomically
from app.cli.output import print_json, print_line
from app.cli.request import CliRequest, Command
from app.wording.program.self_check import part_line, verdict

_DONE, _FAULT = 0, 3


def run_self_check(request: CliRequest) -> int:
    """Check imports, database, document, fonts and one window.

    The exit status is 3 if a part does not work; no office is needed.
    """
    parts = request.context.self_check()
    works = all(part.ok for part in parts)
    lines = [*(part_line(part.name, part.ok, part.detail) for part in parts), verdict(works)]
    if request.args.out is not None:
        write_atomically(request.args.out, "".join(f"{line}\n" for line in lines).encode())
    if request.as_json:
        print_json({"ok": works, "parts": parts})
    else:
        for line in lines:
            print_line(line)
    return _DONE if works else _FAULT


COMMANDS = {"self-check": Command(run_self_check, needs_office=False)}
