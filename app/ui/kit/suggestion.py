"""What a field that finds offers."""

from dataclasses import dataclass
from typing import Any

ROW_HEIGHT = 44


@dataclass(frozen=True)
class Suggestion:
    """One row of the list: what it is, what tells it apart, and what is taken."""

    title: str
    detail: str
    value: Any
