"""The sentence for each reason the office or the machine says no: what is wrong and what to do, for a clerk in a hurry."""

from collections.abc import Callable, Mapping

from app.models.enums import Action, Right, Role, Status
from app.models.errors import Fault, Refusal, Scalar
from app.wording.faults import FAULTS
from app.wording.people import right_name, roles_text, wait_text
from app.wording.refused_acts import ACTS
from app.wording.refused_citizens import CITIZENS
from app.wording.refused_files import FILES
from app.wording.refused_intake import INTAKE
from app.wording.refused_keys import KEYS
from app.wording.refused_people import PEOPLE
from app.wording.status import action_name, status_name

_SENTENCES: Mapping[str, str] = {**INTAKE, **ACTS, **FILES, **KEYS, **CITIZENS, **FAULTS, **PEOPLE}
_EXPECTED = {
    "text": "chữ",
    "whole": "số nguyên",
    "number": "số",
    "flag": "true hoặc false",
    "list": "danh sách",
}
_FORMATTERS: Mapping[str, Callable[[str], str]] = {
    "right": lambda text: right_name(Right(text)) if text in set(Right) else text,
    "roles": lambda text: roles_text(text) if set(text.split(",")) <= set(Role) else text,
    "wait": lambda text: wait_text(int(text)) if text.isdigit() else text,
}


def error_sentence(error: Refusal | Fault) -> str:
    """The Vietnamese sentence of a refusal or a fault. A code without one of its own is named, never hidden."""
    pattern = _SENTENCES.get(error.code, "Không thực hiện được ({code}). Ghi lại mã này và báo người quản trị.")
    return pattern.format_map(_SentenceValues({"code": error.code, **error.values}))


class _SentenceValues(dict[str, Scalar]):
    """Values as they are said: days as dd/MM/yyyy, codes by their names; one that is missing leaves a gap, no error."""

    def __missing__(self, key: str) -> str:
        return "…"

    def __getitem__(self, key: str) -> str:
        return _format_value(key, super().__getitem__(key))


def _format_value(key: str, value: Scalar) -> str:
    text = "" if value is None else str(value)
    if key == "action" and text in set(Action):
        return action_name(Action(text)).lower()
    if key == "status" and text in set(Status):
        return status_name(Status(text)).lower()
    if key in _FORMATTERS:
        return _FORMATTERS[key](text)
    if key == "expected":
        return _EXPECTED.get(text, text)
    if key in ("due", "day", "first", "last") and len(text) == 10 and text[4] == "-":
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return text


def known_codes() -> frozenset[str]:
    """Every reason that has a sentence; a test compares it with the reasons the house gives."""
    return frozenset(_SENTENCES)
