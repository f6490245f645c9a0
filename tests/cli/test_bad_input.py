"""Bad input: sentence and exit status, nothing written.

The next line of input still works (docs/commands.md).
"""

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.storage.locks import hold_lock
from app.window_start import window_lock
from tests.faults.disks import MountDisk
from tests.support.offices import ADMIN, OFFICE, PASSWORD, PERSON, desk_session, intake_line

REPOSITORY = Path(__file__).resolve().parent.parent.parent
CODE = "H29.12-260209-0001"
KEPT_BY_PRINTS = ("print", "form_content")
"""A print that cannot be written is on record as failed, with the content of its form."""
ENGLISH = re.compile(r"\b(error|invalid|argument|choose|expected|Traceback|usage|required|not|None)\b")


def sentence(result: Any, status: int) -> str:
    """Check that the reason is Vietnamese text on stderr only."""
    assert (result.status, result.out) == (status, ""), result
    assert result.err.strip() and not ENGLISH.search(result.err), result.err
    assert max(len(line) for line in result.err.splitlines() if " " in line.strip()) <= 100
    return str(result.err)


def refused(result: Any, code: str, field: str | None = None, status: int = 1) -> None:
    """Check that the reason is JSON on stdout and text on stderr."""
    assert result.status == status and result.one == {
        "refused": {"code": code, "message": result.one["refused"]["message"], "field": field}
    }
    text = " ".join(result.err.split())
    assert text.startswith(" ".join(result.one["refused"]["message"].split())) and not text.endswith("…"), text


# --- wrong usage: 2


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["show"],
        ["show", "a", "b"],
        ["search"],
        ["search", "a", "--limit", "0"],
        ["search", "a", "--limit", "-5"],
        ["search", "a", "--limit", "nhiều"],
        ["search", "a", "--limit", "10000000000000000000000"],
        ["act", CODE],
        ["act", CODE, "lung tung"],
        ["act", CODE, "intake"],
        ["act", CODE, "pay", "--amount", "1.5"],
        ["act", CODE, "pay", "--amount", "1_000"],
        ["act", CODE, "pay", "--amount", "٨٠٠٠"],
        ["print", "receipt", CODE, "--out", "x.pdf", "--copies", "0_1"],
        ["deadline", "2.000815", "--level", "0_1"],
        ["act", CODE, "amend", "--set", "name"],
        ["act", CODE, "amend", "--set", "=x"],
        ["act", CODE, "apologise", "--until", "32/12/2026"],
        ["act", CODE, "apologise", "--until", "2026-02-30"],
        ["act", CODE, "apologise", "--until", "0001-01-01"],
        ["deadline", "2.000815", "--at", "hôm nay"],
        ["deadline", "2.000815", "--at", "30/2/2026 08:00"],
        ["deadline", "2.000815", "--at", "9/2/2026 25:00"],
        ["deadline", "2.000815", "--at", "2026-02-09"],
        ["deadline", "2.000815", "--at", "1999-02-09T08:00"],
        ["deadline", "2.000815", "--at", "9999-12-31T23:59-14:00"],
        ["--now", "0001-01-01T00:00+14:00", "check"],
        ["--now"],
        ["--no", "2026-02-09T08:00", "check"],
        ["check", "--json=1"],
        ["check", "--dat", "x"],
        ["print", "receipt", CODE],
        ["print", "receipt", CODE, "--out", "x.pdf", "--paper", "A3"],
        ["report", "99z", "--from", "2026-01-01", "--to", "2026-01-02"],
        ["report", "06a", "--from", "2026-W07-4", "--to", "2026-01-02"],
        ["report", "06a", "--from", "20260101", "--to", "2026-01-02"],
        ["report", "06a", "--preset", "year", "--on", "9999-12-31"],
        ["report", "06a", "--preset", "decade"],
        ["report", "06a", "--preset", ""],
        ["catalogue"],
        ["catalogue", "burn"],
        ["catalogue", "set", "1.001193", "màu=đỏ"],
        ["catalogue", "set", "1.001193", "name"],
        ["act", CODE, "amend", "--set", "kind=agency"],
        ["act", CODE, "finish", "--set", "co0.name=Ai"],
        ["report", "06a", "--preset", "week", "--list", "nope"],
        ["report", "06a", "--preset", "week", "--list", "received", "--group", "field", "--value", "abc"],
        ["report", "06a", "--preset", "week", "--list", "received", "--group", "procedure", "--value", "9.999999"],
        ["report", "06a", "--preset", "week", "--list", "received", "--group", "holder", "--value", "Ai"],
        ["report", "06a", "--preset", "week", "--list", "received", "--group", "channel", "--value", "xe"],
        ["report", "06a", "--preset", "week", "--list", "received", "--group", "month", "--value", "202613"],
        ["report", "06a", "--preset", "week", "--list", "received", "--field", "abc"],
        ["report", "certified", "--preset", "week", "--list", "dossiers", "--value", "abc"],
        ["sync", "export"],
        ["sync", "export", "--out", "x", "--all", "y"],
        ["sync", "export", "--out", "x", "--again", "0"],
        ["sync", "export", "--out", "x", "--again", "99999999999999999999"],
        ["calendar", "list", "--year", "0"],
        ["calendar", "list", "--year", "99999"],
    ],
)
def test_wrong_usage_prints_reason_and_help(call: Any, desk: Any, words: list[str]) -> None:
    before = desk.contents()
    result = call("--data", desk.folder, *words)
    assert sentence(result, 2).startswith("Sai cách dùng: ") and "--help" in result.err
    assert desk.contents() == before


# --- refused: 1


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        (["show", "H29.12-260209-0099"], "dossier_unknown", "code"),
        (["show", ""], "dossier_unknown", "code"),
        (["show", "'; DROP TABLE dossier;--"], "dossier_unknown", "code"),
        (["act", CODE, "receive"], "act_not_allowed", "action"),
        (["act", CODE, "send"], "holder_missing", "to"),
        (["act", CODE, "pay", "--amount", "-5"], "amount_missing", "amount"),
        (["act", CODE, "pay", "--amount", "99999999999999999999999"], "out_of_range", "amount"),
        (["act", CODE, "amend", "--set", "submitter.name=Ai"], "unknown_field", "set"),
        (["act", CODE, "amend", "--set", f"pages={'9' * 5000}"], "out_of_range", "pages"),
        (["act", CODE, "amend", "--set", f"level={'9' * 5000}"], "out_of_range", "level"),
        (["law", "revert", "g\udcff", "--note", "Nhầm"], "law_unknown", "id"),
        (["act", CODE, "finish", "--set", "name=Ai"], "set_without_amend", "set"),
        (["deadline", "9.999999"], "unknown_procedure", "procedure"),
        (["deadline", "đăng ký"], "procedure_code", "procedure"),
        (["intake", "/không/có/tệp"], "file_missing", "file"),
        (["intake", "/"], "file_missing", "file"),
        (["print", "receipt", CODE, "--out", "/không/có/x.pdf"], "out_unwritable", "out"),
        (["print", "passport", CODE, "--out", "x.pdf"], "form_unknown", "form"),
        (["print", "passport", "H29.12-000000-9999", "--out", "x.pdf"], "form_unknown", "form"),
        (["print", "receipt", CODE, "--out", "/"], "out_unwritable", "out"),
        (["catalogue", "export", os.devnull], "out_unwritable", "out"),
        (["print", "receipt", CODE, "--out", ""], "out_unwritable", "out"),
        (["print", "receipt", CODE, "--out", "/etc/hostname/x.pdf"], "out_unwritable", "out"),
        (["print", "receipt", CODE, "--out", "x.pdf", "--copies", "0"], "copies_range", "copies"),
        (["print", "receipt", CODE, "--out", "x.pdf", "--copies", "9999999999999"], "copies_range", "copies"),
        (["report", "06a"], "period_missing", "from"),
        (["report", "06a", "--from", "2026-01-01"], "period_missing", "from"),
        (["report", "06a", "--from", "2026-02-01", "--to", "2026-01-01"], "period_reversed", "from"),
        (["report", "06a", "--preset", "week", "--out", "x.exe"], "report_format", "out"),
        (["report", "06a", "--preset", "week", "--out", "/không/có/x.json"], "out_unwritable", "out"),
        (["catalogue", "import", "/không/có"], "file_missing", "file"),
        (["catalogue", "export", "/"], "out_unwritable", "out"),
        (["sync", "export", "--out", "/không/có/x"], "out_unwritable", "out"),
        (["sync", "export", "--out", "/"], "out_unwritable", "out"),
        (["sync", "export", "--out", "x", "--again", "7"], "bundle_unknown", "again"),
        (["sync", "export", "--all", "/không/có"], "export_folder_missing", "all"),
        (["sync", "export", "--all", "x" * 300], "export_folder_missing", "all"),
        (["law", "key", "--out", "x" * 300], "out_unwritable", "out"),
        (["sync", "export", "--all", ".", "--again", "1"], "export_all_alone", "all"),
    ],
)
def test_refusal_has_code_and_sentence_and_writes_nothing(
    call_json: Any,
    call: Any,
    desk: Any,
    lines_file: Any,
    words: list[str],
    code: str,
    field: str | None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    call_json("intake", lines_file(intake_line()))
    before = {name: rows for name, rows in desk.contents().items() if name not in KEPT_BY_PRINTS}
    refused(call_json(*words), code, field)
    sentence(call("--data", desk.folder, "--now", "2026-02-09T10:00", *words), 1)
    assert {name: rows for name, rows in desk.contents().items() if name not in KEPT_BY_PRINTS} == before
    assert [path.name for path in tmp_path.iterdir()] == ["lines.jsonl"]


def test_document_that_cannot_be_written_is_recorded_as_failed(call_json: Any, desk: Any, lines_file: Any) -> None:
    call_json("intake", lines_file(intake_line()))
    call_json("print", "receipt", CODE, "--out", "/không/có/x.pdf")
    assert {row for (row,) in desk.rows("SELECT status FROM print")} == {"failed"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "catalogue_columns"),
        (b"\xff\xfe\x00", "file_not_text"),
        (b"ten\tlinh vuc\n", "catalogue_columns"),
        (b"code\tname\tfield\nx\ty\tz\n", "catalogue_unreadable"),
    ],
)
def test_invalid_catalogue_is_refused(call_json: Any, desk: Any, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "bang.tsv").write_bytes(content)
    before = desk.contents()
    result = call_json("catalogue", "import", tmp_path / "bang.tsv")
    assert result.status == 1 and result.one["refused"]["code"] == code
    assert desk.contents() == before


def test_hostile_lines_do_not_stop_next_line(call_json: Any, desk: Any, lines_file: Any) -> None:
    hostile = [
        b"\xef\xbb\xbf" + b'{"procedure": "2.000815"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"quantity": ' + b"9" * 5000 + b"}",
        b'{"quantity": 1e999}',
        b"NaN",
        b"null",
        b'"' + b"x" * 10_000_000 + b'"',
        b'{"\\ud800": 1}',
        b'{"procedure": "2.000815", "channel": "direct", "applicant": {"kind": "citizen", "name": "\\ud800"}}',
        b"\x00\x00",
        b'{"procedure": "2.000815", "channel": "direct", "applicant": {"kind": "citizen", "name": "A", "name": "B"}}',
        b'{"\\u202e": 1, "\\u202e": 2}',
    ]
    result = call_json("intake", lines_file(*hostile, intake_line()))
    assert result.status == 0 and result.err == ""
    answers = result.lines
    assert [("refused" in answer) for answer in answers] == [True] * len(hostile) + [False]
    assert answers[-1]["code"] == CODE
    assert {answer["refused"]["code"] for answer in answers[:-1]} >= {
        "line_not_json",
        "line_too_long",
        "line_shape",
        "missing",
        "key_twice",
    }
    assert desk.check().ok


@pytest.mark.posix
@pytest.mark.parametrize("words", [("catalogue", "import"), ("calendar", "import"), ("tray",), ("init",)])
def test_endless_file_is_refused(call_json: Any, words: tuple[str, ...]) -> None:
    refused(call_json(*words, "/dev/zero"), "file_too_big", "file")


@pytest.mark.parametrize(
    "words",
    [
        ["report", "06a", "--preset", "week", "--list", "received", "--group", "field", "--value", "\udcff"],
        ["report", "fees", "--preset", "week", "--by", "\udcff"],
        ["report", "register", "--preset", "week", "--field", "\udcff"],
        ["access", "list", "--name", "\udcff"],
        ["catalogue", "list", "\udcff"],
        ["search", "\udcff", "a"],
        ["act", CODE, "send", "--to", "\udcff"],
        ["act", CODE, "amend", "--set", "name=\udcff"],
        ["feedback", "add", "\udcff"],
        ["--user", "\udcff", "show", CODE],
    ],
)
def test_text_that_is_not_utf8_is_no_bug(call: Any, desk: Any, words: list[str]) -> None:
    result = call("--data", desk.folder, *words)
    assert result.status in (0, 1, 2) and "Lỗi của chương trình" not in result.err, result


def test_data_folder_of_broken_characters_is_wrong_usage(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATA", "a\udcffb")
    assert "ký tự hỏng" in sentence(call("show", CODE), status=2)


def test_file_name_with_nul_character_is_refused(call_json: Any) -> None:
    for words in (("catalogue", "import"), ("tray",), ("intake",), ("restore",), ("rebuild",)):
        result = call_json(*words, "a\0b")
        assert result.status in (1, 2) and "Lỗi của chương trình" not in result.err, (words, result)


@pytest.mark.parametrize(
    ("group", "value"),
    [("field", "Đất đai"), ("procedure", "2.000635"), ("channel", "online"), ("month", "202512"), ("field", "Hộ tịch")],
)
def test_row_without_dossiers_lists_none(call: Any, desk: Any, group: str, value: str) -> None:
    words = ("report", "06a", "--preset", "week", "--list", "received", "--group", group, "--value", value, "--json")
    assert (call("--data", desk.folder, *words).status, call("--data", desk.folder, *words).out) == (0, "")


@pytest.mark.parametrize("name", ["a\0b.pdf", "a\udcffb.pdf"])
@pytest.mark.parametrize(
    "words",
    [
        ("report", "06a", "--preset", "month", "--on", "2026-02-09", "--out"),
        ("print", "receipt", CODE, "--out"),
        ("backup", "--to"),
        ("backup", "--guide"),
        ("backup", "--second"),
        ("restore",),
        ("sync", "export", "--out"),
        ("sync", "export", "--all"),
        ("sync", "apply"),
        ("sync", "join"),
        ("law", "show"),
        ("law", "key", "--out"),
        ("catalogue", "import"),
        ("catalogue", "export"),
        ("catalogue", "publish", "--only"),
        ("calendar", "import"),
        ("import",),
        ("reconcile",),
        ("notices", "export"),
        ("keys-card", "--out"),
        ("self-check", "--out"),
        ("demo", "--out"),
        ("intake",),
        ("rebuild",),
        ("tray",),
        ("users", "password", "--new"),
        ("keys", "recovery", "--out"),
    ],
)
def test_file_name_of_broken_characters_is_wrong_usage(call: Any, words: tuple[str, ...], name: str) -> None:
    reason = sentence(call(*words, name), status=2)
    assert "ký tự hỏng" in reason and "Lỗi của chương trình" not in reason


def test_intake_accepts_crlf_and_missing_last_line_end(call_json: Any, tmp_path: Path) -> None:
    import json

    text = json.dumps(intake_line(), ensure_ascii=False)
    (tmp_path / "l.jsonl").write_bytes(f"\ufeff{text}\r\n\r\n{text}".encode())
    assert [answer["code"][-4:] for answer in call_json("intake", tmp_path / "l.jsonl").lines] == ["0001", "0002"]


# --- who and when


def test_real_office_requires_user_and_refuses_pretended_time(
    call: Any, real_folder: Path, lines_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ("--data", real_folder, "--json")
    refused(call(*real, "--user", ADMIN, "check"), "keys_password_missing", "password")
    monkeypatch.setenv("MOTCUA_PASSWORD", "sai rồi")
    refused(call(*real, "--user", ADMIN, "check"), "keys_password_wrong", "password")
    monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
    refused(call(*real, "check"), "user_missing", "user")
    refused(call(*real, "--user", "Người Lạ", "check"), "user_unknown", "user")
    refused(call(*real, "--user", " \u200b ", "check"), "user_missing", "user")
    refused(call(*real, "--user", "x" * 121, "check"), "text_too_long", "user")
    refused(call(*real, "--user", ADMIN, "--now", "2026-02-09T08:00", "check"), "pretend_time", "now")
    refused(
        call(*real, "--user", ADMIN, "--now", "2026-02-09T08:00", "intake", lines_file(intake_line())),
        "pretend_time",
        "now",
    )
    assert call(*real, "--user", ADMIN, "check").one["ok"] is True
    assert call(*real, "--user", f"  {ADMIN} ", "intake", lines_file(intake_line())).one["status"] == "received"


def test_new_user_signs_in_and_has_rights_of_role(
    call: Any, real_folder: Path, lines_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ("--data", real_folder, "--json")
    monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
    monkeypatch.setenv("MOTCUA_NEW_PASSWORD", "Cầu tre 7 nhịp")
    added = call(*real, "--user", ADMIN, "users", "add", "Phan Thị Soi", "--role", "auditor").lines
    assert {"name": "Phan Thị Soi", "role": "auditor", "active": True} in added
    code = call(*real, "--user", ADMIN, "intake", lines_file(intake_line())).one["code"]
    refused(call(*real, "--user", ADMIN, "act", code, "void", "--note", "Nhận nhầm"), "second_missing", "second")
    monkeypatch.setenv("MOTCUA_PASSWORD", "Cầu tre 7 nhịp")
    auditor = (*real, "--user", "Phan Thị Soi")
    assert call(*auditor, "show", code).one["code"] == code
    refused(call(*auditor, "act", code, "withdraw", "--note", "thử"), "not_your_right")
    assert call(*auditor, "access", "list", "--code", code).one["actor"] == "Phan Thị Soi"
    monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
    call(*real, "--user", ADMIN, "users", "disable", "Phan Thị Soi")
    monkeypatch.setenv("MOTCUA_PASSWORD", "Cầu tre 7 nhịp")
    assert call(*auditor, "show", code).status == 1


def test_training_office_accepts_any_user_name(call: Any, desk: Any, lines_file: Any) -> None:
    training = ("--data", desk.folder, "--json", "--now", "2026-02-09T10:00")
    call(*training, "intake", lines_file(intake_line()))
    assert call(*training, "show", CODE).one["steps"][0]["actor"] == "tap-huan"
    for user, actor in (("Cô Ba", "Cô Ba"), (" \u200b", "tap-huan")):
        assert call(*training, "--user", user, "act", CODE, "pay", "--amount", "5").one["steps"][-1]["actor"] == actor
    refused(call(*training, "--user", "x" * 500, "check"), "text_too_long", "user")


def test_options_work_before_and_after_command_and_in_environment(
    call: Any, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = call("--data", desk.folder, "--json", "--now", "2026-02-09T10:00", "check")
    assert known.one["ok"] is True
    assert call("check", "--now", "2026-02-09T10:00", "--json", "--data", desk.folder) == known
    assert call("--json", "check", "--data", desk.folder) == known
    listed = call("--json", "catalogue", "list", "ks", "--data", desk.folder)
    assert listed.lines and call("catalogue", "--json", "list", "ks", "--data", desk.folder) == listed
    monkeypatch.setenv("MOTCUA_DATA", str(desk.folder))
    monkeypatch.setenv("MOTCUA_USER", "Cô Tư")
    assert call("check", "--json") == known
    assert call("check", "--json", "--data", "/không/có").status == 3  # the argument overrides the environment


# --- the machine's fault: 3


FOLDER_FAULTS = ("database_missing", "folder_unreachable", "path_too_long")


def test_folder_without_office_is_fault(call: Any, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone", "/dev/null", tmp_path / ("x" * 300)):
        result = call("--data", folder, "--json", "check")
        assert result.status == 3 and result.one["refused"]["code"] in FOLDER_FAULTS
        sentence(call("--data", folder, "check"), 3)
    assert list(tmp_path.iterdir()) == []


def test_newer_damaged_or_incomplete_office_is_fault(call: Any, training_folder: Path) -> None:
    file = training_folder / "motcua.db"
    good = file.read_bytes()

    def check_fault(code: str) -> None:
        before = file.read_bytes()
        result = call("--data", training_folder, "--json", "intake", "/dev/null")
        refused(result, code, status=3)
        sentence(call("--data", training_folder, "check"), 3)
        assert file.read_bytes() == before

    with closing(dbapi2.connect(str(file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    check_fault("database_newer")
    for content in (b"", b"x" * 5000, good[:6000]):
        file.write_bytes(content)
        check_fault("database_damaged")
    file.write_bytes(good)
    toml = training_folder / "office.toml"
    for content in (b"name = ", b"\xff\xfe", OFFICE.replace("head", "haed").encode()):
        toml.write_bytes(content)
        check_fault("office_file_lost")
    toml.unlink()
    check_fault("office_file_lost")


def test_second_window_is_refused_and_commands_still_work(call: Any, desk: Any) -> None:
    with window_lock(desk.folder):
        result = call("--data", desk.folder, "--json", "window")
        refused(result, "office_open_elsewhere", status=3)
        assert call("--data", desk.folder, "--json", "check").one["ok"] is True


def test_init_is_refused_during_other_init(call: Any, training_folder: Path) -> None:
    """Another program creates an office here; nothing waits or is written."""
    empty = training_folder.parent / "empty"
    empty.mkdir()
    with hold_lock(empty / "founding.lock"):
        refused(call("init", "--demo", "--json", "--data", empty), "office_being_prepared", status=3)
    assert [path.name for path in empty.iterdir()] == ["founding.lock"]


@pytest.mark.posix
def test_full_disk_is_reported_and_answered_lines_are_saved(
    call: Any, office_templates: Any, mount_disk: MountDisk, lines_file: Any
) -> None:
    place = mount_disk("5m")
    shutil.copytree(office_templates[True], place / "office")
    file = lines_file(*[intake_line(note="x" * 1500, request_id=str(n)) for n in range(900)])
    result = call("--data", place / "office", "--json", "--now", "2026-02-09T10:00", "intake", file)
    *answers, last = result.lines
    assert (result.status, last["refused"]["code"]) == (3, "disk_full") and len(answers) > 10
    assert "Ổ đĩa đã đầy" in result.err
    with desk_session(place / "office") as desk:
        assert [code for (code,) in desk.rows("SELECT code FROM dossier ORDER BY id")] == [a["code"] for a in answers]
        assert desk.check().ok
    refused(
        call("--data", place / "office", "--json", "print", "receipt", CODE, "--out", place / "x.pdf"),
        "disk_full",
        status=3,
    )


# --- founding


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ("", "office_file_missing", "name"),
        ("name = ", "office_file_not_toml", None),
        (OFFICE.replace("H29.12", "H29.1234"), "office_file_wrong", "agency_code"),
        (OFFICE.replace("workstation = 1", "workstation = 100"), "office_file_wrong", "workstation"),
        (OFFICE.replace("11:30", "31:30", 1), "office_file_wrong", "hours.mon"),
        (OFFICE.split("[admin]", maxsplit=1)[0], "admin_missing", "admin.name"),
    ],
)
def test_unusable_office_file_is_refused(call: Any, tmp_path: Path, content: str, code: str, field: str | None) -> None:
    (tmp_path / "office.toml").write_text(content, encoding="utf-8")
    refused(call("init", tmp_path / "office.toml", "--json", "--data", tmp_path / "a"), code, field)
    assert not (tmp_path / "a" / "motcua.db").exists() and not (tmp_path / "a" / "office.toml").exists()


def test_init_is_refused_where_office_cannot_be_created(call: Any, desk: Any, tmp_path: Path) -> None:
    toml = tmp_path / "office.toml"
    toml.write_text(OFFICE, encoding="utf-8")
    before = desk.contents()
    refused(call("init", toml, "--json", "--data", desk.folder), "office_exists")
    assert desk.contents() == before
    refused(call("init", "--json", "--data", tmp_path / "a"), "office_file_absent", "office")
    refused(call("init", tmp_path / "gone.toml", "--json", "--data", tmp_path / "a"), "file_missing", "file")
    refused(call("init", tmp_path, "--json", "--data", tmp_path / "a"), "file_missing", "file")
    refused(call("init", toml, "--json", "--data", tmp_path / "a", "--now", "2026-02-09T08:00"), "pretend_time", "now")
    refused(call("init", toml, "--json", "--data", toml), "folder_unreachable", status=3)
    assert [path.name for path in tmp_path.iterdir()] == ["office.toml"]


def test_init_accepts_office_file_already_in_folder(call: Any, tmp_path: Path) -> None:
    toml = tmp_path / "office.toml"
    toml.write_bytes(b"\xef\xbb\xbf" + OFFICE.replace("\n", "\r\n").encode())
    assert call("init", toml, "--training", "--json", "--data", tmp_path).one["training"] is True
    assert call("--data", tmp_path, "check", "--json").one["ok"] is True
    other = tmp_path / "other"
    other.mkdir()
    (other / "office.toml").write_text(OFFICE.replace("H29.12", "H30.1"), encoding="utf-8")
    refused(call("init", toml, "--training", "--json", "--data", other), "office_exists")


# --- as a program


def program(*words: object, text: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    command = [sys.executable, "-W", "error", str(REPOSITORY / "main.py"), *map(str, words)]
    return subprocess.run(command, input=text, env=surroundings, capture_output=True, check=False)


def test_program_reads_standard_input_in_any_locale(desk: Any) -> None:
    import json

    text = json.dumps(intake_line(applicant={**PERSON, "name": "Ẵm"}), ensure_ascii=False).encode() + b"\n{\n"
    words = ("--data", desk.folder, "--now", "2026-02-09T10:00", "intake", "-")
    ended = program(*words, text=text, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    first, second = ended.stdout.decode().splitlines()
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(first)["code"] == CODE and "JSON" in json.loads(second)["refused"]["message"]
    ended = program("--data", desk.folder, "show", "x")
    assert ended.returncode == 1 and "Không tìm thấy" in ended.stderr.decode() and ended.stdout == b""


@pytest.mark.posix
def test_arguments_that_are_not_utf8_cause_no_traceback(desk: Any) -> None:
    for verb in ("show", "search", "scan"):
        ended = subprocess.run(
            [
                sys.executable.encode(),
                str(REPOSITORY / "main.py").encode(),
                b"--data",
                str(desk.folder).encode(),
                verb.encode(),
                b"\xff\xfe",
            ],
            capture_output=True,
            check=False,
        )
        assert (
            ended.returncode in (0, 1) and b"Traceback" not in ended.stderr and "Lỗi của" not in ended.stderr.decode()
        )
