"""The command `law`."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.sync.law_package import read_law_package
from tests.cli.conftest import Call
from tests.usecases.law.samples import CALENDAR, CATALOGUE, RELIEF

LAW_TOML = """\
id = "thu-cli"
title = "Thay đổi thử"
issuer = "UBND tỉnh Thử"
decision = "NQ 1/2026"
valid_from = 2026-02-10
catalogue = "thu-tuc.tsv"
calendar = "lich.csv"

[[rule]]
kind = "fee_relief"
key = "mien-thu"
value = { name = "Miễn thử", percent = 50, procedures = ["2.000815"] }
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    folder = tmp_path / "goi"
    folder.mkdir()
    (folder / "law.toml").write_text(LAW_TOML, encoding="utf-8")
    (folder / "thu-tuc.tsv").write_text(CATALOGUE, encoding="utf-8")
    (folder / "lich.csv").write_text(CALENDAR, encoding="utf-8")
    return folder


@pytest.fixture
def key(call_json: Call, tmp_path: Path) -> dict[str, Any]:
    return dict(call_json("law", "key", "--out", tmp_path / "khoa").one)


def build(call_json: Call, draft: Path, key: dict[str, Any]) -> Any:
    return call_json("law", "new", "--from", draft, "--key", key["file"], "--out", draft.parent / "goi.mclaw")


@pytest.mark.parametrize("first", ["10/2/2026", "10.2.26", "10022026"])
def test_days_of_a_package_in_any_spelling(call_json: Call, draft: Path, key: dict[str, Any], first: str) -> None:
    rule = 'percent = 50, valid_to = "31/12/2026", '
    text = LAW_TOML.replace("2026-02-10", f'"{first}"').replace("percent = 50, ", rule)
    (draft / "law.toml").write_text(text, encoding="utf-8")
    package = read_law_package(Path(build(call_json, draft, key).one["file"]).read_bytes())
    assert package.header.valid_from == "2026-02-10"
    assert json.loads(package.content)["rules"][0]["value"]["valid_to"] == "2026-12-31"


@pytest.mark.parametrize("first", ["30/2/2026", "2026", "2/2026", "hôm nay"])
def test_first_day_that_is_no_day_is_refused_with_an_example(
    call_json: Call, draft: Path, key: dict[str, Any], first: str
) -> None:
    (draft / "law.toml").write_text(LAW_TOML.replace("2026-02-10", f'"{first}"'), encoding="utf-8")
    refused = build(call_json, draft, key).one["refused"]
    assert refused["code"] == "day_shape" and first in refused["message"] and "12/02/2026" in refused["message"]


def test_package_is_built_shown_applied_listed_and_reverted(
    call_json: Call, draft: Path, key: dict[str, Any], desk: Any
) -> None:
    built = build(call_json, draft, key).one
    file = Path(built["file"])
    assert (built["id"], built["fingerprint"]) == ("thu-cli", key["fingerprint"])
    assert read_law_package(file.read_bytes()).public_key.hex() == key["public_key"]
    unknown = call_json("law", "show", file)
    assert (unknown.status, unknown.one["refused"]["code"]) == (1, "law_issuer_unknown")
    assert key["fingerprint"] in unknown.one["refused"]["message"]
    shown = call_json("law", "show", file, "--fingerprint", key["fingerprint"]).one
    assert list(shown) == ["id", "title", "issuer", "decision", "valid_from", "changes", "touched"]
    assert shown["changes"][0] == {"kind": "fee_relief", "key": "mien-thu", "old": None, "new": RELIEF["value"]}
    applied = call_json("law", "apply", file, "--fingerprint", key["fingerprint"]).one
    assert {**applied, "applied_at": None} == {**shown, "applied_at": None}
    line = {"id": "thu-cli", "title": "Thay đổi thử", "valid_from": "2026-02-10"}
    listed = [each for each in call_json("law", "list").lines if each["id"] == "thu-cli"]
    assert [{**each, "state": ""} for each in listed] == [{**line, "state": ""}]
    assert call_json("law", "apply", file).one["applied_at"] == applied["applied_at"]
    assert call_json("law", "revert", "thu-cli", "--note", "nhầm").one == {**line, "state": "reverted"}
    assert call_json("law", "revert", "thu-cli", "--note", "nhầm").one["refused"]["code"] == "law_not_in_force"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id = ", "ids = ", "law_toml_key"),
        ('id = "thu-cli"', "", "law_toml_missing"),
        ('id = "thu-cli"', 'id = "thử"', "law_toml_key"),
        ("valid_from = 2026-02-10", "valid_from = 2026-02-30", "law_toml"),
        ('"thu-tuc.tsv"', '"../thu-tuc.tsv"', "law_table_missing"),
        ('"thu-tuc.tsv"', '"khong-co.tsv"', "law_table_missing"),
        ('"lich.csv"', '"thu-tuc.tsv"', "calendar_columns"),
        ("percent = 50", "percent = 500", "law_rule"),
        ("percent = 50", "percent = nan", "law_toml_key"),
        ("percent = 50", "percent = -inf", "law_toml_key"),
        ("percent = 50", "percent = 07:30:00", "law_toml_key"),
        ("percent = 50", f"percent = {'[' * 5000}", "law_toml"),
        ('"fee_relief"', '"fee_of_2040"', "law_kind_newer"),
    ],
)
def test_wrong_drafts_are_refused_in_words(
    call_json: Call, draft: Path, key: dict[str, Any], old: str, new: str, code: str
) -> None:
    (draft / "law.toml").write_text(LAW_TOML.replace(old, new), encoding="utf-8")
    result = build(call_json, draft, key)
    assert (result.status, result.one["refused"]["code"]) == (1, code)
    assert not (draft.parent / "goi.mclaw").exists()


def test_same_folder_gives_the_same_bytes(call_json: Call, draft: Path, key: dict[str, Any]) -> None:
    (draft / "law.toml").write_text("made_at = 2026-02-01T08:00:00\n" + LAW_TOML, encoding="utf-8")
    files = [Path(build(call_json, draft, key).one["file"]).read_bytes() for _ in range(2)]
    assert files[0] == files[1]


def test_keys_are_never_overwritten(call_json: Call, draft: Path, key: dict[str, Any], tmp_path: Path) -> None:
    content = Path(key["file"]).read_bytes()
    assert call_json("law", "key", "--out", key["file"]).one["refused"]["code"] == "law_key_exists"
    assert Path(key["file"]).read_bytes() == content
    (tmp_path / "sai").write_text(json.dumps(key), encoding="utf-8")
    assert build(call_json, draft, {"file": tmp_path / "sai"}).one["refused"]["code"] == "law_key_file"


def test_missing_file_is_refused(call_json: Call, tmp_path: Path) -> None:
    assert call_json("law", "show", tmp_path / "khong-co.mclaw").one["refused"]["code"] == "file_missing"
    assert call_json("law", "show", "khong-co").one["refused"]["code"] == "file_missing"


def test_rule_of_the_program_that_is_left_out_is_named(call_json: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.commands.law.unusable_shipped_rules", lambda: ("court k",))
    result = call_json("law", "list")
    assert result.status == 0 and "«court k»" in " ".join(result.err.split())
