"""A GSM modem in text mode, by AT commands of 3GPP TS 27.005 and 27.007."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any

import serial
from serial.serialutil import Timeout

MAX_MESSAGE_LENGTH = 160
"""Characters of one message in the GSM 03.38 alphabet. A longer text would be sent and paid as several messages."""
ANSWER_TIMEOUT_S = 10.0
SEND_TIMEOUT_S = 60.0
"""Time for the network to accept one message. TS 27.005 leaves it to the manufacturer; manufacturers name 60 s."""
_SAFE = re.compile(r"""[A-Za-z0-9 !"#%&'()*+,\-./:;<=>?]*""")
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_END, _ESCAPE = b"\x1a", b"\x1b"


class ModemUnavailable(Exception):
    """The port cannot be opened, was unplugged, or its modem does not answer.

    No more messages can be sent. `outcome_unknown`: a message was handed over and its outcome is unknown.
    """

    def __init__(self, reason: str, outcome_unknown: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome_unknown = outcome_unknown


class MessageRejected(Exception):
    """The network or the modem rejected one message.

    The text is the error line, such as `+CMS ERROR: 38`.
    """


class Modem:
    """An open modem.

    The constructor raises ModemUnavailable if the port cannot be opened or the modem does not support text mode.
    """

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
        """Close the port."""
        with suppress(serial.SerialException, OSError):
            self._port.close()

    def send(self, number: str, text: str) -> None:
        """Send one message; on return the network has accepted it.

        Raises ValueError for a text or number that one message cannot carry, MessageRejected, ModemUnavailable.
        """
        if len(text) > MAX_MESSAGE_LENGTH or not _SAFE.fullmatch(text) or not _NUMBER.fullmatch(number):
            raise ValueError("not a message")
        self._write(f'AT+CMGS="{number}"\r'.encode("ascii"))
        self._wait_for(b">", self._answer_timeout_s)
        self._write(text.encode("ascii") + _END)
        try:
            self._wait_for(b"OK", self._send_timeout_s)
        except ModemUnavailable as error:
            raise ModemUnavailable(error.reason, outcome_unknown=True) from None

    def _initialise(self) -> None:
        """Cancel any unfinished command; set no echo, text mode, GSM alphabet."""
        self._write(_ESCAPE + b"\r")
        self._discard_input()
        for command in ("ATE0", "AT+CMGF=1", 'AT+CSCS="GSM"'):
            self._write(command.encode("ascii") + b"\r")
            try:
                self._wait_for(b"OK", self._answer_timeout_s)
            except MessageRejected:
                raise ModemUnavailable("no_text_mode") from None

    def _discard_input(self) -> None:
        """Drop input of an earlier session, which would be read as an answer."""
        with _port_errors():
            self._port.reset_input_buffer()

    def _write(self, raw: bytes) -> None:
        with _port_errors():
            self._port.write(raw)

    def _wait_for(self, expected: bytes, seconds: float) -> None:
        """Read lines until the expected one.

        Unsolicited lines, such as a call, are skipped. A device that never stops sending is no modem.

        Raises MessageRejected for an error line, ModemUnavailable after the timeout.
        """
        line = b""
        with _port_errors():
            self._port.timeout, deadline = seconds, Timeout(seconds)
            while (byte := self._port.read(1)) and not deadline.expired():
                if expected == b">" and line == b"" and byte == b">":
                    return
                if byte not in b"\r\n":
                    line = (line + byte)[-200:]
                    continue
                if line == expected:
                    return
                if line == b"ERROR" or line.startswith((b"+CMS ERROR", b"+CME ERROR")):
                    raise MessageRejected(line.decode("ascii", "replace"))
                line = b""
        raise ModemUnavailable("silent")


@contextmanager
def _port_errors() -> Iterator[None]:
    """Turn every error of the port into ModemUnavailable."""
    try:
        yield
    except (serial.SerialException, OSError):
        raise ModemUnavailable("unplugged") from None


def _exclusive_options() -> dict[str, Any]:
    """Return options that keep a second program from opening the port.

    pyserial has them on POSIX only.
    """
    return {"exclusive": True} if serial.Serial.__module__ == "serial.serialposix" else {}
