"""One fact of the status line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatusFact:
    """One fact of the status line: what it says, and the page or window it opens."""

    name: str
    text: str
    target: str
