"""Preview of a catalogue import: each change, nothing written."""

from datetime import date

from app.sheets.reading import read_sheet
from app.usecases.catalogue.preview import (
    PreviewCatalogue,
    PreviewFile,
    preview_catalogue,
    preview_file,
)
from app.usecases.catalogue.procedures import ImportCatalogue, import_catalogue
from tests.support.offices import MORNING, SAME_DAY, Desk

NEXT = date(2026, 3, 1)
TABLE = (
    "code\tname\tfield\tlimit\tunit\tfee_vnd\twithdrawn\n"
    f"{SAME_DAY}\tChứng thực bản sao\tChứng thực\t\tsame_day\t3000\t\n"
    "9.999999\tViệc mới\tHộ tịch\t5\tworking_day\t0\t\n"
    "1.001193\tĐăng ký khai sinh\tHộ tịch\t\tsame_day\t0\t1\n"
)


def test_preview_shows_each_change_and_writes_nothing(desk: Desk) -> None:
    before = desk.rows("SELECT count(*) FROM procedure_version")
    preview = desk.office.read(preview_catalogue, PreviewCatalogue(TABLE, NEXT, "12/QĐ"), MORNING)
    assert desk.rows("SELECT count(*) FROM procedure_version") == before
    kinds = {change.code: change.kind.value for change in preview.changes}
    assert kinds == {SAME_DAY: "changed", "9.999999": "new", "1.001193": "repealed"}
    fee = next(each for each in preview.changes if (each.code, each.column) == (SAME_DAY, "fee_vnd"))
    assert (fee.before, fee.after, fee.valid_from, fee.row) == ("2000", "3000", NEXT, 2)
    applied = desk.office.write(import_catalogue, ImportCatalogue(TABLE, NEXT, "12/QĐ"), MORNING)
    assert (applied.new, applied.changed, applied.unchanged) == (preview.new, preview.changed, preview.unchanged)
    days = desk.rows(f"SELECT valid_from FROM procedure_version WHERE code = '{SAME_DAY}' ORDER BY version")
    assert days[-1] == (20260301,)
    [(stored,)] = desk.rows("SELECT value FROM setting WHERE name = 'catalogue_decisions'")
    assert "12/QĐ" in stored and "2026-03-01" in stored


def test_the_workbook_to_sign_is_in_words(desk: Desk) -> None:
    papers = ("submit|1|0|Tờ khai", "show|0|2|Giấy chứng minh; hộ chiếu")
    table = (
        "code\tname\tfield\tlimit\tunit\tpapers\tboundary_free\tchannel_fees\tsupplement_clock\n"
        f"9.999999\tViệc mới\tHộ tịch\t5\tworking_day\t{' ; '.join(papers)}\t1\tonline:500\tpause\n"
    )
    desk.office.write(import_catalogue, ImportCatalogue(table, date(2026, 1, 1)), MORNING)
    later = table.replace("submit|1|0|Tờ khai ; ", "").replace("hộ chiếu", "hộ chiếu ; lookup|0|0|Căn cước")
    later = later.replace("\t5\tworking_day", "\t\tunknown")
    preview = desk.office.read(preview_catalogue, PreviewCatalogue(later, NEXT), MORNING)
    content = desk.office.read(preview_file, PreviewFile(preview, ".xlsx", "12/QĐ", NEXT), MORNING)
    rows = [[*(str(cell or "") for cell in row), *[""] * 8] for row in read_sheet(content, "a.xlsx").rows]
    changes = {(row[5], row[6], row[7]) for row in rows}
    assert {
        ("Thời hạn", "5", ""),
        ("Đơn vị thời hạn", "ngày làm việc", "chưa rõ"),
        ("Thành phần hồ sơ", "Tờ khai (nộp, 1 bản chính)", ""),
        ("Thành phần hồ sơ", "", "Căn cước (tra cứu dữ liệu)"),
    } <= changes
    text = " ".join(" ".join(cells) for cells in changes)
    assert not any(code in text for code in ("submit", "working_day", "unknown", "2026-03-01", "|"))


def test_preview_leaves_as_a_workbook_to_sign(desk: Desk) -> None:
    preview = desk.office.read(preview_catalogue, PreviewCatalogue(TABLE, NEXT), MORNING)
    content = desk.office.read(preview_file, PreviewFile(preview, ".xlsx", "12/QĐ", NEXT), MORNING)
    texts = {str(cell) for row in read_sheet(content, "a.xlsx").rows for cell in row if cell is not None}
    assert {"Bãi bỏ", "Mới", "Thay đổi", "Phí, lệ phí"} <= texts
    assert any("12/QĐ" in text for text in texts)
