"""Document models as JSON for the print journal."""

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
    """Return a document as nested objects, lists and scalars."""
    return asdict(document)


def from_json(stored: Mapping[str, Any]) -> Document:
    """Return the document that `to_json` stored.

    Fields added since then take their defaults.

    Raises Refusal `paper_template_unknown` for an unknown layout, `paper_damaged` for a missing or invalid field.
    """
    template = str(stored.get("template", ""))
    if template not in _BY_TEMPLATE:
        raise Refusal("paper_template_unknown", template=template)
    try:
        document: Document = _read(_BY_TEMPLATE[template], stored)
    except (TypeError, KeyError) as error:
        raise Refusal("paper_damaged", template=template) from error
    return document


def _read(kind: Any, stored: Any) -> Any:
    """Return a value of the declared type.

    A dataclass is read from an object, a tuple from a list.
    """
    alternatives = get_args(kind) if NoneType in get_args(kind) else (kind,)
    if stored is None and NoneType in alternatives:
        return None
    declared = next(item for item in alternatives if item is not NoneType)
    if get_origin(declared) is tuple:
        return tuple(_read(get_args(declared)[0], item) for item in stored)
    if hasattr(declared, "__dataclass_fields__"):
        hints = get_type_hints(declared)
        return declared(**{f.name: _read(hints[f.name], stored[f.name]) for f in fields(declared) if f.name in stored})
    if not isinstance(stored, declared):
        raise TypeError(f"{declared.__name__} expected")
    return stored
