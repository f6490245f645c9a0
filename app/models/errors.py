"""Errors of the program: `Refusal` for the user to fix, `Fault` of the machine; and `Message`, a code with values.

A code is what a database, a file or another program sees; its Vietnamese stands in `app.wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Scalar = str | int | float | bool | None


class Refusal(Exception):
    """What the office cannot do as asked. `code` names the reason, `field` the answer to mend, `values` fill the
    Vietnamese sentence of `app.wording.refusals`. Nothing was written."""

    def __init__(self, code: str, /, field: str | None = None, **values: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class Fault(Exception):
    """What the machine cannot do now: disk full, file locked, database damaged or newer than the program.
    Nothing was written; the same act may be repeated once the cause is gone."""

    def __init__(self, code: str, /, **values: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Message:
    """One thing to be said, as a code and its values: a step of a date's proof, a warning. `app.wording` says it in
    Vietnamese; the journal keeps the code, so that a better sentence never changes an old fact."""

    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)
