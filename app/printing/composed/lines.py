"""Texts, fields and lists of a form."""

from collections.abc import Sequence

from app.models.forms.layout import Field, FieldsBlock, FormSpan, ListBlock, TextBlock
from app.models.forms.template import BLANK
from app.printing.composed.values import Values
from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span

FACES = {"regular": REGULAR, "bold": BOLD, "italic": ITALIC}


def type_size(flow: PageFlow, size: str, roll: bool) -> float:
    """Return the points of a size; 0 for that of the body."""
    sizes = {"small": flow.small, "fine": flow.small if roll else flow.body - 1, "large": flow.body + 0.5}
    return sizes.get(size, 0)


def spans_of(spans: Sequence[FormSpan], values: Values) -> tuple[Span, ...]:
    """Return the spans with their values."""
    return tuple(Span(span.text.fill(values.texts), FACES[span.face]) for span in spans)


def text_para(flow: PageFlow, block: TextBlock, values: Values, roll: bool = False) -> Para:
    """Return a text as a paragraph."""
    size = type_size(flow, block.size, roll)
    return Para(spans_of(block.spans, values), size, block.align, before=block.before * MM)


def pair(field: Field, values: Values) -> tuple[Span, Span]:
    """Return label and value; dots to fill in by hand for an empty value."""
    value = field.value.fill(values.texts) or field.empty
    label = field.label.fill(values.texts)
    return Span(f"{label}: "), Span(value or BLANK, FACES[field.face] if value else REGULAR)


def pairs(fields: Sequence[Field], values: Values) -> list[tuple[Span, Span]]:
    """Return the fields whose conditions are met."""
    return [pair(field, values) for field in fields if values.shows(field)]


def line_paras(
    flow: PageFlow, blocks: Sequence[TextBlock | FieldsBlock], values: Values, roll: bool = False
) -> list[Para]:
    """Return texts and fields as paragraphs, one below the other."""
    paragraphs: list[Para] = []
    for block in blocks:
        if not values.shows(block):
            continue
        if isinstance(block, TextBlock):
            paragraphs.append(text_para(flow, block, values, roll))
        else:
            paragraphs += [Para(each, before=block.before * MM) for each in pairs(block.fields, values)]
    return paragraphs


def set_text(flow: PageFlow, block: TextBlock, values: Values, roll: bool = False) -> None:
    """Set a text with what stays together with it."""
    keep = block.keep
    if roll or keep is None:
        flow.text(text_para(flow, block, values, roll))
    else:
        reserve = keep.space * MM + keep.lines * (flow.body + keep.size) * SPACING
        flow.text(text_para(flow, block, values), reserve=reserve)
    if block.after and not roll:
        flow.skip(block.after * MM)


def set_fields(flow: PageFlow, block: FieldsBlock, values: Values, roll: bool = False) -> None:
    """Set fields side by side if they fit."""
    shown = pairs(block.fields, values)
    if len(shown) > 1 and not (roll and block.stacked):
        flow.skip(block.before * MM)
        flow.fields(*shown)
        return
    for each in shown:
        flow.text(Para(each, before=block.before * MM))


def set_list(flow: PageFlow, block: ListBlock, values: Values, roll: bool = False) -> None:
    """Set a paragraph for each item."""
    size, face = type_size(flow, block.size, roll), FACES[block.face]
    for item in values.items(block.each):
        flow.text(para(block.text.fill(item.texts), face, size))
    if block.empty is not None and not values.is_set(block.each):
        flow.text(para(block.empty.fill(values.texts), face, size))
