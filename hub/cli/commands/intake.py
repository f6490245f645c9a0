"""Commands `ingest` and `settle`."""

import sys
from pathlib import Path

from hub.cli.commands.administration import checked_note
from hub.cli.request import OPERATOR, Request, write_line
from hub.errors import Exit
from hub.ingest.intake import Intake
from hub.ingest.settle import settle_fork
from hub.ingest.stick import ingest_files
from hub.wording import sentence


def ingest(request: Request) -> Exit:
    """Receive the named files; the reason of each refused one goes to stderr."""
    intake = Intake(request.database, request.keys, training=request.receiver.training)
    status = Exit.DONE
    for answer, refused in ingest_files(intake, request.arguments.files, request.arguments.acks, request.now):
        write_line(answer)
        if refused is not None:
            sys.stderr.write(f"{Path(answer['file']).name}: {sentence(refused.code, refused.values)}\n")
            status = Exit.REFUSED
    return status


def settle(request: Request) -> Exit:
    """Record a person's decision on a fork."""
    arguments, note = request.arguments, checked_note(request.arguments.note)
    intake = Intake(request.database, request.keys, training=request.receiver.training)
    receipt = settle_fork(request.database, intake, arguments.fork, arguments.keep, note, OPERATOR, request.now)
    counts = (
        {}
        if receipt is None
        else {"accepted": receipt.accepted, "already": receipt.already, "rejected": receipt.rejected}
    )
    write_line({"fork": arguments.fork, "settled": arguments.keep, "note": note, **counts})
    return Exit.DONE
