"""Printer test page, printer settings, and copies to confirm."""

import pytest

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.scanning.self_test import check_test_code
from app.usecases.documents.prepare import PreparePapers, RecordPrints, prepare_papers, read_codes, record_prints
from app.usecases.documents.print_queue import ListUnprinted, list_unprinted
from app.usecases.office.printers import GetPrinterTestPage, get_printer_test_page
from tests.support.pdf_reading import MM, pages

LETTERS = "ẶẼỖỰỲỮợẵ"


@pytest.mark.parametrize(("paper", "wide"), [(PaperSize.A4, 210), (PaperSize.A5, 148), (PaperSize.ROLL_80, 80)])
def test_test_page_has_hard_characters_and_test_codes(desk, paper, wide):
    pdf = desk.office.read(get_printer_test_page, GetPrinterTestPage("Máy in phòng 2", paper))
    (page,) = pages(pdf)
    assert abs(page.width / MM - wide) < 0.2
    assert page.text.count(LETTERS) == 4
    assert "Máy in phòng 2" in page.text
    (codes,) = read_codes(pdf)
    assert [check_test_code(code).faults for code in (*codes.barcodes, *codes.qr_codes)] == [(), ()]


def test_documents_of_one_action_use_the_printer_settings(desk):
    code = desk.take_in().code
    forms = (PaperForm.RECEIPT, PaperForm.CONTROL)
    chosen = {PaperForm.RECEIPT: PaperSize.ROLL_80, PaperForm.CONTROL: PaperSize.A4}
    receipt, slip = desk.office.write(prepare_papers, PreparePapers(code, forms, chosen, {PaperForm.CONTROL: 2}))
    assert (receipt.paper, receipt.copies, slip.paper, slip.copies) == (PaperSize.ROLL_80, 2, PaperSize.A4, 2)


def test_sent_copy_waits_for_confirmation(desk):
    code = desk.take_in().code
    (receipt,) = desk.office.write(prepare_papers, PreparePapers(code, (PaperForm.RECEIPT,)))
    desk.office.write(record_prints, RecordPrints(receipt.print_ids, PrintStatus.HANDED))
    (waiting,) = desk.office.read(list_unprinted, ListUnprinted())
    assert (waiting.handed, waiting.print_ids) == (True, receipt.print_ids)
    desk.office.write(record_prints, RecordPrints(receipt.print_ids, PrintStatus.PRINTED))
    assert desk.office.read(list_unprinted, ListUnprinted()) == ()


def test_papers_that_go_to_the_printer_at_once_are_recorded_as_handed_over(desk):
    code = desk.take_in().code
    forms = (PaperForm.RECEIPT, PaperForm.CONTROL)
    papers = desk.office.write(prepare_papers, PreparePapers(code, forms, handed=True))
    waiting = desk.office.read(list_unprinted, ListUnprinted())
    assert [(each.handed, each.print_ids) for each in waiting] == [(True, paper.print_ids) for paper in papers]
