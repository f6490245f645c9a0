"""Invented documents, to look at a form before it is used.

People and numbers are invented, and the pages bear the mark of a training office.
"""

from collections.abc import Callable, Mapping

from app.models.forms.values import party_names, value_names
from app.printing.documents.dossier import (
    Apology,
    BlankReceipt,
    ControlSlip,
    Document,
    FeeReceipt,
    FeeSlip,
    FormPaper,
    Handover,
    HandoverRow,
    Leg,
    PaperRow,
    PaymentNotice,
    Receipt,
    RefusalSlip,
    Register,
    RegisterBlock,
    RegisterRow,
    ReturnSlip,
    StopNotice,
    SupplementReceipt,
    SupplementRequest,
    TextValue,
)
from app.printing.documents.lists import BatchReceipt, BatchRow, CashRow, CashSheet, CashSum, UnpaidDossier
from app.printing.documents.parts import Identity, PaperHead, Party
from app.wording.documents import samples as words
from app.wording.documents.cash_sheet import method_name

_CODE, _KEY = "H00.00-260212-0001", "0000260212000015"
_STORED = "KHO1:" + "0" * 240
_RECEIVED, _DUE, _RETURNED = "2026-02-12T09:30:00+07:00", "2026-02-25T17:00:00+07:00", "2026-02-25T16:20:00+07:00"
_DAY, _LAST_DAY = "2026-02-12", "2026-02-28"
_PERSON = Party(words.NAME, words.ID_NUMBER, words.ADDRESS, words.PHONE, words.EMAIL)
_OTHER = Party(words.OTHER_NAME, words.OTHER_ID_NUMBER, words.ADDRESS, words.PHONE)
_PAPERS = (PaperRow(words.PAPERS[0], "submit", 1, 0), PaperRow(words.PAPERS[1], "show", 1, 1))
_FEE = 8000


def sample_document(form: str, head: PaperHead) -> Document:
    """Return an invented document on a form.

    A form that the program does not know prints the values of a dossier.
    """
    build = _SAMPLES.get(form)
    return _form_paper(form, head) if build is None else build(head)


def _identity(code: str = _CODE) -> Identity:
    text = "\n".join((f"Mã hồ sơ: {code}", f"Thủ tục: {words.PROCEDURE_CODE}"))
    return Identity(code, _KEY if code else "", text, _STORED if code else "", training=True)


def _form_paper(form: str, head: PaperHead) -> FormPaper:
    people = (("submitter", _PERSON), ("applicant", _PERSON), ("principal", _OTHER))
    known = {name: getattr(person, name.partition(".")[2]) for role, person in people for name in party_names(role)}
    known |= words.VALUES
    texts = tuple(TextValue(name, known[name]) for name in sorted(value_names(form).texts & set(known)))
    return FormPaper(head, _identity(), form, texts, _PAPERS)


def _receipt(head: PaperHead) -> Receipt:
    return Receipt(
        head=head,
        identity=_identity(),
        submitter=_PERSON,
        applicant=None,
        principal=None,
        procedure=words.PROCEDURE,
        papers=_PAPERS,
        quantity=1,
        term=words.TERM,
        received_at=_RECEIVED,
        due_at=_DUE,
        return_by="counter",
        clerk=words.CLERK,
        volume="01/2026",
        serial="15",
        fee=_FEE,
        lookup=words.LOOKUP,
        transfer=words.TRANSFER,
    )


def _batch(head: PaperHead) -> BatchReceipt:
    row = BatchRow(
        code=_CODE,
        key=_KEY,
        applicant=words.NAME,
        procedure=words.PROCEDURE,
        due_at=_DUE,
        due_note="",
        fee=_FEE,
        return_by="counter",
        volume="01/2026",
        serial="15",
    )
    return BatchReceipt(
        head=head,
        identity=_identity(""),
        submitter=_PERSON,
        first_at=_RECEIVED,
        last_at=_RECEIVED,
        rows=(row, row),
        clerk=words.CLERK,
        lookup=words.LOOKUP,
    )


def _control(head: PaperHead) -> ControlSlip:
    leg = Leg(words.CLERK, words.UNIT, words.LEG_AT, "on_time")
    return ControlSlip(
        head=head,
        identity=_identity(),
        applicant=words.NAME,
        procedure=words.PROCEDURE,
        settling_unit=words.UNIT,
        joint_unit="",
        received_at=_RECEIVED,
        due_at=_DUE,
        legs=(leg,),
    )


def _supplement(head: PaperHead) -> SupplementRequest:
    return SupplementRequest(
        head=head,
        identity=_identity(),
        applicant=_PERSON,
        procedure=words.PROCEDURE,
        items=words.PAPERS,
        reason=words.REASON,
        guide=words.CLERK,
        phone=words.PHONE,
    )


def _supplement_receipt(head: PaperHead) -> SupplementReceipt:
    return SupplementReceipt(
        head=head,
        identity=_identity(),
        submitter=_PERSON,
        applicant=words.NAME,
        procedure=words.PROCEDURE,
        items=words.PAPERS,
        asked_at=_RECEIVED,
        supplemented_at=_RECEIVED,
        promised_at=_RECEIVED,
        due_at=_DUE,
        clock="restart",
        term=words.TERM,
        return_by="counter",
        clerk=words.CLERK,
        lookup=words.LOOKUP,
    )


def _refusal(head: PaperHead) -> RefusalSlip:
    return RefusalSlip(
        head=head,
        identity=_identity(),
        submitter=_PERSON,
        procedure=words.PROCEDURE,
        reason=words.REASON,
        clerk=words.CLERK,
    )


def _apology(head: PaperHead) -> Apology:
    return Apology(
        head=head,
        identity=_identity(),
        addressee=_PERSON,
        procedure=words.PROCEDURE,
        received_at=_RECEIVED,
        due_at=_DUE,
        reason=words.REASON,
        new_day=_LAST_DAY,
        signer=words.CLERK,
    )


def _stop(head: PaperHead) -> StopNotice:
    return StopNotice(
        head=head,
        identity=_identity(),
        submitter=words.NAME,
        applicant=_PERSON,
        procedure=words.PROCEDURE,
        received_at=_RECEIVED,
        stopped_at=_RETURNED,
        reason=words.REASON,
        clerk=words.CLERK,
    )


def _handover(head: PaperHead, dossiers: int) -> Handover:
    row = HandoverRow(
        code=_CODE,
        procedure=words.PROCEDURE,
        result=words.RESULT,
        applicant=words.NAME,
        address=words.ADDRESS,
        fee=True,
        by_post=False,
    )
    identity = _identity(_CODE if dossiers == 1 else "")
    return Handover(head, identity, words.CLERK, words.UNIT, _RECEIVED, (row,) * dossiers)


def _return(head: PaperHead) -> ReturnSlip:
    return ReturnSlip(
        head=head,
        identity=_identity(),
        procedure=words.PROCEDURE,
        applicant=words.NAME,
        giver=words.CLERK,
        giver_phone=words.PHONE,
        taker=words.OTHER_NAME,
        taker_phone=words.PHONE,
        result=words.RESULT,
        returned_at=_RETURNED,
        authority=words.AUTHORITY,
        taker_id=words.OTHER_ID_NUMBER,
    )


def _payment(head: PaperHead) -> PaymentNotice:
    return PaymentNotice(
        head=head,
        identity=_identity(),
        addressee=_PERSON,
        applicant="",
        procedure=words.PROCEDURE,
        amount=_FEE,
        reason=words.REASON,
        until=_LAST_DAY,
        asked_at=_RECEIVED,
        clerk=words.CLERK,
        phone=words.PHONE,
        transfer=words.TRANSFER,
    )


def _fee_receipt(head: PaperHead) -> FeeReceipt:
    return FeeReceipt(
        head=head,
        identity=_identity(),
        payer=_PERSON,
        procedure=words.PROCEDURE,
        amount=_FEE,
        paid=_FEE,
        due=_FEE,
        book="01",
        number=words.BOOK_NUMBER,
        paid_at=_RECEIVED,
        cashier=words.CLERK,
    )


def _fee_slip(head: PaperHead) -> FeeSlip:
    return FeeSlip(
        head=head,
        identity=_identity(),
        payer=_PERSON,
        procedure=words.PROCEDURE,
        amount=_FEE,
        paid=_FEE,
        due=2 * _FEE,
        method=words.METHOD,
        receipt="",
        paid_at=_RECEIVED,
        cashier=words.CLERK,
        transfer=words.TRANSFER,
    )


def _register(head: PaperHead) -> Register:
    row = RegisterRow(
        number="01",
        code=_CODE,
        procedure=words.PROCEDURE,
        applicant=words.NAME,
        address=words.ADDRESS,
        phone=words.PHONE,
        unit=words.UNIT,
        received_at=_RECEIVED,
        due_at=_DUE,
        returned_at=_RETURNED,
        return_by="counter",
        received_by=words.NAME,
    )
    return Register(head, _identity(""), _DAY, _LAST_DAY, (RegisterBlock(words.FIELD, "01/2026", (row, row)),))


def _cash(head: PaperHead) -> CashSheet:
    row = CashRow(
        number=words.BOOK_NUMBER,
        at=_RECEIVED,
        code=_CODE,
        payer=words.NAME,
        procedure=words.PROCEDURE,
        cashier=words.CLERK,
        amount=_FEE,
    )
    total = CashSum(words.CLERK, "", 1, _FEE)
    return CashSheet(
        head=head,
        identity=_identity(""),
        first=_DAY,
        last=_DAY,
        cashier="",
        rows=(row,),
        books=(CashSum("01", words.BOOK_NUMBER, 1, _FEE),),
        procedures=(CashSum(words.PROCEDURE, words.PROCEDURE_CODE, 1, _FEE),),
        people=(total,),
        owing=(UnpaidDossier(_CODE, words.NAME, words.PROCEDURE, _FEE, 0),),
        unknown=0,
        signer=words.CLERK,
        methods=(CashSum(method_name("cash"), "", 1, _FEE),),
    )


_SAMPLES: Mapping[str, Callable[[PaperHead], Document]] = {
    "receipt": _receipt,
    "receipt-blank": lambda head: BlankReceipt(head, _identity()),
    "batch": _batch,
    "control": _control,
    "supplement": _supplement,
    "supplement-receipt": _supplement_receipt,
    "refusal": _refusal,
    "apology": _apology,
    "stop": _stop,
    "handover": lambda head: _handover(head, 1),
    "handover-list": lambda head: _handover(head, 3),
    "return": _return,
    "payment": _payment,
    "fee": _fee_receipt,
    "fee-slip": _fee_slip,
    "register": _register,
    "cash": _cash,
}
