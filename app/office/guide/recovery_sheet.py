"""The first recovery page of an office: made, printed, typed back."""

from dataclasses import dataclass, field

from app.keys.recovery import GROUPS, typed_characters
from app.models.errors import Refusal
from app.models.instants import local_day
from app.office.recovery import RecoveryPage
from app.office.session import OfficeSession
from app.printing.forms.recovery_pages import recovery_page
from app.usecases.office.create import CreatedOffice
from app.usecases.office.first_recovery_page import confirm_first_recovery_page, is_recovery_page_open
from app.usecases.office.rebuild import page_code


@dataclass(frozen=True)
class RecoverySheet:
    """The page and the groups that the user types back, counted from 1.

    `page` replaces the key of the founding, which an interrupted guide has not shown; None for the key of the founding.
    """

    session: OfficeSession = field(repr=False)
    groups: tuple[str, ...] = field(repr=False)
    asked_groups: tuple[int, ...]
    pdf: bytes = field(repr=False)
    page: RecoveryPage | None = field(default=None, repr=False)

    def check_typed(self, typed: tuple[str, ...]) -> None:
        """Check the groups that the user typed from the paper.

        Raises Refusal `guide_groups` with the group.
        """
        for place, (number, text) in enumerate(zip(self.asked_groups, typed, strict=True)):
            if typed_characters(text) != typed_characters(self.groups[number - 1]):
                raise Refusal("guide_groups", f"group{place}", group=number)

    def confirm(self) -> None:
        """Record that the page is kept; a former key becomes invalid.

        Raises Fault for the disk.
        """
        if self.page is not None:
            self.page.finish()
        self.session.write(confirm_first_recovery_page, None)


def first_sheet(session: OfficeSession, created: CreatedOffice) -> RecoverySheet:
    """Return the page of the key that the founding made."""
    office = session.facts.office
    code = session.read(page_code, created.recovery_key)
    day = local_day(session.now())
    pdf = recovery_page(office.name, office.agency_code, day, created.recovery_key, created.fingerprint, code)
    return RecoverySheet(session, _groups(created.recovery_key), _groups_to_type(created.recovery_key), pdf)


def repeated_sheet(session: OfficeSession) -> RecoverySheet | None:
    """Return a page with a new key for an office whose first page is missing.

    None if the first page was confirmed: a new one then takes two people.

    Raises Fault for the disk.
    """
    if not session.read(is_recovery_page_open, None):
        return None
    page = session.begin_recovery_page()
    return RecoverySheet(session, _groups(page.key), _groups_to_type(page.key), page.pdf(), page)


def _groups(key: str) -> tuple[str, ...]:
    return tuple(key.split("-"))


def _groups_to_type(key: str) -> tuple[int, int]:
    """Return the numbers of two groups to type; each key has its own."""
    total = sum(key.encode())
    first = total % GROUPS
    other = (first + 1 + total // GROUPS % (GROUPS - 1)) % GROUPS
    return min(first, other) + 1, max(first, other) + 1
