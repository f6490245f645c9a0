"""Count the law packages that wait for a person, for the status line."""

from dataclasses import dataclass

from app.models.enums import Right
from app.services.context import Context
from app.services.law_packages.offered import shipped_laws
from app.services.permissions import requires
from app.storage.law.packages import applied_packages
from app.storage.uow import Reading


@dataclass(frozen=True)
class CountOfferedLaws:
    """Query: the number of packages offered by the program."""


@requires(Right.ASK_OFFICE)
def count_offered_laws(query: CountOfferedLaws, context: Context, work: Reading) -> int:
    """Return how many packages of the program the office never applied."""
    known = {row.package_id for row in applied_packages(work)}
    return sum(law.header.id not in known for law in shipped_laws())
