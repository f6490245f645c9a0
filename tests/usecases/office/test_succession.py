"""Succession of an office: old codes stay valid under the new name."""

from datetime import date
from pathlib import Path

import pytest

from app.models.enums import PaperForm
from app.models.errors import Fault, Refusal
from app.office.exchange.sync_export import export_bundle
from app.sync.bundle import read_bundle
from app.usecases.documents.prepare import PreparePaper, prepare_paper, read_codes
from app.usecases.dossiers.bulk import CountTray, count_tray
from app.usecases.dossiers.queries import SearchDossiers, search_dossiers
from app.usecases.dossiers.scans import ReadScan, read_scan_text
from app.usecases.intake.preprinted import PrintPreprinted, print_preprinted
from app.usecases.office.succession import ListFormerOffices, list_former_offices
from tests.support.offices import OFFICE, Desk, at, desk_session

NEW = OFFICE.replace("UBND xã Thử Nghiệm", "UBND xã Hợp Nhất").replace("H29.12", "H30.07")
OLD_DAY, NEW_DAY = at("2026-02-09T08:00"), at("2026-02-09T14:00")
DECISION = "Nghị quyết 12/NQ-UBTVQH"


def succeed(desk: Desk, text: str = NEW, decision: str = DECISION, day: date = date(2026, 2, 9)) -> None:
    desk.office._pretend = NEW_DAY
    desk.office.succeed(text, decision, day)
    desk.office._pretend = None


def open_square(pdf: bytes) -> str:
    """Return the QR code for phones on the first page."""
    return next(text for text in read_codes(pdf)[0].qr_codes if "Hệ thống" in text)


def test_old_dossiers_keep_codes_and_new_ones_get_the_new_code(training_folder: Path) -> None:
    with desk_session(training_folder) as desk:
        old = desk.take_in(OLD_DAY)
        (blank,) = desk.office.write(print_preprinted, PrintPreprinted(1), OLD_DAY).receipts
        paper = desk.office.write(prepare_paper, PreparePaper(old.code, PaperForm.RECEIPT), OLD_DAY)
        before = read_bundle(export_bundle(desk.office, at=OLD_DAY).content)
        succeed(desk)
    with desk_session(training_folder) as desk:
        new = desk.take_in(NEW_DAY)
        assert (new.code, old.code) == ("H30.07-260209-0003", "H29.12-260209-0001")
        assert new.key[:2] != old.key[:2]
        square = read_codes(paper.pdf)[0].qr_codes[0]
        for text in (old.code, old.key, square, f" {old.key} "):
            result = desk.office.read(read_scan_text, ReadScan(text), NEW_DAY)
            assert result.line is not None and result.line.code == old.code, text
        preprinted_scan = desk.office.read(read_scan_text, ReadScan(blank.key), NEW_DAY)
        assert preprinted_scan.blank is not None and preprinted_scan.blank.code == blank.code
        entered = desk.take_in(NEW_DAY, blank=blank.key, received_at="2026-02-09T09:00")
        assert entered.code == blank.code
        found_by_code = desk.office.read(search_dossiers, SearchDossiers(old.code), NEW_DAY)
        assert [line.code for line in found_by_code] == [old.code]
        sheet = desk.act(old.code, "send", NEW_DAY, to="Tư pháp")
        assert sheet.code == old.code
        control = desk.office.write(prepare_paper, PreparePaper(old.code, PaperForm.CONTROL), NEW_DAY)
        assert "Hệ thống: UBND xã Hợp Nhất" in open_square(control.pdf)
        assert f"Mã hồ sơ: {old.code}" in open_square(control.pdf)
        again = desk.office.write(prepare_paper, PreparePaper(old.code, PaperForm.RECEIPT), NEW_DAY)
        assert "Hợp Nhất" not in open_square(again.pdf), "a reprint equals the first print"
        assert desk.report(date(2026, 2, 9), date(2026, 2, 9)).total.received == 3
        count = desk.office.read(count_tray, CountTray((old.key, new.key, entered.key)), NEW_DAY)
        assert count.agreed == 2 and [line.code for line in count.extra] == [old.code]
        assert desk.check(NEW_DAY).ok
        after = read_bundle(export_bundle(desk.office, at=NEW_DAY).content)
        assert (after.manifest["agency_code"], after.manifest["office"]) == ("H30.07", "UBND xã Hợp Nhất")
        assert after.manifest["epoch"] != before.manifest["epoch"]
        assert (after.manifest["sequence"], after.manifest["previous"]) == (1, None)
        assert before.records[0] == after.records[0], "records of the former agency keep id and content"
        assert {record["dossier"] for record in after.records} == {old.code, new.code, blank.code}


def test_document_of_another_office_stays_unknown(desk: Desk) -> None:
    result = desk.office.read(read_scan_text, ReadScan("9901260209000013"), OLD_DAY)
    assert result.kind == "stranger"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": OFFICE}, "succession_same"),
        ({"text": NEW.replace("head", "haed")}, "office_file_missing"),
        ({"decision": "  "}, "decision_missing"),
        ({"decision": "x" * 301}, "text_too_long"),
        ({"day": date(2026, 2, 10)}, "succession_future"),
    ],
)
def test_invalid_succession_changes_nothing(training_folder: Path, values: dict[str, object], code: str) -> None:
    with desk_session(training_folder) as desk:
        before = desk.contents()
        with pytest.raises(Refusal) as refused:
            succeed(desk, **values)
        assert refused.value.code == code and desk.contents() == before
        assert (training_folder / "office.toml").read_text(encoding="utf-8") == OFFICE
        assert not list(training_folder.glob("*.part"))


def test_succession_is_recorded_once_and_keeps_the_old_file(training_folder: Path) -> None:
    for _ in range(2):  # the second call repeats a succession cut off before the file was written
        with desk_session(training_folder) as desk:
            succeed(desk)
            (former,) = desk.office.read(list_former_offices, ListFormerOffices(), NEW_DAY)
        assert (former.agency_code, former.until, former.decision) == ("H29.12", "2026-02-09", DECISION)
        (training_folder / "office.toml").write_text(OFFICE, encoding="utf-8")
    assert any(file.read_text(encoding="utf-8") == OFFICE for file in training_folder.glob("office-truoc-*.toml"))


def test_succession_refuses_an_open_window(training_folder: Path) -> None:
    from app.window_start import window_lock

    with desk_session(training_folder) as desk, window_lock(training_folder), pytest.raises(Fault) as fault:
        succeed(desk)
    assert fault.value.code == "office_open_elsewhere"
