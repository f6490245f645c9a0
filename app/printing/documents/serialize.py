"""How the journal keeps a paper: the document as JSON, and back again, so that a reprint is the same paper."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from app.models.errors import Refusal
from app.printing.documents.dossier import Document

_BY_TEMPLATE: Mapping[str, type[Document]] = {
    each.__dataclass_fields__["template"].default: each for each in get_args(Document)
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
