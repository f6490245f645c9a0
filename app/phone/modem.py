"""A GSM modem in text mode, by AT commands of 3GPP TS 27.005 and 27.007."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any

import serial
from serial.serialutil import Timeout

from app.phone.errors import MessageRejected, ModemUnavailable, is_error_line, raise_error

MAX_MESSAGE_LENGTH = 160
"""Characters of one message in the GSM 03.38 alphabet. A longer text would be sent and paid as several messages."""
ANSWER_TIMEOUT_S = 10.0
SEND_TIMEOUT_S = 60.0
"""Time for the network to accept one message. TS 27.005 leaves it to the manufacturer; manufacturers name 60 s."""
_SAFE = re.compile(r"""[A-Za-z0-9 !"#%&'()*+,\-./:;<=>?]*""")
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_END, _ESCAPE = b"\x1a", b"\x1b"
_LINE_LIMIT, _LINES_LIMIT = 200, 50
_SUBMIT, _SUBMIT_WITH_REPORT = "AT+CSMP=17,167,0,0", "AT+CSMP=49,167,0,0"
_REGISTERED, _SEARCHING = ("1", "5", "6", "7"), "2"
_DELIVERED = range(32)  # TP-Status of TS 23.040 §9.2.3.15: below 32 the message has arrived


class Modem:
    """An open modem.

    The constructor raises ModemUnavailable if the port cannot be opened, the modem does not support text mode, the SIM
    is missing or locked, or there is no network. `delivered` has the references of the messages reported as arrived.
    """

    def __init__(
        self, port: str, answer_timeout_s: float = ANSWER_TIMEOUT_S, send_timeout_s: float = SEND_TIMEOUT_S
    ) -> None:
        self._answer_timeout_s, self._send_timeout_s = answer_timeout_s, send_timeout_s
        self.delivered: set[int] = set()
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

    def send(self, number: str, text: str) -> int | None:
        """Send one message; on return the network has accepted it.

        Returns the reference of the message in delivery reports, None if the modem names none.

        Raises ValueError for a text or number that one message cannot carry, MessageRejected, ModemUnavailable.
        """
        if len(text) > MAX_MESSAGE_LENGTH or not _SAFE.fullmatch(text) or not _NUMBER.fullmatch(number):
            raise ValueError("not a message")
        self._write(f'AT+CMGS="{number}"\r'.encode("ascii"))
        self._wait_for(b">", self._answer_timeout_s)
        self._write(text.encode("ascii") + _END)
        try:
            lines = self._wait_for(b"OK", self._send_timeout_s)
        except ModemUnavailable as error:
            handed_over = error.reason in ("silent", "unplugged")
            raise ModemUnavailable(error.reason, outcome_unknown=handed_over) from None
        references = [match[1] for line in lines if (match := re.fullmatch(rb"\+CMGS: ?([0-9]{1,3})", line))]
        return int(references[-1]) if references else None

    def _initialise(self) -> None:
        """Cancel any unfinished command, check SIM and network, set text mode.

        The parameters of a submitted message (+CSMP) are always set, because another program may have left others.
        """
        self._write(_ESCAPE + b"\r")
        self._discard_input()
        self._command("ATE0")
        self._supports("AT+CMEE=1")  # errors with their number; a modem without them answers ERROR
        self._check_sim()
        self._check_network()
        for command in ("AT+CMGF=1", 'AT+CSCS="GSM"'):
            self._command(command)
        if self._supports(_SUBMIT_WITH_REPORT):
            self._supports("AT+CNMI=2,1,0,1,0")
        else:
            self._command(_SUBMIT)

    def _command(self, command: str, failure: str = "no_text_mode") -> list[bytes]:
        """Return the information lines of a command that must succeed.

        Raises ModemUnavailable, with the reason `failure` for an error without a number.
        """
        self._write(command.encode("ascii") + b"\r")
        try:
            return self._wait_for(b"OK", self._answer_timeout_s)
        except MessageRejected:
            raise ModemUnavailable(failure) from None

    def _supports(self, command: str) -> bool:
        """Return whether the modem accepts an optional command."""
        try:
            self._command(command)
        except ModemUnavailable as error:
            if error.reason in ("silent", "unplugged"):
                raise
            return False
        return True

    def _check_sim(self) -> None:
        """Raise ModemUnavailable for a SIM that needs a PIN."""
        for line in self._command("AT+CPIN?", "sim_missing"):
            state = line.removeprefix(b"+CPIN:").strip()
            if line.startswith(b"+CPIN:") and state != b"READY":
                raise ModemUnavailable("sim_locked")

    def _check_network(self) -> None:
        """Raise ModemUnavailable while the modem is not registered."""
        for line in self._command("AT+CREG?"):
            match = re.fullmatch(rb"\+CREG: ?[0-9],([0-9]).*", line)
            state = match[1].decode() if match else _REGISTERED[0]
            if state not in _REGISTERED:
                raise ModemUnavailable("starting" if state == _SEARCHING else "no_service")

    def _discard_input(self) -> None:
        """Drop input of an earlier session, which would be read as an answer."""
        with _port_errors():
            self._port.reset_input_buffer()

    def _write(self, raw: bytes) -> None:
        with _port_errors():
            self._port.write(raw)

    def _wait_for(self, expected: bytes, seconds: float) -> list[bytes]:
        """Read lines until the expected one; return the lines before it.

        Unsolicited lines, such as a call, are among them. A device that never stops sending is no modem.

        Raises MessageRejected or ModemUnavailable for an error line, ModemUnavailable after the timeout.
        """
        lines: list[bytes] = []
        line = b""
        with _port_errors():
            self._port.timeout, deadline = seconds, Timeout(seconds)
            while (byte := self._port.read(1)) and not deadline.expired():
                if expected == b">" and line == b"" and byte == b">":
                    return lines
                if byte not in b"\r\n":
                    line = (line + byte)[-_LINE_LIMIT:]
                    continue
                if line == expected:
                    return lines
                if is_error_line(line):
                    raise_error(line)
                lines = [*lines, line][-_LINES_LIMIT:] if line else lines
                self._read_report(line)
                line = b""
        raise ModemUnavailable("silent")

    def _read_report(self, line: bytes) -> None:
        """Note a delivery report in text mode (+CDS, TS 27.005 §3.4.1)."""
        if not line.startswith(b"+CDS:"):
            return
        fields = line.removeprefix(b"+CDS:").decode("ascii", "replace").split(",")
        numbers = [field.strip() for field in (fields[1:2] + fields[-1:])]
        if len(numbers) == 2 and all(number.isdigit() for number in numbers) and int(numbers[1]) in _DELIVERED:
            self.delivered.add(int(numbers[0]))


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
