"""Fees that are reckoned: so much a page, as for chứng thực bản sao: 2,000 đ for each of the first two pages of
the original, 1,000 đ for each further one, at most 200,000 đ a copy (as the decisions of Vĩnh Long and Hà Tĩnh of 2025
agree; an office checks its own province's)."""

import re
from dataclasses import dataclass

from app.models.errors import Refusal

_SPELLED = re.compile(r"per_page:([0-9]{1,9}),([0-9]{1,5}),([0-9]{1,9}),([0-9]{1,9})")


@dataclass(frozen=True)
class PageFee:
    """Đồng for one copy: `first_each` for each of the first `first_pages` pages of the original, `further_each` for
    each page after them, never more than `most`."""

    first_each: int
    first_pages: int
    further_each: int
    maximum: int

    def per_copy(self, pages: int) -> int:
        """What one copy of an original of that many pages costs, in đồng."""
        first = min(pages, self.first_pages)
        return min(first * self.first_each + (pages - first) * self.further_each, self.maximum)

    def to_cell(self) -> str:
        """The rule as a catalogue's cell: `per_page:2000,2,1000,200000`."""
        return f"per_page:{self.first_each},{self.first_pages},{self.further_each},{self.maximum}"


def book_and_number(receipt_number: str) -> tuple[str, str]:
    """Book and number of a fee receipt: «05/0001234» is number 0001234 of book 05, a text without «/» is a number."""
    book, _, number = receipt_number.rpartition("/")
    return book.strip(), number.strip()


def parse_page_fee(text: str, field: str) -> PageFee:
    """The rule a catalogue's cell tells, blanks between its parts allowed; refuses `fee_rule_shape` on the field."""
    match = _SPELLED.fullmatch(re.sub(r"\s", "", text))
    if match is None:
        raise Refusal("fee_rule_shape", field=field, text=text[:60])
    return PageFee(*(int(number) for number in match.groups()))
