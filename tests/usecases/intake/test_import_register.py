"""Import of registers: any columns, own days and codes, nothing twice."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.models.instants import local
from app.models.lifecycle import COUNTER
from app.services.numbering import serial_counter
from app.services.register_import.columns import recognise_register
from app.sheets.headings import heading_text
from app.storage import office_settings
from app.storage.uow import writing
from app.sync.bundle import read_bundle
from app.usecases.documents.prepare import PreparePaper, prepare_paper
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from app.usecases.intake.import_register import (
    ImportBatch,
    ImportedBatch,
    ReadRegister,
    RegisterPlan,
    check_batch,
    import_batch,
    read_register,
    refused_rows_file,
)
from app.usecases.sync.export import BuildBundle, build_bundle
from app.usecases.sync.status import SyncStatus, sync_status
from tests.support.foreign_files import in_tcvn3, xlsx
from tests.support.offices import MORNING, SAME_DAY, Desk, at, nonzero_columns

NOW = at("2026-11-02T08:00")
YEAR = date(2026, 1, 1), date(2026, 12, 31)
HEAD = "TT;Số hồ sơ;Họ và tên;Số CCCD;Tên thủ tục;Ngày nhận;Ngày hẹn trả;Ngày trả kết quả;Tình trạng"
RETURNED = "1;HS-01;Nguyễn Thị Mận;048190004217;Đăng ký khai sinh;8/3/26;10/03/2026;09.03.2026;Đã trả"
OPEN = "2;HS-02;Lê Văn Tỵ;;Đăng ký khai sinh cho cháu Lê An;09-03-2026;;;Đang giải quyết"
LATE = "3;HS-03;Công ty TNHH Gió;;Đăng ký khai tử;09/03/2026;10/03/2026;12/03/2026;"
WITHDRAWN = "4;HS-04;Trần Văn Ất;;Đăng ký khai tử;09/03/2026;20/03/2026;12/03/2026;Công dân xin rút"


def plan_of(desk: Desk, content: bytes | str, map_text: str = "", name: str = "so.csv") -> RegisterPlan:
    raw = content.encode() if isinstance(content, str) else content
    return desk.office.read(read_register, ReadRegister(raw, name, map_text), NOW)


def bring(desk: Desk, content: bytes | str, map_text: str = "", send: bool = False) -> ImportedBatch:
    """Import a whole file as the command does."""
    plan = plan_of(desk, content, map_text)
    imported, already, refused = 0, plan.already, list(plan.refused)
    for entries in plan.batches():
        batch = desk.office.write(import_batch, ImportBatch(entries, plan.name, send, plan.reserved), NOW)
        imported, already = imported + batch.imported, already + batch.already
        refused += batch.refused
    return ImportedBatch(imported, already, tuple(refused))


def table(*rows: str) -> str:
    return "\n".join((HEAD, *rows)) + "\n"


def test_register_becomes_dossiers_with_their_own_days_and_codes(desk: Desk) -> None:
    assert bring(desk, table(RETURNED, OPEN, LATE, WITHDRAWN)) == ImportedBatch(4, 0, ())
    shown = desk.show("HS-01", NOW)
    assert (shown.code, shown.alias_codes, shown.status) == ("H29.12-260308-0001", ("HS-01",), "returned")
    assert (shown.received_at, shown.returned_at) == (at("2026-03-08T08:00"), at("2026-03-09T16:30"))
    assert shown.applicant["id_number"] == "048190004217" and shown.imported and not shown.late
    assert [step.action for step in shown.steps] == ["intake", "finish", "return"]
    assert shown.steps[0].entered_at == NOW and "so.csv, dòng 2" in (shown.steps[0].note or "")
    late, withdrawn = desk.show("HS-03", NOW), desk.show("HS-04", NOW)
    assert late.late and late.applicant["kind"] == "enterprise" and withdrawn.status == "returned"
    assert desk.check(NOW).findings == ()
    figures = nonzero_columns(desk.report(*YEAR, NOW).total)
    assert figures == {
        "received": 4, "received_direct_post": 4, "resolved": 2, "resolved_early": 1, "resolved_late": 1,
        "pending": 1, "pending_in_time": 1, "withdrawn": 1,
    }  # fmt: skip
    assert nonzero_columns(desk.report(date(2026, 3, 9), date(2026, 3, 9), NOW).total)["carried_over"] == 1


_HISTORIES = {
    ";10/03/2026;12/03/2026;Lê Thị Hoa;Vũ Văn Tám;": [
        ("finish", "10 16:00", COUNTER),
        ("return", "12 16:30", "Lê Thị Hoa"),
    ],
    "Trần Văn Ất;10/03/2026;;;;Đã trả": [("finish", "10 16:00", COUNTER), ("return", "10 16:00", "Trần Văn Ất")],
    ";10/03/2026;12/03/2026;;;": [("finish", "10 16:00", COUNTER), ("return", "12 16:30", "Nguyễn Thị Mận")],
    ";10/03/2026;;;;": [("finish", "10 16:00", COUNTER)],
    ";;;;Vũ Văn Tám;": [("send", "09 08:00", "Vũ Văn Tám")],
    ";;;;;Chờ bổ sung": [("ask-supplement", "09 08:00", COUNTER)],
    ";10/03/2026;;;;Quá hạn bổ sung": [("ask-supplement", "09 08:00", COUNTER), ("close", "10 16:00", COUNTER)],
    ";10/03/2026;;;;Công dân xin rút": [("withdraw", "10 16:00", COUNTER)],
}
"""Who brought it, days of end and return, receiver, holder and status of a row, with the acts they become in March."""


def test_days_and_people_of_a_row_become_acts(desk: Desk) -> None:
    head = "Số hồ sơ;Họ và tên;Tên thủ tục;Ngày nhận;Người nộp;Ngày xong;Ngày trả;Người nhận;Cán bộ;Tình trạng"
    rows = [f"A{n};Nguyễn Thị Mận;Đăng ký khai sinh;09/03/2026;{row}" for n, row in enumerate(_HISTORIES)]
    mapping = '[statuses]\n"Quá hạn bổ sung" = "closed"'
    assert bring(desk, "\n".join((head, *rows)), mapping).imported == len(_HISTORIES)
    acts = [desk.show(f"A{n}", NOW).steps[1:] for n in range(len(_HISTORIES))]
    assert [[(a.action, f"{local(a.at):%d %H:%M}", a.to) for a in each] for each in acts] == list(_HISTORIES.values())
    noted = {act.action for each in acts for act in each if act.note == "Theo sổ cũ"}
    assert noted == {"ask-supplement", "close", "withdraw"}
    assert desk.check(NOW).findings == ()


def test_numbers_of_today_are_left_alone(desk: Desk) -> None:
    bring(desk, table(RETURNED, OPEN, LATE))
    assert desk.take_in(NOW).code == "H29.12-261102-0001"
    earlier = desk.take_in(MORNING)
    bring(desk, table("9;K-9;Lý Văn Dậu;;Đăng ký khai tử;09/02/2026;;;"))
    assert earlier.code == "H29.12-260209-0001" and desk.show("K-9", NOW).code == "H29.12-260209-0002"
    assert desk.check(NOW).findings == ()


def test_nothing_comes_twice(desk: Desk) -> None:
    content = table(RETURNED, OPEN, LATE)
    assert bring(desk, content).imported == 3
    assert bring(desk, content) == ImportedBatch(0, 3, ())
    assert bring(desk, table(OPEN, WITHDRAWN, OPEN)) == ImportedBatch(1, 2, ())
    without_codes = content.replace("HS-01", "").replace("HS-02", "").replace("HS-03", "")
    assert bring(desk, without_codes).imported == 3 and bring(desk, without_codes) == ImportedBatch(0, 3, ())
    desk.take_in(NOW, alias="DVC-77")
    taken = table("5;DVC-77;Hồ Thị Sửu;;Đăng ký khai tử;09/03/2026;;;")
    assert bring(desk, taken) == ImportedBatch(0, 1, ())
    other = OPEN.replace("Lê Văn Tỵ", "Lê Văn Ngọ").replace("HS-02", "HS-05")
    assert bring(desk, table(WITHDRAWN.replace("HS-04", "HS-05"), other)).refused[0].row == 3


def test_dry_run_writes_nothing(desk: Desk) -> None:
    plan = plan_of(desk, table(RETURNED, OPEN, "x;;;;;;;;"))
    for entries in plan.batches():
        assert desk.office.read(check_batch, ImportBatch(entries, plan.name), NOW) == ImportedBatch(2, 0, ())
    assert desk.rows("SELECT count(*) FROM dossier") == [(0,)]


def test_imported_dossiers_stay_here_unless_sending_is_asked_for(desk: Desk) -> None:
    bring(desk, table(RETURNED, OPEN))
    desk.act("HS-02", "finish", NOW)
    bring(desk, table(LATE), send=True)
    state = desk.office.read(sync_status, SyncStatus(), NOW)
    assert (state.waiting, state.sent) == (1, 0)
    built = desk.office.read(build_bundle, BuildBundle(), NOW)
    running = read_bundle(built.content).summary["reports"][0]["total"]
    assert built.records == 3 and desk.report(*YEAR, NOW).total.received == 3
    quarter = desk.office.read(build_bundle, BuildBundle(), at("2026-03-20T08:00"))
    assert read_bundle(quarter.content).summary["reports"][1]["total"]["received"] == 1 and running["received"] == 0
    assert desk.check(NOW).findings == ()
    with writing(desk.office._database) as work:
        from app.storage.outgoing.records import requeue_all_events

        requeue_all_events(work)
        work.commit()
    assert desk.office.read(sync_status, SyncStatus(), NOW).waiting == 1


def test_no_receipt_of_an_imported_dossier(desk: Desk) -> None:
    bring(desk, table(RETURNED, OPEN))
    with pytest.raises(Refusal) as refused:
        desk.office.write(prepare_paper, PreparePaper("HS-02", PaperForm.RECEIPT), NOW)
    assert refused.value.code == "imported_no_receipt"
    assert desk.show("HS-02", NOW).prints == ()


def test_more_than_9999_on_one_day_is_a_refused_row(desk: Desk) -> None:
    day = date(2026, 3, 9)
    with writing(desk.office._database) as work:
        office_settings.raise_counter(work, serial_counter(1, day), 9_998)
        work.commit()
    result = bring(desk, table(OPEN, LATE, WITHDRAWN, RETURNED))
    assert (result.imported, [row.row for row in result.refused]) == (2, [3, 4])
    assert "9.999" in result.refused[0].reason
    assert desk.show("HS-02", NOW).code == "H29.12-260309-9999"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1;A;;;Đăng ký khai sinh;09/03/2026;;;", "Chưa có họ tên"),
        ("1;A;Ng?y?n V?n A;;Đăng ký khai sinh;09/03/2026;;;", "mất dấu"),
        ("1;A;An;;Đăng ký khai sinh;;;;", "Chưa có ngày nhận"),
        ("1;A;An;;Đăng ký khai sinh;31/2/2026;;;", "Ngày nhận «31/2/2026»"),
        ("1;A;An;;Đăng ký khai sinh;09/03/2027;;;", "ở tương lai"),
        ("1;A;An;;Đăng ký khai sinh;09/03/2026;01/03/2026;;", "Ngày hẹn trả sớm hơn Ngày nhận"),
        ("1;A;An;;Đăng ký khai sinh;09/03/2026;;01/03/2026;", "sớm hơn Ngày nhận"),
        ("1;A;An;;;09/03/2026;;;", "Chưa có thủ tục"),
        ("1;A;An;;Việc lạ không có;09/03/2026;;;", "Việc lạ không có"),
        ("1;A;An;4.819E+10;Đăng ký khai sinh;09/03/2026;;;", "mất số cuối"),
        ("1;A;An;;Đăng ký khai sinh;09/03/2026;;;Đã trả", "không có ngày"),
        ("1;A;123;;Đăng ký khai sinh;09/03/2026;;;", "không có chữ cái"),
    ],
)
def test_rows_are_refused_with_a_reason(desk: Desk, row: str, reason: str) -> None:
    plan = plan_of(desk, table(OPEN, row))
    assert [each.row for each in plan.refused] == [3] and reason in plan.refused[0].reason
    assert len(plan.entries) == 1


def test_refused_rows_come_back_corrected(desk: Desk) -> None:
    plan = plan_of(desk, table(OPEN, LATE.replace("Công ty TNHH Gió", "")))
    file = refused_rows_file(plan, plan.refused)
    again = plan_of(desk, file, name="bo.xlsx")
    assert [(use.heading, use.column) for use in again.uses][-1] == ("Lý do bị bỏ", None)
    assert [row.reason for row in again.refused] == [row.reason for row in plan.refused]
    from app.sheets.reading import read_sheet

    head, row = read_sheet(file, "bo.xlsx").rows
    corrected = [["" if cell is None else cell for cell in head], [cell or "" for cell in row]]
    corrected[1][2] = "Công ty TNHH Gió"
    assert bring(desk, xlsx(corrected)).imported == 1


FORM_07: Sequence[Sequence[Any]] = [
    ["SỔ THEO DÕI HỒ SƠ", *[None] * 11],
    ["STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức",
     "Địa chỉ, số điện thoại", "Cơ quan chủ trì giải quyết", "Ngày, tháng, năm", None, None, "Trả kết quả", None],
    [*[None] * 7, "Nhận hồ sơ", "Hẹn trả kết quả", "Nhận kết quả từ cơ quan giải quyết", "Ngày, tháng, năm", "Ký nhận"],
    [1, "X1", "Đăng ký khai sinh", 1, "Nguyễn Thị Mận", "Thôn Đoài, ĐT 0905 123 456", "Tư pháp", date(2026, 3, 8),
     46091, "09/03/2026", "9/3/26", "Mận"],
    [2, "X2", "Đăng ký khai tử", 2, "Lê Văn Tỵ", "Thôn Thượng", None, "8/3/99", None, None, None, None],
    ["Cộng", *[None] * 10, "3"],
]  # fmt: skip


def test_two_line_headings_of_the_official_register(desk: Desk) -> None:
    plan = plan_of(desk, xlsx(FORM_07, ["A1:L1", "A2:A3", "B2:B3", "C2:C3", "H2:J2", "K2:L2"]))
    assert {use.column: use.place for use in plan.uses if use.column} == {
        "number": 0, "code": 1, "procedure": 2, "quantity": 3, "applicant": 4, "contact": 5, "holder": 6,
        "received": 7, "due": 8, "finished": 9, "returned": 10, "receiver": 11,
    }  # fmt: skip
    assert bring(desk, xlsx(FORM_07, ["A1:L1", "H2:J2", "K2:L2"])).imported == 2
    first, old = desk.show("X1", NOW), desk.show("X2", NOW)
    assert (first.applicant["phone"], first.applicant["address"]) == ("0905 123 456", "Thôn Đoài")
    assert (first.due_at, first.closed_at) == (at("2026-03-10T17:00"), at("2026-03-09T16:00"))
    assert (old.code, old.quantity, old.received_at) == ("H29.12-990308-0001", 2, at("1999-03-08T08:00"))
    assert desk.check(NOW).findings == ()


def test_old_fonts_and_the_map_file(desk: Desk) -> None:
    rows = [["ma so", "ten nguoi", "viec", "hom nhan"], ["M1", in_tcvn3("nguyễn thị mận"), "KS", "8/3/26"]]
    text = """
[columns]
code = "ma so"
"ten nguoi" = "applicant"
procedure = "viec"
received = "D"
[procedures]
KS = "1.001193"
"""
    plan = plan_of(desk, xlsx(rows), text)
    assert plan.conversions == ("TCVN3",) and plan.entries[0].applicant.name == "nguyễn thị mận"
    assert plan.entries[0].version.procedure.code == "1.001193"


@pytest.mark.parametrize(
    ("text", "code"),
    [("[columns", "map_toml"), ("[other]\na = 1", "map_section"), ("x = 'y'", "map_column"),
     ("code = 'Không có'", "map_heading_missing"), ("[defaults]\nx = 'y'", "map_column")],
)  # fmt: skip
def test_wrong_maps_are_refused(desk: Desk, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        plan_of(desk, table(OPEN), text)
    assert refused.value.code == code


def test_defaults_serve_columns_that_the_register_lacks(desk: Desk) -> None:
    content = "Họ và tên;Ngày nhận\nNguyễn Thị Mận;08/03/2026\n"
    plan = plan_of(desk, content, f'[defaults]\nprocedure_code = "{SAME_DAY}"\nchannel = "online"')
    assert plan.entries[0].version.procedure.code == SAME_DAY and plan.entries[0].channel == "online"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Ngày hẹn trả kết quả", "due"), ("Thời hạn giải quyết", None), ("Ngày tiếp nhận", "received"),
        ("Ngày trả kết quả", "returned"), ("Ngày giải quyết xong", "finished"), ("Số CMND/CCCD", "id_number"),
        ("Họ, tên chủ hồ sơ", "applicant"), ("Người nộp", "submitter"), ("Năm sinh", "birth"), ("Số ĐT", "phone"),
        ("Nội dung yêu cầu", "procedure"), ("Mã TTHC", "procedure_code"), ("Số biên nhận", "code"), ("STT", "number"),
        ("Hình thức nộp", "channel"), ("Nơi cư trú", "address"), ("Trạng thái", "status"), ("Ghi chú", "note"),
        ("Cán bộ thụ lý", "holder"), ("Lệ phí (đồng)", "fee"), ("Hình thức nhận kết quả", "return_by"),
        ("Họ tên, địa chỉ, số điện thoại", "person"), ("Lĩnh vực", "field"), ("Xếp loại", None),
    ],
)  # fmt: skip
def test_headings_in_any_spelling(heading: str, column: str | None) -> None:
    for spelling in (heading, heading.upper(), heading.replace(" ", "  ")):
        assert recognise_register(heading_text(spelling)) == column


def test_codes_of_the_register_are_not_given_to_others(desk: Desk) -> None:
    own = ["H29.12-260309-0002", "H29.12-260309-0001", "H29.12-260309-0003"]
    rows = [OPEN.replace("HS-02", code).replace("Lê Văn Tỵ", f"Lê Văn {n}") for n, code in enumerate(own)]
    assert bring(desk, table(*rows)).imported == 3
    for n, code in enumerate(own):
        assert desk.show(code, NOW).applicant["name"] == f"Lê Văn {n}"
    assert desk.check(NOW).findings == ()


def test_search_by_the_own_code(desk: Desk) -> None:
    bring(desk, table(RETURNED, OPEN))
    assert [line.code for line in desk.office.read(search_dossiers, SearchDossiers("hs-02", 5), NOW)] == [
        "H29.12-260309-0001"
    ]
