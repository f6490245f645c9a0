"""Entry points for data from outside, with valid examples.

An entry point answers or refuses with an exception of the program. Any other exception is a crash.
"""

import io
import json
import random
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from app.bootstrap import main
from app.models.received.portal import read_states
from app.phone.errors import MessageRejected, ModemUnavailable
from app.phone.modem import Modem
from app.scanning.frames import ScanAssembler
from app.scanning.scan import read_scan
from app.settings import OfficeFileError, parse_office
from app.sync.ack import read_ack
from app.sync.archive_code import seal_code, unseal_code
from app.sync.bundle import read_bundle, read_manifest
from app.sync.container import unpack
from app.sync.errors import BundleRefused
from app.sync.package import PackageHeader, read_package, write_package
from tests.faults.mangling import mangle
from tests.support.offices import OFFICE, intake_line
from tests.support.sync_samples import bundle_bytes, resigned

_BUG_MESSAGE = "Lỗi của chương trình"
_ARCHIVE_KEY = bytes(range(32))
_MEMBERS = unpack(bundle_bytes(3))
_MANIFEST = read_manifest(bundle_bytes(3)).values
CARD = (
    "048190004217|191234567|Đào Thị Ẫm|17051990|Nữ|Thôn Đoài, xã Thử Nghiệm|01072021",
    "048190004217||Đào Thị Ẫm|17051990|Nữ|Thôn Đoài|01072024||||",
)
PAPER = (
    "Mã hồ sơ: H29.12-260212-0001\nThủ tục: 2.000815\nNgười: 048*****4217\nGiấy: Giấy tiếp nhận\n"
    "Hệ thống: UBND xã Thử\nIn lúc: 09:30 12/02/2026\nKhóa: 6301260212000015\nChữ ký: " + "A" * 86
)
PACKAGE = write_package(
    PackageHeader(7, "calendar", "*", "Nghỉ bù", "2026-02-09T07:00:00+07:00", "2026-02-10", "2026-12-31"),
    b"date,kind,hours,decision\n2026-02-12,off,,\n",
    bytes(range(32)),
)
STATES = (
    b'{"code": "H29.12-260212-0001", "national_status": 4, "at": "2026-02-12T09:30:00+07:00"}\n',
    b'[{"MaHoSo": "H29.12-260212-0001", "TrangThaiHoSo": "9", "ThoiDiemXuLy": "20260212093000"}]',
    b"code,national_status,at\nH29.12-260212-0001,10,2026-02-12T09:30\n",
)
SCANS = tuple(
    text.encode()
    for text in (
        *CARD,
        PAPER,
        "6301260212000015",
        "]C16301260212000015\r",
        "H29.12-260212-0001",
        "000.00.04.H29-260212-0001",
        "https://vneid.gov.vn/x?y=1",
        "00020101021238540010A00000072701240006970436011009876543210208QRIBFTTA",
        "DN4048190004217|48c3a0|",
        "P<VNMDAO<<THI<AM<<<<<<<<",
    )
)


class Crashed(Exception):
    """Signal that a command reported a bug."""


@dataclass(frozen=True)
class EntryPoint:
    """Valid examples of an input, and the function that reads it."""

    examples: tuple[bytes, ...]
    push: Callable[[bytes], object]


def entry_points(folder: Path, scratch: Path) -> Mapping[str, EntryPoint]:
    """Return the entry points of an office by name.

    Input files are written to `scratch`.
    """
    catalogue = (Path(__file__).parents[2] / "resources" / "catalogue.tsv").read_bytes().splitlines(keepends=True)
    intake_lines = [
        intake_line(),
        intake_line(papers=[{"name": "Giấy", "handling": "submit", "originals": 1, "copies": 0, "reason": "x"}]),
    ]
    intake_lines.append(intake_line(blank="H29.12-260209-0001", received_at="2026-02-09T07:50"))
    lines = b"\n".join(json.dumps(line, ensure_ascii=False).encode() for line in intake_lines)
    refusal = json.dumps(intake_line(reason="Thiếu giấy tờ"), ensure_ascii=False).encode()
    commands = {
        "intake": (lines,),
        "refuse-at-counter": (refusal,),
        "rebuild": (PAPER.encode(), PAPER.encode() + b"\nMC1:AAAA\nMCK1:AAAA\n" + PAPER.encode(), *SCANS),
        "tray": (b"6301260212000015\nH29.12-260212-0001\n", *SCANS),
        "catalogue import": (b"".join(catalogue[:4]), catalogue[0] + catalogue[-1]),
        "calendar import": (b"date,kind,hours,decision\n2026-01-02,off,,12/TB\n2026-01-10,work,07:30-11:30,12/TB\n",),
        "restore --check": ((folder / "motcua.db").read_bytes()[:8192], bundle_bytes(1), _backup(folder)),
    }
    return {
        **{
            words: EntryPoint(examples, _CliFileCommand(words, folder, scratch / "file"))
            for words, examples in commands.items()
        },
        "office file": EntryPoint((OFFICE.encode(),), _office_file),
        "sync file": EntryPoint((bundle_bytes(3),), lambda data: read_bundle(data, known_key=None)),
        "sync file, signed again": EntryPoint(tuple(_MEMBERS.values()), _resigned_bundle),
        "answer to a sync file": EntryPoint((bundle_bytes(2),), lambda data: read_ack(data, known_key=None)),
        "package of the receiver": EntryPoint((PACKAGE,), lambda data: read_package(data, known_key=None)),
        "states of the portal": EntryPoint(STATES, lambda data: read_states(data.decode("utf-8", "replace"))),
        "bytes of a scanner": EntryPoint((*SCANS, b"\x02" + SCANS[0] + b"\r", PAPER.encode() + b"\x03"), _scanner),
        "answers of a modem": EntryPoint((b"OK\r\n" * 3 + b"\r\n> \r\n+CMGS: 1\r\nOK\r\n", b"OK\r\nERROR\r\n"), _modem),
        "kept copy": EntryPoint((seal_code({"n": "Đào"}, _ARCHIVE_KEY, bytes(12)).encode(),), _archive_code),
    }


def _backup(folder: Path) -> bytes:
    """Return a backup with only the beginning of its database.

    It is small, so that most changed bytes are in the structure of the zip.
    """
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as zipped:
        zipped.writestr("motcua.db", (folder / "motcua.db").read_bytes()[:1024])
        zipped.writestr("office.toml", OFFICE)
        zipped.writestr("keys.json", "{}")
    return packed.getvalue()


def scan(text: str) -> object:
    """Read a scan, which never raises."""
    return read_scan(text, "H29.12")


def random_scan_text(rng: random.Random) -> str:
    """Return random text or a mangled scan."""
    if rng.random() < 0.2:
        return "".join(chr(rng.choice((rng.randrange(128), rng.randrange(0xD800)))) for _ in range(rng.randrange(80)))
    return mangle(rng, SCANS).decode("utf-8", "surrogateescape")[:20_000]


@dataclass(frozen=True)
class _CliFileCommand:
    """Command of the program that reads a file."""

    words: str
    folder: Path
    file: Path

    def __call__(self, content: bytes) -> None:
        self.file.write_bytes(content)
        with redirect_stdout(io.StringIO()) as output, redirect_stderr(io.StringIO()) as errors:
            status = main(["--data", str(self.folder), *_NOW, *self.words.split(), str(self.file)])
        if _BUG_MESSAGE in errors.getvalue() or status not in (0, 1, 3):
            raise Crashed(f"{status}: {errors.getvalue()}")
        for text in output.getvalue().splitlines():
            json.loads(text)


_NOW = ("--now", "2026-02-09T08:00", "--json")


def _office_file(data: bytes) -> None:
    try:
        parse_office(data.decode("utf-8", "replace"))
    except OfficeFileError:
        return


def _resigned_bundle(data: bytes) -> None:
    """Replace one member of a sync file and sign the file again.

    With a valid signature the reader reaches the replaced member.
    """
    name = sorted(_MEMBERS)[len(data) % len(_MEMBERS)]
    body = {member: content for member, content in _MEMBERS.items() if not member.startswith("manifest")}
    try:
        read_bundle(resigned(_MANIFEST, {**body, name: data} if name in body else body), known_key=None)
    except BundleRefused:
        return


def _scanner(data: bytes) -> None:
    """Feed the bytes of a serial line in pieces and read each scan."""
    frames, piece = ScanAssembler(), max(1, len(data) // 7)
    for at in range(0, len(data), piece):
        for text in frames.feed(data[at : at + piece]):
            scan(text)
    for text in frames.flush():
        scan(text)


class _ModemAnswers(io.BytesIO):
    """Serial line with fixed answers that ignores what is written."""

    timeout = 0.0

    def write(self, _command: Any) -> int:
        return 0

    def reset_input_buffer(self) -> None:
        """Do nothing, because all answers are still needed."""


def _modem(data: bytes) -> None:
    modem = object.__new__(Modem)
    modem._port, modem._answer_timeout_s, modem._send_timeout_s = _ModemAnswers(data), 60.0, 60.0
    try:
        modem._initialise()
        modem.send("0905123456", "Ho so H29.12-260209-0001 da co ket qua.")
    except (ModemUnavailable, MessageRejected):
        return


def _archive_code(data: bytes) -> None:
    unseal_code(data.decode("utf-8", "replace"), _ARCHIVE_KEY)


def push_input(point: EntryPoint, content: bytes) -> None:
    """Pass one input to an entry point; a refusal is an answer."""
    try:
        point.push(content)
    except BundleRefused:
        return
