"""AT commands against a simulated modem on a pseudo-terminal."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.phone.errors import MessageRejected, ModemUnavailable
from app.phone.modem import Modem
from tests.support.pty_modem import PtyModem

pytestmark = pytest.mark.posix
TEXT = "UBND xa Thu Nghiem: Ho so H29.12-260209-0001 da co ket qua."


@pytest.fixture
def plug_modem() -> Iterator[Callable[..., PtyModem]]:
    """Create modems that are closed after the test."""
    modems: list[PtyModem] = []

    def plug_in(*network: str, **options: Any) -> PtyModem:
        modems.append(PtyModem(*network, **options))
        return modems[-1]

    yield plug_in
    for each in modems:
        each.close()


def test_message_is_sent_unchanged(plug_modem: Callable[..., PtyModem]) -> None:
    line = plug_modem()
    with Modem(line.port) as modem:
        modem.send("0905123456", TEXT)
        modem.send("+84905123457", "x" * 160)
    assert line.sent == [("0905123456", TEXT), ("+84905123457", "x" * 160)]


def test_unsolicited_lines_are_skipped(plug_modem: Callable[..., PtyModem]) -> None:
    line = plug_modem(unsolicited=b'\r\nRING\r\n\r\n+CMTI: "SM",3\r\n')
    with Modem(line.port) as modem:
        modem.send("0905123456", TEXT)
    assert line.sent == [("0905123456", TEXT)]


def test_rejected_message_does_not_stop_the_next(plug_modem: Callable[..., PtyModem]) -> None:
    line = plug_modem("+CMS ERROR: 28")
    with Modem(line.port) as modem:
        with pytest.raises(MessageRejected, match=r"\+CMS ERROR: 28"):
            modem.send("0905123456", TEXT)
        modem.send("0905123457", TEXT)
    assert line.sent == [("0905123457", TEXT)]


def test_silent_modem_is_unavailable(plug_modem: Callable[..., PtyModem]) -> None:
    with pytest.raises(ModemUnavailable, match="silent") as raised:
        Modem(plug_modem(unresponsive=True).port, answer_timeout_s=0.2)
    assert not raised.value.outcome_unknown


@pytest.mark.timeout(120)
@pytest.mark.parametrize("endless", [b"$GPGGA,021714,1021.5,N\r\n", b"\xff", b"RING\r\n"])
def test_device_with_endless_output_is_unavailable(plug_modem: Callable[..., PtyModem], endless: bytes) -> None:
    with pytest.raises(ModemUnavailable, match="silent"):
        Modem(plug_modem(endless=endless).port, answer_timeout_s=0.3)


def test_timeout_after_the_text_is_outcome_unknown(plug_modem: Callable[..., PtyModem]) -> None:
    with Modem(plug_modem("silent").port, send_timeout_s=0.2) as modem, pytest.raises(ModemUnavailable) as raised:
        modem.send("0905123456", TEXT)
    assert (raised.value.reason, raised.value.outcome_unknown) == ("silent", True)


def test_modem_unplugged_during_a_message(plug_modem: Callable[..., PtyModem]) -> None:
    with Modem(plug_modem("unplug").port) as modem, pytest.raises(ModemUnavailable) as raised:
        modem.send("0905123456", TEXT)
    assert (raised.value.reason, raised.value.outcome_unknown) == ("unplugged", True)


def test_device_without_text_mode_is_unavailable(plug_modem: Callable[..., PtyModem]) -> None:
    with pytest.raises(ModemUnavailable, match="no_text_mode"):
        Modem(plug_modem(text_mode=False).port)


def test_missing_port_is_unavailable() -> None:
    with pytest.raises(ModemUnavailable, match="port"):
        Modem("/dev/no-such-modem")


def test_port_is_opened_exclusively(plug_modem: Callable[..., PtyModem]) -> None:
    line = plug_modem()
    with Modem(line.port) as modem:
        with pytest.raises(ModemUnavailable, match="port"):
            Modem(line.port)
        modem.send("0905123456", TEXT)
    assert len(line.sent) == 1


@pytest.mark.parametrize("text", ["x" * 161, "Hồ sơ", "hai\rdòng", "hết\x1a", "{ngoặc}"])
def test_unsendable_text_is_rejected_before_sending(plug_modem: Callable[..., PtyModem], text: str) -> None:
    with Modem(plug_modem().port) as modem, pytest.raises(ValueError, match="message"):
        modem.send("0905123456", text)


@pytest.mark.parametrize("number", ["", "09051234567890123", '0905"\rATD', "０９０５１２３４５６"])
def test_invalid_number_is_rejected(plug_modem: Callable[..., PtyModem], number: str) -> None:
    with Modem(plug_modem().port) as modem, pytest.raises(ValueError, match="message"):
        modem.send(number, TEXT)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("+CMS ERROR: 38", "no_service"),
        ("+CMS ERROR: 331", "no_service"),
        ("+CMS ERROR: 42", "congestion"),
        ("+CMS ERROR: 50", "credit"),
        ("+CMS ERROR: 310", "sim_missing"),
        ("+CMS ERROR: 311", "sim_locked"),
        ("+CMS ERROR: 314", "starting"),
        ("+CMS ERROR: 330", "no_center"),
        ("+CMS ERROR: 322", "modem_failed"),
        ("+CME ERROR: 30", "no_service"),
    ],
)
def test_failure_of_network_or_modem_is_no_rejection(
    plug_modem: Callable[..., PtyModem], answer: str, reason: str
) -> None:
    with Modem(plug_modem(answer).port) as modem, pytest.raises(ModemUnavailable) as raised:
        modem.send("0905123456", TEXT)
    assert (raised.value.reason, raised.value.outcome_unknown) == (reason, False)


@pytest.mark.parametrize("answer", ["+CMS ERROR: 1", "+CMS ERROR: 27", "+CMS ERROR: 28", "+CMS ERROR: 500", "ERROR"])
def test_failure_of_one_number_is_a_rejection(plug_modem: Callable[..., PtyModem], answer: str) -> None:
    with Modem(plug_modem(answer).port) as modem, pytest.raises(MessageRejected):
        modem.send("0905123456", TEXT)


@pytest.mark.parametrize(
    ("command", "answer", "reason"),
    [
        ("AT+CPIN?", "+CPIN: SIM PIN\r\n\r\nOK", "sim_locked"),
        ("AT+CPIN?", "+CPIN: SIM PUK\r\n\r\nOK", "sim_locked"),
        ("AT+CPIN?", "+CME ERROR: 10", "sim_missing"),
        ("AT+CPIN?", "+CME ERROR: 14", "starting"),
        ("AT+CPIN?", "ERROR", "sim_missing"),
        ("AT+CREG?", "+CREG: 0,0\r\n\r\nOK", "no_service"),
        ("AT+CREG?", "+CREG: 0,2\r\n\r\nOK", "starting"),
        ("AT+CREG?", "+CREG: 0,3\r\n\r\nOK", "no_service"),
    ],
)
def test_sim_and_network_are_checked_first(
    plug_modem: Callable[..., PtyModem], command: str, answer: str, reason: str
) -> None:
    line = plug_modem(commands={command: answer})
    with pytest.raises(ModemUnavailable, match=reason):
        Modem(line.port)
    assert "AT+CMGF=1" not in line.received


def test_roaming_modem_sends(plug_modem: Callable[..., PtyModem]) -> None:
    line = plug_modem(commands={"AT+CREG?": '+CREG: 2,5,"1A2B","03C4"\r\n\r\nOK'})
    with Modem(line.port) as modem:
        modem.send("0905123456", TEXT)
    assert len(line.sent) == 1


def test_message_parameters_are_always_set(plug_modem: Callable[..., PtyModem]) -> None:
    with_reports = plug_modem()
    Modem(with_reports.port).close()
    assert "AT+CSMP=49,167,0,0" in with_reports.received and "AT+CSMP=17,167,0,0" not in with_reports.received
    without = plug_modem(commands={"AT+CSMP=49,167,0,0": "ERROR"})
    Modem(without.port).close()
    assert "AT+CSMP=17,167,0,0" in without.received


def test_delivery_report_names_its_message(plug_modem: Callable[..., PtyModem]) -> None:
    report = '+CDS: 6,1,"+84905123456",145,"26/11/28,10:00:00+28","26/11/28,10:00:05+28",0'
    failed = '+CDS: 6,2,"+84905123457",145,"26/11/28,10:00:00+28","26/11/28,10:00:05+28",70'
    line = plug_modem("OK", f"{report}\r\n{failed}\r\nOK")
    with Modem(line.port) as modem:
        assert modem.send("0905123456", TEXT) == 1
        modem.send("0905123457", TEXT)
        assert modem.delivered == {1}
