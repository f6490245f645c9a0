"""Blocks of a form, as read from data.

Lengths are millimetres. `when` and `unless` name a value that must be set, or must not be, for the part to be printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.enums import PaperSize
from app.models.forms.template import Template


@dataclass(frozen=True)
class Keep:
    """Height that stays together with a line.

    It has `lines` of the type size plus `size`, and `space`.
    """

    lines: int
    size: float = 0
    space: float = 0


@dataclass(frozen=True)
class FormSpan:
    """Text in one face: `regular`, `bold` or `italic`."""

    text: Template
    face: str = "regular"


@dataclass(frozen=True)
class Field:
    """Label and value; `empty` is printed instead of dots for an empty value."""

    label: Template
    value: Template
    face: str = "regular"
    empty: str = ""
    when: str = ""
    unless: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """Base of all blocks."""

    when: str = ""
    unless: str = ""


@dataclass(frozen=True, kw_only=True)
class TextBlock(Block):
    """A paragraph; `size` is `body`, `fine`, `small` or `large`."""

    spans: tuple[FormSpan, ...]
    size: str = "body"
    align: float = 0
    before: float = 0
    after: float = 0
    keep: Keep | None = None


@dataclass(frozen=True, kw_only=True)
class FieldsBlock(Block):
    """Fields side by side if they fit.

    On a roll they are one below the other if `stacked`.
    """

    fields: tuple[Field, ...]
    before: float = 0
    stacked: bool = False


@dataclass(frozen=True, kw_only=True)
class ListBlock(Block):
    """One paragraph for each item of a list; `empty` if there is none."""

    each: str
    text: Template
    empty: Template | None = None
    face: str = "regular"
    size: str = "body"


@dataclass(frozen=True)
class TableColumn:
    """A column: heading, part of the width, paragraphs of a cell."""

    heading: str
    share: float
    lines: tuple[Template, ...] = ()
    align: float = 0
    group: str = ""
    blank_lines: int = 0


@dataclass(frozen=True, kw_only=True)
class TableBlock(Block):
    """A ruled table of a list.

    `size` is added to the type size. `total` is a last row. `roll` is the line of an item on a roll. With
    `keep_closing` the last row stays with the signatures.
    """

    each: str
    columns: tuple[TableColumn, ...]
    size: float = -1
    before: float = 0
    after: float = 0
    total: tuple[Template, ...] = ()
    roll: tuple[FormSpan, ...] = ()
    keep_closing: bool = False


@dataclass(frozen=True, kw_only=True)
class GroupsBlock(Block):
    """A title and a table for each group of a list."""

    each: str
    title: TextBlock
    table: TableBlock


@dataclass(frozen=True, kw_only=True)
class StepsBlock(Block):
    """The hand-overs of a dossier, each with two fields to sign in.

    At least `least` are printed. `counter` is the sender of an empty first one.
    """

    columns: tuple[TableColumn, ...]
    gives: str
    takes: str
    giver_signs: str
    taker_signs: str
    counter: str
    blank_time: tuple[str, ...]
    least: int = 4


@dataclass(frozen=True, kw_only=True)
class ArchiveBlock(Block):
    """Fields on the left of the archive code of the office's copy."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True)
class TransferBlock(Block):
    """The VietQR code of a transfer with a caption.

    `between_signatures` sets it in the place of the archive code on the copies without one; a roll has it in its place.
    """

    caption: str
    between_signatures: bool = False


@dataclass(frozen=True, kw_only=True)
class DossiersBlock(Block):
    """Dossiers of a list with their barcodes.

    The texts are over the full width, the fields below them.
    """

    each: str
    texts: tuple[TextBlock, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True)
class HandwritingBlock(Block):
    """Labels side by side, each with a ruled line to write on."""

    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HandwritingTableBlock(Block):
    """Empty rows down to the last lines."""

    columns: tuple[TableColumn, ...]


@dataclass(frozen=True)
class Signature:
    """A block to sign: label, hints and the name below, or lines of text."""

    label: str = ""
    hints: tuple[str, ...] = ()
    name: Template | None = None
    lines: tuple[TextBlock, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClosingBlock(Block):
    """The last lines and the signatures, on one page.

    With `archive` the archive code of the office's copy is between the signatures. With `handwriting` there are only
    labels. `keep_lines` are lines that must fit above.
    """

    signatures: tuple[Signature, ...]
    last: tuple[TextBlock | FieldsBlock, ...] = ()
    archive: bool = False
    handwriting: bool = False
    keep_lines: int = 0


@dataclass(frozen=True)
class CopyLabel:
    """One copy (liên); `office` if the office keeps it."""

    label: str
    office: bool


@dataclass(frozen=True)
class FormLayout:
    """A form: title, numbers, paper sizes and blocks.

    `number` is the text after «Số:» with `{serial}`, `{series}`, `{blank}`. `footer` is the form number. `code_label`
    is empty if the code is among the fields. The first of `papers` is the default. `names` has the words of codes.
    """

    form: str
    title: tuple[str, ...]
    number: Template
    footer: str
    code_label: str
    papers: tuple[PaperSize, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False
    copies: tuple[CopyLabel, ...] = ()
    subtitle: Template | None = None
    beside: tuple[TextBlock | FieldsBlock, ...] = ()
    names: Mapping[str, Mapping[str, str]] | None = None

    @property
    def name(self) -> str:
        """The title in lower case, as in the QR code."""
        return " ".join(self.title).capitalize()
