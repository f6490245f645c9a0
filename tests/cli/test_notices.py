"""The outbox of notices from the terminal, with a modem on a real terminal line."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.usecases.sms.outbox import SetOptOut, set_opt_out
from tests.cli.conftest import Call
from tests.support.offices import PERSON, Desk
from tests.support.pty_modem import PtyModem

pytestmark = pytest.mark.posix


@pytest.fixture
def three(call_json: Call, desk: Desk) -> list[str]:
    """Three dossiers whose people wait for a word."""
    assert call_json("notices", "on").one == {"wanted": True, "waiting": 0}
    return [desk.take_in(applicant={**PERSON, "phone": f"090512345{n}"}).code for n in range(3)]


@pytest.fixture
def modem() -> Iterator[PtyModem]:
    made = PtyModem()
    yield made
    made.close()


def numbers(call_json: Call) -> list[str]:
    return [line["phone"] for line in call_json("notices", "list", "--waiting").lines]


def test_all_that_waits_goes_once(call_json: Call, three: list[str], modem: PtyModem) -> None:
    told = call_json("notices", "send", "--port", modem.port)
    assert (told.status, told.one) == (0, {"sent": 3, "refused": 0, "waiting": 0, "trouble": None})
    assert [number for number, _ in modem.sent] == ["0905123450", "0905123451", "0905123452"]
    assert all(code in text for code, (_, text) in zip(three, modem.sent, strict=True))
    assert call_json("notices", "send", "--port", modem.port).one["sent"] == 0
    assert len(modem.sent) == 3


def test_a_refused_one_waits_and_the_others_go(call_json: Call, three: list[str], modem: PtyModem) -> None:
    modem.network = ["OK", "+CMS ERROR: 38"]
    assert call_json("notices", "send", "--port", modem.port).one["refused"] == 1
    assert numbers(call_json) == ["0905123451"]


@pytest.mark.parametrize(("answer", "way"), [("silent", "unsure"), ("unplug", "unsure")])
def test_what_a_lost_modem_did_not_send_waits(
    call_json: Call, three: list[str], modem: PtyModem, answer: str, way: str
) -> None:
    modem.network = ["OK", answer]
    told = call_json("notices", "send", "--port", modem.port, "--patience", "1")
    assert told.status == 3
    assert (told.one["sent"], told.one["waiting"]) == (1, 2)
    assert numbers(call_json) == ["0905123451", "0905123452"]
    assert call_json("notices", "list", "--waiting").lines[0]["way"] == way


def test_one_dropped_while_others_go_is_not_sent(
    call_json: Call, desk: Desk, three: list[str], modem: PtyModem
) -> None:
    modem.on_message = lambda: desk.office.write(set_opt_out, SetOptOut("0905123452", True))
    told = call_json("notices", "send", "--port", modem.port).one
    assert (told["sent"], told["waiting"]) == (2, 0)
    assert [number for number, _ in modem.sent] == ["0905123450", "0905123451"]


def test_no_modem_at_all(call_json: Call, three: list[str]) -> None:
    told = call_json("notices", "send", "--port", "/dev/no-such-modem")
    assert (told.status, told.one["trouble"]) == (3, "port")
    assert len(numbers(call_json)) == 3


def test_a_file_takes_them_for_another_program(call_json: Call, three: list[str], tmp_path: Path) -> None:
    assert call_json("notices", "export", tmp_path / "no" / "tin.csv").status == 1
    assert len(numbers(call_json)) == 3
    file = tmp_path / "tin.csv"
    assert call_json("notices", "export", file).one["handed_over"] == 3
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["Mã hồ sơ"] for row in rows] == three
    assert numbers(call_json) == []
    assert {line["status"] for line in call_json("notices", "list").lines} == {"sent"}


def test_a_citizen_says_no_and_yes(call_json: Call, three: list[str]) -> None:
    assert call_json("notices", "stop", "0905 123 451").one == {"phone": "0905123451", "wanted": False}
    assert numbers(call_json) == ["0905123450", "0905123452"]
    assert call_json("notices", "allow", "0905123451").one["wanted"] is True
    assert call_json("notices", "stop", "x").one["refused"]["code"] == "not_a_mobile"
