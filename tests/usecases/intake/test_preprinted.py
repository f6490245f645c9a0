"""Preprinted receipts: unique numbers, and their later entry."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import open_office
from app.models.codes import dossier_key
from app.models.enums import Role
from app.models.errors import Refusal
from app.models.instants import local, local_day
from app.office.exchange.sync_export import export_bundle
from app.services.intake.command import AcceptDossier
from app.services.numbering import DAYS_AHEAD, issued_number_bound
from app.sync.bundle import read_bundle
from app.usecases.accounts.users import AddUser, add_user
from app.usecases.documents.prepare import read_codes
from app.usecases.dossiers.bulk import CountTray, count_tray
from app.usecases.dossiers.scans import ReadScan, ScanResult, read_scan_text, to_json
from app.usecases.intake.accept import accept_dossier
from app.usecases.intake.preprinted import (
    DiscardPreprinted,
    ListPreprinted,
    PreprintedBatch,
    PrintPreprinted,
    discard_preprinted,
    list_preprinted,
    print_preprinted,
)
from app.usecases.office.clock import ConfirmDay, confirm_day
from app.usecases.office.integrity import CheckOffice, check_office
from app.usecases.office.restore import StartNewEpoch, start_new_epoch
from tests.support.offices import MORNING, PASSWORD, Desk, at, copy_as_desk, intake_line, reset_desk
from tests.usecases.office.test_clock import HAI, MONDAY, RealDesk, real_desk

__all__ = ["real_desk"]
NOON = at("2026-02-09T11:00")
TUESDAY = at("2026-02-10T08:00")


def printed(desk: Desk, count: int = 3, now: datetime = MORNING, **options: Any) -> PreprintedBatch:
    return desk.office.write(print_preprinted, PrintPreprinted(count, **options), now)


def unused(desk: Desk) -> list[str]:
    return [blank.code for blank in desk.office.read(list_preprinted, ListPreprinted(), NOON)]


def scanned(desk: Desk, text: str) -> ScanResult:
    return desk.office.read(read_scan_text, ReadScan(text), NOON)


def entered(desk: Desk, code: str, hour: str, now: datetime = TUESDAY, **values: Any) -> Any:
    return desk.take_in(now, blank=code, received_at=hour, **values)


def test_dossier_entered_from_a_receipt_is_voidable_on_the_entry_day(desk: Desk) -> None:
    (blank, other) = printed(desk, 2).receipts
    for each in (blank, other):
        entered(desk, each.code, "2026-02-09T10:20")
    later = TUESDAY + timedelta(days=1)
    with pytest.raises(Refusal, match="void_same_day"):
        desk.act(other.code, "void", later, note="Nhập nhầm người")
    assert desk.act(blank.code, "void", TUESDAY + timedelta(hours=1), note="Nhập nhầm người").status == "void"
    assert desk.report(date(2026, 2, 9), date(2026, 2, 9)).total.received == 1
    again = desk.take_in(TUESDAY + timedelta(hours=2), replaces=blank.code)
    opened = scanned(desk, blank.code)
    assert opened.line is not None and opened.line.code == again.code and opened.warning
    assert desk.check(later).ok


def test_preprinted_receipts_take_the_desks_numbers(desk: Desk) -> None:
    first = desk.take_in()
    blanks = printed(desk).receipts
    last = desk.take_in()
    assert [each.code[-4:] for each in (first, *blanks, last)] == ["0001", "0002", "0003", "0004", "0005"]
    assert unused(desk) == [blank.code for blank in blanks]
    assert desk.check().ok, "reserved numbers are no missing dossiers"


def test_each_receipt_has_its_number_on_two_copies(desk: Desk) -> None:
    batch = printed(desk, 2)
    assert batch.pages == 4
    pages = read_codes(batch.pdf)
    assert [page.barcodes for page in pages] == [(blank.key,) for blank in batch.receipts for _ in range(2)]
    for page, blank in zip(pages[::2], batch.receipts, strict=True):
        result = scanned(desk, page.qr_codes[0])
        assert result.blank is not None and result.blank.code == blank.code


@pytest.mark.parametrize("spelled", ["key", "code", "loose"])
def test_scan_identifies_an_unused_receipt(desk: Desk, spelled: str) -> None:
    (blank,) = printed(desk, 1).receipts
    text = {"key": blank.key, "code": blank.code, "loose": f" {blank.code.lower().replace('-', ' - ')} "}[spelled]
    result = scanned(desk, text)
    assert result.kind == "blank" and result.blank == blank and result.reason and blank.code in result.reason
    keys = to_json(result)
    assert keys["kind"] == "stranger" and keys["blank"] == blank, "the kinds of a scan are a closed list"


def test_dossier_takes_number_and_instant_of_the_receipt(desk: Desk) -> None:
    (blank,) = printed(desk, 1).receipts
    between = desk.take_in(NOON)
    accepted = entered(desk, blank.key, "2026-02-09T09:30", term={"limit": 2, "unit": "working_day"})
    assert (accepted.code, accepted.key, accepted.received_at) == (blank.code, blank.key, at("2026-02-09T09:30"))
    assert accepted.due_at == at("2026-02-11T17:00"), "counted from the instant on the receipt"
    sheet = desk.show(blank.code, TUESDAY)
    assert (sheet.steps[0].at, sheet.steps[0].entered_at) == (at("2026-02-09T09:30"), TUESDAY)
    assert sheet.steps[0].note and "giấy in sẵn" in sheet.steps[0].note and "09:30" in sheet.steps[0].note
    assert unused(desk) == []
    assert scanned(desk, blank.key).kind == "dossier"
    assert desk.check(TUESDAY).ok
    assert desk.report(date(2026, 2, 9), date(2026, 2, 9)).total.received == 2
    assert between.code != accepted.code
    record = read_bundle(export_bundle(desk.office, at=TUESDAY).content).records[-1]
    assert (record["occurred_at"], record["entered_at"]) == ("2026-02-09T09:30:00+07:00", "2026-02-10T08:00:00+07:00")


def test_at_once_dossier_ends_at_the_instant_of_the_receipt(desk: Desk) -> None:
    (blank,) = printed(desk, 1).receipts
    entered(desk, blank.code, "2026-02-09T09:30", at_once=True)
    sheet = desk.show(blank.code, TUESDAY)
    assert sheet.status == "returned" and sheet.returned_at == at("2026-02-09T09:30")
    assert desk.check(TUESDAY).ok


@pytest.mark.parametrize(
    ("hour", "now", "code"),
    [
        ("2026-02-10T08:01", "2026-02-10T08:00", "blank_hour_future"),
        ("2026-02-09T07:59", "2026-02-10T08:00", "blank_hour_early"),
        ("2026-02-08T08:00", "2026-02-10T08:00", "blank_hour_early"),
        ("2026-02-09T09:00", "2026-03-17T09:00", "blank_hour_old"),
        ("2026-02-09T08:00", "2026-02-10T08:00", None),
        ("2026-02-10T08:00", "2026-02-10T08:00", None),
        ("2026-02-09T09:00", "2026-03-16T09:00", None),
    ],
)
def test_instant_of_the_receipt_is_checked(desk: Desk, hour: str, now: str, code: str | None) -> None:
    (blank,) = printed(desk, 1, MORNING + timedelta(seconds=40)).receipts
    before = desk.contents()
    if code is None:
        assert entered(desk, blank.code, hour, at(now)).code == blank.code
        return
    with pytest.raises(Refusal) as refused:
        entered(desk, blank.code, hour, at(now))
    assert (refused.value.code, refused.value.field) == (code, "received_at")
    assert desk.contents() == before


def test_receipt_is_used_once(desk: Desk) -> None:
    one, two = printed(desk, 2).receipts
    entered(desk, one.code, "2026-02-09T09:30")
    desk.office.write(discard_preprinted, DiscardPreprinted((two.code,), "Ướt"), TUESDAY)
    foreign = dossier_key("H29.12", 2, MORNING.date(), 1)
    for code, why in ((one.key, "blank_used"), (two.key, "blank_spoilt"), (foreign, "blank_unknown")):
        with pytest.raises(Refusal) as refused:
            entered(desk, code, "2026-02-09T09:30")
        assert (refused.value.code, refused.value.field) == (why, "blank")
    assert unused(desk) == []
    assert scanned(desk, two.key).kind == "stranger" and "Ướt" in str(scanned(desk, two.key).reason)
    assert desk.check(TUESDAY).ok


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"blank": "H29.12-260209-0001"}, "blank_hour_missing", "received_at"),
        ({"received_at": "2026-02-09T09:30"}, "blank_missing", "blank"),
        ({"blank": "H29.12-260209-0001", "received_at": "hôm qua"}, "instant_shape", "received_at"),
        ({"blank": "H29.12-260209-0001", "received_at": 5}, "wrong_type", "received_at"),
        ({"blank": "?", "received_at": "2026-02-09T09:30"}, "blank_unknown", "blank"),
    ],
)
def test_line_with_incomplete_receipt_data_is_refused(
    desk: Desk, values: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        desk.take_in(TUESDAY, **values)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_discarding_is_all_or_none_and_needs_a_reason(desk: Desk) -> None:
    one, two = printed(desk, 2).receipts
    for codes, reason, why in (
        ((one.code, "H29.12-260209-0777"), "Rách", "blank_unknown"),
        ((one.code,), "  ", "blank_reason_missing"),
    ):
        with pytest.raises(Refusal) as refused:
            desk.office.write(discard_preprinted, DiscardPreprinted(codes, reason), NOON)
        assert refused.value.code == why
    assert unused(desk) == [one.code, two.code]
    left = desk.office.write(discard_preprinted, DiscardPreprinted((one.key,), "Rách"), NOON)
    assert [blank.code for blank in left] == [two.code]


def test_tray_count_lists_an_unused_receipt(desk: Desk) -> None:
    code = desk.take_in().code
    (blank,) = printed(desk, 1).receipts
    count = desk.office.read(count_tray, CountTray((code, blank.key, blank.code, "lạ")), NOON)
    assert (count.agreed, count.missing, count.blanks, count.strangers) == (1, (), (blank.code,), ("lạ",))
    with pytest.raises(Refusal) as refused:
        desk.show(blank.code)
    assert refused.value.code == "blank_not_entered"


def test_alias_of_another_system_is_no_receipt(desk: Desk) -> None:
    (blank,) = printed(desk, 1).receipts
    with pytest.raises(Refusal) as refused:
        desk.take_in(alias=blank.code)
    assert refused.value.code == "alias_taken"
    desk.office.write(discard_preprinted, DiscardPreprinted((blank.code,), "Quá lâu"), NOON)
    assert desk.take_in(alias=blank.code).code != blank.code


@pytest.mark.parametrize(
    ("count", "day", "code"),
    [
        (0, None, "out_of_range"),
        (201, None, "out_of_range"),
        (1, date(2026, 2, 8), "blank_day_range"),
        (1, date(2026, 2, 17), "blank_day_range"),
    ],
)
def test_refused_print_takes_no_number(desk: Desk, count: int, day: date | None, code: str) -> None:
    before = desk.contents()
    with pytest.raises(Refusal) as refused:
        printed(desk, count, day=day)
    assert refused.value.code == code and desk.contents() == before


def test_receipts_of_a_future_day_precede_its_dossiers(desk: Desk) -> None:
    blanks = printed(desk, 2, day=date(2026, 2, 10)).receipts
    assert [blank.code for blank in blanks] == ["H29.12-260210-0001", "H29.12-260210-0002"]
    assert desk.take_in(TUESDAY).code == "H29.12-260210-0003"
    with pytest.raises(Refusal) as refused:
        entered(desk, blanks[0].code, "2026-02-09T16:00")
    assert refused.value.code == "blank_hour_early"
    assert desk.check(TUESDAY).ok


def test_doubtful_clock_prints_no_receipt_until_confirmed(real_desk: Desk) -> None:
    real = RealDesk(real_desk)
    real.take_in(MONDAY)
    far = MONDAY + timedelta(days=60)
    before = real_desk.contents()
    with pytest.raises(Refusal) as refused:
        real.do(print_preprinted, PrintPreprinted(1), far)
    assert refused.value.code == "clock_far_ahead" and real_desk.contents() == before
    real.do(add_user, AddUser("Lê Văn Hai", Role.HEAD, secret=PASSWORD), MONDAY)
    real.do(confirm_day, ConfirmDay(far.date(), HAI), far)
    (blank,) = real.do(print_preprinted, PrintPreprinted(1), far).receipts
    real.take_in(far)
    command = AcceptDossier.read(intake_line(blank=blank.code, received_at=far.isoformat()), far.date())
    accepted = real.do(accept_dossier, command, far + timedelta(days=1))
    assert sum("hai người" in warning for warning in accepted.warnings) == 1


def lost_and_restored(desk: Desk, now: datetime) -> None:
    """Restore the desk's first copy; the lost disk is unreadable."""
    desk.office.write(start_new_epoch, StartNewEpoch(), now)


@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["blanks", "intake", "lost"]),
            st.sampled_from([1, 5, 20]),
            st.integers(0, 8),
            st.integers(0, 600),
        ),
        max_size=12,
    )
)
def test_no_number_is_issued_twice_after_losses(
    open_desk: Desk, office_templates: dict[bool, Path], happened: list[tuple[str, int, int, int]]
) -> None:
    """Receipts of several days, dossiers, and restored disks at any minute."""
    reset_desk(open_desk, office_templates[True])
    now, given_codes = MORNING, set[str]()
    for what, count, ahead, minutes in happened:
        now += timedelta(minutes=minutes)
        if what == "lost":
            reset_desk(open_desk, office_templates[True])
            lost_and_restored(open_desk, now)
        codes: list[str] = []
        if what == "intake":
            codes = [open_desk.take_in(now).code]
        elif what == "blanks":
            try:
                codes = [
                    each.code
                    for each in printed(open_desk, count, now, day=local_day(now) + timedelta(days=ahead)).receipts
                ]
            except Refusal as refused:
                assert refused.code in ("blank_too_many", "blank_day_range")
        assert given_codes.isdisjoint(codes)
        given_codes |= set(codes)
    assert open_desk.check(now).ok


@given(st.integers(0, 730 * 1440), st.integers(0, DAYS_AHEAD), st.integers(0, 20_000))
def test_issued_number_bound_rises_and_fits_a_day(minutes: int, ahead: int, later: int) -> None:
    now = MORNING + timedelta(minutes=minutes)
    day = local(now).date() + timedelta(days=ahead)
    assert 0 < issued_number_bound(now, day) <= issued_number_bound(now + timedelta(minutes=later), day) <= 9_999


def test_four_desks_with_receipts_issue_unique_codes(training_folder: Path) -> None:
    """Each desk prints receipts for two days around midnight (S3)."""
    codes: list[str] = []
    for workstation in range(1, 5):
        office = open_office(copy_as_desk(training_folder, workstation), "")
        for hour, day in (
            ("2026-12-31T23:55", None),
            ("2026-12-31T23:56", date(2027, 1, 1)),
            ("2027-01-01T00:05", None),
        ):
            now = at(hour)
            codes += [each.code for each in office.write(print_preprinted, PrintPreprinted(4, day), now).receipts]
            codes.append(office.write(accept_dossier, AcceptDossier.read(intake_line(), now.date()), now).code)
        assert office.read(check_office, CheckOffice(), at("2027-01-01T00:06")).ok
        office.close()
    assert len(set(codes)) == len(codes) == 4 * 15
    assert {code.split("-")[1] for code in codes} == {"261231", "270101"}
