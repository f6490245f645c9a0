"""What every verb answers: exactly the keys of INTERFACES, JSON alone on stdout, else Vietnamese within 100 columns."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.output import print_line, warn
from tests.support.offices import ADMIN, OFFICE, PASSWORD, PERSON, SAME_DAY, intake_line

ACCEPTED = ["code", "key", "status", "received_at", "due_at", "deadline", "fee", "warnings"]
SHOWN = [
    *("code", "key", "aliases", "status", "national_status", "procedure", "applicant", "submitter", "principal"),
    *("channel", "received_at", "due_at", "original_due_at", "closed_at", "returned_at", "late", "holder", "papers"),
    *("steps", "prints", "fee", "deadline"),
]
STEP = ["at", "entered_at", "actor", "action", "from", "to", "status", "verdict", "note"]
FOUND = ["code", "key", "name", "procedure", "status", "received_at", "due_at", "late"]
ROW = [
    *("field", "received", "received_online", "received_direct_post", "carried_over", "resolved", "resolved_early"),
    *("resolved_on_time", "resolved_late", "pending", "pending_in_time", "pending_late", "withdrawn"),
    "returned_unresolved",
]
CODE, KEY = "H29.12-260209-0001", "6301260209000010"
REPORT = ["report", "06a", "--from", "2026-01-01", "--to", "2026-03-31"]


def person(name: str, **told: Any) -> dict[str, Any]:
    return {"kind": "citizen", "name": name, **told}


@pytest.fixture
def taken_in(call_json: Any, lines_file: Any) -> Any:
    """One dossier with everything a line may carry."""
    principal = {"name": "Lý Mão", "address": "x", "id_number": "1", "phone": "0", "email": "", "authority": "GUQ"}
    told = intake_line(
        submitter=person("Lê Thị Dần"),
        principal=principal,
        alias="DVC-1",
        quantity=2,
        return_by="post",
        note="hẹn chiều",
    )
    return call_json("intake", lines_file(told)).one


def test_intake(taken_in: Any) -> None:
    assert list(taken_in) == ACCEPTED
    assert (taken_in["code"], taken_in["key"], taken_in["status"], taken_in["fee"]) == (CODE, KEY, "received", 4000)
    assert taken_in["received_at"] == "2026-02-09T10:00:00+07:00" and taken_in["due_at"] == "2026-02-23T17:00:00+07:00"
    assert all(isinstance(each, str) for each in (*taken_in["deadline"], *taken_in["warnings"]))


def test_intake_of_what_cannot_be_known(call_json: Any, lines_file: Any) -> None:
    made = call_json("intake", lines_file(intake_line(procedure="1.012537", term=None))).one
    assert (made["due_at"], made["fee"]) == (None, None) and made["warnings"]


def test_intake_answers_line_for_line(call_json: Any, lines_file: Any) -> None:
    good = intake_line(request_id="r")
    wrong = intake_line(applicant=person(""))
    said = call_json("intake", lines_file(good, b"{broken", wrong, b"", b"\xff\xfe", intake_line(), good))
    assert said.status == 0 and said.err == ""
    answers = said.lines
    assert [answer.get("code") for answer in answers] == [CODE, None, None, None, "H29.12-260209-0002", CODE]
    assert [answer["refused"]["code"] for answer in answers if "refused" in answer] == [
        "line_not_json",
        "name_missing",
        "line_not_json",
    ]
    assert all(list(answer["refused"]) == ["code", "message", "field"] for answer in answers if "refused" in answer)
    assert answers[2]["refused"]["field"] == "applicant.name"
    first, *_, last = said.out.splitlines()
    assert first == last  # byte for byte


def test_intake_repeats_byte_for_byte_after_the_dossier_has_moved_on(call_json: Any, lines_file: Any) -> None:
    file = lines_file(intake_line(request_id="r", term=None))
    first = call_json("intake", file)
    call_json("act", CODE, "finish")
    assert call_json("intake", file, now="2026-03-09T20:00").out == first.out


def test_deadline(call_json: Any) -> None:
    said = call_json("deadline", SAME_DAY, "--at", "2026-02-09T15:01").one
    assert list(said) == ["due_at", "deadline"] and said["due_at"] == "2026-02-10T17:00:00+07:00"
    assert call_json("deadline", "1.012537").one["due_at"] is None


def test_search(taken_in: Any, call_json: Any) -> None:
    for words in (["dao", "thi"], ["Đào Thị"], ["0905 123 456"], [CODE], ["DVC-1"], ["le dan"]):
        (found,) = call_json("search", *words).lines
        assert list(found) == FOUND
        assert (found["code"], found["name"], found["late"]) == (CODE, PERSON["name"], False)
        assert PERSON["id_number"] not in json.dumps(found)
    assert call_json("search", "khong co ai").lines == []


def test_show_and_act(taken_in: Any, call_json: Any) -> None:
    shown = call_json("show", KEY).one
    assert list(shown) == SHOWN
    assert list(shown["procedure"]) == ["code", "name", "field", "version"]
    assert set(shown["applicant"]) == {"kind", "name", "id_number", "birth_date", "gender", "phone", "address", "email"}
    assert set(shown["principal"]) == {"name", "address", "id_number", "phone", "email", "authority"}
    assert shown["submitter"]["name"] == "Lê Thị Dần" and shown["aliases"] == ["DVC-1"]
    assert [list(step) for step in shown["steps"]] == [STEP]
    assert all(list(paper) == ["name", "handling", "originals", "copies", "reason"] for paper in shown["papers"])
    assert shown["fee"] == {"amount": 4000, "paid": 0, "receipt": None} and shown["prints"] == []
    acted = call_json("act", CODE, "send", "--to", "Tư pháp", "--note", "gấp").one
    assert list(acted) == SHOWN and acted == call_json("show", "dvc 1").one
    assert acted["steps"][-1]["to"] == acted["holder"] == "Tư pháp"
    assert (acted["status"], acted["national_status"]) == ("processing", 4)


def test_an_act_with_everything_it_may_carry(taken_in: Any, call_json: Any) -> None:
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


def test_scan(taken_in: Any, call_json: Any) -> None:
    for text in (KEY, CODE, "dvc 1", CODE.replace("H29.12", "000.00.12.H29")):
        said = call_json("scan", text)
        assert said.status == 0
        assert said.one == {
            "kind": "dossier",
            "code": CODE,
            "key": KEY,
            "status": "received",
            "due_at": taken_in["due_at"],
        }
    card = call_json("scan", "048190004217|200000001|Đào Thị Ẫm|17051990|Nữ|Thôn Đoài|01012022").one
    assert list(card) == [
        *("kind", "id_number", "old_id_number", "name", "birth_date", "gender", "address", "issued_on", "warnings"),
    ]
    assert (card["kind"], card["birth_date"], card["gender"]) == ("citizen_card", "1990-05-17", "female")
    for text in ("6301260209000028", "6301260209000011", "0000000000000000", "https://thu.example", "xin chào", ""):
        said = call_json("scan", text)
        assert said.status == 0 and list(said.one) == ["kind", "text", "why"]
        assert said.one["kind"] == "stranger" and said.one["text"] == text and said.one["why"]


def test_print(call_json: Any, lines_file: Any, tmp_path: Path) -> None:
    call_json("intake", lines_file(intake_line(procedure="1.001193")))
    out = tmp_path / "giấy.pdf"
    said = call_json("print", "receipt", CODE, "--out", out).one
    assert said == {"file": str(out), "form": "receipt", "pages": 2, "copies": 2}
    assert out.read_bytes().startswith(b"%PDF")
    said = call_json("print", "control", CODE, "--out", out, "--copies", "3", "--paper", "A4").one
    assert (said["form"], said["copies"]) == ("control", 3)
    prints = call_json("show", CODE).one["prints"]
    assert [list(each) for each in prints] == [["form", "copy", "at", "status"]] * 5
    assert {each["status"] for each in prints} == {"printed"}
    assert not list(tmp_path.glob("*.part"))


def test_report(taken_in: Any, call_json: Any, tmp_path: Path) -> None:
    said = call_json(*REPORT, "--out", tmp_path / "06a.json").one
    assert list(said) == ["period", "rows", "total", "checks"]
    assert said["period"] == {"from": "2026-01-01", "to": "2026-03-31"} and said["checks"] == []
    assert [list(row) for row in (*said["rows"], said["total"])] == [ROW, ROW]
    assert json.loads((tmp_path / "06a.json").read_text(encoding="utf-8")) == said
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
        "code\tname\tfield\tlimit\tunit\nx\ty\tz\t\t\n9.999999\tMới\tThử\t5\tday\n2.000815\tKhác\tThử\t1\tday\n"
    )
    said = call_json("catalogue", "import", table).one
    assert (said["new"], said["changed"], said["unchanged"]) == (1, 1, 0)
    assert [list(row) for row in said["refused"]] == [["row", "reason"]] and said["refused"][0]["row"] == 2


def test_a_new_version_of_a_procedure(call_json: Any, call: Any, desk: Any) -> None:
    said = call_json("catalogue", "set", "2.000815", "fee_vnd=5000", "--from", "2027-03-01").one
    assert [(v["version"], v["standing"]) for v in said["versions"]] == [(1, "current"), (2, "coming")]
    assert call_json("catalogue", "show", "2.000815").one == said
    for word in ("fee", "x=1", "code=1.000001"):
        assert call_json("catalogue", "set", "2.000815", word).one["refused"]["code"] == "unknown_choice"
    later = call_json("catalogue", "set", "2.000815", "limit=1", "unit=working_day", "--from", "2027-04-01").one
    assert later["versions"][-1]["cells"]["fee_vnd"] == "5000"  # goes on from what holds on that day
    words = call("--data", desk.folder, "--now", "2026-02-09T10:00", "catalogue", "show", "2.000815").out
    assert "sắp áp dụng" in words and max(map(len, words.splitlines())) <= 100


def test_sync(taken_in: Any, call_json: Any, tmp_path: Path) -> None:
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


def test_check(taken_in: Any, call_json: Any, desk: Any) -> None:
    assert call_json("check").one == {"ok": True, "findings": []}
    desk.tamper("UPDATE dossier SET holder = 'x'")
    said = call_json("check")
    assert said.status == 0 and said.one["ok"] is False
    assert [list(finding) for finding in said.one["findings"]] == [["code", "message"]]


def test_init(call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml = tmp_path / "office.toml"
    toml.write_text(OFFICE, encoding="utf-8")
    said = call("init", toml, "--training", "--json", "--data", tmp_path / "a", "--now", "2026-02-09T08:00")
    assert said.one == {
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
def in_words(call: Any, desk: Any, lines_file: Any) -> Any:
    name = "Nguyễn Đặng Hoàng Phương Thảo Nguyên Công Tằng Tôn Nữ " * 3
    applicant = person(name.strip(), address="Thôn Đoài " * 30)
    then = ("--data", desk.folder, "--now", "2026-02-09T10:00")
    call(*then, "intake", lines_file(intake_line(applicant=applicant, term={"limit": 1, "unit": "day"})))
    call(*then, "act", CODE, "send", "--to", "Tổ công tác " * 9, "--note", "gấp " * 90)
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
def test_in_words_it_is_vietnamese_within_a_hundred_columns(in_words: Any, words: list[str]) -> None:
    said = in_words(*words)
    assert said.status == 0 and said.err == ""
    assert said.out.strip() and not said.out.lstrip().startswith(("{", "["))
    assert max(map(len, said.out.splitlines())) <= 100
    for english in ("usage", "positional", "options", "show this", "None", "True", "False"):
        assert english not in said.out


def test_a_code_is_never_cut(in_words: Any) -> None:
    assert CODE in in_words("search", "nguyen").out and "quá hạn" in in_words("search", "nguyen").out


def test_a_code_or_a_path_is_never_parted_at_the_end_of_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    for before in range(0, 140, 2):
        for say_it in (print_line, warn):
            say_it("ô " * (before // 2) + CODE + " /o-dia/thu-muc/tep-don.pdf")
    said = capsys.readouterr()
    for text in (said.out, said.err):
        assert text.count(CODE) == text.count("/o-dia/thu-muc/tep-don.pdf") == 70
        assert max(map(len, text.splitlines())) <= 100


def test_a_path_longer_than_a_line_can_be_copied(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/o-dia" + "/thu-muc" * 20 + "/tep.toml"
    warn(f"Không mở được tệp «{path}». Kiểm tra lại đường dẫn.")
    assert f"«{path}»." in capsys.readouterr().err


def test_a_void_code_leads_to_the_new_dossier_with_a_warning_and_both_name_each_other(
    call: Any, call_json: Any, lines_file: Any, desk: Any
) -> None:
    old = call_json("intake", lines_file(intake_line())).one["code"]
    call_json("act", old, "void", "--note", "Nhầm")
    new = call_json("intake", lines_file(intake_line(replaces=old))).one["code"]
    found = call_json("scan", old)
    assert list(found.one) == ["kind", "code", "key", "status", "due_at"] and found.one["code"] == new
    assert old in found.err
    told = ("--data", desk.folder, "--now", "2026-02-09T10:00")
    shown = {code: " ".join(call(*told, "show", code).out.split()) for code in (old, new)}
    assert f"Đã cấp thay bằng {new}" in shown[old] and f"Cấp thay cho {old}" in shown[new]


def test_a_changed_day_comes_with_words_ready_for_whoever_it_touches(
    call: Any, call_json: Any, lines_file: Any, desk: Any
) -> None:
    code = call_json("intake", lines_file(intake_line())).one["code"]
    said = call("--data", desk.folder, "--now", "2026-02-09T10:00", "calendar", "add", "2026-02-12", "off")
    assert said.status == 0 and max(map(len, said.out.splitlines())) <= 100
    told = " ".join(said.out.split())
    assert f"Lịch làm việc thay đổi: hồ sơ {code} hẹn " in told
    assert "0905 123 456" in told
