"""Commands of administration and reports."""

import io
import json
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hub.bootstrap import clock
from hub.cli.request import Environment
from hub.cli.run import run
from tests.hub.test_ingest import enrolled, take
from tests.support.postgres_server import Hub
from tests.support.sync_senders import Sender

PERIOD = ("--from", "2026-02-01", "--to", "2026-02-28")


def test_accounts_of_the_pages(hub: Hub) -> None:
    assert hub.run("users", "list") == [{"name": "admin", "role": "administrator", "active": True}]
    assert hub.run("users", "add", "Đào Thị Ẫm", "--role", "registrar")[0]["role"] == "registrar"
    assert hub.refused("users", "add", "Đào Thị Ẫm") == "user_exists"
    assert hub.refused("users", "add", "") == "user_name"
    assert hub.refused("users", "reset", "Không Có") == "user_unknown"
    assert hub.refused("users", "disable", "admin") == "user_last"
    assert hub.run("users", "reset", "Đào Thị Ẫm", "--role", "administrator")[0]["role"] == "administrator"
    assert hub.run("users", "disable", "admin") == [{"name": "admin", "role": "administrator", "active": False}]
    assert hub.refused("users", "add", "x", HUB_PASSWORD="ngắn") == "password_short"
    assert hub.refused("users", "add", "x", HUB_PASSWORD="") == "password_missing"


def test_card_is_read_by_an_office(hub: Hub, tmp_path: Path) -> None:
    file = tmp_path / "card.toml"
    hub.run("card", "--out", file, "--address", "https://nhan.example.vn/")
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {
        "sync_address": "https://nhan.example.vn",
        "receiver_key": hub.keys.receiver_key,
        "receiver_signs": hub.keys.receiver_signs,
    }
    for address in ("http://nhan.example.vn", "nhan.example.vn", "ftp://x", "https://", "https://x:y"):
        assert hub.refused("card", "--out", file, "--address", address) == "address"
    assert hub.refused("card", "--out", tmp_path / "no" / "x", "--address", "https://x") == "file_unwritable"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "thiếu COMMAND"),
        (("burn",), "COMMAND: không có 'burn'; chọn một trong"),
        (("enrol",), "thiếu PUBLIC_KEY, --agency"),
        (("card", "--out"), "--out: thiếu giá trị"),
        (("report", "06a", "--o", "y"), "--o có thể là --on, --out"),
        (("senders", "x"), "không hiểu «x»"),
        (("serve", "--port", "cửa"), "--port: 'cửa' không phải số nguyên"),
        (("settle", "x", "--keep", "known", "--note", "x"), "FORK: 'x' không phải số nguyên"),
        (("report", "07b"), "name: không có '07b'"),
        (("ingest",), "thiếu FILE"),
        (("senders", "--json=1"), "--json không nhận giá trị '1'"),
    ],
)
def test_wrong_call_is_explained_in_vietnamese(
    words: tuple[str, ...], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No database is opened for it."""
    with pytest.raises(SystemExit) as ended:
        run(words, Environment({}, clock))
    output = capsys.readouterr()
    assert ended.value.code == 2 and not output.out
    assert output.err.startswith("Sai cách dùng: ") and reason in output.err and "--help" in output.err


def test_help_of_the_receiver_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(("report", "--help"), Environment({}, clock))
    text = capsys.readouterr().out
    assert ended.value.code == 0 and text.startswith("Cách dùng: ")
    assert "usage" not in text and "options" not in text and "show this" not in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("enrol", "12ab", "--agency", "H29.12"), "public_key"),
        (("enrol", "ab" * 32, "--agency", "Xã Thử"), "agency_code"),
        (("block", "ab" * 32, "--note", "x"), "sender_unknown"),
        (("block", "ab" * 32, "--note", " "), "note_empty"),
        (("report", "06a"), "period_missing"),
        (("report", "06a", "--from", "2026-02-02", "--to", "2026-02-01"), "period_reversed"),
        (("report", "06a", "--from", "x", "--to", "2026-02-01"), "instant"),
        (("report", "06a", *PERIOD, "--out", "x.pdf"), "out_type"),
        (("publish", "notice", "no-such-file", "--title", "x"), "file_unreadable"),
        (("forward", "--to", "http://example.vn"), "address"),
    ],
)
def test_bad_arguments_are_refused(hub: Hub, arguments: tuple[str, ...], code: str) -> None:
    assert hub.refused(*arguments) == code


def test_package_without_a_title_is_refused(hub: Hub, tmp_path: Path) -> None:
    content = tmp_path / "notice.txt"
    content.write_text("Nghỉ lễ", encoding="utf-8")
    assert hub.refused("publish", "notice", content, "--title", "") == "package_title"
    assert hub.refused("publish", "notice", content, "--title", "a\nb") == "package_title"
    assert hub.refused("publish", "notice", content, "--title", "x", "--valid-from", "mai") == "package_day"
    assert hub.run("publish", "notice", content, "--title", "x")[0]["number"] == 1


def test_report_by_field_and_by_agency(hub: Hub, tmp_path: Path) -> None:
    for number in (1, 2):
        sender = enrolled(hub, Sender(number=number, agency=f"H29.{number}"))
        for serial in range(1, 4 + number):
            code = sender.take_in(serial)
        sender.progress(code, "finished")
        take(hub, tmp_path, sender.file())
    by_field = hub.run("report", "06a", *PERIOD)[0]
    assert (by_field["total"]["received"], by_field["total"]["resolved_early"], by_field["checks"]) == (9, 2, [])
    by_agency = hub.run("report", "06a", *PERIOD, "--by", "agency")[0]
    assert [(row["field"], row["agency_code"], row["received"]) for row in by_agency["rows"]] == [
        ("H29.1", "H29.1", 4),
        ("H29.2", "H29.2", 5),
    ]
    assert by_agency["total"] == by_field["total"]
    assert hub.run("report", "06a", *PERIOD, "--agency", "H29.1")[0]["total"]["received"] == 4
    assert hub.run("report", "06a", "--preset", "month", "--on", "2026-02-02")[0]["period"]["from"] == "2026-01-15"
    files = [tmp_path / f"06a.{suffix}" for suffix in ("json", "xlsx")]
    for file in files:
        hub.run("report", "06a", *PERIOD, "--out", file)
    assert json.loads(files[0].read_text(encoding="utf-8")) == by_field
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(files[1].read_bytes())).namelist()


def test_workbook_names_its_agencies_and_its_last_columns(hub: Hub, tmp_path: Path) -> None:
    for code, name in (("H29.1", "=UBND xã Đông Đức"), ("H29.2", "")):
        sender = Sender(number=int(code[-1]), agency=code)
        hub.run("enrol", sender.public_key, "--agency", code, *(("--name", name) if name else ()))
        sender.take_in(1)
        take(hub, tmp_path, sender.file())
    texts = {}
    for by in ("agency", "field"):
        file = tmp_path / f"{by}.xlsx"
        hub.run("report", "06a", *PERIOD, "--by", by, "--out", file)
        texts[by] = zipfile.ZipFile(io.BytesIO(file.read_bytes())).read("xl/sharedStrings.xml").decode()
        assert "cột (7) và (9)" in texts[by]
    assert "<t>H29.1 · =UBND xã Đông Đức</t>" in texts["agency"]
    assert "<t>H29.2" in texts["agency"] and "H29" not in texts["field"]


def test_two_communes_merged_into_one_count_once_each(hub: Hub, tmp_path: Path) -> None:
    senders = [enrolled(hub, Sender(number=number, agency=f"H29.{number}")) for number in (1, 2)]
    for sender in senders:
        sender.take_in(1)
        take(hub, tmp_path, sender.file())
        sender.restore(1)
        sender.agency = "H29.90"
        enrolled(hub, sender)
        assert take(hub, tmp_path, sender.file())["already"] == 1
    table = hub.run("report", "06a", *PERIOD, "--by", "agency")[0]
    assert [(row["field"], row["received"]) for row in table["rows"]] == [("H29.90", 2)]


def test_office_restored_twice_loses_and_doubles_nothing(hub: Hub, tmp_path: Path) -> None:
    sender = enrolled(hub, Sender())
    codes = [sender.take_in(serial) for serial in (1, 2, 3)]
    take(hub, tmp_path, sender.file())
    for _ in range(2):
        sender.restore(2)
        assert take(hub, tmp_path, sender.file())["already"] == 2
    assert [row["code"] for row in hub.run("report", "lost")] == [codes[2]]
    assert hub.rows("SELECT count(*), count(DISTINCT id) FROM record") == [(3, 3)]


def test_pretended_time_is_for_training(make_hub: Any) -> None:
    instant = "2026-03-01T08:00"
    assert make_hub().run("--now", instant, "report", "lag") == []
    real = make_hub(training=False)
    assert real.run("report", "lag", "--now", instant) == []
    assert real.refused("report", "06a", *PERIOD, "--now", instant) == "now_training"
