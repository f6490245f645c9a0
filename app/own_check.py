"""Self-check of the program: a training office and the screen for it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.training import CLERK, DEMO_OFFICE
from app.office.self_check import CheckedPart, SelfCheckTools, self_check
from app.office.session import OfficeSession
from app.resource_files import RESOURCES


def check_own_program(
    create_office: Callable[..., Any], open_office: Callable[..., OfficeSession]
) -> tuple[CheckedPart, ...]:
    """Check whether the program works on this machine.

    The functions are those of bootstrap.
    """

    def make_office(folder: Path) -> OfficeSession:
        create_office(folder, DEMO_OFFICE, True)
        return open_office(folder, CLERK)

    return self_check(
        SelfCheckTools(make_office, partial(_check_screen, "check_fonts"), partial(_check_screen, "check_window"))
    )


def _check_screen(part: str, *values: OfficeSession) -> None:
    """Run a part that needs Qt, which is imported only then."""
    from app.ui.shell import self_check as screen

    getattr(screen, part)(*values, RESOURCES)
