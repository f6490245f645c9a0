"""A print server in its own namespaces: D-Bus, Avahi, IPP printers, cupsd.

`python cups_namespace.py FOLDER` runs until its input ends. The folder has the files written by `cups_server`. Each
input line is a command: `off NAME` switches a printer off, `on NAME` switches it on. The name `cupsd` is the print
service itself.
"""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

FIRST_PORT = 8640
SERVICE = "cupsd"


def _discard_output(*words: str, **options: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, **options)


def _start_message_bus() -> None:
    """Start D-Bus and Avahi, which ippeveprinter requires.

    Both daemons fork once they answer.
    """
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    for folder in ("/run/dbus", "/run/avahi-daemon", "/run/cups"):
        os.mkdir(folder)
    subprocess.run(["dbus-daemon", "--system", "--fork"], check=True, stderr=subprocess.DEVNULL)
    Path("/run/avahi.conf").write_text("[server]\nallow-interfaces=lo\nuse-ipv6=no\n[rlimits]\n", "ascii")
    announcer = ["avahi-daemon", "-D", "--no-rlimits", "--no-drop-root", "--no-chroot", "-f", "/run/avahi.conf"]
    subprocess.run(announcer, check=True, stderr=subprocess.DEVNULL)


def _configure_cups_pdf(settings: Path) -> None:
    """Mount the settings of cups-pdf over the usual file."""
    system_file = Path("/etc/cups/cups-pdf.conf")
    if system_file.exists():
        os.mkdir("/run/cups-pdf")
        subprocess.run(["mount", "--bind", str(settings), str(system_file)], check=True)


def _start_printer(folder: Path, name: str, port: int) -> "subprocess.Popen[bytes]":
    (folder / name).mkdir(exist_ok=True)
    words = f"ippeveprinter -p {port} -n localhost -r off -k -c /bin/true -d".split()
    log = (folder / f"{name}.log").open("ab")
    printer = _discard_output(
        *words, str(folder / name), "-a", str(folder / f"{name}.conf"), name, stdout=log, stderr=log
    )
    while printer.poll() is None and not _is_listening(port):
        with suppress(subprocess.TimeoutExpired):
            printer.wait(0.05)
    return printer


def _start_service(folder: Path) -> "subprocess.Popen[bytes]":
    log = (folder / "cupsd.log").open("ab")
    words = ("cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf"))
    return _discard_output(*words, stdout=log, stderr=log)


def _is_listening(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("localhost", port)) == 0


def main(folder: Path) -> None:
    _start_message_bus()
    _configure_cups_pdf(folder / "cups-pdf.conf")
    names = (folder / "printers").read_text("ascii").split()
    ports = {name: FIRST_PORT + offset for offset, name in enumerate(names)}
    running = {name: _start_printer(folder, name, port) for name, port in ports.items()}
    running[SERVICE] = _start_service(folder)
    print("ready", flush=True)
    for line in sys.stdin:
        command, name = line.split()
        if command == "off":
            running[name].send_signal(signal.SIGTERM if name == SERVICE else signal.SIGKILL)
            running[name].wait()
        else:
            running[name] = _start_service(folder) if name == SERVICE else _start_printer(folder, name, ports[name])
        print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
