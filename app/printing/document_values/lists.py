"""Values of documents about several dossiers, and of payments."""

from collections.abc import Sequence
from datetime import date, datetime

from app.printing.composed.values import Values
from app.printing.document_values.parts import (
    amount_texts,
    day_text,
    fee_texts,
    figures,
    flag,
    hour_and_day,
    instant,
    party_texts,
    texts_of,
)
from app.printing.documents.dossier import FeeReceipt, FeeSlip, Handover, HandoverRow, Register, RegisterRow
from app.printing.documents.lists import BatchReceipt, BatchRow, CashSheet, CashSum
from app.wording.documents import batch_receipt as batch_words
from app.wording.documents.cash_sheet import period_name
from app.wording.numbers import instant_in_figures, money


def batch_values(doc: BatchReceipt) -> Values:
    """Return the values of a batch receipt.

    `return_by` is that of all dossiers, else each has its own.
    """
    first, last = (datetime.fromisoformat(each) for each in (doc.first_at, doc.last_at))
    same = len({row.return_by for row in doc.rows}) == 1
    return Values(
        {
            **party_texts("submitter", doc.submitter),
            "visit": batch_words.time_range(first, last),
            "return_by": doc.rows[0].return_by if same else "",
            "count": f"{len(doc.rows):02d}",
            "total": batch_words.total([row.fee for row in doc.rows]),
            "lookup": doc.lookup,
            "clerk": doc.clerk,
        },
        {"rows": [_batch_row(number, row, same) for number, row in enumerate(doc.rows, 1)]},
    )


def _batch_row(number: int, row: BatchRow, same: bool) -> Values:
    return Values(
        {
            "number": str(number),
            "row_code": row.code,
            "row_key": row.key,
            "volume": row.volume,
            "serial": row.serial,
            "procedure": row.procedure,
            "applicant": row.applicant,
            "due": hour_and_day(row.due_at) or row.due_note,
            **fee_texts(row.fee),
            "row_return_by": "" if same else row.return_by,
        }
    )


def handover_values(doc: Handover) -> Values:
    """Return the values of a hand-over slip or list."""
    texts = {"sender": doc.sender, "receiver": doc.receiver, "at": instant(doc.at)}
    if doc.single:
        return Values({**texts, **_handover_row(doc.rows[0])})
    rows = [
        Values({"number": str(number), "row_code": row.code, **_handover_row(row)})
        for number, row in enumerate(doc.rows, 1)
    ]
    return Values({**texts, "count": str(len(rows))}, {"rows": rows})


def _handover_row(row: HandoverRow) -> dict[str, str]:
    return {
        "procedure": row.procedure,
        "result": row.result,
        "applicant": row.applicant,
        "address": row.address,
        "fee": flag(row.fee),
        "post": flag(row.by_post),
    }


def register_values(doc: Register) -> Values:
    """Return the values of the register."""
    blocks = [
        Values(
            {"field": block.field, "volume": block.volume, "dossiers": str(len(block.rows))},
            {"rows": [_register_row(row) for row in block.rows]},
        )
        for block in doc.blocks
    ]
    return Values(
        {
            "first": day_text(date.fromisoformat(doc.first)),
            "last": day_text(date.fromisoformat(doc.last)),
            "count": str(sum(len(block.rows) for block in doc.blocks)),
        },
        {"blocks": blocks, "notes": texts_of(doc.notes)},
    )


def _register_row(row: RegisterRow) -> Values:
    return Values(
        {
            "number": row.number,
            "row_code": row.code,
            "procedure": row.procedure,
            "applicant": row.applicant,
            "address": row.address,
            "phone": row.phone,
            "agency": row.unit,
            **figures("received", row.received_at),
            **figures("due", row.due_at),
            **figures("returned", row.returned_at),
            "return_by": row.return_by,
            "received_by": row.received_by,
            "ended": row.ended,
        }
    )


def _payment_texts(doc: FeeReceipt | FeeSlip) -> dict[str, str]:
    left = None if doc.due is None else doc.due - doc.paid
    return {
        **party_texts("payer", doc.payer),
        "procedure": doc.procedure,
        **amount_texts(doc.amount),
        "fee": "" if doc.due is None else money(doc.due),
        "paid": money(doc.paid),
        "left": money(left) if left is not None and left > 0 else "",
        "paid_in_full": flag(left is not None and left <= 0),
        "paid_at": instant(doc.paid_at),
        "cashier": doc.cashier,
    }


def fee_values(doc: FeeReceipt) -> Values:
    """Return the values of a receipt of a payment."""
    return Values({**_payment_texts(doc), "book": doc.book, "receipt_number": doc.number})


def fee_slip_values(doc: FeeSlip) -> Values:
    """Return the values of a slip of a payment."""
    also = {"tax_code": doc.tax_code, "relief": doc.relief, "method": doc.method, "receipt": doc.receipt}
    return Values({**_payment_texts(doc), **also, "transfer": doc.transfer})


def cash_values(doc: CashSheet) -> Values:
    """Return the values of the cash sheet."""
    first, last = date.fromisoformat(doc.first), date.fromisoformat(doc.last)
    people = {row.cashier for row in doc.rows} | ({doc.cashier} if doc.cashier else set())
    unpaid = () if doc.cashier else doc.owing
    unknown = 0 if doc.cashier else doc.unknown
    return Values(
        {
            "first": "" if first == last else day_text(first),
            "last": day_text(last),
            "one_day": day_text(first) if first == last else "",
            "payments": f"{len(doc.rows):02d}",
            **amount_texts(doc.amount),
            "cashier": next(iter(people)) if len(people) == 1 else "",
            "only_cashier": doc.cashier,
            "signer": doc.signer,
            "outstanding": money(sum(row.fee - row.paid for row in unpaid)),
            "outstanding_title": period_name(first, last),
            "unknown": f"{unknown:02d}" if unknown else "",
            "all_paid": flag(not (doc.cashier or unpaid or unknown)),
        },
        {
            "rows": _cash_rows(doc),
            "books": _sums(doc.books),
            "procedures": _sums(doc.procedures),
            "people": _sums(doc.people),
            "reliefs": _sums(doc.reliefs),
            "methods": _sums(doc.methods),
            "owing": [
                Values(
                    {
                        "number": str(number),
                        "row_code": row.code,
                        "applicant": row.applicant,
                        "procedure": row.procedure,
                        "fee": money(row.fee),
                        "paid": money(row.paid),
                        "left": money(row.fee - row.paid),
                    }
                )
                for number, row in enumerate(unpaid, 1)
            ],
        },
    )


def _cash_rows(doc: CashSheet) -> list[Values]:
    return [
        Values(
            {
                "number": str(number),
                "receipt_number": row.number,
                "at": instant_in_figures(datetime.fromisoformat(row.at)),
                "row_code": row.code,
                "payer": row.payer,
                "procedure": row.procedure,
                "note": row.note,
                "row_cashier": row.cashier,
                "row_amount": money(row.amount),
            }
        )
        for number, row in enumerate(doc.rows, 1)
    ]


def _sums(sums: Sequence[CashSum]) -> list[Values]:
    return [
        Values({"name": row.name, "detail": row.detail, "payments": str(row.payments), "amount": money(row.amount)})
        for row in sums
    ]
