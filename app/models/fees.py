"""Fees charged per page, as for chứng thực bản sao.

Example: 2,000 đ for each of the first two pages of the original, 1,000 đ for each further page, at most 200,000 đ per
copy (decisions of Vĩnh Long and Hà Tĩnh of 2025). Each office checks the decision of its own province.
"""

import re
from dataclasses import dataclass

from app.models.errors import Refusal

_SPELLED = re.compile(r"per_page:([0-9]{1,9}),([0-9]{1,5}),([0-9]{1,9}),([0-9]{1,9})")


@dataclass(frozen=True)
class PageFee:
    """Fee of one copy in đồng, by pages of the original.

    `first_each` applies to each of the first `first_pages` pages, `further_each` to each later page. The sum is at most
    `maximum`.
    """

    first_each: int
    first_pages: int
    further_each: int
    maximum: int

    def per_copy(self, pages: int) -> int:
        """Return the fee in đồng for one copy of an original of `pages` pages."""
        first = min(pages, self.first_pages)
        return min(first * self.first_each + (pages - first) * self.further_each, self.maximum)

    def to_cell(self) -> str:
        """Return the rule as a catalogue cell: `per_page:2000,2,1000,200000`."""
        return f"per_page:{self.first_each},{self.first_pages},{self.further_each},{self.maximum}"


def book_and_number(receipt_number: str) -> tuple[str, str]:
    """Return book and number of a fee receipt.

    «05/0001234» is number 0001234 of book 05. A text without «/» is a number without a book.
    """
    book, _, number = receipt_number.rpartition("/")
    return book.strip(), number.strip()


def parse_page_fee(text: str, field: str) -> PageFee:
    """Return the rule of a catalogue cell; blanks are ignored.

    Raises Refusal `fee_rule_shape` on `field`.
    """
    match = _SPELLED.fullmatch(re.sub(r"\s", "", text))
    if match is None:
        raise Refusal("fee_rule_shape", field=field, text=text[:60])
    return PageFee(*(int(number) for number in match.groups()))
