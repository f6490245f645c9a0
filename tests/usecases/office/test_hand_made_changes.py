"""The integrity check names changes made by hand in any table.

Each change is made with the database's key and without the program, on an office with rows in every table.
"""

from typing import NamedTuple

import pytest

from app.storage.seals.tables import SEALED_TABLES
from tests.support.offices import Desk
from tests.usecases.office.conftest import NAM
from tests.usecases.office.hand_made_changes import NOT_COVERED, change_by_hand, tables_of

FIRST, SECOND = "H29.12-260209-0001", "H29.12-260209-0002"
STRUCTURE = {"alembic_version", "seal", "seal_head", "chain_head", "event", "counter"}
"""Tables that the check reads by rules of their own."""
OF_DOSSIERS = {"dossier", "dossier_paper", "party"}


class Change(NamedTuple):
    """A change by hand: table, statement, finding and a word in it."""

    table: str
    statement: str
    code: str
    word: str


CHANGES = [
    # the print journal
    Change("print", "DELETE FROM print", "row_missing", FIRST),
    Change("print", "UPDATE print SET status = 'failed' WHERE id = 1", "row_changed", FIRST),
    Change("print", "UPDATE print SET copy = 2 WHERE id = 1", "row_changed", FIRST),
    Change("print", "UPDATE print SET dossier_id = 2 WHERE id = 1", "row_changed", SECOND),
    Change("print", "UPDATE print SET document = replace(document, 'Đào', 'Đỗ') WHERE id = 1", "row_changed", FIRST),
    Change("print", "UPDATE print SET prepared_at = prepared_at - 60 WHERE id = 2", "row_changed", FIRST),
    Change("print", "UPDATE print SET actor = 'Ai đó' WHERE id = 2", "row_changed", "giấy đã in"),
    Change(
        "print",
        "INSERT INTO print (id, dossier_id, form, copy, paper, reprint, prepared_at, actor, status, document)"
        " SELECT 99, dossier_id, form, copy, paper, reprint, prepared_at, actor, status, document FROM print LIMIT 1",
        "row_added",
        FIRST,
    ),
    # the access log
    Change("access", "DELETE FROM access", "row_missing", "nhật ký truy cập"),
    Change("access", "DELETE FROM access WHERE id = (SELECT max(id) FROM access)", "row_missing", "nhật ký truy cập"),
    Change("access", "UPDATE access SET actor = 'Ai đó' WHERE id = 1", "row_changed", "nhật ký truy cập"),
    Change("access", "UPDATE access SET at = at + 86400 WHERE id = 1", "row_changed", "nhật ký truy cập"),
    Change("access", "UPDATE access SET about = NULL WHERE about IS NOT NULL", "row_changed", "nhật ký truy cập"),
    Change(
        "access",
        "INSERT INTO access (at, actor, place, what) VALUES (1770600000, 'Ai đó', 'window', 'signed-in')",
        "row_added",
        "Ai đó",
    ),
    # accounts
    Change("user_account", "UPDATE user_account SET role = 'administrator' WHERE role = 'clerk'", "row_changed", NAM),
    Change("user_account", f"UPDATE user_account SET also = 'head' WHERE name = '{NAM}'", "row_changed", NAM),
    Change("user_account", f"UPDATE user_account SET active = 0 WHERE name = '{NAM}'", "row_changed", NAM),
    Change("user_account", f"UPDATE user_account SET secret = NULL WHERE name = '{NAM}'", "row_changed", NAM),
    Change("user_account", f"UPDATE user_account SET claim_until = 1 WHERE name = '{NAM}'", "row_changed", NAM),
    Change("user_account", f"DELETE FROM user_account WHERE name = '{NAM}'", "row_missing", NAM),
    Change(
        "user_account",
        "INSERT INTO user_account (name, role, also, active, failed, owed, tried_at)"
        " VALUES ('Người Lạ', 'administrator', '', 1, 0, 0, 0)",
        "row_added",
        "Người Lạ",
    ),
    # settings
    Change("setting", "UPDATE setting SET value = '\"00\"' WHERE name = 'signing_key'", "row_changed", "signing_key"),
    Change(
        "setting", "UPDATE setting SET value = '\"00\"' WHERE name = 'kept_copy_key'", "row_changed", "kept_copy_key"
    ),
    Change("setting", "UPDATE setting SET value = '\"x\"' WHERE name = 'epoch'", "row_changed", "epoch"),
    Change("setting", "DELETE FROM setting WHERE name = 'founded_at'", "row_missing", "founded_at"),
    Change("setting", "INSERT INTO setting VALUES ('gaps', '{}')", "row_added", "gaps"),
    # catalogue and calendar
    Change(
        "procedure_version",
        "UPDATE procedure_version SET facts = replace(facts, '2000', '9000') WHERE code = '2.000815'",
        "row_changed",
        "2.000815",
    ),
    Change(
        "procedure_version",
        "UPDATE procedure_version SET valid_from = 20300101 WHERE code = '1.001193'",
        "row_changed",
        "1.001193",
    ),
    Change(
        "procedure_version",
        "UPDATE procedure_version SET name = 'Khác' WHERE code = '2.000815'",
        "dossier_differs",
        "tên thủ tục",
    ),
    Change("procedure_version", "DELETE FROM procedure_version WHERE code = '1.001193'", "row_missing", "1.001193"),
    Change("calendar_decision", "UPDATE calendar_decision SET kind = 'work'", "row_changed", "lịch làm việc"),
    Change("calendar_decision", "UPDATE calendar_decision SET decided_on = 20260101", "row_changed", "20260303"),
    Change("calendar_decision", "DELETE FROM calendar_decision", "row_missing", "20260303"),
    Change("dated_rule", "UPDATE dated_rule SET valid_from = 20300101", "row_changed", "quy định"),
    Change("dated_rule", "DELETE FROM dated_rule", "row_missing", "relief-1"),
    Change("fee_receipt_number", "UPDATE fee_receipt_number SET number = 9", "row_changed", "biên lai"),
    Change("fee_receipt_number", "DELETE FROM fee_receipt_number", "row_missing", "biên lai"),
    Change("late_reason", "UPDATE late_reason SET active = 0 WHERE id = 1", "row_changed", "Lý do trễ"),
    Change("dossier_late_reason", "UPDATE dossier_late_reason SET reason_id = 2", "row_changed", FIRST),
    Change("report_text", "UPDATE report_text SET text = 'Khác'", "row_changed", "weekly"),
    Change("published_procedure", "DELETE FROM published_procedure", "row_missing", "2.000815"),
    Change("form_content", "UPDATE form_content SET content = '{}' WHERE form = 'receipt'", "row_changed", "receipt"),
    Change("form_content", "DELETE FROM form_content WHERE form = 'receipt'", "row_missing", "receipt"),
    Change("law_package", "UPDATE law_package SET file = x'00' WHERE package_id = 'thu-01'", "row_changed", "thu-01"),
    Change("law_package", "UPDATE law_package SET reverted_at = 1", "row_changed", "thu-01"),
    Change("law_package", "DELETE FROM law_package WHERE package_id = 'thu-01'", "row_missing", "thu-01"),
    Change("law_issuer", "UPDATE law_issuer SET public_key = 'ff'", "row_missing", "UBND tỉnh Thử"),
    Change("package", "UPDATE package SET file = x'00'", "row_changed", "Danh mục"),
    Change("portal_state", "UPDATE portal_state SET national_status = 9", "row_changed", FIRST),
    # dossiers
    Change("dossier", "UPDATE dossier SET channel = 'online' WHERE id = 1", "dossier_differs", "kênh tiếp nhận"),
    Change("dossier", "UPDATE dossier SET return_by = 'post' WHERE id = 1", "dossier_differs", "cách nhận kết quả"),
    Change("dossier", "UPDATE dossier SET procedure_code = '1.001193' WHERE id = 1", "dossier_differs", "thủ tục"),
    Change("dossier", "UPDATE dossier SET procedure_version_id = 1 WHERE id = 1", "dossier_differs", FIRST),
    Change("dossier", "UPDATE dossier SET field = 'Khác' WHERE id = 1", "dossier_differs", "lĩnh vực"),
    Change("dossier", "UPDATE dossier SET code_comparable = 'X' WHERE id = 1", "dossier_differs", "mã hồ sơ"),
    Change("dossier", "UPDATE dossier SET quantity = 9 WHERE id = 1", "dossier_differs", "số lượng"),
    Change("dossier", "UPDATE dossier SET note = 'Khác' WHERE id = 1", "dossier_differs", "ghi chú"),
    Change("dossier", "UPDATE dossier SET term = '{}' WHERE id = 1", "dossier_differs", "thời hạn"),
    Change("dossier", "UPDATE dossier SET proof = '[]' WHERE id = 1", "dossier_differs", "cách tính ngày hẹn"),
    Change("dossier", "UPDATE dossier SET warnings = '[[\"x\",{}]]' WHERE id = 1", "dossier_differs", "lưu ý"),
    Change("dossier", "UPDATE dossier SET key = '6301260209000099' WHERE id = 1", "dossier_differs", "mã vạch"),
    Change("dossier", "UPDATE dossier SET at_once = 1 WHERE id = 1", "dossier_differs", "giải quyết ngay"),
    Change("dossier", "UPDATE dossier SET register_number = 7 WHERE id = 2", "dossier_differs", "số trong sổ"),
    Change("dossier", "UPDATE dossier SET register_book = '02' WHERE id = 2", "dossier_differs", "quyển sổ"),
    Change("dossier", "UPDATE dossier SET replaces_id = 1 WHERE id = 2", "dossier_differs", "hồ sơ được thay"),
    Change("dossier_paper", "DELETE FROM dossier_paper WHERE dossier_id = 1", "dossier_differs", "giấy tờ nộp"),
    Change("dossier_paper", "UPDATE dossier_paper SET copies = 9 WHERE id = 1", "dossier_differs", "giấy tờ nộp"),
    Change("dossier_paper", "UPDATE dossier_paper SET name = 'Khác' WHERE id = 1", "dossier_differs", FIRST),
    Change(
        "dossier_paper",
        "INSERT INTO dossier_paper (dossier_id, position, name, handling, originals, copies)"
        " VALUES (1, 99, 'Giấy ủy quyền', 'submit', 1, 0)",
        "dossier_differs",
        "giấy tờ nộp",
    ),
    Change("dossier", "UPDATE dossier SET search_text = 'khac' WHERE id = 1", "search_differs", FIRST),
    Change("dossier", "UPDATE dossier SET register_number = 1 WHERE id = 2", "register_line_twice", SECOND),
    Change("dossier", "UPDATE dossier SET status = 'stopped' WHERE id = 1", "state_differs", FIRST),
    Change("party", "UPDATE party SET name = 'Ai đó' WHERE dossier_id = 2", "people_changed", SECOND),
    Change("alias", "UPDATE alias SET dossier_id = 1", "row_changed", FIRST),
    Change("alias", "DELETE FROM alias", "row_missing", SECOND),
    Change("request", "UPDATE request SET answer = replace(answer, '0002', '0001')", "row_changed", SECOND),
    Change("request", "DELETE FROM request", "row_missing", SECOND),
    # numbers
    Change("counter", "UPDATE counter SET value = value - 1 WHERE name LIKE 'serial:%'", "number_ahead", "bộ đếm"),
    Change("counter", "UPDATE counter SET value = value + 5 WHERE name LIKE 'register:%'", "number_missing", "Sổ"),
    Change("blank", "UPDATE blank SET spoilt_at = 1", "row_changed", "in sẵn"),
    Change("blank", "UPDATE blank SET day = 20260210", "row_changed", "in sẵn"),
    Change("counter_refusal", "UPDATE counter_refusal SET reason = 'Khác'", "row_changed", "PTC-2026"),
    # events and what is sent
    Change("event", "UPDATE event SET note = 'khác' WHERE id = 1", "event_changed", FIRST),
    Change(
        "event",
        "DELETE FROM outbox WHERE event_id = 4; DELETE FROM event WHERE id = 4",
        "event_missing",
        "thiếu sự kiện số 4",
    ),
    Change("chain_head", "UPDATE chain_head SET sequence = 1", "chain_end_differs", "quầy 1"),
    Change("outbox", "UPDATE outbox SET payload = replace(payload, '0001', '0009')", "event_changed", FIRST),
    Change("outbox", "UPDATE outbox SET answer = 'accepted' WHERE event_id = 1", "row_changed", FIRST),
    Change("outbox", "UPDATE outbox SET reason = 'Khác' WHERE event_id = 2", "row_changed", FIRST),
    Change("outbox", "UPDATE outbox SET people = '{}' WHERE event_id = 1", "row_changed", FIRST),
    Change("outbox", "UPDATE outbox SET bundle = 1 WHERE bundle IS NULL", "bundle_differs", "Tệp đồng bộ"),
    Change("outbox", "UPDATE outbox SET bundle = 0 WHERE bundle IS NULL", "bundle_differs", "Tệp đồng bộ"),
    Change("outbox", "UPDATE outbox SET bundle = 7 WHERE bundle IS NULL", "bundle_differs", "Tệp đồng bộ"),
    Change("bundle", "UPDATE bundle SET content = x'00'", "row_changed", "Tệp đồng bộ số 1"),
    Change("bundle", "UPDATE bundle SET records = 1", "row_changed", "Tệp đồng bộ số 1"),
    Change("bundle", "UPDATE bundle SET record_from = record_from + 1", "bundle_differs", "Tệp đồng bộ số 1"),
    Change("bundle", "UPDATE bundle SET record_to = record_to - 1", "bundle_differs", "Tệp đồng bộ số 1"),
    Change("bundle", "UPDATE bundle SET usual_answer = 'accepted'", "row_changed", "Tệp đồng bộ số 1"),
    # citizens
    Change("rating", "UPDATE rating SET face = 'satisfied'", "row_changed", FIRST),
    Change("frozen_report", "UPDATE frozen_report SET content = x'00'", "row_changed", "06a.pdf"),
    Change("feedback", "UPDATE feedback SET answer = 'Khác'", "row_changed", "Phản ánh"),
    Change("feedback", "DELETE FROM feedback", "row_missing", "Phản ánh"),
    Change("notice", "UPDATE notice SET text = 'Khác'", "row_changed", "Tin nhắn"),
    # the seals themselves
    Change("seal", "DELETE FROM seal WHERE id = (SELECT max(id) FROM seal)", "seal_end_differs", "niêm"),
    Change("seal", "UPDATE seal SET row_digest = row_label WHERE id = 3", "seal_changed", "số 3"),
    Change("seal", "DELETE FROM seal WHERE id = 3", "seal_changed", "số 3"),
    Change("seal", "DELETE FROM seal", "seal_end_differs", "số 0"),
    Change("seal_head", "UPDATE seal_head SET sequence = sequence - 1", "seal_end_differs", "niêm"),
    Change("seal_head", "DELETE FROM seal_head", "seal_end_differs", "niêm"),
]


def test_full_office_has_no_finding_and_rows_in_every_table(changed_office: Desk) -> None:
    assert changed_office.check() == changed_office.check() and changed_office.check().findings == ()
    empty = [
        name for name in set(tables_of(changed_office)) if not changed_office.rows(f"SELECT count(*) FROM {name}")[0][0]
    ]
    assert empty == []


@pytest.mark.parametrize("change", CHANGES, ids=[change.statement[:60] for change in CHANGES])
def test_change_by_hand_is_named(changed_office: Desk, change: Change) -> None:
    change_by_hand(changed_office, change.statement)
    findings = changed_office.check().findings
    named = [finding.message for finding in findings if finding.code == change.code]
    assert any(change.word in message for message in named), findings


def test_every_table_has_a_change_or_is_not_covered(changed_office: Desk) -> None:
    covered, tables = {change.table for change in CHANGES}, set(tables_of(changed_office))
    not_covered = {table for table, column in NOT_COVERED if not column}
    assert tables - covered - OF_DOSSIERS == not_covered
    assert tables - {table.name for table in SEALED_TABLES} - STRUCTURE - OF_DOSSIERS == not_covered - STRUCTURE
    assert len(CHANGES) >= 60


def test_removed_chain_of_seals_is_not_begun_again(changed_office: Desk) -> None:
    change_by_hand(changed_office, f"UPDATE user_account SET also = 'head' WHERE name = '{NAM}'")
    change_by_hand(changed_office, "DELETE FROM seal; DELETE FROM seal_head")
    changed_office.take_in()
    assert "row_added" in {finding.code for finding in changed_office.check().findings}


def test_program_on_the_same_file_seals_what_it_writes_after_a_change_by_hand(changed_office: Desk) -> None:
    """A later change of another row does not hide the first."""
    change_by_hand(changed_office, f"UPDATE user_account SET also = 'head' WHERE name = '{NAM}'")
    changed_office.take_in()
    assert [finding.code for finding in changed_office.check().findings] == ["row_changed"]
