"""The register of some fields as a printed list and as files."""

import io
import json
import zipfile
from datetime import date

import pytest

from app.bootstrap import main
from app.models.errors import Refusal
from app.services.reporting.report_lists import register_to_json
from app.usecases.documents.list_exports import register_file
from app.usecases.documents.register import PrepareRegister, prepare_register, register_table
from app.usecases.dossiers.queries import ListFields, ListReceived, list_fields, list_received
from tests.support.offices import PERSON, SAME_DAY, at, json_lines
from tests.support.pdf_reading import pdf_text

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
LATER = at("2026-02-11T09:00")
BIRTH = "1.001193"


def table(desk, *fields):
    return desk.office.read(register_table, PrepareRegister(FIRST, LAST, fields=fields), LATER)


def two_fields(desk):
    certified, birth = (desk.take_in(procedure=code) for code in (SAME_DAY, BIRTH))
    return [(desk.show(each.code).procedure.field, each.code) for each in (certified, birth)]


def test_register_has_only_the_requested_fields(desk):
    (one, first), (other, second) = two_fields(desk)
    assert one != other
    only = pdf_text(desk.office.read(prepare_register, PrepareRegister(FIRST, LAST, fields=(other,)), LATER).pdf)
    assert second in only
    assert first not in only
    assert "Tổng số: 1 hồ sơ." in only
    assert [(block.field, [row.number for row in block.rows]) for block in table(desk, other.upper()).blocks] == [
        (other, ["01"])
    ]
    assert table(desk, one, other).dossiers == table(desk).dossiers == 2


@pytest.mark.parametrize("text", ["Không có lĩnh vực này", "", "   ", "a"])
def test_unknown_or_ambiguous_field_is_refused(desk, text):
    with pytest.raises(Refusal) as refused:
        table(desk, text)
    assert refused.value.code == "field_unknown"


def test_exported_register_equals_the_printed_one(desk):
    code = desk.take_in(applicant={**PERSON, "name": "=A1+1"}).code
    desk.act(code, "withdraw", at("2026-02-09T10:00"))
    answer = register_to_json(table(desk))
    (row,) = answer["rows"]
    assert answer["total"] == 1
    assert (row["code"], row["number"], row["volume"]) == (code, "01", "01/2026")
    assert (row["applicant"], row["ended"]) == ("=A1+1", "Đã rút hồ sơ")
    content = register_file(table(desk), ".xlsx", "UBND xã Thử Nghiệm")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "autoFilter" in sheet
    for part in (code, "=A1+1", "Sổ theo dõi hồ sơ".upper(), "Phương thức nhận kết quả", "UBND xã Thử Nghiệm"):
        assert part in texts, part


def command(desk, *words):
    return main([*map(str, words), "--data", str(desk.folder), "--now", "2026-02-11T09:00", "--json"])


def test_register_report_command(desk, tmp_path, capsys):
    (_one, first), (field, second) = two_fields(desk)
    period = ("--from", FIRST, "--to", LAST, "--field", field)
    for ending in ("json", "xlsx", "pdf"):
        file = tmp_path / f"so.{ending}"
        assert command(desk, "report", "register", *period, "--out", file) == 0
        (answer,) = json_lines(capsys.readouterr().out)
        assert [row["code"] for row in answer["rows"]] == [second]
        assert file.stat().st_size
    assert json.loads((tmp_path / "so.json").read_text(encoding="utf-8")) == answer
    assert first not in pdf_text((tmp_path / "so.pdf").read_bytes())
    assert command(desk, "print", "register", *period, "--out", tmp_path / "in.pdf") == 0
    capsys.readouterr()
    assert pdf_text((tmp_path / "in.pdf").read_bytes()) == pdf_text((tmp_path / "so.pdf").read_bytes())


@pytest.mark.parametrize("name", ["register", "fees"])
def test_report_by_group_is_on_paper_too(name, desk, tmp_path, capsys):
    two_fields(desk)
    file = tmp_path / "nhom.pdf"
    assert command(desk, "report", name, "--from", FIRST, "--to", LAST, "--group", "month", "--out", file) == 0
    capsys.readouterr()
    assert "Tháng tiếp nhận" in pdf_text(file.read_bytes())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("report", "register", "--out", "so.ods"), "report_format"),
        (("report", "register", "--field", "không có"), "field_unknown"),
        (("report", "06a", "--field", "Hộ tịch"), "field_without_register"),
        (("print", "register", "--field", "không có", "--out", "so.pdf"), "field_unknown"),
    ],
)
def test_invalid_register_command_writes_nothing(desk, tmp_path, capsys, monkeypatch, words, why):
    monkeypatch.chdir(tmp_path)
    assert command(desk, *words, "--from", FIRST, "--to", LAST) == 1
    assert json_lines(capsys.readouterr().out)[0]["refused"]["code"] == why
    assert list(tmp_path.glob("so.*")) == []


def test_received_list_of_one_field(desk):
    lists = two_fields(desk)
    fields = desk.office.read(list_fields, ListFields(), LATER)

    def codes(field=""):
        lines = desk.office.read(list_received, ListReceived(FIRST, LAST, field=field), LATER)
        return [line.code for line in lines]

    assert codes() == [code for _field, code in lists]
    assert {field: codes(field) for field in fields if codes(field)} == {field: [code] for field, code in lists}
    assert codes("Không có") == []
