"""The integrity check reports changes made outside the program."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.office.exchange.sync_export import export_bundle
from app.services.context import Context
from app.services.number_gaps import record_number_gap
from app.storage.uow import Writing
from app.usecases.office.integrity import CheckOffice, check_office
from tests.support.offices import ADMIN, MORNING, Desk, at, desk_session, machine_now


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Open an office with two dossiers and five events."""
    first = desk.take_in().code
    desk.take_in(alias="DVC-1")
    desk.act(first, "send", to="Tư pháp")
    desk.act(first, "finish")
    assert desk.check().ok
    return desk


def findings_of(desk: Desk) -> list[str]:
    checked = desk.check()
    assert checked.ok == (not checked.findings)
    assert all(finding.message for finding in checked.findings)
    return [finding.code for finding in checked.findings]


@pytest.mark.parametrize(
    "change",
    [
        "note = 'khác'",
        "actor = 'Người khác'",
        "action = 'stop'",
        "status = 'returned'",
        "verdict = 'late'",
        "holder_to = 'Ai đó'",
        "occurred_at = occurred_at - 86400",
        "occurred_day = 20260208",
        "entered_at = entered_at + 1",
        "facts = '{\"change\":{}}'",
        "state_closed_day = 20260210",
        "state_due_day = NULL",
        "state_outcome = 'stopped'",
        "hash = substr(hash, 1, 63) || 'x'",
        "previous_hash = NULL",
        "uuid = '00000000-0000-0000-0000-000000000000'",
        "dossier_id = 2",
    ],
)
def test_changed_event_is_reported(office: Desk, change: str) -> None:
    office.tamper(f"UPDATE event SET {change} WHERE sequence = 5")
    findings = office.check().findings
    assert findings[0].code == "event_changed"
    assert (
        "số 5" in findings[0].message and "quầy 1" in findings[0].message and "H29.12-260209-000" in findings[0].message
    )


def test_missing_event_in_the_middle_is_reported(office: Desk) -> None:
    office.tamper("DELETE FROM outbox WHERE event_id = 3", "DELETE FROM event WHERE sequence = 3")
    findings = office.check().findings
    assert findings[0].code == "event_missing" and "số 3" in findings[0].message
    assert findings[1].code == "event_changed" and "số 4" in findings[1].message  # the next event's link is broken


def test_missing_last_event_is_reported_by_its_dossier(office: Desk) -> None:
    office.tamper("DELETE FROM outbox WHERE event_id = 5", "DELETE FROM event WHERE sequence = 5")
    assert findings_of(office) == ["event_missing", "state_differs"]


def test_correction_removed_from_the_end_is_reported(office: Desk) -> None:
    """An `amend` changes no state that would reveal its removal."""
    code = office.take_in().code
    office.act(code, "amend", sets=(("name", "Đào Thị Ấm"),), note="Sai dấu")
    office.tamper("DELETE FROM outbox WHERE event_id = 6", "DELETE FROM event WHERE sequence = 6")
    assert "event_missing" in findings_of(office)
    office.take_in()
    assert "event_missing" in findings_of(office), "a later event does not hide it"


def test_wrong_chain_end_is_reported(office: Desk) -> None:
    office.tamper("UPDATE chain_head SET sequence = 4")
    assert findings_of(office) == ["chain_end_differs"]
    office.tamper("DELETE FROM chain_head")
    assert findings_of(office) == ["chain_end_differs"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE party SET name = 'Người Khác' WHERE dossier_id = 2",
        "UPDATE party SET id_number = '048190009999' WHERE dossier_id = 2",
        "UPDATE party SET details = replace(details, '0905', '0906') WHERE dossier_id = 2",
        "UPDATE party SET role = 'submitter' WHERE dossier_id = 2",
        "UPDATE dossier SET applicant_name = 'Người Khác' WHERE id = 2",
        "DELETE FROM party WHERE dossier_id = 2",
    ],
)
def test_person_changed_outside_the_program_is_reported(office: Desk, change: str) -> None:
    office.tamper(change)
    assert findings_of(office) == ["people_changed"]


def test_amended_person_passes_the_check(office: Desk) -> None:
    office.act("H29.12-260209-0002", "amend", sets=(("phone", "0905 000 777"),), note="Đổi số")
    assert office.check().ok
    office.tamper("UPDATE party SET details = replace(details, '000 777', '123 456') WHERE dossier_id = 2")
    assert findings_of(office) == ["people_changed"]


def test_fully_deleted_last_dossier_is_reported_by_its_number(desk: Desk) -> None:
    desk.take_in()
    desk.take_in()
    desk.tamper(
        "DELETE FROM outbox WHERE event_id = 2",
        "DELETE FROM event WHERE dossier_id = 2",
        "DELETE FROM party WHERE dossier_id = 2",
        "DELETE FROM dossier_paper WHERE dossier_id = 2",
        "DELETE FROM dossier WHERE id = 2",
    )
    assert findings_of(desk) == ["event_missing", "number_missing", "number_missing"]


@pytest.mark.parametrize(
    "change",
    [
        "status = 'processing'",
        "outcome = NULL",
        "holder = 'Ai đó'",
        "previous_holder = NULL",
        "leg_open = 1",
        "due_at = due_at + 86400",
        "due_day = 20260301",
        "original_due_at = NULL",
        "original_due_day = 20260301",
        "closed_at = closed_at - 86400",
        "closed_day = 20260101",
        "received_at = received_at + 60",
        "received_day = 20251231",
        "returned_at = closed_at",
        "received_by = 'Ai đó'",
        "fee = 1",
        "paid = 2000",
        "fee_receipt = 'AA'",
        "apologised = 1",
        "paused_at = closed_at",
        "winding = 1",
    ],
)
def test_changed_state_is_reported(office: Desk, change: str) -> None:
    office.tamper(f"UPDATE dossier SET {change} WHERE id = 1")
    findings = [finding for finding in office.check().findings if finding.code == "state_differs"]
    assert len(findings) == 1 and "H29.12-260209-0001" in findings[0].message


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("UPDATE dossier SET status = 'eaten' WHERE id = 1", ["value_unreadable"]),
        ("UPDATE event SET facts = 'không phải JSON' WHERE sequence = 2", ["value_unreadable"] * 3),
        ("UPDATE event SET action = 'eaten' WHERE sequence = 2", ["value_unreadable", "value_unreadable"]),
        ("UPDATE event SET facts = '[]' WHERE sequence = 3", ["event_changed", "value_unreadable"]),
        ("UPDATE setting SET value = value || 'x'", ["value_unreadable"]),
    ],
)
def test_unreadable_value_is_reported(office: Desk, change: str, codes: list[str]) -> None:
    office.tamper(change)
    assert findings_of(office) == codes


def test_changed_sync_payload_is_reported(office: Desk) -> None:
    office.tamper("UPDATE outbox SET payload = replace(payload, '2.000815', '2.000816') WHERE event_id = 1")
    office.tamper("DELETE FROM outbox WHERE event_id = 2")
    assert findings_of(office) == ["event_changed", "event_changed"]


def test_counter_set_back_is_reported(office: Desk) -> None:
    office.tamper("UPDATE counter SET value = 1 WHERE name LIKE 'serial:%'")
    assert findings_of(office) == ["number_ahead"]


def _skip_numbers(minimums: Mapping[str, int], _: Context, work: Writing) -> None:
    record_number_gap(work, minimums, 10)
    work.commit()


@pytest.mark.parametrize(
    "change", ["DELETE FROM counter WHERE name = 'refusal:2026:01'", "UPDATE counter SET value = 0 WHERE value = 12"]
)
def test_removed_counter_of_skipped_numbers_is_reported(office: Desk, change: str) -> None:
    """The numbers that a restore skipped would be issued again."""
    office.office.write(_skip_numbers, {"refusal:2026:01": 2}, MORNING)
    assert findings_of(office) == []
    office.tamper(change)
    assert findings_of(office) == ["number_ahead"]


def test_dossiers_without_events_are_reported(office: Desk) -> None:
    office.tamper("DELETE FROM dossier WHERE id = 2")
    assert findings_of(office) == ["database_damaged"]


def test_clock_behind_the_journal_is_reported_in_a_real_office(real_folder: Path) -> None:
    with desk_session(real_folder, ADMIN) as desk:
        now = machine_now()
        desk.take_in(now)
        assert desk.check(now).ok
        assert [f.code for f in desk.check(at("2026-01-01T00:00")).findings] == ["clock_behind"]


def test_check_changes_nothing(office: Desk) -> None:
    before = office.contents()
    office.check()
    assert office.contents() == before


def test_record_is_checked_as_sent(office: Desk) -> None:
    """The events still pass the check after an export."""
    export_bundle(office.office, at=MORNING)
    assert office.office.read(check_office, CheckOffice(), MORNING).ok
