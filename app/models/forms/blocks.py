"""Blocks of a form read from data.

A block is an object with `block`, the name of its kind, and the keys of that kind.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.models.errors import Refusal
from app.models.forms.layout import (
    ArchiveBlock,
    Block,
    ClosingBlock,
    DossiersBlock,
    Field,
    FieldsBlock,
    FormSpan,
    GroupsBlock,
    HandwritingBlock,
    HandwritingTableBlock,
    Keep,
    ListBlock,
    Signature,
    StepsBlock,
    TableBlock,
    TableColumn,
    TextBlock,
    TransferBlock,
)
from app.models.forms.scope import Scope

_FACES = {name: name for name in ("regular", "bold", "italic")}
_ALIGNS = {"left": 0.0, "centre": 0.5, "right": 1.0}
_SIZES = {name: name for name in ("body", "fine", "small", "large")}
_CONDITIONS = ("block", "when", "unless")
_MAX_FIELDS, _MAX_COLUMNS, _MAX_SIGNATURES = 12, 16, 4


def read_block(scope: Scope, value: object) -> Block:
    """Return one block.

    Raises Refusal `form_block_unknown`, `form_shape`, `form_value_unknown`.
    """
    if not isinstance(value, Mapping):
        scope.refuse()
    kind = value.get("block", "text")
    if kind not in _KINDS:
        raise Refusal("form_block_unknown", "value", place=scope.place, name=str(kind)[:40])
    keys, read = _KINDS[kind]
    here = scope.at(str(kind))
    return read(here, here.mapping(value, (*_CONDITIONS, *keys)))


def read_lines(scope: Scope, value: object) -> tuple[TextBlock | FieldsBlock, ...]:
    """Return texts and fields."""
    lines = []
    for number, each in enumerate(scope.items(value, _MAX_FIELDS), 1):
        block = read_block(scope.at(str(number)), each)
        if not isinstance(block, TextBlock | FieldsBlock):
            scope.refuse(str(number))
        lines.append(block)
    return tuple(lines)


def _conditions(scope: Scope, keys: Mapping[str, Any]) -> dict[str, str]:
    return {name: scope.value_name(keys[name]) for name in ("when", "unless") if name in keys}


def _spans(scope: Scope, keys: Mapping[str, Any]) -> tuple[FormSpan, ...]:
    """Return `text` in one face, or the list `spans`."""
    if "spans" not in keys:
        return (_span(scope, {"text": keys.get("text"), "face": keys.get("face", "regular")}),)
    return tuple(_span(scope, scope.mapping(each, ("text", "face"))) for each in scope.items(keys["spans"], 8))


def _span(scope: Scope, keys: Mapping[str, Any]) -> FormSpan:
    return FormSpan(scope.template(keys.get("text")), scope.choice(keys.get("face", "regular"), _FACES))


def _text(scope: Scope, keys: Mapping[str, Any]) -> TextBlock:
    return TextBlock(
        **_conditions(scope, keys),
        spans=_spans(scope, keys),
        size=scope.choice(keys.get("size", "body"), _SIZES),
        align=scope.choice(keys.get("align", "left"), _ALIGNS),
        before=scope.length(keys.get("before", 0)),
        after=scope.length(keys.get("after", 0)),
        keep=_keep(scope.at("keep"), keys["keep"]) if "keep" in keys else None,
    )


def _keep(scope: Scope, value: object) -> Keep:
    keys = scope.mapping(value, ("lines", "size", "space"))
    return Keep(
        int(scope.length(keys.get("lines", 0), most=20)),
        scope.length(keys.get("size", 0), least=-6, most=6),
        scope.length(keys.get("space", 0)),
    )


def _field(scope: Scope, value: object) -> Field:
    keys = scope.mapping(value, ("label", "value", "face", "empty", "when", "unless"))
    return Field(
        scope.template(keys.get("label")),
        scope.template(keys.get("value")),
        scope.choice(keys.get("face", "regular"), _FACES),
        scope.text(keys.get("empty", "")),
        **_conditions(scope, keys),
    )


def _field_list(scope: Scope, keys: Mapping[str, Any]) -> tuple[Field, ...]:
    values = scope.items(keys.get("fields"), _MAX_FIELDS)
    scope.require(bool(values), "fields")
    return tuple(_field(scope.at(f"fields {number}"), each) for number, each in enumerate(values, 1))


def _fields(scope: Scope, keys: Mapping[str, Any]) -> FieldsBlock:
    return FieldsBlock(
        **_conditions(scope, keys),
        fields=_field_list(scope, keys),
        before=scope.length(keys.get("before", 0)),
        stacked=scope.flag(keys.get("stacked", False)),
    )


def _one_field(scope: Scope, keys: Mapping[str, Any]) -> FieldsBlock:
    """Return a line with a single field, written without a list."""
    inner = {name: keys[name] for name in ("label", "value", "face", "empty") if name in keys}
    line = {**{name: keys[name] for name in ("when", "unless", "before") if name in keys}, "fields": [inner]}
    return _fields(scope, line)


def _list(scope: Scope, keys: Mapping[str, Any]) -> ListBlock:
    each = scope.list_name(keys.get("each"))
    empty = scope.template(keys["empty"]) if "empty" in keys else None
    return ListBlock(
        **_conditions(scope, keys),
        each=each,
        text=scope.inside(each).template(keys.get("text")),
        empty=empty,
        face=scope.choice(keys.get("face", "regular"), _FACES),
        size=scope.choice(keys.get("size", "body"), _SIZES),
    )


def _columns(scope: Scope, value: object) -> tuple[TableColumn, ...]:
    items = scope.items(value, _MAX_COLUMNS)
    scope.require(bool(items), "columns")
    return tuple(_column(scope.at(f"columns {number}"), each) for number, each in enumerate(items, 1))


def _column(scope: Scope, value: object) -> TableColumn:
    keys = scope.mapping(value, ("heading", "share", "text", "lines", "align", "group", "blank_lines"))
    lines = scope.items(keys["lines"], 4) if "lines" in keys else (keys.get("text", ""),)
    return TableColumn(
        scope.text(keys.get("heading")),
        scope.length(keys.get("share"), least=1, most=1000),
        tuple(scope.template(line) for line in lines),
        scope.choice(keys.get("align", "left"), _ALIGNS),
        scope.text(keys.get("group", "")),
        int(scope.length(keys.get("blank_lines", 0), most=10)),
    )


def _table(scope: Scope, keys: Mapping[str, Any]) -> TableBlock:
    each = scope.list_name(keys.get("each"))
    inner = scope.inside(each)
    columns = _columns(inner, keys.get("columns"))
    total = tuple(scope.template(cell) for cell in scope.items(keys.get("total", ()), _MAX_COLUMNS))
    scope.require(not total or len(total) == len(columns), "total")
    return TableBlock(
        **_conditions(scope, keys),
        each=each,
        columns=columns,
        size=scope.length(keys.get("size", -1), least=-4, most=2),
        before=scope.length(keys.get("before", 0)),
        after=scope.length(keys.get("after", 0)),
        total=total,
        roll=_spans(inner, {"spans": keys["roll"]}) if "roll" in keys else (),
        keep_closing=scope.flag(keys.get("keep_closing", False)),
    )


def _groups(scope: Scope, keys: Mapping[str, Any]) -> GroupsBlock:
    each = scope.list_name(keys.get("each"))
    inner = scope.inside(each)
    title, table = read_block(inner, keys.get("title")), read_block(inner, keys.get("table"))
    if not isinstance(title, TextBlock) or not isinstance(table, TableBlock):
        scope.refuse("title")
    return GroupsBlock(**_conditions(scope, keys), each=each, title=title, table=table)


def _steps(scope: Scope, keys: Mapping[str, Any]) -> StepsBlock:
    scope.require("steps" in scope.names.lists, "")
    columns = _columns(scope.inside("steps"), keys.get("columns"))
    scope.require(len(columns) == 4, "columns")
    return StepsBlock(
        **_conditions(scope, keys),
        columns=columns,
        gives=scope.text(keys.get("gives")),
        takes=scope.text(keys.get("takes")),
        giver_signs=scope.text(keys.get("giver_signs")),
        taker_signs=scope.text(keys.get("taker_signs")),
        counter=scope.text(keys.get("counter")),
        blank_time=scope.texts(keys.get("blank_time"), least=1, most=3),
        least=int(scope.length(keys.get("least", 4), most=20)),
    )


def _archive(scope: Scope, keys: Mapping[str, Any]) -> ArchiveBlock:
    return ArchiveBlock(**_conditions(scope, keys), fields=_field_list(scope, keys))


def _transfer(scope: Scope, keys: Mapping[str, Any]) -> TransferBlock:
    scope.require("transfer" in scope.names.texts, "")
    return TransferBlock(
        **_conditions(scope, keys),
        caption=scope.text(keys.get("caption")),
        between_signatures=scope.at("between_signatures").flag(keys.get("between_signatures", False)),
    )


def _dossiers(scope: Scope, keys: Mapping[str, Any]) -> DossiersBlock:
    each = scope.list_name(keys.get("each"))
    scope.require(each == "rows", "each")
    inner = scope.inside(each)
    lines = read_lines(inner.at("texts"), keys.get("texts"))
    texts = tuple(line for line in lines if isinstance(line, TextBlock))
    scope.require(len(texts) == len(lines), "texts")
    return DossiersBlock(**_conditions(scope, keys), each=each, texts=texts, fields=_field_list(inner, keys))


def _handwriting(scope: Scope, keys: Mapping[str, Any]) -> HandwritingBlock:
    return HandwritingBlock(**_conditions(scope, keys), labels=scope.texts(keys.get("labels"), least=1, most=4))


def _handwriting_table(scope: Scope, keys: Mapping[str, Any]) -> HandwritingTableBlock:
    return HandwritingTableBlock(**_conditions(scope, keys), columns=_columns(scope, keys.get("columns")))


def _signature(scope: Scope, value: object) -> Signature:
    keys = scope.mapping(value, ("label", "hints", "name", "lines"))
    lines = read_lines(scope, keys.get("lines", ()))
    texts = tuple(line for line in lines if isinstance(line, TextBlock))
    scope.require(len(texts) == len(lines), "lines")
    return Signature(
        scope.text(keys.get("label", "")),
        scope.texts(keys.get("hints", ()), most=3),
        scope.template(keys["name"]) if "name" in keys else None,
        texts,
    )


def _closing(scope: Scope, keys: Mapping[str, Any]) -> ClosingBlock:
    signatures = scope.items(keys.get("signatures"), _MAX_SIGNATURES)
    scope.require(bool(signatures), "signatures")
    closing = ClosingBlock(
        **_conditions(scope, keys),
        signatures=tuple(_signature(scope.at(f"signatures {n}"), each) for n, each in enumerate(signatures, 1)),
        last=read_lines(scope.at("last"), keys.get("last", ())),
        archive=scope.flag(keys.get("archive", False)),
        handwriting=scope.flag(keys.get("handwriting", False)),
        keep_lines=int(scope.length(keys.get("keep_lines", 0), most=20)),
    )
    scope.require(closing.handwriting or bool(closing.last), "last")
    scope.require(len(closing.signatures) == 2 or not (closing.archive or closing.handwriting), "signatures")
    return closing


_TEXT_KEYS = ("text", "spans", "face", "size", "align", "before", "after", "keep")
_KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[Scope, Mapping[str, Any]], Block]]] = {
    "text": (_TEXT_KEYS, _text),
    "field": (("label", "value", "face", "empty", "before"), _one_field),
    "fields": (("fields", "before", "stacked"), _fields),
    "list": (("each", "text", "empty", "face", "size"), _list),
    "table": (("each", "columns", "size", "before", "after", "total", "roll", "keep_closing"), _table),
    "groups": (("each", "title", "table"), _groups),
    "steps": (
        ("columns", "gives", "takes", "giver_signs", "taker_signs", "counter", "blank_time", "least"),
        _steps,
    ),
    "archive": (("fields",), _archive),
    "transfer": (("caption", "between_signatures"), _transfer),
    "dossiers": (("each", "texts", "fields"), _dossiers),
    "handwriting": (("labels",), _handwriting),
    "handwriting-table": (("columns",), _handwriting_table),
    "closing": (("signatures", "last", "archive", "handwriting", "keep_lines"), _closing),
}
