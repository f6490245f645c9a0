"""One copy of a document from the blocks of its form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from app.models.forms.layout import (
    ArchiveBlock,
    Block,
    ClosingBlock,
    DossiersBlock,
    FieldsBlock,
    FormLayout,
    GroupsBlock,
    HandwritingBlock,
    HandwritingTableBlock,
    ListBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
    TransferBlock,
)
from app.printing.composed import closing, dossiers, handwriting, lines, tables
from app.printing.composed.values import Values
from app.printing.documents.dossier import Document
from app.printing.layout.heading import heading, roll_heading
from app.printing.layout.page_flow import FlowPart, PageFlow, Para

SharedParts = dict[tuple[float, ...], FlowPart]
"""The blocks that all copies of a document have, by the place where they begin."""


@dataclass(frozen=True)
class FormCopy:
    """What is drawn: values, label of the copy, text of the archive code.

    `stored` is empty on a copy that the office does not keep. `between` is the transfer between its signatures.
    """

    values: Values
    label: str
    stored: str = ""
    between: TransferBlock | None = None


def set_form(flow: PageFlow, document: Document, layout: FormLayout, copy: FormCopy, shared: SharedParts) -> None:
    """Set one copy on sheets.

    The blocks between the heading and what is the copy's own are set once for all copies of the document, and repeated
    where they begin at the same place.
    """
    values, copy = copy.values, replace(copy, between=_between(layout, copy.values))
    subtitle = layout.subtitle.fill(values.texts) if layout.subtitle else ""
    beside = lines.line_paras(flow, layout.beside, values)
    heading(flow, document.head, document.identity, layout, copy.label, subtitle=subtitle, beside=beside)
    common = list(takewhile(lambda block: type(block) not in _OF_COPY, layout.blocks))
    place = flow.place
    if place in shared:
        flow.repeat(shared[place])
    else:
        shared[place] = flow.record(lambda: _set_blocks(flow, common, copy))
    _set_blocks(flow, layout.blocks[len(common) :], copy)


def _set_blocks(flow: PageFlow, blocks: Sequence[Block], copy: FormCopy) -> None:
    for block in blocks:
        if copy.values.shows(block):
            _BLOCKS[type(block)](flow, block, copy)


def _between(layout: FormLayout, values: Values) -> TransferBlock | None:
    blocks = (block for block in layout.blocks if isinstance(block, TransferBlock) and block.between_signatures)
    return next((block for block in blocks if values.shows(block)), None)


def set_roll_form(flow: PageFlow, document: Document, layout: FormLayout, copy: FormCopy) -> None:
    """Set one copy on a roll and cut the page at its end."""
    roll_heading(flow, document.head, document.identity, layout, copy.label)
    for line in lines.line_paras(flow, layout.beside, copy.values, roll=True):
        flow.text(line)
    for block in layout.blocks:
        if copy.values.shows(block):
            _ROLL_BLOCKS[type(block)](flow, block, copy.values)
    flow.cut()


def _closing(flow: PageFlow, block: ClosingBlock, copy: FormCopy) -> None:
    if block.handwriting:
        for line in lines.line_paras(flow, block.last, copy.values):
            flow.text(line)
        handwriting.set_handwriting_closing(flow, block)
    elif block.archive:
        closing.set_archive_closing(flow, block, copy.values, _centre_code(flow, copy))
    else:
        closing.set_last_part(flow, block, copy.values)


def _centre_code(flow: PageFlow, copy: FormCopy) -> closing.CentreCode | None:
    """Return the code between the signatures: of the archive or a transfer."""
    if copy.stored:
        return closing.archive_code(flow, copy.stored)
    text = copy.values.texts.get("transfer", "") if copy.between is not None else ""
    return closing.transfer_code(text, copy.between.caption) if copy.between is not None and text else None


def _with_values(draw: Callable[[PageFlow, Any, Values], None]) -> Callable[[PageFlow, Any, FormCopy], None]:
    return lambda flow, block, copy: draw(flow, block, copy.values)


def _transfer(flow: PageFlow, block: TransferBlock, copy: FormCopy) -> None:
    if not block.between_signatures:
        closing.set_transfer(flow, block, copy.values.texts["transfer"])


_BLOCKS: Mapping[type[Block], Callable[[PageFlow, Any, FormCopy], None]] = {
    TextBlock: _with_values(lines.set_text),
    FieldsBlock: _with_values(lines.set_fields),
    ListBlock: _with_values(lines.set_list),
    TableBlock: _with_values(tables.set_table),
    GroupsBlock: _with_values(tables.set_groups),
    StepsBlock: _with_values(tables.set_steps),
    ArchiveBlock: lambda flow, block, copy: closing.set_archive_fields(flow, block, copy.values, copy.stored),
    TransferBlock: _transfer,
    DossiersBlock: _with_values(dossiers.set_dossiers),
    HandwritingBlock: lambda flow, block, _copy: handwriting.set_handwriting(flow, block),
    HandwritingTableBlock: lambda flow, block, _copy: tables.set_handwriting_table(flow, block),
    ClosingBlock: _closing,
}
_OF_COPY = (ArchiveBlock, ClosingBlock)
"""Blocks that differ between the copies of a document."""


def _roll_fields(flow: PageFlow, block: ArchiveBlock, values: Values) -> None:
    for each in lines.pairs(block.fields, values):
        flow.text(Para(each))


def _roll_groups(flow: PageFlow, block: GroupsBlock, values: Values) -> None:
    for group in values.items(block.each):
        lines.set_text(flow, block.title, group, roll=True)
        tables.set_roll_table(flow, block.table, group)


_ROLL_BLOCKS: Mapping[type[Block], Callable[[PageFlow, Any, Values], None]] = {
    TextBlock: lambda flow, block, values: lines.set_text(flow, block, values, roll=True),
    FieldsBlock: lambda flow, block, values: lines.set_fields(flow, block, values, roll=True),
    ListBlock: lambda flow, block, values: lines.set_list(flow, block, values, roll=True),
    TableBlock: tables.set_roll_table,
    GroupsBlock: _roll_groups,
    StepsBlock: tables.set_steps,
    ArchiveBlock: _roll_fields,
    TransferBlock: lambda flow, block, values: closing.set_transfer(flow, block, values.texts["transfer"]),
    DossiersBlock: dossiers.set_roll_dossiers,
    HandwritingBlock: lambda flow, block, _values: handwriting.set_handwriting(flow, block),
    HandwritingTableBlock: lambda flow, block, _values: None,
    ClosingBlock: closing.set_roll_closing,
}
"""A roll has no end of the page, so that there are no empty rows down to it."""
