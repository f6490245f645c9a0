"""Run every command on temporary offices and record the JSON answers.

The program is called only through its entry point, so this module survives moves and renames inside `app`.
"""

import io
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from os import environ
from pathlib import Path
from typing import Any
from unittest.mock import patch

import keyring
import pypdfium2
import zxingcpp

from app.sync.ack import Result
from app.sync.bundle import read_bundle
from app.sync.package import PackageHeader, write_package
from app.sync.signing import public_key
from tests.architecture.frozen_json import key_paths
from tests.architecture.frozen_law import drive_law
from tests.support.sync_samples import write_ack
from tests.support.vaults import FileVault

Main = Callable[[list[str]], int]

TRAINING_HOUR = "2026-02-09T10:00"
DAY = "2026-02-09"
PERIOD = ("--from", "2026-01-01", "--to", "2026-03-31")
EMPTY_PERIOD = ("--from", "2025-01-01", "--to", "2025-01-31")
ADMIN, SECOND = "Trần Thị Bình", "Lê Văn Hai"
PASSWORD, SECOND_PASSWORD = "Đồng lúa 48 mùa", "Con đò 17 bến"
OFFICE = """\
name = "UBND xã Thử Nghiệm"
parent = "UBND tỉnh Thử"
province = "Tỉnh Thử"
agency_code = "H29.12"
phone = "0200 000 002"
head = "Phạm Văn Mẫu"
{more}
[admin]
name = "Trần Thị Bình"
"""
RECEIVER = bytes(range(32))
"""Signing key of the receiver."""
PERSON = {
    "kind": "citizen",
    "name": "Đào Thị Ẫm",
    "id_number": "048190004217",
    "birth_date": "1990-05-17",
    "gender": "female",
    "phone": "0905 123 456",
    "address": "Thôn Đoài, xã Thử Nghiệm",
    "email": "am.dao@thu.example",
}
PRINCIPAL = {
    "name": "Lý Văn Mão",
    "address": "Thôn Thượng",
    "id_number": "040170000123",
    "phone": "0912 000 102",
    "email": "mao@thu.example",
    "authority": "Giấy ủy quyền",
}
PAPER = {"name": "Giấy ngoài danh mục", "handling": "show", "originals": 1, "copies": 2, "reason": "Công dân nộp thêm"}
FULL_LINE = {
    "procedure": "1.004873",
    "channel": "post",
    "applicant": {**PERSON, "kind": "organisation"},
    "submitter": {**PERSON, "name": "Lê Thị Dần"},
    "principal": PRINCIPAL,
    "papers": [PAPER],
    "quantity": 2,
    "return_by": "post",
    "term": {"limit": 3, "unit": "working_day"},
    "fee": 15000,
    "alias": "DVC-1",
    "note": "hẹn chiều",
    "request_id": "request-1",
}
SHORT_LINE = {
    "procedure": "2.000815",
    "channel": "direct",
    "applicant": PERSON,
    "term": {"limit": 5, "unit": "working_day"},
}


class Terminal:
    """Command line in this process that records answers by command.

    `answers` receives the key paths of the JSON lines.
    """

    def __init__(self, main: Main, answers: dict[str, set[str]], folder: Path, options: tuple[str, ...]) -> None:
        self.folder = folder
        self._main, self._answers = main, answers
        self._options = ("--json", "--data", str(folder), *options)

    def __call__(self, command: str, *words: object, status: int = 0) -> list[Any]:
        """Run `command words…` and return its JSON lines.

        Fails if the exit status is not `status`.
        """
        out, err = io.StringIO(), io.StringIO()
        call = [*command.split(), *map(str, words), *self._options]
        with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", io.StringIO()):
            exit_status = self._main(call)
        assert exit_status == status, f"{call} ended with {exit_status}: {err.getvalue()} {out.getvalue()}"
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
        name = f"{command} {words[0]}" if command == "report" else command
        for line in lines:
            label = "any refusal" if "refused" in line and isinstance(line["refused"], dict) else name
            self._answers.setdefault(label, set()).update(key_paths(line))
        return lines


@contextmanager
def environment(folder: Path) -> Iterator[None]:
    """Hide the settings of the user and the vault of the machine."""
    inherited = [name for name in environ if name.startswith("MOTCUA_")]
    changes = {"XDG_STATE_HOME": str(folder / "state"), "LOCALAPPDATA": str(folder / "state")}
    before = keyring.get_keyring()
    with patch.dict(environ, changes):
        for name in inherited:
            del environ[name]
        environ["MOTCUA_TEST_VAULT"] = str(folder / "vault.json")
        keyring.set_keyring(FileVault())
        try:
            yield
        finally:
            keyring.set_keyring(before)


def lines_file(folder: Path, *lines: object) -> Path:
    """Write a file of JSON lines; a text becomes a line unchanged."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file = folder / "lines.jsonl"
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return file


def codes_of(pdf: Path) -> list[str]:
    """Return the texts of the QR codes on the first page of a PDF."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        image = document[0].render(scale=4).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]


def drive_training(terminal: Terminal, out: Path) -> None:
    """Run every command of a training office.

    Every form, report and list is produced.
    """
    out.mkdir()
    _office(terminal, out, f'receiver_signs = "{public_key(RECEIVER).hex()}"', "--training")
    code = _take_in(terminal, out)
    _packages(terminal, out, code)
    drive_law(terminal, out)
    _act(terminal, out, code)
    _lists(terminal, out, code)
    _tables(terminal, out)
    _foreign_tables(terminal, out)
    _citizens(terminal, out)
    _administration(terminal, out)
    _backups(terminal, out)


def _office(terminal: Terminal, out: Path, more: str = "", *options: str) -> str:
    """Create the office and return its recovery key, or an empty text."""
    file = out / "office.toml"
    file.write_text(OFFICE.format(more=more), encoding="utf-8")
    return str(terminal("init", file, *options)[0].get("recovery_key", ""))


def _take_in(terminal: Terminal, out: Path) -> str:
    """Accept dossiers, print blank receipts and refuse at the counter.

    Returns the code of the dossier with every field.
    """
    terminal("notices on")
    full, short, _ = terminal("intake", lines_file(out, FULL_LINE, SHORT_LINE, "{broken"))
    terminal("act", short["code"], "void", "--note", "Nhầm")
    blank = terminal("blanks", "--count", 3, "--out", out / "blanks.pdf")[0]["blanks"][0]["code"]
    terminal("blanks", "--list")
    terminal("scan", blank)
    terminal(
        "intake",
        lines_file(
            out,
            {**SHORT_LINE, "replaces": short["code"]},
            {**SHORT_LINE, "pages": 4, "quantity": 2, "at_once": True},
            {**SHORT_LINE, "exempt": "Người có công"},
            {**SHORT_LINE, "settled_by": "Sở Tư pháp", "procedure": "1.001193"},
            {**SHORT_LINE, "blank": blank, "received_at": "2026-02-09T09:30"},
            {**SHORT_LINE, "procedure": "1.012537", "term": None},
        ),
    )
    other = terminal("blanks", "--list")[0]["code"]
    terminal("tray", lines_file(out, full["code"], other, "xin chào"))
    terminal("blanks", "--cancel", other, "--note", "Giấy hỏng")
    refusal = {"procedure": "2.000815", "applicant": PERSON, "reason": "Thiếu giấy tờ"}
    terminal("refuse-at-counter", lines_file(out, {**SHORT_LINE, **refusal}, {}), "--out", out)
    return str(full["code"])


def _act(terminal: Terminal, out: Path, code: str) -> None:
    """Run every action on dossiers and print every form for them."""

    def act(*words: str) -> None:
        terminal("act", code, *words)

    def paper(form: str, *codes: str) -> None:
        terminal("print", form, *(codes or (code,)), "--out", out / f"{form}.pdf")

    paper("receipt")
    act("amend", "--set", "name=Đào Thị Ấm", "--set", "submitter.phone=0911222333", "--note", "theo thẻ")
    act("send", "--to", "Tư pháp", "--note", "gấp")
    paper("handover")
    paper("control")
    act("receive")
    act("ask-supplement", "--note", "Bổ sung bản chính")
    paper("supplement")
    act("supplement")
    paper("supplement-receipt")
    act("pay", "--amount", "30000", "--receipt", "AA/26-1")
    paper("fee")
    act("ask-payment", "--amount", "5000", "--note", "Lệ phí bổ sung", "--until", "2026-03-02")
    paper("payment")
    act("pay", "--amount", "5000")
    act("undo", "--note", "Bấm nhầm")
    act("pay", "--amount", "5000")
    act("refund", "--amount", "1000", "--note", "Thu thừa", "--method", "cash")
    act("apologise", "--until", "2026-03-02", "--note", "Chờ xác minh")
    paper("apology")
    act("finish")
    act("take-back", "--note", "Kết quả sai")
    act("finish")
    act("amend", "--set", "alias=G12.99-7@Hộ tịch điện tử")
    act("return", "--received-by", "Nguyễn Văn Sửu", "--receiver-id", "048190004299", "--authority", "GUQ 05")
    paper("return")
    terminal("rate", code, "satisfied", "--points", "7=2", "--comment", "Tốt")
    stopped, refused, closed = _send_dossiers(terminal, out)
    terminal("act", stopped, "stop", "--note", "Công dân đề nghị")
    paper("stop", stopped)
    terminal("act", refused, "refuse", "--note", "Không đủ điều kiện")
    paper("refusal", refused)
    paper("batch", closed, stopped)
    terminal("print", "receipt", closed, "--out", out / "receipt-listed.pdf")


def _send_dossiers(terminal: Terminal, out: Path) -> list[str]:
    """Accept dossiers, send them together and transfer them."""
    codes = [line["code"] for line in terminal("intake", lines_file(out, SHORT_LINE, SHORT_LINE, SHORT_LINE))]
    terminal("send-many", *codes, "--to", "Tư pháp")
    terminal("take-over", "--from", "Tư pháp", "--to", "Địa chính")
    return codes


def _lists(terminal: Terminal, out: Path, code: str) -> None:
    terminal("show", code)
    terminal("search", "đào")
    terminal("deadline", "2.000815", "--at", "2026-02-09T15:01")
    terminal("scan", code)
    terminal("scan", "048190004217|200000001|Đào Thị Ẫm|17051990|Nữ|Thôn Đoài|01012022")
    terminal("scan", "xin chào")
    terminal("show", "H29.12-260209-9999", status=1)
    for name in ("06a", "register", "fees", "satisfaction", "feedback"):
        terminal("report", name, *PERIOD, "--out", out / f"{name}.json")
        terminal("report", name, *EMPTY_PERIOD, "--out", out / f"{name}.xlsx")
    for form in ("register", "cash"):
        terminal("print", form, *PERIOD, "--out", out / f"{form}.pdf")
    _more_reports(terminal, out, code)


def _more_reports(terminal: Terminal, out: Path, code: str) -> None:
    terminal("late-reasons list")
    terminal("late-reasons add", "Mưa bão")
    terminal("late-reasons retire", "Mưa bão")
    terminal("late-reasons set", code, "Nguyên nhân khác")
    terminal("report-targets", "--survey", "100", "--late-days", "3")
    more = ("06a-procedure", "07b", "quarter", "overdue", "reasons", "officers", "weekly", "trim", "shares")
    for name in (*more, "procedures", "certified"):
        terminal("report", name, *PERIOD, "--out", out / f"{name}.json")
    terminal("print", "sheet", "2.000815", "--out", out / "sheet.pdf")


def _tables(terminal: Terminal, out: Path) -> None:
    terminal("catalogue list", "khai", "sinh")
    terminal("catalogue export", out / "catalogue.tsv")
    rows = "code\tname\tfield\tlimit\tunit\nx\ty\tz\t\t\n9.999999\tMới\tThử\t5\tday\n"
    (out / "rows.tsv").write_text(rows, encoding="utf-8")
    terminal("catalogue import", out / "rows.tsv", "--dry-run", "--decision", "1/QĐ", "--out", out / "preview.xlsx")
    terminal("catalogue import", out / "rows.tsv")
    terminal("catalogue publish", "2.000815")
    terminal("catalogue show", "2.000815")
    terminal("catalogue set", "2.000815", "fee_vnd=5000", "--from", "2027-03-01")
    terminal("calendar add", "2026-02-12", "off", "--decision", "12/QĐ")
    terminal("calendar list", "--year", "2026")
    terminal("calendar remove", "2026-02-12")
    (out / "days.csv").write_text("date,kind,hours,decision\n2026-02-13,off,,13/QĐ\n", encoding="utf-8")
    terminal("calendar import", out / "days.csv")


def _packages(terminal: Terminal, out: Path, code: str) -> None:
    """Apply a package of each kind, and export the national form."""
    contents = {
        "calendar": "date,kind,hours,decision\n2026-02-11,off,,14/QĐ\n",
        "catalogue": "code\tname\tfield\tlimit\tunit\n9.000001\tViệc mới\tThử\t3\tworking_day\n9\t\t\t\t\n",
        "states": f"code,national_status,at\n{code},9,2026-02-09T08:00\nH29.12-260209-9999,4,2026-02-09T08:00\n",
        "notice": "Cổng bảo trì.",
    }
    for number, (kind, text) in enumerate(contents.items(), 1):
        file = out / f"{kind}.mcdown"
        header = PackageHeader(number, kind, "*", "Gói thử", f"{DAY}T07:00:00+07:00")
        file.write_bytes(write_package(header, text.encode(), RECEIVER))
        terminal("sync apply", file, "--yes")
    terminal("sync export", "--national", "--out", out / "national.json", *PERIOD)


def _foreign_tables(terminal: Terminal, out: Path) -> None:
    """Run the commands that read tables of other programs."""
    figures = out / "figures.csv"
    figures.write_text("field,received,resolved,pending\nTư pháp,3,1,1\nCộng,3,1,2\n", encoding="utf-8")
    terminal("reconcile", figures)
    register = out / "register.csv"
    rows = (
        "Số hồ sơ;Họ tên;Mã thủ tục;Ngày nhận",
        "SC-1;Nguyễn Thị Mận;2.000815;05/01/2026",
        "SC-2;;2.000815;05/01/2026",
    )
    register.write_text("\n".join(rows) + "\n", encoding="utf-8")
    terminal("report", "06a", *PERIOD, "--list", "received")
    terminal("report", "06a", *PERIOD, "--as-of", TRAINING_HOUR)
    terminal("report", "06a", *PERIOD, "--freeze", "--out", out / "frozen.json")
    late = out / "late.csv"
    late.write_text("Mã hồ sơ;Ngày hẹn trả\nLẠ-1;05/01/2026\n", encoding="utf-8")
    terminal("false-late", late, "--out", out / "late.docx")
    terminal("import", register, "--dry-run")
    terminal("import", register, "--refused", out / "refused.xlsx")
    terminal("report", "frozen")


def _citizens(terminal: Terminal, out: Path) -> None:
    terminal("queue take", "--out", out / "ticket.pdf")
    terminal("queue take")
    terminal("queue call")
    terminal("queue transfer", "--note", "hỏi đất đai", "--to-desk", 2)
    terminal("queue call", "--desk", 2)
    terminal("queue hold", "--desk", 2)
    terminal("queue call", 1)
    terminal("queue absent")
    terminal("queue print", 1, "--out", out / "ticket-again.pdf")
    terminal("queue list")
    terminal("feedback add", "Chờ lâu", "--sender", "Ông Sửu", "--contact", "0905000111", "--due", "2026-02-20")
    terminal("feedback answer", 1, "Đã chấn chỉnh", "--content-after", "yes")
    terminal("feedback list")
    terminal("report", "feedback", *PERIOD)
    terminal("notices list")
    terminal("notices send", "--port", out / "no-modem", "--patience", 1, status=3)
    terminal("notices export", out / "notices.csv")
    terminal("notices stop", "0905123456")
    terminal("notices allow", "0905123456")
    terminal("notices off")
    terminal("keys-card", "--out", out / "keys-card.pdf")
    terminal("scanner-card", "--out", out / "scanner-card.pdf")


def _administration(terminal: Terminal, out: Path) -> None:
    terminal("users list")
    terminal("users add", SECOND, "--role", "head")
    terminal("users disable", SECOND)
    terminal("users reset", SECOND, "--role", "auditor")
    terminal("access list")
    terminal("clock status")
    terminal("numbers status")
    terminal("numbers repair", "--day", DAY, "--next", 60, "--reason", "Hai giấy trùng số")
    terminal("rebuild", lines_file(out, *codes_of(out / "receipt.pdf"), "rác"))
    terminal("office show")
    _sending(terminal, out)
    successor = out / "successor.toml"
    successor.write_text(OFFICE.format(more="").replace("H29.12", "H29.13"), encoding="utf-8")
    terminal("office succeed", successor, "--decision", "12/NQ", "--from", DAY)


def _sending(terminal: Terminal, out: Path) -> None:
    """Join a receiver that is away, export, and apply its answer."""
    card, file, answer = out / "card.toml", out / "bundle.mcsync", out / "bundle.mcack"
    key = "age1" + "q" * 58
    card.write_text(
        f'sync_address = "http://127.0.0.1:9"\nreceiver_key = "{key}"\n'
        f'receiver_signs = "{public_key(RECEIVER).hex()}"\n',
        encoding="utf-8",
    )
    terminal("sync status")
    terminal("sync identity")
    terminal("sync join", card)
    terminal("sync push")
    terminal("sync export", "--out", file, "--again", 1)
    bundle = read_bundle(file.read_bytes())
    first, *others = bundle.records
    results = [Result(id=record["id"], sequence=record["sequence"], result="accepted") for record in others]
    rejected = Result(id=first["id"], sequence=first["sequence"], result="rejected", reason="Sai mã")
    answer.write_bytes(write_ack(bundle, [rejected, *results], f"{DAY}T11:00:00+07:00", RECEIVER))
    terminal("sync apply", answer)
    terminal("sync status", "--dossiers", "--files")
    terminal("sync resend", first["dossier"])
    terminal("sync export", "--out", file)


def _backups(terminal: Terminal, out: Path) -> None:
    """Back up, damage the database so that `check` reports it, restore.

    The files that these commands leave in the folder stay there.
    """
    (out / "second").mkdir()
    terminal("backup", "--second", out / "second")
    terminal("backup", "--guide", out / "guide.pdf")
    terminal("backup", "--auto")
    file = terminal("backup", "--to", out / "second")[0]["file"]
    with closing(sqlite3.connect(terminal.folder / "motcua.db")) as database, database:
        database.execute("UPDATE dossier SET holder = 'x'")
        database.execute("UPDATE outbox SET answer = 'rejected', reason = 'Sai mã'")
    terminal("check")
    terminal("sync status")
    terminal("restore", file, "--check")
    terminal("restore", file)
    terminal("check")


def drive_upgrade(terminal: Terminal) -> None:
    """Open a database with an older revision.

    A copy is saved before the upgrade, and the upgrade fails.
    """
    with closing(sqlite3.connect(terminal.folder / "motcua.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    terminal("check", status=3)


def drive_sync_of_people(terminal: Terminal, out: Path, receiver: str) -> Path:
    """Export a sync file with personal data and a record of each type.

    The file is encrypted for `receiver`.
    """
    out.mkdir()
    _office(terminal, out, f'send_people = true\nreceiver_key = "{receiver}"', "--training")
    full, short = terminal("intake", lines_file(out, FULL_LINE, SHORT_LINE))
    terminal("act", full["code"], "finish")
    terminal("act", short["code"], "void", "--note", "Nhầm")
    file = out / "people.mcsync"
    terminal("sync export", "--out", file)
    return file


def drive_real(terminal: Terminal, out: Path) -> None:
    """Run the commands about keys and passwords on a real office.

    They use the machine's clock.
    """
    out.mkdir()
    new, key = out / "new.txt", out / "key.txt"
    new.write_text(SECOND_PASSWORD, encoding="utf-8")
    secrets = {"MOTCUA_USER": ADMIN, "MOTCUA_PASSWORD": PASSWORD, "MOTCUA_SECOND_PASSWORD": SECOND_PASSWORD}
    with patch.dict(environ, secrets):
        _office(terminal, out)
        terminal("users add", SECOND, "--role", "head", "--role", "administrator", "--new", new)
        terminal("keys status")
        terminal("keys recovery", "--second", SECOND, "--out", out / "recovery.pdf")
        key.write_text(terminal("keys recovery", "--second", SECOND)[0]["recovery_key"], encoding="utf-8")
        file = terminal("backup")[0]["file"]
        terminal("keys change", "--second", SECOND)
        terminal("keys recover", "--recovery-key", key)
        terminal("restore", file, "--second", SECOND)
        terminal("users password", "--new", new)
    with patch.dict(environ, {**secrets, "MOTCUA_TEST_VAULT": str(out / "no-vault")}):
        terminal("check", status=1)  # this password is outdated, so the failed attempt is counted


def drive_demo(terminal: Terminal) -> None:
    """Create the demonstration in the folder of the terminal."""
    terminal("demo", "--out", terminal.folder)


def probe_intake(terminal: Terminal, out: Path, words: list[str]) -> set[str]:
    """Return the keys that an intake line may have.

    Each of `words` is tried as a key. Each line has an error behind the tried key, so that no line is accepted.
    """
    wrong = {**SHORT_LINE, "received_at": 0}
    shapes: dict[str, Callable[[str], dict[str, Any]]] = {
        "": lambda word: {word: None},
        "applicant.": lambda word: {**wrong, "applicant": {**PERSON, word: None}},
        "principal.": lambda word: {**wrong, "principal": {**PRINCIPAL, word: None}},
        "papers[].": lambda word: {**wrong, "papers": [{**PAPER, word: None}]},
        "term.": lambda word: {**wrong, "term": {"limit": 5, "unit": "hour", word: None}},
    }
    known = set()
    for prefix, shape in shapes.items():
        tried = [*words, "no_such_key"]
        answers = terminal("intake", lines_file(out, *map(shape, tried)))
        reasons = [answer["refused"]["code"] for answer in answers]
        known |= {prefix + word for word, reason in zip(tried, reasons, strict=True) if reason != reasons[-1]}
    return known
