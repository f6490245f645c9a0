"""A GSM modem by AT commands (3GPP TS 27.005 and 27.007), in text mode: one message, one part, plain letters."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any

import serial
from serial.serialutil import Timeout

MAX_MESSAGE_LENGTH = 160
"""Letters of one message in the alphabet of GSM 03.38; a longer one would be paid twice and may arrive in halves."""
ANSWER_TIMEOUT_S = 10.0
SEND_TIMEOUT_S = 60.0
"""How long the network may take for one message (TS 27.005 leaves it to the maker; makers name 60 s)."""
_SAFE = re.compile(r"""[A-Za-z0-9 !"#%&'()*+,\-./:;<=>?]*""")
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_END, _ESCAPE = b"\x1a", b"\x1b"


class ModemUnavailable(Exception):
    """The port cannot be opened, went away, or its modem does not answer: nothing more can be sent now.
    `outcome_unknown` tells
    that a message was handed over and its outcome is not known."""

    def __init__(self, reason: str, outcome_unknown: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome_unknown = outcome_unknown


class MessageRejected(Exception):
    """The network or the modem refused this one message, with its own words, such as `+CMS ERROR: 38`."""


class Modem:
    """An open modem. Raises ModemGone where it cannot be opened or does not understand text mode."""

    def __init__(
        self, port: str, answer_timeout_s: float = ANSWER_TIMEOUT_S, send_timeout_s: float = SEND_TIMEOUT_S
    ) -> None:
        self._answer_timeout_s, self._send_timeout_s = answer_timeout_s, send_timeout_s
        try:
            self._port: Any = serial.serial_for_url(
                port, 115200, timeout=answer_timeout_s, write_timeout=answer_timeout_s, **_exclusive_options()
            )
        except (serial.SerialException, OSError, ValueError):
            raise ModemUnavailable("port") from None
        try:
            self._initialise()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Modem":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Gives the port back."""
        with suppress(serial.SerialException, OSError):
            self._port.close()

    def send(self, number: str, text: str) -> None:
        """Hand one message to the network; on return it took it.

        Raises ValueError for a text or a number a message cannot carry, NotSent, ModemGone.
        """
        if len(text) > MAX_MESSAGE_LENGTH or not _SAFE.fullmatch(text) or not _NUMBER.fullmatch(number):
            raise ValueError("not a message")
        self._write(f'AT+CMGS="{number}"\r'.encode("ascii"))
        self._wait_for(b">", self._answer_timeout_s)
        self._write(text.encode("ascii") + _END)
        try:
            self._wait_for(b"OK", self._send_timeout_s)
        except ModemUnavailable as gone:
            raise ModemUnavailable(gone.reason, outcome_unknown=True) from None

    def _initialise(self) -> None:
        """Leave whatever was begun before; no echo, text mode, the plain alphabet."""
        self._write(_ESCAPE + b"\r")
        self._discard_input()
        for command in ("ATE0", "AT+CMGF=1", 'AT+CSCS="GSM"'):
            self._write(command.encode("ascii") + b"\r")
            try:
                self._wait_for(b"OK", self._answer_timeout_s)
            except MessageRejected:
                raise ModemUnavailable("no_text_mode") from None

    def _discard_input(self) -> None:
        """What an earlier talk left on the line is not taken for an answer."""
        with _port_errors():
            self._port.reset_input_buffer()

    def _write(self, raw: bytes) -> None:
        with _port_errors():
            self._port.write(raw)

    def _wait_for(self, wanted: bytes, seconds: float) -> None:
        """Reads answers until the wanted one. A line that the modem says by itself (a call, a message) is passed over;
        what never stops talking is no modem.

        Raises NotSent for an error, ModemGone where no answer comes.
        """
        line = b""
        with _port_errors():
            self._port.timeout, over = seconds, Timeout(seconds)
            while (byte := self._port.read(1)) and not over.expired():
                if wanted == b">" and line == b"" and byte == b">":
                    return
                if byte not in b"\r\n":
                    line = (line + byte)[-200:]
                    continue
                if line == wanted:
                    return
                if line == b"ERROR" or line.startswith((b"+CMS ERROR", b"+CME ERROR")):
                    raise MessageRejected(line.decode("ascii", "replace"))
                line = b""
        raise ModemUnavailable("silent")


@contextmanager
def _port_errors() -> Iterator[None]:
    """Turns every trouble of a port into ModemGone."""
    try:
        yield
    except (serial.SerialException, OSError):
        raise ModemUnavailable("unplugged") from None


def _exclusive_options() -> dict[str, Any]:
    """Where the system must be told so: two programs never speak to one modem."""
    return {"exclusive": True} if serial.Serial.__module__ == "serial.serialposix" else {}
