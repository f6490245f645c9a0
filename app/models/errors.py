"""Errors and messages: `Refusal`, `Fault`, `Message`.

A refusal can be corrected by the user, a fault is a problem of the machine. Databases, files and other programs see
only the codes. `app.wording` has the Vietnamese sentences.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Scalar = str | int | float | bool | None


class Refusal(Exception):
    """Request that the office cannot carry out; nothing was written.

    `code` is the reason, `field` the input to correct. `values` fill the Vietnamese sentence of `app.wording.refusals`.
    """

    def __init__(self, code: str, /, field: str | None = None, **values: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class Fault(Exception):
    """Problem of the machine that stops an action; nothing was written.

    Examples are a full disk, a locked file, a damaged database or one newer than the program. The action may be
    repeated once the cause is removed.
    """

    def __init__(self, code: str, /, **values: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Message:
    """Message as a code with values, such as a proof step or a warning.

    `app.wording` has the Vietnamese sentence. The journal stores the code, so that an improved sentence does not change
    an old record.
    """

    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)


def messages_to_json(messages: Iterable[Message]) -> list[list[Any]]:
    """Return messages as the journal stores them: `[code, values]` each."""
    return [[message.code, dict(message.values)] for message in messages]


def messages_from_json(stored: Iterable[Sequence[Any]]) -> tuple[Message, ...]:
    """Return stored messages."""
    return tuple(Message(code, values) for code, values in stored)
