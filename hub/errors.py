"""The refusals of the receiver, with their exit and wire status."""

from collections.abc import Mapping
from enum import IntEnum

Value = str | int | bool | None


class Exit(IntEnum):
    """Exit status of the command line."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    ENVIRONMENT = 3


class Refused(Exception):
    """A request that the receiver does not carry out; nothing was written.

    `code` is the reason. `values` fill its Vietnamese sentence (`hub.wording`) and are fields of the answer.
    """

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Busy(Refused):
    """The database is away, full or has too many users; the sender waits.

    `retry_after` is in seconds. `status` on the wire is 503, or 429 if the receiver itself has too much to do.
    """

    def __init__(self, reason: str, retry_after: int = 60, *, status: int = 503) -> None:
        super().__init__("receiver_busy", retry_after=retry_after)
        self.reason = reason
        self.status = status
        self.retry_after = retry_after


_USAGE = frozenset(("hub_database", "hub_keys_missing"))
_ENVIRONMENT = frozenset(("hub_newer", "hub_keys", "receiver_busy", "port_used"))

_FORBIDDEN = ("bundle_unknown_key", "bundle_blocked", "bundle_training")
_CONFLICT = ("bundle_gap", "bundle_fork")
HTTP_STATUS: Mapping[str, int] = {
    **dict.fromkeys(_FORBIDDEN, 403),
    **dict.fromkeys(_CONFLICT, 409),
    "bundle_too_big": 413,
    "request_timeout": 408,
    "request_cut": 400,
    "request_unsigned": 401,
    "package_unknown": 404,
    "not_found": 404,
    "method_not_allowed": 405,
}
"""Status of each code on the wire; every other code is 422."""


def exit_status(code: str) -> Exit:
    """Return the exit status of a refusal on the command line."""
    if code in _USAGE:
        return Exit.USAGE
    return Exit.ENVIRONMENT if code in _ENVIRONMENT else Exit.REFUSED


def http_status(code: str) -> int:
    """Return the status of a refusal on the wire."""
    return HTTP_STATUS.get(code, 422)
