"""Parts that documents share: heading, codes, people."""

from dataclasses import dataclass
from typing import Any

FROM_OFFICE: dict[str, Any] = {"from_office": True}
"""Marks a field about the office itself. A different value today does not make a different document."""


@dataclass(frozen=True)
class PaperHead:
    """Heading of a document: issuer, place, day, number.

    `number` is the text after «Số:» (`15/TTPVHCC`). `form_set` is the set of the form, `content` the digest of the
    form's content; prints of earlier releases have none. `slogan` is printed in the footer.
    """

    parent: str
    unit: str
    centre: str
    place: str
    day: str
    number: str = ""
    form_set: str = "2025"
    slogan: str = ""
    content: str = ""


@dataclass(frozen=True)
class Identity:
    """The codes of a document.

    `key` has 16 digits, or is empty without a dossier. `qr_text` is complete, with its signature. `store_qr` is the
    text of the archive code. `reprint` n > 0 prints «In lại lần n».
    """

    code: str
    key: str
    qr_text: str
    store_qr: str = ""
    training: bool = False
    reprint: int = 0


@dataclass(frozen=True)
class Party:
    """A person or an organisation on a document, with the full id number."""

    name: str
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
