"""Failures of a modem, sorted by what they concern.

Error codes are those of 3GPP TS 27.005 §3.2.5 (+CMS), TS 24.011 Annex E and TS 27.007 §9.2 (+CME).
"""

import re

_CODE = re.compile(rb"\+(CM[SE]) ERROR: ?([0-9]{1,4})")
_CMS = {
    "sim_missing": (310, 313, 315),
    "sim_locked": (311, 312, 316, 317, 318),
    "starting": (301, 314),
    "modem_failed": (300, 302, 303, 304, 320, 321, 322),
    "no_center": (193, 330),
    "no_service": (331, 332, 38, 41),
    "congestion": (22, 42, 47, 192, 194),
    "credit": (8, 10, 50, 69),
}
_CME = {
    "modem_failed": (0, 1, 2, 3, 4),
    "sim_missing": (10, 13, 15),
    "sim_locked": (5, 6, 7, 11, 12, 16, 17, 18),
    "starting": (14,),
    "no_service": (30, 31, 32),
}
_REASONS = {
    kind: {code: reason for reason, codes in table.items() for code in codes}
    for kind, table in ((b"CMS", _CMS), (b"CME", _CME))
}


class ModemUnavailable(Exception):
    """The modem, its SIM or the network cannot send now.

    No more messages can be sent in this round. `outcome_unknown`: a message was handed over and its outcome is unknown.
    """

    def __init__(self, reason: str, outcome_unknown: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome_unknown = outcome_unknown


class MessageRejected(Exception):
    """One message was rejected because of its number or text.

    The text is the error line, such as `+CMS ERROR: 28`.
    """


def is_error_line(line: bytes) -> bool:
    """Return whether a line of the modem is a final error."""
    return line == b"ERROR" or line.startswith((b"+CMS ERROR", b"+CME ERROR"))


def failure_reason(line: bytes) -> str:
    """Return the reason that concerns every message, else an empty text.

    An unknown code is attributed to the message, so that one message cannot block the others for ever.
    """
    match = _CODE.match(line)
    return _REASONS[match[1]].get(int(match[2]), "") if match else ""


def raise_error(line: bytes) -> None:
    """Raise the error of an error line.

    Raises ModemUnavailable, MessageRejected.
    """
    if reason := failure_reason(line):
        raise ModemUnavailable(reason)
    raise MessageRejected(line.decode("ascii", "replace"))
