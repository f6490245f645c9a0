"""Settle a fork by the decision of a person."""

from datetime import datetime

from hub.errors import Refused
from hub.ingest.intake import Intake, Receipt
from hub.storage import forks
from hub.storage.database import Database
from hub.storage.receiver import record_act

OTHER_FILE = "found"


def settle_fork(
    database: Database, intake: Intake, number: int, keep: str, note: str, actor: str, now: datetime
) -> Receipt | None:
    """Keep the known file, or take the other one.

    `keep` is `known`: the sender must restore and begin a new epoch. `keep` is `found`: the other file is stored in
    the place of the known one, which stays on record, and its answer is returned.

    Raises Refused `fork_unknown`, `fork_settled`; BundleRefused if the other file cannot be read; Busy.
    """
    with database.transaction() as connection:
        fork = forks.fork(connection, number)
        if fork is None:
            raise Refused("fork_unknown", number=number)
        if fork.settled is not None:
            raise Refused("fork_settled", number=number, settled=fork.settled)
        receipt = None
        if keep == OTHER_FILE:
            receipt = intake.take_found(connection, forks.content_of(connection, fork), now)
        forks.settle(connection, fork, keep, note, actor, now)
        record_act(connection, now, actor, "settle", f"{number} {keep}", note)
    return receipt
