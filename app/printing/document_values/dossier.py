"""Values of documents about one dossier."""

from datetime import date, datetime

from app.printing.composed.values import Values
from app.printing.document_values.parts import (
    amount_texts,
    day_text,
    fee_texts,
    flag,
    instant,
    instant_day,
    paper_values,
    party_texts,
    sentence,
    texts_of,
)
from app.printing.documents.dossier import (
    Apology,
    BlankReceipt,
    ControlSlip,
    FormPaper,
    PaymentNotice,
    Receipt,
    RefusalSlip,
    ReturnSlip,
    StopNotice,
    SupplementReceipt,
    SupplementRequest,
)
from app.printing.documents.parts import Party
from app.wording.numbers import instant_in_words

_DOTS = "." * 10
"""A volume or number to fill in by hand."""


def receipt_values(doc: Receipt) -> Values:
    """Return the values of a receipt."""
    principal = doc.principal
    person = None
    if principal is not None:
        person = Party(principal.name, principal.id_number, principal.address, principal.phone, principal.email)
    return Values(
        {
            **party_texts("submitter", doc.submitter),
            **party_texts("applicant", doc.applicant),
            **party_texts("principal", person),
            "principal.authority": "" if principal is None else principal.authority,
            "co_applicants": doc.co_applicants,
            "procedure": doc.procedure,
            "quantity": f"{doc.quantity:02d}",
            **fee_texts(doc.fee),
            "relief": doc.exempt if doc.fee else "",
            "exemption": "" if doc.fee else doc.exempt,
            "pages": str(doc.pages) if doc.pages else "",
            "copies": str(doc.copies),
            "term": doc.term,
            "received": instant(doc.received_at),
            "due": instant(doc.due_at, doc.due_note),
            "return_by": doc.return_by,
            "advice": doc.advice,
            "transfer": doc.transfer,
            "volume": doc.volume or _DOTS,
            "serial": doc.serial or _DOTS,
            "lookup": doc.lookup,
            "clerk": doc.clerk,
        },
        {"papers": paper_values(doc.papers)},
    )


def blank_values(doc: BlankReceipt) -> Values:
    """Return the values of a pre-printed receipt, which has only its heading."""
    return Values({})


def control_values(doc: ControlSlip) -> Values:
    """Return the values of a control slip."""
    steps = [
        Values(
            {
                "sender": leg.sender,
                "receiver": leg.receiver,
                "at": leg.at_text,
                "verdict": leg.verdict,
                "note": leg.note,
            }
        )
        for leg in doc.legs
    ]
    return Values(
        {
            "applicant": doc.applicant,
            "procedure": doc.procedure,
            "settling_unit": doc.settling_unit,
            "joint_unit": doc.joint_unit,
            "received": instant(doc.received_at),
            "due": instant(doc.due_at, doc.due_note),
        },
        {"steps": steps},
    )


def supplement_values(doc: SupplementRequest) -> Values:
    """Return the values of a request for papers."""
    return Values(
        {
            **party_texts("applicant", doc.applicant),
            "procedure": doc.procedure,
            "reason": " ".join(part for part in (sentence(doc.reason), doc.advice) if part),
            "guide": doc.guide,
            "phone": doc.phone,
        },
        {"items": texts_of(doc.items)},
    )


def supplement_receipt_values(doc: SupplementReceipt) -> Values:
    """Return the values of a receipt for papers; the reason needs a due date."""
    due_at = datetime.fromisoformat(doc.due_at) if doc.due_at else None
    has_moved = doc.promised_at is not None and datetime.fromisoformat(doc.promised_at) != due_at
    clock = doc.clock if has_moved else "none"
    return Values(
        {
            **party_texts("submitter", doc.submitter),
            "applicant": doc.applicant,
            "procedure": doc.procedure,
            "asked_day": instant_day(doc.asked_at) if doc.asked_at else "",
            "received": instant(doc.supplemented_at),
            "promised": instant(doc.promised_at) if has_moved else "",
            "due": instant(doc.due_at, doc.due_note),
            "restarts": flag(due_at is not None and clock == "restart"),
            "pauses": flag(due_at is not None and clock == "pause"),
            "unchanged": flag(due_at is not None and clock == "none"),
            "term": doc.term,
            "return_by": doc.return_by,
            "clerk": doc.clerk,
            "lookup": doc.lookup,
        },
        {"items": texts_of(doc.items)},
    )


def refusal_values(doc: RefusalSlip) -> Values:
    """Return the values of a refusal."""
    return Values(
        {
            **party_texts("submitter", doc.submitter),
            "procedure": doc.procedure,
            "reason": sentence(doc.reason),
            "clerk": doc.clerk,
            "appraised": flag(doc.appraised),
        }
    )


def apology_values(doc: Apology) -> Values:
    """Return the values of an apology."""
    return Values(
        {
            **party_texts("addressee", doc.addressee),
            "procedure": doc.procedure,
            "received_day": instant_day(doc.received_at),
            "due": instant(doc.due_at),
            "reason": sentence(doc.reason),
            "new_day": day_text(date.fromisoformat(doc.new_day)),
            "signer": doc.signer,
        }
    )


def stop_values(doc: StopNotice) -> Values:
    """Return the values of a stop notice."""
    return Values(
        {
            **party_texts("applicant", doc.applicant),
            "submitter": doc.submitter,
            "procedure": doc.procedure,
            "received": instant(doc.received_at),
            "stopped": instant_in_words(datetime.fromisoformat(doc.stopped_at)),
            "reason": sentence(doc.reason),
            "clerk": doc.clerk,
            "withdrawn": flag(doc.withdrawn),
        }
    )


def return_values(doc: ReturnSlip) -> Values:
    """Return the values of a return slip."""
    return Values(
        {
            "procedure": doc.procedure,
            "applicant": doc.applicant,
            "giver": doc.giver,
            "giver_phone": doc.giver_phone,
            "taker": doc.taker,
            "taker_phone": doc.taker_phone,
            "taker_id": doc.taker_id,
            "returned": instant(doc.returned_at),
            "by_post": flag(doc.by_post),
            "parcel": doc.parcel,
            "authority": doc.authority,
        },
        {"results": [Values({"result": doc.result})]},
    )


def payment_values(doc: PaymentNotice) -> Values:
    """Return the values of a notice of payment."""
    return Values(
        {
            **party_texts("addressee", doc.addressee),
            "applicant": doc.applicant,
            "procedure": doc.procedure,
            **amount_texts(doc.amount),
            "reason": doc.reason,
            "until": day_text(date.fromisoformat(doc.until)) if doc.until else "",
            "clerk": doc.clerk,
            "phone": doc.phone,
            "transfer": doc.transfer,
        }
    )


def form_paper_values(doc: FormPaper) -> Values:
    """Return the values of a form that the program does not know."""
    return Values({each.name: each.text for each in doc.texts}, {"papers": paper_values(doc.papers)})
