"""Try a whole province on this machine: receiver, three communes, a page.

Run by `python3 install.py province`. Everything is in a temporary folder and ends with this program: a PostgreSQL of
its own, the receiver, a line that breaks once. The people are invented.
"""

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from socket import AF_INET, SHUT_RDWR, SOCK_STREAM, create_connection, socket
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from hub.bootstrap import clock  # noqa: E402  the line above makes it importable
from hub.trial.postgres import PostgresServer  # noqa: E402

VIET_NAM = timezone(timedelta(hours=7))
COMMUNES = (("H29.12", "UBND xã Kiểm Thử"), ("H29.13", "UBND xã Đồng Mẫu"), ("H29.14", "UBND phường Ví Dụ"))
PROCEDURES = ("2.000815", "1.001193", "1.004873", "2.000884")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Vũ", "Đặng", "Bùi")
MIDDLE = ("Thị", "Văn", "Ngọc", "Hữu", "Thanh", "Bích")
LAST = ("Ẫm", "Đạt", "Phượng", "Quỳnh", "Sửu", "Dần", "Mão", "Ngãi")
CUT_AFTER = 900
"""Bytes of the first file after which the line breaks."""
WAIT_S = 90
"""Seconds that the page stays if no terminal is attached."""
OFFICE = """\
name = "{name}"
parent = "UBND tỉnh Mẫu"
province = "Tỉnh Mẫu"
agency_code = "{code}"
phone = "0200 000 00{number}"
head = "Lê Văn Mẫu"

[admin]
name = "Trần Thị Bình"
"""


class BreakingLine:
    """A line to the receiver that breaks once, in the midst of a file.

    It listens on loopback and passes bytes on in both directions.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._breaks = 1
        self._listener = socket(AF_INET, SOCK_STREAM)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Address that the communes send to."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                office, _ = self._listener.accept()
            except OSError:
                return  # closed
            receiver = create_connection(("127.0.0.1", self._port))
            limit = CUT_AFTER if self._breaks > 0 else None
            self._breaks -= 1
            for source, target, most in ((office, receiver, limit), (receiver, office, None)):
                threading.Thread(target=_pass_on, args=(source, target, most), daemon=True).start()


def _pass_on(source: socket, target: socket, most: int | None) -> None:
    """Pass bytes on until the end, or break both sides after `most` bytes."""
    count = 0
    try:
        while part := source.recv(65536):
            count += len(part)
            if most is not None and count > most:
                break
            target.sendall(part)
    except OSError:
        pass  # the other side is gone, which ends the passing on
    for end in (source, target):
        try:
            end.shutdown(SHUT_RDWR)
        except OSError:
            continue  # already closed


def say(sentence: str) -> None:
    """Print one line."""
    print(sentence, flush=True)


def call(words: list[str], variables: Mapping[str, str] | None = None, lines: str = "") -> list[Any]:
    """Run a program of this project and return its JSON lines.

    Raises SystemExit 3 with its own words if it fails.
    """
    environment = {**os.environ, **(variables or {})}
    ended = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        input=lines,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        print(ended.stderr.strip() or ended.stdout.strip(), file=sys.stderr)
        raise SystemExit(3)
    return [json.loads(line) for line in ended.stdout.splitlines()]


class Commune:
    """An invented commune: a training office with a week of dossiers."""

    def __init__(self, folder: Path, number: int) -> None:
        self.code, self.name = COMMUNES[number]
        self.folder = folder / f"xa-{number + 1}"
        self._random = Random(number)
        file = folder / f"xa-{number + 1}.toml"
        file.write_text(OFFICE.format(name=self.name, code=self.code, number=number + 1), encoding="utf-8")
        self.run("init", str(file), "--training")

    def run(self, *words: str, lines: str = "", now: datetime | None = None) -> list[Any]:
        """Run a command of the office."""
        pretended = [] if now is None else ["--now", now.isoformat()]
        return call(["main.py", "--json", "--data", str(self.folder), *words, *pretended], lines=lines)

    def work(self, day: date) -> int:
        """Take dossiers in on a day and finish some; return their number."""
        morning = datetime(day.year, day.month, day.day, 8, 0, tzinfo=VIET_NAM)
        count = self._random.randint(4, 8)
        lines = "\n".join(json.dumps(self._line(serial), ensure_ascii=False) for serial in range(count))
        codes = [str(line["code"]) for line in self.run("intake", "-", lines=lines, now=morning)]
        self.run("act", codes[0], "send", "--to", "Tư pháp", now=morning + timedelta(hours=1))
        self.run("act", codes[0], "finish", now=morning + timedelta(hours=3))
        self.run("act", codes[1], "ask-supplement", "--note", "Thiếu tờ khai", now=morning + timedelta(hours=2))
        return count

    def _line(self, serial: int) -> dict[str, Any]:
        pick = self._random.choice
        person = {
            "kind": "citizen",
            "name": f"{pick(FAMILY)} {pick(MIDDLE)} {pick(LAST)}",
            "id_number": f"0481{self._random.randint(50, 99)}{self._random.randint(0, 999999):06d}",
            "phone": f"0905{self._random.randint(0, 999999):06d}",
        }
        return {
            "procedure": pick(PROCEDURES),
            "channel": pick(("direct", "direct", "online", "post")),
            "applicant": person,
            "term": {"limit": self._random.randint(1, 7), "unit": "working_day"},
            "at_once": serial % 3 == 2,
        }


def working_days(today: date, count: int) -> list[date]:
    """Return the last weekdays before a day, in order."""
    earlier = [today - timedelta(days=number) for number in range(1, 2 * count + 3)]
    return sorted([day for day in earlier if day.weekday() < 5][:count])


@contextmanager
def receiver(folder: Path, variables: Mapping[str, str]) -> Iterator[str]:
    """Run the receiver and yield its address."""
    call(["-m", "hub", "init", "--training"], variables)
    server = subprocess.Popen(
        [sys.executable, "-m", "hub", "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        line = "" if server.stdout is None else server.stdout.readline()
        if not line:
            raise SystemExit(3)
        yield str(json.loads(line)["address"])
    finally:
        server.terminate()
        server.wait(30)


def join(commune: Commune, card: Path, variables: Mapping[str, str]) -> None:
    """Enrol a commune's key and give the card to the commune."""
    key = commune.run("sync", "identity")[0]["public_key"]
    call(["-m", "hub", "enrol", key, "--agency", commune.code, "--name", commune.name], variables)
    commune.run("sync", "join", str(card))


def push(commune: Commune) -> dict[str, Any]:
    """Send what waits and return the counts."""
    answer: dict[str, Any] = commune.run("sync", "push")[0]
    return answer


def run_province(stack: ExitStack, options: argparse.Namespace) -> None:
    """Start everything, send, and wait at the page."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-tinh-")))
    say("Mở PostgreSQL dùng tạm và nơi nhận của tỉnh…")
    postgres = stack.enter_context(PostgresServer.temporary(durable=False))
    password = f"tinh-{secrets.token_hex(4)}"
    variables = {
        "HUB_DATABASE": postgres.create_database("tinh"),
        "HUB_KEYS": str(folder / "khoa.json"),
        "HUB_PASSWORD": password,
    }
    address = stack.enter_context(receiver(folder, variables))
    line = BreakingLine(int(address.rpartition(":")[2]))
    stack.callback(line.close)
    card = folder / "the.toml"
    call(["-m", "hub", "card", "--out", str(card), "--address", line.address], variables)
    communes = [Commune(folder, number) for number in range(len(COMMUNES))]
    days = working_days(clock().astimezone(VIET_NAM).date(), options.days)
    for commune in communes:
        count = sum(commune.work(day) for day in days)
        join(commune, card, variables)
        say(f"{commune.name}: {count} hồ sơ từ {days[0]:%d/%m} đến {days[-1]:%d/%m/%Y}, đã ghi danh khóa.")
    send(communes, folder, variables)
    say(f"Trang của tỉnh: {address}/")
    say(f"Đăng nhập: admin · Mật khẩu: {password}")
    wait(options.wait)


def send(communes: list[Commune], folder: Path, variables: Mapping[str, str]) -> None:
    """Send every commune's files over a line that breaks once."""
    notice = folder / "thong-bao.txt"
    notice.write_text("Cổng bảo trì tối thứ Bảy.", encoding="utf-8")
    call(["-m", "hub", "publish", "notice", str(notice), "--title", "Cổng bảo trì"], variables)
    for commune in communes:
        first = push(commune)
        if first["waiting"] or first["sent"]:
            count = first["waiting"] + first["sent"]
            say(f"{commune.name}: đường truyền đứt giữa chừng, {count} hồ sơ còn chờ. Gửi lại…")
            first = push(commune)
        say(f"{commune.name}: nơi nhận đã xác nhận {first['confirmed']} hồ sơ, còn chờ {first['waiting']}.")
    total = call(["-m", "hub", "report", "06a", "--preset", "year"], variables)[0]["total"]
    say(f"Biểu 06a của tỉnh: {total['received']} hồ sơ tiếp nhận, {total['resolved']} đã giải quyết.")


def wait(seconds: int) -> None:
    """Wait for Enter; without a terminal, for a number of seconds."""
    if sys.stdin is not None and sys.stdin.isatty():
        say("Bấm Enter để kết thúc và xóa mọi thứ.")
        sys.stdin.readline()
        return
    say(f"Trang còn mở {seconds} giây; Ctrl+C để kết thúc sớm.")
    threading.Event().wait(seconds)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run the province; end everything it started."""
    parser = argparse.ArgumentParser(description="Chạy thử một tỉnh trên máy này")
    parser.add_argument("--days", type=int, default=5, help="số ngày làm việc của mỗi xã")
    parser.add_argument("--wait", type=int, default=WAIT_S, help="số giây giữ trang khi không có bàn phím")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with ExitStack() as stack:
            run_province(stack, options)
    except KeyboardInterrupt:
        say("Đã dừng.")
    except FileNotFoundError:
        print("Thiếu PostgreSQL. Cài gói postgresql của bản phân phối rồi chạy lại.", file=sys.stderr)
        return 3
    say("Đã kết thúc và xóa mọi thứ đã mở.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
