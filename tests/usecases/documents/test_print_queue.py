"""Preview of documents and the print queue (SCENARIOS S10)."""

from datetime import timedelta

import pytest

from app.models.enums import PaperForm, PaperSize, PrintStatus
from app.models.errors import Refusal
from app.usecases.documents.prepare import PreparePaper, RecordPrints, prepare_paper, record_prints
from app.usecases.documents.print_queue import (
    DismissPrints,
    ListUnprinted,
    PreviewPaper,
    RenderWaiting,
    dismiss_prints,
    list_unprinted,
    preview_paper,
    render_waiting,
)
from tests.support.offices import MORNING, desk_session
from tests.support.pdf_reading import pages

LATER = MORNING + timedelta(hours=3)


def printed(desk, code, form, when=MORNING, **options):
    return desk.office.write(prepare_paper, PreparePaper(code, PaperForm(form), **options), when)


def settle(desk, ids, status):
    desk.office.write(record_prints, RecordPrints(tuple(ids), PrintStatus(status)), LATER)


def waiting(desk, when=LATER):
    return desk.office.read(list_unprinted, ListUnprinted(), when)


def pdf_text(pdf):
    return [page.text for page in pages(pdf)]


def test_preview_writes_only_an_access_record(desk):
    code = desk.take_in().code
    before = desk.contents()
    drawn = desk.office.write(preview_paper, PreviewPaper(code, PaperForm.RECEIPT), LATER)
    seen = desk.contents()
    earlier = len(before.pop("access"))  # a new office has applied the packages of the program
    assert [row[4] for row in seen.pop("access")[earlier:]] == ["sheet-opened"]
    assert seen == before
    assert (drawn.form, drawn.paper, len(pages(drawn.pdf))) == (PaperForm.RECEIPT, PaperSize.A5, 2)
    assert code in pdf_text(drawn.pdf)[0]
    roll = desk.office.write(preview_paper, PreviewPaper(code, PaperForm.RECEIPT, PaperSize.ROLL_80), LATER)
    assert roll.paper == PaperSize.ROLL_80 and pages(roll.pdf) != pages(drawn.pdf)


def test_preview_of_an_event_that_did_not_happen_is_refused(desk):
    code = desk.take_in().code
    with pytest.raises(Refusal, match="paper_not_returned"):
        desk.office.write(preview_paper, PreviewPaper(code, PaperForm.RETURN), LATER)


def test_unprinted_documents_are_listed_oldest_first(desk):
    first, second = desk.take_in().code, desk.take_in().code
    receipt = printed(desk, first, "receipt")
    slip = printed(desk, second, "control", paper=PaperSize.A4)
    settle(desk, slip.print_ids, "failed")
    listed = [(w.code, w.form, w.paper, w.copies, w.prepared_at, w.print_ids) for w in waiting(desk)]
    assert listed == [
        (first, PaperForm.RECEIPT, PaperSize.A5, 2, MORNING, receipt.print_ids),
        (second, PaperForm.CONTROL, PaperSize.A4, 1, MORNING, slip.print_ids),
    ]


def test_printed_or_old_documents_leave_the_queue(desk):
    code = desk.take_in().code
    settle(desk, printed(desk, code, "receipt").print_ids, "printed")
    printed(desk, code, "control")
    assert [w.form for w in waiting(desk)] == [PaperForm.CONTROL]
    assert [w.form for w in waiting(desk, MORNING + timedelta(days=2))] == [PaperForm.CONTROL]
    assert waiting(desk, MORNING + timedelta(days=2, seconds=1)) == ()


def test_later_print_replaces_a_failed_one(desk):
    code = desk.take_in().code
    settle(desk, printed(desk, code, "receipt").print_ids, "failed")
    again = printed(desk, code, "receipt", when=LATER, copies=1)
    settle(desk, again.print_ids, "printed")
    (left,) = waiting(desk)
    assert (left.form, left.copies) == (PaperForm.RECEIPT, 1)
    settle(desk, printed(desk, code, "receipt", when=LATER).print_ids, "printed")
    assert waiting(desk) == ()


def test_queued_document_is_unchanged_after_a_restart(training_folder):
    with desk_session(training_folder) as before:
        code = before.take_in().code
        receipt = printed(before, code, "receipt")
        before.act(code, "amend", LATER, sets=(("name", "Đào Thị Đổi"),), note="Sai tên")
    with desk_session(training_folder) as after:
        (left,) = waiting(after)
        drawn = after.office.read(render_waiting, RenderWaiting(left.print_ids), LATER)
        assert drawn.pdf == receipt.pdf
        assert (drawn.print_ids, drawn.pages, drawn.copies, drawn.form, drawn.paper) == (
            receipt.print_ids, receipt.pages, 2, PaperForm.RECEIPT, PaperSize.A5,
        )  # fmt: skip
        settle(after, drawn.print_ids, "printed")
        assert waiting(after) == ()


def test_one_copy_of_two_is_drawn_with_its_label(desk):
    code = desk.take_in().code
    receipt = printed(desk, code, "receipt")
    settle(desk, receipt.print_ids[:1], "printed")
    (left,) = waiting(desk)
    assert left.print_ids == receipt.print_ids[1:]
    drawn = desk.office.read(render_waiting, RenderWaiting(left.print_ids), LATER)
    assert pdf_text(drawn.pdf) == pdf_text(receipt.pdf)[1:]


@pytest.mark.parametrize("which", ["unknown", "nothing", "two papers", "came out"])
def test_copies_of_different_prints_are_refused(desk, which):
    code = desk.take_in().code
    receipt, slip = printed(desk, code, "receipt"), printed(desk, code, "control")
    print_ids = {
        "unknown": (9999,),
        "nothing": (),
        "two papers": (*receipt.print_ids, *slip.print_ids),
        "came out": receipt.print_ids,
    }
    settle(desk, receipt.print_ids[:1] if which == "came out" else (), "printed")
    with pytest.raises(Refusal, match="print_not_waiting"):
        desk.office.read(render_waiting, RenderWaiting(print_ids[which]), LATER)


def test_dismissed_copies_leave_the_queue_as_not_printed(desk):
    code = desk.take_in().code
    receipt, slip = printed(desk, code, "receipt"), printed(desk, code, "control")
    desk.office.write(dismiss_prints, DismissPrints(receipt.print_ids), LATER)
    assert [w.print_ids for w in waiting(desk)] == [slip.print_ids]
    desk.office.write(dismiss_prints, DismissPrints(slip.print_ids), LATER)
    assert waiting(desk) == ()
    assert {line.status for line in desk.show(code).prints} == {PrintStatus.PREPARED}
