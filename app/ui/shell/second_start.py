"""A second start on one folder brings the first window forward.

The first window listens on a named pipe of Windows or a local socket, for its own user only; nothing listens on the
network. The second start sends a file that it was called with, and ends.
"""

import getpass
import json
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.disk import make_folder
from app.machine.folders import log_folder

_CONNECT_MS, _RETRY_MS, _ANSWER_MS = 8000, 100, 5000
"""An old PC takes seconds to open the first window."""
_MAX_BYTES = 100_000
_ANSWER = b"shown\n"
_ANY_PROCESS = -1
"""ASFW_ANY: the first window may take the foreground from this process."""


def server_name(folder: Path) -> str:
    """Return the name of the pipe, or the path of the socket, for a folder.

    A socket is in a folder of the user's own, where no other account can create it first.
    """
    person = f"{getpass.getuser()} {folder.resolve()}"
    name = f"motcua-{sha256(person.encode()).hexdigest()[:16]}"
    return name if sys.platform == "win32" else str(log_folder() / f"{name}.sock")


class StartListener(QObject):
    """Listener of the first window.

    Signal: `file_received(Path)`. Files that come before `deliver` are kept.
    """

    file_received = Signal(object)

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.folder = folder
        self._waiting: list[Path] = []
        self._ready = False
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        with suppress(OSError, RuntimeError):  # without a profile a second start shows a sentence instead
            name = server_name(folder)
            if sys.platform != "win32":
                make_folder(Path(name).parent)
            QLocalServer.removeServer(name)  # a killed window leaves its socket; the lock of the folder is held
            self._server.listen(name)

    def deliver(self) -> None:
        """Emit the files that wait, and every later one at once."""
        self._ready = True
        waiting, self._waiting = self._waiting, []
        for file in waiting:
            self.file_received.emit(file)

    def hand_in(self, file: Path) -> None:
        """Take a file as a second start hands it over."""
        if self._ready:
            self.file_received.emit(file)
        else:
            self._waiting.append(file)

    def _accept(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._read(socket))

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MAX_BYTES:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        file = _file_of(bytes(socket.readLine().data()))
        bring_forward()
        socket.write(_ANSWER)
        socket.flush()
        if file is not None:
            self.hand_in(file)


def _file_of(line: bytes) -> Path | None:
    with suppress(ValueError, TypeError, AttributeError):
        file = json.loads(line).get("file")
        return Path(file) if file else None
    return None


def bring_forward() -> None:
    """Show the program's window before all others.

    The citizens' screen stays in front of it.
    """
    window = _front_window()
    if window is not None:
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        window.show()
        window.raise_()
        window.activateWindow()


def _front_window() -> QWidget | None:
    """Return the open dialog, also the citizens' screen, or the main window."""
    kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog)
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() in kinds]
    alone = [each for each in windows if each.parent() is None]
    main = [each for each in alone if isinstance(each, QMainWindow)]
    return QApplication.activeModalWidget() or next(iter([*main, *alone]), None)


def _connect(socket: QLocalSocket, name: str) -> bool:
    """Connect to the first window, which may be about to open."""
    deadline = QDeadlineTimer(_CONNECT_MS)
    while True:
        socket.connectToServer(name)
        if socket.waitForConnected(_CONNECT_MS):
            return True
        if deadline.hasExpired():
            return False
        QThread.msleep(_RETRY_MS)  # nothing signals that another process begins to listen


def show_first_window(folder: Path, file: Path | None) -> bool:
    """Bring the window that is open on a folder forward; hand it a file.

    Return whether it answered.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("user32").AllowSetForegroundWindow(_ANY_PROCESS)
    try:
        name = server_name(folder)
    except (OSError, RuntimeError):
        return False
    socket = QLocalSocket()
    if not _connect(socket, name):
        return False
    line = {"file": None if file is None else str(file.resolve())}
    socket.write(json.dumps(line).encode() + b"\n")
    socket.flush()
    answered = socket.waitForReadyRead(_ANSWER_MS) and bytes(socket.readLine().data()) == _ANSWER
    socket.disconnectFromServer()
    return answered
