"""Five invented changes of law, each taken over by its file alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.support.offices import intake_line

ON_THE_DAY, BEFORE, AFTER = "2026-06-01T09:00", "2026-05-29T09:00", "2026-06-02T09:00"
HEAD = """\
id = "{id}"
title = "Luật thử {id}"
issuer = "UBND tỉnh Thử"
decision = "NQ 5/2026"
valid_from = 2026-06-01
"""
CHANGES: dict[str, dict[str, str]] = {
    "ma-so": {
        "law.toml": 'rule = [{ kind = "code_pattern", key = "office",'
        ' value = { template = "{agency}-{YYYYMMDD}-{serial:7}" } }]\n'
    },
    "phi-kenh": {
        "law.toml": 'catalogue = "t.tsv"\n',
        "t.tsv": "code\tfee_vnd\tchannel_fees\n2.000815\t6000\tonline:1000\n",
    },
    "mien-ngheo": {
        "law.toml": 'rule = [{ kind = "fee_relief", key = "x", value = { name = "Miễn thử", percent = 100,'
        ' procedures = ["2.000815"], valid_to = "2026-06-01" } }]\n'
    },
    "thoi-han": {"law.toml": 'catalogue = "t.tsv"\n', "t.tsv": "code\tlimit\tunit\n2.000815\t7\tworking_day\n"},
    "bien-lai": {
        "law.toml": 'rule = [{ kind = "fee_receipt", key = "paper", value = { form = "electronic" } }]\n',
    },
}


@pytest.fixture
def take_over(call_json: Call, tmp_path: Path) -> Callable[[str], dict[str, Any]]:
    """Build the package of a change and apply it as a person would."""

    def apply(name: str) -> dict[str, Any]:
        folder, key, file = tmp_path / name, tmp_path / f"{name}.key", tmp_path / f"{name}.mclaw"
        folder.mkdir()
        for each, text in CHANGES[name].items():
            head = HEAD.format(id=name) if each == "law.toml" else ""
            (folder / each).write_text(head + text, encoding="utf-8")
        fingerprint = call_json("law", "key", "--out", key).one["fingerprint"]
        assert call_json("law", "new", "--from", folder, "--key", key, "--out", file).status == 0
        shown = call_json("law", "show", file, "--fingerprint", fingerprint).one
        applied = call_json("law", "apply", file, "--fingerprint", fingerprint).one
        assert shown["changes"] == applied["changes"] and len(shown["changes"]) == 1
        return dict(applied)

    return apply


@pytest.fixture
def take_in(call_json: Call, lines_file: Callable[..., Path]) -> Callable[..., dict[str, Any]]:
    def accept(now: str, **overrides: Any) -> dict[str, Any]:
        line = {name: value for name, value in intake_line(**overrides).items() if value is not None}
        return dict(call_json("intake", lines_file(line), now=now).one)

    return accept


def test_code_pattern(take_over: Any, take_in: Any, call_json: Call) -> None:
    take_over("ma-so")
    codes = [take_in(now)["code"] for now in (BEFORE, ON_THE_DAY)]
    assert codes == ["H29.12-260529-0001", "H29.12-20260601-0000001"]
    assert [call_json("show", code, now=AFTER).one["code"] for code in codes] == codes


def test_fee_by_channel(take_over: Any, take_in: Any, call_json: Call) -> None:
    old = take_in(BEFORE)
    assert take_over("phi-kenh")["touched"] == [old["code"]]
    fees = [take_in(now, channel=channel)["fee"] for now in (BEFORE, ON_THE_DAY) for channel in ("direct", "online")]
    assert fees == [2000, 2000, 6000, 1000]
    assert call_json("show", old["code"], now=AFTER).one["fee"]["amount"] == 2000


def test_waiver_with_a_last_day(take_over: Any, take_in: Any) -> None:
    take_over("mien-ngheo")
    assert [take_in(now)["fee"] for now in (BEFORE, ON_THE_DAY, AFTER)] == [2000, 0, 2000]


def test_term(take_over: Any, take_in: Any, call_json: Call) -> None:
    old = take_in(BEFORE, term=None)
    take_over("thoi-han")
    new = take_in(ON_THE_DAY, term=None)
    assert (old["due_at"][:10], new["due_at"][:10]) == ("2026-05-29", "2026-06-10")
    assert call_json("show", old["code"], now=AFTER).one["due_at"] == old["due_at"]


def test_receipts(take_over: Any, take_in: Any, call_json: Call) -> None:
    code = take_in(BEFORE)["code"]
    take_over("bien-lai")
    pay = ("act", code, "pay", "--amount", 2000, "--receipt")
    refused = call_json(*pay, "sổ 3 số 5", now=ON_THE_DAY)
    assert refused.one["refused"]["code"] == "receipt_number_shape"
    assert call_json(*pay, "1C26TTA/7", now=ON_THE_DAY).one["fee"]["receipt"] == "1C26TTA/7"


def test_change_leaves_no_trace_after_it_is_taken_back(take_over: Any, take_in: Any, call_json: Call) -> None:
    for name in CHANGES:
        take_over(name)
    for name in CHANGES:
        assert call_json("law", "revert", name, "--note", "thử").one["state"] == "reverted"
    taken = take_in(ON_THE_DAY, term=None)
    assert (taken["code"], taken["fee"], taken["due_at"][:10]) == ("H29.12-260601-0001", 2000, "2026-06-01")
