"""What became of a paper that was handed to a printer."""

from dataclasses import dataclass
from enum import StrEnum


class PrintOutcome(StrEnum):
    """What became of a job: it reached the spooler, it broke off, there is no printer or it does not answer: then it
    waits."""

    PRINTED = "printed"
    FAILED = "failed"
    NO_PRINTER = "no_printer"
    UNREACHED = "unreached"


@dataclass(frozen=True)
class PrintHandoff:
    """How it was handed over: to which printer, and under which number the spooler keeps it; 0 where the spooler
    knows nothing of it, None where there is none that can be asked."""

    outcome: PrintOutcome
    printer: str = ""
    number: int | None = None
