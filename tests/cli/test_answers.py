"""Output of every command: documented JSON keys, or Vietnamese text.

With --json, stdout holds JSON only. Text fits 100 columns.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.output import print_line, warn
from tests.support.offices import ADMIN, OFFICE, PASSWORD, PERSON, SAME_DAY, intake_line

ACCEPTED_KEYS = ["code", "key", "status", "received_at", "due_at", "deadline", "fee", "warnings"]
DETAIL_KEYS = [
    *("code", "key", "aliases", "status", "national_status", "procedure", "applicant", "submitter", "principal"),
    *("channel", "received_at", "due_at", "original_due_at", "closed_at", "returned_at", "late", "holder", "papers"),
    *("steps", "prints", "fee", "deadline", "imported", "alias_codes", "co_applicants"),
]
STEP_KEYS = ["at", "entered_at", "actor", "action", "from", "to", "status", "verdict", "note"]
SEARCH_KEYS = ["code", "key", "name", "procedure", "status", "received_at", "due_at", "late"]
FIGURE_KEYS = [
    *("field", "received", "received_online", "received_direct_post", "carried_over", "resolved", "resolved_early"),
    *("resolved_on_time", "resolved_late", "pending", "pending_in_time", "pending_late", "withdrawn"),
    "returned_unresolved",
]
CODE, KEY = "H29.12-260209-0001", "6301260209000010"
REPORT = ["report", "06a", "--from", "2026-01-01", "--to", "2026-03-31"]


def person(name: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "citizen", "name": name, **fields}


@pytest.fixture
def accepted(call_json: Any, lines_file: Any) -> Any:
    """A dossier with every field an intake line may have."""
    principal = {"name": "Lý Mão", "address": "x", "id_number": "1", "phone": "0", "email": "", "authority": "GUQ"}
    line = intake_line(
        submitter=person("Lê Thị Dần"),
        principal=principal,
        alias="DVC-1",
        quantity=2,
        return_by="post",
        note="hẹn chiều",
    )
    return call_json("intake", lines_file(line)).one


def test_intake(accepted: Any) -> None:
    assert list(accepted) == ACCEPTED_KEYS
    assert (accepted["code"], accepted["key"], accepted["status"], accepted["fee"]) == (
        CODE,
        KEY,
        "received",
        4000,
    )
    assert accepted["received_at"] == "2026-02-09T10:00:00+07:00" and accepted["due_at"] == "2026-02-23T17:00:00+07:00"
    assert all(isinstance(each, str) for each in (*accepted["deadline"], *accepted["warnings"]))


def test_intake_leaves_unknown_due_date_and_fee_empty(call_json: Any, lines_file: Any) -> None:
    answer = call_json("intake", lines_file(intake_line(procedure="1.012537", term=None))).one
    assert (answer["due_at"], answer["fee"]) == (None, None) and answer["warnings"]


def test_intake_answers_each_line(call_json: Any, lines_file: Any) -> None:
    good = intake_line(request_id="r")
    wrong = intake_line(applicant=person(""))
    result = call_json("intake", lines_file(good, b"{broken", wrong, b"", b"\xff\xfe", intake_line(), good))
    assert result.status == 0 and result.err == ""
    answers = result.lines
    assert [answer.get("code") for answer in answers] == [CODE, None, None, None, "H29.12-260209-0002", CODE]
    assert [answer["refused"]["code"] for answer in answers if "refused" in answer] == [
        "line_not_json",
        "name_missing",
        "line_not_json",
    ]
    assert all(list(answer["refused"]) == ["code", "message", "field"] for answer in answers if "refused" in answer)
    assert answers[2]["refused"]["field"] == "applicant.name"
    first, *_, last = result.out.splitlines()
    assert first == last  # byte for byte


def test_repeated_request_gets_same_bytes_after_dossier_moved(call_json: Any, lines_file: Any) -> None:
    file = lines_file(intake_line(request_id="r", term=None))
    first = call_json("intake", file)
    call_json("act", CODE, "finish")
    assert call_json("intake", file, now="2026-03-09T20:00").out == first.out


def test_deadline(call_json: Any) -> None:
    result = call_json("deadline", SAME_DAY, "--at", "2026-02-09T15:01").one
    assert list(result) == ["due_at", "deadline"] and result["due_at"] == "2026-02-10T17:00:00+07:00"
    assert call_json("deadline", "1.012537").one["due_at"] is None


@pytest.mark.parametrize("at", ["9/2/2026 8:30", "09.02.2026 08h30", "9-2-26 8g30", "2026-02-09 08:30"])
def test_instant_in_any_spelling(call_json: Any, at: str) -> None:
    expected = call_json("deadline", "2.000815", "--at", "2026-02-09T08:30").one
    assert call_json("deadline", "2.000815", "--at", at).one == expected


def test_deadline_previews_the_fee(call_json: Any) -> None:
    words = ("deadline", "1.004222", "--at", "2026-11-20T08:00", "--channel", "online")
    plain = call_json(*words).one
    assert list(plain)[:3] == ["due_at", "deadline", "fee"] and "relief" not in plain
    relieved = call_json(*words, "--level", "2", "--birth", "1990", "--quantity", "2").one
    assert (plain["fee"], relieved["fee"]) == (10000, 0)
    assert relieved["relief"].startswith("Công dân số nộp trực tuyến, tài khoản mức 2, ")
    group = call_json("deadline", "1.004222", "--at", "2026-11-20T08:00", "--exempt", "Hộ nghèo").one
    assert group["fee"] == 0 and group["relief"].startswith("Hộ nghèo")
    assert call_json("deadline", "1.004222", "--level", "3").status == 2
    for birth in ("31/02", "1_990", "1990-02-30"):
        assert call_json("deadline", "1.004222", "--birth", birth).status == 2


def test_search(accepted: Any, call_json: Any) -> None:
    for words in (["dao", "thi"], ["Đào Thị"], ["0905 123 456"], [CODE], ["DVC-1"], ["le dan"]):
        (line,) = call_json("search", *words).lines
        assert list(line) == SEARCH_KEYS
        assert (line["code"], line["name"], line["late"]) == (CODE, PERSON["name"], False)
        assert PERSON["id_number"] not in json.dumps(line)
    assert call_json("search", "khong co ai").lines == []


def test_show_and_act(accepted: Any, call_json: Any) -> None:
    shown = call_json("show", KEY).one
    assert list(shown) == DETAIL_KEYS
    assert list(shown["procedure"]) == ["code", "name", "field", "version"]
    assert set(shown["applicant"]) == {"kind", "name", "id_number", "birth_date", "gender", "phone", "address", "email"}
    assert set(shown["principal"]) == {"name", "address", "id_number", "phone", "email", "authority"}
    assert (
        shown["submitter"]["name"] == "Lê Thị Dần"
        and shown["aliases"] == [{"code": "DVC-1", "system": None}]
        and shown["alias_codes"] == ["DVC-1"]
    )
    assert [list(step) for step in shown["steps"]] == [STEP_KEYS]
    assert all(list(paper) == ["name", "handling", "originals", "copies", "reason"] for paper in shown["papers"])
    assert shown["fee"] == {"amount": 4000, "paid": 0, "receipt": None} and shown["prints"] == []
    acted = call_json("act", CODE, "send", "--to", "Tư pháp", "--note", "gấp").one
    assert list(acted) == DETAIL_KEYS and acted == call_json("show", "dvc 1").one
    assert acted["steps"][-1]["to"] == acted["holder"] == "Tư pháp"
    assert (acted["status"], acted["national_status"]) == ("processing", 4)


def test_act_accepts_all_its_options(accepted: Any, call_json: Any) -> None:
    acts = (
        ["amend", "--set", "name=Đào Thị Ấm", "--set", "submitter.phone=0911 222 333", "--note", "theo thẻ"],
        ["pay", "--amount", "4000", "--receipt", "AA/26-1"],
        ["apologise", "--until", "2026-03-02"],
        ["finish"],
        ["return", "--received-by", "Nguyễn Văn Sửu"],
    )
    for act in acts:
        shown = call_json("act", CODE, *act).one
    assert shown["applicant"]["name"] == "Đào Thị Ấm" and shown["submitter"]["phone"] == "0911 222 333"
    assert shown["fee"] == {"amount": 4000, "paid": 4000, "receipt": "AA/26-1"}
    assert (shown["due_at"][:10], shown["original_due_at"][:10]) == ("2026-03-02", "2026-02-23")
    assert (shown["status"], shown["returned_at"]) == ("returned", "2026-02-09T10:00:00+07:00")


def test_scan(accepted: Any, call_json: Any) -> None:
    for text in (KEY, CODE, "dvc 1", CODE.replace("H29.12", "000.00.12.H29")):
        result = call_json("scan", text)
        assert result.status == 0
        assert result.one == {
            "kind": "dossier",
            "code": CODE,
            "key": KEY,
            "status": "received",
            "due_at": accepted["due_at"],
        }
    card = call_json("scan", "048190004217|200000001|Đào Thị Ẫm|17051990|Nữ|Thôn Đoài|01012022").one
    assert list(card) == [
        *("kind", "id_number", "old_id_number", "name", "birth_date", "gender", "address", "issued_on", "warnings"),
    ]
    assert (card["kind"], card["birth_date"], card["gender"]) == ("citizen_card", "1990-05-17", "female")
    for text in ("6301260209000028", "6301260209000011", "0000000000000000", "https://thu.example", "xin chào", ""):
        result = call_json("scan", text)
        assert result.status == 0 and list(result.one) == ["kind", "text", "why"]
        assert result.one["kind"] == "stranger" and result.one["text"] == text and result.one["why"]


def test_print(call_json: Any, lines_file: Any, tmp_path: Path) -> None:
    call_json("intake", lines_file(intake_line(procedure="1.001193")))
    out = tmp_path / "giấy.pdf"
    result = call_json("print", "receipt", CODE, "--out", out).one
    assert result == {"file": str(out), "form": "receipt", "pages": 2, "copies": 2}
    assert out.read_bytes().startswith(b"%PDF")
    result = call_json("print", "control", CODE, "--out", out, "--copies", "3", "--paper", "A4").one
    assert (result["form"], result["copies"]) == ("control", 3)
    prints = call_json("show", CODE).one["prints"]
    assert [list(each) for each in prints] == [["form", "copy", "at", "status"]] * 5
    assert {each["status"] for each in prints} == {"printed"}
    assert not list(tmp_path.glob("*.part"))


def test_report(accepted: Any, call_json: Any, tmp_path: Path) -> None:
    result = call_json(*REPORT, "--out", tmp_path / "06a.json").one
    assert list(result) == ["period", "rows", "total", "checks"]
    assert result["period"] == {"from": "2026-01-01", "to": "2026-03-31"} and result["checks"] == []
    assert [list(row) for row in (*result["rows"], result["total"])] == [FIGURE_KEYS, FIGURE_KEYS]
    assert json.loads((tmp_path / "06a.json").read_text(encoding="utf-8")) == result
    preset = call_json("report", "06a", "--preset", "quarter", "--on", "2026-02-09").one
    assert preset["period"] == {"from": "2025-12-15", "to": "2026-03-14"}
    assert call_json("report", "06a", "--preset", "month").one["period"]["to"] == "2026-02-14"


def test_catalogue(call_json: Any, tmp_path: Path) -> None:
    listed = call_json("catalogue", "list", "ks").lines
    assert list(listed[0]) == ["code", "name", "field", "limit", "unit", "fee", "version", "valid_from"]
    assert "1.001193" in [each["code"] for each in listed]
    whole = call_json("catalogue", "list").lines
    assert len(whole) == 487 and any(each["fee"] is None for each in whole) and any(each["fee"] == 0 for each in whole)
    table = tmp_path / "danh-muc.tsv"
    assert call_json("catalogue", "export", table).one == {"file": str(table), "rows": 487}
    assert call_json("catalogue", "import", table).one == {"new": 0, "changed": 0, "unchanged": 487, "refused": []}
    table.write_text(
        "code\tname\tfield\tlimit\tunit\nx\ty\tz\t\t\n9.999999\tMới\tThử\t5\tday\n2.000815\tKhác\tThử\t1\tday\n",
        encoding="utf-8",
    )
    result = call_json("catalogue", "import", table).one
    assert (result["new"], result["changed"], result["unchanged"]) == (1, 1, 0)
    assert [list(row) for row in result["refused"]] == [["row", "reason"]] and result["refused"][0]["row"] == 2


def test_catalogue_set_adds_version(call_json: Any, call: Any, desk: Any) -> None:
    result = call_json("catalogue", "set", "2.000815", "fee_vnd=5000", "--from", "2027-03-01").one
    assert [(v["version"], v["standing"]) for v in result["versions"]] == [(1, "current"), (2, "coming")]
    assert call_json("catalogue", "show", "2.000815").one == result
    for word in ("fee", "x=1", "code=1.000001"):
        assert call_json("catalogue", "set", "2.000815", word).status == 2
    later = call_json("catalogue", "set", "2.000815", "limit=1", "unit=working_day", "--from", "2027-04-01").one
    assert later["versions"][-1]["cells"]["fee_vnd"] == "5000"  # based on the version in force on that day
    words = call("--data", desk.folder, "--now", "2026-02-09T10:00", "catalogue", "show", "2.000815").out
    assert "sắp áp dụng" in words and max(map(len, words.splitlines())) <= 100


def test_sync(accepted: Any, call_json: Any, tmp_path: Path) -> None:
    keys = ["waiting", "sent", "confirmed", "rejected", "last_confirmed_at"]
    before = call_json("sync", "status").one
    assert list(before) == keys and (before["waiting"], before["sent"]) == (1, 0)
    out = tmp_path / "a.mcsync"
    assert call_json("sync", "export", "--out", out).one == {"file": str(out), "sequence": 1, "records": 1}
    after = call_json("sync", "status").one
    assert (after["waiting"], after["sent"], after["confirmed"], after["rejected"]) == (0, 1, 0, [])
    first = out.read_bytes()
    assert call_json("sync", "export", "--out", out, "--again", "1", now="2026-05-01T08:00").one["sequence"] == 1
    assert out.read_bytes() == first


def test_check(accepted: Any, call_json: Any, desk: Any) -> None:
    assert call_json("check").one == {"ok": True, "findings": []}
    desk.tamper("UPDATE dossier SET holder = 'x'")
    result = call_json("check")
    assert result.status == 0 and result.one["ok"] is False
    assert [list(finding) for finding in result.one["findings"]] == [["code", "message"]]


def test_init(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml = tmp_path / "office.toml"
    toml.write_text(OFFICE, encoding="utf-8")
    result = call("init", toml, "--training", "--json", "--data", tmp_path / "a", "--now", "2026-02-09T08:00")
    assert result.one == {
        "office": "UBND xã Thử Nghiệm",
        "agency_code": "H29.12",
        "workstation": 1,
        "training": True,
        "procedures": 487,
    }
    assert call("init", toml, "--json", "--data", tmp_path / "b").one["refused"]["code"] == "secret_unset"
    assert not (tmp_path / "b" / "motcua.db").exists()
    monkeypatch.setenv("MOTCUA_PASSWORD", PASSWORD)
    real = call("init", toml, "--json", "--data", tmp_path / "b").one
    assert real["training"] is False and len(real["recovery_key"]) == 47
    assert call("--data", tmp_path / "b", "--user", ADMIN, "check", "--json").one["ok"] is True


# --- without --json


@pytest.fixture
def call_in_words(call: Any, desk: Any, lines_file: Any) -> Any:
    name = "Nguyễn Đặng Hoàng Phương Thảo Nguyên Công Tằng Tôn Nữ " * 3
    applicant = person(name.strip(), address="Thôn Đoài " * 30)
    options = ("--data", desk.folder, "--now", "2026-02-09T10:00")
    call(*options, "intake", lines_file(intake_line(applicant=applicant, term={"limit": 1, "unit": "day"})))
    call(*options, "act", CODE, "send", "--to", "Tổ công tác " * 9, "--note", "gấp " * 90)
    return lambda *words: call("--data", desk.folder, "--now", "2026-03-09T10:00", *words)


@pytest.mark.parametrize(
    "words",
    [
        ["show", CODE],
        ["search", "nguyen"],
        ["search", "khong co"],
        ["scan", KEY],
        ["scan", "xin chào"],
        ["scan", "048190004217||Đào Thị Ẫm|17051990|Nữ|Thôn Đoài|01012022"],
        ["deadline", "2.000815", "--at", "2026-02-14T10:00"],
        ["catalogue", "list"],
        REPORT,
        ["sync", "status"],
        ["check"],
        ["act", CODE, "receive"],
        ["calendar", "list", "--year", "2026"],
        ["users", "list"],
        ["clock", "status"],
        ["--help"],
        ["act", "--help"],
        ["backup", "--help"],
        ["report", "--help"],
    ],
)
def test_text_output_is_vietnamese_within_100_columns(call_in_words: Any, words: list[str]) -> None:
    result = call_in_words(*words)
    assert result.status == 0 and result.err == ""
    assert result.out.strip() and not result.out.lstrip().startswith(("{", "["))
    assert max(map(len, result.out.splitlines())) <= 100
    for english in ("usage", "positional", "options", "show this", "None", "True", "False"):
        assert english not in result.out


def test_table_never_cuts_code(call_in_words: Any) -> None:
    assert CODE in call_in_words("search", "nguyen").out and "quá hạn" in call_in_words("search", "nguyen").out


def test_wrapping_keeps_code_and_path_whole(capsys: pytest.CaptureFixture[str]) -> None:
    for before in range(0, 140, 2):
        for print_text in (print_line, warn):
            print_text("ô " * (before // 2) + CODE + " /o-dia/thu-muc/tep-don.pdf")
    result = capsys.readouterr()
    for text in (result.out, result.err):
        assert text.count(CODE) == text.count("/o-dia/thu-muc/tep-don.pdf") == 70
        assert max(map(len, text.splitlines())) <= 100


def test_path_longer_than_line_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/o-dia" + "/thu-muc" * 20 + "/tep.toml"
    warn(f"Không mở được tệp «{path}». Kiểm tra lại đường dẫn.")
    assert f"«{path}»." in capsys.readouterr().err


def test_scan_of_void_code_warns_and_shows_replacement(call: Any, call_json: Any, lines_file: Any, desk: Any) -> None:
    old = call_json("intake", lines_file(intake_line())).one["code"]
    call_json("act", old, "void", "--note", "Nhầm")
    new = call_json("intake", lines_file(intake_line(replaces=old))).one["code"]
    scan = call_json("scan", old)
    assert list(scan.one) == ["kind", "code", "key", "status", "due_at"] and scan.one["code"] == new
    assert old in scan.err
    options = ("--data", desk.folder, "--now", "2026-02-09T10:00")
    shown = {code: " ".join(call(*options, "show", code).out.split()) for code in (old, new)}
    assert f"Đã cấp thay bằng {new}" in shown[old] and f"Cấp thay cho {old}" in shown[new]


def test_calendar_change_prints_message_for_affected_citizens(
    call: Any, call_json: Any, lines_file: Any, desk: Any
) -> None:
    code = call_json("intake", lines_file(intake_line())).one["code"]
    result = call("--data", desk.folder, "--now", "2026-02-09T10:00", "calendar", "add", "2026-02-12", "off")
    assert result.status == 0 and max(map(len, result.out.splitlines())) <= 100
    text = " ".join(result.out.split())
    assert f"Lịch làm việc thay đổi: hồ sơ {code} hẹn " in text
    assert "0905 123 456" in text
