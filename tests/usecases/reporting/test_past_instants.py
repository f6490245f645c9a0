"""Each report of a past instant is what it was at that instant.

Random works go on after the instant: acts, undo, refunds, corrections, ratings, answers.
`python -m tests.faults.instants.reports` runs it at full size.
"""

from app.services.reporting.registry import REPORTS
from tests.faults.instants.reports import compare
from tests.support.offices import Desk


def test_every_report_of_a_past_instant_is_what_it_was(desk: Desk) -> None:
    count, differences = compare(desk, seed=4, works=60, instants=1, groups=1)
    assert count == 2 * len(REPORTS) and differences == []
