"""Run one command: parse, call, report a refusal."""

import sys
from collections.abc import Callable, Mapping, Sequence

from app.sync.errors import BundleRefused
from hub.cli.commands import administration, delivery, intake, reports, serve
from hub.cli.parser import build_parser
from hub.cli.request import Environment, Request, write_line
from hub.errors import Busy, Exit, Refused, exit_status
from hub.wording import sentence

COMMANDS: Mapping[str, Callable[[Request], Exit]] = {
    "init": administration.init,
    "card": administration.card,
    "users": administration.users,
    "enrol": administration.enrol,
    "senders": administration.list_senders,
    "knocks": administration.list_knocks,
    "block": administration.block,
    "ingest": intake.ingest,
    "serve": serve.serve,
    "settle": intake.settle,
    "publish": delivery.publish,
    "forward": delivery.forward,
    "report": reports.report,
}


def run(arguments: Sequence[str], environment: Environment) -> Exit:
    """Run a command and return its exit status.

    A refusal is one Vietnamese sentence on stderr and `{"refused": …}` on stdout.
    """
    request = Request(build_parser().parse_args(arguments), environment)
    try:
        return COMMANDS[request.arguments.command](request)
    except Busy as busy:
        sys.stderr.write(f"{busy.reason}\n")
        return _refuse(busy.code, busy.values)
    except (Refused, BundleRefused) as refused:
        return _refuse(refused.code, refused.values)
    finally:
        request.close()


def _refuse(code: str, values: Mapping[str, str | int | bool | None]) -> Exit:
    message = sentence(code, values)
    sys.stderr.write(f"{message}\n")
    write_line({"refused": {"code": code, "message": message, "field": None}})
    return exit_status(code)
