"""Output of the command line: JSON, or Vietnamese text.

Text fits 100 columns.
"""

import json
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from app.models.errors import Fault, Refusal
from app.models.instants import iso, local
from app.wording.refusals import error_sentence

COLUMNS = 100


def to_jsonable(value: Any) -> Any:
    """Convert a frozen result to JSON values.

    Instants carry the office's UTC offset and days are ISO. Fields with the metadata `in_json=False` are left out.
    """
    if is_dataclass(value) and not isinstance(value, type):
        visible = [f for f in fields(value) if f.metadata.get("in_json", True)]
        return {f.name.rstrip("_"): to_jsonable(getattr(value, f.name)) for f in visible}
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return to_jsonable(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): to_jsonable(each) for key, each in value.items()}
    return [to_jsonable(each) for each in value] if isinstance(value, (list, tuple)) else value


def program_call() -> str:
    """Return how this program is called: installed, or from its sources."""
    program = Path(sys.executable).stem
    if program.startswith("motcua"):
        return program
    return "py main.py" if sys.platform == "win32" else "python3 main.py"


def print_json(value: Any) -> None:
    """Print a JSON value on one line and flush it."""
    sys.stdout.write(json.dumps(to_jsonable(value), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_line(line: str = "") -> None:
    """Print a line; a long one continues below, indented."""
    sys.stdout.write("\n".join(_wrap(line)) + "\n")


def _wrap(line: str) -> list[str]:
    """Wrap a line; a longer path stays whole so that it can be copied."""
    return _wrap_text(line, COLUMNS, "    ", cut=False)


def _wrap_text(text: str, width: int, indent: str = "", cut: bool = True) -> list[str]:
    """Wrap text without breaking codes and paths at hyphens.

    `cut` breaks longer words.
    """
    folded = textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=cut)
    return folded or [""]


def warn(line: str) -> None:
    """Print a line to stderr; a long one continues below, indented."""
    if sys.stderr is not None:  # None without a console
        sys.stderr.write("\n".join(_wrap(line)) + "\n")
        sys.stderr.flush()


def refusal_to_json(error: Refusal) -> dict[str, Any]:
    """Return a refusal as `{"refused": {"code", "message", "field"}}`."""
    return {"refused": {"code": error.code, "message": error_sentence(error), "field": error.field}}


def print_error(error: Refusal | Fault, as_json: bool) -> None:
    """Print an error to stderr and, with `as_json`, to stdout as JSON."""
    warn(error_sentence(error) if error.code else "")
    if as_json:
        field = error.field if isinstance(error, Refusal) else None
        print_json({"refused": {"code": error.code, "message": error_sentence(error), "field": field}})


def print_pairs(pairs: Sequence[tuple[str, str]]) -> None:
    """Print labels and values, the values in one column."""
    width = max((len(label) for label, _ in pairs), default=0)
    for label, value in pairs:
        lines = _wrap_text(value, COLUMNS - width - 2)
        sys.stdout.write(f"{label:<{width}}  {lines[0]}\n")
        for line in lines[1:]:
            sys.stdout.write(" " * (width + 2) + line + "\n")


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """Print rows under their headings; long cells end in "…"."""
    for row in (heads, *rows):
        cells = (_truncate(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(" ".join(cells).rstrip() + "\n")


def _truncate(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def format_instant(instant: datetime | None) -> str:
    """Return an instant for the terminal, in Vietnamese time."""
    return "chưa xác định" if instant is None else f"{local(instant):%d/%m/%Y %H:%M}"
