"""How a promise is measured: its limit and ours in turn, each round a pair, the ratio the median of the pairs."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Work = Callable[[], object]
WARM_ROUNDS = 2
"""Rounds before the first that counts: pages read, statements compiled, fonts loaded."""


@dataclass(frozen=True)
class Measurement:
    """One promise as measured. `value` and `limit` are medians in `unit`, `ratio` the median of the rounds' own
    ratios; `p99` stands where one is promised, in `unit`. `notes` say beside the table what is not part of it."""

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
        """Whether the promise holds: the ratio, and the 99th percentile where one is promised."""
        in_time = self.p99 is None or self.p99_budget is None or self.p99 <= self.p99_budget
        return in_time and self.ratio <= self.budget


@dataclass(frozen=True)
class Pairs:
    """Rounds of one measurement in milliseconds: what the limit took and, right after it, what we took."""

    limits: tuple[float, ...]
    ours: tuple[float, ...]

    @property
    def limit(self) -> float:
        """What the limit takes."""
        return median(self.limits)

    @property
    def value(self) -> float:
        """What we take."""
        return median(self.ours)

    @property
    def ratio(self) -> float:
        """Ours to the limit, pair by pair: a slow moment of the machine falls on both."""
        return median(mine / theirs for theirs, mine in zip(self.limits, self.ours, strict=True))


def measure_interleaved(rounds: Iterator[tuple[Work, Work]], calls: int = 1) -> Pairs:
    """Measure rounds of (limit, ours), one after the other; each does its work `calls` times over, so that times are
    told for one call."""
    taken: list[tuple[float, float]] = []
    with without_garbage_collection():
        for limit, ours in rounds:
            gc.collect()
            taken.append((milliseconds(limit) / calls, milliseconds(ours) / calls))
    counted = taken[WARM_ROUNDS:]
    return Pairs(tuple(limit for limit, _ in counted), tuple(ours for _, ours in counted))


def percentile_99(works: Iterator[Work]) -> float:
    """The 99th percentile of many single works, in milliseconds."""
    with without_garbage_collection():
        return quantiles([milliseconds(work) for work in works], n=100)[98]


def milliseconds(work: Work) -> float:
    """How long one work takes."""
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """What stands already is no concern of the collector while we measure; our own litter is."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
