"""Commands `ingest` and `settle`."""

from hub.cli.commands.administration import checked_note
from hub.cli.request import OPERATOR, Request, write_line
from hub.errors import Exit
from hub.ingest.intake import Intake
from hub.ingest.settle import settle_fork
from hub.ingest.stick import ingest_files


def ingest(request: Request) -> Exit:
    """Receive the named files."""
    intake = Intake(request.database, request.keys, training=request.receiver.training)
    status = Exit.DONE
    for answer in ingest_files(intake, request.arguments.files, request.arguments.acks, request.now):
        write_line(answer)
        if answer["result"] == "refused":
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
