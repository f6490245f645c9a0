"""What documents have in common: the heading, what a scan reads off them, the people on them."""

from dataclasses import dataclass
from typing import Any

FROM_OFFICE: dict[str, Any] = {"from_office": True}
"""Marks what a paper says of the office itself: another telephone or signer today makes it no other paper."""


@dataclass(frozen=True)
class PaperHead:
    """Heading of every paper: who issues it, where and on which day, its own number. `number` is the whole text after
    «Số:» (`15/TTPVHCC`). `form_set` (`2025` or `2018`) decides which form number is printed; `slogan` stands at
    the foot."""

    parent: str
    unit: str
    centre: str
    place: str
    day: str
    number: str = ""
    form_set: str = "2025"
    slogan: str = ""


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
