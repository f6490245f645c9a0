"""Measurement: limit and subject in turn, and the median ratio of pairs."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Work = Callable[[], object]
WARM_ROUNDS = 2
"""Rounds that are dropped because they warm caches: pages, statements, fonts."""


@dataclass(frozen=True)
class Measurement:
    """One measured promise.

    `value` and `limit` are medians in `unit`, `ratio` is the median of the rounds' ratios.
    `p99` is set if the promise limits it. `notes` are printed beside the table.
    """

    name: str
    value: float
    limit: float
    ratio: float
    budget: float
    size: int
    unit: str = "ms"
    p99: float | None = None
    p99_budget: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether the ratio and a promised 99th percentile are within budget."""
        in_time = self.p99 is None or self.p99_budget is None or self.p99 <= self.p99_budget
        return in_time and self.ratio <= self.budget


@dataclass(frozen=True)
class Pairs:
    """Rounds of one measurement in milliseconds: the limit, then the subject."""

    limits: tuple[float, ...]
    ours: tuple[float, ...]

    @property
    def limit(self) -> float:
        """Median time of the limit."""
        return median(self.limits)

    @property
    def value(self) -> float:
        """Median time of the subject."""
        return median(self.ours)

    @property
    def ratio(self) -> float:
        """Median ratio of the pairs; a slow moment affects both sides of a pair."""
        return median(mine / theirs for theirs, mine in zip(self.limits, self.ours, strict=True))


def measure_interleaved(rounds: Iterator[tuple[Work, Work]], calls: int = 1) -> Pairs:
    """Measure rounds of (limit, subject); each work makes `calls` calls.

    Times are for one call.
    """
    taken: list[tuple[float, float]] = []
    with without_garbage_collection():
        for limit, ours in rounds:
            gc.collect()
            taken.append((milliseconds(limit) / calls, milliseconds(ours) / calls))
    counted = taken[WARM_ROUNDS:]
    return Pairs(tuple(limit for limit, _ in counted), tuple(ours for _, ours in counted))


def percentile_99(works: Iterator[Work]) -> float:
    """Return the 99th percentile of single works, in milliseconds."""
    with without_garbage_collection():
        return quantiles([milliseconds(work) for work in works], n=100)[98]


def milliseconds(work: Work) -> float:
    """Return the duration of one work."""
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Exclude existing objects from garbage collection during the measurement."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
