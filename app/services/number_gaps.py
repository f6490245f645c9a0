"""Skip numbers that a lost database may have issued (SCENARIOS S3)."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from app.models.instants import local_day
from app.services.context import Context
from app.services.numbering import DAYS_AHEAD, issued_number_bound, serial_counter
from app.storage import integrity, office_settings
from app.storage.uow import Writing

NUMBER_GAPS = "gaps"
"""The setting with the counters after a restore; `check` accepts that lower numbers are missing."""
_SKIPPED_IN_EPOCH = "leapt"
"""The setting with the epoch in which the counters were raised."""
_REGISTER_GAP = 100


def skip_numbers(context: Context, work: Writing, known: Mapping[str, int] = MappingProxyType({})) -> None:
    """Raise every counter beyond numbers a lost database may have issued.

    This happens once in an epoch: after a restore, or when a new office begins to rebuild its register.
    """
    epoch = office_settings.setting(work, "epoch")
    if office_settings.setting(work, _SKIPPED_IN_EPOCH) == epoch:
        return
    counters = integrity.counter_values(work)
    raised = {
        name: counters.get(name, 0) + _REGISTER_GAP for name in counters if name.startswith(("register:", "refusal:"))
    }
    for day in (local_day(context.now) + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)):
        name = serial_counter(context.office.workstation, day)
        raised[name] = max(counters.get(name, 0), issued_number_bound(context.now, day))
    for name in {**known, **raised}:
        office_settings.raise_counter(work, name, max(known.get(name, 0), raised.get(name, counters.get(name, 0))))
    office_settings.save_settings(work, {NUMBER_GAPS: integrity.counter_values(work), _SKIPPED_IN_EPOCH: epoch})


def record_number_gap(work: Writing, minimums: Mapping[str, int], gap: int = _REGISTER_GAP) -> None:
    """Raise counters below the numbers printed on old documents.

    The documents are those of a lost database. A lower counter is raised to `gap` beyond its number. The gap is
    recorded, so that `check` accepts it.
    """
    counters = integrity.counter_values(work)
    raised = {name: number + gap for name, number in minimums.items() if counters.get(name, 0) < number}
    for name, number in raised.items():
        office_settings.raise_counter(work, name, number)
    if raised:
        office_settings.save_settings(
            work, {NUMBER_GAPS: {**(office_settings.setting(work, NUMBER_GAPS) or {}), **raised}}
        )
