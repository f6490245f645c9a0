"""What became of a paper that was handed to a printer."""

from enum import StrEnum


class Sent(StrEnum):
    """What became of a job: it reached the spooler, it broke off, or there is no printer and it waits."""

    PRINTED = "printed"
    FAILED = "failed"
    NO_PRINTER = "no_printer"
