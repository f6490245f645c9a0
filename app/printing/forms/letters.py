"""Official letters: Mẫu số 02 to 05 of TT 03/2025/TT-VPCP, line by line.

They are Mẫu số 02 to 04 of TT 01/2018/TT-VPCP.
"""

from datetime import date, datetime

from app.models.instants import local_day
from app.printing.documents.dossier import Apology, RefusalSlip, StopNotice, SupplementRequest
from app.printing.documents.parts import Party
from app.printing.forms.receipt import field, pair
from app.printing.layout.closing import SignatureBlock, set_closing, signature_block
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, REGULAR, Span
from app.wording.documents import forms as words
from app.wording.documents import letters
from app.wording.numbers import instant_in_words

_GAP = 0.8 * MM
"""Space above a paragraph."""


def supplement_request(flow: PageFlow, doc: SupplementRequest) -> None:
    """Set Mẫu số 02: applicant, missing papers, reason, contact."""
    heading(flow, doc.head, doc.identity, "supplement")
    flow.text(field(letters.SUPPLEMENT_OF, doc.applicant.name, BOLD))
    flow.text(field(words.PROCEDURE, doc.procedure, BOLD))
    flow.text(field(words.ADDRESS, doc.applicant.address))
    _contact_line(flow, doc.applicant)
    flow.text(_letter_paragraph(f"{letters.SUPPLEMENT_ITEMS}:"))
    for number, item in enumerate(doc.items, 1):
        flow.text(para(f"{number}. {item}", REGULAR))
    flow.text(_letter_paragraph(f"{letters.REASON}: {letters.with_full_stop(doc.reason)}"))
    guide = signature_block(flow, letters.GUIDE_SIGNS, doc.guide, words.SIGN_HINT, letters.GUIDE_DIGITAL)
    set_closing(
        flow,
        _letter_paragraph(letters.contact_sentence(doc.guide, doc.phone or words.BLANK)),
        (SignatureBlock(), guide),
    )


def refusal_slip(flow: PageFlow, doc: RefusalSlip) -> None:
    """Set Mẫu số 03: submitter, procedure, reason of the refusal."""
    heading(flow, doc.head, doc.identity, "refusal")
    flow.text(para(f"{words.CENTRE} {doc.head.unit}", REGULAR))
    flow.text(field(words.SUBMITTER, doc.submitter.name, BOLD))
    flow.text(field(words.ID_NUMBER, doc.submitter.id_number))
    flow.text(field(words.ADDRESS, doc.submitter.address))
    _contact_line(flow, doc.submitter)
    flow.text(field(letters.CODE_IF_ANY, doc.identity.code, BOLD))
    flow.text(field(words.PROCEDURE, doc.procedure, BOLD))
    sentence = letters.refusal_opening(doc.head.unit, doc.appraised)
    flow.text(Para((Span(f"{sentence}: "), Span(letters.with_full_stop(doc.reason) or words.BLANK)), before=_GAP))
    label, digital = letters.refusal_signer(doc.head.form_set)
    submitter = signature_block(flow, words.SUBMITTER_SIGNS, "")
    clerk = signature_block(flow, label, doc.clerk, words.SIGN_HINT, digital)
    set_closing(flow, _letter_paragraph(letters.REFUSAL_END), (submitter, clerk))


def apology(flow: PageFlow, doc: Apology) -> None:
    """Set Mẫu số 04, signed by the head: former due date, reason, new day."""
    unit = doc.head.unit
    heading(flow, doc.head, doc.identity, "apology")
    _addressee_line(flow, doc.addressee.name)
    received = local_day(datetime.fromisoformat(doc.received_at))
    opening = letters.apology_opening(
        received, unit, doc.procedure, doc.addressee.name, doc.addressee.id_number, doc.identity.code
    )
    due_at = datetime.fromisoformat(doc.due_at) if doc.due_at else None
    flow.text(_letter_paragraph(opening))
    flow.text(Para(pair(letters.APOLOGY_DUE, instant_in_words(due_at) if due_at else "", BOLD), before=_GAP))
    flow.text(_letter_paragraph(letters.apology_delay(unit)))
    flow.text(Para(pair(letters.REASON, letters.with_full_stop(doc.reason)), before=_GAP))
    flow.text(_letter_paragraph(letters.apology_sentence(unit, doc.head.form_set)))
    flow.text(Para((Span(letters.new_due_day(unit, date.fromisoformat(doc.new_day)), BOLD),), before=_GAP))
    _head_signature(flow, doc.signer)


def _head_signature(flow: PageFlow, name: str) -> None:
    recipients = (
        para(letters.RECIPIENTS, BOLD, flow.small),
        *(para(line, REGULAR, flow.small) for line in letters.RECIPIENT_LINES),
    )
    head = signature_block(flow, letters.HEAD_SIGNS, name, letters.HEAD_HINT, letters.HEAD_DIGITAL)
    set_closing(flow, _letter_paragraph(letters.APOLOGY_END), (SignatureBlock(recipients), head))


def stop_notice(flow: PageFlow, doc: StopNotice) -> None:
    """Set Mẫu số 05: the citizen's request, the dossier, the stop date."""
    unit = doc.head.unit
    heading(flow, doc.head, doc.identity, "stop")
    _addressee_line(flow, doc.submitter)
    flow.text(_letter_paragraph(f"{letters.stop_opening(unit, doc.withdrawn)}:"))
    flow.text(field(letters.STOP_APPLICANT, doc.applicant.name, BOLD))
    flow.text(field(words.ID_NUMBER, doc.applicant.id_number))
    flow.text(field(words.ADDRESS, doc.applicant.address))
    flow.text(field(words.PROCEDURE, doc.procedure, BOLD))
    flow.text(field(words.RECEIVED, instant_in_words(datetime.fromisoformat(doc.received_at))))
    flow.text(field(letters.STOP_REASON, letters.with_full_stop(doc.reason)))
    flow.text(_letter_paragraph(letters.stop_sentence(unit, datetime.fromisoformat(doc.stopped_at))))
    submitter = signature_block(flow, words.SUBMITTER_SIGNS, "")
    clerk = signature_block(flow, words.CLERK_SIGNS, doc.clerk, words.SIGN_HINT, words.CLERK_DIGITAL)
    set_closing(flow, _letter_paragraph(letters.STOP_END), (submitter, clerk))


def _addressee_line(flow: PageFlow, name: str) -> None:
    spans = (Span(f"{letters.ADDRESSEE}: {letters.CITIZEN} "), Span(name, BOLD))
    flow.text(Para(spans, flow.body + 0.5, 0.5, before=1.5 * MM))
    flow.skip(1 * MM)


def _letter_paragraph(text: str) -> Para:
    return para(text, REGULAR, before=_GAP)


def _contact_line(flow: PageFlow, party: Party) -> None:
    flow.fields(pair(words.PHONE, party.phone), pair(words.EMAIL, party.email))
