"""Inside the print shop's own name spaces: loopback, a message bus, Avahi, printers and cupsd, all ended with it.

python print_shop_inside.py FOLDER ; the folder holds what `print_shop` wrote. Runs until its input ends; each line
read is a command: `off NAME` switches a printer off, `on NAME` switches it on.
"""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

FIRST_PORT = 8640


def _discard_output(*words: str, **more: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, **more)  # type: ignore[call-overload,no-any-return]


def _start_message_bus() -> None:
    """What ippeveprinter will not begin without, even where nothing is announced. Both go to the back only once they
    answer."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    for folder in ("/run/dbus", "/run/avahi-daemon", "/run/cups"):
        os.mkdir(folder)
    subprocess.run(["dbus-daemon", "--system", "--fork"], check=True, stderr=subprocess.DEVNULL)
    Path("/run/avahi.conf").write_text("[server]\nallow-interfaces=lo\nuse-ipv6=no\n[rlimits]\n", "ascii")
    announcer = ["avahi-daemon", "-D", "--no-rlimits", "--no-drop-root", "--no-chroot", "-f", "/run/avahi.conf"]
    subprocess.run(announcer, check=True, stderr=subprocess.DEVNULL)


def _configure_cups_pdf(settings: Path) -> None:
    """The settings of cups-pdf, where it looks for them."""
    usual = Path("/etc/cups/cups-pdf.conf")
    if usual.exists():
        os.mkdir("/run/cups-pdf")
        subprocess.run(["mount", "--bind", str(settings), str(usual)], check=True)


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


def _is_listening(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("localhost", port)) == 0


def main(folder: Path) -> None:
    _start_message_bus()
    _configure_cups_pdf(folder / "cups-pdf.conf")
    names = (folder / "printers").read_text("ascii").split()
    places = {name: FIRST_PORT + place for place, name in enumerate(names)}
    on = {name: _start_printer(folder, name, port) for name, port in places.items()}
    log = (folder / "cupsd.log").open("wb")
    _discard_output(
        "cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf"), stdout=log, stderr=log
    )
    print("begun", flush=True)
    for line in sys.stdin:
        what, name = line.split()
        if what == "off":
            on[name].kill()
            on[name].wait()
        else:
            on[name] = _start_printer(folder, name, places[name])
        print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
