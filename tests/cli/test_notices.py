"""Command `notices` with a modem on a pseudo terminal."""

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
def waiting_codes(call_json: Call, desk: Desk) -> list[str]:
    """Codes of three dossiers with a waiting message each."""
    assert call_json("notices", "on").one == {"wanted": True, "waiting": 0}
    return [desk.take_in(applicant={**PERSON, "phone": f"090512345{n}"}).code for n in range(3)]


@pytest.fixture
def modem() -> Iterator[PtyModem]:
    modem = PtyModem()
    yield modem
    modem.close()


def numbers(call_json: Call) -> list[str]:
    return [line["phone"] for line in call_json("notices", "list", "--waiting").lines]


def test_send_sends_each_waiting_message_once(call_json: Call, waiting_codes: list[str], modem: PtyModem) -> None:
    result = call_json("notices", "send", "--port", modem.port)
    assert (result.status, result.one) == (0, {"sent": 3, "refused": 0, "waiting": 0, "trouble": None})
    assert [number for number, _ in modem.sent] == ["0905123450", "0905123451", "0905123452"]
    assert all(code in text for code, (_, text) in zip(waiting_codes, modem.sent, strict=True))
    assert call_json("notices", "send", "--port", modem.port).one["sent"] == 0
    assert len(modem.sent) == 3


def test_message_to_rejected_number_stays_waiting(call_json: Call, waiting_codes: list[str], modem: PtyModem) -> None:
    modem.network = ["OK", "+CMS ERROR: 28"]
    assert call_json("notices", "send", "--port", modem.port).one["refused"] == 1
    assert numbers(call_json) == ["0905123451"]


@pytest.mark.parametrize(("answer", "way"), [("silent", "unsure"), ("unplug", "unsure")])
def test_messages_stay_waiting_after_modem_failure(
    call_json: Call, waiting_codes: list[str], modem: PtyModem, answer: str, way: str
) -> None:
    modem.network = ["OK", answer]
    result = call_json("notices", "send", "--port", modem.port, "--patience", "1")
    assert result.status == 3
    assert (result.one["sent"], result.one["waiting"]) == (1, 2)
    assert numbers(call_json) == ["0905123451", "0905123452"]
    assert call_json("notices", "list", "--waiting").lines[0]["way"] == way


@pytest.mark.parametrize(
    ("answer", "reason", "words"),
    [
        ("+CMS ERROR: 331", "no_service", "không có sóng"),
        ("+CMS ERROR: 42", "congestion", "Mạng đang bận"),
        ("+CMS ERROR: 50", "credit", "hết tiền"),
        ("+CMS ERROR: 311", "sim_locked", "mã PIN"),
    ],
)
def test_network_failure_ends_the_round(
    call_json: Call, waiting_codes: list[str], modem: PtyModem, answer: str, reason: str, words: str
) -> None:
    modem.network = ["OK", answer]
    result = call_json("notices", "send", "--port", modem.port)
    assert result.status == 3 and words in result.err
    assert result.one == {"sent": 1, "refused": 0, "waiting": 2, "trouble": reason}
    (line, _) = call_json("notices", "list", "--waiting").lines
    assert (line["way"], line["tries"]) == (reason, 0)


def test_opt_out_during_sending_is_respected(
    call_json: Call, desk: Desk, waiting_codes: list[str], modem: PtyModem
) -> None:
    modem.on_message = lambda: desk.office.write(set_opt_out, SetOptOut("0905123452", True))
    result = call_json("notices", "send", "--port", modem.port).one
    assert (result["sent"], result["waiting"]) == (2, 0)
    assert [number for number, _ in modem.sent] == ["0905123450", "0905123451"]


def test_send_without_modem_fails(call_json: Call, waiting_codes: list[str]) -> None:
    result = call_json("notices", "send", "--port", "/dev/no-such-modem")
    assert (result.status, result.one["trouble"]) == (3, "port")
    assert len(numbers(call_json)) == 3


def test_export_marks_messages_as_sent(call_json: Call, waiting_codes: list[str], tmp_path: Path) -> None:
    assert call_json("notices", "export", tmp_path / "no" / "tin.csv").status == 1
    assert len(numbers(call_json)) == 3
    file = tmp_path / "tin.csv"
    assert call_json("notices", "export", file).one["handed_over"] == 3
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["Mã hồ sơ"] for row in rows] == waiting_codes
    assert numbers(call_json) == []
    assert {line["status"] for line in call_json("notices", "list").lines} == {"sent"}


def test_stop_and_allow_set_opt_out(call_json: Call, waiting_codes: list[str]) -> None:
    assert call_json("notices", "stop", "0905 123 451").one == {"phone": "0905123451", "wanted": False}
    assert numbers(call_json) == ["0905123450", "0905123452"]
    assert call_json("notices", "allow", "0905123451").one["wanted"] is True
    assert call_json("notices", "stop", "x").one["refused"]["code"] == "not_a_mobile"
