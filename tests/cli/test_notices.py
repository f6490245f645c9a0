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
def three(at_the_desk: Call, desk: Desk) -> list[str]:
    """Three dossiers whose people wait for a word."""
    assert at_the_desk("notices", "on").one == {"wanted": True, "waiting": 0}
    return [desk.take_in(applicant={**PERSON, "phone": f"090512345{n}"}).code for n in range(3)]


@pytest.fixture
def modem() -> Iterator[PtyModem]:
    made = PtyModem()
    yield made
    made.close()


def numbers(at_the_desk: Call) -> list[str]:
    return [line["phone"] for line in at_the_desk("notices", "list", "--waiting").lines]


def test_all_that_waits_goes_once(at_the_desk: Call, three: list[str], modem: PtyModem) -> None:
    told = at_the_desk("notices", "send", "--port", modem.port)
    assert (told.status, told.one) == (0, {"sent": 3, "refused": 0, "waiting": 0, "trouble": None})
    assert [number for number, _ in modem.sent] == ["0905123450", "0905123451", "0905123452"]
    assert all(code in text for code, (_, text) in zip(three, modem.sent, strict=True))
    assert at_the_desk("notices", "send", "--port", modem.port).one["sent"] == 0
    assert len(modem.sent) == 3


def test_a_refused_one_waits_and_the_others_go(at_the_desk: Call, three: list[str], modem: PtyModem) -> None:
    modem.network = ["OK", "+CMS ERROR: 38"]
    assert at_the_desk("notices", "send", "--port", modem.port).one["refused"] == 1
    assert numbers(at_the_desk) == ["0905123451"]


@pytest.mark.parametrize(("answer", "way"), [("silent", "unsure"), ("unplug", "unsure")])
def test_what_a_lost_modem_did_not_send_waits(
    at_the_desk: Call, three: list[str], modem: PtyModem, answer: str, way: str
) -> None:
    modem.network = ["OK", answer]
    told = at_the_desk("notices", "send", "--port", modem.port, "--patience", "1")
    assert told.status == 3
    assert (told.one["sent"], told.one["waiting"]) == (1, 2)
    assert numbers(at_the_desk) == ["0905123451", "0905123452"]
    assert at_the_desk("notices", "list", "--waiting").lines[0]["way"] == way


def test_one_dropped_while_others_go_is_not_sent(
    at_the_desk: Call, desk: Desk, three: list[str], modem: PtyModem
) -> None:
    modem.on_message = lambda: desk.office.write(set_opt_out, SetOptOut("0905123452", True))
    told = at_the_desk("notices", "send", "--port", modem.port).one
    assert (told["sent"], told["waiting"]) == (2, 0)
    assert [number for number, _ in modem.sent] == ["0905123450", "0905123451"]


def test_no_modem_at_all(at_the_desk: Call, three: list[str]) -> None:
    told = at_the_desk("notices", "send", "--port", "/dev/no-such-modem")
    assert (told.status, told.one["trouble"]) == (3, "port")
    assert len(numbers(at_the_desk)) == 3


def test_a_file_takes_them_for_another_program(at_the_desk: Call, three: list[str], tmp_path: Path) -> None:
    assert at_the_desk("notices", "export", tmp_path / "no" / "tin.csv").status == 1
    assert len(numbers(at_the_desk)) == 3
    file = tmp_path / "tin.csv"
    assert at_the_desk("notices", "export", file).one["handed_over"] == 3
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["Mã hồ sơ"] for row in rows] == three
    assert numbers(at_the_desk) == []
    assert {line["status"] for line in at_the_desk("notices", "list").lines} == {"sent"}


def test_a_citizen_says_no_and_yes(at_the_desk: Call, three: list[str]) -> None:
    assert at_the_desk("notices", "stop", "0905 123 451").one == {"phone": "0905123451", "wanted": False}
    assert numbers(at_the_desk) == ["0905123450", "0905123452"]
    assert at_the_desk("notices", "allow", "0905123451").one["wanted"] is True
    assert at_the_desk("notices", "stop", "x").one["refused"]["code"] == "not_a_mobile"
