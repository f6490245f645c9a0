"""Two senders of one folder, one or both of them killed."""

from collections.abc import Sequence
from random import Random

from tests.faults.processes import ForkServer


def kill_pair(server: ForkServer, options: Sequence[str], random: Random) -> None:
    """Start two senders together and kill one or both at a random moment."""
    senders = [server.fork((*options, "sync", "push")) for _ in range(2)]
    for sender in senders:
        sender.feed(b"")
        sender.start()
    senders[0].read_for(random.random() * 0.8)
    for sender in senders[: random.randrange(1, 3)]:
        sender.kill()
    for sender in senders:
        sender.wait()
