"""A small modem at the other end of a real terminal: it answers in a thread of its own, as it is told to."""

import os
import re
import tty
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

_TIMEOUT_S = 60
"""Seconds for the modem's thread to end."""


class PtyModem:
    """Answers commands; `network` holds what the network says of each message in turn, `OK` when it is used up.
    `silent` ends a message without an answer, `unplug` closes the line in the middle of it; `endless` is a device that
    talks on and on and hears nothing."""

    def __init__(
        self,
        *network: str,
        unresponsive: bool = False,
        text_mode: bool = True,
        unsolicited: bytes = b"",
        endless: bytes = b"",
    ) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.port = os.ttyname(self._slave)
        self.network = list(network)
        self.on_message: Callable[[], object] = lambda: None
        self.sent: list[tuple[str, str]] = []
        self._unresponsive, self._text_mode, self._unsolicited = unresponsive, text_mode, unsolicited
        self._open = True
        self._endless = endless
        self._thread = Thread(target=self._send_endlessly if endless else self._answer, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take the modem away; its thread has ended when this returns."""
        unplugged, self._open = not self._open, False
        if not unplugged:
            os.close(self._slave)
            with suppress(OSError):
                os.write(self._master, b"")
        self._thread.join(_TIMEOUT_S)
        assert not self._thread.is_alive(), "the modem's thread does not end"
        if not unplugged:
            os.close(self._master)

    def _send(self, text: str) -> None:
        os.write(self._master, self._unsolicited + f"\r\n{text}\r\n".encode())

    def _send_endlessly(self) -> None:
        with suppress(OSError):
            while self._open and os.write(self._master, self._endless):
                continue

    def _answer(self) -> None:
        said = b""
        with suppress(OSError):
            while self._open and (raw := os.read(self._master, 1)):
                if self._unresponsive:
                    continue
                if raw == b"\x1a":
                    self._message(said.decode())
                    said = b""
                elif raw == b"\r":
                    self._command(said.replace(b"\x1b", b"").decode())
                    said = b""
                else:
                    said += raw

    def _command(self, command: str) -> None:
        if told := re.fullmatch(r'AT\+CMGS="(\+?[0-9]+)"', command):
            self._number = told[1]
            os.write(self._master, self._unsolicited + b"\r\n> ")
        elif command == "AT+CMGF=1" and not self._text_mode:
            self._send("ERROR")
        elif command:
            self._send("OK")

    def _message(self, text: str) -> None:
        self.on_message()
        answer = self.network.pop(0) if self.network else "OK"
        if answer == "silent":
            return
        if answer == "unplug":
            self._open = False  # before the line is closed: the other side may notice at once and call `close`
            os.close(self._slave)
            os.close(self._master)
            return
        if answer == "OK":
            self.sent.append((self._number, text))
            self._send(f"+CMGS: {len(self.sent)}")
        self._send(answer)
