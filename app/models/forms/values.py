"""Names of the values that a form can print."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_PARTY = ("name", "id_number", "address", "phone", "email")


@dataclass(frozen=True)
class ValueNames:
    """Names of texts, and of lists with the names of their items."""

    texts: frozenset[str]
    lists: Mapping[str, "ValueNames"] = field(default_factory=dict)

    def inside(self, each: str) -> "ValueNames":
        """Return the names within an item of a list."""
        items = self.lists[each]
        return ValueNames(self.texts | items.texts, items.lists)


def party_names(role: str) -> tuple[str, ...]:
    """Return the names of a person's values, such as `applicant.name`."""
    return tuple(f"{role}.{name}" for name in _PARTY)


def _party(*roles: str, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    return tuple(f"{role}.{name}" for role in roles for name in (*_PARTY, *also))


_COMMON = ("code", "unit", "parent", "centre", "place", "day")


def _names(*texts: str, **lists: ValueNames) -> ValueNames:
    return ValueNames(frozenset((*_COMMON, *texts)), lists)


def _items(*texts: str, **lists: ValueNames) -> ValueNames:
    return ValueNames(frozenset(("item", *texts)), lists)


_PAPERS = _items("name", "originals", "copies", "handling", "counts")
_FEE = ("fee", "no_fee", "relief", "exemption")
_RECEIPT = _names(
    *_party("submitter", "applicant"),
    *_party("principal", also=("authority",)),
    *("procedure", "quantity", *_FEE, "pages", "copies", "term", "received", "due", "return_by", "advice", "transfer"),
    *("volume", "serial", "lookup", "clerk", "co_applicants"),
    papers=_PAPERS,
)
_PAYMENT = (
    *_party("payer"),
    *("procedure", "amount", "amount_in_words", "fee", "paid", "left", "paid_in_full", "paid_at", "cashier"),
)
_SUMS = _items("name", "detail", "payments", "amount")
_HANDOVER = ("procedure", "result", "applicant", "address", "fee", "post")

FORM_VALUES: Mapping[str, ValueNames] = {
    "receipt": _RECEIPT,
    "receipt-blank": _names(),
    "batch": _names(
        *_party("submitter"),
        *("visit", "return_by", "count", "total", "lookup", "clerk"),
        rows=_items(
            *("number", "row_code", "row_key", "volume", "serial", "procedure", "applicant", "due"),
            *("fee", "no_fee", "row_return_by"),
        ),
    ),
    "control": _names(
        *("applicant", "procedure", "settling_unit", "joint_unit", "received", "due"),
        steps=_items("sender", "receiver", "at", "verdict", "note"),
    ),
    "supplement": _names(*_party("applicant"), "procedure", "reason", "guide", "phone", items=_items("text")),
    "supplement-receipt": _names(
        *_party("submitter"),
        *("applicant", "procedure", "asked_day", "received", "promised", "due", "term", "return_by", "clerk", "lookup"),
        *("restarts", "pauses", "unchanged"),
        items=_items("text"),
    ),
    "refusal": _names(*_party("submitter"), "procedure", "reason", "clerk", "appraised"),
    "apology": _names(*_party("addressee"), "procedure", "received_day", "due", "reason", "new_day", "signer"),
    "stop": _names(
        *_party("applicant"), "submitter", "procedure", "received", "stopped", "reason", "clerk", "withdrawn"
    ),
    "handover": _names("sender", "receiver", "at", *_HANDOVER),
    "handover-list": _names("sender", "receiver", "at", "count", rows=_items("number", "row_code", *_HANDOVER)),
    "return": _names(
        *("procedure", "applicant", "giver", "giver_phone", "taker", "taker_phone", "taker_id", "returned"),
        *("by_post", "parcel", "authority"),
        results=_items("result"),
    ),
    "payment": _names(
        *_party("addressee"),
        *("applicant", "procedure", "amount", "amount_in_words", "reason", "until", "clerk", "phone", "transfer"),
    ),
    "fee": _names(*_PAYMENT, "book", "receipt_number"),
    "fee-slip": _names(*_PAYMENT, "tax_code", "relief", "method", "receipt", "transfer"),
    "register": _names(
        *("first", "last", "count"),
        blocks=_items(
            *("field", "volume", "dossiers"),
            rows=_items(
                *("number", "row_code", "procedure", "applicant", "address", "phone", "agency"),
                *("received_time", "received_day", "due_time", "due_day", "returned_time", "returned_day"),
                *("return_by", "received_by", "ended"),
            ),
        ),
        notes=_items("text"),
    ),
    "cash": _names(
        *("first", "last", "one_day", "payments", "amount", "amount_in_words", "cashier", "only_cashier", "signer"),
        *("outstanding", "outstanding_title", "unknown", "all_paid"),
        rows=_items(
            "number", "receipt_number", "at", "row_code", "payer", "procedure", "note", "row_cashier", "row_amount"
        ),
        books=_SUMS,
        procedures=_SUMS,
        people=_SUMS,
        reliefs=_SUMS,
        methods=_SUMS,
        owing=_items("number", "row_code", "applicant", "procedure", "fee", "paid", "left"),
    ),
}
"""By form of the program."""

DOSSIER_VALUES = _names(
    *_party("submitter", "applicant"),
    *_party("principal", also=("authority",)),
    *("co_applicants", "procedure", "procedure_code", "field", "channel", "quantity", "fee", "no_fee", "paid", "term"),
    *("received", "received_day", "due", "due_day", "return_by", "status", "holder", "note", "clerk", "returned"),
    *("lookup", "phone", "signer", "volume", "serial"),
    papers=_PAPERS,
)
"""Values of a form that the program does not know: those of a dossier."""


def value_names(form: str) -> ValueNames:
    """Return the names that a form can print."""
    return FORM_VALUES.get(form, DOSSIER_VALUES)
