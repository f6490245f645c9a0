"""A simulated modem on a pseudo-terminal, with a thread of its own."""

import os
import re
import select
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread

_TIMEOUT_S = 60
"""Seconds for the modem's thread to end."""
_POLL_S = 0.05


class PtyModem:
    """A modem that answers AT commands.

    `network` holds the network's answer to each message in turn; later messages are answered with `OK`. `silent`
    gives no answer to a message, `unplug` closes the line during it. `unsolicited` is sent before every answer.
    `commands` has the answers to single commands, such as `{"AT+CPIN?": "+CPIN: SIM PIN\r\n\r\nOK"}`. `received` lists
    every command.
    With `endless` the device sends these bytes forever and reads nothing.
    """

    def __init__(
        self,
        *network: str,
        unresponsive: bool = False,
        text_mode: bool = True,
        unsolicited: bytes = b"",
        endless: bytes = b"",
        commands: Mapping[str, str] | None = None,
    ) -> None:
        self._answers = {"AT+CPIN?": "+CPIN: READY\r\n\r\nOK", "AT+CREG?": "+CREG: 0,1\r\n\r\nOK", **(commands or {})}
        self.received: list[str] = []
        self._master, self._slave = os.openpty()
        import tty  # Windows has none, and imports this module

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
        """Close the line and wait for the thread to end."""
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
        """Write until `close`, without blocking.

        A writer that waits for a full terminal may miss the closing of the other end and wait forever.
        """
        os.set_blocking(self._master, False)
        with suppress(OSError):
            while self._open:
                select.select([], [self._master], [], _POLL_S)
                with suppress(BlockingIOError):
                    os.write(self._master, self._endless)

    def _answer(self) -> None:
        received = b""
        with suppress(OSError):
            while self._open and (raw := os.read(self._master, 1)):
                if self._unresponsive:
                    continue
                if raw == b"\x1a":
                    self._message(received.decode())
                    received = b""
                elif raw == b"\r":
                    self._command(received.replace(b"\x1b", b"").decode())
                    received = b""
                else:
                    received += raw

    def _command(self, command: str) -> None:
        self.received += [command] if command else []
        if match := re.fullmatch(r'AT\+CMGS="(\+?[0-9]+)"', command):
            self._number = match[1]
            os.write(self._master, self._unsolicited + b"\r\n> ")
        elif command == "AT+CMGF=1" and not self._text_mode:
            self._send("ERROR")
        elif command:
            self._send(self._answers.get(command, "OK"))

    def _message(self, text: str) -> None:
        self.on_message()
        answer = self.network.pop(0) if self.network else "OK"
        if answer == "silent":
            return
        if answer == "unplug":
            self._open = False  # set first, because the test may call `close` as soon as the line closes
            os.close(self._slave)
            os.close(self._master)
            return
        if answer == "OK":
            self.sent.append((self._number, text))
            self._send(f"+CMGS: {len(self.sent)}")
        self._send(answer)
