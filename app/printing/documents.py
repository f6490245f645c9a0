"""What a paper says, as plain values: the journal keeps it as JSON, so that a reprint is the same paper.

Instants are ISO 8601 with their offset, days `YYYY-MM-DD`, money whole đồng, closed lists the codes of
`app.models.values`. An empty text is a blank to be filled in by hand. `template` names the layout that was used.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from app.models.values import Refusal

RECEIPT_TEMPLATE = "receipt/1"
CONTROL_TEMPLATE = "control/1"


@dataclass(frozen=True)
class PaperHead:
    """Heading of every paper: who issues it, where and on which day, its own number. `number` is the whole text after
    «Số:» (`15/TTPVHCC`). `form_set` (`2025` or `2018`) decides which form number is printed."""

    parent: str
    unit: str
    centre: str
    place: str
    day: str
    number: str = ""
    form_set: str = "2025"


@dataclass(frozen=True)
class Identity:
    """What a scan reads off the paper. `key` has 16 digits, or is empty where no dossier exists yet; `qr_text` is given
    whole, signature included; `store_qr` is the encrypted text of the office's kept copy; `reprint` n > 0 prints
    «In lại lần n»."""

    code: str
    key: str
    qr_text: str
    store_qr: str = ""
    training: bool = False
    reprint: int = 0


@dataclass(frozen=True)
class Party:
    """A person or an organisation on a paper, the number unmasked."""

    name: str
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class PrincipalParty:
    """Người ủy quyền with the six items of Mẫu số 01; `authority` is the paper of authorisation."""

    name: str
    address: str
    id_number: str
    phone: str
    email: str
    authority: str


@dataclass(frozen=True)
class PaperRow:
    """One line of the dossier's papers; `handling` is a code of `values.Handling`, 0 prints as a blank."""

    name: str
    handling: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True)
class Receipt:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01). `applicant` only where the dossier is not the submitter's;
    `term` in words; `due_at` None where no date can be promised, `due_note` then says why; `fee` None where unknown;
    `return_by` a code of `values.ReturnBy`; `lookup` tells where to follow the dossier."""

    head: PaperHead
    identity: Identity
    submitter: Party
    applicant: Party | None
    principal: PrincipalParty | None
    procedure: str
    papers: tuple[PaperRow, ...]
    quantity: int
    term: str
    received_at: str
    due_at: str | None
    return_by: str
    clerk: str
    due_note: str = ""
    volume: str = ""
    serial: str = ""
    fee: int | None = None
    lookup: str = ""
    template: str = RECEIPT_TEMPLATE


@dataclass(frozen=True)
class Leg:
    """One hand-over on the control slip; `verdict` is a code of `values.Verdict`, given by the receiver, or empty."""

    sender: str
    receiver: str
    at_text: str
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True)
class ControlSlip:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu số 06; Mẫu số 05 of the 2018 set)."""

    head: PaperHead
    identity: Identity
    applicant: str
    procedure: str
    settling_unit: str
    joint_unit: str
    received_at: str
    due_at: str | None
    due_note: str = ""
    legs: tuple[Leg, ...] = ()
    template: str = CONTROL_TEMPLATE


Document = Receipt | ControlSlip

_BY_TEMPLATE: dict[str, type[Receipt] | type[ControlSlip]] = {
    RECEIPT_TEMPLATE: Receipt,
    CONTROL_TEMPLATE: ControlSlip,
}


def to_json(document: Document) -> dict[str, Any]:
    """The document as the journal keeps it: nested objects, lists and scalars only."""
    return asdict(document)


def from_json(stored: Mapping[str, Any]) -> Document:
    """The document that `to_json` stored. Fields added since take their defaults.

    Raises Refusal `paper_template_unknown` where this program does not know the layout, `paper_damaged` where a
    field is missing or of another kind.
    """
    template = str(stored.get("template", ""))
    if template not in _BY_TEMPLATE:
        raise Refusal("paper_template_unknown", template=template)
    try:
        built: Document = _read(_BY_TEMPLATE[template], stored)
    except (TypeError, KeyError) as wrong:
        raise Refusal("paper_damaged", template=template) from wrong
    return built


def _read(kind: Any, stored: Any) -> Any:
    """The value of the declared kind: a dataclass from an object, a tuple from a list, a scalar as it is."""
    alternatives = get_args(kind) if NoneType in get_args(kind) else (kind,)
    if stored is None and NoneType in alternatives:
        return None
    wanted = next(each for each in alternatives if each is not NoneType)
    if get_origin(wanted) is tuple:
        return tuple(_read(get_args(wanted)[0], each) for each in stored)
    if hasattr(wanted, "__dataclass_fields__"):
        hints = get_type_hints(wanted)
        return wanted(**{f.name: _read(hints[f.name], stored[f.name]) for f in fields(wanted) if f.name in stored})
    if not isinstance(stored, wanted):
        raise TypeError(f"{wanted.__name__} expected")
    return stored
